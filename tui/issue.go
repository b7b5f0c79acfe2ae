package tui

import (
	"context"

	"till/domain"
	"till/domain/till"
)

// issue makes an order of a sale. What the sale had become before it was changed is cancelled first; where that
// is not possible, nothing is issued: nobody is to pay twice.
func issue(ctx context.Context, t *till.Till, b *basket) (*domain.Order, error) {
	if b.Replaces != "" {
		intent := till.Intent{Key: b.Key + "-replaces"} // the same at every try
		if _, err := t.Move(ctx, intent, b.Replaces, "cancel", till.Moving{Reason: "changed at the till"}); err != nil {
			return nil, err
		}
	}
	return t.Issue(ctx, till.Intent{Key: b.Key}, till.NewOrder{Cart: b.Cart, Client: b.Client, Customer: b.Customer, Counter: true})
}
