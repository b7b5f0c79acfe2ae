package tui

import "strings"

// node is a state in a sketch.
type node struct {
	text string
	ink  ink
	key  string
	sign bool // the name of a stage: a word, whatever its ink
	seat
	point // of the middle, once it is placed
	width int
}

// boxed tells whether the node has a border: what lies off the way is a word only.
func (n *node) boxed() bool { return n.ink != inkFar && !n.sign }

// boxHeight is how many lines a box takes; a word takes one.
const boxHeight = 3

// breadth is how many columns the node needs: its text with air, and with a border where it has one.
func (n *node) breadth() int {
	if n.boxed() {
		return width(n.text) + 4
	}
	return width(n.text) + 2
}

// line joins two nodes, by their numbers.
type line struct {
	from, to int
	ink      ink
}

// sketch is a picture before it has its measures: nodes with their seats, and lines between them.
type sketch struct {
	nodes []node
	lines []line

	starts []int // where each column begins
	gap    int   // between two columns
}

func (s *sketch) join(from, to int, with ink) {
	s.lines = append(s.lines, line{from, to, with})
}

// The air between two columns.
const (
	narrowGap = 4
	wideGap   = 9
)

// columns gives the width of every column.
func (s *sketch) columns() []int {
	var widths []int
	for _, n := range s.nodes {
		for len(widths) <= n.col {
			widths = append(widths, 0)
		}
		widths[n.col] = max(widths[n.col], n.breadth())
	}
	return widths
}

// lanes gives the height of every lane: one line where it has words only.
func (s *sketch) lanes() []int {
	var heights []int
	for _, n := range s.nodes {
		for len(heights) <= n.lane {
			heights = append(heights, 1)
		}
		if n.boxed() {
			heights[n.lane] = boxHeight
		}
	}
	return heights
}

func sum(of []int) int {
	total := 0
	for _, n := range of {
		total += n
	}
	return total
}

// fits lays the sketch out if there is room for it.
func (s *sketch) fits(breadth, height int) bool {
	columns, lanes := s.columns(), s.lanes()
	gaps := max(1, len(columns)-1)
	gap := min(wideGap, (breadth-sum(columns))/gaps)
	if gap < narrowGap || sum(lanes) > height {
		return false
	}
	s.gap, s.starts = gap, make([]int, len(columns))
	for col := range columns {
		s.starts[col] = sum(columns[:col]) + col*gap
	}
	for i := range s.nodes {
		n := &s.nodes[i]
		n.width = columns[n.col]
		n.point = point{s.starts[n.col] + n.width/2, sum(lanes[:n.lane]) + lanes[n.lane]/2}
	}
	return true
}

// draw puts the sketch on a canvas: lines first, nodes over them.
func (s *sketch) draw(spark int) *canvas {
	columns, lanes := s.columns(), s.lanes()
	c := newCanvas(sum(columns)+s.gap*(len(columns)-1), sum(lanes))
	newest := len(s.lines) - 1
	for i, l := range s.lines {
		way := s.route(&s.nodes[l.from], &s.nodes[l.to])
		lit := lengthOf(way)
		if i == newest && l.ink == inkLit {
			lit -= lit * spark / sparkFrames
		}
		along(way, func(j int, from, to point) {
			if j < lit {
				c.stroke(from, to, weightOf(l.ink), l.ink)
			} else {
				c.stroke(from, to, 1, inkOpen)
			}
		})
	}
	for i := range s.nodes {
		s.nodes[i].draw(c)
	}
	return c
}

// drawing is the sketch as it is shown, with the boxes that a key leads to.
func (s *sketch) drawing(st *Styles, l life) drawing {
	d := drawing{lines: strings.Split(s.draw(l.spark).render(&st.inks), "\n")}
	for i := range s.nodes {
		n := &s.nodes[i]
		for y := n.y - 1; n.key != "" && y <= n.y+1; y++ {
			d.spots = append(d.spots, spot{y, n.x - n.width/2, n.x - n.width/2 + n.width, n.key})
		}
	}
	return d
}

func weightOf(with ink) uint8 {
	if with == inkLit {
		return 2
	}
	return 1
}

// border is the weight of a node's border: heavy around the present state alone.
func (n *node) border() uint8 {
	if n.ink == inkHere {
		return 2
	}
	return 1
}

func (n *node) draw(c *canvas) {
	text := point{n.x - width(n.text)/2, n.y}
	if !n.boxed() {
		c.write(text.plus(point{-1, 0}), " "+n.text+" ", n.ink)
		return
	}
	corner := point{n.x - n.width/2, n.y - 1}
	c.frame(corner, n.width, boxHeight, n.border(), n.ink)
	if n.ink == inkHere { // filled from border to border
		c.write(corner.plus(point{1, 1}), strings.Repeat(" ", n.width-2), inkFill)
		c.write(text, n.text, inkFill)
	} else {
		c.write(text, n.text, n.ink)
	}
	if n.key != "" {
		c.write(corner.plus(point{2, 0}), " "+n.key+" ", inkKey)
	}
}

// along goes from corner to corner, a cell at a time; i counts the steps from 1 on.
func along(corners []point, step func(i int, from, to point)) {
	at, i := corners[0], 0
	for _, to := range corners[1:] {
		for at != to {
			from := at
			at.x += sign(to.x - at.x)
			at.y += sign(to.y - at.y)
			i++
			step(i, from, at)
		}
	}
}

// lengthOf is how many cells a way from corner to corner has.
func lengthOf(corners []point) int {
	length := 1
	for i, to := range corners[1:] {
		from := corners[i]
		length += max(to.x-from.x, from.x-to.x, to.y-from.y, from.y-to.y)
	}
	return length
}

func sign(n int) int { return min(1, max(-1, n)) }

// route gives the corners of the way between two nodes, from middle to middle. It turns only between columns,
// so no line runs along a border, and in that of the two lanes where it passes behind fewer nodes.
func (s *sketch) route(a, b *node) []point {
	lanesApart := max(a.lane-b.lane, b.lane-a.lane)
	if lanesApart == 0 || a.col == b.col && lanesApart == 1 {
		return []point{a.point, b.point}
	}
	early, late := a.col+1, b.col
	if b.col < a.col || a.col == len(s.starts)-1 {
		early, late = a.col, b.col+1
	}
	turn := early
	if a.col != b.col && s.between(a.lane, a, b) < s.between(b.lane, a, b) {
		turn = late
	}
	x := s.starts[turn] - (s.gap+1)/2
	return []point{a.point, {x, a.y}, {x, b.y}, b.point}
}

// between says how much stands in a lane between the columns of two nodes.
func (s *sketch) between(lane int, a, b *node) int {
	weight := 0
	for _, n := range s.nodes {
		if n.lane != lane || n.col <= min(a.col, b.col) || n.col >= max(a.col, b.col) {
			continue
		}
		weight++
		if n.boxed() {
			weight += 2
		}
	}
	return weight
}
