package till_test

import (
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
)

func TestARepeatedKeyIsOneCharge(t *testing.T) {
	b := newBench(t, nil)
	o := b.issue(2000)
	pay := till.Payable{Order: o.ID, Method: "card", Card: b.card("4242424242424242")}
	first, err := b.Pay(b.ctx, till.Intent{Key: "k1"}, pay)
	b.must(err)
	_, err = b.Refund(b.ctx, till.Intent{}, till.Refunding{Payment: first.Payment.ID})
	b.must(err)
	again, err := b.Pay(b.ctx, till.Intent{Key: "k1"}, pay)
	b.must(err)
	if again.Payment.ID != first.Payment.ID || again.Order.Version != first.Order.Version {
		t.Errorf("a repeat is told %s at version %d, not the first result", again.Payment.ID, again.Order.Version)
	}
	pay.Amount = 100
	_, err = b.Pay(b.ctx, till.Intent{Key: "k1"}, pay)
	b.code(err, domain.CodeIdempotencyConflict)

	same, err := b.Issue(b.ctx, till.Intent{Key: "k2"}, wanted(300))
	b.must(err)
	twice, err := b.Issue(b.ctx, till.Intent{Key: "k2"}, wanted(300))
	b.must(err)
	if same.ID != twice.ID {
		t.Errorf("issued twice under one key: %s, %s", same.ID, twice.ID)
	}
}

func TestARepeatFinishesWhatHasNoAnswer(t *testing.T) {
	for _, fault := range []string{"timeout_before", "timeout_after"} {
		b := newBench(t, nil)
		o := b.issue(2000)
		pay := till.Payable{Order: o.ID, Method: "card", Card: b.card("4242424242424242")}
		b.must(b.bank.SetFault(b.ctx, domain.Fault{Operation: domain.Authorize, Name: fault, Times: 1}))
		_, err := b.Pay(b.ctx, till.Intent{Key: "k1"}, pay)
		b.code(err, domain.CodeUnknownOutcome)
		r, err := b.Pay(b.ctx, till.Intent{Key: "k1"}, pay)
		b.must(err)
		if r.Order.State != domain.OrderPaid || len(r.Order.Payments) != 1 {
			t.Errorf("%s: %s with %d payments", fault, r.Order.State, len(r.Order.Payments))
		}
		if books := b.books(r.Payment); books.Captured != 2000 {
			t.Errorf("%s: the gateway's books: %+v", fault, books)
		}
	}
}

func TestARepeatedCancelOfAHoldIsToldTheSame(t *testing.T) {
	b := newBench(t, nil)
	r := b.hold(b.issue(2000))
	with := till.Moving{Reason: "closed early"}
	first, err := b.Move(b.ctx, till.Intent{Key: "k1"}, r.Order.ID, "cancel", with)
	b.must(err)
	again, err := b.Move(b.ctx, till.Intent{Key: "k1"}, r.Order.ID, "cancel", with)
	b.must(err)
	if again.State != domain.OrderCancelled || again.Version != first.Version || b.books(r.Payment).Voided != 2000 {
		t.Errorf("the repeat is told %s at version %d, the first %d", again.State, again.Version, first.Version)
	}
	_, err = b.Move(b.ctx, till.Intent{Key: "k1"}, r.Order.ID, "cancel", till.Moving{Reason: "another"})
	b.code(err, domain.CodeIdempotencyConflict)
	_, err = b.Void(b.ctx, till.Intent{Key: "k1"}, r.Payment.ID, "")
	b.code(err, domain.CodeIdempotencyConflict)
}

func TestVersionConflict(t *testing.T) {
	b := newBench(t, nil)
	o := b.issue(2000)
	r := b.hold(o)
	_, err := b.Capture(b.ctx, till.Intent{IfVersion: o.Version}, till.Capturing{Payment: r.Payment.ID})
	b.code(err, domain.CodeVersionConflict)
	_, err = b.Sync(b.ctx, till.Intent{IfVersion: o.Version}, r.Payment.ID)
	b.code(err, domain.CodeVersionConflict)
}

// Four tills on one file want the same at once, each under a key of its own: it is done once, and the others are
// told why not, whether they came while it was on its way or after.
func TestFourAtOnceMoveMoneyOnce(t *testing.T) {
	b := newBench(t, nil)
	tills := make([]*till.Till, 4)
	for i := range tills {
		b.open(nil)
		tills[i] = b.Till
	}
	r := b.hold(b.issue(2000))
	b.once("capture", tills, func(one *till.Till) error {
		_, err := one.Capture(b.ctx, till.Intent{}, till.Capturing{Payment: r.Payment.ID})
		return err
	})
	b.once("refund", tills, func(one *till.Till) error {
		_, err := one.Refund(b.ctx, till.Intent{}, till.Refunding{Payment: r.Payment.ID})
		return err
	})
	if books := b.books(r.Payment); books.Captured != 2000 || books.Refunded != 2000 {
		t.Errorf("the gateway's books: %+v", books)
	}
	verdict, err := b.Store.Verify(b.ctx)
	b.must(err)
	if !verdict.OK {
		t.Errorf("%+v", verdict)
	}
}

// once has every till do the same at the same time; one may succeed, to the others it is not possible any more.
func (b *bench) once(name string, tills []*till.Till, do func(*till.Till) error) {
	b.Helper()
	results := make(chan error)
	for _, one := range tills {
		go func() { results <- do(one) }()
	}
	done := 0
	for range tills {
		switch err := <-results; domain.CodeOf(err) {
		case "":
			done++
		case domain.CodeIllegalTransition:
		default:
			b.Errorf("%s: %v", name, err)
		}
	}
	if done != 1 {
		b.Errorf("%s was done %d times", name, done)
	}
}

// Four tills that find the same things due do each of them once between them; so do four with the same key.
func TestFourAtOnceTendOnce(t *testing.T) {
	b := newBench(t, nil)
	tills := make([]*till.Till, 4)
	for i := range tills {
		b.open(nil)
		tills[i] = b.Till
	}
	atOnce := func(do func(*till.Till) error) {
		t.Helper()
		results := make(chan error)
		for _, one := range tills {
			go func() { results <- do(one) }()
		}
		for range tills {
			b.must(<-results)
		}
	}
	dated, err := b.pay(b.issue(1100), goodCard, func(p *till.Payable) { p.Date = b.clock.now.Add(time.Hour) })
	b.must(err)
	retried, err := b.pay(b.issue(1200), shortOfFunds, func(p *till.Payable) { p.Retries = 1 })
	b.must(err)
	ids := []domain.OrderID{b.issue(1300).ID, b.issue(1400).ID}
	_, group, err := b.PayGroup(b.ctx, till.Intent{}, ids, till.Payable{Method: "card", Card: b.card(challengeCard)})
	b.must(err)
	b.must(b.bank.Customer(b.ctx, group[0].Payment.ID, "passed"))
	held := b.hold(b.issue(1500))
	b.fault(domain.Capture, "timeout_after")
	_, err = b.Capture(b.ctx, till.Intent{}, till.Capturing{Payment: held.Payment.ID})
	b.code(err, domain.CodeUnknownOutcome)

	b.clock.forward(2 * time.Hour)
	atOnce(func(one *till.Till) error {
		if err := one.Listen(b.ctx); err != nil {
			return err
		}
		return one.Tend(b.ctx)
	})
	b.must(b.Tend(b.ctx)) // what one was still doing when the others had done
	for id, want := range map[domain.OrderID]struct {
		state      domain.State
		operations int
	}{
		dated.Order.ID:   {domain.PaymentCaptured, 2}, // the source is kept, and charged
		retried.Order.ID: {domain.PaymentDeclined, 2},
		ids[0]:           {domain.PaymentAuthorized, 1}, // it waits for the second
		ids[1]:           {domain.PaymentNeedsAction, 1},
		held.Order.ID:    {domain.PaymentCaptured, 2},
	} {
		if p := b.last(id); p.State != want.state || len(p.Operations) != want.operations {
			t.Errorf("order of %d: %s after %d operations, want %s after %d", p.Amount, p.State, len(p.Operations), want.state, want.operations)
		}
	}

	wish := till.Payable{Order: b.issue(1600).ID, Method: "card", Card: b.card(goodCard)}
	atOnce(func(one *till.Till) error {
		_, err := one.Pay(b.ctx, till.Intent{Key: "k"}, wish)
		return err
	})
	if books := b.books(b.last(wish.Order)); books.Charges != 1 || books.Captured != 1600 {
		t.Errorf("the gateway's books: %+v", books)
	}
}

// Who repeats an edit of several parts is told the whole of it, and one that came too late has done nothing.
func TestARepeatedEditIsToldTheSame(t *testing.T) {
	b := newBench(t, nil)
	day := b.clock.now.Add(48 * time.Hour)
	r, err := b.pay(b.issue(2000), goodCard, func(p *till.Payable) { p.Date = day.Add(-time.Hour) })
	b.must(err)
	off := false
	with := till.Editing{Active: &off, Date: &day}
	first, err := b.UpdatePayment(b.ctx, till.Intent{Key: "u"}, r.Payment.ID, with)
	b.must(err)
	on := true
	_, err = b.UpdatePayment(b.ctx, till.Intent{}, r.Payment.ID, till.Editing{Active: &on})
	b.must(err)
	again, err := b.UpdatePayment(b.ctx, till.Intent{Key: "u"}, r.Payment.ID, with)
	b.must(err)
	if again.Order.Version != first.Order.Version || !again.Payment.Paused || !again.Payment.Date.Equal(day) {
		t.Errorf("version %d, paused %t, %s; the first was told version %d", again.Order.Version, again.Payment.Paused, again.Payment.Date, first.Order.Version)
	}
	_, err = b.UpdatePayment(b.ctx, till.Intent{Key: "u"}, r.Payment.ID, till.Editing{Active: &on})
	b.code(err, domain.CodeIdempotencyConflict)
}

// A customer does nothing at their bank for somebody who looked at an older version.
func TestACompletionThatIsRefusedDoesNothingAtTheBank(t *testing.T) {
	b := newBench(t, nil)
	r, err := b.pay(b.issue(2000), challengeCard, nil)
	b.must(err)
	_, err = b.Complete(b.ctx, till.Intent{IfVersion: r.Order.Version - 1}, r.Payment.ID, "passed")
	b.code(err, domain.CodeVersionConflict)
	if books := b.books(r.Payment); books.Charges != 0 {
		t.Errorf("the gateway's books: %+v", books)
	}
	first, err := b.Complete(b.ctx, till.Intent{Key: "c", IfVersion: r.Order.Version}, r.Payment.ID, "passed")
	b.must(err)
	b.stands(first, domain.OrderPaid, domain.PaymentCaptured)
	again, err := b.Complete(b.ctx, till.Intent{Key: "c", IfVersion: r.Order.Version}, r.Payment.ID, "passed")
	b.must(err)
	if again.Order.Version != first.Order.Version {
		t.Errorf("a repeat is told version %d, the first %d", again.Order.Version, first.Order.Version)
	}
	_, err = b.Complete(b.ctx, till.Intent{Key: "c"}, r.Payment.ID, "failed")
	b.code(err, domain.CodeIdempotencyConflict)
}
