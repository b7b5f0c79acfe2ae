// Package sandbox is a payment gateway that lives on this machine: stateful and deterministic, with books of its
// own in an SQLite file, so that a till killed in mid-call finds out afterwards what the gateway did.
package sandbox

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"sync/atomic"
	"time"

	"modernc.org/sqlite" // also registers the driver
	sqlite3 "modernc.org/sqlite/lib"

	"till/domain"
)

// Sandbox is the gateway: a domain.Provider, and its operator's chair, a domain.Bank. Several processes may have
// the same file open: each call is one immediate transaction.
type Sandbox struct {
	db       *sql.DB
	env      domain.Env
	profile  atomic.Pointer[profile] // as it was read last
	listener func(context.Context)   // see Listener

	rehearsal *sql.Tx // see Rehearse
}

var (
	_ domain.Provider = (*Sandbox)(nil)
	_ domain.Notifier = (*Sandbox)(nil)
	_ domain.Bank     = (*Sandbox)(nil)
)

// The schemas lead from each user_version to the next.
var (
	//go:embed schema1.sql
	schema1 string
	//go:embed schema2.sql
	schema2 string
	//go:embed schema3.sql
	schema3 string
	//go:embed schema4.sql
	schema4 string

	migrations = []string{schema1, schema2, schema3, schema4}
)

// Open opens the gateway's file at path, and makes it if there is none. It fails with a domain.Error of a storage
// code, busy, or version_conflict if a newer till has written the file.
func Open(ctx context.Context, path string, env domain.Env) (*Sandbox, error) {
	if err := makePrivate(path); err != nil {
		return nil, err
	}
	driver, err := sqliteDriver()
	if err != nil {
		return nil, storageError("open", err)
	}
	db := sql.OpenDB(connector{driver, dsn(path)})
	db.SetMaxOpenConns(1) // calls of one process wait here instead of for the file
	s := &Sandbox{db: db, env: env}
	if err := s.prepare(ctx); err != nil {
		if primary(err) == sqlite3.SQLITE_ERROR { // it does not know the format, or the tables are not those of the schema
			err = damaged(err)
		}
		return nil, errors.Join(err, db.Close())
	}
	return s, nil
}

// Listener says who reads the notices when one must arrive before its reply: it is called in the middle of the
// call, while no file is locked.
func (s *Sandbox) Listener(read func(context.Context)) { s.listener = read }

// makePrivate makes a new file for its owner alone, before SQLite makes it for everybody; its side files get the
// same rights.
func makePrivate(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if errors.Is(err, fs.ErrExist) {
		if _, err = os.Stat(path); err == nil { // not a link that leads nowhere
			return nil
		}
	}
	if err != nil {
		return domain.Errorf(domain.CodeStorageReadonly, "the sandbox's file cannot be made").Because(err)
	}
	return f.Close()
}

// Close closes the file.
func (s *Sandbox) Close() error { return s.db.Close() }

func dsn(path string) string {
	return address(path, url.Values{
		"_txlock": {"immediate"},
		"_pragma": {"busy_timeout(10000)", "synchronous(FULL)", "foreign_keys(ON)"},
	})
}

// address is the path as a URI with settings.
func address(path string, options url.Values) string {
	// Opaque and escaped, so that a question mark in a folder's name stays part of it.
	file := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: options.Encode()}
	return file.String()
}

// prepare makes the file ready. One that is, as most are, is read and not written: a commit waits for the disk.
func (s *Sandbox) prepare(ctx context.Context) error {
	if err := s.useWAL(ctx); err != nil {
		return err
	}
	version, err := schemaOf(ctx, s.db)
	if err != nil {
		return storageError("open", err)
	}
	if version != len(migrations) {
		return s.migrate(ctx)
	}
	return storageError("open", s.readProfile(ctx, s.db))
}

// schemaOf is the schema that a file has. It fails if a newer till has written it, or nobody can have.
func schemaOf(ctx context.Context, q querier) (int, error) {
	var version int
	if err := q.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return 0, err
	}
	if version < 0 {
		return 0, damaged(nil)
	}
	if version > len(migrations) {
		return 0, domain.Errorf(domain.CodeVersionConflict, "the sandbox's file was written by a newer till (schema %d, this one knows %d)",
			version, len(migrations)).WithHint("use the till that wrote it, or another file")
	}
	return version, nil
}

// useWAL tries more than once: the first switch of a new file answers busy in spite of the timeout while another
// process does the same.
func (s *Sandbox) useWAL(ctx context.Context) error {
	var err error
	for range 100 {
		if _, err = s.db.ExecContext(ctx, "PRAGMA journal_mode = WAL"); primary(err) != sqlite3.SQLITE_BUSY {
			break
		}
		if stopped := s.env.Wait(ctx, 10*time.Millisecond); stopped != nil {
			return stopped
		}
	}
	return storageError("open", err)
}

// migrate brings the file to the newest schema in one transaction: all or nothing, whoever else opens it now.
func (s *Sandbox) migrate(ctx context.Context) error {
	return s.update(ctx, func(tx *sql.Tx) error {
		version, err := schemaOf(ctx, tx)
		if err != nil {
			return err
		}
		if version < len(migrations) { // another process may have done it meanwhile
			if err := s.bringUp(ctx, tx, version); err != nil {
				return err
			}
		}
		return s.readProfile(ctx, tx)
	})
}

func (s *Sandbox) bringUp(ctx context.Context, tx *sql.Tx, version int) error {
	for _, step := range migrations[version:] {
		if _, err := tx.ExecContext(ctx, step); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", len(migrations))); err != nil {
		return err
	}
	return s.seal(ctx, tx)
}

// visit is an update that begins with what has come due, and is told the time. How keys are treated is read anew:
// another process may have changed it.
func (s *Sandbox) visit(ctx context.Context, do func(tx *sql.Tx, now time.Time) error) error {
	return s.update(ctx, func(tx *sql.Tx) error {
		now, err := s.today(ctx, tx)
		if err != nil {
			return err
		}
		if err := s.catchUp(ctx, tx, now); err != nil {
			return err
		}
		if err := s.readProfile(ctx, tx); err != nil {
			return err
		}
		return do(tx, now)
	})
}

// update is one immediate transaction: what do writes is stored, or nothing is.
func (s *Sandbox) update(ctx context.Context, do func(tx *sql.Tx) error) error {
	if s.rehearsal != nil {
		return s.between(ctx, "step", do, false)
	}
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return storageError("begin", err)
	}
	defer func() { _ = tx.Rollback() }() // nothing to do, and says so, after a commit
	if err := do(tx); err != nil {
		return storageError("write", err)
	}
	return storageError("commit", tx.Commit())
}

// storageError says in words what is wrong with the file; nil stays nil, and what has a code keeps it.
func storageError(doing string, err error) error {
	if _, ok := errors.AsType[*domain.Error](err); ok || err == nil {
		return err
	}
	switch resultOf(err) {
	case sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_SHMOPEN, sqlite3.SQLITE_IOERR_SHMMAP:
		return noRoom(err) // a quota, a limit, no room for the index of the log
	}
	switch primary(err) {
	case sqlite3.SQLITE_FULL:
		return noRoom(err)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return notWritable(err)
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return damaged(err)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL:
		return domain.Errorf(domain.CodeBusy, "the sandbox's file is held by another process").
			WithHint("close what else has it open for writing, or try again").Because(err)
	}
	return fmt.Errorf("sandbox: %s: %w", doing, err)
}

const damagedHint = "keep a copy of it as it is, and go back to a backup of it and of the database together"

func damaged(err error) error {
	return domain.Errorf(domain.CodeStorageCorrupt, "the sandbox's file is damaged, or is not one").WithHint(damagedHint).Because(err)
}

func notWritable(err error) error {
	return domain.Errorf(domain.CodeStorageReadonly, "the sandbox's file cannot be written").
		WithHint("check that you may write the file and its folder, and that the disk is not read-only").Because(err)
}

func noRoom(err error) error {
	return domain.Errorf(domain.CodeStorageFull, "the disk with the sandbox's file is full, or lets you store no more").
		WithHint("make room, or have your quota or limit raised, and try again").Because(err)
}

// resultOf is SQLite's extended result code; 0 if the error is not SQLite's.
func resultOf(err error) int {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code()
	}
	return 0
}

// primary is the result code without its extension.
func primary(err error) int { return resultOf(err) & 0xff }
