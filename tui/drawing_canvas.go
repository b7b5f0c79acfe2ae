package tui

import (
	"strings"
)

// ink is how something of a drawing is lit. The brighter one wins where two meet.
type ink uint8

const (
	inkNone  ink = iota
	inkFar       // not on the way
	inkAhead     // walked later than the point that is shown
	inkOpen      // can come next
	inkLit       // walked
	inkHere      // the border of the present state
	inkFill      // what it is filled with
	inkKey       // the key that leads to a state
	inkKinds
)

// ways are the directions that a line can leave a cell in: up, right, down, left.
var ways = [4]point{{0, -1}, {1, 0}, {0, 1}, {-1, 0}}

// joints has the glyph of every meeting of lines: its index is the weights of the ways as a number to the
// base of three. Heavy lines are how the walked way is seen without colour.
var joints = []rune(" ╴╸╷╮┑╻┒┓╶─╾╭┬┭┎┰┱╺╼━┍┮┯┏┲┳╵╯┙│┤┥╽┧┪╰┴┵├┼┽┟╁╅┕┶┷┝┾┿┢╆╈╹┚┛╿┦┩┃┨┫┖┸┹┞╀╃┠╂╉┗┺┻┡╄╇┣╊╋")

type point struct{ x, y int }

func (p point) plus(q point) point { return point{p.x + q.x, p.y + q.y} }

// cell is one column of one row.
type cell struct {
	arms [4]uint8 // the weight of the line in each of the ways: 0, 1 (light) or 2 (heavy)
	char rune     // instead of a line
	ink  ink
}

func (c cell) glyph() rune {
	if c.char != 0 {
		return c.char
	}
	index := 0
	for _, weight := range c.arms {
		index = index*3 + int(weight)
	}
	if c.ink == inkOpen { // dashed: not walked yet
		switch joints[index] {
		case '─':
			return '╌'
		case '│':
			return '╎'
		}
	}
	return joints[index]
}

// canvas is a grid of cells, each as wide as one column: it takes no wide characters.
type canvas struct {
	width, height int
	cells         []cell
}

func newCanvas(width, height int) *canvas {
	return &canvas{width: width, height: height, cells: make([]cell, width*height)}
}

// at gives a cell; outside there is one that nobody sees.
func (c *canvas) at(p point) *cell {
	if p.x < 0 || p.y < 0 || p.x >= c.width || p.y >= c.height {
		return &cell{}
	}
	return &c.cells[p.y*c.width+p.x]
}

// stroke joins two neighbouring cells.
func (c *canvas) stroke(from, to point, weight uint8, with ink) {
	for arm, way := range ways {
		if from.plus(way) != to {
			continue
		}
		out, in := c.at(from), c.at(to)
		back := (arm + 2) % len(ways)
		out.arms[arm], in.arms[back] = max(out.arms[arm], weight), max(in.arms[back], weight)
		out.ink, in.ink = max(out.ink, with), max(in.ink, with)
	}
}

// write puts text over whatever is there.
func (c *canvas) write(at point, text string, with ink) {
	for _, char := range text {
		*c.at(at) = cell{char: char, ink: with}
		at.x++
	}
}

// frame draws a box and empties it; lines that come from outside join its border and end there.
func (c *canvas) frame(corner point, width, height int, weight uint8, with ink) {
	end := corner.plus(point{width - 1, height - 1})
	for y := corner.y; y <= end.y; y++ {
		for x := corner.x; x <= end.x; x++ {
			cell := c.at(point{x, y})
			cell.char, cell.ink = 0, inkNone
			for arm, way := range ways {
				if to := (point{x, y}).plus(way); to.x >= corner.x && to.x <= end.x && to.y >= corner.y && to.y <= end.y {
					cell.arms[arm] = 0
				}
			}
		}
	}
	along([]point{corner, {end.x, corner.y}, end, {corner.x, end.y}, corner}, func(_ int, from, to point) {
		c.stroke(from, to, weight, with)
	})
}

// render gives the picture.
func (c *canvas) render(inks *[inkKinds]Brush) string {
	var out strings.Builder
	out.Grow(3 * len(c.cells)) // lines take three bytes, blanks one, and the colours the rest
	for y := range c.height {
		if y > 0 {
			out.WriteByte('\n')
		}
		before := inkNone
		for _, cell := range c.cells[y*c.width : (y+1)*c.width] {
			if cell.ink != before {
				out.WriteString(inks[before].end)
				out.WriteString(inks[cell.ink].open)
				before = cell.ink
			}
			out.WriteRune(cell.glyph())
		}
		out.WriteString(inks[before].end)
	}
	return out.String()
}
