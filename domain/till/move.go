package till

import (
	"context"

	"till/domain"
)

// Move does one of the order's own actions (domain.OrderActions): view, cancel, extend ... To cancel an order
// on hold is to void what is held.
func (t *Till) Move(ctx context.Context, in Intent, id domain.OrderID, action string, with Moving) (*domain.Order, error) {
	a := domain.FindAction(domain.OrderActions, action)
	if a == nil || a.On == domain.StartAttempt || a.On == domain.Issue {
		return nil, domain.Errorf(domain.CodeUsage, "an order knows no %q", action)
	}
	with.Reason = tidy(with.Reason)
	if action == "cancel" {
		held, err := t.cancelVoids(ctx, in, id)
		if err != nil {
			return nil, err
		}
		if held != "" {
			result, err := t.void(ctx, in, held, "cancel "+string(id), with.Reason, "")
			return result.Order, err
		}
	}
	o, err := t.onOrder(ctx, in, id, action, with, func(_ domain.Tx, _ *domain.Order, in Intent) (domain.Entry, error) {
		return in.entry(domain.KindOrderMoved, id, string(id), "", domain.Move{Event: a.On, Reason: with.Reason, Due: with.Due})
	})
	if err != nil {
		return nil, err
	}
	if followed, err := t.followOrder(ctx, o); err != nil || !followed { // where its payment was one of a group
		return o, err
	}
	return t.Store.Order(ctx, id)
}

// cancelVoids gives the payment that the cancelling of an order voids, or has voided already under the same key;
// empty where there is none.
func (t *Till) cancelVoids(ctx context.Context, in Intent, id domain.OrderID) (domain.PaymentID, error) {
	o, err := t.Store.Order(ctx, id)
	if err != nil {
		return "", err
	}
	if p, op := o.ByKey(in.Key); op != nil && op.Kind == domain.Void {
		return p.ID, nil
	}
	if p := o.CancelVoids(); p != nil {
		return p.ID, nil
	}
	return "", nil
}

// onOrder decides an action that no provider is asked about, in one commit.
func (t *Till) onOrder(ctx context.Context, in Intent, id domain.OrderID, action string, with any,
	decide func(domain.Tx, *domain.Order, Intent) (domain.Entry, error),
) (*domain.Order, error) {
	e, err := t.once(ctx, in, deedOf("order", action), action+" "+string(id), with, func(tx domain.Tx, in Intent) ([]domain.Entry, error) {
		o, err := tx.Order(id)
		if err != nil {
			return nil, err
		}
		if err := in.moved(o); err != nil {
			return nil, err
		}
		a := domain.FindAction(domain.OrderActions, action)
		facts := t.facts(o, nil, in)
		if moving, ok := with.(Moving); ok {
			facts.Due = moving.Due
		} else {
			*facts = a.Usual(*facts)
		}
		if refusal := a.Refusal(facts); refusal != nil {
			return nil, refusal
		}
		e, err := decide(tx, o, in)
		return []domain.Entry{e}, err
	})
	if err != nil {
		return nil, err
	}
	return t.told(ctx, id, e.Seq)
}

// Printed journals that a receipt was given out, and tells whether one had been before.
func (t *Till) Printed(ctx context.Context, in Intent, id domain.OrderID, format string) (duplicate bool, err error) {
	e, err := t.once(ctx, in, domain.DeedReceipt, "receipt "+string(id), format, func(tx domain.Tx, in Intent) ([]domain.Entry, error) {
		o, err := tx.Order(id)
		if err != nil {
			return nil, err
		}
		if err := in.moved(o); err != nil {
			return nil, err
		}
		e, err := in.entry(domain.KindReceiptPrinted, id, string(id), "", domain.Printing{Format: format})
		return []domain.Entry{e}, err
	})
	if err != nil {
		return false, err
	}
	o, err := t.at(ctx, id, e.Seq)
	if err != nil {
		return false, err
	}
	return o.Printed > 1, nil
}

// facts is what guards may look at when something is asked for.
func (t *Till) facts(o *domain.Order, p *domain.Payment, in Intent) *domain.Facts {
	f := &domain.Facts{Order: o, Payment: p, Now: t.Env.Now(), Customer: in.Source == domain.ByCustomer}
	if p != nil {
		if _, method, err := t.route(p.Variant, p.Method); err == nil {
			f.Can = method.Can
		}
	}
	return f
}
