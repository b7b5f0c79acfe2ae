package tui

import (
	"cmp"
	"slices"
	"strings"

	"till/domain"
)

// besideLeast is how many columns the timeline needs to stand beside the actions, wireLeast how many lines are left at
// least for what went over the line.
const (
	besideLeast = 34
	wireLeast   = 3
)

// overview shows the machines, and under them what can be done, beside that the newest of the timeline where there is
// room, else below; and last, over all columns, what went over the line.
func (s *order) overview(columns, lines int) []string {
	air := 0
	if s.height >= roomy && lines-s.need(lines) > goodMachines {
		air = 1
	}
	machines := s.machines(columns, max(1, lines-s.need(lines)-air))
	for _, spot := range machines.spots {
		s.page.pressed = append(s.page.pressed, pressable{bodyLine + spot.line, margin + spot.from, margin + spot.to, presses(spot.key)})
	}
	out := append(append(make([]string, 0, lines), machines.lines...), make([]string, air)...)
	left, room := s.actionsWidth(columns), lines-len(out)
	if columns-left-2 < besideLeast {
		out = append(out, s.rolled(s.deedLines(columns, room), room, area{len(out), 0, left})...)
		if room = lines - len(out) - 1; room > 0 {
			out = append(out, "")
			out = append(out, s.placed(s.lately(columns, room), area{len(out), 0, columns})...)
		}
		return out
	}
	deeds := s.rolled(s.deedLines(left, room), room, area{len(out), 0, left})
	lately := s.placed(s.lately(columns-left-2, room), area{len(out), left + 2, columns})
	out = append(out, strings.Split(beside(strings.Join(deeds, "\n"), strings.Join(lately, "\n"), left+2), "\n")...)
	if room = lines - len(out) - air; room > wireLeast {
		out = append(append(out, make([]string, air)...), s.wireExcerpt(columns, room)...)
	}
	return out
}

// need is how many lines are kept for what can be done: for all of it where the machines have enough then, else for
// what is possible.
func (s *order) need(lines int) int {
	if !s.live() {
		return min(pastLines, lines/2)
	}
	listed := s.listed()
	all, possible := len(listed), 1
	for _, o := range listed {
		possible += 1 - o.impossible()
	}
	switch {
	case lines-all >= goodMachines:
		return max(all, lines/3)
	}
	return min(all, max(possible, lines/3))
}

// goodMachines is how many lines the machines need for the order with one way to go on from where it stands, and the
// payment under it.
const goodMachines = 6

// whyColumn is where the reasons stand, behind the key and the name of an action.
const whyColumn = 23

// actionsWidth is how wide the actions are with their reasons whole; on a wide page half of it at most.
func (s *order) actionsWidth(columns int) int {
	most := columns
	if columns >= pairLeast {
		most = columns / 2
	}
	if !s.live() {
		return most
	}
	widest := 0
	for _, o := range s.listed() {
		w := 6 + width(o.title)
		if why := cmp.Or(o.refusal, o.stand); why != "" {
			w = whyColumn + width(domain.Inert(why))
		}
		widest = max(widest, w)
	}
	return min(widest, most)
}

// deedLines are what can be done here: nothing in the past, which tells its entry instead.
func (s *order) deedLines(columns, lines int) []offerLine {
	if !s.live() {
		return s.past(columns)
	}
	return s.offerLines(columns, lines)
}

// offerLines are the actions with their reasons: whole on several lines as far as there are so many, else cut.
func (s *order) offerLines(columns, lines int) []offerLine {
	listed := s.listed()
	spare := lines - len(listed)
	if spare < 0 { // what is possible is seen rather than what is not
		listed = slices.Clone(listed)
		slices.SortStableFunc(listed, func(a, b offer) int { return cmp.Compare(a.impossible(), b.impossible()) })
	}
	var out []offerLine
	for _, o := range listed {
		texts := s.offerTexts(o, columns)
		if spare -= len(texts) - 1; spare < 0 && len(texts) > 1 {
			spare += len(texts) - 1
			texts = []string{s.offerText(o, domain.Inert(cmp.Or(o.refusal, o.stand)), columns)}
		}
		for _, text := range texts {
			out = append(out, offerLine{text, presses(o.key)})
		}
	}
	return out
}

func (o offer) impossible() int { return min(1, len(o.refusal)) }

// offerTexts is an action with its key; one that is not possible says why not.
func (s *order) offerTexts(o offer, columns int) []string {
	st := s.desk.Styles
	why := cmp.Or(o.refusal, o.stand)
	if why == "" {
		return []string{st.Title.Render(pad(o.key, 6)) + st.Strong.Render(cut(o.title, columns-6))}
	}
	texts := strings.Split(wrapped(domain.Inert(why), columns-whyColumn), "\n")
	for i, text := range texts {
		if i == 0 {
			texts[i] = s.offerText(o, text, columns)
			continue
		}
		texts[i] = st.KeyOff.Render(blanks(whyColumn) + text)
	}
	return texts
}

// offerText is an action on a line with why it is not possible, or not for whoever is here alone: then its key is lit.
func (s *order) offerText(o offer, why string, columns int) string {
	st, key, title := s.desk.Styles, pad(o.key, 6), pad(o.title, whyColumn-7)+" "
	if o.refusal != "" {
		return st.KeyOff.Render(cut(key+title+why, columns))
	}
	return st.Title.Render(key) + st.Text.Render(title) + st.Faint.Render(cut(why, columns-whyColumn))
}

// lately is what is known of the payment, and under it the end of the timeline.
func (s *order) lately(columns, lines int) []offerLine {
	var out []offerLine
	if p := s.looked(); p != nil {
		out = linesOf(s.facts(p, columns))
	}
	out = out[:min(len(out), lines)]
	if len(out) > 0 {
		out = append(out, offerLine{})
	}
	if room := lines - len(out); room > 0 {
		out = append(out, s.recent(columns, room)...)
	}
	return out[:min(len(out), lines)]
}
