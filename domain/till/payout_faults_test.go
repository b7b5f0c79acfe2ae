package till_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
)

// Whatever goes wrong with a call, however its gateway treats keys, and however its end is found: till and gateway end
// the same, and nothing is sent twice.
func TestPayoutFaults(t *testing.T) {
	faults := []string{
		"refused", "timeout_before", "timeout_after", "http_500", "http_429", "http_409", "garbled", "wrong_amount",
		"declined", "pending", "notice_first", "notice_twice", "notice_lost",
	}
	for _, profile := range []string{"checkout", "stripe", "none"} {
		for _, kind := range []domain.OperationKind{domain.PayoutMoney, domain.PayoutConfirm, domain.PayoutCancel} {
			t.Run(profile+" "+string(kind), func(t *testing.T) {
				t.Parallel()
				b := newBench(t, nil)
				b.must(b.bank.SetProfile(b.ctx, profile))
				for i, fault := range faults {
					for _, find := range []string{"clock", "repeat", "sync", "notice"} {
						b.payoutFault(kind, fault, find, fmt.Sprintf("k%d%s", i, find))
					}
				}
				b.whole()
			})
		}
	}
}

func (b *bench) payoutFault(kind domain.OperationKind, fault, find, key string) {
	b.Helper()
	var p *domain.Payout
	if kind != domain.PayoutMoney {
		p = b.payout()
	}
	act := func() (*domain.Payout, error) { return b.keyed(kind, key, p) }
	b.must(b.bank.SetFault(b.ctx, domain.Fault{Operation: kind, Name: fault, Times: 1}))
	got, err := act()
	if got == nil {
		b.Fatalf("%s: %v", fault, err)
	}
	lost := slices.Contains([]string{"timeout_before", "timeout_after", "http_500", "garbled", "wrong_amount"}, fault)
	if (domain.CodeOf(err) == domain.CodeUnknownOutcome) != lost {
		b.Errorf("%s of %s: %v", fault, kind, err)
	}
	switch find {
	case "repeat":
		_, err = act()
		b.settled(err)
	case "sync":
		_, err = b.SyncPayout(b.ctx, till.Intent{}, got.ID)
		b.settled(err)
	case "notice":
		b.must(b.bank.Deliver(b.ctx, b.waiting()...))
		b.must(b.Listen(b.ctx))
	}
	_, err = b.Advance(b.ctx, till.Intent{}, 3*time.Minute)
	b.must(err)
	end := b.payoutNow(got.ID)
	state, sent := b.tally(got.ID)
	switch {
	case end.InFlight() != nil:
		b.Errorf("%s of %s, %s: the call is still %s", fault, kind, find, end.InFlight().State)
	case end.State != state:
		b.Errorf("%s of %s, %s: %s here and %s there", fault, kind, find, end.State, state)
	case sent > 1:
		b.Errorf("%s of %s, %s: sent %d times", fault, kind, find, sent)
	}
	if after, err := act(); after == nil || after.ID != got.ID {
		b.Errorf("%s of %s, %s: a repeat afterwards makes %+v, %v", fault, kind, find, after, err)
	}
	if _, again := b.tally(got.ID); again != sent {
		b.Errorf("%s of %s, %s: a repeat afterwards sends it again", fault, kind, find)
	}
}

// keyed asks for a call under a key.
func (b *bench) keyed(kind domain.OperationKind, key string, p *domain.Payout) (*domain.Payout, error) {
	in := till.Intent{Key: key}
	switch kind {
	case domain.PayoutMoney:
		return b.CreatePayout(b.ctx, in, b.paying())
	case domain.PayoutConfirm:
		return b.ConfirmPayout(b.ctx, in, p.ID, till.Missing{IBAN: b.iban(british)})
	}
	return b.CancelPayout(b.ctx, in, p.ID)
}

// settled lets pass what an end, or the want of one, is.
func (b *bench) settled(err error) {
	b.Helper()
	switch domain.CodeOf(err) {
	case "", domain.CodeUnknownOutcome, domain.CodeFailed:
	default:
		b.Errorf("%v", err)
	}
}

// A lost answer about a mandate or a payout is asked about by the clock, also by a till that was stopped in the call.
func TestTheClockAsksAboutCallsWithoutAnOrder(t *testing.T) {
	b := newBench(t, nil)
	who := b.customer(ann)
	b.must(b.bank.SetFault(b.ctx, domain.Fault{Operation: domain.SetupRecurring, Name: "timeout_after", Times: 1}))
	b.must(b.bank.SetFault(b.ctx, domain.Fault{Operation: domain.PayoutMoney, Name: "timeout_after", Times: 1}))
	m, err := b.SetupMandate(b.ctx, till.Intent{}, till.Agreeing{Customer: who.ID, Card: b.card(goodCard)})
	b.code(err, domain.CodeUnknownOutcome)
	p, err := b.CreatePayout(b.ctx, till.Intent{}, b.paying())
	b.code(err, domain.CodeUnknownOutcome)
	ahead, err := b.Ahead(b.ctx, b.Env.Now().Add(time.Minute))
	b.must(err)
	if len(ahead) != 2 || ahead[0].Stream != string(m.ID) || ahead[1].Stream != string(p.ID) || ahead[0].Order != "" || !ahead[0].Asks {
		t.Fatalf("%+v", ahead)
	}
	b.must(b.TendDates(b.ctx)) // asks nobody
	b.clock.forward(4 * time.Second)
	b.must(b.Tend(b.ctx))
	if got := b.payoutNow(p.ID); got.State != domain.PayoutCreated || got.InFlight() == nil {
		t.Errorf("%+v", got)
	}
	b.clock.forward(time.Second)
	b.must(b.Tend(b.ctx))
	if m, err = b.Mandate(b.ctx, string(m.ID)); err != nil || m.State != domain.MandateActive {
		t.Errorf("%+v, %v", m, err)
	}
	if got := b.payoutNow(p.ID); got.InFlight() != nil || got.Operations[0].State != domain.OpSucceeded {
		t.Errorf("%+v", got)
	}
	b.whole()
}

// A call that is pending is polled, and not given up while its gateway has it.
func TestAPendingCallIsPolled(t *testing.T) {
	b := newBench(t, nil)
	who := b.customer(ann)
	b.must(b.bank.HoldBack(b.ctx, true))
	b.must(b.bank.SetFault(b.ctx, domain.Fault{Operation: domain.SetupRecurring, Name: "pending", Times: 1}))
	m, err := b.SetupMandate(b.ctx, till.Intent{}, till.Agreeing{Customer: who.ID, Card: b.card(goodCard)})
	b.must(err)
	b.must(b.bank.SetFault(b.ctx, domain.Fault{Operation: domain.PayoutMoney, Name: "pending", Times: 1}))
	p, err := b.CreatePayout(b.ctx, till.Intent{}, b.paying())
	b.must(err)
	_, err = b.Advance(b.ctx, till.Intent{}, 50*time.Second)
	b.must(err)
	if m, err = b.Mandate(b.ctx, string(m.ID)); err != nil || m.Operations[0].State != domain.OpPending || m.Operations[0].Asked == 0 {
		t.Errorf("%+v, %v", m.Operations[0], err)
	}
	if got := b.payoutNow(p.ID); got.Operations[0].State != domain.OpPending || got.Operations[0].Asked == 0 {
		t.Errorf("%+v", got.Operations[0])
	}
	_, err = b.Advance(b.ctx, till.Intent{}, time.Minute)
	b.must(err)
	if m, err = b.Mandate(b.ctx, string(m.ID)); err != nil || m.State != domain.MandateActive {
		t.Errorf("%+v, %v", m, err)
	}
	if got := b.payoutNow(p.ID); got.State != domain.PayoutCreated || got.InFlight() != nil {
		t.Errorf("%+v", got)
	}
	b.whole()
}

// The gateway's notices may come in any order, and more than once.
func TestPayoutNoticesInAnyOrder(t *testing.T) {
	for _, order := range [][]int{{0, 1, 2, 3}, {3, 2, 1, 0}, {2, 0, 3, 1}, {1, 3, 0, 2}, {3, 0, 1, 2}} {
		b := newBench(t, nil)
		b.must(b.bank.HoldBack(b.ctx, true))
		b.must(b.bank.SetFault(b.ctx, domain.Fault{Operation: domain.PayoutConfirm, Name: "timeout_after", Times: 1}))
		p := b.payout()
		_, err := b.ConfirmPayout(b.ctx, till.Intent{}, p.ID, till.Missing{})
		b.code(err, domain.CodeUnknownOutcome)
		b.must(b.bank.MovePayout(b.ctx, p.ID, "paid"))
		b.must(b.bank.MovePayout(b.ctx, p.ID, "returned"))
		waiting := b.waiting()
		if len(waiting) != 4 {
			t.Fatalf("%v", waiting)
		}
		for _, i := range order {
			b.must(b.bank.Deliver(b.ctx, waiting[i]))
			b.must(b.bank.Duplicate(b.ctx, waiting[i]))
			b.must(b.Listen(b.ctx))
		}
		got := b.payoutNow(p.ID)
		if got.State != domain.PayoutReturned || callStates(got) != "succeeded succeeded" {
			t.Errorf("%v: %s, calls %s", order, got.State, callStates(got))
		}
		b.whole()
	}
}

func callStates(p *domain.Payout) string {
	text := ""
	for _, op := range p.Operations {
		text += string(op.State) + " "
	}
	return text[:max(0, len(text)-1)]
}
