// Package receipt writes an order as a slip: as text, and as bytes for an ESC/POS printer. A slip is made from the
// order each time, nothing of it is kept.
package receipt

import (
	"strings"
	"time"

	"till/domain"
)

// Options is what a slip needs beside the order.
type Options struct {
	Shop      string // stands on top
	Width     int    // columns; 42 if 0, and at least 24
	Duplicate bool   // it has been printed before
	Payform   string // where an unpaid order can be paid; "" nowhere
}

const (
	usualWidth    = 42
	smallestWidth = 24
)

// Text is the slip as lines of text, none wider than the options say, with a line end behind each. Text from
// outside is inert in it.
func Text(o *domain.Order, opts Options) string {
	return compose(o, opts).String()
}

func (opts Options) width() int {
	if opts.Width == 0 {
		return usualWidth
	}
	return max(opts.Width, smallestWidth)
}

// compose puts the slip together, from top to bottom.
func compose(o *domain.Order, opts Options) *slip {
	s := &slip{order: o, width: opts.width()}
	s.head(opts)
	s.customer()
	s.rule()
	s.articles()
	s.rule()
	s.sums()
	s.rule()
	s.payments()
	s.payform(opts)
	s.end()
	s.barcode()
	return s
}

func (s *slip) head(opts Options) {
	o := s.order
	s.centred(opts.Shop, true)
	if opts.Duplicate {
		s.centred("DUPLICATE", true)
	}
	if o.IsTest {
		s.centred("TRAINING", true)
	}
	s.blank()
	number := "draft"
	if o.Number != "" {
		number = "order " + o.Number
	}
	s.row("", number, o.HumanID, false)
	at := o.IssuedAt
	if at.IsZero() {
		at = o.CreatedAt
	}
	s.text(0, at.UTC().Format("2006-01-02 15:04")+" UTC")
}

// customer is left out for somebody who told nothing, or was forgotten.
func (s *slip) customer() {
	p := s.order.Client
	a := p.Address
	town := strings.Join(strings.Fields(a.Postcode+" "+a.City+" "+a.Area), " ")
	if p.Name() != "" || a.Line1 != "" || town != "" {
		s.blank()
	}
	for _, text := range []string{p.Name(), a.Line1, a.Line2, town, a.Country} {
		s.text(0, text)
	}
}

func (s *slip) articles() {
	for _, l := range s.order.Cart.Lines {
		s.article(l)
	}
}

// sums shows each amount that is there, and always the subtotal and the total.
func (s *slip) sums() {
	t := s.order.Totals
	s.row("", "subtotal", s.money(t.Subtotal), false)
	s.amount("discount", -t.Discount)
	if !s.order.Cart.PricesIncludeTax {
		s.amount("tax", t.Tax)
	}
	s.amount("delivery", t.Delivery)
	s.amount("tip", t.Tip)
	s.row("", "TOTAL "+string(s.order.Cart.Currency), s.money(t.Total), true)
	if s.order.Cart.PricesIncludeTax {
		s.amount("tax, included in the prices", t.Tax)
	}
}

func (s *slip) payments() {
	o := s.order
	for _, p := range o.Payments {
		if p.Sums.Captured > 0 || p.Sums.Held() > 0 {
			s.payment(p)
		}
	}
	s.amount("received outside the till", o.Outside)
	s.amount("written off", o.WrittenOff)
	s.row("", "balance due", s.money(o.BalanceDue()), true)
}

// payment asks the sums what became of the money: one that was captured in part may hold the rest, and a reversed
// one was captured before.
func (s *slip) payment(p *domain.Payment) {
	source := sourceOf(p)
	s.amount(source, p.Sums.Captured)
	if held := p.Sums.Held(); held > 0 {
		s.amount(source, held)
		s.text(2, "held, not captured")
	}
	if p.Provided != "" {
		s.text(2, "reference "+p.Provided)
	}
	if p.Rounded != 0 && p.Sums.Captured > 0 {
		s.part("rounding", p.Rounded)
		s.row("  ", "in cash", s.money(p.Cash()), false)
	}
	if p.Tendered > 0 {
		s.row("  ", "tendered", s.money(p.Tendered), false)
		s.row("  ", "change", s.money(p.Change()), false)
	}
	s.part("reversed", -p.Sums.Reversed)
	for _, r := range p.Refunds {
		if r.State == domain.RefundSucceeded {
			s.part("refunded "+day(r.CreatedAt), -r.Amount)
			s.part("rounding", -r.Rounded)
		}
	}
	s.part("refund on its way", -p.Sums.RefundPending)
	s.part("disputed, held by the bank", -p.Sums.DisputedHeld)
	s.part("taken back by the bank", -p.Sums.DisputedLost)
}

// sourceOf is "Visa ••4242" or "cash"; the method, where the source has no name.
func sourceOf(p *domain.Payment) string {
	if p.Source.Type == "" {
		return p.Method
	}
	return p.Source.String()
}

// payform says where what is still due can be paid: as text, and as a code on paper.
func (s *slip) payform(opts Options) {
	if opts.Payform == "" || s.order.BalanceDue() == 0 {
		return
	}
	s.blank()
	s.centred("pay here:", false)
	s.centred(opts.Payform, false)
	s.add(line{printed: qrCode(domain.Inert(opts.Payform))})
}

// barcode is the order's short name for a scanner, on paper only: what comes back is found by it.
func (s *slip) barcode() {
	if code := code128(s.order.HumanID); code != "" {
		s.add(line{printed: code})
	}
}

func day(t time.Time) string { return t.UTC().Format("2006-01-02") }

// end is the last line, as under a letter.
func (s *slip) end() {
	s.blank()
	switch {
	case s.order.IsTest:
		s.centred("this was practice, no money moved.", false)
	case s.order.BalanceDue() > 0:
		s.centred("with kind regards, until soon.", false)
	default:
		s.centred("thank you, and good day to you.", false)
	}
}
