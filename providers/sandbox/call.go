package sandbox

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"till/domain"
)

// The way of a call: what a fault does to it, a kept answer, the engine's word, the books.

// perform takes one call and gives what the gateway says to it. An error means that no answer arrived that could
// be read; what of it was on the line comes along.
func (s *Sandbox) perform(ctx context.Context, r request) (reply, error) {
	var out reply
	err := s.visit(ctx, func(tx *sql.Tx, now time.Time) error {
		var err error
		if r.fault, err = takeFault(ctx, tx, r.kind); err != nil || r.fault.name == timeoutBefore {
			return err
		}
		if out = r.fault.answers(); out.code != "" {
			return s.turnAway(ctx, tx, r, out, now)
		}
		out, err = s.process(ctx, tx, r, now)
		return err
	})
	if err != nil {
		return reply{}, err
	}
	return s.reach(ctx, r, out)
}

// turnAway writes a call that the gateway saw and did nothing about.
func (s *Sandbox) turnAway(ctx context.Context, tx *sql.Tx, r request, out reply, now time.Time) error {
	if r.kind == query || r.fault.name == refusedFault {
		return nil
	}
	return s.record(ctx, tx, r, account{}, out, now)
}

// process decides a call and books it: a kept answer is given again, else what the account says.
func (s *Sandbox) process(ctx context.Context, tx *sql.Tx, r request, now time.Time) (reply, error) {
	a, err := readAccount(ctx, tx, r.payment)
	if err != nil || r.kind == query {
		return a.tells(r), err
	}
	if out, kept, err := s.keptReply(ctx, tx, r, now); err != nil || kept {
		_, again := insertCall(ctx, tx, r, out, now, false)
		return out, errors.Join(err, again)
	}
	out := a.decide(r)
	if len(out.facts) > 0 && a.id == "" {
		a.id, a.currency = s.env.NewID("gwp_"), r.currency
		if err := openAccount(ctx, tx, a, now); err != nil {
			return reply{}, err
		}
	}
	for i := range out.facts {
		f := &out.facts[i]
		f.account, f.currency, f.action, f.at, f.key = a.id, a.currency, s.env.NewID("act_"), now, r.key
		f.telling = r.fault.telling()
	}
	return out, s.record(ctx, tx, r, a, out, now)
}

// decide is the account's answer, with what the operator wants it to be.
func (a *account) decide(r request) reply {
	out := a.answer(r)
	if codes[out.code].end != taken {
		return out
	}
	if r.fault.name == saysNo {
		return a.sayNo(r)
	}
	return out
}

// sayNo refuses what could be done, as the fault wants it.
func (a *account) sayNo(r request) reply {
	if r.kind == authorize {
		r.issuer = verdict{"20005", r.fault.rule()}
		return a.authorize(r)
	}
	out := a.refuse(r, operationDeclined)
	out.rule = r.fault.rule()
	return out
}

// tells is all that is on record, for a sync.
func (a *account) tells(r request) reply {
	switch {
	case r.fault.name == saysNo:
		return reply{verdict: verdict{operationDeclined, r.fault.rule()}}
	case r.fault.name == pends:
		return reply{verdict: verdict{accepted, r.fault.rule()}}
	case a.id == "":
		return says(noSuchPayment)
	}
	return reply{verdict: verdict{approvedCode, fromBooks}, facts: a.facts}
}

// keptReply finds the answer that is to be given again, or what to say to a key that was used for something else
// or is in use.
func (s *Sandbox) keptReply(ctx context.Context, tx *sql.Tx, r request, now time.Time) (reply, bool, error) {
	window := s.keepsKeys()
	if window == 0 {
		return reply{}, false, nil
	}
	var call int64
	var body, runs string
	var out reply
	err := tx.QueryRowContext(ctx,
		`SELECT seq, body, code, rule, runs_until FROM call WHERE key = ? AND (kept = 1 OR runs_until > ?) AND at > ?
		 ORDER BY seq DESC LIMIT 1`,
		r.key, domain.FormatTime(now), domain.FormatTime(now.Add(-window))).Scan(&call, &body, &out.code, &out.rule, &runs)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return reply{}, false, nil
	case err != nil:
		return reply{}, false, err
	case body != r.body():
		return says(keyConflict), true, nil
	case runs > domain.FormatTime(now):
		return says(keyRunning), true, nil
	}
	out.facts, err = readFacts(ctx, tx, "call = ?", call)
	return out, true, err
}

// runsUntil is when the key of a slow call is free again at the latest: whoever was to free it may be gone.
func (f fault) runsUntil(now time.Time) string {
	if f.wait == 0 {
		return ""
	}
	return domain.FormatTime(now.Add(f.wait))
}

// reach is the way of the answer back, and what a fault does to it.
func (s *Sandbox) reach(ctx context.Context, r request, out reply) (reply, error) {
	switch r.fault.name {
	case timeoutBefore, timeoutAfter:
		return reply{}, lost(r, "no answer to the %s came in time")
	case garbled:
		out.garbled = true
		return out, lost(r, "the answer to the %s cannot be read")
	case slow:
		if err := s.answerSlowly(ctx, r, out); err != nil {
			return reply{}, lost(r, "no answer to the %s came in time").Because(err)
		}
	case wrongAmount:
		out.misstate()
	case noticeFirst:
		s.knock(ctx)
	}
	if codes[out.code].end == broken {
		return out, lost(r, "the gateway broke down over the %s")
	}
	return out, nil
}

func lost(r request, sentence string) *domain.Error {
	err := domain.Errorf(domain.CodeUnknownOutcome, sentence, r.kind)
	if r.fault.name != "" {
		err.Message += " (" + r.fault.rule() + ")"
	}
	return err
}

// answerSlowly takes its time; then the notices of the call go out, and its key is free again. Where nobody waits
// so long, both stay as they are.
func (s *Sandbox) answerSlowly(ctx context.Context, r request, out reply) error {
	if err := s.env.Wait(ctx, r.fault.wait); err != nil {
		return err
	}
	return s.visit(ctx, func(tx *sql.Tx, now time.Time) error {
		if _, err := tx.ExecContext(ctx, "UPDATE call SET runs_until = '' WHERE key = ?", r.key); err != nil {
			return err
		}
		return s.release(ctx, tx, out.facts, now)
	})
}

// misstate adds a minor unit to every amount.
func (r *reply) misstate() {
	for i := range r.facts {
		r.facts[i].amount++
	}
}

// knock has the merchant read what was delivered to them, before the reply reaches them.
func (s *Sandbox) knock(ctx context.Context) {
	if s.listener != nil {
		s.listener(ctx)
	}
}
