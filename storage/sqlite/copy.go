package sqlite

import (
	"context"
	"errors"
	"io/fs"
)

// Copy makes a copy of the till's file at a path, at another where there is none, while others go on writing. An older file is
// not brought up to date for it: who copies it may want it as it is. Errors: those of Open.
func Copy(ctx context.Context, path, to string) error {
	db := &DB{path: path, disk: diskOf}
	if err := db.atHome(); err != nil {
		return err
	}
	if err := db.reach(ctx); err != nil {
		return db.translate(db.unfit(err))
	}
	steps, err := fs.Glob(schema, "schema/*.sql")
	if err == nil {
		_, err = db.version(len(steps))
		err = db.unfit(err)
	}
	if err == nil {
		err = db.Copy(ctx, to)
	}
	return db.translate(errors.Join(err, db.writer.close(), db.writing.Close()))
}

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
