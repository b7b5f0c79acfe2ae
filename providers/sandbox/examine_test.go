package sandbox_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"till/domain"
	"till/providers/sandbox"
)

// examined is what Examine finds at the desk's file, by the names of the checks.
func (d *desk) examined() (map[string]domain.Check, []domain.Books) {
	d.Helper()
	checks, books := sandbox.Examine(d.Context(), d.path, 10)
	found := map[string]domain.Check{}
	for _, c := range checks {
		if c.OK != (c.Advice == "") || c.Detail == "" {
			d.Errorf("%+v", c)
		}
		found[c.Name] = c
	}
	return found, books
}

func TestExamine(t *testing.T) {
	d := newDesk(t)
	d.do(sale("a", visa, 300))
	found, books := d.examined()
	for _, name := range []string{"sandbox", "outbox", "faults"} {
		if !found[name].OK {
			t.Errorf("%s: %+v", name, found[name])
		}
	}
	if len(books) != 1 || books[0].Payment != "pay_1" || books[0].Captured != 300 {
		t.Errorf("%+v", books)
	}

	d.must(d.HoldBack(d.Context(), true))
	if c, _ := d.examined(); c["outbox"].OK || !strings.Contains(c["outbox"].Detail, "holds notices back") {
		t.Errorf("%+v", c)
	}
	d.do(change(domain.RefundMoney, "r", 100))
	d.must(d.HoldBack(d.Context(), false))
	if c, _ := d.examined(); c["outbox"].OK || !strings.Contains(c["outbox"].Detail, "by hand: 1") {
		t.Errorf("%+v", c)
	}
	d.must(d.Delay(d.Context(), time.Hour, "3"))
	d.must(d.SetFault(d.Context(), domain.Fault{Operation: domain.Void, Name: "garbled", Times: 1}))
	if c, _ := d.examined(); c["faults"].OK || !strings.Contains(c["faults"].Detail, "void garbled") {
		t.Errorf("%+v", c)
	}
}

func TestExamineFilesThatCannotBeOpened(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	if checks, books := sandbox.Examine(t.Context(), path, 10); len(checks) != 1 || !checks[0].OK || books != nil {
		t.Errorf("%+v", checks)
	}
	if err := os.WriteFile(path, []byte(strings.Repeat("Dear diary ", 999)), 0o600); err != nil {
		t.Fatal(err)
	}
	if checks, _ := sandbox.Examine(t.Context(), path, 10); len(checks) != 1 || checks[0].OK || !strings.Contains(checks[0].Advice, "backup") {
		t.Errorf("%+v", checks)
	}
}
