package cli

import (
	"bufio"
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// performance is what the words of one script know of each other.
type performance struct {
	ran   bool
	code  int    // of the last till command
	input string // of the next one
}

func during(ts *testscript.TestScript) *performance {
	return ts.Value(performance{}).(*performance)
}

// prepare gives a script a home and a till of its own, where clock, identifiers and dice are fixed. It may bring a
// configuration.
func prepare(env *testscript.Env) error {
	env.Values[performance{}] = &performance{}
	env.Setenv("HOME", env.WorkDir)
	env.Setenv("TILL_DB", filepath.Join(env.WorkDir, "till.db"))
	env.Setenv("TILL_CONFIG", filepath.Join(env.WorkDir, "config.toml"))
	env.Setenv("TILL_DEMO", "true")
	file, err := os.OpenFile(env.Getenv("TILL_CONFIG"), os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return file.Close()
}

// words are what a script can say besides testscript's own.
func words(ctx context.Context, env Wiring) map[string]func(*testscript.TestScript, bool, []string) {
	return map[string]func(*testscript.TestScript, bool, []string){
		"till":  func(ts *testscript.TestScript, neg bool, args []string) { sayTill(ctx, env, ts, neg, args) },
		"code":  sayCode,
		"input": sayInput,
		"json":  sayJSON,
		"save":  saySave,
	}
}

// sayTill runs a command in this process: till pay 1 --tender cash. After a ! it must fail.
func sayTill(ctx context.Context, env Wiring, ts *testscript.TestScript, neg bool, args []string) {
	for _, name := range []string{"TILL_DB", "TILL_CONFIG"} {
		if ts.Getenv(name) == "" {
			ts.Fatalf("%s is empty, and a scenario leaves your own files alone", name)
		}
	}
	now := during(ts)
	a := &app{env: env, performed: true, IO: IO{
		In: bufio.NewReader(strings.NewReader(now.input)), Out: ts.Stdout(), Err: ts.Stderr(), Env: ts.Getenv, Folder: ts.MkAbs(""),
	}}
	now.ran, now.input = true, ""
	now.code = a.execute(ctx, args)
	switch {
	case ctx.Err() != nil:
		ts.Fatalf("interrupted")
	case now.code == 0 && neg:
		ts.Fatalf("it should fail, and did not")
	case now.code != 0 && !neg:
		ts.Fatalf("exit code %d", now.code)
	}
}

// sayCode checks the exit code of the last till command: code 3
func sayCode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: code NUMBER")
	}
	want, err := strconv.Atoi(args[0])
	switch now := during(ts); {
	case err != nil:
		ts.Fatalf("usage: code NUMBER")
	case !now.ran:
		ts.Fatalf("no till command has run yet")
	case now.code != want:
		ts.Fatalf("the exit code is %d", now.code)
	}
}

// sayInput has the next till command read a file: input card
func sayInput(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: input FILE")
	}
	during(ts).input = ts.ReadFile(args[0])
}

// saySave puts a value of the last JSON answer into a variable: save PAYMENT payments[0].id
func saySave(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 || args[0] == "" || strings.Contains(args[0], "=") {
		ts.Fatalf("usage: save NAME PATH")
	}
	value, err := lookUp(ts.ReadFile("stdout"), args[1])
	ts.Check(err)
	ts.Setenv(args[0], asText(value))
}

// sayJSON checks a value of the last JSON answer: json status paid, json permitted_actions contains pay, json disputes
func sayJSON(ts *testscript.TestScript, neg bool, args []string) {
	contains := len(args) == 3 && args[1] == "contains"
	if !contains && len(args) != 1 && len(args) != 2 {
		ts.Fatalf("usage: json PATH [[contains] VALUE]")
	}
	value, err := lookUp(ts.ReadFile("stdout"), args[0])
	if neg && len(args) == 1 {
		if err == nil {
			ts.Fatalf("there is %s", asText(value))
		}
		return
	}
	ts.Check(err)
	holds := true
	switch {
	case contains:
		holds = has(value, args[2])
	case len(args) == 2:
		holds = asText(value) == args[1]
	}
	if holds == neg {
		ts.Fatalf("it is %s", asText(value))
	}
}
