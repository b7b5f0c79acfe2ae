package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
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
		st.Plain = true
		if got := margin(st); (strings.Trim(got, "█") == "") != dark {
			t.Errorf("dark %t, without colours: the margin is %q", dark, got)
		}
	}
	d := drive(t, 80, 24)
	d.send(tea.ColorProfileMsg{})
	if d.app.desk.Styles.Plain {
		t.Error("an unknown terminal is taken for one without colours")
	}
}
