package till_test

import (
	"context"
	"errors"
	"fmt"
	dice "math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"time"

	"till/domain"
	"till/domain/till"
	"till/providers/cash"
	"till/providers/sandbox"
	"till/storage/sqlite"
)

// A shop with one to three lanes, each a process of its own on the same two files, in which somebody lives a history:
// steps that fixed dice tell, with commands of every kind, a gateway at which things go wrong, kills, and a clock that
// jumps. Everything but the processes' borders is the real thing.

// shop is where a history happens.
type shop struct {
	ctx     context.Context
	folder  string
	country string // by which cash is rounded
	halves  bool   // the gateway approves half of an amount now and then
	now     time.Time
	ids     int
	lanes   []*lane
	dice    *dice.Rand // of the step that runs
	calm    bool       // nothing is killed, cut, or done by others meanwhile
	within  int        // how many steps lie in one another
	again   []keyed    // what can be asked for once more under its key
	say     func(format string, args ...any)
	tally   tally
}

// lane is one process of the shop.
type lane struct {
	*till.Till
	*shop
	name    string
	journal *sqlite.DB
	bank    *sandbox.Sandbox
	shift   time.Duration // how far its clock is ahead of the machine's
	step    context.Context
	cut     context.CancelFunc // ends what the step still waits for
	last    error              // of what was done last
	shown   []domain.OrderRow  // the list as it was when the step began
}

// keyed is an intent with a key.
type keyed struct {
	name, about string
	in          till.Intent
	do          func(*lane, till.Intent) error
}

// tally counts what came of each use case, by code; "" is that it was done.
type tally map[string]map[domain.Code]int

func (t tally) count(name string, code domain.Code, times int) {
	if t[name] == nil {
		t[name] = map[domain.Code]int{}
	}
	t[name][code] += times
}

// broken is what must never be.
type broken string

func (s *shop) broken(format string, args ...any) { panic(broken(fmt.Sprintf(format, args...))) }

func (s *shop) must(err error) {
	if err != nil {
		s.broken("%v (%s)", err, domain.CodeOf(err))
	}
}

// killed is a process that ends in the middle of what it does.
type killed struct{ *lane }

// openShop opens a shop on copies of the files of one that is new.
func openShop(ctx context.Context, folder string, first history, say func(string, ...any)) *shop {
	s := &shop{
		ctx: ctx, folder: folder, dice: first.dice(-1), say: say, tally: tally{},
		now: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC),
	}
	s.country, s.halves = among(s, "", "BE", "SE"), s.dice.IntN(2) == 0
	for i := range among(s, 1, 2, 2, 3) {
		s.lanes = append(s.lanes, &lane{shop: s, name: string(rune('A' + i))})
	}
	s.lanes[0].open()
	return s
}

func (s *shop) close() {
	for _, c := range s.open() {
		c.close()
	}
}

// open are the lanes that have done something.
func (s *shop) open() []*lane {
	return slices.DeleteFunc(slices.Clone(s.lanes), func(c *lane) bool { return c.Till == nil })
}

func (s *shop) path(name string) string { return filepath.Join(s.folder, name) }

func (c *lane) env() domain.Env {
	return domain.Env{
		Now: func() time.Time { return c.now.Add(c.shift) },
		NewID: func(prefix string) string {
			c.ids++
			return fmt.Sprintf("%s%05d", prefix, c.ids)
		},
		Rand: func(n int) int { return c.dice.IntN(n) },
		Wait: func(ctx context.Context, d time.Duration) error {
			c.shop.now = c.now.Add(d)
			return ctx.Err()
		},
	}
}

// open begins the process anew.
func (c *lane) open() {
	c.shift = 0
	env := c.env()
	var err error
	c.journal, err = sqlite.Open(c.ctx, c.path("till.db"), env)
	c.must(err)
	c.bank, err = sandbox.Open(c.ctx, c.path("till.sandbox.db"), env)
	c.must(err)
	wire := line{c.bank, c}
	c.Till, err = till.New(c.ctx, till.Config{
		Store: seamed{c.journal, c}, Env: env, Bank: c.bank, Currency: "EUR", Country: c.country, Operator: c.name,
		Shift: func(d time.Duration) { c.shift = d },
		Variants: []till.Variant{
			{Name: "sandbox", Provider: wire, Notifier: c.bank, Timeout: 10 * time.Second},
			{Name: shortHold, Provider: wire, Timeout: 10 * time.Second, Capture: domain.CaptureManual, HoldFor: 7 * day},
			{Name: "cash", Provider: cash.New(env), Timeout: 10 * time.Second},
		},
	})
	c.must(err)
	c.bank.Listener(func(ctx context.Context) { c.fine(c.Listen(ctx)) })
}

func (c *lane) close() { c.must(errors.Join(c.journal.Close(), c.bank.Close())) }

// seamed is a journal between whose commits others act, and the process ends.
type seamed struct {
	domain.Store
	*lane
}

func (s seamed) Update(ctx context.Context, decide func(domain.Tx) ([]domain.Entry, error)) ([]domain.Entry, error) {
	s.seam("before a commit")
	entries, err := s.Store.Update(ctx, func(tx domain.Tx) ([]domain.Entry, error) {
		entries, err := decide(tx)
		if s.rolls(300) {
			s.kill("in a transaction")
		}
		return entries, err
	})
	if len(entries) > 0 {
		s.seam("after a commit")
	}
	return entries, err
}

func (s seamed) Receive(ctx context.Context, notices []domain.Received) error {
	s.seam("before it remembers what it heard")
	return s.Store.Receive(ctx, notices)
}

// line is the way to the gateway, on which answers are lost.
type line struct {
	domain.Provider
	*lane
}

func (l line) Do(ctx context.Context, op domain.Operation) (domain.Outcome, error) {
	l.seam("before its call")
	outcome, err := l.Provider.Do(ctx, op)
	l.seam("after its call")
	if l.rolls(30) {
		l.say("    the line is dead: nobody hears the answer")
		return domain.Outcome{}, errors.New("the line is dead")
	}
	return outcome, err
}

// rolls tells whether a disturbance happens, one in so many.
func (c *lane) rolls(n int) bool { return !c.calm && c.dice.IntN(n) == 0 }

// seam is where a process holds no lock: others may act, and it may end.
func (c *lane) seam(where string) {
	switch {
	case c.rolls(60):
		c.kill(where)
	case c.rolls(60) && c.cut != nil:
		c.say("    %s is interrupted %s", c.name, where)
		c.cut()
	case c.rolls(12) && len(c.lanes) > 1 && c.within == 1:
		other := among(c.shop, slices.DeleteFunc(slices.Clone(c.lanes), func(o *lane) bool { return o == c })...)
		c.say("    %s, %s:", where, other.name)
		other.acts()
	}
}

func (c *lane) kill(where string) {
	c.say("    %s is killed %s", c.name, where)
	panic(killed{c})
}

// acts has the process do something. When it is killed meanwhile it begins anew.
func (c *lane) acts() {
	if c.Till == nil {
		c.open()
	}
	c.within++
	before := c.step
	c.step, c.cut = context.WithCancel(c.ctx)
	defer func() {
		c.cut()
		c.step, c.cut, c.within = before, nil, c.within-1
		if end := recover(); end == (any)(killed{c}) {
			c.close()
			c.open()
		} else if end != nil {
			panic(end)
		}
	}()
	c.fine(c.ReadClock(c.step))
	if c.dice.IntN(3) == 0 { // as a console does all the time, and a command before it acts
		c.fine(c.Listen(c.step))
		c.fine(c.Tend(c.step))
	}
	c.shown = c.orders()
	for range 5 { // where there is nothing to do something with, something else is done
		if c.draw().do(c) {
			return
		}
	}
}

// tries has an intent carried out, notes what came of it, and keeps it for a repeat where it has a key.
func (c *lane) tries(name, about string, do func(*lane, till.Intent) error) error {
	in := till.Intent{}
	if c.dice.IntN(2) == 0 {
		in.Key = c.env().NewID("key_")
		c.again = append(c.again, keyed{name, about, in, do})
	}
	return c.does(name, about, func() error { return do(c, in) })
}

// does is what every step comes down to: it is refused in words, or done.
func (c *lane) does(name, about string, do func() error) error {
	c.say("  %s %s %s", c.name, name, about)
	err := do()
	c.last = err
	c.tally.count(name, domain.CodeOf(err), 1)
	if err != nil {
		c.say("      %s: %v", domain.CodeOf(err), err)
	}
	c.fine(err)
	return err
}

// refusals are the codes of what may be answered to anybody.
var refusals = []domain.Code{
	"", domain.CodeInvalid, domain.CodeDeclined, domain.CodeFailed, domain.CodeUnknownOutcome,
	domain.CodeIllegalTransition, domain.CodeVersionConflict, domain.CodeNotFound,
}

// fine checks that something was done, or refused for a reason that somebody can understand.
func (c *lane) fine(err error) {
	if slices.Contains(refusals, domain.CodeOf(err)) || errors.Is(err, context.Canceled) && c.step != nil && c.step.Err() != nil {
		return
	}
	c.must(err)
}

// among is one of several.
func among[T any](s *shop, of ...T) T { return of[s.dice.IntN(len(of))] }

// history is the life of a shop that a seed gives, cut down to some of its steps. Each step has dice of its own: what is
// cut out does not change what the others roll.
type history struct {
	seed  uint64
	steps []int
}

func (h history) dice(step int) *dice.Rand { return dice.New(dice.NewPCG(h.seed, uint64(step+2))) }

// live lives a history and looks at what it has left. The error is what must never be.
func (h history) live(ctx context.Context, empty emptyShop, say func(string, ...any)) (count tally, err error) {
	folder := empty.copied()
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	defer func() {
		switch end := recover().(type) {
		case nil:
		case broken:
			err = errors.New(string(end))
		default:
			err = fmt.Errorf("%v\n%s", end, debug.Stack())
		}
	}()
	s := openShop(ctx, folder, h, say)
	defer s.close()
	for _, step := range h.steps {
		s.dice = h.dice(step)
		s.passes()
		s.calm = s.dice.IntN(2) == 0
		say("%d. %s", step, s.now.Format("02 Jan 15:04:05"))
		among(s, s.lanes...).acts()
		if step%12 == 11 {
			s.sound()
		}
	}
	s.dice, s.calm = h.dice(-2), true
	s.sound()
	s.settle()
	s.sound()
	s.agrees()
	return s.tally, nil
}

// passes has the machine's time pass; now and then somebody sets its clock back.
func (s *shop) passes() {
	switch s.dice.IntN(10) {
	case 0:
		s.now = s.now.Add(-time.Duration(s.dice.IntN(90)) * time.Second)
	case 1:
		s.now = s.now.Add(time.Duration(s.dice.IntN(48*60)) * time.Minute)
	default:
		s.now = s.now.Add(time.Duration(s.dice.IntN(40_000)) * time.Millisecond)
	}
}
