package sqlite

import (
	"context"
	"errors"
)

// Rehearse runs do and then takes back all that was written meanwhile. Rehearsals may lie in one another. Until the
// outermost ends everything runs on one connection, which locks the file once it writes: so it is for a copy that
// nobody else has open, and for one goroutine, which neither verifies nor rebuilds meanwhile.
func (db *DB) Rehearse(ctx context.Context, do func() error) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := db.writer.exec("savepoint rehearsal"); err != nil {
		return db.translate(err)
	}
	db.rehearsals++
	defer func() {
		db.rehearsals--
		db.warm.drop()
		err = errors.Join(err, db.translate(db.back("rehearsal")))
	}()
	return do()
}

// step is a transaction within a rehearsal: all of it, or nothing.
func (db *DB) step(do func(*session) error) error {
	if err := db.writer.exec("savepoint step"); err != nil {
		return err
	}
	if err := do(db.writer); err != nil {
		return errors.Join(err, db.back("step"))
	}
	return db.writer.exec("release step")
}

// back undoes what was written since a savepoint, and forgets it.
func (db *DB) back(savepoint string) error {
	return errors.Join(db.writer.exec("rollback to "+savepoint), db.writer.exec("release "+savepoint))
}
