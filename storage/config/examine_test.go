package config

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"till/domain"
)

// wellPaths are the files of a till that is well.
func wellPaths(t *testing.T) Paths {
	t.Helper()
	folder := t.TempDir()
	at := Paths{Config: filepath.Join(folder, "config.toml"), Database: filepath.Join(folder, "till.db"), Sandbox: filepath.Join(folder, "till.sandbox.db"), Pepper: filepath.Join(folder, "pepper")}
	for _, path := range append(at.secret(), at.Config) {
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return at
}

func examined(t *testing.T, at Paths) map[string]domain.Check {
	t.Helper()
	found := map[string]domain.Check{}
	for _, c := range Examine(at, true) {
		if c.OK != (c.Advice == "") || c.Detail == "" {
			t.Errorf("%+v", c)
		}
		found[c.Name] = c
	}
	return found
}

func TestExamine(t *testing.T) {
	at := wellPaths(t)
	for name, c := range examined(t, at) {
		if !c.OK {
			t.Errorf("%s: %+v", name, c)
		}
	}
	none := Paths{Config: "/nowhere/c.toml", Database: "/nowhere/t.db", Sandbox: "/nowhere/s.db"}
	for _, c := range Examine(none, false) {
		if !c.OK {
			t.Errorf("of nothing: %+v", c)
		}
	}
	for text, want := range map[string]string{"shoop = 'x'": "shoop", "currency = 'EURO'": "currency", "shop": "not right"} {
		if err := os.WriteFile(at.Config, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		c := examined(t, at)["configuration"]
		if c.OK || !strings.Contains(c.Detail, want) || !strings.Contains(c.Detail, at.Config) || !strings.Contains(c.Advice, at.Config) {
			t.Errorf("%q: %+v", text, c)
		}
	}
}

// Whatever others may do with a file is told, with the command that ends it.
func TestExamineRights(t *testing.T) {
	for name, c := range map[string]struct {
		path func(Paths) string
		mode fs.FileMode
		ok   bool
	}{
		"the database, read":             {func(p Paths) string { return p.Database }, 0o644, false},
		"its log":                        {func(p Paths) string { return p.Database + "-wal" }, 0o640, false},
		"the sandbox's":                  {func(p Paths) string { return p.Sandbox }, 0o604, false},
		"the pepper":                     {func(p Paths) string { return p.Pepper }, 0o644, false},
		"the configuration, written":     {func(p Paths) string { return p.Config }, 0o622, false},
		"the configuration, read":        {func(p Paths) string { return p.Config }, 0o644, true},
		"the folder, written":            {func(p Paths) string { return filepath.Dir(p.Database) }, 0o777, false},
		"the folder, as everybody's are": {func(p Paths) string { return filepath.Dir(p.Database) }, 0o777 | fs.ModeSticky, true},
		"the folder, read":               {func(p Paths) string { return filepath.Dir(p.Database) }, 0o755, true},
	} {
		t.Run(name, func(t *testing.T) {
			at := wellPaths(t)
			path := c.path(at)
			if err := os.Chmod(path, c.mode); err != nil {
				t.Fatal(err)
			}
			found := examined(t, at)["permissions"]
			if found.OK != c.ok || !c.ok && (!strings.HasSuffix(found.Advice, path) || !strings.HasPrefix(found.Advice, "chmod ")) {
				t.Errorf("%+v", found)
			}
		})
	}
}
