package sandbox

import (
	"database/sql"
	"testing"
)

// A statement is read once, and also runs while it runs already.
func TestStatementsAreKept(t *testing.T) {
	driver, err := sqliteDriver()
	if err != nil {
		t.Fatal(err)
	}
	db := sql.OpenDB(connector{driver, "file::memory:"})
	db.SetMaxOpenConns(1)
	tx, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	const query = "WITH v(value) AS (VALUES (1), (2)) SELECT value FROM v WHERE value > ?"
	var nested func(depth int)
	found := 0
	nested = func(depth int) {
		rows, err := tx.QueryContext(t.Context(), query, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			if found++; depth > 0 {
				nested(depth - 1)
			}
		}
		if err := rows.Err(); err != nil {
			t.Error(err)
		}
	}
	nested(1)
	nested(0)
	if found != 2+2*2+2 {
		t.Errorf("%d rows", found)
	}
	if err := tx.Rollback(); err != nil {
		t.Error(err)
	}
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := conn.Raw(func(c any) error {
		if kept := c.(*connection).kept; len(kept) != 1 || kept[query] == nil || kept[query].lent {
			t.Error(kept)
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
	if err := conn.Close(); err != nil {
		t.Error(err)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
}
