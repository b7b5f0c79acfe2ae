package tui

import (
	"fmt"
	"html"
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
)

// A cell of a picture, in its units.
const (
	cellWide, cellHigh = 9, 19
	baseline           = 14
	pictureEdge        = 14
)

// A page of a picture: its ground and the ink where a cell names none.
var (
	darkPage  = [2]string{"#17141f", "#dddae6"}
	lightPage = [2]string{"#fbfaff", "#24222c"}
)

// picture compares what is on the screen with a picture among those of the README; -update draws it anew.
func (d *driver) picture(name string) *driver {
	d.t.Helper()
	ground := lightPage
	if d.app.desk.Styles.Dark {
		ground = darkPage
	}
	drawn := drawSVG(d.app.View().Content, d.app.width, d.app.height, ground)
	path := filepath.Join("..", ".pictures", name+".svg")
	if *update {
		if err := os.WriteFile(path, []byte(drawn), 0o644); err != nil {
			d.t.Fatal(err)
		}
		return d
	}
	kept, err := os.ReadFile(path)
	if err != nil {
		d.t.Fatal(err)
	}
	if string(kept) != drawn {
		d.t.Fatalf("%s is not the screen as it is: go test ./tui -update", path)
	}
	return d
}

// drawSVG draws a page of the console: text with its place and length given, so that it lines up in any font, and
// lines and blocks as shapes, so that they join.
func drawSVG(page string, columns, rows int, ground [2]string) string {
	screen := vt.NewEmulator(columns, rows)
	_, _ = screen.WriteString(strings.ReplaceAll(page, "\n", "\r\n"))
	wide, high := columns*cellWide+2*pictureEdge, rows*cellHigh+2*pictureEdge
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="15" shape-rendering="crispEdges">`+"\n", wide, high)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" rx="8" fill="%s" shape-rendering="auto"/>`+"\n", wide, high, ground[0])
	for y := range rows {
		for x := 0; x < columns; {
			x += drawRun(&b, screen, x, y, columns, ground)
		}
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// drawRun draws the cells from x on that look alike, and tells how many they are.
func drawRun(b *strings.Builder, screen *vt.Emulator, x, y, columns int, ground [2]string) int {
	first := cellOf(screen, x, y)
	var text strings.Builder
	n, last := 0, 0
	for x+n < columns {
		cell := cellOf(screen, x+n, y)
		if !cell.Style.Equal(&first.Style) {
			break
		}
		text.WriteString(cell.Content)
		n += max(1, cell.Width)
		if cell.Content != " " {
			last = n
		}
	}
	ink, paper := inksOf(first.Style, ground)
	left, top := pictureEdge+x*cellWide, pictureEdge+y*cellHigh
	if paper != ground[0] {
		fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`+"\n", left, top, n*cellWide, cellHigh, paper)
	}
	if last > 0 {
		drawText(b, text.String(), left, top, ink, first.Style.Attrs&uv.AttrBold != 0)
	}
	return n
}

func cellOf(screen *vt.Emulator, x, y int) uv.Cell {
	cell := screen.CellAt(x, y)
	if cell == nil || cell.Content == "" {
		return uv.EmptyCell
	}
	return *cell
}

func inksOf(style uv.Style, ground [2]string) (ink, paper string) {
	ink, paper = hexOf(style.Fg, ground[1]), hexOf(style.Bg, ground[0])
	if style.Attrs&uv.AttrReverse != 0 {
		return paper, ink
	}
	return ink, paper
}

func hexOf(c color.Color, none string) string {
	if c == nil {
		return none
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}

// drawText draws a run of one ink: words as text, lines and blocks as one path.
func drawText(b *strings.Builder, text string, left, top int, ink string, bold bool) {
	var path strings.Builder
	word, wordAt, at := "", 0, 0
	flush := func() {
		if trimmed := strings.TrimRight(word, " "); trimmed != "" {
			weight := ""
			if bold {
				weight = ` font-weight="bold"`
			}
			fmt.Fprintf(b, `<text x="%d" y="%d" fill="%s"%s textLength="%d" xml:space="preserve">%s</text>`+"\n",
				left+wordAt*cellWide, top+baseline, ink, weight, width(trimmed)*cellWide, html.EscapeString(trimmed))
		}
		word = ""
	}
	for _, r := range text {
		shape := shapeOf(r, left+at*cellWide, top)
		switch {
		case shape != "":
			flush()
			path.WriteString(shape)
		case r == ' ' && strings.HasSuffix(word, " "):
			flush() // what comes behind a gap has its own place: fonts differ in width
		case word == "" && r == ' ':
		case word == "":
			word, wordAt = string(r), at
		default:
			word += string(r)
		}
		at += max(1, width(string(r)))
	}
	flush()
	if path.Len() > 0 {
		fmt.Fprintf(b, `<path fill="%s" d="%s"/>`+"\n", ink, path.String())
	}
}

// blocks are the parts of a cell that a block element fills: from left, top to right, bottom in eighths.
var blocks = map[rune][4]int{
	'█': {0, 0, 8, 8}, '▀': {0, 0, 8, 4}, '▄': {0, 4, 8, 8}, '▌': {0, 0, 4, 8}, '▐': {4, 0, 8, 8}, '▏': {0, 0, 1, 8},
	'▁': {0, 7, 8, 8}, '▂': {0, 6, 8, 8}, '▃': {0, 5, 8, 8}, '▅': {0, 3, 8, 8}, '▆': {0, 2, 8, 8}, '▇': {0, 1, 8, 8},
	'▎': {0, 0, 2, 8}, '▍': {0, 0, 3, 8}, '▋': {0, 0, 5, 8}, '▊': {0, 0, 6, 8}, '▉': {0, 0, 7, 8},
}

// arms are the arms of the line drawings: how strong they are to the left, to the right, up and down.
var arms = map[rune]string{
	'─': "1100", '━': "2200", '│': "0011", '┃': "0022", '╌': "1100", '╎': "0011",
	'╭': "0101", '╮': "1001", '╰': "0110", '╯': "1010", '┌': "0101", '┐': "1001", '└': "0110", '┘': "1010",
	'┏': "0202", '┓': "2002", '┗': "0220", '┛': "2020", '├': "0111", '┤': "1011", '┬': "1101", '┴': "1110", '┼': "1111",
	'┝': "0211", '┥': "2011", '┠': "0122", '┨': "1022", '┣': "0222", '┫': "2022", '┳': "2202", '┻': "2220", '╋': "2222",
	'┯': "2201", '┷': "2210", '┰': "1102", '┸': "1120", '┱': "2102", '┲': "1202", '┹': "2120", '┺': "1220",
	'┡': "0221", '┩': "2021", '╃': "2121", '┢': "0212", '┪': "2012", '┿': "2211", '╂': "1122",
}

// shapeOf is a line or a block as a path of rectangles; nothing for what is text.
func shapeOf(r rune, left, top int) string {
	if part, ok := blocks[r]; ok {
		return rectangle(left+part[0]*cellWide/8, top+part[1]*cellHigh/8, left+part[2]*cellWide/8, top+part[3]*cellHigh/8)
	}
	arm, ok := arms[r]
	if !ok {
		return ""
	}
	x, y := left+cellWide/2, top+cellHigh/2
	switch r { // dashes
	case '╌':
		return rectangle(left+1, y, left+4, y+1) + rectangle(left+6, y, left+8, y+1)
	case '╎':
		return rectangle(x, top+2, x+1, top+8) + rectangle(x, top+11, x+1, top+17)
	}
	var path strings.Builder
	for side, strong := range []int{int(arm[0] - '0'), int(arm[1] - '0'), int(arm[2] - '0'), int(arm[3] - '0')} {
		if strong == 0 {
			continue
		}
		path.WriteString([]string{
			rectangle(left, y, x+strong, y+strong), rectangle(x, y, left+cellWide, y+strong),
			rectangle(x, top, x+strong, y+strong), rectangle(x, y, x+strong, top+cellHigh),
		}[side])
	}
	return path.String()
}

func rectangle(left, top, right, bottom int) string {
	return fmt.Sprintf("M%d %dH%dV%dH%dZ", left, top, right, bottom, left)
}

// Every line and block that a golden screen shows is drawn as a shape, so that pictures have no gaps.
func TestPicturesDrawEveryLine(t *testing.T) {
	files, err := filepath.Glob("testdata/*.golden")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden screens", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range string(text) {
			if r >= 0x2500 && r <= 0x259f && shapeOf(r, 0, 0) == "" {
				t.Errorf("%s has %q, which is drawn as text", file, r)
			}
		}
	}
}
