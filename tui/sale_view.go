package tui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"till/domain"
)

// wideEnough is from where on the sums stand beside the lines, and aside is how wide they are then.
const (
	wideEnough = 100
	aside      = 36
	gap        = 4
)

func (s *sale) wide() bool { return s.width >= wideEnough }

func (s *sale) mainWidth() int {
	if s.wide() {
		return s.width - aside - gap - 2*margin
	}
	return s.width - 2*margin
}

// refresh draws the lines that are seen ahead: they change when the sale does, not with every key.
func (s *sale) refresh() {
	s.scroll = max(0, min(s.scroll, len(s.basket.Cart.Lines)-s.room()))
	from, to := s.seen()
	s.fitLines(from, to)
	s.rows = make([]string, 0, to-from)
	for i := from; i < to; i++ {
		s.rows = append(s.rows, s.drawLine(i))
	}
}

// seen are the lines that there is room for: the newest, or those that were scrolled to.
func (s *sale) seen() (from, to int) {
	to = len(s.basket.Cart.Lines) - s.scroll
	return max(0, to-s.room()), to
}

func (s *sale) drawLine(i int) string {
	st, line, c := s.desk.Styles, s.basket.Cart.Lines[i], s.basket.Cart.Currency
	number := st.Faint.Render(padLeft(strconv.Itoa(i+1), s.columns.number))
	if i == s.last {
		number = st.Title.Render(padLeft("›"+strconv.Itoa(i+1), s.columns.number))
	}
	off := ""
	if !line.DiscountPercent.IsZero() {
		off = "  -" + line.DiscountPercent.String() + "%"
	}
	if line.DiscountAmount != 0 {
		off += "  " + c.Display(-line.DiscountAmount)
	}
	off = st.Good.Render(off)
	price := ""
	if line.Quantity != 1 {
		price = c.Display(line.Price)
	}
	w := s.columns
	return number + padLeft(strconv.FormatInt(line.Quantity, 10), w.quantity) + st.Faint.Render(" ×") + " " +
		pad(st.Text.Render(cut(Inert(line.Name()), w.title-width(off)))+off, w.title) +
		st.Faint.Render(padLeft(price, w.each)) + st.Strong.Render(padLeft(c.Display(s.sums.Lines[i].Gross-s.sums.Lines[i].Discount), w.total))
}

// lineWidths are the columns of the sale's lines: as wide as what stands in them, and the title has the rest.
type lineWidths struct{ number, quantity, title, each, total int }

// enoughTitle is what a title has at least before the price of one piece is shown.
const enoughTitle = 31

func (s *sale) fitLines(from, to int) {
	c, lines := s.basket.Cart.Currency, s.basket.Cart.Lines
	w := lineWidths{number: max(3, len(strconv.Itoa(len(lines)))+1), quantity: 5, each: 12, total: 14}
	for i := from; i < to; i++ {
		line := lines[i]
		w.quantity = max(w.quantity, len(strconv.FormatInt(line.Quantity, 10))+1)
		w.each = max(w.each, width(c.Display(line.Price))+2)
		w.total = max(w.total, width(c.Display(s.sums.Lines[i].Gross-s.sums.Lines[i].Discount))+2)
	}
	w.title = s.mainWidth() - w.number - w.quantity - 3 - w.total
	if w.title-w.each < enoughTitle {
		w.each = 0
	}
	w.title -= w.each
	s.columns = w
}

// roll scrolls the lines; 0 hidden below is the newest line at the bottom.
func (s *sale) roll(by int) {
	s.scroll += by
	s.refresh()
}

// room is how many lines of the sale there is place for.
func (s *sale) room() int {
	n := s.height - 4
	if !s.wide() {
		n -= s.below()
	}
	return max(1, n)
}

// below is how many lines the sums take under the sale; without any, only the customer.
func (s *sale) below() int {
	if s.basket.empty() {
		return 2
	}
	return 5
}

// View shows the entry line, what it may mean, the lines, and the sums.
func (s *sale) View() string {
	st := s.desk.Styles
	var b strings.Builder
	size := 6 * s.width
	for _, row := range s.rows {
		size += len(row) + 1
	}
	b.Grow(size)
	b.WriteString("\n" + st.Title.Render("› ") + s.entryView() + "\n" + s.ruleView() + "\n")
	b.WriteString(s.hitsView())
	if left := s.room() - len(s.hits); len(s.hits) == 0 || left > 3 && len(s.rows) > 0 {
		b.WriteString(s.linesView(left))
	}
	if s.wide() {
		return besideFrom(margin, b.String(), s.asideView(), s.mainWidth()+gap)
	}
	page := box(b.String(), s.width-2*margin, s.height-s.below())
	return indent(page+"\n"+s.belowView(), margin)
}

// entryView is the entry line; what was refused waits there to be written over.
func (s *sale) entryView() string {
	if s.refused == "" {
		return s.entry.View()
	}
	st := s.desk.Styles
	return st.Bad.Render(cut(Inert(s.entry.Value()), s.mainWidth()-margin-3)) + st.Accent.Render("▏")
}

// ruleView is the line under the entry, with what was refused, or what Enter would do where that is no article.
func (s *sale) ruleView() string {
	st, columns := s.desk.Styles, s.mainWidth()
	switch meant := s.meant(); {
	case s.refused != "":
		said := cut("✗ "+Inert(s.refused), columns)
		return st.Bad.Render(said) + st.Rule.Render(" "+strings.Repeat("─", max(0, columns-width(said)-1)))
	case meant != "":
		said := cut("→ "+Inert(meant), columns)
		return st.Active.Render(said) + st.Rule.Render(" "+strings.Repeat("─", max(0, columns-width(said)-1)))
	case len(s.waits) > 0:
		said := cut(s.waiting()+" · "+saleKeys.waits.Help().Key, columns)
		return st.Warn.Render(said) + st.Rule.Render(" "+strings.Repeat("─", max(0, columns-width(said)-1)))
	}
	return st.Rule.Render(strings.Repeat("─", columns))
}

// hitsView is what the entry may mean; the first one is what Enter takes unless somebody moves.
func (s *sale) hitsView() string {
	st := s.desk.Styles
	var b strings.Builder
	for i, a := range s.hits[:min(len(s.hits), s.room())] {
		price := a.Currency.Display(a.Price)
		code := cut(Inert(a.SKU), 12)
		name := cut(Inert(a.Title), s.mainWidth()-width(price)-width(code)-8)
		line := "  " + name
		if note := Inert(a.Note); note != "" {
			line += st.Faint.Render(cut("  "+note, max(0, s.mainWidth()-width(name)-width(price)-width(code)-8)))
		}
		end := st.Faint.Render(code) + "  " + price
		if i == max(0, s.chosen) {
			line, end = st.Title.Render("› "+name)+strings.TrimPrefix(line, "  "+name), st.Faint.Render(code)+"  "+st.Strong.Render(price)
		}
		b.WriteString(spread(line, end, s.mainWidth()) + "\n")
	}
	if b.Len() > 0 {
		b.WriteString(st.Rule.Render(strings.Repeat("─", s.mainWidth())) + "\n")
	}
	return b.String()
}

// linesView shows the newest lines that there is room for, or those that were scrolled to.
func (s *sale) linesView(room int) string {
	if len(s.rows) == 0 {
		return s.emptyView(room)
	}
	all, below := len(s.basket.Cart.Lines), s.scroll
	above := all - below - min(room, len(s.rows))
	text := strings.Join(s.rows[max(0, len(s.rows)-room):], "\n")
	if above > 0 || below > 0 {
		text += "\n" + s.desk.Styles.Faint.Render(fmt.Sprintf("    %d above · %d below", above, below))
	}
	return text
}

// sum is a line under the sale.
type sumLine struct {
	label  string
	amount string
}

// sumLines are the sums that say something, with the tax policy in words.
func sumLines(cart domain.Cart, t domain.Totals) []sumLine {
	c := cart.Currency
	lines := []sumLine{{"subtotal", c.Display(t.Subtotal)}}
	if t.Discount != 0 {
		lines = append(lines, sumLine{"discount", c.Display(-t.Discount)})
	}
	if t.Delivery != 0 {
		lines = append(lines, sumLine{"delivery", c.Display(t.Delivery)})
	}
	if t.Tip != 0 {
		lines = append(lines, sumLine{"tip", c.Display(t.Tip)})
	}
	if !taxed(cart, t) {
		return lines
	}
	policy := "tax, on top of the prices"
	if cart.PricesIncludeTax {
		policy = "tax, contained in the prices"
	}
	return append(lines, sumLine{policy, c.Display(t.Tax)})
}

// taxed tells whether there is anything to say about tax: most shops have it on every line, some on none.
func taxed(cart domain.Cart, t domain.Totals) bool {
	return t.Tax != 0 || slices.ContainsFunc(cart.Lines, func(l domain.Line) bool { return !l.TaxPercent.IsZero() })
}

// asideView is the sums beside the lines.
func (s *sale) asideView() string {
	st := s.desk.Styles
	var b strings.Builder
	b.WriteString("\n" + s.customerLine(aside) + "\n" + st.Rule.Render(strings.Repeat("─", aside)) + "\n")
	if s.basket.empty() {
		return b.String() + strings.Join(s.dayView(s.height-4), "\n")
	}
	for _, l := range sumLines(s.basket.Cart, s.sums) {
		room := aside - width(l.amount)
		b.WriteString(st.Faint.Render(pad(cut(l.label, room-1), room)) + st.Text.Render(l.amount) + "\n")
	}
	b.WriteString("\n" + s.totalView(aside))
	if s.basket.Order != "" {
		b.WriteString("\n\n" + st.Warn.Render("! issued, and not paid yet"))
	}
	return b.String()
}

func (s *sale) customerLine(columns int) string {
	st := s.desk.Styles
	name := Inert(s.basket.Client.Name())
	if name == "" {
		return st.Faint.Render(cut("no customer · ctrl+b adds one", columns))
	}
	return st.Faint.Render("for ") + st.Text.Render(cut(name, columns-4))
}

// totalView is the running total, large, and once more as a person would write it.
func (s *sale) totalView(columns int) string {
	st, c := s.desk.Styles, s.basket.Cart.Currency
	return st.Faint.Render(spread("total", "", columns-width(c.Display(s.sums.Total)))) + st.Title.Render(c.Display(s.sums.Total)) +
		"\n\n" + figureAtEdge(c.Format(s.sums.Total), columns, st.Title.Render)
}

// belowView is the sums where there is no room beside: one line, and the total.
func (s *sale) belowView() string {
	st, columns := s.desk.Styles, s.width-2*margin
	if s.basket.empty() {
		return s.parkedLine(columns) + "\n" + s.customerLine(columns)
	}
	c := s.basket.Cart.Currency
	var parts []string
	for _, l := range sumLines(s.basket.Cart, s.sums) {
		label, _, _ := strings.Cut(l.label, ",")
		parts = append(parts, label+" "+l.amount)
	}
	policy := ""
	switch {
	case !taxed(s.basket.Cart, s.sums):
	case s.basket.Cart.PricesIncludeTax:
		policy = " contained"
	default:
		policy = " on top"
	}
	sums := st.Faint.Render(cut(strings.Join(parts, " · ")+policy, columns))
	total := st.Faint.Render("total ") + st.Title.Render(c.Display(s.sums.Total))
	mine := figureAtEdge(c.Format(s.sums.Total), columns/2, st.Title.Render)
	left := total + "\n" + s.customerLine(columns/2-2)
	if s.basket.Order != "" {
		left += "\n" + st.Warn.Render("! issued, not paid yet")
	}
	return st.Rule.Render(strings.Repeat("─", columns)) + "\n" + sums + "\n" + beside(left, mine, columns-columns/2)
}
