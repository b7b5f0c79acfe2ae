package till_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"till/domain"
	"till/domain/till"
)

// Payments, refunds and disputes of a shop's history.

var deedsWithMoney = []deed{
	{16, (*lane).pays},
	{6, (*lane).sells},
	{3, (*lane).opensAPayment},
	{4, (*lane).paysSeveral},
	{34, (*lane).worksOnAPayment},
	{12, (*lane).worksOnARefund},
	{14, (*lane).paysTooLate},
}

// toPay is an order that can be paid, mostly.
func (c *lane) toPay() *domain.Order {
	var o *domain.Order
	for range 4 {
		if o = c.anOrder(); o != nil && c.IsPayable(o) {
			return o
		}
	}
	return o
}

func (c *lane) pays() bool {
	o := c.toPay()
	if o == nil {
		return false
	}
	wish := c.way(o)
	wish.Order = o.ID
	_ = c.tries("Pay", fmt.Sprintf("%s by %s", o.ID, wayOf(wish)), func(c *lane, in till.Intent) error {
		_, err := c.Pay(c.step, in, wish)
		return err
	})
	return true
}

// sells issues an order and pays it in one step.
func (c *lane) sells() bool {
	if len(c.shown) >= c.most {
		return false
	}
	order := c.newOrder()
	wish := c.way(&domain.Order{Document: domain.Document{Cart: order.Cart, Totals: order.Cart.Totals()}})
	issue := till.Intent{Key: c.env().NewID("key_")}
	_ = c.tries("Sell", wayOf(wish), func(c *lane, in till.Intent) error {
		_, err := c.Sell(c.step, issue, order, in, wish)
		return err
	})
	return true
}

func wayOf(w till.Payable) string {
	words := []string{w.Variant, w.Method, w.Source.Type, w.Source.ID, string(w.Capture)}
	if w.Card != nil {
		words = append(words, w.Card.Source().String())
	}
	if w.Amount != 0 {
		words = append(words, fmt.Sprint(w.Amount))
	}
	if !w.Date.IsZero() {
		words = append(words, "on "+w.Date.Format(time.RFC3339))
	}
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}

// way is how somebody wants to pay.
func (c *lane) way(o *domain.Order) till.Payable {
	s := c.shop
	w := till.Payable{Method: "card", Save: s.dice.IntN(5) == 0, Partial: s.dice.IntN(3) == 0, WithoutThreeDS: s.dice.IntN(3) == 0}
	if s.dice.IntN(6) == 0 {
		w.Amount = domain.Amount(1 + s.dice.IntN(int(max(1, o.BalanceDue()))))
	}
	switch s.dice.IntN(14) {
	case 0, 1:
		w.Method = "cash"
		w.Tendered = among(s, 0, 0, o.BalanceDue()+200, o.BalanceDue()/2)
		return w
	case 2, 6:
		w.Method = among(s, "ideal", "ideal", "sepa", "voucher", "cod", "paypal")
		w.Source = domain.Source{Fields: map[string]string{"bic": "INGBNL2A"}}
		w.Capture = among(s, "", "", domain.CaptureManual)
		return w
	case 3, 4:
		w.Source = c.kept()
	case 5:
		token, err := c.bank.Token(c.step, *c.aCard())
		c.fine(err)
		w.Source = domain.Source{Type: "token", ID: token.ID}
	default:
		w.Card = c.aCard()
	}
	w.Capture = among(s, "", domain.CaptureManual, domain.CaptureMultiple, domain.CaptureMultiple)
	w.ThreeDS = s.dice.IntN(6) == 0
	switch s.dice.IntN(12) {
	case 0:
		w.Date = c.Env.Now().Add(time.Duration(1+s.dice.IntN(20*24)) * time.Hour)
	case 1, 4:
		w.Retries, w.Card, w.Source = 1+s.dice.IntN(4), c.cardOf(shortOfFunds), domain.Source{}
	case 2:
		w.Verify, w.Amount = true, 0
	case 3:
		w.Variant = shortHold
	}
	return w
}

// aCard is one of the sandbox's: one that is approved without further ado, one that leads to something, or any.
func (c *lane) aCard() *domain.Card {
	number := goodCard
	switch c.dice.IntN(4) {
	case 0:
		number = among(c.shop, c.bank.Cards()...).Number
	case 1:
		number = among(c.shop, shortOfFunds, challengeCard, lookupCard, bounces, chargebackCard, laterFails, laterFails, laterFails)
	}
	if number == halfCard && !c.halves {
		number = goodCard
	}
	return c.cardOf(number)
}

func (c *lane) cardOf(number string) *domain.Card {
	for _, cvv := range []string{"", "123", "1234"} {
		if card, err := domain.ParseCard(number, "12/34", cvv, "", c.now); err == nil {
			return &card
		}
	}
	c.broken("no security code fits %s", number[:6])
	return nil
}

const chargebackCard = "4000000000000259"

// kept is a source, a customer or a mandate that is there already; a source that nobody has where there is none.
func (c *lane) kept() domain.Source {
	sources, err := c.Store.Sources(c.ctx, "")
	c.must(err)
	mandates, err := c.Store.Mandates(c.ctx)
	c.must(err)
	switch {
	case len(mandates) > 0 && c.dice.IntN(2) == 0:
		return domain.Source{Type: "mandate", ID: string(among(c.shop, mandates...).ID)}
	case len(sources) > 0 && c.dice.IntN(3) == 0:
		return domain.Source{Type: "customer", Customer: among(c.shop, sources...).Customer}
	case len(sources) > 0:
		return domain.Source{Type: "id", ID: among(c.shop, sources...).ID}
	}
	return domain.Source{Type: "id", ID: "src_nobody"}
}

func (c *lane) opensAPayment() bool {
	o := c.toPay()
	if o == nil {
		return false
	}
	form := c.dice.IntN(2) == 0
	_ = c.tries("OpenPayment", string(o.ID), func(c *lane, in till.Intent) error {
		_, err := c.OpenPayment(c.step, in, o.ID, 0, "", form)
		return err
	})
	return true
}

func (c *lane) paysSeveral() bool {
	var ids []domain.OrderID
	for _, row := range c.shown {
		if o, err := c.Store.Order(c.ctx, row.ID); err == nil && c.IsPayable(o) && len(ids) < 3 {
			ids = append(ids, row.ID)
		}
	}
	if len(ids) < 2 {
		return false
	}
	wish := till.Payable{Method: "card", Card: c.aCard(), Capture: among(c.shop, "", domain.CaptureManual)}
	_ = c.tries("PayGroup", fmt.Sprintf("%v by %s", ids, wayOf(wish)), func(c *lane, in till.Intent) error {
		_, _, err := c.PayGroup(c.step, in, ids, wish)
		return err
	})
	return true
}

// paymentDeeds are what can be done with a payment, by the names of its actions. They tell whether it is done as it is offered:
// all of it, and not with some wish that may be refused for itself.
var paymentDeeds = map[string]func(c *lane, o *domain.Order, p *domain.Payment) (usual bool){
	"capture": func(c *lane, _ *domain.Order, p *domain.Payment) bool {
		with := till.Capturing{Payment: p.ID, Amount: c.part(p.Sums.Capturable()), Final: c.dice.IntN(3) == 0}
		_ = c.tries("Capture", fmt.Sprintf("%s %d final %v", p.ID, with.Amount, with.Final), func(c *lane, in till.Intent) error { _, err := c.Capture(c.step, in, with); return err })
		return with.Amount == 0
	},
	"increment": func(c *lane, _ *domain.Order, p *domain.Payment) bool {
		with := till.Incrementing{Payment: p.ID, By: domain.Amount(c.dice.IntN(900))}
		if c.dice.IntN(4) == 0 {
			with.To, with.By = p.Sums.Authorized+with.By, 0
		}
		_ = c.tries("Increment", fmt.Sprintf("%s by %d to %d", p.ID, with.By, with.To), func(c *lane, in till.Intent) error { _, err := c.Increment(c.step, in, with); return err })
		return false
	},
	"void": func(c *lane, _ *domain.Order, p *domain.Payment) bool {
		_ = c.tries("Void", string(p.ID), func(c *lane, in till.Intent) error { _, err := c.Void(c.step, in, p.ID, ""); return err })
		return true
	},
	"reverse": func(c *lane, _ *domain.Order, p *domain.Payment) bool {
		_ = c.tries("Reverse", string(p.ID), func(c *lane, in till.Intent) error { _, err := c.Reverse(c.step, in, p.ID); return err })
		return true
	},
	"refund": func(c *lane, o *domain.Order, p *domain.Payment) bool {
		with := till.Refunding{Payment: p.ID, Amount: c.part(p.Sums.Refundable())}
		if c.dice.IntN(4) == 0 {
			with.Amount, with.Lines = 0, []domain.Pieces{{SKU: among(c.shop, o.Cart.Lines...).SKU, Quantity: int64(c.dice.IntN(2))}}
		}
		_ = c.tries("Refund", fmt.Sprintf("%s %d %v", p.ID, with.Amount, with.Lines), func(c *lane, in till.Intent) error { _, err := c.Refund(c.step, in, with); return err })
		return with.Amount == 0 && with.Lines == nil
	},
	"complete": func(c *lane, _ *domain.Order, p *domain.Payment) bool {
		result := "passed"
		if s := p.Session(); s != nil && c.dice.IntN(10) > 0 {
			result = among(c.shop, append(s.Kind.Results(), s.Kind.Results()[0])...)
		}
		_ = c.tries("Complete", string(p.ID)+" "+result, func(c *lane, in till.Intent) error { _, err := c.Complete(c.step, in, p.ID, result); return err })
		return false
	},
	"retry": func(c *lane, _ *domain.Order, p *domain.Payment) bool {
		_ = c.tries("RetryPayment", string(p.ID), func(c *lane, in till.Intent) error { _, err := c.RetryPayment(c.step, in, p.ID); return err })
		return true
	},
	"update": func(c *lane, _ *domain.Order, p *domain.Payment) bool {
		var with till.Editing
		switch c.dice.IntN(4) {
		case 0:
			with.Active = new(c.dice.IntN(2) == 0)
		case 1:
			with.Date = new(c.Env.Now().Add(time.Duration(c.dice.IntN(9*24)) * time.Hour))
		case 2:
			with.Method, with.Source = "card", new(c.kept())
		default:
			with.Address = &domain.Address{City: "Bonn", Country: "DE"}
		}
		_ = c.tries("UpdatePayment", string(p.ID), func(c *lane, in till.Intent) error { _, err := c.UpdatePayment(c.step, in, p.ID, with); return err })
		return false
	},
	"sync": func(c *lane, _ *domain.Order, p *domain.Payment) bool {
		_ = c.tries("Sync", string(p.ID), func(c *lane, in till.Intent) error { _, err := c.Sync(c.step, in, p.ID); return err })
		return true
	},
	"cancel": func(c *lane, _ *domain.Order, p *domain.Payment) bool {
		_ = c.tries("CancelPayment", string(p.ID), func(c *lane, in till.Intent) error { _, err := c.CancelPayment(c.step, in, p.ID); return err })
		return true
	},
	"fraud": func(c *lane, _ *domain.Order, p *domain.Payment) bool {
		says := domain.Screening{Status: among(c.shop, domain.FraudAccept, domain.FraudAccept, domain.FraudReject, domain.FraudReview)}
		_ = c.tries("Judge", string(p.ID)+" "+says.Status, func(c *lane, in till.Intent) error { _, err := c.Judge(c.step, in, p.ID, says); return err })
		return false
	},
}

// part is all of an amount (0), a part of it, or now and then more than there is.
func (c *lane) part(of domain.Amount) domain.Amount {
	switch c.dice.IntN(10) {
	case 0:
		return of + 1
	case 1, 2, 3, 4:
		return domain.Amount(c.dice.Int64N(int64(max(0, of)) + 1))
	}
	return 0
}

func (c *lane) worksOnAPayment() bool {
	o, p := c.aPayment()
	if p == nil {
		return false
	}
	choice := c.choice(c.PaymentActions(o, p))
	if usual := paymentDeeds[choice.Action](c, o, p); usual {
		c.asOffered(choice)
	}
	return true
}

func (c *lane) worksOnARefund() bool {
	failed := func(p *domain.Payment) bool {
		return slices.ContainsFunc(p.Refunds, func(r *domain.Refund) bool { return r.State == domain.RefundFailed || r.State == domain.RefundPending })
	}
	o, p := c.paymentWith(failed)
	if p == nil && c.dice.IntN(4) == 0 {
		o, p = c.paymentWith(func(p *domain.Payment) bool { return len(p.Refunds) > 0 })
	}
	if p == nil {
		return false
	}
	r := among(c.shop, p.Refunds...)
	for _, other := range p.Refunds {
		if other.State == domain.RefundPending {
			r = other
		}
	}
	choice := c.choice(c.RefundActions(o, p, r))
	if choice.Action == "cancel" {
		_ = c.tries("CancelRefund", string(r.ID), func(c *lane, in till.Intent) error { _, err := c.CancelRefund(c.step, in, r.ID); return err })
	} else {
		_ = c.tries("RetryRefund", string(r.ID), func(c *lane, in till.Intent) error { _, err := c.RetryRefund(c.step, in, r.ID); return err })
	}
	c.asOffered(choice)
	return true
}

// paysTooLate is a customer who pays at their bank when the order has been called off.
func (c *lane) paysTooLate() bool {
	o, p := c.paymentWith(func(p *domain.Payment) bool { return p.State == domain.PaymentNeedsAction && p.Session() != nil })
	if p == nil {
		return false
	}
	if c.tries("Move", string(o.ID)+" cancel", func(c *lane, in till.Intent) error {
		_, err := c.Move(c.step, in, o.ID, "cancel", till.Moving{})
		return err
	}) == nil {
		result := p.Session().Kind.Results()[0]
		_ = c.does("Customer", string(p.ID)+" "+result, func() error { return c.bank.Customer(c.step, p.ID, result) })
		c.fine(c.Listen(c.step))
	}
	if c.dice.IntN(4) > 0 {
		_ = c.tries("ReturnLate", string(o.ID), func(c *lane, in till.Intent) error { _, err := c.ReturnLate(c.step, in, o.ID); return err })
	}
	return true
}
