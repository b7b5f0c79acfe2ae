package tui

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// What is done with the drawer. An amount that was typed is kept until it was taken.

// cashSheet is a sheet of the drawer with what was typed into it.
type cashSheet struct {
	sheet
	amount, reason string
}

func (s *drawer) currency() domain.Currency {
	if s.open != nil {
		return s.open.Currency
	}
	return s.desk.Till.Currency
}

// amountOf is what was typed as an amount, 0 where it is none.
func (s *drawer) amountOf(text string) domain.Amount {
	a, err := s.currency().Parse(text)
	if err != nil {
		return 0
	}
	return a
}

// shown is the amount as people write it, and a dash where nothing was typed that is one.
func (s *drawer) shown(text string) string {
	a, err := s.currency().Parse(text)
	if err != nil {
		return "–"
	}
	return s.currency().Display(a)
}

// intent is made when a sheet opens: answering it twice is the same thing.
func (s *drawer) intent() till.Intent { return till.Intent{Key: s.desk.Till.Env.NewID("key_")} }

// sheet gives the sheet of an action with what was typed into it, or a new one.
func (s *drawer) sheet(action string, fresh func(*cashSheet)) *cashSheet {
	if s.sheets[action] == nil {
		s.sheets[action] = &cashSheet{sheet: sheet{desk: s.desk}}
		fresh(s.sheets[action])
	}
	return s.sheets[action]
}

// do has something done with the drawer, one thing at a time.
func (s *drawer) do(action string, f *cashSheet, what func(context.Context, *till.Till) (*domain.Shift, error), taken func(*domain.Shift) tea.Cmd) tea.Cmd {
	if s.running != "" {
		return nil
	}
	s.running, f.busy = action, true
	return asking(s.desk, what, func(sh *domain.Shift, err error) tea.Cmd {
		s.running, f.busy = "", false
		if err != nil {
			f.refuse(err)
			return s.read()
		}
		f.close()
		delete(s.sheets, action)
		return tea.Batch(taken(sh), s.read())
	})
}

// askFloat opens a shift.
func (s *drawer) askFloat() tea.Cmd {
	f := s.sheet("open", func(f *cashSheet) {
		in := s.intent()
		f.form = newForm(s.desk, newAmountField(s.desk, "float", "float", s.currency, &f.amount))
		f.send = func() tea.Cmd {
			float := s.amountOf(f.amount)
			return s.do("open", f, func(ctx context.Context, t *till.Till) (*domain.Shift, error) {
				return t.OpenShift(ctx, in, float)
			}, func(sh *domain.Shift) tea.Cmd {
				s.desk.Say("the shift is open, with %s in the drawer", sh.Currency.Display(sh.Float))
				return nil
			})
		}
	})
	return s.desk.Ask(&Dialog{
		Question: func(domain.Amount) string { return "open a shift" },
		Note:     "count the change in the drawer: it is what the shift begins with.",
		Sheet:    &f.sheet, Yes: "open", No: "not now",
	})
}

// cashMove is a pay-in or a pay-out.
type cashMove struct {
	action, verb, note, example, done string
	do                                func(*till.Till, context.Context, till.Intent, domain.Amount, string) (*domain.Shift, error)
}

var (
	payIn = cashMove{
		"pay_in", "pay in", "cash that no sale brought goes into the drawer.", "change from the bank", "paid in", (*till.Till).PayIn,
	}
	payOut = cashMove{
		"pay_out", "pay out", "cash leaves the drawer for something else than a refund.", "milk", "paid out", (*till.Till).PayOut,
	}
)

// askMove asks how much goes into the drawer or out of it, and why.
func (s *drawer) askMove(m cashMove) tea.Cmd {
	f := s.sheet(m.action, func(f *cashSheet) {
		in := s.intent()
		reason := newReason(s.desk, "reason", "reason", m.example, &f.reason)
		f.form = newForm(s.desk, newAmountField(s.desk, "amount", "amount", s.currency, &f.amount), reason)
		f.send = func() tea.Cmd {
			amount, why := s.amountOf(f.amount), f.reason
			return s.do(m.action, f, func(ctx context.Context, t *till.Till) (*domain.Shift, error) {
				return m.do(t, ctx, in, amount, why)
			}, func(sh *domain.Shift) tea.Cmd {
				s.desk.Say("%s %s: %s", sh.Currency.Display(amount), m.done, why)
				return nil
			})
		}
	})
	return s.desk.Ask(&Dialog{
		Question: func(domain.Amount) string { return fmt.Sprintf("%s %s?", m.verb, s.shown(f.amount)) },
		Note:     m.note, Sheet: &f.sheet, Yes: m.verb, No: "not now", Deed: domain.Deed("shift " + m.action),
	})
}

// askCount asks what is in the drawer, and says nothing of what should be: a count that knows its end is none.
func (s *drawer) askCount() tea.Cmd {
	s.counting = true
	f := s.sheet("close", func(f *cashSheet) {
		in := s.intent()
		f.form = newForm(s.desk, newAmountField(s.desk, "counted", "counted", s.currency, &f.amount))
		f.send = func() tea.Cmd { return s.askClose(f, in, s.amountOf(f.amount)) }
	})
	return s.desk.Ask(&Dialog{
		Question: func(domain.Amount) string { return "how much cash is in the drawer?" },
		Note:     "count it all, the float too. what should be there is told afterwards.", Why: s.loose.words(),
		Sheet: &f.sheet, Yes: "go on", No: "not now",
	})
}

// askClose asks once, with the amount: a Z report is never changed. Of a count that is not what should be there it says so
// and no more, so that a second count is one too; the report keeps the first.
func (s *drawer) askClose(f *cashSheet, in till.Intent, counted domain.Amount) tea.Cmd {
	amount := s.currency().Display(counted)
	note, earlier := "its Z report is written, and nothing changes it any more.", s.earlier
	if counted != s.report.Drawer.Expected {
		note = "this is not what should be there: count again, or close. by how much is told then, and the report keeps every count."
		if n := len(earlier); n == 0 || earlier[n-1] != counted {
			s.earlier = append(slices.Clone(earlier), counted)
		} else {
			earlier = earlier[:n-1]
		}
	}
	return s.desk.Ask(&Dialog{
		Question: func(domain.Amount) string { return fmt.Sprintf("close the shift with %s counted?", amount) },
		Note:     note, Why: s.loose.words(),
		Money: true, Yes: "close", No: "count again", under: s.desk.app.dialog,
		Do: func(domain.Amount) tea.Cmd {
			return s.do("close", f, func(ctx context.Context, t *till.Till) (*domain.Shift, error) {
				return t.CloseShift(ctx, in, counted, earlier...)
			}, func(sh *domain.Shift) tea.Cmd {
				s.earlier = nil
				s.desk.Say("shift closed, Z report %d: %s", sh.Number, verdictOf(sh).words(sh.Currency))
				if !s.desk.top(s) {
					return nil
				}
				return s.desk.Push(newShiftSlip(s.desk, sh, *sh.Report))
			})
		},
	})
}

// verdict is what a count came to.
type verdict struct {
	badge
	by domain.Amount // never below 0
}

func verdictOf(sh *domain.Shift) verdict {
	switch d := sh.Report.Drawer.Difference; {
	case d < 0:
		return verdict{badge{"✗", "short by", bad}, -d}
	case d > 0:
		return verdict{badge{"!", "over by", warn}, d}
	}
	return verdict{badge{"✓", "neither over nor short", good}, 0}
}

func (v verdict) words(c domain.Currency) string {
	if v.by == 0 {
		return v.word
	}
	return v.word + " " + c.Display(v.by)
}
