package main

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// step is one line of a tape: what VHS would do, in the language of github.com/charmbracelet/vhs. VHS knows no
// function keys, so a tape has none. Only what this project's tapes use is read, one command a line.
type step struct {
	line int
	name string // Type, Enter, Ctrl, Wait ...
	plus string // what is held down, or where a Wait looks: Ctrl+C, Wait+Screen
	at   string // Type@50ms, Wait@5s
	arg  string
}

// grammar is a command with its parts: Name+Plus@Time argument.
var grammar = regexp.MustCompile(`^([A-Z][A-Za-z]*)(?:\+(\S+?))?(?:@([0-9.]+(?:ms|s|m)?))?(?:\s+(.*))?$`)

// keys are what the named keys send.
var keys = map[string]string{
	"Enter": "\r", "Tab": "\t", "Escape": "\x1b", "Space": " ", "Backspace": "\x7f",
	"Up": "\x1b[A", "Down": "\x1b[B", "Right": "\x1b[C", "Left": "\x1b[D",
	"Delete": "\x1b[3~", "Insert": "\x1b[2~", "PageUp": "\x1b[5~", "PageDown": "\x1b[6~",
}

// silent are commands about the film, not about the program. Sleep is one of them: a film needs time to be read,
// a test waits for what it expects.
var silent = []string{"Output", "Set", "Sleep", "Hide", "Show", "Screenshot"}

// readTape reads all steps of a tape. It fails with the number of the first line that it does not understand.
func readTape(text string) ([]step, error) {
	var steps []step
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		parts := grammar.FindStringSubmatch(line)
		if parts == nil {
			return nil, fmt.Errorf("line %d: %s is no command", number, line)
		}
		s := step{number, parts[1], parts[2], parts[3], parts[4]}
		if err := s.check(); err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
		steps = append(steps, s)
	}
	return steps, nil
}

func (s step) check() error {
	switch {
	case s.name == "Wait":
		_, _, err := s.wait()
		return err
	case s.name == "Require" || slices.Contains(silent, s.name):
		return nil
	}
	_, err := s.strokes()
	return err
}

// strokes are what the step sends, one for each key that is pressed.
func (s step) strokes() ([]string, error) {
	switch s.name {
	case "Type":
		return s.typed()
	case "Ctrl":
		if len(s.plus) != 1 {
			return nil, fmt.Errorf("Ctrl+%s: only one letter is read", s.plus)
		}
		return []string{string(rune(s.plus[0] & 0x1f))}, nil
	case "Alt":
		return []string{"\x1b" + s.plus}, nil
	case "Shift":
		if s.plus != "Tab" {
			return nil, fmt.Errorf("Shift+%s: only Tab is read", s.plus)
		}
		return []string{"\x1b[Z"}, nil
	}
	key, known := keys[s.name]
	if !known || s.plus != "" {
		return nil, fmt.Errorf("%s is not known", s.name)
	}
	if s.arg == "" {
		return []string{key}, nil
	}
	times, err := strconv.Atoi(s.arg)
	return slices.Repeat([]string{key}, max(0, times)), err
}

var quoted = regexp.MustCompile("^(?:\"([^\"]*)\"|'([^']*)'|`([^`]*)`)$")

// typed is every character of the text that Type has between quotes.
func (s step) typed() ([]string, error) {
	text := quoted.FindStringSubmatch(s.arg)
	if text == nil {
		return nil, fmt.Errorf("%s is no text between quotes", s.arg)
	}
	return strings.Split(text[1]+text[2]+text[3], ""), nil
}

// usualWait is how long VHS waits where a tape does not say.
const usualWait = 15 * time.Second

// wait is what to wait for and how long: on the cursor's line, or with +Screen anywhere.
func (s step) wait() (*regexp.Regexp, time.Duration, error) {
	timeout := usualWait
	if s.at != "" {
		var err error
		if timeout, err = time.ParseDuration(s.at); err != nil {
			return nil, 0, err
		}
	}
	text, ok := strings.CutPrefix(s.arg, "/")
	text, ends := strings.CutSuffix(text, "/")
	switch {
	case s.arg == "":
		text = ">$" // as VHS has it
	case !ok || !ends:
		return nil, 0, fmt.Errorf("%s is no /pattern/", s.arg)
	case s.plus != "" && s.plus != "Line" && s.plus != "Screen":
		return nil, 0, fmt.Errorf("Wait+%s is not known", s.plus)
	}
	pattern, err := regexp.Compile(text)
	return pattern, timeout, err
}

func TestReadTape(t *testing.T) {
	steps, err := readTape("# a comment\nOutput demo.gif\nSet FontSize 16\n\nType@50ms \"till --demo\"\nEnter 2\nCtrl+C\n" +
		"Shift+Tab\nAlt+x\nWait+Screen@5s /a b/\nWait\nSleep 500ms\nType 'it''s'\n")
	if err == nil {
		t.Errorf("a quote within quotes is taken: %v", steps)
	}
	steps, err = readTape("Type@50ms \"é b\"\nEnter 2\nCtrl+C\nShift+Tab\nAlt+x\nEscape\nType `\"`\nDown")
	if err != nil {
		t.Fatal(err)
	}
	var strokes []string
	for _, s := range steps {
		keys, err := s.strokes()
		if err != nil {
			t.Error(err)
		}
		strokes = append(strokes, keys...)
	}
	want := []string{"é", " ", "b", "\r", "\r", "\x03", "\x1b[Z", "\x1bx", "\x1b", "\"", "\x1b[B"}
	if !slices.Equal(strokes, want) {
		t.Errorf("%q, not %q", strokes, want)
	}
}

func TestReadTapeRefuses(t *testing.T) {
	for _, line := range []string{
		"F1", "type \"x\"", "Type x", "Type \"x\" Enter", "Enter x", "Ctrl", "Ctrl+Shift+O", "Wait+Screen x", "Wait /(/",
		"Wait+Window /x/", "Wait@x /x/", "Paste", "Home",
	} {
		if steps, err := readTape("\n" + line); err == nil || !strings.HasPrefix(err.Error(), "line 2: ") {
			t.Errorf("%s: %v, %v", line, steps, err)
		}
	}
}

// The demo is a test: its keys, pressed in the real program.
func TestDemoTape(t *testing.T) {
	text, err := os.ReadFile("demo.tape")
	if err != nil {
		t.Fatal(err)
	}
	steps, err := readTape(string(text))
	if err != nil {
		t.Fatal(err)
	}
	term := openShell(t, 120, 36, programs)
	term.play(steps)
	last := term.text()
	for _, want := range []string{"SANDBOX", "refunded", "Ada Lovelace", "refunded €36.00", "balance due €0.00", "10 entries"} {
		if !strings.Contains(last, want) {
			t.Errorf("%q is not on the last screen of demo.tape:\n%s", want, last)
		}
	}
}
