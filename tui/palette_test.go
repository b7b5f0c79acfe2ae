package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// What is found by a part of its name is done as if its key had been pressed; also while somebody types.
func TestThePaletteDoesIt(t *testing.T) {
	d := drive(t, 120, 40)
	d.typed("mug<enter>wh").press("ctrl+k").sees("type what you want to do", "go to", "everywhere")
	d.typed("dis").sees("discount", "disputes").press("enter").sees("discount").lacks("do it")
	d.press("esc").press("ctrl+k").typed("shift<enter>").sees("the drawer").lacks("do it")
	d.press("ctrl+k").typed("payouts<enter>")
	if !payoutsPlace.at(d.app.top()) {
		t.Fatalf("not at the payouts:\n%s", d.screen())
	}
	d.press("ctrl+k").typed("sale<enter>").sees("enamel mug")
	d.press("ctrl+k").typed("pay").press("enter").sees("how is it paid")
}

// Esc loses nothing of what lies under the palette.
func TestThePaletteLosesNothing(t *testing.T) {
	d := drive(t, 80, 24)
	d.typed("mug<enter>fla")
	before := d.screen()
	d.press("ctrl+k").typed("start over").press("esc")
	if d.screen() != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, d.screen())
	}
	d.press("ctrl+k", "ctrl+k")
	if d.screen() != before {
		t.Error("the key that opens it does not close it")
	}
	d.press("ctrl+k").burst("quit<enter>")
	if !d.over {
		t.Error("a burst was not understood")
	}
}

// A form gets what is done from the palette, with what stood in it.
func TestThePaletteInAForm(t *testing.T) {
	d := drive(t, 120, 40)
	d.typed("mug<enter>").press("enter", "c").typed("4242").press("ctrl+k").sees("do it").press("esc").sees("4242")
}

// What takes money says how much, also where the palette hides the page that says it.
func TestThePaletteSaysWhatIsPaid(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 18}} {
		for method, name := range map[string]string{"a": "take it", "c": "next, then pay", "i": "pay"} {
			d := drive(t, size[0], size[1])
			d.typed("mug<enter>").press("enter", "ctrl+k").lacks("take it · ").press("esc")
			d.press(method, "ctrl+k").typed(name).sees(name + " · €14.50")
		}
	}
}

// Not over a question: that one has all keys.
func TestThePaletteWaitsForAnAnswer(t *testing.T) {
	d := drive(t, 120, 40)
	d.onHold()
	d.press("v").arm().press("ctrl+k").sees("void").lacks("type what you want to do")
}

// What does nothing now says why, in the machine's words, and Enter does not do it.
func TestThePaletteSaysWhyNot(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 18}} {
		d := drive(t, size[0], size[1])
		s := d.onHold()
		why := ""
		for _, o := range s.offers() {
			if o.title == "refund" {
				why = o.refusal
			}
		}
		if why == "" {
			t.Fatal("what is only held can be refunded")
		}
		d.press("ctrl+k").golden(fmt.Sprintf("palette-%dx%d", size[0], size[1]))
		d.typed("refund").press("enter").sees("! "+why, "refund").press("esc")
		if d.app.dialog != nil {
			t.Error("it was asked all the same")
		}
	}
}

// Every action of the palette is one of the page's keys, once, and each key of the page that does something is there.
func TestThePaletteIsMadeOfTheKeys(t *testing.T) {
	d := drive(t, 120, 40)
	d.typed("mug<enter>")
	for _, page := range []string{"f2", "f3", "f4", "f5", "f6", "f7"} {
		d.press(page)
		var names []string
		for _, c := range d.app.commands() {
			if slices.Contains(names, c.part+" "+c.name) {
				t.Errorf("%s has %q twice", page, c.name)
			}
			names = append(names, c.part+" "+c.name)
		}
		for _, k := range d.app.top().Keys() {
			own := Inert(d.app.top().Title()) + " " + k.Help().Desc
			if d.app.oneKey(k) && !walks(k) && !slices.Contains(names, own) {
				t.Errorf("%s: %q is not in %q", page, own, names)
			}
		}
	}
}

// What the journal says while the palette is open counts.
func TestThePaletteIsLive(t *testing.T) {
	d := drive(t, 120, 40)
	s := d.onHold()
	d.press("ctrl+k").typed("void").sees("do it")
	for i := range s.choices {
		s.choices[i].refusal = "it has gone"
	}
	d.send(tea.WindowSizeMsg{Width: 120, Height: 40}).sees("! it has gone").press("enter").sees("! it has gone")
}

func TestNothingIsCalledThat(t *testing.T) {
	d := drive(t, 80, 24)
	d.press("ctrl+k").typed("zzzz").sees("nothing here is called that").press("enter", "down", "up", "pgdown").sees("nothing here")
	d.paste("\x1b[2Jx\ny").sees("nothing here")
	if strings.Contains(d.app.View().Content, "\x1b[2J") {
		t.Error("it came through")
	}
}
