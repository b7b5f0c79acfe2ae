package sqlite

import (
	"context"
	"errors"
	"slices"
	"time"

	"till/domain"
)

// Forgetting is an Update whose entry brings an empty row for the person, or empties evidence. secure_delete overwrites
// what the rows and the views held with zeros; three places are left where the old bytes would stay: the segments of the
// search, the unused ends of pages between which SQLite moved rows about, and the write-ahead log. The commit that forgets
// notes that these are still to be overwritten, so that a till that was killed before it did so does it when it opens next.

// forgets tells whether an entry empties a row of the cabinet.
func forgets(entries []domain.Entry) bool {
	return slices.ContainsFunc(entries, func(e domain.Entry) bool {
		return e.Brings.Person != nil && forgotten(*e.Brings.Person) || len(e.Brings.Emptied)+len(e.Brings.Nameless) > 0
	})
}

func forgotten(k domain.Kept) bool {
	return k.Salt == "" && k.Told == nil && k.Person == domain.Person{}
}

// beginSweep writes the search anew without what was deleted, as until then FTS5 only notes that words are gone, and
// notes that the rest of the file is to be swept.
func beginSweep(s *session) error {
	return s.script("insert into search (search) values ('optimize'); insert or ignore into unswept values (1)")
}

const (
	sweepTries = 400
	sweepPause = 5 * time.Millisecond
)

// resumeSweep ends a sweep that somebody was killed in. Where it cannot, as the file is in use or may only be read, who
// opens it next does.
func (db *DB) resumeSweep() error {
	var one int
	unswept, err := db.writer.first([]any{&one}, "select one from unswept")
	if unswept {
		_ = db.sweep(1)
	}
	return err
}

// sweep writes the file anew, as only that overwrites the ends of pages, and then the write-ahead log into it,
// which it cuts to nothing. It does not stop half way with a caller: the person is forgotten, and their bytes must
// go. Where they cannot, as the disk is full or another process is in the way at each of the tries, that is an error.
func (db *DB) sweep(tries int) error {
	select {
	case <-db.turn:
	case <-db.closing:
		return errClosed
	}
	defer func() { db.turn <- struct{}{} }()
	err := insist(tries, func() error { return db.writer.script("vacuum") })
	if err == nil {
		err = insist(tries, func() error {
			var busy, log, moved int
			_, err := db.writer.first([]any{&busy, &log, &moved}, "pragma wal_checkpoint(truncate)")
			if err == nil && busy != 0 {
				err = errInUse
			}
			return err
		})
	}
	if err == nil { // the log begins anew with this, so that not even a power cut brings back what was cut off
		err = insist(tries, func() error { return db.writer.exec("delete from unswept") })
	}
	if err == nil {
		return nil
	}
	code := domain.CodeOf(db.translate(err))
	if errors.Is(err, errInUse) {
		code = domain.CodeBusy
	}
	return domain.Errorf(code, "what was told is forgotten, but old bytes of it are still in %s", db.path).
		WithHint("close what else has it open, make room on the disk, and forget once more").Because(err)
}

var errInUse = errors.New("somebody reads an older state of the file")

// insist tries for a while what another process is in the way of.
func insist(tries int, do func() error) error {
	for try := 1; ; try++ {
		err := do()
		if !isBusy(err) && !errors.Is(err, errInUse) || try == tries {
			return err
		}
		_ = pause(context.Background(), sweepPause)
	}
}
