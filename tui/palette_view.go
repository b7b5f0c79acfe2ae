package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// What the palette takes of the page: so many columns at most, and beside its rows the frame, the text above them and
// two lines of reasons under them.
const (
	paletteWidth = 64
	paletteLines = 8
	paletteHead  = 3 // lines above the first row: border, text, rule
)

// columns is how wide the rows are, inside of the frame.
func (p *palette) columns() int {
	return min(paletteWidth, p.app.width-4) - p.app.desk.Styles.Tight.GetHorizontalFrameSize()
}

// rows is how many lines of commands are seen at most.
func (p *palette) rows() int { return max(3, min(24, p.app.height-paletteLines-2)) }

// paletteRow is a line of the palette: a heading, or a command by its number.
type paletteRow struct {
	heading string
	command int
}

// layout is what there is to see, with headings as long as nothing is typed. Its height stays while the text narrows it.
func (p *palette) layout() []paletteRow {
	var rows []paletteRow
	part := ""
	for i, c := range p.found {
		if p.input.Value() == "" && c.part != part {
			part = c.part
			rows = append(rows, paletteRow{heading: part, command: -1})
		}
		rows = append(rows, paletteRow{command: i})
	}
	return rows
}

// window are the rows that are seen: those around the chosen one, with the heading over the first.
func (p *palette) window() []paletteRow {
	rows, at := p.layout(), 0
	for i, r := range rows {
		if r.command == p.at {
			at = i
		}
	}
	seen := p.rows()
	from := max(0, min(at-seen/2, len(rows)-seen))
	return rows[from:min(len(rows), from+seen)]
}

// height is how many rows are drawn, whatever is typed: the box does not jump under the eye.
func (p *palette) height() int {
	headings, part := 0, ""
	for _, c := range p.all {
		if c.part != part {
			part = c.part
			headings++
		}
	}
	return min(p.rows(), len(p.all)+headings)
}

func (p *palette) view(st *Styles) string {
	columns := p.columns()
	p.input.SetWidth(columns - 4)
	lines := []string{
		st.Title.Render("› ") + p.input.View(),
		st.Rule.Render(strings.Repeat("─", columns)),
	}
	for _, r := range p.window() {
		lines = append(lines, p.row(st, r, columns))
	}
	if len(p.found) == 0 {
		lines = append(lines, st.Faint.Render("nothing here is called that"))
	}
	for len(lines) < p.height()+paletteHead-1 {
		lines = append(lines, "")
	}
	lines = append(lines, "", p.foot(st, columns))
	lines[0] = pad(lines[0], columns)
	return framed(st, st.Tight, lines)
}

func (p *palette) row(st *Styles, r paletteRow, columns int) string {
	if r.command < 0 {
		return st.Title.Render(cut(r.heading, columns))
	}
	c := p.found[r.command]
	name := c.name
	if c.off != "" {
		name += "  · " + c.off
	}
	room := columns - width(c.key) - 4
	line := pad(cut(name, room), columns-width(c.key)-3)
	switch {
	case r.command == p.at && c.off != "":
		return st.Row.Render("› " + line + c.key + " ")
	case r.command == p.at:
		return st.RowName.Render("› " + line + c.key + " ")
	case c.off != "":
		return st.KeyOff.Render("  " + line + c.key)
	}
	return "  " + st.Text.Render(line) + st.Key.Render(c.key)
}

// foot says what Enter does, or why it does nothing, and whether there is more than is seen.
func (p *palette) foot(st *Styles, columns int) string {
	keys := st.Key.Render("enter") + " " + st.Faint.Render("do it") + "   "
	switch {
	case len(p.found) == 0:
		keys = ""
	case p.found[p.at].off != "":
		return st.Warn.Render(cut("! "+p.found[p.at].off, columns))
	}
	rest := ""
	if hidden := len(p.layout()) - p.rows(); hidden > 0 {
		rest = st.Faint.Render(fmt.Sprintf("%d more", hidden))
		keys += st.Key.Render("↑↓") + " " + st.Faint.Render("choose") + "   "
	}
	return spread(keys+st.Key.Render("esc")+" "+st.Faint.Render("close"), rest, columns)
}

// mouse does the command that was clicked, at a line of the box; the wheel moves on. A click beside the box closes it.
func (p *palette) mouse(msg tea.MouseMsg, line int, inside bool) tea.Cmd {
	switch msg := msg.(type) {
	case tea.MouseWheelMsg:
		p.move(wheelBy(msg))
	case tea.MouseClickMsg:
		if !inside {
			p.app.palette = nil
			return nil
		}
		rows, at := p.window(), line-paletteHead
		if at >= 0 && at < len(rows) && rows[at].command >= 0 {
			p.at = rows[at].command
			return p.do()
		}
	}
	return nil
}
