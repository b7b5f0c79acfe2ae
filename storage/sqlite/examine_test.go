package sqlite

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"till/domain"
	"till/storage/storagetest"
)

// examined is what Examine finds at a file, by the names of the checks.
func examined(t testing.TB, path string) map[string]domain.Check {
	t.Helper()
	found := map[string]domain.Check{}
	for _, c := range Examine(t.Context(), path) {
		if c.OK != (c.Advice == "") || c.Detail == "" {
			t.Errorf("%+v", c)
		}
		found[c.Name] = c
	}
	return found
}

// lived is a file in which something has happened, closed.
func lived(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "till.db")
	db, err := Open(t.Context(), path, storagetest.Env())
	check(t, err)
	fill(t, db, 3)
	m := &storagetest.Maker{Store: db, Name: "E"}
	_, err = m.Issue(t.Context(), storagetest.Draft{})
	check(t, err)
	check(t, db.Close())
	return path
}

func TestExamineFindsAWellFileWell(t *testing.T) {
	t.Parallel()
	path := lived(t)
	before, err := os.ReadFile(path)
	check(t, err)
	found := examined(t, path)
	for _, name := range []string{"database", "write-ahead log", "schema", "journal", "views"} {
		if !found[name].OK {
			t.Errorf("%s: %+v", name, found[name])
		}
	}
	after, err := os.ReadFile(path)
	check(t, err)
	beside, err := os.ReadDir(filepath.Dir(path))
	check(t, err)
	if string(before) != string(after) || len(beside) != 1 {
		t.Errorf("it left its traces: %v", beside)
	}
	// While others write it can be looked at too.
	db := open(t, path)
	fill2(t, db)
	if found := examined(t, path); !found["views"].OK || !strings.Contains(found["views"].Detail, "24") {
		t.Errorf("%+v", found)
	}
}

// Two orders whose cases are called the same, as a gateway may, are both listed as they are, also after a rebuild.
func TestExamineTwoCasesOfOneName(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "till.db")
	db := open(t, path)
	m := &storagetest.Maker{Store: db, Name: "F"}
	contested(t, db, m)
	contested(t, db, m)
	for range 2 {
		if found := examined(t, path); !found["views"].OK {
			t.Errorf("%+v", found["views"])
		}
		check(t, db.Rebuild(t.Context()))
	}
}

func TestExamineNoFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "none", "till.db")
	if found := examined(t, path); len(found) != 1 || !found["database"].OK {
		t.Errorf("%+v", found)
	}
	if _, err := os.Stat(filepath.Dir(path)); err == nil {
		t.Error("it made a folder")
	}
}

// Each check says what it found in a file that is ill in its way, and those that need it are left out.
func TestExamineFindsWhatIsIll(t *testing.T) {
	t.Parallel()
	spoil := func(statement string) func(*testing.T, string) {
		return func(t *testing.T, path string) { run(t, raw(t, path), statement) }
	}
	for name, c := range map[string]struct {
		spoil  func(t *testing.T, path string)
		check  string
		detail string
	}{
		"text": {func(t *testing.T, path string) {
			check(t, os.WriteFile(path, []byte(strings.Repeat("Dear diary ", 999)), 0o600))
		}, "database", "damaged"},
		"a flipped byte in a page's head": {func(t *testing.T, path string) {
			text, err := os.ReadFile(path)
			check(t, err)
			for at := 4096; at < len(text); at += 4096 {
				text[at] ^= 0xff
			}
			check(t, os.WriteFile(path, text, 0o600))
		}, "database", "malformed"},
		"a file that ends in the middle": {func(t *testing.T, path string) {
			info, err := os.Stat(path)
			check(t, err)
			check(t, os.Truncate(path, info.Size()/2))
		}, "database", ""},
		"a folder": {func(t *testing.T, path string) {
			check(t, os.Remove(path))
			check(t, os.Mkdir(path, 0o700))
		}, "database", "cannot be"},
		"a long log": {func(t *testing.T, path string) {
			check(t, os.WriteFile(path+"-wal", nil, 0o600))
			check(t, os.Truncate(path+"-wal", walLimit+1))
		}, "write-ahead log", "64 MiB"},
		"another program's":           {spoil("pragma application_id = 7"), "schema", "another program"},
		"a newer till's":              {spoil("pragma user_version = 1000"), "schema", "1000"},
		"an older till's":             {spoil("pragma user_version = 1"), "schema", "1 of"},
		"a changed entry":             {spoil("update journal set actor = 'x' where seq = 3"), "journal", "entry 3 "},
		"a cut end":                   {spoil("delete from journal where seq = (select max(seq) from journal)"), "journal", "missing at the end"},
		"another status":              {spoil("update orders set status = 'paid' where n = (select max(n) from orders)"), "views", "ord_"},
		"a name too many":             {spoil("insert into names select kind, 'zzzz', id, n from names where kind = 'order' limit 1"), "views", "ord_"},
		"a search that lost an order": {spoil(`insert into search (search, rowid, words) select 'delete', n, words from orders where n = (select max(n) from orders)`), "views", "is not found by its words"},
		"a number that was given out": {spoil("update counters set last = last - 1 where series = 'order'"), "views", "\"order\""},
		"a number that was not":       {spoil("update counters set last = last + 1 where series = 'order'"), "views", "\"order\""},
		"no numbers":                  {spoil("delete from counters"), "views", "\"order\""},
		"no timers":                   {spoil("delete from timers"), "views", "ord_"},
		"an order less":               {spoil("delete from orders where n = (select max(n) from orders)"), "views", "the list has 3 orders, the journal 4"},
		"forged takings":              {spoil("insert into takings values ('2026-01-01T00:00:00.000000Z', 'EUR', 'cash', 1, 99999, 0, 0, 0, 0)"), "views", "sums of what came"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := lived(t)
			c.spoil(t, path)
			found := examined(t, path)
			if ill, there := found[c.check]; !there || ill.OK || !strings.Contains(ill.Detail, c.detail) {
				t.Errorf("%+v", found)
			}
			if _, there := found["views"]; there && c.check != "views" && c.check != "write-ahead log" {
				t.Errorf("looked on: %+v", found)
			}
		})
	}
}

// A log that was cut off in the middle, as when the power fails, takes the last commits with it and nothing else.
func TestExamineACutLog(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "till.db")
	db := open(t, path)
	fill(t, db, 8)
	copied := filepath.Join(t.TempDir(), "till.db")
	for _, side := range []string{"", "-wal"} {
		text, err := os.ReadFile(path + side)
		check(t, err)
		if side != "" {
			text = text[:len(text)*2/3]
		}
		check(t, os.WriteFile(copied+side, text, 0o600))
	}
	if found := examined(t, copied); !found["journal"].OK || !found["views"].OK {
		t.Errorf("%+v", found)
	}
}

// An order whose entries no till could have made: two captures at once.
func TestExamineFindsAnOrderThatCannotBe(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "till.db")
	m := &storagetest.Maker{Store: open(t, path), Name: "G"}
	doc, err := m.Issue(t.Context(), storagetest.Draft{})
	check(t, err)
	pay, _, err := m.Pay(t.Context(), doc)
	check(t, err)
	for _, id := range []domain.OperationID{"op_one", "op_two"} {
		if found := examined(t, path)["views"]; !found.OK {
			t.Errorf("before %s: %+v", id, found)
		}
		check(t, m.Append(t.Context(), doc.ID, domain.KindOperationRequested, string(pay), string(id), domain.Operation{
			ID: id, Kind: domain.Capture, Order: doc.ID, Payment: pay, Key: string(id), Amount: 1, Currency: "EUR", Method: "card", Deadline: storagetest.Start.Add(time.Hour),
		}))
	}
	if found := examined(t, path)["views"]; found.OK || !strings.Contains(found.Detail, "one change in flight") {
		t.Errorf("%+v", found)
	}
}

// slow is a store whose entries come ten minutes one after the other.
type slow struct{ *DB }

func (s slow) Update(ctx context.Context, decide func(domain.Tx) ([]domain.Entry, error)) ([]domain.Entry, error) {
	return s.DB.Update(ctx, func(tx domain.Tx) ([]domain.Entry, error) {
		entries, err := decide(tx)
		for i := range entries {
			entries[i].At = storagetest.Start.Add(time.Duration(i) * 10 * time.Minute)
		}
		return entries, err
	})
}

// In a till of any size the sums of the last hours are compared, whatever is older.
func TestExamineTheNewestTakings(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "till.db")
	db := open(t, path)
	storagetest.Crowd(t, slow{db}, 40)
	last, err := db.Last(t.Context())
	check(t, err)
	for _, newest := range []int{7, 30, 60, int(last) - 1, int(last), 1000} {
		since, err := compareTakings(t.Context(), db.writer, newest)
		if err != nil || (since == "") != (newest >= int(last)) {
			t.Errorf("of the newest %d: since %q, %v", newest, since, err)
		}
	}
	forge := func(hour string) error {
		run(t, raw(t, path), "update takings set taken = taken + 1 where hour = (select "+hour+"(hour) from takings)")
		_, err := compareTakings(t.Context(), db.writer, 30)
		return err
	}
	if err := forge("min"); err != nil {
		t.Errorf("it looked at what is older too: %v", err)
	}
	wantCode(t, forge("max"), domain.CodeStorageCorrupt)
}
