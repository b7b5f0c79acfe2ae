package tui

import (
	"slices"
	"strings"

	"till/domain"
)

// drawPath is the way on one line, for where there is no room: issued ━ in progress ━ ● hold ─▶ c paid. What does
// not fit is left out whole: first the beginning of the way, then the last of what can come.
func drawPath(st *Styles, p *picture, l life, columns int) drawing {
	way, keys := l.way(), p.byKey(l)
	last := len(way) - 1
	for first := range way {
		if d := pathTo(st, p, l, pathFrom(st, p, way[first:], first > 0), keys, false); width(d.text()) <= columns {
			return d
		}
	}
	for n := len(keys) - 1; n >= 0; n-- {
		if d := pathTo(st, p, l, pathFrom(st, p, way[last:], last > 0), keys[:n], true); width(d.text()) <= columns {
			return d
		}
	}
	if text := st.pathHere(p.text(way[last])); width(text) <= columns {
		return drawing{lines: []string{text}}
	}
	return drawing{lines: []string{cut(st.pathHere(p.short(way[last])), columns)}}
}

// drawFork is the way on one line and what can come under one another, a line for each key; fits tells whether there
// are columns enough.
func drawFork(st *Styles, p *picture, l life, keys []domain.State, columns int) (d drawing, fits bool) {
	widest := 0
	for _, state := range keys {
		widest = max(widest, width(l.next[state]+" "+p.text(state)))
	}
	way := l.way()
	for first := range way {
		from := pathFrom(st, p, way[first:], first > 0)
		if width(from)+width(prongs[0])+widest > columns {
			continue
		}
		for i, state := range keys {
			prong := prongs[min(i, 1)]
			if i == len(keys)-1 {
				prong = prongs[2]
			}
			if i > 0 {
				from = blanks(width(from))
			}
			d = d.over(drawing{[]string{from}, nil}.lead(st, prong, l.next[state], p.text(state)))
		}
		return d, true
	}
	return d, false
}

// prongs lead to what can come: to the first, to one between, to the last.
var prongs = [3]string{"╌┬▸ ", " ├▸ ", " ╰▸ "}

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

// pathTo adds what can come, with the keys that lead there.
func pathTo(st *Styles, p *picture, l life, from string, states []domain.State, cut bool) drawing {
	d := drawing{lines: []string{from}}
	lead := " ╌▸ "
	for _, state := range states {
		d = d.lead(st, lead, l.next[state], p.word(state))
		lead = " · "
	}
	if cut {
		d.lines[0] += st.inks[inkOpen].Render(lead + "…")
	}
	return d
}

// lead adds to a line what comes by a key.
func (d drawing) lead(st *Styles, lead, key, to string) drawing {
	at := width(d.lines[0] + lead)
	d.spots = append(d.spots, spot{0, at, at + width(key+" "+to), key})
	d.lines[0] += st.inks[inkOpen].Render(lead) + st.inks[inkKey].Render(key) + st.inks[inkOpen].Render(" "+to)
	return d
}

func (p *picture) word(state domain.State) string { return badgeOf(p.machine.Name, state).word }
