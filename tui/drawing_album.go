package tui

import (
	"maps"
	"slices"
	"strings"

	"till/domain"
)

// album keeps the pictures of a page: a machine is drawn once for a history, what can come of it, and a room. A history
// only grows, so how long it is says what it is.
type album struct {
	drawn   map[albumKey]drawing
	heights map[albumKey]int
}

type albumKey struct {
	styles         *Styles
	picture        *picture
	of             string // whose life it is
	at             domain.State
	walked, ahead  int
	next           string
	spark          int
	columns, lines int
}

// albumMost is how many pictures are kept: as many as a life of some hundred entries has, gone through to and fro.
const albumMost = 500

func (l life) key(st *Styles, p *picture, columns, lines int) albumKey {
	var next strings.Builder
	for _, state := range slices.Sorted(maps.Keys(l.next)) {
		next.WriteString(string(state) + " " + l.next[state] + ";")
	}
	return albumKey{st, p, l.of, l.at, len(l.walked), len(l.ahead), next.String(), l.spark, columns, lines}
}

// draw is drawMachine.
func (a *album) draw(st *Styles, p *picture, l life, columns, lines int) drawing {
	k := l.key(st, p, columns, lines)
	d, known := a.drawn[k]
	if !known {
		d = drawMachine(st, p, l, columns, lines)
		d.lines, d.spots = slices.Clip(d.lines), slices.Clip(d.spots)
		a.drawn = keptIn(a.drawn, k, d)
	}
	return d
}

// height is heightOf.
func (a *album) height(st *Styles, p *picture, l life, columns, lines int) int {
	k := l.key(st, p, columns, lines)
	h, known := a.heights[k]
	if !known {
		h = heightOf(st, p, l, columns, lines)
		a.heights = keptIn(a.heights, k, h)
	}
	return h
}

// keptIn puts something into an album; a full one is begun anew.
func keptIn[T any](all map[albumKey]T, k albumKey, one T) map[albumKey]T {
	if all == nil || len(all) >= albumMost {
		all = map[albumKey]T{}
	}
	all[k] = one
	return all
}
