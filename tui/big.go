package tui

import "strings"

// glyphs are the large figures, three lines high, half a line left free below.
var glyphs = map[rune][3]string{
	'0': {"█▀█", "█ █", "▀▀▀"}, '1': {"▀█ ", " █ ", "▀▀▀"}, '2': {"▀▀█", "█▀▀", "▀▀▀"}, '3': {"▀▀█", " ▀█", "▀▀▀"},
	'4': {"█ █", "▀▀█", "  ▀"}, '5': {"█▀▀", "▀▀█", "▀▀▀"}, '6': {"█▀▀", "█▀█", "▀▀▀"}, '7': {"▀▀█", "  █", "  ▀"},
	'8': {"█▀█", "█▀█", "▀▀▀"}, '9': {"█▀█", "▀▀█", "▀▀▀"}, '.': {" ", " ", "▀"}, ',': {" ", " ", "█"}, '-': {"  ", "▀▀", "  "},
}

// large writes an amount in large figures and gives its lines, or nothing where they do not fit. A currency's
// sign has no large form: it stands small before or behind the figures.
func large(amount string, columns int) []string {
	var lines [3]strings.Builder
	for _, r := range amount {
		g, known := glyphs[r]
		if !known {
			s := string(r)
			g = [3]string{blanks(width(s)), s, blanks(width(s))}
		}
		for i := range lines {
			lines[i].WriteString(g[i])
			if known {
				lines[i].WriteByte(' ')
			}
		}
	}
	out := make([]string, len(lines))
	for i := range lines {
		out[i] = strings.TrimSuffix(lines[i].String(), " ") // the gap behind the last figure: it stands at the edge
		if width(out[i]) > columns {
			return nil
		}
	}
	return out
}

// figure is an amount as large as there is room for, painted.
func figure(amount string, columns int, paint func(string) string) string {
	lines := large(amount, columns)
	if lines == nil {
		lines = []string{amount}
	}
	for i, line := range lines {
		lines[i] = paint(cut(line, columns))
	}
	return strings.Join(lines, "\n")
}

// figureAtEdge is the same, right-aligned.
func figureAtEdge(amount string, columns int, paint func(string) string) string {
	text := figure(amount, columns, paint)
	first, _, _ := strings.Cut(text, "\n")
	return indent(text, columns-width(first))
}
