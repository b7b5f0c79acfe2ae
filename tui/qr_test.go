package tui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// TestQRIsDarkOnLight: the margin is ground, and the ground is light: white where there are colours, and on a dark
// terminal without them what is turned around. Turned twice it would be dark.
func TestQRIsDarkOnLight(t *testing.T) {
	for _, dark := range []bool{true, false} {
		for _, st := range []*Styles{newStyles(dark), stylesOf(plainColours, dark)} {
			margin := ansi.Strip(qrCode(st, "https://sandbox.till.invalid/pay/1", 60, 30)[0])
			if strings.Trim(margin, " ") != "" {
				t.Errorf("the margin is %q", margin)
			}
			if want := st.colours.plain && dark; st.QR.GetReverse() != want {
				t.Errorf("dark %t, colours %t: turned around %t", dark, !st.colours.plain, !want)
			}
		}
	}
}
