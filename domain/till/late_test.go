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
	r := b.paidLate(o)
	for range 2 { // the second time under the same key does nothing
		back, err := b.ReturnLate(b.ctx, till.Intent{Key: "back"}, o.ID)
		b.must(err)
		if back.State != domain.OrderCancelled || len(back.Attention()) > 0 || b.books(r.Payment).Refunded != 2000 {
			t.Fatalf("%s, attention %v, %+v", back.State, back.Attention(), b.books(r.Payment))
		}
	}
}

// paidLate has an order called off while its customer is at the bank, where they pay.
func (b *bench) paidLate(o *domain.Order) till.Result {
	b.Helper()
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
		b.Fatalf("%s, attention %v", late.State, late.Attention())
	}
	return r
}

// Whoever asks again under the key is told what the first was told, be it after the one who did it has gone: nothing new is
// done. Under another key nobody gives anything back.
func TestARepeatOfGivingBackIsAnsweredToAnybody(t *testing.T) {
	till.CountHashes(t)
	b := newBench(t, nil)
	as := b.staffed()
	as(domain.Manager)
	o := b.issue(2000)
	r := b.paidLate(o)
	b.must(second(b.ReturnLate(b.ctx, till.Intent{Key: "back"}, o.ID)))
	b.Enter(nil)
	b.must(second(b.ReturnLate(b.ctx, till.Intent{Key: "back"}, o.ID)))
	b.code(second(b.ReturnLate(b.ctx, till.Intent{Key: "another"}, o.ID)), domain.CodeForbidden)
	if books := b.books(r.Payment); books.Refunded != 2000 {
		t.Errorf("%+v", books)
	}
}
