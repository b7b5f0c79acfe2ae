package cli_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
	"github.com/rogpeppe/go-internal/testscript"

	"till/domain"
	"till/domain/till"
	"till/providers/cash"
	"till/providers/sandbox"
	"till/storage/sqlite"
	"till/tui/cli"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"till": func() { os.Exit(run(os.Args[1:])) }})
}

// run is one command line against real files, as main wires it.
func run(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	return cli.Execute(ctx, args, cli.IO{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Terminal: os.Getenv("TERMINAL") != "",
	}, wiring())
}

func wiring() cli.Wiring {
	return cli.Wiring{
		Open: open, Version: "1.2.3",
		Console: func(context.Context, cli.Settings) error { return errors.New("the console was started") },
		Paths: func(s cli.Settings) ([]cli.Path, error) {
			return []cli.Path{{Name: "database", Path: s.DB}, {Name: "config", Path: s.Config}}, nil
		},
	}
}

func open(ctx context.Context, s cli.Settings) (*till.Till, func() error, error) {
	var ahead atomic.Int64
	env := domain.Env{
		Now:   func() time.Time { return time.Now().UTC().Add(time.Duration(ahead.Load())) },
		NewID: func(prefix string) string { return prefix + ulid.Make().String() },
		Rand:  rand.IntN,
		Wait: func(ctx context.Context, d time.Duration) error {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(d):
				return nil
			}
		},
	}
	db, err := sqlite.Open(ctx, s.DB, env)
	if err != nil {
		return nil, nil, err
	}
	bank, err := sandbox.Open(ctx, strings.TrimSuffix(s.DB, ".db")+".sandbox.db", env)
	if err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	shut := func() error { return errors.Join(bank.Close(), db.Close()) }
	t, err := till.New(ctx, till.Config{
		Store: db, Env: env, Bank: bank, Shop: "The Corner", Currency: "EUR", Operator: s.Operator,
		Shift: func(by time.Duration) { ahead.Store(int64(by)) },
		Variants: []till.Variant{
			{Name: "sandbox", Provider: bank, Timeout: 30 * time.Second},
			{Name: "cash", Provider: cash.New(env), Timeout: 30 * time.Second, Limits: domain.Limits{Max: "10000"}},
		},
	})
	if err != nil {
		return nil, nil, errors.Join(err, shut())
	}
	return t, shut, nil
}

// TestScripts runs the journeys in testdata/script.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: false,
		Setup: func(env *testscript.Env) error {
			env.Setenv("TILL_DB", filepath.Join(env.WorkDir, "till.db"))
			env.Setenv("GORACE", "atexit_sleep_ms=0") // else each command waits a second when races are looked for
			chinook, err := filepath.Abs("../../domain/testdata")
			env.Setenv("CHINOOK", chinook)
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "keep": keep},
	})
}

// exits runs a command that must end with an exit code: exits 3 till pay ...
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND ...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, not %d", got, want)
	}
}

// keep puts a value of the last JSON answer into a variable, or its beginning: keep PAYMENT id, keep PART items.1.id 8
func keep(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: keep VARIABLE PATH [LENGTH]")
	}
	value, err := lookUp(ts.ReadFile("stdout"), args[1])
	ts.Check(err)
	if len(args) > 2 {
		length, err := strconv.Atoi(args[2])
		ts.Check(err)
		value = value[:length]
	}
	ts.Setenv(args[0], value)
}

// TestInterrupted: what was stopped by Ctrl+C is exit 130, also where no till could be opened any more.
func TestInterrupted(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	t.Setenv("TILL_DB", filepath.Join(t.TempDir(), "till.db"))
	var out, errs strings.Builder
	code := cli.Execute(ctx, []string{"order", "list", "--json"}, cli.IO{Out: &out, Err: &errs}, wiring())
	if code != 130 || out.String() != "" || !strings.Contains(errs.String(), `"code":"interrupted"`) {
		t.Errorf("exit %d, %s%s", code, out.String(), errs.String())
	}
}

// TestFullOutput: an answer that cannot be written is a fault, not a success.
func TestFullOutput(t *testing.T) {
	var errs strings.Builder
	code := cli.Execute(t.Context(), []string{"version"}, cli.IO{Out: full{}, Err: &errs}, wiring())
	if code != 1 || !strings.HasPrefix(errs.String(), "till: no space") {
		t.Errorf("exit %d, %s", code, errs.String())
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }
