package domain

import (
	"slices"
	"testing"
)

func TestHoldCaptureRefund(t *testing.T) {
	l := newLife(t, Document{})
	p := l.open(1000, Opening{Terms: Terms{Single: true}})
	l.stands(OrderInProgress, PaymentProcessing)
	l.reply(p.Operations[0], Succeeded, Fact{Event: Approved, Amount: 1000})
	l.stands(OrderHold, PaymentAuthorized)
	op := l.ask(p, Capture, 600)
	if p.Sums.CapturePending != 600 || p.Sums.Capturable() != 400 {
		t.Errorf("while a capture is on its way: %+v", p.Sums)
	}
	l.reply(op, Succeeded, Fact{Event: Captured, Amount: 600, Released: 400, Final: true})
	l.stands(OrderPartPaid, PaymentCaptured)
	if due := l.order.BalanceDue(); due != 400 {
		t.Errorf("balance due is %d", due)
	}
	r := l.ask(p, RefundMoney, 200)
	if flat := l.order.FlatStatus(); flat != "refund_initiated" {
		t.Errorf("flat status is %s", flat)
	}
	l.reply(r, Succeeded, Fact{Event: RefundDone, Amount: 200})
	l.stands(OrderPartPaid, PaymentCaptured)
	r = l.ask(p, RefundMoney, 400)
	l.reply(r, Succeeded, Fact{Event: RefundDone, Amount: 400})
	if flat := l.order.FlatStatus(); flat != "refunded" {
		t.Errorf("flat status is %s", flat)
	}
	if net := p.Sums.Net(); net != 0 {
		t.Errorf("net is %d", net)
	}
}

func TestSaleIsOneAnswer(t *testing.T) {
	l := newLife(t, Document{})
	p := l.open(1000, Opening{Terms: Terms{Single: true}})
	l.reply(p.Operations[0], Succeeded, Fact{Event: Approved, Amount: 1000}, Fact{Event: Captured, Amount: 1000, Final: true})
	l.stands(OrderPaid, PaymentCaptured)
	if rows := l.walked("order"); !slices.Equal(rows, []string{"O1", "O5", "O7"}) {
		t.Errorf("the order walked %v: what changes nothing is no step of it", rows)
	}
}

// A second capture that pays the rest is a capture to the order too, though the payment stands where it stood.
func TestASecondCaptureIsHeardOf(t *testing.T) {
	l := newLife(t, Document{})
	p := l.open(1000, Opening{})
	l.reply(p.Operations[0], Succeeded, Fact{Event: Approved, Amount: 1000})
	l.tell(p, Fact{Event: Incremented, Amount: 200})
	l.tell(p, Fact{Event: Captured, Amount: 400})
	l.tell(p, Fact{Event: Captured, Amount: 600})
	l.stands(OrderPaid, PaymentPartCaptured)
	if rows := l.walked("order"); rows[len(rows)-1] != "O29" {
		t.Errorf("the order walked %v", rows)
	}
}

func TestDeclineLeavesTheOrderPayable(t *testing.T) {
	l := newLife(t, Document{MaxAttempts: 2})
	p := l.open(1000, Opening{})
	l.reply(p.Operations[0], Declined)
	l.stands(OrderFailed, PaymentDeclined)
	if refusal := FindAction(OrderActions, "pay").Refusal(&Facts{Order: l.order, Amount: 1000}); refusal != nil {
		t.Fatal(refusal)
	}
	p = l.open(1000, Opening{})
	l.reply(p.Operations[0], Declined)
	l.stands(OrderCancelled, PaymentDeclined)
	if l.order.CancelReason != "max_attempts" {
		t.Errorf("cancelled because of %q", l.order.CancelReason)
	}
}

func TestLostAnswerIsFoundBySync(t *testing.T) {
	l := newLife(t, Document{})
	p := l.open(1000, Opening{Terms: Terms{Single: true}})
	l.reply(p.Operations[0], Succeeded, Fact{Event: Approved, Amount: 1000})
	op := l.ask(p, Capture, 1000)
	l.reply(op, Unknown)
	l.stands(OrderHold, PaymentAuthorized)
	for _, action := range []string{"capture", "void"} {
		refusal := FindAction(PaymentActions, action).Refusal(&Facts{Order: l.order, Payment: p, Amount: 1, Can: Capabilities{Void: true}})
		if refusal == nil || refusal.Message != nothingUnknown.Refusal {
			t.Errorf("%s while the outcome is unknown: %v", action, refusal)
		}
	}
	l.tell(p, Fact{Event: Captured, Amount: 1000, Final: true, Key: op.Key})
	l.stands(OrderPaid, PaymentCaptured)
	if op.State != OpSucceeded {
		t.Errorf("the operation is %s", op.State)
	}
}

func TestPartialApprovalThatNobodyWantsIsVoided(t *testing.T) {
	l := newLife(t, Document{})
	p := l.open(1000, Opening{})
	l.reply(p.Operations[0], Succeeded, Fact{Event: Approved, Amount: 500})
	l.stands(OrderInProgress, PaymentPartAuthorized)
	op := l.ask(p, Void, 500)
	l.reply(op, Succeeded, Fact{Event: Voided, Amount: 500, Released: 500})
	l.stands(OrderFailed, PaymentVoided)
	if p.Detail != "partial" {
		t.Errorf("voided because of %q", p.Detail)
	}
}

func TestCancelledAttemptGoesWithTheOrder(t *testing.T) {
	l := newLife(t, Document{})
	opening := Opening{ID: "pay_1", Amount: 1000, Terms: Terms{Method: "card"}}
	l.add(KindPaymentOpened, "pay_1", opening)
	l.stands(OrderInProgress, PaymentCreated)
	l.move(Cancel)
	l.stands(OrderCancelled, PaymentCancelled)
}

// TestRewindIsAPrefix shows that a fold of a prefix is the order as it was then.
func TestRewindIsAPrefix(t *testing.T) {
	l := newLife(t, Document{})
	p := l.open(1000, Opening{Terms: Terms{Single: true}})
	l.reply(p.Operations[0], Succeeded, Fact{Event: Approved, Amount: 1000})
	then, err := Fold(l.entries[:3])
	if err != nil {
		t.Fatal(err)
	}
	if then.State != OrderInProgress || then.Version != 3 || len(then.Steps) >= len(l.order.Steps) {
		t.Errorf("at entry 3 it is %s at version %d", then.State, then.Version)
	}
}

// A refund that may have been sent once already is not given up because a second try never left.
func TestARefundWhoseSecondTryWasNotSentStaysUnknown(t *testing.T) {
	l := newLife(t, Document{})
	p := l.open(1000, Opening{Terms: Terms{Single: true}})
	l.reply(p.Operations[0], Succeeded, Fact{Event: Approved, Amount: 1000}, Fact{Event: Captured, Amount: 1000, Final: true})
	op := l.ask(p, RefundMoney, 1000) // and the till is stopped
	l.add(KindOperationRequested, string(p.ID), *op)
	l.reply(op, NotSent)
	if r := p.Refunds[0]; r.State != RefundUnknown || op.State != OpUnknown || p.Sums.Refundable() != 0 {
		t.Errorf("the refund is %s, its call %s, and %d can be refunded", r.State, op.State, p.Sums.Refundable())
	}
}

// What a sync confirms takes the mark of a mismatch off, also of a refund; other news do not (I16).
func TestAMismatchStandsUntilItsOwnCallHasAnEnd(t *testing.T) {
	l := newLife(t, Document{})
	p := l.open(1000, Opening{})
	l.reply(p.Operations[0], Succeeded, Fact{Event: Approved, Amount: 1000})
	l.reply(l.ask(p, Capture, 500), Succeeded, Fact{Event: Captured, Amount: 500})
	op := l.ask(p, RefundMoney, 200)
	l.add(KindOperationAnswered, string(p.ID), Answer{Operation: op.ID, Mismatch: true, Outcome: Outcome{Status: Unknown}})
	l.tell(p, Fact{Event: AuthExpired, Amount: 500, Released: 500})
	if marks := l.order.Attention(); !slices.Contains(marks, "integrity") {
		t.Errorf("something else was told, and the marks are %v", marks)
	}
	l.tell(p, Fact{Event: RefundDone, Amount: 200, Refund: op.Refund, Key: op.Key})
	if marks := l.order.Attention(); len(marks) != 0 {
		t.Errorf("the refund is confirmed, and the marks are %v", marks)
	}
}

// What was acknowledged comes back with a new fact, not because somebody looked at the order (O40).
func TestAcknowledgedUntilANewFact(t *testing.T) {
	l := newLife(t, Document{})
	p := l.open(1000, Opening{})
	l.reply(p.Operations[0], Succeeded, Fact{Event: Approved, Amount: 1000}, Fact{Event: Captured, Amount: 1000})
	l.tell(p, Fact{Event: Voided, Amount: 1000, Released: 1000})
	marked := func(want bool) {
		t.Helper()
		if marks := l.order.Attention(); slices.Contains(marks, "integrity") != want {
			t.Errorf("the marks are %v", marks)
		}
	}
	marked(true)
	l.move(Acknowledge)
	l.move(View)
	marked(false)
	l.tell(p, Fact{Event: Captured, Amount: 1})
	marked(true)
}
