package sqlite

import (
	"context"
	"math"

	"till/domain"
)

// readPayout folds a payout, with the name of whom it goes to: what was told for it, else the customer's.
func readPayout(s *session, id domain.PayoutID) (*domain.Payout, error) {
	entries, err := readLifeOf(s, "payout", string(id), "po_")
	if err != nil {
		return nil, err
	}
	p, err := domain.FoldPayout(entries)
	if err != nil {
		return nil, err
	}
	return p, p.NameBy(func(row string) (domain.Person, error) { return readPerson(s, row) }, func(id domain.CustomerID) (domain.Person, error) {
		c, err := readCustomer(s, id)
		if err != nil {
			return domain.Person{}, err
		}
		return c.Client, nil
	})
}

// Payouts gives so many payouts, newest first: those that were opened before an entry (0: all).
func (db *DB) Payouts(ctx context.Context, before domain.Seq, size int) ([]*domain.Payout, error) {
	if before == 0 {
		before = math.MaxInt64
	}
	var payouts []*domain.Payout
	err := db.read(ctx, func(s *session) error {
		ids, err := readIDs(s, "select id from names where kind = 'payout' and n < ? group by n order by n desc"+limited(size), int64(before))
		if err != nil {
			return err
		}
		for _, id := range ids {
			p, err := readPayout(s, domain.PayoutID(id))
			if err != nil {
				return err
			}
			payouts = append(payouts, p)
		}
		return nil
	})
	return payouts, err
}
