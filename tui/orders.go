package tui

import (
	"slices"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"till/domain"
)

// orders is the live list of all orders, newest first. What is selected is an order, not a line: when a new one
// arrives the selection stays where the person left it.
type orders struct {
	desk          *Desk
	width, height int

	filter textinput.Model
	chosen bool  // what stands in the filter goes with the next letter
	wrong  error // what the filter cannot mean

	asked   int // the newest load; answers to older ones are dropped
	loading bool
	stale   bool // the journal has moved during the load
	rows    []domain.OrderRow
	next    string // of the page after the last; "" at the end
	err     error

	oldest bool   // the rows are those at the end of the list; next is then of the page above the first
	jump   string // the end of the list that the selection goes to when the rows are there

	selected domain.OrderID
	at       int    // the line it was last seen on
	top      int    // the row on the first line
	settled  bool   // somebody has chosen a row: the selection stays on it
	newer    int    // orders that came while they could not be seen
	listed   string // the filter of the rows

	sums   string // what the head says of the rows
	cares  []domain.CareSum
	alarm  string
	titles string
	drawn  map[domain.OrderID]drawnRow
}

func newOrders(d *Desk) *orders {
	filter := newInput(d.Styles)
	filter.Prompt, filter.Placeholder = "/ ", filterHelp
	filter.Blur()
	return &orders{desk: d, filter: filter, drawn: map[domain.OrderID]drawnRow{}}
}

func (s *orders) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case storeChanged:
		if s.loading {
			s.stale = true
			return nil
		}
		return tea.Batch(s.reload(), s.readCares())
	case ordersLoaded:
		if msg.by == s && msg.asked == s.asked {
			return s.loaded(msg)
		}
	case caresRead:
		if msg.by == s && msg.err == nil { // one that is not told says the list's own error
			s.cares = msg.sums
			s.tellCares()
		}
	case ordersAged:
		if msg.by == s {
			return tea.Batch(s.age(), s.readCares()) // time brings some
		}
	case themeChanged:
		s.drawn = map[domain.OrderID]drawnRow{}
		s.titles = s.titleLine()
		paintInput(&s.filter, s.desk.Styles)
	case tea.KeyPressMsg:
		return s.press(msg)
	case tea.PasteMsg:
		if s.filter.Focused() {
			return s.typed(tea.PasteMsg{Content: Inert(msg.Content)})
		}
	case tea.MouseWheelMsg:
		return s.wheel(msg)
	case tea.MouseClickMsg:
		return s.click(msg)
	}
	return nil
}

// index is the line of the selected order; -1 if it is not in the list.
func (s *orders) index() int {
	if s.at < len(s.rows) && s.rows[s.at].ID == s.selected { // as a rule: many rows may be loaded
		return s.at
	}
	at := slices.IndexFunc(s.rows, func(r domain.OrderRow) bool { return r.ID == s.selected })
	s.at = max(0, at)
	return at
}

// move selects another line, brings it onto the screen, and loads more when the end comes near.
func (s *orders) move(by int) tea.Cmd {
	if len(s.rows) == 0 {
		return nil
	}
	at := min(max(0, s.index()+by), len(s.rows)-1)
	s.selected, s.settled = s.rows[at].ID, true
	s.scroll(at)
	near := len(s.rows) - at
	if s.oldest {
		near = at
	}
	if near <= 2*s.visible() {
		return s.more()
	}
	return nil
}

// goTo selects the newest order or the oldest, however many lie between them.
func (s *orders) goTo(end string) tea.Cmd {
	s.settled = end == last // the newest is followed from now on
	here := s.oldest == (end == last) || s.next == "" || s.byUrgency() || s.sorting() > 0
	if here {
		by := len(s.rows)
		if end == first {
			by = -by
		}
		settled := s.settled
		cmd := s.move(by)
		s.settled = settled
		return cmd
	}
	s.oldest, s.jump, s.rows, s.next = end == last, end, nil, ""
	return s.reload()
}

// The ends of the list.
const (
	first = "first"
	last  = "last"
)

func (s *orders) scroll(at int) {
	visible := s.visible()
	s.top = min(max(s.top, at-visible+1), at)
	s.top = max(0, min(s.top, len(s.rows)-visible))
	if s.top == 0 {
		s.newer = 0
	}
}

func (s *orders) open() tea.Cmd {
	if s.selected == "" {
		return nil
	}
	return s.desk.Push(newOrder(s.desk, s.selected))
}

// Resize takes the size of the part between header and footer.
func (s *orders) Resize(width, height int) {
	if width != s.width {
		s.drawn = map[domain.OrderID]drawnRow{}
	}
	s.width, s.height = width, height
	s.titles = s.titleLine()
	s.tellCares()
	s.filter.SetWidth(max(1, width-2*margin-len(s.filter.Prompt)-36)) // the sums stand beside it
	if at := s.index(); at >= 0 {
		s.scroll(at)
	}
}

func (s *orders) Title() string { return "orders" }

// Typing holds while the filter is written.
func (s *orders) Typing() bool { return s.filter.Focused() }

// StepBack leaves the filter; what was typed stays.
func (s *orders) StepBack() bool {
	typing := s.Typing()
	s.filter.Blur()
	s.chosen = false
	return typing
}

// Keys are those that count here.
func (s *orders) Keys() []key.Binding {
	if s.Typing() {
		return []key.Binding{listKeys.apply, listKeys.walk}
	}
	k := listKeys
	k.open.SetEnabled(len(s.rows) > 0)
	k.clear.SetEnabled(s.filter.Value() != "")
	if s.byUrgency() {
		k.cares.SetHelp("a", "all orders")
	}
	next := sortings[(s.sorting()+1)%len(sortings)].name
	k.sort.SetHelp("o", either(next == "total", "largest first", next+" first"))
	k.sort.SetEnabled(!s.byUrgency())
	return []key.Binding{k.open, k.walk, k.filter, k.cares, k.sort, k.sales, k.clear, k.page, k.ends, k.payouts}
}
