package main

import (
	"context"
	"encoding/json"
	"fmt"
	dice "math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"time"

	"till/domain"
	"till/domain/till"
	"till/tui/cli"
)

// crashEnv has the test binary be a till that is killed: it carries an errand as JSON.
const crashEnv = "TILL_TEST_CRASH"

// errand is what the parent wants of a child.
type errand struct {
	Folder     string
	Seed       uint64
	Work       string        // to do, and to stop at Point; "": one after the other until it is killed
	Point      string        // of Work
	Passed     int           // how often Point is passed before
	Cut        bool          // the power goes, too
	After      time.Duration // without Work: it kills itself then; 0: another does
	Unfinished []deed        // begun by those before it, to be done under the same keys
}

// child is a till on real files, and one that works with it.
type child struct {
	errand
	*till.Till
	ctx   context.Context
	rolls *dice.Rand
	trap  *trap
	shut  func() error
}

// crash is the whole life of a child.
func crash(text string) {
	c := &child{ctx: context.Background()}
	if err := json.Unmarshal([]byte(text), &c.errand); err != nil {
		panic(err)
	}
	c.rolls = dice.New(dice.NewPCG(c.Seed, 1))
	c.trap = newTrap(dice.New(dice.NewPCG(c.Seed, 2)), c.Cut)
	if c.After > 0 {
		time.AfterFunc(c.After, func() { c.trap.disk.Lock(); c.trap.die() })
	}
	if err := c.live(); err != nil {
		say(line{Wrong: err.Error()})
		os.Exit(1)
	}
}

func (c *child) live() error {
	if c.Work == opening || c.Work == migrating {
		c.trap.arm(c.Work, c.Point, c.Passed)
	}
	if err := c.open(); err != nil {
		return err
	}
	if c.Work == opening || c.Work == migrating {
		return c.miss()
	}
	for _, d := range c.Unfinished {
		if err := c.finish(d); err != nil {
			return fmt.Errorf("again, under %s: %w", d.Key, err)
		}
	}
	if c.Work == closing {
		if err := c.begin(workOf("issue")); err != nil { // so that there is something in the log
			return err
		}
		c.trap.arm(c.Work, c.Point, c.Passed)
		if err := c.shut(); err != nil {
			return err
		}
		return c.miss()
	}
	if w := workOf(c.Work); w != nil {
		if err := c.begin(w); err != nil {
			return err
		}
		return c.miss()
	}
	for {
		if err := c.begin(&works[c.rolls.IntN(len(works))]); err != nil {
			return err
		}
	}
}

// miss ends a child that was not stopped.
func (c *child) miss() error {
	say(line{Missed: true})
	return nil
}

// open opens the till as the program does, and puts the points around what it is made of. Recovery is what the program
// does at each start: what has come due is seen to, before anything else is done.
func (c *child) open() error {
	s := cli.Settings{DB: filepath.Join(c.Folder, "till.db")}
	settings, at, err := configure(s)
	if err != nil {
		return err
	}
	if c.Till, c.shut, err = assemble(c.ctx, s, settings, at, environmentOf(s)); err != nil {
		return err
	}
	c.trap.reach(afterIntent)
	c.Store = stops{c.Store, c.trap}
	for i, v := range c.Variants {
		if v.Notifier != nil || slices.ContainsFunc(v.Provider.Info().Methods, func(m domain.Method) bool { return !m.Can.Immediate }) {
			c.Variants[i].Provider = answers{v.Provider, c.trap}
		}
	}
	if err := c.Bank.ClearFaults(c.ctx); err != nil { // of one who was stopped between a fault and its call
		return err
	}
	return c.Tend(c.ctx)
}

// begin does a deed of a kind, and is stopped where it is meant to be.
func (c *child) begin(w *work) error {
	d := deed{Work: w.name, Key: c.Env.NewID("key_"), Price: domain.Amount(1000 + 100*c.rolls.IntN(100))} // amounts to which the gateway says yes
	if err := w.prepare(c, &d); err != nil {
		return fmt.Errorf("before %s: %w", w.name, err)
	}
	say(line{Begins: &d})
	if c.Work == w.name {
		c.trap.arm(w.name, c.Point, c.Passed)
	}
	return c.do(w, d)
}

func (c *child) do(w *work, d deed) error {
	if err := w.do(c, &d); err != nil && domain.CodeOf(err) != domain.CodeUnknownOutcome { // which is an answer, too
		return fmt.Errorf("%s: %w", w.name, err)
	}
	last, _, err := c.Store.Newest(c.ctx, "")
	if err != nil {
		return err
	}
	d.Seq, d.Hash = last.Seq, last.Hash
	say(line{Done: &d})
	c.trap.reach(acknowledged)
	return nil
}

// finish does again what was begun, under the same key, sometimes after a look at what the gateway knows.
func (c *child) finish(d deed) error {
	if d.Payment != "" && c.rolls.IntN(3) == 0 {
		if _, err := c.Sync(c.ctx, till.Intent{}, d.Payment); err != nil && domain.CodeOf(err) != domain.CodeUnknownOutcome {
			return err
		}
	}
	return c.do(workOf(d.Work), d)
}
