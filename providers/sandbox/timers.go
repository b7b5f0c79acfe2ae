package sandbox

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"till/domain"
)

// step is what something waits for: one of the customer's sessions, by its kind, or one of these.
type step string

const (
	clearing      step = "clearing"       // the banks, for a direct debit
	decision      step = "decision"       // the gateway, for a call that it has left open
	refundArrives step = "refund_arrives" // the customer's bank
	refundBounces step = "refund_bounces"
	holdLapses    step = "hold_lapses"
	payoutArrives step = "payout_arrives" // the recipient's bank
	noticeDue     step = "notice_due"     // a delayed notice

	disputeComes   step = "dispute_comes"   // the customer's bank, to open a case
	disputeDebits  step = "dispute_debits"  // the same, to take what it has announced
	disputeExpires step = "dispute_expires" // the merchant's answer
	disputeLapses  step = "dispute_lapses"  // the other side's
	disputeDecides step = "dispute_decides" // the same, as the evidence wants it
)

const (
	refundTakes = time.Hour
	bounceTakes = 24 * time.Hour
)

// sessions are the steps at which the customer is waited for.
var sessions = []step{
	step(domain.SessionLookup), step(domain.SessionChallenge), step(domain.SessionRedirect),
	step(domain.SessionVoucher), step(domain.SessionDelivery),
}

// timerNames are what the gateway does at the end of a step, as it tells of it; of a session it is sessionEnds.
var timerNames = map[step]string{
	clearing: "debit_cleared", decision: "decision", refundArrives: "refund_succeeded", refundBounces: "refund_failed",
	holdLapses: "hold_lapsed", payoutArrives: payoutPaid, noticeDue: "notice_delivered",
	disputeComes: "dispute_opened", disputeDebits: "dispute_debited", disputeExpires: "dispute_expired",
	disputeLapses: "dispute_lapsed", disputeDecides: "dispute_decided",
}

const sessionEnds = "session_expired"

// byItself is what becomes of a step whose time has come.
func (s step) byItself() string {
	switch s {
	case step(domain.SessionLookup), step(domain.SessionChallenge):
		return "abandoned"
	case step(domain.SessionRedirect), step(domain.SessionVoucher):
		return "expired"
	case refundBounces:
		return failed
	case payoutArrives:
		return "paid"
	}
	return succeeded
}

// The outcomes that an operator can choose of what is open.
const (
	succeeded = "succeeded"
	failed    = "failed"
)

// wait is a call that has begun and not ended. Without a time it waits for ever.
type wait struct {
	seq  int64
	step step
	at   time.Time
	request
}

// goOn decides what becomes of what waited.
func (a *account) goOn(w wait, outcome string) reply {
	r := w.request
	switch {
	case w.step == disputeComes:
		return a.opened(r.Raises, r.at)
	case slices.Contains(disputeSteps, w.step):
		return a.goOnDispute(w)
	case slices.Contains(sessions, w.step):
		return r.goOnFrom(domain.SessionKind(w.step), outcome)
	case w.step == holdLapses:
		return done(fact{event: lapsed, amount: a.held(), released: a.held()})
	case w.step == payoutArrives:
		return a.movePayout(outcome)
	case r.kind == refund:
		return a.moveRefund(r, outcome)
	case outcome == failed && r.pays():
		return r.refusal(verdict{code: notPaid})
	case outcome == failed:
		return r.refusal(verdict{code: r.sayingNo()})
	case w.step == clearing:
		return r.decided(nil)
	}
	out := a.answer(r)
	if len(out.facts) == 0 { // what was taken must have an end
		return r.refusal(out.verdict)
	}
	return out
}

// catchUp does what has come due by now, each at its own time and in order, before anything else is looked at.
// Every update of the books begins with it.
func (s *Sandbox) catchUp(ctx context.Context, tx *sql.Tx, now time.Time) error {
	for {
		w, found, err := findWait(ctx, tx, "at <> '' AND at <= ? ORDER BY at, seq LIMIT 1", domain.FormatTime(now))
		if err != nil {
			return err
		}
		if !found {
			return deliverDue(ctx, tx, now)
		}
		if err := deliverDue(ctx, tx, w.at); err != nil {
			return err
		}
		if err := s.finish(ctx, tx, w, w.step.byItself(), w.at); err != nil {
			return err
		}
	}
}

// finish ends a wait with an outcome at a time.
func (s *Sandbox) finish(ctx context.Context, tx *sql.Tx, w wait, outcome string, at time.Time) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM waiting WHERE seq = ?", w.seq); err != nil {
		return err
	}
	a, err := readAccount(ctx, tx, w.payment)
	if err != nil {
		return err
	}
	w.request.at, w.currency = at, a.currency
	if slices.Contains(disputeSteps, w.step) {
		w.key = "" // the other side acts, whatever the merchant had asked for
	}
	in := instrument{}
	switch {
	case w.pays() && w.Method != card:
		w.issuer = issuer{verdict: verdict{approvedCode, byDefault}}
	case w.kind == authorize && w.Instrument == "": // nothing was kept of it
		w.issuer = issuer{verdict: verdict{"20014", notTestCard}}
	default:
		if in, err = s.identify(ctx, tx, &w.request, a); err != nil {
			return err
		}
	}
	_, err = s.carryOut(ctx, tx, 0, w.request, a, in, a.goOn(w, outcome))
	return err
}

// insertWait has a call wait for what comes next.
func insertWait(ctx context.Context, tx *sql.Tx, w wait) error {
	terms, err := json.Marshal(w.terms)
	if err != nil {
		return err
	}
	at := ""
	if !w.at.IsZero() {
		at = domain.FormatTime(w.at)
	}
	_, err = tx.ExecContext(ctx,
		"INSERT INTO waiting (payment, step, at, kind, key, refund, amount, terms, dispute) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		w.payment, string(w.step), at, w.kind, w.key, w.refund, w.amount, string(terms), string(w.Case))
	return err
}

// findWait gives the first wait that a condition of ours holds for.
func findWait(ctx context.Context, tx *sql.Tx, where string, is ...any) (w wait, found bool, err error) {
	var at, terms string
	err = tx.QueryRowContext(ctx, "SELECT seq, payment, step, at, kind, key, refund, amount, terms FROM waiting WHERE "+where, is...).
		Scan(&w.seq, &w.payment, &w.step, &at, &w.kind, &w.key, &w.refund, &w.amount, &terms)
	if errors.Is(err, sql.ErrNoRows) {
		return wait{}, false, nil
	}
	if err == nil && at != "" {
		w.at, err = domain.ParseTime(at)
	}
	if err != nil {
		return wait{}, false, err
	}
	return w, true, json.Unmarshal([]byte(terms), &w.terms)
}

// tidyWaits takes away what no one needs to wait for any more after a fact: the time of a refund that has moved, of a
// hold that is over. A hold that is new lapses in its time.
func tidyWaits(ctx context.Context, tx *sql.Tx, a account, facts []fact) error {
	for _, f := range facts {
		if f.refund == "" || f.event == refundPending || f.event == refundRefused {
			continue
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM waiting WHERE payment = ? AND refund = ? AND kind = ?", a.payment, f.refund, refund); err != nil {
			return err
		}
	}
	if a.held() == 0 {
		_, err := tx.ExecContext(ctx, "DELETE FROM waiting WHERE payment = ? AND step = ?", a.payment, string(holdLapses))
		return err
	}
	_, waits, err := findWait(ctx, tx, "payment = ? AND step = ?", a.payment, string(holdLapses))
	if err != nil || waits {
		return err
	}
	since := facts[len(facts)-1].at
	return insertWait(ctx, tx, wait{step: holdLapses, at: since.Add(holdsFor), request: request{payment: a.payment}})
}

// Timers tells what the gateway will do by itself, soonest first.
func (s *Sandbox) Timers(ctx context.Context) ([]domain.Timer, error) {
	var timers []domain.Timer
	err := s.visit(ctx, func(tx *sql.Tx, _ time.Time) error {
		var err error
		timers, err = readTimers(ctx, tx)
		return err
	})
	return timers, err
}

func readTimers(ctx context.Context, tx *sql.Tx) (timers []domain.Timer, err error) {
	rows, err := tx.QueryContext(ctx,
		`SELECT at, step, coalesce(nullif(dispute, ''), payment), 1 AS does, seq FROM waiting WHERE at <> ''
		 UNION ALL
		 SELECT due, '`+string(noticeDue)+`', payment, 0, number FROM notice JOIN fact USING (action) WHERE due <> ''
		 ORDER BY at, does, seq`)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		t := domain.Timer{Name: sessionEnds}
		var at string
		var does step
		var kind, seq int
		if err := rows.Scan(&at, &does, &t.Subject, &kind, &seq); err != nil {
			return nil, err
		}
		if name, named := timerNames[does]; named {
			t.Name = name
		}
		if t.At, err = domain.ParseTime(at); err != nil {
			return nil, err
		}
		timers = append(timers, t)
	}
	return timers, rows.Err()
}
