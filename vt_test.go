package main

import (
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// How long the player waits for what a key does: for the first answer, for the next part of it, and in all. What
// takes longer is waited for by the tape itself.
const (
	patience = 200 * time.Millisecond
	quiet    = 25 * time.Millisecond
	longest  = 2 * time.Second
)

// terminal is a program in a PTY, and the screen that it writes on.
type terminal struct {
	testing.TB
	program *exec.Cmd
	pty     *os.File
	screen  *vt.Emulator
	output  <-chan written // closed at the program's end
	bytes   int            // that it has written
	at      time.Time      // when the last of them came
}

// written is what a program wrote at once, and when.
type written struct {
	text []byte
	at   time.Time
}

// openShell starts a shell as VHS does, with the programs of a folder in its path and a home of its own.
func openShell(t testing.TB, cols, rows uint16, programs string) *terminal {
	t.Helper()
	home := t.TempDir()
	shell := exec.Command("bash", "--noprofile", "--norc", "--noediting")
	shell.Dir = home
	shell.Env = []string{
		"HOME=" + home, "XDG_DATA_HOME=" + home, "XDG_CONFIG_HOME=" + home, "XDG_RUNTIME_DIR=" + home, "TMPDIR=" + home,
		"PATH=" + programs + string(os.PathListSeparator) + os.Getenv("PATH"),
		"TERM=xterm-256color", "COLORTERM=truecolor", "LANG=C.UTF-8", "PS1=> ",
	}
	return openTerminal(t, cols, rows, shell)
}

// openTerminal starts a program in a terminal. The test's end is the program's.
func openTerminal(t testing.TB, cols, rows uint16, program *exec.Cmd) *terminal {
	t.Helper()
	file, err := pty.StartWithSize(program, &pty.Winsize{Cols: cols, Rows: rows})
	if err != nil {
		t.Fatal(err)
	}
	screen := vt.NewEmulator(int(cols), int(rows))
	output := make(chan written)
	go readAll(file, output)
	go func() { _, _ = io.Copy(file, screen) }() // what the screen answers when it is asked
	term := &terminal{TB: t, program: program, pty: file, screen: screen, output: output}
	t.Cleanup(term.close)
	return term
}

// close ends the program, if it has not ended; a second time does nothing.
func (term *terminal) close() {
	if term.program.ProcessState != nil {
		return
	}
	_ = term.program.Process.Kill() // the kernel hangs up on what runs in a shell, and the reader sees the end
	for range term.output {
		continue
	}
	_ = term.screen.InputPipe().(io.Closer).Close()
	_ = term.program.Wait()
	_ = term.pty.Close()
}

func readAll(file io.Reader, output chan<- written) {
	defer close(output)
	for {
		part := make([]byte, 32<<10)
		n, err := file.Read(part)
		if n > 0 {
			output <- written{part[:n], time.Now()}
		}
		if err != nil {
			return
		}
	}
}

// play does every step; a Wait that is not fulfilled ends the test and shows the screen.
func (term *terminal) play(steps []step) {
	term.Helper()
	term.settle()
	for _, s := range steps {
		switch s.name {
		case "Wait":
			term.wait(s)
		case "Screenshot":
			term.photograph(s)
		case "Require":
			if _, err := exec.LookPath(s.arg); err != nil {
				term.Logf("line %d: %v", s.line, err)
			}
		default:
			term.press(s)
		}
	}
	term.settle()
}

// press sends what a step types at once, as fast as a scanner does: no key may be lost for want of a pause.
func (term *terminal) press(s step) {
	term.Helper()
	strokes, _ := s.strokes() // none for what is only about the film; readTape has judged the rest
	if len(strokes) == 0 {
		return
	}
	if _, err := io.WriteString(term.pty, strings.Join(strokes, "")); err != nil {
		term.Fatalf("line %d: %v", s.line, err)
	}
	term.settle()
}

func (term *terminal) wait(s step) {
	term.Helper()
	pattern, timeout, err := s.wait()
	if err != nil {
		term.Fatalf("line %d: %v", s.line, err)
	}
	for until := time.Now().Add(timeout); !term.shows(pattern, s.plus == "Screen"); {
		if !term.read(time.Until(until)) {
			term.Fatalf("line %d: %s is not on the screen:\n%s", s.line, pattern, term.text())
		}
	}
	term.settle()
}

// settle waits until the program has answered a key, or is not going to.
func (term *terminal) settle() {
	until := time.Now().Add(longest)
	for within := patience; term.read(within) && time.Now().Before(until); {
		within = quiet
	}
}

// read puts what the program writes next on the screen. It tells whether anything came in time.
func (term *terminal) read(within time.Duration) bool {
	select {
	case part, open := <-term.output:
		if open {
			term.bytes, term.at = term.bytes+len(part.text), part.at
		}
		_, _ = term.screen.Write(part.text)
		return open
	case <-time.After(within):
		return false
	}
}

func (term *terminal) shows(pattern *regexp.Regexp, anywhere bool) bool {
	if anywhere {
		return pattern.MatchString(term.text())
	}
	lines := strings.Split(term.text(), "\n")
	y := term.screen.CursorPosition().Y
	return y < len(lines) && pattern.MatchString(lines[y])
}

// text is what stands on the screen, without blanks at the ends of lines, and without empty lines at its end.
func (term *terminal) text() string { return strings.TrimRight(term.screen.String(), "\n") }

func TestPlayerPressesKeys(t *testing.T) {
	steps, err := readTape(`
Wait
Type "cat"
Enter
Type "hellx"
Backspace
Type "o"
Enter
Wait+Screen /hello\n+hello/
Ctrl+D
Wait
Type "printf 'one\ntwo'; read -n 1 key; printf '\033[?1049h\033[3;5Hdeep %s' $key; read -n 1 key"
Enter
Wait /two/
Type "東"
Wait+Screen@20s /^\n\n    deep 東$/
`)
	if err != nil {
		t.Fatal(err)
	}
	openShell(t, 80, 10, t.TempDir()).play(steps)
}
