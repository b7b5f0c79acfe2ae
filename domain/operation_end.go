package domain

import (
	"slices"
	"strings"
	"time"
)

// What the end of an operation, or the want of one, means to those who asked.

// Err is the error that the operation's end stands for: CodeUnknownOutcome, CodeDeclined, CodeFailed; nil when
// it was done or is on its way.
func (o *Operation) Err() error {
	said := Inert(o.Summary)
	switch o.State {
	case OpUnknown, OpRequested:
		return Errorf(CodeUnknownOutcome, "the outcome of the %s is not known: %s", o.Kind.Words(), said).
			WithHint("%s", o.finish())
	case OpNotSent:
		return Errorf(CodeFailed, "the %s was not sent: %s", o.Kind.Words(), said)
	case OpPending, OpSucceeded:
		return nil
	case OpFailed:
		said = strings.TrimSpace(said + " " + o.Code)
		if o.Rule != "" {
			said += " (" + Inert(o.Rule) + ")"
		}
		return o.refusal(said)
	}
	return nil
}

// Err is the error that the payment's end stands for to those who asked for it by an operation. While it goes on
// by itself, or waits for the customer, there is none.
func (p *Payment) Err(op *Operation) error {
	switch {
	case !op.Charges() || op.InFlight():
		return op.Err()
	case p.onlyPart():
		return Errorf(CodeDeclined, "only a part was approved, and it was let go").
			WithHint("a part is taken with --partial")
	case p.Fallen || p.Unwanted:
		return Errorf(CodeDeclined, "another payment of the group has ended badly, and this one was let go")
	case p.IsOpen():
		return nil
	case p.State == PaymentCancelled:
		return Errorf(CodeFailed, "the customer turned back").WithHint("%s", payAgain)
	case p.State == PaymentExpired && p.Sums.Authorized == 0:
		return Errorf(CodeFailed, "the customer let the time for it pass").WithHint("%s", payAgain)
	}
	return op.Err()
}

// payAgain is the hint where an attempt is over and its order is not.
const payAgain = "the order can be paid again, with another card or in another way"

// Ended is the error that the payment's end stands for; nil while it is open or when it was approved.
func (p *Payment) Ended() error {
	last := p.Charge()
	if last == nil || p.IsOpen() {
		return nil
	}
	return p.Err(last)
}

func (o *Operation) refusal(said string) error {
	if !o.Charges() {
		return Errorf(CodeFailed, "%s refused: %s", o.Kind.Words(), said)
	}
	code := CodeDeclined
	if o.Code == "" {
		code = CodeFailed
	}
	refused := Errorf(code, "%s refused: %s", o.Kind.Words(), said)
	if meaning, ok := MeaningOf(o.Code); ok {
		return refused.WithHint("%s", meaning.Advice)
	}
	return refused.WithHint("%s", payAgain)
}

// StillOpen is what a sync says of an operation without a known end: CodeUnknownOutcome, but for one that the
// provider has and has not decided.
func (o *Operation) StillOpen(now time.Time) error {
	if o.State == OpPending {
		return nil
	}
	err := Errorf(CodeUnknownOutcome, "the outcome of the %s is still not known", o.Kind.Words())
	if wait := SendingTime - now.Sub(o.RequestedAt); wait > 0 {
		return err.WithHint("the provider has not seen it yet; do not repeat it, ask again in %s: what it has not seen by then was never sent", wait.Round(time.Second))
	}
	return err.WithHint("%s", o.finish())
}

// finish is what to do about an end that is not known.
func (o *Operation) finish() string {
	switch {
	case o.Payment != "":
		return "do not repeat it; ask with: till payment sync " + string(o.Payment)
	case o.Mandate != "":
		return "do not repeat it; ask with: till mandate sync " + string(o.Mandate)
	case o.Payout != "":
		return "do not repeat it; ask with: till payout sync " + string(o.Payout)
	}
	return "repeat the command with --idempotency-key " + o.Key + ": it does nothing twice"
}

// Unseen is what it means that the provider told nothing of the operation: one without an answer is unknown
// from now on, and some time after it was sent it is clear that it never arrived.
func (o *Operation) Unseen(now time.Time) (means []Status) {
	if o.State == OpRequested {
		means = append(means, Unknown)
	}
	if o.InFlight() && now.Sub(o.RequestedAt) >= SendingTime {
		means = append(means, NotFound)
	}
	return means
}

// Told is how the call ended by what its provider has on record, where that names its key.
func (o *Operation) Told(record Outcome) (Outcome, bool) {
	ends := map[Event]Status{OpDone: Succeeded, OpSaidNo: Declined}
	for _, f := range record.Facts {
		if status, ended := ends[opEnds[f.Event]]; ended && f.Key == o.Key {
			record.Status, record.Code, record.Summary, record.Class, record.Facts = status, f.Code, f.Summary, f.Class, []Fact{f}
			return record, true
		}
	}
	return record, false
}

// Seen tells whether its provider has the call on record, decided or not.
func (o *Operation) Seen(record Outcome) bool {
	return slices.ContainsFunc(record.Facts, func(f Fact) bool { return f.Key == o.Key })
}

// Heard tells whether an answer is none: that nobody knows is known already.
func (o *Operation) Heard(status Status) bool { return o.State == OpUnknown && status == Unknown }

// Believes tells whether facts speak of the amount and the currency that were asked for (I16). To approve less
// is an answer, not a mistake, and what other calls did is no answer to this one.
func (o *Operation) Believes(facts []Fact) bool {
	return !slices.ContainsFunc(facts, func(f Fact) bool {
		switch {
		case f.Key != "" && f.Key != o.Key || !slices.Contains(amounted, f.Event):
			return false
		case f.IsNonsense() || f.Currency != "" && f.Currency != o.Currency:
			return true
		case o.Charges():
			return f.Amount > o.Amount
		case slices.Contains(mayOmit, f.Event):
			return f.Amount != 0 && f.Amount != o.Amount || f.claim().Amount != 0 && f.claim().Amount != o.Amount
		}
		return f.Amount != o.Amount
	})
}

// amounted are the facts that repeat the amount of the call that made them.
var amounted = append([]Event{
	Approved, Captured, Incremented, Voided, Reversed, RefundDone, RefundAccepted,
	PayoutTaken, PayoutLacksData, PayoutSent, PayoutStopped,
}, mayOmit...)

// mayOmit are those of the calls that name a refund or a case, whose amount goes without saying.
var mayOmit = []Event{RefundCancelOK, DisputeAccepted, DisputeEvidenceSent, DisputeDeclined, DisputeFiled, DisputeGivenUp}

// Contradicts gives the operation that a fact speaks of in another amount or currency than was asked for (I16); nil
// where it may be believed.
func (p *Payment) Contradicts(f Fact) *Operation {
	op := p.ByKey(f.Key)
	if op == nil || op.Believes([]Fact{f}) {
		return nil
	}
	return op
}

// Doubted tells whether something named another amount or currency than was asked for, and nothing that was
// believed has been told since.
func (o *Operation) Doubted() bool { return o.mismatch }
