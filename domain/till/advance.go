package till

import (
	"context"
	"time"

	"till/domain"
)

// Advanced is what came of moving the clock.
type Advanced struct {
	Now   time.Time      // what it was moved to, UTC
	Fired []domain.Timer // what fell due on the way, in order
}

// Advance moves the clock forward by a duration; everything that falls due until then happens, in order, each at
// its own time. Only where every variant is a test one (CodeInvalid). Once ctx has ended it stops between two
// instants with ctx's error, and what it gives is how far it has come; the same intent goes on from there.
func (t *Till) Advance(ctx context.Context, in Intent, by time.Duration) (Advanced, error) {
	return t.advance(ctx, in, "by "+by.String(), func(now time.Time) (time.Time, error) { return now.Add(by), nil })
}

// AdvanceTo moves the clock forward to a time, as Advance does. It never goes back (CodeInvalid).
func (t *Till) AdvanceTo(ctx context.Context, in Intent, to time.Time) (Advanced, error) {
	return t.advance(ctx, in, "to "+domain.FormatTime(to), func(time.Time) (time.Time, error) { return to, nil })
}

// AdvanceNext moves the clock forward to the next instant at which something falls due, as Advance does;
// CodeNotFound where nothing does.
func (t *Till) AdvanceNext(ctx context.Context, in Intent) (Advanced, error) {
	return t.advance(ctx, in, "to what comes next", func(now time.Time) (time.Time, error) {
		gateway, err := t.hear(ctx)
		if err != nil {
			return now, err
		}
		next, found, err := t.earliest(ctx, gateway, endOfTime)
		if err == nil && !found {
			err = domain.Errorf(domain.CodeNotFound, "nothing falls due")
		}
		return later(next.At, now), err
	})
}

// endOfTime is how far the clock goes: what has a place in the list of orders has it by a second of 32 bits.
var endOfTime = time.Date(2100, time.January, 1, 0, 0, 0, 0, time.UTC)

// walk is the clock on its way to a goal, from instant to instant.
type walk struct {
	in    Intent
	ask   string
	goal  time.Time
	fired []domain.Timer
	told  int                  // how many of them are on record
	first map[domain.Timer]int // how often it was the next to come, within a second
}

func (t *Till) advance(ctx context.Context, in Intent, what string, goal func(now time.Time) (time.Time, error)) (Advanced, error) {
	if err := t.movable(); err != nil {
		return Advanced{}, err
	}
	t.tending.Lock()
	defer t.tending.Unlock()
	w := &walk{first: map[domain.Timer]int{}}
	if err := t.ReadClock(ctx); err != nil {
		return Advanced{}, err
	}
	ended, err := t.begun(ctx, w, in, what)
	if err != nil {
		return Advanced{}, err
	}
	if w.goal.IsZero() {
		err = t.aim(w, goal)
	}
	if err == nil && !ended {
		err = t.walk(ctx, w)
	}
	if err != nil {
		return Advanced{Now: t.Env.Now(), Fired: w.fired}, err
	}
	return Advanced{Now: w.goal, Fired: w.fired}, err
}

// movable refuses where somebody's real money lives by the clock.
func (t *Till) movable() error {
	if t.real() || t.Shift == nil {
		return domain.Errorf(domain.CodeInvalid, "the clock of this till is the machine's and cannot be moved").
			WithHint("it can be moved where every variant is a test one: name a test database with --db")
	}
	return nil
}

// begun finds how far the same intent has come before: to its end, or to where it was interrupted.
func (t *Till) begun(ctx context.Context, w *walk, in Intent, what string) (ended bool, err error) {
	w.in = t.complete(ctx, in)
	if w.ask, err = fingerprint(w.in.Key, "clock", what); err != nil || in.Key == "" {
		return false, err
	}
	_, err = t.update(ctx, func(tx domain.Tx) ([]domain.Entry, error) {
		_, err := repeated(tx, w.in.Key, w.ask)
		return nil, err
	})
	if err != nil {
		return false, err
	}
	entries, err := t.Store.Entries(ctx, domain.ClockStream, 0, 0, 0)
	for _, e := range entries {
		move, wrong := domain.Decode[domain.ClockMove](e)
		if wrong != nil {
			return false, wrong
		}
		if move.Ask == w.ask {
			w.goal, w.fired, ended = move.Goal, append(w.fired, move.Fired...), e.Key != ""
		}
	}
	w.told = len(w.fired)
	return ended, err
}

// aim sets the goal, which is never in the past.
func (t *Till) aim(w *walk, goal func(now time.Time) (time.Time, error)) error {
	now := t.Env.Now()
	to, err := goal(now)
	if err != nil {
		return err
	}
	w.goal = to.UTC().Truncate(time.Microsecond) // as exactly as the journal keeps times
	fields := map[string]string{}
	switch {
	case to.Before(now):
		fields["time"] = "is in the past: the clock never goes back"
	case to.After(endOfTime):
		fields["time"] = "is too far ahead: the clock ends with the year 2099"
	}
	return domain.Invalid("the clock", fields)
}

// walk goes from instant to instant. Each is on record before anything happens at it, so that a till that is
// stopped on the way has a clock that agrees with its entries. What has begun at an instant is ended, also when somebody
// has had enough meanwhile: a call that is broken off would leave an outcome that nobody knows.
func (t *Till) walk(until context.Context, w *walk) error {
	for ctx := context.WithoutCancel(until); ; {
		if err := until.Err(); err != nil {
			return t.rest(ctx, w, err)
		}
		gateway, err := t.hear(ctx)
		if err != nil {
			return err
		}
		next, found, err := t.earliest(ctx, gateway, w.goal)
		if err != nil {
			return err
		}
		if !found {
			return t.step(ctx, w, w.goal, w.in.Key)
		}
		if err := w.again(next); err != nil {
			return err
		}
		if next.At.After(t.Env.Now()) {
			if err := t.step(ctx, w, next.At, ""); err != nil {
				return err
			}
		}
		if err := t.instant(ctx, w, gateway); err != nil {
			return err
		}
	}
}

// rest leaves the clock where it is, with what has happened on the way on record.
func (t *Till) rest(ctx context.Context, w *walk, why error) error {
	if len(w.fired) > w.told {
		if err := t.step(ctx, w, t.Env.Now(), ""); err != nil {
			return err
		}
	}
	return why
}

// earliest gives what falls due first, not after a goal. What is due within a year may be a hundred thousand: no
// more of it is read than it takes to find the first.
func (t *Till) earliest(ctx context.Context, gateway []domain.Timer, goal time.Time) (first domain.Timer, found bool, err error) {
	now := t.Env.Now()
	for span := time.Minute; ; span *= 2 {
		until := goal
		if soon := now.Add(span); soon.Before(goal) {
			until = soon
		}
		all, err := t.coming(ctx, gateway, until)
		if err == nil && len(all) > 0 {
			return all[0], true, nil
		}
		if err != nil || until.Equal(goal) {
			return first, false, err
		}
	}
}

// tooOften is how often one timer may come within a second. Nothing in till comes that often.
const tooOften = 10

// again refuses a timer that comes again and again without time going on.
func (w *walk) again(next domain.Timer) error {
	once := next
	once.At = next.At.Truncate(time.Second)
	if w.first[once]++; w.first[once] > tooOften {
		return domain.Errorf(domain.CodeInternal, "the timer %q of %s comes again and again at %s",
			next.Name, next.Subject, next.At.UTC().Format(time.RFC3339))
	}
	return nil
}

// step puts the clock forward. Where another process has put it further meanwhile, there it stays.
func (t *Till) step(ctx context.Context, w *walk, to time.Time, key string) error {
	t.clock.Lock()
	ahead := time.Duration(t.clock.ahead.Load()) + to.Sub(t.Env.Now())
	t.clock.Unlock()
	_, err := t.update(ctx, func(tx domain.Tx) ([]domain.Entry, error) {
		if first, err := repeated(tx, key, w.ask); first != nil || err != nil {
			return nil, err
		}
		in, err := t.admit(tx, w.in, domain.DeedClock)
		if err != nil {
			return nil, err
		}
		shift, err := shiftOf(tx)
		if err != nil {
			return nil, err
		}
		e, err := in.told(domain.KindClockMoved, domain.ClockStream, key, domain.ClockMove{
			To: to, Shift: max(shift, ahead), Goal: w.goal, Fired: w.fired[w.told:], Ask: w.ask,
		})
		return []domain.Entry{e}, err
	})
	if err != nil {
		return err
	}
	w.told = len(w.fired)
	return t.ReadClock(ctx)
}

// shiftOf is how far the clock is ahead by what is on record.
func shiftOf(tx domain.Tx) (time.Duration, error) {
	newest, found, err := tx.Newest(domain.ClockStream)
	if err != nil || !found {
		return 0, err
	}
	return domain.FoldClock(newest)
}

// instant has everything done that has come by now: by the gateway, then by till, what still has its reason then.
func (t *Till) instant(ctx context.Context, w *walk, gateway []domain.Timer) error {
	w.fired = append(w.fired, due(gateway, t.Env.Now())...)
	if _, err := t.hear(ctx); err != nil {
		return err
	}
	return t.tend(ctx, func(timer domain.Timer) bool {
		stands := t.stands(ctx, timer)
		if stands {
			w.fired = append(w.fired, timer)
		}
		return stands
	})
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
