package tui

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// Sales that are put aside while another customer is served. Nothing of them is an order.

// park puts the sale on the screen aside. Screen and list change on the disk in one step.
func (s *sale) park() tea.Cmd {
	if s.basket.empty() {
		return nil
	}
	gone, err := s.aparted(s.basket)
	if err != nil {
		s.desk.Fail(err)
		return nil
	}
	s.lay(gone)
	s.desk.Say("parked: %s · ctrl+r brings it back", gone.words())
	s.clear()
	return s.keep()
}

// aparted is a sale as it is parked, under an id of its own.
func (s *sale) aparted(b *basket) (parked, error) {
	kept, err := b.parked()
	kept.ID, kept.At = s.desk.Till.Env.NewID("park_"), s.desk.Now()
	return parked{kept, b}, err
}

// lay puts a sale on the list. It is on the disk with what is written next.
func (s *sale) lay(gone parked) {
	s.aside = append(s.aside, gone)
	s.listed++
	s.box.put(gone.kept)
}

// recallParked brings a parked sale back: the only one at once, of several one that is chosen. Where none is known of,
// another console on the same till may have parked one meanwhile.
func (s *sale) recallParked() tea.Cmd {
	if len(s.aside) > 0 {
		return s.openParked()
	}
	s.fetching = true
	return asking(s.desk, s.list, func(aside []parked, err error) tea.Cmd {
		s.fetching = false
		s.desk.Fail(err)
		s.aside = aside
		if len(aside) > 0 {
			return tea.Batch(s.openParked(), s.catchUp())
		}
		if err == nil {
			s.desk.Say("nothing is parked")
		}
		return s.catchUp()
	})
}

func (s *sale) openParked() tea.Cmd {
	if len(s.aside) == 1 {
		return s.fetch(s.aside[0].kept.ID)
	}
	f := newFinder(s.desk, "parked sales", "name, article or total")
	f.verb, f.none = "bring it back", "nothing is parked."
	var shown []parked
	list := func() tea.Cmd {
		shown = nil
		var rows []foundRow
		for i := len(s.aside) - 1; i >= 0; i-- { // the newest first
			shown = append(shown, s.aside[i])
			rows = append(rows, s.aside[i].row())
		}
		return f.found(rows)
	}
	f.take = func(at int) tea.Cmd {
		s.desk.drop(f)
		return s.fetch(shown[at].kept.ID)
	}
	f.also = []also{{
		key: key.NewBinding(key.WithKeys("ctrl+x"), key.WithHelp("ctrl+x", "throw away")), needs: true,
		do: func(at int) tea.Cmd {
			return s.desk.Ask(Confirm("throw it away?", shown[at].words()+" will be gone.", "throw away", "keep it", func() tea.Cmd {
				return s.throwAway(shown[at].kept.ID, list)
			}))
		},
	}}
	return tea.Batch(s.desk.Push(f), s.relist(list))
}

func (s *sale) list(ctx context.Context, _ *till.Till) ([]parked, error) { return s.box.list(ctx) }

// relist reads the list anew: another console on the same till may have changed it, or somebody on it was forgotten.
// Where it cannot be read, the old one stays.
func (s *sale) relist(then func() tea.Cmd) tea.Cmd {
	s.listed++
	asked := s.listed
	return asking(s.desk, s.list, func(aside []parked, err error) tea.Cmd {
		s.desk.Fail(err)
		if err == nil && asked == s.listed {
			s.aside = aside
		}
		s.hear()
		return then()
	})
}

func nothingMore() tea.Cmd { return nil }

// fetch puts a parked sale on the screen; one that is there takes its place in the list. Until it is known that nobody
// else has taken it, nothing is shown or paid, and what is entered waits.
func (s *sale) fetch(id string) tea.Cmd {
	var aside []domain.ParkedSale
	note := ""
	if !s.basket.empty() {
		gone, err := s.aparted(s.basket)
		if err != nil {
			s.desk.Fail(err)
			return nil
		}
		aside, note = append(aside, gone.kept), "the other one is parked · "
	}
	s.fetching = true
	return asking(s.desk, func(ctx context.Context, _ *till.Till) (*basket, error) {
		return s.box.fetch(ctx, id, aside...)
	}, func(b *basket, err error) tea.Cmd {
		s.fetching = false
		if err != nil {
			s.desk.Fail(err)
			return tea.Batch(s.catchUp(), s.keep(), s.relist(nothingMore))
		}
		s.clear()
		s.show(b)
		s.desk.Say("%s%s is here again", note, parked{basket: b}.words())
		return tea.Batch(s.catchUp(), s.relist(nothingMore))
	})
}

// throwAway takes a sale off the list.
func (s *sale) throwAway(id string, then func() tea.Cmd) tea.Cmd {
	return asking(s.desk, func(ctx context.Context, _ *till.Till) (struct{}, error) {
		return struct{}{}, s.box.remove(ctx, id)
	}, func(_ struct{}, err error) tea.Cmd {
		s.desk.Fail(err)
		return s.relist(then)
	})
}

// words are a parked sale in few words: whose it is, else what is in it, and what it comes to.
func (p parked) words() string { return p.name() + ", " + p.total() }

func (p parked) name() string {
	lines := p.basket.Cart.Lines
	name := p.basket.Client.Name()
	if name == "" && len(lines) > 0 {
		name = cut(lines[0].Name(), shortTitle)
		if more := len(lines) - 1; more > 0 {
			name += fmt.Sprintf(" and %d more", more)
		}
	}
	return cmp.Or(name, "nothing yet")
}

// since is the time at which it was put aside; dashes, where it was left on the screen of a console that is gone.
func (p parked) since() string {
	if p.kept.At.IsZero() {
		return "--:--"
	}
	return p.kept.At.Format("15:04")
}

func (p parked) total() string {
	return p.basket.Cart.Currency.Display(p.basket.Cart.Totals().Total)
}

func (p parked) row() foundRow {
	cart := p.basket.Cart
	titles := make([]string, len(cart.Lines))
	for i, l := range cart.Lines {
		titles[i] = fmt.Sprintf("%d × %s", l.Quantity, l.Name())
	}
	articles := strings.Join(titles, ", ")
	name, more := p.basket.Client.Name(), articles
	if name == "" {
		name, more = articles, ""
	}
	return foundRow{name: name, more: more, end: p.since() + padLeft(p.total(), 14), words: p.total()}
}
