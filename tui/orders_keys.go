package tui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// listKeys are the keys of the list.
var listKeys = struct{ open, filter, apply, clear, walk, page, ends, cares, sort, sales, payouts key.Binding }{
	open:   key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "open")),
	filter: key.NewBinding(key.WithKeys("/"), key.WithHelp("/", "filter")),
	apply:  key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "to the list")),
	clear:  key.NewBinding(key.WithKeys("backspace", "delete"), key.WithHelp("⌫", "no filter")),
	walk:   key.NewBinding(key.WithKeys("up", "down", "k", "j"), key.WithHelp("↑↓", "select")),
	page:   key.NewBinding(key.WithKeys("pgup", "pgdown", "ctrl+b", "ctrl+f"), key.WithHelp("pgup/pgdn", "page")),
	ends:   key.NewBinding(key.WithKeys("home", "end"), key.WithHelp("home/end", "newest, oldest")),

	cares:   key.NewBinding(key.WithKeys("a"), key.WithHelp("a", "what needs you")),
	sort:    key.NewBinding(key.WithKeys("o"), key.WithHelp("o", "oldest first")),
	sales:   key.NewBinding(key.WithKeys("g"), key.WithHelp("g", "sales today")),
	payouts: key.NewBinding(key.WithKeys("p"), key.WithHelp("p", "payouts")),
}

// press does what a key asks for.
func (s *orders) press(msg tea.KeyPressMsg) tea.Cmd {
	if by, moves := s.step(msg.String()); moves {
		return s.move(by)
	}
	if s.Typing() {
		return s.pressFilter(msg)
	}
	switch {
	case key.Matches(msg, listKeys.open):
		return s.open()
	case key.Matches(msg, listKeys.filter):
		s.filter.CursorEnd()
		s.chosen = s.filter.Value() != ""
		return s.filter.Focus()
	case key.Matches(msg, listKeys.ends) && msg.Code == tea.KeyHome:
		return s.goTo(first)
	case key.Matches(msg, listKeys.ends):
		return s.goTo(last)
	case key.Matches(msg, listKeys.cares):
		return s.toggleCares()
	case key.Matches(msg, listKeys.sort) && !s.byUrgency():
		return s.sortNext()
	case key.Matches(msg, listKeys.sales):
		return s.desk.app.visit(salesPlace)
	case key.Matches(msg, listKeys.payouts):
		return s.desk.app.visit(payoutsPlace)
	case key.Matches(msg, listKeys.clear) && s.filter.Value() != "":
		return s.ask("")
	}
	return nil
}

// toggleCares lists what wants care, or all orders again.
func (s *orders) toggleCares() tea.Cmd {
	parts := slices.DeleteFunc(strings.Fields(s.filter.Value()), func(part string) bool { return strings.HasPrefix(part, "attention:") })
	if !s.byUrgency() {
		parts = append(parts, careFilter)
	}
	return s.ask(strings.Join(parts, " "))
}

// sortNext sorts in the next way: newest first, oldest first, largest first.
func (s *orders) sortNext() tea.Cmd {
	next := sortings[(s.sorting()+1)%len(sortings)]
	parts := slices.DeleteFunc(strings.Fields(s.filter.Value()), func(part string) bool { return strings.HasPrefix(part, "sort:") })
	if next.sort != "" {
		parts = append(parts, "sort:"+next.name)
	}
	return s.ask(strings.Join(parts, " "))
}

// ask puts another filter in the place of the one that is there.
func (s *orders) ask(text string) tea.Cmd {
	s.filter.SetValue(Inert(text))
	s.filter.CursorEnd()
	return s.fromTop()
}

// fromTop lists anew from the first order.
func (s *orders) fromTop() tea.Cmd {
	s.oldest, s.jump, s.next = false, first, ""
	return s.reload()
}

// step says how far a key moves the selection. Letters move it only while nobody writes.
func (s *orders) step(name string) (by int, moves bool) {
	switch name {
	case "up":
		return -1, true
	case "down":
		return 1, true
	case "pgup":
		return -s.visible(), true
	case "pgdown":
		return s.visible(), true
	}
	if s.Typing() {
		return 0, false
	}
	switch name {
	case "k":
		return -1, true
	case "j":
		return 1, true
	case "ctrl+b":
		return -s.visible(), true
	case "ctrl+f":
		return s.visible(), true
	}
	return 0, false
}

func (s *orders) pressFilter(msg tea.KeyPressMsg) tea.Cmd {
	if key.Matches(msg, listKeys.apply) {
		s.filter.Blur()
		s.chosen = false
		return nil
	}
	return s.typed(msg)
}

// typed gives a key or a paste to the filter and asks for what it now means.
func (s *orders) typed(msg tea.Msg) tea.Cmd {
	was := s.filter.Value()
	if s.chosen && replaces(msg) {
		s.filter.SetValue("")
	}
	s.chosen = false
	var cmd tea.Cmd
	s.filter, cmd = s.filter.Update(msg)
	if s.filter.Value() == was {
		return cmd
	}
	return tea.Batch(cmd, s.fromTop())
}

// replaces tells whether a key or a paste takes the place of a text that is chosen; others move in it.
func replaces(msg tea.Msg) bool {
	k, pressed := msg.(tea.KeyPressMsg)
	return !pressed || k.Text != "" || key.Matches(k, listKeys.clear)
}

func (s *orders) wheel(msg tea.MouseWheelMsg) tea.Cmd {
	switch msg.Button {
	case tea.MouseWheelUp:
		return s.move(-3)
	case tea.MouseWheelDown:
		return s.move(3)
	}
	return nil
}

// click selects the row; a click on the selected one opens it.
func (s *orders) click(msg tea.MouseClickMsg) tea.Cmd {
	at := s.top + msg.Y - listHead
	if msg.Button != tea.MouseLeft || msg.Y < listHead || at >= len(s.rows) {
		return nil
	}
	if s.rows[at].ID == s.selected {
		return s.open()
	}
	return s.move(at - s.index())
}
