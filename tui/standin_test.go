package tui

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"till/domain"
	"till/domain/till"
)

// Every kind of deed that a clerk may not do alone, from where it is done in the console: it says who can, does nothing at
// a wrong PIN, and at the right one does it, with both names where the journal tells it.
func TestSomebodyStandsByForEachKindOfDeed(t *testing.T) {
	var done atomic.Int64
	t.Cleanup(func() {
		t.Logf("proof: %d kinds of deeds, each done only once somebody stood by: no scan and no wrong PIN before did one", done.Load())
	})
	asBob := func(d *driver) { d.as("Bob", bobsPIN) }
	for name, deed := range map[string]struct {
		begin func(d *driver) // until the name and the PIN are asked for
		says  string
		done  func(d *driver) bool
		kind  domain.Kind // of the entry with both names; "": the journal does not tell it
	}{
		"void": {
			func(d *driver) { d.onHold(); asBob(d); d.press("v").arm() },
			"a clerk may not void a payment; a manager or a trainer can",
			func(d *driver) bool { return d.has(domain.KindOperationRequested, `"kind":"void"`) }, domain.KindOperationRequested,
		},
		"refund above the limit": {
			func(d *driver) {
				o := d.sell(till.NewOrder{Cart: domain.Cart{Currency: "EUR", Lines: []domain.Line{{Title: "mug", Price: 20000, Quantity: 1}}}})
				d.charge(o, visa)
				d.look(o)
				asBob(d)
				d.press("r").arm().typed("60<enter>")
			}, "a clerk may give back up to €50.00 of an order, and this makes it €60.00; a manager or a trainer can",
			func(d *driver) bool { return d.has(domain.KindOperationRequested, `"kind":"refund"`) }, domain.KindOperationRequested,
		},
		"money marked as received": {
			func(d *driver) {
				d.look(d.sell(till.NewOrder{}))
				asBob(d)
				d.press("m").arm()
			},
			"a clerk may not mark an order as paid outside the till",
			func(d *driver) bool { return d.has(domain.KindOrderMoved, "receive") }, domain.KindOrderMoved,
		},
		"pay-out of the drawer": {
			func(d *driver) {
				if _, err := d.till.OpenShift(d.t.Context(), till.Intent{}, 10000); err != nil {
					d.t.Fatal(err)
				}
				asBob(d)
				d.press("f5", "-").says("a clerk may not take cash out").typed("5<enter>milk<enter>")
			}, "a clerk may not take cash out of the drawer; a manager or a trainer can",
			func(d *driver) bool { return d.has(domain.KindShiftMoved, "milk") }, domain.KindShiftMoved,
		},
		"case": {func(d *driver) {
			o := d.sell(till.NewOrder{})
			d.charge(o, visa)
			d.raise(o, domain.Raising{Stage: domain.StageChargeback, Reason: "13.1", Amount: 2000})
			d.look(o)
			asBob(d)
			d.press("A").arm()
		}, "a clerk may not accept a dispute", func(d *driver) bool { return d.has(domain.KindOperationRequested, "accept") }, domain.KindOperationRequested},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := staffed(t, 120, 40)
			d.as("Maria", mariasPIN)
			deed.begin(d)
			d.sees("Maria · manager").says(deed.says)
			if deed.done(d) {
				t.Fatal("it is done though nobody stood by")
			}
			asked := d.app.dialog
			d.scan("4006381333931").scan("96385074")
			if deed.done(d) || d.app.dialog != asked || asked.Sheet.form.at != 0 {
				t.Fatalf("a scan answered it, or a part of it:\n%s", d.screen())
			}
			d.typed("Maria<enter>000111<enter>").sees("the name or the PIN is wrong").lacks("000111").says(deed.says)
			if deed.done(d) {
				t.Fatal("it is done though the PIN was wrong")
			}
			d.typed(mariasPIN+"<enter>").lacks("wrong", "Maria · manager")
			if !deed.done(d) {
				t.Fatalf("it is not done:\n%s", d.screen())
			}
			done.Add(1)
			if who := d.till.Present().Name(); who != "Bob" {
				t.Errorf("%s is here now", who)
			}
			if deed.kind != "" {
				if e := d.last(deed.kind); e.Actor != "Bob" || domain.OverriddenBy(e) != "Maria" {
					t.Errorf("the journal has %q and %q", e.Actor, domain.OverriddenBy(e))
				}
			}
		})
	}
}

// Esc leads back to what was typed, and what was asked for is not done, not even by a check that was under way.
func TestWhoTurnsBackFromAStandInLosesNothing(t *testing.T) {
	d := staffed(t, 80, 24).as("Maria", mariasPIN)
	o := d.sell(till.NewOrder{Cart: domain.Cart{Currency: "EUR", Lines: []domain.Line{{Title: "mug", Price: 20000, Quantity: 1}}}})
	d.charge(o, visa)
	d.as("Bob", bobsPIN)
	d.look(o)
	d.press("r").arm().typed("60<enter>").sees("refund €60.00?", "Maria · manager").press("esc").sees("refund €60.00?", "amount").lacks("Maria")
	d.typed("<enter>").sees("Maria · manager").typed("Maria<enter>").hold().typed(mariasPIN+"<enter>").press("esc", "esc").release()
	if d.has(domain.KindOperationRequested, `"kind":"refund"`) {
		t.Error("it was refunded though the question was left")
	}
	d.lacks("Maria")
	d.press("r").arm().typed("6<enter>").sees("refunded") // within the limit nobody is asked
	if e := d.last(domain.KindOperationRequested); e.Actor != "Bob" || domain.OverriddenBy(e) != "" {
		t.Errorf("the journal has %q and %q", e.Actor, domain.OverriddenBy(e))
	}
	d.press("r").arm().typed("60<enter>").says("a clerk may give back").typed("Maria<enter>" + mariasPIN + "<enter>").sees("refunded €66.00")
	d.press("r").arm().typed("1<enter>").says("a clerk may give back") // who stood by once has not done so for ever
}

// The settings that hold a clerk are not theirs to change; how the console looks is.
func TestAClerkKeepsNoSettings(t *testing.T) {
	d := staffed(t, 80, 24)
	kept := map[string]any{}
	d.app.opts.Setup.Keep = func(name string, value any) error { kept[name] = value; return nil }
	d.as("Bob", bobsPIN).press("f7", "enter")
	if len(kept) != 1 || kept["theme"] == nil {
		t.Errorf("kept: %v", kept)
	}
	d.press("down", "down").sees("› shop").press("enter").says("a clerk may not change the settings; a manager or a trainer can")
	d.typed("x<enter>").sees("a clerk may not change the settings")
	if len(kept) != 1 {
		t.Errorf("kept: %v", kept)
	}
}

// The pages of it, at three sizes.
func TestOperatorGoldens(t *testing.T) {
	for _, size := range [][2]int{{60, 18}, {80, 24}, {120, 40}} {
		at := fmt.Sprintf("-%dx%d", size[0], size[1])
		d := staffed(t, size[0], size[1])
		d.golden("door"+at).as("Maria", mariasPIN)
		d.onHold()
		d.as("Bob", bobsPIN).golden("order-clerk" + at)
		d.press("v").arm().golden("standin" + at)
		d.typed("Maria<enter>7401").golden("standin-pin" + at)
	}
}

// has tells whether an entry of a kind has a text in its body.
func (d *driver) has(kind domain.Kind, text string) bool {
	d.t.Helper()
	entries, err := d.till.Store.Entries(d.t.Context(), "", 0, 0, 10000)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, e := range entries {
		if e.Kind == kind && strings.Contains(string(e.Body), text) {
			return true
		}
	}
	return false
}

// says tells what stands in the way of the question that is open.
func (d *driver) says(why string) *driver {
	d.t.Helper()
	if q := d.app.dialog; q == nil || !strings.HasPrefix(q.Why, why) {
		d.t.Fatalf("it does not say %q:\n%s", why, d.screen())
	}
	return d
}

func (d *driver) screenHas(text string) bool { return strings.Contains(d.screen(), text) }

// What no journal tells is refused with who has to sign in for it: nobody is asked to stand by.
func TestNobodyStandsByForTheGateway(t *testing.T) {
	d := staffed(t, 120, 40)
	d.as("Bob", bobsPIN)
	d.press("f6", "h").sees("a clerk may not act for the gateway", "nobody can stand by").lacks("PIN", "new notices are held back")
	if d.app.dialog != nil {
		t.Errorf("somebody is asked:\n%s", d.screen())
	}
}
