package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The program itself, built once. Every test runs it with a home of its own.
var programs string

func TestMain(m *testing.M) {
	if text := os.Getenv(crashEnv); text != "" {
		crash(text)
		return
	}
	os.Exit(buildAndRun(m))
}

func buildAndRun(m *testing.M) int {
	var err error
	if programs, err = os.MkdirTemp("", "till-test-"); err == nil {
		defer func() { _ = os.RemoveAll(programs) }()
		build := exec.Command("go", "build", "-buildvcs=false", "-o", filepath.Join(programs, "till"), ".")
		build.Stderr = os.Stderr
		err = build.Run()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "no program to test:", err)
		return 1
	}
	return m.Run()
}

// shop is a home with a till's files.
type shop struct {
	*testing.T
	home string
	db   string
}

func newShop(t *testing.T) *shop {
	t.Helper()
	home := t.TempDir()
	return &shop{t, home, filepath.Join(home, "shop", "till.db")}
}

func (s *shop) command(args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(programs, "till"), append([]string{"--db", s.db}, args...)...)
	cmd.Dir = s.home
	cmd.Env = []string{"HOME=" + s.home, "PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8"}
	return cmd
}

// run gives what a command wrote, and its exit code.
func (s *shop) run(args ...string) (out, complaint string, code int) {
	s.Helper()
	var stdout, stderr bytes.Buffer
	cmd := s.command(args...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if _, left := errors.AsType[*exec.ExitError](err); err != nil && !left {
		s.Fatal(err)
	}
	return stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()
}

// must runs a command that succeeds.
func (s *shop) must(args ...string) string {
	s.Helper()
	out, complaint, code := s.run(args...)
	if code != 0 {
		s.Fatalf("till %s: exit %d\n%s%s", strings.Join(args, " "), code, out, complaint)
	}
	return out
}

// asked reads the JSON that a command answers.
func asked[T any](s *shop, args ...string) T {
	s.Helper()
	return parsed[T](s, s.must(append(args, "--json")...))
}

// parsed reads an answer as JSON.
func parsed[T any](s *shop, out string) T {
	s.Helper()
	var answer T
	if json.Unmarshal([]byte(out), &answer) != nil {
		s.Fatalf("no JSON of that form: %s", out)
	}
	return answer
}

// What the commands answer, as far as it is looked at.
type (
	list[T any] struct {
		Items []T
		Next  string
	}
	order struct {
		Number, Reference, Status, Total string
		BalanceDue                       string `json:"balance_due"`
		Warnings                         map[string]string
		Payments                         []payment
	}
	payment struct {
		ID, Order, Status string
		Captured          string `json:"amount_captured"`
		Operations        []struct {
			Type, Status string
			Key          string `json:"idempotency_key"`
		}
	}
	verdict struct {
		OK      bool
		Entries int
		Broken  []struct{ Seq int }
	}
	imports struct {
		Issued, Skipped int
		Failed          []any
	}
)

// sold is order n as it is now.
func (s *shop) sold(n int) order {
	s.Helper()
	return asked[order](s, "order", "show", strconv.Itoa(n))
}

// intact fails unless the chain verifies. It gives the number of entries.
func (s *shop) intact() int {
	s.Helper()
	v := asked[verdict](s, "journal", "verify")
	if !v.OK {
		s.Fatalf("the journal is broken: %v", v.Broken)
	}
	return v.Entries
}

// busy is a shop where something of everything has happened.
func busy(t *testing.T) *shop {
	t.Helper()
	s := newShop(t)
	for n := 1; n <= 4; n++ {
		s.must("order", "issue", "--email", fmt.Sprintf("a%d@b.example", n), "--item", "Tea@3*2", "--item", "Bread@2.50", "--reference", fmt.Sprint("R-", n))
	}
	s.must("pay", "1", "--tender", "cash", "--tendered", "10")
	paid := asked[payment](s, "pay", "2", "--card", "4242424242424242", "--expiry", "12/34", "--cvv", "100")
	s.must("payment", "refund", paid.ID, "--amount", "1")
	s.must("pay", "3", "--card", "4242424242424242", "--expiry", "12/34", "--cvv", "100", "--capture", "manual")
	s.must("order", "cancel", "4")
	return s
}

// One byte of an entry, changed behind the till's back, is found and named.
func TestTamperingIsTold(t *testing.T) {
	t.Parallel()
	s := busy(t)
	for seq := 1; seq <= s.intact(); seq += 3 {
		db := raw(t, s.db, "rw")
		var body string
		if err := db.QueryRow("select body from journal where seq = ?", seq).Scan(&body); err != nil {
			t.Fatal(err)
		}
		at := len(body) * (seq % 7) / 7
		changed := []byte(body)
		changed[at] ^= 1
		for _, text := range []string{string(changed), body} {
			if _, err := db.Exec("update journal set body = ? where seq = ?", text, seq); err != nil {
				t.Fatal(err)
			}
			out, complaint, code := s.run("journal", "verify", "--json")
			var v verdict
			if err := json.Unmarshal([]byte(out), &v); err != nil {
				t.Fatalf("byte %d of entry %d: exit %d, %s%s", at, seq, code, out, complaint)
			}
			if text == body && (code != 0 || !v.OK) || text != body && (code != 1 || v.OK || len(v.Broken) != 1 || v.Broken[0].Seq != seq) {
				t.Errorf("byte %d of entry %d: exit %d, %s%s", at, seq, code, out, complaint)
			}
		}
		_ = db.Close()
	}
}

// The views, thrown away behind the till's back, are made again from the journal.
func TestRebuildGivesTheSameTables(t *testing.T) {
	t.Parallel()
	s := busy(t)
	dump := func() []string {
		db := raw(t, s.db, "rw")
		defer func() { _ = db.Close() }()
		db.SetMaxOpenConns(1) // the words are a table of one connection
		if _, err := db.Exec("create virtual table temp.found using fts5vocab('main', 'search', 'instance')"); err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, view := range []string{"head", "counters", "orders", "names", "timers", "found"} {
			for _, row := range rows(t, db, "select * from "+view) {
				all = append(all, view+" "+row)
			}
		}
		slices.Sort(all)
		return all
	}
	before := dump()
	for _, spoil := range []string{"", "delete from orders; delete from names; delete from timers; delete from counters", "update orders set status = 'paid', total = 1"} {
		db := raw(t, s.db, "rw")
		if _, err := db.Exec(spoil); err != nil {
			t.Fatal(err)
		}
		_ = db.Close()
		s.must("journal", "rebuild")
		if after := dump(); !slices.Equal(after, before) {
			t.Errorf("after %q a rebuild gives\n%s\nnot\n%s", spoil, strings.Join(after, "\n"), strings.Join(before, "\n"))
		}
	}
	s.intact()
}
