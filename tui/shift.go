package tui

import (
	"context"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// drawer is the shift of the cash drawer: how the one that is open stands, and the Z reports of those before.
type drawer struct {
	desk          *Desk
	width, height int

	shiftRead      // how it stood when it was last read
	known          bool
	loading, stale bool
	running        string // what was asked for and is not done yet

	sheets   map[string]*cashSheet // what was typed and not taken yet, by action
	earlier  []domain.Amount       // what was counted and is not what should be there
	counting bool                  // somebody counts: nothing on the page says what should be there
	reports  bool                  // the older reports are seen instead of the shift
	at       int                   // the older report in hand
	offset   int                   // lines scrolled off the top
	most     *int                  // how many can be, as it was last drawn; nil: not yet, in this size
}

// shiftRead is the shift that is open with its X report, and those that were closed.
type shiftRead struct {
	by     *drawer
	open   *domain.Shift // nil: none
	report domain.ShiftReport
	closed []*domain.Shift // newest first
	loose  loose
	err    error
}

func newDrawer(d *Desk) *drawer { return &drawer{desk: d, sheets: map[string]*cashSheet{}} }

// mostReports is how many older reports are listed.
const mostReports = 200

func (s *drawer) Init() tea.Cmd { return s.read() }

func (s *drawer) read() tea.Cmd {
	if s.loading {
		s.stale = true
		return nil
	}
	s.loading = true
	ctx, t, answer := s.desk.Ctx, s.desk.Till, shiftRead{by: s}
	return func() tea.Msg {
		answer.err = answer.ask(ctx, t)
		return answer
	}
}

func (r *shiftRead) ask(ctx context.Context, t *till.Till) (err error) {
	if r.closed, err = t.Store.Shifts(ctx, 0, mostReports); err != nil {
		return err
	}
	if len(r.closed) == 0 || !r.closed[0].IsOpen() {
		return nil
	}
	r.open, r.closed = r.closed[0], r.closed[1:]
	if r.report, err = t.ReportOf(ctx, r.open); err != nil {
		return err
	}
	r.loose, err = looseEnds(ctx, t)
	return err
}

func (s *drawer) Title() string { return "shift" }
func (s *drawer) Typing() bool  { return false }

// Resize takes the size of the part between header and footer.
func (s *drawer) Resize(width, height int) { s.width, s.height, s.most = width, height, nil }

// StepBack goes from the older reports to the shift.
func (s *drawer) StepBack() bool {
	was := s.reports
	s.reports, s.offset = false, 0
	return was
}

var shiftKeys = struct{ open, in, out, end, slip, sales, payouts, tab, show, walk, scroll key.Binding }{
	open:    key.NewBinding(key.WithKeys("enter", "o"), key.WithHelp("enter", "open a shift")),
	in:      key.NewBinding(key.WithKeys("+", "i"), key.WithHelp("+", "pay in")),
	out:     key.NewBinding(key.WithKeys("-", "u"), key.WithHelp("-", "pay out")),
	end:     key.NewBinding(key.WithKeys("c"), key.WithHelp("c", "count and close")),
	slip:    key.NewBinding(key.WithKeys("x"), key.WithHelp("x", "X report")),
	sales:   key.NewBinding(key.WithKeys("g"), key.WithHelp("g", "sales today")),
	payouts: key.NewBinding(key.WithKeys("p"), key.WithHelp("p", "payouts")),
	tab:     key.NewBinding(key.WithKeys("tab", "shift+tab"), key.WithHelp("tab", "Z reports")),
	show:    key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "show")),
	walk:    key.NewBinding(key.WithKeys("up", "down", "k", "j"), key.WithHelp("↑↓", "select")),
	scroll:  key.NewBinding(key.WithKeys("up", "down", "k", "j", "pgup", "pgdown"), key.WithHelp("↑↓", "scroll")),
}

// Keys are what counts here; what needs an open shift is off without one.
func (s *drawer) Keys() []key.Binding {
	k := shiftKeys
	if s.reports {
		k.tab.SetHelp("tab", "the shift")
		k.show.SetEnabled(len(s.closed) > 0)
		return []key.Binding{k.show, k.walk, k.tab, k.sales, k.payouts}
	}
	for _, b := range []*key.Binding{&k.in, &k.out, &k.end, &k.slip} {
		b.SetEnabled(s.open != nil && s.running == "")
	}
	k.open.SetEnabled(s.known && s.open == nil && s.running == "")
	keys := []key.Binding{k.in, k.out, k.end, k.slip, k.tab, k.sales, k.payouts, k.scroll}
	if s.open == nil {
		return append([]key.Binding{k.open}, keys...)
	}
	return append(keys, k.open)
}

// Update takes what concerns the shift.
func (s *drawer) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case storeChanged:
		return s.read()
	case shiftRead:
		if msg.by == s {
			return s.take(msg)
		}
	case tea.KeyPressMsg:
		s.counting = false // a dialog would have had the key
		return s.press(msg)
	case tea.MouseWheelMsg:
		s.walk(map[tea.MouseButton]int{tea.MouseWheelUp: -1, tea.MouseWheelDown: 1}[msg.Button])
	case tea.MouseClickMsg:
		return s.click(msg)
	}
	return nil
}

func (s *drawer) take(msg shiftRead) tea.Cmd {
	s.loading = false
	switch {
	case msg.err == nil:
		if s.open == nil || msg.open == nil || s.open.ID != msg.open.ID {
			s.earlier = nil // it was counted in another shift, which another console has ended
		}
		s.shiftRead, s.known = msg, true
		s.at = min(s.at, max(0, len(s.closed)-1))
	case textOf(msg.err) != textOf(s.err):
		s.err = msg.err
		s.desk.Fail(msg.err)
	}
	if s.stale {
		s.stale = false
		return s.read()
	}
	return nil
}

func (s *drawer) press(msg tea.KeyPressMsg) tea.Cmd {
	k := shiftKeys
	switch {
	case key.Matches(msg, k.tab):
		s.reports, s.offset = !s.reports, 0
	case key.Matches(msg, k.sales):
		return s.desk.app.visit(salesPlace)
	case key.Matches(msg, k.payouts):
		return s.desk.app.visit(payoutsPlace)
	case s.reports && key.Matches(msg, k.show):
		return s.show()
	case key.Matches(msg, k.scroll):
		s.walk(map[string]int{"up": -1, "k": -1, "down": 1, "j": 1, "pgup": -s.height, "pgdown": s.height}[msg.String()])
	case s.reports || !s.known:
	default:
		return s.act(msg)
	}
	return nil
}

// act begins what a key asks for, or says why it is not possible.
func (s *drawer) act(msg tea.KeyPressMsg) tea.Cmd {
	for _, a := range []struct {
		key   key.Binding
		ask   func() tea.Cmd
		opens bool // it wants that no shift is open
	}{
		{shiftKeys.open, s.askFloat, true},
		{shiftKeys.in, func() tea.Cmd { return s.askMove(payIn) }, false},
		{shiftKeys.out, func() tea.Cmd { return s.askMove(payOut) }, false},
		{shiftKeys.end, s.askCount, false},
		{shiftKeys.slip, s.showX, false},
	} {
		switch {
		case !key.Matches(msg, a.key):
			continue
		case s.running != "":
			s.desk.Say("one thing at a time: %s", s.running)
		case a.opens && s.open != nil && msg.Code == tea.KeyEnter: // nothing was meant by it
		case a.opens && s.open != nil:
			s.desk.Fail(domain.Errorf(domain.CodeIllegalTransition, "a shift is open already"))
		case !a.opens && s.open == nil:
			s.desk.Fail(domain.Errorf(domain.CodeIllegalTransition, "%s: no shift is open", a.key.Help().Desc))
		default:
			return a.ask()
		}
		return nil
	}
	return nil
}

func (s *drawer) walk(by int) {
	if s.reports {
		s.at = max(0, min(s.at+by, len(s.closed)-1))
		return
	}
	if s.open != nil {
		if s.most == nil {
			s.rolled(s.width - 2*margin)
		}
		s.offset = scrolledBy(s.offset, by, *s.most)
	}
}

// show opens the report in hand.
func (s *drawer) show() tea.Cmd {
	if s.at >= len(s.closed) {
		return nil
	}
	z := s.closed[s.at]
	return s.desk.Push(newShiftSlip(s.desk, z, *z.Report))
}

func (s *drawer) showX() tea.Cmd { return s.desk.Push(newShiftSlip(s.desk, s.open, s.report)) }

// click opens the tab whose name was clicked, and selects a report; a click on the one in hand shows it.
func (s *drawer) click(msg tea.MouseClickMsg) tea.Cmd {
	if msg.Button != tea.MouseLeft {
		return nil
	}
	line := s.tabAt()
	row := msg.Y - line - 2
	switch {
	case msg.Y == line:
		first := margin + width(shiftTabs[0]) + 2
		s.reports, s.offset = msg.X >= first, 0
	case s.reports && row >= 0 && row < len(s.closed):
		row += s.above(s.room())
		if row == s.at {
			return s.show()
		}
		s.at = min(row, len(s.closed)-1)
	}
	return nil
}

// shiftSeen tells the header whether a shift is open.
type shiftSeen struct{ open bool }

// readShift looks whether a shift is open.
func (a *App) readShift() tea.Cmd {
	ctx, t, was := a.desk.Ctx, a.desk.Till, a.onShift
	return func() tea.Msg {
		last, err := t.LastShift(ctx)
		if err != nil { // the sign is not worth a complaint
			return shiftSeen{was}
		}
		return shiftSeen{last != nil && last.IsOpen()}
	}
}

// shiftMark is the sign of an open shift, where there is room for it.
func (a *App) shiftMark() string {
	if !a.onShift || a.width < roomyHeader {
		return ""
	}
	glyph, word, style := a.desk.Styles.State("shift", domain.ShiftOpen)
	if a.width < wideEnough { // the names of the places count for more
		return style.Render(glyph) + "  "
	}
	return style.Render(glyph) + a.desk.Styles.Faint.Render(" shift "+word) + "  "
}

// roomyHeader is from where on the header has room for what is only good to know.
const roomyHeader = 72
