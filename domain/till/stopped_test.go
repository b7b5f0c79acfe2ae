package till_test

import (
	"strings"
	"testing"

	"till/domain"
	"till/domain/till"
)

// A customer who has told the bank to stop is charged no more, however till comes to know of it.
func TestAStoppedMandateIsChargedNoMore(t *testing.T) {
	for _, fault := range []string{"", "timeout_after"} {
		b := newBench(t, nil)
		m := b.mandate(goodCard)
		if fault != "" {
			b.must(b.bank.SetFault(b.ctx, domain.Fault{Operation: domain.ChargeRecurring, Name: fault, Times: 1}))
		}
		r, err := b.Pay(b.ctx, till.Intent{}, till.Payable{
			Order: b.issue(2011).ID, Method: "card", Source: domain.Source{Type: "mandate", ID: string(m.ID)},
		})
		if fault == "" {
			b.code(err, domain.CodeDeclined)
		} else {
			b.code(err, domain.CodeUnknownOutcome)
			_, err = b.Sync(b.ctx, till.Intent{}, r.Payment.ID)
			b.must(err)
		}
		got, err := b.Mandate(b.ctx, string(m.ID))
		b.must(err)
		if got.State != domain.MandatePaused {
			t.Errorf("%q: the mandate is %s", fault, got.State)
		}
		_, err = b.chargeIt(m)
		b.code(err, domain.CodeIllegalTransition)
		b.must(b.Listen(b.ctx)) // the notice of what is known changes nothing
	}
}

// What is kept of a customer who was forgotten is not charged, by whatever it is named.
func TestAForgottenCustomerIsNotCharged(t *testing.T) {
	b := newBench(t, nil)
	k := b.saved(ann, goodCard)
	m, err := b.SetupMandate(b.ctx, till.Intent{}, till.Agreeing{Customer: k.Customer, Source: domain.Source{Type: "id", ID: k.ID}})
	b.must(err)
	_, _, err = b.Forget(b.ctx, till.Intent{}, k.Customer)
	b.must(err)
	for _, source := range []domain.Source{
		{Type: "id", ID: k.ID}, {Type: "mandate", ID: string(m.ID)}, {Type: "customer", Customer: k.Customer},
	} {
		_, err := b.Pay(b.ctx, till.Intent{}, till.Payable{Order: b.issue(700).ID, Method: "card", Source: source})
		b.code(err, domain.CodeIllegalTransition)
		if err == nil || !strings.Contains(err.Error(), "forgotten") {
			t.Errorf("%s: %v", source.Type, err)
		}
	}
}

func TestAnIncrementStaysWithinTheLimits(t *testing.T) {
	b := newBench(t, nil)
	b.Variants[0].Limits = domain.Limits{Max: "25.00"}
	held := b.hold(b.issue(2000))
	_, err := b.Increment(b.ctx, till.Intent{}, till.Incrementing{Payment: held.Payment.ID, By: 501})
	b.wrong(err, "amount")
	_, err = b.Increment(b.ctx, till.Intent{}, till.Incrementing{Payment: held.Payment.ID, By: 500})
	b.must(err)
}
