package tui

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"till/domain"
)

// column is one column of the list.
type column struct {
	title string
	least int // how wide it is on the smallest screen; 0 takes what the others leave
	share int // percent of a wider screen, where that is more
	from  int // on narrower screens it is left out
	right bool
	text  func(*orders, domain.OrderRow) string
	style func(*Styles, domain.OrderRow) Brush
}

// wideList is from where on there is room for labels in full and for the way of paying.
const wideList = 96

// columns are those of the list, from the left.
var columns = []column{
	{"order", 13, 0, 0, false, name, strong},
	{"", 1, 0, 0, false, mark, styleOfMark},
	{"status", 14, 24, 0, false, status, styleOfStatus},
	{"customer", 0, 0, 0, false, customer, text},
	{"paid with", 18, 0, wideList, false, method, faint},
	{"amount", 13, 12, 0, true, amount, text},
	{"age", 4, 0, 72, true, age, faint},
}

func mark(_ *orders, r domain.OrderRow) string {
	if len(r.Attention) > 0 {
		return "!"
	}
	return " "
}

func name(_ *orders, r domain.OrderRow) string {
	return padLeft(r.Number, 6) + " " + r.HumanID
}

func status(s *orders, r domain.OrderRow) string {
	if r.Care.Name != "" {
		sign := careOf(r.Care, s.desk.Now())
		return sign.glyph + " " + sign.word
	}
	sign := signOf(r.Status, r.Lifecycle)
	before := sign.word + ", "
	switch {
	case s.width < wideList && r.Label == before+partRefunded: // of less room the half that says more
		return sign.glyph + " " + partRefunded
	case s.width >= wideList || strings.HasPrefix(r.Label, before): // as much of it as there is room for
		return sign.glyph + " " + domain.Inert(r.Label)
	}
	return sign.glyph + " " + sign.word
}

const partRefunded = "part refunded"

func customer(_ *orders, r domain.OrderRow) string {
	return domain.Inert(cmp.Or(r.Customer, "walk-in"))
}
func method(_ *orders, r domain.OrderRow) string { return domain.Inert(r.Method) }
func amount(_ *orders, r domain.OrderRow) string { return r.Currency.Display(r.Total) }
func age(s *orders, r domain.OrderRow) string    { return ageOf(s.desk.Now().Sub(r.CreatedAt)) }

func styleOfMark(st *Styles, _ domain.OrderRow) Brush { return st.Warn }
func strong(st *Styles, _ domain.OrderRow) Brush      { return st.Strong }
func text(st *Styles, _ domain.OrderRow) Brush        { return st.Text }
func faint(st *Styles, _ domain.OrderRow) Brush       { return st.Faint }

func styleOfStatus(st *Styles, r domain.OrderRow) Brush {
	if r.Care.Name != "" {
		return st.Warn
	}
	return st.hue[signOf(r.Status, r.Lifecycle).hue]
}

// ageOf says how long ago something was, in the largest unit that fits.
func ageOf(d time.Duration) string {
	switch {
	case d < time.Minute:
		return "now"
	case d < time.Hour:
		return fmt.Sprintf("%dm", d/time.Minute)
	case d < 48*time.Hour:
		return fmt.Sprintf("%dh", d/time.Hour)
	}
	return fmt.Sprintf("%dd", d/(24*time.Hour))
}

// drawnRow is a row as it was drawn last, and what it was drawn of: most rows of a frame are as they were.
type drawnRow struct {
	seq      domain.Seq
	age      string
	selected bool
	line     string
}

func (s *orders) row(r domain.OrderRow) string {
	now := drawnRow{seq: r.Seq, age: age(s, r), selected: r.ID == s.selected}
	was := s.drawn[r.ID]
	if was.line != "" && was.seq == now.seq && was.age == now.age && was.selected == now.selected {
		return was.line
	}
	now.line = s.drawRow(r, now.selected)
	s.drawn[r.ID] = now
	return now.line
}

// drawRow sets the cells of a row. The selected one is of one colour, since others would end its background; what
// it is called is the first cell.
func (s *orders) drawRow(r domain.OrderRow, selected bool) string {
	st := s.desk.Styles
	called := 0
	line := s.cells(func(c column, columns int) string {
		cell := pad(c.text(s, r), columns)
		if c.right {
			cell = padLeft(c.text(s, r), columns)
		}
		if called == 0 {
			called = len(cell)
		}
		if selected {
			return cell
		}
		return c.style(st, r).Render(cell)
	})
	if selected {
		return st.Title.Render("▌") + st.RowName.Render(" "+line[:called]) + st.Row.Render(line[called:]+"  ")
	}
	return "  " + line
}

// cells joins what is drawn of each column that has room.
func (s *orders) cells(draw func(c column, columns int) string) string {
	var shown []column
	room := s.width - 2*margin
	for _, c := range columns {
		if s.width < c.from {
			continue
		}
		c.least = max(c.least, s.width*c.share/100)
		shown = append(shown, c)
		room -= c.least
	}
	room -= len(shown) - 1
	cells := make([]string, len(shown))
	for i, c := range shown {
		if c.least == 0 {
			c.least = max(0, room)
		}
		cells[i] = draw(c, c.least)
	}
	return strings.Join(cells, " ")
}

// View draws the list.
func (s *orders) View() string {
	if s.width < 1 {
		return ""
	}
	lines := make([]string, 0, s.height)
	lines = append(lines, s.head()...)
	if len(s.rows) == 0 {
		return strings.Join(append(lines, s.empty()), "\n")
	}
	end := min(len(s.rows), s.top+s.visible())
	for _, r := range s.rows[s.top:end] {
		lines = append(lines, s.row(r))
	}
	return strings.Join(lines, "\n")
}

// visible is how many rows there is room for.
func (s *orders) visible() int { return max(1, s.height-listHead) }

// listHead is how many lines stand above the rows.
const listHead = 3

// head is the filter with the sums, what needs attention, and the names of the columns.
func (s *orders) head() []string {
	st := s.desk.Styles
	room := s.width - 2*margin
	notice := ""
	switch {
	case s.err != nil:
		notice = st.Bad.Render(cut("✗ "+domain.Inert(s.err.Error()), room))
	case s.wrong != nil:
		notice = st.Bad.Render(cut("✗ "+s.wrong.Error(), room))
	case s.alarm != "":
		notice = st.Warn.Render(s.alarm)
	}
	if s.newer > 0 {
		notice = spread(notice, st.Active.Render(fmt.Sprintf("  %d newer ↑", s.newer)), room)
	}
	return []string{
		blanks(margin) + spread(s.filterLine(), st.Faint.Render(s.sums), room),
		blanks(margin) + notice,
		s.titles,
	}
}

func (s *orders) filterLine() string {
	switch {
	case s.Typing() && s.chosen:
		return s.desk.Styles.Accent.Render("/ ") + s.desk.Styles.Row.Render(domain.Inert(s.filter.Value()))
	case s.Typing():
		return s.filter.View()
	case s.filter.Value() != "":
		return s.desk.Styles.Accent.Render("/ ") + s.desk.Styles.Strong.Render(domain.Inert(s.filter.Value()))
	}
	return s.desk.Styles.Faint.Render("/ filter")
}

func (s *orders) titleLine() string {
	return "  " + s.desk.Styles.Faint.Render(s.cells(func(c column, columns int) string {
		if c.right {
			return padLeft(c.title, columns)
		}
		return pad(c.title, columns)
	}))
}

// empty says what to do where there is nothing to show.
func (s *orders) empty() string {
	st := s.desk.Styles
	switch {
	case s.loading && s.asked <= 1:
		return ""
	case s.filter.Value() == careFilter:
		return "\n" + indent(st.Good.Render("✓ nothing needs you")+"\n\n"+
			st.Faint.Render(wrapped("what is unknown or came too late, holds that end and disputes to answer would be here. a shows all orders.", s.width-2*margin)), margin)
	case s.filter.Value() != "":
		return "\n" + indent(st.Text.Render("no order fits this filter")+"\n\n"+st.Faint.Render(wrapped("⌫ takes it away. it knows "+filterHelp, s.width-2*margin)), margin)
	}
	return "\n" + indent(st.Text.Render("no orders yet")+"\n\n"+st.Faint.Render(wrapped("ring up a sale and it is here, first in the list, while it is being paid", s.width-2*margin)), margin)
}

// summarise adds up the rows that are loaded: how many, what they come to. A plus says that there are more.
func (s *orders) summarise() {
	total := map[domain.Currency]domain.Amount{}
	for _, r := range s.rows {
		total[r.Currency] += r.Total
	}
	more := ""
	if s.next != "" {
		more = "+"
	}
	parts := []string{count(len(s.rows), s.next != "")}
	currencies := slices.Sorted(maps.Keys(total))
	for _, c := range currencies[:min(3, len(currencies))] {
		parts = append(parts, c.Display(total[c])+more)
	}
	s.sums = strings.Join(parts, " · ")
}

func count(n int, more bool) string {
	switch {
	case more:
		return fmt.Sprintf("%d+ orders", n)
	case n == 1:
		return "1 order"
	}
	return fmt.Sprintf("%d orders", n)
}
