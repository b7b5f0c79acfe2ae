package tui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
)

// Test cards of the sandbox, by what they do.
const (
	challenged = "4000002760003184"
	reviewed   = "4000000000009235"
	slowRefund = "4000000000007726"
)

// payBy types a card into the Payment screen's form, up to the Enter that pays.
func (d *driver) payBy(number string) *driver {
	d.t.Helper()
	return d.press("c").typed(number + "<tab>1234<tab>123<tab>")
}

// onCounter is the only order in the journal.
func (d *driver) onCounter() *domain.Order {
	d.t.Helper()
	rows := d.orders()
	if len(rows) != 1 {
		d.t.Fatalf("%d orders", len(rows))
	}
	o, err := d.till.Store.Order(d.t.Context(), rows[0].ID)
	if err != nil {
		d.t.Fatal(err)
	}
	return o
}

// The customer's turn shows the link, the time that is left and what they can do; passed leads to the receipt.
func TestChallengePassedOnScreen(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 18}} {
		d := toPay(t, size[0], size[1]).payBy(challenged).press("enter")
		d.sees("THE CUSTOMER'S TURN", "15:00 left", "until 09:45:00", "passed", "abandoned")
		d.golden(fmt.Sprintf("flight-turn-%dx%d", size[0], size[1]))
		if code := strings.Contains(d.screen(), "█▀▀▀▀▀█"); code != (size[0] > 60) {
			t.Errorf("at %v the QR code is there: %t", size, code)
		}
		d.press("p").sees("receipt", "paid")
		if p := d.onCounter().Last(); p.ThreeDS.Status != "challenge_ok" {
			t.Errorf("3DS: %+v", p.ThreeDS)
		}
	}
}

func TestCountdownRuns(t *testing.T) {
	d := toPay(t, 80, 24).payBy(challenged).press("enter")
	d.wait(61 * time.Second).send(flightTicked{d.app.top().(*flight)}).sees("13:59")
	d.press("ctrl+y").sees("copied")
	if !strings.HasPrefix(d.copied, "https://sandbox.till.invalid/challenge/sid_") {
		t.Errorf("copied %q", d.copied)
	}
}

// A customer who fails ends the attempt; the order can be paid in another way from there.
func TestChallengeFailed(t *testing.T) {
	d := toPay(t, 80, 24).payBy(challenged).press("enter", "f").sees("✗  DECLINED", "no money was taken")
	d.press("enter").sees("how is it paid?", "order 1").press("a", "enter").sees("receipt", "change", "paid")
	if o := d.onCounter(); o.State != domain.OrderPaid || len(o.Payments) != 2 {
		t.Errorf("the order is %s after %d attempts", o.State, len(o.Payments))
	}
}

func TestIdealRedirect(t *testing.T) {
	d := toPay(t, 80, 24).press("i").sees("The bank's BIC").typed("x<enter>").sees("has 8 or 11 characters")
	d.press("ctrl+u").typed("ingbnl2a<enter>").sees("THE CUSTOMER'S TURN", "they confirm at their bank", "cancelled")
	d.press("c").sees("–  CANCELLED").press("enter", "i", "ctrl+t", "enter").sees("THE CUSTOMER'S TURN")
	d.press("p").sees("receipt", "paid", "ideal")
	if p := d.onCounter().Last(); p.Source.Fields["bic"] != "INGBNL2A" {
		t.Errorf("paid with %+v", p.Source)
	}
}

// What is done about it from somewhere else is followed, and Esc leaves it to itself.
func TestTurnIsFollowed(t *testing.T) {
	d := toPay(t, 80, 24).press("o", "enter").sees("THE CUSTOMER'S TURN", "they pay the one who brings the goods")
	if _, err := d.till.Complete(t.Context(), till.Intent{}, d.onCounter().Last().ID, "paid"); err != nil {
		t.Fatal(err)
	}
	d.follow()
	d.sees("receipt", "paid")

	d = toPay(t, 80, 24).payBy(challenged).press("enter", "esc").sees("ready for the next customer")
	d.press("p").lacks("receipt")
}

// A scan that lands on the customer's turn decides nothing.
func TestScanDecidesNothing(t *testing.T) {
	d := toPay(t, 80, 24).payBy(challenged).press("enter").scan("4006381333931")
	if p := d.onCounter().Last(); p.State != domain.PaymentNeedsAction {
		t.Errorf("the payment is %s", p.State)
	}
}

// A fault that loses the answer is UNKNOWN: when it is asked again is said, and asking by hand ends it.
func TestFaultThenUnknownThenSynced(t *testing.T) {
	d := toPay(t, 80, 24).press("f6", "tab", "tab", "tab").sees("timeout_after", "authorize: timeout_after, the next call")
	d.press("enter").sees("faults 1", "! authorize: timeout_after, the next call").press("esc").sees("how is it paid?")
	d.payBy(visa).press("enter").sees("?  UNKNOWN", "till asks by itself in 5 s, at 09:30:05").press("ctrl+s").sees("receipt", "paid")
	if p := d.onCounter().Last(); len(p.Operations) != 1 || p.Sums.Captured != 1450 {
		t.Errorf("%d calls, captured %d", len(p.Operations), p.Sums.Captured)
	}
}

// What the customer did is told also to somebody who has stepped away meanwhile.
func TestReturnFindsWhoeverSteppedAway(t *testing.T) {
	d := toPay(t, 80, 24).payBy(challenged).press("enter").hold().press("p").press("ctrl+c").sees("a payment is in flight")
	d.press("esc", "esc").typed("esp<enter>").release().sees("order 1: €14.50 · paid", "espresso")
	if d.app.busy != 0 {
		t.Errorf("%d are still in flight", d.app.busy)
	}
}

// A code is shown for a counter; a debit is only taken for now; both are followed by the clock.
func TestPaidLater(t *testing.T) {
	toPay(t, 80, 24).press("v", "enter").sees("they pay the code at a counter", "the code is ", "3 days 0:00 h left")
	d := toPay(t, 80, 24).press("e", "enter").sees("◧  PENDING", "has taken it and not decided yet")
	d.wait(3 * day)
	d.run(d.app.tend())
	d.follow()
	d.sees("receipt", "paid")
}

// An attempt that was opened before there was a way to pay is gone on with.
func TestPayWhatWasOpened(t *testing.T) {
	d := drive(t, 80, 24)
	o := d.sell(till.NewOrder{})
	if _, err := d.till.OpenPayment(t.Context(), till.Intent{}, o.ID, 2000, "", true); err != nil {
		t.Fatal(err)
	}
	d.look(o)
	d.sees("◎ needs a method").press("enter").sees("€20.00").payBy(visa).press("enter").sees("receipt")
	if now := d.onCounter(); len(now.Payments) != 1 || now.Sums().Captured != 2000 {
		t.Errorf("%d attempts, captured %d", len(now.Payments), now.Sums().Captured)
	}
}
