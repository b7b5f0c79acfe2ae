package tui

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
)

// A case is opened about a payment and moved on, all from the other chair; the till hears of it.
func TestRaiseAndMoveACase(t *testing.T) {
	d := drive(t, 120, 40)
	o := d.sell(till.NewOrder{})
	d.charge(o, visa)
	d.press("f6", "tab").sees("no bank has opened a case").press("c").sees("choose it", "order 1", "captured")
	d.press("c").sees("a case about order 1?", "it begins as", "the usual one", "all of €50.00")
	d.press("tab").typed("13.1<tab>99<enter>2d<enter>").sees("must be at most 50.00")
	d.press("ctrl+u").typed("20<enter><enter>").sees("the case is open", "cases (1 to move)", "chargeback · open", "€20.00", "time decides it in 2 days")
	s := d.app.top().(*chair)
	now, err := d.till.Store.Order(t.Context(), o.ID)
	if err != nil || len(now.Last().Disputes) != 1 {
		t.Fatal(now, err)
	}
	c := now.Last().Disputes[0]
	if c.ID != s.court.chosen || c.Amount != 2000 || c.ReasonCode != "13.1" || !c.RespondBy.Equal(d.now.Add(48*time.Hour)) {
		t.Errorf("the case is %+v", c)
	}
	d.press("enter").sees("what comes of the case over €20.00?", "they drop it").press("w").sees("withdrawn", "it is over")
	if now, _ = d.till.Store.Order(t.Context(), o.ID); now.Last().Disputes[0].State != domain.ChargebackWithdrawn {
		t.Errorf("the till has it as %s", now.Last().Disputes[0].State)
	}
	d.press("o").sees("order 1")
}

// Whatever can become of a case is told in words.
func TestOutcomesHaveWords(t *testing.T) {
	d := drive(t, 80, 24)
	err := d.till.Bank.Advance(t.Context(), "dsp_1", "nothing like it")
	e, ok := errors.AsType[*domain.Error](err)
	if !ok {
		t.Fatal(err)
	}
	_, all, _ := strings.Cut(e.Fields["outcome"], "one of ")
	if names := strings.Split(all, ", "); len(names) < 10 {
		t.Errorf("the outcomes are %v", names)
	} else {
		for _, name := range names {
			if becomes[name] == "" {
				t.Errorf("%s has no words", name)
			}
		}
	}
}

// Where the answer to a capture was lost the two books differ until till has asked.
func TestBooksDiffer(t *testing.T) {
	d := drive(t, 120, 40)
	s := d.onHold()
	d.press("f6").press("tab", "tab").sees("= same")
	if err := d.till.Bank.SetFault(t.Context(), domain.Fault{Operation: domain.Capture, Name: "timeout_after", Times: 1}); err != nil {
		t.Fatal(err)
	}
	d.press("o", "c").arm().press("y").press("esc")
	d.send(bankTicked{d.app.top().(*chair)}).sees("books (1 differs)", "≠ differs", "an answer is still open")
	d.press("o", "s").press("esc").send(bankTicked{d.app.top().(*chair)}).sees("= same").lacks("≠")
	if s.shown.Last().Sums.Captured != 5000 {
		t.Errorf("captured %d", s.shown.Last().Sums.Captured)
	}
	d.press("g").arm().sees("give €50.00 back?").typed("12.50").press("enter").sees("€12.50 given back", "refunded")
	d.press("r").sees("what becomes of the refund of €12.50?").press("f").sees("failed")
}

// The clock stops between two instants when somebody has had enough; what has happened stays.
func TestClockIsStopped(t *testing.T) {
	d := drive(t, 120, 40)
	s := d.onHold()
	d.press("f6", "shift+tab").press("t").typed("9w").sees("2 things fall due until").hold().press("enter")
	d.sees("esc stops it", "0 %").press("esc").sees("stopping at the next instant").release()
	d.sees("stopped: it is 21 Nov 2026 09:30, and nothing has happened").lacks("esc stops it")
	if s.shown.State != domain.OrderHold {
		t.Errorf("the order is %s", s.shown.State)
	}
	d.press("t").typed("9w<enter>").sees("ahead of the machine's")
	d.press("esc").sees("cancelled")
}

func TestSandboxCasesGoldens(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 18}} {
		at := fmt.Sprintf("-%dx%d", size[0], size[1])
		d := drive(t, size[0], size[1])
		d.press("f6", "tab").golden("sandbox-cases-none" + at)
		d.many()
		d.press("f6", "down", "down").golden("sandbox-cases" + at)
		d.press("enter").golden("sandbox-case-outcomes"+at).press("esc", "tab", "c").golden("sandbox-raise" + at)
	}
}

// A case may go back to an earlier one about the same payment, where its stage may; there is no such field before.
func TestACaseGoesBackToAnother(t *testing.T) {
	d := drive(t, 120, 40)
	o := d.sell(till.NewOrder{})
	d.charge(o, visa)
	older := d.raise(o, domain.Raising{Stage: domain.StageChargeback, Reason: "13.1", Amount: 2000})
	d.advance(older, "withdrawn")
	d.press("f6", "tab", "tab", "c").sees("a case about order 1?", "it goes back to", "no earlier case")
	d.press("tab", "tab").sees("withdrawn · €20.00").press("down", "enter").press("enter", "enter").sees("is only for pre_compliance")
	d.press("shift+tab", "shift+tab", "shift+tab", "shift+tab").typed("good<enter>").press("tab", "tab", "tab", "enter").sees("the case is open")
	now, err := d.till.Store.Order(t.Context(), o.ID)
	if err != nil || len(now.Last().Disputes) != 2 {
		t.Fatal(now, err)
	}
	if c := now.Last().Disputes[1]; c.Previous != older || c.Stage != domain.StageGoodFaith {
		t.Errorf("the case is %+v", c)
	}
}
