package domain

import (
	"slices"
	"strconv"
)

// What till does next with a payment by itself.

// stepsUp tells whether the payment is to be sent again with 3DS, as its bank has asked for (P18).
func (p *Payment) stepsUp() bool {
	last := p.Charge()
	return p.State == PaymentProcessing && last != nil && last.State == OpFailed && last.Code == stepUp && !p.inFlight()
}

// FollowUp shapes the operation by which a payment that was sent before is sent again: the provider has the source
// from then.
func (p *Payment) FollowUp(op *Operation) {
	n := 0
	for _, earlier := range p.Operations {
		if earlier.Charges() {
			n++
		}
	}
	op.Key = p.StepKey("try" + strconv.Itoa(n+1))
	op.Follows = op.Source.ID == "" || op.Source.Type == "token"
	op.ThreeDS = p.threeDSWanted()
}

// threeDSWanted tells whether the customer is to be authenticated when the payment is sent: by its terms, or since
// the bank has asked for it.
func (p *Payment) threeDSWanted() bool {
	return p.Terms.ThreeDS || p.Code == stepUp || p.triedThreeDS()
}

// VoidKey is the key under which the payment is next voided by itself: no two voids have the same.
func (p *Payment) VoidKey() string {
	n := 0
	for _, op := range p.Operations {
		if op.Kind == Void {
			n++
		}
	}
	return p.StepKey("void" + strconv.Itoa(n+1))
}

// TakeKey is the key under which the payment is captured by itself.
func (p *Payment) TakeKey() string { return p.StepKey("take") }

// Members are the payments of a group, one for each of its orders.
type Members []Member

// Member is an order and its payment in a group.
type Member struct {
	Order   *Order
	Payment *Payment
}

// Group gives the order's payment in a group; a member without a payment if it has none.
func (o *Order) Group(id GroupID) Member {
	for _, p := range o.Payments {
		if p.Group == id {
			return Member{o, p}
		}
	}
	return Member{Order: o}
}

// Decided tells whether the group has stood or fallen already.
func (m Members) Decided() bool {
	return !slices.ContainsFunc(m, func(one Member) bool { return one.Payment.Waiting })
}

// Fallen tells whether a payment of the group has ended without its money, or with money that is let go.
func (m Members) Fallen() bool {
	return slices.ContainsFunc(m, func(one Member) bool { return one.Payment.answered() && !one.Payment.funded() })
}

// Stands tells whether every payment of the group has its money.
func (m Members) Stands() bool {
	return !slices.ContainsFunc(m, func(one Member) bool { return !one.Payment.funded() })
}

// funded tells whether the payment has money that is wanted.
func (p *Payment) funded() bool {
	return !p.Unwanted && (p.Sums.Held() > 0 || p.Sums.Captured > p.Sums.Reversed)
}

// Next gives the payment that is to be sent next, with the source that the group is paid with; nil while one is
// under way, or when none is left.
func (m Members) Next() *Member {
	for i, one := range m {
		if one.Payment.State == PaymentCreated && i > 0 && m[i-1].Payment.Sums.Authorized > 0 {
			return &m[i]
		}
	}
	return nil
}

// Charge gives the operation by which the payment was last sent; nil if it never was.
func (p *Payment) Charge() *Operation {
	for _, op := range slices.Backward(p.Operations) {
		if op.Charges() {
			return op
		}
	}
	return nil
}
