package tui

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"till/domain"
)

// payouts is the live list of all payouts, newest first. What is selected is a payout, not a line.
type payouts struct {
	desk          *Desk
	width, height int

	rows           []*domain.Payout
	known          bool
	loading, stale bool
	over           bool // there are none behind the last row
	err            error
	selected       domain.PayoutID
	draft          *payoutForm // what was typed of a new one and not asked for yet
}

func newPayouts(d *Desk) *payouts { return &payouts{desk: d} }

// payoutsRead brings the list.
type payoutsRead struct {
	by   *payouts
	more bool // it goes behind what is there
	over bool
	rows []*domain.Payout
	err  error
}

// payoutsAged is told now and then, since ages grow.
type payoutsAged struct{ by *payouts }

func (s *payouts) Init() tea.Cmd { return tea.Batch(s.read(), s.age()) }

func (s *payouts) age() tea.Cmd { return s.desk.After(20*time.Second, payoutsAged{s}) }

func (s *payouts) read() tea.Cmd {
	if s.loading {
		s.stale = true
		return nil
	}
	return s.load(0, min(mostLoaded, max(pageSize, len(s.rows)+1)), false) // one more may have come
}

// more asks for the page behind the last row.
func (s *payouts) more() tea.Cmd {
	if s.loading || s.over || len(s.rows) == 0 {
		return nil
	}
	return s.load(s.rows[len(s.rows)-1].OpenedIn, pageSize, true)
}

func (s *payouts) load(before domain.Seq, size int, more bool) tea.Cmd {
	s.loading = true
	ctx, store, answer := s.desk.Ctx, s.desk.Till.Store, payoutsRead{by: s, more: more}
	return func() tea.Msg {
		answer.rows, answer.err = store.Payouts(ctx, before, size)
		answer.over = len(answer.rows) < size
		return answer
	}
}

func (s *payouts) Title() string { return "payouts" }
func (s *payouts) Typing() bool  { return false }

// Resize takes the size of the part between header and footer.
func (s *payouts) Resize(width, height int) { s.width, s.height = width, height }

var payoutsKeys = struct{ open, fresh, walk, page, ends key.Binding }{
	open:  key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "open")),
	fresh: key.NewBinding(key.WithKeys("n"), key.WithHelp("n", "new payout")),
	walk:  key.NewBinding(key.WithKeys("up", "down", "k", "j"), key.WithHelp("↑↓", "select")),
	page:  key.NewBinding(key.WithKeys("pgup", "pgdown"), key.WithHelp("pgup/pgdn", "page")),
	ends:  key.NewBinding(key.WithKeys("home", "end"), key.WithHelp("home/end", "newest, oldest")),
}

// Keys are those that count here.
func (s *payouts) Keys() []key.Binding {
	k := payoutsKeys
	k.open.SetEnabled(len(s.rows) > 0)
	return []key.Binding{k.open, k.fresh, k.walk, k.page, k.ends}
}

// Update takes what concerns the list.
func (s *payouts) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case storeChanged:
		return s.read()
	case payoutsRead:
		if msg.by == s {
			return s.take(msg)
		}
	case payoutsAged:
		if msg.by == s {
			return s.age()
		}
	case tea.KeyPressMsg:
		return s.press(msg)
	case tea.MouseWheelMsg:
		return s.move(map[tea.MouseButton]int{tea.MouseWheelUp: -3, tea.MouseWheelDown: 3}[msg.Button])
	case tea.MouseClickMsg:
		return s.click(msg)
	}
	return nil
}

func (s *payouts) take(msg payoutsRead) tea.Cmd {
	s.loading = false
	if s.err = msg.err; msg.err == nil {
		at := s.index()
		if msg.more {
			msg.rows = append(s.rows, msg.rows...)
		}
		s.rows, s.over, s.known = msg.rows, msg.over, true
		if len(s.rows) > 0 && s.index() < 0 {
			s.selected = s.rows[min(max(0, at), len(s.rows)-1)].ID
		}
	}
	if s.stale {
		s.stale = false
		return s.read()
	}
	return nil
}

func (s *payouts) index() int {
	return slices.IndexFunc(s.rows, func(p *domain.Payout) bool { return p.ID == s.selected })
}

func (s *payouts) press(msg tea.KeyPressMsg) tea.Cmd {
	k := payoutsKeys
	switch {
	case key.Matches(msg, k.open):
		return s.open()
	case key.Matches(msg, k.fresh):
		return s.fresh()
	case key.Matches(msg, k.walk, k.page, k.ends):
		page := max(1, s.height-payoutsHead)
		return s.move(map[string]int{
			"up": -1, "k": -1, "down": 1, "j": 1, "pgup": -page, "pgdown": page,
			"home": -len(s.rows), "end": len(s.rows),
		}[msg.String()])
	}
	return nil
}

// move selects another line, and loads more when the end comes near.
func (s *payouts) move(by int) tea.Cmd {
	if len(s.rows) == 0 {
		return nil
	}
	at := max(0, min(s.index()+by, len(s.rows)-1))
	s.selected = s.rows[at].ID
	if at+2*max(1, s.height-payoutsHead) >= len(s.rows) {
		return s.more()
	}
	return nil
}

func (s *payouts) open() tea.Cmd {
	if s.index() < 0 {
		return nil
	}
	return s.desk.Push(newPayout(s.desk, s.selected))
}

// fresh asks for a new payout. What was typed before is still there.
func (s *payouts) fresh() tea.Cmd {
	if s.draft == nil {
		s.draft = newPayoutForm(s.desk, func() { s.draft = nil })
	}
	return s.desk.Push(s.draft)
}

// click selects the row; a click on the selected one opens it.
func (s *payouts) click(msg tea.MouseClickMsg) tea.Cmd {
	at := msg.Y - payoutsHead + s.above()
	switch {
	case msg.Button != tea.MouseLeft || msg.Y < payoutsHead || at >= len(s.rows):
	case s.rows[at].ID == s.selected:
		return s.open()
	default:
		s.selected = s.rows[at].ID
	}
	return nil
}

// payoutsHead is how many lines stand above the rows.
const payoutsHead = 3

// above is how many rows are scrolled off the top.
func (s *payouts) above() int {
	room := s.height - payoutsHead
	return max(0, min(s.index()-room/2, len(s.rows)-room))
}

// View draws the list.
func (s *payouts) View() string {
	st := s.desk.Styles
	if s.width < 1 {
		return ""
	}
	columns := s.width - 2*margin
	notice := ""
	if s.err != nil {
		notice = st.Bad.Render(cut("✗ "+Inert(s.err.Error()), columns))
	}
	lines := []string{
		blanks(margin) + spread(st.Faint.Render("money that goes out"), st.Faint.Render(s.sums()), columns),
		blanks(margin) + notice,
	}
	if len(s.rows) == 0 {
		return strings.Join(append(lines, s.empty(columns)), "\n")
	}
	lines = append(lines, blanks(margin)+st.Faint.Render(s.cells(columns, "payout", "status", "to", "account", "amount", "age", nil)))
	from := s.above()
	for _, p := range s.rows[from:min(len(s.rows), from+max(0, s.height-payoutsHead))] {
		lines = append(lines, s.row(p, columns))
	}
	return strings.Join(lines, "\n")
}

func (s *payouts) empty(columns int) string {
	if !s.known {
		return ""
	}
	st := s.desk.Styles
	return "\n" + indent(st.Text.Render("no payouts yet")+"\n\n"+st.Title.Render("n")+
		st.Text.Render(wrapped("  makes one: the bank is told whom money is to go to, and sends it once you confirm.", columns-3)), margin)
}

// sums says how many there are, and what was paid out, by currency.
func (s *payouts) sums() string {
	paid := map[domain.Currency]domain.Amount{}
	var currencies []domain.Currency
	for _, p := range s.rows {
		if _, met := paid[p.Currency]; !met && p.IsPaid() {
			currencies = append(currencies, p.Currency)
		}
		if p.IsPaid() {
			paid[p.Currency] += p.Amount
		}
	}
	slices.Sort(currencies)
	more := ""
	if s.known && !s.over {
		more = "+"
	}
	parts := []string{strings.Replace(plural(len(s.rows), "payout"), " ", more+" ", 1)}
	for _, c := range currencies[:min(3, len(currencies))] {
		parts = append(parts, c.Display(paid[c])+more+" paid")
	}
	return strings.Join(parts, " · ")
}

// wideAccount is from how many columns on the end of the account is seen.
const wideAccount = 84

// cells sets a row; a status that has a style of its own is painted with it.
func (s *payouts) cells(columns int, name, status, to, account, amount, age string, paint func(string) string) string {
	name, status, amount, age = pad(name, 8), pad(status, 14), padLeft(amount, 14), padLeft(age, 5)
	if paint != nil {
		status = paint(status)
	}
	tail := amount + age
	if columns >= wideAccount {
		tail = pad(account, 10) + tail
	}
	return name + status + pad(to, columns-22-width(tail)-1) + " " + tail
}

func (s *payouts) row(p *domain.Payout, columns int) string {
	st := s.desk.Styles
	sign := badgeOf("payout", p.State)
	if len(p.Attention()) > 0 {
		sign = badgeOf("operation", domain.OpUnknown)
	}
	account := ""
	if p.Account != "" {
		account = "••" + Inert(p.Account)
	}
	paint := st.hue[sign.hue].Render
	if p.ID == s.selected {
		paint = nil
	}
	line := s.cells(columns, p.HumanID, sign.glyph+" "+sign.word, paidTo(p), account, p.Currency.Display(p.Amount), ageOf(s.desk.Now().Sub(p.CreatedAt)), paint)
	if p.ID == s.selected {
		return st.Title.Render("▌") + st.RowName.Render(" "+line[:8]) + st.Row.Render(line[8:]+"  ")
	}
	return blanks(margin) + st.Strong.Render(line[:8]) + line[8:]
}

// paidTo is whom a payout goes to, as far as that is known.
func paidTo(p *domain.Payout) string {
	if p.Forgotten {
		return "forgotten"
	}
	return Inert(cmp.Or(p.Name, "nobody yet"))
}

// payoutRead brings a payout to its screen.
type payoutRead struct {
	by     *payout
	payout *domain.Payout
	err    error
}
