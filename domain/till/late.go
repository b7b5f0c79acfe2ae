package till

import (
	"context"

	"till/domain"
)

// ReturnLate gives back all money that came for an order after it was closed (lifecycle O37), one refund for each of
// its payments. CodeIllegalTransition where there is none; a refusal or a lost answer of the first refund that has one.
func (t *Till) ReturnLate(ctx context.Context, in Intent, id domain.OrderID) (*domain.Order, error) {
	in = t.complete(ctx, in)
	o, err := t.Store.Order(ctx, id)
	if err != nil {
		return nil, err
	}
	begun := false // under the same key: what is left of it is finished
	for _, p := range o.Payments {
		begun = begun || p.ByKey(in.of(p.ID)) != nil
	}
	if !begun {
		if err := t.mayReturn(ctx, in, o); err != nil {
			return nil, err
		}
	}
	for _, p := range o.Payments {
		key := in.of(p.ID)
		if p.Sums.Refundable() == 0 && p.ByKey(key) == nil {
			continue
		}
		if _, err := t.Refund(ctx, Intent{Key: key, Actor: in.Actor, Source: in.Source, Override: in.Override}, Refunding{Payment: p.ID, Reason: "it came late"}); err != nil {
			return o, err
		}
	}
	return t.Store.Order(ctx, id)
}

// mayReturn refuses to begin with it: who may is asked before anything is told of the order.
func (t *Till) mayReturn(ctx context.Context, in Intent, o *domain.Order) error {
	if err := t.Allows(ctx, in, domain.DeedReturnLate); err != nil {
		return err
	}
	if err := in.moved(o); err != nil {
		return err
	}
	if !o.LateMoney() {
		return &domain.Error{
			Code: domain.CodeIllegalTransition, Message: "no money came for the order after it was closed", State: o.State,
			Event: "return_late", AllowedIn: domain.Closed(), Permitted: domain.Permitted(domain.OrderActions, t.facts(o, nil, in)),
		}
	}
	return nil
}

// of is the intent's key for one of the payments that it is about.
func (in Intent) of(p domain.PaymentID) string { return in.Key + "/" + string(p) }
