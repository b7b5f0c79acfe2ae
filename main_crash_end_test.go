package main

import (
	"cmp"
	"strings"
	"time"

	"till/domain"
	"till/domain/till"
	"till/providers/sandbox"
	"till/storage/sqlite"
	"till/tui/cli"
)

// age makes older files of those of a shop where something was sold: the newest steps of both schemas are taken back.
func (s *street) age() {
	journal, gateway := s.files()
	t, shut, err := open(s.Context(), cli.Settings{DB: journal})
	if err != nil {
		s.Error(err)
		return
	}
	c := &child{Till: t, ctx: s.Context()}
	d := deed{Work: "pay by card", Key: t.Env.NewID("key_"), Price: 2000}
	if err := cmp.Or(c.issued(&d), c.pay(&d)); err != nil {
		s.Error(err)
	}
	last, _, err := t.Store.Newest(s.Context(), "")
	if err := cmp.Or(err, shut()); err != nil {
		s.Error(err)
	}
	d.Seq, d.Hash = last.Seq, last.Hash
	s.acks = append(s.acks, d)
	for path, back := range map[string]string{
		journal: `drop table unswept; drop table pins; drop table tries;
			drop index papers_order; alter table papers drop column name;
			drop index orders_amount; create index orders_total on orders (total); pragma user_version = 7`,
		gateway: "alter table waiting drop column dispute; drop table dispute; pragma user_version = 3",
	} {
		db := raw(s.T, path, "rw")
		if _, err := db.Exec(back); err != nil {
			s.Error(err)
		}
		if err := db.Close(); err != nil {
			s.Error(err)
		}
	}
}

// end opens the till for good, lets time pass, and asks about all that is open: then till and gateway agree, to the
// last unit.
func (s *street) end() {
	if s.Failed() {
		return
	}
	journal, gateway := s.files()
	t, shut, err := open(s.Context(), cli.Settings{DB: journal})
	if err != nil {
		s.Error(err)
		return
	}
	err = cmp.Or(t.Bank.ClearFaults(s.Context()), t.Listen(s.Context()), t.Tend(s.Context()))
	if err == nil {
		err = s.askAll(t, journal)
	}
	if err == nil {
		_, err = t.Advance(s.Context(), till.Intent{}, 72*time.Hour)
	}
	if err := cmp.Or(err, t.Listen(s.Context()), shut()); err != nil {
		s.Errorf("%s: the end: %v", s.folder, err)
		return
	}
	s.check()
	f, err := s.read(journal)
	if err != nil {
		s.Error(err)
		return
	}
	_, books := sandbox.Examine(s.Context(), gateway, 10_000)
	var ours, theirs domain.Amount
	for _, b := range books {
		p := f.payments[b.Payment]
		if p == nil || p.Open() != nil || p.Sums.Authorized != b.Authorized || p.Sums.Captured != b.Captured ||
			p.Sums.Released != b.Voided || p.Sums.Refunded != b.Refunded || p.Sums.Reversed != b.Reversed {
			s.Errorf("%s: in the end the gateway has %+v, and till %+v", s.folder, b, p)
			continue
		}
		ours, theirs = ours+p.Sums.Captured-p.Sums.Refunded-p.Sums.Reversed, theirs+b.Captured-b.Refunded-b.Reversed
		s.charges += b.Charges
	}
	if ours != theirs {
		s.Errorf("%s: till took %d, the gateway %d", s.folder, ours, theirs)
	}
	s.checkMoved(f)
	s.checkRebuilt(journal)
}

// moved is where in a payment's sums the amount of a deed stands in the end: all of it, or the deed was done by half.
var moved = map[string]func(domain.Sums) domain.Amount{
	"pay by card": func(s domain.Sums) domain.Amount { return s.Captured },
	"pay in cash": func(s domain.Sums) domain.Amount { return s.Captured },
	"hold":        func(s domain.Sums) domain.Amount { return s.Authorized },
	"capture":     func(s domain.Sums) domain.Amount { return s.Captured },
	"void":        func(s domain.Sums) domain.Amount { return s.Released },
	"refund":      func(s domain.Sums) domain.Amount { return s.Refunded },
	"reverse":     func(s domain.Sums) domain.Amount { return s.Reversed },
}

func (s *street) checkMoved(f *found) {
	for _, d := range s.acks {
		sum := moved[d.Work]
		if sum == nil || d.Operation == "" {
			continue
		}
		if p, _ := f.orders[d.Order].ByKey(d.Key); sum(p.Sums) != d.Amount {
			s.Errorf("%s: %s under %s has moved %d of %d: %+v", s.folder, d.Work, d.Key, sum(p.Sums), d.Amount, p.Sums)
		}
	}
}

// askAll asks the gateway about every payment with an operation that has no end.
func (s *street) askAll(t *till.Till, journal string) error {
	f, err := s.read(journal)
	if err != nil {
		return err
	}
	for id, p := range f.payments {
		if p.Open() == nil {
			continue
		}
		s.asked++
		if _, err := t.Sync(s.Context(), till.Intent{}, id); err != nil && domain.CodeOf(err) != domain.CodeUnknownOutcome {
			return err
		}
	}
	return nil
}

// checkRebuilt compares the views with those that are made of the journal alone.
func (s *street) checkRebuilt(journal string) {
	db, err := sqlite.Open(s.Context(), journal, realEnv().Env)
	if err != nil {
		s.Error(err)
		return
	}
	views := func() string { return strings.Join(s.views(journal), "\n") }
	before := views()
	if err := cmp.Or(db.Rebuild(s.Context()), db.Close()); err != nil {
		s.Error(err)
	}
	if after := views(); after != before {
		s.Errorf("%s: a rebuild gives\n%s\nnot\n%s", s.folder, after, before)
	}
}

func (s *street) views(journal string) (all []string) {
	db := raw(s.T, journal, "ro")
	defer func() { _ = db.Close() }()
	for _, view := range []string{"head", "counters", "orders", "names", "timers", "disputes", "cares", "takings"} {
		all = append(all, view)
		all = append(all, rows(s.T, db, "select * from "+view)...)
	}
	return all
}
