package tui

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

// Line is a text that a dialog asks for. While it is written letters are text: Enter answers, Esc leaves.
type Line struct {
	Label   string
	Example string // seen while nothing is typed
	Start   string
	Limit   int                                         // of letters; 0: 120
	Usual   []string                                    // what is often said: the arrows offer it
	Read    func(text string) (means string, err error) // in words; nil: any text will do
	Do      func(text string) tea.Cmd
	Looks   bool                      // what Do begins may find the text wrong, and settles it: until then the line stays
	Tab     func(text string) tea.Cmd // what the tab key has done about it, aside; it answers by offer. nil: nothing

	input textinput.Model
	found []string // what could be meant

	looking bool
	wrong   string // what Do found
}

func (l *Line) open(st *Styles) {
	l.input = newInput(st)
	l.input.CharLimit = cmp.Or(l.Limit, 120)
	l.input.SetWidth(40)
	l.input.Placeholder = l.Example
	l.input.SetValue(Inert(l.Start))
	l.input.CursorEnd()
}

// means is what the text comes to, or in words why it cannot be that one.
func (l *Line) means() (string, error) {
	if l.Read == nil {
		return "", nil
	}
	return l.Read(l.input.Value())
}

// update answers a key; done tells that the dialog is over.
func (l *Line) update(msg tea.Msg) (cmd tea.Cmd, done bool) {
	if k, pressed := msg.(tea.KeyPressMsg); pressed {
		switch k.Code {
		case tea.KeyEscape:
			return nil, true
		case tea.KeyTab:
			if l.Tab != nil {
				return l.Tab(l.input.Value()), false
			}
		case tea.KeyEnter:
			if _, err := l.means(); err != nil {
				return nil, false
			}
			if l.looking {
				return nil, false
			}
			l.looking = l.Looks
			return l.Do(l.input.Value()), !l.Looks
		case tea.KeyUp, tea.KeyDown:
			l.turn(map[rune]int{tea.KeyUp: -1, tea.KeyDown: 1}[k.Code])
			return nil, false
		}
	}
	l.input, _ = l.input.Update(msg)
	l.found, l.wrong = nil, ""
	return nil, false
}

// settle hears what came of a text that was looked at: it is right, and the question is answered, or it stays with what is
// wrong under it. Where the person has left it meanwhile, the status line says that.
func (l *Line) settle(d *Desk, err error) {
	l.looking = false
	q := d.app.dialog
	for q != nil && q.Line != l {
		q = q.under
	}
	switch {
	case q == nil:
		d.Fail(err)
	case err != nil:
		l.wrong = Inert(err.Error())
	default:
		d.app.lift(q)
	}
}

// offer goes on with what was typed, as far as that is clear, and shows what could be meant. What was typed meanwhile
// stays.
func (l *Line) offer(typed, text string, found []string) {
	if l.input.Value() != typed {
		return
	}
	if Inert(text) == text { // the name of a file may hold anything, and another name would be another file
		l.input.SetValue(text)
		l.input.CursorEnd()
	}
	l.found = found
}

// mostFound is how many of what could be meant are shown.
const mostFound = 5

// turn puts the next of what is often said into the field, or the one before.
func (l *Line) turn(by int) {
	if len(l.Usual) == 0 {
		return
	}
	at := slices.Index(l.Usual, l.input.Value())
	if at < 0 && by < 0 {
		at = 0
	}
	l.input.SetValue(l.Usual[(at+by+len(l.Usual))%len(l.Usual)])
	l.input.CursorEnd()
}

// wrong is what is wrong with a text, which may be a path without a blank in it: the sign stays beside its beginning.
func wrong(said string, columns int) string {
	return "✗ " + strings.TrimLeft(indent(wrapped(said, columns-2), 2), " ")
}

func (l *Line) view(st *Styles, columns int) string {
	line := st.Faint.Render(l.Label+"  ") + l.input.View()
	means, err := l.means()
	switch {
	case l.wrong != "":
		line += "\n" + st.Bad.Render(wrong(l.wrong, columns))
	case err != nil && l.input.Value() == "":
		line += "\n" + st.Faint.Render(wrapped(err.Error(), columns))
	case err != nil:
		line += "\n" + st.Bad.Render(wrong(err.Error(), columns))
	case means != "":
		line += "\n" + st.Text.Render(wrapped(means, columns))
	}
	for i, name := range l.found {
		if i == mostFound {
			line += "\n" + st.Faint.Render("and "+strconv.Itoa(len(l.found)-mostFound)+" more")
			break
		}
		line += "\n" + st.Faint.Render(cut(blanks(width(l.Label)+2)+Inert(name), columns))
	}
	if len(l.Usual) > 0 {
		line += "\n" + st.Faint.Render("↑ ↓  "+strings.Join(l.Usual, "  "))
	}
	return line
}
