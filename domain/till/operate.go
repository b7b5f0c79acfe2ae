package till

import (
	"context"
	"slices"

	"till/domain"
)

// What is asked of the provider about a payment that there is.

// asked is what somebody wants of a payment.
type asked struct {
	payment domain.PaymentID
	action  string
	what    string // what a repeat must be the same in, with what it is asked with; the action where it is empty
	with    any
	amount  func(*domain.Payment) domain.Amount // nil: all that is possible
	lines   []domain.Pieces                     // instead of an amount
	parts   []domain.LinePart                   // the same, of known lines
	shape   func(*domain.Facts, *domain.Operation)
}

// just is an amount as it was given; 0 is all that is possible.
func just(amount domain.Amount) func(*domain.Payment) domain.Amount {
	if amount == 0 {
		return nil
	}
	return func(*domain.Payment) domain.Amount { return amount }
}

// Capture takes what is held, or a part of it.
func (t *Till) Capture(ctx context.Context, in Intent, wished Capturing) (Result, error) {
	wished.Reference = tidy(wished.Reference)
	return t.onPayment(ctx, in, asked{
		payment: wished.Payment, action: "capture", with: wished, amount: just(wished.Amount),
		shape: func(f *domain.Facts, op *domain.Operation) {
			op.Kind = domain.Capture
			op.Final = wished.Final || f.Payment.Single || f.Amount == f.Payment.Sums.Capturable()
			op.Reference = wished.Reference
		},
	})
}

// Void lets go of what is held.
func (t *Till) Void(ctx context.Context, in Intent, id domain.PaymentID, reference string) (Result, error) {
	return t.void(ctx, in, id, "", "", tidy(reference))
}

// void is what a void and the cancelling of a held order have in common; what tells the two apart for a repeat.
func (t *Till) void(ctx context.Context, in Intent, id domain.PaymentID, what, reason, reference string) (Result, error) {
	return t.onPayment(ctx, in, asked{
		payment: id, action: "void", what: what, with: [2]string{reason, reference},
		shape: func(f *domain.Facts, op *domain.Operation) {
			op.Kind, op.Reason, op.Reference = domain.Void, reason, reference
			op.Amount = f.Payment.Sums.Voidable()
		},
	})
}

// Increment has more set aside for the same payment.
func (t *Till) Increment(ctx context.Context, in Intent, wished Incrementing) (Result, error) {
	if (wished.By > 0) == (wished.To > 0) {
		return Result{}, domain.Invalid("the increment", map[string]string{"amount": "say by how much, or to how much"})
	}
	return t.onPayment(ctx, in, asked{
		payment: wished.Payment, action: "increment", with: wished,
		amount: func(p *domain.Payment) domain.Amount {
			if wished.By > 0 {
				return wished.By
			}
			return wished.To - p.Sums.Authorized
		},
		shape: func(f *domain.Facts, op *domain.Operation) {
			op.Kind, op.Total = domain.Increment, f.Payment.Sums.Authorized+f.Amount
		},
	})
}

// Reverse undoes a payment that was captured and is not settled yet, as if it had never been.
func (t *Till) Reverse(ctx context.Context, in Intent, id domain.PaymentID) (Result, error) {
	return t.onPayment(ctx, in, asked{
		payment: id, action: "reverse",
		amount: func(p *domain.Payment) domain.Amount { return p.Sums.Captured },
		shape:  func(_ *domain.Facts, op *domain.Operation) { op.Kind = domain.Reverse },
	})
}

// Refund gives back what was captured, or a part of it.
func (t *Till) Refund(ctx context.Context, in Intent, wished Refunding) (Result, error) {
	wished.Reason, wished.Reference = tidy(wished.Reason), tidy(wished.Reference)
	return t.onPayment(ctx, in, asked{
		payment: wished.Payment, action: "refund", with: wished, amount: just(wished.Amount), lines: wished.Lines, parts: wished.Parts,
		shape: func(f *domain.Facts, op *domain.Operation) {
			op.Rounded = t.roundingBack(f.Order, f.Payment, f.Amount)
			op.Kind, op.Refund = domain.RefundMoney, domain.RefundID(t.Env.NewID("ref_"))
			op.Reason, op.Reference = wished.Reason, wished.Reference
		},
	})
}

// roundingBack is what rounding adds to a refund, in minor units: of cash only.
func (t *Till) roundingBack(o *domain.Order, p *domain.Payment, amount domain.Amount) domain.Amount {
	if p.Method != domain.Cash {
		return 0
	}
	return p.RoundingBack(t.Country, o.Cart.Currency, amount)
}

// onPayment decides an operation on a payment that there is: the machine's guards say whether.
func (t *Till) onPayment(ctx context.Context, in Intent, a asked) (Result, error) {
	found, err := t.Resolve(ctx, "payment", string(a.payment))
	if err != nil {
		return Result{}, err
	}
	if a.what == "" {
		a.what = a.action + " " + string(a.payment)
	}
	result, err := t.run(ctx, in, wish{
		order: found.Order, deed: deedOf("payment", a.action), what: a.what, with: a.with,
		decide: func(_ domain.Tx, o *domain.Order, in Intent) ([]domain.Entry, *domain.Operation, error) {
			p := o.Payment(domain.PaymentID(found.ID))
			parts, err := a.worth(o)
			if err != nil {
				return nil, nil, err
			}
			facts, err := t.may(domain.PaymentActions, a.action, t.facts(o, p, in), a.amount)
			if err != nil {
				return nil, nil, err
			}
			op := t.operation("", o, p.Opening)
			op.Amount, op.Lines = facts.Amount, parts
			a.shape(facts, op)
			return nil, op, t.withinLimits(op)
		},
	})
	return t.follow(ctx, in, result, err)
}

// worth makes an amount of the lines that were asked for.
func (a *asked) worth(o *domain.Order) ([]domain.LinePart, error) {
	if len(a.parts) > 0 {
		return a.judged(o)
	}
	if len(a.lines) == 0 {
		return nil, nil
	}
	parts, sum, err := o.LinesCome(a.lines)
	a.amount = just(sum)
	return parts, err
}

// judged takes pieces of known lines, as long as they are still left and come to the same (CodeInvalid).
func (a *asked) judged(o *domain.Order) ([]domain.LinePart, error) {
	if err := o.PartsLeft(a.parts); err != nil {
		return nil, err
	}
	pieces, sum := make([]int64, len(o.Cart.Lines)), domain.Amount(0)
	for _, part := range a.parts {
		pieces[part.Line] += part.Quantity
	}
	parts := o.PartsOf(pieces)
	for _, part := range parts {
		sum += part.Amount
	}
	a.amount = just(sum)
	if !slices.Equal(parts, a.parts) {
		return nil, domain.Invalid("the refund", map[string]string{"lines": "come to something else by now"})
	}
	return parts, nil
}

// may asks whether an action is possible, with an amount or with all that there is, and gives what was asked about.
func (t *Till) may(of []domain.Action, action string, facts *domain.Facts, amount func(*domain.Payment) domain.Amount) (*domain.Facts, error) {
	a := domain.FindAction(of, action)
	if amount != nil {
		facts.Amount = amount(facts.Payment)
	} else {
		*facts = a.Usual(*facts)
	}
	if refusal := a.Refusal(facts); refusal != nil {
		return nil, refusal
	}
	return facts, nil
}
