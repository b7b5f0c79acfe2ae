package tui

import (
	"slices"
	"time"

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

	selected domain.OrderID
	top      int    // the row on the first line
	settled  bool   // somebody has chosen a row: the selection stays on it
	newer    int    // orders that came while they could not be seen
	listed   string // the filter of the rows

	sums   string // what the head says of the rows
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

// pageSize is how many orders are loaded at a time, and mostLoaded how many a reload may bring.
const (
	pageSize   = 100
	mostLoaded = 1000
)

// ordersLoaded brings a page to the list that asked for it.
type ordersLoaded struct {
	by    *orders
	asked int
	more  bool // it goes behind what is there
	page  domain.OrderPage
	err   error
}

// ordersAged is told now and then, since ages grow.
type ordersAged struct{ by *orders }

func (s *orders) Init() tea.Cmd { return tea.Batch(s.reload(), s.age()) }

func (s *orders) age() tea.Cmd {
	return s.desk.After(20*time.Second, ordersAged{s})
}

// reload asks for the list from its top, as far as it had been loaded.
func (s *orders) reload() tea.Cmd {
	q, err := parseFilter(s.filter.Value(), s.desk.Now())
	if s.wrong = err; err != nil {
		return nil
	}
	q.Size = min(mostLoaded, max(pageSize, len(s.rows)))
	return s.load(q, false)
}

// more asks for the page behind the last row.
func (s *orders) more() tea.Cmd {
	q, err := parseFilter(s.filter.Value(), s.desk.Now())
	if err != nil || s.next == "" || s.loading {
		return nil
	}
	q.After, q.Size = s.next, pageSize
	return s.load(q, true)
}

func (s *orders) load(q domain.OrderQuery, more bool) tea.Cmd {
	s.asked++
	s.loading = true
	ctx, store, answer := s.desk.Ctx, s.desk.Till.Store, ordersLoaded{by: s, asked: s.asked, more: more}
	return func() tea.Msg {
		answer.page, answer.err = store.Orders(ctx, q)
		return answer
	}
}

func (s *orders) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case storeChanged:
		if s.loading {
			s.stale = true
			return nil
		}
		return s.reload()
	case ordersLoaded:
		if msg.by == s && msg.asked == s.asked {
			return s.loaded(msg)
		}
	case ordersAged:
		if msg.by == s {
			return s.age()
		}
	case themeChanged:
		s.drawn = map[domain.OrderID]drawnRow{}
		s.titles = s.titleLine()
		paintInput(&s.filter, s.desk.Styles)
	case tea.KeyPressMsg:
		return s.press(msg)
	case tea.PasteMsg:
		if s.filter.Focused() {
			return s.typed(msg)
		}
	case tea.MouseWheelMsg:
		return s.wheel(msg)
	case tea.MouseClickMsg:
		return s.click(msg)
	}
	return nil
}

func (s *orders) loaded(msg ordersLoaded) tea.Cmd {
	s.loading = false
	if s.err = msg.err; msg.err != nil {
		return nil
	}
	before := s.index()
	switch {
	case msg.more:
		s.rows = append(s.rows, msg.page.Items...)
		s.next = msg.page.Next
	default:
		s.arrived(msg.page.Items)
		s.refresh(msg.page)
	}
	s.summarise()
	s.keep(before)
	if s.stale {
		s.stale = false
		return s.reload()
	}
	return nil
}

// arrived counts the orders that are new above those that were there. Who has chosen none goes along with them.
func (s *orders) arrived(fresh []domain.OrderRow) {
	if s.listed != s.filter.Value() || len(s.rows) == 0 {
		s.listed, s.newer = s.filter.Value(), 0
		return
	}
	newest := s.rows[0].ID
	s.newer += max(0, slices.IndexFunc(fresh, func(r domain.OrderRow) bool { return r.ID == newest }))
	if !s.settled && s.selected == newest && len(fresh) > 0 {
		s.selected = fresh[0].ID
	}
}

// refresh takes a page from the top. Behind it stays what had been loaded further down than a reload goes.
func (s *orders) refresh(page domain.OrderPage) {
	tail := s.rows
	s.rows, s.drawn = page.Items, map[domain.OrderID]drawnRow{}
	if page.Next == "" || len(tail) <= mostLoaded {
		s.next = page.Next
		return
	}
	fresh := make(map[domain.OrderID]bool, len(page.Items))
	for _, row := range page.Items {
		fresh[row.ID] = true
	}
	for _, row := range tail[len(page.Items)-1:] {
		if !fresh[row.ID] {
			s.rows = append(s.rows, row)
		}
	}
}

// keep leaves the selection on its order; when that is gone, on its line.
func (s *orders) keep(before int) {
	if len(s.rows) == 0 {
		s.selected, s.top = "", 0
		return
	}
	at := s.index()
	if at < 0 {
		at = min(max(0, before), len(s.rows)-1)
		s.selected = s.rows[at].ID
	}
	if s.top > 0 && before >= 0 { // new orders above push nothing off its line
		s.top += at - before
	}
	s.scroll(at)
}

// index is the line of the selected order; -1 if it is not in the list.
func (s *orders) index() int {
	return slices.IndexFunc(s.rows, func(r domain.OrderRow) bool { return r.ID == s.selected })
}

// move selects another line, brings it onto the screen, and loads more when the end comes near.
func (s *orders) move(by int) tea.Cmd {
	if len(s.rows) == 0 {
		return nil
	}
	at := min(max(0, s.index()+by), len(s.rows)-1)
	s.selected, s.settled = s.rows[at].ID, true
	s.scroll(at)
	if at+2*s.visible() >= len(s.rows) {
		return s.more()
	}
	return nil
}

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
	clear, ends := listKeys.clear, listKeys.ends
	clear.SetEnabled(s.filter.Value() != "")
	if s.next != "" { // there is more than has been read
		ends.SetHelp("home/end", "newest, further down")
	}
	return []key.Binding{listKeys.open, listKeys.walk, listKeys.filter, clear, listKeys.page, ends, listKeys.payouts}
}
