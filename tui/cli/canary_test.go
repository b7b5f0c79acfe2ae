package cli_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"till/tui/cli"
)

// canary is a line of commands on real files whose every output and file is searched for what must not be there.
type canary struct {
	*testing.T
	said strings.Builder
}

// till runs a command, whatever its exit code, and gives what it said on stdout.
func (c *canary) till(in string, args ...string) string {
	c.Helper()
	var out, errs strings.Builder
	code := cli.Execute(c.Context(), args, cli.IO{In: strings.NewReader(in), Out: &out, Err: &errs}, wiring())
	c.said.WriteString(out.String() + errs.String())
	if strings.Contains(errs.String(), `"code":"internal"`) {
		c.Errorf("%v: exit %d, %s", args, code, errs.String())
	}
	return out.String()
}

func (c *canary) keep(text, path string) string {
	c.Helper()
	value, err := cli.LookUp(text, path)
	if err != nil {
		c.Fatal(err)
	}
	return cli.AsText(value)
}

// number is a valid card number that belongs to no test card, typed as people type it; the sandbox declines it, and
// nothing else in the files looks like its middle.
const (
	number  = "4556737586899855"
	spaced  = "4556 7375 8689 9855"
	dashed  = "4556-7375-8689-9855"
	iban    = "GB18BARC20035360417289" // of nobody
	approve = "4543474002249996"
	code    = "907"
)

// TestCanary: no card number beyond its last four and no CVV is in any file, output or error, wherever somebody
// typed it (promise 6).
func TestCanary(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TILL_DB", filepath.Join(folder, "till.db"))
	c := &canary{T: t}
	doc, err := json.Marshal(map[string]any{
		"reference": "r " + dashed, "notes": "n " + spaced, "language": number,
		"client":           map[string]any{"email": number + "@b.example", "phone": spaced, "first_name": number, "last_name": dashed, "legal_name": spaced},
		"billing_address":  map[string]any{"address_1": number, "address_2": spaced, "city": dashed, "postcode": number, "country_area": number},
		"products":         []any{map[string]any{"sku": number, "title": "tea " + spaced, "price": "12"}},
		"success_redirect": "https://x.example/" + number, "in_progress_redirect": "https://x.example/?c=" + dashed, "failure_redirect": "https://" + number + ".example/",
		"metadata": map[string]any{"text": spaced, number: 1, "list": []any{json.Number(number)}, "inner": map[string]any{"a": dashed}},
	})
	if err != nil {
		t.Fatal(err)
	}
	// Written as escapes, digits are digits all the same.
	text := strings.Replace(string(doc), `"a":"4556`, `"a":"\u0034\u0035\u0035\u0036`, 1)
	order := c.keep(c.till(text, "order", "issue", "--json", "-f", "-"), "id")
	c.pay(order)
	c.people()
	c.sources()
	c.disputes()
	c.payouts()
	c.elsewhere()
	c.looks(order)
	c.search(folder)
}

// pay pays by card, also with one that is declined, and has the number in every field of every command about money.
func (c *canary) pay(order string) {
	c.till("", "pay", order, "--json", "--card", number, "--expiry", "12/34", "--cvv", code, "--name", spaced)
	c.till(dashed+"\n"+code+"\n", "pay", order, "--card", "-", "--expiry", "12/34", "--cvv", "-")
	c.till("", "sandbox", "fault", "set", "authorize", "timeout_after")
	unknown := c.till("", "pay", order, "--json", "--card", approve, "--expiry", "12/34", "--cvv", code, "--capture", "manual",
		"--reference", number, "--description", spaced, "--idempotency-key", "k1")
	c.till("", "pay", order, "--json", "--card", number, "--expiry", "12/34", "--cvv", code, "--capture", "manual",
		"--reference", number, "--description", spaced, "--idempotency-key", "k1")
	payment := c.keep(unknown, "id")
	c.till("", "payment", "sync", payment, "--json")
	c.till("", "payment", "capture", payment, "--amount", "5", "--reference", dashed, "--operator", number)
	c.till("", "payment", "refund", payment, "--amount", "1", "--reason", "r "+spaced, "--reference", number)
	c.till("", "payment", "refund", payment, "--amount", "1", "--idempotency-key", number)
	c.till("", "payment", "void", payment, "--reference", number)
	c.till("", "pay", order, "--tender", "cash", "--amount", number)
	held := c.keep(c.till("", "order", "issue", "--json", "--email", "a@b.example", "--item", "cup "+spaced+"@20"), "id")
	c.till("", "pay", held, "--card", approve, "--expiry", "12/34", "--cvv", code, "--capture", "manual")
	c.till("", "order", "cancel", held, "--reason", number)
	c.till("", "order", "discard", held, "--reason", number)
}

// people has the number in everything that a customer tells, and in what is to be charged again.
func (c *canary) people() {
	told := []string{
		"--phone", spaced, "--first-name", number, "--last-name", dashed, "--legal-name", spaced, "--notes", number,
		"--address-1", spaced, "--address-2", number, "--city", dashed, "--postcode", number, "--area", spaced,
	}
	who := c.keep(c.till("", append([]string{"customer", "add", "--json", "--email", number + "@b.example"}, told...)...), "id")
	c.till("", append([]string{"customer", "update", who}, told...)...)
	c.till("", "customer", "update", who, "--email", number)
	mandate := c.keep(c.till("", "mandate", "setup", who, "--json", "--card", approve, "--expiry", "12/34", "--cvv", code, "--name", spaced), "id")
	c.till("", "mandate", "setup", who, "--card", number, "--expiry", "12/34", "--cvv", code)
	c.till(dashed+"\n"+code+"\n", "mandate", "setup", who, "--json", "--card", "-", "--expiry", "12/34", "--cvv", "-")
	c.till("", "mandate", "setup", who, "--json", "--token", number)
	c.till("", "mandate", "setup", number, number)
	c.till("", "mandate", "revoke", mandate, "--idempotency-key", number)
	for _, args := range [][]string{
		{"customer", "show", who},
		{"customer", "show", number},
		{"customer", "list"},
		{"customer", "list", number},
		{"customer", "forget", number},
		{"source", "list"},
		{"source", "list", number},
		{"source", "remove", number},
		{"mandate", "list"},
		{"mandate", "pause", number},
	} {
		c.till("", args...)
		c.till("", append(args, "--json")...)
	}
}

// sources types it into everything that can be paid with, and into what can be changed of a payment.
func (c *canary) sources() {
	order := c.keep(c.till("", "order", "issue", "--json", "--email", "a@b.example", "--item", "Tea@20"), "id")
	for _, source := range [][]string{
		{"--token", number},
		{"--token", "tok_" + number},
		{"--source", spaced},
		{"--source", "src_" + number, "--cvv", code},
		{"--source", "src_1", "--cvv", code + code},
		{"--customer", dashed},
		{"--method", number},
		{"--method", "ideal", "--bic", number},
		{"--method", "voucher", "--field", number + "=" + spaced, "--field", "a=" + dashed, "--metadata", number + "=" + spaced},
		{"--source-json", number},
		{"--source-json", `{"number":` + number + `,"expiry_month":12,"expiry_year":2034,"cvv":"` + code + `","name":"` + spaced + `"}`},
		{"--source-json", `{"number":"` + spaced + `","cvv":"` + code + code + `","` + number + `":1}`},
		{"--source-json", `{"type":"` + number + `","` + number + `":"` + dashed + `"}`},
		{"--source-json", `{"type":"sepa","iban":"` + number + `"}`},
		{"--source-json", `{"token":"` + number + `"}`},
		{"--source-json", `{"id":"` + number + `"}`},
	} {
		said := c.till("", append([]string{"pay", order, "--json"}, source...)...)
		if strings.Contains(said, `"is_pending":true`) {
			c.till("", "payment", "cancel", c.keep(said, "id"))
		}
		order = c.keep(c.till("", "order", "issue", "--json", "--email", "a@b.example", "--item", "Tea@20"), "id")
	}
	opened := c.keep(c.till("", "payment", "open", order, "--form", "--json"), "id")
	c.till("", "payment", "update", opened, "--method", number)
	c.till("", "payment", "update", opened, "--method", "voucher", "--field", "a="+spaced, "--billing-address", `{"city":"`+number+`","postcode":"`+dashed+`"}`)
	c.till("", "payment", "update", opened, "--billing-address", `{"`+number+`":"`+spaced+`","country_code":"`+number+`"}`)
	c.till("", "payment", "update", opened, "--date", number, "--"+number)
	c.till("", "payment", "fraud", opened, "review", "--message", spaced)
	c.till("", "payment", "fraud", opened, number)
	c.till("", "payment", "complete", opened, "--result", number)
	c.till("", "payment", "increment", opened, "--by", number)
	paid := c.keep(c.till("", "pay", order, "--json", "--card", approve, "--expiry", "12/34", "--cvv", code, "--save", "--retries", "1"), "id")
	c.till("", "payment", "refund", paid, "--line", number+"*"+number)
	c.till("", "payment", "refund", paid, "--line", spaced, "--json")
	c.till("", "payment", "refund", paid, "--line", "Tea", "--reason", number)
}

// disputes has the number in all that is said about a dispute, and in files and their names.
func (c *canary) disputes() {
	order := c.keep(c.till("", "order", "issue", "--json", "--email", "a@b.example", "--item", "Tea@20"), "id")
	paid := c.keep(c.till("", "pay", order, "--json", "--card", approve, "--expiry", "12/34", "--cvv", code), "id")
	dispute := c.keep(c.till("", "sandbox", "dispute", paid, "--json"), "id")
	file := func(name, text string) string {
		path := filepath.Join(c.TempDir(), name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			c.Fatal(err)
		}
		return path
	}
	in, named := file("in.txt", "paid with "+spaced), file(number+".txt", "a slip")
	for _, args := range [][]string{
		{"dispute", "evidence", dispute, "--file", in},
		{"dispute", "evidence", dispute, "--file", filepath.Join(c.TempDir(), number)},
		{"dispute", "evidence", dispute, "--file", named, "--text", "it was " + dashed},
		{"dispute", "evidence", dispute, "--file", named, "--text", number, "--submit"},
		{"dispute", "show", number},
		{"dispute", "list", "--after", number},
		{"dispute", "file", dispute, "--stage", number},
		{"dispute", "decline", dispute, "--idempotency-key", number},
		{"sandbox", "dispute", paid, "--stage", number, "--reason", spaced},
		{"sandbox", "dispute", paid, "--previous", number},
		{"sandbox", "advance", dispute, "--outcome", number},
		{"sandbox", "advance", number, "--outcome", number},
	} {
		c.till("", args...)
		c.till("", append(args, "--json")...)
	}
}

// payouts has it in all that a payout is told, and an account's number where that belongs and where it does not.
func (c *canary) payouts() {
	made := c.keep(c.till("", "payout", "create", "--json", "--amount", "5", "--name", number, "--iban", iban,
		"--reference", spaced, "--description", dashed), "id")
	c.till("", "payout", "create", "--amount", "5", "--iban", number, "--customer", number, "--variant", number)
	c.till("", "payout", "create", "--amount", "5", "--iban", iban+"1", "--name", "Ann")
	c.till("", "sandbox", "fault", "set", "payout_confirm", "timeout_after")
	c.till(iban[:4]+" "+iban[4:]+"\n", "payout", "confirm", made, "--iban", "-", "--name", spaced, "--idempotency-key", "p1")
	c.till("", "payout", "confirm", made, "--iban", iban, "--name", spaced, "--idempotency-key", "p1")
	c.till("", "payout", "sync", made, "--json")
	c.till("", "payout", "cancel", made, "--idempotency-key", number)
	c.till("", "payout", "show", number)
	c.till("", "sandbox", "payout", made, "--outcome", number)
	c.till("", "payout", "list", "--json")
	c.till("", "customer", "forget", made)
}

// elsewhere types it where it does not belong at all.
func (c *canary) elsewhere() {
	file := filepath.Join(c.TempDir(), "lines.jsonl")
	lines := `{"sku":"` + number + `","title":"` + spaced + `","note":"` + dashed + `","barcode":"` + number + `","price":1}` + "\n"
	if err := os.WriteFile(file, []byte(lines), 0o600); err != nil {
		c.Fatal(err)
	}
	c.till("", "catalog", "import", file)
	lines = `{"reference":"` + number + `","client":{"email":"a@b.example"},"products":[{"title":"tea","price":3}]}` + "\n" +
		`{"` + number + `":"` + spaced + `"}` + "\n" + number + "\n"
	if err := os.WriteFile(file, []byte(lines), 0o600); err != nil {
		c.Fatal(err)
	}
	for range 2 {
		c.till("", "import", file, "--pay", "card")
	}
	for _, args := range [][]string{
		{number},
		{"order", number},
		{"order", "show", number},
		{"order", "list", "--query", number},
		{"order", "list", "--status", number},
		{"pay", number, "--card", number, "--expiry", number, "--cvv", number},
		{"pay", "x", "--card", "4242 4242 4242 4241", "--expiry", "12/34", "--cvv", code + code},
		{"payment", "show", number},
		{"payment", "capture", number, "--amount", number},
		{"refund", "show", number},
		{"machine", number},
		{"sandbox", "fault", "set", number, number},
		{"journal", "list", "--for", number},
		{"receipt", number},
		{"order", "issue", "--" + number},
	} {
		c.till("", args...)
		c.till("", append(args, "--json")...)
	}
}

// looks prints everything that there is to see.
func (c *canary) looks(order string) {
	for _, args := range [][]string{
		{"order", "list"},
		{"order", "show", order},
		{"payment", "list"},
		{"journal", "list"},
		{"journal", "verify"},
		{"catalog", "list"},
		{"receipt", order},
		{"receipt", order, "--format", "escpos"},
		{"machine", "order", "--for", order},
		{"machine", "payment", "--for", order},
	} {
		c.till("", args...)
		c.till("", append(args, "--json")...)
	}
}

// codes is the CVV twice, as it was typed into other fields; six digits are in a hash by chance now and then.
var codes = regexp.MustCompile(`(?:^|[^0-9a-f])` + code + code + `(?:[^0-9a-f]|$)`)

// search looks for the middle of the numbers, with nothing and with anything between the digits, and for the CVV
// where it would be a value.
func (c *canary) search(folder string) {
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(files) < 2 {
		c.Fatalf("%v, %v", files, err)
	}
	places := map[string][]byte{"an output": []byte(c.said.String())}
	for _, file := range files {
		if places[filepath.Base(file)], err = os.ReadFile(file); err != nil {
			c.Fatal(err)
		}
	}
	for place, text := range places {
		for _, secret := range []string{
			number[:12], number[4:], iban[4:], iban[:18], spaced[:14], dashed[:14], "7375 8689", "7375-8689", "u0034", approve[:12], approve[4:],
			`"` + code + `"`, "cvv=" + code,
		} {
			if i := bytes.Index(text, []byte(secret)); i >= 0 {
				c.Errorf("%s has %q: %q", place, secret, text[max(0, i-60):min(len(text), i+60)])
			}
		}
		if at := codes.FindIndex(text); at != nil {
			c.Errorf("%s has the CVV twice: %q", place, text[max(0, at[0]-60):min(len(text), at[1]+60)])
		}
	}
	if !strings.Contains(c.said.String(), "9855") || !strings.Contains(c.said.String(), "9996") {
		c.Error("not even the last four are there: nothing was searched")
	}
}
