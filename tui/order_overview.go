package tui

import (
	"cmp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"till/domain"
)

// besideLeast is how many columns the timeline needs to stand beside the actions.
const besideLeast = 34

// overview shows the machines, and under them what can be done. The reasons get the width they need; the newest of
// the timeline stands beside them where there is room, else below.
func (s *order) overview(columns, lines int) []string {
	air := 0
	if s.height >= roomy && lines-len(s.listed()) > goodMachines {
		air = 1
	}
	actions := s.actionsWidth(columns)
	told := s.offerLines(columns, lines-air-leastMachines)
	out := s.machines(columns, max(leastMachines, lines-len(told)-air))
	out = append(out, make([]string, air)...)
	room := max(0, lines-len(out))
	told = told[:min(room, len(told))]
	var below []string
	for i, line := range told {
		below = append(below, line.text)
		s.pressed = append(s.pressed, pressable{bodyLine + len(out) + i, margin, margin + actions, func(s *order) tea.Cmd { return s.press(keyPress(line.key)) }})
	}
	if rest := columns - actions - 2; rest >= besideLeast {
		lately := strings.Join(s.lately(rest, room), "\n")
		return append(out, strings.Split(beside(strings.Join(below, "\n"), lately, actions+2), "\n")...)
	}
	out = append(out, below...)
	if room -= len(below) + 1; room > 0 {
		out = append(append(out, ""), s.lately(columns, room)...)
	}
	return out
}

// lately is what is known of the payment, and under it the end of the timeline.
func (s *order) lately(columns, lines int) []string {
	var out []string
	if p := s.looked(); p != nil {
		out = s.facts(p, columns)
	}
	out = out[:min(len(out), lines)]
	if len(out) > 0 {
		out = append(out, "")
	}
	if room := lines - len(out); room > 0 {
		out = append(out, s.recent(columns, room)...)
	}
	return out[:min(len(out), lines)]
}

// leastMachines is how many lines the machines are left at least, and goodMachines how many they need for the order
// with two ways to go on from where it stands, and the payment under it.
const (
	leastMachines = 3
	goodMachines  = 8
)

// whyColumn is where the reasons stand, behind the key and the name of an action.
const whyColumn = 23

// actionsWidth is how wide the actions are with their reasons whole.
func (s *order) actionsWidth(columns int) int {
	widest := 0
	for _, o := range s.listed() {
		w := 6 + width(o.title)
		if o.refusal != "" {
			w = whyColumn + width(domain.Inert(o.refusal))
		}
		widest = max(widest, w)
	}
	return min(widest, columns)
}

// offerLine is a line of an action, and the key that a click on it stands for.
type offerLine struct{ text, key string }

// offerLines are the actions with their reasons: whole on several lines as far as there are so many, else cut.
func (s *order) offerLines(columns, lines int) []offerLine {
	listed := s.listed()
	spare := lines - len(listed)
	if spare < 0 { // what is possible is seen rather than what is not
		slices.SortStableFunc(listed, func(a, b offer) int { return cmp.Compare(a.impossible(), b.impossible()) })
	}
	var out []offerLine
	for _, o := range listed {
		texts := s.offerTexts(o, columns)
		if spare -= len(texts) - 1; spare < 0 && len(texts) > 1 {
			spare += len(texts) - 1
			texts = []string{s.desk.Styles.KeyOff.Render(cut(pad(o.key, 6)+pad(o.title, whyColumn-7)+" "+domain.Inert(o.refusal), columns))}
		}
		for _, text := range texts {
			out = append(out, offerLine{text, o.key})
		}
	}
	return out
}

func (o offer) impossible() int { return min(1, len(o.refusal)) }

// offerTexts is an action with its key; one that is not possible says why not.
func (s *order) offerTexts(o offer, columns int) []string {
	st := s.desk.Styles
	if o.refusal == "" {
		return []string{st.Title.Render(pad(o.key, 6)) + st.Strong.Render(o.title)}
	}
	texts := strings.Split(wrapped(domain.Inert(o.refusal), columns-whyColumn), "\n")
	for i, text := range texts {
		before := blanks(whyColumn)
		if i == 0 {
			before = pad(o.key, 6) + pad(o.title, whyColumn-7) + " "
		}
		texts[i] = st.KeyOff.Render(before + text)
	}
	return texts
}

// keyPress is the key that a click stands for.
func keyPress(name string) tea.KeyPressMsg {
	if name == "enter" {
		return tea.KeyPressMsg{Code: tea.KeyEnter}
	}
	return tea.KeyPressMsg{Code: rune(name[0]), Text: name}
}
