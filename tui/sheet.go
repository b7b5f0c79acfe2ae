package tui

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// settled is what came of something that a screen has asked for. It is taken also when the person has left the screen.
type settled struct{ take func() tea.Cmd }

// asking has something asked outside of Update, and what came of it taken within. What whoever is here may not do is asked
// again once somebody has stood by for it.
func asking[T any](d *Desk, do func(context.Context, *till.Till) (T, error), take func(T, error) tea.Cmd) tea.Cmd {
	ctx, t, asked := d.Ctx, d.Till, d.asked
	return func() tea.Msg {
		got, err := do(ctx, t)
		return settled{func() tea.Cmd {
			return d.allowed(asked, err, func() tea.Cmd { return asking(d, do, take) }, func() tea.Cmd { return take(got, err) })
		}}
	}
}

// sheet is a form that a dialog asks for. What was typed stays in it until it was taken, so Esc loses nothing, and
// what is refused is said under its field.
type sheet struct {
	desk *Desk
	form *form
	send func() tea.Cmd // every field is right
	busy bool           // it was sent, and nobody knows yet whether it is taken
}

// update answers a key; done tells that the dialog is over.
func (s *sheet) update(msg tea.KeyPressMsg) (cmd tea.Cmd, done bool) {
	switch {
	case msg.Code == tea.KeyEscape:
		return nil, true
	case s.busy:
		return nil, false
	case s.form.press(msg):
		return s.send(), false
	}
	return nil, false
}

func (s *sheet) paste(text string) {
	if !s.busy {
		s.form.paste(text)
	}
}

// open tells whether the person is looking at it.
func (s *sheet) open() bool {
	q := s.desk.app.dialog
	return q != nil && q.Sheet == s
}

// close takes it off the screen, whatever lies over it.
func (s *sheet) close() {
	for q := s.desk.app.dialog; q != nil; q = q.under {
		if q.Sheet == s {
			s.desk.app.lift(q)
			return
		}
	}
}

// refuse says what was refused: under its field where it is seen, else in the status line.
func (s *sheet) refuse(err error) {
	if !s.open() || !s.form.refuse(err) {
		s.desk.Fail(err)
	}
}

// sheetLines is how high a sheet can be on the smallest screen.
const sheetLines = leastHeight - 11

func (s *sheet) view(columns int) string {
	text := s.form.View(columns, max(sheetLines, s.desk.app.height/2-4))
	if s.busy {
		text += "\n" + s.desk.Styles.Active.Render("◧ …")
	}
	return text
}

// refuse says under the fields what the domain has refused, and goes to the first of them; of what is said of no field,
// the first. It tells whether it was said.
func (f *form) refuse(err error) bool {
	e, ok := errors.AsType[*domain.Error](err)
	if !ok {
		return false
	}
	f.warnings = map[string]string{}
	for _, one := range f.fields {
		if said := e.Fields[one.name()]; said != "" {
			f.warnings[one.name()] = said
		}
	}
	rest := slices.DeleteFunc(slices.Sorted(maps.Keys(e.Fields)), func(name string) bool { return f.warnings[name] != "" })
	switch {
	case len(e.Fields) == 0:
		f.warnings[f.fields[0].name()] = e.Message
	case len(rest) > 0:
		for i, name := range rest {
			rest[i] = name + " " + e.Fields[name]
		}
		f.warnings[f.fields[0].name()] = strings.Join(rest, ", ")
	}
	for _, one := range f.fields {
		if f.warnings[one.name()] != "" {
			f.to(one.name())
			break
		}
	}
	return true
}
