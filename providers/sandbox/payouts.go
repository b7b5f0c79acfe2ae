package sandbox

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"till/domain"
)

// A payout is an account without a payment. Where it stands is the newest of its facts.

// payee is what the gateway keeps of whom a payout goes to: whether it was told a name, and of the account its end.
type payee struct {
	Named bool   `json:"named"`
	Last4 string `json:"last4,omitempty"`
}

// payeeOf is what is told with a call; nil if nothing is.
func payeeOf(op domain.Operation) *payee {
	if op.Recipient == nil {
		return nil
	}
	return &payee{op.Recipient.Name != "", op.Recipient.IBAN.Source().Last4}
}

// and is what is known after more was told.
func (p payee) and(told *payee) payee {
	if told == nil {
		return p
	}
	if told.Last4 == "" {
		told.Last4 = p.Last4
	}
	return payee{p.Named || told.Named, told.Last4}
}

// lacks is the code of what is missing; "" if nothing.
func (p payee) lacks() string {
	switch {
	case !p.Named && p.Last4 == "":
		return payeeMissing
	case !p.Named:
		return nameMissing
	case p.Last4 == "":
		return ibanMissing
	}
	return ""
}

// payout is how the account stands as a payout; without an event it is none.
type payout struct {
	event  string
	amount int64
	key    string // of the call that sent it
	payee
}

func (a *account) payout() payout {
	var p payout
	for _, f := range a.facts {
		if !slices.Contains(payoutEvents, f.event) {
			continue
		}
		p.event, p.amount = f.event, f.amount
		if f.Payee != nil {
			p.payee = *f.Payee
		}
		if f.event == payoutSent {
			p.key = f.key
		}
	}
	return p
}

var payoutEvents = []string{
	payoutCreated, payoutLacksData, payoutSent, payoutPaid, payoutFailed, payoutCanceled, payoutExpired, payoutReturned,
}

// payOut decides a call about a payout.
func (a *account) payOut(r request) reply {
	p := a.payout()
	switch {
	case r.kind == payOut && r.amount == 0:
		return says(amountInvalid)
	case r.kind == payOut && p.event != "":
		return refusePayout(r, payoutExists)
	case r.kind == payOut:
		return p.taken(r, payoutCreated)
	case p.event == "":
		return says(noSuchPayout)
	case p.event != payoutCreated && p.event != payoutLacksData:
		return refusePayout(r, payoutNotOpen)
	case r.kind == cancelPayout:
		return done(fact{event: payoutCanceled, amount: p.amount})
	}
	r.amount = p.amount
	if v := byAmount(r); v.code != "" {
		return r.refusal(v)
	}
	out := p.taken(r, payoutSent)
	if out.facts[0].event == payoutSent {
		out.waits = []wait{{step: payoutArrives, at: nextBusinessDay(r.at)}}
	}
	return out
}

// taken does what was asked, unless something is missing of the recipient.
func (p payout) taken(r request, event string) reply {
	known := p.and(r.Payee)
	f := fact{event: event, amount: r.amount, detail: detail{Payee: &known}}
	v := verdict{approvedCode, byDefault}
	if code := known.lacks(); code != "" {
		f.event, f.code = payoutLacksData, code
		v.code = code
	}
	return reply{verdict: v, facts: []fact{f}}
}

// refusePayout says no to a call that changes nothing of its payout.
func refusePayout(r request, code string) reply {
	return reply{verdict: verdict{code, fromBooks}, facts: []fact{{event: payoutRefused, amount: r.amount, code: code}}}
}

// nextBusinessDay is the same time of the next day on which banks work, UTC.
func nextBusinessDay(t time.Time) time.Time {
	for {
		t = t.AddDate(0, 0, 1)
		if t.Weekday() != time.Saturday && t.Weekday() != time.Sunday {
			return t
		}
	}
}

// payoutMoves are what can become of a payout at the other side: from where, and what it is then.
var payoutMoves = map[string]struct {
	from        []string
	event, code string
}{
	"paid":       {[]string{payoutSent}, payoutPaid, ""},
	"failed":     {[]string{payoutCreated, payoutLacksData, payoutSent}, payoutFailed, payoutRejected},
	"expired":    {[]string{payoutSent}, payoutExpired, payoutNotCollected},
	"returned":   {[]string{payoutPaid}, payoutReturned, payoutSentBack},
	"needs_data": {[]string{payoutCreated}, payoutLacksData, ibanMissing},
}

// movePayout is what becomes of a payout; nothing where it stands elsewhere. Where data is asked for, it is another
// account.
func (a *account) movePayout(outcome string) reply {
	p, move := a.payout(), payoutMoves[outcome]
	if !slices.Contains(move.from, p.event) {
		return reply{}
	}
	f := fact{event: move.event, amount: p.amount, key: p.key, code: move.code}
	if move.event == payoutLacksData {
		f.Payee = &payee{Named: p.Named}
	}
	return reply{facts: []fact{f}}
}

// MovePayout has the other side decide a payout: paid, failed, expired, returned, or needs_data where it was not
// confirmed yet.
func (s *Sandbox) MovePayout(ctx context.Context, id domain.PayoutID, outcome string) error {
	if err := choice("outcome", outcome, []string{"paid", "failed", "expired", "returned", "needs_data"}); err != nil {
		return err
	}
	return s.visit(ctx, func(tx *sql.Tx, now time.Time) error {
		a, err := readAccount(ctx, tx, string(id))
		if err != nil {
			return err
		}
		if a.payout().event == "" {
			return domain.Errorf(domain.CodeNotFound, "the sandbox has no payout %s", id)
		}
		out := a.movePayout(outcome)
		if len(out.facts) == 0 {
			return domain.Errorf(domain.CodeIllegalTransition, "the payout %s stands where it cannot become %s", id, outcome)
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM waiting WHERE payment = ?", a.payment); err != nil {
			return err
		}
		_, err = s.carryOut(ctx, tx, 0, a.itself(now), a, instrument{}, out)
		return err
	})
}
