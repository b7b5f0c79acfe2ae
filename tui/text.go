package tui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"till/domain"
)

// Inert makes a text from outside harmless: no escape sequence, control character, mark that turns the
// direction of writing, or character without a width survives.
func Inert(s string) string { return domain.Inert(s) }

// width is how many columns a text takes.
func width(s string) int { return ansi.StringWidth(s) }

// cut shortens a text to so many columns, with an ellipsis where something is missing.
func cut(s string, columns int) string {
	if columns <= 0 {
		return ""
	}
	return ansi.Truncate(s, columns, "…")
}

// pad makes a text exactly so many columns wide, cutting it or with blanks behind it.
func pad(s string, columns int) string {
	s = cut(s, columns)
	return s + blanks(columns-width(s))
}

// padLeft is pad with the blanks in front: for amounts.
func padLeft(s string, columns int) string {
	s = cut(s, columns)
	return blanks(columns-width(s)) + s
}

// spread puts one text at the left and one at the right of so many columns; the right one stays whole.
func spread(l, r string, columns int) string {
	return pad(l, columns-width(r)) + r
}

// beside puts two blocks side by side, the first one exactly so many columns wide.
func beside(l, r string, columns int) string {
	ls, rs := strings.Split(l, "\n"), strings.Split(r, "\n")
	var b strings.Builder
	for i := range max(len(ls), len(rs)) {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(pad(lineOf(ls, i), columns))
		b.WriteString(lineOf(rs, i))
	}
	return b.String()
}

func lineOf(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

// box makes a text exactly so many lines high and at most so many columns wide.
func box(s string, columns, lines int) string {
	given := strings.Split(s, "\n")
	out := make([]string, max(0, lines))
	for i := range out {
		out[i] = cut(lineOf(given, i), columns)
	}
	return strings.Join(out, "\n")
}

// indent puts blanks before every line.
func indent(s string, columns int) string {
	return blanks(columns) + strings.ReplaceAll(s, "\n", "\n"+blanks(columns))
}

// wrapped breaks a text into lines of at most so many columns.
func wrapped(s string, columns int) string {
	return ansi.Wrap(s, max(1, columns), "")
}

const manyBlanks = "                                                                                "

func blanks(n int) string {
	switch {
	case n <= 0:
		return ""
	case n <= len(manyBlanks):
		return manyBlanks[:n]
	}
	return strings.Repeat(" ", n)
}
