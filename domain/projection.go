package domain

import (
	"slices"
	"strings"
)

// FlatStatus is one name for all that an order is, in snake_case: the first line of lifecycle §11 that fits.
func (o *Order) FlatStatus() string { return o.flatWith(o.openDispute()) }

// flatWith is the name where a dispute, if any, goes before everything else.
func (o *Order) flatWith(d *Dispute) string {
	sums := o.Sums()
	settled := o.State == OrderPaid || o.State == OrderPartPaid && sums.Held() == 0
	back := o.kept() > 0 && sums.Returned() == o.kept()
	switch {
	case d != nil:
		return flatStage(d.Stage)
	case o.hasReversal():
		return "reversal_initiated"
	case o.openRefund() != nil:
		return "refund_initiated"
	case o.failedReturn() != "":
		return o.failedReturn()
	case slices.Contains(resting, o.State) && sums.Captured > 0 && sums.Reversed == sums.Captured:
		return "reversed"
	case settled && back:
		return "refunded"
	case settled && sums.DisputedLost > 0:
		return "chargeback"
	case o.State == OrderPartPaid && sums.Held() > 0:
		return string(OrderHold)
	case o.State == OrderPartPaid:
		return string(OrderInProgress)
	}
	return string(o.State)
}

// FlatStatuses are all the names that FlatStatus gives.
func FlatStatuses() []string {
	var names []string
	for _, s := range allOrder {
		if s != OrderPartPaid { // that is on hold or in progress
			names = append(names, string(s))
		}
	}
	names = append(names, "refund_initiated", "refund_failed", "refund_reversed", "refunded",
		"reversal_initiated", "reversal_failed", "reversed")
	for _, s := range disputeStates {
		if name := flatStage(stageOf(s)); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// Label is the flat status for people, with what one name cannot say. An advice of fraud asks for nothing, so it is
// said beside the status.
func (o *Order) Label() string {
	d, advised := o.openDispute(), false
	if d != nil && d.Stage == StageFraudAdvice {
		d, advised = nil, true
	}
	sums, flat := o.Sums(), o.flatWith(d)
	label := strings.ReplaceAll(flat, "_", " ")
	switch flat {
	case "refund_initiated":
		label = "refunding"
	case "reversal_initiated":
		label = "reversing"
	}
	switch {
	case d != nil:
		label = "dispute: " + d.State.Words()
	case o.State == OrderPartPaid && flat != "refunded":
		label = "part paid, " + o.Cart.Currency.Display(o.BalanceDue()) + " missing"
	}
	if advised {
		label += ", fraud advice"
	}
	if back := sums.Returned(); back > 0 && back < sums.Captured-sums.Reversed {
		label += ", part refunded"
	}
	if sums.Held() > 0 && o.State == OrderPaid {
		label += ", " + o.Cart.Currency.Display(sums.Held()) + " still held"
	}
	if sums.DisputedLost > 0 {
		label += ", " + o.Cart.Currency.Display(sums.DisputedLost) + " lost"
	}
	return label
}

// OpenDispute gives the open case that the order's status tells of; nil if there is none.
func (o *Order) OpenDispute() *Dispute { return o.openDispute() }

func (o *Order) openRefund() *Refund {
	for _, p := range o.Payments {
		if i := slices.IndexFunc(p.Refunds, (*Refund).IsOpen); i >= 0 {
			return p.Refunds[i]
		}
	}
	return nil
}

func (o *Order) hasReversal() bool {
	return slices.ContainsFunc(o.Payments, func(p *Payment) bool { return p.opInFlight(Reverse) })
}

// openDispute gives the open case that counts: one that holds money, then the highest stage, then the newest.
func (o *Order) openDispute() *Dispute {
	var first *Dispute
	for _, p := range o.Payments {
		for _, d := range p.Disputes {
			if d.isOpen() && (first == nil || d.before(first)) {
				first = d
			}
		}
	}
	return first
}

func (d *Dispute) before(other *Dispute) bool {
	if (d.held() > 0) != (other.held() > 0) {
		return d.held() > 0
	}
	if a, b := DisputeRank(d.Stage), DisputeRank(other.Stage); a != b {
		return a > b
	}
	return !d.OpenedAt.Before(other.OpenedAt)
}

// Attention lists the marks of what somebody should look at (lifecycle §11), read off the facts.
func (o *Order) Attention() []string {
	sums := o.Sums()
	marks := []struct {
		name string
		on   bool
	}{
		{"unknown", slices.ContainsFunc(o.Payments, (*Payment).hasUnknown)},
		{"integrity", !o.acknowledged() && slices.ContainsFunc(o.Payments, (*Payment).broken)},
		{"late_auth", sums.Held() > 0 && (o.IsClosed() || o.kept()+sums.Held() > o.Limit())},
		{"late_money", o.LateMoney()},
		{"overpaid", o.kept()-sums.Returned() > o.Limit()},
		{"over_returned", !o.acknowledged() && slices.ContainsFunc(o.Payments, (*Payment).overReturned)},
	}
	var names []string
	for _, m := range marks {
		if m.on {
			names = append(names, m.name)
		}
	}
	return names
}

// LateMoney tells whether there is money of an order that was closed before it came.
func (o *Order) LateMoney() bool { return o.IsClosed() && o.Sums().Net() > 0 }

// Closed gives the states in which an order takes no money any more.
func Closed() []State { return slices.Clone(decided) }

// acknowledged holds from when the operator has seen it until a new fact is told.
func (o *Order) acknowledged() bool { return o.Acknowledged > o.heard }

// unseen tells whether something shows that only looking at it takes away: a failed return, or a mark that no
// action can clear.
func (o *Order) unseen() bool {
	marks := slices.ContainsFunc(o.Payments, func(p *Payment) bool { return p.broken() || p.overReturned() })
	return o.failedReturn() != "" || marks && !o.acknowledged()
}

// broken holds where facts break I2, I6 or I7, or an answer named another amount and is not confirmed.
func (p *Payment) broken() bool {
	s := p.Sums
	closed := p.State == PaymentCaptured || p.State == PaymentVoided
	disbelieved := slices.ContainsFunc(p.Operations, func(op *Operation) bool { return op.mismatch })
	return disbelieved || closed && s.Captured+s.Released != s.Authorized || slices.ContainsFunc(p.money, func(f Fact) bool {
		return f.Event == Reversed && f.Amount != s.Captured ||
			f.Event == Voided && s.Captured+s.Released > p.sum(Approved, Incremented)
	})
}

// overReturned holds where I8 is broken: more goes back than was taken.
func (p *Payment) overReturned() bool {
	s := p.Sums
	return s.Returned()+s.RefundPending+s.DisputedHeld+s.DisputedLost+s.Reversed > s.Captured
}

// Row is the order as a list shows it; the customer's name comes from the cabinet.
func (o *Order) Row() OrderRow {
	row := OrderRow{
		ID: o.ID, HumanID: o.HumanID, Number: o.Number, Reference: o.Reference,
		Status: o.FlatStatus(), Label: o.Label(), Lifecycle: o.State, Attention: o.Attention(),
		Currency: o.Cart.Currency, Total: o.Total(), Balance: o.BalanceDue(), Customer: o.Client.Name(),
		IsTest: o.IsTest, CreatedAt: o.CreatedAt, Seq: o.LastSeq,
	}
	if p := o.Last(); p != nil {
		row.Method = p.Source.String()
	}
	return row
}

// SearchText is the words that an order is found by, without those about its person.
func (o *Order) SearchText() string {
	words := []string{o.Number, o.HumanID, o.Reference}
	for _, l := range o.Cart.Lines {
		words = append(words, l.SKU, l.Name())
	}
	for _, p := range o.Payments {
		words = append(words, p.HumanID, string(p.Source.Brand), p.Source.Last4)
	}
	return strings.Join(words, " ")
}
