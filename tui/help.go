package tui

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
)

// helpPart is a heading with keys under it.
type helpPart struct {
	title string
	keys  []key.Binding
}

// helpView lists every key of the screen, those that do nothing now too, and those that count everywhere: a key a
// line where there is room, closer together where not; what does not fit even then can be scrolled.
func (a *App) helpView() string {
	st, parts := a.desk.Styles, a.helpParts()
	for _, spacious := range []bool{true, false} {
		if columnLines(parts, spacious)+1+st.Dialog.GetVerticalFrameSize() > a.height {
			continue
		}
		block := framed(st, st.Dialog, append(a.helpColumn(parts, spacious), st.Faint.Render(closesHelp)))
		if top, _, _ := strings.Cut(block, "\n"); width(top) <= a.width {
			return block
		}
	}
	lines := a.helpLines
	room := a.height - st.Tight.GetVerticalFrameSize() - 1
	foot := closesHelp
	if len(lines) > room {
		at := min(a.helpAt, len(lines)-room)
		foot = "↑ more above · any other key closes this"
		if below := len(lines) - room - at; below > 0 {
			foot = fmt.Sprintf("↑↓ %d more · any other key closes this", below)
		}
		lines = lines[at : at+room]
	}
	return framed(st, st.Tight, append(slices.Clip(lines), st.Faint.Render(foot)))
}

func (a *App) helpParts() []helpPart {
	var everywhere []key.Binding
	for _, p := range a.places() {
		everywhere = append(everywhere, p.key)
	}
	everywhere = append(append(everywhere, consoleKeys.palette), a.consoleKeys()...)
	return []helpPart{{Inert(a.top().Title()), a.top().Keys()}, {"everywhere", everywhere}}
}

// consoleKeys are those that count everywhere beside the places, the palette and the help.
func (a *App) consoleKeys() []key.Binding {
	if len(a.staff) == 0 {
		return []key.Binding{consoleKeys.back, consoleKeys.quit}
	}
	return []key.Binding{consoleKeys.change, consoleKeys.back, consoleKeys.quit}
}

// readHelp takes a key while the help is read: some scroll, any other closes it.
func (a *App) readHelp(msg tea.KeyPressMsg) {
	by := map[string]int{"up": -1, "down": 1, "k": -1, "j": 1, "pgup": -a.height / 2, "pgdown": a.height / 2}[msg.String()]
	if by == 0 || !a.scrollHelp(by) {
		a.help = false
	}
}

// scrollHelp moves through the help; it tells whether there is anything to move through.
func (a *App) scrollHelp(by int) bool {
	st := a.desk.Styles
	room := a.height - st.Tight.GetVerticalFrameSize() - 1
	hidden := len(a.helpLines) - room
	a.helpAt = max(0, min(a.helpAt+by, hidden))
	return hidden > 0
}

// framed sets lines into a frame of the theme, which is drawn here: lipgloss takes a third of a frame's time for it.
func framed(st *Styles, frame lipgloss.Style, lines []string) string {
	widest, size := 0, 0
	for _, line := range lines {
		widest, size = max(widest, width(line)), size+len(line)
	}
	within, air := blanks(frame.GetPaddingLeft()), frame.GetPaddingTop()
	across := strings.Repeat("─", widest+2*len(within))
	side := st.Edge.Render("│")
	var b strings.Builder
	b.Grow(size + 2*len(across) + (len(lines)+2*air+2)*(widest+2*len(side+within)+1))
	b.WriteString(st.Edge.Render("╭" + across + "╮"))
	row := func(line string) {
		b.WriteString("\n" + side + within)
		line, free := fitted(line, widest)
		b.WriteString(line)
		b.WriteString(blanks(free))
		b.WriteString(within + side)
	}
	for range air {
		row("")
	}
	for _, line := range lines {
		row(line)
	}
	for range air {
		row("")
	}
	b.WriteString("\n" + st.Edge.Render("╰"+across+"╯"))
	return b.String()
}

const closesHelp = "any key closes this"

// helpColumn is a key a line, with the reason where it does nothing now.
func (a *App) helpColumn(parts []helpPart, spacious bool) []string {
	st := a.desk.Styles
	var lines []string
	for _, part := range parts {
		lines = append(lines, st.Title.Render(part.title))
		if spacious {
			lines = append(lines, "")
		}
		for _, k := range part.keys {
			if k.Help().Key != "" {
				lines = append(lines, a.helpLine(k, keysWidth(parts)))
			}
		}
		if spacious {
			lines = append(lines, "")
		}
	}
	return lines
}

// columnLines is how many lines that takes.
func columnLines(parts []helpPart, spacious bool) int {
	lines := 0
	for _, part := range parts {
		lines++
		if spacious {
			lines += 2
		}
		for _, k := range part.keys {
			if k.Help().Key != "" {
				lines++
			}
		}
	}
	return lines
}

// keysWidth is how wide the names of the keys are, with what keeps them from what they do.
func keysWidth(parts []helpPart) int {
	widest := 0
	for _, part := range parts {
		for _, k := range part.keys {
			widest = max(widest, width(k.Help().Key))
		}
	}
	return widest + 2
}

func (a *App) helpLine(k key.Binding, keys int) string {
	st, h := a.desk.Styles, k.Help()
	if !k.Enabled() {
		line := pad(h.Key, keys) + h.Desc + " (not now)"
		if why := a.whyOff(k); why != notNow {
			line = pad(h.Key, keys) + h.Desc + " · " + why
		}
		return st.KeyOff.Render(cut(line, a.width-st.Dialog.GetHorizontalFrameSize()))
	}
	return st.Key.Render(pad(h.Key, keys)) + st.Text.Render(h.Desc)
}

// helpFlow puts two keys side by side where both are short, and names those that do nothing now at the end.
func (a *App) helpFlow(columns int) []string {
	st, parts := a.desk.Styles, a.helpParts()
	var lines, off []string
	keys := keysWidth(parts)
	for _, part := range parts {
		var all []string
		for _, k := range part.keys {
			switch {
			case k.Help().Key == "":
			case k.Enabled():
				all = append(all, a.helpLine(k, keys))
			default:
				off = append(off, k.Help().Key+" "+k.Help().Desc)
			}
		}
		lines = append(append(lines, st.Title.Render(cut(part.title, columns))), paired(all, columns)...)
	}
	if len(off) > 0 {
		text := wrapped("not now: "+strings.Join(off, " · "), columns)
		for line := range strings.SplitSeq(text, "\n") {
			lines = append(lines, st.KeyOff.Render(line))
		}
	}
	return lines
}

// paired sets texts two in a line; one that takes more than half of it has its own.
func paired(texts []string, columns int) []string {
	half := columns / 2
	var lines []string
	open := -1 // the line that has place for a second one
	for _, text := range texts {
		switch {
		case width(text) > half-2:
			lines = append(lines, text)
		case open >= 0:
			lines[open] = pad(lines[open], half) + text
			open = -1
		default:
			open = len(lines)
			lines = append(lines, text)
		}
	}
	return lines
}
