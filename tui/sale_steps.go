package tui

import (
	"errors"
	"fmt"
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
	if err != nil || e.deed != putIn && e.deed != takeOut || e.amount != "" {
		return
	}
	s.hits = s.goods.search(e.code, mostHits)
}

// meant says what Enter would do with an entry that names no article of the catalogue.
func (s *sale) meant() string {
	text := s.entry.Value()
	if text == "" || s.goods == nil {
		return ""
	}
	e, err := parseEntry(text)
	if err != nil {
		return ""
	}
	if e.deed == putIn || e.deed == takeOut {
		_, known := s.goods.exact(e.code)
		if e.amount == "" || known || e.deed == takeOut || isDigits(e.code) {
			return ""
		}
		price, err := parseAmount(s.currency(), e.amount)
		if err != nil {
			return ""
		}
		return fmt.Sprintf("sells %d × %s at %s, of no catalogue", e.quantity, e.code, s.currency().Display(price))
	}
	at := s.last
	if e.line > 0 {
		at = e.line - 1
	}
	if at >= len(s.basket.Cart.Lines) {
		return ""
	}
	name := s.basket.Cart.Lines[at].Name()
	switch e.deed {
	case percent:
		return e.percent.String() + "% off " + name
	case voidLine:
		return "takes out " + name
	}
	amount, err := parseAmount(s.currency(), e.amount)
	if err != nil {
		return ""
	}
	if e.deed == amountOff {
		return s.currency().Display(amount) + " off " + name
	}
	return name + " at " + s.currency().Display(amount)
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
		if s.basket.ID == "" { // it was kept by an older till
			s.basket.ID = s.desk.Till.Env.NewID("key_")
		}
		s.basket.Key = fmt.Sprintf("%s-%d", s.basket.ID, s.basket.Changes)
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

// findReceipt goes to where what somebody brings back is looked up by its receipt.
func (s *sale) findReceipt() tea.Cmd { return s.desk.Push(newFindReceipt(s.desk)) }

// startOver empties the sale, when it is really meant.
func (s *sale) startOver() tea.Cmd {
	if s.basket.empty() {
		return nil
	}
	return s.desk.Ask(Confirm("start over?", "the "+plural(len(s.basket.Cart.Lines), "line")+" of this sale will be gone.", "start over", "keep it",
		func() tea.Cmd { s.clear(); return s.keep() }))
}

// send lets go of the basket while it is paid: the screen is free for the next sale. The revision that comes
// back is the one up to which it is taken off the disk once it has become an order; 0 where it was not on the screen.
func (s *sale) send(f *flight) (revision int) {
	s.afloat = append(s.afloat, f)
	if b := f.bill.basket; b != nil {
		s.sent[b.Key] = true
	}
	if f.bill.basket == s.basket && s.basket != nil {
		s.clear()
		return s.box.leave()
	}
	return 0
}

// settle hears what came of a payment, wherever the person is by now.
func (s *sale) settle(msg paymentEnded) tea.Cmd {
	f := msg.flight
	s.afloat = slices.DeleteFunc(s.afloat, func(other *flight) bool { return other == f })
	s.desk.Busy(-1)
	look := s.tell(msg)
	if msg.order != nil {
		s.box.gone(f.revision)
	}
	b, watched := f.bill.basket, s.desk.app.shows(f)
	switch {
	case b == nil:
		return look
	case msg.over(): // it is an order now, and the sale is done
		return tea.Batch(look, s.write())
	case msg.order == nil:
		return s.takeBack(b, f)
	case watched: // it can be tried again, or changed
		b.Order = msg.order.ID
		return s.takeBack(b, f)
	}
	return tea.Batch(look, s.write())
}

// hear says what became of sales that were being paid when their console ended: nobody has heard it.
func (s *sale) hear() {
	for _, one := range s.box.news() {
		if !s.sent[one.key] {
			o := one.order
			s.desk.Say("order %s, %s: %s · it was on its way when till ended", o.Number, o.Cart.Currency.Display(o.Totals.Total), o.Label())
		}
	}
}

// takeBack puts a sale that was not paid on the screen again; where another is there by now, it is parked.
func (s *sale) takeBack(b *basket, f *flight) tea.Cmd {
	if !s.basket.empty() || s.fetching {
		gone, err := s.aparted(b)
		if err != nil {
			s.desk.Fail(err)
			return nil
		}
		s.lay(gone)
		return s.write()
	}
	s.show(b)
	if s.desk.app.shows(f) {
		s.payment = f.from
	}
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
