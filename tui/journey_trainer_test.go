package tui

import (
	"fmt"
	"strings"
	"testing"
)

// What a trainer shows to a room: an order held, taken, given back in part and claimed back; every machine of it, its
// life entry by entry, why something is not possible, and where all keys are told.
func TestTrainerJourney(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 18}} {
		at := fmt.Sprintf("-%dx%d", size[0], size[1])
		d := toPay(t, size[0], size[1]).payBy(visa).press("ctrl+l", "enter").sees("◈ hold").press("ctrl+g")
		d.press("ctrl+k").typed("refund").sees("not while the payment is authorized").golden("journey-trainer-why" + at)
		d.press("esc", "c").arm().press("y").sees("● paid")
		d.press("r").arm().typed("4.50").press("enter").sees("part refunded")
		d.press("6", "tab", "c").press("c").typed("<tab>13.1<tab>10<tab><enter>").sees("chargeback · open").press("o")

		// One machine after the other comes to the front, and then all stand as before.
		s, ok := d.app.top().(*order)
		if !ok {
			t.Fatalf("no order:\n%s", d.screen())
		}
		d.golden("journey-trainer-order" + at)
		var fronts []string
		for range 4 {
			d.press("g")
			fronts = append(fronts, s.ahead)
			if s.ahead == "refund" {
				d.golden("journey-trainer-refund" + at)
			}
		}
		if got := strings.Join(fronts, " "); !strings.Contains(got, "order") || !strings.Contains(got, "payment") || !strings.Contains(got, "refund") {
			t.Errorf("%v: in front were %s", size, got)
		}

		// Its life from the first entry, forward by steps, and played to the present.
		d.press("{").sees("entry 1 of 9").press("]", "]", "]").sees("entry 4 of 9", "◈ hold").golden("journey-trainer-hold" + at)
		d.press("{", "space").sees("playing")
		for range 8 {
			d.send(orderPlayed{s, s.played})
		}
		d.lacks("playing", "as it was on").sees("⚑ dispute: chargeback · open")
		d.press("C").golden("journey-trainer-ladder" + at)
		d.press("?").sees("rewind", "play", "everywhere").golden("journey-trainer-help" + at)
	}
}
