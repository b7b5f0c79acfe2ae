package till

import (
	"context"
	"crypto/sha256"
	"strings"
	"unicode"
	"unicode/utf8"

	"till/domain"
)

// longestName is how many letters an operator's name has at most.
const longestName = 40

// Operators gives everybody who was ever set up to work at the till, in the order in which they were; none where
// everybody may do everything.
func (t *Till) Operators(ctx context.Context) ([]*domain.Operator, error) {
	return t.Store.Operators(ctx)
}

// OperatorCalled finds somebody by name, in any case of letters (CodeNotFound).
func (t *Till) OperatorCalled(ctx context.Context, name string) (*domain.Operator, error) {
	all, err := t.Store.Operators(ctx)
	if err != nil {
		return nil, err
	}
	return operatorNamed(all, name)
}

func operatorNamed(all []*domain.Operator, name string) (*domain.Operator, error) {
	if o := domain.OperatorNamed(all, name); o != nil {
		return o, nil
	}
	return nil, domain.Errorf(domain.CodeNotFound, "there is no operator %q", tidy(name)).WithHint("see: till operator list")
}

// AddOperator sets somebody up, or somebody who was disabled once more, with a role and a PIN of their own. The first must
// be a manager (CodeInvalid): nobody else could add another. Their name stands in the journal for good.
func (t *Till) AddOperator(ctx context.Context, in Intent, name string, role domain.Role, pin domain.Secret) (*domain.Operator, error) {
	name = tidy(name)
	if err := nameProblem(name); err != nil {
		return nil, err
	}
	if _, err := domain.ParseRole(string(role)); err != nil {
		return nil, err
	}
	all, err := t.Store.Operators(ctx)
	if err != nil {
		return nil, err
	}
	kept, err := t.keptPIN(pin, len(all) == 0)
	if err != nil {
		return nil, err
	}
	adding := domain.OperatorAdding{Name: name, Role: role}
	return t.onOperator(ctx, in, domain.DeedOperators, "operator add", adding, func(tx domain.Tx, in Intent) (domain.Entry, error) {
		all, err := tx.Operators()
		if err != nil {
			return domain.Entry{}, err
		}
		if len(all) == 0 && role != domain.Manager {
			return domain.Entry{}, domain.Invalid("the operator", map[string]string{"role": "must be manager for the first one: nobody else could add another"})
		}
		id := domain.OperatorID("")
		if o := domain.OperatorNamed(all, name); o == nil {
			id = domain.OperatorID(t.Env.NewID("opr_"))
		} else if err := o.Refuses("add", all); err != nil {
			return domain.Entry{}, err
		} else {
			id, adding.Name = o.ID, o.Name
		}
		return in.keeps(domain.KindOperatorAdded, id, adding, kept)
	})
}

// nameProblem says what is wrong with an operator's name (CodeInvalid).
func nameProblem(name string) error {
	sentence := ""
	switch {
	case !strings.ContainsFunc(name, unicode.IsLetter):
		sentence = "needs a letter"
	case utf8.RuneCountInString(name) > longestName:
		sentence = "is too long: the journal tells it with everything that they do"
	case strings.EqualFold(name, "clock") || strings.EqualFold(name, "till"):
		sentence = "is what the journal calls the till itself"
	default:
		return nil
	}
	return domain.Invalid("the operator", map[string]string{"name": sentence})
}

// SetPIN gives somebody another PIN: their own, or by a manager. Whoever has signed in with the one before must sign in
// again, but for the one who changes their own.
func (t *Till) SetPIN(ctx context.Context, in Intent, name string, pin domain.Secret) (*domain.Operator, error) {
	kept, err := t.keptPIN(pin, false)
	if err != nil {
		return nil, err
	}
	deed, who := domain.DeedOperators, t.Present()
	if who != nil && strings.EqualFold(who.name, strings.TrimSpace(name)) {
		deed = domain.DeedOwnPIN
	}
	o, err := t.onOperator(ctx, in, deed, "operator pin "+strings.ToLower(name), nil, func(tx domain.Tx, in Intent) (domain.Entry, error) {
		o, err := operatorFor(tx, name, "pin")
		if err == nil && deed == domain.DeedOwnPIN && o.Name != in.Actor { // whoever began this has left meanwhile
			err = nobody()
		}
		if err != nil {
			return domain.Entry{}, err
		}
		return in.keeps(domain.KindOperatorPINSet, o.ID, struct{}{}, kept)
	})
	if err == nil && deed == domain.DeedOwnPIN {
		t.present.CompareAndSwap(who, &Badge{o.ID, o.Name, o.Role, o.PINIn})
	}
	return o, err
}

// DisableOperator lets somebody sign in no more. The last manager stays (CodeIllegalTransition): nobody could add another.
func (t *Till) DisableOperator(ctx context.Context, in Intent, name string) (*domain.Operator, error) {
	return t.onOperator(ctx, in, domain.DeedOperators, "operator disable "+strings.ToLower(name), nil, func(tx domain.Tx, in Intent) (domain.Entry, error) {
		o, err := operatorFor(tx, name, "disable")
		if err != nil {
			return domain.Entry{}, err
		}
		return in.keeps(domain.KindOperatorDisabled, o.ID, struct{}{}, "")
	})
}

func operatorFor(tx domain.Tx, name, action string) (*domain.Operator, error) {
	all, err := tx.Operators()
	if err != nil {
		return nil, err
	}
	o, err := operatorNamed(all, name)
	if err != nil {
		return nil, err
	}
	return o, o.Refuses(action, all)
}

// keptPIN makes what the cabinet keeps of a PIN (CodeInvalid where it is none). The pepper is made with the first.
func (t *Till) keptPIN(pin domain.Secret, first bool) (string, error) {
	if err := CheckPIN(pin); err != nil {
		return "", err
	}
	pepper, err := t.pepper(first)
	if err != nil {
		return "", err
	}
	salt := sha256.Sum256([]byte(t.Env.NewID("salt_")))
	return hashPIN(pepper, salt[:pinSalt], pin), nil
}

// keeps is an entry of an operator that brings what is kept of their PIN; "" takes that away.
func (in Intent) keeps(kind domain.Kind, id domain.OperatorID, body any, pin string) (domain.Entry, error) {
	e, err := in.told(kind, string(id), "", body)
	e.Brings.PIN = &domain.KeptPIN{Operator: id, Hash: pin}
	return e, err
}

// onOperator decides one entry about an operator, and gives them as they are after it.
func (t *Till) onOperator(ctx context.Context, in Intent, deed domain.Deed, what string, with any, decide func(domain.Tx, Intent) (domain.Entry, error)) (*domain.Operator, error) {
	e, err := t.once(ctx, in, deed, what, with, func(tx domain.Tx, in Intent) ([]domain.Entry, error) {
		e, err := decide(tx, in)
		return []domain.Entry{e}, err
	})
	if err != nil {
		return nil, err
	}
	entries, err := t.Store.Entries(ctx, e.Stream, 0, e.Seq, 0)
	if err != nil {
		return nil, err
	}
	return domain.FoldOperator(entries)
}
