package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"till/domain"
)

// Plain is the receipt that was brought back, and what of it goes back.
func (g *giveBack) Plain() []string {
	if g.order == nil {
		return []string{"which receipt? the number of the order, or the short name behind it: both stand on it."}
	}
	c := g.order.Cart.Currency
	_, word, _ := g.desk.Styles.State("order", g.order.State)
	lines := []string{fmt.Sprintf("%s, order %s, %s", word, Inert(g.order.Number), c.Display(g.order.Total()))}
	for i, l := range g.order.Cart.Lines {
		if g.left[i] == 0 {
			lines = append(lines, shortName(l)+" has gone back")
		}
	}
	switch {
	case !g.any():
		return append(lines, "nothing of this order is left to give back")
	case g.chosen() == 0:
		return append(lines, "what goes back? nothing yet")
	}
	for _, part := range g.wished() {
		lines = append(lines, fmt.Sprintf("goes back: %d of %d %s, %s", g.pieces[part.Line], g.left[part.Line], shortName(g.order.Cart.Lines[part.Line]), c.Display(part.Amount)))
	}
	return append(lines, fmt.Sprintf("%s back: %s", plural(int(g.chosen()), "piece"), c.Display(g.back())))
}

// plainField is the number that is asked for.
func (g *giveBack) plainField() *plainField {
	if g.order != nil {
		return nil
	}
	return &plainField{label: "receipt", value: Inert(g.number.Value()), then: "finds it"}
}

// plainRows are the pieces of the order's lines: one more goes back, or one fewer.
func (g *giveBack) plainRows() plainList {
	var list plainList
	if g.order == nil {
		return list
	}
	list.keys = []string{"left"}
	add := func(i int, text string, by int64) {
		list.rows = append(list.rows, reply{text: text + " " + shortName(g.order.Cart.Lines[i]), do: func() tea.Cmd {
			g.at = i
			g.turn(by)
			return nil
		}})
	}
	for i := range g.order.Cart.Lines {
		if g.pieces[i] < g.left[i] {
			add(i, "one more", 1)
		}
		if g.pieces[i] > 0 {
			add(i, "one fewer", -1)
		}
	}
	return list
}

// shortName is what a line is called where it is said again and again.
func shortName(l domain.Line) string { return inWordsOnly(cut(Inert(l.Name()), 60)) }
