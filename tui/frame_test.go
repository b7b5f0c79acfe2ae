package tui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"till/domain"
)

// wellDrawn checks that what is seen has the size of the terminal.
func (d *driver) wellDrawn(page string) {
	d.t.Helper()
	lines := strings.Split(d.screen(), "\n")
	if len(lines) != d.app.height {
		d.t.Errorf("%s at %dx%d has %d lines", page, d.app.width, d.app.height, len(lines))
	}
	for _, line := range lines {
		if width(line) > d.app.width {
			d.t.Errorf("%s at %dx%d has a line of %d: %q", page, d.app.width, d.app.height, width(line), line)
		}
	}
}

// Sizes that come faster than anybody can look, down to one cell, with whatever lies over the page.
func TestAStormOfSizes(t *testing.T) {
	d := drive(t, 120, 40)
	d.typed("mug<enter>")
	for _, over := range [][]string{nil, {"f1"}, {"esc", "ctrl+k"}, {"esc", "f7"}, {"f6"}, {"f5"}, {"f4"}, {"f3"}, {"f2", "enter"}, {"ctrl+k"}} {
		d.press(over...)
		for i := range 64 {
			d.send(tea.WindowSizeMsg{Width: 1 + (i*i*7)%211, Height: 1 + (i*13)%61})
			d.wellDrawn(strings.Join(over, " "))
		}
		d.send(tea.WindowSizeMsg{Width: 1, Height: 1})
		d.wellDrawn("one cell")
		d.send(tea.WindowSizeMsg{Width: 120, Height: 40})
	}
	d.press("esc", "esc", "f2").sees("enamel mug")
}

// unread is a store that cannot be read.
type unread struct {
	domain.Store
	err error
}

func (u *unread) Newest(ctx context.Context, stream string) (domain.Entry, bool, error) {
	if u.err != nil {
		return domain.Entry{}, false, u.err
	}
	return u.Store.Newest(ctx, stream)
}

// What cannot be read any more is said to be stale, since when it is, and that goes when it can be read again.
func TestStaleIsSaid(t *testing.T) {
	for _, columns := range []int{120, 80, 60} {
		d := drive(t, columns, 24)
		broken := &unread{Store: d.till.Store}
		d.till.Store = broken
		d.lacks("stale").wait(time.Minute)
		broken.err = errors.New("the disk has gone")
		d.tend().sees("! stale since 09:31", "the disk has gone", "SANDBOX")
		d.wait(time.Hour).press("f3").tend().sees("! stale since 09:31").lacks("the disk has gone")
		broken.err = nil
		d.tend().lacks("stale")
	}
}

// The same where nobody tells any more that the journal has moved; it is watched anew.
func TestAnEndedWatchIsSaid(t *testing.T) {
	d := drive(t, 120, 40)
	d.send(watchEnded{}).sees("! stale since 09:30")
	told := d.app.tend()().(tended)
	if told.changes == nil {
		t.Fatal("the journal is not watched again")
	}
	d.app.Update(told)
	d.lacks("stale")
	if d.app.changes == nil {
		t.Error("the new watch is not kept")
	}
}

// Who stays has again what was asked before.
func TestStayingKeepsTheQuestion(t *testing.T) {
	d := drive(t, 120, 40)
	d.onHold()
	d.app.busy = 1
	d.press("v").arm().press("ctrl+c").sees("quit now?", "a payment is in flight").press("esc").sees("void €").press("ctrl+c", "ctrl+c")
	if !d.over {
		t.Error("twice does not quit")
	}
}

// On a wide screen the frame keeps to its edges, and the page is one page.
func TestAWideScreen(t *testing.T) {
	d := drive(t, 200, 60)
	d.typed("mug<enter>esp<enter>").wellDrawn("sale")
	for _, page := range []string{"f3", "f4", "f5", "f6", "f7", "ctrl+k"} {
		d.press(page).wellDrawn(page)
	}
}
