package sandbox

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"till/domain"
)

// now is the clock, as fine as the books are.
func (s *Sandbox) now() time.Time { return s.env.Now().UTC().Truncate(time.Microsecond) }

// record writes a call and what it did.
func (s *Sandbox) record(ctx context.Context, tx *sql.Tx, r request, a account, out reply, now time.Time) error {
	call, err := insertCall(ctx, tx, r, out, now, s.profile.Load().keepsAnswer(out))
	if err != nil {
		return err
	}
	return s.bookFacts(ctx, tx, call, a, out.facts)
}

// bookFacts writes what the gateway did to an account that is open, whatever the cause: a call, or (call 0) the
// customer, the operator or a timer. There is no other way into the books.
func (s *Sandbox) bookFacts(ctx context.Context, tx *sql.Tx, call int64, a account, facts []fact) error {
	for _, f := range facts {
		detail, err := json.Marshal(f.detail)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx,
			`INSERT INTO fact (call, payment, action, at, key, event, amount, released, refund, code, detail)
			 VALUES (nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			call, a.payment, f.action, domain.FormatTime(f.at), f.key, f.event, f.amount, f.released, f.refund, f.code, string(detail))
		if err != nil {
			return err
		}
		if err := s.tell(ctx, tx, a.payment, f); err != nil {
			return err
		}
	}
	return nil
}

func insertCall(ctx context.Context, tx *sql.Tx, r request, out reply, now time.Time, kept bool) (int64, error) {
	result, err := tx.ExecContext(ctx,
		"INSERT INTO call (at, key, payment, body, code, rule, kept, runs_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		domain.FormatTime(now), r.key, r.payment, r.body(), out.code, out.rule, kept, r.fault.runsUntil(now))
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

func openAccount(ctx context.Context, tx *sql.Tx, a account, now time.Time) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO account (payment, id, currency, opened_at) VALUES (?, ?, ?, ?)",
		a.payment, a.id, a.currency, domain.FormatTime(now))
	return err
}

// readAccount folds what is on record for a payment; an account without an id is none.
func readAccount(ctx context.Context, tx *sql.Tx, payment string) (account, error) {
	a := account{payment: payment}
	err := tx.QueryRowContext(ctx, "SELECT id, currency FROM account WHERE payment = ?", payment).Scan(&a.id, &a.currency)
	if errors.Is(err, sql.ErrNoRows) {
		return a, nil
	}
	if err != nil {
		return a, err
	}
	facts, err := readFacts(ctx, tx, "payment = ?", payment)
	a.book(facts...)
	return a, err
}

// readFacts gives the facts that a condition of ours holds for, oldest first.
func readFacts(ctx context.Context, tx *sql.Tx, where string, is any) (facts []fact, err error) {
	rows, err := tx.QueryContext(ctx,
		"SELECT id, currency, action, at, key, event, amount, released, refund, code, detail FROM fact JOIN account USING (payment) WHERE "+
			where+" ORDER BY seq", is)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var f fact
		var at, detail string
		if err := rows.Scan(&f.account, &f.currency, &f.action, &at, &f.key, &f.event,
			&f.amount, &f.released, &f.refund, &f.code, &detail); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(detail), &f.detail); err != nil {
			return nil, err
		}
		if f.at, err = domain.ParseTime(at); err != nil {
			return nil, err
		}
		facts = append(facts, f)
	}
	return facts, rows.Err()
}
