package cli_test

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"till/tui/cli"
)

// TestTampering: a journal that must not be written any more can still be looked at, and verify names the entry.
func TestTampering(t *testing.T) {
	for statement, want := range map[string]string{
		"update journal set actor = 'x' where seq = 3":        `"seq":3`,
		"update journal set hash = 'x' where seq = 3":         `"seq":3`,
		"delete from journal where seq = 3":                   `"seq":3`,
		"delete from journal where seq = 2":                   `"seq":2`,
		"delete from journal where seq = 1":                   "does not begin with",
		"update journal set body = 'x' where seq = 1":         "does not begin with",
		"update journal set body = body || ' ' where seq = 1": `"seq":1`,
	} {
		file := filepath.Join(t.TempDir(), "till.db")
		t.Setenv("TILL_DB", file)
		till := func(args ...string) (int, string) {
			var out strings.Builder
			code := cli.Execute(t.Context(), append(args, "--json"), cli.IO{Out: &out, Err: &out}, wiring())
			return code, out.String()
		}
		for range 2 {
			if code, said := till("order", "issue", "--email", "a@b.example", "--item", "tea@3"); code != 0 {
				t.Fatal(said)
			}
		}
		tamper(t, file, statement)
		if code, said := till("journal", "verify"); code != 1 || !strings.Contains(said, want) {
			t.Errorf("%s: exit %d, %s", statement, code, said)
		}
	}
}

func tamper(t *testing.T, file, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}
