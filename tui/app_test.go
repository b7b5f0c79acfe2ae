package tui

import (
	"os"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"till/domain"
	"till/domain/till"
)

func TestTooSmall(t *testing.T) {
	d := drive(t, 59, 17)
	d.sees("1 column and 1 row missing").typed("mug<enter>")
	d.send(tea.WindowSizeMsg{Width: 40, Height: 30}).sees("20 columns missing")
	d.send(tea.WindowSizeMsg{Width: 100, Height: 1}).sees("till")
	d.send(tea.WindowSizeMsg{Width: 60, Height: 18}).lacks("missing").sees("no customer")
}

// TestEveryPageFits draws each page at sizes around the classes: never wider, never higher than the terminal.
func TestEveryPageFits(t *testing.T) {
	long := strings.Repeat("a very long name 緑茶 ", 12)
	shop := append(shelf(), domain.Article{SKU: "long", Title: long + "\x1b[31m", Note: long, Price: 98765432100, Currency: "EUR"})
	for _, size := range [][2]int{{60, 18}, {61, 19}, {79, 23}, {80, 24}, {99, 30}, {100, 30}, {120, 40}, {200, 60}} {
		d := driveWith(t, size[0], size[1], shop)
		fits := func(page string) {
			t.Helper()
			lines := strings.Split(d.screen(), "\n")
			if len(lines) != size[1] {
				t.Errorf("%s at %v has %d lines", page, size, len(lines))
			}
			for _, line := range lines {
				if width(line) > size[0] {
					t.Errorf("%s at %v has a line of %d: %q", page, size, width(line), line)
				}
			}
		}
		fits("empty sale")
		for range 40 {
			d.typed("long<enter>crs<enter>")
		}
		for _, steps := range [][]string{
			{"a"},
			{"esc", "ctrl+b"},
			{"ctrl+n"},
			{"g", "e", "enter"},
			{"esc", "esc", "enter"},
			{"a", "ctrl+r"},
			{"esc", "c", "ctrl+t"},
			{"enter"},
			{"f1"},
			{"esc", "esc", "esc", "ctrl+d"},
			{"1", "esc", "enter", "a", "enter"},
			{"enter", "f3"},
		} {
			d.press(steps...)
			fits(strings.Join(steps, " "))
		}
	}
}

func TestNothingAtWidthZero(t *testing.T) {
	d := drive(t, 80, 24)
	d.app.width = 0
	if got := d.app.View().Content; got != "" {
		t.Errorf("%q", got)
	}
}

// TestHelpIsMadeOfTheBindings looks for every binding of every page in its help.
func TestHelpIsMadeOfTheBindings(t *testing.T) {
	d := drive(t, 120, 40)
	for _, steps := range [][]string{nil, {"m", "u", "g", "enter"}, {"ctrl+b"}, {"ctrl+n"}, {"esc", "esc", "enter"}, {"a"}, {"esc", "c"}} {
		d.press(steps...).press("f1")
		for _, k := range append(d.app.top().Keys(), consoleKeys.quit) {
			if k.Help().Key != "" {
				d.sees(k.Help().Key, k.Help().Desc)
			}
		}
		d.press("f1").lacks("any key closes this")
	}
}

// TestStatesAreToldWithoutColour: glyph and word of a machine's states are all different, each is one column.
func TestStatesAreToldWithoutColour(t *testing.T) {
	st := newStyles(true)
	for _, m := range domain.Machines() {
		words := map[string]domain.State{}
		glyphs := map[string]domain.State{}
		for _, s := range m.States() {
			glyph, word, _ := st.State(m.Name, s)
			if width(glyph) != 1 || word == "" {
				t.Errorf("%s %s is told by %q %q", m.Name, s, glyph, word)
			}
			if other, twice := words[word]; twice {
				t.Errorf("%s %s and %s are both %q", m.Name, s, other, word)
			}
			if other, twice := glyphs[glyph]; twice && m.Name != "dispute" {
				t.Errorf("%s %s and %s are both %q", m.Name, s, other, glyph)
			}
			words[word], glyphs[glyph] = s, s
			if _, known := badges[m.Name][s]; !known && m.Name != "dispute" {
				t.Errorf("%s %s has no badge", m.Name, s)
			}
		}
	}
}

func TestDialogIsDeafUntilArmed(t *testing.T) {
	d := drive(t, 80, 24)
	asked := 0
	d.app.ask(&Dialog{
		Question: func(a domain.Amount) string { return "refund " + domain.Currency("EUR").Display(a) + "?" },
		Yes:      "refund", No: "keep it", Money: true, Currency: "EUR", Start: 1200,
		Do: func(a domain.Amount) tea.Cmd { asked = int(a); return nil },
	})
	d.press("y", "enter", "esc", "n").sees("refund €12.00?", "◌")
	d.arm().sees("●").typed("5").sees("refund €5.00?").press("y").lacks("refund")
	if asked != 500 {
		t.Errorf("%d was asked for", asked)
	}
}

// A question that shows y is answered by y, or by a click on it: an Enter that was meant for the page below is no answer.
func TestEnterIsNoYes(t *testing.T) {
	d := drive(t, 80, 24)
	yes := 0
	ask := func(money bool) *Dialog {
		q := Confirm("start over?", "", "start over", "keep it", func() tea.Cmd { yes++; return nil })
		q.Money = money
		d.app.ask(q)
		q.armed = true
		return q
	}
	for _, money := range []bool{false, true} {
		ask(money)
		d.press("enter", "x", "enter", "space", "tab", "enter").sees("start over?", "● y start over", "✗ "+pressY)
		if yes != 0 {
			t.Fatalf("enter was a yes")
		}
		d.press("y").lacks("start over?")
		if yes != 1 {
			t.Fatalf("y was no yes")
		}
		q := ask(money)
		d.screen()
		k, hit := q.clickYes(d)
		if d.send(k); !hit || yes != 2 {
			t.Fatalf("a click on yes: %v, %d", hit, yes)
		}
		yes = 0
	}
	d.app.ask(&Dialog{
		Question: func(domain.Amount) string { return "how much?" }, Yes: "take", No: "leave", Currency: "EUR", Start: 100,
		Do: func(domain.Amount) tea.Cmd { yes++; return nil },
	})
	if d.sees("● enter take").press("enter"); yes != 1 {
		t.Error("the key that is shown does not answer")
	}
}

// clickYes is the key of a click on the left answer, as it is drawn.
func (q *Dialog) clickYes(d *driver) (tea.KeyPressMsg, bool) {
	st, columns, lines := d.app.desk.Styles, d.app.width, d.app.height
	for line := range 20 {
		if k, hit := q.hit(st, columns, lines, 6, line); hit {
			return k, true
		}
	}
	return tea.KeyPressMsg{}, false
}

func TestLiveIsAWord(t *testing.T) {
	d := drive(t, 80, 24)
	d.sees("SANDBOX")
	d.till.Live = true
	d.sees("LIVE").lacks("SANDBOX")
}

// TestTheme follows the terminal, and draws the lines of the sale anew.
func TestTheme(t *testing.T) {
	d := drive(t, 80, 24)
	d.app.opts.Theme = Auto
	d.typed("mug<enter>")
	before := d.app.View().Content
	d.send(tea.BackgroundColorMsg{Color: lipgloss.Color("#ffffff")})
	if after := d.app.View().Content; after == before {
		t.Error("nothing has changed")
	}
	if want, err := os.ReadFile("testdata/sale-light.ansi"); *update {
		_ = os.WriteFile("testdata/sale-light.ansi", []byte(d.app.View().Content), 0o644)
	} else if err != nil || string(want) != d.app.View().Content {
		t.Error("the light theme is not as in testdata/sale-light.ansi")
	}
}

func TestClock(t *testing.T) {
	d := drive(t, 80, 24)
	d.app.opts.Clock = true
	d.wait(26 * time.Hour).press("down").sees("22 Nov 11:30")
}

// A clock that anybody has moved is shown from then on, and runs.
func TestAMovedClockIsShown(t *testing.T) {
	d := drive(t, 80, 24)
	if strings.Contains(d.screen(), "21 Nov") {
		t.Fatal("the clock is the machine's, and shown")
	}
	if _, err := d.till.Advance(t.Context(), till.Intent{}, 24*time.Hour); err != nil {
		t.Fatal(err)
	}
	d.follow()
	d.sees("22 Nov 09:30").wait(time.Minute).press("down").sees("22 Nov 09:31")
}

func TestHostileText(t *testing.T) {
	evil := "gr\x1b[2Jün\u202e\u200b\x07 tee"
	d := driveWith(t, 80, 24, []domain.Article{{SKU: "x", Title: evil, Price: 100, Currency: "EUR"}})
	d.typed("grün").sees("grün tee").press("enter").sees("grün tee")
	if raw := d.app.View().Content; strings.ContainsAny(raw, "\u202e\u200b\x07") || strings.Contains(raw, "\x1b[2J") {
		t.Error("it came through")
	}
}

// BenchmarkCheckout takes a key and draws, at 120x40, with 90 articles in the sale; ratio is to a table of bubbles.
func BenchmarkCheckout(b *testing.B) {
	for _, page := range []struct {
		name      string
		steps     []string
		even, odd string
	}{
		{"sale", nil, "w", "backspace"},
		{"payment", []string{"enter"}, "down", "up"},
		{"cash", []string{"enter", "a"}, "1", "backspace"},
		{"card", []string{"enter", "c"}, "4", "backspace"},
		{"country", []string{"ctrl+b", "ctrl+n", "ctrl+y"}, "u", "backspace"},
		{"billing", []string{"ctrl+b", "ctrl+n", "ctrl+y", "g", "b", "enter"}, "x", "backspace"},
		{"receipt", []string{"enter", "a", "enter"}, "down", "up"},
	} {
		b.Run(page.name, func(b *testing.B) {
			d, table := drive(b, 120, 40), peer()
			d.typed(strings.Repeat("crs<enter>mug<enter>esp<enter>", 30)).press(page.steps...)
			even, odd := keyOf(page.even), keyOf(page.odd)
			press := func(first bool) {
				msg := odd
				if first {
					msg = even
				}
				d.app.Update(msg)
				_ = d.app.View()
			}
			var ours, theirs time.Duration
			for i := range b.N { // in turns, so that whatever else runs slows both
				ours += timed(press, i)
				theirs += timed(table, i)
			}
			b.ReportMetric(float64(ours)/float64(b.N), "ns/op")
			b.ReportMetric(float64(ours)/float64(theirs), "ratio")
		})
	}
}

// BenchmarkSuggest types into a catalogue of 3,503 articles.
func BenchmarkSuggest(b *testing.B) {
	articles := make([]domain.Article, 3503)
	words := strings.Fields("for those about to rock we salute you balls wall restless wild princess of dawn let there be love")
	for i := range articles {
		articles[i] = domain.Article{
			SKU: "t" + domain.Currency("JPY").Format(domain.Amount(i)), Title: words[i%17] + " " + words[i%13] + " " + words[i%11],
			Note: words[i%7] + " · " + words[i%19%17], Price: 99, Currency: "USD",
		}
	}
	c := newCatalogue(articles)
	var text strings.Builder
	b.ResetTimer()
	for i := range b.N {
		if i%8 == 0 {
			text.Reset()
		}
		text.WriteByte("restless"[i%8])
		c.search(text.String(), mostHits)
	}
}
