package till

import (
	"context"

	"till/domain"
)

// Tend does what has fallen due: it marks due dates that have passed and asks about what is unknown. It is
// also what recovers a till that was stopped in the middle of a call. That somebody could not be asked, or could
// not tell, is on record and no error: it must not keep anybody from doing something else.
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

func (t *Till) tend(ctx context.Context, now func(domain.Timer) bool) error {
	if err := t.ReadClock(ctx); err != nil {
		return err
	}
	due, err := t.Store.Due(ctx, t.Env.Now())
	if err != nil {
		return err
	}
	for _, timer := range due {
		if !now(timer) {
			continue
		}
		err := t.fire(ctx, timer)
		if code := domain.CodeOf(err); err != nil && code != domain.CodeUnknownOutcome && code != domain.CodeIllegalTransition {
			return err
		}
	}
	return nil
}

func (t *Till) fire(ctx context.Context, timer domain.Timer) error {
	in := Intent{Actor: "clock", Source: domain.ByClock}
	if !timer.Asks {
		_, err := t.Store.Update(ctx, func(tx domain.Tx) ([]domain.Entry, error) {
			o, err := tx.Order(timer.Order)
			if err != nil || !o.DueNow(timer) {
				return nil, err
			}
			e, err := in.entry(domain.KindOrderMoved, timer.Order, timer.Subject, "", domain.Move{Event: domain.DueReached})
			e.At = timer.At // the date passed when it passed, not when somebody noticed
			return []domain.Entry{e}, err
		})
		return err
	}
	p, err := t.lost(ctx, in, timer)
	if err != nil || p == nil {
		return err
	}
	_, err = t.Sync(ctx, in, p.ID)
	return err
}

// lost books that an operation has had no answer by its deadline, or has been asked about once more, and
// gives the payment to ask about; nil when it has ended meanwhile.
func (t *Till) lost(ctx context.Context, in Intent, timer domain.Timer) (*domain.Payment, error) {
	var p *domain.Payment
	_, err := t.Store.Update(ctx, func(tx domain.Tx) ([]domain.Entry, error) {
		p = nil
		o, err := tx.Order(timer.Order)
		if err != nil || !o.DueNow(timer) {
			return nil, err
		}
		var op *domain.Operation
		p, op = o.ByOperation(domain.OperationID(timer.Subject))
		e, err := in.entry(domain.KindOperationAnswered, o.ID, string(p.ID), "", domain.Answer{
			Operation: op.ID, Outcome: domain.Outcome{Status: domain.Unknown, Summary: "no answer came"},
		})
		return []domain.Entry{e}, err
	})
	return p, err
}
