package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// What the root does of its own accord: it watches the journal, and it tends what falls due.

// watch waits for the journal to move, whoever wrote. The clock may have moved with it.
func (a *App) watch() tea.Cmd {
	ctx, t, changes := a.desk.Ctx, a.desk.Till, a.changes
	if changes == nil {
		return nil
	}
	return func() tea.Msg {
		seq, open := <-changes
		if !open {
			return nil
		}
		_ = t.ReadClock(ctx) // what cannot be read is said by the next tending
		return storeChanged{int64(seq)}
	}
}

// tended says that what was due has been done, or why not.
type tended struct{ err error }

// tendAgain is how long the till may wait with what falls due.
type tendAgain struct{}

const tending = time.Second

// tend hears what the providers have told and does what has fallen due, asking about lost answers too: the console
// all the time, a second apart.
func (a *App) tend() tea.Cmd {
	ctx, t := a.desk.Ctx, a.desk.Till
	return func() tea.Msg {
		if err := t.Listen(ctx); err != nil {
			return tended{err}
		}
		return tended{t.Tend(ctx)}
	}
}

func textOf(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
