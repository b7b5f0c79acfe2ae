package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "till"

// doors says which rooms of the house a room may import. The first pattern that fits a package decides; "x/*" is x
// and everything below it.
var doors = []struct {
	room string
	may  []string
}{
	{".", []string{"tui/*", "providers/*", "storage/*", "domain/*"}},
	{"tui/*", []string{"domain/*"}},
	{"providers/*", []string{"domain"}},
	{"storage/*", []string{"domain"}},
	{"domain", nil},
	{"domain/*", []string{"domain"}},
}

// The domain knows nobody: three libraries that compute, and of the standard library nothing that reaches outside.
var (
	domainLibraries = []string{
		"github.com/shopspring/decimal", "github.com/bojanz/currency", "github.com/bojanz/address",
	}
	outside = []string{"os/*", "net/*", "database/*", "syscall/*", "plugin", "C"}
)

// pack is what `go list` tells of a package: its own imports, without those of its tests.
type pack struct {
	ImportPath string
	Imports    []string
}

func TestEveryRoomImportsOnlyWhatItMay(t *testing.T) {
	for _, p := range packages(t) {
		room := inHouse(p.ImportPath)
		for _, imported := range p.Imports {
			if wrong := wrongImport(room, imported); wrong != "" {
				t.Errorf("%s imports %s: %s", p.ImportPath, imported, wrong)
			}
		}
	}
}

func wrongImport(room, imported string) string {
	if imported == module || strings.HasPrefix(imported, module+"/") {
		return wrongDoor(room, inHouse(imported))
	}
	if room != "domain" {
		return ""
	}
	isLibrary := strings.Contains(strings.Split(imported, "/")[0], ".")
	switch {
	case isLibrary && !slices.Contains(domainLibraries, imported):
		return "domain uses no other libraries"
	case fitsAny(outside, imported):
		return "domain does not reach outside"
	}
	return ""
}

// Nothing of this house calls anybody or starts a program: there is no way for a card or a name to leave by. The first
// real gateway will say here that it does.
func TestNothingHereReachesOut(t *testing.T) {
	ways := []string{"net", "net/http/*", "net/rpc/*", "net/smtp", "net/textproto", "crypto/tls", "log/syslog", "os/exec", "plugin"}
	for _, p := range packages(t) {
		for _, imported := range p.Imports {
			if fitsAny(ways, imported) {
				t.Errorf("%s imports %s", p.ImportPath, imported)
			}
		}
	}
}

func wrongDoor(from, to string) string {
	for _, door := range doors {
		if !fits(door.room, from) {
			continue
		}
		if !fitsAny(door.may, to) {
			return fmt.Sprintf("%s may import of this module: %q", door.room, door.may)
		}
		return ""
	}
	return "no rule is known for " + from
}

// inHouse is a package's folder in the module.
func inHouse(importPath string) string {
	return path.Clean(strings.TrimPrefix(strings.TrimPrefix(importPath, module), "/"))
}

func fits(pattern, name string) bool {
	below, ok := strings.CutSuffix(pattern, "/*")
	return name == pattern || ok && (name == below || strings.HasPrefix(name, below+"/"))
}

func fitsAny(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool { return fits(pattern, name) })
}

func packages(t *testing.T) []pack {
	t.Helper()
	list := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	var packs []pack
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pack
		switch err := d.Decode(&p); {
		case errors.Is(err, io.EOF):
			return packs
		case err != nil:
			t.Fatal(err)
		}
		packs = append(packs, p)
	}
}

func TestTheImportRuleItself(t *testing.T) {
	for _, test := range []struct {
		room, imported string
		allowed        bool
	}{
		{".", "till/tui/cli", true},
		{".", "till/storage/sqlite", true},
		{"tui", "till/domain/till", true},
		{"tui", "till/storage/sqlite", false},
		{"tui/cli", "till/domain/receipt", true},
		{"tui/cli", "till/tui", false},
		{"providers/sandbox", "till/domain", true},
		{"providers/sandbox", "till/domain/till", false},
		{"providers/sandbox", "till/storage/sqlite", false},
		{"providers/sandbox", "till/providers/cash", false},
		{"storage/storagetest", "till/domain", true},
		{"storage/storagetest", "till/storage/sqlite", false},
		{"domain/till", "till/domain", true},
		{"domain/till", "till/domain/receipt", false},
		{"domain", "till/domain/till", false},
		{"domain", "context", true},
		{"domain", "os", false},
		{"domain", "net/http", false},
		{"domain", "database/sql", false},
		{"domain", "github.com/shopspring/decimal", true},
		{"domain", "github.com/oklog/ulid/v2", false},
		{"cellar", "till/domain", false},
	} {
		if wrong := wrongImport(test.room, test.imported); (wrong == "") != test.allowed {
			t.Errorf("%s imports %s: %q", test.room, test.imported, wrong)
		}
	}
}

// Time comes from Env, which main makes: else the clock could not be moved, and no demo would be like the one before.
// What only tests import (storagetest, providertest) is a test too.
func TestOnlyMainAsksForTheTime(t *testing.T) {
	err := filepath.WalkDir(".", func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && len(file) > 1 && (strings.HasPrefix(entry.Name(), ".") || strings.HasSuffix(entry.Name(), "test")):
			return fs.SkipDir
		case filepath.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go") || file == "main.go":
			return nil
		}
		for _, call := range clockCalls(t, file, nil) {
			t.Errorf("%s asks the machine for the time", call)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// clockCalls are the places where a file names time.Now, Since or Until, whatever it calls the package.
func clockCalls(t *testing.T, name string, source any) []string {
	t.Helper()
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, name, source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	clock := ""
	for _, spec := range file.Imports {
		if spec.Path.Value == `"time"` {
			clock = "time"
			if spec.Name != nil {
				clock = spec.Name.Name
			}
		}
	}
	var calls []string
	for node := range ast.Preorder(file) {
		if s, ok := node.(*ast.SelectorExpr); ok && slices.Contains([]string{"Now", "Since", "Until"}, s.Sel.Name) {
			if of, ok := s.X.(*ast.Ident); ok && of.Name == clock {
				calls = append(calls, files.Position(s.Pos()).String())
			}
		}
	}
	return calls
}

func TestClockCallsAreFound(t *testing.T) {
	for source, want := range map[string]int{
		"package a\nimport \"time\"\nvar _ = time.Now()":                                      1,
		"package a\nimport clock \"time\"\nvar _ = []any{clock.Since, clock.Until}":           2,
		"package a\nimport \"time\"\nvar _ = time.Second":                                     0,
		"package a\nvar _ = env.Now()":                                                        0,
		"package a\nimport \"time\"\nvar _ = func(e Env) time.Time { return e.Now() }(Env{})": 0,
	} {
		if got := len(clockCalls(t, "a.go", source)); got != want {
			t.Errorf("%d calls, not %d, in\n%s", got, want, source)
		}
	}
}

// Where something stands is asked of the domain, by what that means: who shows it names no state to compare with.
func TestWhoShowsComparesNoState(t *testing.T) {
	err := filepath.WalkDir("tui", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return err
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, name, nil, parser.SkipObjectResolution)
		for node := range ast.Preorder(file) {
			compared, ok := node.(*ast.BinaryExpr)
			if !ok || compared.Op != token.EQL && compared.Op != token.NEQ {
				continue
			}
			if field, ok := compared.X.(*ast.SelectorExpr); ok && field.Sel.Name == "State" {
				t.Errorf("%s compares a state", files.Position(field.Pos()))
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// The top of the house: everything else lies in one of its rooms.
func TestNothingElseLiesAtTheTop(t *testing.T) {
	rooms := []string{
		"main.go", "domain", "providers", "storage", "tui", "go.mod", "go.sum", "README.md", "demo.tape", "LICENSE",
	}
	for _, name := range topLevel(t) {
		if !slices.Contains(rooms, name) && !strings.HasPrefix(name, ".") && !strings.HasSuffix(name, "_test.go") {
			t.Errorf("%s does not belong at the top level", name)
		}
	}
}

// topLevel asks git, which knows what is only built here; without git it is what lies there.
func topLevel(t *testing.T) []string {
	t.Helper()
	var names []string
	if out, err := exec.Command("git", "ls-files", "--cached", "--others", "--exclude-standard").Output(); err == nil {
		for file := range strings.Lines(string(out)) {
			names = append(names, strings.Split(strings.TrimSpace(file), "/")[0])
		}
		slices.Sort(names)
		return slices.Compact(names)
	}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}
