package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"

	"till/domain"
)

// field is one question of a form. Blur validates; Error is what was wrong then.
type field interface {
	Focus() tea.Cmd
	Blur() tea.Cmd
	Error() error
	View() string
	name() string
	edit(msg tea.Msg)
	takes(msg tea.KeyPressMsg) bool // a key that the form must not move by
	resize(columns int)
}

// form is a page of fields. huh draws and validates them, but the form moves: a huh form moves its focus by a
// message to itself, which keys typed in a burst overtake, and one that goes back from a wrong field freezes.
// Here a key moves in the same Update, backwards always, forwards from what is right.
type form struct {
	desk     *Desk
	fields   []field
	at       int
	warnings map[string]string // by field: said, and not in the way
}

func newForm(d *Desk, fields ...field) *form {
	f := &form{desk: d, fields: fields}
	f.fields[0].Focus() // the command would only make the cursor blink
	return f
}

func (f *form) here() field { return f.fields[f.at] }

func (f *form) resize(columns int) {
	for _, one := range f.fields {
		one.resize(columns)
	}
}

var formKeys = struct{ next, back, move key.Binding }{
	next: key.NewBinding(key.WithKeys("enter", "tab", "down"), key.WithHelp("enter", "next")),
	back: key.NewBinding(key.WithKeys("shift+tab", "up"), key.WithHelp("shift+tab", "back")),
	move: key.NewBinding(key.WithHelp("tab", "move")),
}

// press takes a key; done tells that it was Enter on the last field, and that every field is right.
func (f *form) press(msg tea.KeyPressMsg) (done bool) {
	switch {
	case f.here().takes(msg):
		f.here().edit(msg)
	case key.Matches(msg, formKeys.back):
		f.move(-1)
	case key.Matches(msg, formKeys.next) && (msg.Code != tea.KeyEnter || f.at < len(f.fields)-1):
		f.move(1)
	case msg.Code == tea.KeyEnter:
		return f.submit()
	default:
		f.edit(msg)
	}
	return false
}

// paste puts a text into the field. A line end in it is none: it could answer what nobody has read.
func (f *form) paste(text string) { f.edit(tea.PasteMsg{Content: strings.TrimSpace(Inert(text))}) }

func (f *form) edit(msg tea.Msg) {
	delete(f.warnings, f.here().name())
	f.here().edit(msg)
}

func (f *form) move(by int) {
	f.here().Blur()
	wrong := f.here().Error() != nil
	if next := f.at + by; next >= 0 && next < len(f.fields) && (!wrong || by < 0) {
		f.at = next
	}
	f.here().Focus()
}

// submit validates every field, and goes to the first that is wrong.
func (f *form) submit() bool {
	first := -1
	for i, one := range f.fields {
		if one.Blur(); one.Error() != nil && first < 0 {
			first = i
		}
	}
	if first >= 0 {
		f.at = first
	}
	f.here().Focus()
	return first < 0
}

// to puts the focus on a field.
func (f *form) to(name string) {
	for i, one := range f.fields {
		if one.name() == name && i != f.at {
			f.here().Blur()
			f.at = i
			f.here().Focus()
		}
	}
}

// View shows the fields with what is wrong under each, as many lines as there are, around the one in hand.
func (f *form) View(columns, lines int) string {
	st := f.desk.Styles
	var all []string
	from, to := 0, 0
	for i, one := range f.fields {
		mark := "  "
		if i == f.at {
			mark, from = st.Title.Render("› "), len(all)
		}
		all = append(all, strings.Split(mark+strings.ReplaceAll(one.View(), "\n", "\n  "), "\n")...)
		if err := one.Error(); err != nil {
			all = append(all, strings.Split(indent(st.Bad.Render(wrapped("✗ "+err.Error(), columns-labelWidth-4)), labelWidth+2), "\n")...)
		} else if w := f.warnings[one.name()]; w != "" {
			all = append(all, strings.Split(indent(st.Warn.Render(wrapped("! "+w, columns-labelWidth-4)), labelWidth+2), "\n")...)
		}
		if i == f.at {
			to = len(all)
		}
	}
	start := max(0, min(max(to-lines, min(from-1, len(all)-lines)), from))
	end := min(len(all), start+lines)
	return strings.Join(edged(st, all[start:end], start > 0, end < len(all)), "\n")
}

const labelWidth = 18

func label(title string, needed bool) string {
	if needed {
		title += " *"
	}
	return pad(title, labelWidth)
}

// textField is a line of text, of huh's while it has the focus: out of it huh draws in colours of its own.
type textField struct {
	*huh.Input
	desk    *Desk
	key     string
	title   string
	value   *string
	example string
	secret  bool
	columns int
	focused bool
	keep    func(rune) bool     // the characters that belong into it; nil: all
	tidy    func(string) string // how it is written once it is left; nil: as typed
}

// newText makes a field for a value that lives as long as the form: huh writes it with every key.
func newText(d *Desk, name, title string, needed bool, value *string) *textField {
	title = label(title, needed)
	*value = Inert(*value) // of the store, and huh shows it as it is
	in := huh.NewInput().Title(title).Inline(true).Prompt("").CharLimit(200).Value(value)
	// huh takes a theme once: this one follows the desk's.
	in.WithTheme(huh.ThemeFunc(func(bool) *huh.Styles { return d.Styles.Form }))
	return &textField{Input: in, desk: d, key: name, title: title, value: value}
}

func (f *textField) name() string               { return f.key }
func (f *textField) takes(tea.KeyPressMsg) bool { return false }

func (f *textField) resize(columns int) {
	f.columns = columns
	f.WithWidth(columns - 2)
	f.Value(f.value) // a text that is longer scrolls only once it is set again
}

// like shows an example where nothing is typed yet.
func (f *textField) like(example string) {
	f.example = example
	f.Placeholder(example)
}

// hide shows a dot for each character.
func (f *textField) hide() {
	f.secret = true
	f.EchoMode(huh.EchoModePassword)
}

// set puts a text into the field, with the cursor behind it: where it was is of no use in another text.
func (f *textField) set(text string) {
	*f.value = text
	f.Value(f.value)
	if text == "" { // there is no end to go to, and to leave the field again would judge it anew
		return
	}
	f.Input.Focus() // out of focus huh's field hears no key
	f.Update(tea.KeyPressMsg{Code: tea.KeyEnd})
	if !f.focused {
		f.Input.Blur()
	}
}

// Focus is told to this field too: huh does not say which one has it.
func (f *textField) Focus() tea.Cmd {
	f.focused = true
	return f.Input.Focus()
}

// View is huh's while the field is in hand, and plain text else.
func (f *textField) View() string {
	if f.focused {
		return f.Input.View()
	}
	st, text := f.desk.Styles, Inert(*f.value)
	switch {
	case text == "":
		return st.Faint.Render(f.title) + st.Rule.Render(cut(f.example, f.columns-labelWidth-4))
	case f.secret:
		text = strings.Repeat("*", len(text))
	}
	return st.Faint.Render(f.title) + st.Text.Render(cut(text, f.columns-labelWidth-4))
}

func (f *textField) edit(msg tea.Msg) {
	switch m := msg.(type) {
	case tea.PasteMsg:
		m.Content = f.only(m.Content)
		msg = m
	case tea.KeyPressMsg:
		if m.Text != "" && f.only(m.Text) == "" {
			return
		}
	}
	f.Update(msg)
}

func (f *textField) only(text string) string {
	if f.keep == nil {
		return Inert(text)
	}
	return strings.Map(func(r rune) rune {
		if f.keep(r) {
			return r
		}
		return -1
	}, text)
}

// Blur validates what was typed, written as it should be.
func (f *textField) Blur() tea.Cmd {
	if f.tidy != nil && f.tidy(*f.value) != *f.value {
		f.set(f.tidy(*f.value))
	}
	f.focused = false
	return f.Input.Blur()
}

// option is one of a choice.
type option struct{ value, label string }

func areaOptions(areas []domain.Area) []option {
	options := make([]option, len(areas))
	for i, a := range areas {
		options[i] = option{a.Code, a.Name}
	}
	return options
}
