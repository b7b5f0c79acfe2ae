package tui

import (
	"fmt"
	"strings"
	"time"

	"till/domain"
)

// shiftTabs are the two halves of the page.
var shiftTabs = [2]string{"the drawer", "Z reports"}

func (s *drawer) tabAt() int {
	if s.height >= roomy {
		return 1
	}
	return 0
}

// View is how the shift stands, or the reports of those before.
func (s *drawer) View() string {
	if s.width < 1 || !s.known {
		return ""
	}
	columns := s.width - 2*margin
	lines := append(make([]string, s.tabAt()), s.tabLine(columns), "")
	room := s.room()
	switch {
	case s.reports:
		lines = append(lines, s.reportRows(columns, room)...)
	case s.open == nil:
		lines = append(lines, s.noShift(columns)...)
	default:
		lines = append(lines, s.rolled(columns)...)
	}
	return indented(lines, margin)
}

// room is how many lines are left under the tabs.
func (s *drawer) room() int { return s.height - s.tabAt() - 2 }

func (s *drawer) tabLine(columns int) string {
	st := s.desk.Styles
	names := shiftTabs
	names[1] = fmt.Sprintf("%s (%d)", names[1], len(s.closed))
	chosen := 0
	if s.reports {
		chosen = 1
	}
	var b strings.Builder
	for i, name := range names {
		if i == chosen {
			b.WriteString(st.inks[inkFill].Render(" " + name + " "))
		} else {
			b.WriteString(st.Faint.Render(" " + name + " "))
		}
	}
	return spread(b.String(), s.state(columns-width(b.String())-2), columns)
}

// state says at the right whether a shift is open, since when, and whose it is.
func (s *drawer) state(columns int) string {
	st := s.desk.Styles
	if s.open == nil {
		glyph, _, style := st.State("shift", domain.ShiftClosed)
		return style.Render(glyph + " no shift is open")
	}
	glyph, word, style := st.State("shift", domain.ShiftOpen)
	now := s.desk.Now()
	since := s.open.OpenedAt.Format("15:04")
	if !sameDay(s.open.OpenedAt, now) {
		since = dayAndTime(s.open.OpenedAt)
	}
	who := " by " + Inert(s.open.OpenedBy)
	for _, text := range []string{
		" since " + since + " UTC," + who + ", " + lasting(now.Sub(s.open.OpenedAt)), " since " + since + who, " since " + since,
	} {
		if width(glyph+" "+word+text) <= columns {
			return style.Render(glyph+" "+word) + st.Faint.Render(text)
		}
	}
	return style.Render(glyph + " " + word)
}

func sameDay(a, b time.Time) bool {
	return a.UTC().Format(time.DateOnly) == b.UTC().Format(time.DateOnly)
}

func dayAndTime(t time.Time) string { return t.UTC().Format("2 Jan 15:04") }

// lasting is how long something has been so.
func lasting(d time.Duration) string {
	if d < time.Minute {
		return "just now"
	}
	return "for " + ageOf(d)
}

// noShift says what there is to do.
func (s *drawer) noShift(columns int) []string {
	st := s.desk.Styles
	lines := []string{
		st.Strong.Render("no shift is open"), "",
		st.Title.Render("enter") + st.Text.Render("  opens one with the change that is in the drawer"), "",
	}
	note := "cash is taken without one too; the next report lists it apart."
	for line := range strings.SplitSeq(wrapped(note, columns), "\n") {
		lines = append(lines, st.Faint.Render(line))
	}
	if len(s.closed) > 0 {
		lines = append(lines, "", st.Faint.Render("the last one"), s.reportRow(s.closed[0], false, columns))
	}
	return lines
}

// above is how many of the older reports are scrolled off the top.
func (s *drawer) above(room int) int { return max(0, min(s.at-room/2, len(s.closed)-room)) }

func (s *drawer) reportRows(columns, room int) []string {
	if len(s.closed) == 0 {
		return []string{s.desk.Styles.Faint.Render("no shift was closed yet")}
	}
	rows := make([]string, len(s.closed))
	for i, z := range s.closed {
		rows[i] = s.reportRow(z, i == s.at, columns)
	}
	return scrolled(s.desk.Styles, rows, s.at, room)
}

// reportRow is a Z report in a line: its number, when it was written and by whom, what was earned, what was counted.
func (s *drawer) reportRow(z *domain.Shift, here bool, columns int) string {
	st, v, c := s.desk.Styles, verdictOf(z), z.Currency
	mark, name := "  ", st.Strong
	if here {
		mark = st.Title.Render("› ")
		name = st.Title
	}
	line := mark + name.Render(pad(fmt.Sprintf("Z %d", z.Number), 7)) + st.Text.Render(pad(dayAndTime(z.ClosedAt), 14))
	tail := st.hue[v.hue].Render(pad(v.glyph+" "+v.words(c), 26))
	net := padLeft(c.Display(z.Report.Sales[0].Total().Net()), 14)
	if columns >= 72 {
		tail = st.Text.Render(net) + "   " + tail
	}
	return line + st.Faint.Render(pad(Inert(z.ClosedBy), columns-23-width(tail))) + tail
}
