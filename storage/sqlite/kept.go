package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"till/domain"
)

// Before a file is brought to a newer schema it is copied: what a step did wrong could not be taken back otherwise.

// keptName is what the copies of a file are called that were taken before a schema, beside it: from the second on with a number.
func keptName(path string, schema, nth int) string {
	number := ""
	if nth > 1 {
		number = fmt.Sprintf("-%d", nth)
	}
	return fmt.Sprintf("%s.before-schema-%d%s.db", strings.TrimSuffix(path, ".db"), schema, number)
}

// keptCopies are the copies of a till's file that were taken before it got a newer schema. They keep what is forgotten in
// the file itself.
func keptCopies(path string) []string {
	found, _ := filepath.Glob(globbed(strings.TrimSuffix(path, ".db")) + ".before-schema-*.db") // the pattern is ours
	return found
}

// globbed is a path as a pattern that fits nothing else.
func globbed(path string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}

// keepCopy puts a copy of the file beside it, as the open transaction found it, unless an earlier try that was broken off
// left that very copy.
func (db *DB) keepCopy(ctx context.Context, s *session, version, next int) error {
	was, err := sightOf(s)
	if err != nil {
		return err
	}
	for nth := 1; ; nth++ {
		name := keptName(db.path, next, nth)
		_, err := os.Stat(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return db.copyTo(ctx, s, name, was)
		case err != nil: // as of a name that is too long: the next would be no better
			return cannotMake(name, err)
		}
		if db.isCopy(ctx, name, was) == nil {
			db.tell("the file as it was is kept already: %s", name)
			return nil
		}
	}
}

func (db *DB) copyTo(ctx context.Context, s *session, name string, was sight) error {
	if err := db.roomFor(s); err != nil {
		return err
	}
	part := name + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) { // of a try that was killed
		return cannotMake(part, err)
	}
	err := db.Copy(ctx, part)
	if err == nil {
		err = db.isCopy(ctx, part, was)
	}
	if err == nil {
		err = settle(part, name)
	}
	if err != nil {
		return errors.Join(err, removed(os.Remove(part)))
	}
	db.tell("the file as it was is kept: %s (remove it when all is well: it keeps what is forgotten from now on)", name)
	return nil
}

func removed(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// roomFor tells whether the disk takes the copy and the log of what follows, which is about as long.
func (db *DB) roomFor(s *session) error {
	var size int64
	if _, err := s.first([]any{&size}, "select (select page_count from pragma_page_count) * (select page_size from pragma_page_size)"); err != nil {
		return err
	}
	folder := filepath.Dir(db.path)
	disk := db.disk(folder)
	if !disk.known || disk.left >= 2*uint64(size) {
		return nil
	}
	return domain.Errorf(domain.CodeStorageFull, "%s cannot be brought up to date: it is copied before, which takes %d MiB in all, and %d MiB are left in %s",
		db.path, 2*size>>20+1, disk.left>>20, folder).WithHint("make room and try again; nothing was changed")
}

// sight is by what a copy is known to be one.
type sight struct {
	version, entries int64
	hash             string
}

func sightOf(s *session) (seen sight, err error) {
	_, err = s.first([]any{&seen.version, &seen.entries, &seen.hash},
		"select (select user_version from pragma_user_version), entries, hash from head")
	return seen, err
}

var errNoCopy = errors.New("the copy is not what was copied")

// isCopy has SQLite look over a copy, and compares what it holds.
func (db *DB) isCopy(ctx context.Context, name string, was sight) error {
	other := &DB{path: name}
	if err := other.lookAt(ctx); err != nil {
		return other.translate(err)
	}
	seen, err := sightOf(other.writer)
	if err == nil && seen != was {
		err = errNoCopy
	}
	if err == nil {
		err = quickCheck(other.writer)
	}
	return other.translate(errors.Join(err, other.writer.close(), other.writing.Close()))
}

// settle has a file reach the disk and gives it its name, whole or not at all.
func settle(part, name string) error {
	for _, step := range []func() error{
		func() error { return synced(part) },
		func() error { return os.Rename(part, name) },
		func() error { return synced(filepath.Dir(name)) },
	} {
		if err := step(); err != nil {
			return domain.Errorf(domain.CodeStorageFull, "the copy %s cannot be kept", name).WithHint("make room and try again; nothing was changed").Because(err)
		}
	}
	return nil
}

func synced(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
