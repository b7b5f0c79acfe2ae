package tui

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// named are the keys that have a name.
var named = map[string]rune{
	"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "space": tea.KeySpace, "backspace": tea.KeyBackspace,
	"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "home": tea.KeyHome, "end": tea.KeyEnd,
	"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "delete": tea.KeyDelete,
	"f1": tea.KeyF1, "f2": tea.KeyF2, "f3": tea.KeyF3, "f4": tea.KeyF4, "f5": tea.KeyF5, "f6": tea.KeyF6,
	"f7": tea.KeyF7, "f8": tea.KeyF8, "f9": tea.KeyF9, "f10": tea.KeyF10, "f11": tea.KeyF11, "f12": tea.KeyF12,
}

// keyOf makes the key that has a name: "a", "enter", "shift+tab", "ctrl+c".
func keyOf(name string) tea.KeyPressMsg {
	var mod tea.KeyMod
	for prefix, m := range map[string]tea.KeyMod{"shift+": tea.ModShift, "ctrl+": tea.ModCtrl, "alt+": tea.ModAlt} {
		if rest, ok := strings.CutPrefix(name, prefix); ok && rest != "" {
			name, mod = rest, mod|m
		}
	}
	if code, ok := named[name]; ok {
		msg := tea.KeyPressMsg{Code: code, Mod: mod}
		if name == "space" {
			msg.Text = " "
		}
		return msg
	}
	msg := tea.KeyPressMsg{Code: []rune(name)[0], Mod: mod}
	if mod&^tea.ModShift == 0 {
		msg.Text = name
	}
	return msg
}

// oneKey tells whether one press of a key does it: what only tells of a way to write is none.
func (a *App) oneKey(k key.Binding) bool {
	if len(k.Keys()) == 0 || k.Help().Desc == "" {
		return false
	}
	msg := keyOf(k.Keys()[0])
	return len([]rune(msg.Text)) < 2 && (msg.Text == "" || !a.top().Typing())
}

// pressFor presses a binding's first key for the person: from the palette, or by a click on its name.
func (a *App) pressFor(k key.Binding) tea.Cmd { return a.press(keyOf(k.Keys()[0])) }
