package till

import (
	"context"

	"till/domain"
)

// CancelRefund stops a refund that is on its way.
func (t *Till) CancelRefund(ctx context.Context, in Intent, id domain.RefundID) (Result, error) {
	return t.onRefund(ctx, in, id, "cancel", func(_ *domain.Order, _ *domain.Refund, op *domain.Operation) error {
		op.Kind = domain.RefundCancel
		return nil
	})
}

// RetryRefund makes a refund that failed once more: a new one, linked to the old (Rf14).
func (t *Till) RetryRefund(ctx context.Context, in Intent, id domain.RefundID) (Result, error) {
	return t.onRefund(ctx, in, id, "retry", func(o *domain.Order, r *domain.Refund, op *domain.Operation) error {
		op.Kind, op.Refund, op.Instead = domain.RefundMoney, domain.RefundID(t.Env.NewID("ref_")), r.ID
		op.Reason, op.Reference, op.Lines = r.Reason, r.Reference, r.Lines
		op.Rounded = t.roundingBack(o, o.Payment(r.Payment), r.Amount)
		return o.PartsLeft(r.Lines)
	})
}

func (t *Till) onRefund(ctx context.Context, in Intent, id domain.RefundID, action string, shape func(*domain.Order, *domain.Refund, *domain.Operation) error) (Result, error) {
	found, err := t.RefundOf(ctx, string(id))
	if err != nil {
		return Result{}, err
	}
	result, err := t.run(ctx, in, wish{
		order: found.Order.ID, deed: deedOf("refund", action), what: action + " refund " + string(found.Refund.ID),
		decide: func(_ domain.Tx, o *domain.Order, in Intent) ([]domain.Entry, *domain.Operation, error) {
			p := o.Payment(found.Payment.ID)
			facts := t.facts(o, p, in)
			facts.Refund = p.Refund(found.Refund.ID)
			facts, err := t.may(domain.RefundActions, action, facts, nil)
			if err != nil {
				return nil, nil, err
			}
			op := t.operation("", o, p.Opening)
			op.Refund, op.Amount = facts.Refund.ID, facts.Amount
			return nil, op, shape(o, facts.Refund, op)
		},
	})
	return t.follow(ctx, in, result, err)
}

// RefundActions tells of every action of a refund whether it is possible now, and why not.
func (t *Till) RefundActions(o *domain.Order, p *domain.Payment, r *domain.Refund) []Choice {
	facts := t.facts(o, p, Intent{})
	facts.Refund = r
	return choices(domain.RefundActions, facts)
}
