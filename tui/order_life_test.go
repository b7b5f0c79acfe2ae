package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

var sizes = [][2]int{{120, 40}, {80, 24}, {60, 18}}

// clickOn clicks the first place where a text stands.
func (d *driver) clickOn(text string) *driver {
	d.t.Helper()
	for y, line := range strings.Split(d.screen(), "\n") {
		if before, _, found := strings.Cut(line, text); found {
			return d.send(tea.MouseClickMsg{X: width(before) + 1, Y: y, Button: tea.MouseLeft})
		}
	}
	d.t.Fatalf("%q is not on the screen:\n%s", text, d.screen())
	return d
}

// troubled opens the screen of an order with a refund and a chargeback.
func (d *driver) troubled() *order {
	d.t.Helper()
	o := d.sell(till.NewOrder{})
	paid := d.charge(o, visa)
	if _, err := d.till.Refund(d.t.Context(), till.Intent{}, till.Refunding{Payment: paid.Payment.ID, Amount: 500}); err != nil {
		d.t.Fatal(err)
	}
	d.raise(o, domain.Raising{Stage: domain.StageChargeback, Reason: "13.1", Amount: 2000})
	return d.look(o)
}

// The whole page of an order with a refund and a case: as usual, with the ladder in front, and rewound.
func TestTroubledGoldens(t *testing.T) {
	for _, size := range sizes {
		d := drive(t, size[0], size[1])
		s := d.troubled()
		at := fmt.Sprintf("-%dx%d", size[0], size[1])
		d.golden("order-troubled" + at).press("g").golden("order-troubled-order" + at)
		for s.ahead != "refund" {
			d.press("g")
		}
		d.golden("order-troubled-refund" + at).press("g").sees("chargeback")
		if s.ahead != "" {
			t.Errorf("%v: after the last machine %q is in front", size, s.ahead)
		}
		d.press("[", "[").golden("order-troubled-past" + at)
	}
}

// The life plays by itself at a steady pace, from the beginning where the present is shown, until its end or any key.
func TestPlay(t *testing.T) {
	d := drive(t, 120, 40)
	s := d.onHold()
	last := s.point
	d.press("space").sees("playing: as it was on", "entry 1 of")
	next := func() { d.send(orderPlayed{s, s.played}) }
	for point := 2; point < last; point++ {
		next()
		d.sees(fmt.Sprintf("after entry %d of %d", point, last))
	}
	next()
	if s.playing || !s.live() {
		t.Error("the play does not end at the present")
	}
	for _, stop := range []string{"c", "esc", "space", "]"} {
		d.press("{", "space")
		next()
		stale := orderPlayed{s, s.played}
		d.press(stop).send(stale)
		if s.playing || s.point != 2 || d.app.dialog != nil || d.app.top() != s {
			t.Errorf("%s: playing %t at entry %d", stop, s.playing, s.point)
		}
	}
	d.press("space").send(orderPlayed{s, s.played - 1})
	if s.point != 2 {
		t.Error("an older play goes on")
	}
	d.clickOn("timeline").lacks("playing")
	if s.tab != 0 {
		t.Error("the click that stops a play does more")
	}
}

// A click on a state that can come next does what leads there, in every way a machine is drawn.
func TestClickOnAState(t *testing.T) {
	for _, size := range sizes {
		d := drive(t, size[0], size[1])
		d.onHold()
		d.clickOn("– cancelled").sees("void €50.00?").arm().press("esc")
		if size[1] < 40 {
			d.clickOn("● paid").sees("capture €50.00?")
		}
		d = drive(t, size[0], size[1])
		d.claimed(domain.Raising{Stage: domain.StageChargeback, Reason: "13.1"})
		d.clickOn("✗ chargeback · accepted").sees("give in to the case").arm().press("esc")
	}
	d := drive(t, 120, 40)
	d.claimed(domain.Raising{Stage: domain.StageChargeback, Reason: "13.1"})
	d.press("C").clickOn("✗ accepted").sees("give in to the case")
}

// A click on a line of the timeline shows the order as it was then, on its tab and beside the actions.
func TestClickOnTheTimeline(t *testing.T) {
	d := drive(t, 120, 40)
	s := d.onHold()
	d.clickOn("to be paid with Visa").sees("after entry 2 of 4")
	d.press("}", "tab").clickOn("sandbox asked to authorize").sees("after entry 3 of 4")
	d.press("}").clickOn("order → ◈ hold").sees("4 entries")
	if !s.live() || s.tab != 1 {
		t.Errorf("entry %d, tab %d", s.point, s.tab)
	}
}

// What does not fit is reached by scrolling; the line that says so is no action.
func TestActionsScroll(t *testing.T) {
	d := drive(t, 60, 18)
	s := d.claimedHere()
	seen := d.screen()
	for range 20 {
		seen += d.press("down").screen()
	}
	for _, o := range s.listed() {
		if !strings.Contains(seen, o.title) {
			t.Errorf("%q is nowhere", o.title)
		}
	}
	d.press("pgup", "pgup", "pgup").clickOn("↓")
	if d.app.dialog != nil || d.app.failed {
		t.Error("the line that tells that there is more does something")
	}
}

func (d *driver) claimedHere() *order {
	d.t.Helper()
	s, _ := d.claimed(domain.Raising{Stage: domain.StageChargeback, Reason: "13.1"})
	return s
}

// A refund in cash tells what is left in the drawer, once that was looked up and where a shift is open.
func TestDrawerIsForetold(t *testing.T) {
	for _, open := range []bool{true, false} {
		d := drive(t, 60, 18)
		if open {
			if _, err := d.till.OpenShift(t.Context(), till.Intent{}, 10000); err != nil {
				t.Fatal(err)
			}
		}
		o := d.sell(till.NewOrder{})
		if _, err := d.till.Pay(t.Context(), till.Intent{}, till.Payable{Order: o.ID, Method: "cash", Tendered: 5000}); err != nil {
			t.Fatal(err)
		}
		d.look(o)
		d.press("r").arm().typed("20")
		if d.sees("refund €20.00?", "kept"); open {
			d.sees("in the drawer", "€150.00", "€130.00")
		} else {
			d.lacks("in the drawer")
		}
	}
}

// kinds are orders of every kind.
var kinds = []struct {
	name string
	make func(d *driver) *domain.Order
}{
	{"issued", func(d *driver) *domain.Order { return d.sell(till.NewOrder{}) }},
	{"long name", func(d *driver) *domain.Order {
		return d.sell(till.NewOrder{SkipCapture: true, Client: domain.Person{FirstName: strings.Repeat("Wilhelmina ", 9), LastName: strings.Repeat("van Oranje-Nassau ", 6), Email: "w@example.com"}})
	}},
	{"wide name", func(d *driver) *domain.Order {
		o := d.sell(till.NewOrder{Client: domain.Person{FirstName: strings.Repeat("明子", 20), LastName: strings.Repeat("東京都", 20), Email: "a@example.com"}})
		d.charge(o, visa)
		return o
	}},
	{"declined", func(d *driver) *domain.Order {
		o := d.sell(till.NewOrder{})
		d.charge(o, refused)
		return o
	}},
	{"unknown", func(d *driver) *domain.Order {
		for _, f := range []domain.Fault{{Operation: domain.Authorize, Name: "timeout_after", Times: 1}, {Operation: domain.Sync, Name: "timeout_after", Times: 1}} {
			if err := d.till.Bank.SetFault(d.t.Context(), f); err != nil {
				d.t.Fatal(err)
			}
		}
		o := d.sell(till.NewOrder{SkipCapture: true})
		d.charge(o, visa)
		return o
	}},
	{"many attempts", func(d *driver) *domain.Order {
		o := d.sell(till.NewOrder{})
		for range 11 {
			d.charge(o, refused)
		}
		d.charge(o, visa)
		return o
	}},
	{"troubled", func(d *driver) *domain.Order { return d.troubled().full }},
}

// Whatever an order is, at every size and every entry of its life the page keeps to its size and says where the order
// stands, and no line of it is wider than it.
func TestKindsOfOrders(t *testing.T) {
	for _, kind := range kinds {
		for _, size := range sizes {
			d := drive(t, size[0], size[1])
			s := d.look(kind.make(d))
			for range min(6, len(s.entries)) {
				for tab := range s.tabs() {
					s.turn(tab)
					lines := strings.Split(s.View(), "\n")
					if len(lines) > s.height || slices.ContainsFunc(lines, func(l string) bool { return width(l) > size[0] }) {
						t.Errorf("%s, entry %d of %d, tab %d at %v: %d lines of %d:\n%s", kind.name, s.point, len(s.entries), tab, size, len(lines), s.height, d.screen())
					}
					d.sees(s.shown.Label())
				}
				d.press("[")
			}
		}
	}
}

// A refund in cash says what is handed out where small coins are gone.
func TestRefundInCoins(t *testing.T) {
	d := drive(t, 80, 24)
	d.till.Country = "FI"
	o := d.sell(till.NewOrder{Cart: domain.Cart{Currency: "EUR", Lines: []domain.Line{{Title: "tea", Price: 233, Quantity: 1}}}})
	if _, err := d.till.Pay(t.Context(), till.Intent{}, till.Payable{Order: o.ID, Method: "cash", Source: domain.Source{Type: domain.Cash}}); err != nil {
		t.Fatal(err)
	}
	d.look(o)
	d.press("r").sees("refund €2.33?", "in coins", "€2.35")
}
