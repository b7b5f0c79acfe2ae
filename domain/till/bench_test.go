package till_test

import (
	"context"
	dice "math/rand/v2"
	"path/filepath"
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
	benchLife(b, 8, wholeLife)
}

func wholeLife(b *testing.B, t *till.Till, card *domain.Card) {
	b.Helper()
	r, err := t.Sell(b.Context(), till.Intent{}, wanted(1000), till.Intent{}, till.Payable{Method: "card", Card: card, Capture: domain.CaptureManual})
	check(b, err)
	_, err = t.Capture(b.Context(), till.Intent{}, till.Capturing{Payment: r.Payment.ID})
	check(b, err)
	_, err = t.Refund(b.Context(), till.Intent{}, till.Refunding{Payment: r.Payment.ID})
	check(b, err)
}

func BenchmarkSale(b *testing.B) {
	benchLife(b, 3, func(b *testing.B, t *till.Till, card *domain.Card) {
		_, err := t.Sell(b.Context(), till.Intent{}, wanted(1000), till.Intent{}, till.Payable{Method: "card", Card: card})
		check(b, err)
	})
}

func benchLife(b *testing.B, steps int, live func(*testing.B, *till.Till, *domain.Card)) {
	folder := b.TempDir()
	t, card := memoryTill(b, filepath.Join(folder, "till.db"))
	floor := storagetest.NewFloor(b, filepath.Join(folder, "floor"), 4)
	var race storagetest.Race
	for b.Loop() {
		race.Ours(storagetest.Timed(func() { live(b, t, card) }))
		var sum time.Duration
		for range steps {
			sum += floor.Write(b)
		}
		race.Floor(sum)
	}
	race.Rate(b, 0.65)
}

// memoryTill opens a till whose provider writes nothing down, and gives a card to pay with.
func memoryTill(b *testing.B, path string) (*till.Till, *domain.Card) {
	b.Helper()
	c := newClock()
	last := 0
	journal, err := sqlite.Open(b.Context(), path, c.env())
	check(b, err)
	b.Cleanup(func() { check(b, journal.Close()) })
	if seq, err := journal.Last(b.Context()); err == nil {
		last = int(seq)
	}
	c.ids, c.dice = 10*last, dice.New(dice.NewPCG(1, uint64(last))) // what is there has names of its own
	t, err := till.New(b.Context(), till.Config{
		Store: journal, Env: c.env(), Currency: "EUR",
		Variants: []till.Variant{{Name: "memory", Provider: memory{}, Timeout: time.Minute}},
	})
	check(b, err)
	card, err := domain.ParseCard("4242424242424242", "12/34", "123", "", c.now)
	check(b, err)
	return t, &card
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
