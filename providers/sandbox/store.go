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

// keepsKeys is how long a successful answer is given again under its key: Checkout.com's rule. A decline is not
// kept, so that the next call under its key is a new one.
const keepsKeys = 24 * time.Hour

// perform takes one call and gives what the gateway says to it. An error means that the answer did not arrive.
func (s *Sandbox) perform(ctx context.Context, r request) (reply, error) {
	var out reply
	err := s.faulty(ctx, r.kind, func(tx *sql.Tx) error {
		var err error
		out, err = s.process(ctx, tx, r)
		return err
	})
	if err != nil {
		return reply{}, err
	}
	return out, nil
}

// look gives an account as it stands, through the same faults as any call.
func (s *Sandbox) look(ctx context.Context, payment string) (account, error) {
	var a account
	err := s.faulty(ctx, query, func(tx *sql.Tx) error {
		if err := s.catchUp(ctx, tx, s.now()); err != nil {
			return err
		}
		var err error
		a, err = readAccount(ctx, tx, payment)
		return err
	})
	if err != nil {
		return account{}, err
	}
	return a, nil
}

// faulty runs a call in one transaction, with what a fault does to it: the gateway never sees the call, or does
// all of it and nobody hears.
func (s *Sandbox) faulty(ctx context.Context, kind string, call func(tx *sql.Tx) error) error {
	fault := ""
	err := s.update(ctx, func(tx *sql.Tx) error {
		var err error
		if fault, err = takeFault(ctx, tx, kind); err != nil || fault == timeoutBefore {
			return err
		}
		return call(tx)
	})
	if err == nil && fault != "" {
		return domain.Errorf(domain.CodeUnknownOutcome, "no answer to the %s came in time (fault %s)", kind, fault)
	}
	return err
}

// process decides a call and books it: a kept answer is given again, else what the account says.
func (s *Sandbox) process(ctx context.Context, tx *sql.Tx, r request) (reply, error) {
	now := s.now()
	if err := s.catchUp(ctx, tx, now); err != nil {
		return reply{}, err
	}
	if out, kept, err := keptReply(ctx, tx, r, now); err != nil || kept {
		return out, errors.Join(err, repeat(ctx, tx, r, out, now))
	}
	a, err := readAccount(ctx, tx, r.payment)
	if err != nil {
		return reply{}, err
	}
	r.at = now
	in, err := s.identify(ctx, tx, &r, a)
	if err != nil {
		return reply{}, err
	}
	return s.record(ctx, tx, r, a, in, a.answer(r))
}

// now is the clock, as fine as the books are.
func (s *Sandbox) now() time.Time { return s.env.Now().UTC().Truncate(time.Microsecond) }

// visit is an update of the books that finds them as they are by now.
func (s *Sandbox) visit(ctx context.Context, do func(tx *sql.Tx, now time.Time) error) error {
	return s.update(ctx, func(tx *sql.Tx) error {
		now := s.now()
		if err := s.catchUp(ctx, tx, now); err != nil {
			return err
		}
		return do(tx, now)
	})
}

// keptReply finds the answer that is to be given again, or what to say to a key that was used for something else.
func keptReply(ctx context.Context, tx *sql.Tx, r request, now time.Time) (reply, bool, error) {
	var call int64
	var body string
	var out reply
	err := tx.QueryRowContext(ctx,
		"SELECT seq, body, code, rule FROM call WHERE key = ? AND kept = 1 AND at > ? ORDER BY seq DESC LIMIT 1",
		r.key, domain.FormatTime(now.Add(-keepsKeys))).Scan(&call, &body, &out.code, &out.rule)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return reply{}, false, nil
	case err != nil:
		return reply{}, false, err
	case body != r.body():
		return says(keyConflict), true, nil
	}
	out.facts, err = readFacts(ctx, tx, "call = ?", call)
	return out, true, err
}

// record writes a call and what it did, and gives the reply as it stands in the books.
func (s *Sandbox) record(ctx context.Context, tx *sql.Tx, r request, a account, in instrument, out reply) (reply, error) {
	kept := codes[out.code].end == taken || codes[out.code].end == begun
	call, err := insertCall(ctx, tx, r, out, r.at, kept)
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
	a.book(out.facts...)
	for _, f := range out.facts {
		if err := keep(ctx, tx, r, f); err != nil {
			return reply{}, err
		}
	}
	if err := tidyWaits(ctx, tx, a, out.facts); err != nil {
		return reply{}, err
	}
	for _, w := range out.waits {
		w.request = r
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
		if f.key == "" {
			f.key = r.key
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
	}
	return nil
}

// repeat writes a call that did nothing new.
func repeat(ctx context.Context, tx *sql.Tx, r request, out reply, now time.Time) error {
	_, err := insertCall(ctx, tx, r, out, now, false)
	return err
}

func insertCall(ctx context.Context, tx *sql.Tx, r request, out reply, now time.Time, kept bool) (int64, error) {
	result, err := tx.ExecContext(ctx,
		"INSERT INTO call (at, key, payment, body, code, rule, kept) VALUES (?, ?, ?, ?, ?, ?, ?)",
		domain.FormatTime(now), r.key, r.payment, r.body(), out.code, out.rule, kept)
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
