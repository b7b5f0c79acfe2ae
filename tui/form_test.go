package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"till/domain"
)

// formsOf are the ways to every page that asks for text, from the sale with a line in it.
var formsOf = map[string][]string{
	"country":  {"ctrl+b", "ctrl+n"},
	"billing":  {"ctrl+b", "ctrl+n", "ctrl+y", "u", "n", "i", "t", "e", "d", "space", "s", "t", "enter"},
	"customer": {"ctrl+b"},
	"card":     {"enter", "c"},
	"cash":     {"enter", "a"},
	"notes":    {"ctrl+n"},
	"discount": {"ctrl+d"},
	"payout":   {"f3", "p", "n"},
}

// burstKeys are what people, scanners and cats press; those that leave, send or wipe are pressed by the test itself.
var burstKeys = []string{
	"a", "Z", "4", "2", "@", ".", "é", "緑", " ", "-", "tab", "shift+tab", "up", "down", "left", "right", "backspace", "home", "end",
	"pgup", "pgdown", "delete", "enter",
}

// Whatever is pressed in a burst on any form: it answers, it fits the screen, and Esc leads out of it to the sale, which
// still has its line.
func TestBurstsNeverTrap(t *testing.T) {
	for name, way := range formsOf {
		t.Run(name, func(t *testing.T) {
			d := drive(t, 60, 18)
			rapid.Check(t, func(r *rapid.T) {
				d.start(60, 18)
				d.anew().press(way...)
				paid := len(d.orders())
				keys := rapid.SliceOfN(rapid.SampledFrom(burstKeys), 0, 40).Draw(r, "keys")
				for _, k := range keys {
					d.hold().press(strings.ReplaceAll(k, " ", "space")).release()
					d.size(r)
				}
				for range 12 {
					if d.app.dialog == nil && len(d.app.stack) == 1 {
						break
					}
					d.press("esc")
				}
				if d.app.dialog != nil || len(d.app.stack) != 1 {
					r.Fatalf("esc does not lead out:\n%s", d.screen())
				}
				if len(d.orders()) == paid { // Enter may well have paid
					taken := len(d.app.sale().basket.Cart.Lines) == 0 && slices.Contains(keys, "-") // back at the sale, - takes the last line out
					if d.press("esc"); !taken && !strings.Contains(d.screen(), "enamel mug") {
						r.Fatalf("the sale is gone:\n%s", d.screen())
					}
				}
				d.press("esc").typed("crs<enter>").sees("croissant")
			})
		})
	}
}

// anew begins a sale of one line.
func (d *driver) anew() *driver {
	d.t.Helper()
	if d.press("ctrl+x"); d.app.dialog != nil {
		d.press("y")
	}
	return d.typed("mug<enter>")
}

func (d *driver) size(r *rapid.T) {
	lines := strings.Split(d.screen(), "\n")
	if len(lines) != 18 || slices.ContainsFunc(lines, func(l string) bool { return width(l) > 60 }) {
		r.Fatalf("it does not fit:\n%s", d.screen())
	}
}

// What was typed into the fields of a form is there when the person comes back, whatever way they moved.
func TestFormsKeepTheirText(t *testing.T) {
	d := drive(t, 80, 24)
	rapid.Check(t, func(r *rapid.T) {
		d.start(80, 24)
		d.anew().press("ctrl+b", "ctrl+n", "ctrl+y").typed("germany<enter>")
		want := map[string]string{}
		names := []string{"email", "phone", "first_name", "last_name"}
		for range rapid.IntRange(1, 12).Draw(r, "steps") {
			form := d.app.sale().billing.second
			switch at := form.here().name(); rapid.IntRange(0, 3).Draw(r, "step") {
			case 0, 1:
				if slices.Contains(names, at) {
					text := rapid.StringMatching(`[1-9]{1,5}`).Draw(r, "text")
					want[at] += text
					d.press("end").typed(text)
				}
			case 2:
				d.press(rapid.SampledFrom([]string{"tab", "shift+tab", "up", "down"}).Draw(r, "move"))
			case 3:
				d.press("esc", "esc").sees("enamel mug").press("ctrl+b", "ctrl+n").sees("Germany")
			}
		}
		p := *d.app.sale().billing.person
		for name, text := range want {
			if got := *p.Field(name); got != text {
				r.Fatalf("%s is %q, not %q", name, got, text)
			}
		}
	})
}

// Each country's form can be filled in and left: each field once by tab, and what is typed is saved.
func TestEveryCountrysForm(t *testing.T) {
	if testing.Short() {
		t.Skip("all countries")
	}
	d := drive(t, 80, 24)
	for _, country := range domain.Countries() {
		var got domain.Person
		b := newBilling(d.app.desk, domain.Person{Email: "a@b.example", Address: domain.Address{Country: country.Code}}, func(p domain.Person) tea.Cmd {
			got = p
			return nil
		})
		d.app.push(b)
		asked := map[string]bool{}
		for range b.second.fields {
			at := b.second.here()
			asked[at.name()] = true
			if text, ok := at.(*textField); ok && at.name() != "email" && at.name() != "phone" {
				d.typed("Q" + text.key)
			}
			d.press("tab")
		}
		if len(asked) != len(b.second.fields) {
			t.Errorf("%s: tab only comes to %d of %d fields", country.Name, len(asked), len(b.second.fields))
		}
		d.press("f9", "f9")
		if got.Address.Country != country.Code || got.LastName != "Qlast_name" {
			t.Errorf("%s: %+v\n%s", country.Name, got, d.screen())
			d.press("esc")
		}
		for _, f := range b.second.fields {
			if text, ok := f.(*textField); ok && asked[f.name()] && f.name() != "email" && f.name() != "phone" && *got.Field(f.name()) != "Q"+text.key {
				t.Errorf("%s: %s is %q", country.Name, f.name(), *got.Field(f.name()))
			}
		}
		d.app.stack = d.app.stack[:1]
	}
}

// A burst of 2,000 scans, typed or pasted, in a storm of resizes: none is lost and none merges with another.
func TestTwoThousandScans(t *testing.T) {
	articles := make([]domain.Article, 500)
	for i := range articles {
		articles[i] = domain.Article{SKU: fmt.Sprint("a", i), Title: fmt.Sprint("article ", i), Price: 100, Currency: "EUR", Barcode: fmt.Sprintf("40063813%05d", i)}
	}
	for name, enter := range map[string]func(d *driver, codes []string){
		"typed": func(d *driver, codes []string) {
			d.hold()
			for i, code := range codes {
				d.typed(code[:7])
				if i%7 == 0 {
					d.send(tea.WindowSizeMsg{Width: 60 + i%61, Height: 18 + i%23})
				}
				d.typed(code[7:] + "<enter>")
			}
			d.release()
		},
		"pasted": func(d *driver, codes []string) {
			for i := 0; i < len(codes); i += 100 {
				d.paste(strings.Join(codes[i:i+100], "\r") + "\r")
			}
		},
	} {
		d := driveWith(t, 120, 40, articles)
		codes := make([]string, 2000)
		for i := range codes {
			codes[i] = articles[i*7%500].Barcode
		}
		enter(d, codes)
		lines := d.app.sale().basket.Cart.Lines
		if len(lines) != 500 {
			t.Errorf("%s: %d lines\n%s", name, len(lines), d.screen())
		}
		for _, l := range lines {
			if l.Quantity != 4 {
				t.Errorf("%s: %d of %s", name, l.Quantity, l.Title)
			}
		}
		if d.app.sale().sums.Total != 200_000 || d.app.sale().entry.Value() != "" {
			t.Errorf("%s: %d, %q", name, d.app.sale().sums.Total, d.app.sale().entry.Value())
		}
		d.start(120, 40) // all of it is on the disk
		if got := d.app.sale().sums.Total; got != 200_000 {
			t.Errorf("%s: after a crash it is %d", name, got)
		}
	}
}

// BenchmarkScan scans into a sale of few lines and of as many as there can be: the cost is that of the screen.
func BenchmarkScan(b *testing.B) {
	articles := make([]domain.Article, domain.MaxLines)
	for i := range articles {
		articles[i] = domain.Article{SKU: fmt.Sprint("a", i), Title: fmt.Sprint("article ", i), Price: 100, Currency: "EUR", TaxPercent: "19"}
	}
	for _, lines := range []int{50, domain.MaxLines} {
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			d := driveWith(b, 120, 40, articles)
			var all strings.Builder
			for i := range lines {
				fmt.Fprintf(&all, "a%d\r", i)
			}
			d.paste(all.String()).hold()
			keys := []tea.Msg{keyOf("a"), keyOf("1"), keyOf("enter")}
			b.ResetTimer()
			for i := range b.N {
				d.app.Update(keys[i%3])
				_ = d.app.View()
			}
		})
	}
}

// placeKeys are those that lead from page to page, and the deeds that the pages have on letters.
var placeKeys = []string{
	"f2", "f3", "f4", "f5", "f6", "f7", "3", "4", "5", "6", "enter", "esc", "tab", "up", "down", "x", "r", "a", "d", "n", "p", "f", "s", "y",
	"ctrl+k", "ctrl+b", "ctrl+f", "ctrl+p", "ctrl+r", "f1", "f9", "space",
}

// Whatever is pressed in a burst from page to page, before anything that was asked for is answered: every page fits the
// screen, nothing is left running, and Esc leads back to a sale that takes a line.
func TestBurstsAcrossPages(t *testing.T) {
	d := drive(t, 60, 18)
	d.claimed(domain.Raising{Stage: domain.StageChargeback, Reason: "13.1"})
	rapid.Check(t, func(r *rapid.T) {
		d.start(60, 18)
		d.anew()
		for _, burst := range rapid.SliceOfN(rapid.SliceOfN(rapid.SampledFrom(placeKeys), 1, 8), 1, 8).Draw(r, "bursts") {
			d.hold().press(burst...)
			d.size(r)
			d.release()
			d.size(r)
		}
		for range 30 {
			if d.app.dialog == nil && d.app.palette == nil && !d.app.help && len(d.app.stack) == 1 {
				break
			}
			d.press("esc")
			if d.app.dialog != nil {
				d.arm().press("esc")
			}
		}
		if len(d.app.stack) != 1 || d.app.busy != 0 || d.app.chair != nil {
			r.Fatalf("something is left, %d in flight:\n%s", d.app.busy, d.screen())
		}
		d.press("esc", "esc").typed("crs<enter>").sees("crois") // in it, or refused in words where the sale is in dollars
	})
}
