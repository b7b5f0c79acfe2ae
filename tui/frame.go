package tui

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
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
	v.WindowTitle = "till · " + Inert(a.top().Title())
	return v
}

func (a *App) content() string {
	switch {
	case a.width == 0 || a.height == 0:
		return ""
	case a.tooSmall():
		return a.smallView()
	}
	var b strings.Builder
	b.WriteString(a.header())
	b.WriteByte('\n')
	b.WriteString(box(a.top().View(), a.width, a.height-frameLines))
	b.WriteByte('\n')
	b.WriteString(a.statusLine())
	b.WriteByte('\n')
	b.WriteString(a.footer())
	return a.covered(b.String())
}

// covered puts the help or the dialog over the page.
func (a *App) covered(page string) string {
	switch {
	case a.help:
		return a.over(page, a.helpView())
	case a.dialog != nil:
		return a.over(page, a.dialog.view(a.desk.Styles, a.width))
	}
	return page
}

// over lays a block into the middle of a page.
func (a *App) over(page, block string) string {
	under, lines := strings.Split(page, "\n"), strings.Split(block, "\n")
	x, y := max(0, (a.width-width(lines[0]))/2), max(0, (len(under)-len(lines))/2)
	for i, line := range lines {
		if y+i < len(under) {
			below, rest := pad(under[y+i], a.width), a.width-x-width(line)
			// Where the edge goes through a wide character, half of it is left: blanks take its place.
			under[y+i] = pad(ansi.Truncate(below, x, ""), x) + line + padLeft(ansi.TruncateLeft(below, a.width-rest, ""), rest)
		}
	}
	return strings.Join(under, "\n")
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
	name := st.Title.Render("till") + st.Rule.Render("  ·  ") + st.Text.Render(Inert(a.top().Title()))
	if tabs := a.tabs(); tabs != nil {
		name = pad(st.Title.Render("till"), tabsAt-margin) + a.tabLine(tabs)
	}
	return blanks(margin) + spread(name, a.mode(), a.width-2*margin) + "\n" + st.Rule.Render(strings.Repeat("─", a.width))
}

// mode is the right end of the header.
func (a *App) mode() string {
	st := a.desk.Styles
	mode := a.lost.mark(st) + a.shiftMark()
	if a.desk.Till.Live {
		mode += st.Live.Render(" LIVE ")
	} else {
		mode += st.Sandbox.Render("SANDBOX")
	}
	if a.opts.Clock || a.shifted {
		mode += st.Faint.Render("  " + a.clock.Format("2 Jan 15:04"))
	}
	if who := a.desk.Till.Operator; who != "" {
		mode += st.Faint.Render("  " + Inert(who))
	}
	return mode
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

// footer shows the keys that count here, as many as there is room for, and always the one that shows them all.
func (a *App) footer() string {
	st := a.desk.Styles
	last := hint(st, consoleKeys.help)
	room := a.width - 2*margin - width(last)
	var b strings.Builder
	for _, k := range a.top().Keys() {
		if !k.Enabled() || k.Help().Key == "" {
			continue
		}
		h := hint(st, k)
		if room -= width(h) + 3; room < 0 {
			break
		}
		b.WriteString(h)
		b.WriteString("   ")
	}
	return blanks(margin) + spread(b.String(), last, a.width-2*margin)
}

func hint(st *Styles, k key.Binding) string {
	h := k.Help()
	return st.Key.Render(h.Key) + " " + st.Faint.Render(h.Desc)
}
