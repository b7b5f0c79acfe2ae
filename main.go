// till is a checkout and an order console in a terminal. This file is its wiring and nothing else.
package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	dice "math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/oklog/ulid/v2"

	"till/domain"
	"till/domain/till"
	"till/providers"
	"till/providers/cash"
	"till/providers/sandbox"
	"till/storage/config"
	"till/storage/sqlite"
	"till/tui"
	"till/tui/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)      // the first asks to stop, the second ends the program
	signal.Ignore(syscall.Signal(25)) // SIGXFSZ: a file that may not grow further is told as a full disk is, not by the end of the program
	code := cli.Execute(ctx, os.Args[1:], cli.Standard(), cli.Wiring{
		Open: open, Console: console, Rehearsal: rehearsal, Examine: examine, Copy: copied, Paths: paths, Version: version(),
	})
	stop()
	os.Exit(code)
}

func open(ctx context.Context, s cli.Settings) (*till.Till, func() error, error) {
	return openIn(ctx, s, environmentOf(s))
}

// openIn opens a till as the configuration says.
func openIn(ctx context.Context, s cli.Settings, env environment) (*till.Till, func() error, error) {
	settings, at, err := configure(s)
	if err != nil {
		return nil, nil, err
	}
	return assemble(ctx, s, settings, at, env)
}

// configure reads the configuration and finds the files.
func configure(s cli.Settings) (config.Config, config.Paths, error) {
	at, err := config.Locate(s.DB, s.Config, os.Getenv)
	if err != nil {
		return config.Config{}, at, err
	}
	settings, err := config.Load(at.Config, s.Config != "" || os.Getenv("TILL_CONFIG") != "")
	return settings, at, err
}

// assemble makes a till of its journal, its providers, and the sandbox beside it.
func assemble(ctx context.Context, s cli.Settings, settings config.Config, at config.Paths, env environment) (*till.Till, func() error, error) {
	at, remove, err := place(s, at)
	if err != nil {
		return nil, nil, err
	}
	journal, err := sqlite.Open(ctx, at.Database, env.Env, sqlite.Telling(s.Tell))
	if err != nil {
		return nil, nil, errors.Join(err, remove())
	}
	bank, err := sandbox.Open(ctx, at.Sandbox, env.Env)
	if err != nil {
		return nil, nil, errors.Join(err, journal.Close(), remove())
	}
	closeAll := func() error { return errors.Join(bank.Close(), journal.Close(), remove()) }
	last, err := journal.Last(ctx)
	if err != nil {
		return nil, nil, errors.Join(err, closeAll())
	}
	told, err := bank.Last(ctx)
	if err != nil {
		return nil, nil, errors.Join(err, closeAll())
	}
	env.goOn(int64(last)*10 + told*5) // no entry and no fact of the gateway takes as many identifiers
	chosen, err := variants(settings.Variants, at.Config, bank, env.Env)
	if err != nil {
		return nil, nil, errors.Join(err, closeAll())
	}
	t, err := till.New(ctx, till.Config{
		Store: journal, Env: env.Env, Bank: bank, Operator: s.Operator, Shift: env.shift,
		Pepper: config.Pepper(at.Pepper), RefundLimit: settings.Limit(),
		Shop: settings.Shop, Currency: domain.Currency(settings.Currency), Country: settings.Country, TaxIn: settings.PricesIncludeTax,
		Variants: chosen,
	})
	if err == nil && s.Demo {
		err = t.Stock(ctx)
	}
	if err != nil {
		return nil, nil, errors.Join(err, closeAll())
	}
	bank.Listener(func(ctx context.Context) { _ = t.Listen(ctx) }) // what cannot be read now is read later
	return t, closeAll, nil
}

// variants are the ways to reach the providers, as the configuration has them. Those of the sandbox are of one
// gateway: the first hears what it tells.
func variants(of []config.Variant, file string, bank *sandbox.Sandbox, env domain.Env) ([]till.Variant, error) {
	made := make([]till.Variant, len(of))
	wrong := map[string]string{}
	var notifier domain.Notifier = bank
	for i, v := range of {
		made[i] = till.Variant{
			Name: v.Name, Title: v.Title, Timeout: v.Timeout,
			Capture: v.Capture, HoldFor: v.HoldFor, Methods: v.Methods, Limits: v.Limits,
		}
		switch v.Provider {
		case "sandbox":
			made[i].Provider, made[i].Notifier, notifier = providers.WithDeadline(bank, v.Timeout), notifier, nil
		case "cash":
			made[i].Provider = cash.New(env)
		default:
			wrong["variants."+v.Name+".provider"] = "must be sandbox or cash"
			continue
		}
		if unknown := made[i].Unknown(); unknown != "" {
			wrong["variants."+v.Name+".methods"] = "has " + unknown + ", which " + v.Provider + " does not have"
		}
	}
	return made, domain.Invalid("the configuration "+file, wrong)
}

// booksLooked is how many payments are compared with the sandbox's books, the newest first.
const booksLooked = 3_000

// examine looks at a till's files from outside, and once they are found well at the till in them.
func examine(ctx context.Context, s cli.Settings) []domain.Check {
	at, err := config.Locate(s.DB, s.Config, os.Getenv)
	if err != nil {
		return []domain.Check{domain.IllBy("files", err)}
	}
	at, remove, err := place(s, at)
	if err != nil {
		return []domain.Check{domain.IllBy("files", err)}
	}
	defer func() { _ = remove() }() // nothing was made
	s.DB = at.Database
	built := domain.Well("till", "till %s, %s", version(), runtime.Version())
	files := append([]domain.Check{built}, config.Examine(at, s.Config != "" || os.Getenv("TILL_CONFIG") != "")...)
	stored := sqlite.Examine(ctx, at.Database)
	gateway, books := sandbox.Examine(ctx, at.Sandbox, booksLooked)
	_, err = os.Stat(at.Database)
	if _, missing := os.Stat(at.Sandbox); err == nil && errors.Is(missing, fs.ErrNotExist) {
		gateway[0] = domain.Ill("sandbox", "put it back from where the database came from: any other command makes an empty one",
			"%s is missing beside the database", at.Sandbox)
	}
	checks := slices.Concat(files, stored, gateway)
	if err != nil || slices.ContainsFunc(slices.Concat(files[1:2], stored, gateway[:1]), failed) {
		return checks
	}
	env := environmentOf(s)
	s.Demo = false // who only looks puts nothing on the shelves of a demonstration
	t, closeAll, err := openIn(ctx, s, env)
	if err != nil {
		return append(checks, domain.IllBy("opening", err))
	}
	checks = append(checks, t.Examine(ctx, books)...)
	if err := closeAll(); err != nil {
		checks = append(checks, domain.IllBy("closing", err))
	}
	return checks
}

func failed(c domain.Check) bool { return !c.OK }

// rehearsal opens a till on copies of another's files. Its clock stands still, so that the gateway does nothing by
// itself at one time that it does not do at another.
func rehearsal(ctx context.Context, s cli.Settings, now time.Time) (till.Rehearsal, func() error, error) {
	settings, at, err := configure(s)
	if err != nil {
		return till.Rehearsal{}, nil, err
	}
	folder, err := os.MkdirTemp("", "till-copy-")
	if err != nil {
		return till.Rehearsal{}, nil, domain.Errorf(domain.CodeInternal, "no folder for copies").Because(err)
	}
	remove := func() error { return os.RemoveAll(folder) }
	env := environmentOf(s)
	env.Now, env.shift = func() time.Time { return now }, nil
	s.Demo = false // the shelves are filled
	copied, err := copyFiles(ctx, at, filepath.Join(folder, "till.db"))
	if err != nil {
		return till.Rehearsal{}, nil, errors.Join(err, remove())
	}
	t, shut, err := assemble(ctx, s, settings, copied, env)
	if err != nil {
		return till.Rehearsal{}, nil, errors.Join(err, remove())
	}
	journal, bank := t.Store.(*sqlite.DB), t.Config.Bank.(*sandbox.Sandbox)
	return till.Rehearsal{Till: t, Undo: func(ctx context.Context, do func() error) error {
		return journal.Rehearse(ctx, func() error { return bank.Rehearse(ctx, do) })
	}}, func() error { return errors.Join(shut(), remove()) }, nil
}

// copyFiles copies the journal and the sandbox's file, as they are, to a database of another name. The journal comes first:
// of what it has asked for the gateway knows at least as much.
func copyFiles(ctx context.Context, at config.Paths, to string) (config.Paths, error) {
	copied, err := config.Locate(to, at.Config, os.Getenv)
	if err == nil {
		err = sqlite.Copy(ctx, at.Database, copied.Database)
	}
	if err == nil {
		err = sandbox.Copy(ctx, at.Sandbox, copied.Sandbox)
	}
	return copied, err
}

// copied copies a till's files for somebody who keeps them elsewhere. It makes none where there are none.
func copied(ctx context.Context, s cli.Settings, to string) (database, gateway string, err error) {
	at, err := config.Locate(s.DB, s.Config, os.Getenv)
	if err != nil {
		return "", "", err
	}
	for _, file := range []string{at.Database, at.Sandbox} {
		if _, err := os.Stat(file); err != nil {
			return "", "", domain.Errorf(domain.CodeNotFound, "there is no %s to copy", file).WithHint("name the database with --db").Because(err)
		}
	}
	of, err := copyFiles(ctx, at, to)
	return of.Database, of.Sandbox, err
}

// console opens a till and shows it. A test till without a catalogue gets the demonstration store.
func console(ctx context.Context, s cli.Settings) error {
	settings, at, err := configure(s)
	if err != nil {
		return err
	}
	at, remove, err := place(s, at)
	if err != nil {
		return err
	}
	s.DB = at.Database // there, and no other is made
	t, closeTill, err := assemble(ctx, s, settings, at, environmentOf(s))
	if err != nil {
		return errors.Join(err, remove())
	}
	closeAll := func() error { return errors.Join(closeTill(), remove()) }
	if err := errors.Join(t.Stock(ctx), enter(ctx, t, s.Operator, os.Getenv("TILL_PIN"))); err != nil {
		return errors.Join(err, closeAll())
	}
	opts := tui.Options{
		Motion: settings.Motion, Theme: tui.Theme(settings.Theme), Colourless: os.Getenv("NO_COLOR") != "", Clock: s.Demo,
		LockAfter: settings.Lock(),
		Setup: tui.Setup{
			Version: version(), Config: at.Config,
			Files: []tui.File{{Name: "database", Path: at.Database}, {Name: "sandbox", Path: at.Sandbox}},
			Keep:  func(name string, value any) error { return config.Set(at.Config, name, value) },
		},
	}
	if s.Accessible {
		if term.IsTerminal(os.Stdin.Fd()) { // somebody who can look after it later waits for an answer
			opts.Patience = attention
		}
		return errors.Join(tui.RunPlain(ctx, t, os.Stdin, os.Stdout, opts), closeAll())
	}
	return errors.Join(tui.Run(ctx, t, opts), closeAll())
}

// enter signs in whoever was named with their PIN in the environment, where anybody has to; else the console asks.
func enter(ctx context.Context, t *till.Till, name, pin string) error {
	all, err := t.Operators(ctx)
	if err != nil || len(all) == 0 || name == "" || pin == "" {
		return err
	}
	badge, err := t.SignIn(ctx, name, domain.NewSecret(pin))
	if err == nil {
		t.Enter(badge)
	}
	return err
}

// attention is how long a person waits for what an answer has led to before the next one is asked for.
const attention = 2 * time.Second

// place gives a demonstration that names no database one in a folder that goes with it.
func place(s cli.Settings, at config.Paths) (config.Paths, func() error, error) {
	if !s.Demo || s.DB != "" {
		return at, func() error { return nil }, nil
	}
	folder, err := os.MkdirTemp("", "till-demo-")
	if err != nil {
		return at, nil, domain.Errorf(domain.CodeInternal, "no folder for the demonstration").Because(err)
	}
	at, err = config.Locate(filepath.Join(folder, "till.db"), s.Config, os.Getenv)
	at.Pepper = filepath.Join(folder, filepath.Base(at.Pepper)) // it goes with them
	return at, func() error { return os.RemoveAll(folder) }, err
}

func paths(s cli.Settings) ([]cli.Path, error) {
	at, err := config.Locate(s.DB, s.Config, os.Getenv)
	if err != nil {
		return nil, err
	}
	return []cli.Path{{Name: "database", Path: at.Database}, {Name: "sandbox", Path: at.Sandbox}, {Name: "config", Path: at.Config}, {Name: "pepper", Path: at.Pepper}}, nil
}

// version is the module's, as the Go tool stamped it into the binary.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		return info.Main.Version
	}
	return "unknown"
}

// environment is where time, identifiers and dice come from, the number of the entry that it goes on after, and how
// far its clock is ahead of the machine's.
type environment struct {
	domain.Env
	goOn  func(identifiers int64)
	shift func(time.Duration)
}

func environmentOf(s cli.Settings) environment {
	if s.Demo {
		return demoEnv()
	}
	return realEnv()
}

func realEnv() environment {
	return shifted(domain.Env{
		Now:   func() time.Time { return time.Now().UTC() },
		NewID: func(prefix string) string { return prefix + ulid.Make().String() },
		Rand:  dice.IntN,
		Wait:  wait,
	}, func(int64) {})
}

// shifted has the clock run ahead.
func shifted(env domain.Env, goOn func(int64)) environment {
	var ahead atomic.Int64
	now := env.Now
	env.Now = func() time.Time { return now().Add(time.Duration(ahead.Load())) }
	return environment{env, goOn, func(by time.Duration) { ahead.Store(int64(by)) }}
}

func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// demoStart is when a demonstration begins. Its clock moves on by a second with every identifier that is
// handed out, so that the same keys always make the same screens.
var demoStart = time.Date(2026, time.March, 2, 9, 30, 0, 0, time.UTC)

func demoEnv() environment {
	var mu sync.Mutex
	count := 0
	rolls := dice.New(dice.NewPCG(1, 2))
	return shifted(domain.Env{
		Now: func() time.Time {
			mu.Lock()
			defer mu.Unlock()
			return demoStart.Add(time.Duration(count) * time.Second)
		},
		NewID: func(prefix string) string {
			mu.Lock()
			defer mu.Unlock()
			count++
			return fmt.Sprintf("%s%06d", prefix, count)
		},
		Rand: func(n int) int {
			mu.Lock()
			defer mu.Unlock()
			return rolls.IntN(n)
		},
		Wait: wait,
	}, func(identifiers int64) {
		mu.Lock()
		defer mu.Unlock()
		count = int(identifiers)
		rolls = dice.New(dice.NewPCG(1, uint64(identifiers)+2))
	})
}
