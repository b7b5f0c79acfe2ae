package tui

import (
	"strings"
	"testing"

	"till/domain"
)

// What a developer shows on a stage, with nothing but the console: a card that asks who pays, an answer that is lost,
// notices out of order, a chargeback that is answered, and a hold that runs out.
func TestStageJourney(t *testing.T) {
	d := toPay(t, 120, 40).payBy(challenged).press("ctrl+l", "enter").sees("THE CUSTOMER'S TURN", "what do they do?")
	d.press("p").sees("receipt", "held").press("ctrl+g").sees("hold", "14.50")
	first := d.orders()[0].ID
	stands := func(want domain.State) {
		t.Helper()
		o, err := d.till.Store.Order(t.Context(), first)
		if err != nil || o.State != want {
			t.Fatalf("the order is %s, want %s, %v", o.State, want, err)
		}
	}
	stands(domain.OrderHold)

	// The gateway captures and its answer is lost: both books differ until till asks.
	d.press("6", "tab", "tab", "tab", "down").sees("capture: timeout_after, the next call").press("enter").sees("faults (1 set)")
	d.press("shift+tab", "o", "c").arm().press("y").sees("unknown")
	d.press("6").sees("≠ differs", "an answer is still open").press("o", "s").sees("captured €14.50").press("6").sees("= same").lacks("≠")
	stands(domain.OrderPaid)

	// Two notices wait, and are told the other way round.
	d.press("shift+tab", "shift+tab", "h").sees("new notices are held back").press("f2").typed("esp<enter>").press("enter").payBy(visa).press("enter").sees("paid")
	d.press("f6").send(bankTicked{d.app.top().(*chair)}).sees("waits", "(3 wait)").press("down", "w").sees("swapped").press("enter", "a").lacks("waits ").press("h").sees("told at once")

	// The customer's bank takes the money back; it is answered and won.
	d.press("tab", "c").sees("choose it").press("down", "c").typed("<tab>13.1<tab><tab><enter>").sees("chargeback · open")
	d.press("f4").sees("1 open case").press("enter", "E").typed("tSigned for on the third.<enter>").press("E").typed("s").arm().press("y").sees("their turn")
	d.press("f6").sees("representment · responded").press("enter").sees("the merchant wins").press("o").sees("representment · won")

	// A hold that nobody captures runs out by the clock.
	d.press("f2").typed("crs<enter>").press("enter").payBy(visa).press("ctrl+l", "enter").sees("held")
	d.press("f6", "shift+tab").sees("what comes").press("t").typed("29d<enter>").sees("what has just happened", "lets go of what was held")
	rows := d.orders()
	if rows[0].Lifecycle != domain.OrderCancelled || !strings.Contains(d.screen(), "ahead of the machine's") {
		t.Errorf("the third order is %s:\n%s", rows[0].Lifecycle, d.screen())
	}
}
