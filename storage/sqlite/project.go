package sqlite

import (
	"slices"

	"till/domain"
)

// life is an order on its way through a transaction, and through those that come soon after.
type life struct {
	id      domain.OrderID
	entries []domain.Entry
	client  domain.Person
	papers  map[string]string // what its evidence is called
	lent    bool              // in this transaction its fold was handed out
	told    bool              // in this transaction the cabinet gets news of it
	before  *record           // as the views have it; nil where that is not known yet
	order   *domain.Order     // nil before its first entry and where nobody has asked yet
}

// readLife reads what the journal has of an order, and folds it.
func readLife(s *session, id domain.OrderID) (*life, error) {
	l := &life{id: id}
	var err error
	if l.entries, err = readStream(s, string(id)); err != nil {
		return nil, err
	}
	if err := l.fold(); err != nil {
		return nil, err
	}
	return l, l.readCabinet(s)
}

// fold makes the order of its entries, where there are any and it is not done yet.
func (l *life) fold() error {
	if l.order != nil || len(l.entries) == 0 {
		return nil
	}
	o, err := domain.Fold(l.entries)
	if err != nil {
		return err
	}
	l.order, o.Client = o, l.client
	o.NamePapers(l.papers)
	return nil
}

// readCabinet looks up what entries do not tell: who the order's person is, and what papers are called.
func (l *life) readCabinet(s *session) (err error) {
	if l.order == nil {
		return nil
	}
	if len(l.order.Papers()) > 0 {
		if l.papers, err = readPaperNames(s, l.order.ID); err != nil {
			return err
		}
		l.order.NamePapers(l.papers)
	}
	if l.order.Person == nil {
		return nil
	}
	l.client, err = readPerson(s, l.order.Person.ID)
	l.order.Client = l.client
	return err
}

// advance applies what is new of the order, and brings the views up to it, but for the search. It gives what the views had.
func (l *life) advance(s *session, news []domain.Entry) (*record, error) {
	before := l.before
	switch {
	case l.order == nil:
		l.order, before = &domain.Order{}, &record{}
	case before == nil:
		before = recordOf(l.order, l.entries[0].Seq)
	}
	for _, e := range news {
		e.Brings = domain.Cabinet{Told: e.Brings.Told} // the rest is told of whoever asks, not kept
		if err := l.order.Apply(e); err != nil {
			return nil, err
		}
		l.entries = append(l.entries, e)
	}
	l.order.NamePapers(l.papers) // those that went with an answer are new
	if l.told {
		l.told = false
		if err := l.unlearn(s, news); err != nil {
			return nil, err
		}
		if err := l.readCabinet(s); err != nil {
			return nil, err
		}
	}
	l.before = recordOf(l.order, l.entries[0].Seq)
	return before, project(s, before, l.before)
}

// unlearn folds the order anew without what was told and is forgotten.
func (l *life) unlearn(s *session, news []domain.Entry) error {
	if !slices.ContainsFunc(news, func(e domain.Entry) bool { return e.Kind == domain.KindPersonForgotten }) {
		return nil
	}
	l.order = nil
	if err := readTold(s, l.entries); err != nil {
		return err
	}
	return l.fold()
}

// fillsCabinet tells whether an entry changes what readCabinet reads.
func fillsCabinet(e domain.Entry) bool {
	return e.Brings.Person != nil || len(e.Brings.Papers)+len(e.Brings.Emptied) > 0
}

// project changes in the views what has changed of an order; index comes after it. Nothing else writes the views of orders,
// live or in a rebuild.
func project(s *session, before, after *record) error {
	for _, write := range []func(*session, *record, *record) error{projectRow, projectNames, projectTimers, projectCounter, projectDisputes, projectCares, projectTakings} {
		if err := write(s, before, after); err != nil {
			return err
		}
	}
	return nil
}

func projectRow(s *session, before, after *record) error {
	if before.fixed == after.fixed {
		return updateRow(s, before, after)
	}
	if before.fixed.n != 0 {
		if err := unindex(s, before.fixed.n); err != nil {
			return err
		}
		if err := s.exec("delete from orders where n = ?", before.fixed.n); err != nil {
			return err
		}
	}
	return insertRow(s, after)
}

func insertRow(s *session, r *record) error {
	f, m := r.fixed, r.moving
	return s.exec("insert into orders (n, "+rowColumns+", person, words) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		f.n, f.id, f.humanID, f.number, f.reference, r.status, m.label, m.lifecycle, m.attention,
		f.currency, f.total, m.balance, m.customer, m.method, f.isTest, f.createdAt, m.seq, f.person, m.words)
}

// updateRow names as few columns as it can: SQLite writes every index whose columns an update names.
func updateRow(s *session, before, after *record) error {
	n, m := after.fixed.n, after.moving
	if before.moving.words != m.words {
		if err := updateWords(s, n, m.words); err != nil {
			return err
		}
	}
	moved := []any{m.label, m.lifecycle, m.attention, m.balance, m.customer, m.method, m.seq, n}
	switch {
	case before.status != after.status:
		return s.exec("update orders set status = ?, label = ?, lifecycle = ?, attention = ?, balance = ?, customer = ?, method = ?, seq = ? where n = ?",
			append([]any{after.status}, moved...)...)
	case before.moving != m:
		return s.exec("update orders set label = ?, lifecycle = ?, attention = ?, balance = ?, customer = ?, method = ?, seq = ? where n = ?", moved...)
	}
	return nil
}

func updateWords(s *session, n int64, words string) error {
	if err := unindex(s, n); err != nil {
		return err
	}
	return s.exec("update orders set words = ? where n = ?", words, n)
}

// index makes an order be found by its words, where that is news. It comes after everything that is projected: FTS5 writes
// down what it has gathered before each statement that may have to be undone by itself, and a thousand orders would be as
// many segments, merged again and again, instead of one.
func index(s *session, before, after *record) error {
	if before.fixed == after.fixed && before.moving.words == after.moving.words {
		return nil
	}
	return s.exec("insert into search (rowid, words) values (?, ?)", after.fixed.n, after.moving.words)
}

// unindex takes the words in an order's row out of the search, which must be told the very words it was given, and all of
// them: it counts them, and a word that stands twice in a row and was told once is one too many when it goes.
func unindex(s *session, n int64) error {
	return s.exec("insert into search (search, rowid, words) select 'delete', n, words from orders where n = ?", n)
}

func projectNames(s *session, before, after *record) error {
	for _, n := range missing(before.names, after.names) {
		if err := s.exec("delete from names where kind = ? and name = ? and id = ? and n = ?", n.kind, n.name, n.id, before.fixed.n); err != nil {
			return err
		}
	}
	for _, n := range missing(after.names, before.names) {
		if err := s.exec("insert into names (kind, name, id, n) values (?, ?, ?, ?)", n.kind, n.name, n.id, after.fixed.n); err != nil {
			return err
		}
	}
	return nil
}

func projectTimers(s *session, before, after *record) error {
	for _, t := range missing(before.timers, after.timers) {
		if err := s.exec(`delete from timers where at = ? and "order" = ? and name = ? and subject = ?`, t.at, t.order, t.name, t.subject); err != nil {
			return err
		}
	}
	for _, t := range missing(after.timers, before.timers) {
		if err := s.exec(`insert into timers (at, "order", name, subject, asks) values (?, ?, ?, ?, ?)`, t.at, t.order, t.name, t.subject, t.asks); err != nil {
			return err
		}
	}
	return nil
}

func projectCounter(s *session, before, after *record) error {
	if after.last == before.last || after.last.series == "" {
		return nil
	}
	return s.exec("insert into counters (series, last) values (?, ?) on conflict do update set last = max(last, excluded.last)",
		after.last.series, after.last.last)
}

// missing gives what is in one list and not in the other; both are short.
func missing[T comparable](in, from []T) []T {
	var list []T
	for _, v := range in {
		if !slices.Contains(from, v) {
			list = append(list, v)
		}
	}
	return list
}
