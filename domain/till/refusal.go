package till

import (
	"context"

	"till/domain"
)

// Refusal is that whoever is at the till may not do a deed (CodeForbidden). Nothing was done then, and nothing sent.
type Refusal struct {
	Roles []domain.Role // who could do it; none: it is about who has signed in
	Alone bool          // none of those can stand by for it: the journal does not tell it
	Of    *Badge        // who has to sign in again, where it is about that; nil: nobody has signed in

	why *domain.Error
}

// Error is the sentence.
func (r *Refusal) Error() string { return r.why.Error() }

// Unwrap gives it with its code and its hint.
func (r *Refusal) Unwrap() error { return r.why }

// Words are the sentence with who could do it: "a clerk may not void a payment; a manager or a trainer can".
func (r *Refusal) Words() string {
	if len(r.Roles) == 0 {
		return r.why.Message
	}
	return r.why.Message + "; " + domain.AnyOf(r.Roles) + " can"
}

// refused is why somebody may not, with who could stand by.
func (t *Till) refused(duty *domain.Duty, why *domain.Error) *Refusal {
	r := &Refusal{why: why, Roles: duty.InFull(t.real())}
	if why.Hint == "" {
		why.Hint = domain.AnyOf(r.Roles) + " can allow it, with their name and PIN: --override NAME"
	}
	return r
}

// alone says with why somebody may not that nobody can stand by either.
func (t *Till) alone(duty *domain.Duty, why *domain.Error) *domain.Error {
	return why.WithHint("%s must sign in: nobody can stand by for it", domain.AnyOf(duty.InFull(t.real())))
}

// Refuses says why the role of whoever is at the till is not enough for a deed; nil where it is, or where nobody has signed
// in. It asks nobody: a screen says so before anything is tried, and whether they still may at all is said then.
func (t *Till) Refuses(deed domain.Deed) *Refusal {
	who, duty := t.Present(), domain.DutyOf(deed)
	if who == nil || duty == nil || duty.Allows(who.role, t.real()) {
		return nil
	}
	why := mayNot(who.role, duty)
	if duty.Untold {
		why = t.alone(duty, why)
	}
	r := t.refused(duty, why)
	r.Alone = duty.Untold
	return r
}

type standingBy struct{}

// StandBy gives a context for deeds that somebody stands by for, where whoever is at the till may not do them alone. An
// Intent's own Override comes before it.
func StandBy(ctx context.Context, b *Badge) context.Context {
	return context.WithValue(ctx, standingBy{}, b)
}

func (in Intent) standingBy(ctx context.Context) Intent {
	if b, there := ctx.Value(standingBy{}).(*Badge); there && in.Override == nil {
		in.Override = b
	}
	return in
}
