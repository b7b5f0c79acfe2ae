package tui

import (
	"strings"

	"till/domain"
)

// What the receipt's page looks like: the slip on its paper, and beside it what counts most.

// least and most columns of what stands beside the slip.
const (
	leastBeside = 20
	mostBeside  = 40
)

// paper is how wide the slip is: as it is printed, where there is room for its edges too.
func (r *receiptView) paper() int {
	return max(24, min(slipWidth, r.width-2*margin-leastBeside-gap-4))
}

// beside is how wide the column at the left is.
func (r *receiptView) beside() int {
	return min(r.width-2*margin-r.paper()-4-gap, mostBeside)
}

// room is how many lines of the slip are seen: the paper has an edge above and one below.
func (r *receiptView) room() int { return max(1, r.height-2) }

// View shows the slip, and what counts most beside it.
func (r *receiptView) View() string {
	if r.width < 1 {
		return ""
	}
	columns := r.beside()
	return besideFrom(margin, "\n"+r.headline(columns), strings.Join(r.sheet(), "\n"), columns+gap)
}

// sheet is the slip as paper: where it goes on above or below, its edge is open and says so.
func (r *receiptView) sheet() []string {
	st, columns := r.desk.Styles, r.paper()
	until := min(len(r.slip), r.scroll+r.room())
	edge := func(l, fill, rest, r string) string {
		return st.Rule.Render(l + strings.Repeat(fill, columns+2-width(rest)) + rest + r)
	}
	top := edge("╭", "─", "", "╮")
	if r.scroll > 0 {
		top = edge("│", " ", "↑ ", "│")
	}
	lines := []string{top}
	for _, text := range r.slip[r.scroll:until] {
		if text != "" && strings.Trim(text, "-") == "" {
			text = st.Rule.Render(strings.Repeat("╌", width(text)))
		} else {
			text = st.Text.Render(text)
		}
		lines = append(lines, st.Rule.Render("│ ")+pad(text, columns)+st.Rule.Render(" │"))
	}
	if until < len(r.slip) {
		return append(lines, edge("│", " ", "↓ "+plural(len(r.slip)-until, "more line")+" ", "│"))
	}
	return append(lines, edge("╰", "─", "", "╯"))
}

// headline is the change of a cash sale, else what was paid or is still due; then each payment, where there are several.
func (r *receiptView) headline(columns int) string {
	st, o, c := r.desk.Styles, r.order, r.order.Cart.Currency
	glyph, word, style := st.State("order", o.State)
	lines := []string{style.Render(glyph+" "+word) + st.Faint.Render("   order "+Inert(o.Number)), ""}
	say := func(label string, a domain.Amount, how Brush) {
		amount, across := c.Display(a), min(22, columns)
		lines = append(lines, spread(st.Faint.Render(label), how.Render(amount), across))
	}
	said := func(label string, a domain.Amount) { say(label, a, st.Text) }
	said("total", o.Total())
	big, label := o.Total(), ""
	taken := takenOf(o)
	for _, p := range taken {
		said(sourceWords(p), p.Sums.Captured-p.Sums.Reversed)
	}
	if n := len(taken); n > 0 && taken[n-1].Tendered > 0 {
		p := taken[n-1]
		if p.Rounded != 0 {
			said("rounded", p.Cash())
		}
		said("given", p.Tendered)
		big, label = p.Change(), "change"
	}
	if due := o.BalanceDue(); due > 0 {
		big, label = due, "still due"
	}
	if label != "" {
		say(label, big, st.Title)
	}
	lines = append(append(lines, ""), strings.Split(figure(c.Format(big), columns, st.Title.Render), "\n")...)
	lines = append(lines, "", st.Faint.Render(wrapped("enter: next sale. or just scan on.", columns)))
	return strings.Join(append(lines, r.payform(columns, r.height-len(lines)-3)...), "\n")
}

// payform is the link at which an unpaid order can be paid, as a code, where there is room for it.
func (r *receiptView) payform(columns, lines int) []string {
	link := r.desk.Till.Payform(r.order)
	if link == "" {
		return nil
	}
	code := r.coded.code(r.desk.Styles, link, columns, lines-1)
	if code == nil {
		return nil
	}
	return append([]string{"", r.desk.Styles.Faint.Render("the customer can pay here:")}, code...)
}
