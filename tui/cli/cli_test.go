package cli_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
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
	"till/storage/config"
	"till/storage/sqlite"
	"till/tui/cli"
)

func wiring() cli.Wiring {
	return cli.Wiring{
		Open: open, Rehearsal: rehearsal, Examine: examine, Copy: copied, Version: "1.2.3",
		Console: func(context.Context, cli.Settings) error { return errors.New("the console was started") },
		Paths: func(s cli.Settings) ([]cli.Path, error) {
			return []cli.Path{{Name: "database", Path: s.DB}, {Name: "config", Path: s.Config}}, nil
		},
	}
}

func open(ctx context.Context, s cli.Settings) (*till.Till, func() error, error) {
	env, goOn := realEnv(), func(int64) {}
	if s.Demo {
		env, goOn = demoEnv()
	}
	return assemble(ctx, s, env, goOn)
}

// examine looks at a till, as main has it.
func examine(ctx context.Context, s cli.Settings) []domain.Check {
	checks := sqlite.Examine(ctx, s.DB)
	gateway, books := sandbox.Examine(ctx, besides(s.DB), 100)
	checks = append(checks, gateway...)
	t, shut, err := open(ctx, s)
	if err != nil {
		return append(checks, domain.IllBy("opening", err))
	}
	checks = append(checks, t.Examine(ctx, books)...)
	if err := shut(); err != nil {
		checks = append(checks, domain.IllBy("closing", err))
	}
	return checks
}

// rehearsal is a till on copies, as main has it.
func rehearsal(ctx context.Context, s cli.Settings, now time.Time) (till.Rehearsal, func() error, error) {
	folder, err := os.MkdirTemp("", "till-copy-")
	if err != nil {
		return till.Rehearsal{}, nil, err
	}
	if s.DB, _, err = copied(ctx, s, filepath.Join(folder, "till.db")); err != nil {
		return till.Rehearsal{}, nil, err
	}
	env := realEnv()
	env.Now = func() time.Time { return now }
	t, shut, err := assemble(ctx, s, env, func(int64) {})
	if err != nil {
		return till.Rehearsal{}, nil, err
	}
	t.Shift = nil
	return till.Rehearsal{Till: t, Undo: func(ctx context.Context, do func() error) error {
		return t.Store.(*sqlite.DB).Rehearse(ctx, func() error { return t.Config.Bank.(*sandbox.Sandbox).Rehearse(ctx, do) })
	}}, func() error { return errors.Join(shut(), os.RemoveAll(folder)) }, nil
}

// copied copies a till's files, as main does.
func copied(ctx context.Context, s cli.Settings, to string) (database, gateway string, err error) {
	if _, err := os.Stat(s.DB); err != nil {
		return "", "", domain.Errorf(domain.CodeNotFound, "there is no %s", s.DB)
	}
	gateway = besides(to)
	return to, gateway, errors.Join(sqlite.Copy(ctx, s.DB, to), sandbox.Copy(ctx, besides(s.DB), gateway))
}

// besides is the sandbox's file beside a database.
func besides(database string) string { return strings.TrimSuffix(database, ".db") + ".sandbox.db" }

func assemble(ctx context.Context, s cli.Settings, env domain.Env, goOn func(int64)) (*till.Till, func() error, error) {
	var ahead atomic.Int64
	machine := env.Now
	env.Now = func() time.Time { return machine().Add(time.Duration(ahead.Load())) }
	db, err := sqlite.Open(ctx, s.DB, env)
	if err != nil {
		return nil, nil, err
	}
	bank, err := sandbox.Open(ctx, besides(s.DB), env)
	if err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	shut := func() error { return errors.Join(bank.Close(), db.Close()) }
	last, err := db.Last(ctx)
	if err != nil {
		return nil, nil, errors.Join(err, shut())
	}
	told, err := bank.Last(ctx)
	if err != nil {
		return nil, nil, errors.Join(err, shut())
	}
	goOn(int64(last)*10 + told*5)
	t, err := till.New(ctx, till.Config{
		Pepper: config.Pepper(filepath.Join(filepath.Dir(s.DB), "pepper")), RefundLimit: 5000,
		Store: db, Env: env, Bank: bank, Shop: "The Corner", Currency: "EUR", Operator: s.Operator,
		Shift: func(by time.Duration) { ahead.Store(int64(by)) },
		Variants: []till.Variant{
			{Name: "sandbox", Provider: bank, Notifier: bank, Timeout: 30 * time.Second},
			{Name: "cash", Provider: cash.New(env), Timeout: 30 * time.Second, Limits: domain.Limits{Max: "10000"}},
		},
	})
	if err == nil && s.Demo {
		err = t.Stock(ctx)
	}
	if err != nil {
		return nil, nil, errors.Join(err, shut())
	}
	bank.Listener(func(ctx context.Context) { _ = t.Listen(ctx) })
	return t, shut, nil
}

func realEnv() domain.Env {
	return domain.Env{
		Now:   func() time.Time { return time.Now().UTC() },
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
}

// demoEnv is a demonstration's, as main has it: its clock moves on with every identifier.
func demoEnv() (domain.Env, func(int64)) {
	env, count, dice := realEnv(), 0, rand.New(rand.NewPCG(1, 2))
	env.Now = func() time.Time {
		return time.Date(2026, time.March, 2, 9, 30, count, 0, time.UTC)
	}
	env.NewID = func(prefix string) string {
		count++
		return fmt.Sprintf("%s%06d", prefix, count)
	}
	env.Rand = func(n int) int { return dice.IntN(n) }
	return env, func(identifiers int64) {
		count, dice = int(identifiers), rand.New(rand.NewPCG(1, uint64(identifiers)+2))
	}
}

// TestScripts runs the journeys in testdata/script, by the real clock.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:  "testdata/script",
		Cmds: cli.Words(t.Context(), wiring()),
		Setup: func(env *testscript.Env) error {
			chinook, err := filepath.Abs("../../domain/testdata")
			if err != nil {
				return err
			}
			err = cli.Prepare(env)
			env.Setenv("CHINOOK", chinook)
			env.Setenv("TILL_DEMO", "")
			return err
		},
	})
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

// TestConsole: without a command it is the console, where there is a terminal.
func TestConsole(t *testing.T) {
	var errs strings.Builder
	code := cli.Execute(t.Context(), nil, cli.IO{Terminal: true, Err: &errs}, wiring())
	if code != 1 || errs.String() != "till: the console was started\n" {
		t.Errorf("exit %d, %s", code, errs.String())
	}
}

// TestBeginnings: the beginning of a name is enough where only one begins so.
func TestBeginnings(t *testing.T) {
	c := &canary{T: t}
	t.Setenv("TILL_DB", filepath.Join(t.TempDir(), "till.db"))
	c.till("", "order", "issue", "--email", "a@b.example", "--item", "Tea@3")
	c.till("", "order", "issue", "--email", "a@b.example", "--item", "Tea@3")
	orders := c.till("", "order", "list", "--json")
	if said := c.till("", "order", "show", c.keep(orders, "items[1].human_id")[:5], "--json"); c.keep(said, "number") != "1" {
		t.Error(said)
	}
	c.till("", "order", "show", c.keep(orders, "items[0].id")[:8], "--json")
	if said := c.said.String(); !strings.Contains(said, `"code":"ambiguous"`) || !strings.Contains(said, `"hint":"one of: `) {
		t.Error(said)
	}
	pay := c.till("", "pay", "1", "--card", approve, "--expiry", "12/34", "--cvv", "100", "--json")
	one := c.till("", "sandbox", "dispute", c.keep(pay, "id"), "--amount", "1", "--json")
	two := c.till("", "sandbox", "dispute", c.keep(pay, "id"), "--amount", "1", "--json")
	if said := c.till("", "dispute", "show", strings.ToLower(c.keep(one, "id")[4:]), "--json"); c.keep(said, "id") != c.keep(one, "id") {
		t.Error(said)
	}
	for _, args := range [][]string{{"dispute", "show"}, {"sandbox", "advance", "--outcome", "won"}} {
		c.said.Reset()
		c.till("", append(args, c.keep(two, "id")[:8], "--json")...)
		if said := c.said.String(); !strings.Contains(said, `"code":"ambiguous"`) || !strings.Contains(said, c.keep(one, "id")) || !strings.Contains(said, c.keep(two, "id")) {
			t.Error(said)
		}
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
