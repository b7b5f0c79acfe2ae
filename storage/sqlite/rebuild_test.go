package sqlite

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// dump gives every view, row by row, and every word of the search with its orders.
func dump(t testing.TB, db *DB) string {
	t.Helper()
	var lines []string
	check(t, db.writer.script("create virtual table temp.words using fts5vocab('main', 'search', 'instance')"))
	for _, table := range []string{"head", "counters", "orders", "names", "timers", "disputes", "cares", "takings", "words"} {
		check(t, db.writer.once(func(rows *sql.Rows) error {
			columns, err := rows.Columns()
			if err != nil {
				return err
			}
			values := make([]any, len(columns))
			for i := range values {
				values[i] = &values[i]
			}
			if err := rows.Scan(values...); err != nil {
				return err
			}
			lines = append(lines, fmt.Sprintln(table, values))
			return nil
		}, "select * from "+table))
	}
	check(t, db.writer.script("drop table temp.words"))
	slices.Sort(lines)
	return strings.Join(lines, "")
}

func TestRebuildGivesTheSame(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "till.db"))
	booked := book(t, db, 40)
	for _, o := range booked[:20] {
		answer(t, db, o)
	}
	for i, o := range booked[20:30] {
		disputed(t, db, o, i)
	}
	fill(t, db, 5)
	before := dump(t, db)
	if strings.Count(before, "\n") < 500 {
		t.Fatalf("that is not all: %s", before)
	}
	check(t, db.Rebuild(t.Context()))
	if after := dump(t, db); after != before {
		t.Errorf("\n%s\nis not\n%s", after, before)
	}
	check(t, db.writer.exec("insert into search (search, rank) values ('integrity-check', 1)"))
}
