package sqlite

import (
	"strings"

	"till/domain"
)

// tx reads inside an Update, and remembers what it read for the projection and for the next Update.
type tx struct {
	s       *session
	lives   map[domain.OrderID]*life
	lent    []*life          // those whose fold was handed out
	numbers map[string]int64 // given out in this decision, by series
}

// Order folds an order's entries. Update applies the new ones to that very order, no later Update does.
func (t *tx) Order(id domain.OrderID) (*domain.Order, error) {
	l, err := t.life(id)
	if err != nil {
		return nil, err
	}
	if l.order == nil {
		return nil, noOrder(id)
	}
	return l.order, nil
}

func noOrder(id domain.OrderID) error {
	return domain.Errorf(domain.CodeNotFound, "there is no order %s", id)
}

// life reads an order once; one without entries is about to begin.
func (t *tx) life(id domain.OrderID) (*life, error) {
	l := t.lives[id]
	var err error
	if l == nil {
		l, err = readLife(t.s, id)
	} else {
		err = l.fold()
	}
	if err != nil {
		return nil, err
	}
	t.lives[id] = l
	if !l.lent {
		l.lent = true
		t.lent = append(t.lent, l)
	}
	return l, nil
}

// end gives the folds away, as whoever was handed one may do with it what they like. Of those that are stored, the next Update
// gets a clone.
func (t *tx) end(stored bool) {
	for _, l := range t.lent {
		l.lent = false
		if stored && l.order != nil {
			l.order = l.order.Clone()
		} else {
			l.order = nil
		}
	}
}

// touch gives the orders whose entries or whose person change, each once, as they stand before that.
func (t *tx) touch(entries []domain.Entry) ([]*life, error) {
	var touched []*life
	seen := map[domain.OrderID]bool{}
	add := func(id domain.OrderID, told bool) error {
		l, err := t.life(id)
		if err != nil {
			return err
		}
		l.told = l.told || told
		if !seen[id] {
			seen[id] = true
			touched = append(touched, l)
		}
		return nil
	}
	for _, e := range entries {
		if isOrder(e.Stream) {
			if err := add(domain.OrderID(e.Stream), fillsCabinet(e)); err != nil {
				return nil, err
			}
		}
		if e.Brings.Person == nil {
			continue
		}
		ids, err := ordersOf(t.s, e.Brings.Person.ID)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			if err := add(id, true); err != nil {
				return nil, err
			}
		}
	}
	return touched, nil
}

// Used finds the entry that carries an idempotency key.
func (t *tx) Used(key string) (domain.Entry, bool, error) {
	if key == "" {
		return domain.Entry{}, false, nil
	}
	return t.entry("select "+entryColumns+" from journal where key = ? and key <> ''", key)
}

// First gives the entry that says which till this is.
func (t *tx) First() (domain.Entry, bool, error) {
	return t.entry("select " + entryColumns + " from journal where seq = 1")
}

// Newest gives the last entry of a stream.
func (t *tx) Newest(stream string) (domain.Entry, bool, error) { return readNewest(t.s, stream) }

func (t *tx) entry(query string, args ...any) (domain.Entry, bool, error) {
	return readEntry(t.s, query, args...)
}

// readEntry reads one entry, if it is there.
func readEntry(s *session, query string, args ...any) (domain.Entry, bool, error) {
	entries, err := readEntries(s, query, args...)
	if err != nil || len(entries) == 0 {
		return domain.Entry{}, false, err
	}
	return entries[0], true, nil
}

// Next gives the next number of the series "order", "test" or "z", from 1. The number counts as used once an
// order is issued or a shift closed with it.
func (t *tx) Next(series string) (int64, error) {
	last, asked := t.numbers[series]
	if !asked {
		if _, err := t.s.first([]any{&last}, "select last from counters where series = ?", series); err != nil {
			return 0, err
		}
	}
	t.numbers[series] = last + 1
	return last + 1, nil
}

// Taken tells whether an order, a payment or a payout has this human id, in any case of letters.
func (t *tx) Taken(humanID string) (bool, error) {
	var one int
	return t.s.first([]any{&one}, "select 1 from names where kind in ('order', 'payment', 'payout') and name = ? limit 1", strings.ToLower(humanID))
}

// ByReference gives the first order that was issued with a reference.
func (t *tx) ByReference(reference string) (domain.OrderID, bool, error) {
	var id domain.OrderID
	found, err := t.s.first([]any{&id}, "select id from names where kind = 'reference' and name = ? order by n limit 1", reference)
	return id, found, err
}
