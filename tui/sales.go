package tui

import (
	"slices"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"till/domain"
)

// sales is what a day brought, by hour and by method, among the days around it.
type sales struct {
	desk          *Desk
	width, height int

	day      time.Time // the one that is looked at: its beginning, UTC
	today    bool      // it goes along with the clock
	currency domain.Currency

	salesRead      // what was last read
	known          bool
	loading, stale bool
	offset         int // lines scrolled off the top
}

// salesRead brings what came in the days up to one, that included.
type salesRead struct {
	by      *sales
	upTo    time.Time
	takings []domain.Taking
	err     error
}

// chartDays is how many days are seen.
const chartDays = 14

func newSales(d *Desk) *sales {
	s := &sales{desk: d, today: true, currency: d.Till.Currency}
	s.day = dayOf(d.Now())
	return s
}

func dayOf(t time.Time) time.Time { return t.UTC().Truncate(day) }

// salesAged is told now and then: midnight comes.
type salesAged struct{ by *sales }

func (s *sales) Init() tea.Cmd { return tea.Batch(s.read(), s.age()) }

func (s *sales) age() tea.Cmd { return s.desk.After(20*time.Second, salesAged{s}) }

// read asks for the days that are seen.
func (s *sales) read() tea.Cmd {
	if s.loading {
		s.stale = true
		return nil
	}
	if s.today {
		s.day = dayOf(s.desk.Now())
	}
	s.loading = true
	ctx, store, answer := s.desk.Ctx, s.desk.Till.Store, salesRead{by: s, upTo: s.lastDay()}
	return func() tea.Msg {
		answer.takings, answer.err = store.Takings(ctx, answer.upTo.AddDate(0, 0, 1-chartDays), answer.upTo.AddDate(0, 0, 1))
		return answer
	}
}

// lastDay is the last of the days that are seen: today, where the one that is looked at is not too long ago for that.
func (s *sales) lastDay() time.Time {
	if today := dayOf(s.desk.Now()); today.Sub(s.day) < chartDays*day {
		return today
	}
	return s.day
}

func (s *sales) Title() string { return "sales" }
func (s *sales) Typing() bool  { return false }

// Resize takes the size of the part between header and footer.
func (s *sales) Resize(width, height int) { s.width, s.height = width, height }

var salesKeys = struct{ days, today, currency, scroll key.Binding }{
	days:     key.NewBinding(key.WithKeys("left", "right", "h", "l"), key.WithHelp("←→", "another day")),
	today:    key.NewBinding(key.WithKeys("t", "home"), key.WithHelp("t", "today")),
	currency: key.NewBinding(key.WithKeys("c"), key.WithHelp("c", "another currency")),
	scroll:   key.NewBinding(key.WithKeys("up", "down", "k", "j", "pgup", "pgdown"), key.WithHelp("↑↓", "scroll")),
}

// Keys are those that count here.
func (s *sales) Keys() []key.Binding {
	k := salesKeys
	k.today.SetEnabled(!s.today)
	k.currency.SetEnabled(len(s.currencies()) > 1)
	return []key.Binding{k.days, k.today, k.currency, k.scroll}
}

// Update takes what concerns the sales.
func (s *sales) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case storeChanged:
		return s.read()
	case salesRead:
		if msg.by == s {
			return s.take(msg)
		}
	case salesAged:
		if msg.by == s {
			return tea.Batch(s.age(), s.read())
		}
	case tea.KeyPressMsg:
		return s.press(msg)
	case tea.MouseWheelMsg:
		s.scroll(map[tea.MouseButton]int{tea.MouseWheelUp: -3, tea.MouseWheelDown: 3}[msg.Button])
	case tea.MouseClickMsg:
		return s.click(msg)
	}
	return nil
}

func (s *sales) take(msg salesRead) tea.Cmd {
	s.loading = false
	if s.err = msg.err; msg.err == nil {
		s.salesRead, s.known = msg, true
		if all := s.currencies(); !slices.Contains(all, s.currency) {
			s.currency = all[0]
		}
	}
	if s.stale {
		s.stale = false
		return s.read()
	}
	return nil
}

// currencies are those in which anything came, the drawer's first.
func (s *sales) currencies() []domain.Currency {
	all := []domain.Currency{s.desk.Till.Currency}
	for _, t := range s.takings {
		if !slices.Contains(all, t.Currency) {
			all = append(all, t.Currency)
		}
	}
	slices.Sort(all[1:])
	return all
}

func (s *sales) press(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, salesKeys.days):
		by := map[string]int{"left": -1, "h": -1, "right": 1, "l": 1}[msg.String()]
		return s.look(s.day.AddDate(0, 0, by))
	case key.Matches(msg, salesKeys.today):
		return s.look(s.desk.Now())
	case key.Matches(msg, salesKeys.currency):
		all := s.currencies()
		s.currency = all[(slices.Index(all, s.currency)+1)%len(all)]
	case key.Matches(msg, salesKeys.scroll):
		s.scroll(map[string]int{"up": -1, "k": -1, "down": 1, "j": 1, "pgup": -s.height / 2, "pgdown": s.height / 2}[msg.String()])
	}
	return nil
}

// scroll goes on from what is seen, no further than to the end.
func (s *sales) scroll(by int) {
	_, most := s.layout()
	s.offset = scrolledBy(s.offset, by, most)
}

// look goes to another day; none that is yet to come.
func (s *sales) look(at time.Time) tea.Cmd {
	today := dayOf(s.desk.Now())
	if s.day = dayOf(at); s.day.After(today) {
		s.day = today
	}
	s.today = s.day.Equal(today)
	if s.lastDay().Equal(s.upTo) {
		return nil
	}
	return s.read()
}

// click goes to the day whose bar was clicked.
func (s *sales) click(msg tea.MouseClickMsg) tea.Cmd {
	columns := s.width - 2*margin
	_, most := s.layout()
	at := msg.Y + scrolledBy(s.offset, 0, most) - len(s.head(columns)) - 2 // under the title and its line
	if beside, one := s.split(columns); msg.Button == tea.MouseLeft && beside && at >= 0 && at < chartDays && msg.X >= margin+one+gap {
		return s.look(s.upTo.AddDate(0, 0, -at))
	}
	return nil
}
