package till

import (
	"context"

	"till/domain"
)

// Tend does what has fallen due, in order: it marks due dates that have passed, sends what was scheduled, lets go of
// what was held too long, and asks about what is unknown. It is also what recovers a till that was stopped in the
// middle of a call. That somebody could not be asked, or could not tell, is on record and no error: it must not keep
// anybody from doing something else.
func (t *Till) Tend(ctx context.Context) error {
	t.tending.Lock()
	defer t.tending.Unlock()
	return t.tend(ctx, func(domain.Timer) bool { return true })
}

// TendDates does of what has fallen due only that for which nobody outside is asked.
func (t *Till) TendDates(ctx context.Context) error {
	t.tending.Lock()
	defer t.tending.Unlock()
	return t.tend(ctx, func(timer domain.Timer) bool { return !timer.Asks })
}

// tend goes on while firing one timer makes others fall due; none fires twice.
func (t *Till) tend(ctx context.Context, now func(domain.Timer) bool) error {
	if err := t.ReadClock(ctx); err != nil {
		return err
	}
	done := map[domain.Timer]bool{}
	for {
		due, err := t.Store.Due(ctx, t.Env.Now())
		if err != nil {
			return err
		}
		fired := false
		for _, timer := range due {
			if done[timer] || !now(timer) {
				continue
			}
			done[timer], fired = true, true
			if _, err := t.fire(ctx, timer); known(err) != nil {
				return err
			}
		}
		if !fired {
			return nil
		}
	}
}

// known takes away the errors that are on record: what was refused, and what nobody knows.
func known(err error) error {
	switch domain.CodeOf(err) {
	case domain.CodeUnknownOutcome, domain.CodeIllegalTransition, domain.CodeDeclined, domain.CodeFailed, domain.CodeInvalid:
		return nil
	}
	return err
}
