package domain

import (
	"slices"
	"time"
)

// Sums are the amounts of a payment (lifecycle §2), in minor units, none below 0 but the rounding. They are computed from the
// facts on record, whatever order these came in.
type Sums struct {
	Authorized     Amount // A: authorisations and increments, gross
	Captured       Amount // C: captures, gross
	Released       Amount // V: voids, what final captures left, lapses
	CapturePending Amount // Cp: captures requested, pending or unknown
	Refunded       Amount // R: refunds that succeeded, gross
	RefundReturned Amount // Rr: refunds that came back
	RefundPending  Amount // Rp: refunds on their way
	Reversed       Amount // X: undone after capture: 0 or C
	DisputedHeld   Amount // Dh: held by disputes
	DisputedLost   Amount // Dl: lost to disputes
	Fees           Amount // F: of disputes and providers; outside the rest
	Rounded        Amount // what rounding cash put into the drawer beside these, below 0 what it cost; outside the rest
}

// Held is what the bank still blocks.
func (s Sums) Held() Amount { return max(0, s.Authorized-s.Released-s.Captured) }

// Capturable is what may still be captured.
func (s Sums) Capturable() Amount { return max(0, s.Held()-s.CapturePending) }

// Voidable is what may be released: nothing while a capture is on its way.
func (s Sums) Voidable() Amount {
	if s.CapturePending > 0 {
		return 0
	}
	return s.Capturable()
}

// Returned is what has gone back and stayed there.
func (s Sums) Returned() Amount { return s.Refunded - s.RefundReturned }

// Refundable is what may still be refunded.
func (s Sums) Refundable() Amount {
	return max(0, s.Captured-s.Reversed-s.Returned()-s.RefundPending-s.DisputedHeld-s.DisputedLost)
}

// Net is what the merchant has of it.
func (s Sums) Net() Amount {
	return s.Captured - s.Reversed - s.Returned() - s.DisputedHeld - s.DisputedLost
}

// plus adds two payments' sums.
func (s Sums) plus(t Sums) Sums {
	return Sums{
		Authorized: s.Authorized + t.Authorized, Captured: s.Captured + t.Captured, Released: s.Released + t.Released,
		CapturePending: s.CapturePending + t.CapturePending,
		Refunded:       s.Refunded + t.Refunded, RefundReturned: s.RefundReturned + t.RefundReturned, RefundPending: s.RefundPending + t.RefundPending,
		Reversed: s.Reversed + t.Reversed, DisputedHeld: s.DisputedHeld + t.DisputedHeld, DisputedLost: s.DisputedLost + t.DisputedLost,
		Fees: s.Fees + t.Fees, Rounded: s.Rounded + t.Rounded,
	}
}

// Settled tells whether the money is on its way to the merchant, so that it can be refunded and not reversed any
// more: after the day, in UTC, on which its provider first took any.
func (p *Payment) Settled(now time.Time) bool {
	today := now.UTC().Truncate(day)
	return slices.ContainsFunc(p.money, func(f Fact) bool {
		return f.Event == Captured && f.At.UTC().Truncate(day).Before(today)
	})
}

// Sums adds up the payments of the order.
func (o *Order) Sums() Sums {
	var sum Sums
	for _, p := range o.Payments {
		sum = sum.plus(p.Sums)
	}
	return sum
}

// kept is what was captured and not reversed.
func (o *Order) kept() Amount {
	s := o.Sums()
	return s.Captured - s.Reversed
}

// BalanceDue is what is still to be paid: a reversal reopens it, refunds and disputes do not.
func (o *Order) BalanceDue() Amount {
	return max(0, o.Total()-o.kept()-o.WrittenOff-o.Outside)
}

// IsClosed tells whether nobody is expected to pay the order any more: it was called off.
func (o *Order) IsClosed() bool { return slices.Contains(decided, o.State) }

// Limit is how much may be taken for the order: its total and what increments allowed on top.
func (o *Order) Limit() Amount {
	limit := o.Total()
	for _, p := range o.Payments {
		limit += p.sum(Incremented)
	}
	return limit
}

// FailedAttempts counts what stands against the maximum (lifecycle I12).
func (o *Order) FailedAttempts() int {
	n := 0
	for _, p := range o.Payments {
		if p.failedAttempt() {
			n++
		}
	}
	return n
}
