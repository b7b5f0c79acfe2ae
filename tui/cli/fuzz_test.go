package cli_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"till/storage/storagetest"
	"till/tui/cli"
)

// commandLines are of the real grammar, a word for each field.
var commandLines = []string{
	"order list --json", "order issue --email a@b.example --item Tea@3*2 --json", "order show 1 --json", "order show 1 --at 2 --response-type minimum", "pay 1 --tender cash --tendered 50",
	"pay 1 --card 4242424242424242 --expiry 12/34 --cvv 123 --json", "payment list --status captured --from 1700000000 --size 3 --page 1", "payment refund pay_1 --amount 1.00 --reason torn",
	"order cancel 1 --reason x --if-version 3 --json", "order extend 1 --due 2030-01-31T12:00:00Z", "clock advance 28d --json", "machine order --format mermaid --for 1", "journal list --after 2 --json",
	"sandbox fault set capture timeout_after --times 2", "dispute list --open --sort respond_by", "catalog list --query x", "methods --amount 5 --currency USD --json", "--demo order list",
	"customer add --email a@b.example --phone 1 --json", "payout create --amount 120 --name Ann --iban DE89370400440532013000", "shift open --float 100", "lens stripe --operations", "help order issue", "help order --json", "order issue --help --json", "order --json -h",
	"order issue -f -", "pay 1 --source-json {\"number\":4242424242424242} --json", "version --json", "completion bash", "receipt 1 --format escpos", "--json", "order lst", "payment capture 1 --amount 1e400 --json",
}

// tame tells whether a command line leaves alone what is not in its folder, comes to an end, and is no scenario, which runs
// whatever it says.
func tame(args []string) bool {
	for _, arg := range args {
		if strings.ContainsAny(arg, "/\\~") || strings.Contains(arg, "..") || strings.Contains(arg, "tail") || strings.Contains(arg, "man") || arg == "run" || strings.HasPrefix(arg, "@") {
			return false
		}
	}
	return true
}

// lines gives the check on a command line: it ends with an exit code of ours, fails in words on stderr alone, answers
// JSON where that is asked for, and says nothing that a terminal acts on. All run on one till, in a folder of its own.
func lines(t testing.TB) func(t testing.TB, line string) {
	home := t.TempDir()
	w := wiring()
	w.Console = func(context.Context, cli.Settings) error { return nil }
	env := map[string]string{"TILL_DB": filepath.Join(home, "till.db"), "TILL_CONFIG": ""}
	run := func(ctx context.Context, args []string) (out, errs strings.Builder, code int) {
		code = cli.Execute(ctx, args, cli.IO{
			In: strings.NewReader(commandLines[1]), Out: &out, Err: &errs, Folder: home, Env: func(name string) string { return env[name] },
		}, w)
		return out, errs, code
	}
	for _, line := range []string{commandLines[1], "pay 1 --tender cash", commandLines[1]} {
		run(t.Context(), strings.Fields(line))
	}
	return func(t testing.TB, line string) {
		args := strings.Fields(line)
		if !tame(args) {
			return
		}
		out, errs, code := run(t.Context(), args)
		if complaint := judged(args, out.String(), errs.String(), code); complaint != "" {
			t.Fatalf("till %q, exit %d: %s", args, code, complaint)
		}
	}
}

func FuzzCommandLine(f *testing.F) {
	for _, line := range append(storagetest.Hostile(), commandLines...) {
		f.Add(line)
	}
	check := lines(f)
	f.Fuzz(func(t *testing.T, line string) { check(t, line) })
}

func TestAnyCommandLine(t *testing.T) {
	check := lines(t)
	for _, line := range commandLines {
		check(t, line)
	}
	n := storagetest.Mutants(t, 400, commandLines, func(line string) { check(t, line) })
	t.Logf("proof: %d command lines, each with an exit code of ours and an inert answer", n)
}

// importedFiles are files as an import and the catalogue take them.
var importedFiles = []string{
	`{"reference":"R1","client":{"email":"a@b.example"},"products":[{"title":"tea","price":3}]}` + "\n" + `{"reference":"R2","client":{"phone":"1"},"products":[{"title":"tea","price":"3.50","quantity":2}],"issued_at":1600000000}`,
	`{"reference":"R3","currency":"JPY","client":{"email":"a@b.example"},"products":[{"title":"tea","price":300}],"expected_total":"300"}`,
	`{"sku":"7","title":"Tea","price":4.50,"currency":"EUR","barcode":"4006381333931","tax_percent":19}`,
	"\ufeff{}\r\n\r\n[]\n", `{"reference":"\u001b[2J","client":{"email":"a@b.example"},"products":[{"title":"\u202e","price":1e-1}]}`,
}

// imports gives the check on a file: each of its lines is issued, skipped or refused by its number; twice it issues nothing more.
func imports(t testing.TB) func(t testing.TB, text string) {
	home := t.TempDir()
	check := func(t testing.TB, args ...string) (string, int) {
		var out, errs strings.Builder
		code := cli.Execute(t.Context(), args, cli.IO{
			In: strings.NewReader(""), Out: &out, Err: &errs, Folder: home,
			Env: func(name string) string { return map[string]string{"TILL_DB": filepath.Join(home, "till.db")}[name] },
		}, wiring())
		if complaint := judged(args, out.String(), errs.String(), code); complaint != "" {
			t.Fatalf("till %q, exit %d: %s", args, code, complaint)
		}
		return out.String(), code
	}
	return func(t testing.TB, text string) {
		if err := os.WriteFile(filepath.Join(home, "lines.jsonl"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		first, code := check(t, "import", "lines.jsonl", "--pay", "card", "--json")
		if code != 0 && code != 2 && code != 6 {
			t.Fatalf("exit %d: %s", code, first)
		}
		if again, _ := check(t, "import", "lines.jsonl", "--pay", "card", "--json"); first != "" && !strings.Contains(again, `"issued":0`) {
			t.Fatalf("%q is issued again: %s, then %s", text, first, again)
		}
		check(t, "catalog", "import", "lines.jsonl", "--json")
	}
}

func FuzzImport(f *testing.F) {
	for _, text := range append(storagetest.Hostile(), importedFiles...) {
		f.Add(text)
	}
	check := imports(f)
	f.Fuzz(func(t *testing.T, text string) { check(t, text) })
}

func TestAnyImport(t *testing.T) {
	check := imports(t)
	n := storagetest.Mutants(t, 60, importedFiles, func(text string) { check(t, text) })
	t.Logf("proof: %d files imported twice, nothing issued twice", n)
}
