package tui

import (
	"testing"

	"till/domain/till"
)

// A payment that is not decided, of a sale that has left the screen, is told of on the sale until it is; a key leads to it.
func TestSaleTellsOfWhatWaits(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 18}} {
		d := drive(t, size[0], size[1]).lacks("not decided")
		d.typed("esp<enter>").press("enter").payBy(challenged).press("enter").sees("THE CUSTOMER'S TURN").press("esc", "f2")
		d.sees("◔ order 1, €2.40, is not decided · ctrl+g")
		d.typed("crs<enter>").sees("is not decided · ctrl+g") // also beside a sale
		d.press("ctrl+x", "y")
		d.typed("flat<enter>").press("enter").payBy(challenged).press("enter").press("esc", "f2").sees("◔ 2 payments are not decided · ctrl+g")
		d.press("ctrl+g").sees("order 1", "order 2", "€3.90").press("down", "enter").sees("order 1")
		d.decide("1")
		d.press("f2").sees("◔ order 2, €3.90, is not decided").press("ctrl+g").sees("order 2").press("f2")
		d.decide("2")
		d.lacks("not decided")
	}
}

// decide has the customer of an order's payment confirm it, as it is told from elsewhere.
func (d *driver) decide(number string) {
	d.t.Helper()
	o, err := d.till.Order(d.t.Context(), number)
	if err != nil {
		d.t.Fatal(err)
	}
	if _, err := d.till.Complete(d.t.Context(), till.Intent{}, o.Last().ID, "passed"); err != nil {
		d.t.Fatal(err)
	}
	d.follow()
}
