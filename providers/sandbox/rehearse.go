package sandbox

import (
	"context"
	"database/sql"
	"errors"
)

// Rehearse runs do and then takes back all that was written meanwhile. Rehearsals may lie in one another. Until the
// outermost ends the file is locked: so it is for a copy that nobody else has open, and for one goroutine.
func (s *Sandbox) Rehearse(ctx context.Context, do func() error) (err error) {
	if s.rehearsal != nil {
		return s.between(ctx, "rehearsal", func(*sql.Tx) error { return do() }, true)
	}
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return storageError("begin", err)
	}
	s.rehearsal = tx
	defer func() {
		s.rehearsal = nil
		err = errors.Join(err, storageError("undo", tx.Rollback()))
	}()
	return do()
}

// between runs do after a savepoint, and undoes what it wrote if it fails or is to be undone.
func (s *Sandbox) between(ctx context.Context, savepoint string, do func(*sql.Tx) error, undo bool) error {
	if _, err := s.rehearsal.ExecContext(ctx, "SAVEPOINT "+savepoint); err != nil {
		return storageError("begin", err)
	}
	failed := do(s.rehearsal)
	end := "RELEASE " + savepoint
	if undo || failed != nil {
		end = "ROLLBACK TO " + savepoint + "; " + end
	}
	_, err := s.rehearsal.ExecContext(context.WithoutCancel(ctx), end)
	return errors.Join(storageError("write", failed), storageError("undo", err))
}
