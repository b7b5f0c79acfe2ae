package tui

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"till/domain"
)

// life is what of a machine's picture is lit.
type life struct {
	of     string // whose it is, among those of a page
	at     domain.State
	walked []domain.Step           // up to the point that is shown
	ahead  []domain.Step           // what came after it, when the screen is rewound
	next   map[domain.State]string // what can come by a key, with the key
	spark  int                     // frames of motion that the newest arrow still has to run; 0: it has arrived
}

// sparkFrames is how many frames a new arrow takes to be lit.
const sparkFrames = 8

// drawing is a machine as it is drawn, and where in it a state stands that a key leads to.
type drawing struct {
	lines []string
	spots []spot
}

// spot is a part of a line, from a column up to another, and the key that a click there stands for.
type spot struct {
	line, from, to int
	key            string
}

func (d drawing) text() string { return strings.Join(d.lines, "\n") }

// under puts a heading over a drawing; "" is none.
func (d drawing) under(heading string) drawing {
	if heading == "" {
		return d
	}
	return drawing{[]string{heading}, nil}.over(d)
}

// over puts another drawing under this one.
func (d drawing) over(below drawing) drawing {
	spots := slices.Clone(d.spots)
	for _, s := range below.spots {
		s.line += len(d.lines)
		spots = append(spots, s)
	}
	return drawing{slices.Concat(d.lines, below.lines), spots}
}

// beside puts another drawing at the right of this one, from a column on.
func (d drawing) beside(right drawing, column int) drawing {
	spots := slices.Clone(d.spots)
	for _, s := range right.spots {
		s.from, s.to = s.from+column, s.to+column
		spots = append(spots, s)
	}
	return drawing{strings.Split(beside(d.text(), right.text(), column), "\n"), spots}
}

// drawMachine draws a machine as a person would: whole where there is room, else the way walked with what can
// come next (what no key leads to is the first to go, then the beginning of the way), else one line. It is never wider
// or higher than asked.
func drawMachine(st *Styles, p *picture, l life, columns, lines int) drawing {
	if columns < 1 || lines < 1 || l.at == "" {
		return drawing{lines: []string{""}}
	}
	sketch, fork := planMachine(st, p, l, columns, lines)
	switch {
	case sketch != nil:
		return sketch.drawing(st, l)
	case len(fork.lines) > 0:
		return fork
	}
	return drawPath(st, p, l, columns)
}

// heightOf is how many lines drawMachine takes of so many.
func heightOf(st *Styles, p *picture, l life, columns, lines int) int {
	if columns < 1 || lines < 1 || l.at == "" {
		return 1
	}
	sketch, fork := planMachine(st, p, l, columns, lines)
	if sketch != nil {
		return sum(sketch.lanes())
	}
	return max(1, len(fork.lines))
}

// planMachine says how a machine is drawn: by a sketch, or by a fork; by neither where there is only room for a line.
func planMachine(st *Styles, p *picture, l life, columns, lines int) (*sketch, drawing) {
	if s := wholeSketch(p, l); s.fits(columns, lines) {
		return s, drawing{}
	}
	keyed := p.byKey(l)
	if len(keyed) > lines/boxHeight && len(keyed) <= lines {
		if d, fits := drawFork(st, p, l, keyed, columns); fits {
			return nil, d
		}
	}
	if lines < boxHeight {
		return nil, drawing{}
	}
	outlook, way := p.outlook(l, lines/boxHeight), l.way()
	for i := range len(way) + 1 {
		s := waySketch(p, l, way[max(0, i-1):], outlook)
		if i == 1 { // what no key leads to goes before the beginning of the way does
			s = waySketch(p, l, way, keyed[:min(len(keyed), lines/boxHeight)])
		}
		if s.fits(columns, lines) {
			return s, drawing{}
		}
	}
	return nil, drawing{}
}

// wholeSketch puts every state of the machine in its seat.
func wholeSketch(p *picture, l life) *sketch {
	states := p.machine.States()
	s := &sketch{nodes: make([]node, 0, len(states)+len(p.stages)), lines: make([]line, 0, len(p.rails)+len(l.next)+len(l.walked))}
	number := make(map[domain.State]int, len(states))
	for _, state := range states {
		where, seated := p.seats[state]
		if !seated {
			continue
		}
		number[state] = len(s.nodes)
		s.nodes = append(s.nodes, node{text: p.short(state), ink: l.inkOf(state), key: l.next[state], seat: where})
	}
	s.nodes = append(s.nodes, p.signs(l)...)
	for _, rail := range p.rails {
		s.join(number[rail[0]], number[rail[1]], inkFar)
	}
	for _, state := range p.inOrder(l.next) {
		s.join(number[l.at], number[state], inkOpen)
	}
	for _, step := range l.moves() {
		s.join(number[step.From], number[step.To], inkLit)
	}
	return s
}

// moves are the steps that led from one state to another.
func (l life) moves() []domain.Step {
	return slices.DeleteFunc(slices.Clone(l.walked), func(s domain.Step) bool { return s.From == "" || s.From == s.To })
}

// inkOf says how a state is lit.
func (l life) inkOf(state domain.State) ink {
	passed := func(s domain.Step) bool { return s.From == state || s.To == state }
	if state == l.at {
		return inkHere
	}
	if _, ok := l.next[state]; ok {
		return inkOpen
	}
	if slices.ContainsFunc(l.walked, passed) {
		return inkLit
	}
	if slices.ContainsFunc(l.ahead, passed) {
		return inkAhead
	}
	return inkFar
}

// waySketch draws only the way that was walked, or its end, and what can come next behind it.
func waySketch(p *picture, l life, way, outlook []domain.State) *sketch {
	s := &sketch{}
	if len(way) < len(l.way()) {
		s.nodes = append(s.nodes, node{text: "…", ink: inkFar})
	}
	for _, state := range way {
		i := len(s.nodes)
		s.nodes = append(s.nodes, node{text: p.text(state), ink: inkLit, seat: seat{i, 0}})
		if i > 0 {
			s.join(i-1, i, inkLit)
		}
	}
	here := len(s.nodes) - 1
	s.nodes[here].ink = inkHere
	for lane, state := range outlook {
		key, open := l.next[state]
		n := node{text: p.text(state), ink: inkFar, key: key, seat: seat{here + 1, lane}}
		if open {
			n.ink = inkOpen
		}
		s.nodes = append(s.nodes, n)
		s.join(here, len(s.nodes)-1, n.ink)
	}
	s.lines = slices.Concat(s.lines[here:], s.lines[:here]) // the newest arrow is the last, for its motion
	return s
}

// way is the states walked, in order.
func (l life) way() []domain.State {
	var way []domain.State
	for _, step := range l.moves() {
		if len(way) == 0 {
			way = append(way, step.From)
		}
		way = append(way, step.To)
	}
	if len(way) == 0 || way[len(way)-1] != l.at {
		way = append(way, l.at)
	}
	return way
}

// outlook is what can come, at most so many: first by a key, then the ends that the machine leads to from here.
// A key that may lead to several states is told once, by the one nearest to the end of the main way.
func (p *picture) outlook(l life, most int) []domain.State {
	var all []domain.State
	told := map[string]bool{}
	for _, state := range p.inOrder(l.next) {
		if key := l.next[state]; !told[key] {
			all, told[key] = append(all, state), true
		}
	}
	for t := range p.machine.From(l.at) {
		if p.machine.Final(t.To) && t.To != p.seldom && !slices.Contains(all, t.To) {
			all = append(all, t.To)
		}
	}
	return all[:min(most, len(all))]
}

// text is how a state is told in a box.
func (p *picture) text(state domain.State) string {
	found := badgeOf(p.machine.Name, state)
	return found.glyph + " " + found.word
}

// inOrder sorts states as they sit: from the top, in a lane from the right, where the ends are.
func (p *picture) inOrder(states map[domain.State]string) []domain.State {
	return slices.SortedFunc(maps.Keys(states), func(a, b domain.State) int {
		x, y := p.seats[a], p.seats[b]
		return cmp.Or(x.lane-y.lane, y.col-x.col)
	})
}
