package sqlite

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
)

// What is read while a shift is closed depends on what is new, not on how long the journal is; and a cash sale looks
// into no more than one row.
func TestShiftsWalkIndexes(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "till.db"))
	for query, want := range map[string][]string{
		livesQuery:     {"SEARCH journal USING INDEX journal_stream (stream=?)", "SEARCH journal USING INTEGER PRIMARY KEY (rowid>?)"},
		openShiftQuery: {"SEARCH names USING PRIMARY KEY (kind=? AND name=?)"},
	} {
		plan := ""
		check(t, db.writer.once(func(rows *sql.Rows) error {
			var id, parent, unused int
			var step string
			err := rows.Scan(&id, &parent, &unused, &step)
			plan += step + "\n"
			return err
		}, "explain query plan "+strings.ReplaceAll(query, "?", "0")))
		for _, step := range want {
			if !strings.Contains(plan, step) || strings.Contains(plan, "SCAN") || strings.Contains(plan, "TEMP B-TREE FOR ORDER") {
				t.Errorf("%s\nis read by\n%s", query, plan)
			}
		}
	}
}
