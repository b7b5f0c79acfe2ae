package tui

import "testing"

// bringBack sells a mug and asks for its receipt.
func bringBack(t *testing.T) (d *driver, g *giveBack, number string) {
	t.Helper()
	d = toPay(t, 80, 24).press("a", "enter").press("enter")
	number = d.orders()[0].Number
	d.press("ctrl+f")
	return d, d.app.top().(*giveBack), number
}

// What comes behind a scanned receipt is about its order, pastes too.
func TestKeysBehindAScannedReceipt(t *testing.T) {
	d, g, number := bringBack(t)
	d.burst(number + "<enter>a<enter>").sees("refund €")
	if g.chosen() == 0 || g.number.Value() != number {
		t.Errorf("%d pieces chosen, the number is %q", g.chosen(), g.number.Value())
	}
	d, g, number = bringBack(t)
	d.hold().paste(number + "\r").paste("99\r").press("a").release()
	if g.order == nil || g.chosen() == 0 || g.number.Value() != number {
		t.Errorf("%d pieces chosen, the number is %q", g.chosen(), g.number.Value())
	}
}

// Nobody's are the keys behind a receipt that was not found, and those behind one from which the person has turned away.
func TestKeysBehindNothing(t *testing.T) {
	d, g, _ := bringBack(t)
	d.burst("777<enter>a<enter>")
	if !d.app.failed || g.number.Value() != "" || d.app.dialog != nil {
		t.Errorf("%q, the number is %q", d.app.status, g.number.Value())
	}
	d, _, number := bringBack(t)
	d.hold().typed(number+"<enter>a").press("f2", "ctrl+k").release()
	if typed := d.app.palette.input.Value(); typed != "" || d.app.sale().entry.Value() != "" {
		t.Errorf("a key for the order came to another page: %q", typed)
	}
}

// Esc goes back to the number, also while the order is read anew, and the next number is found.
func TestEscWhileAReceiptIsReadAnew(t *testing.T) {
	d, g, number := bringBack(t)
	d.typed(number + "<enter>").sees("what goes back?")
	d.hold()
	_, cmd := d.app.Update(storeChanged{})
	d.run(cmd)
	d.press("esc").release().sees("which receipt?")
	d.hold().typed(number + "<enter>").press("esc").release()
	if g.order != nil || g.looking {
		t.Fatal("an order came that nobody waits for any more")
	}
	d.press("ctrl+f").typed(number + "<enter>").sees("what goes back?")
}

// A refund that is answered after the person has gone on brings its order not back.
func TestRefundAnsweredLate(t *testing.T) {
	d, g, number := bringBack(t)
	d.typed(number+"<enter>").press("a", "enter").arm().hold().press("y", "esc").release()
	if g.order != nil || d.app.busy != 0 {
		t.Errorf("the order is back: %s", d.screen())
	}
	d.typed(number + "<enter>").sees("nothing of this order is left")
}

// A paste behind an Enter that waits for the list does not overtake it: it is the page's to which Enter leads.
func TestPasteBehindAnUnansweredEnter(t *testing.T) {
	d := drive(t, 80, 24).regulars()
	d.typed("mug<enter>").hold().press("ctrl+b", "enter").paste("4006381333931\r").release()
	if sale := d.app.sale().basket; len(sale.Cart.Lines) != 2 || sale.Client.Name() == "" {
		t.Errorf("%d lines, for %q, on %s", len(sale.Cart.Lines), sale.Client.Name(), d.app.top().Title())
	}
}

// Enter that waits for the list is not pressed on the page that the person has gone to meanwhile, nor on a question.
func TestUnansweredEnterAfterLeaving(t *testing.T) {
	for _, gone := range []string{"f2", "ctrl+c", "ctrl+k"} {
		d := drive(t, 80, 24).regulars()
		d.typed("mug<enter>")
		if gone == "ctrl+c" {
			d.app.desk.Busy(+1) // something is in flight: leaving is asked about
		}
		d.hold().press("ctrl+b", "enter", gone).release()
		if d.app.top().Title() == "payment" || d.over || d.app.sale().basket.Client.Name() != "" {
			t.Errorf("after %s: Enter was pressed on what came after: %s", gone, d.app.top().Title())
		}
	}
}
