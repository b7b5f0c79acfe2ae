//go:build unix

package tui

import (
	"syscall"

	tty "github.com/charmbracelet/x/term"
)

// unechoed has a terminal show nothing of a line that is typed but its end, and gives what undoes that.
func unechoed(fd uintptr) (undo func()) {
	state, err := tty.GetState(fd)
	if err != nil {
		return func() {} // it is none: nothing is shown there
	}
	before := *state
	state.Lflag = state.Lflag&^syscall.ECHO | syscall.ECHONL
	_ = tty.SetState(fd, state) // what is not possible leaves what is typed to be seen, as before
	return func() { _ = tty.SetState(fd, &before) }
}
