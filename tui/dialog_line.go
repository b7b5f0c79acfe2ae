package tui

import (
	"cmp"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

// Line is a text that a dialog asks for. While it is written letters are text: Enter answers, Esc leaves.
type Line struct {
	Label   string
	Example string // seen while nothing is typed
	Start   string
	Limit   int                                         // of letters; 0: 120
	Read    func(text string) (means string, err error) // in words; nil: any text will do
	Do      func(text string) tea.Cmd

	input textinput.Model
}

func (l *Line) open(st *Styles) {
	l.input = newInput(st)
	l.input.CharLimit = cmp.Or(l.Limit, 120)
	l.input.SetWidth(40)
	l.input.Placeholder = l.Example
	l.input.SetValue(l.Start)
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
		case tea.KeyEnter:
			if _, err := l.means(); err != nil {
				return nil, false
			}
			return l.Do(l.input.Value()), true
		}
	}
	l.input, _ = l.input.Update(msg)
	return nil, false
}

func (l *Line) view(st *Styles, columns int) string {
	line := st.Faint.Render(l.Label+"  ") + l.input.View()
	means, err := l.means()
	switch {
	case err != nil && l.input.Value() == "":
		line += "\n" + st.Faint.Render(wrapped(err.Error(), columns))
	case err != nil:
		line += "\n" + st.Bad.Render(wrapped("✗ "+err.Error(), columns))
	case means != "":
		line += "\n" + st.Text.Render(wrapped(means, columns))
	}
	return line
}
