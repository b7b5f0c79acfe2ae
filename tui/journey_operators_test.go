package tui

import (
	"fmt"
	"testing"

	"till/domain"
)

// A shop takes somebody on: the owner sets up herself and a clerk, who sells, holds a card, wants to void it and needs her;
// a stranger guesses until nobody gets in. The journal has the names.
func TestOperatorsJourney(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {60, 18}} {
		at := fmt.Sprintf("-%dx%d", size[0], size[1])
		d := drive(t, size[0], size[1]).press("ctrl+q").sees("nobody has to sign in here").press("f7")
		for d.app.top().(*settings).chosen().name != "operators" {
			d.press("down")
		}
		d.golden("journey-operators-settings" + at)
		d.press("enter", "n").typed("Maria<enter>"+mariasPIN+"<enter>"+mariasPIN+"<enter>").as("Maria", mariasPIN)
		d.press("n").typed("Bob<enter>clerk<enter>" + bobsPIN + "<enter>" + bobsPIN + "<enter>").sees("Bob works here, as a clerk")
		d.as("Bob", bobsPIN).press("f2").typed("mug<enter>").press("f9", "c", "ctrl+t", "ctrl+l", "enter")
		for i := 0; i < 8 && !d.screenHas("hold"); i++ {
			d.press("enter")
		}
		d.press("f3", "enter").sees("hold", "void").press("v").arm().says("a clerk may not void a payment; a manager or a trainer can")
		d.typed("Maria<enter>" + mariasPIN + "<enter>").sees("void").press("tab")
		d.sees("Bob").golden("journey-operators-voided" + at)
		if e := d.last(domain.KindOperationRequested); e.Actor != "Bob" || domain.OverriddenBy(e) != "Maria" {
			t.Errorf("the journal has %q and %q", e.Actor, domain.OverriddenBy(e))
		}
		d.press("ctrl+q").typed("Bob<enter>")
		for range domain.TriesAtOnce {
			d.typed("000111<enter>")
		}
		d.sees("too many wrong PINs").lacks("€")
		if e := d.last(domain.KindOperatorLocked); e.Actor != "till" {
			t.Errorf("the lock is by %q", e.Actor)
		}
	}
}

// The same in words: nothing is told before somebody has signed in, a PIN is never said, and whoever stands by is asked for.
func TestPlainOperators(t *testing.T) {
	c := aTalk(t)
	(&driver{t: t, till: c.till}).staff()
	c.says("orders", "help", "ctrl+q", "quit").with("sign in", "who is here?", "Bob, clerk").without("ready", "croissant")
	c.till.Enter(nil)
	c.says("bob", "000111", bobsPIN, "mug", "pay", "cash", "20").with("the name or the PIN is wrong", "Bob is here", "paid, order 1").
		without(bobsPIN, "000111")
	c.till.Enter(nil)
	c.says("maria", mariasPIN, "flat", "pay", "cash", "5", "operator", "bob", bobsPIN, "sandbox", "hold back", "shift", "open a shift", "100", "pay out", "5", "milk", "1", mariasPIN).
		with("Maria is here", "a clerk may not act for the gateway", "a clerk may not take cash out of the drawer; a manager or a trainer can", "milk").without(mariasPIN, bobsPIN)
}
