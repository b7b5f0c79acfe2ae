package tui

import (
	"strconv"
	"strings"
)

// View asks for the receipt, then shows its lines with how much of each goes back.
func (g *giveBack) View() string {
	if g.width < 1 {
		return ""
	}
	st, columns := g.desk.Styles, min(g.width-2*margin, 88)
	if g.order == nil {
		return indent("\n"+st.Strong.Render("which receipt?")+"\n\n"+st.Accent.Render("› ")+g.number.View()+"\n\n"+
			st.Faint.Render(wrapped("the number of the order, or the short name at its right: both stand on the receipt, the name as a barcode on paper.", columns)), margin)
	}
	o, c := g.order, g.order.Cart.Currency
	glyph, word, style := st.State("order", o.State)
	lines := []string{
		"", spread(style.Render(glyph+" "+word)+st.Faint.Render(cut("   order "+Inert(o.Number)+"   "+dated(o.CreatedAt), columns-30)), st.Title.Render(c.Display(o.Total())), columns),
		st.Rule.Render(strings.Repeat("─", columns)),
	}
	lines = append(lines, scrolled(st, g.rows(columns), g.at, max(1, g.height-len(lines)-4))...)
	lines = append(lines, st.Rule.Render(strings.Repeat("─", columns)))
	switch {
	case !g.any():
		lines = append(lines, st.Off.Render("nothing of this order is left to give back."))
	case g.chosen() == 0:
		lines = append(lines, st.Faint.Render("what goes back? → takes a piece, a takes all of it."))
	default:
		back := c.Display(g.back())
		lines = append(lines, spread(st.Text.Render(plural(int(g.chosen()), "piece")+" back, with "+either(g.chosen() == 1, "its", "their")+" share of discounts and tax"), st.Title.Render(back), columns))
	}
	return indented(lines, margin)
}

// rows are the order's lines: how many go back of how many, what they are, and what that comes to.
func (g *giveBack) rows(columns int) []string {
	st, o := g.desk.Styles, g.order
	worth := map[int]string{}
	for _, part := range g.wished() {
		worth[part.Line] = o.Cart.Currency.Display(part.Amount)
	}
	rows := make([]string, len(o.Cart.Lines))
	for i, l := range o.Cart.Lines {
		mark, style := "  ", st.Text
		if i == g.at {
			mark, style = st.Title.Render("› "), st.Strong
		}
		count := strconv.FormatInt(g.pieces[i], 10) + " of " + strconv.FormatInt(g.left[i], 10)
		switch {
		case g.left[i] == 0:
			style, count = st.Off, "gone back"
		case i == g.at:
			count = "‹ " + count + " ›"
		}
		amount := worth[i]
		rows[i] = mark + style.Render(pad(Inert(l.Name()), columns-2-14-13)) + st.Accent.Render(padLeft(count, 14)) + st.Text.Render(padLeft(amount, 13))
	}
	return rows
}
