package till_test

import (
	"path/filepath"
	"testing"

	"till/storage/sqlite"
	"till/storage/storagetest"
)

// BenchmarkLifeAmongMany lives an order's whole life in a till with a long history, and in an empty one.
func BenchmarkLifeAmongMany(b *testing.B) {
	path := storagetest.History(b, func(path string) storagetest.Closing {
		db, err := sqlite.Open(b.Context(), path, storagetest.Env())
		check(b, err)
		return db
	})
	many, card := memoryTill(b, path)
	empty, _ := memoryTill(b, filepath.Join(b.TempDir(), "empty.db"))
	var race storagetest.Race
	for b.Loop() {
		race.Ours(storagetest.Timed(func() { wholeLife(b, many, card) }))
		race.Floor(storagetest.Timed(func() { wholeLife(b, empty, card) }))
	}
	race.Rate(b, 0.9)
}
