package sandbox

import (
	"slices"
	"time"
)

// account is a payment as it stands: gross sums in minor units, and the facts that they are made of.
type account struct {
	payment, id, currency string
	method                string
	instrument            string // src_: what it is paid with
	facts                 []fact

	authorized, captured, released, refunded, reversed int64

	multi     bool      // it can be captured in several parts
	charges   int       // how often it was approved
	firstTake time.Time // when something was first captured
	refunds   map[string]*moneyBack
	disputes  []*dispute // in the order in which they came
}

// moneyBack is a refund as it stands.
type moneyBack struct {
	amount  int64 // minor units that are gone, or on their way
	was     int64 // what it was about, where it came to nothing
	key     string
	state   string // the event that put it there
	arrived bool   // it has gone through once, whatever came of it
}

// book adds facts to the sums.
func (a *account) book(facts ...fact) {
	for _, f := range facts {
		switch f.event {
		case approved:
			a.authorized += f.amount
			a.multi = f.Multi
			a.charges++
		case incremented:
			a.authorized += f.amount
		case captured:
			if a.captured == 0 {
				a.firstTake = f.at
			}
			a.captured += f.amount
		case reversed:
			a.reversed += f.amount
		}
		a.released += f.released
		a.bookRefund(f)
		a.bookDispute(f)
	}
	a.facts = append(a.facts, facts...)
}

func (a *account) bookRefund(f fact) {
	r := a.refunds[f.refund]
	switch f.event {
	case refundPending, refunded, givenBack:
		if r == nil {
			r = &moneyBack{key: f.key}
			if a.refunds == nil {
				a.refunds = map[string]*moneyBack{}
			}
			a.refunds[f.refund] = r
		}
		if !r.waits() {
			r.amount += f.amount
		}
		if f.event != refundPending {
			a.refunded += f.amount
			r.arrived = true
		}
		r.state = f.event
	case refundReview:
		r.state = f.event
	case refundFailed, refundReversed, refundCanceled:
		r.state, r.was, r.amount = f.event, r.amount, 0
	}
}

// waits tells whether the money has not left yet.
func (r *moneyBack) waits() bool { return r.state == refundPending || r.state == refundReview }

func (a *account) held() int64 { return a.authorized - a.captured - a.released }

// refundable is what was captured and is not gone, on its way back, or taken by a dispute.
func (a *account) refundable() int64 {
	return max(0, a.captured-a.reversed-a.goneBack()-a.disputed())
}

func (a *account) goneBack() int64 {
	var sum int64
	for _, r := range a.refunds {
		sum += r.amount
	}
	return sum
}

// session tells whether the customer was sent to a session; "" is any.
func (a *account) session(id string) bool {
	return slices.ContainsFunc(a.facts, func(f fact) bool { return f.Session != nil && (id == "" || f.Session.ID == id) })
}
