package tui

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// What is done about who works here.

// operatorSheet is a sheet with what was typed about somebody. A PIN in it is gone once the sheet was sent or left.
type operatorSheet struct {
	sheet
	name, role  string
	pin, again  string
	first, once *pinField
}

// withPIN gives the sheet its fields, and behind them a PIN that is typed twice.
func (f *operatorSheet) withPIN(d *Desk, fields ...field) {
	f.first, f.once = newPIN(d, "pin", "PIN", &f.pin), newPIN(d, "again", "once more", &f.again)
	f.first.Validate(func(text string) error {
		err := till.CheckPIN(domain.NewSecret(text))
		if e, ok := errors.AsType[*domain.Error](err); ok {
			return errors.New(e.Fields["pin"])
		}
		return err
	})
	f.once.Validate(func(text string) error {
		if text != f.pin {
			return errors.New("not the same as before")
		}
		return nil
	})
	f.form = newForm(d, append(fields, f.first, f.once)...)
}

func (f *operatorSheet) wipe() {
	f.first.set("")
	f.once.set("")
}

// have has something done about somebody; the PIN is taken out of the sheet for it.
func (s *operators) have(f *operatorSheet, do func(context.Context, *till.Till, domain.Secret) (*domain.Operator, error), said string) tea.Cmd {
	pin := domain.NewSecret(f.pin)
	f.busy = true
	f.wipe()
	return asking(s.desk, func(ctx context.Context, t *till.Till) (*domain.Operator, error) {
		return do(ctx, t, pin)
	}, func(o *domain.Operator, err error) tea.Cmd {
		f.busy = false
		if err != nil {
			f.refuse(err)
			return nil
		}
		f.close()
		if f == s.adding {
			s.adding = nil
		}
		s.desk.Say("%s %s", o.Name, said)
		return tea.Batch(s.read(), s.desk.app.readStaff())
	})
}

func (s *operators) intent() till.Intent { return till.Intent{Key: s.desk.Till.Env.NewID("key_")} }

// askAdd sets somebody up. The first is a manager: nobody else could add another.
func (s *operators) askAdd() tea.Cmd {
	if s.adding == nil {
		s.adding = s.newAdding()
	}
	f := s.adding
	note := "with a name, a role and a PIN of 4 to 12 digits, best 6, that only they know."
	if len(s.all) == 0 {
		note = "a manager. from now on everybody signs in: you too, in a moment. without the PIN nobody gets in."
	}
	return s.desk.Ask(&Dialog{
		Question: func(domain.Amount) string { return "who works here?" },
		Note:     note, Yes: "set up", No: "not now", Deed: domain.DeedOperators, Sheet: &f.sheet, Leave: leaves(f),
	})
}

// leaves wipes the PIN of a sheet that is left; the rest of what was typed stays.
func leaves(f *operatorSheet) func() tea.Cmd {
	return func() tea.Cmd {
		f.wipe()
		return nil
	}
}

func (s *operators) newAdding() *operatorSheet {
	f := &operatorSheet{sheet: sheet{desk: s.desk}, role: string(domain.Manager)}
	name := newText(s.desk, "name", "name", false, &f.name)
	name.CharLimit(40)
	name.Validate(func(text string) error {
		if isDigits(text) || text == "" {
			return errors.New("say what they are called")
		}
		return nil
	})
	fields := []field{name}
	if len(s.all) > 0 {
		f.role = string(domain.Clerk)
		var roles []option
		for _, r := range domain.Roles() {
			roles = append(roles, option{string(r), string(r)})
		}
		fields = append(fields, newChoice(s.desk, "role", "role", roles, &f.role))
	}
	f.withPIN(s.desk, fields...)
	in := s.intent()
	f.send = func() tea.Cmd {
		name, role := f.name, domain.Role(f.role)
		return s.have(f, func(ctx context.Context, t *till.Till, pin domain.Secret) (*domain.Operator, error) {
			return t.AddOperator(ctx, in, name, role, pin)
		}, "works here, as a "+f.role)
	}
	return f
}

// askPIN gives somebody another PIN: their own is anybody's to change, and that of others a manager's.
func (s *operators) askPIN(o *domain.Operator) tea.Cmd {
	f, in, name := &operatorSheet{sheet: sheet{desk: s.desk}}, s.intent(), o.Name
	f.withPIN(s.desk)
	f.send = func() tea.Cmd {
		return s.have(f, func(ctx context.Context, t *till.Till, pin domain.Secret) (*domain.Operator, error) {
			return t.SetPIN(ctx, in, name, pin)
		}, "has another PIN")
	}
	deed, note := domain.DeedOperators, "the one before is no good any more: whoever has signed in with it must sign in again."
	if b := s.desk.Till.Present(); b != nil && o.Called(b.Name()) {
		deed, note = domain.DeedOwnPIN, "the one before is no good any more."
	}
	return s.desk.Ask(&Dialog{
		Question: func(domain.Amount) string { return "another PIN for " + Inert(name) + "?" },
		Note:     note, Yes: "change it", No: "keep it", Deed: deed, Sheet: &f.sheet, Leave: leaves(f),
	})
}

// askDisable lets somebody sign in no more.
func (s *operators) askDisable(o *domain.Operator) tea.Cmd {
	in, name := s.intent(), o.Name
	q := Confirm("disable "+Inert(name)+"?", "they cannot sign in any more. what they did stands under their name.", "disable", "leave it", func() tea.Cmd {
		return asking(s.desk, func(ctx context.Context, t *till.Till) (*domain.Operator, error) {
			return t.DisableOperator(ctx, in, name)
		}, func(o *domain.Operator, err error) tea.Cmd {
			if err != nil {
				s.desk.Fail(err)
				return nil
			}
			s.desk.Say("%s cannot sign in any more", o.Name)
			return tea.Batch(s.read(), s.desk.app.readStaff())
		})
	})
	q.Deed = domain.DeedOperators
	return s.desk.Ask(q)
}
