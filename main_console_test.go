package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// appears is how long something on the screen is waited for.
const appears = 15 * time.Second

// send types into the terminal, all at once.
func (term *terminal) send(keys string) {
	term.Helper()
	if _, err := io.WriteString(term.pty, keys); err != nil {
		term.Fatal(err)
	}
}

// sees reads until a pattern is on the screen.
func (term *terminal) sees(pattern string) {
	term.Helper()
	wanted := regexp.MustCompile(pattern)
	for until := time.Now().Add(appears); !term.shows(wanted, true); {
		if !term.read(time.Until(until)) {
			term.Fatalf("%s is not on the screen:\n%s", pattern, term.text())
		}
	}
}

// idles reads for a time, which is not the same twice, so that no key comes in step with the painting.
func (term *terminal) idles(atLeast time.Duration) {
	for until := time.Now().Add(atLeast + rand.N(atLeast)); time.Now().Before(until); { //nolint:gosec // a pause
		term.read(time.Until(until))
	}
}

// answers reads on until the terminal has answered what a program asks at its start: one that ends before would leave the answer to
// the shell.
func (term *terminal) answers() { term.idles(100 * time.Millisecond) }

// modes follows what a program switches on in the terminal: the screen beside, mouse, paste.
func (term *terminal) modes() map[ansi.Mode]bool {
	on := map[ansi.Mode]bool{}
	term.screen.SetCallbacks(vt.Callbacks{
		EnableMode:  func(m ansi.Mode) { on[m] = true },
		DisableMode: func(m ansi.Mode) { on[m] = false },
	})
	return on
}

const (
	flatWhite = "2000000001029\r" // of the demonstration store, as a scanner types it
	right     = "\x1b[C"
	prompt    = `(?m)^>\s*\z` // of the shell
)

// A home without anything: the console opens, sells for cash in five keys, and leaves the terminal as it was.
func TestConsoleSellsForCash(t *testing.T) {
	term := openShell(t, 100, 30, programs)
	term.sees(prompt)
	on := term.modes()
	term.send("stty -g >before; till; echo \"left $?\"; stty -g >after; cmp before after && echo 'as it was'\r")
	term.sees("SANDBOX")
	term.send(flatWhite)
	term.sees(`1 × Flat white`)
	keys := []string{"\r", "a", right, "\r"}
	for _, key := range keys {
		term.send(key)
	}
	term.sees(`(?s)receipt.*paid.*change +€1\.00`)
	if t.Logf("%d keys", len(keys)); len(keys) > 5 {
		t.Errorf("%d keys from the scan to the change", len(keys))
	}
	term.send("\x03")
	term.sees(`(?m)^left 0$`)
	term.sees(`(?m)^as it was$`)
	for mode, still := range on {
		if still && mode != ansi.ModeTextCursorEnable {
			t.Errorf("mode %v is left on", mode)
		}
	}
	if !on[ansi.ModeTextCursorEnable] {
		t.Error("the cursor is left hidden")
	}
}

// soon is how fast a change made elsewhere is to be seen.
const soon = 300 * time.Millisecond

// What a command changes in another process is on the screen without a key.
func TestConsoleSeesOtherProcesses(t *testing.T) {
	s := newShop(t)
	s.must("order", "issue", "--email", "a@b.example", "--item", "Tea@30")
	paid := asked[payment](s, "pay", "1", "--card", "4242424242424242", "--expiry", "12/34", "--cvv", "100")
	term := openShell(t, 120, 40, programs)
	term.sees(prompt)
	term.send("till --db " + s.db + "\r")
	term.sees("ready for the next customer")
	term.send("\x0f")
	term.sees(`paid with(?s).*€30\.00`)
	term.send("\r")
	term.sees(`refund `)
	fastest := appears
	for n := 1; n <= 3; n++ {
		s.must("payment", "refund", paid.ID, "--amount", "10")
		done := time.Now()
		term.sees(fmt.Sprintf(`refunded €%d\.00`, 10*n))
		fastest = min(fastest, time.Since(done))
	}
	if t.Logf("%v after the command", fastest); fastest > soon {
		t.Errorf("the fastest of three changes was seen after %v", fastest)
	}
	term.sees(`● refunded|refunded +\d`)
	term.send("\x03")
	term.sees(prompt)
}

// A sale that was on the screen when the console was killed is there again. While it was alive, a second console on the
// same file was not offered it, and has a screen of its own.
func TestConsoleOffersTheSaleAgain(t *testing.T) {
	s := newShop(t)
	pid := filepath.Join(s.home, "pid")
	term := openShell(t, 100, 30, programs)
	term.sees(prompt)
	term.send("sh -c 'echo $$ >" + pid + "; exec till --db " + s.db + "'; echo \"left $?\"\r")
	term.sees("ready for the next customer")
	term.send("2*" + flatWhite)
	term.sees(`2 × Flat white`)
	s.parked()
	second := openShell(t, 100, 30, programs)
	second.sees(prompt)
	second.send("till --db " + s.db + "\r")
	second.sees("ready for the next customer")
	second.send(flatWhite)
	second.sees(`1 × Flat white`)
	var id int
	if text, err := os.ReadFile(pid); err != nil {
		t.Fatal(err)
	} else if _, err := fmt.Sscan(string(text), &id); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(id, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	term.sees(`left 137`)
	next := openShell(t, 100, 30, programs)
	next.sees(prompt)
	next.send("till --db " + s.db + "\r")
	next.sees(`(?s)2 × Flat white.*here again`)
	for _, left := range []*terminal{next, second} {
		left.answers()
		left.send("\x03")
		left.sees(prompt)
	}
	second.send("till --db " + s.db + "\r") // the sale of the one that was killed comes first
	second.sees(`(?s)2 × Flat white.*here again`)
	second.send("\x12") // and that of the other can be brought back
	second.sees(`(?s)1 × Flat white.*the other one is parked`)
	second.answers()
	second.send("\x03")
	second.sees(prompt)
	s.intact()
}

// Two thousand scans, typed at the full speed of the line and then pasted, while the window is pulled about: all of them
// are in the sale, and none is in another's.
func TestConsoleTakesEveryScan(t *testing.T) {
	s := newShop(t)
	term := openShell(t, 100, 30, programs)
	term.sees(prompt)
	term.send("till --db " + s.db + "\r")
	term.sees("ready for the next customer")
	const scans, batch = 2000, 50
	for i := range scans / batch {
		term.send(strings.Repeat(flatWhite, batch))
		if i%8 == 7 { // what the program writes is read, so that it is never stuck
			if err := pty.Setsize(term.pty, &pty.Winsize{Cols: uint16(100 - i%16), Rows: 30}); err != nil {
				t.Fatal(err)
			}
			term.sees(fmt.Sprintf(`%d × Flat white`, (i+1)*batch))
		}
	}
	term.sees(fmt.Sprintf(`%d × Flat white`, scans))
	term.send("\x1b[200~" + strings.Repeat(flatWhite, scans) + "\x1b[201~")
	term.sees(fmt.Sprintf(`%d × Flat white`, 2*scans))
	s.parked()
	term.send("\x03")
	term.sees(prompt + `|quit now`)
}

// parked waits until the sale on the screen is on the disk.
func (s *shop) parked() {
	s.Helper()
	db := raw(s.T, s.db, "ro")
	defer func() { _ = db.Close() }()
	late := time.After(appears)
	for range time.Tick(watched) {
		select {
		case <-late:
			s.Fatal("the sale is not kept")
		default:
		}
		if len(rows(s.T, db, "select 1 from sales where id = ''")) == 1 {
			return
		}
	}
}

// Without a terminal there is no console, and one line says what there is instead.
func TestWithoutATerminal(t *testing.T) {
	t.Parallel()
	out, complaint, code := newShop(t).run()
	if code != 2 || out != "" || strings.Count(complaint, "\n") != 1 || !strings.HasPrefix(complaint, "till: ") {
		t.Errorf("exit %d, %q, %q", code, out, complaint)
	}
	for _, command := range []string{"order", "pay", "payment", "import", "journal"} {
		if !regexp.MustCompile(`\b` + command + `\b`).MatchString(complaint) {
			t.Errorf("%s is not named: %s", command, complaint)
		}
	}
}

// A home without anything is enough, also for what only tells; and nobody else may read what is made there.
func TestEmptyHome(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	run := func(args ...string) string {
		cmd := s.command()
		cmd.Args = append([]string{"till"}, args...)
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("till %v: %v", args, err)
		}
		return string(out)
	}
	for command, want := range map[string]string{
		"version": `^till \S+\n$`, "completion bash": `(?m)^# bash completion`, "man": `^\.TH TILL 1`,
		"paths": `(?m)^database +` + regexp.QuoteMeta(s.home) + `/.*till\.db$`,
	} {
		if out := run(strings.Fields(command)...); !regexp.MustCompile(want).MatchString(out) {
			t.Errorf("till %s:\n%s", command, out)
		}
	}
	if made := s.made(); len(made) > 0 {
		t.Errorf("asking made %v", made)
	}
	run("order", "issue", "--email", "a@b.example", "--item", "Tea@3")
	made := s.made()
	for _, want := range []string{".local/share/till/till.db -rw-------", ".local/share/till/till.sandbox.db -rw-------", ".local/share/till drwx------"} {
		if !slices.Contains(made, want) {
			t.Errorf("%s is not among\n%s", want, strings.Join(made, "\n"))
		}
	}
}

// made is what lies in the home, with its rights.
func (s *shop) made() []string {
	s.Helper()
	var all []string
	err := filepath.WalkDir(s.home, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || path == s.home {
			return err
		}
		info, err := entry.Info()
		name, below := strings.CutPrefix(path, s.home+"/")
		if !below {
			return errors.New(path)
		}
		all = append(all, name+" "+info.Mode().String())
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
	return all
}
