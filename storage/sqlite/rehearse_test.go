package sqlite

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"till/domain"
	"till/storage/storagetest"
)

// issued is how many orders there are, and the journal's end.
func issued(t *testing.T, db *DB) (orders int, head string) {
	t.Helper()
	page, err := db.Orders(t.Context(), domain.OrderQuery{})
	check(t, err)
	entries, err := db.Entries(t.Context(), "", 0, 0, 0)
	check(t, err)
	return len(page.Items), entries[len(entries)-1].Hash
}

func another(t *testing.T, db *DB, name string) {
	t.Helper()
	_, err := (&storagetest.Maker{Store: db, Name: name}).Issue(t.Context(), storagetest.Draft{})
	check(t, err)
}

func TestCopy(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "till.db"))
	fill(t, db, 3)
	path := filepath.Join(t.TempDir(), "copy #1?.db")
	check(t, db.Copy(t.Context(), path))
	wantCode(t, db.Copy(t.Context(), path), domain.CodeInternal) // there is one
	another(t, db, "Z")
	if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
	if n, _ := issued(t, open(t, path)); n != 3 {
		t.Errorf("%d orders in the copy", n)
	}
}

// TestRehearse: what is written at a rehearsal is there as long as that lasts, also to what lies in it.
func TestRehearse(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "till.db"))
	fill(t, db, 2)
	_, before := issued(t, db)
	more := func(want int) {
		t.Helper()
		another(t, db, string(rune('V'+want)))
		if n, _ := issued(t, db); n != want {
			t.Errorf("%d orders, want %d", n, want)
		}
	}
	for range 2 {
		check(t, db.Rehearse(t.Context(), func() error {
			more(3)
			check(t, db.Rehearse(t.Context(), func() error { more(4); return nil }))
			refused := errors.New("no")
			_, err := db.Update(t.Context(), func(domain.Tx) ([]domain.Entry, error) { return nil, refused })
			if !errors.Is(err, refused) {
				t.Error(err)
			}
			if n, _ := issued(t, db); n != 3 {
				t.Errorf("%d orders after what was taken back", n)
			}
			return nil
		}))
		if n, head := issued(t, db); n != 2 || head != before {
			t.Errorf("%d orders, head %s, was %s", n, head, before)
		}
	}
	failed := errors.New("failed")
	if err := db.Rehearse(t.Context(), func() error { more(3); return failed }); !errors.Is(err, failed) {
		t.Error(err)
	}
	more(3) // and this is for good
	if verdict, err := db.Verify(t.Context()); err != nil || !verdict.OK {
		t.Errorf("%+v %v", verdict, err)
	}
}
