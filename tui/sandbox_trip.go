package tui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"till/domain/till"
)

// trip is the clock on its way forward. Esc stops it between two instants; what has happened stays.
type trip struct {
	from, to time.Time // to is zero where nobody knows yet what comes next
	at       time.Time
	cancel   context.CancelFunc
	stopping bool
}

// tripEvery is how often the way is drawn anew.
const tripEvery = 100 * time.Millisecond

func (t *trip) end() {
	t.stopping = true
	t.cancel()
}

func (p *clockPart) moveBy(d time.Duration) tea.Cmd {
	in := p.intent()
	return p.move(p.desk.Now().Add(d), func(ctx context.Context, t *till.Till) (till.Advanced, error) { return t.Advance(ctx, in, d) })
}

func (p *clockPart) moveTo(at time.Time) tea.Cmd {
	in := p.intent()
	return p.move(at, func(ctx context.Context, t *till.Till) (till.Advanced, error) { return t.AdvanceTo(ctx, in, at) })
}

func (p *clockPart) toNext() tea.Cmd {
	in := p.intent()
	return p.move(time.Time{}, func(ctx context.Context, t *till.Till) (till.Advanced, error) { return t.AdvanceNext(ctx, in) })
}

func (p *clockPart) intent() till.Intent { return till.Intent{Key: p.desk.Till.Env.NewID("key_")} }

// move puts the clock forward; all that falls due on the way happens.
func (p *clockPart) move(to time.Time, do func(context.Context, *till.Till) (till.Advanced, error)) tea.Cmd {
	ctx, cancel := context.WithCancel(p.desk.Ctx)
	now := p.desk.Now()
	cmd := p.run("the clock goes forward", func(with context.Context, t *till.Till) bankDone {
		passed, err := do(carrying{ctx, with}, t)
		said := "it is " + dated(passed.Now) + ", and " + happened(len(passed.Fired))
		if errors.Is(err, context.Canceled) {
			said, err = "stopped: it is "+dated(t.Env.Now())+", and "+happened(len(passed.Fired)), nil
		}
		return bankDone{said: said, past: passed.Fired, err: err}
	})
	if cmd == nil { // something else is running
		cancel()
		return nil
	}
	p.row, p.trip = 0, &trip{from: now, to: to, at: now, cancel: cancel}
	return tea.Batch(cmd, p.again(p.trip))
}

// carrying is a context that ends when one does, and carries what another one carries: who stands by.
type carrying struct {
	context.Context
	of context.Context
}

// Value is the other one's.
func (c carrying) Value(key any) any { return c.of.Value(key) }

// again looks in a while how far the clock has come, wherever the person is then.
func (s *chair) again(t *trip) tea.Cmd {
	return s.desk.After(tripEvery, settled{func() tea.Cmd {
		if s.trip != t {
			return nil
		}
		t.at = s.desk.Now()
		return s.again(t)
	}})
}

// walking tells whether the clock is on its way, wherever the person is.
func (a *App) walking() bool { return a.chair != nil && a.chair.trip != nil }

// tripLine is the way, with what has been gone of it.
func (p *clockPart) tripLine(columns int) string {
	st, t := p.desk.Styles, p.trip
	said := "   " + st.Key.Render("esc") + st.Faint.Render(" stops it; what has happened stays")
	if t.stopping {
		said = "   " + st.Warn.Render("stopping at the next instant")
	}
	if t.to.IsZero() {
		return st.Active.Render("◧ to what comes next") + said
	}
	gone := min(1, t.at.Sub(t.from).Seconds()/max(1, t.to.Sub(t.from).Seconds()))
	tail := st.Text.Render(fmt.Sprintf(" %3d %%", int(100*gone))) + st.Faint.Render(" to "+dated(t.to)) + said
	long := max(4, min(32, columns-width(tail)))
	full := int(gone * float64(long))
	return cut(st.Active.Render(strings.Repeat("━", full))+st.Rule.Render(strings.Repeat("━", long-full))+tail, columns)
}
