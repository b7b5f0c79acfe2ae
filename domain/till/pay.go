package till

import (
	"context"
	"time"

	"till/domain"
)

// Pay makes one attempt to pay an order. A decline is CodeDeclined with the result beside it; a lost answer
// CodeUnknownOutcome.
func (t *Till) Pay(ctx context.Context, in Intent, wished Payable) (Result, error) {
	wished.Reference, wished.Description = tidy(wished.Reference), tidy(wished.Description)
	source := domain.Source{Type: wished.Method}
	if wished.Card != nil {
		source = wished.Card.Source()
	}
	keep := wished
	keep.Card = nil
	return t.run(ctx, in, wish{
		order: wished.Order, what: "pay", with: struct {
			Payable
			domain.Source
		}{keep, source}, card: wished.Card,
		decide: func(tx domain.Tx, o *domain.Order, in Intent) ([]domain.Entry, *domain.Operation, error) {
			opening, err := t.opening(tx, o, wished, source)
			if err != nil {
				return nil, nil, err
			}
			facts := t.facts(o, nil, in)
			facts.Amount = opening.Amount
			if refusal := domain.FindAction(domain.OrderActions, "pay").Refusal(facts); refusal != nil {
				return nil, nil, refusal
			}
			opened, err := in.entry(domain.KindPaymentOpened, o.ID, string(opening.ID), "", opening)
			op := t.operation(domain.Authorize, o, opening)
			op.Capture, op.Source, op.Reference = opening.Capture, source, wished.Reference
			op.Description = wished.Description
			return []domain.Entry{opened}, op, err
		},
	})
}

// opening is the attempt as it begins: what is paid, with what, through whom.
func (t *Till) opening(tx domain.Tx, o *domain.Order, wished Payable, source domain.Source) (domain.Opening, error) {
	provider, method, err := t.route(wished.Variant, wished.Method)
	if err != nil {
		return domain.Opening{}, err
	}
	opening := domain.Opening{
		ID: domain.PaymentID(t.Env.NewID("pay_")), Amount: wished.Amount, Terms: domain.Terms{
			Variant: t.variantOf(wished.Variant, wished.Method), Provider: provider.Info().Name, Method: method.Name,
			Capture: wished.Capture, Source: source, Single: !method.Can.MultiCapture, Tendered: wished.Tendered,
		},
	}
	if opening.Amount == 0 {
		opening.Amount = o.BalanceDue()
	}
	if opening.Capture == "" {
		opening.Capture = captureOf(o, method)
	}
	fields := map[string]string{}
	if opening.Capture != domain.CaptureAuto && !method.Can.ManualCapture {
		fields["capture"] = "is not possible later with " + method.Name
	}
	if opening.Capture == domain.CaptureMultiple && !method.Can.MultiCapture {
		fields["capture"] = "is possible only once with " + method.Name
	}
	if opening.Tendered != 0 && opening.Tendered < opening.Amount {
		fields["tendered"] = "is less than " + o.Cart.Currency.Format(opening.Amount)
	}
	if method.Name == "card" && source.Last4 == "" {
		fields["source"] = "needs a card"
	}
	if err := domain.Invalid("the payment", fields); err != nil {
		return opening, err
	}
	opening.HumanID, err = t.humanID(tx)
	return opening, err
}

func captureOf(o *domain.Order, method domain.Method) domain.CaptureMode {
	if o.SkipCapture && method.Can.ManualCapture {
		return domain.CaptureManual
	}
	return domain.CaptureAuto
}

func (t *Till) operation(kind domain.OperationKind, o *domain.Order, p domain.Opening) *domain.Operation {
	return &domain.Operation{
		ID: domain.OperationID(t.Env.NewID("op_")), Kind: kind, Order: o.ID, Payment: p.ID,
		Amount: p.Amount, Currency: o.Cart.Currency, Method: p.Method, Variant: p.Variant,
		Source: p.Source, Deadline: t.deadline(p.Variant),
	}
}

// deadline is when a call that begins now counts as lost.
func (t *Till) deadline(variant string) time.Time {
	for _, v := range t.Variants {
		if v.Name == variant {
			return t.Env.Now().Add(v.Timeout).UTC()
		}
	}
	return t.Env.Now().UTC()
}

// Capture takes what is held, or a part of it.
func (t *Till) Capture(ctx context.Context, in Intent, wished Capturing) (Result, error) {
	wished.Reference = tidy(wished.Reference)
	return t.onPayment(ctx, in, wished.Payment, "capture", "capture "+string(wished.Payment), wished, wished.Amount, func(f *domain.Facts, op *domain.Operation) {
		op.Kind = domain.Capture
		op.Final = wished.Final || f.Payment.Single || f.Amount == f.Payment.Sums.Capturable()
		op.Reference = wished.Reference
	})
}

// Void lets go of what is held.
func (t *Till) Void(ctx context.Context, in Intent, id domain.PaymentID, reference string) (Result, error) {
	return t.void(ctx, in, id, "void "+string(id), "", tidy(reference))
}

// void is what a void and the cancelling of a held order have in common; what tells the two apart for a repeat.
func (t *Till) void(ctx context.Context, in Intent, id domain.PaymentID, what, reason, reference string) (Result, error) {
	return t.onPayment(ctx, in, id, "void", what, [2]string{reason, reference}, 0, func(f *domain.Facts, op *domain.Operation) {
		op.Kind, op.Reason, op.Reference = domain.Void, reason, reference
		op.Amount = f.Payment.Sums.Voidable()
	})
}

// Refund gives back what was captured, or a part of it.
func (t *Till) Refund(ctx context.Context, in Intent, wished Refunding) (Result, error) {
	wished.Reason, wished.Reference = tidy(wished.Reason), tidy(wished.Reference)
	return t.onPayment(ctx, in, wished.Payment, "refund", "refund "+string(wished.Payment), wished, wished.Amount, func(_ *domain.Facts, op *domain.Operation) {
		op.Kind, op.Refund = domain.RefundMoney, domain.RefundID(t.Env.NewID("ref_"))
		op.Reason, op.Reference = wished.Reason, wished.Reference
	})
}

// onPayment decides an operation on a payment that there is: the machine's guards say whether. Amount 0 is all;
// what and with are what a repeat must be the same in.
func (t *Till) onPayment(ctx context.Context, in Intent, id domain.PaymentID, action, what string, with any, amount domain.Amount,
	shape func(*domain.Facts, *domain.Operation),
) (Result, error) {
	found, err := t.Resolve(ctx, "payment", string(id))
	if err != nil {
		return Result{}, err
	}
	return t.run(ctx, in, wish{
		order: found.Order, what: what, with: with,
		decide: func(_ domain.Tx, o *domain.Order, in Intent) ([]domain.Entry, *domain.Operation, error) {
			p := o.Payment(domain.PaymentID(found.ID))
			a := domain.FindAction(domain.PaymentActions, action)
			facts := t.facts(o, p, in)
			facts.Amount = amount
			if amount == 0 {
				*facts = a.Usual(*facts)
			}
			if refusal := a.Refusal(facts); refusal != nil {
				return nil, nil, refusal
			}
			op := t.operation("", o, p.Opening)
			op.Amount = facts.Amount
			shape(facts, op)
			return nil, op, nil
		},
	})
}
