package tui

import (
	"context"
	"errors"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// operators is the page of who works here, and what they are.
type operators struct {
	desk          *Desk
	all           []*domain.Operator
	locked        map[domain.OperatorID]time.Duration
	loaded        bool
	adding        *operatorSheet // keeps what was typed until it was taken, but no PIN
	at            int
	width, height int
}

func newOperators(d *Desk) *operators { return &operators{desk: d} }

// operatorsRead brings who works here, and who is locked out for how long.
type operatorsRead struct {
	all    []*domain.Operator
	locked map[domain.OperatorID]time.Duration
}

func (s *operators) Init() tea.Cmd { return s.read() }

func (s *operators) read() tea.Cmd {
	return asking(s.desk, func(ctx context.Context, t *till.Till) (operatorsRead, error) {
		all, err := t.Operators(ctx)
		got := operatorsRead{all, map[domain.OperatorID]time.Duration{}}
		for _, o := range all {
			left, unknown := t.LockedFor(ctx, o.Name)
			if unknown == nil { // whether PINs can be checked is said when one is given
				got.locked[o.ID] = left
			}
		}
		return got, err
	}, func(got operatorsRead, err error) tea.Cmd {
		if err != nil {
			s.desk.Fail(err)
			return nil
		}
		s.loaded, s.all, s.locked = true, got.all, got.locked
		s.move(0)
		return nil
	})
}

func (s *operators) Resize(width, height int) { s.width, s.height = width, height }
func (s *operators) Title() string            { return "operators" }
func (s *operators) Typing() bool             { return false }

var operatorKeys = struct{ add, pin, disable, walk key.Binding }{
	add:     key.NewBinding(key.WithKeys("n", "a", "+"), key.WithHelp("n", "add one")),
	pin:     key.NewBinding(key.WithKeys("p", "enter"), key.WithHelp("p", "new PIN")),
	disable: key.NewBinding(key.WithKeys("d", "delete"), key.WithHelp("d", "disable")),
	walk:    key.NewBinding(key.WithKeys("up", "down", "k", "j"), key.WithHelp("↑↓", "select")),
}

// Keys are those that count here.
func (s *operators) Keys() []key.Binding {
	k := operatorKeys
	k.pin.SetEnabled(s.can("pin") == "")
	k.disable.SetEnabled(s.can("disable") == "")
	return []key.Binding{k.add, k.pin, k.disable, k.walk}
}

// WhyOff says why something cannot be done about the chosen one.
func (s *operators) WhyOff(k key.Binding) string {
	if k.Help().Key == operatorKeys.pin.Help().Key {
		return s.can("pin")
	}
	return s.can("disable")
}

// can says why an action is not possible for the chosen one; "" where it is.
func (s *operators) can(action string) string {
	o := s.chosen()
	if o == nil {
		return "nobody is set up"
	}
	illegal, _ := errors.AsType[*domain.Error](o.Refuses(action, s.all))
	switch {
	case illegal == nil:
		return ""
	case o.IsActive():
		return illegal.Message
	}
	return o.Name + " is " + o.State.Words()
}

func (s *operators) chosen() *domain.Operator {
	if s.at >= len(s.all) {
		return nil
	}
	return s.all[s.at]
}

// Update takes keys, the mouse and the news.
func (s *operators) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case storeChanged:
		return s.read()
	case tea.KeyPressMsg:
		return s.press(msg)
	case tea.MouseWheelMsg:
		s.move(wheelBy(msg))
	case tea.MouseClickMsg:
		if row := msg.Y - s.head(); row >= 0 {
			s.move(s.first() + row - s.at)
		}
	}
	return nil
}

func (s *operators) press(msg tea.KeyPressMsg) tea.Cmd {
	k := operatorKeys
	switch {
	case !s.loaded:
	case key.Matches(msg, k.walk):
		s.move(map[string]int{"up": -1, "k": -1, "down": 1, "j": 1}[msg.String()])
	case key.Matches(msg, k.add):
		return s.askAdd()
	case key.Matches(msg, k.pin):
		return s.about("pin", s.askPIN)
	case key.Matches(msg, k.disable):
		return s.about("disable", s.askDisable)
	}
	return nil
}

// about begins what is done about the chosen one, or says why it is not possible.
func (s *operators) about(action string, ask func(*domain.Operator) tea.Cmd) tea.Cmd {
	if why := s.can(action); why != "" {
		s.desk.Fail(domain.Errorf(domain.CodeIllegalTransition, "%s", why))
		return nil
	}
	return ask(s.chosen())
}

func (s *operators) move(by int) { s.at = max(0, min(s.at+by, len(s.all)-1)) }

// meaning is what it means that somebody is set up here.
func (s *operators) meaning() string {
	if len(s.all) == 0 {
		return "nobody is set up: everybody may do everything, and nobody signs in. " +
			"with the first, a manager, that ends: from then on everybody signs in with a name and a PIN, and the journal has their name."
	}
	return "everybody signs in with a name and a PIN, and the journal has their name. " +
		"a clerk sells; a manager answers for the money and for who works here; a trainer shows it with test money."
}

// head is how many lines stand over the rows.
func (s *operators) head() int { return strings.Count(s.intro(), "\n") + 1 }

func (s *operators) intro() string {
	st := s.desk.Styles
	return "\n" + st.Faint.Render(wrapped(s.meaning(), min(s.width-2*margin, 90))) + "\n"
}

// room is how many rows there is room for, and first the row that stands at the top.
func (s *operators) room() int  { return max(1, s.height-s.head()) }
func (s *operators) first() int { return max(0, min(s.at-s.room()+1, len(s.all)-s.room())) }

const operatorName = 20 // columns of the names

// View is what it means, and who there is.
func (s *operators) View() string {
	if s.width == 0 || !s.loaded {
		return ""
	}
	lines := strings.Split(s.intro(), "\n")
	var rows []string
	from, to := s.first(), min(len(s.all), s.first()+s.room())
	stands := 0 // columns of how they stand
	for _, o := range s.all {
		stands = max(stands, width(s.stands(o)))
	}
	for i := from; i < to; i++ {
		rows = append(rows, s.row(i, stands))
	}
	return indented(append(lines, edged(s.desk.Styles, rows, from > 0, to < len(s.all))...), margin)
}

// row is somebody in columns; since when they are here is left out where there is no room for it.
func (s *operators) row(i, stands int) string {
	st, o, columns := s.desk.Styles, s.all[i], min(s.width-2*margin, 112)
	room := columns - operatorName - 14
	called, does, how, since := pad(Inert(o.Name), operatorName)+"  ", pad(string(o.Role), 10), pad(s.stands(o), min(stands, room)), "  "+s.since(o)
	if stands+width(since) > room {
		since = ""
	}
	if i == s.at {
		return st.RowName.Render("› " + called + does + pad(how+since, room))
	}
	name := st.Strong
	if !o.IsActive() {
		name = st.Faint
	}
	return "  " + name.Render(called) + st.Text.Render(does+how) + st.Faint.Render(since)
}

// stands is how somebody stands, and whether it is who is here.
func (s *operators) stands(o *domain.Operator) string {
	sign := s.state(o)
	return sign.glyph + " " + joined([]string{sign.word, s.you(o)})
}

func (s *operators) you(o *domain.Operator) string {
	if b := s.desk.Till.Present(); b != nil && o.Called(b.Name()) {
		return "you"
	}
	return ""
}

// state is how somebody stands: also that nobody can sign in as them for a while.
func (s *operators) state(o *domain.Operator) badge {
	if left := s.locked[o.ID]; o.IsActive() && left > 0 {
		return badge{"!", "locked out for " + spanOf(left), warn}
	}
	return badgeOf("operator", o.State)
}

func (s *operators) since(o *domain.Operator) string {
	return "since " + o.AddedAt.Format("2 Jan 2006")
}

// plainRows are who there is; a number chooses one.
func (s *operators) plainRows() plainList {
	list := plainList{keys: []string{"up", "down"}}
	for i, o := range s.all {
		text := joined([]string{Inert(o.Name), string(o.Role), s.state(o).word, s.since(o), s.you(o)})
		list.rows = append(list.rows, reply{text: inWordsOnly(text), names: []string{o.Name}, do: func() tea.Cmd {
			s.at = i
			return nil
		}})
	}
	return list
}

// Plain is what it means, and whom the keys are about.
func (s *operators) Plain() []string {
	lines := []string{s.meaning()}
	if o := s.chosen(); o != nil {
		lines = append(lines, "chosen: "+Inert(o.Name)+", "+string(o.Role))
	}
	return linesInWords(lines...)
}
