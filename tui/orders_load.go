package tui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"till/domain"
)

// What the list has of all orders: a stretch of pages from its top, or one from its end.

// pageSize is how many orders are loaded at a time, and mostLoaded how many a reload may bring.
const (
	pageSize   = 100
	mostLoaded = 1000
)

// ordersLoaded brings a page to the list that asked for it.
type ordersLoaded struct {
	by    *orders
	asked int
	more  bool // it goes behind what is there, or above it
	page  domain.OrderPage
	err   error
}

// ordersAged is told now and then, since ages grow.
type ordersAged struct{ by *orders }

// caresRead tells what of all orders somebody should see to.
type caresRead struct {
	by   *orders
	sums []domain.CareSum
	err  error
}

func (s *orders) Init() tea.Cmd { return tea.Batch(s.reload(), s.readCares(), s.age()) }

func (s *orders) age() tea.Cmd {
	return s.desk.After(20*time.Second, ordersAged{s})
}

func (s *orders) readCares() tea.Cmd {
	ctx, store, now, answer := s.desk.Ctx, s.desk.Till.Store, s.desk.Now(), caresRead{by: s}
	return func() tea.Msg {
		answer.sums, answer.err = store.Cares(ctx, now)
		return answer
	}
}

// query is what the filter asks for, from the end at which the rows are.
func (s *orders) query() (domain.OrderQuery, error) {
	q, err := parseFilter(s.filter.Value(), s.desk.Now(), s.desk.Till.Currency)
	if s.oldest {
		q.Sort = "created_at"
	}
	return q, err
}

// sorting is where the filter's way of sorting stands among them.
func (s *orders) sorting() (at int) {
	q, _ := parseFilter(s.filter.Value(), s.desk.Now(), s.desk.Till.Currency)
	for i, way := range sortings {
		if way.sort == q.Sort {
			at = i
		}
	}
	return at
}

// byUrgency tells whether the list is that of what wants care.
func (s *orders) byUrgency() bool {
	q, err := s.query()
	return err == nil && !q.Cares.IsZero()
}

// reload asks for the list from its end, as far as it had been loaded.
func (s *orders) reload() tea.Cmd {
	q, err := s.query()
	if s.wrong = err; err != nil {
		return nil
	}
	q.Size = min(mostLoaded, max(pageSize, len(s.rows)))
	return s.load(q, false)
}

// more asks for the page that follows the rows.
func (s *orders) more() tea.Cmd {
	q, err := s.query()
	if err != nil || s.next == "" || s.loading {
		return nil
	}
	q.After, q.Size = s.next, pageSize
	return s.load(q, true)
}

func (s *orders) load(q domain.OrderQuery, more bool) tea.Cmd {
	s.asked++
	s.loading = true
	ctx, store, answer, fromEnd := s.desk.Ctx, s.desk.Till.Store, ordersLoaded{by: s, asked: s.asked, more: more}, s.oldest
	return func() tea.Msg {
		answer.page, answer.err = store.Orders(ctx, q)
		if fromEnd { // the oldest came first
			slices.Reverse(answer.page.Items)
		}
		return answer
	}
}

func (s *orders) loaded(msg ordersLoaded) tea.Cmd {
	s.loading = false
	if s.err = msg.err; msg.err != nil {
		return nil
	}
	before := s.index()
	switch {
	case msg.more && s.oldest:
		s.rows, s.next = append(msg.page.Items, s.rows...), msg.page.Next
	case msg.more:
		s.rows, s.next = append(s.rows, msg.page.Items...), msg.page.Next
	default:
		s.arrived(msg.page.Items)
		s.refresh(msg.page)
	}
	s.summarise()
	s.tellCares()
	s.keep(before)
	if s.stale {
		s.stale = false
		return tea.Batch(s.reload(), s.readCares())
	}
	return nil
}

// arrived counts the orders that are new above those that were there. Who has chosen none goes along with them.
func (s *orders) arrived(fresh []domain.OrderRow) {
	if s.listed != s.filter.Value() || len(s.rows) == 0 || s.oldest || s.sorting() > 0 {
		s.listed, s.newer = s.filter.Value(), 0
		return
	}
	newest := s.rows[0].ID
	s.newer += max(0, slices.IndexFunc(fresh, func(r domain.OrderRow) bool { return r.ID == newest }))
	if !s.settled && s.selected == newest && len(fresh) > 0 {
		s.selected = fresh[0].ID
	}
}

// refresh takes pages from the end of the list. Beyond them stays what had been loaded further than a reload goes.
func (s *orders) refresh(page domain.OrderPage) {
	had := s.rows
	s.rows, s.drawn = page.Items, map[domain.OrderID]drawnRow{}
	if page.Next == "" || len(had) <= mostLoaded {
		s.next = page.Next
		return
	}
	fresh := make(map[domain.OrderID]bool, len(page.Items))
	for _, row := range page.Items {
		fresh[row.ID] = true
	}
	covered := len(page.Items) - 1 // one more may have come
	beyond := had[covered:]
	if s.oldest {
		beyond = had[:len(had)-covered]
	}
	beyond = slices.DeleteFunc(slices.Clone(beyond), func(r domain.OrderRow) bool { return fresh[r.ID] })
	if s.oldest {
		s.rows = append(beyond, s.rows...)
		return
	}
	s.rows = append(s.rows, beyond...)
}

// keep leaves the selection on its order; when that is gone, on its line.
func (s *orders) keep(before int) {
	if len(s.rows) == 0 {
		s.selected, s.top = "", 0
		return
	}
	switch s.jump {
	case first:
		s.selected = s.rows[0].ID
	case last:
		s.selected = s.rows[len(s.rows)-1].ID
	}
	s.jump = ""
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
