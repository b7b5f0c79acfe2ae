package tui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// TestQRIsDarkOnLight: with colours a block is dark; without them, on a dark terminal, it is what is lit.
func TestQRIsDarkOnLight(t *testing.T) {
	margin := func(st *Styles) string {
		return ansi.Strip(qrCode(st, "https://sandbox.till.invalid/pay/1", 60, 30)[0])
	}
	for _, dark := range []bool{true, false} {
		st := NewStyles(dark)
		if got := margin(st); strings.Trim(got, " ") != "" {
			t.Errorf("the margin is %q", got)
		}
		st = stylesOf(plainColours, dark)
		if got := margin(st); (strings.Trim(got, "█") == "") != dark {
			t.Errorf("dark %t, without colours: the margin is %q", dark, got)
		}
	}
}
