package tui

import (
	"fmt"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
)

// attempt pays an order with a card under terms, and opens its screen.
func (d *driver) attempt(number string, terms till.Payable) *order {
	d.t.Helper()
	o := d.sell(till.NewOrder{})
	card, err := domain.ParseCard(number, "12/30", "123", "Ada", d.now)
	if err != nil {
		d.t.Fatal(err)
	}
	terms.Order, terms.Method, terms.Card = o.ID, "card", &card
	if _, err := d.till.Pay(d.t.Context(), till.Intent{}, terms); err != nil {
		d.t.Fatal(err)
	}
	return d.look(o)
}

func TestIncrement(t *testing.T) {
	d := drive(t, 120, 40)
	s := d.onHold()
	d.press("+").arm().sees("set – more aside?", "say by how much").press("enter").sees("say by how much")
	d.typed("5.50").sees("set €5.50 more aside?", "€55.50").press("enter")
	d.sees("increment €5.50: succeeded", "set aside €55.50", "asked to set aside €5.50 more")
	if s.shown.Limit() != 5550 {
		t.Errorf("the limit is %d", s.shown.Limit())
	}
	d.press("c").arm().press("y").sees("captured €55.50", "● paid")
}

func TestReverse(t *testing.T) {
	d := drive(t, 120, 40)
	s := d.attempt(visa, till.Payable{})
	d.press("z").arm().sees("reverse €50.00?", "balance due", "after today only a refund").press("y").sees("reverse €50.00: succeeded", "↩ reversed")
	if s.shown.State != domain.OrderIssued || s.looked().State != domain.PaymentReversed {
		t.Errorf("the order is %s, the payment %s", s.shown.State, s.looked().State)
	}
	d = drive(t, 120, 40)
	d.attempt(visa, till.Payable{})
	d.wait(24 * time.Hour).send(storeChanged{}).sees("the business day is over").press("z")
	if d.app.dialog != nil {
		t.Error("a refused reversal asks a question")
	}
}

// Money that screening holds back is captured once somebody has accepted it, with a word why.
func TestFraudAcceptedThenCaptured(t *testing.T) {
	d := drive(t, 120, 40)
	s := d.attempt(reviewed, till.Payable{Capture: domain.CaptureManual})
	d.sees("screening for fraud says review").press("c").sees("screening for fraud holds it back")
	d.press("f").sees("is it fraud?", "accept", "reject").press("a").typed("known for years<enter>")
	d.sees("screening for fraud: accept", "accept · known for years").lacks("holds it back")
	d.press("c").arm().press("y").sees("● paid")
	if s.looked().Fraud.Message != "known for years" {
		t.Errorf("fraud: %+v", s.looked().Fraud)
	}
}

// The customer's turn on the order's own page: the link, the countdown, what they did.
func TestCompleteFromTheOrder(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 18}} {
		d := drive(t, size[0], size[1])
		s := d.attempt(challenged, till.Payable{})
		d.sees("the bank asks who they are · 15:00 left", "b     the customer is back", "x     cancel")
		d.golden(fmt.Sprintf("order-turn-%dx%d", size[0], size[1]))
		d.wait(time.Second).send(orderTicked{s}).sees("14:59 left")
		d.press("b").golden(fmt.Sprintf("order-back-%dx%d", size[0], size[1])).press("down", "up", "enter")
		d.sees("● paid").lacks("the bank asks who they are ·")
		if size[0] == 120 {
			d.sees("challenge ok", "the customer came back")
		}
	}
}

func TestGiveUp(t *testing.T) {
	d := drive(t, 80, 24)
	s := d.attempt(challenged, till.Payable{})
	d.press("X").arm().sees("give up the attempt over €50.00?").press("y").sees("cancelled")
	if s.shown.State != domain.OrderIssued {
		t.Errorf("the order is %s", s.shown.State)
	}
}

// A soft decline waits to be tried again; when is said, and a key does it now.
func TestRetryNow(t *testing.T) {
	d := drive(t, 120, 40)
	if err := d.till.Bank.SetFault(t.Context(), domain.Fault{Operation: domain.Authorize, Name: "declined", Times: 1}); err != nil {
		t.Fatal(err)
	}
	s := d.attempt(visa, till.Payable{Retries: 3})
	if s.looked().State != domain.PaymentRetryWait {
		t.Fatalf("the payment is %s", s.looked().State)
	}
	d.sees("tried again by itself in 60 min", "try 2 of at most 4", "╭╌ t ╌").press("t").arm().sees("try €50.00 again now?").press("enter")
	d.sees("● paid")
}

// A payment for a later day can be paused, put off and given up.
func TestScheduled(t *testing.T) {
	d := drive(t, 120, 40)
	s := d.attempt(visa, till.Payable{Date: d.now.Add(3 * day)})
	d.sees("◌ sent by itself in 3 days, on 24 Nov 2026 09:30").golden("order-scheduled-120x40")
	d.press("a").sees("pause this payment?").press("y").sees("paused: it is not sent on 24 Nov 2026 09:30", "make it active")
	d.press("a", "y").sees("sent by itself in 3 days")
	d.press("e").typed("soon<enter>").sees("for example 3d").press("ctrl+u").typed("1w").sees("28 Nov 2026 09:30, in 7 days").press("enter")
	d.sees("sent by itself in 7 days", "to be sent on 28 Nov 2026 09:30")
	if got := s.looked().Date; !got.Equal(d.now.Add(7 * day)) {
		t.Errorf("it is sent %s", got)
	}
	d.wait(7 * day)
	d.run(d.app.tend())
	d.follow()
	d.sees("● paid")
}

// A refund on its way can be stopped, one that failed made again; N looks at another one.
func TestRefundsOnTheirWay(t *testing.T) {
	d := drive(t, 120, 40)
	s := d.attempt(slowRefund, till.Payable{})
	d.press("r").arm().typed("20<enter>").sees("h     stop the refund", "◧ pending")
	d.press("h").arm().sees("stop the refund of €20.00?", "can be refunded").press("y").sees("refund cancel €20.00: succeeded", "– cancelled")
	d.press("r").arm().typed("7<enter>").sees("2 of 2, N shows the next").press("N").sees("1 of 2, N shows the next", "refund · €20.00")
	d.press("h").lacks("h     stop the refund").press("N")
	if err := d.till.Bank.MoveRefund(t.Context(), s.refund().ID, "failed"); err != nil {
		t.Fatal(err)
	}
	d.run(d.app.tend())
	d.follow()
	d.sees("✗ refund of €7.00 failed. The provider refused it", "what now: make the refund again", "refund again").press("t").arm().sees("refund €7.00 again?").press("y").sees("3 of 3, N shows the next")
	if n := len(s.looked().Refunds); n != 3 || s.refund().Instead == "" {
		t.Errorf("%d refunds, the last %+v", n, s.refund())
	}
}

// A refund that came back says what to do until somebody has seen to it, also where another one is looked at.
func TestRefundThatCameBack(t *testing.T) {
	d := drive(t, 120, 40)
	s := d.attempt(slowRefund, till.Payable{})
	d.press("r").arm().typed("20<enter>")
	for _, outcome := range []string{"succeeded", "failed"} {
		d.wait(time.Minute)
		if err := d.till.Bank.MoveRefund(t.Context(), s.refund().ID, outcome); err != nil {
			t.Fatal(err)
		}
	}
	d.run(d.app.tend())
	d.follow()
	d.sees("✗ refund failed", "✗ refund of €20.00 failed. The money had left", "what now: ask the customer for another way", "k     acknowledge")
	d.press("r").arm().typed("1<enter>").sees("✗ refund of €20.00 failed (N shows it). The money had left").press("tab", "tab").sees("✗ failed", "◧ pending")
	d.press("shift+tab", "shift+tab", "h").arm().press("y")
	d.wait(time.Minute)
	d.press("N", "t").arm().press("y").lacks("what now").press("N").sees("it has been repeated already")
}

// What of a reversal somebody has to see to is told, until they did.
func TestReversals(t *testing.T) {
	d := drive(t, 80, 24)
	s := d.attempt(visa, till.Payable{})
	if err := d.till.Bank.SetFault(t.Context(), domain.Fault{Operation: domain.Reverse, Name: "pending", Times: 1}); err != nil {
		t.Fatal(err)
	}
	d.press("z").arm().press("y").sees("◧ reversing. The provider has not decided yet", "what now: wait, or ask the provider")
	if err := d.till.Bank.Settle(t.Context(), s.looked().ID, "failed"); err != nil {
		t.Fatal(err)
	}
	d.run(d.app.tend())
	d.follow()
	d.sees("✗ reversal failed. The provider would not undo it", "what now: give it back with a refund").press("pgdown").sees("the provider has refused to reverse it")
	d.press("k", "y").sees("● paid").lacks("what now")
}

// From the sixth day on a hold warns that it ends.
func TestHoldWarns(t *testing.T) {
	d := drive(t, 120, 40)
	d.onHold()
	d.sees("ends in 28 days, on 19 Dec 2026 09:30").lacks("! the hold ends")
	d.wait(6 * day).send(storeChanged{}).sees("! the hold ends in 22 days, on 19 Dec 2026 09:30: capture it, or it is let go")
}

// Two parts of a group are paid together; that, and what became of it, is on the page.
func TestGroupIsTold(t *testing.T) {
	d := drive(t, 120, 40)
	one, other := d.sell(till.NewOrder{}), d.sell(till.NewOrder{})
	card, err := domain.ParseCard(visa, "12/30", "123", "Ada", d.now)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.till.PayGroup(t.Context(), till.Intent{}, []domain.OrderID{one.ID, other.ID}, till.Payable{Method: "card", Card: &card}); err != nil {
		t.Fatal(err)
	}
	d.look(one)
	d.sees("grp_", "stands").press("tab").sees("together with other orders", "every payment of its group is approved")
}
