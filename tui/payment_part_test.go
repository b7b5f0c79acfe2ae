package tui

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"till/domain"
)

// TestSplitTender pays a part in cash and the rest by card: two payments of one order, each with its own key.
func TestSplitTender(t *testing.T) {
	d := toPay(t, 120, 40)
	d.press("ctrl+a").sees("still due").typed("5").sees("pay €5.00 first?", "€9.50").press("enter")
	d.sees("how is this part paid?", "then still due").press("a", "enter")
	d.sees("how is the rest paid?", "€5.00 is paid", "€9.50").press("c").burst("4242424242424242<tab>1226<tab>123<tab><enter>")
	d.sees("receipt", "paid", "cash", "€5.00", "Visa ••4242", "€9.50")
	if orders := d.orders(); len(orders) != 1 || orders[0].Status != "paid" {
		t.Fatalf("%d orders, the first %s", len(orders), orders[0].Status)
	}
	o, err := d.till.Order(t.Context(), "1")
	if err != nil {
		t.Fatal(err)
	}
	if len(o.Payments) != 2 || o.Payments[0].Charge().Key == o.Payments[1].Charge().Key {
		t.Errorf("%d payments", len(o.Payments))
	}
}

// TestTooLittleCashIsAPart takes what was given as the part, without a question.
func TestTooLittleCashIsAPart(t *testing.T) {
	d := toPay(t, 80, 24).press("a").typed("10<enter>").sees("€4.50 is missing", "ctrl+a")
	d.press("ctrl+a").sees("a part of €14.50").press("enter").sees("the rest of €14.50", "€4.50")
	d.press("esc").sees("order 1 waits under orders, part paid: €4.50 is still due", "ready for the next customer")
	o, err := d.till.Order(t.Context(), "1")
	if err != nil {
		t.Fatal(err)
	}
	if o.State != domain.OrderPartPaid || o.BalanceDue() != 450 {
		t.Errorf("the order is %s, %d due", o.State, o.BalanceDue())
	}
}

func TestAPartIsNoMoreThanAll(t *testing.T) {
	d := toPay(t, 80, 24).press("ctrl+a").typed("14.51").sees("only €14.50 is due").press("enter").sees("only €14.50 is due")
	d.press("esc").scan("4006381333931")
	if n := len(d.orders()); n != 0 {
		t.Errorf("%d orders", n)
	}
}

// TestCashIsRoundedOnTheScreen sells in a country without the smallest coins.
func TestCashIsRoundedOnTheScreen(t *testing.T) {
	d := drive(t, 80, 24)
	d.till.Country = "BE"
	d.typed("esp<enter>3%<enter>").press("enter", "a").sees("rounded", "€2.35", "for €2.33")
	d.press("right").sees("€2.65").press("enter").sees("change", "€2.65", "rounding", "in cash")
	o, err := d.till.Order(t.Context(), "1")
	if err != nil {
		t.Fatal(err)
	}
	if p := o.Last(); p.Sums.Captured != 233 || p.Cash() != 235 || o.State != domain.OrderPaid {
		t.Errorf("%d, %d, %s", p.Sums.Captured, p.Cash(), o.State)
	}
}

// TestClicksOnPayment opens a method and takes a note with the mouse.
func TestClicksOnPayment(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 18}} {
		d := toPay(t, size[0], size[1])
		d.click("into the drawer").sees("given").click("€20.00").sees("change", "€5.50")
	}
}

// TestReceiptForAPrinter gives the bytes to a file, and says so on the next one.
func TestReceiptForAPrinter(t *testing.T) {
	t.Chdir(t.TempDir())
	d := toPay(t, 120, 40).press("a", "enter").lacks("DUPLICATE").press("ctrl+p").sees("saved as receipt-1.escpos", "DUPLICATE")
	bytes, err := os.ReadFile("receipt-1.escpos")
	if err != nil {
		t.Fatal(err)
	}
	o, err := d.till.Order(t.Context(), "1")
	if err != nil {
		t.Fatal(err)
	}
	if text := string(bytes); !strings.HasPrefix(text, "\x1b@") || !strings.Contains(text, "{B"+o.HumanID) || strings.Contains(text, "DUPLICATE") {
		t.Errorf("%q", text)
	}
	d.press("ctrl+y")
	if !strings.Contains(d.copied, "DUPLICATE") {
		t.Errorf("%q", d.copied)
	}
}

// TestGiveBackByReceipt scans a receipt and gives one of three pieces back: the share of the discount goes with it.
func TestGiveBackByReceipt(t *testing.T) {
	d := drive(t, 120, 40).typed("3*esp<enter>10%<enter>mug<enter>").press("enter", "a", "enter").sees("paid").press("enter")
	o, err := d.till.Order(t.Context(), "1")
	if err != nil {
		t.Fatal(err)
	}
	d.press("ctrl+f")
	d.sees("which receipt?").scan("12345678").sees("there is no order").scan(o.HumanID).sees("0 of 3", "enamel mug", "what goes back?")
	d.press("right").sees("1 of 3", "1 piece back", "€2.16").press("right", "left").press("enter").sees("refund €2.16?", "the shop keeps", "€20.98", "€18.82")
	d.press("y").sees("refund €2.16?") // deaf until it is armed
	d.send(dialogArmed{d.app.dialog}).press("y").sees("€2.16 refunded to cash", "0 of 2")
	d.press("a").sees("3 pieces back", "€18.82").press("enter").send(dialogArmed{d.app.dialog}).press("y").sees("nothing of this order is left")
	if o, err = d.till.Order(t.Context(), "1"); err != nil || o.Sums().Net() != 0 || len(o.Last().Refunds) != 2 {
		t.Errorf("%v: %+v", err, o.Sums())
	}
}

// TestFullRefundTakesFewKeys counts the keys from the order to the refund: four at most.
func TestFullRefundTakesFewKeys(t *testing.T) {
	d := toPay(t, 120, 40).press("a", "enter").sees("paid").press("ctrl+g")
	d.keys = 0
	if d.press("r").arm().press("y").sees("refunded"); d.keys > 4 {
		t.Errorf("%d keys", d.keys)
	}
}

func TestTakingGoldens(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 18}} {
		at := fmt.Sprintf("-%dx%d", size[0], size[1])
		d := drive(t, size[0], size[1])
		d.till.Country = "BE"
		d.typed("3*esp<enter>3%<enter>mug<enter>").press("enter", "ctrl+a").typed("5<enter>").golden("payment-part" + at)
		d.press("a", "enter").golden("payment-rest"+at).press("a", "right", "right").golden("payment-rounded" + at)
		d.press("enter").golden("receipt-split" + at).press("enter")
		d.press("ctrl+f")
		d.typed("1<enter>").press("right", "right").golden("giveback" + at)
	}
}

// TestAnUnpaidReceiptLeadsToItsPayment shows the link as a code, and F9 pays.
func TestAnUnpaidReceiptLeadsToItsPayment(t *testing.T) {
	d := toPay(t, 120, 40).press("a").typed("10").press("ctrl+a").press("enter").press("esc")
	o, err := d.till.Order(t.Context(), "1")
	if err != nil {
		t.Fatal(err)
	}
	d.run(d.app.push(newReceipt(d.app.desk, o)))
	d.golden("receipt-unpaid-120x40").sees("the customer can pay here", "pay here:", "still due", "€4.50").press("f9").sees("how is the rest paid?")
}
