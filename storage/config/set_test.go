package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"till/domain"
)

func TestSetChangesOneLine(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"in its place", "# mine\nmotion = true\ntheme = \"dark\"   # as I like it\n", "# mine\nmotion = true\ntheme = \"light\"   # as I like it\n"},
		{"after the last", "shop = \"A\" # the shop\n\n[variants.a]\nprovider = \"cash\"\n", "shop = \"A\" # the shop\ntheme = \"light\"\n\n[variants.a]\nprovider = \"cash\"\n"},
		{"before the first table", "# a comment\n[variants.theme]\nprovider = \"cash\"\n", "theme = \"light\"\n# a comment\n[variants.theme]\nprovider = \"cash\"\n"},
		{"no line end", "shop = \"A\"", "shop = \"A\"\ntheme = \"light\"\n"},
		{"no file", "", "theme = \"light\"\n"},
		{"a name in quotes", "\"theme\" = 'dark'\n", "theme = \"light\"\n"},
		{"one that only looks so", "shop = \"\"\"\ntheme = 'dark'\n\"\"\"\n", "shop = \"\"\"\ntheme = 'dark'\n\"\"\"\ntheme = \"light\"\n"},
		{"lines of another system", "theme = \"dark\"\r\nshop = \"A\"\r\n", "theme = \"light\"\r\nshop = \"A\"\r\n"},
	} {
		path := filepath.Join(t.TempDir(), "deep", "config.toml")
		if c.text != "" {
			path = write(t, c.text)
		}
		if err := Set(path, "theme", "light"); err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got, _ := os.ReadFile(path); string(got) != c.want {
			t.Errorf("%s:\n%s\nwanted:\n%s", c.name, got, c.want)
		}
		if read, err := Load(path, true); err != nil || read.Theme != "light" {
			t.Errorf("%s: %+v, %v", c.name, read, err)
		}
	}
}

func TestSetWritesNothingWrong(t *testing.T) {
	for _, text := range []string{"colour = 1\n", "theme = ", "theme.x = 1\n"} {
		path := write(t, text)
		err := Set(path, "theme", "light")
		if refused, ok := errors.AsType[*domain.Error](err); !ok || refused.Code != domain.CodeInvalid || !strings.Contains(refused.Hint, `theme = "light"`) {
			t.Errorf("%q: %v", text, err)
		}
		if got, _ := os.ReadFile(path); string(got) != text {
			t.Errorf("%q became %q", text, got)
		}
		if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
			t.Errorf("%q: %d files are there", text, len(left))
		}
	}
}

// A link to a file that is kept elsewhere stays one, and a file keeps its rights.
func TestSetFollowsALink(t *testing.T) {
	path := write(t, "motion = true\n")
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "config.toml")
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	if err := Set(link, "motion", false); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if got, _ := os.ReadFile(path); err != nil || string(got) != "motion = false\n" || info.Mode().Perm() != 0o640 {
		t.Errorf("%q, %v, %v", got, info.Mode(), err)
	}
	if at, err := os.Lstat(link); err != nil || at.Mode()&os.ModeSymlink == 0 {
		t.Error("the link is gone")
	}
}

// What keeps the file from being written is told in its own words.
func TestSetSaysWhyNot(t *testing.T) {
	for cause, want := range map[error]domain.Code{
		syscall.ENOSPC: domain.CodeStorageFull, syscall.EDQUOT: domain.CodeStorageFull, syscall.EFBIG: domain.CodeStorageFull,
		syscall.EROFS: domain.CodeStorageReadonly, syscall.EACCES: domain.CodeStorageReadonly, syscall.EIO: domain.CodeInternal,
	} {
		err := notKept("c.toml", errors.Join(&fs.PathError{Op: "write", Path: "c.toml", Err: cause}, nil))
		if domain.CodeOf(err) != want {
			t.Errorf("%v became %v (%s), want %s", cause, err, domain.CodeOf(err), want)
		}
	}
	folder := filepath.Join(t.TempDir(), "config.toml")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := Set(folder, "theme", "light"); err == nil {
		t.Error("a folder was written")
	}
}
