package tui

import (
	"fmt"
	"slices"
	"strings"
)

// rolled is as much of a page as there is room for, from an offset on, with a line that says what is not seen, and how far
// the page can be scrolled.
func rolled(st *Styles, lines []string, room, offset int) (seen []string, most int) {
	if len(lines) <= room || room < 2 {
		return lines[:min(len(lines), max(0, room))], 0
	}
	most = len(lines) - room + 1
	offset = scrolledBy(offset, 0, most)
	seen = slices.Clone(lines[offset : offset+room-1])
	return append(seen, st.Faint.Render(fmt.Sprintf("↑ %d · %d ↓", offset, len(lines)-offset-len(seen)))), most
}

// scrolledBy is an offset that many lines on, from where the page is seen, which may have become shorter since.
func scrolledBy(offset, by, most int) int {
	return max(0, min(max(0, min(offset, most))+by, most))
}

// scrolled is what of a list is on the screen so that a row of it is.
func scrolled(st *Styles, rows []string, at, lines int) []string {
	if lines < 1 {
		return nil
	}
	from := max(0, min(at-lines/2, len(rows)-lines))
	return edged(st, rows[from:min(len(rows), from+lines)], from > 0, from+lines < len(rows))
}

// edged are the rows of a list that are seen. Where others are hidden above or below, the first or the last says so, where
// the row in hand has its mark.
func edged(st *Styles, rows []string, above, below bool) []string {
	rows = slices.Clone(rows)
	say := func(at int, arrow string) {
		if row, free := strings.CutPrefix(rows[at], "  "); free {
			rows[at] = st.Faint.Render(arrow) + " " + row
		}
	}
	if above {
		say(0, "↑")
	}
	if below {
		say(len(rows)-1, "↓")
	}
	return rows
}
