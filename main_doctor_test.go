package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// health is what the doctor says, as far as it is looked at.
type health struct {
	OK     bool
	Checks []struct {
		Name, Detail, Advice string
		OK                   bool
	}
}

// ill are the names of the checks that found something, after the exit code was looked at.
func (s *shop) ill(flags ...string) (names []string, said string) {
	s.Helper()
	out, complaint, code := s.run(append([]string{"doctor", "--json"}, flags...)...)
	h := parsed[health](s, out)
	for _, c := range h.Checks {
		if !c.OK {
			names = append(names, c.Name)
		}
		if c.OK != (c.Advice == "") {
			s.Errorf("%+v", c)
		}
	}
	if h.OK != (len(names) == 0) || h.OK != (code == 0) || !h.OK && (code != 1 || !strings.Contains(complaint, `"code":"ill"`)) {
		s.Errorf("exit %d\n%s%s", code, out, complaint)
	}
	return names, out
}

// A till that was never used is well, and so is one that is; the doctor leaves both as they are.
func TestTheDoctorOfAWellTill(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	if ill, said := s.ill(); len(ill) > 0 {
		t.Error(said)
	}
	if left, err := os.ReadDir(s.home); err != nil || len(left) > 0 {
		t.Errorf("it made %v: %v", left, err)
	}
	s = busy(t)
	entries := s.intact()
	ill, said := s.ill()
	if len(ill) > 0 || s.intact() != entries {
		t.Error(said)
	}
	for _, secret := range []string{"4242424242424242", "a1@b.example"} {
		if strings.Contains(said, secret) {
			t.Errorf("it tells %s", secret)
		}
	}
}

// A backup that is taken while others sell is a whole till.
func TestABackupIsATill(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.must("order", "issue", "--email", "a@b.example", "--item", "Tea@3")
	file, err := filepath.Abs(chinook)
	if err != nil {
		t.Fatal(err)
	}
	selling := s.command("import", file, "--pay", "card")
	if err := selling.Start(); err != nil {
		t.Fatal(err)
	}
	kept := &shop{T: t, home: s.home, db: filepath.Join(t.TempDir(), "kept.db")}
	s.must("backup", kept.db)
	if err := selling.Wait(); err != nil {
		t.Fatal(err)
	}
	// The journal is copied first: of what was sold between the two copies the gateway's alone knows.
	if ill, said := kept.ill(); len(ill) > 0 && !(slices.Equal(ill, []string{"books"}) && strings.Contains(said, "it is not known here")) {
		t.Error(said)
	}
	if n := len(asked[list[order]](kept, "order", "list", "--size", "1000").Items); n == 0 || n > 413 {
		t.Errorf("%d orders", n)
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(kept.db), ".till-backup-*")); err != nil || len(left) > 0 {
		t.Errorf("%v is left, %v", left, err)
	}
}

// A database that was put back from before a sale does not know what the gateway has: the doctor says so.
func TestTheDoctorOfAnOlderCopy(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.must("order", "issue", "--email", "a@b.example", "--item", "Tea@3")
	older, err := os.ReadFile(s.db)
	if err != nil {
		t.Fatal(err)
	}
	s.must("pay", "1", "--card", "4242424242424242", "--expiry", "12/34", "--cvv", "100")
	if err := os.WriteFile(s.db, older, 0o600); err != nil {
		t.Fatal(err)
	}
	if ill, said := s.ill(); !slices.Equal(ill, []string{"books"}) || !strings.Contains(said, "not known here") {
		t.Error(said)
	}
	s.must("order", "list") // which reads what the gateway tells
	if ill, said := s.ill(); !slices.Equal(ill, []string{"orphans", "books"}) {
		t.Error(said)
	}
}

// A configuration that is wrong is named by its file, whatever is wrong in it.
func TestAConfigurationErrorNamesItsFile(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	for _, text := range []string{"shoop = 'x'", "currency = 'EURO'", "[variants.a]\nprovider = 'bank'", "="} {
		if err := os.WriteFile(s.config(), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, complaint, code := s.run("order", "list"); code != 2 || !strings.Contains(complaint, s.config()) {
			t.Errorf("%q: exit %d, %s", text, code, complaint)
		}
	}
}

// config is where the shop's configuration lies, in a folder that is made.
func (s *shop) config() string {
	s.Helper()
	folder := filepath.Join(s.home, ".config", "till")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		s.Fatal(err)
	}
	return filepath.Join(folder, "config.toml")
}

// sql does something to the database behind the till's back.
func (s *shop) sql(statement string) error {
	s.Helper()
	db := raw(s.T, s.db, "rw")
	_, err := db.Exec(statement)
	if failed := db.Close(); err == nil {
		err = failed
	}
	return err
}
