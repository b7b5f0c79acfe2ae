package till_test

import (
	"encoding/json"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
)

// TestARetryByHandIsTheNextTry: what waits is sent at once, under the intent's key, and the tries are counted on.
func TestARetryByHandIsTheNextTry(t *testing.T) {
	b := newBench(t, nil)
	r, err := b.pay(b.issue(2000), shortOfFunds, func(p *till.Payable) { p.Retries = 2 })
	b.must(err)
	b.stands(r, domain.OrderInProgress, domain.PaymentRetryWait)
	id := r.Payment.ID

	r, err = b.RetryPayment(b.ctx, till.Intent{Key: "again"}, id)
	b.must(err)
	b.stands(r, domain.OrderInProgress, domain.PaymentRetryWait)
	if len(r.Payment.Operations) != 2 || r.Operation.Key != "again" || r.Payment.Retried != 2 {
		t.Fatalf("%d operations, retried %d, %+v", len(r.Payment.Operations), r.Payment.Retried, r.Operation)
	}
	again, err := b.RetryPayment(b.ctx, till.Intent{Key: "again"}, id)
	b.must(err)
	if len(again.Payment.Operations) != 2 {
		t.Errorf("a repeat sent it again: %d operations", len(again.Payment.Operations))
	}
	r = b.later(24*time.Hour, id) // the clock's own try finds its own key
	b.stands(r, domain.OrderFailed, domain.PaymentDeclined)
	_, err = b.RetryPayment(b.ctx, till.Intent{}, id)
	b.code(err, domain.CodeIllegalTransition)
}

// TestAnEditKeepsWhatItDoesNotName: another source, date or address leaves the rest of the terms and the client.
func TestAnEditKeepsWhatItDoesNotName(t *testing.T) {
	b := newBench(t, nil)
	first, err := b.pay(b.issue(500), goodCard, func(p *till.Payable) { p.Save = true })
	b.must(err)
	day := b.clock.now.AddDate(0, 0, 3)
	r, err := b.pay(b.issue(2000), "4543474002249996", func(p *till.Payable) {
		p.Date, p.Retries, p.Reference, p.Metadata, p.ThreeDS = day, 3, "rent", json.RawMessage(`{"a":"b"}`), true
	})
	b.must(err)
	b.stands(r, domain.OrderInProgress, domain.PaymentScheduled)
	source := domain.Source{Type: "id", ID: first.Payment.Source.ID}
	later := day.AddDate(0, 0, 4)
	r, err = b.UpdatePayment(b.ctx, till.Intent{}, r.Payment.ID, till.Editing{
		Method: "card", Source: &source, Date: &later, Address: &domain.Address{City: "Bonn", Country: "DE"},
	})
	b.must(err)
	p := r.Payment
	if p.Source.ID != source.ID || p.Retries != 3 || p.Reference != "rent" || string(p.Metadata) != `{"a":"b"}` || !p.Terms.ThreeDS || !p.Date.Equal(later) {
		t.Errorf("%+v", p.Terms)
	}
	if r.Order.Client.Address.City != "Bonn" || r.Order.Client.Email != "test@test.com" {
		t.Errorf("%+v", r.Order.Client)
	}
	off, ideal := false, domain.Source{Type: "ideal"}
	for name, with := range map[string]till.Editing{
		"a source that is not kept": {Method: "ideal", Source: &ideal},
		"no country":                {Address: &domain.Address{Country: "XX"}},
	} {
		_, err = b.UpdatePayment(b.ctx, till.Intent{}, p.ID, with)
		if domain.CodeOf(err) != domain.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	r, err = b.UpdatePayment(b.ctx, till.Intent{}, p.ID, till.Editing{Active: &off})
	b.must(err)
	if !r.Payment.Paused {
		t.Error("it is not paused")
	}

	opened, err := b.OpenPayment(b.ctx, till.Intent{}, b.issue(700).ID, 0, "", true)
	b.must(err)
	_, err = b.UpdatePayment(b.ctx, till.Intent{}, opened.Payment.ID, till.Editing{Active: &off})
	b.code(err, domain.CodeIllegalTransition) // nothing would have changed
}

// TestWhatIsOpenIsGoneOnWith: a second attempt is not begun beside one that was opened, alone or in a group.
func TestWhatIsOpenIsGoneOnWith(t *testing.T) {
	b := newBench(t, nil)
	o, other := b.issue(2000), b.issue(900)
	_, err := b.OpenPayment(b.ctx, till.Intent{}, o.ID, 0, "", false)
	b.must(err)
	_, err = b.OpenPayment(b.ctx, till.Intent{}, o.ID, 0, "", false)
	b.code(err, domain.CodeIllegalTransition)
	_, _, err = b.PayGroup(b.ctx, till.Intent{}, []domain.OrderID{other.ID, o.ID}, till.Payable{Method: "cash"})
	b.code(err, domain.CodeIllegalTransition)
	r, err := b.pay(o, goodCard, nil)
	b.must(err)
	b.stands(r, domain.OrderPaid, domain.PaymentCaptured)
}

// TestAGroupNamesItsOrdersOnce, and says of itself what its own member says.
func TestAGroupNamesItsOrdersOnce(t *testing.T) {
	b := newBench(t, nil)
	one, two := b.issue(2000), b.issue(1005)
	for name, wish := range map[string]till.Payable{
		"amount": {Method: "cash", Amount: 100}, "verification": {Method: "cash", Verify: true},
		"tendered": {Method: "cash", Tendered: 5000}, "date": {Method: "cash", Date: b.clock.now.AddDate(0, 0, 1)},
	} {
		if _, _, err := b.PayGroup(b.ctx, till.Intent{}, []domain.OrderID{one.ID, two.ID}, wish); domain.CodeOf(err) != domain.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, _, err := b.PayGroup(b.ctx, till.Intent{}, []domain.OrderID{one.ID, one.ID}, till.Payable{Method: "cash"})
	b.code(err, domain.CodeInvalid)

	practice := wanted(500)
	practice.IsTest = true
	training, err := b.Issue(b.ctx, till.Intent{}, practice)
	b.must(err)
	for _, mixed := range [][]domain.OrderID{{one.ID, training.ID}, {training.ID, one.ID}} {
		_, _, err = b.PayGroup(b.ctx, till.Intent{}, mixed, till.Payable{Method: "cash"})
		b.code(err, domain.CodeInvalid)
	}

	_, results, err := b.PayGroup(b.ctx, till.Intent{}, []domain.OrderID{one.ID, two.ID}, till.Payable{Method: "card", Card: b.card(goodCard)})
	b.code(err, domain.CodeDeclined)
	if want := results[1].Payment.Err(results[1].Payment.Charge()); want == nil || err.Error() != want.Error() {
		t.Errorf("%v, want what the second says: %v", err, want)
	}
	b.must(b.bank.SetFault(b.ctx, domain.Fault{Operation: domain.Authorize, Name: "timeout_after", Times: 1}))
	_, _, err = b.PayGroup(b.ctx, till.Intent{}, []domain.OrderID{b.issue(700).ID, b.issue(800).ID}, till.Payable{Method: "card", Card: b.card(goodCard)})
	b.code(err, domain.CodeUnknownOutcome)
}

// TestAnIncrementToWhatThereIsIsNone: nothing is set aside by guessing.
func TestAnIncrementToWhatThereIsIsNone(t *testing.T) {
	b := newBench(t, nil)
	held := b.hold(b.issue(2000))
	for _, to := range []domain.Amount{2000, 1900} {
		_, err := b.Increment(b.ctx, till.Intent{}, till.Incrementing{Payment: held.Payment.ID, To: to})
		b.code(err, domain.CodeIllegalTransition)
	}
	if books := b.books(held.Payment); books.Authorized != 2000 {
		t.Errorf("%+v", books)
	}
}

// TestARefundOfLinesIsRemembered: with the refund, with its repeat, and against the next.
func TestARefundOfLinesIsRemembered(t *testing.T) {
	b := newBench(t, nil)
	o, err := b.Issue(b.ctx, till.Intent{}, till.NewOrder{
		Client: domain.Person{Email: "test@test.com"},
		Cart:   domain.Cart{Currency: "EUR", Lines: []domain.Line{{SKU: "7", Title: "tea", Price: 300, Quantity: 3}, {SKU: "8", Title: "cup", Price: 1900, Quantity: 1}}},
	})
	b.must(err)
	r, err := b.pay(o, "4000000000005126", nil)
	b.must(err)
	id := r.Payment.ID
	r, err = b.Refund(b.ctx, till.Intent{}, till.Refunding{Payment: id, Lines: []domain.Pieces{{SKU: "7", Quantity: 2}}})
	b.must(err)
	if r.Refund.Amount != 600 || len(r.Refund.Lines) != 1 || r.Refund.Lines[0] != (domain.LinePart{Line: 0, Quantity: 2, Amount: 600}) {
		t.Fatalf("%+v", r.Refund)
	}
	_, err = b.Refund(b.ctx, till.Intent{}, till.Refunding{Payment: id, Lines: []domain.Pieces{{SKU: "7", Quantity: 2}}})
	b.code(err, domain.CodeInvalid)
	first := r.Refund.ID
	r = b.later(25*time.Hour, id) // it comes back
	if state := r.Payment.Refund(first).State; state != domain.RefundFailed {
		t.Fatalf("the refund is %s", state)
	}
	other, err := b.Refund(b.ctx, till.Intent{}, till.Refunding{Payment: id, Lines: []domain.Pieces{{SKU: "7"}}})
	b.must(err)
	if other.Refund.Amount != 900 {
		t.Fatalf("%+v", other.Refund)
	}
	_, err = b.RetryRefund(b.ctx, till.Intent{}, first)
	b.code(err, domain.CodeInvalid) // its pieces have gone back in another way
}

// A form that the customer has may be filled in for a later day, with a card or with what is kept.
func TestAnOpenedFormIsForALaterDayToo(t *testing.T) {
	b := newBench(t, nil)
	kept := b.saved(ann, goodCard).Source
	for name, with := range map[string]till.Payable{"a card": {Card: b.card(goodCard)}, "a source": {Source: kept}} {
		o := b.issue(2000)
		_, err := b.OpenPayment(b.ctx, till.Intent{}, o.ID, 0, "", true)
		b.must(err)
		with.Order, with.Method, with.Date = o.ID, "card", b.clock.now.Add(time.Hour)
		r, err := b.Pay(b.ctx, till.Intent{}, with)
		b.must(err)
		if r.Payment.State != domain.PaymentScheduled {
			t.Errorf("%s: %s", name, r.Payment.State)
		}
		b.stands(b.later(2*time.Hour, r.Payment.ID), domain.OrderPaid, domain.PaymentCaptured)
	}
}

// A card for a later day is exchanged for a source, and the payment put on its day, also where the answer was lost or
// the till was stopped before it could go on.
func TestALaterDayIsKeptAfterALostAnswer(t *testing.T) {
	for fault, code := range map[string]domain.Code{
		"timeout_after": domain.CodeUnknownOutcome, "timeout_before": domain.CodeUnknownOutcome, "declined": domain.CodeFailed, "pending": "",
	} {
		b := newBench(t, nil)
		b.fault(domain.SetupRecurring, fault)
		day := b.clock.now.Add(48 * time.Hour)
		pay := till.Payable{Order: b.issue(2000).ID, Method: "card", Card: b.card(goodCard), Date: day}
		first, err := b.Pay(b.ctx, till.Intent{Key: "k"}, pay)
		b.code(err, code)
		if fault == "timeout_before" { // nobody but the one who has the card can send it again
			_, err = b.Pay(b.ctx, till.Intent{Key: "k"}, pay)
			b.must(err)
		}
		_, err = b.Advance(b.ctx, till.Intent{}, 24*time.Hour)
		b.must(err)
		want := domain.PaymentScheduled
		if fault == "declined" {
			want = domain.PaymentCancelled
		}
		if p := b.last(pay.Order); p.State != want || want == domain.PaymentScheduled && !p.Date.Equal(day) {
			t.Fatalf("%s: %s on %s, first %s", fault, p.State, p.Date, first.Payment.State)
		}
		_, err = b.Advance(b.ctx, till.Intent{}, 48*time.Hour)
		b.must(err)
		if p := b.last(pay.Order); want == domain.PaymentScheduled && (p.State != domain.PaymentCaptured || b.books(p).Charges != 1) {
			t.Errorf("%s: %s", fault, p.State)
		}
	}
}

func TestAPaymentMadeActiveAfterItsDateGoesAtOnce(t *testing.T) {
	b := newBench(t, nil)
	r, err := b.pay(b.issue(2000), goodCard, func(p *till.Payable) { p.Date = b.clock.now.Add(24 * time.Hour) })
	b.must(err)
	off, on := false, true
	_, err = b.UpdatePayment(b.ctx, till.Intent{}, r.Payment.ID, till.Editing{Active: &off})
	b.must(err)
	b.clock.forward(48 * time.Hour)
	r, err = b.UpdatePayment(b.ctx, till.Intent{}, r.Payment.ID, till.Editing{Active: &on})
	b.must(err)
	b.stands(r, domain.OrderPaid, domain.PaymentCaptured)
}
