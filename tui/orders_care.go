package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"till/domain"
)

// What somebody should see to, over all orders: told above the list, and listed by urgency.

// careNames say in a few words what each care is: in the row of an order, and counted.
var careNames = map[string]struct{ row, one, many string }{
	"unknown":          {"unknown", "unknown", "unknown"},
	"integrity":        {"facts do not fit", "whose facts do not fit", "whose facts do not fit"},
	"late_auth":        {"not needed: void it", "set aside and not needed", "set aside and not needed"},
	"late_money":       {"late money", "late money", "late money"},
	"overpaid":         {"overpaid", "overpaid", "overpaid"},
	"over_returned":    {"returned too much", "returned too much", "returned too much"},
	domain.CareHold:    {"hold", "hold ends", "holds end"},
	domain.CareDispute: {"answer", "dispute to answer", "disputes to answer"},
}

// left is how long there is until a deadline, short; "" where there is none.
func left(now, until time.Time) string {
	switch d := until.Sub(now); {
	case until.IsZero():
		return ""
	case d <= 0:
		return "too late"
	default:
		return ageOf(d) + " left"
	}
}

// careOf is a care as a row tells it.
func careOf(c domain.Care, now time.Time) badge {
	sign := badge{"!", careNames[c.Name].row, warn}
	if c.Name == "unknown" {
		sign.glyph = "?"
	}
	if l := left(now, c.Until); l != "" {
		sign.word += ", " + l
		sign.hue = timeLeft(now, c.Until).hue
	}
	return sign
}

// tellCares renews the line above the list.
func (s *orders) tellCares() { s.alarm = s.careLine(s.width - 2*margin) }

// caresLead says how to list them.
const caresLead = "   a lists them"

// careLine adds up in a line what wants care in all orders, the most urgent first.
func (s *orders) careLine(room int) string {
	now, orders := s.desk.Now(), 0
	var parts []string
	for _, name := range s.careOrder() {
		var sums []string
		var until time.Time
		count := 0
		for _, c := range s.cares {
			if c.Name != name {
				continue
			}
			count += c.Orders
			sums = append(sums, c.Currency.Display(c.Risk))
			if until.IsZero() || c.Until.Before(until) {
				until = c.Until
			}
		}
		orders += count
		part := fmt.Sprintf("%d %s %s", count, either(count == 1, careNames[name].one, careNames[name].many), strings.Join(sums, " "))
		if l := left(now, until); l != "" {
			part += ", " + l
		}
		parts = append(parts, part)
	}
	if orders == 0 {
		return ""
	}
	text := "! " + strings.Join(parts, " · ")
	if s.byUrgency() || width(text+caresLead) > room {
		return cut(text, room)
	}
	return text + caresLead
}

// careOrder gives the names of the cares that there are: without a deadline first, then by the nearest one.
func (s *orders) careOrder() []string {
	var names []string
	for _, c := range slices.SortedStableFunc(slices.Values(s.cares), func(a, b domain.CareSum) int {
		return cmp.Or(a.Until.Compare(b.Until), strings.Compare(b.Name, a.Name)) // unknown before all
	}) {
		if !slices.Contains(names, c.Name) {
			names = append(names, c.Name)
		}
	}
	return names
}
