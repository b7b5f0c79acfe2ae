package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// journeys is where the tapes of the journeys are, and the screens that they are to come to.
const journeys = "tui/testdata/journeys"

// resting is how long nothing has moved on a screen that is kept.
const resting = 600 * time.Millisecond

// sizes are the terminals in which everything can be done: the least one, the usual one, and one with room.
var sizes = [][2]uint16{{60, 18}, {80, 24}, {120, 40}}

// A clerk, a developer and a trainer each do their work in the real program, in a terminal of every size. Where a
// tape takes a Screenshot, the screen is compared with the one that is kept.
func TestJourneys(t *testing.T) {
	tapes, err := filepath.Glob(filepath.Join(journeys, "*.tape"))
	if err != nil || len(tapes) < 3 {
		t.Fatalf("%d tapes, %v", len(tapes), err)
	}
	for _, tape := range tapes {
		text, err := os.ReadFile(tape)
		if err != nil {
			t.Fatal(err)
		}
		steps, err := readTape(string(text))
		if err != nil {
			t.Fatalf("%s: %v", tape, err)
		}
		for _, size := range sizes {
			name := fmt.Sprintf("%s-%dx%d", strings.TrimSuffix(filepath.Base(tape), ".tape"), size[0], size[1])
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				openShell(t, size[0], size[1], programs).play(steps)
			})
		}
	}
}

// photograph compares the screen with the one that is kept for this terminal. What is still moving is waited for.
func (term *terminal) photograph(s step) {
	term.Helper()
	size := regexp.MustCompile(`\d+x\d+$`).FindString(term.Name())
	if size == "" { // a film's picture
		return
	}
	kept := filepath.Join(journeys, strings.TrimSuffix(s.arg, ".png")+"-"+size+".golden")
	if *update {
		for term.read(resting) {
			continue
		}
		if err := os.WriteFile(kept, []byte(term.text()+"\n"), 0o644); err != nil {
			term.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(kept)
	if err != nil {
		term.Fatal(err)
	}
	for until := time.Now().Add(appears); term.text()+"\n" != string(want); {
		if !term.read(time.Until(until)) {
			term.Fatalf("line %d: the screen is not as in %s:\n%s\nwanted:\n%s", s.line, kept, term.text(), want)
		}
	}
}
