package tui

import (
	"strings"

	"rsc.io/qr"
)

// quiet is the margin around a QR code, in modules: readers want some.
const quiet = 2

// coded is the QR code that a page has drawn last: working one out takes longer than the rest of its frame.
type coded struct {
	styles         *Styles
	text           string
	columns, lines int
	drawn          []string
}

// code is qrCode.
func (c *coded) code(st *Styles, text string, columns, lines int) []string {
	if c.styles != st || c.text != text || c.columns != columns || c.lines != lines {
		*c = coded{st, text, columns, lines, qrCode(st, text, columns, lines)}
	}
	return c.drawn
}

// qrCode draws a text as a QR code, two rows of modules in a line; nil where there is no room for it, or the text
// is too long. It is dark on light in every theme, as readers want it.
func qrCode(st *Styles, text string, columns, lines int) []string {
	if text == "" {
		return nil
	}
	code, err := qr.Encode(text, qr.L)
	if err != nil || code.Size+2*quiet > columns || (code.Size+2*quiet+1)/2 > lines {
		return nil
	}
	halves := map[[2]bool]rune{{true, true}: '█', {true, false}: '▀', {false, true}: '▄', {false, false}: ' '}
	var out []string
	for y := -quiet; y < code.Size+quiet; y += 2 {
		var b strings.Builder
		for x := -quiet; x < code.Size+quiet; x++ {
			b.WriteRune(halves[[2]bool{code.Black(x, y), code.Black(x, y+1)}])
		}
		out = append(out, st.QR.Render(b.String()))
	}
	return out
}
