package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// What the frame takes of the height, and the smallest terminal in which a sale can be made.
const (
	headerLines = 2
	frameLines  = headerLines + 2 // the status line and the footer
	leastWidth  = 60
	leastHeight = 18
	margin      = 2 // columns at either side
)

// View draws the console: header, screen, status line, footer, and what lies over them. Before the terminal has
// told its size there is nothing.
func (a *App) View() tea.View {
	v := tea.NewView(a.content())
	v.AltScreen = true
	v.MouseMode = tea.MouseModeCellMotion
	v.BackgroundColor, v.ForegroundColor = a.desk.Styles.grounds(a.opts.Theme, a.dark)
	v.WindowTitle = "till · " + Inert(a.top().Title())
	if a.door != nil {
		v.WindowTitle = "till"
	}
	return v
}

func (a *App) content() string {
	switch {
	case a.width == 0 || a.height == 0:
		return ""
	case a.tooSmall():
		return a.smallView()
	case a.under != "":
		return a.covered(a.under)
	}
	return a.covered(a.page())
}

// page is the console without what lies over it.
func (a *App) page() string {
	if a.door != nil {
		return a.doorstep()
	}
	header, page, footer := a.header(), a.top().View(), a.footer()
	var b strings.Builder
	b.Grow(len(header) + len(page) + len(footer) + a.height + 4*a.width)
	b.WriteString(header)
	b.WriteByte('\n')
	boxInto(&b, page, a.width, a.height-frameLines)
	b.WriteByte('\n')
	b.WriteString(a.statusLine())
	b.WriteByte('\n')
	b.WriteString(footer)
	return b.String()
}

// covered puts what lies over the page onto it.
func (a *App) covered(page string) string {
	if lid := a.lid(); lid != "" {
		return a.over(page, lid)
	}
	return page
}

// lid is the one block that lies over the page and has the keys: the dialog, the palette or the help; else "".
func (a *App) lid() string {
	switch {
	case a.dialog != nil:
		return a.dialog.view(a.desk.Styles, a.width, a.height)
	case a.palette != nil:
		return a.palette.view(a.desk.Styles)
	case a.help:
		return a.helpView()
	}
	return ""
}

// seat is where a block over the page begins: in the middle, and clear of the header where the footer stays clear too.
func (a *App) seat(block string) (x, y int) {
	first, _, _ := strings.Cut(block, "\n")
	free := a.height - strings.Count(block, "\n") - 1
	return max(0, (a.width-width(first))/2), max(0, free/2, min(headerLines, free-1))
}

// over lays a block into the middle of a page.
func (a *App) over(page, block string) string {
	x, y := a.seat(block)
	var b strings.Builder
	b.Grow(len(page) + len(block) + a.width*a.height/2) // lines that end early are filled up
	for i, under := range strings.Split(page, "\n") {
		if i > 0 {
			b.WriteByte('\n')
		}
		if i < y || block == "" {
			b.WriteString(under)
			continue
		}
		var line string
		line, block, _ = strings.Cut(block, "\n")
		// Where the edge goes through a wide character, half of it is left: blanks take its place.
		left, free := fitted(ansi.Truncate(under, x, ""), x)
		b.WriteString(left)
		b.WriteString(blanks(free))
		b.WriteString(line)
		end := x + width(line)
		reach := min(width(under), a.width)
		if reach <= end {
			b.WriteString(blanks(a.width - end))
			continue
		}
		right, free := fitted(ansi.TruncateLeft(under, end, ""), reach-end)
		b.WriteString(blanks(free))
		b.WriteString(right)
		b.WriteString(blanks(a.width - reach))
	}
	return b.String()
}

func (a *App) tooSmall() bool { return a.width < leastWidth || a.height < leastHeight }

// smallView says how much is missing.
func (a *App) smallView() string {
	var missing []string
	if n := leastWidth - a.width; n > 0 {
		missing = append(missing, plural(n, "column"))
	}
	if n := leastHeight - a.height; n > 0 {
		missing = append(missing, plural(n, "row"))
	}
	text := wrapped(strings.Join(missing, " and ")+" missing", a.width)
	lines := append([]string{"till", ""}, strings.Split(text, "\n")...)
	return box(strings.Repeat("\n", max(0, (a.height-len(lines))/2))+strings.Join(lines, "\n"), a.width, a.height)
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

// header names the till, the main screens with the one that is shown, whether money is real, the clock where it is
// shifted, and who is here.
func (a *App) header() string {
	st := a.desk.Styles
	name := pad(st.Title.Render("till"), tabsAt-margin) + a.tabLine(a.tabs())
	return blanks(margin) + spread(name, a.mode(), a.width-2*margin) + "\n" + st.Rule.Render(strings.Repeat("─", a.width))
}

// whoMost is how many columns of an operator's name are seen, and whoLeast where the names of the places would not fit
// beside more.
const (
	whoMost  = 16
	whoLeast = 8
)

// mode is the right end of the header: what is wrong, whether money is real, and where there is room the clock and who
// is here.
func (a *App) mode() string {
	st := a.desk.Styles
	mode := a.staleMark() + a.lost.mark(st) + a.shiftMark() + a.money()
	var more []string
	switch now := a.clock.Format("2 Jan 15:04"); {
	case a.walking():
		more = append(more, "◧ "+now)
	case a.opts.Clock || a.shifted:
		more = append(more, now)
	}
	name, role := a.whoInHeader()
	if name != "" {
		more = append(more, name)
	}
	fits := func(text string) bool { return width(mode)+width(text) <= a.width-2*margin-whoMost } // the name of the page needs as much
	for _, text := range more {
		if fits("  " + text) {
			mode += st.Faint.Render("  " + text)
		}
	}
	if a.width >= wideEnough && fits(role) {
		mode += st.Faint.Render(role)
	}
	return mode
}

// money says whether it is real.
func (a *App) money() string {
	if a.desk.Till.Live {
		return a.desk.Styles.Live.Render(" LIVE ")
	}
	return a.desk.Styles.Sandbox.Render("SANDBOX")
}

func (a *App) statusLine() string {
	st := a.desk.Styles
	style, glyph := st.Active, "· "
	if a.failed {
		style, glyph = st.Bad, "✗ "
	}
	if a.status == "" {
		return ""
	}
	return blanks(margin) + style.Render(cut(glyph+a.status, a.width-2*margin))
}

// footer shows the keys that count here.
func (a *App) footer() string {
	st, at := a.desk.Styles, 0
	var b strings.Builder
	for _, h := range a.hints() {
		b.WriteString(blanks(h.from-at) + st.Key.Render(h.key.Help().Key) + " " + st.Faint.Render(h.key.Help().Desc))
		at = h.to
	}
	return b.String()
}
