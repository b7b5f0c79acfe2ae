package tui

import (
	"errors"
	"maps"
	"slices"

	tea "charm.land/bubbletea/v2"

	"till/domain"
)

// The steps from the sale to other pages, and what comes back from them.

// suggest looks up what the entry line may mean so far.
func (s *sale) suggest() {
	s.hits, s.chosen = nil, -1
	if s.goods == nil {
		return
	}
	e, err := parseEntry(s.entry.Value())
	if err != nil || e.void || e.percent != nil {
		return
	}
	s.hits = s.goods.search(e.code, mostHits)
}

const mostHits = 8

// pay goes to the Payment screen, and to the one that was left where the sale is still the same.
func (s *sale) pay() tea.Cmd {
	if s.basket.empty() {
		s.desk.Say("nothing to pay yet: type or scan an article")
		return nil
	}
	if wrong := s.basket.Cart.Problems(); len(wrong) > 0 {
		field := slices.Sorted(maps.Keys(wrong))[0]
		s.desk.Fail(errors.New(field + " " + wrong[field]))
		return nil
	}
	var kept tea.Cmd
	if s.basket.Key == "" {
		s.basket.Key = s.desk.Till.Env.NewID("key_")
		kept = s.keep()
	}
	b := &bill{basket: s.basket, currency: s.basket.Cart.Currency, due: s.sums.Total}
	if s.payment == nil {
		s.payment = newPayment(s.desk, b)
	} else {
		s.payment.rebill(b)
	}
	return tea.Batch(kept, s.desk.Push(s.payment))
}

// customer goes to Billing. What was typed there is still there.
func (s *sale) customer() tea.Cmd {
	if s.billing == nil {
		s.billing = newBilling(s.desk, s.basket.Client, s.setClient)
	}
	return s.desk.Push(s.billing)
}

func (s *sale) setClient(p domain.Person) tea.Cmd {
	if p == s.basket.Client {
		return nil
	}
	s.basket.touch()
	s.basket.Client = p
	return s.alter(nil)
}

// onTop are the amounts that stand on a sale as a whole, by the key that asks for them.
var onTop = map[string]struct {
	question, field string
	of              func(*domain.Cart) *domain.Amount
}{
	"ctrl+d": {"a discount on the whole sale", "discount", func(c *domain.Cart) *domain.Amount { return &c.Discount }},
	"ctrl+t": {"a tip", "tip", func(c *domain.Cart) *domain.Amount { return &c.Tip }},
	"ctrl+l": {"delivery", "delivery", func(c *domain.Cart) *domain.Amount { return &c.Delivery }},
}

// askAmount asks for one of them.
func (s *sale) askAmount(pressed string) tea.Cmd {
	if s.basket.empty() {
		return nil
	}
	asked, cart := onTop[pressed], &s.basket.Cart
	with := func(a domain.Amount) domain.Cart {
		c := *cart
		*asked.of(&c) = a
		return c
	}
	return s.desk.Ask(&Dialog{
		Question: func(domain.Amount) string { return asked.question },
		Currency: cart.Currency, Label: asked.field, Start: *asked.of(cart),
		Yes: "take it", No: "leave it",
		Check: func(a domain.Amount) error {
			if wrong := with(a).Problems()[asked.field]; wrong != "" {
				return errors.New(wrong)
			}
			return nil
		},
		Changes: func(a domain.Amount) []Change {
			return []Change{{"total", cart.Currency.Display(s.sums.Total), cart.Currency.Display(with(a).Totals().Total)}}
		},
		Do: func(a domain.Amount) tea.Cmd {
			s.basket.touch()
			*asked.of(cart) = a
			return s.alter(nil)
		},
	})
}

// startOver empties the sale, when it is really meant.
func (s *sale) startOver() tea.Cmd {
	if s.basket.empty() {
		return nil
	}
	return s.desk.Ask(Confirm("start over?", "the "+plural(len(s.basket.Cart.Lines), "line")+" of this sale will be gone.", "start over", "keep it",
		func() tea.Cmd { s.clear(); return s.keep() }))
}

// send lets go of the basket while it is paid: the screen is free for the next sale. The revision that comes
// back is the one under which the slot is emptied once the sale has become an order.
func (s *sale) send(f *flight) (revision int) {
	s.afloat = append(s.afloat, f)
	if f.bill.basket == s.basket && s.basket != nil {
		s.revision++
		s.clear()
		s.saved = s.revision
	}
	return s.revision
}

// settle hears what came of a payment, wherever the person is by now.
func (s *sale) settle(msg paymentEnded) tea.Cmd {
	f := msg.flight
	s.afloat = slices.DeleteFunc(s.afloat, func(other *flight) bool { return other == f })
	s.desk.Busy(-1)
	look := s.tell(msg)
	b, watched := f.bill.basket, s.desk.app.shows(f)
	switch {
	case b == nil || msg.over(): // it is an order now, and the sale is done
		return look
	case msg.order == nil:
		return s.takeBack(b, f)
	case watched: // it can be tried again, or changed
		b.Order = msg.order.ID
		s.takeBack(b, f)
	}
	return nil
}

// takeBack puts a sale that was not paid on the screen again; where another is there by now, it waits.
func (s *sale) takeBack(b *basket, f *flight) tea.Cmd {
	if !s.basket.empty() {
		s.returned = append(s.returned, b)
		return nil
	}
	s.basket = b
	if s.desk.app.shows(f) {
		s.payment = f.from
	}
	s.changed()
	return s.keep()
}

// tell says in the status line what came of a payment that nobody is looking at.
func (s *sale) tell(msg paymentEnded) tea.Cmd {
	amount, watched := msg.flight.bill.display(), s.desk.top(msg.flight)
	switch {
	case watched && (msg.order == nil || !msg.over()):
	case watched:
		return s.desk.failFor(msg.order.ID, msg.err, true)
	case msg.err == nil && msg.order != nil:
		s.desk.Say("order %s: %s · %s", msg.order.Number, amount, msg.order.Label())
	case msg.order != nil:
		err := domain.Errorf(domain.CodeOf(msg.err), "order %s, %s (F3 shows it): %s", msg.order.Number, amount, msg.err)
		return s.desk.failFor(msg.order.ID, err, false)
	default:
		s.desk.Fail(msg.err)
	}
	return nil
}
