package till

import (
	"context"
	"errors"
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
	in = t.complete(ctx, in)
	stream, upTo, err := t.runErrand(ctx, in, errand{
		deed: domain.DeedSource, what: "source remove " + id,
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
	})
	if err != nil {
		return nil, err
	}
	k, err := t.sourceAt(ctx, stream, upTo)
	if err != nil {
		return nil, err
	}
	return k, ended(k.Operations, in.Key)
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

// keptSource gives a source that can be charged: CodeNotFound if it was never kept, CodeIllegalTransition if it was
// removed.
func (t *Till) keptSource(tx domain.Tx, id string) (*domain.KeptSource, error) {
	k, err := tx.Source(id)
	if missing, ok := errors.AsType[*domain.Error](err); ok && missing.Code == domain.CodeNotFound {
		return nil, missing.WithHint("a source is kept with --save")
	}
	if err != nil {
		return nil, err
	}
	if k.Removed {
		return nil, domain.Errorf(domain.CodeIllegalTransition, "the source was removed")
	}
	return k, nil
}

// chargeable is a wish to pay with what it names by an id: a source that is kept, a customer, whose newest source is
// meant, or a mandate. What cannot be charged is refused: CodeNotFound, CodeIllegalTransition or CodeInvalid.
func (t *Till) chargeable(tx domain.Tx, wished Payable) (Payable, error) {
	source := wished.Source
	switch {
	case isMandate(source.ID):
		return t.byMandate(tx, wished)
	case source.Type == "customer":
		c, err := tx.Customer(source.Customer)
		if err != nil {
			return wished, err
		}
		if err := remembered(c); err != nil {
			return wished, err
		}
		source.ID = c.Default
		if source.ID == "" {
			return wished, domain.Invalid("the payment", map[string]string{"source": "is missing: nothing is kept that the customer could pay with"})
		}
	case !isSource(source.ID):
		return wished, nil
	}
	k, err := t.keptSource(tx, source.ID)
	if err != nil {
		return wished, err
	}
	if source.Customer != "" && source.Customer != k.Customer {
		return wished, domain.Invalid("the payment", map[string]string{"source": "is another customer's"})
	}
	if err := stillOurs(tx, k.Customer); err != nil {
		return wished, err
	}
	wished.Source = k.Source
	wished.Source.Type = "id"
	return wished.through(k.Variant)
}

// stillOurs refuses to charge what is kept of a customer who was forgotten; what is nobody's in particular may be.
func stillOurs(tx domain.Tx, id domain.CustomerID) error {
	if id == "" {
		return nil
	}
	c, err := tx.Customer(id)
	if err != nil {
		return err
	}
	return remembered(c)
}

// byMandate is a wish to pay by a mandate, whose source must still be kept where it was.
func (t *Till) byMandate(tx domain.Tx, wished Payable) (Payable, error) {
	m, err := tx.Mandate(domain.MandateID(wished.Source.ID))
	if err != nil {
		return wished, err
	}
	if refusal := m.Refusal(); refusal != "" {
		return wished, &domain.Error{
			Code: domain.CodeIllegalTransition, Message: refusal, State: m.State, Event: "charge",
			AllowedIn: []domain.State{domain.MandateActive}, Permitted: m.Permitted(),
		}
	}
	if err := stillOurs(tx, m.Customer); err != nil {
		return wished, err
	}
	if isSource(m.Source.ID) {
		if _, err := t.keptSource(tx, m.Source.ID); err != nil {
			return wished, err
		}
	}
	wished.Source = m.Source
	wished.Source.Type, wished.Source.ID, wished.Source.Customer = "mandate", string(m.ID), m.Customer
	return wished.through(m.Variant)
}

// through names the variant that keeps what is charged: no other knows it.
func (w Payable) through(variant string) (Payable, error) {
	if w.Variant != "" && w.Variant != variant {
		return w, domain.Invalid("the payment", map[string]string{"variant": "does not keep the source: " + variant + " does"})
	}
	w.Variant = variant
	return w, nil
}

// saved is what follows from new facts that tell of a source which a payment was to save: the source, and the
// customer whose it is, added where they are new.
func (t *Till) saved(tx domain.Tx, in Intent, o *domain.Order, p *domain.Payment, facts []domain.Fact) ([]domain.Entry, error) {
	for _, f := range facts {
		if f.Source == nil || !p.Save || !isSource(f.Source.ID) || p.Knows(f) {
			continue
		}
		customer, entries, err := p.Customer, []domain.Entry(nil), error(nil)
		if customer == "" {
			customer, entries, err = t.customerFor(tx, in, o)
		}
		if err != nil {
			return nil, err
		}
		sources, err := in.keep(tx, p.Keep(*f.Source, customer))
		return append(entries, sources...), err
	}
	return nil, nil
}

// named is a wish to pay and to save what it is paid with, with the customer whose that will be: a provider keeps
// nothing of two people under one name.
func (t *Till) named(tx domain.Tx, in Intent, o *domain.Order, wished Payable) (Payable, []domain.Entry, error) {
	if !wished.Save || wished.Source.Customer != "" || wished.source().Stored() {
		return wished, nil, nil
	}
	customer, entries, err := t.customerFor(tx, in, o)
	wished.Source.Customer = customer
	return wished, entries, err
}

func isSource(id string) bool  { return strings.HasPrefix(id, "src_") }
func isMandate(id string) bool { return strings.HasPrefix(id, "man_") }
func isPayout(id string) bool  { return strings.HasPrefix(id, "po_") }

// customerFor gives the customer whose e-mail address the order's client told, else a new one with all that they told,
// whose entry comes with it. Where they told nothing it is nobody.
func (t *Till) customerFor(tx domain.Tx, in Intent, o *domain.Order) (domain.CustomerID, []domain.Entry, error) {
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

// keep is the entry that keeps a source, unless it is kept already as the same customer's.
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
