package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"till/domain"
)

// walLimit is from how many bytes on a write-ahead log is longer than any till leaves it.
const walLimit = 64 << 20

// Examine looks at a till's file and changes nothing in it, also at one that Open refuses. What depends on a check that
// failed is left out. A file that is not there is well: the first command makes it.
func Examine(ctx context.Context, path string) []domain.Check {
	path = resolved(path)
	size := fileSize(path)
	if size < 0 {
		return []domain.Check{domain.Well("database", "there is none at %s yet", path)}
	}
	wal := examineWAL(path) // before anything opens the file, which may shorten it
	db := &DB{path: path, disk: diskOf}
	err := errors.Join(db.atHome(), writable(path)) // no connection of this process holds a lock yet
	if err == nil {
		err = db.lookAt(ctx)
	}
	if err == nil {
		defer func() { _ = errors.Join(db.writer.close(), db.writing.Close()) }() // nothing was written
		err = quickCheck(db.writer)
	}
	if err != nil {
		return []domain.Check{domain.IllBy("database", db.translate(db.unfit(err))), wal}
	}
	checks := []domain.Check{domain.Well("database", "%s can be read, %d KiB, SQLite %s", path, size>>10, db.engine()), wal}
	if kept := keptCopies(path); len(kept) > 0 {
		checks = append(checks, examineCopies(kept))
	}
	for _, e := range examinations {
		detail, err := e.look(ctx, db)
		if err != nil {
			return append(checks, domain.IllBy(e.name, db.translate(err)))
		}
		checks = append(checks, domain.Well(e.name, "%s", detail))
	}
	return checks
}

// examinations are what is looked at in a file that can be read, in this order: each needs those before it.
var examinations = []struct {
	name string
	look func(context.Context, *DB) (detail string, ill error)
}{
	{"schema", examineSchema},
	{"journal", examineJournal},
	{"views", examineViews},
}

// lookAt opens the file for one connection that may write nothing, and makes no file.
func (db *DB) lookAt(ctx context.Context) error { return db.reach(ctx, "query_only(1)") }

// reach opens the file as it is for one connection, and makes no file.
func (db *DB) reach(ctx context.Context, pragmas ...string) error {
	var err error
	if db.writing, err = sql.Open("sqlite", address(db.path, "rw", pragmas...)); err != nil {
		return err
	}
	if db.writer, err = newSession(ctx, db.writing); err != nil {
		return errors.Join(err, db.writing.Close())
	}
	return nil
}

// writable tells whether a file may be written. SQLite opens one that may not as well, and says so when it is too late.
func writable(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return notWritable(path, err)
	}
	return f.Close()
}

func fileSize(path string) int64 {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return -1
	case err != nil:
		return 0 // opening it says more
	}
	return info.Size()
}

func examineWAL(path string) domain.Check {
	size := fileSize(path + "-wal")
	if size > walLimit {
		return domain.Ill("write-ahead log", "end every till that has the file open; the next command takes the log over",
			"%d MiB of it lie beside the database", size>>20)
	}
	return domain.Well("write-ahead log", "%d KiB", max(0, size)>>10)
}

// examineCopies looks at who may read the copies that were kept when the file got a newer schema.
func examineCopies(kept []string) domain.Check {
	const name = "copies"
	for _, path := range kept {
		if info, err := os.Stat(path); err == nil && info.Mode()&0o077 != 0 {
			return domain.Ill(name, "chmod 600 "+path, "others may use %s: it is %04o", path, info.Mode().Perm())
		}
	}
	return domain.Well(name, "of before a newer schema, to be removed once all is well, as they keep what is forgotten here: %s", strings.Join(kept, ", "))
}

// quickCheck has SQLite look over every page.
func quickCheck(s *session) error {
	var found []string
	err := s.each(func(rows *sql.Rows) error {
		var line string
		err := rows.Scan(&line)
		found = append(found, line)
		return err
	}, "pragma quick_check(10)")
	if err == nil && (len(found) != 1 || found[0] != "ok") {
		err = domain.Errorf(domain.CodeStorageCorrupt, "SQLite finds the file damaged: %s", strings.Join(found, "; ")).
			WithHint("keep a copy of it as it is, and go back to a backup")
	}
	return err
}

// engine is SQLite's version; empty where it does not say.
func (db *DB) engine() string {
	var version string
	_, _ = db.writer.first([]any{&version}, "select sqlite_version()")
	return version
}

func examineSchema(_ context.Context, db *DB) (string, error) {
	steps, err := fs.Glob(schema, "schema/*.sql")
	if err != nil {
		return "", err
	}
	version, err := db.version(len(steps))
	switch {
	case err != nil:
		return "", err
	case version < len(steps):
		return "", domain.Errorf(domain.CodeInternal, "it is at %d of %d", version, len(steps)).
			WithHint("any other command brings it up to date, and keeps a copy of it as it is")
	}
	return fmt.Sprintf("%d of %d", version, len(steps)), nil
}

func examineJournal(ctx context.Context, db *DB) (string, error) {
	w := &walk{ctx: ctx}
	if err := db.snapshot(func() error { return w.run(db.writer) }); err != nil {
		return "", err
	}
	if len(w.verdict.Broken) > 0 {
		first := w.verdict.Broken[0]
		return "", domain.Errorf(domain.CodeStorageCorrupt, "it does not stand as it was written: entry %d %s", first.Seq, first.What).
			WithHint("see `till journal verify`; keep a copy of the file as it is, and go back to a backup")
	}
	return fmt.Sprintf("entries that stand as they were written: %d", w.verdict.Entries), nil
}

// snapshot has all that is read see the same moment.
func (db *DB) snapshot(do func() error) error {
	if err := db.writer.exec("begin"); err != nil {
		return err
	}
	defer func() { _ = db.writer.exec("rollback") }() // it only read
	return do()
}
