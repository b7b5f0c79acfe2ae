package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"till/domain"
)

// Received tells how far the notices of a variant have been read; "" before the first.
func (db *DB) Received(ctx context.Context, variant string) (string, error) {
	var position string
	err := db.read(ctx, func(s *session) error {
		_, err := s.first([]any{&position}, "select position from inbox_read where variant = ?", variant)
		return err
	})
	return position, err
}

// Receive keeps notices as they came and how far they have been read; all or none. An event that is known keeps
// its row: only its position, and whether it is an orphan, follow. The same delivery told again is no reading.
func (db *DB) Receive(ctx context.Context, notices []domain.Received) error {
	return db.write(ctx, func(s *session) error {
		for _, n := range notices {
			if err := receive(s, n); err != nil {
				return err
			}
		}
		return nil
	})
}

func receive(s *session, n domain.Received) error {
	var before string
	known, err := s.first([]any{&before}, "select position from inbox where variant = ? and id = ?", n.Variant, n.ID)
	if err != nil {
		return err
	}
	if known {
		err = s.exec("update inbox set position = ?, orphan = ? where variant = ? and id = ?", n.Position, n.Orphan, n.Variant, n.ID)
	} else {
		err = insertNotice(s, n)
	}
	if err != nil || known && before == n.Position {
		return err
	}
	return s.exec("insert into inbox_read (variant, position) values (?, ?) on conflict do update set position = excluded.position",
		n.Variant, n.Position)
}

func insertNotice(s *session, n domain.Received) error {
	facts, err := json.Marshal(n.Facts)
	if err != nil {
		return fmt.Errorf("encode the facts of a notice: %w", err)
	}
	return s.exec("insert into inbox (variant, id, position, type, at, payment, facts, body, signature, received_at, orphan) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		n.Variant, n.ID, n.Position, n.Type, domain.FormatTime(n.At), string(n.Payment), string(facts), n.Body, n.Signature,
		domain.FormatTime(n.On), n.Orphan)
}

// Orphans gives the notices whose payment was not known, in the order in which they came.
func (db *DB) Orphans(ctx context.Context) ([]domain.Received, error) {
	var orphans []domain.Received
	err := db.read(ctx, func(s *session) error {
		return s.each(func(rows *sql.Rows) error {
			n, err := scanNotice(rows)
			orphans = append(orphans, n)
			return err
		}, "select variant, id, position, type, at, payment, facts, body, signature, received_at, orphan from inbox where orphan order by n")
	})
	return orphans, err
}

func scanNotice(rows *sql.Rows) (domain.Received, error) {
	var n domain.Received
	var at, on string
	var facts []byte
	err := rows.Scan(&n.Variant, &n.ID, &n.Position, &n.Type, &at, &n.Payment, &facts, &n.Body, &n.Signature, &on, &n.Orphan)
	if err != nil {
		return n, err
	}
	if err = json.Unmarshal(facts, &n.Facts); err == nil {
		n.At, err = domain.ParseTime(at)
	}
	if err == nil {
		n.On, err = domain.ParseTime(on)
	}
	if err != nil {
		return n, domain.Errorf(domain.CodeStorageCorrupt, "the notice %s cannot be read", n.ID).
			WithHint("keep a copy of the file as it is, and go back to a backup").Because(err)
	}
	return n, nil
}
