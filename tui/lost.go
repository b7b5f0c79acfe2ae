package tui

import (
	"context"
	"errors"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"till/domain"
)

// lost are the orders of which this desk itself saw an outcome go unknown, until it is known: the header counts
// them on every screen.
type lost map[domain.OrderID]bool

// lostRead tells of which of them the outcome is known by now.
type lostRead struct{ known []domain.OrderID }

// failFor shows an error about an order. That its outcome is unknown is said only as long as it is so, and not
// where the order's own screen says it louder.
func (d *Desk) failFor(id domain.OrderID, err error, silent bool) tea.Cmd {
	a := d.app
	if domain.CodeOf(err) != domain.CodeUnknownOutcome {
		a.fail(err)
		return nil
	}
	if !silent {
		a.fail(err)
		a.about = id
	}
	a.lost[id] = true
	return a.readLost() // it may be known already: the till asks by itself
}

// readLost looks whether what was lost is known by now.
func (a *App) readLost() tea.Cmd {
	if len(a.lost) == 0 {
		return nil
	}
	ctx, store := a.desk.Ctx, a.desk.Till.Store
	ids := make([]domain.OrderID, 0, len(a.lost))
	for id := range a.lost {
		ids = append(ids, id)
	}
	return func() tea.Msg { return lostRead{knownOf(ctx, store, ids)} }
}

func knownOf(ctx context.Context, store domain.Store, ids []domain.OrderID) []domain.OrderID {
	return slices.DeleteFunc(ids, func(id domain.OrderID) bool {
		o, err := store.Order(ctx, id)
		return err != nil || slices.Contains(o.Attention(), "unknown")
	})
}

// found takes off the header, and off the status line, what is known.
func (a *App) found(msg lostRead) {
	for _, id := range msg.known {
		delete(a.lost, id)
		if a.about == id {
			a.status, a.about = "", ""
		}
	}
}

func (l lost) mark(st *Styles) string {
	if len(l) == 0 {
		return ""
	}
	return st.bold[warn].Render(fmt.Sprintf("? %d unknown", len(l))) + "  "
}

// named puts the order's name before an error where its screen was left.
func (s *order) named(err error) error {
	e, ok := errors.AsType[*domain.Error](err)
	if !ok || s.desk.top(s) {
		return err
	}
	named := *e
	named.Message = "order " + called(s.full) + ": " + e.Message
	return &named
}
