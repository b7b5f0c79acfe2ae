package tui

import (
	"slices"
	"strconv"
	"strings"

	"till/domain"
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
		return besideFrom(margin, "\n"+p.formView(columns, p.height-2), "\n"+p.billView(), columns+gap)
	}
	st := p.desk.Styles
	head := "\n" + spread(st.Faint.Render(p.subject()), st.Title.Render(p.bill.display()), columns) +
		"\n" + st.Rule.Render(strings.Repeat("─", columns)) + "\n"
	return indent(head+p.formView(columns, p.height-4), margin)
}

func (p *payment) subject() string {
	switch o := p.bill.order; {
	case o == nil && p.bill.part > 0:
		return "a part of " + p.bill.currency.Display(p.bill.due)
	case o == nil:
		return "to pay"
	case p.bill.part > 0:
		return "order " + Inert(o.Number) + ", a part of " + p.bill.currency.Display(p.bill.due)
	case len(takenOf(o)) > 0:
		return "order " + Inert(o.Number) + ", the rest of " + p.bill.currency.Display(o.Total())
	default:
		return "order " + Inert(o.Number)
	}
}

// takenOf are the payments of which an order has money.
func takenOf(o *domain.Order) []*domain.Payment {
	return slices.DeleteFunc(slices.Clone(o.Payments), func(p *domain.Payment) bool { return p.Sums.Captured == p.Sums.Reversed })
}

// billView is the bill beside the form: its lines as far as there is room, what it comes to, what was paid of it, and
// what is paid now; below, what the method in hand can do.
func (p *payment) billView() string {
	st, cart := p.desk.Styles, p.cart()
	totals := cart.Totals()
	below := []string{st.Rule.Render(strings.Repeat("─", aside))}
	for _, l := range sumLines(cart, totals)[1:] {
		below = append(below, st.Faint.Render(spread(l.label, l.amount, aside)))
	}
	below = append(below, p.dueView()...)
	note := p.abilityView(aside)
	if p.height-2-2-len(below)-len(note)-1 < min(len(cart.Lines), 3) {
		note = nil
	}
	lines := []string{st.Faint.Render(cut(p.subject(), aside)), st.Rule.Render(strings.Repeat("─", aside))}
	room := p.height - 2 - len(lines) - len(below) - len(note) - 1
	for i, l := range cart.Lines {
		if i == room-1 && i < len(cart.Lines)-1 {
			lines = append(lines, st.Faint.Render("and "+plural(len(cart.Lines)-i, "more line")))
			break
		}
		amount := cart.Currency.Display(totals.Lines[i].Gross) // all discounts stand below
		lines = append(lines, pad(st.Text.Render(cut(countOf(l)+Inert(l.Name()), aside-width(amount)-1)), aside-width(amount))+amount)
	}
	lines = append(lines, below...)
	if note != nil {
		lines = append(append(lines, ""), note...)
	}
	return strings.Join(lines, "\n")
}

// dueView is what is paid now, large, between what was paid before and what will be left.
func (p *payment) dueView() []string {
	st, c := p.desk.Styles, p.bill.currency
	var lines []string
	if p.bill.order != nil {
		for _, paid := range takenOf(p.bill.order) {
			amount := c.Display(paid.Sums.Captured - paid.Sums.Reversed)
			lines = append(lines, st.Good.Render(spread(cut("● "+sourceWords(paid), aside-width(amount)-1), amount, aside)))
		}
	}
	label := "to pay"
	if p.bill.part > 0 {
		label = "paid now"
	}
	lines = append(lines, "", st.Faint.Render(spread(label, "", aside-width(p.bill.display())))+st.Title.Render(p.bill.display()), "")
	lines = append(lines, strings.Split(figureAtEdge(c.Format(p.bill.now()), aside, st.Title.Render), "\n")...)
	if p.bill.part > 0 {
		lines = append(lines, "", st.Warn.Render(spread("then still due", c.Display(p.bill.due-p.bill.part), aside)))
	}
	return lines
}

// sourceWords is with what a payment was paid.
func sourceWords(p *domain.Payment) string {
	if p.Source.Type == "" {
		return p.Method
	}
	return Inert(p.Source.String())
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
	if p.open == nil {
		return p.listView(columns, lines)
	}
	head := p.headView(columns)
	room := lines - 2 - strings.Count(head, "\n")
	if p.terms.open {
		return head + "\n\n" + p.terms.view(columns, room)
	}
	return head + "\n\n" + p.open.view(columns, room)
}

// headView names the method that is open, and says what the last try was told.
func (p *payment) headView(columns int) string {
	st := p.desk.Styles
	head := st.Strong.Render(p.offers[p.at].Method.Name)
	if title := Inert(p.offers[p.at].Method.Title); !strings.EqualFold(title, p.offers[p.at].Method.Name) {
		head += st.Faint.Render("  " + title)
	}
	if no := p.noView(columns); no != "" {
		head += "\n" + no
	}
	return head
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
