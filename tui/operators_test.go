package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

const (
	mariasPIN = "740193852"
	bobsPIN   = "615204"
)

// staffed starts a console in a shop with a manager, Maria, and a clerk, Bob; nobody has signed in.
func staffed(t *testing.T, width, height int) *driver {
	t.Helper()
	d := drive(t, width, height)
	d.staff()
	d.start(width, height)
	return d
}

func (d *driver) staff() {
	d.t.Helper()
	add := func(name string, role domain.Role, pin string) {
		d.t.Helper()
		if _, err := d.till.AddOperator(d.t.Context(), till.Intent{}, name, role, domain.NewSecret(pin)); err != nil {
			d.t.Fatal(err)
		}
	}
	add("Maria", domain.Manager, mariasPIN)
	d.till.Enter(d.badge("Maria", mariasPIN))
	add("Bob", domain.Clerk, bobsPIN)
	d.till.Enter(nil)
}

func (d *driver) badge(name, pin string) *till.Badge {
	d.t.Helper()
	b, err := d.till.SignIn(d.t.Context(), name, domain.NewSecret(pin))
	if err != nil {
		d.t.Fatal(err)
	}
	return b
}

// as has somebody sign in without a key.
func (d *driver) as(name, pin string) *driver {
	d.t.Helper()
	if d.app.door == nil {
		d.send(keyOf("ctrl+q"))
	}
	return d.typed(name + "<enter>" + pin + "<enter>").sees(name)
}

// last is the newest entry of a kind.
func (d *driver) last(kind domain.Kind) domain.Entry {
	d.t.Helper()
	entries, err := d.till.Store.Entries(d.t.Context(), "", 0, 0, 10000)
	if err != nil {
		d.t.Fatal(err)
	}
	for i := len(entries) - 1; i >= 0; i-- {
		if entries[i].Kind == kind {
			return entries[i]
		}
	}
	d.t.Fatalf("there is no %s", kind)
	return domain.Entry{}
}

// Before somebody has signed in nothing of a sale is seen, and nothing that is typed lands in it; the PIN is on no screen.
func TestNothingIsSeenBeforeSomebodySignsIn(t *testing.T) {
	d := drive(t, 80, 24).typed("flat<enter>").sees("flat white")
	d.staff()
	d.start(80, 24)
	d.sees("who is here?", "Bob · clerk", "Maria · manager", "SANDBOX").lacks("flat white", "€", "orders", "F2")
	dots := d.app.door.dots
	for _, stray := range []string{"f3", "ctrl+k", "f1", "?", "esc", "ctrl+q", "ctrl+f"} {
		d.press(stray).sees("who is here?").lacks("orders", "actions", "€")
	}
	d.scan("4006381333931").scan("4006381333931").sees("a scan?").lacks("4006381333931")
	d.typed("bob<enter>").typed("6152").sees("••••").lacks("6152")
	if raw := d.app.View().Content; strings.Contains(raw, "6152") {
		t.Error("the PIN is drawn")
	}
	d.typed("99<enter>").sees("the name or the PIN is wrong").lacks("••", "tries", "left")
	if *dots.value != "" {
		t.Errorf("the field holds %q", *dots.value)
	}
	d.scan("4006381333931").sees("too many digits: a scan?")
	d.burst(bobsPIN+"<enter>").sees("flat white", "Bob").lacks("who is here?")
	if text := d.app.sale().entry.Value(); text != "" {
		t.Errorf("what was typed at the door is in the sale: %q", text)
	}
	t.Logf("proof: 7 keys and 4 scans at the door, none went through it")
}

// The sale on the counter stays while somebody else takes over, and the journal has the name of whoever was there.
func TestTheOperatorChanges(t *testing.T) {
	d := staffed(t, 120, 40).as("Bob", bobsPIN).sees("Bob · clerk").typed("esp<enter>")
	d.press("ctrl+q").sees("who is here?").lacks("espresso").as("Maria", mariasPIN)
	d.sees("espresso", "Maria · manager").lacks("Bob")
	d.typed("mug<enter>").press("f9", "a", "enter")
	if who := d.last(domain.KindOrderIssued).Actor; who != "Maria" {
		t.Errorf("the order is by %q", who)
	}
	d.press("f2", "ctrl+k").typed("change the op").press("enter").sees("who is here?")
	d.as("Bob", bobsPIN)
	d.send(tea.MouseClickMsg{X: 117, Y: 0, Button: tea.MouseLeft}).sees("who is here?")
	d.click("Bob · clerk").sees("› PIN").typed(bobsPIN + "<enter>").sees("Bob · clerk")
}

// What an open page says of its actions is true of whoever is here now.
func TestAnOpenPageIsJudgedForTheNextOperator(t *testing.T) {
	d := staffed(t, 120, 40).as("Maria", mariasPIN)
	d.onHold()
	d.lacks("a clerk may not").as("Bob", bobsPIN).sees("a clerk may not void").as("Maria", mariasPIN).lacks("a clerk may not")
	d.press("v").arm().sees("y void").lacks("PIN")
}

// Too many wrong PINs: it says for how long, counts by itself, keeps the keyboard alive, and ends.
func TestALockIsSeenToEnd(t *testing.T) {
	d := staffed(t, 60, 18).typed("Bob<enter>")
	for range domain.TriesAtOnce {
		d.typed("000111<enter>")
	}
	d.sees("too many wrong PINs", "60 s").golden("door-locked-60x18")
	d.wait(20 * time.Second).run(d.app.door.look())
	d.sees("40 s", "who is here?")
	d.start(80, 24)
	d.typed("Bob<enter>"+bobsPIN+"<enter>").sees("too many wrong PINs", "40 s")
	if d.press("ctrl+c"); !d.over {
		t.Error("quit does not work")
	}
	d.wait(time.Minute).run(d.app.door.look())
	d.lacks("too many").typed(bobsPIN + "<enter>").sees("Bob").lacks("who is here?")
}

// Whoever was disabled or has another PIN is told so by their next deed, and signs in again. What was asked for was not done.
func TestABadgeThatIsNoGoodAnyMore(t *testing.T) {
	d := staffed(t, 80, 24).as("Bob", bobsPIN).typed("esp<enter>")
	bob := d.till.Present()
	d.till.Enter(d.badge("Maria", mariasPIN))
	if _, err := d.till.SetPIN(t.Context(), till.Intent{}, "Bob", domain.NewSecret("918273")); err != nil {
		t.Fatal(err)
	}
	d.till.Enter(bob)
	d.press("f9", "a", "enter").sees("Bob has to sign in again", "who is here?")
	if n := len(d.orders()); n != 0 {
		t.Errorf("%d orders", n)
	}
	d.as("Bob", "918273").sees("Bob")
}

// After a while without a key the door shuts, if the configuration says so.
func TestTheDoorShutsByItself(t *testing.T) {
	d := staffed(t, 80, 24).as("Bob", bobsPIN).typed("esp<enter>")
	tick := func(n int) {
		for range n {
			d.run(d.app.tendedTo(tended{read: true}))
		}
	}
	tick(3600)
	d.sees("espresso")
	d.app.opts.LockAfter = time.Minute
	d.press("up")
	tick(59)
	d.sees("espresso").press("up")
	tick(59)
	d.sees("espresso")
	tick(1)
	d.sees("nobody has touched anything for").lacks("espresso").as("Bob", bobsPIN).sees("espresso")
}

// The first is a manager, and everybody signs in from then on; the page adds, gives PINs and disables.
func TestOperatorsAreSetUpInTheSettings(t *testing.T) {
	d := drive(t, 120, 40).press("f7")
	s := d.app.top().(*settings)
	s.at = slices.IndexFunc(s.all(), func(one setting) bool { return one.name == "operators" })
	d.press("enter").sees("nobody is set up", "from then on everybody signs in").press("n").sees("from now on everybody signs in")
	d.typed("Maria<enter>11").press("enter").sees("4 to 12 digits").typed(mariasPIN+"<enter>740193853<enter>").sees("not the same").lacks("7401", "who is here?")
	d.typed(mariasPIN+"<enter>").sees("who is here?", "Maria · manager").lacks("7401").as("Maria", mariasPIN)
	d.sees("works here").press("n").typed("Bob<enter>clerk<enter>"+bobsPIN+"<enter>"+bobsPIN+"<enter>").sees("Bob", "clerk", "active")
	for _, size := range [][2]int{{60, 18}, {80, 24}, {120, 40}} {
		d.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]}).golden(fmt.Sprintf("operators-%dx%d", size[0], size[1]))
	}
	d.press("up", "up", "d").sees("Maria is the last manager").lacks("disable Maria?")
	d.press("down", "p").sees("another PIN for Bob?").typed("192837<enter>192837<enter>").sees("Bob has another PIN")
	d.as("Bob", "192837").press("n").says("a clerk may not say who works here; a manager can")
	d.press("esc", "p").lacks("a clerk may not").typed("283746<enter>283746<enter>").sees("Bob has another PIN").as("Maria", mariasPIN)
	d.press("d", "y").sees("Bob cannot sign in any more", "disabled")
	if b := d.last(domain.KindOperatorDisabled); b.Actor != "Maria" {
		t.Errorf("it was %q", b.Actor)
	}
}
