package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/lipgloss/v2"
)

// helpPart is a heading with keys under it.
type helpPart struct {
	title string
	keys  []key.Binding
}

// helpView lists every key of the screen, those that do nothing now too, and those that count everywhere: a key a
// line where there is room, closer together where not.
func (a *App) helpView() string {
	st := a.desk.Styles
	var everywhere []key.Binding
	for _, p := range a.places() {
		everywhere = append(everywhere, p.key)
	}
	everywhere = append(everywhere, consoleKeys.back, consoleKeys.quit)
	parts := []helpPart{{Inert(a.top().Title()), a.top().Keys()}, {"everywhere", everywhere}}
	for _, spacious := range []bool{true, false} {
		block := helpBox(st.Dialog, helpColumn(st, parts, spacious))
		if width(lineOf(strings.Split(block, "\n"), 0)) <= a.width && strings.Count(block, "\n") < a.height {
			return block
		}
	}
	return helpBox(st.Tight, helpFlow(st, parts, a.width-st.Tight.GetHorizontalFrameSize()))
}

// helpBox sets lines of one width into a frame.
func helpBox(frame lipgloss.Style, lines []string) string {
	widest := 0
	for _, line := range lines {
		widest = max(widest, width(line))
	}
	for i := range lines {
		lines[i] = pad(lines[i], widest)
	}
	return frame.Render(strings.Join(lines, "\n"))
}

const closesHelp = "any key closes this"

// helpColumn is a key a line.
func helpColumn(st *Styles, parts []helpPart, spacious bool) []string {
	var lines []string
	for _, part := range parts {
		lines = append(lines, st.Title.Render(part.title))
		if spacious {
			lines = append(lines, "")
		}
		for _, k := range part.keys {
			if k.Help().Key != "" {
				lines = append(lines, helpLine(st, k, keysWidth(parts)))
			}
		}
		if spacious {
			lines = append(lines, "")
		}
	}
	return append(lines, st.Faint.Render(closesHelp))
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

func helpLine(st *Styles, k key.Binding, keys int) string {
	h := k.Help()
	if !k.Enabled() {
		return st.KeyOff.Render(pad(h.Key, keys) + h.Desc + " (not now)")
	}
	return st.Key.Render(pad(h.Key, keys)) + st.Text.Render(h.Desc)
}

// helpFlow puts two keys side by side where both are short, and names those that do nothing now at the end.
func helpFlow(st *Styles, parts []helpPart, columns int) []string {
	var lines, off []string
	keys := keysWidth(parts)
	for _, part := range parts {
		var all []string
		for _, k := range part.keys {
			switch {
			case k.Help().Key == "":
			case k.Enabled():
				all = append(all, helpLine(st, k, keys))
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
	return append(lines, st.Faint.Render(closesHelp))
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
