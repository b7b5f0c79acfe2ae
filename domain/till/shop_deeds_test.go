package till_test

import (
	"fmt"
	"slices"
	"time"

	"till/domain"
	"till/domain/till"
)

// What people do in a shop: sell, and look after orders. Payments, people, the drawer and the gateway are in files of their own.

// deed is something that somebody may do, and how often they do. It tells whether there was anything to do it with.
type deed struct {
	weight int
	do     func(*lane) bool
}

// deeds are grouped by what they are about: every history has a group that comes more often.
var deeds = [][]deed{deedsWithOrders, deedsWithMoney, deedsWithCases, deedsWithPeople, deedsWithTheDrawer, deedsAtTheGateway}

// more is how much more often.
const more = 4

// draw says what is done next. A day begins with something that is sold; what others are just doing is done by them again.
func (c *lane) draw() deed {
	s := c.shop
	if s.within == 2 && s.dice.IntN(3) == 0 {
		return deed{1, (*lane).repeats}
	}
	if len(c.shown) < min(2, c.most) && s.dice.IntN(2) == 0 {
		return deed{1, (*lane).issues}
	}
	var all []deed
	sum := 0
	for i, group := range deeds {
		for _, d := range group {
			if i == s.about {
				d.weight *= more
			}
			all, sum = append(all, d), sum+d.weight
		}
	}
	at := s.dice.IntN(sum)
	for _, d := range all {
		if at -= d.weight; at < 0 {
			return d
		}
	}
	return all[0]
}

var deedsWithOrders = []deed{
	{14, (*lane).issues},
	{2, (*lane).drafts},
	{6, (*lane).movesAnOrder},
	{1, (*lane).prints},
	{5, (*lane).repeats},
	{5, (*lane).advances},
	{4, func(c *lane) bool { return c.does("Tend", "", func() error { return c.Tend(c.step) }) == nil }},
	{1, func(c *lane) bool { return c.does("TendDates", "", func() error { return c.TendDates(c.step) }) == nil }},
	{6, func(c *lane) bool { return c.does("Listen", "", func() error { return c.Listen(c.step) }) == nil }},
}

// orders are those of the list that a lane shows.
func (c *lane) orders() []domain.OrderRow {
	page, err := c.Store.Orders(c.ctx, domain.OrderQuery{Size: 100})
	c.must(err)
	return page.Items
}

// anOrder is one of the shop's; nil if there is none yet.
func (c *lane) anOrder() *domain.Order {
	if len(c.shown) == 0 {
		return nil
	}
	o, err := c.Store.Order(c.ctx, among(c.shop, c.shown...).ID)
	c.must(err)
	return o
}

// aPayment is one of the shop's, with its order; nil if there is none yet.
func (c *lane) aPayment() (*domain.Order, *domain.Payment) {
	return c.paymentWith(func(*domain.Payment) bool { return true })
}

// paymentWith is a payment of which something holds, with its order; nil if there is none.
func (c *lane) paymentWith(holds func(*domain.Payment) bool) (*domain.Order, *domain.Payment) {
	for _, at := range c.dice.Perm(len(c.shown)) {
		o, err := c.Store.Order(c.ctx, c.shown[at].ID)
		c.must(err)
		fit := slices.DeleteFunc(slices.Clone(o.Payments), func(p *domain.Payment) bool { return !holds(p) })
		if len(fit) > 0 {
			return o, among(c.shop, fit...)
		}
	}
	return nil, nil
}

func (c *lane) issues() bool {
	if len(c.shown) >= c.most {
		return false
	}
	wish := c.newOrder()
	_ = c.tries("Issue", fmt.Sprintf("%d %s", wish.Cart.Totals().Total, wish.Cart.Currency), func(c *lane, in till.Intent) error {
		_, err := c.Issue(c.step, in, wish)
		return err
	})
	return true
}

func (c *lane) drafts() bool {
	if len(c.shown) >= c.most {
		return false
	}
	wish := c.newOrder()
	_ = c.tries("Draft", "", func(c *lane, in till.Intent) error {
		_, err := c.Draft(c.step, in, wish)
		return err
	})
	return true
}

// newOrder is what somebody wants to buy.
func (c *lane) newOrder() till.NewOrder {
	s := c.shop
	wish := till.NewOrder{
		Client: s.somebody(), Cart: s.cart(), MaxAttempts: among(s, 0, 0, 1, 3), DenyOverdue: s.dice.IntN(4) == 0,
		IsTest: s.dice.IntN(8) == 0, SkipCapture: s.dice.IntN(8) == 0,
	}
	switch s.dice.IntN(8) {
	case 0:
		wish.Due = c.Env.Now().Add(time.Duration(s.dice.IntN(20*24)) * time.Hour)
	case 1: // an import
		wish.IssuedAt, wish.Reference = c.Env.Now().Add(-time.Duration(s.dice.IntN(90))*day), fmt.Sprintf("R-%d", s.dice.IntN(3))
	case 2:
		wish.Counter, wish.Client = true, domain.Person{}
	}
	return wish
}

// cart is a few lines of one currency, with discounts and taxes of all kinds.
func (s *shop) cart() domain.Cart {
	cart := domain.Cart{Currency: among[domain.Currency](s, "EUR", "EUR", "EUR", "USD", "JPY", "KWD"), PricesIncludeTax: s.dice.IntN(2) == 0}
	for i := range 1 + s.dice.IntN(3) {
		line := domain.Line{
			SKU: fmt.Sprintf("S%d", i), Title: among(s, "tea", "flat white", "beans"), Price: domain.Amount(1 + s.dice.IntN(3000)), Quantity: int64(1 + s.dice.IntN(3)),
			TaxPercent: among(s, percents...), DiscountPercent: among(s, percents...),
		}
		if s.dice.IntN(4) == 0 {
			line.DiscountAmount = domain.Amount(s.dice.IntN(int(line.Price)))
		}
		cart.Lines = append(cart.Lines, line)
	}
	if s.dice.IntN(4) == 0 {
		cart.Discount = domain.Amount(s.dice.IntN(500))
	}
	if s.dice.IntN(4) == 0 {
		cart.Delivery, cart.Tip = domain.Amount(s.dice.IntN(900)), domain.Amount(s.dice.IntN(300))
	}
	if s.dice.IntN(2) == 0 { // a round sum, of which no test card decides by its last digits
		cart = domain.Cart{Currency: cart.Currency, Lines: []domain.Line{{SKU: "S0", Title: "tea", Price: 1000, Quantity: int64(1 + s.dice.IntN(4))}}}
	}
	return cart
}

// movesAnOrder does one of an order's own actions, mostly one that is offered.
func (c *lane) movesAnOrder() bool {
	o := c.anOrder()
	if o == nil {
		return false
	}
	choice := c.choice(c.OrderActions(o))
	switch action := choice.Action; action {
	case "pay":
		return c.pays()
	case "issue":
		_ = c.tries("Resume", string(o.ID), func(c *lane, in till.Intent) error { _, err := c.Resume(c.step, in, o.ID); return err })
		c.asOffered(choice)
	case "accept_late":
		if c.dice.IntN(2) == 0 {
			_ = c.tries("ReturnLate", string(o.ID), func(c *lane, in till.Intent) error { _, err := c.ReturnLate(c.step, in, o.ID); return err })
			return true
		}
		fallthrough
	default:
		with := till.Moving{}
		if action == "extend" {
			with.Due = c.Env.Now().Add(time.Duration(c.dice.IntN(400)-20) * time.Hour)
		}
		_ = c.tries("Move", string(o.ID)+" "+action, func(c *lane, in till.Intent) error {
			if action == "reject" {
				in.Source = domain.ByCustomer // nobody else may
			}
			_, err := c.Move(c.step, in, o.ID, action, with)
			return err
		})
		if action != "extend" {
			c.asOffered(choice)
		}
	}
	return true
}

// choice is an action, mostly one that is possible.
func (c *lane) choice(all []till.Choice) till.Choice {
	possible := slices.DeleteFunc(slices.Clone(all), func(c till.Choice) bool { return c.Refusal != "" })
	if len(possible) == 0 || c.dice.IntN(10) == 0 {
		possible = all
	}
	for _, without := range []func(till.Choice) bool{isQuiet, isUsual} {
		if left := slices.DeleteFunc(slices.Clone(possible), without); len(left) > 0 && c.dice.IntN(4) > 0 {
			possible = left
		}
	}
	return among(c.shop, possible...)
}

// asOffered checks that what is offered is possible, and what is not is refused, where nothing came in between.
func (c *lane) asOffered(choice till.Choice) {
	code := domain.CodeOf(c.last)
	switch {
	case !c.calm:
	case choice.Refusal == "" && code == domain.CodeIllegalTransition:
		c.broken("%s was offered, and refused: %v", choice.Action, c.last)
	case choice.Refusal != "" && code != domain.CodeIllegalTransition:
		c.broken("%s was not offered (%s), and came to: %v", choice.Action, choice.Refusal, c.last)
	}
}

// isQuiet holds for what is possible nearly always and moves nothing.
func isQuiet(c till.Choice) bool {
	return slices.Contains([]string{"sync", "fraud", "view", "acknowledge", "allow_overdue", "deny_overdue", "extend"}, c.Action)
}

// isUsual holds for what does not lead to what is rare.
func isUsual(c till.Choice) bool {
	return !slices.Contains([]string{"capture", "accept_late", "close_short", "cancel", "retry", "complete", "reverse", "withdraw", "file", "decline"}, c.Action)
}

func (c *lane) prints() bool {
	o := c.anOrder()
	if o == nil {
		return false
	}
	_ = c.tries("Printed", string(o.ID), func(c *lane, in till.Intent) error { _, err := c.Printed(c.step, in, o.ID, "text"); return err })
	return true
}

// repeats asks once more for something under its key, as after an answer that nobody heard.
func (c *lane) repeats() bool {
	if len(c.again) == 0 {
		return false
	}
	last := c.again[len(c.again)-1]
	if c.within == 1 {
		last = among(c.shop, c.again[max(0, len(c.again)-4):]...)
	}
	_ = c.does(last.name, "again: "+last.about, func() error { return last.do(c, last.in) })
	return true
}

func (c *lane) advances() bool {
	by := among(c.shop, time.Second, 40*time.Second, 16*time.Minute, 70*time.Minute, 26*time.Hour, 8*day, 35*day)
	by += time.Duration(c.dice.Int64N(int64(by)))
	switch c.dice.IntN(4) {
	case 0:
		_ = c.tries("AdvanceNext", "", func(c *lane, in till.Intent) error { _, err := c.AdvanceNext(c.step, in); return err })
	case 1:
		to := c.Env.Now().Add(by)
		_ = c.tries("AdvanceTo", to.Format(time.RFC3339), func(c *lane, in till.Intent) error { _, err := c.AdvanceTo(c.step, in, to); return err })
	default:
		_ = c.tries("Advance", by.String(), func(c *lane, in till.Intent) error { _, err := c.Advance(c.step, in, by); return err })
	}
	return true
}
