package sqlite

import (
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"till/domain"
	"till/storage/storagetest"
)

// Reading a long history. TILL_BENCH_DB names the folder that keeps one.

// fewOrders is what a long history is compared with.
const fewOrders = 10_000

// history opens a till with a long history.
func history(b *testing.B) *DB {
	b.Helper()
	return open(b, storagetest.History(b, func(path string) storagetest.Closing {
		db, err := Open(b.Context(), path, storagetest.Env())
		check(b, err)
		return db
	}))
}

// few opens a till with a short one.
func few(b *testing.B) *DB {
	b.Helper()
	db := open(b, filepath.Join(b.TempDir(), "few.db"))
	storagetest.Crowd(b, db, fewOrders)
	return db
}

// BenchmarkPage reads a page of 50, filtered and sorted in every way, at both ends of a list, in a long history and in a short one.
func BenchmarkPage(b *testing.B) {
	long, short := history(b), few(b)
	yes := true
	for _, q := range []struct {
		name string
		domain.OrderQuery
	}{
		{"all", domain.OrderQuery{}},
		{"oldest", domain.OrderQuery{Sort: "created_at"}},
		{"paid", domain.OrderQuery{Statuses: []string{"paid"}}},
		{"held", domain.OrderQuery{Statuses: []string{"hold"}}},
		{"held-or-issued", domain.OrderQuery{Statuses: []string{"hold", "issued"}}},
		{"dearest", domain.OrderQuery{Sort: "-total"}},
		{"amount", domain.OrderQuery{Currency: "EUR", Least: 1000, Most: 1030}}, // fifty of ten thousand orders
		{"wide-amount", domain.OrderQuery{Currency: "EUR", Least: 1000, Most: 4000}},
		{"month", domain.OrderQuery{From: storagetest.Start.AddDate(-2, 0, 1), To: storagetest.Start.AddDate(-2, 0, 4)}},
		{"paid-in-month", domain.OrderQuery{Statuses: []string{"paid"}, From: storagetest.Start.AddDate(-2, 0, 1), To: storagetest.Start.AddDate(-2, 0, 4)}},
		{"text", domain.OrderQuery{Text: "lee"}},
		{"paid-text", domain.OrderQuery{Text: "ann lee5", Statuses: []string{"paid"}}},
		{"not-test", domain.OrderQuery{Test: new(bool)}},
		{"test", domain.OrderQuery{Test: &yes}},
	} {
		q.Size = 50
		for depth, pages := range map[string]int{"": 0, "-deep": 9} { // nine of ten thousand orders lie before it
			b.Run(q.name+depth, func(b *testing.B) {
				inLong, inShort := at(b, long, q.OrderQuery, pages*9), at(b, short, q.OrderQuery, pages)
				var race storagetest.Race
				for b.Loop() {
					race.Ours(storagetest.Timed(func() { page(b, long, inLong) }))
					race.Floor(storagetest.Timed(func() { page(b, short, inShort) }))
				}
				race.Time(b, 1.5)
			})
		}
	}
}

// at is the query that goes on after so many pages of a thousand, or after the last full one.
func at(b *testing.B, db *DB, q domain.OrderQuery, pages int) domain.OrderQuery {
	b.Helper()
	far := q
	far.Size = maxPageSize
	for range pages {
		next, err := db.Orders(b.Context(), far)
		check(b, err)
		if next.Next == "" {
			break
		}
		far.After = next.Next
	}
	q.After = far.After
	return q
}

func page(b *testing.B, db *DB, q domain.OrderQuery) {
	b.Helper()
	_, err := db.Orders(b.Context(), q)
	check(b, err)
}

// BenchmarkSearch finds the first page for every beginning of a word, from one letter on. The floor is the goal: 2 ms for the
// slowest of them.
func BenchmarkSearch(b *testing.B) {
	db := history(b)
	for _, text := range []string{"ann", "lee519", "example", "visa", "hc00123", "ann lee51", "ann lee example"} {
		for n := range text {
			q := domain.OrderQuery{Text: text[:n+1], Size: 50}
			b.Run(strconv.Quote(q.Text), func(b *testing.B) {
				var race storagetest.Race
				for b.Loop() {
					race.Ours(storagetest.Timed(func() { page(b, db, q) }))
					race.Floor(2 * time.Millisecond)
				}
				race.Time(b, 1)
			})
		}
	}
}

// BenchmarkOpen opens and closes a till with a long history, and an empty one.
func BenchmarkOpen(b *testing.B) {
	long, empty := history(b).path, open(b, filepath.Join(b.TempDir(), "empty.db")).path
	var race storagetest.Race
	for b.Loop() {
		race.Ours(storagetest.Timed(func() { opened(b, long) }))
		race.Floor(storagetest.Timed(func() { opened(b, empty) }))
	}
	race.Time(b, 1.2)
}

func opened(b *testing.B, path string) {
	b.Helper()
	db, err := Open(b.Context(), path, storagetest.Env())
	check(b, err)
	_, err = db.Orders(b.Context(), domain.OrderQuery{Size: 1})
	check(b, err)
	check(b, db.Close())
}

// BenchmarkSums adds up a day's takings and what wants care: their rows do not grow with the orders.
func BenchmarkSums(b *testing.B) {
	long, short := history(b), few(b)
	day := storagetest.Start.AddDate(-2, 0, 2)
	for name, sum := range map[string]func(db *DB) error{
		"takings": func(db *DB) error { _, err := db.Takings(b.Context(), day, day.AddDate(0, 0, 1)); return err },
		"due":     func(db *DB) error { _, err := db.Due(b.Context(), day); return err },
	} {
		b.Run(name, func(b *testing.B) {
			var race storagetest.Race
			for b.Loop() {
				race.Ours(storagetest.Timed(func() { check(b, sum(long)) }))
				race.Floor(storagetest.Timed(func() { check(b, sum(short)) }))
			}
			race.Time(b, 1.5)
		})
	}
}
