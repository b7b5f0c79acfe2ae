package sqlite

import (
	"context"
	"math"
	"strconv"

	"till/domain"
)

// namesOfShift is what a shift is called: the drawer's one while it is open, the number of its Z report then.
func namesOfShift(entries []domain.Entry) ([]name, counter, error) {
	shift, err := domain.FoldShift(entries)
	if err != nil {
		return nil, counter{}, err
	}
	id := entries[0].Stream
	names := []name{{"shift", tail(id), id}}
	if shift.IsOpen() {
		return append(names, name{"drawer", "open", id}), counter{}, nil
	}
	return append(names, name{"z", strconv.FormatInt(shift.Number, 10), id}), counter{"z", shift.Number}, nil
}

func readShift(s *session, id domain.ShiftID) (*domain.Shift, error) {
	entries, err := readLifeOf(s, "shift", string(id), "shf_")
	if err != nil {
		return nil, err
	}
	return domain.FoldShift(entries)
}

const openShiftQuery = "select id from names where kind = 'drawer' and name = 'open'"

// OpenShift gives the shift that cash belongs to: one look-up, as every cash sale asks.
func (t *tx) OpenShift() (domain.ShiftID, error) {
	var id domain.ShiftID
	_, err := t.s.first([]any{&id}, openShiftQuery)
	return id, err
}

// LastShift folds the shift that is open, else the one that was closed last; nil if there was none.
func (t *tx) LastShift() (*domain.Shift, error) {
	id, err := t.OpenShift()
	if err == nil && id == "" {
		_, err = t.s.first([]any{&id}, `select id from names
			where kind = 'z' and name = (select cast(last as text) from counters where series = 'z')`)
	}
	if err != nil || id == "" {
		return nil, err
	}
	return readShift(t.s, id)
}

// Lives hands over all entries of each order that has any after a number.
func (t *tx) Lives(after domain.Seq, take func([]domain.Entry) error) error {
	return lives(t.s, after, take)
}

// Lives hands over all entries of each order that has any after a number, as they stand at one moment.
func (db *DB) Lives(ctx context.Context, after domain.Seq, take func([]domain.Entry) error) error {
	return db.read(ctx, func(s *session) error { return lives(s, after, take) })
}

// livesQuery walks the new end of the journal for the orders, and then their entries.
const livesQuery = "select " + entryColumns + ` from journal where stream in
	(select stream from journal where seq > ? and substr(stream, 1, 4) = 'ord_') order by stream, seq`

func lives(s *session, after domain.Seq, take func([]domain.Entry) error) error {
	return eachStream(s, take, livesQuery, int64(after))
}

// Shifts gives so many shifts, newest first: those that were opened before an entry (0: all).
func (db *DB) Shifts(ctx context.Context, before domain.Seq, size int) ([]*domain.Shift, error) {
	if before == 0 {
		before = math.MaxInt64
	}
	var shifts []*domain.Shift
	err := db.read(ctx, func(s *session) error {
		ids, err := readIDs(s, "select id from names where kind = 'shift' and n < ? order by n desc"+limited(size), int64(before))
		if err != nil {
			return err
		}
		for _, id := range ids {
			shift, err := readShift(s, domain.ShiftID(id))
			if err != nil {
				return err
			}
			shifts = append(shifts, shift)
		}
		return nil
	})
	return shifts, err
}
