package till_test

import (
	"context"
	"errors"
	"fmt"
	dice "math/rand/v2"
	"path/filepath"
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
	about   int    // of the groups of deeds, the one that comes more often
	most    int    // orders
	now     time.Time
	ids     int
	lanes   []*lane
	dice    *dice.Rand // of the step that runs
	calm    bool       // nothing is killed, cut, or done by others meanwhile
	within  int        // how many steps lie in one another
	again   []keyed    // what can be asked for once more under its key
	say     func(format string, args ...any)
	tally   tally

	unheard map[domain.OperationID]bool // calls of which no answer arrived
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

// openShop opens a shop on copies of the files of one that is new.
func openShop(ctx context.Context, folder string, first history, say func(string, ...any)) *shop {
	s := &shop{
		ctx: ctx, folder: folder, dice: first.dice(-1), say: say, tally: tally{}, unheard: map[domain.OperationID]bool{},
		now: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC),
	}
	s.country, s.halves = among(s, "", "BE", "SE"), s.dice.IntN(2) == 0
	s.about, s.most = s.dice.IntN(len(deeds)), among(s, 1, 2, 3, 6)
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

// among is one of several.
func among[T any](s *shop, of ...T) T { return of[s.dice.IntN(len(of))] }
