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
	gone, err := s.setAside()
	if err != nil {
		s.desk.Fail(err)
		return nil
	}
	s.desk.Say("parked: %s · ctrl+r brings it back", gone.words())
	s.clear()
	return s.move(gone.kept)
}

// setAside makes a parked sale of the one on the screen.
func (s *sale) setAside() (parked, error) {
	kept, err := s.basket.parked()
	if err != nil {
		return parked{}, err
	}
	kept.ID, kept.At = s.desk.Till.Env.NewID("park_"), s.desk.Now()
	gone := parked{kept, s.basket}
	s.aside = append(s.aside, gone)
	return gone, nil
}

// move has the disk follow: the sale on the screen as it is now, and those that were put aside or taken from there.
func (s *sale) move(aside ...domain.ParkedSale) tea.Cmd {
	s.revision++
	s.parking++
	revision, b := s.revision, s.basket.orNil()
	return asking(s.desk, func(ctx context.Context, _ *till.Till) (struct{}, error) {
		return struct{}{}, s.slot.keep(ctx, revision, b, aside...)
	}, func(_ struct{}, err error) tea.Cmd {
		s.parking--
		if err == nil {
			s.saved = max(s.saved, revision)
			return nil
		}
		s.desk.Fail(err)
		if domain.CodeOf(err) == domain.CodeNotFound {
			return s.lost(aside)
		}
		s.trouble = err
		return nil
	})
}

// lost is a sale that somebody else has taken from the list meanwhile: it is theirs.
func (s *sale) lost(aside []domain.ParkedSale) tea.Cmd {
	for _, p := range aside {
		if len(p.Sale) == 0 && s.basket.from == p.ID {
			s.clear()
		}
	}
	return tea.Batch(s.keep(), s.recallAside(func() tea.Cmd { return nil }))
}

// openParked brings a parked sale back: the only one at once, of several one that is chosen.
func (s *sale) openParked() tea.Cmd {
	switch len(s.aside) {
	case 0:
		s.desk.Say("nothing is parked")
		return nil
	case 1:
		return s.unpark(s.aside[0].kept.ID)
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
		return s.unpark(shown[at].kept.ID)
	}
	f.also = []also{{
		key: key.NewBinding(key.WithKeys("ctrl+x"), key.WithHelp("ctrl+x", "throw away")), needs: true,
		do: func(at int) tea.Cmd {
			return s.desk.Ask(Confirm("throw it away?", shown[at].words()+" will be gone.", "throw away", "keep it", func() tea.Cmd {
				cmd := s.forgetAside(shown[at].kept.ID)
				return tea.Batch(cmd, list())
			}))
		},
	}}
	return tea.Batch(s.desk.Push(f), s.recallAside(list))
}

// recallAside reads the list anew: another console on the same till may have changed it.
func (s *sale) recallAside(then func() tea.Cmd) tea.Cmd {
	return asking(s.desk, func(ctx context.Context, _ *till.Till) ([]parked, error) {
		_, aside, err := s.slot.recall(ctx)
		return aside, err
	}, func(aside []parked, err error) tea.Cmd {
		s.desk.Fail(err)
		if s.parking == 0 {
			s.aside = aside
		}
		return then()
	})
}

// unpark puts a parked sale on the screen; one that is there takes its place in the list.
func (s *sale) unpark(id string) tea.Cmd {
	for _, p := range s.aside {
		if p.kept.ID != id {
			continue
		}
		var aside []domain.ParkedSale
		note := ""
		if !s.basket.empty() {
			gone, err := s.setAside()
			if err != nil {
				s.desk.Fail(err)
				return nil
			}
			aside, note = append(aside, gone.kept), "the other one is parked · "
		}
		s.clear()
		s.show(p.basket)
		s.basket.from = id
		s.desk.Say("%s%s is here again", note, p.words())
		return s.forgetAside(id, aside...)
	}
	return nil
}

// forgetAside takes a sale off the list.
func (s *sale) forgetAside(id string, more ...domain.ParkedSale) tea.Cmd {
	var left []parked
	for _, p := range s.aside {
		if p.kept.ID != id {
			left = append(left, p)
		}
	}
	s.aside = left
	return s.move(append(more, domain.ParkedSale{ID: id})...)
}

// words are a parked sale in few words: whose it is, else what is in it, and what it comes to.
func (p parked) words() string { return p.name() + ", " + p.total() }

func (p parked) name() string {
	lines := p.basket.Cart.Lines
	name := p.basket.Client.Name()
	if name == "" && len(lines) > 0 {
		name = cut(lines[0].Title, shortTitle)
		if more := len(lines) - 1; more > 0 {
			name += fmt.Sprintf(" and %d more", more)
		}
	}
	return cmp.Or(name, "nothing yet")
}

func (p parked) total() string {
	return p.basket.Cart.Currency.Display(p.basket.Cart.Totals().Total)
}

func (p parked) row() foundRow {
	cart := p.basket.Cart
	titles := make([]string, len(cart.Lines))
	for i, l := range cart.Lines {
		titles[i] = fmt.Sprintf("%d × %s", l.Quantity, l.Title)
	}
	articles := strings.Join(titles, ", ")
	name, more := p.basket.Client.Name(), articles
	if name == "" {
		name, more = articles, ""
	}
	return foundRow{name: name, more: more, end: p.kept.At.Format("15:04") + padLeft(p.total(), 14), words: p.total()}
}
