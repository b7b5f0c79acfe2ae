package sqlite

import (
	"context"
	"errors"
	"time"

	lib "modernc.org/sqlite/lib"
)

// write runs do in a transaction once it is this caller's turn, and wakes the watchers.
func (db *DB) write(ctx context.Context, do func(*session) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case <-db.turn:
	case <-db.closing:
		return errClosed
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { db.turn <- struct{}{} }()
	if err := db.inTransaction(ctx, do); err != nil {
		return db.translate(err)
	}
	db.watchers.ring()
	return nil
}

// inTransaction runs do in an immediate transaction of the writer: all of it is stored, or nothing. The
// caller holds the turn.
func (db *DB) inTransaction(ctx context.Context, do func(*session) error) (err error) {
	if db.rehearsals > 0 {
		return db.step(do)
	}
	if err := db.inPlace("", "-wal", "-shm"); err != nil {
		return err
	}
	leave, err := db.queue.wait(ctx, db.path, busyTimeout)
	if err != nil {
		return err
	}
	defer leave()
	if err := db.begin(ctx); err != nil {
		return err
	}
	committed := false
	defer func() {
		db.warm.ended(db.writer, committed)
		if !committed { // also when do panics
			err = errors.Join(err, db.rollback())
		}
	}()
	if err := do(db.writer); err != nil {
		return err
	}
	if err := db.writer.exec("commit"); err != nil {
		return err
	}
	committed = true
	return nil
}

// begin takes the lock that another process may hold. SQLite's own waiting is switched off for it: that sleeps
// longer and longer, so that of several busy writers one waits for a third of a second, and no context ends it.
func (db *DB) begin(ctx context.Context) error {
	for try := range db.patience {
		err := db.writer.exec("begin immediate")
		if !isBusy(err) {
			return err
		}
		// Uneven steps, so that two who wait do not wait in step.
		if err := pause(ctx, beginPause+time.Duration(try%7)*beginPause/3); err != nil {
			return err
		}
	}
	return db.writer.exec("begin immediate")
}

// rollback undoes the open transaction. After some errors, such as a full disk, SQLite has done so already.
func (db *DB) rollback() error {
	err := db.writer.exec("rollback")
	if primary(err) == lib.SQLITE_ERROR { // no transaction is open
		return nil
	}
	return err
}
