package tui

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"till/domain"
)

// Inert makes a text from outside harmless: no escape sequence, control character, mark that turns the
// direction of writing, or character without a width survives.
func Inert(s string) string { return domain.Inert(s) }

// width is how many columns a text takes. Most are ASCII, lines of boxes, and colours, which are counted here.
func width(s string) int {
	columns := 0
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case ' ' <= c && c <= '~':
			i++
			columns++
		case isLine(s[i:]):
			i += len("─")
			columns++
		default:
			after := afterColour(s, i)
			if after == i {
				return ansi.StringWidth(s)
			}
			i = after
		}
	}
	return columns
}

// isLine tells whether a text begins with a line or a block: U+2500 to U+259F.
func isLine(s string) bool {
	return len(s) > 2 && s[0] == 0xe2 && (s[1] == 0x94 || s[1] == 0x95 || s[1] == 0x96) && 0x80 <= s[2] && s[2] <= 0xbf && (s[1] != 0x96 || s[2] <= 0x9f)
}

// afterColour is where a colour that begins at i ends; i where none begins there.
func afterColour(s string, i int) int {
	if s[i] != '\x1b' || i+1 == len(s) || s[i+1] != '[' {
		return i
	}
	for j := i + 2; j < len(s); j++ {
		switch c := s[j]; {
		case c == 'm':
			return j + 1
		case (c < '0' || c > '9') && c != ';' && c != ':':
			return i
		}
	}
	return i
}

// cut shortens a text to so many columns, with an ellipsis where something is missing.
func cut(s string, columns int) string {
	s, _ = fitted(s, columns)
	return s
}

// fitted is a text cut to so many columns, and how many of them it leaves free.
func fitted(s string, columns int) (text string, free int) {
	if columns <= 0 {
		return "", 0
	}
	if w := width(s); w <= columns {
		return s, columns - w
	}
	s = ansi.Truncate(s, columns, "…")
	return s, columns - width(s)
}

// ending is cut from the front: of what is being typed the end is seen.
func ending(s string, columns int) string {
	if over := width(s) - columns; over > 0 {
		return ansi.TruncateLeft(s, over+1, "…")
	}
	return s
}

// pad makes a text exactly so many columns wide, cutting it or with blanks behind it.
func pad(s string, columns int) string {
	s, free := fitted(s, columns)
	return s + blanks(free)
}

// padLeft is pad with the blanks in front: for amounts.
func padLeft(s string, columns int) string {
	s, free := fitted(s, columns)
	return blanks(free) + s
}

// spread puts one text at the left and one at the right of so many columns; the right one stays whole, and what is cut at
// the left does not touch it.
func spread(l, r string, columns int) string {
	room := columns - width(r)
	if r != "" && width(l) > room && !strings.HasPrefix(ansi.Strip(r), " ") {
		return pad(cut(l, room-1), room) + r
	}
	return pad(l, room) + r
}

// beside puts two blocks side by side, the first one exactly so many columns wide.
func beside(l, r string, columns int) string { return besideFrom(0, l, r, columns) }

// besideFrom is beside with blanks before every line.
func besideFrom(margin int, l, r string, columns int) string {
	ls, rs := strings.Split(l, "\n"), strings.Split(r, "\n")
	rows := max(len(ls), len(rs))
	free, size := make([]int, rows), len(r)+rows*(margin+1)
	for i := range rows {
		if i >= len(ls) {
			free[i] = columns
		} else {
			ls[i], free[i] = fitted(ls[i], columns)
			size += len(ls[i])
		}
		size += free[i]
	}
	var b strings.Builder
	b.Grow(size)
	for i := range rows {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(blanks(margin))
		b.WriteString(lineOf(ls, i))
		b.WriteString(blanks(free[i]))
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
	var b strings.Builder
	b.Grow(len(s) + max(0, lines))
	boxInto(&b, s, columns, lines)
	return b.String()
}

func boxInto(b *strings.Builder, s string, columns, lines int) {
	for i := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		var line string
		line, s, _ = strings.Cut(s, "\n")
		b.WriteString(cut(line, columns))
	}
}

// indent puts blanks before every line.
func indent(s string, columns int) string { return indented(strings.Split(s, "\n"), columns) }

// indented is a page of lines, which may have several each, with blanks before every one.
func indented(lines []string, columns int) string {
	margin, size := blanks(columns), 0
	for _, line := range lines {
		size += len(line) + (strings.Count(line, "\n")+1)*(columns+1)
	}
	var b strings.Builder
	b.Grow(size)
	for i, line := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		for more := true; more; {
			var first string
			first, line, more = strings.Cut(line, "\n")
			b.WriteString(margin)
			b.WriteString(first)
			if more {
				b.WriteByte('\n')
			}
		}
	}
	return b.String()
}

// wrapped breaks a text into lines of at most so many columns. ansi.Wrap (v0.11.8) leaves a hyphen that does not fit behind
// its line: where it has, the line is broken there.
func wrapped(s string, columns int) string {
	columns = max(1, columns)
	s = ansi.Wrap(s, columns, "")
	for line := range strings.SplitSeq(s, "\n") {
		if width(line) > columns {
			return ansi.Hardwrap(s, columns, false)
		}
	}
	return s
}

// joinedWithin puts parts under each other with a blank line between, in so many lines: where they are not enough for
// that, the second of them and those behind it move together.
func joinedWithin(parts []string, lines int) string {
	text := strings.Join(parts, "\n\n")
	for over := strings.Count(text, "\n") + 1 - lines; over > 0 && len(parts) > 2; over-- {
		parts = slices.Replace(parts, 1, 3, parts[1]+"\n"+parts[2])
	}
	return strings.Join(parts, "\n\n")
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
