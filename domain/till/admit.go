package till

import (
	"context"
	"slices"

	"till/domain"
)

// Who may do what. Every road of the use cases comes through here, inside the transaction in which it is decided.

// roster is where operators are looked up: a transaction, or what was read of it.
type roster interface {
	Operator(id domain.OperatorID) (*domain.Operator, error)
	Operators() ([]*domain.Operator, error)
}

// admit says who does a deed, and refuses those who may not (CodeForbidden). Where nobody is set up everybody may do
// everything.
func (t *Till) admit(from roster, in Intent, deed domain.Deed) (Intent, error) {
	duty := domain.DutyOf(deed)
	if duty == nil {
		return in, domain.Errorf(domain.CodeInternal, "nobody has said who may do %q", deed)
	}
	who := t.Present()
	if who == nil {
		all, err := from.Operators()
		if err == nil && len(all) > 0 {
			err = nobody()
		}
		return in, err
	}
	role, err := stillGood(from, who)
	if err != nil {
		return in, err
	}
	in.Actor, in.role = who.name, role
	if duty.Allows(role, t.real()) {
		return in, nil
	}
	if duty.Untold {
		return in, t.alone(duty, mayNot(role, duty))
	}
	return t.overridden(from, in, duty, mayNot(role, duty))
}

func mayNot(role domain.Role, duty *domain.Duty) *domain.Error {
	return domain.Errorf(domain.CodeForbidden, "a %s may not %s", role, duty.Does)
}

// withinLimit refuses a clerk who would give back more of an order than the limit, all its refunds together: many small
// ones are a big one.
func (t *Till) withinLimit(from roster, in Intent, deed domain.Deed, o *domain.Order, op *domain.Operation) (Intent, error) {
	duty := domain.DutyOf(deed)
	if op.Kind != domain.RefundMoney || !duty.Limits(in.role) {
		return in, nil
	}
	sum := op.Amount
	for _, p := range o.Payments {
		sum += p.Sums.Returned() + p.Sums.RefundPending
	}
	c := o.Cart.Currency
	if c == t.Currency && sum <= t.RefundLimit {
		return in, nil
	}
	return t.overridden(from, in, duty, domain.Errorf(domain.CodeForbidden, "a %s may give back up to %s of an order, and this makes it %s",
		in.role, t.Currency.Display(t.RefundLimit), c.Display(sum)))
}

// overridden admits what somebody else who may do it stands by for; else it is the refusal.
func (t *Till) overridden(from roster, in Intent, duty *domain.Duty, refusal *domain.Error) (Intent, error) {
	by := in.Override
	if by == nil {
		return in, t.refused(duty, refusal)
	}
	role, err := stillGood(from, by)
	if err != nil {
		return in, err
	}
	if could := duty.InFull(t.real()); !slices.Contains(could, role) {
		return in, t.refused(duty, refusal.WithHint("%s is a %s and cannot allow it: ask %s", by.name, role, domain.AnyOf(could)))
	}
	in.overrider = by.name
	return in, nil
}

func nobody() error {
	return &Refusal{why: domain.Errorf(domain.CodeForbidden, "nobody has signed in").
		WithHint("say who you are: --operator NAME, and give the PIN when it is asked for")}
}

// stillGood gives the role of whoever has a badge, as it is now.
func stillGood(from roster, b *Badge) (domain.Role, error) {
	o, err := from.Operator(b.id)
	if err != nil {
		return "", err
	}
	if !o.IsActive() || o.PINIn != b.pin {
		return "", &Refusal{Of: b, why: domain.Errorf(domain.CodeForbidden, "%s has to sign in again", b.name).
			WithHint("their PIN was changed, or they work here no more")}
	}
	return o.Role, nil
}

// real tells whether any of the money is.
func (t *Till) real() bool {
	return t.Live || slices.ContainsFunc(t.Variants, func(v Variant) bool { return v.Provider.Info().Live })
}

// Allows says whether whoever is at the till may do a deed (nil), or why not (CodeForbidden). It changes nothing: it is asked
// before a deed comes to its own transaction, if it has one. What a limit has to say of an amount is said when it is tried.
func (t *Till) Allows(ctx context.Context, in Intent, deed domain.Deed) error {
	all, err := t.Store.Operators(ctx)
	if err == nil {
		_, err = t.admit(staff(all), in.standingBy(ctx), deed)
	}
	return err
}

// staff is a roster that was read.
type staff []*domain.Operator

// Operators gives all of them.
func (s staff) Operators() ([]*domain.Operator, error) { return s, nil }

// Operator finds one.
func (s staff) Operator(id domain.OperatorID) (*domain.Operator, error) {
	for _, o := range s {
		if o.ID == id {
			return o, nil
		}
	}
	return nil, domain.Errorf(domain.CodeNotFound, "there is no operator %s", id)
}

// deedOf is an action as a deed.
func deedOf(what, action string) domain.Deed {
	return domain.Deed(what + " " + action)
}
