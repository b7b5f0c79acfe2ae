package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// illness is something that is done to the files of a till, and what the doctor says of it.
type illness struct {
	name   string
	spoil  func(s *shop) error
	check  string // the one that finds it; with blanks between them, more; none: it does no harm
	detail string // words of what it says
	advice string // words of what to do
	flags  []string
}

// write puts a text in a file's place.
func write(path func(*shop) string, text string) func(*shop) error {
	return func(s *shop) error { return os.WriteFile(path(s), []byte(text), 0o600) }
}

// spoilByte changes one in the database.
func (s *shop) spoilByte(at int) error {
	text, err := os.ReadFile(s.db)
	if err != nil {
		return err
	}
	text[at] ^= 0xff
	return os.WriteFile(s.db, text, 0o600)
}

func database(s *shop) string { return s.db }

func gateway(s *shop) string { return strings.TrimSuffix(s.db, ".db") + ".sandbox.db" }

func mode(path func(*shop) string, rights os.FileMode) func(*shop) error {
	return func(s *shop) error { return os.Chmod(path(s), rights) }
}

func statement(text string) func(*shop) error {
	return func(s *shop) error { return s.sql(text) }
}

// atTheGateway does something to the sandbox's file behind its back.
func atTheGateway(text string) func(*shop) error {
	return func(s *shop) error {
		beside := *s
		beside.db = gateway(s)
		return beside.sql(text)
	}
}

func having(args ...string) func(*shop) error {
	return func(s *shop) error { s.must(args...); return nil }
}

var diary = strings.Repeat("Dear diary ", 999)

// illnesses are all that the doctor is to find.
var illnesses = []illness{
	{name: "none", spoil: func(*shop) error { return nil }},
	{name: "mode 0644", spoil: mode(database, 0o644), check: "permissions", detail: "others may use", advice: "chmod 600"},
	{name: "an open box", spoil: func(s *shop) error { return os.Chmod(filepath.Dir(s.db), 0o777) }, check: "permissions", detail: "others may write", advice: "chmod go-w"},
	{name: "the gateway's for all", spoil: mode(gateway, 0o640), check: "permissions", detail: "sandbox.db", advice: "chmod 600"},
	{name: "a wrong configuration", spoil: func(s *shop) error { return os.WriteFile(s.config(), []byte("shoop = 'x'\n"), 0o600) }, check: "configuration", detail: "shoop", advice: "mend"},

	{name: "a diary", spoil: write(database, diary), check: "database", detail: "damaged", advice: "go back to a backup"},
	{name: "nothing in it", spoil: write(database, ""), check: "schema", detail: "0 of", advice: "any other command"},
	{name: "a folder", spoil: func(s *shop) error { _ = os.Remove(s.db); return os.Mkdir(s.db, 0o700) }, check: "database", detail: "cannot be", advice: "check that you may"},
	{name: "a file for a folder", spoil: func(s *shop) error {
		folder := filepath.Dir(s.db)
		_ = os.RemoveAll(folder)
		return os.WriteFile(folder, nil, 0o600)
	}, check: "permissions database sandbox", detail: "not a directory", advice: "check that you may"},
	{name: "its first words", spoil: func(s *shop) error { return s.spoilByte(3) }, check: "database", detail: "damaged", advice: "go back to a backup"},
	{name: "a page's head", spoil: func(s *shop) error { return s.spoilByte(4096) }, check: "database", detail: "malformed", advice: "go back to a backup"},
	{name: "cut in the middle", spoil: func(s *shop) error { return os.Truncate(s.db, 40960) }, check: "database", detail: "", advice: "go back to a backup"},
	{name: "another program's", spoil: statement("pragma application_id = 7"), check: "schema", detail: "another program", advice: "name another file"},
	{name: "a newer till's", spoil: statement("pragma user_version = 1000"), check: "schema", detail: "schema 1000", advice: "use that one"},
	{name: "an older till's", spoil: statement("pragma user_version = 2"), check: "schema", detail: "at 2 of", advice: "brings it up to date"},
	{name: "a changed entry", spoil: statement("update journal set actor = 'x' where seq = 2"), check: "journal", detail: "entry 2 ", advice: "till journal verify"},
	{name: "no first entry", spoil: statement("delete from journal where seq = 1"), check: "journal", detail: "entry 1 is missing", advice: "till journal verify"},
	{name: "a cut end", spoil: statement("delete from journal where seq = (select max(seq) from journal)"), check: "journal", detail: "missing at the end", advice: "till journal verify"},
	{
		name: "a life taken out", spoil: statement(`delete from journal where stream = (select stream from journal where kind = 'payment.opened' and instr(body, 'Visa') limit 1)`),
		check: "journal", detail: "missing", advice: "till journal verify",
	},
	{name: "another list", spoil: statement("update orders set status = 'paid' where number = '3'"), check: "views", detail: "what the lists say", advice: "till journal rebuild"},
	{name: "forged takings", spoil: statement("update takings set taken = taken + 1"), check: "views", detail: "sums of what came", advice: "till journal rebuild"},
	{name: "a long log", spoil: func(s *shop) error {
		if err := os.WriteFile(s.db+"-wal", nil, 0o600); err != nil {
			return err
		}
		return os.Truncate(s.db+"-wal", 65<<20)
	}, check: "write-ahead log", detail: "MiB", advice: "end every till"},
	{name: "a log of nonsense", spoil: func(s *shop) error { return os.WriteFile(s.db+"-wal", []byte(diary), 0o600) }},
	{name: "a copy for all to read", spoil: func(s *shop) error {
		return os.WriteFile(strings.TrimSuffix(s.db, ".db")+".before-schema-5.db", nil, 0o644)
	}, check: "copies", detail: "others may use", advice: "chmod 600"},
	{name: "time runs back", spoil: func(*shop) error { return nil }, flags: []string{"--demo"}, check: "clock", detail: "before the journal's last entry", advice: "set the machine's clock"},

	{name: "no gateway's file", spoil: func(s *shop) error { return os.Remove(gateway(s)) }, check: "sandbox", detail: "is missing beside the database", advice: "put it back"},
	{name: "the gateway's torn", spoil: func(s *shop) error { return os.Truncate(gateway(s), 5000) }, check: "sandbox", detail: "damaged", advice: "together"},
	{name: "the gateway's a diary", spoil: write(gateway, diary), check: "sandbox", detail: "damaged", advice: "together"},
	{name: "the gateway's newer", spoil: atTheGateway("pragma user_version = 1000"), check: "sandbox", detail: "schema 1000", advice: "use the till that wrote it"},
	{name: "the gateway's older", spoil: atTheGateway("pragma user_version = 2"), check: "sandbox", detail: "schema 2", advice: "brought up to date"},
	{name: "another till's gateway", spoil: func(s *shop) error {
		other := newShop(s.T)
		other.must("order", "issue", "--email", "a@b.example", "--item", "Tea@3")
		other.must("pay", "1", "--card", "4242424242424242", "--expiry", "12/34", "--cvv", "100")
		text, err := os.ReadFile(gateway(other))
		if err != nil {
			return err
		}
		return os.WriteFile(gateway(s), text, 0o600)
	}, check: "books", detail: "not known here", advice: "till payment sync"},
	{name: "an empty gateway", spoil: func(s *shop) error {
		if err := os.Remove(gateway(s)); err != nil {
			return err
		}
		s.must("order", "list") // which makes one
		return nil
	}, check: "books", detail: "nothing on record", advice: "go back to a backup"},
	{name: "a gateway that goes wrong", spoil: having("sandbox", "fault", "set", "void", "garbled"), check: "faults", detail: "void garbled", advice: "till sandbox fault clear"},
}

// Whatever is done to the files, the doctor answers, names what is ill and what to do, and leaves them as they are.
func TestTheDoctorOfAnIllTill(t *testing.T) {
	t.Parallel()
	well := busy(t)
	for _, c := range illnesses {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := &shop{t, t.TempDir(), ""}
			if err := os.CopyFS(s.home, os.DirFS(well.home)); err != nil {
				t.Fatal(err)
			}
			s.db = filepath.Join(s.home, "shop", "till.db")
			for path, rights := range map[string]os.FileMode{filepath.Dir(s.db): 0o700, s.db: 0o600, gateway(s): 0o600} {
				if err := os.Chmod(path, rights); err != nil {
					t.Fatal(err)
				}
			}
			if err := c.spoil(s); err != nil {
				t.Fatal(err)
			}
			before := s.files()
			s.diagnosed(c)
			if after := s.files(); after != before {
				t.Errorf("it changed the files: %s\nwere\n%s", after, before)
			}
		})
	}
	t.Logf("proof: %d illnesses of the files, each found and explained", len(illnesses)-1)
}

// diagnosed has the doctor look at a till that is ill, and at nothing else.
func (s *shop) diagnosed(c illness) {
	s.Helper()
	ill, said := s.ill(c.flags...)
	if strings.Join(ill, " ") != c.check {
		s.Errorf("found %v: %s", ill, said)
	}
	var told, advised string
	for _, check := range parsed[health](s, said).Checks {
		if !check.OK {
			told, advised = told+check.Detail+"\n", advised+check.Advice+"\n"
		}
	}
	if !strings.Contains(told, c.detail) || !strings.Contains(advised, c.advice) {
		s.Errorf("it says %q and advises %q", told, advised)
	}
}

// files is what lies in the shop, but for what SQLite has beside a file that is open.
func (s *shop) files() string {
	s.Helper()
	var all strings.Builder
	paths, err := filepath.Glob(filepath.Join(s.home, "shop", "*"))
	if err != nil {
		s.Fatal(err)
	}
	for _, path := range paths {
		if strings.HasSuffix(path, "-wal") || strings.HasSuffix(path, "-shm") {
			continue
		}
		text, _ := os.ReadFile(path) // of a folder, nothing
		fmt.Fprintf(&all, "%s %x\n", path, sha256.Sum256(text))
	}
	return all.String()
}

// Another program that holds the file for itself: the doctor and every command say so, and do not wait for long. (The test
// must not read the file: closing it takes away the locks of its own process.)
func TestTheDoctorOfALockedTill(t *testing.T) {
	t.Parallel()
	s := busy(t)
	db := raw(t, s.db, "rw")
	db.SetMaxOpenConns(1)
	defer func() { _ = db.Close() }()
	if _, err := db.Exec("pragma journal_mode = delete; begin exclusive"); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	s.diagnosed(illness{check: "database", detail: "locked by another program", advice: "close what else has it open"})
	_, complaint, code := s.run("order", "list", "--json")
	if code != 6 || !strings.Contains(complaint, `"code":"busy"`) || !strings.Contains(complaint, "locked by another") {
		t.Errorf("exit %d: %s", code, complaint)
	}
	if took := time.Since(began); took > time.Minute {
		t.Errorf("they waited for %v", took)
	}
}
