// Package tui is what a person sees: the console. Its rules are few. Update never waits: commands do, and
// they return one message and touch no model. Focus and navigation change in the same Update. Keys and paste
// go to the dialog, else to the top screen only; our own messages go to every screen of the stack, and each
// checks whose they are. View is pure. Colour is never the only sign.
package tui

import (
	"context"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// Screen is one page of the console. Screens are pointers; Update changes them in place.
type Screen interface {
	Init() tea.Cmd
	Resize(width, height int) // of the part between header and footer
	Update(msg tea.Msg) tea.Cmd
	View() string
	Title() string
	Keys() []key.Binding // those that count here: the footer and the help are made of them
	Typing() bool        // a text field has the focus: letters and digits are text
}

// stepper is a screen with steps of its own: StepBack takes one back, and tells whether there was one. Where
// there is none left, Esc leaves the screen; no screen needs to look at that key itself.
type stepper interface{ StepBack() bool }

// Desk is what every screen has at hand.
type Desk struct {
	Ctx    context.Context // of the program; for what commands ask
	Till   *till.Till
	Styles *Styles // of the theme in force; made once, never in View
	Motion bool    // whether things may move
	Now    func() time.Time

	asked *Dialog     // whose answer is being done
	deed  domain.Deed // that it, or the key that was pressed, is about; "": nobody has said

	app  *App
	tick func(time.Duration, func(time.Time) tea.Msg) tea.Cmd // tea.Tick; tests let no time pass
}

// After gives a command that brings a message in a while: for motion and for clocks that are seen to run.
func (d *Desk) After(wait time.Duration, msg tea.Msg) tea.Cmd {
	return d.tick(wait, func(time.Time) tea.Msg { return msg })
}

// Push puts a screen on top, at once, in the same Update (keys typed in a burst must not overtake), and gives the new
// screen's first command.
func (d *Desk) Push(s Screen) tea.Cmd { return d.app.push(s) }

// Back takes the top screen off, at once.
func (d *Desk) Back() tea.Cmd { return d.app.back() }

// Replace puts a screen in the place of the top one, at once, and gives its first command.
func (d *Desk) Replace(s Screen) tea.Cmd { return d.app.replace(s) }

// drop takes a screen off, and swap puts another in its place, wherever on the stack it is; top tells whether
// the person is looking at it.
func (d *Desk) drop(s Screen)              { d.app.drop(s) }
func (d *Desk) swap(old, s Screen) tea.Cmd { return d.app.swap(old, s) }
func (d *Desk) top(s Screen) bool          { return d.app.top() == s }

// Ask puts a dialog over the screen: it gets all keys until it answers or Esc takes it away.
func (d *Desk) Ask(q *Dialog) tea.Cmd { return d.app.ask(q) }

// Say shows a line in the status line until the next key.
func (d *Desk) Say(format string, args ...any) { d.app.say(format, args...) }

// Fail shows an error with its hint there; none is no error.
func (d *Desk) Fail(err error) { d.app.fail(err) }

// Busy marks that a payment is in flight (+1) or has ended (-1): quitting then asks first.
func (d *Desk) Busy(delta int) { d.app.busy += delta }

// themeChanged is sent when the terminal's background turned out to be another: what was drawn ahead is stale.
type themeChanged struct{}

// storeChanged is sent when the journal has moved, whoever wrote; screens reload what they show.
type storeChanged struct{ seq int64 }
