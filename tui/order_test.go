package tui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// visa is a card that is approved, refused one that is not.
const (
	visa    = "4242424242424242"
	refused = "4000000000000002"
)

// sell issues an order of one article.
func (d *driver) sell(wish till.NewOrder) *domain.Order {
	d.t.Helper()
	if wish.Cart.Lines == nil {
		wish.Cart = domain.Cart{Currency: "EUR", Lines: []domain.Line{{Title: "enamel mug", Price: 2500, Quantity: 2}}}
	}
	if wish.Client == (domain.Person{}) {
		wish.Client = domain.Person{FirstName: "Ada", LastName: "Lovelace", Email: "ada@example.com"}
	}
	o, err := d.till.Issue(d.t.Context(), till.Intent{}, wish)
	if err != nil {
		d.t.Fatal(err)
	}
	return o
}

// charge pays an order with a card; a decline or a lost answer is what some tests want.
func (d *driver) charge(o *domain.Order, number string) till.Result {
	d.t.Helper()
	card, err := domain.ParseCard(number, "12/30", "123", "Ada", d.now)
	if err != nil {
		d.t.Fatal(err)
	}
	r, err := d.till.Pay(d.t.Context(), till.Intent{}, till.Payable{Order: o.ID, Method: "card", Card: &card})
	if code := domain.CodeOf(err); code != "" && code != domain.CodeDeclined && code != domain.CodeUnknownOutcome {
		d.t.Fatal(err)
	}
	return r
}

// look opens the screen of an order.
func (d *driver) look(o *domain.Order) *order {
	d.t.Helper()
	s := newOrder(d.app.desk, o.ID)
	d.run(d.app.push(s))
	return s
}

// onHold opens the screen of an order over 50 euros that is on hold.
func (d *driver) onHold() *order {
	d.t.Helper()
	o := d.sell(till.NewOrder{SkipCapture: true})
	d.charge(o, visa)
	return d.look(o)
}

func TestOrderGoldens(t *testing.T) {
	for name, size := range map[string][2]int{"120x40": {120, 40}, "80x24": {80, 24}, "60x18": {60, 18}} {
		d := drive(t, size[0], size[1])
		d.onHold()
		d.golden("order-hold-" + name)
		d.press("c").arm().typed("20").golden("order-capture-" + name)
		d.press("enter", "r").arm().typed("5<enter>").golden("order-refunded-" + name)
		d.press("tab").golden("order-timeline-" + name)
		d.press("tab").golden("order-attempts-" + name)
		d.press("tab").golden("order-wire-" + name)
		d.press("tab").golden("order-lines-" + name)
		d.press("tab", "[", "[", "[", "[").golden("order-rewound-" + name)
	}
}

// A full refund takes two keys from the order's screen.
func TestRefundKeys(t *testing.T) {
	d := drive(t, 120, 40)
	o := d.sell(till.NewOrder{})
	d.charge(o, visa)
	d.look(o)
	d.keys = 0
	d.press("r").arm().press("y").sees("refunded", "refund €50.00: succeeded").lacks("kept")
	if d.keys > 2 {
		t.Errorf("%d keys", d.keys)
	}
	if got := d.look(o).shown.FlatStatus(); got != "refunded" {
		t.Errorf("the order is %s", got)
	}
}

// What nobody expects any more is not shown as owed.
func TestACancelledOrderOwesNothing(t *testing.T) {
	d := drive(t, 120, 40)
	d.look(d.sell(till.NewOrder{}))
	d.sees("balance due €50.00").press("x").arm().press("y").sees("cancelled").lacks("balance due")
}

// A question about money is deaf until it has been seen, names the amount, and says in words what is wrong.
func TestQuestions(t *testing.T) {
	d := drive(t, 120, 40)
	s := d.onHold()
	d.press("c", "enter")
	if d.app.dialog == nil || s.running != "" {
		t.Fatal("an answer was taken before the question could be seen")
	}
	d.arm().sees("capture €50.00?", "still set aside", "€50.00  →")
	d.typed("50.01<enter>").sees("between €0.01 and €50.00")
	d.press("backspace", "backspace", "backspace", "backspace", "backspace").typed("1.234<enter>").sees("too many decimals for EUR")
	d.press("esc").lacks("capture €50.00?")
	if s.shown.Sums().Captured != 0 {
		t.Error("esc captured")
	}
}

// Of an amount that cannot be nothing is foretold, and what is no part of an amount is refused visibly.
func TestImpossibleAmounts(t *testing.T) {
	d := drive(t, 80, 24)
	d.onHold()
	d.press("c").arm().typed("1e").sees("capture €1.00?", "✗ only digits and a point")
	d.typed("999").sees("capture –?", "✗ between €0.01 and €50.00", "→             –").lacks("€1,999.00", "only digits")
	d.press("backspace", "backspace", "backspace").sees("capture €1.00?").lacks("✗")
	d.typed(".").sees("capture €1.00?").lacks("✗").typed("5").sees("capture €1.50?")
	d.typed("55").sees("capture –?", "✗ too many decimals for EUR")
}

func TestPartsOfAPayment(t *testing.T) {
	d := drive(t, 120, 40)
	s := d.onHold()
	d.press("c").arm().typed("20<enter>").sees("capture €20.00: succeeded", "part paid, €30.00 missing")
	d.press("r").arm().typed("5<enter>").press("r").arm().typed("7.50<enter>").sees("refunded €12.50")
	if got := s.shown.Sums().Returned(); got != 1250 {
		t.Errorf("refunded %d", got)
	}
	d.press("r").arm().typed("7.51<enter>").sees("between €0.01 and €7.50").press("esc")
	d.press("v").sees("void: not while the payment is captured")
	if d.app.dialog != nil {
		t.Error("a refused action asked a question")
	}
}

func TestVoidFromTheOrder(t *testing.T) {
	d := drive(t, 120, 40)
	s := d.onHold()
	d.press("v").arm().sees("void €50.00?").press("y").sees("void €50.00: succeeded")
	if s.shown.State != domain.OrderCancelled {
		t.Errorf("the order is %s", s.shown.State)
	}
	d.press("r").sees("refund: not while the payment is voided")
}

// Every action that is not possible stays visible with the sentence that the till itself gives.
func TestRefusalsAreTheTills(t *testing.T) {
	d := drive(t, 200, 60)
	s := d.onHold()
	for _, c := range d.till.PaymentActions(s.shown, s.looked()) {
		if c.Refusal != "" && c.Action != "cancel" {
			d.sees(c.Refusal)
		}
	}
}

// A running action cannot be started twice; its result finds its screen, also one that was left.
func TestRunning(t *testing.T) {
	d := drive(t, 120, 40)
	s := d.onHold()
	d.press("c").arm().hold().press("enter").sees("◧ capture is running …", "running …")
	d.press("v").sees("one thing at a time: capture is running")
	if d.app.busy != 1 || d.app.dialog != nil {
		t.Fatalf("busy %d", d.app.busy)
	}
	d.press("f2")
	d.release().sees("order 1 " + s.full.HumanID + ": capture €50.00: succeeded")
	if d.app.busy != 0 {
		t.Errorf("busy %d", d.app.busy)
	}
}

func TestRewind(t *testing.T) {
	d := drive(t, 120, 40)
	s := d.onHold()
	d.press("c").arm().press("y").sees("6 entries")
	d.press("[", "[").sees("◂ as it was on 21 Nov 2026 09:30:00, after entry 4 of 6", "◈ hold", "entry 4 of 6", "rewound: nothing can be done here").lacks("● paid, ")
	if s.shown.State != domain.OrderHold || s.shown.Sums().Captured != 0 {
		t.Errorf("it is %s", s.shown.State)
	}
	d.press("r").sees("refund: this is the past; } leads to the present")
	o := s.full
	if _, err := d.till.Refund(t.Context(), till.Intent{}, till.Refunding{Payment: o.Last().ID}); err != nil {
		t.Fatal(err)
	}
	d.follow()
	d.sees("after entry 4 of 8") // what arrives meanwhile does not pull it away
	d.press("[", "[", "[", "[", "[", "[").sees("after entry 1 of 8")
	d.press("]", "]").sees("after entry 3 of 8").press("}").lacks("as it was").press("{").sees("after entry 1 of 8").press("end", "home").sees("after entry 1 of 8")
	d.press("esc").sees("8 entries", "refunded")
	d.press("esc")
	if d.app.top() == s {
		t.Error("esc does not leave the screen")
	}
}

// What another process does is seen here.
func TestLive(t *testing.T) {
	d := drive(t, 120, 40)
	s := d.onHold()
	if _, err := d.till.Capture(t.Context(), till.Intent{}, till.Capturing{Payment: s.looked().ID}); err != nil {
		t.Fatal(err)
	}
	d.follow()
	d.sees("● paid", "6 entries", "captured €50.00")
}

func TestMotion(t *testing.T) {
	d := drive(t, 120, 40)
	d.app.desk.Motion = true
	ticks := 0
	d.app.desk.tick = func(_ time.Duration, msg func(time.Time) tea.Msg) tea.Cmd {
		return func() tea.Msg { ticks++; return msg(d.now) }
	}
	s := d.onHold()
	if _, err := d.till.Capture(t.Context(), till.Intent{}, till.Capturing{Payment: s.looked().ID}); err != nil {
		t.Fatal(err)
	}
	s.Update(storeChanged{})
	d.run(s.read())
	d.run(s.move())
	if ticks != sparkFrames || s.spark != 0 {
		t.Errorf("%d frames, %d left", ticks, s.spark)
	}
}

func TestUnknownIsLoud(t *testing.T) {
	d := drive(t, 120, 40)
	for _, f := range []domain.Fault{{Operation: domain.Authorize, Name: "timeout_after", Times: 1}, {Operation: domain.Sync, Name: "timeout_after", Times: 1}} {
		if err := d.till.Bank.SetFault(t.Context(), f); err != nil {
			t.Fatal(err)
		}
	}
	o := d.sell(till.NewOrder{SkipCapture: true})
	d.charge(o, visa)
	s := d.look(o)
	d.sees("? UNKNOWN: nobody knows yet what the provider did", "asked again at 09:30:05, s asks now", "? unknown    ┃")
	d.press("enter").sees("pay: ")
	d.press("s").press("s").lacks("UNKNOWN").sees("◈ hold")
	if s.shown.State != domain.OrderHold {
		t.Errorf("it is %s", s.shown.State)
	}
}

// A payment that captures once is never captured in part: the picture does not offer it.
func TestSingleCaptureIsNotOfferedInPart(t *testing.T) {
	d := drive(t, 120, 40)
	s := d.onHold()
	for _, single := range []bool{true, false} {
		s.looked().Single = single
		if _, offered := s.next()["payment"][domain.PaymentPartCaptured]; offered == single {
			t.Errorf("captures once %t, in part offered %t", single, offered)
		}
	}
}

func TestDeclined(t *testing.T) {
	d := drive(t, 120, 40)
	o := d.sell(till.NewOrder{})
	d.charge(o, refused)
	d.look(o)
	d.sees("✗ declined: 20005", "✗ failed", "╭╌ ⏎ ╌")
	d.charge(o, visa)
	d.follow()
	d.sees("● paid", "2 of 2, n shows the next").press("n").sees("1 of 2")
}

func TestOrderMouse(t *testing.T) {
	d := drive(t, 120, 40)
	s := d.onHold()
	click := func(text string) {
		t.Helper()
		for y, line := range strings.Split(d.screen(), "\n") {
			if before, _, found := strings.Cut(line, text); found {
				d.send(tea.MouseClickMsg{X: width(before) + 1, Y: y, Button: tea.MouseLeft})
				return
			}
		}
		t.Fatalf("%q is not on the screen", text)
	}
	click("c     capture")
	d.sees("capture €50.00?").arm().press("esc")
	click("timeline")
	if s.tab != 1 {
		t.Errorf("tab %d", s.tab)
	}
	d.send(tea.MouseWheelMsg{Button: tea.MouseWheelDown}).sees("issued as number 1")
}

// The wire is copied as JSON; no number of a card is in it.
func TestCopyWire(t *testing.T) {
	d := drive(t, 120, 40)
	d.onHold()
	d.press("tab", "tab", "tab", "y").sees("copied")
	if !strings.Contains(d.copied, `"kind": "authorize"`) || strings.Contains(d.copied, visa) {
		t.Errorf("copied %s", d.copied)
	}
}

// Text from outside is shown inert.
func TestOrderIsInert(t *testing.T) {
	d := drive(t, 120, 40)
	d.look(d.sell(till.NewOrder{Client: domain.Person{LegalName: "a\x1b[31mb\u202ec", Email: "a@example.com"}}))
	d.sees("abc · a@example.com")
}

// An order with a due date is given another, as a date or a span; one without has no such key.
func TestMoreTime(t *testing.T) {
	d := drive(t, 120, 40)
	d.look(d.sell(till.NewOrder{}))
	d.lacks("give more time").press("T")
	if d.app.dialog != nil {
		t.Fatal("an order without a due date is given more time")
	}
	s := d.look(d.sell(till.NewOrder{Due: d.now.AddDate(0, 0, 1)}))
	d.press("T").sees("until when is order 2", "now it is due").typed("yesterday").press("enter").sees("for example 3d")
	d.press("ctrl+u").typed("3d").sees("in 3 days").press("enter").sees("the order is issued")
	if want := d.now.AddDate(0, 0, 3); !s.full.Due.Equal(want) {
		t.Errorf("due %s, want %s", s.full.Due, want)
	}
}
