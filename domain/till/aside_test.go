package till_test

import (
	"testing"

	"till/domain"
	"till/domain/till"
)

// An opening at the provider whose answer was lost holds up neither the sync nor the refund of what was paid since.
func TestALostOpeningHoldsUpNoRefund(t *testing.T) {
	b := newBench(t, nil)
	o := b.issue(2000)
	b.fault(domain.CreateOrder, "timeout_before")
	_, err := b.OpenPayment(b.ctx, till.Intent{}, o.ID, 0, "", false)
	b.code(err, domain.CodeUnknownOutcome)
	r, err := b.pay(o, goodCard, nil)
	b.must(err)
	b.stands(r, domain.OrderPaid, domain.PaymentCaptured)
	if first := r.Payment.Operations[0]; first.Kind != domain.CreateOrder || !first.InFlight() {
		t.Fatalf("%s is %s", first.Kind, first.State)
	}
	_, err = b.Refund(b.ctx, till.Intent{}, till.Refunding{Payment: r.Payment.ID, Amount: 500})
	b.must(err)
	_, err = b.Sync(b.ctx, till.Intent{}, r.Payment.ID)
	b.must(err)
}

// While nobody knows whether the gateway keeps the card for a later day, the payment is neither sent with another one now
// nor on another day (I14).
func TestAPaymentWhoseCardIsBeingKeptIsNotPaidAnotherWay(t *testing.T) {
	b := newBench(t, nil)
	o := b.issue(2000)
	b.fault(domain.SetupRecurring, "timeout_after")
	_, err := b.pay(o, goodCard, func(w *till.Payable) { w.Date = b.Env.Now().Add(9 * day) })
	b.code(err, domain.CodeUnknownOutcome)
	before := len(b.entries(""))
	for name, with := range map[string]func(*till.Payable){"now": nil, "later": func(w *till.Payable) { w.Date = b.Env.Now().Add(8 * day) }} {
		_, err := b.pay(o, shortOfFunds, with)
		b.code(err, domain.CodeIllegalTransition)
		if n := len(b.entries("")); n != before {
			t.Errorf("%s: %d entries", name, n-before)
		}
	}
}
