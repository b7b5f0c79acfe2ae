package till

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"till/domain"
)

// examineBooks compares what a test gateway has on record with what the till knows. Where an outcome is not known yet, or
// a notice has not been read, they may differ for a while.
func (t *Till) examineBooks(ctx context.Context, books []domain.Books) domain.Check {
	const name = "books"
	if len(books) == 0 {
		return t.examineNoBooks(ctx, name)
	}
	other := map[domain.PaymentID]string{}
	for _, theirs := range books {
		difference, err := t.differs(ctx, theirs)
		if err != nil {
			return domain.IllBy(name, err)
		}
		if difference != "" {
			other[theirs.Payment] = difference
		}
	}
	open, err := t.unheard(ctx, other)
	if err != nil {
		return domain.IllBy(name, err)
	}
	var found []string
	for _, payment := range slices.Sorted(maps.Keys(other)) {
		found = append(found, fmt.Sprintf("%s: %s", domain.Inert(string(payment)), other[payment]))
	}
	if len(found) > 0 {
		return domain.Ill(name, "ask the gateway with: till payment sync; a payment that is not known here was lost with an older copy",
			"the gateway has other sums: %s", some(found))
	}
	if open > 0 {
		return domain.Well(name, "payments with the gateway's sums: %d; with news that are still to be read: %d", len(books)-open, open)
	}
	return domain.Well(name, "payments with the gateway's sums: %d", len(books))
}

// examineNoBooks finds out whether a gateway that has nothing on record has lost it: whether a payment of the newest
// orders went through it.
func (t *Till) examineNoBooks(ctx context.Context, name string) domain.Check {
	page, err := t.Store.Orders(ctx, domain.OrderQuery{Size: rowsAtOnce})
	if err != nil {
		return domain.IllBy(name, err)
	}
	for _, row := range page.Items {
		if row.Method == "" || row.Method == domain.Cash {
			continue
		}
		o, err := t.Store.Order(ctx, row.ID)
		if err != nil {
			return domain.IllBy(name, err)
		}
		for _, p := range o.Payments {
			if p.Sums.Authorized > 0 && t.tells(p.Variant) {
				return domain.Ill(name, "go back to a backup of the gateway's file and of the database together",
					"the gateway has nothing on record, and here are payments that it approved, such as %s", p.ID)
			}
		}
	}
	return domain.Well(name, "the gateway has nothing on record, and nothing went through it")
}

// tells tells whether a variant is the test gateway, which tells of itself: the drawer does not.
func (t *Till) tells(variant string) bool {
	return slices.ContainsFunc(t.Variants, func(v Variant) bool { return v.Name == variant && v.Notifier != nil })
}

// unheard takes out the payments of which the gateway has something to tell, or has told it and nobody has read it yet,
// and gives their number. One that is not known here stays: the till writes a payment down before it tells of it.
func (t *Till) unheard(ctx context.Context, other map[domain.PaymentID]string) (open int, err error) {
	if len(other) == 0 {
		return 0, nil
	}
	pending, err := t.Bank.Outbox(ctx, true)
	if err != nil {
		return 0, err
	}
	waits := map[domain.PaymentID]bool{}
	for _, n := range pending {
		waits[n.Payment] = true
	}
	for _, v := range t.Variants {
		if err := t.unread(ctx, v, waits); err != nil {
			return 0, err
		}
	}
	maps.DeleteFunc(other, func(id domain.PaymentID, difference string) bool {
		if !waits[id] || difference == notKnown {
			return false
		}
		open++
		return true
	})
	return open, nil
}

// unread marks the payments of the notices that a variant delivered and nobody has read.
func (t *Till) unread(ctx context.Context, v Variant, waits map[domain.PaymentID]bool) error {
	if v.Notifier == nil {
		return nil
	}
	after, err := t.Store.Received(ctx, v.Name)
	for err == nil {
		var notices []domain.Notice
		if notices, err = v.Notifier.Notices(ctx, after); len(notices) == 0 {
			break
		}
		for _, n := range notices {
			waits[n.Payment] = true
		}
		after = notices[len(notices)-1].Position
	}
	return err
}

const notKnown = "it is not known here"

// differs says in what a payment's sums are not the gateway's; empty where they are, or where a call has no end yet.
func (t *Till) differs(ctx context.Context, theirs domain.Books) (string, error) {
	found, err := t.Store.Find(ctx, "payment", string(theirs.Payment))
	if err != nil {
		return "", err
	}
	if len(found) == 0 {
		return notKnown, nil
	}
	o, err := t.Store.Order(ctx, found[0].Order)
	if err != nil {
		return "", err
	}
	p := o.Payment(theirs.Payment)
	if p == nil || p.Open() != nil {
		return "", nil
	}
	for _, sum := range []struct {
		name       string
		here, they domain.Amount
	}{
		{"authorized", p.Sums.Authorized, theirs.Authorized},
		{"captured", p.Sums.Captured, theirs.Captured},
		{"released", p.Sums.Released, theirs.Voided},
		{"refunded", p.Sums.Refunded, theirs.Refunded},
		{"reversed", p.Sums.Reversed, theirs.Reversed},
	} {
		if sum.here != sum.they {
			show := o.Cart.Currency.Display
			return fmt.Sprintf("%s %s, here %s", sum.name, show(sum.they), show(sum.here)), nil
		}
	}
	return "", nil
}
