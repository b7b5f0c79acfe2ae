package till

import (
	"context"

	"till/domain"
)

// schedule makes a payment for a later day (S1). It needs a source that its provider keeps: a card or a token is
// exchanged for one first, so that no number is kept here.
func (t *Till) schedule(ctx context.Context, in Intent, wished Payable) (Result, error) {
	in = t.complete(ctx, in)
	if wished.source().Stored() {
		return t.dated(ctx, in, wished)
	}
	result, err := t.run(ctx, in, wish{
		order: wished.Order, deed: domain.DeedPay, what: "pay", with: wished.kept(), card: wished.Card,
		decide: func(tx domain.Tx, o *domain.Order, in Intent) ([]domain.Entry, *domain.Operation, error) {
			if err := t.ahead(wished); err != nil {
				return nil, nil, err
			}
			opening, entries, err := t.begin(tx, o, in, wished)
			if err != nil {
				return nil, nil, err
			}
			op := t.operation(domain.SetupRecurring, o, opening)
			op.Customer, op.Save = opening.Customer, true
			return entries, op, nil
		},
	})
	return t.follow(ctx, in, result, err)
}

// sourceKept puts a payment on its day, for which its provider now keeps the source, or gives it up.
func (t *Till) sourceKept(_ domain.Tx, in Intent, o *domain.Order, timer domain.Timer) (firing, error) {
	p := o.Payment(domain.PaymentID(timer.Subject))
	move := domain.Move{Event: domain.Schedule, Due: p.On}
	if !p.Source.Stored() {
		move = domain.Move{Event: domain.CancelAttempt, Reason: "its source could not be kept"}
	}
	entries, err := t.moved(in, o, p, move)
	return firing{entries: entries}, err
}

// dated makes a payment for a later day with a source that is kept: nobody is asked for it yet.
func (t *Till) dated(ctx context.Context, in Intent, wished Payable) (Result, error) {
	last, err := t.once(ctx, in, domain.DeedPay, "pay", wished.kept(), func(tx domain.Tx, in Intent) ([]domain.Entry, error) {
		o, err := tx.Order(wished.Order)
		if err != nil {
			return nil, err
		}
		if err := in.moved(o); err != nil {
			return nil, err
		}
		if err := t.ahead(wished); err != nil {
			return nil, err
		}
		opening, entries, err := t.begin(tx, o, in, wished)
		if err != nil {
			return nil, err
		}
		e, err := in.entry(domain.KindPaymentMoved, o.ID, string(opening.ID), "", domain.Move{Event: domain.Schedule, Due: wished.Date.UTC()})
		return append(entries, e), err
	})
	if err != nil {
		return Result{}, err
	}
	o, err := t.at(ctx, wished.Order, last.Seq)
	if err != nil {
		return Result{}, err
	}
	return Result{Order: o, Payment: o.Payment(domain.PaymentID(last.Subject))}, nil
}

// ahead refuses a day that has passed.
func (t *Till) ahead(wished Payable) error {
	if wished.Date.After(t.Env.Now()) {
		return nil
	}
	return domain.Invalid("the payment", map[string]string{"date": "must be in the future"})
}
