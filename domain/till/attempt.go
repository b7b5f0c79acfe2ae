package till

import (
	"context"
	"slices"
	"strings"

	"till/domain"
)

// What can be done with an attempt beside paying: open it, change it, give it up, judge it, come back from the bank.

// OpenPayment makes an attempt before there is a way to pay: the provider is told of it where it wants to be, and
// with form the customer has the form. Pay goes on with it.
func (t *Till) OpenPayment(ctx context.Context, in Intent, order domain.OrderID, amount domain.Amount, variant string, form bool) (Result, error) {
	result, err := t.run(ctx, in, wish{
		order: order, deed: domain.DeedOpen, what: "open", with: []any{order, amount, variant, form},
		decide: func(tx domain.Tx, o *domain.Order, in Intent) ([]domain.Entry, *domain.Operation, error) {
			opening, err := t.bare(tx, o, amount, variant)
			if err != nil {
				return nil, nil, err
			}
			if err := t.mayPay(o, in, opening); err != nil {
				return nil, nil, err
			}
			opened, err := in.entry(domain.KindPaymentOpened, o.ID, string(opening.ID), "", opening)
			if err != nil {
				return nil, nil, err
			}
			entries := []domain.Entry{opened}
			if form {
				shown, err := in.entry(domain.KindPaymentMoved, o.ID, string(opening.ID), "", domain.Move{Event: domain.FormOpened})
				if err != nil {
					return nil, nil, err
				}
				entries = append(entries, shown)
			}
			return entries, t.operation(domain.CreateOrder, o, opening), nil
		},
	})
	return t.follow(ctx, in, result, err)
}

// bare is an attempt without a way to pay.
func (t *Till) bare(tx domain.Tx, o *domain.Order, amount domain.Amount, variant string) (domain.Opening, error) {
	opening := domain.Opening{ID: domain.PaymentID(t.Env.NewID("pay_")), Amount: amount}
	if amount == 0 {
		opening.Amount = o.BalanceDue()
	}
	v, err := t.creator(variant)
	if err != nil {
		return opening, err
	}
	if refusal := v.outside(o.Cart.Currency, opening.Amount); refusal != "" {
		return opening, domain.Invalid("the payment", map[string]string{"amount": refusal})
	}
	opening.Variant, opening.Provider = v.Name, v.Provider.Info().Name
	opening.HumanID, err = t.humanID(tx)
	return opening, err
}

// creator finds the variant that is told of orders before there is a method: the one that is named, or the first.
func (t *Till) creator(variant string) (Variant, error) {
	for _, v := range t.Variants {
		creates := slices.ContainsFunc(v.Provider.Info().Methods, func(m domain.Method) bool { return m.Can.CreateOrder })
		if creates && (variant == "" || v.Name == variant) {
			return v, nil
		}
	}
	return Variant{}, domain.Invalid("the payment", map[string]string{"variant": "has no provider that takes orders before there is a method"})
}

// Complete is the customer coming back from their bank, from a wallet, or paying at the door. At a test gateway the
// result is what they did there (domain.SessionKind.Results); with any gateway the return itself proves nothing,
// and is verified.
func (t *Till) Complete(ctx context.Context, in Intent, id domain.PaymentID, result string) (Result, error) {
	in = t.complete(ctx, in)
	found, err := t.Payment(ctx, string(id))
	if err != nil {
		return Result{}, err
	}
	p := found.Payment
	if err := t.goToBank(ctx, in, found, result); err != nil {
		return Result{}, err
	}
	in.Source = domain.ByCustomer
	outcome, err := t.run(ctx, in, wish{
		order: found.Order.ID, deed: deedOf("payment", "complete"), what: "complete " + string(p.ID), with: result,
		decide: func(_ domain.Tx, o *domain.Order, in Intent) ([]domain.Entry, *domain.Operation, error) {
			p := o.Payment(p.ID)
			op := t.operation(domain.VerifyRedirect, o, p.Opening)
			if session := p.Session(); session != nil {
				op.Session = session.ID
			}
			if row, _ := domain.PaymentMachine.Next(p.State, domain.Returned, &domain.Facts{Order: o, Payment: p}); row == nil {
				return nil, op, nil // they paid at the door, or it was told already what they did
			}
			returned, err := t.moved(in, o, p, domain.Move{Event: domain.Returned})
			return returned, op, err
		},
	})
	outcome, err = t.follow(ctx, in, outcome, err)
	if err != nil || outcome.Payment == nil {
		return outcome, err
	}
	return outcome, outcome.Payment.Ended()
}

// goToBank has the customer do what they do elsewhere, unless they have: only where all that is asked before the return
// is journalled holds already.
func (t *Till) goToBank(ctx context.Context, in Intent, found Result, result string) error {
	used, err := t.usedKey(ctx, in.Key)
	if used || err != nil {
		return err
	}
	if err := t.Allows(ctx, in, deedOf("payment", "complete")); err != nil {
		return err
	}
	if err := in.moved(found.Order); err != nil {
		return err
	}
	if _, err := t.may(domain.PaymentActions, "complete", t.facts(found.Order, found.Payment, in), nil); err != nil {
		return err
	}
	return t.atBank(ctx, found.Payment, result)
}

// atBank does at a test gateway what the customer does there.
func (t *Till) atBank(ctx context.Context, p *domain.Payment, result string) error {
	if t.Bank == nil {
		return nil
	}
	if session := p.Session(); session != nil && !slices.Contains(session.Kind.Results(), result) {
		return domain.Invalid("the command", map[string]string{"result": "must be one of " + listed(session.Kind.Results())})
	}
	return t.Bank.Customer(ctx, p.ID, result)
}

func listed(names []string) string { return strings.Join(names, ", ") }

func (t *Till) usedKey(ctx context.Context, key string) (used bool, err error) {
	_, err = t.update(ctx, func(tx domain.Tx) ([]domain.Entry, error) {
		_, used, err = tx.Used(key)
		return nil, err
	})
	return used, err
}

// CancelPayment gives up an attempt that is on the customer's side; of a group it gives up the whole.
func (t *Till) CancelPayment(ctx context.Context, in Intent, id domain.PaymentID) (Result, error) {
	return t.moving(ctx, in, id, "cancel", nil, func(tx domain.Tx, o *domain.Order, p *domain.Payment, in Intent) ([]domain.Entry, error) {
		if p.Group == "" {
			return t.moved(in, o, p, domain.Move{Event: domain.CancelAttempt})
		}
		members, err := t.members(tx, p.Group)
		if err != nil {
			return nil, err
		}
		return t.fall(in, members)
	})
}

// RetryPayment sends a payment again now that waits to be tried again (P25).
func (t *Till) RetryPayment(ctx context.Context, in Intent, id domain.PaymentID) (Result, error) {
	return t.onPayment(ctx, in, asked{
		payment: id, action: "retry",
		shape: func(f *domain.Facts, op *domain.Operation) {
			*op = *t.charge(f.Order, f.Payment.Opening)
			f.Payment.FollowUp(op)
		},
	})
}

// Judge says what somebody who looked for fraud thinks of a payment (system 0). It never changes the status: it says
// whether the money may be captured.
func (t *Till) Judge(ctx context.Context, in Intent, id domain.PaymentID, verdict domain.Screening) (Result, error) {
	verdict.Message = tidy(verdict.Message)
	verdicts := []string{domain.FraudAccept, domain.FraudReject, domain.FraudReview}
	if !slices.Contains(verdicts, verdict.Status) {
		return Result{}, domain.Invalid("the command", map[string]string{"verdict": "must be one of " + listed(verdicts)})
	}
	return t.moving(ctx, in, id, "fraud", verdict, func(_ domain.Tx, o *domain.Order, p *domain.Payment, in Intent) ([]domain.Entry, error) {
		return t.moved(in, o, p, domain.Move{Event: domain.Judge, Fraud: verdict})
	})
}

func (t *Till) moved(in Intent, o *domain.Order, p *domain.Payment, move domain.Move) ([]domain.Entry, error) {
	e, err := in.entry(domain.KindPaymentMoved, o.ID, string(p.ID), "", move)
	return []domain.Entry{e}, err
}

// moving decides what no provider is asked about, in one commit.
func (t *Till) moving(ctx context.Context, in Intent, id domain.PaymentID, action string, with any,
	decide func(domain.Tx, *domain.Order, *domain.Payment, Intent) ([]domain.Entry, error),
) (Result, error) {
	found, err := t.Resolve(ctx, "payment", string(id))
	if err != nil {
		return Result{}, err
	}
	last, err := t.once(ctx, in, deedOf("payment", action), action+" "+found.ID, with, func(tx domain.Tx, in Intent) ([]domain.Entry, error) {
		o, err := tx.Order(found.Order)
		if err != nil {
			return nil, err
		}
		if err := in.moved(o); err != nil {
			return nil, err
		}
		p := o.Payment(domain.PaymentID(found.ID))
		if _, err := t.may(domain.PaymentActions, action, t.facts(o, p, in), nil); err != nil {
			return nil, err
		}
		return decide(tx, o, p, in)
	})
	if err != nil {
		return Result{}, err
	}
	o, err := t.told(ctx, found.Order, last.Seq)
	if err != nil {
		return Result{}, err
	}
	return t.follow(ctx, in, Result{Order: o, Payment: o.Payment(domain.PaymentID(found.ID))}, nil)
}
