package tui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// shop is a console of a size on the demonstration store.
func shop(t *testing.T, width, height int) *driver {
	t.Helper()
	d := driveWith(t, width, height, nil)
	if err := d.till.Stock(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.start(width, height)
	return d
}

// takes is an order of these articles.
func (d *driver) takes(customer string, articles ...domain.Line) *domain.Order {
	d.t.Helper()
	return d.sell(till.NewOrder{
		Cart:   domain.Cart{Currency: "EUR", Lines: articles},
		Client: domain.Person{LegalName: customer, Email: "someone@example.com"},
	})
}

var (
	sidamo = domain.Line{SKU: "402", Title: "Single origin Sidamo, 250 g", Price: 1600, Quantity: 1}
	cups   = domain.Line{SKU: "501", Title: "Stoneware cup", Price: 1900, Quantity: 2}
	kettle = domain.Line{SKU: "502", Title: "Pour-over kettle", Price: 7900, Quantity: 1}
	sencha = domain.Line{SKU: "201", Title: "Sencha", Price: 500, Quantity: 3}
	buns   = domain.Line{SKU: "302", Title: "Cinnamon bun", Price: 350, Quantity: 2}
)

// The pictures of the README are the screens as they are: go test ./tui -run TestPicture -update.
func TestPictureOfASale(t *testing.T) {
	d := shop(t, 104, 22).regulars()
	d.press("ctrl+b").typed("grace<enter>")
	d.typed("flat<enter>2*cup<enter>3*croissant<enter>10%<enter>cinnamon<enter>").typed("darj").picture("sale")

	shop(t, 104, 29).typed("kettle<enter>").press("enter").payBy(challenged).press("enter").picture("challenge")
}

// An order that was held, taken, given back in part and claimed back.
func TestPictureOfAnOrder(t *testing.T) {
	d := shop(t, 120, 45)
	o := d.sell(till.NewOrder{
		SkipCapture: true, Cart: domain.Cart{Currency: "EUR", Lines: []domain.Line{sidamo, cups}},
		Client: domain.Person{FirstName: "Ada", LastName: "Lovelace", Email: "ada@example.com"},
	})
	held := d.charge(o, visa)
	d.wait(20 * time.Minute)
	if _, err := d.till.Capture(d.t.Context(), till.Intent{}, till.Capturing{Payment: held.Payment.ID}); err != nil {
		t.Fatal(err)
	}
	d.wait(26 * time.Hour)
	if _, err := d.till.Refund(d.t.Context(), till.Intent{}, till.Refunding{Payment: held.Payment.ID, Amount: 1600}); err != nil {
		t.Fatal(err)
	}
	d.wait(49 * time.Hour)
	d.raise(o, domain.Raising{Stage: domain.StageChargeback, Reason: "13.1", Amount: 1900})
	d.look(o)
	d.picture("order")
	d.press("C").send(tea.WindowSizeMsg{Width: 120, Height: 38}).picture("case")
}

// A day with everything that needs somebody.
func TestPictureOfTheOrders(t *testing.T) {
	d := shop(t, 120, 24)
	d.openShift("150").press("esc")
	for range 3 {
		d.charge(d.takes("Grace Hopper", sencha, buns), visa)
		d.wait(37 * time.Minute)
		d.charge(d.takes("Alan Turing", cups), visa)
		d.inCash(1250)
		d.wait(61 * time.Minute)
	}
	d.raise(d.paid("Emmy Noether", cups, buns), domain.Raising{Stage: domain.StageChargeback, Reason: "13.1", RespondIn: 52 * time.Hour})
	d.charge(d.takes("Kurt Gödel", kettle), refused)
	d.wait(9 * time.Minute)
	d.lose(domain.Authorize, 1)
	d.charge(d.takes("Ada Lovelace", sidamo, cups), visa)
	d.charge(d.sell(till.NewOrder{SkipCapture: true, Cart: domain.Cart{Currency: "EUR", Lines: []domain.Line{kettle}}, Client: domain.Person{LegalName: "Mary Jackson", Email: "a@example.com"}}), visa)
	d.press("f3").picture("orders")
	d.press("f6", "shift+tab").picture("clock")
	d.run(d.app.setTheme(Light))
	d.press("f3", "g").send(tea.WindowSizeMsg{Width: 120, Height: 29}).picture("sales")
}

// paid is an order that was paid by card.
func (d *driver) paid(customer string, articles ...domain.Line) *domain.Order {
	d.t.Helper()
	o := d.takes(customer, articles...)
	d.charge(o, visa)
	return o
}
