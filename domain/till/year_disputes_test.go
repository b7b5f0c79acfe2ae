package till_test

import (
	"time"

	"till/domain"
	"till/domain/till"
)

// disputed is an order that was paid and then disputed.
func (y *year) disputed(with domain.Raising) (*domain.Order, till.Result) {
	y.Helper()
	o, id := y.sold(goodCard)
	return o, y.raise(y.see(id), with)
}

// disputesOfTheYear are cases that somebody answers, or nobody.
func disputesOfTheYear() []yearKind {
	const twice = "4000000404000079"
	paid := func(name string, s sums, moments []moment, live func(*year) *domain.Order) yearKind {
		return single(name, domain.OrderPaid, domain.PaymentCaptured, s, moments, live)
	}
	left := func(with domain.Raising) func(*year) *domain.Order {
		return func(y *year) *domain.Order {
			o, _ := y.disputed(with)
			return o
		}
	}
	return []yearKind{
		paid("a chargeback that nobody answers", taken, []moment{at(18*day, "dispute_expired")}, left(notReceived)),
		paid("a chargeback that is announced", taken, []moment{at(time.Minute, "dispute_debited"), at(18*day, "dispute_expired")}, left(toldBefore)),
		paid("two disputes of one card", taken, []moment{
			at(time.Minute, "dispute_opened"), at(2*time.Minute, "dispute_debited"), at(2*time.Minute, "dispute_debited"),
			at(18*day+time.Minute, "dispute_expired"), at(18*day+time.Minute, "dispute_expired"),
		}, func(y *year) *domain.Order {
			o, _ := y.sold(twice)
			return o
		}),
		paid("a question that nobody answers", taken, []moment{at(18*day, "dispute_expired")}, left(question)),
		paid("an advice of fraud", taken, []moment{at(120*day, "dispute_lapsed")}, left(advice)),
		// the till has closed it by then: that its time is over is the bank's word alone
		paid("an advice of fraud, and all is given back", sums{2000, 2000, 0, 2000}, []moment{at(120*day, "dispute_lapsed")}, func(y *year) *domain.Order {
			o, r := y.disputed(advice)
			y.after(10*day, func() { y.refund(r.Payment.ID, 2000) })
			return o
		}),
		paid("a chargeback that is defended", taken, []moment{at(65*day, "dispute_lapsed")}, func(y *year) *domain.Order {
			o, r := y.disputed(notReceived)
			y.after(5*day, func() { y.does(r.Dispute.ID, "submit") })
			return o
		}),
		paid("nobody hears that it was defended", taken, append(later(5*day, asked(1)), at(65*day, "dispute_lapsed")), func(y *year) *domain.Order {
			o, r := y.disputed(notReceived)
			y.after(5*day, func() {
				y.fault(domain.DisputeEvidence, "timeout_after")
				_, err := y.SubmitEvidence(y.ctx, till.Intent{}, r.Dispute.ID, text("delivered"))
				y.code(err, domain.CodeUnknownOutcome)
			})
			return o
		}),
		paid("a favour that nobody does", taken, nil, left(favour)),
		paid("our own favour", taken, []moment{at(120*day, "dispute_lapsed")}, func(y *year) *domain.Order {
			o, r := y.disputed(notReceived)
			y.does(r.Dispute.ID, "accept")
			y.does(r.Dispute.ID, "file good_faith")
			return o
		}),
	}
}

// later are moments that come so much later.
func later(by time.Duration, moments []moment) []moment {
	for i := range moments {
		moments[i].after += by
	}
	return moments
}
