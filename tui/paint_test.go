package tui

import (
	"image/color"
	"math"
	"regexp"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// luminance and ratio are those of the W3C's guidelines for contrast.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	part := func(v uint32) float64 {
		x := float64(v) / 0xffff
		if x <= 0.03928 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*part(r) + 0.7152*part(g) + 0.0722*part(b)
}

func ratio(text, ground string) float64 {
	a, b := luminance(lipgloss.Color(text)), luminance(lipgloss.Color(ground))
	return (max(a, b) + 0.05) / (min(a, b) + 0.05)
}

// What must be read can be: 4.5 for text, 7 under high contrast, 3 for what is only there to be found.
func TestEveryColourCanBeRead(t *testing.T) {
	for name, c := range map[string]colours{"dark": darkColours, "light": lightColours, "black": blackColours, "white": whiteColours} {
		text, found := 4.5, 3.0
		if name == "black" || name == "white" {
			text, found = 7, 7
		}
		for what, hex := range map[string]string{
			"text": c.text, "faint": c.faint, "strong": c.strong, "accent": c.accent, "key": c.key,
			"good": c.good, "active": c.active, "warn": c.warn, "bad": c.bad,
		} {
			if r := ratio(hex, c.ground); r < text {
				t.Errorf("%s: %s has %.1f on its ground", name, what, r)
			}
		}
		for what, pair := range map[string][2]string{
			"the row": {c.onRow, c.row}, "LIVE": {c.onLive, c.live}, "the present state": {c.onAccent, c.accent},
		} {
			if r := ratio(pair[0], pair[1]); r < text {
				t.Errorf("%s: %s has %.1f", name, what, r)
			}
		}
		for what, hex := range map[string]string{"keyOff": c.keyOff, "off": c.off, "ahead": c.ahead} {
			if r := ratio(hex, c.ground); r < found {
				t.Errorf("%s: %s has %.1f on its ground", name, what, r)
			}
		}
	}
}

func TestTheThemeIsTheOneThatWasAskedFor(t *testing.T) {
	white, black := tea.BackgroundColorMsg{Color: lipgloss.Color("#ffffff")}, tea.BackgroundColorMsg{Color: lipgloss.Color("#000000")}
	for _, c := range []struct {
		theme  Theme
		ground tea.Msg
		want   colours
		own    bool // the ground is drawn, since the terminal's would not do
	}{
		{Auto, black, darkColours, false},
		{Auto, white, lightColours, false},
		{Dark, black, darkColours, false},
		{Dark, white, darkColours, true},
		{Light, white, lightColours, false},
		{Light, black, lightColours, true},
		{Contrast, black, blackColours, true},
		{Contrast, white, whiteColours, true},
	} {
		d := drive(t, 80, 24)
		d.app.opts.Theme = c.theme
		d.send(c.ground)
		if d.app.desk.Styles.colours != c.want {
			t.Errorf("%s on %v is another", c.theme, c.ground)
		}
		if ground := d.app.View().BackgroundColor; (ground != nil) != c.own {
			t.Errorf("%s on %v draws its ground: %v", c.theme, c.ground, ground)
		}
	}
}

// The theme is changed where somebody is, and every page follows.
func TestTheThemeIsChangedLive(t *testing.T) {
	d := drive(t, 80, 24)
	d.typed("mug<enter>").press("ctrl+k").typed("theme<enter>").sees("which theme?", "strong colours only")
	before := d.app.View().Content
	d.press("c").lacks("which theme?")
	if d.app.View().Content == before || d.app.desk.Styles.colours != blackColours {
		t.Error("nothing has changed")
	}
	if strings.Contains(d.app.View().Content, "169;156;255") {
		t.Error("something is drawn in the old theme")
	}
}

var (
	coloured = regexp.MustCompile(`\x1b\[[0-9;:]*(3|4|9|10)[0-8][;:m]`)
	reversed = regexp.MustCompile(`\x1b\[(?:\d+;)*7(?:;\d+)*m([^\x1b]*)`)
)

// turned are the texts that are seen turned around, when there are no colours.
func (d *driver) turned() string {
	d.t.Helper()
	var all []string
	content := d.app.View().Content
	if found := coloured.FindString(content); found != "" {
		d.t.Errorf("a colour: %q", found)
	}
	for _, m := range reversed.FindAllStringSubmatch(content, -1) {
		all = append(all, m[1])
	}
	return strings.Join(all, "\n")
}

// Without colours everything is told all the same: what is chosen, what is, what is not possible, what Enter does.
func TestNothingIsToldByColourAlone(t *testing.T) {
	d := drive(t, 120, 40)
	s := d.onHold()
	d.send(tea.ColorProfileMsg{Profile: colorprofile.ASCII})
	if got := d.turned(); !strings.Contains(got, "◈ authorized") {
		t.Errorf("the present state is not seen: %q", got)
	}
	if !regexp.MustCompile(`\x1b\[[0-9;]*4[0-9;]*ms`).MatchString(d.app.View().Content) {
		t.Error("the lit tab is not underlined")
	}
	d.press("v").sees("◌ y").arm().sees("● y").press("esc")
	d.press("ctrl+k").typed("refund").sees("! ", "· ")
	if got := d.turned(); !strings.Contains(got, "› refund") {
		t.Errorf("the chosen action is not seen: %q", got)
	}
	d.press("esc", "f7").sees("› theme")
	if got := d.turned(); !strings.Contains(got, "› theme") {
		t.Errorf("the chosen setting is not seen: %q", got)
	}
	d.press("f3")
	if got := d.turned(); !strings.Contains(got, s.shown.Number) {
		t.Errorf("the chosen order is not seen: %q", got)
	}
	d.till.Live = true
	d.press("f2")
	if got := d.turned(); !strings.Contains(got, "LIVE") {
		t.Errorf("LIVE is not seen: %q", got)
	}
	d.typed("mug<enter>wh<down>")
	d.turned()
	d.press("esc").typed("<enter>")
	d.turned()
	d.send(tea.ColorProfileMsg{Profile: colorprofile.TrueColor})
	if !coloured.MatchString(d.app.View().Content) {
		t.Error("the colours do not come back")
	}
}

// The words are the same whatever the theme.
func TestAThemeChangesNoWord(t *testing.T) {
	d := drive(t, 120, 40)
	d.onHold()
	before := d.screen()
	for _, theme := range themes {
		d.app.opts.Theme = theme
		d.app.Update(tea.BackgroundColorMsg{Color: lipgloss.Color("#ffffff")})
		if ansi.Strip(d.app.View().Content) != before {
			t.Errorf("%s says something else", theme)
		}
	}
}

// newStyles makes the dark theme or the light one.
func newStyles(dark bool) *Styles {
	if dark {
		return stylesOf(darkColours, dark)
	}
	return stylesOf(lightColours, dark)
}
