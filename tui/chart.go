package tui

import (
	"strings"

	"till/domain"
)

// Charts are bars that lie, one to a line, each with its name and its amount: they can be read without colour, in any
// width, and aloud.

// barRow is a bar with its name and its amount.
type barRow struct {
	label  string
	amount domain.Amount
	note   string // behind the amount
	here   bool   // it is the one that is looked at
}

// eighths are the ends of a bar.
var eighths = []string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"}

// bar is an amount as a part of the largest, in blocks; the smallest amount is seen too.
func bar(a, largest domain.Amount, columns int) string {
	if a <= 0 || largest <= 0 || columns < 1 {
		return ""
	}
	n := int(float64(a) / float64(largest) * float64(8*columns)) // a length on the screen, no sum
	n = max(1, n)
	return strings.Repeat("█", n/8) + eighths[n%8]
}

// leastBar is how many columns a bar needs to be one.
const leastBar = 4

// bars draws rows of a currency so that their names, bars, amounts and notes stand under each other.
func (p *sums) bars(rows []barRow, c domain.Currency) []string {
	var most domain.Amount
	label, amount, note := 0, 0, 0
	for _, r := range rows {
		most = max(most, r.amount)
		label, amount, note = max(label, width(r.label)), max(amount, width(shownAmount(r.amount, c))), max(note, width(r.note))
	}
	if note > 0 && p.columns-label-amount-note-6 < leastBar {
		note = 0
	}
	if note > 0 {
		note += 2
	}
	label = min(label, max(0, p.columns-amount-note-4))
	room := max(0, p.columns-label-amount-note-4)
	lines := make([]string, len(rows))
	for i, r := range rows {
		name, figure, ink := p.st.Faint, p.st.Text, p.st.Accent
		switch {
		case r.here:
			name, figure = p.st.Strong, p.st.Strong
		case r.amount == 0:
			figure = p.st.Faint
		case r.amount < 0:
			figure = p.st.Bad
		}
		lines[i] = name.Render(pad(Inert(r.label), label)) + "  " + ink.Render(pad(bar(r.amount, most, room), room)) + "  " +
			figure.Render(padLeft(shownAmount(r.amount, c), amount))
		if note > 0 {
			lines[i] += p.st.Faint.Render(padLeft(r.note, note))
		}
	}
	return lines
}

// shownAmount is an amount, and a dash where nothing moved.
func shownAmount(a domain.Amount, c domain.Currency) string {
	if a == 0 {
		return "–"
	}
	return c.Display(a)
}
