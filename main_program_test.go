package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
)

// program is the console alone in a PTY: whatever is typed reaches it and nobody else.
type program struct {
	*testing.T
	cmd *exec.Cmd
	pty *os.File
	tty *os.File // the other side, which a shell has open too: else what was said last may be lost at the end

	before *term.State
	done   []string // what was sent

	mu   sync.Mutex
	said []byte
	news chan struct{} // something was said since somebody looked
	over chan error    // how it ended
}

// patient is how long a console may take for anything before it is said to hang. It is generous: machines are busy.
const patient = 30 * time.Second

func openProgram(s *shop) *program {
	s.Helper()
	c := &program{T: s.T, cmd: s.command(), news: make(chan struct{}, 1), over: make(chan error, 1)}
	c.cmd.Env = append(c.cmd.Env, "TERM=xterm-256color", "COLORTERM=truecolor")
	file, tty, err := pty.Open()
	if err != nil {
		s.Fatal(err)
	}
	c.pty, c.tty = file, tty
	c.resize(100, 30)
	if c.before, err = term.GetState(tty.Fd()); err != nil {
		s.Fatal(err)
	}
	c.cmd.Stdin, c.cmd.Stdout, c.cmd.Stderr = tty, tty, tty
	c.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := c.cmd.Start(); err != nil {
		s.Fatal(err)
	}
	read := make(chan struct{})
	go func() {
		defer close(read)
		part := make([]byte, 32<<10)
		for {
			n, err := file.Read(part)
			c.mu.Lock()
			c.said = append(c.said, part[:n]...)
			c.mu.Unlock()
			select {
			case c.news <- struct{}{}:
			default:
			}
			if err != nil {
				return
			}
		}
	}()
	go func() { c.over <- c.cmd.Wait() }()
	s.Cleanup(func() {
		_ = c.cmd.Process.Kill()
		_ = tty.Close() // the last that has the terminal open has gone
		<-read
		_ = file.Close()
	})
	c.shows("SANDBOX", 0)
	return c
}

// told is all that was said from somewhere on.
func (c *program) told(from int) []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	return bytes.Clone(c.said[from:])
}

// shows waits until a text is painted after so many bytes.
func (c *program) shows(text string, from int) {
	c.Helper()
	if !c.paints(text, from, patient) {
		c.failed("it hangs: %q is not painted", text)
	}
}

// paints tells whether a text is painted after so many bytes, within a time. That is counted in ticks: a machine that stood
// still meanwhile has not waited.
func (c *program) paints(text string, from int, within time.Duration) bool {
	const tick = 100 * time.Millisecond
	ticks := time.NewTicker(tick)
	defer ticks.Stop()
	for left := within; !bytes.Contains(c.told(from), []byte(text)); {
		select {
		case <-c.news:
		case <-ticks.C:
			if left -= tick; left <= 0 {
				return false
			}
		}
	}
	return true
}

// last is the end of what was said; after a panic all that is told of it.
func (c *program) last() []byte {
	all := c.told(0)
	if at := bytes.Index(all, []byte("panic")); at >= 0 {
		return all[at:]
	}
	return all[max(0, len(all)-2000):]
}

// failed ends the test with what was sent last, and what came of it.
func (c *program) failed(format string, args ...any) {
	c.Helper()
	c.Fatalf("%s\nthe last that was sent: %q\nthe last that was said: %q", fmt.Sprintf(format, args...), c.done[max(0, len(c.done)-60):], c.last())
}

// types sends bytes. A program that reads no more keys is found here, once the line to it is full.
func (c *program) types(keys string) {
	c.Helper()
	c.done = append(c.done, keys)
	sent := make(chan error, 1)
	go func() {
		_, err := c.pty.WriteString(keys)
		sent <- err
	}()
	select {
	case <-sent: // that it has ended is seen elsewhere
	case <-time.After(patient):
		c.failed("it hangs: nobody reads the keys")
	}
}

func (c *program) resize(cols, rows int) {
	c.Helper()
	if err := pty.Setsize(c.pty, &pty.Winsize{Cols: uint16(cols), Rows: uint16(rows)}); err != nil {
		c.Fatal(err)
	}
}

// alive has the console paint all anew: what is asked of it is still answered. It is asked again and again: one that has just
// begun may have painted, and not listen to its terminal's size yet.
func (c *program) alive() {
	c.Helper()
	from := len(c.told(0))
	for until := time.Now().Add(patient); time.Now().Before(until); {
		c.resize(101, 31)
		c.resize(100, 30)
		if c.paints("SANDBOX", from, 2*time.Second) {
			return
		}
	}
	c.failed("it hangs: nothing is painted")
}

// comesTo tells whether one of some texts comes to stand on the screen within a time. It is painted anew for that: what
// stood there before would not be.
func (c *program) comesTo(within time.Duration, texts ...string) bool {
	c.Helper()
	for until := time.Now().Add(within); time.Now().Before(until); {
		from := len(c.told(0))
		c.alive()
		if painted := c.told(from); slices.ContainsFunc(texts, func(text string) bool { return bytes.Contains(painted, []byte(text)) }) {
			return true
		}
	}
	return false
}

// quit leaves as a person does: Ctrl+C, and again where it asks. A paste that nobody ended is ended first.
func (c *program) quit() {
	c.Helper()
	c.types("\x1b[201~")
	late, again := time.After(patient), time.NewTicker(300*time.Millisecond)
	defer again.Stop()
	for {
		select {
		case err := <-c.over:
			if err != nil {
				c.failed("it ends with %v", err)
			}
			c.restored()
			return
		case <-late:
			c.failed("Ctrl+C does not leave")
		case <-again.C:
			_, _ = c.pty.WriteString("\x03") // it may have ended meanwhile
		}
	}
}

var setting = regexp.MustCompile(`\x1b\[\?([0-9;]+)([hl])`)

// restored fails if the terminal is not left as it was: every mode that was switched is as before, and no panic was told.
func (c *program) restored() {
	c.Helper()
	const end = "that was all"
	if after, err := term.GetState(c.tty.Fd()); err != nil || !reflect.DeepEqual(after, c.before) {
		c.Errorf("the terminal's settings are not as they were: %+v, %v", after, err)
	}
	// Where a Ctrl+C comes too late for the console the terminal takes it, and throws away what is on its way.
	for until := time.Now().Add(patient); ; {
		if _, err := c.tty.WriteString(end); err != nil {
			c.Fatal(err)
		}
		if c.paints(end, 0, time.Second) {
			break
		}
		if time.Now().After(until) {
			c.failed("nothing can be said to the terminal")
		}
	}
	all := c.told(0)
	on := map[string]bool{}
	for _, m := range setting.FindAllSubmatch(all, -1) {
		for mode := range strings.SplitSeq(string(m[1]), ";") {
			on[mode] = string(m[2]) == "h"
		}
	}
	for _, mode := range []string{"25", "1049", "2004"} {
		if _, used := on[mode]; !used {
			c.Errorf("mode %s was never switched: the test looks for the wrong thing", mode)
		}
	}
	for mode, is := range on {
		if is != (mode == "25" || mode == "7") { // the cursor is shown and lines wrap, all else is off
			c.failed("at its end mode %s is %v", mode, is)
		}
	}
	for _, word := range []string{"panic", "goroutine ", "runtime error"} {
		if bytes.Contains(all, []byte(word)) {
			c.Errorf("%q was said: %q", word, c.last())
		}
	}
}
