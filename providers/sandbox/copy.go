package sandbox

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
)

// Copy makes a copy of the gateway's file at a path, at another where there is none, while others go on writing. An older
// file is not brought up to date for it. It fails as Open does.
func Copy(ctx context.Context, path, to string) error {
	db, err := sql.Open("sqlite", address(path, url.Values{"mode": {"rw"}, "_pragma": {"busy_timeout(10000)"}}))
	if err != nil {
		return storageError("open", err)
	}
	if _, err = schemaOf(ctx, db); err != nil {
		err = storageError("open", err)
	} else {
		err = (&Sandbox{db: db}).Copy(ctx, to)
	}
	return errors.Join(err, db.Close())
}

// Copy makes a copy of the gateway's file as it is now, at a path where there is none, while others go on writing.
func (s *Sandbox) Copy(ctx context.Context, path string) error {
	if err := makePrivate(path); err != nil {
		return err
	}
	_, err := s.db.ExecContext(ctx, "VACUUM INTO ?", path)
	return storageError("copy", err)
}
