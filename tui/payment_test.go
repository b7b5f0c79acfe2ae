package tui

import (
	"fmt"
	"strings"
	"testing"

	"till/domain"
)

// toPay has a sale of one article before its Payment screen.
func toPay(t *testing.T, width, height int) *driver {
	t.Helper()
	d := drive(t, width, height)
	return d.typed("mug<enter>").press("enter").sees("how is it paid?")
}

func TestCardSale(t *testing.T) {
	d := toPay(t, 80, 24)
	d.press("c").burst("4242424242424242<tab>1226<tab>123")
	d.sees("•••• •••• •••• 4242", "Visa", "12/26").lacks("4242 4242", "•••• 123")
	d.press("enter", "enter").sees("receipt", "paid", "Visa ••4242", "€14.50")
	if d.app.busy != 0 || len(d.app.sale().afloat) != 0 {
		t.Error("something is still in flight")
	}
	d.press("enter").sees("ready for the next customer")
	d.start(80, 24)
	d.lacks("here again")
}

func TestHoldNowTakeLater(t *testing.T) {
	d := toPay(t, 120, 40)
	d.press("c").typed("4242424242424242<tab>1226<tab>123<tab>").press("ctrl+l").sees("only held now").press("enter")
	d.sees("hold")
	if o := d.orders()[0]; o.Status != "hold" {
		t.Errorf("the order is %s", o.Status)
	}
}

// TestDeclineAndSecondTry pays the same order again, with another card and a new key.
func TestDeclineAndSecondTry(t *testing.T) {
	d := toPay(t, 80, 24)
	d.press("c").typed("4000000000000002<tab>1226<tab>123<tab><enter>")
	d.sees("payment", "✗", "20005")
	number := d.orders()[0].Number
	first := d.app.top().(*payment).key
	d.press("shift+tab", "shift+tab", "shift+tab").press("ctrl+u").typed("4242424242424242<tab><tab><tab><enter>")
	d.sees("paid", "order "+number)
	if orders := d.orders(); len(orders) != 1 || orders[0].Status != "paid" {
		t.Fatalf("%d orders, the first %s", len(orders), orders[0].Status)
	}
	if first == "" || d.app.sale().payment != nil {
		t.Error("the payment is still there")
	}
}

// TestDeclinedThenChanged sells another article after a decline: the first order is cancelled, none is paid twice.
func TestDeclinedThenChanged(t *testing.T) {
	d := toPay(t, 120, 40)
	d.press("c").typed("4000000000000002<tab>1226<tab>123<tab><enter>").sees("20005")
	d.press("esc", "esc").sees("issued, and not paid yet").typed("esp<enter>").press("enter")
	d.sees("€16.90").press("a", "enter").sees("paid")
	var states []string
	for _, o := range d.orders() {
		states = append(states, o.Status)
	}
	if got := strings.Join(states, " "); got != "paid cancelled" {
		t.Errorf("the orders are %s", got)
	}
}

// TestDeclinedThenCash pays with the drawer what the card did not.
func TestDeclinedThenCash(t *testing.T) {
	d := toPay(t, 80, 24)
	d.press("c").typed("4000000000009995<tab>1226<tab>123<tab><enter>").sees("20051")
	d.press("esc", "a", "right", "right", "enter").sees("change", "paid")
	if orders := d.orders(); len(orders) != 1 {
		t.Errorf("%d orders", len(orders))
	}
}

// TestScanPaysNothing lets scans land wherever money is asked for.
func TestScanPaysNothing(t *testing.T) {
	for name, steps := range map[string][]string{
		"methods": nil, "cash": {"a"}, "card": {"c"}, "filled card": {"c", "ctrl+t", "enter"},
	} {
		for _, code := range []string{"4006381333931", "96385074", "1234567", "99999"} {
			d := toPay(t, 80, 24).press(steps...)
			d.scan(code).paste(code + "\r")
			if n := len(d.orders()); n != 0 {
				t.Errorf("%s: %s made %d orders:\n%s", name, code, n, d.screen())
			}
		}
	}
}

func TestCashNeedsEnough(t *testing.T) {
	d := toPay(t, 80, 24).press("a").typed("10<enter>").sees("€4.50 is missing")
	d.typed("0").sees("change", "€85.50").press("enter").sees("paid", "€85.50")
}

// TestEnterTwiceIsOnePayment sends both before anything has happened.
func TestEnterTwiceIsOnePayment(t *testing.T) {
	d := toPay(t, 80, 24).press("a").burst("<enter><enter>")
	if n := len(d.orders()); n != 1 {
		t.Errorf("%d orders", n)
	}
}

func TestEscKeepsEverything(t *testing.T) {
	d := toPay(t, 80, 24)
	d.press("c").typed("42424242<tab>").press("up").typed("4242").press("esc", "a").typed("20").press("esc", "esc")
	d.sees("enamel mug").press("enter", "a").sees("20", "change").press("esc", "c").sees("•••• •••• 4242")
	d.press("esc", "esc", "ctrl+b", "ctrl+n", "ctrl+y").typed("germ<enter><tab><tab>ada@example.com<tab>").press("esc", "esc").sees("enamel mug")
	d.press("ctrl+b", "ctrl+n").sees("ada@example.com", "Germany")
}

// TestInFlight sees the payment on its way, steps away, sells on, and is told.
func TestInFlight(t *testing.T) {
	d := toPay(t, 80, 24).press("a").hold().press("enter")
	d.sees("in flight", "asking cash to take €14.50", "esc steps away")
	d.press("ctrl+c").sees("a payment is in flight").press("esc")
	d.press("esc").sees("ready for the next customer").typed("esp<enter>").sees("espresso")
	d.release().sees("order 1: €14.50", "espresso")
	if d.press("ctrl+c"); !d.over {
		t.Error("it does not quit")
	}
}

// TestDeclineFindsWhoeverSteppedAway: the order is there to be paid again, and the next sale is untouched.
func TestDeclineFindsWhoeverSteppedAway(t *testing.T) {
	d := toPay(t, 80, 24).press("c").typed("4000000000000002<tab>1226<tab>123<tab>").hold().press("enter", "esc")
	d.typed("esp<enter>").release().sees("order 1, €14.50 (F3 shows it)", "espresso").lacks("enamel")
}

// TestResultUnderTheOrders lets the answer come while somebody looks at the list.
func TestResultUnderTheOrders(t *testing.T) {
	d := toPay(t, 120, 40).press("a").hold().press("enter", "f3").release()
	d.sees("orders").press("esc").sees("receipt", "paid").press("esc").sees("ready for the next")
}

func TestUnknownOutcome(t *testing.T) {
	for _, fault := range []string{"timeout_before", "timeout_after"} {
		d := toPay(t, 80, 24).press("c").typed("4242424242424242<tab>1226<tab>123<tab>")
		if err := d.till.Bank.SetFault(t.Context(), domain.Fault{Operation: domain.Authorize, Name: fault, Times: 1}); err != nil {
			t.Fatal(err)
		}
		d.press("enter").sees("UNKNOWN", "never charges a", "order 1, €14.50")
		if fault == "timeout_after" {
			d.golden("unknown-80x24").press("ctrl+s").sees("receipt", "paid")
			continue
		}
		d.press("enter").sees("ready for the next customer")
	}
}

func TestTestCards(t *testing.T) {
	d := toPay(t, 80, 24).press("c").typed("42<tab>").press("ctrl+t").typed("insuf").sees("insufficient").press("enter")
	d.sees("••", "9995", "12/34").press("enter").sees("20051")
}

func TestReceipt(t *testing.T) {
	t.Chdir(t.TempDir())
	d := toPay(t, 80, 24).press("a", "enter").sees("receipt", "enamel mug")
	d.press("ctrl+y").sees("copied").press("ctrl+s").sees("saved as receipt-1.txt")
	if !strings.Contains(d.copied, "14.50") || strings.Contains(d.copied, "DUPLICATE") {
		t.Errorf("the clipboard has %q", d.copied)
	}
	d.scan("4006381333931").sees("sale", "espresso", "€2.40")
}

// Two variants that offer the same are told apart, and one that the amount is too large for says so.
func TestSeveralVariants(t *testing.T) {
	d := drive(t, 120, 40)
	web := d.till.Variants[0]
	web.Name, web.Title, web.Max = "web", "Web shop", "10"
	d.till.Variants = append(d.till.Variants, web)
	d.typed("esp<enter>").press("enter").sees("Web shop · ").press("esc")
	d.typed("mug<enter>").press("enter").sees("not possible: the amount must be at most 10 EUR").lacks("Web shop · ")
}

func TestPaymentGoldens(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 18}} {
		at := fmt.Sprintf("-%dx%d", size[0], size[1])
		d := drive(t, size[0], size[1]).typed("3*esp<enter>mug<enter>").press("enter")
		d.golden("payment-methods"+at).press("a", "right", "right").golden("payment-cash" + at)
		d.press("esc", "c").typed("4000000000000002<tab>1220<tab>").golden("payment-card" + at)
		d.press("ctrl+u").typed("1226<tab>123<tab><enter>").golden("payment-declined" + at)
		d.press("esc", "a").hold().press("enter").golden("flight" + at)
		d.release().golden("receipt" + at)
	}
}
