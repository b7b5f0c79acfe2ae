package sandbox_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"
	"time"

	"till/domain"
)

// plain gives the path of the file in a form that needs no escaping: the same file by another name.
func (d *desk) plain() string {
	d.Helper()
	path := filepath.Join(d.TempDir(), "same.db")
	if err := os.Symlink(d.path, path); err != nil {
		d.Fatal(err)
	}
	return path
}

// TestOldFiles: what the first schema wrote is still true, and goes on.
func TestOldFiles(t *testing.T) {
	d := newDesk(t)
	d.path = filepath.Join(t.TempDir(), "old.sandbox.db")
	schema, err := os.ReadFile("schema1.sql")
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", d.path)
	if err != nil {
		t.Fatal(err)
	}
	const at = "2026-03-01T13:00:00.000000Z"
	for _, statement := range []string{
		string(schema),
		`INSERT INTO account VALUES ('pay_1', 'gwp_1', 'EUR', '` + at + `'), ('pay_2', 'gwp_2', 'EUR', '` + at + `')`,
		`INSERT INTO call VALUES (1, '` + at + `', 'k', 'pay_1', 'authorize pay_1  1000 EUR true', '10000', 'no rule says otherwise', 1)`,
		`INSERT INTO call VALUES (2, '` + at + `', 'h', 'pay_2', 'authorize pay_2  500 EUR false', '10000', 'no rule says otherwise', 1)`,
		`INSERT INTO fact VALUES (1, 1, 'pay_1', 'act_1', '` + at + `', 'k', 'payment_approved', 1000, 0, '', '')`,
		`INSERT INTO fact VALUES (2, 1, 'pay_1', 'act_2', '` + at + `', 'k', 'payment_captured', 1000, 0, '', '')`,
		`INSERT INTO fact VALUES (3, 2, 'pay_2', 'act_3', '` + at + `', 'h', 'payment_approved', 500, 0, '', '')`,
		`PRAGMA user_version = 1`,
	} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	d.Sandbox = d.open()
	all := d.facts()
	if len(all) != 2 || all[1].Event != domain.Captured || !all[1].Final || all[0].Final {
		t.Errorf("%+v", all)
	}
	if again := d.do(sale("k", visa, 1000)); again.ProviderID != "act_1" {
		t.Errorf("the key is forgotten: %+v", again)
	}
	if got := d.do(change(domain.RefundMoney, "r", 400)); got.Status != domain.Succeeded {
		t.Errorf("%+v", got)
	}
	if got := d.timers(); len(got) != 1 || got[0].Subject != "pay_2" || !got[0].At.Equal(noon.AddDate(0, 0, 27).Add(time.Hour)) {
		t.Errorf("a hold from before does not lapse: %+v", got)
	}
}
