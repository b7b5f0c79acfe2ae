package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"till/domain"
)

// tabs are the parts of the screen: that with the case is only there where an order has one.
func (s *order) tabs() []string {
	all := []string{"overview", "timeline", "attempts", "wire", "lines", "case"}
	if s.full != nil && len(cases(s.full)) == 0 {
		return all[:caseTab]
	}
	return all
}

// roomy is the height from which on there is air between the parts.
const roomy = 18

func (s *order) drawTab(columns, lines int) []string {
	switch s.tabs()[s.tab] {
	case "timeline":
		return s.timelineTab(columns, lines)
	case "attempts":
		return s.attemptsTab(columns, lines)
	case "wire":
		return s.wireTab(columns, lines)
	case "lines":
		return s.linesTab(columns, lines)
	case "case":
		return s.caseView(columns, lines)
	}
	return s.overview(columns, lines)
}

// View draws the order as it was at the entry that is shown.
func (s *order) View() string {
	if s.width < 1 {
		return ""
	}
	return s.layout().text
}

// orderPage is the screen as it is drawn, where on it a click does what a key does, and how far the tab is scrolled.
type orderPage struct {
	text    string
	pressed []pressable
	offset  int
}

// layout draws the page, and keeps it until something changes.
func (s *order) layout() *orderPage {
	if s.page == nil {
		s.page = &orderPage{offset: s.offset}
		s.page.text = s.draw()
	}
	return s.page
}

func (s *order) draw() string {
	st, columns := s.desk.Styles, s.width-2*margin
	switch {
	case s.shown == nil && s.err != nil:
		return indent(st.Bad.Render("✗ "+domain.Inert(s.err.Error()))+"\n\n"+st.Faint.Render("esc leads back"), margin)
	case s.shown == nil:
		return ""
	}
	lines := s.head(columns)
	lines = append(lines, s.tabLine(len(lines), columns))
	if s.height >= roomy {
		lines = append(lines, "")
	}
	lines = append(lines, s.body(columns, s.height-len(lines), len(lines))...)
	return indented(lines, margin)
}

func (s *order) body(columns, lines, from int) []string {
	body := s.drawTab(columns, lines)
	for i := range s.page.pressed {
		if p := &s.page.pressed[i]; p.line >= bodyLine {
			p.line += from - bodyLine
		}
	}
	return body
}

// bodyLine is added to the lines of what can be clicked while nobody knows yet where the body begins.
const bodyLine = 1 << 20

// head says what the order is: its name and status, whose it is, its amounts, and what somebody should know.
func (s *order) head(columns int) []string {
	st, o := s.desk.Styles, s.shown
	sign := signOf(o.FlatStatus(), o.State)
	title := st.Strong.Render(called(o)) + "  " + st.bold[sign.hue].Render(sign.glyph+" "+o.Label())
	born := o.CreatedAt.Format("2 Jan 2006 15:04")
	if o.IsTest {
		born = "TEST  " + born
	}
	if width(title)+2+width(born) > columns {
		born = ""
	}
	lines := []string{
		spread(title, st.Faint.Render(born), columns),
		st.Text.Render(cut(s.whose(), columns)),
		s.amounts(columns),
	}
	lines = append(lines, s.notices(columns)...)
	if !s.live() {
		lines = append(lines, s.pastLine(columns))
	}
	return lines
}

// signOf is the badge of an order: that of its one flat name where this says more than the order's own state.
func signOf(flat string, state domain.State) badge {
	if special, ok := badges["flat"][domain.State(flat)]; ok {
		return special
	}
	return badgeOf("order", state)
}

func (s *order) whose() string {
	o := s.shown
	parts := []string{cmp.Or(o.Client.Name(), "walk-in"), o.Client.Email, o.Client.Phone, plural(len(o.Cart.Lines), "line"), o.Reference}
	if !o.Due.IsZero() {
		parts = append(parts, "due "+o.Due.Format("2 Jan 2006 15:04"))
	}
	return joined(parts)
}

// joined puts what there is of the parts side by side, each once.
func joined(parts []string) string {
	var there []string
	for _, part := range parts {
		if part = domain.Inert(part); part != "" && !slices.Contains(there, part) {
			there = append(there, part)
		}
	}
	return strings.Join(there, " · ")
}

// amounts are the sums of the order, those that are nothing left out unless they always count.
func (s *order) amounts(columns int) string {
	st, o := s.desk.Styles, s.shown
	sums, room := o.Sums(), columns
	var parts []string
	for _, a := range []struct {
		label  string
		amount domain.Amount
		always bool
	}{
		{"total", o.Total(), true},
		{"balance due", o.BalanceDue(), true},
		{"captured", sums.Captured, true},
		{"refunded", sums.Returned(), false},
		{"set aside", sums.Held(), false},
		{"authorized", sums.Authorized, false},
		{"released", sums.Released, false},
		{"reversed", sums.Reversed, false},
		{"in dispute", sums.DisputedHeld, false},
		{"lost", sums.DisputedLost, false},
	} {
		taken := width(a.label) + 1 + width(s.money(a.amount))
		if a.label == "balance due" && o.IsClosed() { // nobody owes it any more
			continue
		}
		if (a.always && columns > 70 || a.amount > 0) && taken <= room {
			parts = append(parts, st.Faint.Render(a.label+" ")+st.Strong.Render(s.money(a.amount)))
			room -= taken + 3
		}
	}
	return strings.Join(parts, "   ")
}

// marks say what the marks of attention mean.
var marks = map[string]string{
	"unknown":       "? UNKNOWN: nobody knows yet what the provider did. nothing is charged twice",
	"integrity":     "! the provider's facts do not fit together: compare with its books",
	"late_auth":     "! money is set aside that the order has no use for: void it",
	"late_money":    "! money came for a closed order: accept it or refund it",
	"overpaid":      "! more was taken than the order costs",
	"over_returned": "! more has gone back than was taken",
}

// fewNotices is how many lines the notices take at most on a small page.
const fewNotices = 3

// notices are what somebody should know before doing anything, each whole where there is room.
func (s *order) notices(columns int) []string {
	st := s.desk.Styles
	var lines []string
	tell := func(style Brush, text string) {
		if s.height < roomy && len(lines) > 0 {
			text = cut(text, columns)
		}
		for line := range strings.SplitSeq(wrapped(text, columns), "\n") {
			lines = append(lines, style.Render(line))
		}
	}
	if s.err != nil {
		tell(st.Bad, cut("✗ "+domain.Inert(s.err.Error()), columns))
	}
	if s.running != "" {
		tell(st.Active, cut("◧ "+s.running+" is running …", columns))
	}
	for _, mark := range s.shown.Attention() {
		text := marks[mark]
		if at := s.nextAsk(); mark == "unknown" && at != "" {
			text += "; asked again at " + at + ", s asks now"
		}
		tell(st.bold[warn], text)
	}
	p := s.looked()
	if p != nil {
		for _, w := range s.waits(p) {
			tell(st.hue[w.hue], w.text)
		}
	}
	if p != nil && p.Message != "" {
		sign := badgeOf("payment", p.State)
		tell(st.hue[sign.hue], cut(sign.glyph+" "+sign.word+": "+joined([]string{p.Code, p.Message}), columns))
	}
	if s.height < roomy {
		lines = lines[:min(len(lines), fewNotices)]
	}
	return lines
}

// nextAsk is when the till asks about an unknown end by itself.
func (s *order) nextAsk() string {
	for _, timer := range s.shown.Timers() {
		if timer.Asks {
			return timer.At.Format("15:04:05")
		}
	}
	return ""
}

// tabLine names the tabs, and at the right which entry of the order's life is shown.
func (s *order) tabLine(line, columns int) string {
	st := s.desk.Styles
	var b strings.Builder
	for i, title := range s.tabs() {
		from := margin + width(b.String())
		if i == s.tab {
			b.WriteString(st.inks[inkFill].Render(" " + title + " "))
		} else {
			b.WriteString(st.Faint.Render(" " + title + " "))
		}
		s.page.pressed = append(s.page.pressed, pressable{line, from, margin + width(b.String()), func(s *order) tea.Cmd { return s.turn(i) }})
	}
	return spread(b.String(), s.position(columns-width(b.String())-1), columns)
}

func (s *order) position(columns int) string {
	st := s.desk.Styles
	texts := []string{fmt.Sprintf("%d entries, [ rewinds, space plays", len(s.entries)), fmt.Sprintf("%d entries, [ rewinds", len(s.entries)), fmt.Sprintf("%d entries", len(s.entries))}
	switch {
	case len(s.entries) == 1:
		texts = []string{"1 entry"}
	case s.playing:
		texts = []string{"any key stops", ""}
	case !s.live():
		texts = []string{"[ ] an entry, { } the ends, space plays", "[ ] { } space plays", "[ ] { }"}
	}
	for _, text := range texts {
		if width(text) <= columns {
			return st.Faint.Render(text)
		}
	}
	return ""
}
