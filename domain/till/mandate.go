package till

import (
	"context"

	"till/domain"
)

// Agreeing is a customer's leave to be charged again, as somebody wants it set up: with a source that is kept, with a
// token, or with a card.
type Agreeing struct {
	Customer domain.CustomerID
	Source   domain.Source // a kept one or a token, by its id
	Card     *domain.Card
	Variant  string // of a token or a card; "" is the first that keeps sources
}

// source is what may be known of what is to be charged.
func (a Agreeing) source() domain.Source {
	if a.Card != nil && a.Source.ID == "" {
		return a.Card.Source()
	}
	return a.Source // a card beside it is its CVV alone
}

// SetupMandate has a provider remember a customer's leave. CodeFailed if it refuses, CodeUnknownOutcome if its answer
// is lost; the mandate comes beside both.
func (t *Till) SetupMandate(ctx context.Context, in Intent, wished Agreeing) (*domain.Mandate, error) {
	wished.Source.ID = tidy(wished.Source.ID)
	keep := wished
	keep.Card, keep.Source = nil, wished.source()
	return t.onMandate(ctx, in, errand{
		deed: domain.DeedSetup, what: "mandate setup", with: keep, card: wished.Card,
		decide: func(tx domain.Tx, in Intent) ([]domain.Entry, *domain.Operation, error) {
			op, err := t.agreement(tx, wished)
			if err != nil {
				return nil, nil, err
			}
			opened, err := in.told(domain.KindMandateOpened, string(op.Mandate), "", domain.MandateOpening{
				ID: op.Mandate, Customer: op.Customer, Source: op.Source, Variant: op.Variant, Method: op.Method,
			})
			return []domain.Entry{opened}, op, err
		},
	})
}

// agreement is the operation that sets a mandate up; what is wrong with the wish is named at once (CodeInvalid).
func (t *Till) agreement(tx domain.Tx, wished Agreeing) (*domain.Operation, error) {
	c, err := tx.Customer(wished.Customer)
	if err != nil {
		return nil, err
	}
	if err := remembered(c); err != nil {
		return nil, err
	}
	source, variant := wished.source(), wished.Variant
	source.Customer, source.Fields = c.ID, nil // a leave has nobody's words in it
	switch {
	case isSource(source.ID):
		k, err := t.keptSource(tx, source.ID)
		if err != nil {
			return nil, err
		}
		if k.Customer != c.ID {
			return nil, domain.Invalid("the mandate", map[string]string{"source": "is another customer's"})
		}
		source, variant = k.Source, k.Variant
	case source.ID == "" && source.Last4 == "":
		return nil, domain.Invalid("the mandate", map[string]string{"source": "is missing"})
	}
	op, err := t.about(domain.SetupRecurring, variant)
	if err != nil {
		return nil, err
	}
	op.Mandate, op.Customer, op.Source, op.Save = domain.MandateID(t.Env.NewID("man_")), c.ID, source, true
	return op, nil
}

// RevokeMandate has the provider forget a customer's leave. CodeFailed if it refuses, CodeUnknownOutcome if its answer
// is lost: the mandate stands until it has said yes, and comes beside both.
func (t *Till) RevokeMandate(ctx context.Context, in Intent, id domain.MandateID) (*domain.Mandate, error) {
	return t.onMandate(ctx, in, errand{
		deed: domain.DeedMandate, what: "mandate revoke " + string(id),
		decide: func(tx domain.Tx, in Intent) ([]domain.Entry, *domain.Operation, error) {
			m, err := t.mandateFor(tx, in, id, "revoke")
			if err != nil {
				return nil, nil, err
			}
			op, err := t.about(domain.Revoke, m.Variant)
			if err != nil {
				return nil, nil, err
			}
			op.Mandate, op.Customer, op.Source = m.ID, m.Customer, m.Source
			return nil, op, nil
		},
	})
}

// PauseMandate charges a mandate no more for a while; ResumeMandate lets it be charged again. No provider is asked.
func (t *Till) PauseMandate(ctx context.Context, in Intent, id domain.MandateID) (*domain.Mandate, error) {
	return t.moveMandate(ctx, in, id, "pause", domain.Pause)
}

// ResumeMandate lets a mandate that was paused be charged again.
func (t *Till) ResumeMandate(ctx context.Context, in Intent, id domain.MandateID) (*domain.Mandate, error) {
	return t.moveMandate(ctx, in, id, "resume", domain.Resume)
}

func (t *Till) moveMandate(ctx context.Context, in Intent, id domain.MandateID, action string, on domain.Event) (*domain.Mandate, error) {
	e, err := t.once(ctx, in, domain.DeedMandate, "mandate "+action+" "+string(id), nil, func(tx domain.Tx, in Intent) ([]domain.Entry, error) {
		if _, err := t.mandateFor(tx, in, id, action); err != nil {
			return nil, err
		}
		e, err := in.told(domain.KindMandateMoved, string(id), "", domain.Move{Event: on})
		return []domain.Entry{e}, err
	})
	if err != nil {
		return nil, err
	}
	return t.mandateAt(ctx, e.Stream, e.Seq)
}

// stops pauses the mandate of a charge that was refused since its customer has told the bank to stop (S1): it is charged
// no more until somebody resumes it.
func (in Intent) stops(tx domain.Tx, op *domain.Operation, code string) ([]domain.Entry, error) {
	meaning, _ := domain.MeaningOf(code)
	if op == nil || op.Kind != domain.ChargeRecurring || meaning.Class != "stop" {
		return nil, nil
	}
	m, err := tx.Mandate(op.Mandate)
	if err != nil || m.Refusal() != "" { // it is charged no more already
		return nil, err
	}
	e, err := in.told(domain.KindMandateMoved, string(m.ID), "", domain.Move{Event: domain.Pause, Reason: meaning.Means})
	return []domain.Entry{e}, err
}

// stopped is what follows from new facts that tell of such a refusal.
func (in Intent) stopped(tx domain.Tx, p *domain.Payment, facts []domain.Fact) ([]domain.Entry, error) {
	for _, f := range facts {
		if f.Event != domain.DeclinedIt || p.Knows(f) {
			continue
		}
		if entries, err := in.stops(tx, p.ByKey(f.Key), f.Code); len(entries) > 0 || err != nil {
			return entries, err
		}
	}
	return nil, nil
}

// mandateFor gives a mandate with which an action is possible.
func (t *Till) mandateFor(tx domain.Tx, in Intent, id domain.MandateID, action string) (*domain.Mandate, error) {
	m, err := tx.Mandate(id)
	if err != nil {
		return nil, err
	}
	if err := in.movedOn("mandate", m.Version); err != nil {
		return nil, err
	}
	return m, m.Refuses(action)
}

// onMandate sends an errand of a mandate, and gives the mandate and the error that the errand's end stands for.
func (t *Till) onMandate(ctx context.Context, in Intent, e errand) (*domain.Mandate, error) {
	in = t.complete(ctx, in)
	stream, upTo, err := t.runErrand(ctx, in, e)
	if err != nil {
		return nil, err
	}
	m, err := t.mandateAt(ctx, stream, upTo)
	if err != nil {
		return nil, err
	}
	return m, ended(m.Operations, in.Key)
}

// SyncMandate asks the provider what became of the mandate's call that has no known end. While it stays open it is
// CodeUnknownOutcome, with the mandate beside it.
func (t *Till) SyncMandate(ctx context.Context, in Intent, id domain.MandateID) (*domain.Mandate, error) {
	in = t.complete(ctx, in)
	m, err := t.mandateAt(ctx, string(id), 0)
	if err != nil {
		return nil, err
	}
	if err := in.movedOn("mandate", m.Version); err != nil {
		return nil, err
	}
	op := m.InFlight()
	if op == nil {
		return m, nil
	}
	failed := t.inquire(ctx, in, op, true)
	if m, err = t.mandateAt(ctx, string(id), 0); err != nil {
		return nil, err
	}
	if op := m.InFlight(); failed == nil && op != nil {
		failed = op.StillOpen(t.Env.Now())
	}
	return m, failed
}

// Mandate finds a mandate by id or the beginning of one.
func (t *Till) Mandate(ctx context.Context, ref string) (*domain.Mandate, error) {
	found, err := t.Resolve(ctx, "mandate", ref)
	if err != nil {
		return nil, err
	}
	return t.mandateAt(ctx, found.ID, 0)
}

func (t *Till) mandateAt(ctx context.Context, id string, seq domain.Seq) (*domain.Mandate, error) {
	entries, err := t.Store.Entries(ctx, id, 0, seq, 0)
	if err != nil {
		return nil, err
	}
	return domain.FoldMandate(entries)
}
