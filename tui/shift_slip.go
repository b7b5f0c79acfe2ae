package tui

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/receipt"
)

// shiftSlip is the report of a shift as a slip: a Z report as it was written, or an X report as it was when it was
// asked for. What a count came to stands beside it, large.
type shiftSlip struct {
	desk          *Desk
	width, height int

	shift  *domain.Shift
	report domain.ShiftReport
	slip   []string
	scroll int
}

func newShiftSlip(d *Desk, sh *domain.Shift, r domain.ShiftReport) *shiftSlip {
	return &shiftSlip{desk: d, shift: sh, report: r}
}

func (s *shiftSlip) Init() tea.Cmd { return nil }
func (s *shiftSlip) Typing() bool  { return false }

func (s *shiftSlip) Title() string {
	if !s.shift.IsOpen() {
		return fmt.Sprintf("Z report %d", s.shift.Number)
	}
	return "X report"
}

// Resize sets the slip for the room that there is.
func (s *shiftSlip) Resize(width, height int) {
	s.width, s.height = width, height
	s.slip = strings.Split(strings.Trim(s.text(min(slipWidth, width-s.side()-2*margin-2)), "\n"), "\n")
	s.roll(0)
}

func (s *shiftSlip) text(columns int) string {
	return receipt.ShiftText(s.shift, s.report, receipt.Options{Shop: s.desk.Till.Shop, Width: columns})
}

// side is how wide the column beside the slip is.
func (s *shiftSlip) side() int { return max(24, min(44, s.width-slipWidth-2*margin-2)) }

var slipKeys = struct{ copy, scroll, done key.Binding }{
	copy:   key.NewBinding(key.WithKeys("y"), key.WithHelp("y", "copy")),
	scroll: key.NewBinding(key.WithKeys("up", "down", "k", "j", "pgup", "pgdown"), key.WithHelp("↑↓", "scroll")),
	done:   key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "done")),
}

// Keys are what counts here.
func (s *shiftSlip) Keys() []key.Binding {
	k := slipKeys
	k.scroll.SetEnabled(len(s.slip) > s.height-2)
	return []key.Binding{k.done, k.copy, k.scroll}
}

// Update answers keys.
func (s *shiftSlip) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.MouseWheelMsg:
		s.roll(map[tea.MouseButton]int{tea.MouseWheelUp: -3, tea.MouseWheelDown: 3}[msg.Button])
	case tea.KeyPressMsg:
		switch {
		case key.Matches(msg, slipKeys.done):
			return s.desk.Back()
		case key.Matches(msg, slipKeys.copy):
			s.desk.Say("copied")
			return tea.SetClipboard(s.text(slipWidth))
		case key.Matches(msg, slipKeys.scroll):
			s.roll(map[string]int{"up": -1, "k": -1, "down": 1, "j": 1, "pgup": -10, "pgdown": 10}[msg.String()])
		}
	}
	return nil
}

func (s *shiftSlip) roll(by int) {
	s.scroll = max(0, min(s.scroll+by, len(s.slip)-(s.height-2)))
}

// View shows the slip, and what counts most beside it.
func (s *shiftSlip) View() string {
	st, side := s.desk.Styles, s.side()
	slip := s.slip[s.scroll:min(len(s.slip), s.scroll+max(0, s.height-2))]
	lines := make([]string, len(slip))
	for i, line := range slip {
		lines[i] = st.Rule.Render("│ ") + st.Text.Render(line)
	}
	return besideFrom(margin, "\n"+s.headline(side-margin), "\n"+strings.Join(lines, "\n"), side)
}

// headline is what a count came to; of a shift that is open, that it goes on.
func (s *shiftSlip) headline(columns int) string {
	st, sh, d := s.desk.Styles, s.shift, s.report.Drawer
	c := sh.Currency
	glyph, word, style := st.State("shift", sh.State)
	top := style.Render(glyph+" "+word) + st.Faint.Render("   "+s.Title()) + "\n\n"
	line := func(label string, a domain.Amount) string {
		return st.Faint.Render(pad(label, 10)) + st.Text.Render(c.Display(a)) + "\n"
	}
	if sh.IsOpen() {
		return top + line("expected", d.Expected) + "\n" + st.Faint.Render(wrapped("as it stands now. it changes nothing, and can be asked for again.", columns))
	}
	before := ""
	if n := len(s.report.Earlier); n > 0 {
		all := make([]string, n)
		for i, a := range s.report.Earlier {
			all[i] = c.Display(a)
		}
		before = st.Faint.Render(wrapped(plural(n, "count")+" before: "+strings.Join(all, ", "), columns)) + "\n"
	}
	v := verdictOf(sh)
	paint := st.bold[v.hue].Render
	top += line("expected", d.Expected) + line("counted", d.Counted) + before + "\n" + paint(v.glyph+" "+cut(v.words(c), columns-2)) + "\n"
	if v.by > 0 && s.height >= roomy {
		top += "\n" + figure(c.Format(v.by), columns, paint) + "\n"
	}
	return top + "\n" + st.Faint.Render(wrapped("written for good. the next shift begins with what is in the drawer now.", columns))
}
