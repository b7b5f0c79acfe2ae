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
		r.at = now
		var err error
		if r.fault, err = takeFault(ctx, tx, r.kind); err != nil || r.fault.name == timeoutBefore {
			return err
		}
		if out = r.fault.answers(); out.code != "" {
			return turnAway(ctx, tx, r, out, s.profile.Load())
		}
		out, err = s.process(ctx, tx, r)
		return err
	})
	if err != nil {
		return reply{}, err
	}
	return s.reach(ctx, r, out)
}

// turnAway writes a call that the gateway saw and did nothing about.
func turnAway(ctx context.Context, tx *sql.Tx, r request, out reply, p *profile) error {
	if r.kind == query || r.fault.name == refusedFault {
		return nil
	}
	_, err := insertCall(ctx, tx, r, out, r.at, p.keepsAnswer(out))
	return err
}

// process decides a call and books it: a kept answer is given again, else what the account says.
func (s *Sandbox) process(ctx context.Context, tx *sql.Tx, r request) (reply, error) {
	a, err := readAccount(ctx, tx, r.payment)
	if err != nil || r.kind == query {
		return a.tells(r), err
	}
	if out, kept, err := s.keptReply(ctx, tx, r); err != nil || kept {
		_, again := insertCall(ctx, tx, r, out, r.at, false)
		return out, errors.Join(err, again)
	}
	in, err := s.identify(ctx, tx, &r, a)
	if err != nil {
		return reply{}, err
	}
	return s.record(ctx, tx, r, a, in, a.decide(r))
}

// decisionTakes is how long the gateway leaves open what the fault wants it to.
const decisionTakes = time.Minute

// decide is the account's answer, unless the operator wants another one; what is not valid is refused all the same.
func (a *account) decide(r request) reply {
	out := a.answer(r)
	if codes[out.code].end == notTaken || out.code == noSuchPayment {
		return out
	}
	switch r.fault.name {
	case saysNo:
		return r.refusal(verdict{r.sayingNo(), r.fault.rule()})
	case pends:
		out = undecided(r, r.at.Add(decisionTakes))
		out.rule = r.fault.rule()
	}
	return out
}

// sayingNo is the code of a refusal for no reason.
func (r request) sayingNo() string {
	if r.pays() {
		return "20005"
	}
	return operationDeclined
}

// tells is all that is on record, for a sync.
func (a *account) tells(r request) reply {
	switch {
	case r.fault.name == saysNo:
		return reply{verdict: verdict{operationDeclined, r.fault.rule()}}
	case r.fault.name == pends:
		return reply{verdict: verdict{waitsForGateway, r.fault.rule()}}
	case a.id == "":
		return says(noSuchPayment)
	}
	return reply{verdict: verdict{approvedCode, fromBooks}, facts: a.facts}
}

// keptReply finds the answer that is to be given again, or what to say to a key that was used for something else
// or is in use.
func (s *Sandbox) keptReply(ctx context.Context, tx *sql.Tx, r request) (reply, bool, error) {
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
		r.key, domain.FormatTime(r.at), domain.FormatTime(r.at.Add(-window))).Scan(&call, &body, &out.code, &out.rule, &runs)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return reply{}, false, nil
	case err != nil:
		return reply{}, false, err
	case body != r.body():
		return says(keyConflict), true, nil
	case runs > domain.FormatTime(r.at):
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
	err := domain.Errorf(domain.CodeUnknownOutcome, sentence, domain.State(r.kind).Words())
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
