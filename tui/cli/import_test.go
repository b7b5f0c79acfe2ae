package cli_test

import (
	"path/filepath"
	"strings"
	"testing"

	"till/tui/cli"
)

// What an earlier import left unpaid is settled by the next: orders that it was told not to settle, and a payment whose answer was
// lost, which began with its order or after it.
func TestImportGoesOn(t *testing.T) {
	t.Setenv("TILL_DB", filepath.Join(t.TempDir(), "till.db"))
	till := func(want int, args ...string) string {
		t.Helper()
		var out, said strings.Builder
		code := cli.Execute(t.Context(), args, cli.IO{In: strings.NewReader(strings.Join(manyOrders(), "")), Out: &out, Err: &said}, wiring())
		if code != want {
			t.Fatalf("till %q: exit %d, %s%s", args, code, out.String(), said.String())
		}
		return strings.TrimSpace(out.String())
	}
	imported := func(want string, args ...string) {
		t.Helper()
		if got := till(0, append([]string{"import", "-", "--json"}, args...)...); got != want {
			t.Errorf("import %q: %s, want %s", args, got, want)
		}
	}
	paid := func(want int) {
		t.Helper()
		if got := strings.Count(till(0, "order", "list", "--status", "paid", "--json"), `"balance_due":"0.00"`); got != want {
			t.Errorf("%d are paid, want %d: %s", got, want, till(0, "order", "list", "--json"))
		}
	}
	for range 2 { // the second time the orders were issued before, and not settled
		till(0, "sandbox", "fault", "set", "authorize", "timeout_after")
		till(2, "import", "-", "--pay", "card")
		till(0, "sandbox", "fault", "clear")
		imported(`{"issued":0,"skipped":3,"failed":[]}`, "--pay", "card")
		paid(3)
		t.Setenv("TILL_DB", filepath.Join(t.TempDir(), "till.db"))
		imported(`{"issued":3,"skipped":0,"failed":[]}`)
		paid(0)
	}
}
