package tui

import (
	"context"

	"till/domain"
	"till/domain/till"
)

// sell pays a sale: what it has become, or an order that is issued with its payment. What it had become before it was changed is
// cancelled first; where that is not possible, nothing is issued: nobody is to pay twice. Where the order is there it is in the
// result, also beside an error.
func sell(ctx context.Context, t *till.Till, b *basket, in till.Intent, wish till.Payable) (till.Result, error) {
	if wish.Order = b.Order; wish.Order != "" {
		r, err := t.Pay(ctx, in, wish)
		if domain.CodeOf(err) != domain.CodeIdempotencyConflict {
			if r.Order == nil {
				r.Order, _ = t.Store.Order(ctx, b.Order)
			}
			return r, err
		}
		wish.Order = "" // the key's payment began with the order, and its answer was lost: the same wish is told it
	}
	if b.Replaces != "" {
		intent := till.Intent{Key: b.Key + "-replaces"} // the same at every try
		if _, err := t.Move(ctx, intent, b.Replaces, "cancel", till.Moving{Reason: "changed at the till"}); err != nil {
			return till.Result{}, err
		}
	}
	r, err := t.Sell(ctx, till.Intent{Key: b.Key}, till.NewOrder{Cart: b.Cart, Client: b.Client, Customer: b.Customer, Counter: true}, in, wish)
	if r.Order == nil { // it may have been issued before, by another console that shows the same sale
		r.Order, _ = t.IssuedUnder(ctx, b.Key)
	}
	return r, err
}
