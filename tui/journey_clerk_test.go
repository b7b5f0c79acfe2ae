package tui

import (
	"fmt"
	"testing"
)

// A clerk's day, with nothing but the keys that the screen tells: a shift with a float, cash, a card whose bank asks,
// a sale that waits, a part that goes back, and a blind count.
func TestClerkJourney(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 18}} {
		at := fmt.Sprintf("-%dx%d", size[0], size[1])
		d := drive(t, size[0], size[1])
		d.openShift("100").sees("the shift is open, with €100.00").press("esc")

		// A scan and a note: €2.40 of 5.
		d.scan("4006381333931").press("enter", "a", "right").golden("journey-clerk-cash" + at)
		d.press("enter").sees("● paid", "€2.60").press("enter")

		// One sale waits while another customer pays by card, and shows their bank who they are.
		d.typed("mug<enter>").press("ctrl+p").sees("parked: enamel mug")
		d.typed("2*flat<enter>cro<enter>").press("ctrl+b", "ctrl+n", "ctrl+y").typed("germ<enter>Ada<tab>Lovelace<tab>ada@example.com").press("ctrl+s")
		d.sees("for Ada Lovelace").golden("journey-clerk-sale" + at)
		d.press("enter").payBy(challenged).press("enter").sees("THE CUSTOMER'S TURN").press("p").golden("journey-clerk-receipt" + at)
		d.press("enter", "ctrl+r").sees("enamel mug").press("enter", "a", "enter").sees("● paid").press("enter")

		// A coffee goes back, by the number on its receipt, to the card that paid.
		d.press("ctrl+f").scan("2").press("right").golden("journey-clerk-back" + at)
		d.press("enter").arm().press("y").sees("€3.90 refunded to Visa ••3184")
		d.press("f3").golden("journey-clerk-orders" + at)

		// 100 of float, 2.40 and 14.50 taken; the card's refund is not the drawer's.
		d.press("f5").sees("should be there", "€116.90").closeShift("116.40").sees("Z report 1", "short by €0.50").golden("journey-clerk-z" + at)
		if o, err := d.till.Order(t.Context(), "2"); err != nil || o.Sums().Net() != 600 {
			t.Errorf("%v: of the second order %d are kept, %v", size, o.Sums().Net(), err)
		}
	}
}
