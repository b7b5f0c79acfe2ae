package domain

import "slices"

// Breach is a rule about the amounts of an order that is not kept (lifecycle §2).
type Breach struct {
	Rule string
	Told bool // only a provider's facts can have brought it, and where somebody must know of it Attention says so
}

// Breaches gives the rules that the order does not keep. One that is not Told must never be, whatever anybody does.
func (o *Order) Breaches() []Breach {
	b := breaches{marks: o.Attention(), seen: o.acknowledged()}
	open := 0
	for _, p := range o.Payments {
		b.ofPayment(p)
		if p.IsOpen() {
			open++
		}
	}
	b.unless(open <= 1, "I11: one open payment", "")
	b.unless(o.kept()+o.Sums().CapturePending <= o.Limit(), "I10: no more is captured than the order costs", "")
	b.unless(o.State != OrderReceived || o.kept() == 0, "I18: what was received elsewhere was not captured", "late_money")
	timers := map[Timer]bool{}
	for _, timer := range o.Timers() {
		b.never(timers[timer] || timer.At.IsZero(), "a timer stands twice, or at no time")
		timers[timer] = true
	}
	return b.found
}

type breaches struct {
	marks []string
	seen  bool // the operator has acknowledged them
	found []Breach
}

// unless notes a rule that facts of a provider may break; then the mark, if there is one, must say so.
func (b *breaches) unless(holds bool, rule, mark string) {
	if !holds {
		b.found = append(b.found, Breach{rule, mark == "" || b.seen || slices.Contains(b.marks, mark)})
	}
}

func (b *breaches) never(is bool, rule string) {
	if is {
		b.found = append(b.found, Breach{Rule: rule})
	}
}

func (b *breaches) ofPayment(p *Payment) {
	s := p.Sums
	b.never(slices.Min([]Amount{
		s.Authorized, s.Captured, s.Released, s.CapturePending, s.Refunded, s.RefundReturned, s.RefundPending,
		s.Reversed, s.DisputedHeld, s.DisputedLost, s.Fees,
	}) < 0, "I1: no sum is below 0")
	b.unless(s.Captured+s.CapturePending+s.Released <= s.Authorized, "I2: no more is captured and released than was authorized", "")
	b.unless(p.State != PaymentVoided || s.Captured == 0 && s.Released == s.Authorized, "I7: all of a voided payment is released", "integrity")
	b.unless(p.State != PaymentCaptured || s.Captured+s.Released == s.Authorized, "I7: nothing is left of a captured payment", "integrity")
	b.unless(s.Returned()+s.RefundPending+s.DisputedHeld+s.DisputedLost+s.Reversed <= s.Captured, "I8: no more goes back than was captured", "over_returned")
	b.unless(s.Net() >= 0, "I9: the net is not below 0", "over_returned")
	b.unless(s.Reversed == 0 || s.Reversed == s.Captured, "I6: a reversal is of all that was captured", "integrity")
	b.unless(s.Reversed == 0 || s.Returned() == 0 && s.RefundPending == 0, "I6: what was reversed is not refunded", "over_returned")
	inFlight := 0
	for _, op := range p.Operations {
		if slices.Contains([]OperationKind{Capture, Void, Increment, Reverse}, op.Kind) && op.InFlight() {
			inFlight++
		}
	}
	b.never(inFlight > 1, "I4: one change in flight")
}
