package till

import (
	"context"
	"strings"

	"till/domain"
)

// Source finds a source that a provider keeps, by id or the beginning of one.
func (t *Till) Source(ctx context.Context, ref string) (*domain.KeptSource, error) {
	found, err := t.Resolve(ctx, "source", ref)
	if err != nil {
		return nil, err
	}
	return t.sourceAt(ctx, found.ID, 0)
}

func (t *Till) sourceAt(ctx context.Context, id string, seq domain.Seq) (*domain.KeptSource, error) {
	entries, err := t.Store.Entries(ctx, id, 0, seq, 0)
	if err != nil {
		return nil, err
	}
	return domain.FoldSource(entries)
}

// RemoveSource has a provider forget a source, which cannot be charged any more then. CodeFailed if it refuses,
// CodeUnknownOutcome if its answer is lost: the source stays until it has said yes.
func (t *Till) RemoveSource(ctx context.Context, in Intent, id string) (*domain.KeptSource, error) {
	key := t.complete(in).Key
	in.Key = key
	stream, upTo, err := t.runErrand(ctx, in, errand{
		what: "source remove " + id,
		decide: func(tx domain.Tx, in Intent) ([]domain.Entry, *domain.Operation, error) {
			k, err := t.keptSource(tx, id)
			if err != nil {
				return nil, nil, err
			}
			if err := in.movedOn("source", k.Version); err != nil {
				return nil, nil, err
			}
			if op := k.InFlight(); op != nil {
				return nil, nil, domain.Errorf(domain.CodeIllegalTransition, "it is being removed, and the end of that is not known").
					WithHint("repeat the command with --idempotency-key %s, which does nothing twice", op.Key)
			}
			op, err := t.about(domain.Revoke, k.Variant)
			if err != nil {
				return nil, nil, err
			}
			op.Source, op.Customer = k.Source, k.Customer
			return nil, op, nil
		},
		then: func(_ domain.Tx, in Intent, op *domain.Operation, _ domain.Outcome) ([]domain.Entry, error) {
			e, err := in.told(domain.KindSourceRemoved, id, "", domain.SourceRemoval{Operation: op.ID})
			return []domain.Entry{e}, err
		},
	})
	if err != nil {
		return nil, err
	}
	k, err := t.sourceAt(ctx, stream, upTo)
	if err != nil {
		return nil, err
	}
	return k, ended(callOf(k.Operations, key))
}

// about is an operation that is about no payment, of the method of a variant that keeps sources.
func (t *Till) about(kind domain.OperationKind, variant string) (*domain.Operation, error) {
	variant, method, err := t.keeps(variant)
	if err != nil {
		return nil, err
	}
	return &domain.Operation{
		ID: domain.OperationID(t.Env.NewID("op_")), Kind: kind, Method: method.Name, Variant: variant, Deadline: t.deadline(variant),
	}, nil
}

func callOf(calls []*domain.Operation, key string) *domain.Operation {
	for _, op := range calls {
		if op.Key == key {
			return op
		}
	}
	return nil
}

// keptSource gives a source that can be charged: CodeNotFound if it was never kept, CodeIllegalTransition if it was
// removed.
func (t *Till) keptSource(tx domain.Tx, id string) (*domain.KeptSource, error) {
	k, err := tx.Source(id)
	if err != nil {
		return nil, err
	}
	if k.Removed {
		return nil, domain.Errorf(domain.CodeIllegalTransition, "the source was removed")
	}
	return k, nil
}

// saved is what follows from facts that tell of a source which a payment was to save: the source, and the customer
// whose it is, added where they are new.
func (t *Till) saved(tx domain.Tx, in Intent, o *domain.Order, p *domain.Payment, facts []domain.Fact) ([]domain.Entry, error) {
	for _, f := range facts {
		if f.Source == nil || !p.Save || !isSource(f.Source.ID) {
			continue
		}
		customer, entries, err := t.customerFor(tx, in, o, p)
		if err != nil {
			return nil, err
		}
		sources, err := t.sourceEntries(tx, in, p, *f.Source, customer)
		if err != nil || len(sources) == 0 {
			return nil, err // it is kept already
		}
		return append(entries, sources...), nil
	}
	return nil, nil
}

func isSource(id string) bool  { return strings.HasPrefix(id, "src_") }
func isMandate(id string) bool { return strings.HasPrefix(id, "man_") }

// customerFor gives the customer who pays: the one that the payment names, else the one whose e-mail address the
// order's client told, else a new one with all that they told, whose entry comes with it. Where they told nothing it
// is nobody.
func (t *Till) customerFor(tx domain.Tx, in Intent, o *domain.Order, p *domain.Payment) (domain.CustomerID, []domain.Entry, error) {
	if p.Customer != "" {
		return p.Customer, nil, nil
	}
	if o.Client.Name() == "" {
		return "", nil, nil
	}
	id, found, err := tx.ByEmail(o.Client.Email)
	if found || err != nil {
		return id, nil, err
	}
	id = domain.CustomerID(t.Env.NewID("cus_"))
	e, err := t.customerEntry(tx, in, domain.KindCustomerAdded, id, o.Client)
	return id, []domain.Entry{e}, err
}

// sourceEntries keeps a source of a customer that a provider has told of, where the payment was to save it and it is
// not kept already.
func (t *Till) sourceEntries(tx domain.Tx, in Intent, p *domain.Payment, told domain.Source, customer domain.CustomerID) ([]domain.Entry, error) {
	if !p.Save || !isSource(told.ID) {
		return nil, nil
	}
	return in.keep(tx, p.Keep(told, customer))
}

func (in Intent) keep(tx domain.Tx, kept domain.KeptSource) ([]domain.Entry, error) {
	switch known, err := tx.Source(kept.ID); {
	case err == nil && !known.Removed && known.Customer == kept.Customer:
		return nil, nil
	case err != nil && domain.CodeOf(err) != domain.CodeNotFound:
		return nil, err
	}
	e, err := in.told(domain.KindSourceSaved, kept.ID, "", kept)
	return []domain.Entry{e}, err
}
