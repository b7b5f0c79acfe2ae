package sandbox

import (
	"context"
	"database/sql"
	"errors"

	"till/domain"
)

// Cards gives the test cards, from the table that decides.
func (s *Sandbox) Cards() []domain.TestCard {
	table := make([]domain.TestCard, 0, len(cards))
	for _, c := range cards {
		table = append(table, domain.TestCard{Number: c.number, Brand: c.brand(), Behaves: c.behaves(), Code: c.code})
	}
	return table
}

// Books tells what the gateway has on record for a payment, gross, in minor units, and how many calls it saw
// under each key. A payment that it does not have is a domain.Error (not_found).
func (s *Sandbox) Books(ctx context.Context, payment domain.PaymentID) (domain.Books, error) {
	var books domain.Books
	err := s.update(ctx, func(tx *sql.Tx) error {
		if err := s.catchUp(ctx, tx, s.now()); err != nil {
			return err
		}
		a, err := readAccount(ctx, tx, string(payment))
		if err != nil {
			return err
		}
		if a.id == "" {
			return domain.Errorf(domain.CodeNotFound, "the sandbox has no payment %s", payment)
		}
		books = a.books()
		books.Calls, err = countCalls(ctx, tx, a.payment)
		return err
	})
	return books, err
}

func (a *account) books() domain.Books {
	return domain.Books{
		Payment: domain.PaymentID(a.payment), Currency: domain.Currency(a.currency),
		Authorized: domain.Amount(a.authorized), Captured: domain.Amount(a.captured),
		Voided: domain.Amount(a.released), Refunded: domain.Amount(a.refunded),
	}
}

func countCalls(ctx context.Context, tx *sql.Tx, payment string) (calls map[string]int, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT key, count(*) FROM call WHERE payment = ? GROUP BY key", payment)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	calls = map[string]int{}
	for rows.Next() {
		var key string
		var n int
		if err := rows.Scan(&key, &n); err != nil {
			return nil, err
		}
		calls[key] = n
	}
	return calls, rows.Err()
}
