package till_test

import (
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
)

// What till does by itself: in its time, once, and stopped by nothing that somebody else does.

// last gives the newest payment of an order as it stands.
func (b *bench) last(id domain.OrderID) *domain.Payment {
	b.Helper()
	o, err := b.Store.Order(b.ctx, id)
	b.must(err)
	return o.Last()
}

// A void that is refused is tried again a day later, not at once (P14).
func TestAnUnwantedApprovalIsVoidedOnceADay(t *testing.T) {
	b := newBench(t, nil)
	b.must(b.bank.SetFault(b.ctx, domain.Fault{Operation: domain.Void, Name: "declined", Times: 2}))
	good, bad := b.issue(2000), b.issue(2005) // a total that ends in 05 is declined
	_, _, err := b.PayGroup(b.ctx, till.Intent{}, []domain.OrderID{good.ID, bad.ID}, till.Payable{Method: "card", Card: b.card(goodCard)})
	b.code(err, domain.CodeDeclined)
	for day, want := range []struct {
		voids int
		state domain.State
	}{{1, domain.PaymentAuthorized}, {2, domain.PaymentAuthorized}, {3, domain.PaymentVoided}, {3, domain.PaymentVoided}} {
		p := b.last(good.ID)
		if voids := len(p.Operations) - 1; voids != want.voids || p.State != want.state {
			t.Fatalf("after %d days: %d voids, %s; want %d, %s", day, voids, p.State, want.voids, want.state)
		}
		b.clock.forward(23 * time.Hour)
		b.must(b.Tend(b.ctx))
		if len(b.last(good.ID).Operations) != len(p.Operations) {
			t.Fatalf("day %d: tried again before a day had passed", day)
		}
		b.clock.forward(time.Hour + time.Second)
		b.must(b.Tend(b.ctx))
	}
}

// Whatever keys others choose, till can go on with its own.
func TestNobodyTakesTheKeysOfWhatTillDoesByItself(t *testing.T) {
	b := newBench(t, nil)
	pay := till.Payable{Order: b.issue(2000).ID, Method: "card", Card: b.card(shortOfFunds), Retries: 1}
	first, err := b.Pay(b.ctx, till.Intent{Key: "k"}, pay)
	b.must(err)
	_, err = b.Pay(b.ctx, till.Intent{Key: "k/2"}, till.Payable{Order: b.issue(500).ID, Method: "card", Card: b.card(goodCard)})
	b.must(err)
	_, err = b.Pay(b.ctx, till.Intent{Key: string(first.Payment.ID) + "/try2"}, till.Payable{Order: b.issue(600).ID, Method: "card", Card: b.card(goodCard)})
	b.code(err, domain.CodeInvalid)
	r := b.later(2*time.Hour, first.Payment.ID)
	b.stands(r, domain.OrderFailed, domain.PaymentDeclined)
}

// What was decided on an earlier day is not sent when it cannot be any more, and keeps nothing else from happening.
func TestWhatCannotBeChargedAnyMoreIsNotSent(t *testing.T) {
	for name, meanwhile := range map[string]func(*bench, *domain.Mandate){
		"its mandate is paused": func(b *bench, m *domain.Mandate) {
			_, err := b.PauseMandate(b.ctx, till.Intent{}, m.ID)
			b.must(err)
		},
		"its source was removed": func(b *bench, m *domain.Mandate) {
			_, err := b.RemoveSource(b.ctx, till.Intent{}, m.Source.ID)
			b.must(err)
		},
		"its variant is gone": func(b *bench, _ *domain.Mandate) { b.Variants = b.Variants[1:] },
	} {
		b := newBench(t, nil)
		m := b.mandate(goodCard)
		o := b.issue(2000)
		_, err := b.Pay(b.ctx, till.Intent{}, till.Payable{
			Order: o.ID, Method: "card", Source: domain.Source{Type: "mandate", ID: string(m.ID)}, Date: b.clock.now.Add(24 * time.Hour),
		})
		b.must(err)
		meanwhile(b, m)
		_, err = b.Advance(b.ctx, till.Intent{}, 48*time.Hour)
		b.must(err)
		p := b.last(o.ID)
		if p.State != domain.PaymentFailed || p.Detail != "not_sent" || p.Charge().State != domain.OpNotSent {
			t.Errorf("%s: %s %s, %+v", name, p.State, p.Detail, p.Charge())
		}
		if err := p.Ended(); domain.CodeOf(err) != domain.CodeFailed {
			t.Errorf("%s: %v", name, err)
		}
		o, err = b.Store.Order(b.ctx, o.ID)
		b.must(err)
		if o.State != domain.OrderFailed || o.FailedAttempts() != 0 {
			t.Errorf("%s: the order is %s after %d failed attempts", name, o.State, o.FailedAttempts())
		}
	}
}

// Nor is it sent by hand.
func TestAPausedMandateIsNotTriedAgain(t *testing.T) {
	b := newBench(t, nil)
	m := b.mandate(goodCard)
	r, err := b.Pay(b.ctx, till.Intent{}, till.Payable{
		Order: b.issue(2051).ID, Method: "card", Source: domain.Source{Type: "mandate", ID: string(m.ID)}, Retries: 1,
	})
	b.must(err)
	b.stands(r, domain.OrderInProgress, domain.PaymentRetryWait)
	_, err = b.PauseMandate(b.ctx, till.Intent{}, m.ID)
	b.must(err)
	_, err = b.RetryPayment(b.ctx, till.Intent{}, r.Payment.ID)
	b.code(err, domain.CodeIllegalTransition)
	b.stands(till.Result{Order: r.Order, Payment: b.last(r.Order.ID)}, domain.OrderInProgress, domain.PaymentRetryWait)
}

// Who cancels the order of a member has cancelled them all.
func TestAGroupFallsWithTheOrderOfAMember(t *testing.T) {
	b := newBench(t, nil)
	one, two := b.issue(2000), b.issue(3000)
	_, results, err := b.PayGroup(b.ctx, till.Intent{}, []domain.OrderID{one.ID, two.ID}, till.Payable{Method: "card", Card: b.card(challengeCard)})
	b.must(err)
	b.stands(results[0], domain.OrderInProgress, domain.PaymentNeedsAction)
	o, err := b.Move(b.ctx, till.Intent{}, two.ID, "cancel", till.Moving{})
	b.must(err)
	if o.State != domain.OrderCancelled || b.last(one.ID).State != domain.PaymentCancelled {
		t.Errorf("%s, and the other payment is %s", o.State, b.last(one.ID).State)
	}
}

// All of a group goes through one provider, which knows the source since the first of them.
func TestAGroupHasOneVariant(t *testing.T) {
	b := newBench(t, nil)
	small := b.Variants[0]
	small.Name, small.Max = "small", "25.00"
	b.Variants = append([]till.Variant{small}, b.Variants...)
	ids := []domain.OrderID{b.issue(2000).ID, b.issue(3000).ID}
	_, _, err := b.PayGroup(b.ctx, till.Intent{}, ids, till.Payable{Method: "card", Card: b.card(goodCard)})
	b.wrong(err, "amount")
	_, results, err := b.PayGroup(b.ctx, till.Intent{}, ids, till.Payable{Method: "card", Card: b.card(goodCard), Variant: "sandbox"})
	b.must(err)
	for _, r := range results {
		b.stands(r, domain.OrderPaid, domain.PaymentCaptured)
	}
}
