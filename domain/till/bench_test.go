package till_test

import (
	"context"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
	"till/storage/sqlite"
	"till/storage/storagetest"
)

// memory is a provider that says yes at once and writes nothing down.
type memory struct{}

func (memory) Info() domain.ProviderInfo {
	return domain.ProviderInfo{Name: "memory", Methods: []domain.Method{{Name: "card", Title: "Card", Can: domain.Capabilities{
		ManualCapture: true, PartialCapture: true, Void: true, Refund: true, PartialRefund: true, Sync: true,
	}}}}
}

func (memory) Do(_ context.Context, op domain.Operation) (domain.Outcome, error) {
	f := domain.Fact{Action: "act_" + string(op.ID), Key: op.Key, Amount: op.Amount, Currency: op.Currency, Refund: op.Refund}
	f.Event = map[domain.OperationKind]domain.Event{
		domain.Authorize: domain.Approved, domain.Capture: domain.Captured, domain.RefundMoney: domain.RefundDone,
	}[op.Kind]
	return domain.Outcome{Status: domain.Succeeded, Code: "10000", Facts: []domain.Fact{f}}, nil
}

// BenchmarkLife is an order's whole life: issued, authorized, captured, refunded, every step on the disk.
// BenchmarkSale is issued and sold. The floor is eight steps (three for a sale) of four pages and an fsync each.
func BenchmarkLife(b *testing.B) {
	benchLife(b, 8, func(b *testing.B, t *till.Till, card *domain.Card) {
		o := issued(b, t)
		r, err := t.Pay(b.Context(), till.Intent{}, till.Payable{Order: o.ID, Method: "card", Card: card, Capture: domain.CaptureManual})
		check(b, err)
		_, err = t.Capture(b.Context(), till.Intent{}, till.Capturing{Payment: r.Payment.ID})
		check(b, err)
		_, err = t.Refund(b.Context(), till.Intent{}, till.Refunding{Payment: r.Payment.ID})
		check(b, err)
	})
}

func BenchmarkSale(b *testing.B) {
	benchLife(b, 3, func(b *testing.B, t *till.Till, card *domain.Card) {
		_, err := t.Pay(b.Context(), till.Intent{}, till.Payable{Order: issued(b, t).ID, Method: "card", Card: card})
		check(b, err)
	})
}

func issued(b *testing.B, t *till.Till) *domain.Order {
	b.Helper()
	o, err := t.Issue(b.Context(), till.Intent{}, wanted(1000))
	check(b, err)
	return o
}

func benchLife(b *testing.B, steps int, live func(*testing.B, *till.Till, *domain.Card)) {
	folder := b.TempDir()
	c := newClock()
	journal, err := sqlite.Open(b.Context(), filepath.Join(folder, "till.db"), c.env())
	check(b, err)
	b.Cleanup(func() { check(b, journal.Close()) })
	t, err := till.New(b.Context(), till.Config{
		Store: journal, Env: c.env(), Currency: "EUR",
		Variants: []till.Variant{{Name: "memory", Provider: memory{}, Timeout: time.Minute}},
	})
	check(b, err)
	card, err := domain.ParseCard("4242424242424242", "12/34", "123", "", c.now)
	check(b, err)
	floor := storagetest.NewFloor(b, filepath.Join(folder, "floor"), 4)
	var lives, floors []time.Duration
	for b.Loop() {
		at := time.Now()
		live(b, t, &card)
		lives = append(lives, time.Since(at))
		var sum time.Duration
		for range steps {
			sum += floor.Write(b)
		}
		floors = append(floors, sum)
	}
	slices.Sort(lives)
	slices.Sort(floors)
	p50, floor50 := lives[len(lives)/2], floors[len(floors)/2]
	b.ReportMetric(float64(floor50)/float64(p50), "ratio-of-floor")
	b.ReportMetric(float64(p50.Microseconds()), "p50-µs")
	b.ReportMetric(float64(floor50.Microseconds()), "floor-µs")
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
