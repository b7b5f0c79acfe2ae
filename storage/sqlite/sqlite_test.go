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

// What measurements are made among is a journal like any other.
func TestACrowdHasLived(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "till.db"))
	storagetest.Crowd(t, db, 1050)
	verdict, err := db.Verify(t.Context())
	check(t, err)
	page, err := db.Orders(t.Context(), domain.OrderQuery{Statuses: []string{"paid"}, Size: 1000})
	check(t, err)
	due, err := db.Due(t.Context(), storagetest.Start.AddDate(20, 0, 0))
	check(t, err)
	if !verdict.OK || len(page.Items) != 935 || len(due) != 115 /* ten are held */ {
		t.Errorf("the chain holds: %v; %d are paid, %d fall due", verdict.OK, len(page.Items), len(due))
	}
}

// Who reads one thing after the other is lent the same connection, which is warm.
func TestOneReaderNeedsOneConnection(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "till.db"))
	for range 2 * readerCount {
		_, err := db.Entries(t.Context(), "", 0, 0, 1)
		check(t, err)
	}
	if opened := readerCount - len(db.unopened); opened != 1 {
		t.Errorf("%d connections were opened", opened)
	}
}
