package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"till/domain"
)

// The list of the methods: one line each, and of the one in hand what it can do.

// listView is the question, the methods, and what was said to the last try.
func (p *payment) listView(columns, lines int) string {
	st := p.desk.Styles
	question := "how is it paid?"
	switch {
	case p.bill.part > 0:
		question = "how is this part paid?"
	case p.bill.order != nil && len(takenOf(p.bill.order)) > 0:
		question = "how is the rest paid?"
	}
	rows := append([]string{st.Strong.Render(question), ""}, p.methodRows(columns, p.listRoom(columns, lines))...)
	if no := p.noView(columns); no != "" {
		rows = append(rows, "", no)
	}
	if note := p.abilityLines(columns); !p.wide() && len(rows)+1+len(note) <= lines {
		rows = append(append(rows, ""), note...)
	}
	return strings.Join(rows, "\n")
}

// listRoom is how many lines the methods have.
func (p *payment) listRoom(columns, lines int) int {
	room := lines - listTop
	if no := p.noView(columns); no != "" {
		room -= strings.Count(no, "\n") + 2
	}
	return max(1, room)
}

// listTop is the line of the form in which the first method stands.
const listTop = 2

// firstMethod is the method at the top of so many lines: the one in hand is always among them.
func (p *payment) firstMethod(room int) int {
	return max(0, min(p.at-room/2, len(p.offers)-room))
}

// methodColumn is where what a method is stands, behind its key and its name.
const methodColumn = 15

func (p *payment) methodRows(columns, room int) []string {
	st := p.desk.Styles
	var rows []string
	for i, o := range p.offers {
		mark, name, note := "  ", st.Text, st.Faint
		if i == p.at {
			mark, name, note = st.Title.Render("› "), st.Strong, st.Text
		}
		letter, said := p.letters[i].Help().Key, Inert(o.Method.Note)
		if p.several(o.Method.Name) {
			said = joined([]string{o.Title, said})
		}
		if o.Refusal != "" {
			rows = append(rows, mark+st.Off.Render(cut(pad(letter, 3)+pad(o.Method.Name, 10)+"not possible: "+Inert(o.Refusal), columns-2)))
			continue
		}
		rows = append(rows, mark+st.Title.Render(pad(letter, 3))+name.Render(pad(o.Method.Name, 10))+note.Render(cut(said, columns-methodColumn)))
	}
	return scrolled(st, rows, p.at, room)
}

// several tells whether more than one variant offers a method.
func (p *payment) several(name string) bool {
	n := 0
	for _, o := range p.offers {
		if o.Method.Name == name {
			n++
		}
	}
	return n > 1
}

// click opens the method under the pointer, or takes the note of the cash form that is.
func (p *payment) click(msg tea.MouseClickMsg) tea.Cmd {
	columns, top, lines := p.mainWidth(), 3, p.height-4
	if p.wide() {
		top, lines = 1, p.height-2
	}
	x, row := msg.X-margin, msg.Y-top
	switch {
	case msg.Button != tea.MouseLeft || x < 0 || x >= columns || p.afloat != nil:
	case p.open == p.cash:
		p.cash.click(x, row-strings.Count(p.headView(columns), "\n")-2)
	case p.open == nil:
		room := p.listRoom(columns, lines)
		if at := p.firstMethod(room) + row - listTop; row >= listTop && row < listTop+room && at < len(p.offers) {
			p.at = at
			p.show()
		}
	}
	return nil
}

// abilityView is what the method in hand can do, in a small table.
func (p *payment) abilityView(columns int) []string {
	if p.at >= len(p.offers) || p.offers[p.at].Refusal != "" {
		return nil
	}
	st, o := p.desk.Styles, p.offers[p.at]
	lines := []string{st.Faint.Render(pad("with "+Inert(o.Method.Title), columns))}
	for _, a := range abilities(o.Method.Can) {
		lines = append(lines, st.Faint.Render(pad(a.about, 10))+st.Text.Render(cut(a.says, columns-10)))
	}
	return lines
}

// abilityLines is the same in running words, where there is no room for a table.
func (p *payment) abilityLines(columns int) []string {
	if p.at >= len(p.offers) || p.offers[p.at].Refusal != "" {
		return nil
	}
	words := abilityWords(p.offers[p.at].Method.Can)
	return strings.Split(p.desk.Styles.Faint.Render(wrapped(words, columns)), "\n")
}

func abilityWords(can domain.Capabilities) string {
	var words []string
	for _, a := range abilities(can) {
		words = append(words, a.about+" "+a.says)
	}
	return strings.Join(words, " · ")
}

// ability is one thing that a method can do with money.
type ability struct{ about, says string }

// abilities are what a method can do, in words.
func abilities(can domain.Capabilities) []ability {
	taken := "at once"
	switch {
	case can.MultiCapture:
		taken = "now or later, in parts"
	case can.PartialCapture:
		taken = "now or later, or a part of it"
	case can.ManualCapture:
		taken = "now or later"
	}
	back := "not by this way"
	switch {
	case can.PartialRefund:
		back = "all of it or a part"
	case can.Refund:
		back = "all of it"
	}
	undone := joined([]string{either(can.Void, "void", ""), either(can.Reverse, "reverse", "")})
	elsewhere := either(can.ThreeDS, "3DS", either(can.Redirect, "the customer confirms", ""))
	var all []ability
	for _, a := range []ability{
		{"taken", taken},
		{"held", either(can.Increment, "more can be set aside", "")},
		{"undone", undone},
		{"refund", back},
		{"elsewhere", elsewhere},
		{"kept", either(can.Recurring, "for the next time", "")},
	} {
		if a.says != "" {
			all = append(all, a)
		}
	}
	return all
}
