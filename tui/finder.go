package tui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

// finder is a page that finds one of many: what is typed narrows, the arrows move, Enter takes. Enter that comes before
// there is a list waits for it, with all that is typed behind it, and is done then as if it came then.
type finder struct {
	desk          *Desk
	width, height int
	title         string
	none          string // what is said where there is nothing to find
	verb          string // what Enter does
	also          []also // what else can be done
	take          func(at int) tea.Cmd

	entry   textinput.Model
	rows    []foundRow
	texts   []string // what is searched, in lower case
	shown   []int
	at, top int
	loaded  bool
	waiting held
}

// foundRow is one of those that can be found.
type foundRow struct {
	name, more string
	end        string // at the right: an amount, a card
	words      string // what else it is found by
}

// also is a key of a finder, beside Enter. at is the row it is pressed on, -1 where there is none.
type also struct {
	key   key.Binding
	needs bool // a row
	do    func(at int) tea.Cmd
}

func newFinder(d *Desk, title, placeholder string) *finder {
	f := &finder{desk: d, title: title, entry: newInput(d.Styles), verb: "take"}
	f.entry.Placeholder = placeholder
	f.entry.CharLimit = 100
	return f
}

// found brings the rows. What has been typed meanwhile stays.
func (f *finder) found(rows []foundRow) tea.Cmd {
	f.rows, f.loaded = rows, true
	f.texts = make([]string, len(rows))
	for i, r := range rows {
		f.texts[i] = strings.ToLower(r.name + " " + r.more + " " + r.words)
	}
	f.narrow()
	return f.waiting.release(f.desk, f)
}

// narrow finds the rows that have all the words: those with words that begin so first, each in the order they came.
func (f *finder) narrow() {
	words := strings.Fields(strings.ToLower(f.entry.Value()))
	var begin, within []int
	for i, text := range f.texts {
		switch {
		case haveBegin(text, words):
			begin = append(begin, i)
		case hasAll(text, words):
			within = append(within, i)
		}
	}
	f.shown, f.at, f.top = slices.Concat(begin, within), 0, 0
}

func (f *finder) Init() tea.Cmd { return nil }
func (f *finder) Title() string { return f.title }
func (f *finder) Typing() bool  { return true }

// Resize fits the page.
func (f *finder) Resize(width, height int) {
	f.width, f.height = width, height
	f.entry.SetWidth(max(10, width-2*margin-3))
	f.move(0)
}

var finderKeys = struct{ take, choose, page key.Binding }{
	take:   key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "take")),
	choose: key.NewBinding(key.WithKeys("up", "down"), key.WithHelp("↑ ↓", "choose")),
	page:   key.NewBinding(key.WithKeys("pgup", "pgdown"), key.WithHelp("pgup", "page")),
}

// Keys are what counts now.
func (f *finder) Keys() []key.Binding {
	k := finderKeys
	k.take.SetHelp("enter", f.verb)
	k.take.SetEnabled(len(f.shown) > 0)
	k.choose.SetEnabled(len(f.shown) > 1)
	k.page.SetEnabled(len(f.shown) > f.visible())
	keys := []key.Binding{k.take, k.choose}
	for _, a := range f.also {
		a.key.SetEnabled(a.key.Enabled() && (!a.needs || len(f.shown) > 0))
		keys = append(keys, a.key)
	}
	return append(keys, k.page)
}

// Update answers keys.
func (f *finder) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return f.press(msg)
	case tea.PasteMsg:
		if len(f.waiting) > 0 {
			f.waiting = append(f.waiting, msg)
			return nil
		}
		f.edit(tea.PasteMsg{Content: strings.TrimSpace(Inert(msg.Content))})
	case tea.MouseWheelMsg:
		f.move(map[tea.MouseButton]int{tea.MouseWheelUp: -1, tea.MouseWheelDown: 1}[msg.Button])
	case tea.MouseClickMsg:
		return f.click(msg)
	case themeChanged:
		paintInput(&f.entry, f.desk.Styles)
	}
	return nil
}

func (f *finder) press(msg tea.KeyPressMsg) tea.Cmd {
	k := finderKeys
	switch {
	case len(f.waiting) > 0, !f.loaded && key.Matches(msg, k.take):
		f.waiting = append(f.waiting, msg)
		return nil
	case key.Matches(msg, k.take):
		return f.act(f.take, true)
	case key.Matches(msg, k.choose):
		f.move(map[string]int{"up": -1, "down": 1}[msg.String()])
		return nil
	case key.Matches(msg, k.page):
		f.move(map[string]int{"pgup": -f.visible(), "pgdown": f.visible()}[msg.String()])
		return nil
	}
	for _, a := range f.also {
		if key.Matches(msg, a.key) {
			return f.act(a.do, a.needs)
		}
	}
	f.edit(msg)
	return nil
}

// act does something about the row in hand.
func (f *finder) act(do func(int) tea.Cmd, needs bool) tea.Cmd {
	switch {
	case len(f.shown) > 0:
		return do(f.shown[f.at])
	case !needs:
		return do(-1)
	case len(f.rows) > 0:
		f.desk.Say("none is called that")
	default:
		f.desk.Say("%s", f.none)
	}
	return nil
}

func (f *finder) edit(msg tea.Msg) {
	had := f.entry.Value()
	if f.entry, _ = f.entry.Update(msg); f.entry.Value() != had {
		f.narrow()
	}
}

// StepBack empties the entry line first.
func (f *finder) StepBack() bool {
	had := f.entry.Value() != ""
	f.waiting = nil
	f.entry.Reset()
	f.narrow()
	return had
}

func (f *finder) move(by int) {
	f.at = max(0, min(f.at+by, len(f.shown)-1))
	f.top = max(0, min(f.top, f.at), f.at-f.visible()+1)
}

// click moves to a row; a click on that one takes it.
func (f *finder) click(msg tea.MouseClickMsg) tea.Cmd {
	at := f.top + msg.Y - finderHead
	if msg.Button != tea.MouseLeft || msg.Y < finderHead || at >= len(f.shown) {
		return nil
	}
	if at == f.at {
		return f.act(f.take, true)
	}
	f.at = at
	return nil
}

// finderHead is how many lines stand above the rows.
const finderHead = 3

func (f *finder) visible() int { return max(1, f.height-finderHead-1) }

// View shows the entry line and the rows that there is room for.
func (f *finder) View() string {
	st, columns := f.desk.Styles, f.width-2*margin
	lines := []string{"", st.Title.Render("› ") + f.entry.View(), st.Rule.Render(strings.Repeat("─", columns))}
	switch {
	case !f.loaded:
		lines = append(lines, st.Faint.Render("…"))
	case len(f.rows) == 0:
		lines = append(lines, "", st.Faint.Render(wrapped(f.none, min(columns, 60))))
	case len(f.shown) == 0:
		lines = append(lines, "", st.Faint.Render("none is called that."))
	}
	for i := f.top; i < min(f.top+f.visible(), len(f.shown)); i++ {
		lines = append(lines, f.row(i, columns))
	}
	if below := len(f.shown) - f.top - f.visible(); below > 0 || f.top > 0 {
		lines = append(lines, st.Faint.Render(pad("", 2)+plural(len(f.shown), "row")+" · "+plural(max(0, below), "row")+" below"))
	}
	return indented(lines, margin)
}

func (f *finder) row(i, columns int) string {
	st, r := f.desk.Styles, f.rows[f.shown[i]]
	end := Inert(r.end)
	room := columns - 2 - width(end) - 2
	name := cut(Inert(r.name), room)
	more := ""
	if left := room - max(width(name), nameColumns) - 2; r.more != "" && left > 6 {
		name = pad(name, max(width(name), nameColumns))
		more = "  " + cut(Inert(r.more), left)
	}
	if i == f.at {
		return st.RowName.Render("› "+name) + st.Row.Render(spread(more, end, columns-2-width(name)))
	}
	return "  " + st.Text.Render(name) + st.Faint.Render(spread(more, end, columns-2-width(name)))
}

// nameColumns is where what is said beside the names begins.
const nameColumns = 24
