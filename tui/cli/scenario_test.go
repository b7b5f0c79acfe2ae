package cli_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"till/domain/till"
	"till/tui/cli"
)

// perform runs a command with a wiring of its own, and gives its exit code and what it wrote.
func perform(ctx context.Context, w cli.Wiring, args ...string) (code int, out, errs string) {
	var stdout, stderr strings.Builder
	code = cli.Execute(ctx, args, cli.IO{Out: &stdout, Err: &stderr, Env: func(string) string { return "" }}, w)
	return code, stdout.String(), stderr.String()
}

// written puts a scenario into a file.
func written(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "mine.txtar")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

const sells = "till order issue --email a@b.example --item Tea@3 --json\n"

// TestScenarioEnds: whatever a scenario says, how it ends is an exit code and a sentence that names the line.
func TestScenarioEnds(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct {
		code int
		says string
	}{
		"# T\n" + sells + "json status issued\njson version\n":     {1, "line 4: json version: there is no version: there are api_do_url, "},
		sells + "! json version\njson products\n":                  {1, "line 3: json products: there is no products"},
		sells + "json status paid\n":                               {1, "line 2: json status paid: it is issued"},
		sells + "! json status issued\n":                           {1, "line 2: ! json status issued: it is issued"},
		sells + "! json version 1\n":                               {1, "there is no version"},
		sells + "json status[0]\n":                                 {1, "there is no status[0]: there is issued"},
		sells + "json .status\n":                                   {1, "is not a path"},
		sells + "json status is paid\n":                            {1, "usage: json PATH"},
		"till version\njson version\n":                             {1, "the last answer is not JSON"},
		sells + "save O id\ntill order show $O --json\ncode 0\n":   {0, ""},
		"save O=1 id\n":                                            {1, "usage: save NAME PATH"},
		"till order show 1\n":                                      {1, "line 1: till order show 1: exit code 7"},
		"! till order show 1\ncode 7\n! till order show 1\ncode 6": {1, "line 4: code 6: the exit code is 7"},
		"! till version\n":                                         {1, "it should fail, and did not"},
		"code 0\n":                                                 {1, "no till command has run yet"},
		"code zero\n":                                              {1, "usage: code NUMBER"},
		"! input doc\n":                                            {1, "usage: input FILE"},
		"input doc\ntill order issue -f -\n! till order issue -f -\n-- doc --\n{\"client\":{\"email\":\"a@b.example\"},\"products\":[{\"title\":\"Tea\",\"price\":3}]}\n": {0, ""},
		"till order list --db other.db\nexists other.db\nmkdir in\ncd in\ntill order list --db other.db\nexists $WORK/in/other.db\n":                                      {0, ""},
		"! till order list --db ''\ncode 2\n! till order list --config ''\ncode 2\n":                                                                                      {0, ""},
		"env TILL_DB=\ntill order list\n":                               {1, "line 2: till order list: TILL_DB is empty, and a scenario leaves your own files alone"},
		"till order list --demo=false --json\njson items []\n":          {0, ""},
		"! till run lost-answer\nstderr 'a scenario runs no scenarios'": {0, ""},
		"! till\nstderr 'the console needs a terminal'":                 {0, ""},
		"skip 'not today'\ntill nonsense":                               {0, ""},
		"stop\ntill nonsense":                                           {0, ""},
		"\ufeff# T\r\ntill version\r\nstdout 'till 1.2.3'\r\n":          {0, ""},
		"nonsense \x01\n":                                               {1, "line 1: nonsense : unknown command \"nonsense\""},
		"till 'unterminated\n":                                          {1, "line 1: till 'unterminated: unterminated quoted argument"},
		"stdout '(['\n":                                                 {1, "error parsing regexp"},
		"[nonsense] till version\n":                                     {1, "unknown condition"},
		"till version\n-- a/b --\n-- a --\n":                            {1, "is a directory"},
		"# only words\n\n-- file --\ntill version\n":                    {2, "has no commands"},
		"":                 {2, "has no commands"},
		"till version\x00": {2, "is not a text"},
		"\xff":             {2, "is not a text"},
	} {
		file := written(t, text)
		code, out, errs := perform(t.Context(), wiring(), "run", file)
		if code != want.code || !strings.Contains(errs, want.says) || code == 0 && errs != "" {
			t.Errorf("%q: exit %d\n%s%s", text, code, out, errs)
		}
		if code == 1 && !strings.Contains(out, "✗ "+file) {
			t.Errorf("%q: exit 1 and %s", text, out)
		}
	}
}

// TestScenariosTogether: one that fails stops no other, and what cannot be read stops all.
func TestScenariosTogether(t *testing.T) {
	t.Parallel()
	bad, worse, skipped := written(t, "# Bad\ntill nonsense\n"), written(t, "till nonsense\n"), written(t, "# S\nskip why\n")
	code, out, errs := perform(t.Context(), wiring(), "run", bad, "lost-answer", skipped, worse)
	if code != 1 || !strings.HasSuffix(errs, "till: 2 of 4 scenarios did not hold: "+bad+", line 2; "+worse+", line 1\n") {
		t.Errorf("exit %d, %s", code, errs)
	}
	if want := "✗ " + bad + ", line 2  till nonsense: exit code 2\n✓ lost-answer  The answer is lost\n– " + skipped + "  skipped: why\n"; !strings.HasPrefix(out, want) {
		t.Error(out)
	}
	code, out, errs = perform(t.Context(), wiring(), "run", "--json", skipped, bad)
	var told struct {
		Scenarios []map[string]any
	}
	if err := json.Unmarshal([]byte(out), &told); err != nil || code != 1 || !strings.Contains(errs, `"code":"expectation_failed"`) {
		t.Fatalf("exit %d, %v, %s%s", code, err, out, errs)
	}
	if v := told.Scenarios[1]; v["ok"] != false || v["title"] != "Bad" || v["failed_at"] != 2.0 || v["message"] != "till nonsense: exit code 2" {
		t.Error(out)
	}
	for _, args := range [][]string{{bad, "nowhere"}, {}, {"--list", "x"}, {"--show", "nowhere"}, {"--list", "--verbose"}, {t.TempDir()}} {
		if code, out, errs := perform(t.Context(), wiring(), append([]string{"run"}, args...)...); code != 2 || out != "" {
			t.Errorf("%v: exit %d, %s%s", args, code, out, errs)
		}
	}
}

// TestScenarioText: the text of one that ships is printed as it is, and no log shows a card.
func TestScenarioText(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("scenarios/lost-answer.txtar")
	if err != nil {
		t.Fatal(err)
	}
	if code, out, errs := perform(t.Context(), wiring(), "run", "--show", "lost-answer"); code != 0 || out != string(text) {
		t.Errorf("exit %d, %s%s", code, out, errs)
	}
	for _, format := range []string{"--json", "--json=false"} {
		file := written(t, "till pay 1 --card "+spaced+" --cvv "+code+" --expiry 12/34\n")
		_, out, errs := perform(t.Context(), wiring(), "run", "-v", format, file)
		if all := strings.ReplaceAll(out+errs, file, ""); /* the folder's name is of random digits */ strings.Contains(all, number[4:8]) || strings.Contains(all, code) || !strings.Contains(all, number[12:]) {
			t.Error(all)
		}
	}
}

// TestScenarioInterrupted: Ctrl+C ends a scenario where it is.
func TestScenarioInterrupted(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	w, opened := wiring(), 0
	w.Open = func(ctx context.Context, s cli.Settings) (*till.Till, func() error, error) {
		opened++
		stop()
		return open(ctx, s)
	}
	code, out, errs := perform(ctx, w, "run", written(t, "! till order list\n! till order list\n"), "lost-answer")
	if code != 130 || out != "" || errs != "till: interrupted\n" || opened != 1 {
		t.Errorf("exit %d, opened %d times, %s%s", code, opened, out, errs)
	}
}

// TestScenarioBreaks: a fault of ours in a scenario is told, and ends neither the program nor the other scenarios.
func TestScenarioBreaks(t *testing.T) {
	t.Parallel()
	w := wiring()
	w.Open = func(context.Context, cli.Settings) (*till.Till, func() error, error) { panic(errors.New("no bread")) }
	file := written(t, "till version\n")
	code, out, errs := perform(t.Context(), w, "run", "lost-answer", file)
	if code != 1 || !strings.Contains(errs, "--item 'Kettle@80': it broke off: no bread") || !strings.HasSuffix(out, "✓ "+file+"\n") {
		t.Errorf("exit %d, %s%s", code, out, errs)
	}
}

// TestScenarioLeavesNothing: the folder of a scenario goes with it.
func TestScenarioLeavesNothing(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	for _, text := range []string{sells, "till nonsense\n", "skip\n", "mkdir a\ntill version\nchmod 555 a\n"} {
		perform(t.Context(), wiring(), "run", written(t, text))
	}
	left, err := os.ReadDir(os.Getenv("TMPDIR"))
	if err != nil || len(left) > 0 {
		t.Error(err, left)
	}
}

// FuzzLookUp: any path into any text is a value or an error.
func FuzzLookUp(f *testing.F) {
	f.Add(`{"payments":[{"status":"paid"}]}`, "payments[0].status")
	f.Add(`[1,[null,{"":2}]]`, "[1][1].")
	f.Add(`{}`, "[99999999999999999999]")
	f.Fuzz(func(t *testing.T, text, path string) {
		value, err := cli.LookUp(text, path)
		if err == nil {
			_, err = io.WriteString(io.Discard, cli.AsText(value))
		}
		if err != nil && err.Error() == "" {
			t.Error("an error without words")
		}
	})
}
