package sqlite

import (
	"context"
	"slices"
	"time"

	"till/domain"
)

// Forgetting is an Update whose entry brings an empty row for the person. secure_delete overwrites what the
// row and the views held with zeros; two places are left where the old bytes would stay for a while.

// forgets tells whether an entry brings a row that empties one.
func forgets(entries []domain.Entry) bool {
	return slices.ContainsFunc(entries, func(e domain.Entry) bool {
		return e.Brings.Person != nil && forgotten(*e.Brings.Person)
	})
}

func forgotten(k domain.Kept) bool { return k.Salt == "" && k.Person == domain.Person{} }

// mergeIndex writes the search anew without what was deleted: until then FTS5 only notes that words are gone.
func mergeIndex(s *session) error {
	return s.exec("insert into search (search) values ('optimize')")
}

const (
	emptyTries = 50
	emptyPause = 5 * time.Millisecond
)

// emptyLog writes the write-ahead log into the file and cuts it to nothing, as its old pages are not
// overwritten. A reader in another process may be in the way: then the log goes when the last one closes, and
// the person is forgotten in any case, so that is no error.
func (db *DB) emptyLog(ctx context.Context) {
	select {
	case <-db.turn:
	case <-ctx.Done():
		return
	}
	defer func() { db.turn <- struct{}{} }()
	var busy, log, moved int
	for range emptyTries {
		_, err := db.writer.first([]any{&busy, &log, &moved}, "pragma wal_checkpoint(truncate)")
		if err == nil && busy == 0 || pause(ctx, emptyPause) != nil {
			return
		}
	}
}
