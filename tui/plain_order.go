package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/story"
)

// An order in words: what is drawn of its machines is told in sentences.

// mostRecent is how many of the newest entries the overview tells.
const mostRecent = 5

// everyLine is more than any tab has: nothing of it is scrolled away.
const everyLine = 1 << 16

// Plain is the order as it was at the entry that is shown, and the tab that is open.
func (s *order) Plain() []string {
	switch {
	case s.shown == nil && s.err != nil:
		return []string{"error: " + s.err.Error()}
	case s.shown == nil:
		return []string{"it is being read"}
	}
	o := s.shown
	lines := []string{o.Label() + either(o.IsTest, ", TEST", ""), s.whose(), s.sumsInWords()}
	if !s.live() {
		lines = append(lines, fmt.Sprintf("rewound to entry %d of %d", s.point, len(s.entries))+either(s.playing, ", and it plays: an answer stops it", ""))
	}
	lines = append(lines, s.notices(longestSaid)...)
	switch name := s.tabs()[s.tab]; name {
	case "overview":
		return append(lines, s.overviewInWords()...)
	case "case":
		return append(lines, s.caseInWords()...)
	default:
		lines = append(lines, name+":")
		return append(lines, s.tabInWords()...)
	}
}

// tabInWords is a tab with all its lines, on a page that nobody sees.
func (s *order) tabInWords() []string {
	seen := s.page
	s.page = &orderPage{}
	defer func() { s.page = seen }()
	return s.drawTab(longestSaid, everyLine)
}

// plainParts are the tabs.
func (s *order) plainParts() (names []string, at int, turn func(int) tea.Cmd) {
	return s.tabs(), s.tab, s.turn
}

// sumsInWords are the amounts of the order that say something.
func (s *order) sumsInWords() string {
	o, sums, c := s.shown, s.shown.Sums(), s.shown.Cart.Currency
	parts := []string{"total " + c.Display(o.Total()), "balance due " + c.Display(o.BalanceDue())}
	for _, a := range []struct {
		label  string
		amount domain.Amount
	}{
		{"captured", sums.Captured},
		{"refunded", sums.Returned()},
		{"set aside", sums.Held()},
		{"released", sums.Released},
		{"reversed", sums.Reversed},
		{"in dispute", sums.DisputedHeld},
		{"lost", sums.DisputedLost},
	} {
		if a.amount != 0 {
			parts = append(parts, a.label+" "+c.Display(a.amount))
		}
	}
	return strings.Join(parts, ", ")
}

func (s *order) overviewInWords() []string {
	lines := []string{s.wayOf("the order", "order", string(s.shown.ID), s.shown.State)}
	p := s.looked()
	if p != nil {
		name := joined([]string{"the payment " + p.HumanID, s.money(p.Amount), p.Source.String(), "by " + p.Provider})
		if n := len(s.shown.Payments); n > 1 {
			name += fmt.Sprintf(", %d of %d,", p.Attempt, n)
		}
		lines = append(lines, s.wayOf(name, "payment", string(p.ID), p.State))
		lines = append(lines, s.facts(p, longestSaid)...)
	}
	if r := s.refund(); r != nil {
		name := joined([]string{"the refund", s.money(r.Amount), refundPlace(p, r), r.Reason, r.Code, r.Message})
		lines = append(lines, s.wayOf(name, "refund", string(r.ID), r.State))
	}
	if d := s.dispute(); d != nil {
		name := joined([]string{"the case", s.money(d.Amount), story.Holder(d.Money), strings.TrimSpace(d.Network + " " + d.ReasonCode)})
		lines = append(lines, s.wayOf(name, "dispute", string(d.ID), d.State))
	}
	lines = append(lines, s.choicesInWords()...)
	told := s.moments()[:s.point]
	for _, m := range told[max(0, len(told)-mostRecent):] {
		lines = append(lines, m.time+" "+m.said)
	}
	return lines
}

// caseInWords is the case that is looked at: how it came to where it stands, what each answer costs, and what is said
// of it.
func (s *order) caseInWords() []string {
	d := s.dispute()
	if d == nil {
		return []string{"at this point of its life there was no case yet"}
	}
	lines := append(s.caseHead(d, longestSaid), s.wayOf("the case", "dispute", string(d.ID), d.State))
	able, unable := s.caseAnswers(d, longestSaid)
	for _, line := range slices.Concat(able, s.caseFacts(d, longestSaid), unable) {
		lines = append(lines, line.text)
	}
	return lines
}

// wayOf tells where something stands, and the states through which it came.
func (s *order) wayOf(name, machine, subject string, at domain.State) string {
	text := fmt.Sprintf("%s is %s.", name, at.Spoken())
	var way []string
	for _, step := range s.shown.Steps {
		if step.Machine != machine || step.Subject != subject {
			continue
		}
		for _, state := range []domain.State{step.From, step.To} {
			if word := state.Words(); state != "" && (len(way) == 0 || way[len(way)-1] != word) {
				way = append(way, word)
			}
		}
	}
	if len(way) > 1 {
		text += " it came: " + strings.Join(way, ", ") + "."
	}
	return text
}

// choicesInWords are what is possible, with its key, and why the rest is not.
func (s *order) choicesInWords() []string {
	var able, unable []string
	for _, o := range s.listed() {
		if o.refusal == "" {
			able = append(able, o.title+" ("+o.key+")")
			if o.stand != "" {
				unable = append(unable, o.title+": "+o.stand)
			}
		} else {
			unable = append(unable, "not possible: "+o.title+", because: "+o.refusal)
		}
	}
	if len(able) == 0 {
		able = []string{"nothing"}
	}
	return slices.Concat([]string{"possible next: " + strings.Join(able, ", ") + "."}, unable)
}

// Plain is the payout: where it stands, how it came there, and what can be done.
func (s *payout) Plain() []string {
	switch {
	case s.shown == nil && s.err != nil:
		return []string{"error: " + s.err.Error()}
	case s.shown == nil:
		return []string{"it is being read"}
	}
	lines := s.headline(longestSaid)
	for _, o := range s.offers() {
		if o.refusal != "" {
			lines = append(lines, "not possible: "+o.title+", because: "+o.refusal)
		}
	}
	return append(lines, s.story(longestSaid)...)
}
