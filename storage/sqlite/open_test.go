package sqlite

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"till/domain"
	"till/storage/storagetest"
)

func TestNewFileIsPrivate(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a folder", "100%?#.db")
	fill(t, open(t, path), 1)
	for file, want := range map[string]os.FileMode{path: 0o600, path + "-wal": 0o600, path + "-shm": 0o600, filepath.Dir(path): 0o700 | os.ModeDir} {
		info, err := os.Stat(file)
		check(t, err)
		if info.Mode() != want {
			t.Errorf("%s is %v, want %v", file, info.Mode(), want)
		}
	}
}

func TestReopened(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "till.db")
	for want := 1; want <= 3; want++ {
		db, err := Open(t.Context(), path, storagetest.Env())
		check(t, err)
		m := &storagetest.Maker{Store: db, Name: string(rune('A' + want))}
		_, err = m.Issue(t.Context(), storagetest.Draft{})
		check(t, err)
		verdict, err := db.Verify(t.Context())
		check(t, err)
		if !verdict.OK || verdict.Entries != int64(want) {
			t.Error(verdict)
		}
		check(t, db.Close())
		check(t, db.Close()) // does no harm
		_, err = db.Orders(t.Context(), domain.OrderQuery{})
		wantCode(t, err, domain.CodeInternal)
		wantCode(t, db.Park(t.Context(), domain.ParkedSale{}), domain.CodeInternal)
	}
}

func TestRefusedFiles(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		make func(t *testing.T, path string)
		code domain.Code
		says string
	}{
		"newer": {func(t *testing.T, path string) {
			db, err := Open(t.Context(), path, storagetest.Env())
			check(t, err)
			check(t, db.Close())
			run(t, raw(t, path), "pragma user_version = 1000")
		}, domain.CodeInternal, "schema 1000"},
		"another program's": {func(t *testing.T, path string) {
			check(t, os.WriteFile(path, nil, 0o600))
			run(t, raw(t, path), "create table notes (text)")
		}, domain.CodeInvalid, "another program"},
		"no database": {func(t *testing.T, path string) {
			check(t, os.WriteFile(path, []byte(strings.Repeat("Dear diary, ", 1000)), 0o600))
		}, domain.CodeStorageCorrupt, "damaged"},
		"a short text": {func(t *testing.T, path string) {
			check(t, os.WriteFile(path, []byte("Dear diary"), 0o600))
		}, domain.CodeStorageCorrupt, "damaged"},
		"a folder": {func(t *testing.T, path string) {
			check(t, os.Mkdir(path, 0o700))
		}, domain.CodeStorageReadonly, "cannot be"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "till.db")
			c.make(t, path)
			before, _ := os.ReadFile(path)
			_, err := Open(t.Context(), path, storagetest.Env())
			wantCode(t, err, c.code)
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v does not say %q", err, c.says)
			}
			if after, _ := os.ReadFile(path); string(before) != string(after) {
				t.Error("the file was written to")
			}
		})
	}
}

// An older file gets the steps that it lacks, and its views anew.
func TestOlderSchema(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "till.db")
	db := open(t, path)
	fill(t, db, 3)
	before := dump(t, db)
	check(t, db.Close())
	older := raw(t, path)
	run(t, older, `drop table orders; drop table search; drop table names; drop table timers; drop table counters;
		drop table inbox; drop table inbox_read; drop table papers; drop table disputes;
		drop table cares; drop table takings; drop table sales; drop table pins; drop table tries;
		create table parked (one integer primary key check (one = 1), sale blob not null) strict;
		insert into parked values (1, cast('{"cart":{"currency":"EUR"},"client":{"first_name":"Ann"}}' as blob)); pragma user_version = 1`)
	check(t, older.Close())
	db = open(t, path)
	if after := dump(t, db); after != before {
		t.Errorf("\n%s\nis not\n%s", after, before)
	}
	sales, err := db.Parked(t.Context())
	check(t, err)
	if len(sales) != 1 || sales[0].Client.FirstName != "Ann" || string(sales[0].Sale) != `{"cart":{"currency":"EUR"}}` {
		t.Errorf("the sale on the screen has become %+v", sales)
	}
}

// A full disk: nothing of the step is stored, and it works again when there is room.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "till.db"))
	fill(t, db, 1)
	check(t, db.writer.script("pragma max_page_count = 1"))
	m := &storagetest.Maker{Store: db, Name: "D"}
	var err error
	stored := 0
	for err == nil {
		if _, err = m.Issue(t.Context(), storagetest.Draft{Title: strings.Repeat("tea ", 500)}); err == nil {
			stored++
		}
	}
	wantCode(t, err, domain.CodeStorageFull)
	entries, err := db.Entries(t.Context(), "", 0, 0, 0)
	check(t, err)
	if len(entries) != 3+stored {
		t.Errorf("%d entries, want %d", len(entries), 3+stored)
	}
	check(t, db.writer.script("pragma max_page_count = 1000000"))
	_, err = m.Issue(t.Context(), storagetest.Draft{})
	check(t, err)
	if found := breaks(t, db); found != nil {
		t.Error(found)
	}
}

func TestReadOnly(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "till.db"))
	fill(t, db, 1)
	check(t, db.writer.script("pragma query_only = 1"))
	wantCode(t, db.Park(t.Context(), domain.ParkedSale{Sale: []byte("x")}), domain.CodeStorageReadonly)
	check(t, db.writer.script("pragma query_only = 0"))
	check(t, db.Park(t.Context(), domain.ParkedSale{Sale: []byte("x")}))
}

// Somebody else holds the file: a sentence and a code, and it works when they let go.
func TestLocked(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "till.db")
	db := open(t, path)
	db.patience = 3
	other, err := raw(t, path).Conn(t.Context())
	check(t, err)
	hold := func(statement string) {
		_, err := other.ExecContext(context.Background(), statement)
		check(t, err)
	}
	hold("begin immediate")
	wantCode(t, db.Park(t.Context(), domain.ParkedSale{Sale: []byte("x")}), domain.CodeBusy)
	hold("rollback")
	check(t, db.Park(t.Context(), domain.ParkedSale{Sale: []byte("x")}))
	check(t, other.Close())
}

// A file and a folder that may only be read: everything is there to read, and what writes is refused until the
// rights are back. (The administrator may write everything: there is nothing to see then.)
func TestReadOnlyFile(t *testing.T) {
	t.Parallel()
	if os.Geteuid() == 0 {
		t.Skip("the administrator may write everything")
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "till.db")
	other := open(t, path) // its side files stay, as those of a till that runs
	fill(t, other, 1)
	rights := func(file, folder os.FileMode) {
		check(t, os.Chmod(path, file))
		check(t, os.Chmod(dir, folder))
	}
	rights(0o400, 0o500)
	defer rights(0o600, 0o700)
	db := open(t, path)
	page, err := db.Orders(t.Context(), domain.OrderQuery{})
	check(t, err)
	if len(page.Items) != 1 {
		t.Error(page)
	}
	wantCode(t, db.Park(t.Context(), domain.ParkedSale{Sale: []byte("x")}), domain.CodeStorageReadonly)
	_, err = Open(t.Context(), filepath.Join(dir, "new.db"), storagetest.Env())
	wantCode(t, err, domain.CodeStorageReadonly)
	rights(0o600, 0o700)
	check(t, open(t, path).Park(t.Context(), domain.ParkedSale{Sale: []byte("x")}))
}
