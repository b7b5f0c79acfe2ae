package till_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
)

func TestLostAnswerBlocksUntilItIsFound(t *testing.T) {
	b := newBench(t, nil)
	r := b.hold(b.issue(2000))
	b.must(b.bank.SetFault(b.ctx, domain.Fault{Operation: domain.Capture, Name: "timeout_after", Times: 1}))
	r, err := b.Capture(b.ctx, till.Intent{}, till.Capturing{Payment: r.Payment.ID})
	b.code(err, domain.CodeUnknownOutcome)
	if marks := r.Order.Attention(); len(marks) != 1 || marks[0] != "unknown" {
		t.Errorf("attention %v", marks)
	}
	_, err = b.Void(b.ctx, till.Intent{}, r.Payment.ID, "")
	b.code(err, domain.CodeIllegalTransition)
	r, err = b.Sync(b.ctx, till.Intent{}, r.Payment.ID)
	b.must(err)
	if r.Order.State != domain.OrderPaid {
		t.Fatalf("%s after the sync", r.Order.State)
	}
	if books := b.books(r.Payment); books.Captured != 2000 {
		t.Errorf("the gateway's books: %+v", books)
	}
}

func TestWhatNeverArrivedIsFoundOutByTheClock(t *testing.T) {
	b := newBench(t, nil)
	r := b.hold(b.issue(2000))
	b.must(b.bank.SetFault(b.ctx, domain.Fault{Operation: domain.Capture, Name: "timeout_before", Times: 1}))
	r, err := b.Capture(b.ctx, till.Intent{}, till.Capturing{Payment: r.Payment.ID})
	b.code(err, domain.CodeUnknownOutcome)
	_, err = b.Sync(b.ctx, till.Intent{}, r.Payment.ID)
	b.code(err, domain.CodeUnknownOutcome)
	for range 4 {
		b.clock.forward(15 * time.Second)
		b.must(b.Tend(b.ctx))
	}
	r, err = b.Payment(b.ctx, string(r.Payment.ID))
	b.must(err)
	if op := r.Payment.Operations[1]; op.State != domain.OpFailed || r.Payment.State != domain.PaymentAuthorized {
		t.Fatalf("the capture is %s, the payment %s", op.State, r.Payment.State)
	}
	if _, err = b.Capture(b.ctx, till.Intent{}, till.Capturing{Payment: r.Payment.ID}); err != nil {
		t.Fatal(err)
	}
}

// stopped is a provider during whose call the till is stopped.
type stopped struct{ domain.Provider }

var errStopped = errors.New("stopped")

func (s stopped) Do(ctx context.Context, op domain.Operation) (domain.Outcome, error) {
	if _, err := s.Provider.Do(ctx, op); err != nil {
		return domain.Outcome{}, err
	}
	panic(errStopped)
}

func TestATillThatWasStoppedInACallFindsOut(t *testing.T) {
	b := newBench(t, nil)
	o := b.issue(2000)
	b.open(func(p domain.Provider) domain.Provider { return stopped{p} })
	func() {
		defer func() {
			if recover() != errStopped {
				t.Fatal("the call was not reached")
			}
		}()
		_, _ = b.Pay(b.ctx, till.Intent{}, till.Payable{Order: o.ID, Method: "card", Card: b.card("4242424242424242")})
	}()
	b.open(nil)
	b.clock.forward(time.Minute)
	b.must(b.Tend(b.ctx))
	found, err := b.Order(b.ctx, string(o.ID))
	b.must(err)
	if found.State != domain.OrderPaid {
		t.Fatalf("%s after the restart", found.State)
	}
}

// wrongAmount is a provider that does what it is asked and then speaks of another amount.
type wrongAmount struct{ domain.Provider }

func (w wrongAmount) Do(ctx context.Context, op domain.Operation) (domain.Outcome, error) {
	outcome, err := w.Provider.Do(ctx, op)
	if op.Kind != domain.Sync {
		for i := range outcome.Facts {
			outcome.Facts[i].Amount++
		}
	}
	return outcome, err
}

func TestAnAnswerAboutAnotherAmountIsNotBelieved(t *testing.T) {
	b := newBench(t, func(p domain.Provider) domain.Provider { return wrongAmount{p} })
	o := b.issue(2000)
	r, err := b.Pay(b.ctx, till.Intent{}, till.Payable{Order: o.ID, Method: "card", Card: b.card("4242424242424242")})
	b.code(err, domain.CodeUnknownOutcome)
	if marks := r.Order.Attention(); len(marks) != 2 || r.Payment.Sums.Captured != 0 {
		t.Fatalf("attention %v, captured %d", marks, r.Payment.Sums.Captured)
	}
	r, err = b.Sync(b.ctx, till.Intent{}, r.Payment.ID)
	b.must(err)
	if marks := r.Order.Attention(); len(marks) != 0 || r.Order.State != domain.OrderPaid {
		t.Fatalf("%s, attention %v after the sync", r.Order.State, marks)
	}
}

// mute is a provider that cannot be reached.
type mute struct{ domain.Provider }

func (mute) Do(context.Context, domain.Operation) (domain.Outcome, error) {
	return domain.Outcome{}, errors.New("no route to host")
}

func TestTheJanitorAsksNineTimesAndThenLeavesItToAPerson(t *testing.T) {
	b := newBench(t, func(p domain.Provider) domain.Provider { return mute{p} })
	o := b.issue(2000)
	_, err := b.Pay(b.ctx, till.Intent{}, till.Payable{Order: o.ID, Method: "card", Card: b.card("4242424242424242")})
	b.code(err, domain.CodeUnknownOutcome)
	for range 20 {
		b.clock.forward(25 * time.Hour)
		b.must(b.Tend(b.ctx))
	}
	found, err := b.Order(b.ctx, string(o.ID))
	b.must(err)
	if op := found.Payments[0].Operations[0]; op.Asked != 9 || op.State != domain.OpUnknown {
		t.Errorf("asked %d times, %s", op.Asked, op.State)
	}
}

// delayed is a provider whose next call waits for something else to happen first.
type delayed struct {
	domain.Provider
	before *func()
}

func (d delayed) Do(ctx context.Context, op domain.Operation) (domain.Outcome, error) {
	if do := *d.before; do != nil && op.Kind != domain.Sync {
		*d.before = nil
		do()
	}
	return d.Provider.Do(ctx, op)
}

// A process is stopped between its intent and its call, for so long that another one gives the call up as never
// seen; then it goes on. The money has moved and is booked.
func TestASuccessAfterItWasGivenUpIsBooked(t *testing.T) {
	before := new(func())
	b := newBench(t, func(p domain.Provider) domain.Provider { return delayed{p, before} })
	held := b.hold(b.issue(2000)).Payment.ID
	*before = func() {
		b.clock.forward(time.Minute)
		r, err := b.Sync(b.ctx, till.Intent{}, held)
		b.must(err)
		if op := r.Payment.Operations[1]; op.State != domain.OpFailed {
			t.Fatalf("given up, it is %s", op.State)
		}
	}
	r, err := b.Capture(b.ctx, till.Intent{}, till.Capturing{Payment: held})
	b.must(err)
	if r.Order.State != domain.OrderPaid || r.Operation.State != domain.OpSucceeded || b.books(r.Payment).Captured != 2000 {
		t.Errorf("the order is %s, the capture %s", r.Order.State, r.Operation.State)
	}
}

// Two processes are told the same outcome: it is one entry.
func TestAnOutcomeThatIsBookedAlreadyIsNoEntry(t *testing.T) {
	before := new(func())
	b := newBench(t, func(p domain.Provider) domain.Provider { return delayed{p, before} })
	r := b.hold(b.issue(2000))
	capture := till.Capturing{Payment: r.Payment.ID}
	*before = func() {
		_, err := b.Capture(b.ctx, till.Intent{Key: "k1"}, capture)
		b.must(err)
	}
	r, err := b.Capture(b.ctx, till.Intent{Key: "k1"}, capture)
	b.must(err)
	if books := b.books(r.Payment); r.Order.State != domain.OrderPaid || books.Captured != 2000 || len(r.Payment.Operations) != 2 {
		t.Errorf("%s, %d operations, books %+v", r.Order.State, len(r.Payment.Operations), books)
	}
	entries, err := b.Store.Entries(b.ctx, string(r.Order.ID), 0, 0, 0)
	b.must(err)
	answers := 0
	for _, e := range entries {
		if e.Kind == domain.KindOperationAnswered && e.Source == domain.ByReply {
			answers++
		}
	}
	if answers != 2 { // of the authorize and of the capture
		t.Errorf("%d answers are on record", answers)
	}
}

// A call that was journalled and never sent is found out by a sync alone, also when no timer has looked at it.
func TestASyncAloneGivesUpWhatWasNeverSent(t *testing.T) {
	before := new(func())
	b := newBench(t, func(p domain.Provider) domain.Provider { return delayed{p, before} })
	held := b.hold(b.issue(2000)).Payment.ID
	*before = func() { panic(errStopped) }
	func() {
		defer func() { _ = recover() }()
		_, _ = b.Refund(b.ctx, till.Intent{}, till.Refunding{Payment: held})
		_, _ = b.Capture(b.ctx, till.Intent{}, till.Capturing{Payment: held})
	}()
	b.clock.forward(time.Minute)
	r, err := b.Sync(b.ctx, till.Intent{}, held)
	b.must(err)
	if op := r.Payment.Operations[1]; op.State != domain.OpFailed || r.Payment.Sums.Capturable() != 2000 {
		t.Errorf("the capture is %s, %d can be captured", op.State, r.Payment.Sums.Capturable())
	}
}

// A refund without a known end blocks the next one; a repeat of its key finishes it, and pays once.
func TestARepeatedRefundIsPaidOnce(t *testing.T) {
	for _, fault := range []string{"timeout_before", "timeout_after"} {
		b := newBench(t, nil)
		r := b.hold(b.issue(2000))
		_, err := b.Capture(b.ctx, till.Intent{}, till.Capturing{Payment: r.Payment.ID})
		b.must(err)
		b.must(b.bank.SetFault(b.ctx, domain.Fault{Operation: domain.RefundMoney, Name: fault, Times: 1}))
		refund := till.Refunding{Payment: r.Payment.ID, Amount: 700}
		r, err = b.Refund(b.ctx, till.Intent{Key: "k1"}, refund)
		b.code(err, domain.CodeUnknownOutcome)
		if r.Refund.State != domain.RefundUnknown || r.Payment.Sums.Refundable() != 1300 {
			t.Errorf("%s: the refund is %s, %d can be refunded", fault, r.Refund.State, r.Payment.Sums.Refundable())
		}
		_, err = b.Refund(b.ctx, till.Intent{}, till.Refunding{Payment: r.Payment.ID, Amount: 100})
		b.code(err, domain.CodeIllegalTransition)
		r, err = b.Refund(b.ctx, till.Intent{Key: "k1"}, refund)
		b.must(err)
		if books := b.books(r.Payment); r.Refund.State != domain.RefundSucceeded || books.Refunded != 700 || len(r.Payment.Refunds) != 1 {
			t.Errorf("%s: the refund is %s, the books %+v", fault, r.Refund.State, books)
		}
	}
}

// Where a payment's way is not configured any more nobody can be asked about it; everything else goes on.
func TestSomebodyWhoCannotBeAskedStopsNobody(t *testing.T) {
	b := newBench(t, nil)
	r := b.hold(b.issue(2000))
	b.must(b.bank.SetFault(b.ctx, domain.Fault{Operation: domain.Capture, Name: "timeout_after", Times: 1}))
	_, err := b.Capture(b.ctx, till.Intent{}, till.Capturing{Payment: r.Payment.ID})
	b.code(err, domain.CodeUnknownOutcome)
	b.Variants = b.Variants[1:]
	b.clock.forward(time.Hour)
	b.must(b.Tend(b.ctx))
}

// TestARunningKeyIsAskedAboutAtOnce (Op4): the gateway never did it, and half a minute later that is believed.
func TestARunningKeyIsAskedAboutAtOnce(t *testing.T) {
	b := newBench(t, nil)
	r := b.hold(b.issue(2000))
	b.fault(domain.Capture, "http_409")
	r, err := b.Capture(b.ctx, till.Intent{}, till.Capturing{Payment: r.Payment.ID})
	b.must(err)
	if op := r.Payment.Operations[1]; op.State != domain.OpPending {
		t.Fatalf("the capture is %s", op.State)
	}
	b.clock.forward(31 * time.Second)
	b.must(b.Tend(b.ctx))
	if op := b.see(r.Payment.ID).Payment.Operations[1]; op.State != domain.OpFailed {
		t.Fatalf("the capture is %s", op.State)
	}
	if _, err := b.Capture(b.ctx, till.Intent{}, till.Capturing{Payment: r.Payment.ID}); err != nil {
		t.Error(err)
	}
	if books := b.books(r.Payment); books.Captured != 2000 {
		t.Errorf("books %+v", books)
	}
}

// TestWhatWasLeftOpenIsDecidedByTheClock, the gateway's, and told in a notice.
func TestWhatWasLeftOpenIsDecidedByTheClock(t *testing.T) {
	b := newBench(t, nil)
	r := b.hold(b.issue(2000))
	b.fault(domain.Capture, "pending")
	r, err := b.Capture(b.ctx, till.Intent{}, till.Capturing{Payment: r.Payment.ID})
	b.must(err)
	if op := r.Payment.Operations[1]; op.State != domain.OpPending || r.Payment.Sums.Captured != 0 {
		t.Fatalf("the capture is %s", op.State)
	}
	b.clock.forward(45 * time.Second)
	b.listen()
	_, err = b.Sync(b.ctx, till.Intent{}, r.Payment.ID)
	b.must(err)
	if op := b.see(r.Payment.ID).Payment.Operations[1]; op.State != domain.OpPending {
		t.Fatalf("asked about in between it is %s", op.State)
	}
	b.clock.forward(15 * time.Second)
	b.listen()
	if got := b.see(r.Payment.ID); got.Order.State != domain.OrderPaid || got.Payment.Operations[1].State != domain.OpSucceeded {
		t.Errorf("%s, the capture %s", got.Order.State, got.Payment.Operations[1].State)
	}
}

// TestWithoutKeysNothingIsSentAgain: where the gateway forgets keys, a repeat asks and does not send.
func TestWithoutKeysNothingIsSentAgain(t *testing.T) {
	for name, calls := range map[string]int{"checkout": 1, "none": 0} {
		b := newBench(t, nil)
		b.must(b.bank.SetProfile(b.ctx, name))
		r := b.hold(b.issue(2000))
		b.fault(domain.Capture, "timeout_before")
		in := till.Intent{Key: "k"}
		_, err := b.Capture(b.ctx, in, till.Capturing{Payment: r.Payment.ID})
		b.code(err, domain.CodeUnknownOutcome)
		_, err = b.Capture(b.ctx, in, till.Capturing{Payment: r.Payment.ID})
		if books := b.books(r.Payment); books.Calls["k"] != calls || (err == nil) != (calls == 1) {
			t.Errorf("%s: %d calls, %v", name, books.Calls["k"], err)
		}
	}
}

// A machine's clock is finer than the journal's.
func TestAStoppedCallIsAskedAboutWithAFineClock(t *testing.T) {
	b := newBench(t, nil)
	b.clock.forward(123456789 * time.Nanosecond)
	o := b.issue(2000)
	b.open(func(p domain.Provider) domain.Provider { return stopped{p} })
	func() {
		defer func() { _ = recover() }()
		_, _ = b.Pay(b.ctx, till.Intent{}, till.Payable{Order: o.ID, Method: "card", Card: b.card("4242424242424242")})
	}()
	b.open(nil)
	_, err := b.Advance(b.ctx, till.Intent{}, time.Hour)
	b.must(err)
	found, err := b.Order(b.ctx, string(o.ID))
	b.must(err)
	if found.State != domain.OrderPaid {
		t.Fatalf("%s after an hour", found.State)
	}
}
