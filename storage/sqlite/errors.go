package sqlite

import (
	"errors"

	driver "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"till/domain"
)

// codeOf is SQLite's extended result code of an error; 0 when SQLite did not make it. Its English text
// changes from version to version and is never looked at.
func codeOf(err error) int {
	if e, ok := errors.AsType[*driver.Error](err); ok {
		return e.Code()
	}
	return 0
}

// primary is the result code without what extends it.
func primary(err error) int { return codeOf(err) & 0xff }

// isBusy tells whether somebody else holds a lock, which goes away by itself.
func isBusy(err error) bool {
	switch primary(err) {
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED, lib.SQLITE_PROTOCOL:
		return true
	}
	return false
}

// isCorrupt tells whether the file does not hold what SQLite wrote.
func isCorrupt(err error) bool {
	switch primary(err) {
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		return true
	}
	return false
}

// isFull tells whether there was no room: on the disk, or for this user. SQLite calls only the first of them so; a quota, a
// limit and no room for the index of the log are other errors of its.
func isFull(err error) bool {
	switch codeOf(err) {
	case lib.SQLITE_IOERR_WRITE, lib.SQLITE_IOERR_SHMSIZE, lib.SQLITE_IOERR_SHMOPEN, lib.SQLITE_IOERR_SHMMAP:
		return true
	}
	return primary(err) == lib.SQLITE_FULL
}

// isReadonly tells whether the file, or its folder, may not be written.
func isReadonly(err error) bool {
	switch primary(err) {
	case lib.SQLITE_READONLY, lib.SQLITE_PERM, lib.SQLITE_CANTOPEN:
		return true
	}
	return false
}

// translate says in till's own codes what SQLite's error means. What is not SQLite's passes through.
func (db *DB) translate(err error) error {
	if _, done := errors.AsType[*domain.Error](err); done || codeOf(err) == 0 {
		return err
	}
	switch {
	case isBusy(err):
		return domain.Errorf(domain.CodeBusy, "%s is locked by another program", db.path).
			WithHint("close what else has it open for writing, or try again").Because(err)
	case isCorrupt(err):
		return db.damaged().Because(err)
	case isFull(err):
		return domain.Errorf(domain.CodeStorageFull, "the disk of %s is full, or lets you store no more; nothing was stored", db.path).
			WithHint("make room, or have your quota or limit raised, and try again").Because(err)
	case isReadonly(err):
		return notWritable(db.path, err)
	}
	return domain.Errorf(domain.CodeInternal, "SQLite failed on %s", db.path).Because(err)
}

func (db *DB) damaged() *domain.Error {
	return domain.Errorf(domain.CodeStorageCorrupt, "%s is damaged or is no till database", db.path).
		WithHint("keep a copy of it as it is, and go back to a backup")
}

// unfit is the error of one who opens a file: where SQLite does not know its format, or finds other tables in it than
// its schema has, that is damage too. Later such an error is a fault of till.
func (db *DB) unfit(err error) error {
	if primary(err) == lib.SQLITE_ERROR {
		return db.damaged().Because(err)
	}
	return err
}

// cutOff is the error for a journal that does not end where it was written to.
func (db *DB) cutOff() error {
	return domain.Errorf(domain.CodeStorageCorrupt, "the journal in %s does not end where it was written to", db.path).
		WithHint("see `till journal verify`, and go back to a backup")
}

func notWritable(path string, err error) error {
	return domain.Errorf(domain.CodeStorageReadonly, "%s cannot be written", path).
		WithHint("check that you may write the file and its folder, and that the disk is not read-only").Because(err)
}
