package tui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"till/domain"
	"till/domain/till"
)

// trade sells over two days by card and in cash, gives one back, and sells something for training.
func (d *driver) trade() {
	d.t.Helper()
	sell := func(price domain.Amount, training bool) domain.OrderID {
		o := d.sell(till.NewOrder{IsTest: training, Cart: domain.Cart{
			Currency: "EUR", Lines: []domain.Line{{Title: "mug", Price: price, Quantity: 1}},
		}})
		d.charge(o, visa)
		return o.ID
	}
	for i := range 5 {
		sell(domain.Amount(1200+i*700), false)
		d.wait(50 * time.Minute)
	}
	d.wait(19 * time.Hour)
	o := sell(4000, false)
	sell(9900, true)
	d.wait(2 * time.Hour)
	d.inCash(1500)
	if _, err := d.till.Refund(d.t.Context(), till.Intent{}, till.Refunding{Payment: d.folded(o).Last().ID, Amount: 1000}); err != nil {
		d.t.Fatal(err)
	}
	d.follow()
}

// inCash sells something that is paid in cash.
func (d *driver) inCash(price domain.Amount) {
	d.t.Helper()
	o := d.sell(till.NewOrder{Cart: domain.Cart{Currency: "EUR", Lines: []domain.Line{{Title: "mug", Price: price, Quantity: 1}}}})
	if _, err := d.till.Pay(d.t.Context(), till.Intent{}, till.Payable{Order: o.ID, Method: domain.Cash, Tendered: price}); err != nil {
		d.t.Fatal(err)
	}
	d.follow()
}

func TestSalesGoldens(t *testing.T) {
	for name, size := range map[string][2]int{"120x40": {120, 40}, "80x24": {80, 24}, "60x18": {60, 18}} {
		d := drive(t, size[0], size[1])
		d.press("f3", "g").golden("sales-none-" + name)
		d.trade()
		d.golden("sales-" + name)
		d.press("left").golden("sales-before-" + name)
	}
}

// A day is today until somebody goes to another; training is in no sum.
func TestSalesDays(t *testing.T) {
	d := drive(t, 120, 40)
	d.press("f5", "g")
	d.trade()
	d.sees("today, Sunday 22 November", "2 payments", "refunded €10.00", "card", "cash", "€30.00").lacks("€99.00", "€129.00")
	s := d.app.top().(*sales)
	d.press("left").sees("yesterday, Saturday 21 November", "5 payments")
	d.press("right", "right").sees("today") // no day that is yet to come
	for range chartDays {
		d.press("left")
	}
	d.sees("Sunday 8 November", "nothing came on this day", "› Sun  8 Nov").press("t").sees("today, Sunday")
	d.send(tea.MouseClickMsg{X: 80, Y: headerLines + len(s.head(116)) + 2 + 1, Button: tea.MouseLeft}).sees("yesterday, Saturday")
	d.press("esc").sees("the drawer")
}

// Bars stand for their amounts without colour; what gave back more than it took has none.
func TestBars(t *testing.T) {
	p := &sums{st: newStyles(true), columns: 40}
	rows := p.bars([]barRow{{label: "a", amount: 1000}, {label: "long", amount: 500, note: "× 2"}, {label: "c", amount: 1}, {label: "d", amount: -300}, {label: "e"}}, "EUR")
	for i, want := range []string{
		"a     █████████████████████  €10.00     ",
		"long  ██████████▌             €5.00  × 2",
		"c     ▏                       €0.01     ",
		"d                            -€3.00     ",
		"e                                 –     ",
	} {
		if got := ansi.Strip(rows[i]); got != want {
			t.Errorf("%q is not %q", got, want)
		}
	}
}

// folded is an order as it stands in the journal.
func (d *driver) folded(id domain.OrderID) *domain.Order {
	d.t.Helper()
	o, err := d.till.Store.Order(d.t.Context(), id)
	if err != nil {
		d.t.Fatal(err)
	}
	return o
}
