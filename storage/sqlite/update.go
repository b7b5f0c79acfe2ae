package sqlite

import (
	"context"

	"till/domain"
)

// Update runs decide inside one immediate transaction and stores what it returns: numbered, timed, chained,
// projected into the views, its people and wires in the cabinet. On any error nothing happened, but for one beside
// entries: then those are stored, and old bytes of somebody who is forgotten are still in the file. Waiting for
// another Update of this process ends with ctx; an Update inside decide would wait for ever.
func (db *DB) Update(ctx context.Context, decide func(domain.Tx) ([]domain.Entry, error)) ([]domain.Entry, error) {
	var entries []domain.Entry
	err := db.write(ctx, func(s *session) error {
		last, err := db.lastEnd(s)
		if err != nil {
			return err
		}
		t, stored := &tx{s: s, lives: db.warm.at(last), numbers: map[string]int64{}}, false
		defer func() { t.end(stored && len(t.lives) <= maxWarm) }()
		decided, err := decide(t)
		if err != nil || len(decided) == 0 {
			return err
		}
		entries = append(entries, decided...) // the caller's own are left as they are
		db.warm.drop()
		if err := db.append(t, &last, entries); err != nil {
			return err
		}
		db.warm.keep(last, t.lives)
		stored = true
		return nil
	})
	if err != nil {
		return nil, err
	}
	if forgets(entries) {
		err = db.sweep(sweepTries)
	}
	return entries, err
}

// append stores entries after the last one and everything that follows from them.
func (db *DB) append(t *tx, last *end, entries []domain.Entry) error {
	touched, err := t.touch(entries)
	if err != nil {
		return err
	}
	met, err := meet(t.s, entries)
	if err != nil {
		return err
	}
	now, news := db.env.Now(), map[string][]domain.Entry{}
	for i := range entries {
		if err := last.append(t.s, &entries[i], now); err != nil {
			return err
		}
		if err := keep(t.s, &db.desk, entries[i]); err != nil {
			return err
		}
		news[entries[i].Stream] = append(news[entries[i].Stream], entries[i])
	}
	before := make([]*record, len(touched))
	for i, l := range touched {
		if before[i], err = l.advance(t.s, news[string(l.id)]); err != nil {
			return err
		}
	}
	for _, m := range met {
		if err := m.advance(t.s); err != nil {
			return err
		}
	}
	for i, l := range touched {
		if err := index(t.s, before[i], l.before); err != nil {
			return err
		}
	}
	if forgets(entries) {
		if err := beginSweep(t.s); err != nil {
			return err
		}
	}
	return last.store(t.s)
}
