package tui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"till/domain"
)

// TestCashSaleTakesFewKeys counts the keys after the scan until the change is seen: five at most.
func TestCashSaleTakesFewKeys(t *testing.T) {
	d := drive(t, 80, 24)
	d.scan("4006381333931")
	d.sees("espresso", "€2.40")
	d.keys = 0
	d.press("enter", "a", "right", "enter").sees("change", "€2.60", "paid")
	if d.keys > 5 {
		t.Errorf("%d keys after the scan until the change is seen", d.keys)
	}
	d.press("enter").sees("ready for the next customer")
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
	d.press("ctrl+d").press("ctrl+u").typed("99<enter>").sees("✗").press("esc").sees("€10.00")
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
		at := fmt.Sprintf("-%dx%d", size[0], size[1])
		d.typed("zzz<enter>").golden("sale-refused" + at).press("esc").regulars().typed("2*mug<enter>").press("ctrl+b").typed("a").golden("customers" + at)
		d.press("enter", "ctrl+p").typed("3*crs<enter>esp<enter>").press("ctrl+p").golden("sale-parked" + at)
		d.press("ctrl+r").golden("parked" + at)
		d = drive(t, size[0], size[1])
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

// Every form of an entry, as a clerk types them one after the other.
func TestGrammar(t *testing.T) {
	d := drive(t, 120, 40)
	total := func(typed, want string) {
		t.Helper()
		d.typed(typed + "<enter>")
		if got := d.app.sale().currency().Display(d.app.sale().sums.Total); got != want {
			t.Errorf("after %q the total is %s, not %s\n%s", typed, got, want, d.screen())
		}
	}
	total("3*esp", "€7.20")
	total("mug", "€21.70")
	total("esp", "€24.10") // a fourth: its line is marked now
	total("10%", "€23.14")
	total("0%", "€24.10")
	total("-1.50", "€22.60")
	total("-0.", "€24.10")
	total("@2", "€22.50")
	total("-esp", "€20.50")
	total("-2*esp", "€16.50")
	total("-", "€14.50")
	total("2*candle, red@4.5", "€23.50")
	d.sees("candle, red", "€4.50")
	total("crs@1.05", "€24.55")
	total("-96385074", "€23.50") // a barcode behind a minus is no line
	total("-2", "€14.50")
	total("2.50", "€14.50")
	d.sees(`no article "2.50"`, "@2.50").press("esc")
	for typed, why := range map[string]string{
		"-9": "there is no line 9", "-0": "there is no line 0", "-crs": "there is no croissant", "-2*mug": "there are only 1 × enamel mug",
		"101%": "0 to 100", "-99.00": "must not exceed the line", "@0": "must be at least", "@0.001": "decimals",
		"mug@99999999999999": "too many digits", "2*": "2 of what?", "0*mug": "a quantity is",
	} {
		total(typed, "€14.50")
		d.sees(why, "› "+typed)
		d.typed("esp<enter>").lacks(why).typed("-esp<enter>") // the next scan takes its place
	}
	total("-", "€0.00")
	total("10%", "€0.00")
	d.sees("there is no line yet")
}

// What was refused stays to be mended.
func TestRefusedEntryStays(t *testing.T) {
	d := drive(t, 80, 24)
	d.typed("2*zzz<enter>").sees("› 2*zzz", `no article "zzz"`)
	d.press("backspace", "backspace", "backspace").typed("mug<enter>").sees("2 × enamel mug").lacks("no article")
	d.typed("zzz<enter>").press("esc").lacks("zzz")
	d.paste("nothing1\r4006381333931\rnothing2\r").sees("1 × espresso", `no article "nothing1" · and 1 more`)
}

func TestTipsAndDiscountsInPercent(t *testing.T) {
	d := drive(t, 80, 24)
	d.typed("2*mug<enter>").press("ctrl+t", "down", "down").sees("10%", "tip €2.90 · total €29.00 → €31.90").press("enter").sees("€31.90")
	d.press("ctrl+d").typed("10%").sees("discount €2.90").press("enter").sees("-€2.90", "€29.00")
	d.press("ctrl+d").sees("2.90").press("ctrl+u", "enter").sees("€31.90").lacks("discount -")
	d.press("ctrl+l").typed("10%<enter>").sees("say it as an amount").press("esc")
	d.press("ctrl+t", "ctrl+u").typed("x<enter>").sees("only digits").press("esc").sees("€31.90")
}

// A note on a line is read with its name, one on the sale goes to the order.
func TestNotes(t *testing.T) {
	d := drive(t, 80, 24)
	d.typed("esp<enter>").press("ctrl+n").typed("oat milk<tab>ring twice").press("enter").sees("espresso · oat milk")
	d.typed("esp<enter>").sees("›2").press("ctrl+n", "esc").typed("-<enter>").press("ctrl+n").sees("oat milk", "ring twice")
	d.press("esc").press("enter", "a", "enter").sees("paid")
	o, err := d.till.Store.Order(t.Context(), d.orders()[0].ID)
	if err != nil || o.Client.Notes != "ring twice" || o.Cart.Lines[0].Name() != "espresso · oat milk" || o.Cart.Lines[0].Title != "espresso" {
		t.Errorf("%v %+v", err, o)
	}
}

// Several sales are parked, brought back and told apart, also after a crash.
func TestPark(t *testing.T) {
	d := drive(t, 80, 24)
	d.press("ctrl+r").sees("nothing is parked")
	d.typed("2*mug<enter>").press("ctrl+p").sees("parked: enamel mug", "ready for the next customer")
	d.typed("crs<enter>").press("ctrl+r").sees("2 × enamel mug", "the other one is parked").lacks("croissant  ")
	d.press("ctrl+p").typed("esp<enter>").wait(time.Minute).press("ctrl+p")
	d.start(80, 24) // a crash
	d.sees("ready for the next customer").press("ctrl+r").sees("parked sales", "espresso", "2 × enamel mug", "croissant", "09:31")
	d.typed("mug").lacks("croissant").press("enter").sees("2 × enamel mug", "€29.00")
	if n := len(d.orders()); n != 0 {
		t.Errorf("%d orders of sales that nobody paid", n)
	}
	d.press("enter", "a", "enter").sees("paid").press("enter")
	d.press("ctrl+r").press("down", "ctrl+x").sees("throw it away?").press("y").lacks("croissant").press("enter").sees("espresso", "€2.40")
	d.start(80, 24)
	d.sees("espresso", "here again").press("ctrl+p", "ctrl+r", "ctrl+x", "y").sees("ready for the next customer")
	sales, err := d.till.Store.Parked(t.Context())
	if err != nil || len(sales) != 0 {
		t.Errorf("%v %v", sales, err)
	}
}

// What another console has taken from the list is not sold twice.
func TestParkedSaleIsTakenOnce(t *testing.T) {
	d := drive(t, 80, 24)
	d.typed("mug<enter>").press("ctrl+p")
	sales, err := d.till.Store.Parked(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := d.till.Store.Park(t.Context(), domain.ParkedSale{ID: sales[0].ID}); err != nil {
		t.Fatal(err)
	}
	d.press("ctrl+r").sees("not parked any more", "ready for the next customer")
}
