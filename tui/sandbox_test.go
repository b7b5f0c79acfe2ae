package tui

import (
	"fmt"
	"strings"
	"testing"

	"till/domain"
	"till/domain/till"
)

// Notices that are held back wait; delivered in another order they lead to the same.
func TestNoticesHeldBackAndSwapped(t *testing.T) {
	d := drive(t, 120, 40)
	d.press("f6").sees("new notices are told at once").press("h").sees("new notices are held back")
	o := d.sell(till.NewOrder{SkipCapture: true})
	if err := d.till.Bank.SetFault(t.Context(), domain.Fault{Operation: domain.Authorize, Name: "timeout_after", Times: 1}); err != nil {
		t.Fatal(err)
	}
	p := d.charge(o, visa).Payment
	if err := d.till.Bank.SetFault(t.Context(), domain.Fault{Operation: domain.Sync, Name: "timeout_after", Times: 9}); err != nil {
		t.Fatal(err)
	}
	other := d.sell(till.NewOrder{})
	d.charge(other, visa)
	d.send(bankTicked{d.app.top().(*chair)}).sees("notices (3 wait)", "payment approved", "payment captured")
	before := strings.Index(d.screen(), "order 1")
	d.press("w").sees("swapped")
	if after := strings.Index(d.screen(), "order 1"); after <= before {
		t.Errorf("swapped, and in the same order:\n%s", d.screen())
	}
	stands := func(want domain.State) {
		t.Helper()
		got, err := d.till.Store.Order(t.Context(), o.ID)
		if err != nil {
			t.Fatal(err)
		}
		if got.Payment(p.ID).State != want {
			t.Errorf("the payment is %s, want %s", got.Payment(p.ID).State, want)
		}
	}
	stands(domain.PaymentUnknown)
	d.press("enter").sees("is delivered", "notices (2 wait)")
	stands(domain.PaymentUnknown)
	d.press("a").sees("2 notices delivered").lacks("wait)")
	stands(domain.PaymentAuthorized)
	d.press("u").sees("told 2×").press("o").sees("entries").press("esc").sees("new notices are held back")
}

func TestNoticesDelayedAndDropped(t *testing.T) {
	d := drive(t, 80, 24)
	d.press("f6", "h")
	d.charge(d.sell(till.NewOrder{}), visa)
	d.send(bankTicked{d.app.top().(*chair)}).sees("waits")
	d.press("l").typed("15m").sees("in 15 min").press("enter").sees("◔ 09:45:00")
	waiting := len(d.app.top().(*chair).notices.pending())
	d.press("x").sees("lost")
	if now := len(d.app.top().(*chair).notices.pending()); now != waiting-1 {
		t.Errorf("%d wait, before %d", now, waiting)
	}
}

func TestFaultsAndProfile(t *testing.T) {
	d := drive(t, 80, 24).press("f3", "6").sees("new notices").press("tab", "tab", "tab", "down", "right", "down", "down", "+", "+")
	d.sees("capture: refused, the next 3 calls").press("enter").sees("! capture: refused, the next 3 calls")
	faults, err := d.till.Bank.Faults(t.Context())
	if err != nil || len(faults) != 1 || faults[0] != (domain.Fault{Operation: domain.Capture, Name: "refused", Times: 3}) {
		t.Errorf("%+v, %v", faults, err)
	}
	d.press("s", "+").sees("capture: refused, 20 of 100 calls").press("enter", "-", "-").sees("! capture: refused, 20 of 100 calls", "10 of 100")
	d.press("c").sees("nothing is set to go wrong").press("p").sees("stripe").press("p", "p").sees("checkout")
}

// Every fault and every call that the page offers is one that the gateway knows, and so is every profile.
func TestFaultsAreTheGateways(t *testing.T) {
	d := drive(t, 80, 24)
	for _, call := range faulty {
		for _, wrong := range wrongs {
			if call == domain.Sync && strings.HasPrefix(wrong.name, "notice_") {
				continue
			}
			if err := d.till.Bank.SetFault(t.Context(), domain.Fault{Operation: call, Name: wrong.name, Times: 1}); err != nil {
				t.Errorf("%s of %s: %v", wrong.name, call, err)
			}
		}
	}
	for _, profile := range profiles {
		if err := d.till.Bank.SetProfile(t.Context(), profile.name); err != nil {
			t.Error(err)
		}
	}
}

// The clock goes to what comes next by one key: at its end a hold is let go.
func TestClockReleasesAHold(t *testing.T) {
	d := drive(t, 120, 40)
	s := d.onHold()
	d.press("f6", "shift+tab").sees("what comes", "in 28 days", "order 1", "the machine's time")
	for i := 0; i < 9 && !strings.Contains(d.screen(), "2026 09:30  ahead"); i++ {
		d.press("n")
		if s.shown.State == domain.OrderCancelled {
			break
		}
	}
	d.sees("ahead of the machine's", "what has just happened", "19 Dec 09:30")
	d.press("esc").sees("– cancelled")
	if s.shown.State != domain.OrderCancelled || s.shown.CancelReason != "hold_expired" {
		t.Errorf("the order is %s, %s", s.shown.State, s.shown.CancelReason)
	}
	if !strings.Contains(strings.SplitN(d.screen(), "\n", 2)[0], "19 Dec 09:30") {
		t.Errorf("the header does not show the clock:\n%s", d.screen())
	}
}

func TestClockByHand(t *testing.T) {
	d := drive(t, 80, 24).press("f6", "shift+tab").sees("Sat 21 Nov 2026 09:30:00", "nothing falls due")
	d.press("h").sees("Sat 21 Nov 2026 10:30:00", "nothing has happened").press("d", "w").sees("Sun 29 Nov 2026 10:30:00")
	d.press("t").typed("2026-11-01").sees("1 Nov 2026 00:00 has passed").press("enter")
	d.press("ctrl+u").typed("2026-12-24 18:00").sees("in 25 days").press("enter").sees("Thu 24 Dec 2026 18:00:00")
}

// Where there is no test gateway there is no such page.
func TestNoSandboxWithoutABank(t *testing.T) {
	d := drive(t, 80, 24)
	d.till.Bank = nil
	d.press("f6", "f2").sees("ready for the next customer").press("f1").lacks("F6")
}

func TestSandboxGoldens(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 18}} {
		at := fmt.Sprintf("-%dx%d", size[0], size[1])
		d := drive(t, size[0], size[1])
		d.charge(d.sell(till.NewOrder{}), visa)
		if err := d.till.Bank.HoldBack(t.Context(), true); err != nil {
			t.Fatal(err)
		}
		d.charge(d.sell(till.NewOrder{SkipCapture: true}), visa)
		d.charge(d.sell(till.NewOrder{}), challenged)
		d.press("f6", "down").golden("sandbox-notices" + at)
		d.press("tab", "tab").golden("sandbox-books" + at)
		d.press("tab", "right", "down", "s", "+", "enter").golden("sandbox-faults" + at)
		d.press("tab").golden("sandbox-clock" + at).press("n").golden("sandbox-clock-moved" + at)
	}
}
