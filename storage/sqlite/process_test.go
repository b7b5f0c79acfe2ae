package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"till/storage/storagetest"
)

// The test binary runs itself as a second till: these variables say that it is one.
const (
	childEnv = "TILL_TEST_CHILD" // name of the child
	pathEnv  = "TILL_TEST_PATH"
	countEnv = "TILL_TEST_COUNT" // how many orders it issues
)

func TestMain(m *testing.M) {
	if os.Getenv(childEnv) == "" {
		os.Exit(m.Run())
	}
	if err := child(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// child issues orders and prints the number of each once it is stored.
func child() error {
	ctx := context.Background()
	count, err := strconv.Atoi(os.Getenv(countEnv))
	if err != nil {
		return err
	}
	if os.Getenv(childEnv) == "M" {
		return migrating(os.Getenv(pathEnv), count)
	}
	db, err := Open(ctx, os.Getenv(pathEnv), storagetest.Env())
	if err != nil {
		return err
	}
	if name := os.Getenv(childEnv); name[0] == 'W' {
		return errors.Join(writing(ctx, db, name, count), db.Close())
	}
	m := &storagetest.Maker{Store: db, Name: os.Getenv(childEnv)}
	for range count {
		doc, err := m.Issue(ctx, storagetest.Draft{})
		if err != nil {
			return err
		}
		fmt.Println(doc.Number)
	}
	return db.Close()
}

func command(t testing.TB, name, path string, count int) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	check(t, err)
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = append(os.Environ(), childEnv+"="+name, pathEnv+"="+path, countEnv+"="+strconv.Itoa(count))
	cmd.Stderr = os.Stderr
	return cmd
}

// Four processes open a new file at the same moment and write: every number once, none left out, one chain.
func TestFourProcesses(t *testing.T) {
	t.Parallel()
	const children = 4
	path := filepath.Join(t.TempDir(), "till.db")
	each := storagetest.Scaled(t, 300)
	outputs := make(chan string, children)
	for i := range children {
		cmd := command(t, fmt.Sprint("P", i), path, each)
		go func() {
			out, err := cmd.Output()
			if err != nil {
				t.Errorf("child %d: %v", i, err)
			}
			outputs <- string(out)
		}()
	}
	seen := map[string]bool{}
	for range children {
		for _, number := range strings.Fields(<-outputs) {
			if seen[number] {
				t.Errorf("number %s was given twice", number)
			}
			seen[number] = true
		}
	}
	for n := 1; n <= children*each; n++ {
		if !seen[strconv.Itoa(n)] {
			t.Errorf("number %d is missing", n)
		}
	}
	db := open(t, path)
	if found := breaks(t, db); found != nil {
		t.Error(found)
	}
	before := dump(t, db)
	check(t, db.Rebuild(t.Context()))
	if dump(t, db) != before {
		t.Error("a rebuild gives other views")
	}
	t.Logf("proof: %d writes of %d processes, no update lost, no number twice", children*each, children)
}

// New files, one after the other, each opened by four at once.
func TestOpenedTogether(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for round := range storagetest.Scaled(t, 5) {
		path := filepath.Join(dir, fmt.Sprint(round, ".db"))
		errs := make(chan error, 8)
		for i := range cap(errs) {
			cmd := command(t, fmt.Sprint("O", i), path, 1)
			go func() { errs <- cmd.Run() }()
		}
		for range cap(errs) {
			check(t, <-errs)
		}
		db := open(t, path)
		if entries, err := db.Entries(t.Context(), "", 0, 0, 0); err != nil || len(entries) != cap(errs) {
			t.Errorf("%d entries, %v", len(entries), err)
		}
		if found := breaks(t, db); found != nil {
			t.Error(found)
		}
	}
}

// What another process, or another store of this one, writes is told.
func TestChangedElsewhere(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "till.db")
	here := open(t, path)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	news := here.Changed(ctx)
	check(t, command(t, "C", path, 3).Run())
	for seq := range news {
		if seq == 3 {
			cancel()
		}
		if seq > 3 {
			t.Error(seq)
		}
	}
	check(t, here.Close())
	if _, open := <-here.Changed(t.Context()); open {
		t.Error("news from a closed store")
	}
}
