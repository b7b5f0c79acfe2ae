package till_test

import (
	"slices"
	"testing"

	"till/domain"
	"till/domain/till"
)

func TestLateMoneyIsGivenBack(t *testing.T) {
	b := newBench(t, nil)
	o := b.issue(2000)
	_, err := b.ReturnLate(b.ctx, till.Intent{}, o.ID)
	b.code(err, domain.CodeIllegalTransition)
	r, err := b.pay(o, challengeCard, nil)
	b.must(err)
	_, err = b.CancelPayment(b.ctx, till.Intent{}, r.Payment.ID)
	b.must(err)
	_, err = b.Move(b.ctx, till.Intent{}, o.ID, "cancel", till.Moving{})
	b.must(err)
	b.must(b.bank.Customer(b.ctx, r.Payment.ID, "passed")) // who did not know that it was called off
	_, err = b.Sync(b.ctx, till.Intent{}, r.Payment.ID)
	b.must(err)
	late, err := b.Order(b.ctx, string(o.ID))
	b.must(err)
	if !slices.Contains(late.Attention(), "late_money") {
		t.Fatalf("%s, attention %v", late.State, late.Attention())
	}
	for range 2 { // the second time under the same key does nothing
		back, err := b.ReturnLate(b.ctx, till.Intent{Key: "back"}, o.ID)
		b.must(err)
		if back.State != domain.OrderCancelled || len(back.Attention()) > 0 || b.books(r.Payment).Refunded != 2000 {
			t.Fatalf("%s, attention %v, %+v", back.State, back.Attention(), b.books(r.Payment))
		}
	}
}
