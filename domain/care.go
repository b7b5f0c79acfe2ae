package domain

import (
	"cmp"
	"slices"
	"time"
)

// Care is something about an order that somebody should see to, and what is at stake.
type Care struct {
	Name  string    // a mark of Attention, or CareHold, CareDispute
	Risk  Amount    // the money at risk, minor units
	Since time.Time // from when on it wants to be seen to, UTC; zero: at once
	Until time.Time // when it is too late, UTC; zero: nobody says
}

// What wants care beside the marks of Attention.
const (
	CareHold    = "hold"    // what is held is let go by itself soon
	CareDispute = "dispute" // our answer is waited for
)

// Cares lists what somebody should see to: the marks of Attention, money that is held and whose time runs out, and
// the cases that wait for our answer. Each comes once, with all of its money and its nearest deadline.
func (o *Order) Cares() []Care {
	var all []Care
	sums := o.Sums()
	for _, mark := range o.Attention() {
		all = append(all, Care{Name: mark, Risk: o.riskOf(mark, sums)})
	}
	late := slices.Contains(o.Attention(), "late_auth") // that money is counted already
	for _, p := range o.Payments {
		if warns := p.HoldWarns(); !late && !warns.IsZero() {
			all = careFor(all, Care{CareHold, p.Sums.Held(), warns, p.HoldEnds()})
		}
		for _, d := range p.Disputes {
			if by := d.AnswerBy(); d.isOpen() && !by.IsZero() {
				all = careFor(all, Care{Name: CareDispute, Risk: d.Amount, Until: by})
			}
		}
	}
	return all
}

// careFor adds a care to those of its name.
func careFor(all []Care, c Care) []Care {
	at := slices.IndexFunc(all, func(other Care) bool { return other.Name == c.Name })
	if at < 0 {
		return append(all, c)
	}
	had := &all[at]
	had.Risk += c.Risk
	had.Since = earlier(had.Since, c.Since)
	had.Until = earlier(had.Until, c.Until)
	return all
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// riskOf is the money that a mark of Attention is about.
func (o *Order) riskOf(mark string, sums Sums) Amount {
	switch mark {
	case "unknown":
		return o.unknownMoney()
	case "late_auth":
		return sums.Held()
	case "late_money":
		return sums.Net()
	case "overpaid":
		return max(0, o.kept()-sums.Returned()-o.Limit())
	}
	return o.Total()
}

// unknownMoney is the money of the operations and refunds of which nobody knows what came of them.
func (o *Order) unknownMoney() Amount {
	var sum Amount
	for _, p := range o.Payments {
		for _, op := range p.Operations {
			if op.State == OpUnknown && p.matters(op) {
				sum += cmp.Or(op.Amount, p.Amount)
			}
		}
	}
	return cmp.Or(sum, o.Total())
}

// CareSum adds up the cares of one name in one currency.
type CareSum struct {
	Name     string
	Currency Currency
	Orders   int
	Risk     Amount    // minor units
	Until    time.Time // the nearest deadline, UTC; zero: none
}
