package tui

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"till/domain"
)

// A bill that is paid in parts: each part is a payment of its own, with its own key. Once the first is paid the sale
// is an order, and what is still due is asked for again.

// divisible tells whether a part can be paid by itself. An attempt that was opened before has its amount already.
func (p *payment) divisible() bool {
	return p.bill.due > 1 && (p.bill.order == nil || p.bill.order.Unsent() == nil)
}

// askPart asks how much is paid in the way that comes next. Cash that was typed and is less than what is due needs no
// question: it is the part.
func (p *payment) askPart() tea.Cmd {
	if !p.divisible() {
		p.desk.Say("this attempt is for %s", p.bill.display())
		return nil
	}
	if given, ok := p.cash.tooLittle(); ok && p.open == p.cash {
		p.divide(given)
		return nil
	}
	c, due := p.bill.currency, p.bill.due
	return p.desk.Ask(&Dialog{
		Question: func(a domain.Amount) string { return "pay " + c.Display(a) + " first?" },
		Note:     "the rest is asked for afterwards, and can be paid in another way.",
		Currency: c, Label: "now", Start: due, Yes: "that much", No: "leave it",
		Check: func(a domain.Amount) error {
			switch {
			case a < 1:
				return errors.New("must be more than nothing")
			case a > due:
				return errors.New("only " + c.Display(due) + " is due")
			}
			return nil
		},
		Changes: func(a domain.Amount) []Change {
			return []Change{{"still due", c.Display(due), c.Display(due - a)}}
		},
		Do: func(a domain.Amount) tea.Cmd {
			p.divide(a)
			return nil
		},
	})
}

// divide takes an amount as what is paid now. It is another intent, so it has another key.
func (p *payment) divide(a domain.Amount) {
	if a == p.bill.due {
		a = 0
	}
	if a == p.bill.part {
		return
	}
	p.bill.part, p.key = a, p.desk.Till.Env.NewID("key_")
	p.rebilled()
}

// sayLeft tells who leaves where an order is that is paid in part.
func (p *payment) sayLeft() {
	if o := p.bill.order; o != nil && o.Sums().Captured > 0 && p.bill.due > 0 {
		p.desk.Say("order %s waits under orders, part paid: %s is still due", o.Number, p.bill.currency.Display(p.bill.due))
	}
}

// restOf is the screen for what is still due of an order of which a part was paid a moment ago.
func (f *flight) restOf(o *domain.Order) tea.Cmd {
	f.desk.Say("%s is paid; %s is still due", f.bill.display(), o.Cart.Currency.Display(o.BalanceDue()))
	return f.desk.swap(f, newOrderPayment(f.desk, o))
}
