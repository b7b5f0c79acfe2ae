package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"till/domain"
	"till/providers/sandbox"
	"till/storage/sqlite"
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
