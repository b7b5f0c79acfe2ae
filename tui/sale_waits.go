package tui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"till/domain"
)

// Payments of sales that have left the screen and are not decided: the sale tells of them in a line until they are.

// waiting is that line.
func (s *sale) waiting() string {
	sign := "◔"
	if slices.ContainsFunc(s.waits, domain.OrderRow.IsUnknown) {
		sign = "?"
	}
	if len(s.waits) > 1 {
		return fmt.Sprintf("%s %s%d payments are not decided", sign, either(s.moreWait, "more than ", ""), len(s.waits))
	}
	return sign + " order " + Inert(s.waits[0].Number) + ", " + s.waits[0].Currency.Display(s.waits[0].Total) + ", " + undecided(s.waits[0])
}

// undecided says of an order's payment that it is not decided.
func undecided(r domain.OrderRow) string {
	if r.IsUnknown() {
		return "is UNKNOWN"
	}
	return "is not decided"
}

// openWaiting opens the order whose payment waits, of several the one that is chosen.
func (s *sale) openWaiting() tea.Cmd {
	open := func(r domain.OrderRow) tea.Cmd { return s.desk.Push(newOrder(s.desk, r.ID)) }
	if len(s.waits) == 1 {
		return open(s.waits[0])
	}
	f := newFinder(s.desk, either(s.moreWait, "some not decided", "not decided"), "number, customer or total")
	f.verb, f.none = "open", "every payment is decided."
	shown := slices.Clone(s.waits)
	f.take = func(at int) tea.Cmd {
		s.desk.drop(f)
		return open(shown[at])
	}
	rows, widest := make([]foundRow, len(shown)), 0
	for _, r := range shown {
		widest = max(widest, width(r.Currency.Display(r.Total)))
	}
	for i, r := range shown {
		amount, more := r.Currency.Display(r.Total), r.Method
		if r.IsUnknown() {
			more = "UNKNOWN, " + more
		}
		rows[i] = foundRow{
			name: "order " + r.Number + ", " + customer(nil, r), more: more,
			end: r.CreatedAt.Format("15:04") + "  " + padLeft(amount, widest), words: amount,
		}
	}
	return tea.Batch(s.desk.Push(f), f.found(rows))
}
