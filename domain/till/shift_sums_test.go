package till_test

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"testing"
	"time"

	"pgregory.net/rapid"

	"till/domain"
	"till/domain/till"
)

// counter is somebody who stands beside the till and counts along.
type counter struct {
	*bench
	dice     *rapid.T
	shift    domain.ShiftID
	expected domain.Amount // in the drawer
	captured []domain.PaymentID
	held     []domain.PaymentID
}

// amount is a round one: others ask something special of the sandbox.
func (c *counter) amount() domain.Amount {
	return 100 * domain.Amount(rapid.IntRange(1, 50).Draw(c.dice, "amount"))
}

func (c *counter) order() (*domain.Order, domain.Amount) {
	wish := wanted(c.amount())
	wish.IsTest = rapid.IntRange(0, 5).Draw(c.dice, "training") == 0
	if rapid.IntRange(0, 4).Draw(c.dice, "dollars") == 0 {
		wish.Cart.Currency = "USD"
	}
	o, err := c.Issue(c.ctx, till.Intent{}, wish)
	c.must(err)
	return o, o.Total()
}

// drawer counts what goes into the drawer of the shift that is open, and looks whether the cash names that.
func (c *counter) drawer(r till.Result, a domain.Amount) {
	if r.Payment.Method != domain.Cash {
		return
	}
	if r.Operation.Shift != c.shift {
		c.Errorf("cash names the shift %q, open is %q", r.Operation.Shift, c.shift)
	}
	if c.shift != "" && !r.Order.IsTest && r.Order.Cart.Currency == "EUR" {
		c.expected += a
	}
}

func (c *counter) steps() map[string]func() {
	return map[string]func(){
		"cash": func() {
			o, total := c.order()
			r, err := c.Pay(c.ctx, till.Intent{}, till.Payable{Order: o.ID, Method: domain.Cash})
			c.must(err)
			c.drawer(r, total)
			c.captured = append(c.captured, r.Payment.ID)
		},
		"card": func() {
			o, _ := c.order()
			number := rapid.SampledFrom([]string{"4242424242424242", "5436031030606378"}).Draw(c.dice, "card")
			r, err := c.Pay(c.ctx, till.Intent{}, till.Payable{Order: o.ID, Method: "card", Card: c.card(number)})
			c.must(err)
			c.captured = append(c.captured, r.Payment.ID)
		},
		"hold": func() {
			o, _ := c.order()
			c.held = append(c.held, c.hold(o).Payment.ID)
		},
		"capture": func() {
			if len(c.held) > 0 {
				r, err := c.Capture(c.ctx, till.Intent{}, till.Capturing{Payment: c.held[0]})
				c.must(err)
				c.held, c.captured = c.held[1:], append(c.captured, r.Payment.ID)
			}
		},
		"refund": func() {
			if len(c.captured) == 0 {
				return
			}
			id := rapid.SampledFrom(c.captured).Draw(c.dice, "payment")
			a := c.amount()
			r, err := c.Refund(c.ctx, till.Intent{}, till.Refunding{Payment: id, Amount: a})
			if domain.CodeOf(err) == domain.CodeIllegalTransition { // more than is left
				return
			}
			c.must(err)
			c.drawer(r, -a)
		},
		"pay in": func() {
			a := c.amount()
			if _, err := c.PayIn(c.ctx, till.Intent{}, a, "change"); c.shift != "" {
				c.must(err)
				c.expected += a
			} else {
				c.code(err, domain.CodeIllegalTransition)
			}
		},
		"pay out": func() {
			a := c.amount()
			if _, err := c.PayOut(c.ctx, till.Intent{}, a, "milk"); c.shift != "" && a <= c.expected {
				c.must(err)
				c.expected -= a
			} else {
				c.code(err, domain.CodeIllegalTransition)
			}
		},
		"shift": func() { c.turn() },
		"later": func() { c.clock.forward(time.Duration(rapid.IntRange(1, 200).Draw(c.dice, "minutes")) * time.Minute) },
	}
}

// turn opens a shift, or closes the one that is open.
func (c *counter) turn() {
	if c.shift == "" {
		c.expected = c.amount()
		c.shift = c.openShift(c.expected).ID
		return
	}
	before, x, err := c.XReport(c.ctx)
	c.must(err)
	counted := max(0, c.expected) // it is below 0 where more cash was given back than the till knew of
	z := c.closeShift(counted)
	if d := z.Report.Drawer; d.Expected != c.expected || d.Difference != counted-c.expected || x.Drawer.Expected != c.expected {
		c.Errorf("expected are %d, Z %+v, X %+v", c.expected, d, x.Drawer)
	}
	c.inTwo(before, x)
	c.shift = ""
}

// inTwo adds the report up in two goes; it comes to the same.
func (c *counter) inTwo(s *domain.Shift, want domain.ShiftReport) {
	first := s.Tally()
	cut := domain.Seq(rapid.IntRange(1, int(c.last())).Draw(c.dice, "cut"))
	c.must(c.Store.Lives(c.ctx, first.After(), func(life []domain.Entry) error {
		n := 0
		for n < len(life) && life[n].Seq <= cut {
			n++
		}
		return first.Take(life[:n])
	}))
	second := first.Onward()
	c.must(c.Store.Lives(c.ctx, second.After(), second.Take))
	if got := second.Report(s); fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
		c.Errorf("in two goes %+v\nin one %+v", got, want)
	}
}

func (c *counter) last() domain.Seq {
	entries, err := c.Store.Entries(c.ctx, "", 0, 0, 0)
	c.must(err)
	return entries[len(entries)-1].Seq
}

// bucket is what must come to the same by orders and by reports.
type bucket struct {
	training bool
	currency domain.Currency
	method   string
	brand    domain.Brand
}

// soldByOrders adds up where the orders stand now, and how many were issued.
func soldByOrders(ctx context.Context, store domain.Store) (map[bucket]domain.MoneySum, int, error) {
	sums, issued := map[bucket]domain.MoneySum{}, 0
	return sums, issued, store.Lives(ctx, 0, func(life []domain.Entry) error {
		o, err := domain.Fold(life)
		if err != nil {
			return err
		}
		if o.Number != "" {
			issued++
		}
		for _, p := range o.Payments {
			if s := p.Sums; s.Captured > 0 {
				at := bucket{o.IsTest, o.Cart.Currency, p.Method, p.Source.Brand}
				sums[at] = sums[at].Plus(domain.MoneySum{
					Sales: 1, Taken: s.Captured, Refunded: s.Returned(), Reversed: s.Reversed, Disputed: s.DisputedHeld + s.DisputedLost, Rounded: s.Rounded,
				})
			}
		}
		return nil
	})
}

// soldByReports adds up all Z reports, and how many orders they name.
func soldByReports(ctx context.Context, store domain.Store) (map[bucket]domain.MoneySum, int, error) {
	sums, orders := map[bucket]domain.MoneySum{}, 0
	shifts, err := store.Shifts(ctx, 0, 1000)
	for _, s := range shifts {
		for training, lists := range map[bool][][]domain.Takings{false: {s.Report.Sales, s.Report.Apart}, true: {s.Report.Training}} {
			for _, list := range lists {
				for _, t := range list {
					orders += t.Orders
					for _, m := range t.Methods {
						at := bucket{training, t.Currency, m.Method, m.Brand}
						sums[at] = sums[at].Plus(m.MoneySum)
					}
				}
			}
		}
	}
	return sums, orders, err
}

// Whatever is sold, given back and counted: all reports together come to what all orders come to.
func TestReportsAddUpToTheOrders(t *testing.T) {
	if f := flag.Lookup("rapid.checks"); f.Value.String() == f.DefValue { // each writes a file of its own
		if err := f.Value.Set("25"); err != nil {
			t.Fatal(err)
		}
	}
	rapid.Check(t, func(dice *rapid.T) {
		c := &counter{bench: newBench(t, nil), dice: dice}
		steps := c.steps()
		names := rapid.SliceOfN(rapid.SampledFrom(keysOf(steps)), 20, 40).Draw(dice, "steps")
		for _, name := range names {
			steps[name]()
		}
		if c.turn(); c.shift != "" { // the last report lists what came before it apart
			c.turn()
		}
		byReports, named, err := soldByReports(c.ctx, c.Store)
		c.must(err)
		byOrders, issued, err := soldByOrders(c.ctx, c.Store)
		c.must(err)
		if !maps.Equal(byOrders, byReports) {
			dice.Fatalf("by orders  %v\nby reports %v", byOrders, byReports)
		}
		if named != issued {
			dice.Fatalf("%d orders in reports, %d were issued", named, issued)
		}
	})
}

func keysOf(steps map[string]func()) []string {
	var names []string
	for _, name := range []string{"cash", "card", "hold", "capture", "refund", "pay in", "pay out", "shift", "later"} {
		if steps[name] != nil {
			names = append(names, name)
		}
	}
	return names
}
