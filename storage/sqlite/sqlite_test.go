package sqlite

import (
	"path/filepath"
	"testing"

	"till/domain"
	"till/storage/storagetest"
)

func TestStore(t *testing.T) {
	t.Parallel()
	storagetest.Run(t, func(t *testing.T) domain.Store {
		t.Helper()
		return open(t, filepath.Join(t.TempDir(), "till.db"))
	})
}

// open opens a file for as long as the test runs.
func open(t testing.TB, path string) *DB {
	t.Helper()
	db, err := Open(t.Context(), path, storagetest.Env())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}
