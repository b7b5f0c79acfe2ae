package till_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
)

// overtaken is a gateway that a call of a kind reaches only after something else has happened.
type overtaken struct {
	domain.Provider
	kind      domain.OperationKind
	meanwhile func()
}

func (d *overtaken) Do(ctx context.Context, op domain.Operation) (domain.Outcome, error) {
	if happens := d.meanwhile; happens != nil && op.Kind == d.kind {
		d.meanwhile = nil
		happens()
	}
	return d.Provider.Do(ctx, op)
}

// A call that was given up as never seen, and arrives after all, has sent the money: its answer says so.
func TestALateAnswerTellsThatMoneyWasSent(t *testing.T) {
	d := &overtaken{kind: domain.PayoutConfirm}
	b := newBench(t, func(p domain.Provider) domain.Provider { d.Provider = p; return d })
	b.must(b.bank.HoldBack(b.ctx, true)) // no notice tells it
	p := b.payout()
	d.meanwhile = func() {
		b.clock.forward(time.Minute)
		_, err := b.SyncPayout(b.ctx, till.Intent{}, p.ID)
		b.must(err)
		if got := b.payoutNow(p.ID); callStates(got) != "succeeded failed" {
			t.Fatalf("not given up: %s", callStates(got))
		}
	}
	_, err := b.ConfirmPayout(b.ctx, till.Intent{}, p.ID, till.Missing{})
	b.must(err)
	if got := b.payoutNow(p.ID); got.State != domain.PayoutProcessing || callStates(got) != "succeeded succeeded" {
		t.Errorf("%s, calls %s", got.State, callStates(got))
	}
	b.whole()
}

// A repeat sends again what its gateway has not seen, however long ago that was: it is not given up first.
func TestARepeatDoesNotGiveUpWhatItIsAboutToSend(t *testing.T) {
	b := newBench(t, nil)
	create := func() (*domain.Payout, error) { return b.CreatePayout(b.ctx, till.Intent{Key: "k"}, b.paying()) }
	b.fault(domain.PayoutMoney, "timeout_before")
	_, err := create()
	b.code(err, domain.CodeUnknownOutcome)
	who := b.customer(ann)
	setup := func() (*domain.Mandate, error) {
		return b.SetupMandate(b.ctx, till.Intent{Key: "m"}, till.Agreeing{Customer: who.ID, Card: b.card(goodCard)})
	}
	b.fault(domain.SetupRecurring, "timeout_before")
	_, err = setup()
	b.code(err, domain.CodeUnknownOutcome)
	b.clock.forward(time.Minute)
	p, err := create()
	b.must(err)
	m, err := setup()
	b.must(err)
	if p.State != domain.PayoutCreated || p.Operations[0].Tries != 2 || m.State != domain.MandateActive || m.Operations[0].Tries != 2 {
		t.Errorf("%s after %d tries, %s after %d", p.State, p.Operations[0].Tries, m.State, m.Operations[0].Tries)
	}
}

// A notice that is told twice is booked once, also where what it tells of has no id.
func TestANoticeOfAPayoutIsBookedOnce(t *testing.T) {
	b := newBench(t, nil)
	id := b.payout().ID
	m := &messenger{}
	b.Variants[0].Notifier = m
	for _, position := range []string{"1", "2"} {
		m.waits = append(m.waits, domain.Notice{
			ID: "evt_1", Position: position, Payment: domain.PaymentID(id), Facts: []domain.Fact{{Event: domain.PayoutSent, Summary: "on its way"}},
		})
	}
	before := b.payoutNow(id).Version
	b.must(b.Listen(b.ctx))
	if p := b.payoutNow(id); p.State != domain.PayoutProcessing || p.Version != before+1 {
		t.Errorf("%s by %d entries", p.State, p.Version-before)
	}
}

// interrupted is a store that can be written once more, and then its user has pressed Ctrl+C.
type interrupted struct {
	domain.Store
	left int
}

func (i *interrupted) Update(ctx context.Context, decide func(domain.Tx) ([]domain.Entry, error)) ([]domain.Entry, error) {
	if i.left--; i.left < 0 {
		return nil, context.Canceled
	}
	return i.Store.Update(ctx, decide)
}

// A repeat that ends before it has read what it repeats ends with an error, wherever that is.
func TestARepeatedPayoutThatIsInterrupted(t *testing.T) {
	b := newBench(t, nil)
	in := till.Intent{Key: "k"}
	_, err := b.CreatePayout(b.ctx, in, b.paying())
	b.must(err)
	store := b.Store
	for left := range 2 {
		b.Store = &interrupted{store, left}
		if _, err := b.CreatePayout(b.ctx, in, b.paying()); !errors.Is(err, context.Canceled) {
			t.Errorf("interrupted after %d: %v", left, err)
		}
	}
}
