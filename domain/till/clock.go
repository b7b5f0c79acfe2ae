package till

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"till/domain"
)

// clock is what this process knows of the clock's stream. How far it is ahead can be asked while it is read.
type clock struct {
	sync.Mutex
	read  domain.Seq
	ahead atomic.Int64 // a time.Duration
}

// ReadClock sets Env.Now as the journal has it, also when another process moved it. It costs the same however often
// that has been.
func (t *Till) ReadClock(ctx context.Context) error {
	if t.Shift == nil {
		return nil
	}
	t.clock.Lock()
	defer t.clock.Unlock()
	newest, found, err := t.Store.Newest(ctx, domain.ClockStream)
	if err != nil || !found || newest.Seq == t.clock.read {
		return err
	}
	ahead, err := domain.FoldClock(newest)
	if err != nil {
		return err
	}
	t.clock.read = newest.Seq
	t.clock.ahead.Store(int64(ahead))
	t.Shift(ahead)
	return nil
}

// Shifted tells whether Env.Now is ahead of the machine's clock, as far as this process has read. It never waits.
func (t *Till) Shifted() bool { return t.clock.ahead.Load() != 0 }

// Clock tells what time it is for the till, and whether that is ahead of the machine's clock.
func (t *Till) Clock(ctx context.Context) (now time.Time, shifted bool, err error) {
	err = t.ReadClock(ctx)
	return t.Env.Now(), t.Shifted(), err
}

// Ahead tells what falls due until then as things stand, soonest first: what comes of that is not known yet. What both
// till and gateway wait for, such as the deadline of a case, is told once, as till's.
func (t *Till) Ahead(ctx context.Context, until time.Time) ([]domain.Timer, error) {
	if err := t.ReadClock(ctx); err != nil {
		return nil, err
	}
	gateway, err := t.hear(ctx)
	if err != nil {
		return nil, err
	}
	all, err := t.coming(ctx, gateway, until)
	return slices.DeleteFunc(slices.Clone(all), func(theirs domain.Timer) bool {
		return !theirs.Ours() && slices.ContainsFunc(all, func(own domain.Timer) bool { return own.Ours() && own.Same(theirs) })
	}), err
}

// hear lets the gateway do what has come for it, reads what it tells of that, and gives what it will do later,
// soonest first.
func (t *Till) hear(ctx context.Context) ([]domain.Timer, error) {
	if t.Bank == nil {
		return nil, t.Listen(ctx)
	}
	timers, err := t.Bank.Timers(ctx)
	if err != nil {
		return nil, err
	}
	return timers, t.Listen(ctx)
}

// coming is what falls due until then, the gateway's own and till's. At the same instant the gateway's comes first.
func (t *Till) coming(ctx context.Context, gateway []domain.Timer, until time.Time) ([]domain.Timer, error) {
	own, err := t.Store.Due(ctx, until)
	all := append(due(gateway, until), own...)
	slices.SortStableFunc(all, func(a, b domain.Timer) int { return a.At.Compare(b.At) })
	return all, err
}

// due are the timers that have come by then.
func due(timers []domain.Timer, then time.Time) []domain.Timer {
	return slices.DeleteFunc(slices.Clone(timers), func(t domain.Timer) bool { return t.At.After(then) })
}
