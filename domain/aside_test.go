package domain

import "testing"

// What only opened a payment at its provider, or said that the customer came back, holds nothing up once the payment
// has an end.
func TestWhatOnlyOpenedAPaymentHoldsNothingUp(t *testing.T) {
	for _, kind := range []OperationKind{CreateOrder, VerifyRedirect, Capture} {
		l := newLife(t, Document{})
		p := l.open(1000, Opening{})
		l.reply(l.ask(p, kind, 1000), Unknown)
		if !p.hasUnknown() || p.Open() == nil {
			t.Errorf("%s: nothing is unknown while the payment is under way", kind)
		}
		l.approves(p.Charge())
		if matters := kind == Capture; p.hasUnknown() != matters || (p.Open() != nil) != matters {
			t.Errorf("%s: unknown %t, open %+v", kind, p.hasUnknown(), p.Open())
		}
	}
}

// The word of an earlier refusal goes when the payment is approved, and a step-up is remembered until then.
func TestAnApprovalForgetsEarlierErrors(t *testing.T) {
	l := newLife(t, Document{})
	p := l.open(1000, Opening{Terms: Terms{CanThreeDS: true}})
	l.declines(p.Charge(), stepUp, "soft")
	if p.Code != stepUp || !p.threeDSWanted() {
		t.Fatalf("code %q, 3DS wanted %t", p.Code, p.threeDSWanted())
	}
	again := l.ask(p, Authorize, 1000)
	l.approves(again)
	if p.Code != "" || p.Message != "" || !p.Approved() {
		t.Errorf("code %q, message %q, approved %t", p.Code, p.Message, p.Approved())
	}
}

func TestAVerifiedPaymentIsApproved(t *testing.T) {
	for state, want := range map[State]bool{PaymentVerified: true, PaymentDeclined: false} {
		if p := (&Payment{State: state}); p.Approved() != want {
			t.Errorf("%s: approved %t", state, p.Approved())
		}
	}
}

// What stays pending is asked about ever more seldom: every day for a month, then every month.
func TestPollsGrowSparser(t *testing.T) {
	l := newLife(t, Document{})
	answered(Pending)(l)
	l.pace = 0
	asked, start := 0, l.at
	for timer := l.timer(TimerPoll); timer.At.Before(start.Add(365 * day)); timer = l.timer(TimerPoll) {
		silent(l).fires(*timer)
		asked++
	}
	if asked != 6+30+11 {
		t.Errorf("asked %d times within a year", asked)
	}
}
