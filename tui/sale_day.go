package tui

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// What stands beside an empty sale: what is parked, and what was sold today.

// dayRows is how many of the parked sales, and of those of today, are shown.
const dayRows = 8

// readDay asks what was sold today. While it is asked, another question waits.
func (s *sale) readDay() tea.Cmd {
	if s.reading {
		s.stale = true
		return nil
	}
	s.reading, s.stale = true, false
	now := s.desk.Now().UTC()
	q := domain.OrderQuery{From: time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC), Size: dayRows}
	type day struct {
		today, waits []domain.OrderRow
		more         bool
	}
	return asking(s.desk, func(ctx context.Context, t *till.Till) (d day, err error) {
		page, err := t.Store.Orders(ctx, q)
		if err != nil {
			return d, err
		}
		d.today = page.Items
		d.waits, d.more, err = t.Undecided(ctx)
		return d, err
	}, func(d day, err error) tea.Cmd {
		s.reading = false
		if s.desk.Fail(err); err == nil {
			s.today, s.waits, s.moreWait = d.today, d.waits, d.more
		}
		if s.stale {
			return s.readDay()
		}
		return nil
	})
}

// dayView is both lists, as far as there are lines for them.
func (s *sale) dayView(lines int) []string {
	st := s.desk.Styles
	var page []string
	if len(s.aside) > 0 {
		page = append(page, "", spread(st.Title.Render("parked"), st.Key.Render("ctrl+r")+" "+st.Faint.Render("brings one back"), aside))
		for i := len(s.aside) - 1; i >= max(0, len(s.aside)-dayRows); i-- {
			page = append(page, s.dayLine(s.aside[i].since(), s.aside[i].name(), s.aside[i].total(), ""))
		}
		if more := len(s.aside) - dayRows; more > 0 {
			page = append(page, st.Faint.Render(fmt.Sprintf("and %d more", more)))
		}
	}
	if len(s.today) > 0 {
		page = append(page, "", spread(st.Title.Render("today"), st.Key.Render("F3")+" "+st.Faint.Render("all orders"), aside))
		for _, o := range s.today {
			name := o.Customer
			if name == "" {
				name = o.Label
			}
			found := badgeOf("flat", domain.State(o.Status))
			page = append(page, s.dayLine(o.CreatedAt.Format("15:04"), name, o.Currency.Display(o.Total), st.hue[found.hue].Render(found.glyph)+" "))
		}
	}
	return page[:min(len(page), max(0, lines))]
}

// dayLine is a sale: when, whose, and how much.
func (s *sale) dayLine(at, name, amount, glyph string) string {
	st := s.desk.Styles
	begin := st.Faint.Render(at+"  ") + glyph
	return spread(begin+st.Text.Render(cut(Inert(name), aside-width(begin)-width(amount)-2)), "  "+st.Text.Render(amount), aside)
}

// parkedLine says how many are parked, where there is no room to list them.
func (s *sale) parkedLine(columns int) string {
	st := s.desk.Styles
	if len(s.aside) == 0 {
		return ""
	}
	last := s.aside[len(s.aside)-1]
	text := fmt.Sprintf("%d parked · ctrl+r brings %s back", len(s.aside), either(len(s.aside) == 1, last.words(), "one"))
	return st.Active.Render(cut(Inert(text), columns))
}
