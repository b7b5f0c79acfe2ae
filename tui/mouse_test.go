package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"till/domain"
)

// click clicks a text on the screen, the last one where it stands several times.
func (d *driver) click(text string) *driver {
	d.t.Helper()
	lines := strings.Split(d.screen(), "\n")
	for y := len(lines) - 1; y >= 0; y-- {
		if at := strings.LastIndex(lines[y], text); at >= 0 {
			return d.send(tea.MouseClickMsg{X: width(lines[y][:at]), Y: y, Button: tea.MouseLeft})
		}
	}
	d.t.Fatalf("%q is not on the screen:\n%s", text, d.screen())
	return d
}

func (d *driver) wheel(button tea.MouseButton) *driver {
	d.t.Helper()
	return d.send(tea.MouseWheelMsg{X: d.app.width / 2, Y: d.app.height / 2, Button: button})
}

func TestAClickPressesTheKey(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}} {
		d := drive(t, size[0], size[1])
		d.typed("mug<enter>").click("enter pay").sees("how is it paid")
		d.press("esc").click("F1 help").sees("closes this")
		d.wheel(tea.MouseWheelDown).click("everywhere").lacks("closes this")
		d.click("ctrl+k actions").sees("do it")
		if d.click("disputes"); !is[*disputes](d.app.top()) {
			t.Fatalf("not at the disputes:\n%s", d.screen())
		}
		d.press("esc", "ctrl+k").send(tea.MouseClickMsg{X: 0, Y: 0, Button: tea.MouseLeft}).lacks("do it")
		d.press("ctrl+k").typed("orders").click("orders")
		if !is[*orders](d.app.top()) {
			t.Fatalf("not at the orders:\n%s", d.screen())
		}
	}
}

func TestAClickOnATab(t *testing.T) {
	d := drive(t, 120, 40)
	d.click("F3 orders")
	if !is[*orders](d.app.top()) {
		t.Fatalf("not at the orders:\n%s", d.screen())
	}
	d.click("F7 settings").sees("ways to pay").click("F2 sale").sees("no customer")
	d.send(tea.MouseClickMsg{X: 30, Y: 0, Button: tea.MouseRight}).sees("no customer")
}

// The wheel moves what is on top, and nothing below it.
func TestTheWheelMovesWhatIsOnTop(t *testing.T) {
	d := drive(t, 60, 18)
	d.onHold()
	d.press("f1")
	before := d.screen()
	if d.wheel(tea.MouseWheelDown); d.screen() == before {
		t.Error("the help stands still")
	}
	if d.wheel(tea.MouseWheelUp); d.screen() != before {
		t.Error("it does not come back")
	}
	d.press("esc", "ctrl+k")
	at := d.app.palette.at
	if d.wheel(tea.MouseWheelDown); d.app.palette.at != at+1 {
		t.Error("the palette stands still")
	}
}

func TestAClickAnswersAQuestion(t *testing.T) {
	done := ""
	pick := func(name string) func() tea.Cmd { return func() tea.Cmd { done = name; return nil } }
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 18}} {
		d := drive(t, size[0], size[1])
		d.app.ask(Confirm("really?", "a note", "do so", "leave it", pick("yes")))
		if d.click("really?"); d.app.dialog == nil {
			t.Error("a click on the question answers it")
		}
		if d.click("do so"); done != "yes" || d.app.dialog != nil {
			t.Errorf("%q was done", done)
		}
		done = ""
		d.app.ask(Confirm("really?", "", "do so", "leave it", pick("yes")))
		if d.click("leave it"); done != "" || d.app.dialog != nil {
			t.Errorf("%q was done", done)
		}
		for _, changes := range []func(domain.Amount) []Change{nil, func(domain.Amount) []Change { return []Change{{"kept", "1", "2"}} }} {
			d.app.ask(&Dialog{
				Question: func(domain.Amount) string { return "which?" }, No: "none", Changes: changes,
				Picks: []Pick{{Key: "a", Label: "first", Do: pick("first")}, {Key: "b", Label: "second", Do: pick("second")}},
			})
			if d.click("second"); done != "second" || d.app.dialog != nil {
				t.Errorf("%q was picked", done)
			}
		}
		d.app.ask(&Dialog{
			Question: func(domain.Amount) string { return "which?" }, No: "none", Picks: []Pick{{Key: "a", Label: "first", Do: pick("first")}},
		})
		if d.click("none"); done != "second" || d.app.dialog != nil {
			t.Errorf("%q was picked", done)
		}
	}
}

// One about money is as deaf to a click as to a key.
func TestAClickWaitsUntilItIsArmed(t *testing.T) {
	d := drive(t, 120, 40)
	d.onHold()
	d.press("v").click("◌ y void").sees("◌ y void").arm().click("● y void").lacks("y void")
}
