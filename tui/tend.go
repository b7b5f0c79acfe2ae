package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"till/domain"
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
			return watchEnded{}
		}
		_ = t.ReadClock(ctx) // what cannot be read is said by the next tending
		return storeChanged{int64(seq)}
	}
}

// watchEnded says that nobody tells any more when the journal moves.
type watchEnded struct{}

// tended says that what was due has been done, or why not, and whether the journal can be read.
type tended struct {
	err     error
	read    bool
	changes <-chan domain.Seq // a new watch, where the last one has ended
}

// tending is how long the till may wait with what falls due.
const tending = time.Second

// tend hears what the providers have told and does what has fallen due, asking about lost answers too: the console
// all the time, a second apart. It also looks whether what is on the screens can still be true.
func (a *App) tend() tea.Cmd {
	ctx, t, ended := a.desk.Ctx, a.desk.Till, a.ended
	return func() tea.Msg {
		_, _, unread := t.Store.Newest(ctx, domain.ClockStream)
		told := tended{err: unread, read: unread == nil}
		if told.read && ended {
			told.changes = t.Store.Changed(ctx)
		}
		if told.err == nil {
			told.err = t.Listen(ctx)
		}
		if told.err == nil {
			told.err = t.Tend(ctx)
		}
		return told
	}
}

// tendedTo notes how the last tending went. Trouble is said once, not every second.
func (a *App) tendedTo(msg tended) tea.Cmd {
	if msg.err != nil && msg.err.Error() != a.trouble {
		a.fail(msg.err)
	}
	a.trouble = textOf(msg.err)
	var watch tea.Cmd
	if msg.changes != nil {
		a.changes, a.ended = msg.changes, false
		watch = a.watch()
	}
	tend := a.tend()                                                         // which asks for another watch where there is none
	again := a.desk.tick(tending, func(time.Time) tea.Msg { return tend() }) // one message a second, and one frame, not two
	return tea.Batch(again, watch, a.judge(msg.read && !a.ended), a.idle())
}

// judge notes whether what is seen is as the journal is. What was missed is read once it can be.
func (a *App) judge(live bool) tea.Cmd {
	switch {
	case !live && a.stale.IsZero():
		a.stale = a.clock
	case live && !a.stale.IsZero():
		a.stale = time.Time{}
		return tea.Batch(a.tell(storeChanged{}), a.readLost(), a.readShift(), a.readStaff())
	}
	return nil
}

// staleMark says in the header since when the screens may not be true any more.
func (a *App) staleMark() string {
	if a.stale.IsZero() {
		return ""
	}
	return a.desk.Styles.bold[warn].Render("! stale since "+a.stale.Format("15:04")) + "  "
}

func textOf(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
