package tui

import (
	"fmt"
	"slices"
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
