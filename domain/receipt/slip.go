package receipt

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"till/domain"
)

// line is one line of the slip, not wider than the slip.
type line struct {
	text   string
	centre bool
	bold   bool // only a printer shows it

	printed string // instead of a text: commands that only a printer knows
}

// padded is the line where it belongs in so many columns.
func (l line) padded(width int) string {
	if !l.centre {
		return l.text
	}
	return blanks((width-ansi.StringWidth(l.text))/2) + l.text
}

// slip collects lines.
type slip struct {
	order *domain.Order
	width int
	lines []line
}

// String is the slip as text, with a line end behind each line.
func (s *slip) String() string {
	var b strings.Builder
	for _, l := range s.lines {
		if l.printed != "" {
			continue
		}
		b.WriteString(strings.TrimRight(l.padded(s.width), " "))
		b.WriteByte('\n')
	}
	return b.String()
}

func (s *slip) money(a domain.Amount) string { return s.order.Cart.Currency.Format(a) }

func (s *slip) add(l line) { s.lines = append(s.lines, l) }

func (s *slip) blank() { s.add(line{}) }

func (s *slip) rule() { s.add(line{text: strings.Repeat("-", s.width)}) }

// text adds a paragraph behind an indent; nothing for an empty one.
func (s *slip) text(indent int, text string) {
	for _, part := range wrap(text, s.width-indent) {
		if part != "" {
			s.add(line{text: blanks(indent) + part})
		}
	}
}

func (s *slip) centred(text string, bold bool) {
	for _, part := range wrap(text, s.width) {
		if part != "" {
			s.add(line{text: part, centre: true, bold: bold})
		}
	}
}

// amount adds a name and an amount; nothing for an amount of 0.
func (s *slip) amount(name string, a domain.Amount) {
	if a != 0 {
		s.row("", name, s.money(a), false)
	}
}

// part adds what became of the amount above it; nothing for an amount of 0.
func (s *slip) part(name string, a domain.Amount) {
	if a != 0 {
		s.row("  ", name, s.money(a), false)
	}
}

// article adds quantity, title and total, and the price of one where there are several.
func (s *slip) article(l domain.Line) {
	count := strconv.FormatInt(l.Quantity, 10) + " × "
	s.row(count, l.Name(), s.money(l.Price*domain.Amount(l.Quantity)), false)
	if l.Quantity > 1 {
		s.text(ansi.StringWidth(count), "at "+s.money(l.Price))
	}
}

// fewest is how many columns a text needs beside an amount; else the amount goes below it.
const fewest = 8

// row puts a text on the left and an amount on the right of its first line; what of the text does not fit goes on
// below, under its own beginning.
func (s *slip) row(head, left, right string, bold bool) {
	indent := ansi.StringWidth(head)
	room := s.width - indent - ansi.StringWidth(right) - 1
	below := room < fewest
	if below {
		room = s.width - indent
	}
	for i, part := range wrap(left, room) {
		text := blanks(indent) + part
		if i == 0 {
			text = head + part
			if !below {
				text = s.spread(text, right)
			}
		}
		s.add(line{text: text, bold: bold})
	}
	if below {
		s.add(line{text: s.spread("", right), bold: bold})
	}
}

func (s *slip) spread(left, right string) string {
	return left + blanks(s.width-ansi.StringWidth(left)-ansi.StringWidth(right)) + right
}

func blanks(n int) string { return strings.Repeat(" ", max(0, n)) }

// wrap makes a text inert and breaks it into lines of so many columns, in words where it can. There is always a line.
// (ansi.Wrap leaves a hyphen that does not fit behind its word: the second call cuts it off.)
func wrap(text string, width int) []string {
	text = ansi.Hardwrap(ansi.Wrap(strings.TrimSpace(domain.Inert(text)), width, ""), width, false)
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return lines
}
