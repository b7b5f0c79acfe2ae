package till

import (
	"context"

	"till/domain"
)

// Listen reads what providers have told of their own accord and books what is new in it. A notice of a payment
// that nobody knows is kept, and looked at again whenever somebody listens. It asks no provider what became of
// anything.
func (t *Till) Listen(ctx context.Context) error {
	if err := t.matchOrphans(ctx); err != nil {
		return err
	}
	for _, v := range t.Variants {
		if v.Notifier == nil {
			continue
		}
		if err := t.listen(ctx, v); err != nil {
			return err
		}
	}
	return nil
}

// listen reads on from where the variant was last read. What is stopped between booking and remembering that it was
// read is read again: a fact is booked once.
func (t *Till) listen(ctx context.Context, v Variant) error {
	after, err := t.Store.Received(ctx, v.Name)
	if err != nil {
		return err
	}
	for {
		notices, err := v.Notifier.Notices(ctx, after)
		if err != nil || len(notices) == 0 {
			return err
		}
		received := make([]domain.Received, len(notices))
		for i, n := range notices {
			known, err := t.take(ctx, v.Name, n)
			if err != nil {
				return err
			}
			received[i] = domain.Received{Notice: n, Variant: v.Name, On: t.Env.Now().UTC(), Orphan: !known}
		}
		if err := t.Store.Receive(ctx, received); err != nil {
			return err
		}
		after = notices[len(notices)-1].Position
	}
}

// matchOrphans looks whether the payments of earlier notices have become known.
func (t *Till) matchOrphans(ctx context.Context) error {
	orphans, err := t.Store.Orphans(ctx)
	if err != nil {
		return err
	}
	var matched []domain.Received
	for _, n := range orphans {
		known, err := t.take(ctx, n.Variant, n.Notice)
		if err != nil {
			return err
		}
		if known {
			n.Orphan = false
			matched = append(matched, n)
		}
	}
	if len(matched) == 0 {
		return nil
	}
	return t.Store.Receive(ctx, matched)
}

// take books what is new in a notice; it tells whether anybody knows what it is about.
func (t *Till) take(ctx context.Context, variant string, n domain.Notice) (known bool, err error) {
	in := Intent{Actor: variant, Source: domain.ByNotice}
	switch about := string(n.Payment); {
	case isPayout(about):
		return t.takePayout(ctx, in, domain.PayoutID(about), n)
	case isMandate(about) || isSource(about):
		return t.takeErrand(ctx, in, about, n)
	}
	order, err := t.orderOf(ctx, n)
	if err != nil || order == "" && n.Payment != "" {
		return false, err // of those that nobody knows there may be many: none costs a transaction
	}
	_, err = t.update(ctx, func(tx domain.Tx) ([]domain.Entry, error) {
		p, err := t.paymentOf(tx, order, n)
		if known = p != nil; !known || err != nil || p.HasNotice(n.ID) {
			return nil, err
		}
		return t.reported(tx, in, p, n.ID, n.Facts, domain.Wire{})
	})
	return known, err
}

// orderOf finds the order of the payment that a notice names; empty where it names none, or one that is not known.
func (t *Till) orderOf(ctx context.Context, n domain.Notice) (domain.OrderID, error) {
	if n.Payment == "" {
		return "", nil
	}
	found, err := t.Store.Find(ctx, "payment", string(n.Payment))
	if err != nil || len(found) != 1 || found[0].ID != string(n.Payment) {
		return "", err
	}
	return found[0].Order, nil
}

// paymentOf is what a notice is about: the payment that it names, or where it names none that of the call whose key it
// names; nil if that is not known.
func (t *Till) paymentOf(tx domain.Tx, order domain.OrderID, n domain.Notice) (*domain.Payment, error) {
	if order != "" {
		o, err := tx.Order(order)
		if err != nil {
			return nil, err
		}
		return o.Payment(n.Payment), nil
	}
	for _, f := range n.Facts {
		asked, used, err := tx.Used(f.Key)
		if err != nil {
			return nil, err
		}
		if !used || asked.Kind != domain.KindOperationRequested {
			continue
		}
		op, err := domain.Decode[domain.Operation](asked)
		if err != nil || op.Order == "" {
			return nil, err
		}
		o, err := tx.Order(op.Order)
		if err != nil {
			return nil, err
		}
		return o.Payment(op.Payment), nil
	}
	return nil, nil
}

// report is what somebody told of a payment, as entries: what is new and can be believed, and a doubt about each
// call that is said to have come to another amount or currency than was asked for (I16). A notice that says so is
// never booked; a sync that says it again confirms it. What tells nothing new is no entry. The wire lies with the
// call that is told of first.
func (in Intent) report(p *domain.Payment, notice string, facts []domain.Fact, wire domain.Wire) ([]domain.Entry, error) {
	news := domain.Report{Notice: notice, Payment: p.ID}
	doubted := map[domain.OperationID]bool{}
	var entries []domain.Entry
	for _, f := range facts {
		op := p.Contradicts(f)
		switch {
		case p.Knows(f):
		case op == nil, op.Doubted() && notice == "":
			news.Facts = append(news.Facts, f)
		case !op.Doubted() && !doubted[op.ID]:
			doubted[op.ID] = true
			e, err := in.doubt(p, op)
			if err != nil {
				return nil, err
			}
			entries = append(entries, lying(e, wire, op))
		}
	}
	if len(news.Facts) == 0 {
		return entries, nil
	}
	e, err := in.entry(domain.KindFactsReported, p.Order, string(p.ID), "", news)
	return append(entries, lying(e, wire, p.ByKey(news.Facts[0].Key))), err
}

// reported is what somebody told of a payment, as entries, with the source that is kept since.
func (t *Till) reported(tx domain.Tx, in Intent, p *domain.Payment, notice string, facts []domain.Fact, wire domain.Wire) ([]domain.Entry, error) {
	facts = sensible(facts)
	entries, err := in.report(p, notice, p.WithDeadlines(facts, t.Env.Now()), wire)
	if err != nil {
		return nil, err
	}
	o, err := tx.Order(p.Order)
	if err != nil {
		return nil, err
	}
	kept, err := t.saved(tx, in, o, p, facts)
	if err != nil {
		return nil, err
	}
	stops, err := in.stopped(tx, o.Payment(p.ID), facts)
	return append(append(entries, kept...), stops...), err
}

// lying is an entry with the wire of what told it, which lies with an operation; with none where there is none.
func lying(e domain.Entry, wire domain.Wire, op *domain.Operation) domain.Entry {
	if op != nil && !wire.Empty() {
		wire.Operation = op.ID
		e.Brings.Wire = &wire
	}
	return e
}

// doubt says that an operation came to another amount or currency than was asked for, which nobody has confirmed.
func (in Intent) doubt(p *domain.Payment, op *domain.Operation) (domain.Entry, error) {
	return in.entry(domain.KindOperationAnswered, p.Order, string(p.ID), "", domain.Answer{
		Operation: op.ID, Mismatch: true,
		Outcome: domain.Outcome{Status: domain.Unknown, Summary: "it is said to have come to another amount than was asked for"},
	})
}
