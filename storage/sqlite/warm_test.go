package sqlite

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"till/domain"
	"till/storage/storagetest"
)

// What a till knows from its last step is true until another one writes, in whatever order the two do, and whatever they
// do between: so the chain holds, and each folds what the other wrote.
func TestTwoTillsInTurns(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "till.db")
	tills := []*DB{open(t, path), open(t, path)}
	o := book(t, tills[0], 1)[0]
	refused := errors.New("no")
	between := []func(db *DB) error{
		func(*DB) error { return nil },
		func(db *DB) error { return db.Park(t.Context(), domain.ParkedSale{Sale: []byte("tea")}) },
		func(db *DB) error {
			_, err := db.Update(t.Context(), func(tx domain.Tx) ([]domain.Entry, error) {
				if _, err := tx.Order(o.id); err != nil {
					return nil, err
				}
				return nil, refused
			})
			if !errors.Is(err, refused) {
				return err
			}
			return nil
		},
		func(db *DB) error {
			_, err := db.Update(t.Context(), func(domain.Tx) ([]domain.Entry, error) { return nil, nil })
			return err
		},
		func(db *DB) error {
			return db.Rehearse(t.Context(), func() error { receipt(t, db, o); return nil })
		},
	}
	steps := 0
	for who := range 4 { // who writes first, and who meanwhile
		for _, first := range between {
			for _, then := range between {
				receipt(t, tills[who%2], o)
				check(t, first(tills[who/2]))
				receipt(t, tills[1-who%2], o)
				check(t, then(tills[1-who/2]))
				receipt(t, tills[who%2], o)
				steps += 3
			}
		}
	}
	for _, db := range tills {
		got, err := db.Order(t.Context(), o.id)
		check(t, err)
		verdict, err := db.Verify(t.Context())
		check(t, err)
		if !verdict.OK || verdict.Entries != int64(3+steps) || got.LastSeq != domain.Seq(3+steps) {
			t.Errorf("%+v, and the order's last entry is %d, of %d", verdict, got.LastSeq, 3+steps)
		}
	}
}

// A journal that another program cuts off between two steps of a till is not written on.
func TestCutOffBetweenSteps(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "till.db")
	db, other := open(t, path), open(t, path)
	o := book(t, db, 1)[0]
	receipt(t, db, o)
	check(t, other.writer.script("delete from journal where seq = (select max(seq) from journal)"))
	_, err := db.Update(t.Context(), func(domain.Tx) ([]domain.Entry, error) { return nil, nil })
	if domain.CodeOf(err) != domain.CodeStorageCorrupt {
		t.Errorf("got %v", err)
	}
}

// A step whose commit fails was never taken: what it would have been the end of is not written on.
func TestCommitThatFails(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "till.db"))
	o := book(t, db, 1)[0]
	receipt(t, db, o)
	broken := errors.New("broken")
	err := db.write(t.Context(), func(*session) error {
		db.warm.keep(end{seq: 99, hash: "none"}, map[domain.OrderID]*life{})
		return broken
	})
	if !errors.Is(err, broken) {
		t.Fatal(err)
	}
	check(t, db.Park(t.Context(), domain.ParkedSale{Sale: []byte("tea")}))
	receipt(t, db, o)
	verdict, err := db.Verify(t.Context())
	check(t, err)
	if !verdict.OK || verdict.Entries != 5 {
		t.Errorf("%+v", verdict)
	}
}

// Who gives up waiting for another till's step leaves the queue as it was: the next one waits, and gets its turn.
func TestGivenUpInTheQueue(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "till.db")
	db, other := open(t, path), open(t, path)
	m := &storagetest.Maker{Store: other, Name: "Q"}
	for range 3 {
		_, err := db.Update(t.Context(), func(domain.Tx) ([]domain.Entry, error) {
			ctx, cancel := context.WithTimeout(t.Context(), beginPause)
			defer cancel()
			if _, err := m.Issue(ctx, storagetest.Draft{}); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("got %v", err)
			}
			return nil, nil
		})
		check(t, err)
		_, err = m.Issue(t.Context(), storagetest.Draft{})
		check(t, err)
	}
}
