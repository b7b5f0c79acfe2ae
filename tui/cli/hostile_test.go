package cli_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"unicode/utf8"

	"till/domain"
	"till/domain/till"
	"till/storage/storagetest"
	"till/tui/cli"
)

// sayer runs commands and judges what they say.
type sayer struct {
	*testing.T
	w     cli.Wiring
	said  int // how many answers were judged
	codes map[int]int
}

// exitCodes are all that the README has.
var exitCodes = []int{0, 1, 2, 3, 4, 5, 6, 7, 130}

// till runs a command and fails if its answer could drive a terminal, is no JSON where that was asked for, or has an exit
// code that nobody has heard of.
func (s *sayer) till(in string, args ...string) (string, int) {
	s.Helper()
	var out, errs strings.Builder
	code := cli.Execute(s.Context(), args, cli.IO{In: strings.NewReader(in), Out: &out, Err: &errs}, s.w)
	if complaint := judged(args, out.String(), errs.String(), code); complaint != "" {
		s.Errorf("till %q, exit %d: %s", args, code, complaint)
	}
	s.said++
	s.codes[code]++
	return out.String(), code
}

// judged is what is wrong with an answer; "" if nothing is.
func judged(args []string, out, errs string, code int) string {
	asked := map[string]bool{}
	for i, arg := range args {
		if arg == "--" { // what follows are no flags
			break
		}
		if i > 0 && strings.HasPrefix(arg, "-") && strings.HasPrefix(args[i-1], "-") && !strings.Contains(args[i-1], "=") {
			continue // it may be what that flag is given
		}
		asked[arg] = true
	}
	known := false
	for _, one := range exitCodes {
		known = known || one == code
	}
	switch {
	case !known:
		return "no exit code of ours"
	case code != 0 && errs == "":
		return "it failed without a word"
	case strings.Contains(errs, `"code":"internal"`) || strings.HasPrefix(errs, "till: internal"):
		return "a fault of ours: " + errs
	}
	if !asked["escpos"] || asked["--json"] {
		if active := firstActive(out); active != "" {
			return "stdout is not inert: " + active
		}
	}
	if active := firstActive(errs); active != "" {
		return "stderr is not inert: " + active
	}
	if asked["--json"] && code != 130 {
		for _, text := range []string{out, errs} {
			dec := json.NewDecoder(strings.NewReader(text))
			for dec.More() {
				var any json.RawMessage
				if err := dec.Decode(&any); err != nil {
					return fmt.Sprintf("no JSON, %v: %q", err, text)
				}
			}
		}
	}
	return ""
}

// firstActive is the first line that a terminal would act on.
func firstActive(text string) string {
	for line := range strings.SplitSeq(text, "\n") {
		if domain.Inert(line) != line || !utf8.ValidString(line) {
			return fmt.Sprintf("%q", line)
		}
	}
	return ""
}

// poisonedWiring opens tills whose store hurts.
func poisonedWiring(from int, put *atomic.Int64) cli.Wiring {
	w := wiring()
	w.Open = func(ctx context.Context, s cli.Settings) (*till.Till, func() error, error) {
		t, shut, err := open(ctx, s)
		if err == nil {
			t.Store = storagetest.Poisoned{Store: t.Store, From: from, Put: put}
		}
		return t, shut, err
	}
	return w
}

// TestHostileAnswers: whatever stands in the store, no answer of any command can drive a terminal, and no table a spreadsheet.
func TestHostileAnswers(t *testing.T) {
	db := filepath.Join(t.TempDir(), "till.db")
	t.Setenv("TILL_DB", db)
	looks := somethingOfEverything(t)
	put := &atomic.Int64{}
	s := &sayer{T: t, codes: map[int]int{}}
	for round := range storagetest.Scaled(t, 1) {
		for i, args := range looks {
			s.w = poisonedWiring(round+i*7, put)
			s.till("", args...)
			s.till("", append(args, "--json")...)
		}
		table, _ := s.till("", "journal", "export", "--format", "csv")
		rows, err := csv.NewReader(strings.NewReader(table)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for _, cell := range row {
				if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
					t.Errorf("a spreadsheet computes %q", cell)
				}
			}
		}
	}
	if s.codes[0] < s.said/2 {
		t.Errorf("most commands failed, so that little was looked at: %v", s.codes)
	}
	s.w = wiring() // last, as from now on not everybody may look at everything
	if _, exit := s.till("836401\n", "operator", "add", "Maria", "--role", "manager"); exit != 0 {
		t.Fatal("nobody is set up")
	}
	for from := range storagetest.Hostile() {
		s.w = poisonedWiring(from, put)
		s.till("", "operator", "list")
	}
	t.Logf("proof: %d answers inert, with %d hostile texts in the store", s.said, put.Load())
}

// somethingOfEverything fills a till and gives the commands that look at it.
func somethingOfEverything(t *testing.T) [][]string {
	c := &canary{T: t}
	card := []string{"--card", approve, "--expiry", "12/34", "--cvv", code}
	pay := func(order string, more ...string) string {
		return c.keep(c.till("", append(append([]string{"pay", order, "--json"}, card...), more...)...), "id")
	}
	issue := func(more ...string) string {
		return c.keep(c.till("", append([]string{"order", "issue", "--json", "--email", "a@b.example", "--item", "Tea@20"}, more...)...), "id")
	}
	c.till("", "shift", "open", "--float", "100")
	o, held := issue("--reference", "R-1"), issue()
	p := pay(o)
	refund := c.keep(c.till("", "payment", "refund", p, "--amount", "1", "--reason", "torn", "--json"), "refunds[0].id")
	h := pay(held, "--capture", "manual")
	c.till("", "pay", issue(), "--tender", "cash", "--tendered", "50")
	disputed := pay(issue())
	dispute := c.keep(c.till("", "sandbox", "dispute", disputed, "--json"), "id")
	c.till("", "dispute", "evidence", dispute, "--text", "signed for")
	who := c.keep(c.till("", "customer", "add", "--json", "--email", "ann@b.example", "--first-name", "Ann"), "id")
	mandate := c.keep(c.till("", append([]string{"mandate", "setup", who, "--json"}, card...)...), "id")
	payout := c.keep(c.till("", "payout", "create", "--json", "--amount", "5", "--name", "Ann", "--iban", iban), "id")
	turn := c.keep(c.till("", "pay", issue(), "--json", "--card", "4000002760003184", "--expiry", "12/34", "--cvv", code), "id")
	c.till("", "sandbox", "fault", "set", "capture", "timeout_after")
	looks := [][]string{
		{"order", "list"},
		{"order", "list", "--lens", "stripe"},
		{"order", "show", o},
		{"order", "show", o, "--at", "2"},
		{"order", "show", o, "--lens", "prism"},
		{"payment", "list"},
		{"payment", "show", p},
		{"payment", "show", turn},
		{"payment", "show", h, "--lens", "django"},
		{"payment", "actions", h},
		{"refund", "show", refund},
		{"dispute", "list"},
		{"dispute", "show", dispute},
		{"receipt", o},
		{"receipt", o, "--format", "escpos"},
		{"methods"},
		{"customer", "list"},
		{"customer", "show", who},
		{"source", "list"},
		{"mandate", "list"},
		{"payout", "list"},
		{"payout", "show", payout},
		{"shift", "list"},
		{"shift", "x"},
		{"shift", "show", "1"},
		{"catalog", "list"},
		{"journal", "list"},
		{"journal", "list", "--for", o},
		{"journal", "verify"},
		{"clock", "show"},
		{"clock", "ahead"},
		{"doctor"},
		{"paths"},
		{"sandbox", "cards"},
		{"sandbox", "notices"},
		{"sandbox", "books", p},
		{"sandbox", "cases"},
		{"sandbox", "fault", "list"},
		{"lens", "stripe"},
		{"run", "--list"},
		{"run", "--show", "lost-answer"},
		{"machine", "mandate", "--for", mandate},
	}
	for _, format := range []string{"jsonl", "csv", "mermaid", "markdown"} {
		looks = append(looks, []string{"journal", "export", "--format", format, "--for", o}, []string{"journal", "export", "--format", format, "--for", dispute})
	}
	for _, format := range []string{"ascii", "mermaid", "dot", "json", "csv", "markdown"} {
		looks = append(looks, []string{"machine", "order", "--for", o, "--format", format}, []string{"machine", "payment", "--for", p, "--format", format})
	}
	return looks
}
