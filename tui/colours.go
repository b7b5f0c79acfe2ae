package tui

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
)

// Theme is how the console is coloured.
type Theme string

// The themes, as the configuration names them.
const (
	Auto     Theme = "auto" // dark or light, as the terminal says
	Dark     Theme = "dark"
	Light    Theme = "light"
	Contrast Theme = "contrast" // strong colours only, on black or on white
)

var themes = []Theme{Auto, Dark, Light, Contrast}

// means says what a theme is.
func (t Theme) means() string {
	switch t {
	case Dark:
		return "light letters on a dark ground"
	case Light:
		return "dark letters on a light ground"
	case Contrast:
		return "strong colours only, nothing faint"
	}
	return "dark or light, as the terminal is"
}

// colours is what a theme is made of. An empty one is left to the terminal.
type colours struct {
	ground, text, faint, strong, accent, rule, key, keyOff string
	row, onRow, good, active, warn, bad, off               string
	live, onLive, onAccent, far, ahead                     string

	plain bool // there are no colours at all: what must be seen is turned around
}

var darkColours = colours{
	ground: "#17141f", text: "#dddae6", faint: "#8a869a", strong: "#ffffff", accent: "#a99cff", rule: "#3f3b4d",
	key: "#dddae6", keyOff: "#6d697c", row: "#34305a", onRow: "#ffffff",
	good: "#7fcf9b", active: "#78c8dd", warn: "#e6b450", bad: "#f47a86", off: "#7d798b",
	live: "#c01c2b", onLive: "#ffffff", onAccent: "#17141f", far: "#5d5970", ahead: "#7d798b",
}

var lightColours = colours{
	ground: "#fbfafd", text: "#24222c", faint: "#6b6778", strong: "#100e18", accent: "#5b3fd6", rule: "#cfcbdc",
	key: "#24222c", keyOff: "#8b8799", row: "#e6e1fb", onRow: "#100e18",
	good: "#1f7a46", active: "#0b6f8a", warn: "#8f5a00", bad: "#b3202e", off: "#7d798b",
	live: "#c01c2b", onLive: "#ffffff", onAccent: "#ffffff", far: "#aaa6b8", ahead: "#8b8799",
}

// The two of high contrast: every letter at least seven times as light, or as dark, as its ground.
var blackColours = colours{
	ground: "#000000", text: "#ffffff", faint: "#ffffff", strong: "#ffffff", accent: "#ffe14d", rule: "#b0b0b0",
	key: "#ffffff", keyOff: "#c4c4c4", row: "#ffe14d", onRow: "#000000",
	good: "#5dff8f", active: "#5fe1ff", warn: "#ffc24d", bad: "#ff9a9a", off: "#c4c4c4",
	live: "#ffffff", onLive: "#a00010", onAccent: "#000000", far: "#b0b0b0", ahead: "#c4c4c4",
}

var whiteColours = colours{
	ground: "#ffffff", text: "#000000", faint: "#000000", strong: "#000000", accent: "#3a00b8", rule: "#595959",
	key: "#000000", keyOff: "#4a4a4a", row: "#3a00b8", onRow: "#ffffff",
	good: "#00521f", active: "#004a6b", warn: "#6b3d00", bad: "#990010", off: "#4a4a4a",
	live: "#a00010", onLive: "#ffffff", onAccent: "#ffffff", far: "#595959", ahead: "#4a4a4a",
}

// plainColours are none, for NO_COLOR and for terminals that have none.
var plainColours = colours{plain: true}

// coloursOf is what a theme comes to on a terminal.
func coloursOf(t Theme, darkGround, plain bool) colours {
	dark := t == Dark || t != Light && darkGround
	switch {
	case plain:
		return plainColours
	case t == Contrast && dark:
		return blackColours
	case t == Contrast:
		return whiteColours
	case dark:
		return darkColours
	}
	return lightColours
}

func inked(hex string) lipgloss.Style {
	if hex == "" {
		return lipgloss.NewStyle()
	}
	return lipgloss.NewStyle().Foreground(lipgloss.Color(hex))
}

// Brush is a style of nothing but colours and weight: what stands before and after a text is always the same, so lipgloss
// is asked for it once and not at every text of every frame.
type Brush struct {
	lipgloss.Style
	open, end string
}

func brushOf(s lipgloss.Style) Brush {
	open, end, _ := strings.Cut(s.Render("x"), "x")
	return Brush{s, open, end}
}

// Render colours a text. One of several lines is lipgloss's, which makes them as long as each other.
func (b Brush) Render(text string) string {
	switch {
	case text == "":
		return ""
	case strings.ContainsAny(text, "\n\r\t"):
		return b.Style.Render(text)
	}
	return b.open + text + b.end
}

// filled is a text on a ground of its own; where there are no colours, turned around.
func (c colours) filled(text, ground string) lipgloss.Style {
	if c.plain {
		return lipgloss.NewStyle().Reverse(true)
	}
	return inked(text).Background(lipgloss.Color(ground))
}

// grounds are what the whole screen is drawn on and with, where the terminal's own ground would not do: under high
// contrast, and where the other ground was asked for.
func (s *Styles) grounds(t Theme, dark bool) (ground, text color.Color) {
	if s.colours.plain || t == Auto || t != Contrast && s.Dark == dark {
		return nil, nil
	}
	return lipgloss.Color(s.colours.ground), lipgloss.Color(s.colours.text)
}
