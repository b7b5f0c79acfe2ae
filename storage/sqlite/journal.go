package sqlite

import (
	"context"
	"database/sql"
	"math"
	"time"

	lib "modernc.org/sqlite/lib"

	"till/domain"
)

const entryColumns = "seq, at, actor, source, stream, subject, kind, key, body, prev, hash"

// Entries reads the journal in order, after a number up to and with another (0: the end); stream "" is all
// of it, limit 0 no limit.
func (db *DB) Entries(ctx context.Context, stream string, after, upTo domain.Seq, limit int) ([]domain.Entry, error) {
	if upTo == 0 {
		upTo = math.MaxInt64
	}
	query, args := "select "+entryColumns+" from journal where seq > ? and seq <= ? order by seq", []any{int64(after), int64(upTo)}
	if stream != "" {
		query, args = "select "+entryColumns+" from journal where stream = ? and seq > ? and seq <= ? order by seq", append([]any{stream}, args...)
	}
	if limit > 0 {
		query += limited(limit)
	}
	var entries []domain.Entry
	err := db.read(ctx, func(s *session) (err error) {
		entries, err = readEntries(s, query, args...)
		return err
	})
	return entries, err
}

func readEntries(s *session, query string, args ...any) ([]domain.Entry, error) {
	var entries []domain.Entry
	err := s.each(func(rows *sql.Rows) error {
		e, err := scanEntry(rows)
		entries = append(entries, e)
		return err
	}, query, args...)
	if err == nil {
		err = readTold(s, entries)
	}
	return entries, err
}

// Newest gives the last entry of a stream, "" of all, at the same cost however many there are.
func (db *DB) Newest(ctx context.Context, stream string) (e domain.Entry, found bool, err error) {
	err = db.read(ctx, func(s *session) (err error) {
		e, found, err = readNewest(s, stream)
		return err
	})
	return e, found, err
}

func readNewest(s *session, stream string) (domain.Entry, bool, error) {
	if stream == "" {
		return readEntry(s, "select "+entryColumns+" from journal order by seq desc limit 1")
	}
	return readEntry(s, "select "+entryColumns+" from journal where stream = ? order by seq desc limit 1", stream)
}

// readStream reads all that was written of one life.
func readStream(s *session, stream string) ([]domain.Entry, error) {
	return readEntries(s, "select "+entryColumns+" from journal where stream = ? order by seq", stream)
}

func scanEntry(rows *sql.Rows) (domain.Entry, error) {
	var e domain.Entry
	var at string
	if err := rows.Scan(&e.Seq, &at, &e.Actor, &e.Source, &e.Stream, &e.Subject, &e.Kind, &e.Key, (*[]byte)(&e.Body), &e.Prev, &e.Hash); err != nil {
		return e, err
	}
	var err error
	if e.At, err = domain.ParseTime(at); err != nil {
		return e, domain.Errorf(domain.CodeStorageCorrupt, "entry %d of the journal has no time", e.Seq).
			WithHint("see `till journal verify`, and go back to a backup").Because(err)
	}
	return e, nil
}

// end is where the journal ends: what the next entry is chained to.
type end struct {
	seq  domain.Seq
	at   time.Time
	hash string
}

// readEnd finds the last entry. It refuses a journal that the head knows to be longer: writing on would hide
// that its end was cut off.
func (db *DB) readEnd(s *session) (end, error) {
	var head, last end
	var at string
	found, err := s.first([]any{&head.seq, &head.hash, &last.seq, &at, &last.hash},
		`select h.entries, h.hash, coalesce(j.seq, 0), coalesce(j.at, ''), coalesce(j.hash, '')
		from head h left join journal j on j.seq = (select max(seq) from journal)`)
	if err != nil {
		return end{}, err
	}
	if !found || head != last {
		return end{}, db.cutOff()
	}
	if at != "" {
		last.at, err = domain.ParseTime(at)
	}
	return last, err
}

// lastEnd is readEnd where somebody else may have written since this till did, and else what it wrote itself.
func (db *DB) lastEnd(s *session) (end, error) {
	if db.rehearsals == 0 && db.warm.isLast(s) {
		return db.warm.end, nil
	}
	return db.readEnd(s)
}

// append numbers an entry, gives it its time, chains and stores it.
func (e *end) append(s *session, entry *domain.Entry, now time.Time) error {
	if entry.At.IsZero() {
		entry.At = now
	}
	entry.At = entry.At.UTC().Truncate(time.Microsecond)
	if entry.At.Before(e.at) {
		entry.At = e.at
	}
	entry.Seq, entry.Prev = e.seq+1, e.hash
	entry.Hash = entry.Digest()
	err := s.exec("insert into journal ("+entryColumns+") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		int64(entry.Seq), domain.FormatTime(entry.At), entry.Actor, string(entry.Source), entry.Stream, entry.Subject,
		string(entry.Kind), entry.Key, string(entry.Body), entry.Prev, entry.Hash)
	if codeOf(err) == lib.SQLITE_CONSTRAINT_UNIQUE {
		return domain.Errorf(domain.CodeIdempotencyConflict, "the key %q was used before", entry.Key).
			WithHint("repeat the same command, or take a new key")
	}
	e.seq, e.at, e.hash = entry.Seq, entry.At, entry.Hash
	return err
}

// store moves the head to the end.
func (e *end) store(s *session) error {
	return s.exec("update head set entries = ?, hash = ? where one = 1", int64(e.seq), e.hash)
}

// Last is the number of the newest entry, 0 of an empty journal.
func (db *DB) Last(ctx context.Context) (domain.Seq, error) {
	var last domain.Seq
	err := db.read(ctx, func(s *session) error {
		_, err := s.first([]any{&last}, "select entries from head")
		return err
	})
	return last, err
}
