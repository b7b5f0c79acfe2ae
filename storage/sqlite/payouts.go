package sqlite

import (
	"context"

	"till/domain"
)

// readPayout folds a payout, with the name of whom it goes to: what was told for it, else the customer's.
func readPayout(s *session, id domain.PayoutID) (*domain.Payout, error) {
	entries, err := readLifeOf(s, "payout", string(id), "po_")
	if err != nil {
		return nil, err
	}
	p, err := domain.FoldPayout(entries)
	if err != nil {
		return nil, err
	}
	var who domain.Person
	switch {
	case p.Recipient != nil:
		who, err = readPerson(s, p.Recipient.ID)
	case p.Customer != "":
		var c *domain.Customer
		if c, err = readCustomer(s, p.Customer); err == nil {
			who = c.Client
		}
	}
	p.Name = who.Name()
	return p, err
}

// Payouts gives every payout, newest first.
func (db *DB) Payouts(ctx context.Context) ([]*domain.Payout, error) {
	var payouts []*domain.Payout
	err := db.readEach(ctx, "payout", func(s *session, id string) error {
		p, err := readPayout(s, domain.PayoutID(id))
		payouts = append(payouts, p)
		return err
	})
	return payouts, err
}
