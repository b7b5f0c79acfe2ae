package tui

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// Who somebody is: a name that is chosen, and a PIN. The page on which somebody signs in asks for it, and every question
// that needs somebody else to stand by. What is typed as a PIN is shown as dots, is gone once it was checked, and is
// nowhere else.

// credentials is that sheet.
type credentials struct {
	sheet
	who       *nameField
	dots      *pinField
	name, pin string
	let       func(*till.Badge) tea.Cmd // what comes of the right PIN, with the proof of it
	left      bool                      // the person has turned away: what is still being checked comes to nothing
	looks     int                       // how often it was looked for how long nobody can sign in: only the last look goes on
}

// newCredentials asks for one of some names.
func newCredentials(d *Desk, of []*domain.Operator) *credentials {
	p := &credentials{sheet: sheet{desk: d}}
	p.who = &nameField{choice: newChoice(d, "name", "name", nil, &p.name)}
	p.who.rows = 4
	p.who.offer(of)
	p.dots = newPIN(d, "pin", "PIN", &p.pin)
	p.form = newForm(d, p.who, p.dots)
	p.send = p.check
	return p
}

// check has the PIN looked at, and nothing else, before anything is done with it.
func (p *credentials) check() tea.Cmd {
	p.busy = true
	name, pin := p.name, domain.NewSecret(p.pin)
	p.wipe()
	return asking(p.desk, func(ctx context.Context, t *till.Till) (*till.Badge, error) {
		return t.SignIn(ctx, name, pin)
	}, func(b *till.Badge, err error) tea.Cmd {
		p.busy = false
		switch {
		case p.left:
			return nil
		case err != nil:
			return p.refused(err)
		}
		return p.let(b)
	})
}

// wipe empties the PIN.
func (p *credentials) wipe() { p.dots.set("") }

// restart is as if nobody had chosen or typed anything.
func (p *credentials) restart() tea.Cmd {
	if p.busy {
		return nil
	}
	p.wipe()
	p.form.to("name")
	p.who.cancel()
	p.who.stray = false
	return nil
}

// refused says in one sentence what was wrong; the name stays.
func (p *credentials) refused(err error) tea.Cmd {
	p.form.to("pin")
	said := err.Error()
	if e, ok := errors.AsType[*domain.Error](err); ok {
		said = e.Message
	}
	p.form.warnings = map[string]string{"pin": said}
	return p.look()
}

// look tells how long nobody can sign in, and goes on telling until somebody can.
func (p *credentials) look() tea.Cmd {
	p.looks++
	look, name := p.looks, p.name
	return asking(p.desk, func(ctx context.Context, t *till.Till) (time.Duration, error) {
		return t.LockedFor(ctx, name)
	}, func(left time.Duration, err error) tea.Cmd {
		was := strings.HasPrefix(p.form.warnings["pin"], manyWrong)
		switch {
		case p.left || err != nil || look != p.looks:
			return nil
		case left <= 0:
			if was {
				delete(p.form.warnings, "pin")
			}
			return nil
		}
		p.form.warnings = map[string]string{"pin": manyWrong + ": nobody can sign in for " + spanOf(left)}
		return p.desk.After(time.Second, settled{func() tea.Cmd {
			if look != p.looks {
				return nil
			}
			return p.look()
		}})
	})
}

const manyWrong = "too many wrong PINs"

// nameField is a choice of names. Digits begin none, so a scan or a PIN that was typed too early is not shown here, and the
// Enter behind it takes no name.
type nameField struct {
	*choice
	stray bool
	alone bool // there is nothing else in the question: as many names are seen as there is room for
}

// resize fits it, and as many names as there is room for.
func (f *nameField) resize(columns int) {
	f.choice.resize(columns)
	if f.alone {
		f.rows = max(4, min(10, f.desk.app.height/2-6))
	}
}

// offer gives it the names. The one in hand stays: the journal moves while somebody chooses.
func (f *nameField) offer(of []*domain.Operator) {
	inHand := ""
	if len(f.found) > 0 {
		inHand = f.options[f.found[f.at]].value
	}
	f.options, f.ends = nil, nil
	for _, o := range of {
		f.options = append(f.options, option{o.Name, Inert(o.Name)})
		f.ends = append(f.ends, " · "+string(o.Role))
	}
	f.narrow()
	if at := slices.IndexFunc(f.found, func(of int) bool { return f.options[of].value == inHand }); at >= 0 {
		f.at = at
	}
}

func (f *nameField) takes(msg tea.KeyPressMsg) bool {
	return f.choice.takes(msg) || f.stray && msg.Code == tea.KeyEnter
}

func (f *nameField) edit(msg tea.Msg) {
	switch m := msg.(type) {
	case tea.PasteMsg:
		if strings.Trim(m.Content, "0123456789 ") == "" {
			f.err = errors.New(scanned)
			return
		}
	case tea.KeyPressMsg:
		switch {
		case digit(m) && !f.begins(f.filter+m.Text):
			f.stray = true
			return
		case m.Code == tea.KeyEnter:
			f.err = errors.New("a scan? choose a name first")
			return
		}
		f.stray = false
	}
	f.choice.edit(msg)
}

// begins tells whether a name has a text in it that is more than digits.
func (f *nameField) begins(text string) bool {
	return !isDigits(text) && slices.ContainsFunc(f.options, func(o option) bool {
		return strings.Contains(strings.ToLower(o.value), strings.ToLower(text))
	})
}

// point chooses the name on a line that was clicked, where there is one.
func (s *sheet) point(line string) bool {
	f, names := s.form.here().(*nameField)
	if !names || s.busy {
		return false
	}
	for i, of := range f.found {
		if strings.Trim(line, "│›↑↓ ") == f.called(of, f.columns-labelWidth-6) {
			f.at, f.stray = i, false
			return true
		}
	}
	return false
}

// pinField shows a dot for each digit, and knows no way into the middle of them.
type pinField struct{ *textField }

func newPIN(d *Desk, name, title string, text *string) *pinField {
	f := &pinField{newText(d, name, title, false, text)}
	f.CharLimit(2 * till.LongestPIN) // of a scan enough to be told as one
	f.hide()
	f.keep = func(r rune) bool { return r >= '0' && r <= '9' }
	f.Validate(func(text string) error {
		switch {
		case text == "":
			return errors.New("the PIN is missing")
		case len(text) > till.LongestPIN:
			return errors.New("too many digits: a scan?")
		}
		return nil
	})
	return f
}

func (f *pinField) edit(msg tea.Msg) {
	if k, ok := msg.(tea.KeyPressMsg); ok && !atTheEnd(k) {
		return
	}
	f.textField.edit(msg)
}

// Blur forgets what cannot be a PIN: nobody mends what they do not see.
func (f *pinField) Blur() tea.Cmd {
	cmd := f.textField.Blur()
	if f.Error() != nil && *f.value != "" {
		f.set("")
	}
	return cmd
}

// View is a dot for each digit.
func (f *pinField) View() string {
	st := f.desk.Styles
	title, cursor := st.Faint, ""
	if f.focused {
		title, cursor = st.Title, st.Accent.Render("▏")
	}
	return title.Render(f.title) + st.Text.Render(cut(strings.Repeat("•", len(*f.value)), f.columns-labelWidth-5)) + cursor
}
