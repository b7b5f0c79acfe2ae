package till_test

import (
	"context"
	"errors"
	"slices"

	"till/domain"
	"till/domain/till"
)

// Where a process of a shop's history can be disturbed: between its commits and its calls.

// killed is a process that ends in the middle of what it does.
type killed struct{ *lane }

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
		outcome, err = domain.Outcome{}, errors.New("the line is dead")
	}
	if err != nil {
		l.unheard[op.ID] = true
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
