package sqlite

import (
	"context"
	"slices"
	"time"

	"till/domain"
)

func readOperator(s *session, id domain.OperatorID) (*domain.Operator, error) {
	entries, err := readLifeOf(s, "operator", string(id), "opr_")
	if err != nil {
		return nil, err
	}
	return domain.FoldOperator(entries)
}

func readOperators(s *session) ([]*domain.Operator, error) {
	ids, err := readIDs(s, "select id from names where kind = 'operator' group by id order by n")
	if err != nil {
		return nil, err
	}
	var all []*domain.Operator
	for _, id := range ids {
		o, err := readOperator(s, domain.OperatorID(id))
		if err != nil {
			return nil, err
		}
		all = append(all, o)
	}
	return all, nil
}

// Operator folds an operator's entries.
func (t *tx) Operator(id domain.OperatorID) (*domain.Operator, error) { return readOperator(t.s, id) }

// Operators folds the entries of everybody who was ever set up, in the order in which they were.
func (t *tx) Operators() ([]*domain.Operator, error) { return readOperators(t.s) }

// Operators gives everybody who was ever set up to work at the till, in the order in which they were.
func (db *DB) Operators(ctx context.Context) ([]*domain.Operator, error) {
	var all []*domain.Operator
	err := db.read(ctx, func(s *session) (err error) {
		all, err = readOperators(s)
		return err
	})
	return all, err
}

func keepPIN(s *session, k *domain.KeptPIN) error {
	switch {
	case k == nil:
		return nil
	case k.Hash == "":
		return s.exec("delete from pins where operator = ?", string(k.Operator))
	}
	return s.exec("insert or replace into pins (operator, hash) values (?, ?)", string(k.Operator), k.Hash)
}

// PIN gives what is kept of an operator's PIN; "" where nothing is.
func (db *DB) PIN(ctx context.Context, id domain.OperatorID) (string, error) {
	var hash string
	err := db.read(ctx, func(s *session) error {
		_, err := s.first([]any{&hash}, "select hash from pins where operator = ?", string(id))
		return err
	})
	return hash, err
}

// Tries has change decide in one write transaction how the tries under some keys stand from now on. Those that have
// nothing to tell any more go.
func (db *DB) Tries(ctx context.Context, keys []string, change func([]domain.Tries) []domain.Tries) error {
	return db.write(ctx, func(s *session) error {
		tries := make([]domain.Tries, len(keys))
		for i, key := range keys {
			var err error
			if tries[i], err = readTries(s, key); err != nil {
				return err
			}
		}
		for i, after := range change(slices.Clone(tries)) {
			if after == tries[i] {
				continue
			}
			if err := keepTries(s, after); err != nil {
				return err
			}
		}
		return nil
	})
}

func readTries(s *session, key string) (domain.Tries, error) {
	t := domain.Tries{Key: key}
	var seen string
	found, err := s.first([]any{&t.Wrong, &t.Locks, &t.Left, &t.Calm, &seen}, "select wrong, locks, left, calm, seen from tries where key = ?", key)
	if err != nil || !found {
		return t, err
	}
	if t.Seen, err = time.Parse(time.RFC3339Nano, seen); err != nil {
		return t, domain.Errorf(domain.CodeStorageCorrupt, "how often somebody tried to sign in cannot be read").Because(err)
	}
	return t, nil
}

func keepTries(s *session, t domain.Tries) error {
	if t.Wrong == 0 && t.Locks == 0 && !t.Locked() {
		return s.exec("delete from tries where key = ?", t.Key)
	}
	return s.exec("insert or replace into tries (key, wrong, locks, left, calm, seen) values (?, ?, ?, ?, ?, ?)",
		t.Key, t.Wrong, t.Locks, int64(t.Left), int64(t.Calm), t.Seen.UTC().Format(time.RFC3339Nano))
}
