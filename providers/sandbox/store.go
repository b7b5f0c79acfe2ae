package sandbox

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"till/domain"
)

// now is the clock, as fine as the books are.
func (s *Sandbox) now() time.Time { return s.env.Now().UTC().Truncate(time.Microsecond) }

// today is now, and never before what is on record: where somebody has set the machine's clock back, the gateway's stands
// still until it has come after. By its times the merchant tells what came after what.
func (s *Sandbox) today(ctx context.Context, tx *sql.Tx) (time.Time, error) {
	now := s.now()
	var at string
	err := tx.QueryRowContext(ctx, "SELECT at FROM fact ORDER BY seq DESC LIMIT 1").Scan(&at)
	if errors.Is(err, sql.ErrNoRows) {
		return now, nil
	}
	if err != nil || at <= domain.FormatTime(now) {
		return now, err
	}
	return domain.ParseTime(at)
}

// record writes a call and what it did, and gives the reply as it stands in the books.
func (s *Sandbox) record(ctx context.Context, tx *sql.Tx, r request, a account, in instrument, out reply) (reply, error) {
	call, err := insertCall(ctx, tx, r, out, r.at, s.profile.Load().keepsAnswer(out))
	if err != nil {
		return reply{}, err
	}
	return s.carryOut(ctx, tx, call, r, a, in, out)
}

// carryOut makes true what the engine decided: the facts get their names and go into the books, and what follows
// from them is kept.
func (s *Sandbox) carryOut(ctx context.Context, tx *sql.Tx, call int64, r request, a account, in instrument, out reply) (reply, error) {
	if len(out.facts) == 0 {
		return out, nil
	}
	if err := insertInstrument(ctx, tx, in); err != nil {
		return reply{}, err
	}
	if err := s.openAccount(ctx, tx, r, &a); err != nil {
		return reply{}, err
	}
	s.stamp(r, a, out.facts)
	if err := s.bookFacts(ctx, tx, call, a, out.facts); err != nil {
		return reply{}, err
	}
	before := a.captured
	a.book(out.facts...)
	if before == 0 && a.captured > 0 {
		out.waits = append(out.waits, a.disputedBy(in, r.at)...)
	}
	for _, f := range out.facts {
		if err := keep(ctx, tx, r, f); err != nil {
			return reply{}, err
		}
	}
	if err := tidyWaits(ctx, tx, a, out.facts); err != nil {
		return reply{}, err
	}
	if err := waitForDisputes(ctx, tx, a, out.facts); err != nil {
		return reply{}, err
	}
	for _, w := range out.waits {
		if w.payment == "" {
			w.request = r
		}
		if err := insertWait(ctx, tx, w); err != nil {
			return reply{}, err
		}
	}
	return out, nil
}

// stamp gives facts their names, time and key.
func (s *Sandbox) stamp(r request, a account, facts []fact) {
	for i := range facts {
		f := &facts[i]
		f.account, f.currency, f.action, f.at = a.id, a.currency, s.env.NewID("act_"), r.at
		f.telling = r.fault.telling()
		if f.key == "" {
			f.key = r.key
		}
		if f.Dispute != nil && f.Case == "" {
			f.Case = domain.DisputeID(s.env.NewID("dsp_"))
		}
		if f.Session != nil {
			nameSession(f.Session, s.env.NewID("sid_"))
		}
	}
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

// openAccount opens an account, or has it know what a call says of how it is paid.
func (s *Sandbox) openAccount(ctx context.Context, tx *sql.Tx, r request, a *account) error {
	if a.id == "" {
		a.id = s.env.NewID("gwp_")
	}
	if a.currency == "" {
		a.currency = r.currency
	}
	if a.method == "" || r.pays() {
		a.method = cmp.Or(r.Method, card)
	}
	a.instrument = cmp.Or(r.Instrument, a.instrument)
	_, err := tx.ExecContext(ctx,
		`INSERT INTO account (payment, id, currency, opened_at, method, instrument) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET currency = excluded.currency, method = excluded.method, instrument = excluded.instrument`,
		a.payment, a.id, a.currency, domain.FormatTime(r.at), a.method, a.instrument)
	return err
}

// readAccount folds what is on record for a payment; an account without an id is none.
func readAccount(ctx context.Context, tx *sql.Tx, payment string) (account, error) {
	a := account{payment: payment}
	err := tx.QueryRowContext(ctx, "SELECT id, currency, method, instrument FROM account WHERE payment = ?", payment).
		Scan(&a.id, &a.currency, &a.method, &a.instrument)
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

// Last counts what the gateway has in its books beside what the merchant was told by a reply: a demonstration, whose
// identifiers are counted, goes on after it.
func (s *Sandbox) Last(ctx context.Context) (int64, error) {
	var last int64
	err := s.db.QueryRowContext(ctx,
		"SELECT (SELECT coalesce(max(seq), 0) FROM fact) + (SELECT count(*) FROM token)").Scan(&last)
	return last, storageError("read", err)
}
