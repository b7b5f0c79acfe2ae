package tui

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"charm.land/bubbles/v2/table"

	"till/domain"
	"till/domain/till"
)

// peer is a table of bubbles of the same size: what the screens are measured against, in the same run.
func peer() func(down bool) {
	columns := []table.Column{{Title: "order", Width: 13}, {Title: "status", Width: 28}, {Title: "customer", Width: 30}, {Title: "paid with", Width: 18}, {Title: "amount", Width: 14}}
	rows := make([]table.Row, 100)
	for i := range rows {
		rows[i] = table.Row{fmt.Sprint(i), "● paid", "Ada Lovelace", "Visa ••4242", "€50.00"}
	}
	t := table.New(table.WithColumns(columns), table.WithRows(rows), table.WithWidth(116), table.WithHeight(30), table.WithFocused(true))
	return func(down bool) {
		key := "up"
		if down {
			key = "down"
		}
		t, _ = t.Update(keyOf(key))
		_ = t.View()
	}
}

func timed(key func(bool), i int) time.Duration {
	start := time.Now()
	key(i%2 == 0)
	return time.Since(start)
}

// allocated is how many bytes a key and its frame allocate.
func allocated(key func(bool)) float64 {
	const frames = 50
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for i := range frames {
		key(i%2 == 0)
	}
	runtime.ReadMemStats(&after)
	return float64(after.TotalAlloc-before.TotalAlloc) / frames
}

// benched is a screen, how it comes to be seen, and two keys that lead there and back.
type benched struct {
	name      string
	open      func(*driver)
	even, odd string
}

// frames gives one of the two keys to the console and draws its frame.
func (s benched) frames(d *driver) func(first bool) {
	even, odd := keyOf(s.even), keyOf(s.odd)
	return func(first bool) {
		key := odd
		if first {
			key = even
		}
		d.app.Update(key)
		_ = d.app.View()
	}
}

var benchedScreens = []benched{
	{"sale", func(d *driver) { d.longSale(999) }, "1", "backspace"},
	{"payment", func(d *driver) { d.typed("mug<enter>").press("enter", "c") }, "4", "backspace"},
	{"flight", func(d *driver) {
		d.typed("mug<enter>").press("enter").payBy(challenged).press("enter").sees("THE CUSTOMER'S TURN")
	}, "down", "up"},
	{"receipt", func(d *driver) { d.typed("mug<enter>").press("enter").payBy(visa).press("enter").sees("receipt") }, "down", "up"},
	{"orders", func(d *driver) { d.fill(100); d.press("f3") }, "down", "up"},
	{"order", func(d *driver) { d.benchOrder() }, "tab", "shift+tab"},
	{"rewind", func(d *driver) { d.benchOrder() }, "[", "]"},
	{"disputes", func(d *driver) { d.many(); d.press("f4") }, "down", "up"},
	{"sandbox", func(d *driver) { d.fill(10); d.press("f6") }, "down", "up"},
	{"shift", func(d *driver) { d.openShift("100"); d.trade() }, "down", "up"},
	{"Z report", func(d *driver) { d.openShift("100"); d.trade(); d.closeShift("100") }, "down", "up"},
	{"sales", func(d *driver) { d.trade(); d.press("f3", "g") }, "left", "right"},
	{"payouts", func(d *driver) { d.payTo(50); d.press("f3", "p") }, "down", "up"},
	{"settings", func(d *driver) { d.press("f7") }, "down", "up"},
	{"customer", func(d *driver) { d.regulars(); d.press("ctrl+b") }, "a", "backspace"},
	{"give back", func(d *driver) { d.benchReceipt() }, "right", "left"},
	{"palette", func(d *driver) { d.benchOrder(); d.press("ctrl+k") }, "p", "backspace"},
	{"help", func(d *driver) { d.benchOrder() }, "f1", "f1"},
	{"payout", func(d *driver) { d.payTo(1); d.press("f3", "p", "enter") }, "down", "up"},
}

// longSale rings up so many lines.
func (d *driver) longSale(lines int) {
	d.t.Helper()
	s := d.app.sale()
	for i := range lines {
		article := domain.Article{SKU: fmt.Sprint("sku", i), Title: fmt.Sprint("article ", i), Price: 100, Currency: "EUR"}
		if _, err := s.do(entry{quantity: 1}, article); err != nil {
			d.t.Fatal(err)
		}
	}
}

func (d *driver) benchOrder() {
	d.t.Helper()
	o := d.sell(till.NewOrder{SkipCapture: true})
	d.charge(o, visa)
	d.look(o)
}

// benchReceipt brings a receipt back.
func (d *driver) benchReceipt() {
	d.t.Helper()
	o := d.sell(till.NewOrder{})
	d.charge(o, visa)
	d.press("ctrl+f").typed(d.orders()[0].Number + "<enter>").sees("give back")
}

// mostAllocated is how many kB a key and its frame may allocate.
const mostAllocated = 60

// BenchmarkScreens gives a key to the console and draws its frame, at 120x40. ratio is to a table of bubbles with 30 rows.
func BenchmarkScreens(b *testing.B) {
	table := peer()
	for _, screen := range benchedScreens {
		b.Run(screen.name, func(b *testing.B) {
			d := drive(b, 120, 40)
			screen.open(d)
			key := screen.frames(d)
			var ours, theirs time.Duration
			b.ResetTimer()
			for i := range b.N { // in turns, so that whatever else runs slows both
				ours += timed(key, i)
				theirs += timed(table, i)
			}
			b.ReportMetric(float64(ours)/float64(b.N), "ns/op")
			b.ReportMetric(float64(ours)/float64(theirs), "ratio")
			b.ReportMetric(0.3, "at-most")
		})
		b.Run(screen.name+"/kB", func(b *testing.B) {
			d := drive(b, 120, 40)
			screen.open(d)
			bytes := allocated(screen.frames(d))
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(bytes/1000, "kB")
			b.ReportMetric(bytes/1000/mostAllocated, "ratio")
			b.ReportMetric(1, "at-most")
		})
	}
}
