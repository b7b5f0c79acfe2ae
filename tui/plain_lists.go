package tui

import (
	"cmp"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/story"
)

// The lists in words: each row by its number.

// Plain is what the head of the list tells.
func (s *orders) Plain() []string {
	lines := []string{s.sums, s.alarm}
	if f := s.filter.Value(); f != "" {
		lines = append(lines, "filter: "+f)
	}
	if err := cmp.Or(s.err, s.wrong); err != nil {
		lines = append(lines, "error: "+err.Error())
	}
	if len(s.rows) == 0 {
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
		text := joined([]string{"order " + strings.TrimSpace(name(s, r)), r.Label, customer(s, r), r.Method, amount(s, r), strings.Join(r.Attention, ", ")})
		list.rows = append(list.rows, reply{text: inWordsOnly(strings.ReplaceAll(text, "_", " ")), do: func() tea.Cmd {
			s.selected, s.settled = r.ID, true
			return s.open()
		}})
	}
	if s.next != "" {
		list.more = s.more
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
			turnIn(r, s.desk.Now()).word, badgeOf("dispute", domain.State(r.Stage+"/"+r.Status)).word, r.Currency.Display(r.Amount), story.Holder(r.Money),
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

// Plain is the part of the chair that is open.
func (s *chair) Plain() []string {
	lines := []string{s.parts[s.at].title()}
	switch s.parts[s.at] {
	case s.notices:
		lines = append(lines, either(s.holds, "new notices wait here until they are delivered", "new notices are told at once"))
		if rows := s.notices.rows(); len(rows) > 0 {
			lines = append(lines, "in hand: "+s.noticeInWords(rows[s.notices.index(rows)]))
		}
	case s.faults:
		p := profiles[s.faults.profileAt()]
		lines = append(lines, "keys: "+p.name+", "+p.means, "in hand: "+faultWords(s.faults.inHand())+": "+wrongs[s.faults.fault].means)
		for _, f := range s.set {
			lines = append(lines, "set: "+faultWords(f))
		}
	case s.time:
		lines = append(lines, "it is "+s.now.Format("Mon 2 Jan 2006 15:04:05"))
		if len(s.ahead) == 0 {
			lines = append(lines, "nothing falls due")
		} else {
			lines = append(lines, "in hand: "+s.timerInWords(s.ahead[min(s.time.row, len(s.ahead)-1)]))
		}
		for _, t := range s.time.past {
			lines = append(lines, "has just happened: "+t.At.Format("2 Jan 15:04")+" "+s.named(t)+" "+t.Effect())
		}
	}
	return lines
}

func (s *chair) timerInWords(t domain.Timer) string {
	return joined([]string{t.At.Format("2 Jan 2006 15:04:05"), s.named(t), whose(t), t.Effect()})
}

func (p *faultsPart) inHand() domain.Fault {
	return domain.Fault{Operation: faulty[p.call], Name: wrongs[p.fault].name, Times: p.times}
}

func (s *chair) noticeInWords(n domain.OutboxNotice) string {
	return joined([]string{
		fmt.Sprintf("notice %d", n.Number), n.State, domain.State(n.Type).Words(), n.Currency.Display(n.Amount), cmp.Or(s.names[string(n.Payment)], string(n.Payment)),
	})
}

// plainRows take a row in hand; the choices behind them say what can be done with it.
func (s *chair) plainRows() plainList {
	var list plainList
	add := func(text string, do func()) {
		list.rows = append(list.rows, reply{text: inWordsOnly(text), do: func() tea.Cmd { do(); return nil }})
	}
	switch s.parts[s.at] {
	case s.notices:
		for _, n := range s.notices.rows() {
			add(s.noticeInWords(n), func() { s.notices.chosen = n.Number })
		}
	case s.faults:
		for i, call := range faulty {
			add("the call: "+domain.State(call).Words(), func() { s.faults.call = i })
		}
		for i, one := range wrongs {
			add("the fault: "+one.name+", "+one.means, func() { s.faults.fault = i })
		}
	case s.time:
		for i, t := range s.ahead {
			add(s.timerInWords(t), func() { s.time.row = i })
		}
	}
	return list
}
