package till_test

import (
	"context"
	"fmt"
	"testing"

	"till/domain"
	"till/domain/till"
)

// fault sets what goes wrong with the next call of an operation.
func (b *bench) fault(kind domain.OperationKind, name string) {
	b.Helper()
	b.must(b.bank.SetFault(b.ctx, domain.Fault{Operation: kind, Name: name, Times: 1}))
}

func (b *bench) listen() {
	b.Helper()
	b.must(b.Listen(b.ctx))
}

// see is a payment as it stands now, with its order.
func (b *bench) see(id domain.PaymentID) till.Result {
	b.Helper()
	r, err := b.Payment(b.ctx, string(id))
	b.must(err)
	return r
}

// reported are the entries of an order that brought facts beside answers: their source and event id.
func (b *bench) reported(o *domain.Order) []string {
	b.Helper()
	entries, err := b.Store.Entries(b.ctx, string(o.ID), 0, 0, 0)
	b.must(err)
	var said []string
	for _, e := range entries {
		if e.Kind != domain.KindFactsReported {
			continue
		}
		report, err := domain.Decode[domain.Report](e)
		b.must(err)
		said = append(said, fmt.Sprintf("%s %s %d", e.Source, report.Notice, len(report.Facts)))
	}
	return said
}

// lostCapture is a hold whose capture was done, with the answer lost and its notice waiting in the outbox.
func (b *bench) lostCapture(price domain.Amount) till.Result {
	b.Helper()
	r := b.hold(b.issue(price))
	b.listen()
	b.fault(domain.Capture, "timeout_after")
	r, err := b.Capture(b.ctx, till.Intent{}, till.Capturing{Payment: r.Payment.ID})
	b.code(err, domain.CodeUnknownOutcome)
	return r
}

func TestANoticeFindsALostAnswer(t *testing.T) {
	b := newBench(t, nil)
	r := b.lostCapture(2000)
	b.listen()
	if got := b.see(r.Payment.ID); got.Payment.State != domain.PaymentAuthorized {
		t.Fatalf("told while its notice waits: %s", got.Payment.State)
	}
	b.must(b.bank.Deliver(b.ctx, "2"))
	b.listen()
	got := b.see(r.Payment.ID)
	if got.Order.State != domain.OrderPaid || got.Payment.Operations[1].State != domain.OpSucceeded {
		t.Fatalf("%s, the capture %s", got.Order.State, got.Payment.Operations[1].State)
	}
	said := b.reported(got.Order)
	waiting, err := b.bank.Outbox(b.ctx, false)
	b.must(err)
	if want := "webhook " + waiting[1].ID + " 1"; len(said) != 1 || said[0] != want {
		t.Errorf("reported %q, want %q", said, want)
	}
}

// TestNoticesOfWhatIsKnownAreNoEntries: replies have told everything; duplicates tell it once more.
func TestNoticesOfWhatIsKnownAreNoEntries(t *testing.T) {
	b := newBench(t, nil)
	r := b.hold(b.issue(2000))
	r, err := b.Capture(b.ctx, till.Intent{}, till.Capturing{Payment: r.Payment.ID})
	b.must(err)
	b.must(b.bank.Duplicate(b.ctx, "1", "2"))
	version := r.Order.Version
	b.listen()
	b.listen()
	if got := b.see(r.Payment.ID).Order; got.Version != version {
		t.Errorf("version %d, then %d: %q", version, got.Version, b.reported(got))
	}
	position, err := b.Store.Received(b.ctx, "sandbox")
	b.must(err)
	if left, err := b.bank.Notices(b.ctx, position); err != nil || len(left) != 0 {
		t.Errorf("%d deliveries not read: %v", len(left), err)
	}
}

func TestTheSameNoticeTwiceIsBookedOnce(t *testing.T) {
	b := newBench(t, nil)
	r := b.lostCapture(2000)
	b.must(b.bank.Duplicate(b.ctx, "2"))
	b.listen()
	got := b.see(r.Payment.ID)
	if got.Payment.Sums.Captured != 2000 || len(b.reported(got.Order)) != 1 {
		t.Errorf("captured %d, reported %q", got.Payment.Sums.Captured, b.reported(got.Order))
	}
}

// TestADroppedNoticeIsMadeUpForByASync, and a later duplicate of what it told changes nothing.
func TestADroppedNoticeIsMadeUpForByASync(t *testing.T) {
	b := newBench(t, nil)
	r := b.lostCapture(2000)
	b.must(b.bank.Drop(b.ctx, "2"))
	b.listen()
	_, err := b.Sync(b.ctx, till.Intent{}, r.Payment.ID)
	b.must(err)
	if got := b.see(r.Payment.ID); got.Order.State != domain.OrderPaid {
		t.Errorf("%s", got.Order.State)
	}
}

// TestNoticeFirst: the notice is booked in the middle of the call, and the reply tells nothing new.
func TestNoticeFirst(t *testing.T) {
	b := newBench(t, nil)
	r := b.hold(b.issue(2000))
	b.fault(domain.Capture, "notice_first")
	r, err := b.Capture(b.ctx, till.Intent{}, till.Capturing{Payment: r.Payment.ID})
	b.must(err)
	said := b.reported(r.Order)
	if r.Order.State != domain.OrderPaid || len(said) != 1 || r.Payment.Sums.Captured != 2000 {
		t.Errorf("%s, captured %d, reported %q", r.Order.State, r.Payment.Sums.Captured, said)
	}
}

// TestSwappedNotices: the capture is told before the authorization of which nothing is known.
func TestSwappedNotices(t *testing.T) {
	b := newBench(t, nil)
	o := b.issue(2000)
	b.fault(domain.Authorize, "timeout_after")
	r, err := b.Pay(b.ctx, till.Intent{}, till.Payable{Order: o.ID, Method: "card", Card: b.card("4242424242424242")})
	b.code(err, domain.CodeUnknownOutcome)
	b.must(b.bank.Swap(b.ctx, "1", "2"))
	b.must(b.bank.Deliver(b.ctx, "1"))
	b.listen()
	if got := b.see(r.Payment.ID); got.Payment.State != domain.PaymentCaptured || got.Order.State != domain.OrderPaid {
		t.Errorf("after the capture alone: %s, %s", got.Payment.State, got.Order.State)
	}
	b.must(b.bank.Deliver(b.ctx, "2"))
	b.listen()
	got := b.see(r.Payment.ID)
	if s := got.Payment.Sums; got.Order.State != domain.OrderPaid || s.Authorized != 2000 || s.Captured != 2000 || len(got.Order.Attention()) > 0 {
		t.Errorf("%s %+v %v", got.Order.State, s, got.Order.Attention())
	}
}

// telling is a notifier that tells what a test wants.
type telling struct{ notices []domain.Notice }

func (n *telling) Notices(_ context.Context, after string) ([]domain.Notice, error) {
	for i := range n.notices {
		if n.notices[i].Position > after {
			return n.notices[i:], nil
		}
	}
	return nil, nil
}

// tell puts one more notice at the end.
func (n *telling) tell(id string, payment domain.PaymentID, f domain.Fact) {
	n.notices = append(n.notices, domain.Notice{
		ID: id, Position: fmt.Sprintf("t%06d", len(n.notices)+1), Type: "test", Payment: payment, Facts: []domain.Fact{f}, Body: "{}",
	})
}

// TestAnOrphanIsKeptAndMatchedLater: a notice of a payment that this till has not issued yet.
func TestAnOrphanIsKeptAndMatchedLater(t *testing.T) {
	twin := newBench(t, nil)
	later := twin.hold(twin.issue(2000)).Payment.ID // identifiers are the same each time
	b := newBench(t, nil)
	n := &telling{}
	b.Variants[0].Notifier = n
	n.tell("evt_x", later, domain.Fact{
		Event: domain.RefundByProvider, Action: "act_x", Amount: 300, Currency: "EUR", Refund: "ref_theirs", At: b.clock.now,
	})
	b.listen()
	if orphans, err := b.Store.Orphans(b.ctx); err != nil || len(orphans) != 1 || orphans[0].ID != "evt_x" {
		t.Fatalf("orphans %+v %v", orphans, err)
	}
	r := b.hold(b.issue(2000))
	if r.Payment.ID != later {
		t.Fatalf("the payment is %s, not %s", r.Payment.ID, later)
	}
	b.listen()
	if got := b.see(r.Payment.ID); len(got.Payment.Refunds) != 1 {
		t.Errorf("refunds %+v", got.Payment.Refunds)
	}
	if orphans, err := b.Store.Orphans(b.ctx); err != nil || len(orphans) != 0 {
		t.Errorf("orphans %+v %v", orphans, err)
	}
}

// TestANoticeWithoutAPaymentIsMatchedByItsKey, the call's.
func TestANoticeWithoutAPaymentIsMatchedByItsKey(t *testing.T) {
	b := newBench(t, nil)
	r := b.lostCapture(2000)
	n := &telling{}
	b.Variants[0].Notifier = n
	op := r.Payment.Operations[1]
	n.tell("evt_k", "", domain.Fact{Event: domain.Captured, Action: "act_k", Key: op.Key, Amount: 2000, Currency: "EUR", Final: true, At: b.clock.now})
	n.tell("evt_none", "", domain.Fact{Event: domain.Captured, Action: "act_n", Key: "nobody's", Amount: 2000, Currency: "EUR", At: b.clock.now})
	b.listen()
	if got := b.see(r.Payment.ID); got.Order.State != domain.OrderPaid {
		t.Errorf("%s", got.Order.State)
	}
	if orphans, err := b.Store.Orphans(b.ctx); err != nil || len(orphans) != 1 || orphans[0].ID != "evt_none" {
		t.Errorf("orphans %+v %v", orphans, err)
	}
}

// TestANoticeOfAnotherAmountIsNotBelieved (I16): nothing is booked, somebody must look, and a sync tells the truth.
func TestANoticeOfAnotherAmountIsNotBelieved(t *testing.T) {
	for name, wrong := range map[string]domain.Fact{
		"more":             {Amount: 2001, Currency: "EUR"},
		"less":             {Amount: 1999, Currency: "EUR"},
		"another currency": {Amount: 2000, Currency: "USD"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, nil)
			r := b.lostCapture(2000)
			n := &telling{}
			b.Variants[0].Notifier = n
			wrong.Event, wrong.Action, wrong.Key, wrong.At = domain.Captured, "act_wrong", r.Payment.Operations[1].Key, b.clock.now
			n.tell("evt_1", r.Payment.ID, wrong)
			n.tell("evt_2", r.Payment.ID, wrong)
			b.listen()
			got := b.see(r.Payment.ID)
			if marks := got.Order.Attention(); len(marks) != 2 || marks[1] != "integrity" || got.Payment.Sums.Captured != 0 {
				t.Fatalf("attention %v, captured %d", marks, got.Payment.Sums.Captured)
			}
			if got.Order.Version != r.Order.Version+1 {
				t.Errorf("said %d times", got.Order.Version-r.Order.Version)
			}
			_, err := b.Sync(b.ctx, till.Intent{}, r.Payment.ID)
			b.must(err)
			if got = b.see(r.Payment.ID); got.Order.State != domain.OrderPaid || len(got.Order.Attention()) != 0 {
				t.Errorf("after the sync %s %v", got.Order.State, got.Order.Attention())
			}
		})
	}
}

// TestADoubtAboutWhatHasEnded stays until somebody has seen it, and takes nothing back.
func TestADoubtAboutWhatHasEnded(t *testing.T) {
	b := newBench(t, nil)
	n := &telling{}
	r := b.hold(b.issue(2000))
	r, err := b.Capture(b.ctx, till.Intent{}, till.Capturing{Payment: r.Payment.ID})
	b.must(err)
	b.Variants[0].Notifier = n
	n.tell("evt_1", r.Payment.ID, domain.Fact{
		Event: domain.Captured, Action: "act_other", Key: r.Payment.Operations[1].Key, Amount: 5, Currency: "EUR", At: b.clock.now,
	})
	b.listen()
	got := b.see(r.Payment.ID)
	if marks := got.Order.Attention(); len(marks) != 1 || marks[0] != "integrity" || got.Payment.Sums.Captured != 2000 || got.Order.State != domain.OrderPaid {
		t.Errorf("attention %v, captured %d, %s", marks, got.Payment.Sums.Captured, got.Order.State)
	}
}

// TestASyncOfAnotherAmountIsDoubtedOnce: what it says again is confirmed.
func TestASyncOfAnotherAmountIsDoubtedOnce(t *testing.T) {
	b := newBench(t, nil)
	r := b.lostCapture(2000)
	b.fault(domain.Sync, "wrong_amount")
	_, err := b.Sync(b.ctx, till.Intent{}, r.Payment.ID)
	b.code(err, domain.CodeUnknownOutcome)
	got := b.see(r.Payment.ID)
	if marks := got.Order.Attention(); len(marks) != 2 || got.Payment.Sums.Captured != 0 {
		t.Errorf("attention %v, captured %d", marks, got.Payment.Sums.Captured)
	}
	_, err = b.Sync(b.ctx, till.Intent{}, r.Payment.ID)
	b.must(err)
	if got = b.see(r.Payment.ID); got.Payment.Sums.Captured != 2000 || len(got.Order.Attention()) != 0 {
		t.Errorf("captured %d, %v", got.Payment.Sums.Captured, got.Order.Attention())
	}
}

// TestAWrongAmountIsUnknownUntilASyncConfirms what was done.
func TestAWrongAmountIsUnknownUntilASyncConfirms(t *testing.T) {
	b := newBench(t, nil)
	r := b.hold(b.issue(2000))
	b.fault(domain.Capture, "wrong_amount")
	r, err := b.Capture(b.ctx, till.Intent{}, till.Capturing{Payment: r.Payment.ID})
	b.code(err, domain.CodeUnknownOutcome)
	b.listen()
	if marks := b.see(r.Payment.ID).Order.Attention(); len(marks) != 2 {
		t.Errorf("attention %v", marks)
	}
	_, err = b.Sync(b.ctx, till.Intent{}, r.Payment.ID)
	b.must(err)
	if got := b.see(r.Payment.ID); got.Order.State != domain.OrderPaid || len(got.Order.Attention()) != 0 {
		t.Errorf("%s %v", got.Order.State, got.Order.Attention())
	}
}
