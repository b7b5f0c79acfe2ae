package till_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
	"till/storage/sqlite"
	"till/storage/storagetest"
)

// BenchmarkStepByOrders is a capture, and the whole life around it, in a till of ten orders and in one of a hundred
// thousand; TILL_TEST_SCALE=10 makes it a million. A capture is two steps, a life eight; the floor of a step is four
// pages and an fsync.
func BenchmarkStepByOrders(b *testing.B) {
	scale, err := strconv.Atoi(os.Getenv("TILL_TEST_SCALE"))
	if err != nil {
		scale = 1
	}
	for _, orders := range []int{10, 100_000 * scale} {
		b.Run(fmt.Sprintf("orders=%d", orders), func(b *testing.B) { benchAmong(b, orders) })
	}
}

func benchAmong(b *testing.B, orders int) {
	folder := b.TempDir()
	c := newClock()
	journal, err := sqlite.Open(b.Context(), filepath.Join(folder, "till.db"), c.env())
	check(b, err)
	b.Cleanup(func() { check(b, journal.Close()) })
	storagetest.Crowd(b, journal, orders)
	t, err := till.New(b.Context(), till.Config{
		Store: journal, Env: c.env(), Currency: "EUR",
		Variants: []till.Variant{{Name: "memory", Provider: memory{}, Timeout: time.Minute}},
	})
	check(b, err)
	card, err := domain.ParseCard("4242424242424242", "12/34", "123", "", c.now)
	check(b, err)
	floor := storagetest.NewFloor(b, filepath.Join(folder, "floor"), 4)
	var captures, lives, floors []time.Duration
	for b.Loop() {
		begun := time.Now()
		r, err := t.Pay(b.Context(), till.Intent{}, till.Payable{Order: issued(b, t).ID, Method: "card", Card: &card, Capture: domain.CaptureManual})
		check(b, err)
		held := time.Now()
		_, err = t.Capture(b.Context(), till.Intent{}, till.Capturing{Payment: r.Payment.ID})
		check(b, err)
		captures = append(captures, time.Since(held))
		_, err = t.Refund(b.Context(), till.Intent{}, till.Refunding{Payment: r.Payment.ID})
		check(b, err)
		lives = append(lives, time.Since(begun))
		for range 8 {
			floors = append(floors, floor.Write(b))
		}
	}
	step := median(floors)
	b.ReportMetric(float64(2*step)/float64(median(captures)), "capture-of-floor")
	b.ReportMetric(float64(8*step)/float64(median(lives)), "life-of-floor")
	b.ReportMetric(float64(median(captures).Microseconds()), "capture-µs")
	b.ReportMetric(float64(median(lives).Microseconds()), "life-µs")
	b.ReportMetric(float64(step.Microseconds()), "floor-µs")
}

func median(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[len(times)/2]
}
