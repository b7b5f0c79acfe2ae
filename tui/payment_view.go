package tui

import (
	"strconv"
	"strings"

	"till/domain"
	"till/domain/till"
)

func (p *payment) wide() bool { return p.width >= wideEnough }

func (p *payment) mainWidth() int {
	if p.wide() {
		return p.width - aside - gap - 2*margin
	}
	return p.width - 2*margin
}

// View shows what is to be paid and how it can be.
func (p *payment) View() string {
	columns := p.mainWidth()
	if p.wide() {
		return indent(beside("\n"+p.formView(columns, p.height-2), "\n"+p.billView(), columns+gap), margin)
	}
	st := p.desk.Styles
	head := "\n" + spread(st.Faint.Render(p.subject()), st.Title.Render(p.bill.display()), columns) +
		"\n" + st.Rule.Render(strings.Repeat("─", columns)) + "\n"
	return indent(head+p.formView(columns, p.height-4), margin)
}

func (p *payment) subject() string {
	if p.bill.order != nil {
		return "order " + Inert(p.bill.order.Number)
	}
	return "to pay"
}

// billView is the bill beside the form.
func (p *payment) billView() string {
	st := p.desk.Styles
	var b strings.Builder
	b.WriteString(st.Faint.Render(p.subject()) + "\n" + st.Rule.Render(strings.Repeat("─", aside)) + "\n")
	cart := p.cart()
	totals := cart.Totals()
	for i, l := range cart.Lines {
		if i == p.height-14 && i < len(cart.Lines)-1 {
			b.WriteString(st.Faint.Render("and "+plural(len(cart.Lines)-i, "more line")) + "\n")
			break
		}
		amount := cart.Currency.Display(totals.Lines[i].Gross - totals.Lines[i].Discount)
		b.WriteString(pad(st.Text.Render(cut(countOf(l)+Inert(l.Title), aside-width(amount)-1)), aside-width(amount)) + amount + "\n")
	}
	b.WriteString(st.Rule.Render(strings.Repeat("─", aside)) + "\n")
	for _, l := range sumLines(cart, totals)[1:] {
		b.WriteString(st.Faint.Render(spread(l.label, l.amount, aside)) + "\n")
	}
	b.WriteString("\n" + st.Faint.Render(spread("to pay", "", aside-width(p.bill.display()))) + st.Title.Render(p.bill.display()) + "\n\n")
	b.WriteString(figureAtEdge(p.bill.currency.Format(p.bill.due), aside, st.Title.Render))
	return b.String()
}

func countOf(l domain.Line) string {
	if l.Quantity == 1 {
		return ""
	}
	return strconv.FormatInt(l.Quantity, 10) + " × "
}

func (p *payment) cart() domain.Cart {
	if p.bill.order != nil {
		return p.bill.order.Cart
	}
	return p.bill.basket.Cart
}

// formView is the methods, and the form of the one that is open.
func (p *payment) formView(columns, lines int) string {
	st := p.desk.Styles
	if p.open == nil {
		no := p.noView(columns)
		room := lines - 3 - strings.Count(no, "\n")
		return st.Strong.Render("how is it paid?") + "\n\n" + strings.Join(p.methodsView(columns, room), "\n") + "\n\n" + no
	}
	head := st.Strong.Render(p.offers[p.at].Method.Name)
	if title := Inert(p.offers[p.at].Method.Title); !strings.EqualFold(title, p.offers[p.at].Method.Name) {
		head += st.Faint.Render("  " + title)
	}
	if no := p.noView(columns); no != "" {
		head += "\n" + no
	}
	room := lines - 2 - strings.Count(head, "\n")
	if p.terms.open {
		return head + "\n\n" + p.terms.view(columns, room)
	}
	return head + "\n\n" + p.open.view(columns, room)
}

// noView is what the last try was told, with what to do now.
func (p *payment) noView(columns int) string {
	if p.no == nil {
		return ""
	}
	st := p.desk.Styles
	text := st.Bad.Render(wrapped("✗ "+Inert(p.no.Error()), columns))
	if p.no.Hint != "" {
		text += "\n" + indent(st.Faint.Render(wrapped(Inert(p.no.Hint), columns-2)), 2)
	}
	return text
}

// methodsView lists the methods, each with what it can do where there is room for that, else only the one in hand.
func (p *payment) methodsView(columns, lines int) []string {
	spacious := 0
	for i, o := range p.offers {
		spacious += len(p.methodLines(o, i, columns)) + 1
	}
	var out []string
	from, to := 0, 0
	for i, o := range p.offers {
		rows := p.methodLines(o, i, columns)
		switch {
		case spacious <= lines:
			rows = append(rows, "")
		case i != p.at:
			rows = rows[:1]
		}
		if i == p.at {
			from, to = len(out), len(out)+len(rows)
		}
		out = append(out, rows...)
	}
	start := max(0, min(max(to-lines, from-lines/2), len(out)-lines))
	return out[start:min(len(out), start+lines)]
}

// methodColumn is where what a method is stands, behind its key and its name.
const methodColumn = 15

func (p *payment) methodLines(o till.Offer, i, columns int) []string {
	st, m := p.desk.Styles, o.Method
	mark := "  "
	if i == p.at {
		mark = st.Title.Render("› ")
	}
	letter, room := p.letters[i].Help().Key, columns-methodColumn
	if o.Refusal != "" {
		return []string{mark + st.Off.Render(cut(pad(letter, 3)+pad(m.Name, 10)+"not possible: "+Inert(o.Refusal), columns-2))}
	}
	note := Inert(m.Note)
	if p.several(m.Name) {
		note = joined([]string{o.Title, note})
	}
	lines := []string{mark + st.Title.Render(pad(letter, 3)) + st.Text.Render(pad(m.Name, 10)) + st.Faint.Render(cut(note, room))}
	for line := range strings.SplitSeq(wrapped(abilities(m.Can), room), "\n") {
		lines = append(lines, blanks(methodColumn)+st.Faint.Render(line))
	}
	return lines
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

// abilities are what a method can do, in words.
func abilities(can domain.Capabilities) string {
	var words []string
	for _, a := range []struct {
		can  bool
		word string
	}{
		{can.ManualCapture, "take later"},
		{can.PartialCapture, "in part"},
		{can.MultiCapture, "in several parts"},
		{can.Increment, "set more aside"},
		{can.Void, "void"},
		{can.Reverse, "reverse"},
		{can.Refund && !can.PartialRefund, "refund in full"},
		{can.PartialRefund, "refund in part"},
		{can.ThreeDS, "3DS"},
		{can.Redirect && !can.ThreeDS, "confirmed elsewhere"},
		{can.Recurring, "can be kept"},
		{can.Sync, "ask again"},
	} {
		if a.can {
			words = append(words, a.word)
		}
	}
	return strings.Join(words, " · ")
}
