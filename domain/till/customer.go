package till

import (
	"context"

	"till/domain"
)

// AddCustomer keeps somebody who will come back. An e-mail address is that of one customer.
func (t *Till) AddCustomer(ctx context.Context, in Intent, who domain.Person) (*domain.Customer, error) {
	who = who.Clean()
	return t.onCustomer(ctx, in, "customer add", who, func(tx domain.Tx, in Intent) (domain.Entry, error) {
		return t.customerEntry(tx, in, domain.KindCustomerAdded, domain.CustomerID(t.Env.NewID("cus_")), who)
	})
}

// UpdateCustomer changes what a customer told: each name of a field (domain.Person.Field) has what it is from now on,
// "" for nothing. What is not named stays.
func (t *Till) UpdateCustomer(ctx context.Context, in Intent, id domain.CustomerID, told map[string]string) (*domain.Customer, error) {
	return t.onCustomer(ctx, in, "customer update "+string(id), told, func(tx domain.Tx, in Intent) (domain.Entry, error) {
		c, err := tx.Customer(id)
		if err != nil {
			return domain.Entry{}, err
		}
		if err := in.movedOn("customer", c.Version); err != nil {
			return domain.Entry{}, err
		}
		if err := remembered(c); err != nil {
			return domain.Entry{}, err
		}
		who := c.Client
		for name, value := range told {
			field := who.Field(name)
			if field == nil {
				return domain.Entry{}, domain.Invalid("the customer", map[string]string{name: "is no field of a customer"})
			}
			*field = value
		}
		return t.customerEntry(tx, in, domain.KindCustomerUpdated, id, who.Clean())
	})
}

// remembered refuses a customer who was forgotten.
func remembered(c *domain.Customer) error {
	if !c.Forgotten {
		return nil
	}
	return domain.Errorf(domain.CodeIllegalTransition, "the customer %s was forgotten", c.ID).
		WithHint("add them anew, if they want to come back: till customer add")
}

// customerEntry is a customer as they are from now on, with what they told beside it.
func (t *Till) customerEntry(tx domain.Tx, in Intent, kind domain.Kind, id domain.CustomerID, who domain.Person) (domain.Entry, error) {
	fields := map[string]string{}
	if who.Name() == "" {
		fields["customer"] = "needs a name, an e-mail address or a phone number"
	}
	if !isEmail(who.Email) {
		fields["email"] = "is not an e-mail address"
	}
	if country := who.Address.Country; country != "" {
		if _, err := domain.ParseCountry(country); err != nil {
			fields["country_code"] = err.Error()
		}
	}
	switch other, found, err := tx.ByEmail(who.Email); {
	case err != nil:
		return domain.Entry{}, err
	case found && other != id:
		fields["email"] = "is that of the customer " + string(other)
	}
	if err := domain.Invalid("the customer", fields); err != nil {
		return domain.Entry{}, err
	}
	kept, ref, err := t.keeping(who)
	if err != nil {
		return domain.Entry{}, err
	}
	e, err := in.told(kind, string(id), "", domain.CustomerBody{Person: ref})
	e.Brings.Person = kept
	return e, err
}

// keeping makes the cabinet's row of a person, and what an entry says of it.
func (t *Till) keeping(who domain.Person) (*domain.Kept, domain.PersonRef, error) {
	kept := &domain.Kept{ID: t.Env.NewID("per_"), Salt: t.Env.NewID("salt_"), Person: who}
	ref, err := kept.Ref()
	return kept, ref, err
}

// told makes an entry in a stream that is no order's, about the whole of it.
func (in Intent) told(kind domain.Kind, stream, key string, body any) (domain.Entry, error) {
	return in.entry(kind, domain.OrderID(stream), stream, key, body)
}

// onCustomer decides one entry about a customer, and gives them as they are after it.
func (t *Till) onCustomer(ctx context.Context, in Intent, what string, with any, decide func(domain.Tx, Intent) (domain.Entry, error)) (*domain.Customer, error) {
	e, err := t.once(ctx, in, domain.DeedCustomer, what, with, func(tx domain.Tx, in Intent) ([]domain.Entry, error) {
		e, err := decide(tx, in)
		return []domain.Entry{e}, err
	})
	if err != nil {
		return nil, err
	}
	return t.customerAt(ctx, domain.CustomerID(e.Stream), e.Seq)
}

// Customer finds a customer by id, the beginning of one, or e-mail address.
func (t *Till) Customer(ctx context.Context, ref string) (*domain.Customer, error) {
	found, err := t.Resolve(ctx, "customer", ref)
	if err != nil {
		return nil, err
	}
	return t.customerAt(ctx, domain.CustomerID(found.ID), 0)
}

// customerAt folds a customer as they were when an entry had just been written; 0: as they are.
func (t *Till) customerAt(ctx context.Context, id domain.CustomerID, seq domain.Seq) (*domain.Customer, error) {
	entries, err := t.Store.Entries(ctx, string(id), 0, seq, 0)
	if err != nil {
		return nil, err
	}
	c, err := domain.FoldCustomer(entries)
	if err != nil {
		return nil, err
	}
	if c.Client, err = t.Store.Person(ctx, c.Person.ID); err != nil {
		return nil, err
	}
	sources, err := t.Store.Sources(ctx, id)
	if len(sources) > 0 {
		c.Default = sources[0].ID
	}
	return c, err
}
