package tui

import (
	"fmt"
	"strings"
	"testing"
)

// TestCashSaleTakesFewKeys counts the keys after the scan until the change is seen: five at most.
func TestCashSaleTakesFewKeys(t *testing.T) {
	d := drive(t, 80, 24)
	d.scan("4006381333931")
	d.sees("espresso", "€2.40")
	keys := []string{"enter", "a", "right", "enter"}
	if d.press(keys...); len(keys) > 5 {
		t.Fatalf("%d keys", len(keys))
	}
	d.sees("change", "€2.60", "paid")
	d.press("enter").sees("ready for the next customer")
	t.Logf("%d keys after the scan until the change is seen", len(keys))
}

// TestScansAreNeverLostOrMerged sends scans as bursts and as pastes.
func TestScansAreNeverLostOrMerged(t *testing.T) {
	d := drive(t, 120, 40)
	d.hold()
	for range 100 {
		d.typed("4006381333931<enter>96385074<enter>")
	}
	d.release()
	d.paste(strings.Repeat("5000112637922\r", 30)).paste("96385074\r\n4006381333931\n")
	for line, want := range map[int]int64{0: 101, 1: 101, 2: 30} {
		if got := d.app.sale().basket.Cart.Lines[line].Quantity; got != want {
			t.Errorf("line %d: %d pieces, not %d", line, got, want)
		}
	}
	if left := d.app.sale().entry.Value(); left != "" {
		t.Errorf("%q was left in the entry line", left)
	}
}

// TestScanBeforeTheCatalogue sends the first scan before any command has run.
func TestScanBeforeTheCatalogue(t *testing.T) {
	d := drive(t, 80, 24)
	d.start(80, 24)
	d.app.stack[0] = newSale(d.app.desk)
	d.app.fit(d.app.top())
	d.typed("4006381333931<enter>3*crs<enter>")
	d.run(d.app.top().Init())
	d.sees("espresso", "croissant", "€8.70")
}

func TestEntryLine(t *testing.T) {
	d := drive(t, 120, 40)
	d.typed("3*espr").sees("› espresso").press("enter").sees("€7.20")
	d.typed("white").sees("flat white", "enamel mug").press("down", "down", "enter").sees("enamel mug, white")
	d.typed("crs<enter>").sees("croissant", "€23.80")
	d.typed("10%<enter>").sees("-10%", "€23.59")
	d.typed("-<enter>").lacks("€2.10").sees("taken out: 1 × croissant")
	d.typed("-1<enter>").lacks("espresso  ").sees("€14.50")
	d.typed("-9<enter>").sees("there is no line 9")
	d.typed("usd<enter>").sees("one currency for each sale")
	d.typed("12345678<enter>").sees(`no article "12345678"`)
	d.typed("2*<enter>").sees("2 of what?")
	d.typed("緑茶<enter>").sees("緑茶")
	d.typed("mu").press("esc").lacks("› enamel").sees("€20.10")
}

func TestAmountsOnTop(t *testing.T) {
	d := drive(t, 120, 40)
	d.typed("mug<enter>")
	d.press("ctrl+d").sees("a discount on the whole sale").typed("4.5").sees("€10.00").press("enter").sees("-€4.50", "€10.00")
	d.press("ctrl+d").typed("99<enter>").sees("✗").press("esc").sees("€10.00")
	d.press("ctrl+t").typed("1<enter>").sees("tip", "€11.00")
	d.press("ctrl+l").typed("3<enter>").sees("delivery", "€14.00")
	d.sees("tax, contained in the prices")
}

// TestSaleSurvives opens a second console on the same till, as after a crash.
func TestSaleSurvives(t *testing.T) {
	d := drive(t, 80, 24)
	d.typed("2*mug<enter>esp<enter>")
	d.start(80, 24)
	d.sees("enamel mug", "€31.40", "here again")
	d.press("ctrl+x").sees("start over?").press("y").sees("ready for the next customer")
	d.start(80, 24)
	d.sees("ready for the next customer").lacks("here again")
}

// TestOneCurrencyUntilEmpty lets the next article decide once the last line is gone.
func TestOneCurrencyUntilEmpty(t *testing.T) {
	d := drive(t, 80, 24)
	d.typed("esp<enter>-<enter>usd<enter>").sees("$9.99")
}

// However many and however dear: what a line comes to is whole, with a blank before it.
func TestLongLines(t *testing.T) {
	for _, columns := range []int{60, 80, 120} {
		d := drive(t, columns, 24)
		d.typed("1000000*mug<enter>crs<enter>").sees(" 1000000 × enamel mug", " €14,500,000.00").lacks("€14.50€")
		d.sees("      1 × croissant ")
	}
}

func TestSaleGoldens(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 18}} {
		d := drive(t, size[0], size[1])
		d.golden(fmt.Sprintf("sale-empty-%dx%d", size[0], size[1]))
		d.typed("3*esp<enter>mug<enter>緑茶<enter>crs<enter>10%<enter>")
		d.golden(fmt.Sprintf("sale-%dx%d", size[0], size[1]))
		d.typed("wh").golden(fmt.Sprintf("sale-typing-%dx%d", size[0], size[1]))
	}
}

// A new person is shown what there is, and an example that works.
func TestShelf(t *testing.T) {
	d := drive(t, 80, 24)
	d.sees("on the shelf", "crs   croissant", "€2.10", "3*croissant")
	d.typed("zzz").lacks("on the shelf").press("esc").typed("3*croissant<enter>").sees("3 × croissant", "€6.30").lacks("on the shelf")
	d.typed("-<enter>").sees("on the shelf")
}

// Tax is told where there is some.
func TestTaxIsToldWhereItIs(t *testing.T) {
	for _, columns := range []int{80, 120} {
		d := drive(t, columns, 24)
		d.typed("usd<enter>").sees("subtotal").lacks("tax", "contained")
		d.typed("-<enter>crs<enter>").sees("tax", "contained", "€0.14")
	}
}
