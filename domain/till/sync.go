package till

import (
	"context"
	"errors"

	"till/domain"
)

// Sync asks the provider what it has on record for a payment and books what is new. While the end of an
// operation stays open it answers CodeUnknownOutcome.
func (t *Till) Sync(ctx context.Context, in Intent, id domain.PaymentID) (Result, error) {
	result, err := t.sync(ctx, in, id, "")
	return t.follow(ctx, in, result, err)
}

// sync asks and books; an operation that is about to be sent again is not given up as never seen.
func (t *Till) sync(ctx context.Context, in Intent, id domain.PaymentID, keep domain.OperationID) (Result, error) {
	in = t.complete(ctx, in)
	found, err := t.Resolve(ctx, "payment", string(id))
	if err != nil {
		return Result{}, err
	}
	o, err := t.Store.Order(ctx, found.Order)
	if err != nil {
		return Result{}, err
	}
	if err := in.moved(o); err != nil {
		return Result{}, err
	}
	p := o.Payment(domain.PaymentID(found.ID))
	if refusal := domain.FindAction(domain.PaymentActions, "sync").Refusal(t.facts(o, p, in)); refusal != nil {
		return Result{}, refusal
	}
	outcome, err := t.ask(ctx, *t.operation(domain.Sync, o, p.Opening), "till payment sync "+string(p.ID))
	if err != nil {
		return Result{Order: o, Payment: p}, err
	}
	in.Source = domain.BySync
	if _, err := t.update(context.WithoutCancel(ctx), func(tx domain.Tx) ([]domain.Entry, error) {
		return t.learn(tx, in, p, outcome, keep)
	}); err != nil {
		return Result{}, err
	}
	return t.afterSync(ctx, o.ID, p.ID)
}

// ask asks what is on record about what an operation is about; again is the command for that. A sync is no intent of
// anybody's, so it is journalled by what it tells, and its key is its own id.
func (t *Till) ask(ctx context.Context, op domain.Operation, again string) (domain.Outcome, error) {
	op.Kind, op.Key = domain.Sync, string(op.ID)
	outcome, err := t.do(ctx, &op)
	if err != nil {
		return outcome, err
	}
	if outcome.Status == domain.Succeeded || outcome.Status == domain.NotFound {
		return outcome, nil
	}
	return outcome, domain.Errorf(domain.CodeUnknownOutcome, "%s did not tell", op.Variant).
		Because(errors.New(domain.Inert(outcome.Summary))).WithHint("ask again with: %s", again)
}

// learn is what a sync told, as entries: new facts, then the operations that the provider has never seen. What
// tells nothing new is no entry.
func (t *Till) learn(tx domain.Tx, in Intent, asked *domain.Payment, outcome domain.Outcome, keep domain.OperationID) ([]domain.Entry, error) {
	o, err := tx.Order(asked.Order)
	if err != nil {
		return nil, err
	}
	p := o.Payment(asked.ID)
	seen := map[string]bool{}
	for _, f := range outcome.Facts {
		seen[f.Key] = true
	}
	entries, err := t.reported(tx, in, p, "", outcome.Facts, outcome.Wire)
	if err != nil {
		return nil, err
	}
	for _, op := range p.Operations {
		if seen[op.Key] || op.ID == keep {
			continue
		}
		for _, status := range op.Unseen(t.Env.Now()) {
			e, err := in.entry(domain.KindOperationAnswered, o.ID, string(p.ID), "", domain.Answer{
				Operation: op.ID, Outcome: domain.Outcome{Status: status, Summary: "the provider has not seen it"},
			})
			if err != nil {
				return nil, err
			}
			entries = append(entries, e)
		}
	}
	return entries, nil
}

func (t *Till) afterSync(ctx context.Context, order domain.OrderID, payment domain.PaymentID) (Result, error) {
	o, err := t.Store.Order(ctx, order)
	if err != nil {
		return Result{}, err
	}
	r := Result{Order: o, Payment: o.Payment(payment)}
	if r.Operation = r.Payment.Open(); r.Operation != nil {
		return r, r.Operation.StillOpen(t.Env.Now())
	}
	return r, nil
}
