package tui

import (
	"strings"

	"till/domain"
)

// drawPath is the way on one line, for where there is no room: issued ━ in progress ━ ● hold ─▶ c paid.
func drawPath(st *Styles, p *picture, l life, columns int) string {
	way := l.way()
	for first := 0; ; first++ {
		text := pathFrom(st, p, l, way[first:], first > 0)
		if width(text) <= columns || first == len(way)-1 {
			return cut(text, columns)
		}
	}
}

func pathFrom(st *Styles, p *picture, l life, way []domain.State, cut bool) string {
	var b strings.Builder
	if cut {
		b.WriteString(st.inks[inkFar].Render("… ━ "))
	}
	last := len(way) - 1
	for _, state := range way[:last] {
		b.WriteString(st.inks[inkLit].Render(p.word(state) + " ━ "))
	}
	edge := st.inks[inkHere].Render("┃") // the present is seen without colour too
	b.WriteString(edge + st.inks[inkFill].Render(" "+p.text(way[last])+" ") + edge)
	lead := " ╌▸ "
	for _, state := range p.outlook(l, len(l.next)) {
		if key, byKey := l.next[state]; byKey {
			b.WriteString(st.inks[inkOpen].Render(lead) + st.inks[inkKey].Render(key) + st.inks[inkOpen].Render(" "+p.word(state)))
			lead = " · "
		}
	}
	return b.String()
}

func (p *picture) word(state domain.State) string { return badgeOf(p.machine.Name, state).word }
