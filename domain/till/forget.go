package till

import (
	"context"
	"errors"
	"slices"

	"till/domain"
)

// A person is forgotten by an entry for each row of the cabinet that has what they told, which empties it; evidence of
// an order's disputes, which tells of them too, goes with the last of them. Rows that are empty get one again: what an
// earlier try could not overwrite is overwritten then.

// Forget empties what a customer told of themselves, in every version, what the clients told of all orders that are
// the customer's, that they paid, or that have an e-mail address or phone number of theirs, with the evidence of those, the recipients of payouts to them,
// and for whom a parked sale is. Amounts do not move. It gives the customer and those orders; an error beside them is one of overwriting.
func (t *Till) Forget(ctx context.Context, in Intent, id domain.CustomerID) (*domain.Customer, []domain.OrderID, error) {
	last, err := t.once(ctx, in, domain.DeedForget, "forget "+string(id), nil, func(tx domain.Tx, in Intent) ([]domain.Entry, error) {
		c, err := tx.Customer(id)
		if err != nil {
			return nil, err
		}
		if err := in.movedOn("customer", c.Version); err != nil {
			return nil, err
		}
		orders, err := t.ordersOf(ctx, tx, c)
		if err != nil {
			return nil, err
		}
		var entries []domain.Entry
		for _, id := range orders {
			o, err := tx.Order(id)
			if err != nil {
				return nil, err
			}
			if entries, err = in.forgetOrder(entries, o); err != nil {
				return nil, err
			}
		}
		payouts, err := tx.PayoutsTo(id)
		if err != nil {
			return nil, err
		}
		for _, id := range payouts {
			p, err := tx.Payout(id)
			if err != nil {
				return nil, err
			}
			if entries, err = in.forgetPayout(entries, p); err != nil {
				return nil, err
			}
		}
		sales, err := t.parkedOf(ctx, c)
		if err != nil {
			return nil, err
		}
		entries, err = in.forget(entries, string(id), c.Rows, domain.Forgetting{Orders: orders})
		if err == nil {
			entries[len(entries)-1].Brings.Nameless = sales
		}
		return entries, err
	})
	if last.Seq == 0 {
		return nil, nil, err
	}
	c, failed := t.customerAt(ctx, domain.CustomerID(last.Stream), last.Seq)
	body, unread := domain.Decode[domain.Forgetting](last)
	return c, body.Orders, errors.Join(err, failed, unread)
}

// ordersOf gives the orders in which a customer may stand: theirs, those that they paid, and those with an e-mail
// address or a phone number that they ever told.
func (t *Till) ordersOf(ctx context.Context, tx domain.Tx, c *domain.Customer) ([]domain.OrderID, error) {
	var orders []domain.OrderID
	for _, row := range c.Rows {
		told, err := t.Store.Person(ctx, row)
		if err != nil {
			return nil, err
		}
		more, err := tx.OrdersOf(c.ID, told)
		if err != nil {
			return nil, err
		}
		orders = append(orders, more...)
	}
	slices.Sort(orders)
	return slices.Compact(orders), nil
}

// parkedOf gives the sales that are no order yet and are for a customer.
func (t *Till) parkedOf(ctx context.Context, c *domain.Customer) ([]string, error) {
	told := make([]domain.Person, len(c.Rows))
	for i, row := range c.Rows {
		var err error
		if told[i], err = t.Store.Person(ctx, row); err != nil {
			return nil, err
		}
	}
	sales, err := t.Store.Parked(ctx)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, p := range sales {
		if p.IsOf(c.ID, told) {
			ids = append(ids, p.ID)
		}
	}
	return ids, nil
}

// ForgetClient empties what the client of one order told, and the evidence of its disputes.
func (t *Till) ForgetClient(ctx context.Context, in Intent, id domain.OrderID) (*domain.Order, error) {
	last, err := t.once(ctx, in, domain.DeedForget, "forget "+string(id), nil, func(tx domain.Tx, in Intent) ([]domain.Entry, error) {
		o, err := tx.Order(id)
		if err != nil {
			return nil, err
		}
		if err := in.moved(o); err != nil {
			return nil, err
		}
		if len(o.Rows) == 0 && len(o.Papers()) == 0 {
			return nil, domain.Errorf(domain.CodeIllegalTransition, "nothing was told of the client of order %s", o.HumanID)
		}
		return in.forgetOrder(nil, o)
	})
	if last.Seq == 0 {
		return nil, err
	}
	o, failed := t.at(ctx, id, last.Seq)
	return o, errors.Join(err, failed)
}

// ForgetRecipient empties what was told of whom a payout goes to.
func (t *Till) ForgetRecipient(ctx context.Context, in Intent, id domain.PayoutID) (*domain.Payout, error) {
	last, err := t.once(ctx, in, domain.DeedForget, "forget "+string(id), nil, func(tx domain.Tx, in Intent) ([]domain.Entry, error) {
		p, err := tx.Payout(id)
		if err != nil {
			return nil, err
		}
		if err := in.movedOn("payout", p.Version); err != nil {
			return nil, err
		}
		if len(p.Rows) == 0 {
			return nil, domain.Errorf(domain.CodeIllegalTransition, "nothing was told of the recipient of payout %s", p.HumanID).
				WithHint("one that goes to a customer bears the customer's name: forget them")
		}
		return in.forgetPayout(nil, p)
	})
	if last.Seq == 0 {
		return nil, err
	}
	p, failed := t.payoutAt(ctx, last.Stream, last.Seq)
	return p, errors.Join(err, failed)
}

// Indelible gives the entries of some streams that keep what was told in themselves, as an older till wrote them: they
// cannot be changed, so that is not forgotten.
func (t *Till) Indelible(ctx context.Context, streams ...string) ([]domain.Seq, error) {
	var kept []domain.Seq
	for _, stream := range streams {
		entries, err := t.Store.Entries(ctx, stream, 0, 0, 0)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if e.Indelible() {
				kept = append(kept, e.Seq)
			}
		}
	}
	slices.Sort(kept)
	return kept, nil
}

// IndelibleOf is Indelible of all in which a customer was forgotten: those orders, and the payouts to them.
func (t *Till) IndelibleOf(ctx context.Context, c *domain.Customer, orders []domain.OrderID) ([]domain.Seq, error) {
	if c == nil {
		return nil, nil
	}
	payouts, err := t.Payouts(ctx)
	if err != nil {
		return nil, err
	}
	var streams []string
	for _, id := range orders {
		streams = append(streams, string(id))
	}
	for _, p := range payouts {
		if p.Customer == c.ID {
			streams = append(streams, string(p.ID))
		}
	}
	return t.Indelible(ctx, streams...)
}

// forgetOrder adds the entries that empty what the client of an order told, and what was told of them; the wires of its
// calls, in which a provider was told some of it, go too.
func (in Intent) forgetOrder(entries []domain.Entry, o *domain.Order) ([]domain.Entry, error) {
	var calls []*domain.Operation
	for _, p := range o.Payments {
		calls = append(calls, p.Operations...)
	}
	entries, err := in.forget(entries, string(o.ID), o.Rows, domain.Forgetting{Papers: o.Papers()})
	return unwired(entries, calls), err
}

// forgetPayout does the same for a payout.
func (in Intent) forgetPayout(entries []domain.Entry, p *domain.Payout) ([]domain.Entry, error) {
	entries, err := in.forget(entries, string(p.ID), slices.Concat(p.Rows, p.Salts), domain.Forgetting{})
	return unwired(entries, p.Operations), err
}

// unwired has the wires of calls go with the last entry.
func unwired(entries []domain.Entry, calls []*domain.Operation) []domain.Entry {
	if len(entries) > 0 {
		for _, op := range calls {
			last := &entries[len(entries)-1]
			last.Brings.Unwired = append(last.Brings.Unwired, op.ID)
		}
	}
	return entries
}

// forget adds the entries that empty rows of a stream's person; the last says what else of it is forgotten.
func (in Intent) forget(entries []domain.Entry, stream string, rows []string, also domain.Forgetting) ([]domain.Entry, error) {
	if len(rows) == 0 && len(also.Papers) > 0 {
		rows = []string{""} // nobody told anything, and yet there is evidence
	}
	for i, row := range rows {
		body := domain.Forgetting{}
		if i == len(rows)-1 {
			body = also
		}
		body.Row = row
		e, err := in.told(domain.KindPersonForgotten, stream, "", body)
		if err != nil {
			return nil, err
		}
		if row != "" {
			e.Brings.Person = &domain.Kept{ID: row}
		}
		e.Brings.Emptied = body.Papers
		entries = append(entries, e)
	}
	return entries, nil
}
