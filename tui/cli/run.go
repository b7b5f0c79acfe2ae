package cli

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

// work is what a command does with an open till.
type work func(ctx context.Context, t *till.Till, args []string) error

// reads runs a command that only looks. What providers have told is read first, and due dates that have passed are
// marked, so that it sees them; that they could not be, as in a file that may only be read, hides nothing else.
func (a *app) reads(do work) func(*cobra.Command, []string) error {
	return a.opened(func(ctx context.Context, t *till.Till, args []string) error {
		_ = t.Listen(ctx)
		_ = t.TendDates(ctx)
		return do(ctx, t, args)
	})
}

// changes runs a command that changes something. What providers have told is read and what has fallen due is done
// before it acts. What they tell of its doing is read after it: the next command sees that too. If it cannot be read
// then, it is read later.
func (a *app) changes(do work) func(*cobra.Command, []string) error {
	return a.opened(func(ctx context.Context, t *till.Till, args []string) error {
		if err := a.signIn(ctx, t); err != nil {
			return err
		}
		if err := t.Listen(ctx); err != nil {
			return err
		}
		if err := t.Tend(ctx); err != nil {
			return err
		}
		err := do(ctx, t, args)
		_ = t.Listen(ctx)
		return err
	})
}

// opened runs a command with a till, and leaves the till as it is.
func (a *app) opened(do work) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) (err error) {
		if err := a.checkGlobals(cmd); err != nil {
			return err
		}
		a.running = true
		t, shut, err := a.env.Open(cmd.Context(), a.placed())
		if err != nil {
			return err
		}
		defer func() {
			if failed := shut(); err == nil {
				err = failed
			}
		}()
		return do(cmd.Context(), t, args)
	}
}

// checkGlobals refuses values that would silently mean "none", such as a key from an empty variable.
func (a *app) checkGlobals(cmd *cobra.Command) error {
	f := cmd.Flags()
	for _, name := range []string{"db", "config", "operator", "override"} {
		if f.Changed(name) && f.Lookup(name).Value.String() == "" {
			return domain.Errorf(domain.CodeUsage, "--%s is empty", name)
		}
	}
	if f.Changed("idempotency-key") && strings.TrimSpace(a.key) == "" {
		return domain.Errorf(domain.CodeUsage, "--idempotency-key is empty")
	}
	if why := keyless(cmd); why != "" && f.Changed("idempotency-key") {
		return domain.Errorf(domain.CodeUsage, "%s takes no --idempotency-key: %s", cmd.CommandPath(), why).WithHint("leave it out")
	}
	if f.Changed("if-version") && a.ifVersion < 1 {
		return domain.Errorf(domain.CodeUsage, "--if-version counts from 1")
	}
	return nil
}

// keyless is why a command keeps no idempotency keys; empty where it does.
func keyless(cmd *cobra.Command) string {
	switch words := strings.Fields(cmd.CommandPath()); {
	case len(words) < 2:
		return ""
	case words[1] == "sandbox":
		return "the gateway's side keeps no keys"
	case words[1] == "import":
		return "what it has issued it knows again by its reference"
	}
	return ""
}

// plain runs a command that needs no till.
func (a *app) plain(do func(cmd *cobra.Command, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		a.running = true
		return do(cmd, args)
	}
}

// intent is what every change carries.
func (a *app) intent() till.Intent {
	return till.Intent{Key: a.key, IfVersion: a.ifVersion, Override: a.standby}
}

// takes checks that a command has its arguments, and names them.
func takes(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == len(names) {
			return nil
		}
		what := "no argument"
		if len(names) > 0 {
			what = strings.Join(names, " ")
		}
		return domain.Errorf(domain.CodeUsage, "%s takes %s", cmd.CommandPath(), what).
			WithHint("see: %s --help", cmd.CommandPath())
	}
}

// takesAlso checks the arguments of a command of which the last may be left out.
func takesAlso(last string, names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == len(names) {
			return nil
		}
		err := takes(append(names, last)...)(cmd, args)
		if e, ok := errors.AsType[*domain.Error](err); ok {
			e.Message += ", the last only where it is wanted"
		}
		return err
	}
}

// amount reads a flag that gives an amount; 0 when the flag is not given. An amount of 0 is refused: the use
// cases take it for all there is.
func amount(c domain.Currency, name, text string) (domain.Amount, error) {
	if text == "" {
		return 0, nil
	}
	amount, err := c.Parse(text)
	sentence := ""
	switch {
	case err != nil:
		sentence = err.Error()
	case amount == 0:
		sentence = "must be at least " + c.Format(1)
	}
	if sentence != "" {
		return 0, wrongFlag(name, sentence)
	}
	return amount, nil
}

// longest is the longest duration that is taken: a hundred years.
const longest = 100 * 365 * 24 * time.Hour

// duration reads how long something is to be: 90m, 28d, 2w.
func duration(name, text string) (time.Duration, error) {
	var d time.Duration
	var err error
	if number, unit, whole := wholeUnits(text); whole {
		var n int
		n, err = strconv.Atoi(number)
		d = time.Duration(min(n, int(longest/unit)+1)) * unit
	} else {
		d, err = time.ParseDuration(text)
	}
	switch {
	case err != nil || d <= 0:
		return 0, wrongFlag(name, "must be a duration such as 90m, 28d or 2w")
	case d > longest:
		return 0, wrongFlag(name, "must be at most a hundred years")
	}
	return d, nil
}

// wholeUnits cuts days and weeks, which come in whole numbers, off their number.
func wholeUnits(text string) (number string, unit time.Duration, whole bool) {
	if number, whole = strings.CutSuffix(text, "d"); whole {
		return number, 24 * time.Hour, true
	}
	number, whole = strings.CutSuffix(text, "w")
	return number, 7 * 24 * time.Hour, whole
}

// wrongFlag is the error for a flag whose value is no good.
func wrongFlag(name, sentence string) error {
	return domain.Invalid("the command", map[string]string{name: sentence})
}
