package domain

import (
	"slices"
	"time"
)

// place says where the facts leave an order: the first that fits (lifecycle §3). What somebody decided
// (cancelled, rejected, received) is not a matter of facts and is looked at by the caller.
func (o *Order) place() State {
	sums, kept := o.Sums(), o.kept()
	switch {
	case o.State == OrderDraft:
		return OrderDraft
	case o.openPayment() != nil:
		return OrderInProgress
	case kept > 0 && o.BalanceDue() == 0:
		return OrderPaid
	case kept > 0:
		return OrderPartPaid
	case sums.Held() > 0:
		return OrderHold
	case o.Overdue && o.DenyOverdue:
		return OrderExpired
	case o.Overdue:
		return OrderOverdue
	case slices.ContainsFunc(o.Payments, (*Payment).endedBadly):
		return OrderFailed
	case !o.ViewedAt.IsZero():
		return OrderViewed
	}
	return OrderIssued
}

// place says where the money facts put a payment: the first that fits (lifecycle §4). Without money on record
// the rows decide, and it stays where it is.
func (p *Payment) place() State {
	s := p.Sums
	switch {
	case s.Captured > 0 && s.Reversed == s.Captured:
		return PaymentReversed
	case s.Captured > 0 && (p.Single || s.Held() == 0 || p.finalCapture()):
		return PaymentCaptured
	case s.Captured > 0:
		return PaymentPartCaptured
	case s.Authorized > 0 && s.Held() == 0:
		return p.letGo()
	case s.Authorized > 0 && p.approvedInPart():
		return PaymentPartAuthorized
	case s.Authorized > 0:
		return PaymentAuthorized
	}
	return p.State
}

// letGo tells a void from a lapse: the newest by the provider's clock counts.
func (p *Payment) letGo() State {
	var last Fact
	for _, f := range p.money {
		if (f.Event == Voided || f.Event == AuthExpired) && !f.At.Before(last.At) {
			last = f
		}
	}
	if last.Event == AuthExpired {
		return PaymentExpired
	}
	return PaymentVoided
}

// takenBeforeRelease tells whether, by the provider's clock, something was captured before money was let go: what was let
// go then was only the rest.
func (p *Payment) takenBeforeRelease() bool {
	var released time.Time
	for _, f := range p.money {
		if (f.Event == Voided || f.Event == AuthExpired) && f.At.After(released) {
			released = f.At
		}
	}
	return slices.ContainsFunc(p.money, func(f Fact) bool { return f.Event == Captured && !f.At.After(released) })
}

// approvedInPart holds when the bank approved less than was asked for; increments do not change that.
func (p *Payment) approvedInPart() bool {
	approved := p.sum(Approved)
	return approved > 0 && approved < p.Amount
}

func (p *Payment) finalCapture() bool {
	return slices.ContainsFunc(p.money, func(f Fact) bool { return f.Event == Captured && f.Final })
}

// IsOpen tells whether the attempt still runs, waits for the rest of its group, or waits to be voided by itself.
func (p *Payment) IsOpen() bool {
	return slices.Contains(open, p.State) || (p.Unwanted && !p.late || p.Waiting) && p.Sums.Held() > 0
}

func (p *Payment) endedBadly() bool {
	return slices.Contains([]State{PaymentDeclined, PaymentFailed}, p.State) || p.Unwanted && p.Sums.Held() == 0 ||
		p.State == PaymentExpired && p.Sums.Authorized == 0
}

// failedAttempt holds for what counts against the maximum (I12): what the provider never had does not, nor what
// fell with its group.
func (p *Payment) failedAttempt() bool {
	return p.endedBadly() && !p.Fallen && !slices.Contains([]string{"not_sent", "not_found", "group"}, p.Detail)
}

// onlyPart tells whether the payment is unwanted as only a part was approved, and not for its group's sake.
func (p *Payment) onlyPart() bool { return p.Unwanted && !p.Fallen && !p.Partial && p.approvedInPart() }

// lapsed tells whether the hold was let go because its time was over.
func (p *Payment) lapsed() bool {
	return slices.ContainsFunc(p.Operations, func(op *Operation) bool {
		return op.Kind == Void && op.Reason == HoldExpired && op.State == OpSucceeded
	})
}

// triedThreeDS tells whether the customer was to be authenticated when the provider was last asked.
func (p *Payment) triedThreeDS() bool {
	last := p.Charge()
	return last != nil && last.ThreeDS
}

// triedBefore tells whether a fact is of a try that another has followed since (P42).
func (p *Payment) triedBefore(f *Fact) bool {
	last := p.Charge()
	return f != nil && last != nil && f.Key != last.Key && slices.ContainsFunc(p.Operations, func(op *Operation) bool {
		return op.Charges() && op.Key == f.Key
	})
}

// Unsent gives the attempt that was opened and not sent yet: to pay the order is to go on with it. nil if none.
func (o *Order) Unsent() *Payment {
	p := o.openPayment()
	if p == nil || p.Group != "" || !slices.Contains(unsent, p.State) {
		return nil
	}
	return p
}

func (o *Order) openPayment() *Payment {
	for _, p := range o.Payments {
		if p.IsOpen() {
			return p
		}
	}
	return nil
}

func (o *Order) attemptsLeft() bool {
	return o.MaxAttempts == 0 || o.FailedAttempts() < o.MaxAttempts
}

// inFlight tells whether any operation or refund of the order has no known end.
func (o *Order) inFlight() bool {
	return slices.ContainsFunc(o.Payments, func(p *Payment) bool {
		return slices.ContainsFunc(p.Operations, (*Operation).InFlight) || slices.ContainsFunc(p.Refunds, (*Refund).IsOpen)
	})
}

// IsOpen tells whether the refund is still on its way.
func (r *Refund) IsOpen() bool {
	return slices.Contains([]State{RefundRequested, RefundPending, RefundReview, RefundUnknown}, r.State)
}

// opInFlight tells whether an operation of one of the kinds has no known end.
func (p *Payment) opInFlight(kinds ...OperationKind) bool {
	return slices.ContainsFunc(p.Operations, func(op *Operation) bool {
		return slices.Contains(kinds, op.Kind) && op.InFlight()
	})
}

// Approved tells whether the bank has said yes: to money, or to the source of a payment of 0.
func (p *Payment) Approved() bool { return p.Sums.Authorized > 0 || p.State == PaymentVerified }

// Open gives the first operation without a known end that matters; nil if there is none.
func (p *Payment) Open() *Operation {
	for _, op := range p.Operations {
		if op.InFlight() && p.matters(op) {
			return op
		}
	}
	return nil
}

// matters tells whether the end of an operation can still say anything about the payment: how it was opened at its
// provider, or that the customer came back, moves no money and is past once the payment has an end of its own.
func (p *Payment) matters(op *Operation) bool {
	last := p.Charge()
	aside := op.Kind == VerifyRedirect || op.Kind == CreateOrder
	return !aside || last == nil || last.InFlight()
}

// hasUnknown tells whether the outcome of anything that matters about the payment is unknown (I14).
func (p *Payment) hasUnknown() bool {
	return p.State == PaymentUnknown ||
		slices.ContainsFunc(p.Operations, func(op *Operation) bool { return op.State == OpUnknown && p.matters(op) }) ||
		slices.ContainsFunc(p.Refunds, func(r *Refund) bool { return r.State == RefundUnknown })
}

// sum adds up the money facts of some kinds.
func (p *Payment) sum(kinds ...Event) Amount {
	var sum Amount
	for _, f := range p.money {
		if slices.Contains(kinds, f.Event) {
			sum += f.Amount
		}
	}
	return sum
}

// recount computes the sums anew from what is on record (lifecycle §2), so that the order in which facts
// came cannot matter.
func (p *Payment) recount() {
	s, undone := Sums{}, false
	for _, f := range p.money {
		switch f.Event {
		case Approved, Incremented:
			s.Authorized += f.Amount
		case Captured:
			s.Captured += f.Amount
			s.Released += f.Released
		case Voided, AuthExpired:
			s.Released += f.Released
		case Reversed:
			undone = true
		}
	}
	if undone { // only all of it can be: X is 0 or C
		s.Reversed = s.Captured
	}
	// A capture that is told before its authorization counts as authorized until that arrives.
	s.Authorized = max(s.Authorized, s.Captured+s.Released)
	for _, op := range p.Operations {
		if op.Kind == Capture && op.InFlight() {
			s.CapturePending += op.Amount
		}
	}
	if s.Captured > 0 {
		s.Rounded = p.Rounded
	}
	for _, r := range p.Refunds {
		if r.succeeded() {
			s.Refunded += r.Amount
			s.Rounded -= r.Rounded
		}
		if r.returned() {
			s.RefundReturned += r.Amount
			s.Rounded += r.Rounded
		}
		if r.IsOpen() && !r.succeeded() {
			s.RefundPending += r.Amount
		}
	}
	for _, d := range p.Disputes {
		s.DisputedHeld += d.held()
		s.DisputedLost += d.lost()
		s.Fees += d.Fee
	}
	p.Sums = s
}
