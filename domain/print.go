package domain

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// arrow is what a picture draws as one: all transitions that lead the same way for the same reason.
type arrow struct {
	from, to State
	detail   string
	events   []string
	ids      []string
	walked   bool
}

// arrows gives what pictures show, in the order of the rows. What keeps the state is left out, and what
// takes things out of their order too, unless it was walked.
func (m *Machine) arrows(walked []Step) []*arrow {
	var arrows []*arrow
	for _, t := range m.Rows() {
		passed := slices.ContainsFunc(walked, func(s Step) bool { return m.took(s, t) })
		if t.To == t.From || t.Late && !passed {
			continue
		}
		i := slices.IndexFunc(arrows, func(a *arrow) bool { return a.from == t.From && a.to == t.To && a.detail == t.Detail })
		if i < 0 {
			i = len(arrows)
			arrows = append(arrows, &arrow{from: t.From, to: t.To, detail: t.Detail})
		}
		arrows[i].add(t, passed)
	}
	return arrows
}

func (a *arrow) add(t Transition, walked bool) {
	if !slices.Contains(a.events, string(t.On)) {
		a.events = append(a.events, string(t.On))
	}
	if !slices.Contains(a.ids, t.ID) {
		a.ids = append(a.ids, t.ID)
	}
	a.walked = a.walked || walked
}

// took tells whether a step was this transition.
func (m *Machine) took(s Step, t Transition) bool {
	return s.Machine == m.Name && s.Row == t.ID && s.From == t.From && s.On == t.On && s.To == t.To
}

// sign is how a picture marks where it stands and where it came through.
func (m *Machine) sign(state, at State, walked []Step) string {
	passed := func(s Step) bool { return s.Machine == m.Name && (s.From == state || s.To == state) }
	switch {
	case state == at:
		return "●"
	case slices.ContainsFunc(walked, passed):
		return "✓"
	}
	return ""
}

// Mermaid writes the machine as a state diagram, the present state marked, the walked way ticked. An empty
// state and no steps give the bare machine.
func (m *Machine) Mermaid(at State, walked []Step) string {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n    direction LR\n    classDef now stroke-width:4px,font-weight:bold\n    classDef walked stroke-dasharray:4\n")
	for _, s := range m.States() {
		name := strings.TrimSpace(m.sign(s, at, walked) + " " + string(s))
		if id := mermaidID(s); id != name {
			fmt.Fprintf(&b, "    state %q as %s\n", name, id)
		}
	}
	for _, a := range m.arrows(walked) {
		fmt.Fprintf(&b, "    %s --> %s : %s\n", mermaidID(a.from), mermaidID(a.to), a.label(" "))
	}
	for _, s := range m.Finals {
		fmt.Fprintf(&b, "    %s --> [*]\n", mermaidID(s))
	}
	for _, s := range m.States() {
		if class := map[string]string{"●": "now", "✓": "walked"}[m.sign(s, at, walked)]; class != "" {
			fmt.Fprintf(&b, "    class %s %s\n", mermaidID(s), class)
		}
	}
	return b.String()
}

// mermaidID is a name that Mermaid takes for a state: without a stroke.
func mermaidID(s State) string {
	if s == "" {
		return "[*]"
	}
	return strings.ReplaceAll(string(s), "/", "_")
}

// label says what an arrow is drawn for: its events, what they qualify the state with, and the rows.
func (a *arrow) label(between string) string {
	text := strings.Join(a.events, ", ")
	if a.detail != "" {
		text += " (" + a.detail + ")"
	}
	text += between + strings.Join(a.ids, ", ")
	if a.walked {
		text += " ✓"
	}
	return text
}

// DOT writes the machine for Graphviz, marked as Mermaid marks it; final states have two borders.
func (m *Machine) DOT(at State, walked []Step) string {
	var b strings.Builder
	fmt.Fprintf(&b, "digraph %s {\n    rankdir=LR\n    node [shape=box, style=rounded]\n    \"\" [shape=point]\n", m.Name)
	for _, s := range m.States() {
		look := fmt.Sprintf("label=%q", strings.TrimSpace(m.sign(s, at, walked)+" "+string(s)))
		if m.Final(s) {
			look += ", peripheries=2"
		}
		if s == at {
			look += ", penwidth=3"
		}
		fmt.Fprintf(&b, "    %q [%s]\n", s, look)
	}
	for _, a := range m.arrows(walked) {
		look := fmt.Sprintf("label=%q", a.label("\n"))
		if a.walked {
			look += ", penwidth=3"
		}
		fmt.Fprintf(&b, "    %q -> %q [%s]\n", a.from, a.to, look)
	}
	b.WriteString("}\n")
	return b.String()
}

// ASCII writes the machine as text: a block for each state with its outgoing arrows below it, ● at the
// present state, ✓ where the way led through. Neighbours that are left alike share a block. Lines are broken at the
// width in columns; 0 is 80.
func (m *Machine) ASCII(at State, walked []Step, width int) string {
	if width <= 0 {
		width = 80
	}
	var b strings.Builder
	arrows, before := m.arrows(walked), []string(nil)
	for i, s := range append([]State{""}, m.ladder()...) {
		out := m.outgoing(arrows, s, width)
		if i > 0 && !slices.Equal(out, before) {
			b.WriteString(lines(before) + "\n")
		}
		b.WriteString(m.headline(s, at, walked) + "\n")
		before = out
	}
	return b.String() + lines(before)
}

func lines(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	return strings.Join(texts, "\n") + "\n"
}

// ladder gives the states stage by stage, the final ones of each stage last. A state without stages is its own stage.
func (m *Machine) ladder() []State {
	states := m.States()
	place := func(s State) int {
		first := slices.IndexFunc(states, func(other State) bool { return stageOf(other) == stageOf(s) })
		if !strings.Contains(string(s), "/") {
			first = 0
		}
		if m.Final(s) {
			return 2*first + 1
		}
		return 2 * first
	}
	slices.SortStableFunc(states, func(a, b State) int { return cmp.Compare(place(a), place(b)) })
	return states
}

func (m *Machine) headline(s, at State, walked []Step) string {
	if s == "" {
		return "○ (new)"
	}
	sign := m.sign(s, at, walked)
	if sign == "" {
		sign = "○"
	}
	text := sign + " " + string(s)
	if m.Final(s) {
		text += " (final)"
	}
	return text
}

// outgoing writes the arrows out of a state: their events, where they lead, and the rows behind them. Those
// that differ in their end alone share a line.
func (m *Machine) outgoing(arrows []*arrow, from State, width int) []string {
	var starts, ends []string
	for _, a := range arrows {
		if a.from != from {
			continue
		}
		events := m.short(a.events)
		start, end := events+" → "+string(a.to), "   "+strings.Join(a.ids, ", ")
		if a.detail != "" {
			end = " (" + a.detail + ")" + end
		}
		if a.walked {
			end += " ✓"
		}
		i := len(starts) - 1
		if i >= 0 && ends[i] == end && strings.HasPrefix(starts[i], events+" → ") {
			starts[i] += ", " + string(a.to)
			continue
		}
		starts, ends = append(starts, start), append(ends, end)
	}
	var lines []string
	for i := range starts {
		lines = append(lines, wrapped(starts[i]+ends[i], width)...)
	}
	return lines
}

// short names events without the machine's own name before each: below the heading of a dispute everybody knows whose
// they are.
func (m *Machine) short(events []string) string {
	names := make([]string, len(events))
	for i, e := range events {
		names[i] = strings.TrimPrefix(e, m.Name+"_")
	}
	return strings.Join(names, ", ")
}

// wrapped breaks a text that is too long between words: two columns in, and six from the second line on.
func wrapped(text string, width int) []string {
	if 2+utf8.RuneCountInString(text) <= width {
		return []string{"  " + text}
	}
	var lines []string
	line := " "
	for word := range strings.FieldsSeq(text) {
		if strings.TrimSpace(line) != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			lines = append(lines, line)
			line = "     "
		}
		line += " " + word
	}
	return append(lines, line)
}

// MachineDoc is a machine as programs read it: all of it, what pictures leave out too.
type MachineDoc struct {
	Machine     string          `json:"machine"`
	States      []StateDoc      `json:"states"`
	Transitions []TransitionDoc `json:"transitions"`
	At          State           `json:"at,omitempty"`
	Walked      []StepDoc       `json:"walked,omitempty"`
}

// StateDoc is a state; no command leads out of a final one.
type StateDoc struct {
	Name  State `json:"name"`
	Final bool  `json:"final"`
}

// TransitionDoc is one arrow. Guard names what must hold for it; From is empty before the thing exists.
type TransitionDoc struct {
	ID    string `json:"id"`
	From  State  `json:"from"`
	Event Event  `json:"event"`
	To    State  `json:"to"`
	Guard string `json:"guard"`
	Why   string `json:"why"`
}

// StepDoc is an arrow that was walked.
type StepDoc struct {
	Seq   Seq       `json:"seq"`
	At    time.Time `json:"at"` // UTC
	ID    string    `json:"id"`
	From  State     `json:"from"`
	Event Event     `json:"event"`
	To    State     `json:"to"`
}

// JSON gives the machine for programs, with where it stands and what was walked, if anything was.
func (m *Machine) JSON(at State, walked []Step) MachineDoc {
	doc := MachineDoc{Machine: m.Name, At: at}
	for _, s := range m.States() {
		doc.States = append(doc.States, StateDoc{Name: s, Final: m.Final(s)})
	}
	for _, t := range m.Rows() {
		var names []string
		for _, g := range t.Guards {
			names = append(names, g.Name)
		}
		doc.Transitions = append(doc.Transitions, TransitionDoc{
			ID: t.ID, From: t.From, Event: t.On, To: t.To, Guard: strings.Join(names, "; "), Why: t.Why,
		})
	}
	for _, s := range walked {
		if s.Machine == m.Name {
			doc.Walked = append(doc.Walked, StepDoc{Seq: s.Seq, At: s.At, ID: s.Row, From: s.From, Event: s.On, To: s.To})
		}
	}
	return doc
}
