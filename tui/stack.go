package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// The stack of screens. What is done to it is done at once, in the same Update.

// sale is the screen at the bottom of the stack.
func (a *App) sale() *sale { return a.stack[0].(*sale) }

func (a *App) top() Screen { return a.stack[len(a.stack)-1] }

func (a *App) push(s Screen) tea.Cmd {
	a.stack = append(a.stack, s)
	a.fit(s)
	return s.Init()
}

func (a *App) back() tea.Cmd {
	if len(a.stack) > 1 {
		a.stack = a.stack[:len(a.stack)-1]
	}
	return nil
}

func (a *App) replace(s Screen) tea.Cmd { return a.swap(a.top(), s) }

// swap puts a screen in another's place, or on top where that one has gone. The sale at the bottom stays.
func (a *App) swap(old, s Screen) tea.Cmd {
	i := slices.Index(a.stack, old)
	if i < 1 {
		return a.push(s)
	}
	a.stack[i] = s
	a.fit(s)
	return s.Init()
}

// shows tells whether a screen is still on the stack.
func (a *App) shows(s Screen) bool { return slices.Index(a.stack, s) >= 0 }

func (a *App) drop(s Screen) {
	if i := slices.Index(a.stack, s); i > 0 {
		a.stack = slices.Delete(slices.Clone(a.stack), i, i+1)
	}
}
