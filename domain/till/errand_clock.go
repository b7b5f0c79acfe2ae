package till

import (
	"context"

	"till/domain"
)

// The clock asks about the calls of mandates and payouts, as it does about those of orders.

// fireCall asks the provider about a call without a known end, unless its reason has gone. One that has had no answer
// by its deadline is unknown from now on.
func (t *Till) fireCall(ctx context.Context, timer domain.Timer) error {
	in := Intent{Actor: "clock", Source: domain.ByClock}
	stands := false
	_, err := t.update(ctx, func(tx domain.Tx) ([]domain.Entry, error) {
		calls, err := callsIn(tx, timer.Stream)
		stands = err == nil && timer.Among(domain.CallTimers(timer.Stream, calls))
		if !stands {
			return nil, err
		}
		e, err := in.askedBy(timer, calls)
		return []domain.Entry{e}, err
	})
	if err != nil || !stands {
		return err
	}
	if isPayout(timer.Stream) {
		_, err = t.SyncPayout(ctx, in, domain.PayoutID(timer.Stream))
	} else {
		_, err = t.SyncMandate(ctx, in, domain.MandateID(timer.Stream))
	}
	return err
}

// askedBy is the entry that keeps a timer from coming twice.
func (in Intent) askedBy(timer domain.Timer, calls []*domain.Operation) (domain.Entry, error) {
	for _, op := range calls {
		if string(op.ID) == timer.Subject && op.Requested() {
			return in.told(domain.KindOperationAnswered, timer.Stream, "", domain.Answer{
				Operation: op.ID, Outcome: domain.Outcome{Status: domain.Unknown, Summary: "no answer came"},
			})
		}
	}
	return in.told(domain.KindTimerFired, timer.Stream, "", domain.Firing{Timer: timer.Name, Subject: timer.Subject, At: timer.At})
}

// stands tells whether a timer that was read from a view still has its reason; one that nobody can read has.
func (t *Till) stands(ctx context.Context, timer domain.Timer) (stands bool) {
	if timer.Stream == "" {
		o, err := t.Store.Order(ctx, timer.Order)
		return err != nil || o.DueNow(timer)
	}
	_, err := t.update(ctx, func(tx domain.Tx) ([]domain.Entry, error) {
		calls, err := callsIn(tx, timer.Stream)
		stands = err == nil && timer.Among(domain.CallTimers(timer.Stream, calls))
		return nil, err
	})
	return stands || err != nil
}
