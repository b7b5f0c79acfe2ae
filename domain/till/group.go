package till

import (
	"cmp"
	"context"
	"slices"

	"till/domain"
)

// One payment for several orders (S1): each order gets a payment of its own; they share a group, a source and a
// reference, and stand or fall together. They are sent one after the other and wait until the last has answered.

// PayGroup pays several orders in one. The results are in the order of the orders, as they are when the group has
// stood or fallen, or when one of them waits for something. The error is the first of a member's.
func (t *Till) PayGroup(ctx context.Context, in Intent, orders []domain.OrderID, wished Payable) (domain.GroupID, []Result, error) {
	if err := domain.Invalid("the payment", groupProblems(orders, wished)); err != nil {
		return "", nil, err
	}
	in, wished = t.complete(ctx, in), wished.clean()
	group := domain.GroupID(t.Env.NewID("grp_"))
	first := wish{
		order: orders[0], deed: domain.DeedPay, what: "pay", with: []any{orders, wished.kept()}, card: wished.Card,
		decide: func(tx domain.Tx, o *domain.Order, in Intent) ([]domain.Entry, *domain.Operation, error) {
			return t.beginGroup(tx, in, group, orders, wished)
		},
	}
	result, err := t.run(ctx, in, first)
	if result.Payment == nil {
		return "", nil, err
	}
	if _, err := t.follow(ctx, in, result, err); known(err) != nil {
		return result.Payment.Group, nil, err
	}
	results, err := t.groupResults(ctx, orders, result.Payment.Group)
	return result.Payment.Group, results, err
}

// groupProblems names what one payment for several orders cannot have.
func groupProblems(orders []domain.OrderID, wished Payable) map[string]string {
	fields := map[string]string{}
	for i, id := range orders {
		if slices.Contains(orders[:i], id) {
			fields["orders"] = "names an order twice"
		}
	}
	for _, only := range []struct {
		name  string
		given bool
	}{
		{"amount", wished.Amount != 0 || wished.Verify},
		{"tendered", wished.Tendered != 0},
		{"date", !wished.Date.IsZero()},
	} {
		if only.given {
			fields[only.name] = "is possible for one order only"
		}
	}
	return fields
}

// beginGroup opens a payment for every order, and asks for the first.
func (t *Till) beginGroup(tx domain.Tx, in Intent, group domain.GroupID, orders []domain.OrderID, wished Payable) ([]domain.Entry, *domain.Operation, error) {
	payer, err := tx.Order(orders[0])
	if err != nil {
		return nil, nil, err
	}
	wished, entries, err := t.named(tx, in, payer, wished)
	if err != nil {
		return nil, nil, err
	}
	var first *domain.Operation
	for _, id := range orders {
		o, err := tx.Order(id)
		if err != nil {
			return nil, nil, err
		}
		if o.IsTest != payer.IsTest {
			return nil, nil, domain.Invalid("the payment", map[string]string{"orders": "are partly training orders: those are paid by themselves"})
		}
		opening, err := t.opening(tx, o, wished)
		if err != nil {
			return nil, nil, err
		}
		if err := t.mayPay(o, in, opening); err != nil {
			return nil, nil, err
		}
		if err := t.mayWait(opening); err != nil {
			return nil, nil, err
		}
		opening.Group = group
		e, err := in.entry(domain.KindPaymentOpened, o.ID, string(opening.ID), "", opening)
		if err != nil {
			return nil, nil, err
		}
		entries = append(entries, e)
		if first == nil {
			first = t.charge(o, opening)
			wished.Variant = opening.Variant // no other one's provider will know the source
		}
	}
	return entries, first, nil
}

// mayWait refuses a method whose money cannot wait for the rest of a group.
func (t *Till) mayWait(opening domain.Opening) error {
	_, method, err := t.route(opening.Variant, opening.Method)
	if err != nil || method.Can.Immediate || method.Can.ManualCapture && method.Can.Void && method.Can.Recurring {
		return err
	}
	return domain.Invalid("the payment", map[string]string{"method": method.Name + " cannot hold money until the other orders are approved"})
}

func (t *Till) groupResults(ctx context.Context, orders []domain.OrderID, group domain.GroupID) ([]Result, error) {
	results := make([]Result, 0, len(orders))
	var own, fallen error // a member's own end says more than that it fell with another
	for _, id := range orders {
		o, err := t.Store.Order(ctx, id)
		if err != nil {
			return nil, err
		}
		r := Result{Order: o, Payment: o.Group(group).Payment}
		results = append(results, r)
		if last := r.Payment.Charge(); last == nil {
			continue
		} else if err := r.Payment.Err(last); r.Payment.Fallen {
			fallen = cmp.Or(fallen, err)
		} else {
			own = cmp.Or(own, err)
		}
	}
	return results, cmp.Or(own, fallen)
}

// members are the payments of a group, in the order in which they are sent.
func (t *Till) members(tx domain.Tx, group domain.GroupID) (domain.Members, error) {
	ids, err := tx.Group(group)
	if err != nil {
		return nil, err
	}
	members := make(domain.Members, len(ids))
	for i, id := range ids {
		o, err := tx.Order(id)
		if err != nil {
			return nil, err
		}
		members[i] = o.Group(group)
	}
	return members, nil
}

// goOnGroup is what a member's answer leads to: all fall, all stand, or the next is sent.
func (t *Till) goOnGroup(tx domain.Tx, in Intent, p *domain.Payment) ([]domain.Entry, *domain.Operation, error) {
	members, err := t.members(tx, p.Group)
	if err != nil || members.Decided() {
		return nil, nil, err
	}
	if members.Fallen() {
		entries, err := t.fall(in, members)
		return entries, nil, err
	}
	if members.Stands() {
		entries, err := t.each(in, members, domain.GroupStood)
		return entries, nil, err
	}
	next := members.Next()
	if next == nil {
		return nil, nil, nil
	}
	opening := next.Payment.Opening
	opening.Source = p.Source // as the provider keeps it since the first of them
	return t.send(in, next.Order, opening, opening.StepKey("group"))
}

// send is an attempt with its terms as they are now, and the operation that asks for it.
func (t *Till) send(in Intent, o *domain.Order, opening domain.Opening, key string) ([]domain.Entry, *domain.Operation, error) {
	op := t.charge(o, opening)
	op.Key = key
	e, err := in.entry(domain.KindPaymentChanged, o.ID, string(opening.ID), "", domain.Change{Terms: opening.Terms})
	return []domain.Entry{e}, op, err
}

// fall lets go of a group: what was not sent is cancelled, what is held has no use any more.
func (t *Till) fall(in Intent, members domain.Members) ([]domain.Entry, error) {
	entries, err := t.each(in, members, domain.GroupFell)
	if err != nil {
		return nil, err
	}
	for _, m := range members {
		if row, _ := domain.PaymentMachine.Next(m.Payment.State, domain.CancelAttempt, &domain.Facts{Order: m.Order, Payment: m.Payment}); row == nil {
			continue
		}
		more, err := t.moved(in, m.Order, m.Payment, domain.Move{Event: domain.CancelAttempt})
		if err != nil {
			return nil, err
		}
		entries = append(entries, more...)
	}
	return entries, nil
}

func (t *Till) each(in Intent, members domain.Members, on domain.Event) ([]domain.Entry, error) {
	var entries []domain.Entry
	for _, m := range members {
		more, err := t.moved(in, m.Order, m.Payment, domain.Move{Event: on})
		if err != nil {
			return nil, err
		}
		entries = append(entries, more...)
	}
	return entries, nil
}
