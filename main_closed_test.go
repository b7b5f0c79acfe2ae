package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// freeze keeps a file or a folder from being written, until it is thawed. Rights do not stop the administrator: there it
// takes a mark of the file system.
func freeze(t *testing.T, path string) (thaw func()) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	mark := func(sign string) error { return exec.Command("chattr", sign+"i", path).Run() }
	if os.Geteuid() != 0 {
		mark = func(sign string) error {
			if sign == "+" {
				return os.Chmod(path, info.Mode()&^0o222)
			}
			return os.Chmod(path, info.Mode())
		}
	}
	if err := mark("+"); err != nil {
		t.Skipf("%s cannot be kept from the administrator here: %v", path, err)
	}
	thaw = func() {
		if err := mark("-"); err != nil {
			t.Error(err)
		}
	}
	t.Cleanup(func() { _ = mark("-") })
	return thaw
}

// remounted makes the shop's own disk one that can only be read, and back.
func remounted(s *shop, how string) {
	s.Helper()
	if out, err := exec.Command("mount", "-o", "remount,"+how, filepath.Dir(s.db)).CombinedOutput(); err != nil {
		s.Fatalf("%s: %s", err, out)
	}
}

// What may only be read is told as such, by every command that would write, and by the doctor; nothing is done by half, and
// it works again when it may be written.
func TestFilesThatMayOnlyBeRead(t *testing.T) {
	t.Parallel()
	for name, closed := range map[string]func(s *shop) (open func()){
		"the file":           func(s *shop) func() { return freeze(s.T, s.db) },
		"the gateway's file": func(s *shop) func() { return freeze(s.T, gateway(s)) },
		"the folder":         func(s *shop) func() { return freeze(s.T, filepath.Dir(s.db)) },
		"the disk": func(s *shop) func() {
			remounted(s, "ro")
			return func() { remounted(s, "rw") }
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			if name == "the disk" {
				s.onSmallDisk()
			}
			s.must("order", "issue", "--email", "a@b.example", "--item", "Tea@3")
			open := closed(s)
			wanted := map[string]string{"order": "1 storage_readonly", "pay": "1 storage_readonly", "journal": "1 storage_readonly"}
			if name == "the gateway's file" { // nobody knows what a gateway did that does not answer, and nothing else needs it
				wanted = map[string]string{"order": "0 ", "pay": "5 unknown_outcome", "journal": "0 "}
			}
			for _, c := range [][]string{
				{"order", "issue", "--email", "a@b.example", "--item", "Tea@3", "--idempotency-key", "second"},
				{"pay", "1", "--card", "4242424242424242", "--expiry", "12/34", "--cvv", "100", "--idempotency-key", "paid"},
				{"journal", "rebuild"},
			} {
				_, said, code := s.run(append(c, "--json")...)
				var told complaints
				_ = json.Unmarshal([]byte(said), &told) // nothing is said of what was done
				if fmt.Sprint(code, " ", told.Error.Code) != wanted[c[0]] || code != 0 && (told.Error.Hint == "" || !strings.Contains(said, "cannot be")) {
					t.Errorf("till %v: exit %d, %s", c, code, said)
				}
			}
			ill, said := s.ill()
			finds := "database"
			if name == "the gateway's file" {
				finds = "sandbox"
			}
			if !slices.Contains(ill, finds) {
				t.Errorf("the doctor finds %v: %s", ill, said)
			}
			open()
			s.intact()
			s.must("pay", "1", "--card", "4242424242424242", "--expiry", "12/34", "--cvv", "100", "--idempotency-key", "paid")
			s.chargedOnce(1)
			t.Logf("proof: 3 commands refused or told while %s may only be read, and done afterwards", name)
		})
	}
}

// Where a folder must be made, or a file, and something else is there: it is said, and that stays as it is.
func TestPlacesWhereNoFileCanBe(t *testing.T) {
	t.Parallel()
	for name, make := range map[string]func(s *shop) error{
		"a folder in its place": func(s *shop) error { return os.MkdirAll(s.db, 0o700) },
		"a file as its folder":  func(s *shop) error { return os.WriteFile(filepath.Dir(s.db), []byte("x"), 0o600) },
		"a link that leads nowhere": func(s *shop) error {
			return os.Symlink(filepath.Join(s.home, "none", "till.db"), filepath.Join(s.home, "link.db"))
		},
		"a folder for the gateway": func(s *shop) error { return os.MkdirAll(gateway(s), 0o700) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			if err := make(s); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(name, "link") {
				s.db = filepath.Join(s.home, "link.db")
			}
			_, said, code := s.run("order", "issue", "--email", "a@b.example", "--item", "Tea@3", "--json")
			if code != 1 || !strings.Contains(said, `"code":"storage_readonly"`) || !strings.Contains(said, `"hint"`) {
				t.Errorf("exit %d, %s", code, said)
			}
		})
	}
}
