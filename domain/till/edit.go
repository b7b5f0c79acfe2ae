package till

import (
	"cmp"
	"context"
	"time"

	"till/domain"
)

// Editing is what may be changed of a payment that was not sent yet (S1). What is nil stays.
type Editing struct {
	Active  *bool
	Source  *domain.Source // the way to pay, with its method
	Method  string
	Date    *time.Time
	Address *domain.Address
}

// UpdatePayment changes what may be changed of a payment that was not sent yet.
func (t *Till) UpdatePayment(ctx context.Context, in Intent, id domain.PaymentID, with Editing) (Result, error) {
	return t.moving(ctx, in, id, "update", with, func(tx domain.Tx, o *domain.Order, p *domain.Payment, in Intent) ([]domain.Entry, error) {
		return t.edit(tx, in, o, p, with)
	})
}

func (t *Till) edit(tx domain.Tx, in Intent, o *domain.Order, p *domain.Payment, with Editing) ([]domain.Entry, error) {
	next := *p // the order itself is changed by the entries alone
	p = &next
	entries, err := t.change(tx, in, o, p, with)
	if err != nil {
		return nil, err
	}
	for _, move := range with.moves() {
		row, refusal := domain.PaymentMachine.Next(p.State, move.Event, &domain.Facts{Order: o, Payment: p, Due: move.Due, Now: t.Env.Now(), Asking: true})
		if row == nil {
			return nil, t.notNow(o, p, in, move.Event, refusal)
		}
		p.State = row.To
		more, err := t.moved(in, o, p, move)
		if err != nil {
			return nil, err
		}
		entries = append(entries, more...)
	}
	return entries, nil
}

// notNow is the refusal of a step that the payment's machine does not take from where it stands.
func (t *Till) notNow(o *domain.Order, p *domain.Payment, in Intent, on domain.Event, sentence string) error {
	usual := "only a scheduled payment can be paused or made active"
	if on == domain.Schedule {
		usual = "only a payment that is made for a later day can have another date"
	}
	return &domain.Error{
		Code: domain.CodeIllegalTransition, Message: cmp.Or(sentence, usual), State: p.State, Event: "update",
		AllowedIn: domain.PaymentMachine.AllowedIn(on), Permitted: domain.Permitted(domain.PaymentActions, t.facts(o, p, in)),
	}
}

// change is the entry for another way to pay or another address, and makes the payment what it is from then on;
// none if neither changes.
func (t *Till) change(tx domain.Tx, in Intent, o *domain.Order, p *domain.Payment, with Editing) ([]domain.Entry, error) {
	if with.Source == nil && with.Address == nil {
		return nil, nil
	}
	if with.Source != nil {
		terms, err := t.otherTerms(tx, o, p, with)
		if err != nil {
			return nil, err
		}
		p.Terms = terms
	}
	change := domain.Change{Terms: p.Terms}
	var kept *domain.Kept
	if with.Address != nil {
		if err := domain.Invalid("the payment", addressProblems(*with.Address)); err != nil {
			return nil, err
		}
		client := o.Client
		client.Address = *with.Address
		row, ref, err := t.keeping(client.Clean())
		if err != nil {
			return nil, err
		}
		kept, change.Person = row, &ref
	}
	e, err := in.entry(domain.KindPaymentChanged, o.ID, string(p.ID), "", change)
	e.Brings.Person = kept
	return []domain.Entry{e}, err
}

// otherTerms are a payment's terms with another way to pay: all else that was asked for stays.
func (t *Till) otherTerms(tx domain.Tx, o *domain.Order, p *domain.Payment, with Editing) (domain.Terms, error) {
	if p.Dated() && !with.Source.Stored() {
		return domain.Terms{}, domain.Invalid("the payment", map[string]string{"method": "must be a saved source for a payment on a later day"})
	}
	is := p.Terms
	wished, err := t.chargeable(tx, Payable{
		Order: o.ID, Variant: is.Variant, Method: with.Method, Source: *with.Source, Capture: is.Capture, Partial: is.Partial,
		ThreeDS: is.ThreeDS, WithoutThreeDS: is.WithoutThreeDS, Retries: is.Retries, Save: is.Save,
		Reference: is.Reference, Description: is.Description, Metadata: is.Metadata,
	}.clean())
	if err != nil {
		return domain.Terms{}, err
	}
	return t.terms(o, p.Amount, wished)
}

func addressProblems(a domain.Address) map[string]string {
	if a.Country == "" {
		return nil
	}
	if _, err := domain.ParseCountry(a.Country); err != nil {
		return map[string]string{"billing_address.country_code": err.Error()}
	}
	return nil
}

// moves are the steps of the machine that an edit takes.
func (e Editing) moves() []domain.Move {
	var moves []domain.Move
	if e.Date != nil {
		moves = append(moves, domain.Move{Event: domain.Schedule, Due: e.Date.UTC()})
	}
	if e.Active != nil {
		on := domain.Pause
		if *e.Active {
			on = domain.Activate
		}
		moves = append(moves, domain.Move{Event: on})
	}
	return moves
}
