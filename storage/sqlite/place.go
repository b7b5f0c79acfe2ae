package sqlite

import (
	"os"
	"path/filepath"

	"till/domain"
)

// SQLite goes on with a file that was removed or replaced under it: what it stores then is in no file that anybody can open,
// and another till that opens the new one with the old log spoils it. So it is looked whether the files are still those
// that were opened, before each read at the database and before each write at its log and index too.

// resolved is where a file lies: SQLite has its log and index there, not beside a link to it.
func resolved(path string) string {
	if there, err := filepath.EvalSymlinks(path); err == nil {
		return there
	}
	return path // there is none yet, or the link leads nowhere
}

// note remembers which files were opened. Beside a file that only may be read there may be none.
func (db *DB) note() error {
	info, err := os.Stat(db.path)
	if err != nil {
		return db.gone("").Because(err)
	}
	db.opened = map[string]os.FileInfo{"": info}
	for _, side := range []string{"-wal", "-shm"} {
		if info, err := os.Stat(db.path + side); err == nil {
			db.opened[side] = info
		}
	}
	return nil
}

// inPlace fails unless the files of these names are those that were opened.
func (db *DB) inPlace(sides ...string) error {
	for _, side := range sides {
		was := db.opened[side]
		if was == nil {
			continue
		}
		if info, err := os.Stat(db.path + side); err != nil || !os.SameFile(info, was) {
			return db.gone(side)
		}
	}
	return nil
}

func (db *DB) gone(side string) *domain.Error {
	return domain.Errorf(domain.CodeStorageCorrupt, "%s was removed or replaced while this till had it open; nothing was stored", db.path+side).
		WithHint("end every till that has it open, put the right file in its place, and begin again; till doctor looks at it")
}
