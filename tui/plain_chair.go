package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"till/domain"
)

// The gateway's chair in words: the part that is open, and its rows to take in hand.

// Plain is the part that is open.
func (s *chair) Plain() []string {
	lines := []string{s.parts[s.at].title(false)}
	switch s.parts[s.at] {
	case s.notices:
		lines = append(lines, either(s.holds, "new notices wait here until they are delivered", "new notices are told at once"))
		if rows := s.notices.rows(); len(rows) > 0 {
			lines = append(lines, "in hand: "+s.noticeInWords(rows[s.notices.index(rows)]))
		}
	case s.court:
		if len(s.cases) == 0 {
			return append(lines, "no case was ever opened")
		}
		c := s.cases[s.court.index()]
		lines = append(append(lines, "in hand: "+s.caseInWords(c)), s.court.told(c, longestSaid)...)
	case s.books:
		if len(s.shelf) == 0 {
			return append(lines, "the gateway has no payment")
		}
		b := s.shelf[s.books.index()]
		lines = append(lines, "in hand: "+s.bookInWords(b))
		for _, sum := range b.sums() {
			lines = append(lines, fmt.Sprintf("%s: till %s, gateway %s", sum.name, b.theirs.Currency.Display(sum.ours), b.theirs.Currency.Display(sum.theirs)))
		}
	case s.faults:
		p := profiles[s.faults.profileAt()]
		lines = append(lines, "keys: "+p.name+", "+p.means, "in hand: "+faultWords(s.faults.wish())+": "+wrongs[s.faults.fault].means)
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
	default: // nobody has taught it to speak
		lines = append(lines, s.parts[s.at].view(plainWidth, plainHeight)...)
	}
	return lines
}

// plainParts are the parts of the chair.
func (s *chair) plainParts() (names []string, at int, turn func(int) tea.Cmd) {
	for _, p := range s.parts {
		name, _, _ := strings.Cut(p.title(false), " ") // without what is counted in it
		names = append(names, name)
	}
	return names, s.at, func(to int) tea.Cmd { s.turnTo(s.parts[to]); return nil }
}

func (s *chair) noticeInWords(n domain.OutboxNotice) string {
	return joined([]string{
		fmt.Sprintf("notice %d", n.Number), n.State, domain.State(n.Type).Words(), n.Currency.Display(n.Amount), s.nameOf(string(n.Payment)),
	})
}

func (s *chair) caseInWords(c domain.BankCase) string {
	return joined([]string{s.nameOf(string(c.Payment)), c.State.Words(), c.Currency.Display(c.Amount)})
}

func (s *chair) bookInWords(b bookRow) string {
	p := b.payment
	return joined([]string{s.nameOf(string(p.ID)), p.State.Words(), b.theirs.Currency.Display(p.Amount), either(b.differs(), "differs", "same in both books")})
}

func (s *chair) timerInWords(t domain.Timer) string {
	return joined([]string{t.At.Format("2 Jan 2006 15:04:05"), s.named(t), whose(t), t.Effect()})
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
	case s.court:
		for _, c := range s.cases {
			add(s.caseInWords(c), func() { s.court.chosen = c.ID })
		}
	case s.books:
		for _, b := range s.shelf {
			add(s.bookInWords(b), func() { s.books.chosen = b.payment.ID })
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
