package tui

import (
	"fmt"
	"testing"
	"time"

	"charm.land/bubbles/v2/table"

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

// BenchmarkScreens takes a key and draws, at 120x40. ratio is to a table of bubbles with 30 rows.
func BenchmarkScreens(b *testing.B) {
	table := peer()
	d := drive(b, 120, 40)
	d.fill(100)
	list := newOrders(d.app.desk)
	d.run(d.app.push(list))
	o := d.sell(till.NewOrder{SkipCapture: true})
	d.charge(o, visa)
	one := newOrder(d.app.desk, o.ID)
	d.run(d.app.push(one))
	press := func(s Screen, even, odd string) func(bool) {
		return func(first bool) {
			name := odd
			if first {
				name = even
			}
			s.Update(keyOf(name))
			_ = s.View()
		}
	}
	for _, screen := range []struct {
		name string
		key  func(bool)
	}{
		{"list", press(list, "down", "up")},
		{"order", press(one, "tab", "shift+tab")},
		{"rewind", press(one, "[", "]")},
		{"timeline", func(bool) { one.tab = 1; press(one, "down", "up")(true) }},
	} {
		b.Run(screen.name, func(b *testing.B) {
			one.tab = 0
			var ours, theirs time.Duration
			for i := range b.N { // in turns, so that whatever else runs slows both
				ours += timed(screen.key, i)
				theirs += timed(table, i)
			}
			b.ReportMetric(float64(ours)/float64(b.N), "ns/op")
			b.ReportMetric(float64(ours)/float64(theirs), "ratio")
		})
	}
}
