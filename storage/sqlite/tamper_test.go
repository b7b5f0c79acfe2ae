package sqlite

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"till/domain"
	"till/storage/storagetest"
)

// fill writes a few lives: orders with a person and a payment.
func fill(t testing.TB, db *DB, orders int) {
	t.Helper()
	m := &storagetest.Maker{Store: db, Name: "F"}
	for i := range orders {
		doc, err := m.Issue(t.Context(), storagetest.Draft{
			Person: &domain.Person{FirstName: "Ann", Email: "ann@example.org"}, Reference: fmt.Sprint("R", i), Due: storagetest.Start,
		})
		check(t, err)
		_, _, err = m.Pay(t.Context(), doc)
		check(t, err)
	}
}

// raw opens the file past the store, as a tamperer would.
func raw(t testing.TB, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", address(path, "rw"))
	check(t, err)
	t.Cleanup(func() { check(t, db.Close()) })
	return db
}

func run(t testing.TB, db *sql.DB, statement string, args ...any) {
	t.Helper()
	_, err := db.ExecContext(t.Context(), statement, args...)
	check(t, err)
}

// breaks gives what Verify finds, as "seq what".
func breaks(t testing.TB, db *DB) []string {
	t.Helper()
	verdict, err := db.Verify(t.Context())
	check(t, err)
	if verdict.OK != (len(verdict.Broken) == 0) {
		t.Fatalf("ok is %v with %v", verdict.OK, verdict.Broken)
	}
	var list []string
	for _, b := range verdict.Broken {
		list = append(list, fmt.Sprint(b.Seq, " ", b.What))
	}
	return list
}

// Any byte of any column of any entry, changed in a way that its hash was not made anew for, is found there.
func TestVerifyFindsChangedBytes(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "till.db")
	db := open(t, path)
	fill(t, db, 7)
	tamper := raw(t, path)
	dice := storagetest.Dice(t)
	columns := []string{"at", "actor", "source", "stream", "subject", "kind", "key", "body", "prev", "hash"}
	for range 300 {
		seq, column := 1+dice.IntN(21), columns[dice.IntN(len(columns))]
		var was []byte
		check(t, tamper.QueryRowContext(t.Context(), "select cast("+column+" as blob) from journal where seq = ?", seq).Scan(&was))
		// Two entries cannot have one key: a flip that would give this one another's is made anew.
		changed := flip(dice, was)
		for ; column == "key" && taken(t, tamper, changed); changed = flip(dice, was) {
		}
		run(t, tamper, "update journal set "+column+" = ? where seq = ?", string(changed), seq)
		found := breaks(t, db)
		if !slices.ContainsFunc(found, func(b string) bool { return strings.HasPrefix(b, fmt.Sprint(seq, " ")) }) {
			t.Fatalf("%s of entry %d went from %q to %q, found: %v", column, seq, was, changed, found)
		}
		run(t, tamper, "update journal set "+column+" = ? where seq = ?", string(was), seq)
	}
	if found := breaks(t, db); found != nil {
		t.Fatal(found)
	}
}

// taken tells whether an entry has a key.
func taken(t testing.TB, db *sql.DB, key []byte) bool {
	t.Helper()
	var n int
	check(t, db.QueryRowContext(t.Context(), "select count(*) from journal where key = ?", string(key)).Scan(&n))
	return n > 0 && len(key) > 0
}

// flip changes a bit, or puts a byte in or takes one out.
func flip(dice *rand.Rand, was []byte) []byte {
	if len(was) == 0 {
		return []byte{byte(1 + dice.IntN(255))}
	}
	at := dice.IntN(len(was))
	switch dice.IntN(3) {
	case 0:
		return slices.Insert(slices.Clone(was), at, byte('0'+dice.IntN(10)))
	case 1:
		return slices.Delete(slices.Clone(was), at, at+1)
	}
	changed := slices.Clone(was)
	changed[at] ^= 1 << dice.IntN(8)
	return changed
}

func TestVerifyFindsEntries(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		tamper string
		want   string // the first break
	}{
		"taken out":       {"delete from journal where seq = 5", "5 is missing"},
		"first taken out": {"delete from journal where seq = 1", "1 is missing"},
		"several":         {"delete from journal where seq in (5, 6, 7)", "5 is missing, and so are all up to 7"},
		"the last":        {"delete from journal where seq = 9", "9 is missing at the end: 9 entries were written"},
		"all":             {"delete from journal", "1 is missing at the end: 9 entries were written"},
		"put in": {
			"insert into journal select 10, at, actor, source, stream, subject, kind, '', body, hash, hash from journal where seq = 9",
			"10 is not as it was written",
		},
		"put before":   {"insert into journal select 0, at, actor, source, stream, subject, kind, '', body, prev, hash from journal where seq = 1", "0 does not belong here"},
		"swapped":      {"update journal set seq = -1 where seq = 3; update journal set seq = 3 where seq = 4; update journal set seq = 4 where seq = -1", "3 was not written after the entry that stands before it"},
		"a blob":       {"pragma writable_schema = on; update sqlite_schema set sql = replace(sql, ') strict', ')') where name = 'journal'; pragma writable_schema = reset; update journal set body = cast(body as blob) where seq = 2", "2 is not as it was written"},
		"a comma":      {"update journal set at = replace(at, '.', ',') where seq = 2", "2 is not as it was written"},
		"a person":     {"update people set body = replace(body, 'Ann', 'Bob')", "1 what is kept of its person is not what was told"},
		"no person":    {"delete from people", "1 the row of its person is missing"},
		"no head":      {"delete from head", "9 nothing is left that knows where the journal ends"},
		"another head": {"update head set hash = 'x'", "9 is not the last entry that was written"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "till.db")
			db := open(t, path)
			fill(t, db, 3)
			run(t, raw(t, path), c.tamper)
			found := breaks(t, db)
			if len(found) == 0 || found[0] != c.want {
				t.Errorf("found %q, want %q first", found, c.want)
			}
		})
	}
}

// What was set aside of an entry is as little to be changed unseen as the entry itself.
func TestVerifyFindsWhatWasTold(t *testing.T) {
	t.Parallel()
	for tamper, want := range map[string]string{
		"update people set body = replace(body, 'milk', 'rum') where id = 'per_told'": "what is kept of its person is not what was told",
		"delete from people where id = 'per_told'":                                    "the row of its person is missing",
		"update people set salt = '', body = '' where id = 'per_told'":                "",
	} {
		path := filepath.Join(t.TempDir(), "till.db")
		db := open(t, path)
		fill(t, db, 1)
		entries, err := db.Update(t.Context(), func(domain.Tx) ([]domain.Entry, error) {
			e, err := domain.NewEntry(domain.KindPayoutOpened, "po_1", "", domain.PayoutOpening{ID: "po_1", Description: "milk"})
			return []domain.Entry{e}, errors.Join(err, e.SetAside(func(prefix string) string { return prefix + "told" }))
		})
		check(t, err)
		run(t, raw(t, path), tamper)
		if want != "" {
			want = fmt.Sprint(entries[0].Seq, " ", want)
		}
		if found := strings.Join(breaks(t, db), ", "); found != want {
			t.Errorf("%s: found %q, want %q", tamper, found, want)
		}
	}
}

// A cut end is not written over, and not hidden by a rebuild.
func TestCutEndIsKept(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "till.db")
	db := open(t, path)
	fill(t, db, 2)
	run(t, raw(t, path), "delete from journal where seq = 6")
	m := &storagetest.Maker{Store: db, Name: "C"}
	_, err := m.Issue(t.Context(), storagetest.Draft{})
	wantCode(t, err, domain.CodeStorageCorrupt)
	wantCode(t, db.Rebuild(t.Context()), domain.CodeStorageCorrupt)
	if found := breaks(t, db); len(found) != 1 {
		t.Error(found)
	}
}

// A changed journal is not made into views: the old ones may be all that is left of the truth.
func TestRebuildRefusesAChangedJournal(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "till.db")
	db := open(t, path)
	fill(t, db, 2)
	check(t, db.Rebuild(t.Context()))
	run(t, raw(t, path), "update journal set actor = 'somebody else' where seq = 3")
	wantCode(t, db.Rebuild(t.Context()), domain.CodeStorageCorrupt)
	page, err := db.Orders(t.Context(), domain.OrderQuery{})
	check(t, err)
	if len(page.Items) == 0 {
		t.Error("the views are gone")
	}
}

// What a person told is in no file of the database once they are forgotten.
func TestForgottenBytesAreGone(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "till.db")
	db := open(t, path)
	fill(t, db, 3)
	m := &storagetest.Maker{Store: db, Name: "G"}
	doc, err := m.Issue(t.Context(), storagetest.Draft{Person: &domain.Person{FirstName: "Kunigunde", Email: "kuni@secret.example"}})
	check(t, err)
	kept := domain.Kept{ID: "per_cus", Salt: "5a17", Person: domain.Person{LegalName: "Kunigunde & Sons", Email: "kuni@secret.example"}}
	ref, err := kept.Ref()
	check(t, err)
	tell(t, db, domain.KindCustomerAdded, "cus_1", domain.CustomerBody{Person: ref}, kept)
	fill2(t, db)
	tell(t, db, domain.KindPersonForgotten, string(doc.ID), domain.Forgetting{Row: doc.Person.ID}, domain.Kept{ID: doc.Person.ID})
	tell(t, db, domain.KindPersonForgotten, "cus_1", domain.Forgetting{Row: "per_cus"}, domain.Kept{ID: "per_cus"})
	for _, file := range []string{path, path + "-wal"} {
		content, err := os.ReadFile(file)
		check(t, err)
		for _, secret := range []string{"unigunde", "kuni", "secret.example"} {
			if bytes.Contains(bytes.ToLower(content), []byte(secret)) {
				t.Errorf("%q is still in %s", secret, filepath.Base(file))
			}
		}
	}
}

// tell appends an entry that brings a row of the cabinet.
func tell(t testing.TB, db *DB, kind domain.Kind, stream string, body any, brings domain.Kept) {
	t.Helper()
	_, err := db.Update(t.Context(), func(domain.Tx) ([]domain.Entry, error) {
		e, err := domain.NewEntry(kind, stream, stream, body)
		e.Brings.Person = &brings
		return []domain.Entry{e}, err
	})
	check(t, err)
}

// fill2 writes some more, so that the index has several segments.
func fill2(t testing.TB, db *DB) {
	t.Helper()
	m := &storagetest.Maker{Store: db, Name: "H"}
	for range 20 {
		_, err := m.Issue(t.Context(), storagetest.Draft{Title: "kunst"})
		check(t, err)
	}
}

func wantCode(t testing.TB, err error, code domain.Code) {
	t.Helper()
	if domain.CodeOf(err) != code {
		t.Errorf("got %v (%s), want %s", err, domain.CodeOf(err), code)
	}
}
