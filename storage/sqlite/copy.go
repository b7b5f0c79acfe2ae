package sqlite

import (
	"context"
	"errors"
)

// Copy makes a copy of the file as it is now, at a path where there is none, while others go on writing.
func (db *DB) Copy(ctx context.Context, path string) error {
	if err := makeFile(path); err != nil {
		return err
	}
	s, err := newSession(ctx, db.writing) // the readers' connections may write nowhere
	if err != nil {
		return db.translate(err)
	}
	return db.translate(errors.Join(s.exec("vacuum into ?", path), s.close()))
}
