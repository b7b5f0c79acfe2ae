package sqlite

import (
	"embed"

	"till/domain"
)

// schema holds the numbered steps. A step that is out in the world is never changed: a new one is added. The
// views are made anew after every step, so a step may drop them, or be empty, when what they hold changes.
//
//go:embed schema/*.sql
var schema embed.FS

// applicationID marks the file as a till's, in its header: "till" in ASCII.
const applicationID = 0x74696c6c

// version is how many steps the file has; 0 for a new one. It refuses what is not ours to write.
func (db *DB) version(known int) (int, error) {
	var version, id, tables int
	_, err := db.writer.first([]any{&version, &id, &tables},
		"select (select user_version from pragma_user_version), (select application_id from pragma_application_id), (select count(*) from sqlite_schema)")
	switch {
	case err != nil:
		return 0, err
	case version == 0 && tables == 0:
		return 0, nil
	case version < 0:
		return 0, db.damaged()
	case id != applicationID:
		return 0, domain.Errorf(domain.CodeInvalid, "%s is a database of another program", db.path).
			WithHint("name another file")
	case version > known:
		return 0, domain.Errorf(domain.CodeInternal, "%s has schema %d, this till knows %d", db.path, version, known).
			WithHint("it was written by a newer till: use that one")
	}
	return version, nil
}
