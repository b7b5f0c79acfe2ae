package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/story"
)

// The lists in words: each row by its number.

// Plain is what the head of the list tells.
func (s *orders) Plain() []string {
	lines := []string{s.sums, strings.TrimSuffix(s.careLine(longestSaid), caresLead)}
	if f := s.filter.Value(); f != "" {
		lines = append(lines, "filter: "+f)
	}
	if err := cmp.Or(s.err, s.wrong); err != nil {
		lines = append(lines, "error: "+err.Error())
	}
	switch {
	case len(s.rows) > 0:
	case s.byUrgency():
		lines = append(lines, "nothing needs you")
	default:
		lines = append(lines, either(s.filter.Value() != "", "no order fits this filter", "no orders yet"))
	}
	return lines
}

// plainField is the filter while it is written.
func (s *orders) plainField() *plainField {
	if !s.Typing() {
		return nil
	}
	return &plainField{label: "filter", value: Inert(s.filter.Value()), example: filterHelp}
}

func (s *orders) plainRows() plainList {
	list := plainList{keys: []string{"enter"}}
	if s.Typing() {
		return list
	}
	for _, r := range s.rows {
		text := joined([]string{"order " + strings.TrimSpace(name(s, r)), r.Label, customer(s, r), r.Method, amount(s, r), s.caresInWords(r)})
		list.rows = append(list.rows, reply{text: inWordsOnly(text), do: func() tea.Cmd {
			s.selected, s.settled = r.ID, true
			return s.open()
		}})
	}
	if s.next != "" {
		list.more = s.more
	}
	return list
}

// caresInWords are what wants care about an order, where the list is about that with the time that is left.
func (s *orders) caresInWords(r domain.OrderRow) string {
	if r.Care.Name != "" {
		return careOf(r.Care, s.desk.Now()).word
	}
	words := make([]string, len(r.Attention))
	for i, one := range r.Attention {
		words[i] = cmp.Or(careNames[one].one, domain.State(one).Words())
	}
	return strings.Join(words, ", ")
}

// Plain is the day that is looked at, by hour and by method, and the days around it in which anything came.
func (s *sales) Plain() []string {
	if !s.known {
		return []string{"it is being read"}
	}
	p := &sums{st: s.desk.Styles, columns: longestSaid}
	sum := s.onDay(s.day)
	name, parts := s.dayInWords(sum)
	lines := []string{name + ", UTC: " + s.currency.Display(sum.Net()), strings.Join(parts, ", ")}
	if s.err != nil {
		lines = append(lines, "error: "+Inert(s.err.Error()))
	}
	lines = slices.Concat(lines, s.hourly(p), s.methods(p), []string{fmt.Sprintf("the last of %d days:", chartDays)})
	for i := range chartDays {
		at := s.upTo.AddDate(0, 0, -i)
		if sum := s.onDay(at); sum != (domain.MoneySum{}) {
			lines = append(lines, fmt.Sprintf("%s: %s, %s", at.Format("Mon 2 Jan"), s.currency.Display(sum.Net()), plural(sum.Sales, "payment")))
		}
	}
	return linesInWords(lines...)
}

// plainRows are the days beside.
func (s *sales) plainRows() plainList {
	list := plainList{keys: []string{"left"}}
	for _, one := range []struct {
		text string
		by   int
	}{{"the day before", -1}, {"the day after", 1}} {
		if one.by < 0 || !s.today {
			list.rows = append(list.rows, reply{text: one.text, do: func() tea.Cmd { return s.look(s.day.AddDate(0, 0, one.by)) }})
		}
	}
	return list
}

// Plain is what the head of the list tells.
func (s *disputes) Plain() []string {
	lines := []string{either(s.all, "all cases, the open ones first", "open cases, the most urgent first"), s.sums, s.urgent()}
	if s.err != nil {
		lines = append(lines, "error: "+s.err.Error())
	}
	if len(s.rows) == 0 {
		lines = append(lines, s.empty())
	}
	return lines
}

func (s *disputes) plainRows() plainList {
	list := plainList{keys: []string{"enter"}}
	for _, r := range s.rows {
		text := joined([]string{
			turnIn(r, s.desk.Now()).word, badgeOf("dispute", r.State()).word, r.Currency.Display(r.Amount), story.Holder(r.Money),
			"order " + strings.TrimSpace(r.Number+" "+r.HumanID), cmp.Or(r.Customer, "walk-in"), strings.TrimSpace(r.Network + " " + r.ReasonCode),
		})
		list.rows = append(list.rows, reply{text: inWordsOnly(text), do: func() tea.Cmd {
			s.selected = keyOfCase(r)
			return s.open()
		}})
	}
	if !s.next.end {
		list.more = s.more
	}
	return list
}

// Plain is what the head of the list tells.
func (s *payouts) Plain() []string {
	lines := []string{"money that goes out", s.sums()}
	if s.err != nil {
		lines = append(lines, "error: "+s.err.Error())
	}
	if len(s.rows) == 0 {
		lines = append(lines, s.empty(longestSaid))
	}
	return lines
}

func (s *payouts) plainRows() plainList {
	list := plainList{keys: []string{"enter"}}
	for _, r := range s.rows {
		text := joined([]string{"payout " + r.HumanID, badgeOf("payout", r.State).word, "to " + paidTo(r), r.Currency.Display(r.Amount), strings.Join(r.Attention(), ", ")})
		list.rows = append(list.rows, reply{text: inWordsOnly(text), do: func() tea.Cmd {
			s.selected = r.ID
			return s.open()
		}})
	}
	return list
}

// Plain is how the shift stands, or how many there were before.
func (s *drawer) Plain() []string {
	switch {
	case !s.known:
		return []string{"it is being read"}
	case s.reports:
		return []string{plural(len(s.closed), "Z report")}
	case s.open == nil:
		return s.noShift(longestSaid)
	}
	return append([]string{s.state(longestSaid)}, s.standing(besideSums-1)...)
}

func (s *drawer) plainRows() plainList {
	if !s.reports {
		return plainList{}
	}
	list := plainList{keys: []string{"enter"}}
	for i, z := range s.closed {
		text := fmt.Sprintf("Z report %d, %s", z.Number, verdictOf(z).words(z.Currency))
		list.rows = append(list.rows, reply{text: text, do: func() tea.Cmd {
			s.at = i
			return s.show()
		}})
	}
	return list
}
