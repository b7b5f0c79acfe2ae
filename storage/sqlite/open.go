// Package sqlite keeps a till in one SQLite file: the journal, the views made from it, and the cabinet. It
// implements domain.Store and passes storage/storagetest. Several processes may have the file open at once.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"till/domain"
)

const (
	busyTimeout = 5 * time.Second // how long SQLite waits for a lock when it reads or opens
	beginPause  = 50 * time.Microsecond
	beginTries  = 30_000 // of a transaction to begin: some five seconds
	readerCount = 4      // connections that read at once
	openTries   = 500    // of opening a file that others are opening too
	openPause   = 10 * time.Millisecond
)

// DB is a till's storage in one file. It is safe for use by several goroutines.
type DB struct {
	path string
	env  domain.Env

	writing, reading *sql.DB // where connections come from

	writer *session
	turn   chan struct{} // holds one token: who has it writes
	warm   warm          // of who has the turn
	queue  queue         // likewise

	desk desk

	rehearsals int // how many lie in one another, see Rehearse

	opened map[string]os.FileInfo // the files, by their names, as they were opened

	told func(string)      // what takes long says so here; nil: nobody listens
	long int               // from how many entries on it says how far it is
	disk func(string) disk // looks at the disk of a folder

	patience int           // how often a transaction tries to begin
	readers  chan *session // idle ones
	unopened chan struct{} // a token for each that was not needed yet

	watchers *watchers
	closing  chan struct{} // closed by Close
	closed   sync.Once
}

// Option is what may be asked of Open beside the rest.
type Option func(*DB)

// Telling has work that may take minutes say what it does and how far it is, in lines for people.
func Telling(told func(line string)) Option { return func(db *DB) { db.told = told } }

// Open opens the file, or makes it, with its folder, for its owner alone. It brings an older schema up to
// date, and keeps a copy of the file as it was. Errors: CodeStorageCorrupt, CodeStorageReadonly, CodeStorageFull,
// CodeBusy; CodeInternal for a file of a newer till, CodeInvalid for a database of another program and for one on another
// machine's disk.
func Open(ctx context.Context, path string, env domain.Env, options ...Option) (*DB, error) {
	full, err := filepath.Abs(path)
	if err != nil {
		return nil, domain.Errorf(domain.CodeInternal, "%s is no path", path).Because(err)
	}
	db := &DB{
		path: resolved(full), env: env, patience: beginTries, disk: diskOf, long: longRebuild,
		turn: make(chan struct{}, 1), readers: make(chan *session, readerCount), unopened: make(chan struct{}, readerCount),
		watchers: newWatchers(), closing: make(chan struct{}),
	}
	for _, option := range options {
		option(db)
	}
	db.turn <- struct{}{}
	for range readerCount {
		db.unopened <- struct{}{}
	}
	if err := db.start(ctx); err != nil {
		return nil, errors.Join(db.translate(db.unfit(err)), db.Close())
	}
	return db, nil
}

func (db *DB) start(ctx context.Context) error {
	if err := db.atHome(); err != nil {
		return err
	}
	if err := makeFile(db.path); err != nil {
		return err
	}
	var err error
	if db.writing, err = sql.Open("sqlite", address(db.path, "rwc", "synchronous(full)", "foreign_keys(1)", "secure_delete(1)")); err != nil {
		return err
	}
	if db.reading, err = sql.Open("sqlite", address(db.path, "ro", "query_only(1)")); err != nil {
		return err
	}
	if db.writer, err = newSession(ctx, db.writing); err != nil {
		return err
	}
	if err := db.ready(ctx); err != nil {
		return err
	}
	if err := db.note(); err != nil {
		return err
	}
	if err := db.resumeSweep(); err != nil {
		return err
	}
	return db.writer.script("pragma busy_timeout = 0") // from here on begin waits
}

// tell says a line to whoever listens.
func (db *DB) tell(format string, args ...any) {
	if db.told != nil {
		db.told(fmt.Sprintf(format, args...))
	}
}

// ready switches the file to WAL and to the newest schema, unless it is not ours to write. SQLite answers busy at once, whatever the timeout,
// when two processes switch a new file to WAL at the same moment: so it is tried again.
func (db *DB) ready(ctx context.Context) error {
	for try := 1; ; try++ {
		err := db.prepare(ctx)
		if !isBusy(err) || try == openTries {
			return err
		}
		if err := pause(ctx, openPause); err != nil {
			return err
		}
	}
}

func (db *DB) prepare(ctx context.Context) error {
	steps, err := fs.Glob(schema, "schema/*.sql")
	if err != nil {
		return err
	}
	if _, err := db.version(len(steps)); err != nil {
		return err
	}
	if err := db.useWAL(); err != nil {
		return err
	}
	return db.migrate(ctx, steps)
}

func (db *DB) useWAL() error {
	var mode string
	if _, err := db.writer.first([]any{&mode}, "pragma journal_mode = wal"); err != nil {
		return err
	}
	if mode != "wal" {
		return domain.Errorf(domain.CodeStorageReadonly, "%s cannot be switched to a write-ahead log", db.path).
			WithHint("put it on a local disk that you may write")
	}
	return nil
}

// makeFile makes a new file private before SQLite writes to it; its side files get the same rights. A file
// that is there is not opened: closing it would take SQLite's locks from a connection of this process.
func makeFile(path string) error {
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return cannotMake(path, err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if errors.Is(err, fs.ErrExist) {
		_, err = os.Stat(path) // another process was faster, or it is a link that leads nowhere
		if err == nil {
			return nil
		}
	}
	if err != nil {
		return cannotMake(path, err)
	}
	return f.Close()
}

func cannotMake(path string, err error) error {
	return domain.Errorf(domain.CodeStorageReadonly, "%s cannot be made", path).
		WithHint("check that you may write its folder").Because(err)
}

// address is the path as a URI with settings, so that no character of the path is taken for one.
func address(path, mode string, pragmas ...string) string {
	settings := url.Values{"mode": {mode}, "_busy_timeout": {strconv.FormatInt(busyTimeout.Milliseconds(), 10)}}
	settings["_pragma"] = pragmas
	return (&url.URL{Scheme: "file", OmitHost: true, Path: path, RawQuery: settings.Encode()}).String()
}

// Close ends the watchers, waits for who is reading or writing, and closes every connection.
func (db *DB) Close() error {
	var err error
	db.closed.Do(func() {
		close(db.closing)
		db.watchers.stop()
		err = db.closeAll()
	})
	return err
}

func (db *DB) closeAll() error {
	var errs []error
	<-db.turn
	for range readerCount {
		select {
		case s := <-db.readers:
			errs = append(errs, s.close())
		case <-db.unopened:
		}
	}
	db.queue.close()
	db.desk.leave() // nobody reads any more, who might ask who stands where
	if db.writer != nil {
		errs = append(errs, db.writer.close())
	}
	for _, pool := range []*sql.DB{db.reading, db.writing} {
		if pool != nil {
			errs = append(errs, pool.Close())
		}
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("close %s: %w", db.path, err)
	}
	return nil
}

var errClosed = domain.Errorf(domain.CodeInternal, "the till's storage is closed")

// read lends a reading connection: one that is warm, before another one is opened.
func (db *DB) read(ctx context.Context, do func(*session) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if db.rehearsals > 0 {
		return db.translate(do(db.writer))
	}
	if err := db.inPlace(""); err != nil {
		return err
	}
	s, err := db.reader(ctx)
	if err != nil {
		return db.translate(err)
	}
	defer func() { db.readers <- s }()
	return db.translate(do(s))
}

// reader is a connection that is idle; another is opened only when all that are open read, as each of them reads the
// schema first and has a cache of its own.
func (db *DB) reader(ctx context.Context) (*session, error) {
	select {
	case s := <-db.readers:
		return s, nil
	default:
	}
	select {
	case s := <-db.readers:
		return s, nil
	case <-db.unopened:
	case <-db.closing:
		return nil, errClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	s, err := newSession(ctx, db.reading)
	if err != nil {
		db.unopened <- struct{}{}
	}
	return s, err
}

// pause waits by the machine's clock.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

var _ domain.Store = (*DB)(nil)
