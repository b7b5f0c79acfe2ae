package sqlite

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"till/domain"
)

// maxBreaks is how many breaks a verdict lists; one that has so many needs no more.
const maxBreaks = 100

// Verify walks the whole chain over the stored bytes, whatever they have become, and compares what is kept of
// people and of evidence with what was told of them. A file that cannot be read to its end is a verdict too.
func (db *DB) Verify(ctx context.Context) (domain.Verdict, error) {
	w := &walk{ctx: ctx}
	err := db.read(ctx, func(s *session) error {
		// In one snapshot, so that entries written meanwhile do not look like a head that is behind.
		if err := s.exec("begin"); err != nil {
			return err
		}
		defer func() { _ = s.exec("rollback") }() // it only read
		return w.run(s)
	})
	if err != nil {
		return domain.Verdict{}, err
	}
	w.verdict.OK = len(w.verdict.Broken) == 0
	return w.verdict, nil
}

// walk goes along the chain and remembers the entry before.
type walk struct {
	ctx      context.Context
	verdict  domain.Verdict
	last     domain.Seq
	stored   string // hash of the entry before, as it stands there
	computed string // the one that it should be
}

func (w *walk) run(s *session) error {
	err := s.each(func(rows *sql.Rows) error {
		e, err := scanStored(rows)
		if err != nil {
			return err
		}
		if err := w.ctx.Err(); err != nil {
			return err
		}
		w.check(e)
		if err := w.checkPerson(s, e); err != nil {
			return err
		}
		return w.checkPapers(s, e)
	}, storedQuery)
	if err == nil {
		err = w.checkEnd(s)
	}
	if isCorrupt(err) {
		w.broken(w.last+1, "", "the file is damaged here and cannot be read")
		return nil
	}
	return err
}

// storedQuery reads the bytes of each column, and whether all are still text.
const storedQuery = `select seq, cast(at as blob), cast(actor as blob), cast(source as blob), cast(stream as blob), cast(subject as blob),
	cast(kind as blob), cast(key as blob), cast(body as blob), cast(prev as blob), cast(hash as blob),
	(typeof(at) = 'text') + (typeof(actor) = 'text') + (typeof(source) = 'text') + (typeof(stream) = 'text') + (typeof(subject) = 'text')
	+ (typeof(kind) = 'text') + (typeof(key) = 'text') + (typeof(body) = 'text') + (typeof(prev) = 'text') + (typeof(hash) = 'text') = 10
	from journal order by seq`

// stored is an entry as it stands in the file.
type stored struct {
	domain.Entry
	at   string
	text bool // every column is text
}

func scanStored(rows *sql.Rows) (stored, error) {
	var e stored
	var columns [10]sql.RawBytes
	dest := []any{&e.Seq}
	for i := range columns {
		dest = append(dest, &columns[i])
	}
	if err := rows.Scan(append(dest, &e.text)...); err != nil {
		return e, err
	}
	c := func(i int) string { return string(columns[i]) }
	e.at, e.Actor, e.Source, e.Stream, e.Subject = c(0), c(1), domain.Origin(c(2)), c(3), c(4)
	e.Kind, e.Key, e.Body, e.Prev, e.Hash = domain.Kind(c(5)), c(6), json.RawMessage(c(7)), c(8), c(9)
	return e, nil
}

// check compares an entry with its hash, and with the entry before.
func (w *walk) check(e stored) {
	computed, readable := e.digest()
	switch {
	case e.Seq <= w.last || e.Seq < 1:
		w.broken(e.Seq, e.Subject, "does not belong here")
	case e.Seq == w.last+2:
		w.broken(w.last+1, "", "is missing")
	case e.Seq > w.last+1:
		w.broken(w.last+1, "", fmt.Sprintf("is missing, and so are all up to %d", e.Seq-1))
	case e.Prev != w.stored && e.Prev != w.computed:
		w.broken(e.Seq, e.Subject, "was not written after the entry that stands before it")
	}
	if !readable || computed != e.Hash {
		w.broken(e.Seq, e.Subject, "is not as it was written")
	}
	w.last, w.stored, w.computed = e.Seq, e.Hash, computed
	w.verdict.Entries++
	w.verdict.Head = e.Hash
}

// digest is the hash that the entry should have. A time that is not written as till writes it has none: the
// hash is over the time, so other ways to write the same one would pass.
func (e *stored) digest() (string, bool) {
	at, err := domain.ParseTime(e.at)
	if err != nil || domain.FormatTime(at) != e.at || !e.text {
		return "", false
	}
	e.At = at
	return e.Digest(), true
}

// checkPerson compares what the cabinet keeps of an order's person, a customer, a payout's recipient or of what else was
// told with the hash in the entry. Who was forgotten leaves an empty row.
func (w *walk) checkPerson(s *session, e stored) error {
	names := slices.ContainsFunc([]string{`"person"`, `"recipient"`, `"told"`}, func(name string) bool { return bytes.Contains(e.Body, []byte(name)) })
	if !isOrder(e.Stream) && !isNamed(e.Stream) || !names {
		return nil
	}
	var told struct {
		Person    *domain.PersonRef `json:"person"`
		Recipient *domain.PersonRef `json:"recipient"`
		Told      *domain.PersonRef `json:"told"`
	}
	if err := json.Unmarshal(e.Body, &told); err != nil {
		return nil // a body that is no JSON has been reported by its hash
	}
	for _, ref := range []*domain.PersonRef{told.Person, told.Recipient, told.Told} {
		if ref == nil {
			continue
		}
		if err := w.checkRow(s, e.Seq, *ref); err != nil {
			return err
		}
	}
	return nil
}

func (w *walk) checkRow(s *session, seq domain.Seq, ref domain.PersonRef) error {
	var salt, body []byte
	found, err := s.first([]any{&salt, &body}, "select cast(salt as blob), cast(body as blob) from people where id = ?", ref.ID)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(append(salt, body...))
	switch {
	case !found:
		w.broken(seq, ref.ID, "the row of its person is missing")
	case len(salt)+len(body) > 0 && hex.EncodeToString(sum[:]) != ref.Hash:
		w.broken(seq, ref.ID, "what is kept of its person is not what was told")
	}
	return nil
}

// checkEnd compares the last entry with what the head knows.
func (w *walk) checkEnd(s *session) error {
	var entries domain.Seq
	var hash []byte
	found, err := s.first([]any{&entries, &hash}, "select entries, cast(hash as blob) from head")
	switch {
	case err != nil:
		return err
	case !found:
		w.broken(w.last, "", "nothing is left that knows where the journal ends")
	case entries > w.last:
		w.broken(w.last+1, "", fmt.Sprintf("is missing at the end: %d entries were written", entries))
	case entries < w.last:
		w.broken(entries+1, "", "stands after the end")
	case string(hash) != w.stored:
		w.broken(w.last, "", "is not the last entry that was written")
	}
	return nil
}

func (w *walk) broken(seq domain.Seq, subject, what string) {
	if len(w.verdict.Broken) < maxBreaks {
		w.verdict.Broken = append(w.verdict.Broken, domain.Break{Seq: seq, Subject: subject, What: what})
	}
}
