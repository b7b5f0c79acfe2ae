package tui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// No line of a text that was broken is longer than it may be, however the text is written, and nothing of it is lost.
func TestWrapped(t *testing.T) {
	for _, text := range []string{
		"not now: ctrl+n note · ctrl+x start over · pgup scroll · - or -2 void a line · -tea one less · -1.50 or 10% off",
		"a - b -- c --- d ---- e-f-g -h i- j",
		"a well-known, long-winded and never-ending sentence - with dashes",
		"緑茶 - (green tea) -緑茶- 緑茶",
	} {
		for columns := 2; columns <= 80; columns++ {
			got := wrapped(text, columns)
			for line := range strings.SplitSeq(got, "\n") {
				if width(line) > columns {
					t.Errorf("%q in %d columns: a line of %d: %q", text, columns, width(line), line)
				}
			}
			if bare := strings.NewReplacer(" ", "", "\n", ""); bare.Replace(got) != bare.Replace(text) {
				t.Errorf("%q in %d columns is %q", text, columns, got)
			}
		}
	}
}

// A list that is longer than the screen says at its edges that it goes on, and is as long and as wide as before.
func TestHiddenRowsAreTold(t *testing.T) {
	st := stylesOf(darkColours, true)
	rows := []string{"› a", "  b", "  c", "  d", "  e"}
	for at, want := range map[int]string{0: "› a|  b|↓ c", 2: "↑ b|  c|↓ d", 4: "↑ c|  d|  e"} {
		if got := ansi.Strip(strings.Join(scrolled(st, rows, at, 3), "|")); got != want {
			t.Errorf("around row %d: %q", at, got)
		}
	}
	if got := strings.Join(scrolled(st, rows, 2, 9), "|"); got != strings.Join(rows, "|") {
		t.Errorf("all of it: %q", got)
	}
}
