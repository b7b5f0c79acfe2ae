package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"till/domain"
)

// keep stores what an entry brings for the cabinet. A person without a salt is one who is forgotten: their
// row is emptied.
func keep(s *session, at *desk, e domain.Entry) error {
	if p := e.Brings.Person; p != nil {
		if err := keepRow(s, *p); err != nil {
			return err
		}
	}
	if t := e.Brings.Told; t != nil {
		if err := keepRow(s, *t); err != nil {
			return err
		}
	}
	for _, op := range e.Brings.Unwired {
		if err := s.exec("delete from wires where operation = ?", string(op)); err != nil {
			return err
		}
	}
	if err := keepPapers(s, e); err != nil {
		return err
	}
	for _, id := range e.Brings.Nameless {
		if err := s.exec("update sales set customer = '', client = '' where id = ?", at.row(id)); err != nil {
			return err
		}
	}
	if err := keepPIN(s, e.Brings.PIN); err != nil {
		return err
	}
	if w := e.Brings.Wire; w != nil && !w.Empty() {
		return s.exec("insert into wires (operation, seq, sent, answered, took) values (?, ?, ?, ?, ?)",
			string(w.Operation), int64(e.Seq), w.Sent, w.Answered, int64(w.Took))
	}
	return nil
}

func keepRow(s *session, k domain.Kept) error {
	body := ""
	if !forgotten(k) {
		text, err := k.Text()
		if err != nil {
			return fmt.Errorf("encode a person: %w", err)
		}
		body = string(text)
	}
	return s.exec("insert into people (id, salt, body) values (?, ?, ?) on conflict do update set salt = excluded.salt, body = excluded.body",
		k.ID, k.Salt, body)
}

// Person reads a row of the cabinet; it is empty for one who was forgotten, CodeNotFound for one who never
// was there.
func (db *DB) Person(ctx context.Context, id string) (domain.Person, error) {
	var person domain.Person
	err := db.read(ctx, func(s *session) error {
		found, err := s.first([]any{new(int)}, "select 1 from people where id = ?", id)
		if err != nil {
			return err
		}
		if !found {
			return domain.Errorf(domain.CodeNotFound, "there is no person %s", id)
		}
		person, err = readPerson(s, id)
		return err
	})
	return person, err
}

// readPerson gives an empty person where there is none.
func readPerson(s *session, id string) (domain.Person, error) {
	var person domain.Person
	var body []byte
	found, err := s.first([]any{&body}, "select body from people where id = ?", id)
	if err != nil || !found || len(body) == 0 {
		return person, err
	}
	if err := json.Unmarshal(body, &person); err != nil {
		return person, domain.Errorf(domain.CodeStorageCorrupt, "what is kept of person %s cannot be read", id).
			WithHint("see `till journal verify`, and go back to a backup").Because(err)
	}
	return person, nil
}

// readTold adds to entries what was set aside of them, as far as it is still there.
func readTold(s *session, entries []domain.Entry) error {
	for i := range entries {
		row, is := entries[i].Told()
		if !is {
			continue
		}
		entries[i].Brings.Told = nil
		kept := &domain.Kept{ID: row.ID}
		found, err := s.first([]any{&kept.Salt, (*[]byte)(&kept.Told)}, "select salt, body from people where id = ?", row.ID)
		if err != nil {
			return err
		}
		if found && len(kept.Told) > 0 {
			entries[i].Brings.Told = kept
		}
	}
	return nil
}

// ordersOf gives the orders whose person a row of the cabinet is.
func ordersOf(s *session, person string) ([]domain.OrderID, error) {
	var ids []domain.OrderID
	err := s.each(func(rows *sql.Rows) error {
		var id domain.OrderID
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	}, "select id from orders where person = ? and person <> '' order by n", person)
	return ids, err
}

// Wires gives what went over the line for an operation, oldest first.
func (db *DB) Wires(ctx context.Context, op domain.OperationID) ([]domain.Wire, error) {
	var wires []domain.Wire
	err := db.read(ctx, func(s *session) error {
		return s.each(func(rows *sql.Rows) error {
			w := domain.Wire{Operation: op}
			err := rows.Scan(&w.Sent, &w.Answered, &w.Took)
			wires = append(wires, w)
			return err
		}, "select sent, answered, took from wires where operation = ? order by seq", string(op))
	})
	return wires, err
}
