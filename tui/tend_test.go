package tui

import (
	"context"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"till/domain"
)

// The console reads all the time what the gateway has told: nobody need ask for it.
func TestTheConsoleListens(t *testing.T) {
	d := drive(t, 120, 40)
	d.onHold()
	d.lose(domain.Capture, 0)
	d.press("c").arm().press("y").sees("? UNKNOWN: nobody knows yet")
	if err := d.till.Bank.Deliver(t.Context(), "2"); err != nil {
		t.Fatal(err)
	}
	d.tend().lacks("UNKNOWN").sees("captured")
}

// watched is a store that counts who asks to be told when the journal moves.
type watched struct {
	domain.Store
	asked *int
}

func (s watched) Changed(context.Context) <-chan domain.Seq {
	*s.asked++
	return make(chan domain.Seq)
}

// Where nobody tells any more when the journal moves, the console has itself told again, and by one alone.
func TestTheJournalIsWatchedOnce(t *testing.T) {
	d, asked := drive(t, 80, 24), 0
	d.till.Store = watched{d.till.Store, &asked}
	next := d.app.tend()
	d.app.desk.tick = func(_ time.Duration, msg func(time.Time) tea.Msg) tea.Cmd {
		next = func() tea.Msg { return msg(time.Time{}) }
		return nil
	}
	d.app.Update(watchEnded{})
	for range 3 {
		d.app.Update(next())
	}
	if asked != 1 {
		t.Errorf("it is watched %d times", asked)
	}
}
