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

// A file, its log or its index that is taken away under an open till, or another put in its place: nothing is stored where
// nobody finds it, and it is said, by those who read too. Put back, everything goes on.
func TestFileReplacedUnderneath(t *testing.T) {
	t.Parallel()
	for _, side := range []string{"", "-wal", "-shm"} {
		for _, replaced := range []bool{false, true} {
			path := filepath.Join(t.TempDir(), "till.db")
			db := open(t, path)
			fill(t, db, 1)
			check(t, os.Rename(path+side, path+".away"))
			if replaced {
				text, err := os.ReadFile(path + ".away")
				check(t, err)
				check(t, os.WriteFile(path+side, text, 0o600))
			}
			m := &storagetest.Maker{Store: db, Name: "G"}
			_, err := m.Issue(t.Context(), storagetest.Draft{})
			wantCode(t, err, domain.CodeStorageCorrupt)
			if err == nil || !strings.Contains(err.Error(), path+side+" was removed or replaced") {
				t.Error(err)
			}
			if side == "" {
				_, err := db.Orders(t.Context(), domain.OrderQuery{})
				wantCode(t, err, domain.CodeStorageCorrupt)
			}
			check(t, os.Rename(path+".away", path+side))
			_, err = m.Issue(t.Context(), storagetest.Draft{})
			check(t, err)
			if found := breaks(t, db); found != nil {
				t.Error(found)
			}
		}
	}
	t.Log("proof: 6 files taken away or replaced under an open till, each noticed")
}

// A disk of another machine is refused before anything is made there; every other is not.
func TestNetworkDisks(t *testing.T) {
	t.Parallel()
	for kind, name := range aliens {
		path := filepath.Join(t.TempDir(), "new", "till.db")
		_, err := Open(t.Context(), path, storagetest.Env(), func(db *DB) {
			db.disk = func(at string) disk {
				if strings.Contains(at, "new") { // there is none yet
					return disk{}
				}
				return disk{known: true, network: aliens[kind]}
			}
		})
		wantCode(t, err, domain.CodeInvalid)
		if err == nil || !strings.Contains(err.Error(), "("+name+")") {
			t.Errorf("%#x: %v", kind, err)
		}
		if _, err := os.Stat(filepath.Dir(path)); err == nil {
			t.Error("it made a folder")
		}
	}
	for _, kind := range []uint32{0xef53, 0x9123683e, 0x58465342, 0x01021994, 0x794c7630, 0x65735546, 0x2fc12fc1} { // ext, btrfs, xfs, tmpfs, overlay, FUSE, ZFS
		if aliens[kind] != "" {
			t.Errorf("%#x is refused", kind)
		}
	}
	t.Logf("proof: %d network file systems refused", len(aliens))
}

// A link leads to its file, which lies with its log where it is; one that leads nowhere makes no file for everybody to read.
func TestLinks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path, link := filepath.Join(dir, "there", "till.db"), filepath.Join(dir, "link.db")
	check(t, os.Symlink(path, link))
	_, err := Open(t.Context(), link, storagetest.Env())
	wantCode(t, err, domain.CodeStorageReadonly)
	check(t, os.Mkdir(filepath.Dir(path), 0o700))
	_, err = Open(t.Context(), link, storagetest.Env())
	wantCode(t, err, domain.CodeStorageReadonly)
	here, there := open(t, path), open(t, link)
	fill(t, here, 1)
	m := &storagetest.Maker{Store: there, Name: "L"}
	_, err = m.Issue(t.Context(), storagetest.Draft{})
	check(t, err)
	if found := breaks(t, here); found != nil {
		t.Error(found)
	}
	if beside, _ := filepath.Glob(link + "*"); len(beside) != 1 {
		t.Error(beside)
	}
}

// A file whose format nobody knows is damaged for who copies it as it is for who opens it.
func TestADamagedFileIsNotCopied(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "till.db")
	check(t, open(t, path).Close())
	text, err := os.ReadFile(path)
	check(t, err)
	text[47] = 9 // the schema's format
	check(t, os.WriteFile(path, text, 0o600))
	if err := Copy(t.Context(), path, path+".copy"); domain.CodeOf(err) != domain.CodeStorageCorrupt {
		t.Error(err)
	}
}
