package till

import (
	"context"

	"till/domain"
)

// What can be done with a dispute.

// Dispute finds a dispute by id or the beginning of one, with its payment and order.
func (t *Till) Dispute(ctx context.Context, ref string) (Result, error) {
	found, err := t.Resolve(ctx, "dispute", ref)
	if err != nil {
		return Result{}, err
	}
	o, err := t.Store.Order(ctx, found.Order)
	if err != nil {
		return Result{}, err
	}
	p, d := o.ByDispute(domain.DisputeID(found.ID))
	if d == nil {
		return Result{}, domain.Errorf(domain.CodeNotFound, "there is no dispute %q", domain.Inert(ref))
	}
	return Result{Order: o, Payment: p, Dispute: d}, nil
}

// AcceptDispute gives in: the money is lost.
func (t *Till) AcceptDispute(ctx context.Context, in Intent, id domain.DisputeID) (Result, error) {
	return t.onDispute(ctx, in, id, answering{actions: domain.DisputeActions, action: "accept", kind: domain.DisputeAccept})
}

// AddEvidence keeps evidence with the case, to go with the next answer. Nobody is asked. What the case has already
// changes nothing.
func (t *Till) AddEvidence(ctx context.Context, in Intent, id domain.DisputeID, e Evidence) (Result, error) {
	given, err := e.papers()
	if err == nil && len(given.papers) == 0 {
		err = noEvidence()
	}
	if err != nil {
		return Result{}, err
	}
	found, err := t.Dispute(ctx, string(id))
	if err != nil {
		return Result{}, err
	}
	last, err := t.once(ctx, in, deedOf("dispute", "evidence"), "evidence "+string(found.Dispute.ID), given.papers, func(tx domain.Tx, in Intent) ([]domain.Entry, error) {
		o, err := tx.Order(found.Order.ID)
		if err != nil {
			return nil, err
		}
		if err := in.moved(o); err != nil {
			return nil, err
		}
		facts, err := t.mayAnswer(o, in, found.Dispute.ID, answering{actions: domain.DisputeActions, action: "evidence"})
		if err != nil {
			return nil, err
		}
		return in.adds(o, facts.Dispute, given)
	})
	if err != nil {
		return Result{}, err
	}
	o := found.Order
	if last.Seq > 0 {
		if o, err = t.told(ctx, o.ID, last.Seq); err != nil {
			return Result{}, err
		}
	}
	p, d := o.ByDispute(found.Dispute.ID)
	return Result{Order: o, Payment: p, Dispute: d}, nil
}

// SubmitEvidence answers with all that was added and not sent yet, and with what is given. A stage is answered once.
func (t *Till) SubmitEvidence(ctx context.Context, in Intent, id domain.DisputeID, e Evidence) (Result, error) {
	return t.onDispute(ctx, in, id, answering{
		actions: domain.DisputeSending, action: "evidence", kind: domain.DisputeEvidence, evidence: &e,
		check: func(papers []domain.Paper) error {
			if len(papers) == 0 {
				return noEvidence()
			}
			return nil
		},
	})
}

// DeclineDispute stands by the merchant's case against what the other side asks for, with all evidence that was not
// sent yet.
func (t *Till) DeclineDispute(ctx context.Context, in Intent, id domain.DisputeID, e Evidence) (Result, error) {
	return t.onDispute(ctx, in, id, answering{actions: domain.DisputeActions, action: "decline", kind: domain.DisputeDecline, evidence: &e})
}

// WithdrawDispute gives up what the merchant fights for.
func (t *Till) WithdrawDispute(ctx context.Context, in Intent, id domain.DisputeID) (Result, error) {
	return t.onDispute(ctx, in, id, answering{actions: domain.DisputeActions, action: "withdraw", kind: domain.DisputeWithdraw})
}

// FileDispute takes a case to the next stage, with all evidence that was not sent yet. CodeIllegalTransition where that
// is another stage than the given one.
func (t *Till) FileDispute(ctx context.Context, in Intent, id domain.DisputeID, stage string) (Result, error) {
	return t.onDispute(ctx, in, id, answering{
		actions: domain.DisputeActions, action: "file", kind: domain.DisputeFile, stage: stage, evidence: &Evidence{},
	})
}

// DisputeActions tells of every action of a dispute whether it is possible now, and why not.
func (t *Till) DisputeActions(o *domain.Order, p *domain.Payment, d *domain.Dispute) []Choice {
	facts := t.facts(o, p, Intent{})
	facts.Dispute = d
	return choices(domain.DisputeActions, facts)
}

// answering is an answer as somebody wants it given.
type answering struct {
	actions  []domain.Action
	action   string
	kind     domain.OperationKind
	stage    string    // of filing
	evidence *Evidence // what goes with it; nil where nothing does
	check    func(papers []domain.Paper) error
}

// deed is the answer as a deed: to add evidence is one thing, to send it another.
func (a answering) deed() domain.Deed {
	if a.kind == domain.DisputeEvidence {
		return deedOf("dispute", "submit")
	}
	return deedOf("dispute", a.action)
}

// onDispute decides an answer to a case: the machine's guards say whether.
func (t *Till) onDispute(ctx context.Context, in Intent, id domain.DisputeID, a answering) (Result, error) {
	var given bundle
	var err error
	if a.evidence != nil {
		given, err = a.evidence.papers()
	}
	if err != nil {
		return Result{}, err
	}
	found, err := t.Dispute(ctx, string(id))
	if err != nil {
		return Result{}, err
	}
	result, err := t.run(ctx, in, wish{
		order: found.Order.ID, deed: a.deed(), what: string(a.kind) + " " + string(found.Dispute.ID), with: []any{a.stage, given.papers},
		decide: func(_ domain.Tx, o *domain.Order, in Intent) ([]domain.Entry, *domain.Operation, error) {
			facts, err := t.mayAnswer(o, in, found.Dispute.ID, a)
			if err != nil {
				return nil, nil, err
			}
			op := t.operation(a.kind, o, facts.Payment.Opening)
			op.Case, op.Stage, op.Amount = facts.Dispute.ID, a.stage, facts.Amount
			if a.evidence != nil {
				op.Papers = given.with(facts.Dispute)
			}
			if a.check != nil {
				if err := a.check(op.Papers); err != nil {
					return nil, nil, err
				}
			}
			added, err := in.adds(o, facts.Dispute, given)
			return added, op, err
		},
	})
	return t.follow(ctx, in, result, err)
}

// mayAnswer asks whether an action is possible on a case as it stands now.
func (t *Till) mayAnswer(o *domain.Order, in Intent, id domain.DisputeID, a answering) (*domain.Facts, error) {
	p, d := o.ByDispute(id)
	facts := t.facts(o, p, in)
	facts.Dispute, facts.Stage = d, a.stage
	return t.may(a.actions, a.action, facts, nil)
}
