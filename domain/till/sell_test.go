package till_test

import (
	"testing"

	"till/domain"
	"till/domain/till"
)

// A sale is one commit until its provider is asked: an order that nobody may pay is not issued.
func TestASaleIsIssuedAndPaidAtOnce(t *testing.T) {
	b := newBench(t, nil)
	r, err := b.Sell(b.ctx, till.Intent{Key: "sale"}, wanted(2000), till.Intent{}, till.Payable{Method: "cash", Tendered: 5000})
	b.must(err)
	b.stands(r, domain.OrderPaid, domain.PaymentCaptured)
	stored, err := b.Store.Order(b.ctx, r.Order.ID)
	b.must(err)
	if r.Order.Number != "1" || r.Order.Client.FirstName != "Ada" || r.Order.Version != stored.Version || r.Order.LastSeq != stored.LastSeq {
		t.Errorf("told %s for %q at version %d, entry %d; the journal has version %d, entry %d",
			r.Order.Number, r.Order.Client.Name(), r.Order.Version, r.Order.LastSeq, stored.Version, stored.LastSeq)
	}

	before := len(b.entries(""))
	_, err = b.Sell(b.ctx, till.Intent{Key: "short"}, wanted(2000), till.Intent{}, till.Payable{Method: "cash", Tendered: 100})
	b.code(err, domain.CodeInvalid)
	_, err = b.Sell(b.ctx, till.Intent{Key: "nothing"}, till.NewOrder{}, till.Intent{}, till.Payable{Method: "cash"})
	b.code(err, domain.CodeInvalid)
	if o, err := b.IssuedUnder(b.ctx, "short"); o != nil || err != nil || len(b.entries("")) != before {
		t.Errorf("a sale that was refused left order %+v (%v), and %d entries", o, err, len(b.entries(""))-before)
	}
	if o := b.issue(100); o.Number != "2" {
		t.Errorf("the next order is %s: a sale that was refused took a number", o.Number)
	}
}

// The first key finds the order again, whatever became of its payment, and it is never issued twice.
func TestASaleThatDidNotSucceedIsPaidAgain(t *testing.T) {
	b := newBench(t, nil)
	sell := func(key string, wished till.Payable) (till.Result, error) {
		return b.Sell(b.ctx, till.Intent{Key: "sale"}, wanted(2000), till.Intent{Key: key}, wished)
	}
	declined := till.Payable{Method: "card", Card: b.card("4000000000000002")}
	first, err := sell("one", declined)
	b.code(err, domain.CodeDeclined)
	again, err := sell("one", declined)
	b.code(err, domain.CodeDeclined)
	if again.Payment.ID != first.Payment.ID || again.Order.Version != first.Order.Version {
		t.Errorf("a repeat is told %s at version %d, not the first result", again.Payment.ID, again.Order.Version)
	}
	found, err := b.IssuedUnder(b.ctx, "sale")
	b.must(err)
	paid, err := sell("two", till.Payable{Method: "card", Card: b.card(goodCard)})
	b.must(err)
	if found.ID != first.Order.ID || paid.Order.ID != first.Order.ID || len(paid.Order.Payments) != 2 || paid.Order.State != domain.OrderPaid {
		t.Errorf("order %s was issued, %s found, %s paid: %s with %d payments", first.Order.ID, found.ID, paid.Order.ID, paid.Order.State, len(paid.Order.Payments))
	}
	_, err = sell("three", till.Payable{Method: "cash"}) // it is paid
	b.code(err, domain.CodeIllegalTransition)
	_, err = b.Sell(b.ctx, till.Intent{Key: "sale"}, wanted(2100), till.Intent{}, till.Payable{Method: "cash"})
	b.code(err, domain.CodeIdempotencyConflict)
}

// An answer that was lost is found again by the same keys: one order, one charge.
func TestASaleWhoseAnswerWasLost(t *testing.T) {
	b := newBench(t, nil)
	b.must(b.bank.SetFault(b.ctx, domain.Fault{Operation: domain.Authorize, Name: "timeout_after", Times: 1}))
	sell := func() (till.Result, error) {
		return b.Sell(b.ctx, till.Intent{Key: "sale"}, wanted(2000), till.Intent{Key: "payment"}, till.Payable{Method: "card", Card: b.card(goodCard)})
	}
	_, err := sell()
	b.code(err, domain.CodeUnknownOutcome)
	r, err := sell()
	b.must(err)
	if books := b.books(r.Payment); r.Order.State != domain.OrderPaid || len(r.Order.Payments) != 1 || books.Captured != 2000 {
		t.Errorf("%s with %d payments, the gateway's books: %+v", r.Order.State, len(r.Order.Payments), books)
	}
}

// What is to be paid on a later day is issued now.
func TestASaleThatIsPaidLater(t *testing.T) {
	b := newBench(t, nil)
	r, err := b.Sell(b.ctx, till.Intent{}, wanted(2000), till.Intent{}, till.Payable{Method: "card", Card: b.card(goodCard), Date: b.clock.now.AddDate(0, 0, 3)})
	b.must(err)
	if r.Order.Number != "1" || len(r.Order.Payments) != 1 {
		t.Errorf("order %q with %d payments", r.Order.Number, len(r.Order.Payments))
	}
}
