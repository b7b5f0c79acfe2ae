package till_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
)

// Two cases on one payment: what is not disputed can be refunded, and nothing more (I13).
func TestTwoCasesAndARefundShareAPayment(t *testing.T) {
	b := newBench(t, nil)
	r := raised(b, domain.Raising{Stage: domain.StageChargeback, Reason: "13.1", Amount: 500})
	first := r.Dispute.ID
	r = b.raise(r, domain.Raising{Stage: domain.StageChargeback, Reason: "10.4", Amount: 700})
	second := r.Dispute.ID
	sums := func(step string, held, lost, back, refundable, net, fees domain.Amount) {
		t.Helper()
		s := b.see(r.Payment.ID).Payment.Sums
		if s.DisputedHeld != held || s.DisputedLost != lost || s.Refunded != back || s.Refundable() != refundable || s.Net() != net || s.Fees != fees {
			t.Errorf("%s: %+v, refundable %d, net %d", step, s, s.Refundable(), s.Net())
		}
	}
	sums("raised", 1200, 0, 0, 800, 800, 2*chargebackFee)
	_, err := b.Refund(b.ctx, till.Intent{}, till.Refunding{Payment: r.Payment.ID, Amount: 801})
	b.code(err, domain.CodeIllegalTransition)
	_, err = b.Reverse(b.ctx, till.Intent{}, r.Payment.ID)
	b.code(err, domain.CodeIllegalTransition)
	_, err = b.Refund(b.ctx, till.Intent{}, till.Refunding{Payment: r.Payment.ID, Amount: 800})
	b.must(err)
	sums("refunded", 1200, 0, 800, 0, 0, 2*chargebackFee)
	b.does(first, "accept")
	sums("the first is accepted", 700, 500, 800, 0, 0, 2*chargebackFee)
	b.does(second, "submit")
	b.does(second, "reinstated")
	sums("credited for now", 0, 500, 800, 700, 700, 2*chargebackFee)
	b.does(second, "debited")
	sums("taken again", 700, 500, 800, 0, 0, 2*chargebackFee)
	b.does(second, "won")
	sums("won", 0, 500, 800, 700, 700, 2*chargebackFee)
	if marks := b.see(r.Payment.ID).Order.Attention(); len(marks) > 0 {
		t.Errorf("attention %v", marks)
	}
}

// Time comes to the gateway first: where it tells what has come of a case, till concludes nothing.
func TestTheGatewaysWordComesBeforeAConclusion(t *testing.T) {
	b := newBench(t, nil)
	r := raised(b, notReceived)
	passed, err := b.Advance(b.ctx, till.Intent{}, 20*day)
	b.must(err)
	for _, timer := range passed.Fired {
		if timer.Name == domain.TimerRespond {
			t.Errorf("till concluded it: %+v", timer)
		}
	}
	if found, _ := b.Dispute(b.ctx, string(r.Dispute.ID)); found.Dispute.State != domain.ChargebackExpired {
		t.Errorf("%s", found.Dispute.State)
	}
	_, err = b.SubmitEvidence(b.ctx, till.Intent{}, r.Dispute.ID, text("late"))
	b.code(err, domain.CodeIllegalTransition)
}

// After its time nothing can be said any more, also where nobody has noticed yet that it has passed.
func TestAnAnswerAfterItsTimeIsRefused(t *testing.T) {
	b := newBench(t, nil)
	r := raised(b, domain.Raising{Stage: domain.StageChargeback, Reason: "13.1", RespondIn: time.Hour})
	if by := r.Dispute.AnswerBy(); !by.Equal(r.Dispute.OpenedAt.Add(time.Hour)) {
		t.Errorf("until %s", by)
	}
	b.clock.forward(time.Hour + time.Second)
	for _, c := range b.DisputeActions(r.Order, r.Payment, r.Dispute) {
		if c.Refusal == "" {
			t.Errorf("%s is possible", c.Action)
		}
	}
	_, err := b.AcceptDispute(b.ctx, till.Intent{}, r.Dispute.ID)
	refused, _ := errors.AsType[*domain.Error](err)
	if refused == nil || refused.Message != "the time to answer has passed" {
		t.Errorf("%v", err)
	}
}

// TestEveryOrderOfADisputesNoticesEndsTheSame: of a dispute up the ladder, and of a refund that crosses one.
func TestEveryOrderOfADisputesNoticesEndsTheSame(t *testing.T) {
	answer := func(b *bench, r till.Result, id domain.DisputeID, kind domain.OperationKind, on string) {
		t.Helper()
		op := domain.Operation{
			ID: domain.OperationID("op_" + on), Kind: kind, Key: on, Order: r.Order.ID, Payment: r.Payment.ID, Case: id,
			Amount: 2000, Currency: "EUR", Method: "card", Variant: "sandbox",
		}
		switch kind {
		case domain.DisputeEvidence:
			op.Papers, op.Contents = []domain.Paper{{Name: "a.txt"}}, [][]byte{[]byte("a")}
		case domain.RefundMoney:
			op.Refund, op.Case = "ref_1", ""
		}
		if outcome, err := b.bank.Do(b.ctx, op); err != nil || outcome.Status != domain.Succeeded {
			t.Fatalf("%s: %+v, %v", on, outcome, err)
		}
		b.clock.forward(time.Minute)
	}
	for name, c := range map[string]struct {
		live         func(b *bench, r till.Result, id domain.DisputeID)
		notices      int
		state        domain.State
		held, back   domain.Amount
		overReturned bool
	}{
		"up the ladder": {func(b *bench, r till.Result, id domain.DisputeID) {
			answer(b, r, id, domain.DisputeEvidence, "defend")
			b.must(b.bank.Advance(b.ctx, id, "reinstated"))
			b.clock.forward(time.Minute)
			b.must(b.bank.Advance(b.ctx, id, "pre_arbitration"))
			b.clock.forward(time.Minute)
			answer(b, r, id, domain.DisputeDecline, "stand by it")
		}, 6, domain.PreArbitrationResponded, 2000, 0, false},
		"crossing a refund": {func(b *bench, r till.Result, id domain.DisputeID) {
			answer(b, r, id, domain.RefundMoney, "refund")
			answer(b, r, id, domain.DisputeEvidence, "defend")
		}, 4, domain.RepresentmentResponded, 2000, 2000, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, nil)
			r, err := b.pay(b.issue(2000), goodCard, nil)
			b.must(err)
			b.listen()
			b.must(b.bank.HoldBack(b.ctx, true))
			id, err := b.bank.Raise(b.ctx, domain.Raising{Payment: r.Payment.ID, Stage: domain.StageChargeback, Reason: "13.1", Announced: true})
			b.must(err)
			if name != "crossing a refund" {
				b.clock.forward(time.Minute)
				_, err = b.bank.Timers(b.ctx)
				b.must(err)
			}
			c.live(b, r, id)
			done, err := b.rehearsal().Permute(b.ctx, string(r.Payment.ID), func(int, int) {})
			b.must(err)
			if len(done.Notices) != c.notices || len(done.Ends) != 1 {
				t.Fatalf("%d notices, ends %+v", len(done.Notices), done.Ends)
			}
			end := done.Ends[0]
			if end.Disputes[0].State != c.state || end.Sums.DisputedHeld != c.held || end.Sums.Refunded != c.back || end.Sums.Fees != chargebackFee ||
				slices.Contains(end.Attention, "over_returned") != c.overReturned {
				t.Errorf("%+v", end)
			}
		})
	}
}
