package tui

import (
	"slices"
	"strings"

	"till/domain"
)

// drawPath is the way on one line, for where there is no room: issued ━ in progress ━ ● hold ─▶ c paid. What does
// not fit is left out whole: first the beginning of the way, then the last of what can come.
func drawPath(st *Styles, p *picture, l life, columns int) string {
	way, keys := l.way(), p.byKey(l)
	last := len(way) - 1
	for first := range way {
		if text := pathFrom(st, p, way[first:], first > 0) + pathTo(st, p, l, keys, false); width(text) <= columns {
			return text
		}
	}
	for n := len(keys) - 1; n >= 0; n-- {
		if text := pathFrom(st, p, way[last:], last > 0) + pathTo(st, p, l, keys[:n], true); width(text) <= columns {
			return text
		}
	}
	if text := st.pathHere(p.text(way[last])); width(text) <= columns {
		return text
	}
	return cut(st.pathHere(p.short(way[last])), columns)
}

// byKey is what can come by a key, each key once.
func (p *picture) byKey(l life) []domain.State {
	told := map[string]bool{}
	return slices.DeleteFunc(p.outlook(l, len(l.next)), func(state domain.State) bool {
		key, open := l.next[state]
		again := !open || told[key]
		told[key] = true
		return again
	})
}

// pathFrom is the way up to where the thing stands.
func pathFrom(st *Styles, p *picture, way []domain.State, cut bool) string {
	var b strings.Builder
	if cut {
		b.WriteString(st.inks[inkFar].Render("… ━ "))
	}
	last := len(way) - 1
	for _, state := range way[:last] {
		b.WriteString(st.inks[inkLit].Render(p.word(state) + " ━ "))
	}
	b.WriteString(st.pathHere(p.text(way[last])))
	return b.String()
}

// pathHere is the present, which is seen without colour too.
func (s *Styles) pathHere(text string) string {
	edge := s.inks[inkHere].Render("┃")
	return edge + s.inks[inkFill].Render(" "+text+" ") + edge
}

// pathTo is what can come, with the keys that lead there.
func pathTo(st *Styles, p *picture, l life, states []domain.State, cut bool) string {
	var b strings.Builder
	lead := " ╌▸ "
	for _, state := range states {
		b.WriteString(st.inks[inkOpen].Render(lead) + st.inks[inkKey].Render(l.next[state]) + st.inks[inkOpen].Render(" "+p.word(state)))
		lead = " · "
	}
	if cut {
		b.WriteString(st.inks[inkOpen].Render(lead + "…"))
	}
	return b.String()
}

func (p *picture) word(state domain.State) string { return badgeOf(p.machine.Name, state).word }
