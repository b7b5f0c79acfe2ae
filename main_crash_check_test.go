package main

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"till/domain"
	"till/domain/till"
	"till/providers/sandbox"
	"till/storage/sqlite"
	"till/tui/cli"
)

// found is what lies in the files of a till that was killed, read without any till.
type found struct {
	entries  []domain.Entry
	orders   map[domain.OrderID]*domain.Order
	payments map[domain.PaymentID]*domain.Payment
	shifts   []*domain.Shift
	keys     map[string]bool // under which the gateway was asked
	books    map[domain.PaymentID]domain.Books
}

// check compares what is in the files with what was told, and with the gateway's books.
func (s *street) check() {
	s.checkForgotten() // first: who opens the files takes their logs away
	journal, gateway := s.files()
	checks, books := sandbox.Examine(s.Context(), gateway, 10_000)
	for _, c := range append(sqlite.Examine(s.Context(), journal), checks[0]) {
		switch {
		case c.OK:
		case c.Name == "schema" || c.Name == "sandbox" && strings.Contains(c.Detail, "schema"):
			return // who was killed in a migration: the next child goes on with it, and then all is looked at
		default:
			s.Errorf("%s: %s: %s", s.folder, c.Name, c.Detail)
		}
	}
	if s.Failed() || len(s.acks) == 0 {
		return
	}
	f, err := s.read(journal)
	if err != nil {
		s.Errorf("%s: %v", s.folder, err)
		return
	}
	for _, b := range books {
		f.books[b.Payment] = b
	}
	s.checkTold(f)
	s.checkNumbers(f)
	s.checkShifts(f)
	s.checkGateway(f, gateway, s.unread(journal, gateway))
	s.checkCabinet(journal)
}

// read folds a journal.
func (s *street) read(journal string) (*found, error) {
	f := &found{
		orders: map[domain.OrderID]*domain.Order{}, payments: map[domain.PaymentID]*domain.Payment{},
		keys: map[string]bool{}, books: map[domain.PaymentID]domain.Books{},
	}
	db := raw(s.T, journal, "ro")
	defer func() { _ = db.Close() }()
	rows, err := db.Query("select seq, at, actor, source, stream, subject, kind, key, body, prev, hash from journal order by seq")
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	lives := map[string][]domain.Entry{}
	for rows.Next() {
		var e domain.Entry
		var at string
		if err := rows.Scan(&e.Seq, &at, &e.Actor, &e.Source, &e.Stream, &e.Subject, &e.Kind, &e.Key, (*[]byte)(&e.Body), &e.Prev, &e.Hash); err != nil {
			return nil, err
		}
		if e.At, err = domain.ParseTime(at); err != nil {
			return nil, err
		}
		f.entries = append(f.entries, e)
		lives[e.Stream] = append(lives[e.Stream], e)
		if e.Kind == domain.KindOperationRequested {
			op, err := domain.Decode[domain.Operation](e)
			if err != nil {
				return nil, err
			}
			f.keys[op.Key] = true
		}
	}
	for stream, life := range lives {
		if strings.HasPrefix(stream, "shf_") {
			shift, err := domain.FoldShift(life)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", stream, err)
			}
			f.shifts = append(f.shifts, shift)
		}
		if !strings.HasPrefix(stream, "ord_") {
			continue
		}
		o, err := domain.Fold(life)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", stream, err)
		}
		f.orders[o.ID] = o
		for _, p := range o.Payments {
			f.payments[p.ID] = p
		}
	}
	return f, rows.Err()
}

// checkTold looks for everything that was told: the journal is what it was then, with more behind it, and an amount that
// was told has been moved by the operation of that key.
func (s *street) checkTold(f *found) {
	for _, d := range s.acks {
		if int(d.Seq) > len(f.entries) || f.entries[d.Seq-1].Hash != d.Hash {
			s.Errorf("%s: %+v was told, and the journal has %d entries", s.folder, d, len(f.entries))
			return
		}
		if d.Operation == "" {
			continue
		}
		_, op := f.orders[d.Order].ByKey(d.Key)
		if op == nil || op.ID != d.Operation || op.Amount != d.Amount || op.State != d.State {
			s.Errorf("%s: %+v was told, and there is %+v", s.folder, d, op)
		}
	}
}

// checkNumbers fails where a number was given twice, or left out.
func (s *street) checkNumbers(f *found) {
	numbers := map[int]domain.OrderID{}
	for id, o := range f.orders {
		n, err := strconv.Atoi(o.Number)
		if other, twice := numbers[n]; err != nil || twice {
			s.Errorf("%s: %s and %s have the number %q", s.folder, id, other, o.Number)
		}
		numbers[n] = id
	}
	for n := range len(numbers) {
		if numbers[n+1] == "" {
			s.Errorf("%s: of %d numbers %d is missing", s.folder, len(numbers), n+1)
		}
	}
}

// checkShifts fails where a number of a Z was given twice or left out, or a Z has not the cash of its shift.
func (s *street) checkShifts(f *found) {
	cash, numbers := map[domain.ShiftID]domain.Amount{}, map[int64]bool{}
	for _, p := range f.payments {
		for _, op := range p.Operations {
			cash[op.Shift] += op.Amount // nothing but sales: no cash is given back here
		}
	}
	for _, shift := range f.shifts {
		if shift.IsOpen() {
			continue
		}
		if taken := shift.Report.Drawer.Taken; numbers[shift.Number] || taken != cash[shift.ID] {
			s.Errorf("%s: Z %d has %d of %d", s.folder, shift.Number, taken, cash[shift.ID])
		}
		numbers[shift.Number] = true
	}
	for n := range len(numbers) {
		if !numbers[int64(n+1)] {
			s.Errorf("%s: of %d Zs %d is missing", s.folder, len(numbers), n+1)
		}
	}
}

// checkGateway fails where money was moved twice under a key, under a key that nobody wrote down before, or where the
// till believes what the gateway has not done; of what the gateway has done and the till does not know yet there is an
// operation without an end, or a notice that nobody has read.
func (s *street) checkGateway(f *found, gateway string, unread map[string]bool) {
	db := raw(s.T, gateway, "ro")
	defer func() { _ = db.Close() }()
	for _, row := range rows(s.T, db, `select key, event, count(*) from fact where call is not null and refund = ''
		and event not like '%refused%' and event not like 'dispute%' group by key, event having count(*) > 1`) {
		s.Errorf("%s: twice under one key: %s", s.folder, row)
	}
	for _, key := range rows(s.T, db, "select distinct key from fact where call is not null") {
		if !f.keys[key] {
			s.Errorf("%s: the gateway acted under the key %s, which was written nowhere", s.folder, key)
		}
	}
	for id, b := range f.books {
		p := f.payments[id]
		if p == nil {
			s.Errorf("%s: %+v is known to the gateway alone", s.folder, b)
			continue
		}
		if b.Charges > 1 {
			s.Errorf("%s: %+v: charged twice", s.folder, b)
		}
		if known := p.Sums; known.Authorized > b.Authorized || known.Captured > b.Captured || known.Refunded > b.Refunded || known.Reversed > b.Reversed {
			s.Errorf("%s: till believes %+v, the gateway did %+v", s.folder, known, b)
		}
		if (p.Sums.Captured < b.Captured || p.Sums.Authorized < b.Authorized) && p.Open() == nil && !unread[string(id)] {
			s.Errorf("%s: the gateway did %+v, till knows %+v and waits for nothing", s.folder, b, p.Sums)
		}
	}
}

// unread are the payments of notices that did not come into the till's inbox.
func (s *street) unread(journal, gateway string) map[string]bool {
	till, bank := raw(s.T, journal, "ro"), raw(s.T, gateway, "ro")
	defer func() { _, _ = till.Close(), bank.Close() }()
	unread := map[string]bool{}
	have := rows(s.T, till, "select id from inbox")
	for _, notice := range rows(s.T, bank, "select notice.id, payment from notice join fact using (action)") {
		if id, payment, _ := strings.Cut(notice, " "); !slices.Contains(have, id) {
			unread[payment] = true
		}
	}
	return unread
}

// checkCabinet looks for the sales that were put aside.
func (s *street) checkCabinet(journal string) {
	db := raw(s.T, journal, "ro")
	defer func() { _ = db.Close() }()
	for _, d := range s.acks {
		if d.Sale != "" {
			var sale string
			if err := db.QueryRow("select cast(sale as text) from sales where id = ?", d.Key).Scan(&sale); err != nil || sale != d.Sale {
				s.Errorf("%s: the sale %s is %q, %v", s.folder, d.Sale, sale, err)
			}
		}
	}
}

// checkForgotten looks for words of those who were forgotten, in all files as they were left.
func (s *street) checkForgotten() {
	files, err := filepath.Glob(filepath.Join(s.folder, "till.*"))
	if err != nil {
		s.Error(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			s.Error(err)
		}
		for _, d := range s.acks {
			if d.Email != "" && bytes.Contains(bytes.ToLower(text), []byte(strings.ToLower(d.Email))) {
				s.Errorf("%s: %s was forgotten and is in %s", s.folder, d.Email, file)
			}
		}
	}
}

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
		journal: `drop table unswept; drop table if exists pins; drop table if exists tries;
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
