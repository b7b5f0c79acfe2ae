package tui

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
	"till/providers/cash"
)

// kept records what the console wants kept.
type kept []string

// settle opens the settings on a till with several variants, where what is kept is recorded.
func settle(t *testing.T, width, height int) (*driver, *kept) {
	t.Helper()
	d := drive(t, width, height)
	d.till.Shop = "The Corner"
	d.till.Variants[0].Title, d.till.Variants[0].Capture, d.till.Variants[0].HoldFor = "Web shop", domain.CaptureManual, 7*24*time.Hour
	d.till.Variants[1].Max, d.till.Variants[1].Methods = "500.00", []string{"cash"}
	k := &kept{}
	d.app.opts.Setup = Setup{
		Version: "v1.2.3", Config: "/home/ann/.config/till/config.toml",
		Files: []File{{"database", "/home/ann/till.db"}, {"sandbox", "/home/ann/till.sandbox.db"}},
		Keep:  func(name string, value any) error { *k = append(*k, fmt.Sprint(name, "=", value)); return nil },
	}
	d.press("f7")
	return d, k
}

func TestSettings(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 18}} {
		d, _ := settle(t, size[0], size[1])
		d.golden(fmt.Sprintf("settings-%dx%d", size[0], size[1]))
		d.press("end").sees("v1.2.3", "› till").golden(fmt.Sprintf("settings-end-%dx%d", size[0], size[1]))
	}
}

func TestThemeAndMotionChangeAtOnce(t *testing.T) {
	d, k := settle(t, 120, 40)
	d.press("enter").sees("‹ light ›", "theme is kept in /home/ann/.config/till/config.toml")
	d.press("right").sees("‹ contrast ›").press("left", "left").sees("‹ dark ›")
	d.press("down", "space").sees("motion", "‹ on ›").press("enter").sees("‹ off ›")
	if want := []string{"theme=light", "theme=contrast", "theme=light", "theme=dark", "motion=true", "motion=false"}; !slices.Equal(*k, want) {
		t.Errorf("kept: %q", *k)
	}
}

// Of what is changed faster than it is written the last is kept, and nothing is written at the same time.
func TestTheLastOneIsKept(t *testing.T) {
	d, k := settle(t, 80, 24)
	d.hold().press("right", "right", "right", "right", "right")
	if len(d.held) > 1 {
		held := 0
		for _, cmd := range d.held {
			if cmd != nil {
				held++
			}
		}
		if held > 1 {
			t.Errorf("%d are written at once", held)
		}
	}
	d.release()
	if want := []string{"theme=light", "theme=light"}; !slices.Equal(*k, want) {
		t.Errorf("kept: %q", *k)
	}
}

func TestWhatCannotBeKeptIsSaid(t *testing.T) {
	d, _ := settle(t, 80, 24)
	d.app.opts.Setup.Keep = func(string, any) error { return errors.New("the disk is full") }
	d.press("enter").sees("✗ the disk is full", "‹ light ›")
	d.press("down", "down", "down", "down", "down", "enter").sees("› prices", "✗ the disk is full").lacks("from the next start")
}

// What belongs to the till holds from the next start, and says so.
func TestTheTillsSettingsHoldFromTheNextStart(t *testing.T) {
	d, k := settle(t, 120, 40)
	d.press("down", "down", "enter").sees("change the shop?", "it holds from")
	d.press("ctrl+u").typed("  <enter>").sees("a shop has a name").press("ctrl+u").typed("Café \"Zum Eck\"<enter>").sees(`from the next start: Café "Zum Eck"`, "The Corner")
	d.press("down", "enter", "ctrl+u").typed("xyz<enter>").sees("✗").press("ctrl+u").typed("chf<enter>").sees("from the next start: CHF")
	d.press("down", "enter").typed("xx<enter>").sees("must be a country").press("ctrl+u").typed("nl<enter>").sees("from the next start: NL")
	d.press("enter", "ctrl+u", "enter").sees("from the next start: none")
	d.press("down", "enter").sees("from the next start: tax is added").press("enter").sees("from the next start: include tax")
	d.press("f2", "f7").sees(`from the next start: Café "Zum Eck"`)
	if want := []string{`shop=Café "Zum Eck"`, "currency=CHF", "country=NL", "country=", "prices_include_tax=false", "prices_include_tax=true"}; !slices.Equal(*k, want) {
		t.Errorf("kept: %q", *k)
	}
	if d.till.Shop != "The Corner" || d.till.Currency != "EUR" {
		t.Error("the till that runs has changed")
	}
}

// What is not changed here says where it is.
func TestWhereItIsChanged(t *testing.T) {
	d, k := settle(t, 120, 40)
	d.press("end", "up", "up", "up").sees("not changed here · --config, or TILL_CONFIG").press("enter", "right", "left", "space")
	d.press("up").sees("not changed here · under [variants.cash] in the configuration")
	d.press("ctrl+k").sees("not changed here").typed("change").sees("! under [variants.cash]").press("esc")
	if len(*k) > 0 {
		t.Errorf("kept: %q", *k)
	}
}

func TestSettingsByMouse(t *testing.T) {
	d, k := settle(t, 80, 24)
	d.click("motion").sees("› motion").click("motion").sees("‹ on ›")
	d.click("the till").sees("› motion").wheel(tea.MouseWheelDown).sees("› shop")
	if want := []string{"motion=true"}; !slices.Equal(*k, want) {
		t.Errorf("kept: %q", *k)
	}
}

// Names from the configuration are long, wide, or hostile: every line fits, and nothing comes through.
func TestSettingsAreInert(t *testing.T) {
	evil := strings.Repeat("緑茶\x1b[2J\u202e ", 30)
	for _, size := range [][2]int{{200, 60}, {120, 40}, {80, 24}, {60, 18}} {
		d, _ := settle(t, size[0], size[1])
		d.till.Shop, d.till.Operator = evil, evil
		d.till.Variants = append(d.till.Variants, till.Variant{Name: "x", Title: evil, Provider: cash.New(d.till.Env)})
		d.app.opts.Setup.Config = evil
		for range 14 {
			d.wellDrawn("settings")
			if raw := d.app.View().Content; strings.Contains(raw, "\u202e") || strings.Contains(raw, "\x1b[2J") {
				t.Fatal("it came through")
			}
			d.press("down")
		}
	}
}
