package tui

import (
	"fmt"
	"testing"

	"till/domain"
	"till/domain/till"
)

// The terms of a payment are a page behind F8; what is changed there is said by the form, and asked for.
func TestTerms(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 18}} {
		d := toPay(t, size[0], size[1]).payBy(visa).press("ctrl+r").golden(fmt.Sprintf("payment-terms-%dx%d", size[0], size[1]))
		d.press("right", "right").sees("later, in parts").press("down", "enter", "down", "space", "down", "down", "right", "right")
		d.sees("asked for", "goes on without it", "tried again up to 2 times").press("esc").sees("3DS · or without it · retries 2", "•••• 4242")
		d.golden(fmt.Sprintf("payment-terms-set-%dx%d", size[0], size[1])).press("enter").sees("receipt")
		p := d.onCounter().Last()
		if !p.Terms.ThreeDS || !p.WithoutThreeDS || p.Retries != 2 || p.Capture != domain.CaptureMultiple || p.Single {
			t.Errorf("terms %+v", p.Terms)
		}
	}
}

func TestPayLater(t *testing.T) {
	d := toPay(t, 80, 24).payBy(visa).press("ctrl+r", "down", "down", "down", "down", "down", "enter").sees("when is it to be sent?")
	d.typed("3d<enter>").sees("on 24 Nov 2026 09:30").press("esc", "enter").sees("◌  SCHEDULED", "in 3 days, on 24 Nov 2026 09:30")
	if p := d.onCounter().Last(); p.State != domain.PaymentScheduled {
		t.Errorf("the payment is %s", p.State)
	}
}

// What a method cannot is greyed and never asked for, also when it was set for another one.
func TestTermsOfAMethod(t *testing.T) {
	d := toPay(t, 80, 24).press("c", "ctrl+l", "ctrl+r", "down", "enter", "esc", "esc")
	d.press("i", "ctrl+t").sees("(it cannot be held)").press("ctrl+r").sees("taken at once: it cannot hold", "it has no 3DS").press("esc", "enter")
	d.sees("THE CUSTOMER'S TURN")
	if p := d.onCounter().Last(); p.Capture != domain.CaptureAuto || p.Terms.ThreeDS {
		t.Errorf("terms %+v", p.Terms)
	}
}

// ctrl+l goes from now to later, to several parts, and back.
func TestWhenItIsTaken(t *testing.T) {
	toPay(t, 80, 24).press("c").sees("now  ctrl+l").press("ctrl+l").sees("only held now").press("ctrl+l").sees("in parts: only held").press("ctrl+l").sees("now  ctrl+l")
}

// An order that is only to be held is held unless somebody says otherwise.
func TestHeldByTheOrder(t *testing.T) {
	d := drive(t, 80, 24)
	d.look(d.sell(till.NewOrder{SkipCapture: true}))
	d.press("enter", "c").sees("only held now").typed("4242424242424242<tab>1234<tab>123<tab><enter>").sees("held, not captured")
}

// A card that was saved is offered to whoever left the same e-mail, and pays by two keys.
func TestSavedCard(t *testing.T) {
	d := drive(t, 80, 24)
	d.attempt(visa, till.Payable{Save: true})
	again := d.sell(till.NewOrder{})
	d.look(again)
	d.press("enter").sees("Visa ••4242").press("s").sees("until 12/30", "src_").press("enter").sees("receipt", "paid")
	o, err := d.till.Store.Order(t.Context(), again.ID)
	if err != nil || o.State != domain.OrderPaid || o.Last().Source.Last4 != "4242" {
		t.Errorf("the order is %s, %v", o.State, err)
	}
}

func TestNobodysCardIsKept(t *testing.T) {
	toPay(t, 80, 24).press("s").sees("nobody is named whose card could be kept")
	d := drive(t, 80, 24)
	d.look(d.sell(till.NewOrder{}))
	d.press("enter").sees("no card of ada@example.com is kept")
}

func TestToken(t *testing.T) {
	d := toPay(t, 80, 24).press("t").typed("4242<enter>").sees("begins with tok_").press("ctrl+u").press("ctrl+t").sees("tok_").press("enter").sees("receipt", "paid")
	if p := d.onCounter().Last(); p.Source.Last4 != "4242" {
		t.Errorf("paid with %+v", p.Source)
	}
}

// Cash is four keys with the article's own: nothing came between.
func TestCashIsStillShort(t *testing.T) {
	d := drive(t, 80, 24).scan("4006381333931")
	keys := []string{"enter", "a", "enter"}
	d.press(keys...).sees("receipt", "paid")
}
