package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"
)

// Plain is the receipt that was brought back, and what of it goes back.
func (g *giveBack) Plain() []string {
	if g.order == nil {
		return []string{"which receipt? its number, or the short name on it"}
	}
	c := g.order.Cart.Currency
	lines := []string{fmt.Sprintf("order %s, %s", g.order.Number, c.Display(g.order.Total()))}
	switch {
	case !g.any():
		return append(lines, "nothing of it is left to give back")
	case g.chosen() == 0:
		return append(lines, "nothing goes back yet")
	}
	return append(lines, fmt.Sprintf("%s back: %s", plural(int(g.chosen()), "piece"), c.Display(g.back())))
}

// plainField is the number that is asked for.
func (g *giveBack) plainField() *plainField {
	if g.order != nil {
		return nil
	}
	return &plainField{label: "receipt", value: g.number.Value(), then: "finds it"}
}

// plainRows are the order's lines: each takes a piece more.
func (g *giveBack) plainRows() plainList {
	list := plainList{keys: []string{"up", "left"}}
	if g.order == nil {
		return list
	}
	for i, l := range g.order.Cart.Lines {
		list.rows = append(list.rows, reply{
			text: fmt.Sprintf("a piece more of %s: %d of %d", Inert(l.Title), g.pieces[i], g.left[i]),
			do:   func() tea.Cmd { g.at = i; g.turn(1); return nil },
		})
	}
	return list
}
