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
		return st.Strong.Render("how is it paid?") + "\n\n" + p.methodsView(columns) + "\n" + p.noView(columns)
	}
	head := st.Strong.Render(p.offers[p.at].Method.Name)
	if title := Inert(p.offers[p.at].Method.Title); !strings.EqualFold(title, p.offers[p.at].Method.Name) {
		head += st.Faint.Render("  " + title)
	}
	if no := p.noView(columns); no != "" {
		head += "\n" + no
	}
	return head + "\n\n" + p.open.view(columns, lines-2-strings.Count(head, "\n"))
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

func (p *payment) methodsView(columns int) string {
	st := p.desk.Styles
	var b strings.Builder
	for i, o := range p.offers {
		mark := "  "
		if i == p.at {
			mark = st.Title.Render("› ")
		}
		m := o.Method
		letter := p.letters[i].Help().Key
		if o.Refusal != "" {
			b.WriteString(mark + st.Off.Render(cut(pad(letter, 3)+pad(m.Name, 10)+"not possible: "+o.Refusal, columns-2)) + "\n")
			continue
		}
		b.WriteString(mark + st.Title.Render(pad(letter, 3)) + st.Text.Render(pad(m.Name, 10)) +
			st.Faint.Render(cut(Inert(p.noteOf(o)), columns-15)) + "\n")
		b.WriteString(blanks(15) + st.Faint.Render(cut(abilities(m.Can), columns-15)) + "\n\n")
	}
	return b.String()
}

// noteOf is the line about an offer. Where several variants offer the same method it begins with the variant's.
func (p *payment) noteOf(o till.Offer) string {
	for _, other := range p.offers {
		if other.Method.Name == o.Method.Name && other.Variant != o.Variant {
			return o.Title + ": " + o.Method.Note
		}
	}
	return o.Method.Note
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
		{can.Void, "void"},
		{can.Refund && !can.PartialRefund, "refund in full"},
		{can.PartialRefund, "refund in part"},
		{can.Sync, "ask again"},
	} {
		if a.can {
			words = append(words, a.word)
		}
	}
	return strings.Join(words, " · ")
}
