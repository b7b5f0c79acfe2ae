package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

// tight runs a command where there is only so much room, in pages of 4 KiB.
type tight func(s *shop, pages int, args ...string) (out, complaint string, code int)

// limited lets no file of the command grow beyond the room: every user can do that, so it is how a full disk is played
// wherever the test runs.
func limited(s *shop, pages int, args ...string) (out, complaint string, code int) {
	s.Helper()
	blocks := strconv.Itoa(pages * 8) // of 512 bytes, as POSIX has it
	cmd := s.command(args...)
	cmd.Args = append([]string{"sh", "-c", `ulimit -f ` + blocks + `; exec "$@"`, "sh", cmd.Path}, cmd.Args[1:]...)
	cmd.Path = "/bin/sh"
	return s.finished(cmd)
}

// finished runs a command to its end.
func (s *shop) finished(cmd *exec.Cmd) (out, complaint string, code int) {
	s.Helper()
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if _, left := errors.AsType[*exec.ExitError](err); err != nil && !left {
		s.Fatal(err)
	}
	return stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()
}

// onSmallDisk gives the shop a disk of its own, with the shop's files on it; the administrator may make one.
func (s *shop) onSmallDisk() tight {
	s.Helper()
	folder := filepath.Dir(s.db)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		s.Fatal(err)
	}
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=16m,mode=0700", "till-test", folder).CombinedOutput(); err != nil {
		s.Skipf("no disk of its own can be mounted here, only files are kept from growing: %s", strings.TrimSpace(string(out)))
	}
	s.Cleanup(func() {
		if out, err := exec.Command("umount", folder).CombinedOutput(); err != nil {
			s.Errorf("umount %s: %s", folder, out)
		}
	})
	ballast := filepath.Join(folder, "ballast")
	return func(s *shop, pages int, args ...string) (out, complaint string, code int) {
		s.Helper()
		fillUp(s, ballast, pages)
		out, complaint, code = s.run(args...)
		if err := os.Remove(ballast); err != nil {
			s.Fatal(err)
		}
		return out, complaint, code
	}
}

// fillUp writes a file until its disk has so many pages left.
func fillUp(s *shop, path string, pages int) {
	s.Helper()
	f, err := os.Create(path)
	if err != nil {
		s.Fatal(err)
	}
	size, page := int64(0), make([]byte, 4096)
	for {
		n, err := f.Write(page)
		if size += int64(n); err != nil {
			break
		}
	}
	if err := errors.Join(f.Truncate(max(0, size-int64(pages)*4096)), f.Close()); err != nil {
		s.Fatal(err)
	}
}

// complaints is what a command that failed says.
type complaints struct {
	Error struct{ Code, Message, Hint string }
}

// squeeze is what is tried where there is too little room.
type squeeze struct {
	step  int                  // how many pages more there are each time
	args  func(n int) []string // the n-th try
	half  func()               // looks at what a try left that failed; may be nil
	sound func(n int)          // looks at what there is once it was finished
}

// squeezed does a work with ever more room until it has enough, and each time it had too little looks that it said so and
// did nothing by half; then it is finished with room. It gives how often it failed.
func (s *shop) squeezed(in tight, w squeeze) (failed int) {
	s.Helper()
	for n, pages := 0, 0; ; n, pages = n+1, pages+w.step {
		wish := append(w.args(n), "--json")
		_, said, code := in(s, pages, wish...)
		if code == 0 {
			w.sound(n)
			return failed
		}
		if why := notOfRoom(said, code); why != "" {
			s.Errorf("till %v with %d pages: exit %d, %s: %s", wish, pages, code, why, said)
		}
		if failed++; failed > 400 {
			s.Fatalf("till %v never has enough", wish)
		}
		if w.half != nil {
			w.half()
		}
		s.intact()
		s.must(wish...) // the very same, and there is room
		w.sound(n)
	}
}

// notOfRoom tells what is wrong with how a command says that there was no room; empty if nothing is. Once a gateway was
// asked, what came of that may be unknown.
func notOfRoom(said string, code int) string {
	lines := strings.Split(strings.TrimSpace(said), "\n")
	var c complaints
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &c); err != nil {
		return err.Error()
	}
	switch {
	case map[string]int{"storage_full": 1, "unknown_outcome": 5}[c.Error.Code] != code:
		return "another code"
	case c.Error.Message == "" || c.Error.Hint == "" || strings.Contains(said, "goroutine"):
		return "no clear sentence"
	}
	return ""
}

// A disk that fills up at any moment of any work: it is said, nothing is done by half, and the same command with room does
// it once.
func TestFullDiskAtEveryMoment(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("where files are kept from growing in another way")
	}
	for name, make := range map[string]func(s *shop) tight{
		"file":  func(*shop) tight { return limited },
		"tmpfs": (*shop).onSmallDisk,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			in := make(s)
			failed, lost := s.squeezedSales(in)
			failed += s.squeezedFiles(in)
			t.Logf("proof: a disk (%s) that was full at %d moments, nothing by half; %d answers of the gateway that could not be stored, each found", name, failed, lost)
		})
	}
}

// often makes the steps of a long night small.
func often(step int) int {
	if os.Getenv("TILL_TEST_SCALE") != "" {
		return 1
	}
	return step
}

// squeezedSales sells, pays and gives back on a disk that is full. It counts also the charges of which the till could not
// store the answer.
func (s *shop) squeezedSales(in tight) (failed, lost int) {
	s.Helper()
	orders, paid := 0, ""
	sale := func() string {
		orders++
		s.must("order", "issue", "--email", "a@b.example", "--item", "Tea@3")
		return strconv.Itoa(orders)
	}
	card := []string{"--card", "4242424242424242", "--expiry", "12/34", "--cvv", "100"}
	for _, w := range []squeeze{{
		step: often(12),
		args: func(n int) []string {
			return []string{"order", "issue", "--email", "a@b.example", "--item", "Tea@3", "--idempotency-key", fmt.Sprint("issue-", n)}
		},
		sound: func(n int) { orders = n + 1; s.countOrders(orders) },
	}, {
		step: often(5),
		args: func(int) []string {
			number := sale()
			return append([]string{"pay", number, "--idempotency-key", "pay-" + number}, card...)
		},
		half: func() { lost += len(s.charges()) - s.answers() },
		sound: func(int) {
			o := s.sold(orders)
			if o.Status != "paid" || len(o.Payments) != 1 || len(o.Payments[0].Operations) != 1 || s.charges()[o.Payments[0].ID] != 1 {
				s.Errorf("order %d: %+v, charges %v", orders, o, s.charges())
			}
		},
	}, {
		step: often(16),
		args: func(int) []string {
			number := sale()
			return []string{"pay", number, "--idempotency-key", "pay-" + number, "--tender", "cash"}
		},
		sound: func(int) {
			if o := s.sold(orders); o.Status != "paid" || len(o.Payments) != 1 {
				s.Errorf("order %d: %+v", orders, o)
			}
		},
	}, {
		step: often(12),
		args: func(int) []string {
			number := sale()
			paid = asked[payment](s, append([]string{"pay", number}, card...)...).ID
			return []string{"payment", "refund", paid, "--amount", "1", "--idempotency-key", "refund-" + number}
		},
		sound: func(int) {
			if b := asked[struct{ Refunded string }](s, "sandbox", "books", paid); b.Refunded != "1.00" {
				s.Errorf("%s: the gateway gave back %s", paid, b.Refunded)
			}
		},
	}} {
		failed += s.squeezed(in, w)
	}
	return failed, lost
}

// squeezedFiles takes in and makes anew what is long, on a disk that is full.
func (s *shop) squeezedFiles(in tight) (failed int) {
	s.Helper()
	text, err := os.ReadFile(chinook)
	if err != nil {
		s.Fatal(err)
	}
	file := filepath.Join(s.home, "orders.jsonl")
	if err := os.WriteFile(file, []byte(strings.Join(strings.SplitAfter(string(text), "\n")[:5], "")), 0o600); err != nil {
		s.Fatal(err)
	}
	orders := len(asked[list[order]](s, "order", "list", "--size", "1000").Items) + 5
	sound := func(int) { s.countOrders(orders) }
	return s.squeezed(in, squeeze{step: often(24), args: func(int) []string { return []string{"import", file} }, sound: sound}) +
		s.squeezed(in, squeeze{step: often(48), args: func(int) []string { return []string{"journal", "rebuild"} }, sound: sound})
}

// answers is how many charges of cards the journal knows of, read behind the till's back: a command would find the rest.
func (s *shop) answers() int {
	s.Helper()
	db := raw(s.T, s.db, "ro")
	defer func() { _ = db.Close() }()
	return len(rows(s.T, db, `select seq from journal where kind = 'operation.answered' and instr(body, '"succeeded"') > 0`))
}

func (s *shop) countOrders(want int) {
	s.Helper()
	if got := len(asked[list[order]](s, "order", "list", "--size", "1000").Items); got != want {
		s.Errorf("%d orders, want %d", got, want)
	}
}
