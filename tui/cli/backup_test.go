package cli_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"till/tui/cli"
)

// Somebody else's file that comes to stand in a backup's place while the copies are taken stays what it is, and what failed
// leaves nothing behind that would be in the way of the next try.
func TestABackupTakesNobodysPlace(t *testing.T) {
	folder := t.TempDir()
	till := func(w cli.Wiring, args ...string) (string, int) {
		var said strings.Builder
		code := cli.Execute(t.Context(), args, cli.IO{
			Out: &said, Err: &said, Env: func(name string) string { return map[string]string{"TILL_DB": filepath.Join(folder, "till.db")}[name] },
		}, w)
		return said.String(), code
	}
	if said, code := till(wiring(), "order", "issue", "--email", "a@b.example", "--item", "Tea@3"); code != 0 {
		t.Fatal(said)
	}
	kept := filepath.Join(folder, "kept", "kept.db")
	if err := os.Mkdir(filepath.Dir(kept), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, taken := range []string{kept, besides(kept)} {
		w := wiring()
		w.Copy = func(ctx context.Context, s cli.Settings, to string) (string, string, error) {
			if err := os.WriteFile(taken, []byte("mine"), 0o600); err != nil {
				t.Fatal(err)
			}
			return copied(ctx, s, to)
		}
		if said, code := till(w, "backup", kept); code != 2 || !strings.Contains(said, taken+" is there already") {
			t.Errorf("exit %d, %s", code, said)
		}
		if text, err := os.ReadFile(taken); err != nil || string(text) != "mine" {
			t.Errorf("%s is %d bytes of another, %v", taken, len(text), err)
		}
		if err := os.Remove(taken); err != nil {
			t.Fatal(err)
		}
		if left, err := os.ReadDir(filepath.Dir(kept)); err != nil || len(left) > 0 {
			t.Errorf("%v is left, %v", left, err)
		}
	}
	if said, code := till(wiring(), "backup", kept); code != 0 || said != kept+"\n"+besides(kept)+"\n" {
		t.Errorf("exit %d, %s", code, said)
	}
}
