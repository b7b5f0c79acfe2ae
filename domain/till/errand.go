package till

import (
	"context"
	"errors"
	"slices"

	"till/domain"
)

// The road of what is asked of a provider about something that is no order: a kept source or a mandate. It is that of
// a payment (road.go), in a stream without money.

// errand is such a call as somebody asked for it, before it is decided.
type errand struct {
	what   string // command and subject, part of the fingerprint
	with   any    // its arguments, the rest of the fingerprint
	card   *domain.Card
	decide func(tx domain.Tx, in Intent) ([]domain.Entry, *domain.Operation, error)
	then   func(tx domain.Tx, in Intent, op *domain.Operation, outcome domain.Outcome) ([]domain.Entry, error) // what follows from a success
}

// runErrand takes an errand down the road and gives where the operation lies and how it stands: the stream and the entry
// up to which it is to be told. A repeat of the key is answered what the first was told; if the first has no answer
// yet, it is sent again while its provider knows the key.
func (t *Till) runErrand(ctx context.Context, in Intent, e errand) (stream string, upTo domain.Seq, err error) {
	in = t.complete(in)
	ask, err := fingerprint(in.Key, e.what, e.with)
	if err != nil {
		return "", 0, err
	}
	var op *domain.Operation
	var before *domain.Entry
	_, err = t.Store.Update(ctx, func(tx domain.Tx) ([]domain.Entry, error) {
		var err error
		if before, err = repeated(tx, in.Key, ask); before != nil || err != nil {
			return nil, err
		}
		var entries []domain.Entry
		if entries, op, err = e.decide(tx, in); err != nil {
			return nil, err
		}
		op.Key, op.Ask = in.Key, ask
		asked, err := in.told(domain.KindOperationRequested, streamOf(op), op.Key, op)
		return append(entries, asked), err
	})
	if err != nil {
		return "", 0, err
	}
	if before != nil {
		if op, upTo, err = t.askedAgain(ctx, in, e, *before); op == nil || err != nil {
			return before.Stream, upTo, err
		}
	}
	op.Card = e.card
	return streamOf(op), 0, t.carry(ctx, in, e, op)
}

// streamOf is the life that a call without a payment is part of.
func streamOf(op *domain.Operation) string {
	if op.Mandate != "" {
		return string(op.Mandate)
	}
	return op.Source.ID
}

// callsIn gives the operations of a stream without an order.
func callsIn(tx domain.Tx, stream string) ([]*domain.Operation, error) {
	if isMandate(stream) {
		m, err := tx.Mandate(domain.MandateID(stream))
		if err != nil {
			return nil, err
		}
		return m.Operations, nil
	}
	k, err := tx.Source(stream)
	if err != nil {
		return nil, err
	}
	return k.Operations, nil
}

// askedAgain is the operation that a repeat sends once more; nil where there is nothing to send, and then the entry
// up to which the repeat is told.
func (t *Till) askedAgain(ctx context.Context, in Intent, e errand, first domain.Entry) (op *domain.Operation, upTo domain.Seq, err error) {
	_, err = t.Store.Update(ctx, func(tx domain.Tx) ([]domain.Entry, error) {
		calls, err := callsIn(tx, first.Stream)
		if err != nil {
			return nil, err
		}
		found := *calls[slices.IndexFunc(calls, func(op *domain.Operation) bool { return op.Key == in.Key })]
		if !found.InFlight() {
			upTo = found.EndedBy
			return nil, nil
		}
		_, method, err := t.route(found.Variant, found.Method)
		if err != nil {
			return nil, err
		}
		if !domain.MayResend(&domain.Facts{Can: method.Can, Now: t.Env.Now()}, &found) || found.NeedsCard() && e.card == nil {
			return nil, nil
		}
		found.Deadline = t.deadline(found.Variant)
		op = &found
		again, err := in.told(domain.KindOperationRequested, first.Stream, "", found)
		return []domain.Entry{again}, err
	})
	return op, upTo, err
}

// carry asks the provider, with no transaction open, and books what came of it, unless that is told already.
func (t *Till) carry(ctx context.Context, in Intent, e errand, op *domain.Operation) error {
	provider, _, err := t.route(op.Variant, op.Method)
	if err != nil {
		return err
	}
	outcome, err := provider.Do(ctx, *op)
	if err != nil {
		outcome = domain.Outcome{Status: domain.Unknown, Summary: tidy(err.Error()), Wire: outcome.Wire}
	}
	in.Source = domain.ByReply
	_, err = t.Store.Update(context.WithoutCancel(ctx), func(tx domain.Tx) ([]domain.Entry, error) {
		calls, err := callsIn(tx, streamOf(op))
		if err != nil {
			return nil, err
		}
		now := calls[slices.IndexFunc(calls, func(o *domain.Operation) bool { return o.ID == op.ID })]
		if !now.InFlight() || now.Heard(outcome.Status) {
			return nil, nil
		}
		answered, err := in.told(domain.KindOperationAnswered, streamOf(op), "", domain.Answer{Operation: op.ID, Outcome: outcome})
		if err != nil {
			return nil, err
		}
		if wire := outcome.Wire; !wire.Empty() {
			wire.Operation = op.ID
			answered.Brings.Wire = &wire
		}
		entries := []domain.Entry{answered}
		if outcome.Status == domain.Succeeded {
			more, err := e.then(tx, in, op, outcome)
			return append(entries, more...), err
		}
		return entries, nil
	})
	return err
}

// ended is the error that the end of an errand stands for.
func ended(op *domain.Operation) error {
	err := op.Err()
	if e, ok := errors.AsType[*domain.Error](err); ok && e.Code == domain.CodeUnknownOutcome {
		return e.WithHint("repeat the command with --idempotency-key %s, which does nothing twice", op.Key)
	}
	return err
}

// keeps finds the method of a variant that keeps sources and charges them again; variant "" is the first that has one.
func (t *Till) keeps(variant string) (string, domain.Method, error) {
	for _, v := range t.Variants {
		for _, m := range v.Provider.Info().Methods {
			if m.Can.Recurring && (variant == "" || v.Name == variant) {
				return v.Name, m, nil
			}
		}
	}
	return "", domain.Method{}, domain.Invalid("the command", map[string]string{"variant": "has no method that keeps sources"})
}
