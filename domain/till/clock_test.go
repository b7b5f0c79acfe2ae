package till_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
)

const day = 24 * time.Hour

// dueIn issues an order that falls due after a while.
func (b *bench) dueIn(d time.Duration) *domain.Order {
	b.Helper()
	wish := wanted(2000)
	wish.Due = b.Env.Now().Add(d)
	o, err := b.Issue(b.ctx, till.Intent{}, wish)
	b.must(err)
	return o
}

// chair is a gateway that does nothing but keep its own deadlines, whenever it is asked anything.
type chair struct {
	domain.Bank
	now    func() time.Time
	timers []domain.Timer
	did    func(domain.Timer)
	again  func(domain.Timer) []domain.Timer // what is armed anew
}

func (c *chair) Timers(context.Context) ([]domain.Timer, error) {
	var armed []domain.Timer
	for len(c.timers) > 0 && !c.timers[0].At.After(c.now()) {
		c.did(c.timers[0])
		armed = append(armed, c.again(c.timers[0])...)
		c.timers = c.timers[1:]
	}
	c.timers = append(armed, c.timers...)
	return slices.Clone(c.timers), nil
}

func (b *bench) seat(timers ...domain.Timer) *chair {
	c := &chair{now: b.Env.Now, timers: timers, did: func(domain.Timer) {}, again: func(domain.Timer) []domain.Timer { return nil }}
	b.Bank = c
	return c
}

func (b *bench) entries(stream string) []domain.Entry {
	b.Helper()
	entries, err := b.Store.Entries(b.ctx, stream, 0, 0, 0)
	b.must(err)
	return entries
}

func TestAYearPassesInOrder(t *testing.T) {
	b := newBench(t, nil)
	start := b.Env.Now()
	due := map[string]time.Time{}
	for i := range 300 {
		o := b.dueIn(time.Duration(1+i/2*7919%9000) * time.Hour) // some at the same instant, some after the year
		if o.Due.Before(start.Add(365 * day)) {
			due[string(o.ID)] = o.Due
		}
	}
	passed, err := b.Advance(b.ctx, till.Intent{}, 365*day)
	b.must(err)
	if now := b.Env.Now(); !now.Equal(start.Add(365*day)) || !passed.Now.Equal(now) {
		t.Errorf("it is %s, told %s", now, passed.Now)
	}
	last := start
	for _, f := range passed.Fired {
		if at, waits := due[f.Subject]; !waits || !at.Equal(f.At) || f.At.Before(last) {
			t.Errorf("%s of %s fired at %s after %s", f.Name, f.Subject, f.At, last)
		}
		delete(due, f.Subject)
		last = f.At
	}
	if len(due) > 0 {
		t.Errorf("%d due dates passed unseen", len(due))
	}
	last = time.Time{}
	for _, e := range b.entries("") {
		if e.At.Before(last) {
			t.Fatalf("entry %d is of %s, the one before of %s", e.Seq, e.At, last)
		}
		last = e.At
		if move, err := domain.Decode[domain.Move](e); err == nil && move.Event == domain.DueReached {
			o, err := b.Store.Order(b.ctx, domain.OrderID(e.Stream))
			b.must(err)
			if !e.At.Equal(o.Due) || o.State != domain.OrderOverdue {
				t.Errorf("order %s is %s since %s, due %s", o.Number, o.State, e.At, o.Due)
			}
		}
	}
}

func TestTheGatewaysTimeComesFirst(t *testing.T) {
	b := newBench(t, nil)
	o := b.dueIn(time.Hour)
	gateway := b.seat(
		domain.Timer{At: o.Due, Name: "settle", Subject: "one"},
		domain.Timer{At: o.Due.Add(time.Minute), Name: "settle", Subject: "two"},
	)
	gateway.did = func(f domain.Timer) {
		now, err := b.Store.Order(b.ctx, o.ID)
		b.must(err)
		if want := map[string]domain.State{"one": domain.OrderIssued, "two": domain.OrderOverdue}[f.Subject]; now.State != want {
			t.Errorf("the order was %s when the gateway did %s, want %s", now.State, f.Subject, want)
		}
		if !b.Env.Now().Equal(f.At) {
			t.Errorf("%s came at %s, not at %s", f.Subject, b.Env.Now(), f.At)
		}
	}
	ahead, err := b.Ahead(b.ctx, b.Env.Now().Add(day))
	b.must(err)
	passed, err := b.Advance(b.ctx, till.Intent{}, day)
	b.must(err)
	var names []string
	for _, f := range passed.Fired {
		names = append(names, f.Name+" "+f.Subject)
	}
	if want := []string{"settle one", "due " + string(o.ID), "settle two"}; !slices.Equal(names, want) {
		t.Errorf("fired %v, want %v", names, want)
	}
	if !slices.Equal(ahead, passed.Fired) {
		t.Errorf("ahead was %v", ahead)
	}
	for _, f := range ahead {
		if own := f.Order != ""; own != (f.Effect() == "the due date passes") {
			t.Errorf("the effect of %q is %q", f.Name, f.Effect())
		}
	}
}

func TestTheClockGoesToWhatComesNext(t *testing.T) {
	b := newBench(t, nil)
	near, far := b.dueIn(time.Hour), b.dueIn(50*day)
	for _, o := range []*domain.Order{near, far} {
		passed, err := b.AdvanceNext(b.ctx, till.Intent{})
		b.must(err)
		if len(passed.Fired) != 1 || passed.Fired[0].Subject != string(o.ID) || !b.Env.Now().Equal(o.Due) {
			t.Errorf("at %s: %v", b.Env.Now(), passed.Fired)
		}
	}
	_, err := b.AdvanceNext(b.ctx, till.Intent{})
	b.code(err, domain.CodeNotFound)
}

func TestTheClockNeverGoesBack(t *testing.T) {
	b := newBench(t, nil)
	start := b.Env.Now()
	_, err := b.AdvanceTo(b.ctx, till.Intent{}, start.Add(day))
	b.must(err)
	for _, back := range []time.Time{start, start.Add(day - time.Second), {}} {
		_, err = b.AdvanceTo(b.ctx, till.Intent{}, back)
		b.code(err, domain.CodeInvalid)
	}
	_, err = b.Advance(b.ctx, till.Intent{}, -time.Hour)
	b.code(err, domain.CodeInvalid)
	_, err = b.AdvanceTo(b.ctx, till.Intent{}, start.AddDate(200, 0, 0))
	b.code(err, domain.CodeInvalid)
	if now, shifted, err := b.Clock(b.ctx); err != nil || !shifted || !now.Equal(start.Add(day)) {
		t.Errorf("it is %s, shifted %v, %v", now, shifted, err)
	}
}

func TestAnAdvanceIsRepeatedByItsKey(t *testing.T) {
	b := newBench(t, nil)
	b.dueIn(time.Hour)
	b.dueIn(2 * time.Hour)
	first, err := b.Advance(b.ctx, till.Intent{Key: "k"}, day)
	b.must(err)
	b.clock.forward(time.Hour)
	before := len(b.entries(""))
	again, err := b.Advance(b.ctx, till.Intent{Key: "k"}, day)
	b.must(err)
	if len(first.Fired) != 2 || !slices.Equal(first.Fired, again.Fired) || !again.Now.Equal(first.Now) {
		t.Errorf("first %v, then %v", first, again)
	}
	if after := len(b.entries("")); after != before {
		t.Errorf("the repeat wrote %d entries", after-before)
	}
	_, err = b.Advance(b.ctx, till.Intent{Key: "k"}, 2*day)
	b.code(err, domain.CodeIdempotencyConflict)
}

func TestAnInterruptedAdvanceGoesOnToItsGoal(t *testing.T) {
	b := newBench(t, nil)
	start := b.Env.Now()
	orders := []*domain.Order{b.dueIn(time.Hour), b.dueIn(2 * time.Hour), b.dueIn(3 * time.Hour)}
	stop, cancel := context.WithCancel(b.ctx)
	gateway := b.seat(domain.Timer{At: orders[1].Due, Name: "settle"})
	gateway.did = func(domain.Timer) { cancel() }
	far, err := b.Advance(stop, till.Intent{Key: "k"}, day)
	if !errors.Is(err, context.Canceled) || !far.Now.Equal(orders[1].Due) || len(far.Fired) != 3 {
		t.Fatalf("interrupted with %v, it has come to %s by %v", err, far.Now, far.Fired)
	}
	if now, err := b.Store.Order(b.ctx, orders[1].ID); err != nil || now.State != domain.OrderOverdue {
		t.Errorf("what had begun was not ended: the order is %s, %v", now.State, err)
	}
	if now := b.Env.Now(); !now.Equal(orders[1].Due) {
		t.Errorf("the clock stands at %s, not where it was stopped", now)
	}
	b.clock.set(0) // as in a new process
	b.open(nil)
	b.clock.forward(time.Minute)
	for range 2 { // and then it is repeated
		passed, err := b.Advance(b.ctx, till.Intent{Key: "k"}, day)
		b.must(err)
		if !passed.Now.Equal(start.Add(day)) || len(passed.Fired) != 4 {
			t.Errorf("it went on to %s: %v", passed.Now, passed.Fired)
		}
	}
}

func TestARealTillsClockIsTheMachines(t *testing.T) {
	b := newBench(t, nil)
	for name, spoil := range map[string]func(*till.Config){
		"live":             func(c *till.Config) { c.Live = true },
		"a live variant":   func(c *till.Config) { c.Variants = append(c.Variants, till.Variant{Name: "x", Provider: live{}}) },
		"nothing to shift": func(c *till.Config) { c.Shift = nil },
	} {
		other := newBench(t, nil)
		spoil(&other.Config)
		_, err := other.Advance(b.ctx, till.Intent{}, day)
		if domain.CodeOf(err) != domain.CodeInvalid || len(other.entries(domain.ClockStream)) > 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

type live struct{ domain.Provider }

func (live) Info() domain.ProviderInfo { return domain.ProviderInfo{Name: "live", Live: true} }

func TestTwoTillsHaveOneClock(t *testing.T) {
	b := newBench(t, nil)
	c := b.Config
	second := newClock()
	c.Env, c.Shift = second.env(), second.set
	other, err := till.New(b.ctx, c)
	b.must(err)
	_, err = b.Advance(b.ctx, till.Intent{}, day)
	b.must(err)
	if other.Shifted() {
		t.Fatal("nobody has told the other till")
	}
	b.must(other.ReadClock(b.ctx))
	if !other.Shifted() || !other.Env.Now().Equal(b.Env.Now()) {
		t.Errorf("it is %s here and %s there", b.Env.Now(), other.Env.Now())
	}
	_, err = other.Advance(b.ctx, till.Intent{}, 2*day)
	b.must(err)
	_, err = b.Advance(b.ctx, till.Intent{}, time.Hour)
	b.must(err)
	b.must(other.Tend(b.ctx))
	if ahead := b.Env.Now().Sub(b.clock.now); ahead != 3*day+time.Hour || !other.Env.Now().Equal(b.Env.Now()) {
		t.Errorf("it is %s ahead here, and %s there", ahead, other.Env.Now())
	}
}

// meanwhile is a store at which somebody else is just quicker.
type meanwhile struct {
	domain.Store
	once func()
}

func (m *meanwhile) Update(ctx context.Context, decide func(domain.Tx) ([]domain.Entry, error)) ([]domain.Entry, error) {
	if once := m.once; once != nil {
		m.once = nil
		once()
	}
	return m.Store.Update(ctx, decide)
}

func TestTwoWhoMoveTheClockTakeNothingBack(t *testing.T) {
	b := newBench(t, nil)
	start := b.Env.Now()
	c, second := b.Config, newClock()
	c.Env, c.Shift = second.env(), second.set
	other, err := till.New(b.ctx, c)
	b.must(err)
	b.Store = &meanwhile{b.Store, func() {
		_, err := other.Advance(b.ctx, till.Intent{}, 2*day)
		b.must(err)
	}}
	_, err = b.Advance(b.ctx, till.Intent{}, time.Hour)
	b.must(err)
	b.must(other.ReadClock(b.ctx))
	if !b.Env.Now().Equal(start.Add(2*day)) || !other.Env.Now().Equal(start.Add(2*day)) {
		t.Errorf("it is %s here and %s there", b.Env.Now(), other.Env.Now())
	}
}

func TestATimerThatComesAgainAndAgainIsNamed(t *testing.T) {
	for _, gap := range []time.Duration{0, time.Millisecond} {
		b := newBench(t, nil)
		gateway := b.seat(domain.Timer{At: b.Env.Now().Add(time.Hour), Name: "loop", Subject: "the sandbox"})
		gateway.again = func(f domain.Timer) []domain.Timer {
			f.At = f.At.Add(gap)
			return []domain.Timer{f}
		}
		_, err := b.Advance(b.ctx, till.Intent{}, day)
		if domain.CodeOf(err) != domain.CodeInternal || !strings.Contains(err.Error(), `"loop" of the sandbox`) {
			t.Errorf("with a gap of %s: %v", gap, err)
		}
	}
}

// What the gateway tells of its own time is heard before till acts on its own.
func TestAHoldEndsOnce(t *testing.T) {
	for _, c := range []struct {
		name string
		keep time.Duration // how long the merchant holds money
		want domain.State
		by   string
	}{
		{"by the merchant", 7 * day, domain.PaymentVoided, domain.TimerHold},
		{"by the bank", 60 * day, domain.PaymentExpired, "hold_lapsed"},
	} {
		b := newBench(t, nil)
		b.Variants[0].Notifier, b.Variants[0].HoldFor = b.bank, c.keep
		r := b.hold(b.issue(2000))
		passed, err := b.Advance(b.ctx, till.Intent{}, 100*day)
		b.must(err)
		o, err := b.Store.Order(b.ctx, r.Order.ID)
		b.must(err)
		if p := o.Payments[0]; p.State != c.want || p.Sums.Held() != 0 || o.State != domain.OrderCancelled {
			t.Errorf("%s: the payment is %s, the order %s", c.name, p.State, o.State)
		}
		if len(passed.Fired) != 1 || passed.Fired[0].Name != c.by {
			t.Errorf("%s: %v", c.name, passed.Fired)
		}
	}
}
