package till_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
)

// TestAnAnswerOfAnotherAmountIsNotBelieved until a sync says what was done (I16).
func TestAnAnswerOfAnotherAmountIsNotBelieved(t *testing.T) {
	b, i, r := charged(t)
	i.amount = 800
	doubted, err := b.AcceptDispute(b.ctx, till.Intent{}, case1)
	b.code(err, domain.CodeUnknownOutcome)
	if doubted.Dispute.State != domain.ChargebackOpen || doubted.Dispute.Amount != 900 || !slices.Contains(doubted.Order.Attention(), "integrity") {
		t.Errorf("%s, %d, %v", doubted.Dispute.State, doubted.Dispute.Amount, doubted.Order.Attention())
	}
	if r = i.tells(r); r.Dispute.State != domain.ChargebackAccepted || slices.Contains(r.Order.Attention(), "integrity") {
		t.Errorf("after the sync %s, %v", r.Dispute.State, r.Order.Attention())
	}
}

// TestASuccessWithoutFactsMovesTheCase as the machine's row leads, with the usual time for what comes next.
func TestASuccessWithoutFactsMovesTheCase(t *testing.T) {
	for _, c := range []struct {
		from domain.State
		on   domain.Event
		does func(*bench) (till.Result, error)
		want domain.State
		by   time.Duration // how long the other side has then
	}{
		{domain.ChargebackOpen, domain.DisputeEvidenceRequired, func(b *bench) (till.Result, error) {
			return b.AcceptDispute(b.ctx, till.Intent{}, case1)
		}, domain.ChargebackAccepted, 0},
		{domain.ChargebackOpen, domain.DisputeEvidenceRequired, func(b *bench) (till.Result, error) {
			return b.SubmitEvidence(b.ctx, till.Intent{}, case1, text("delivered"))
		}, domain.RepresentmentResponded, 60 * 24 * time.Hour},
		{domain.PreArbitrationOpen, domain.DisputePreArbitration, func(b *bench) (till.Result, error) {
			return b.DeclineDispute(b.ctx, till.Intent{}, case1, text("no"))
		}, domain.PreArbitrationResponded, 30 * 24 * time.Hour / 3},
		{domain.ArbitrationOpen, domain.DisputeFiled, func(b *bench) (till.Result, error) {
			return b.WithdrawDispute(b.ctx, till.Intent{}, case1)
		}, domain.ArbitrationLost, 0},
		{domain.ChargebackExpired, domain.DisputeExpired, func(b *bench) (till.Result, error) {
			return b.FileDispute(b.ctx, till.Intent{}, case1, domain.StageGoodFaith)
		}, domain.GoodFaithResponded, 120 * 24 * time.Hour},
	} {
		b, i, r := disputed(t)
		i.tells(r, b.said(case1, c.on, c.from, 900))
		b.clock.forward(time.Minute)
		i.status = domain.Succeeded
		r, err := c.does(b)
		b.must(err)
		if r.Dispute.State != c.want || r.Operation.State != domain.OpSucceeded || r.Dispute.Amount != 900 {
			t.Errorf("from %s: %s, the call %s, %d", c.from, r.Dispute.State, r.Operation.State, r.Dispute.Amount)
		}
		var by time.Time
		if c.by > 0 {
			by = b.Env.Now().Add(c.by)
		}
		if !r.Dispute.RespondBy.Equal(by) {
			t.Errorf("from %s: until %s, want %s", c.from, r.Dispute.RespondBy, by)
		}
	}
}

// forgetful is a store that has lost its evidence.
type forgetful struct{ domain.Store }

func (forgetful) Paper(context.Context, domain.OrderID, string) ([]byte, error) {
	return nil, errors.New("the disk is full of holes")
}

// TestAnUnreadablePaper leaves the first try unsent, and a later one as it was: the first may have arrived.
func TestAnUnreadablePaper(t *testing.T) {
	send := func(b *bench) (till.Result, error) {
		return b.SubmitEvidence(b.ctx, till.Intent{Key: "send"}, case1, text("delivered"))
	}
	b, i, _ := charged(t)
	whole := b.Store
	b.Store = forgetful{whole}
	r, err := send(b)
	b.code(err, domain.CodeFailed)
	if r.Operation.State != domain.OpNotSent || len(i.sent) != 0 {
		t.Errorf("the first try is %s, %d sent", r.Operation.State, len(i.sent))
	}
	b, i, _ = charged(t)
	i.status = domain.Unknown
	_, err = send(b)
	b.code(err, domain.CodeUnknownOutcome)
	whole = b.Store
	b.Store = forgetful{whole}
	r, err = send(b)
	b.code(err, domain.CodeUnknownOutcome)
	if r.Operation.State != domain.OpUnknown || r.Operation.Tries != 2 || len(i.sent) != 1 {
		t.Errorf("the second try is %s after %d, %d sent", r.Operation.State, r.Operation.Tries, len(i.sent))
	}
	i.status, b.Store = "", whole
	r, err = send(b)
	b.must(err)
	if r.Dispute.State != domain.RepresentmentResponded {
		t.Errorf("in the end %s", r.Dispute.State)
	}
}
