package tui

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"till/domain"
	"till/domain/till"
)

var update = flag.Bool("update", false, "write the golden files anew")

// driver is a console without a terminal: what it is told happens at once, and the commands that come of it run
// before the next key. Time stands still unless a test lets it pass, so nothing waits and nothing blinks.
type driver struct {
	t    testing.TB
	app  *App
	till *till.Till
	now  time.Time

	shift   time.Duration // how far the till's clock is ahead
	seen    domain.Seq
	holding bool
	held    []tea.Cmd
	copied  string
	keys    int  // how many were pressed
	over    bool // the program has quit
}

// counting makes identifiers that are the same every time, and safe for those that ask from several goroutines.
func counting() func(prefix string) string {
	var mu sync.Mutex
	n := 0
	return func(prefix string) string {
		mu.Lock()
		defer mu.Unlock()
		n++
		return fmt.Sprintf("%s%026d", prefix, n)
	}
}

// dice fall the same way every time.
func dice() func(int) int {
	var mu sync.Mutex
	r := rand.New(rand.NewPCG(1, 2))
	return func(n int) int {
		mu.Lock()
		defer mu.Unlock()
		return r.IntN(n)
	}
}

// drive starts a console of a size on a fresh till with the sandbox and the drawer, and a small catalogue.
func drive(t testing.TB, width, height int) *driver {
	return driveWith(t, width, height, shelf())
}

// opening is when the tests begin.
var opening = time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC)

func driveWith(t testing.TB, width, height int, articles []domain.Article) *driver {
	t.Helper()
	d := &driver{t: t, now: opening}
	env := domain.Env{
		Now:   func() time.Time { return d.now.Add(d.shift) },
		NewID: counting(),
		Rand:  dice(),
		Wait:  func(context.Context, time.Duration) error { return nil },
	}
	d.till = newTestTill(t, env)
	d.till.Shift = func(by time.Duration) { d.shift = by }
	if err := d.till.Store.PutArticles(t.Context(), articles); err != nil {
		t.Fatal(err)
	}
	d.start(width, height)
	return d
}

// shelf is the catalogue of the tests.
func shelf() []domain.Article {
	return []domain.Article{
		{SKU: "esp", Title: "espresso", Price: 240, Currency: "EUR", Barcode: "4006381333931", TaxPercent: "19"},
		{SKU: "flat", Title: "flat white", Price: 390, Currency: "EUR", Barcode: "5000112637922", TaxPercent: "19"},
		{SKU: "crs", Title: "croissant", Price: 210, Currency: "EUR", Barcode: "96385074", TaxPercent: "7"},
		{SKU: "mug", Title: "enamel mug, white with a blue rim", Price: 1450, Currency: "EUR", TaxPercent: "19"},
		{SKU: "usd", Title: "guide to the city", Price: 999, Currency: "USD"},
		{SKU: "東京", Title: "緑茶 (green tea)", Price: 560, Currency: "EUR", TaxPercent: "7"},
	}
}

// start opens a console anew on the same till, as after a crash.
func (d *driver) start(width, height int) {
	d.t.Helper()
	d.app = newApp(d.t.Context(), d.till, Options{Theme: Dark})
	d.app.desk.tick = func(time.Duration, func(time.Time) tea.Msg) tea.Cmd { return nil }
	d.held = nil
	d.send(tea.WindowSizeMsg{Width: width, Height: height})
	d.run(d.app.Init())
}

// send gives a message to the console, runs what comes of it, and tells when the journal has moved meanwhile.
func (d *driver) send(msg tea.Msg) *driver {
	d.t.Helper()
	_, cmd := d.app.Update(msg)
	d.run(cmd)
	if !d.holding { // nothing is written while commands wait
		d.follow()
	}
	return d
}

// tend lets the second go by after which the console looks what has fallen due.
func (d *driver) tend() *driver {
	d.t.Helper()
	d.run(d.app.tend())
	d.follow()
	return d
}

// follow does what the watch over the journal does in the program.
func (d *driver) follow() {
	d.t.Helper()
	for range 10 {
		entries, err := d.till.Store.Entries(context.Background(), "", d.seen, 0, 1000)
		if err != nil {
			d.t.Fatal(err)
		}
		if len(entries) == 0 {
			return
		}
		d.seen = entries[len(entries)-1].Seq
		if err := d.till.ReadClock(context.Background()); err != nil {
			d.t.Fatal(err)
		}
		_, cmd := d.app.Update(storeChanged{int64(d.seen)})
		d.run(cmd)
	}
}

// run does a command and all that follow from it, one after the other.
func (d *driver) run(cmd tea.Cmd) {
	d.t.Helper()
	if cmd == nil {
		return
	}
	if d.holding {
		d.held = append(d.held, cmd)
		return
	}
	switch msg := d.do(cmd).(type) {
	case nil:
	case tea.QuitMsg:
		d.over = true
	default:
		if many := reflect.ValueOf(msg); many.Kind() == reflect.Slice && many.Type().Elem() == reflect.TypeFor[tea.Cmd]() {
			for i := range many.Len() { // a batch, or a sequence
				d.run(many.Index(i).Interface().(tea.Cmd))
			}
			return
		}
		if strings.HasSuffix(reflect.TypeOf(msg).String(), "setClipboardMsg") {
			d.copied = reflect.ValueOf(msg).String()
			return
		}
		_, next := d.app.Update(msg)
		d.run(next)
	}
}

// do runs one command, and fails the test where it never comes back.
func (d *driver) do(cmd tea.Cmd) tea.Msg {
	d.t.Helper()
	done := make(chan tea.Msg, 1)
	go func() { done <- cmd() }()
	select {
	case msg := <-done:
		return msg
	case <-time.After(20 * time.Second):
		d.t.Fatal("a command never came back")
		return nil
	}
}

// hold lets commands wait until release: what is in flight is seen so.
func (d *driver) hold() *driver { d.holding = true; return d }

func (d *driver) release() *driver {
	d.t.Helper()
	held := d.held
	d.holding, d.held = false, nil
	for _, cmd := range held {
		d.run(cmd)
	}
	d.follow()
	return d
}

// press presses keys by name, one after the other.
func (d *driver) press(names ...string) *driver {
	d.t.Helper()
	for _, name := range names {
		d.keys++
		d.send(keyOf(name))
		d.send(breathed{d.app.digits}) // a person does not press them at once
	}
	return d
}

// typed types a text key by key; <tab> and <enter> in it are those keys.
func (d *driver) typed(text string) *driver {
	d.t.Helper()
	for text != "" {
		if end := strings.IndexByte(text, '>'); text[0] == '<' && end > 1 {
			d.send(keyOf(text[1:end]))
			text = text[end+1:]
			continue
		}
		r := []rune(text)[0]
		if r == ' ' {
			d.send(keyOf("space"))
		} else {
			d.send(keyOf(string(r)))
		}
		text = text[len(string(r)):]
	}
	return d
}

// burst sends the keys of a text without letting any command run in between, as a scanner does.
func (d *driver) burst(text string) *driver {
	d.t.Helper()
	d.hold()
	d.typed(text)
	return d.release()
}

// scan is a burst that ends in Enter.
func (d *driver) scan(code string) *driver { d.t.Helper(); return d.burst(code + "<enter>") }

// paste is a bracketed paste.
func (d *driver) paste(text string) *driver { d.t.Helper(); return d.send(tea.PasteMsg{Content: text}) }

// arm lets the dialog's moment pass.
func (d *driver) arm() *driver {
	d.t.Helper()
	if d.app.dialog == nil {
		d.t.Fatal("no dialog is open")
	}
	return d.send(dialogArmed{d.app.dialog})
}

// wait lets time pass on the till's clock.
func (d *driver) wait(passed time.Duration) *driver { d.now = d.now.Add(passed); return d }

// screen is what a person sees, without colours.
func (d *driver) screen() string { return ansi.Strip(d.app.View().Content) }

func (d *driver) sees(texts ...string) *driver {
	d.t.Helper()
	for _, text := range texts {
		if !strings.Contains(d.screen(), text) {
			d.t.Fatalf("%q is not on the screen:\n%s", text, d.screen())
		}
	}
	return d
}

func (d *driver) lacks(texts ...string) *driver {
	d.t.Helper()
	for _, text := range texts {
		if strings.Contains(d.screen(), text) {
			d.t.Fatalf("%q is on the screen:\n%s", text, d.screen())
		}
	}
	return d
}

// golden compares the screen with the file of that name in testdata.
func (d *driver) golden(name string) *driver {
	d.t.Helper()
	path := filepath.Join("testdata", name+".golden")
	var seen strings.Builder
	for line := range strings.Lines(d.screen() + "\n") {
		seen.WriteString(strings.TrimRight(line, " \n") + "\n")
	}
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			d.t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(seen.String()), 0o644); err != nil {
			d.t.Fatal(err)
		}
		return d
	}
	want, err := os.ReadFile(path)
	if err != nil {
		d.t.Fatal(err)
	}
	if seen.String() != string(want) {
		d.t.Fatalf("the screen is not as in %s:\n%s\nwanted:\n%s", path, seen.String(), want)
	}
	return d
}

// orders gives what is in the journal, newest first.
func (d *driver) orders() []domain.OrderRow {
	d.t.Helper()
	page, err := d.till.Store.Orders(context.Background(), domain.OrderQuery{Size: 100})
	if err != nil {
		d.t.Fatal(err)
	}
	return page.Items
}
