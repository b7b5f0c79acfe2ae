package till_test

import (
	"context"
	"errors"
	"fmt"
	dice "math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
	"till/storage/storagetest"
)

// A year on the clock: orders of every kind that leaves something to time are made over the first weeks, and then a year
// passes, in one go and in steps. What must have happened, and when, stands in a table (year_kinds_test.go).

// year is a till on whose clock a year passes.
type year struct {
	*bench
	*obstacles
	fired []domain.Timer
	later []task
	alive []alive
}

// task is what somebody does on a later day.
type task struct {
	at time.Time
	do func()
}

// alive are the orders that one kind made.
type alive struct {
	yearKind
	orders []domain.OrderID
	since  time.Time
}

// obstacles is a provider of which some calls come to nothing, by payment and kind: a void is refused, of anything else
// nobody hears.
type obstacles struct {
	domain.Provider
	ahead map[obstacle]int // how many calls more
}

type obstacle struct {
	payment domain.PaymentID
	kind    domain.OperationKind
}

func (o *obstacles) Do(ctx context.Context, op domain.Operation) (domain.Outcome, error) {
	of := obstacle{op.Payment, op.Kind}
	if o.ahead[of] == 0 {
		return o.Provider.Do(ctx, op)
	}
	o.ahead[of]--
	if op.Kind == domain.Void {
		return domain.Outcome{Status: domain.NotSent, Summary: "nobody answers"}, nil
	}
	return domain.Outcome{}, errors.New("the line is dead")
}

const shortHold = "short" // a variant that lets go after a week

// begin opens a till on the bench's files.
func (y *year) begin() {
	y.open(func(p domain.Provider) domain.Provider {
		y.Provider = p
		return y.obstacles
	})
	y.Variants = append(y.Variants, till.Variant{
		Name: shortHold, Provider: y.obstacles, Timeout: 10 * time.Second, Capture: domain.CaptureManual, HoldFor: 7 * day,
	})
}

// copied is another till on copies of the files, with a clock of its own that stands where this one does.
func (y *year) copied() *year {
	y.Helper()
	folder := y.TempDir()
	y.must(y.journal.Copy(y.ctx, filepath.Join(folder, "till.db")))
	y.must(y.bank.Copy(y.ctx, filepath.Join(folder, "till.sandbox.db")))
	c := newClock()
	c.now, c.ids = y.clock.now, y.clock.ids
	other := &year{
		bench:     &bench{T: y.T, ctx: y.ctx, folder: folder, clock: c},
		obstacles: &obstacles{ahead: map[obstacle]int{}},
		fired:     slices.Clone(y.fired), alive: y.alive,
	}
	for of, times := range y.ahead {
		other.ahead[of] = times
	}
	other.begin()
	return other
}

// advance has time pass.
func (y *year) advance(by time.Duration) {
	y.Helper()
	passed, err := y.Advance(y.ctx, till.Intent{}, by)
	y.must(err)
	y.fired = append(y.fired, passed.Fired...)
}

// pass has time pass, and has done on the way what somebody wanted to do then.
func (y *year) pass(by time.Duration) {
	y.Helper()
	goal := y.Env.Now().Add(by)
	slices.SortStableFunc(y.later, func(a, b task) int { return a.at.Compare(b.at) })
	for len(y.later) > 0 && !y.later[0].at.After(goal) {
		next := y.later[0]
		y.later = y.later[1:]
		y.advance(next.at.Sub(y.Env.Now()))
		next.do()
	}
	y.advance(goal.Sub(y.Env.Now()))
}

// after has something done some time from now.
func (y *year) after(d time.Duration, do func()) {
	y.later = append(y.later, task{y.Env.Now().Add(d), do})
}

// someWeeks makes orders of all kinds, in an order and with gaps that fixed dice tell.
func someWeeks(t *testing.T, times int) *year {
	t.Helper()
	y := &year{
		bench:     &bench{T: t, ctx: t.Context(), folder: t.TempDir(), clock: newClock()},
		obstacles: &obstacles{ahead: map[obstacle]int{}},
	}
	y.begin()
	dice := dice.New(dice.NewPCG(20, 26))
	var kinds []yearKind
	for range times {
		kinds = append(kinds, yearKinds()...)
	}
	dice.Shuffle(len(kinds), func(i, j int) { kinds[i], kinds[j] = kinds[j], kinds[i] })
	for _, k := range kinds {
		now := y.Env.Now()
		y.alive = append(y.alive, alive{k, k.live(y), now})
		y.pass(time.Duration(1+dice.IntN(20*60)) * time.Minute)
	}
	for len(y.later) > 0 {
		y.pass(day)
	}
	return y
}

func TestAYearInOneGoAndInSteps(t *testing.T) {
	t.Parallel()
	once := someWeeks(t, storagetest.Scaled(t, 1))
	steps := once.copied()
	goal := once.Env.Now().Add(365 * day)
	once.advance(365 * day)
	dice := dice.New(dice.NewPCG(3, 65))
	for left := 365 * day; left > 0; left = goal.Sub(steps.Env.Now()) {
		step := time.Duration(1 + dice.Int64N(int64(12*day)))
		if dice.IntN(3) == 0 {
			step /= 1000 // minutes, too
		}
		steps.advance(min(step, left))
	}
	for _, y := range []*year{once, steps} {
		y.allHappened(goal)
		y.nothingTwice()
		y.inOrder(goal)
	}
	if one, other := once.happened(), steps.happened(); !slices.Equal(one, other) {
		for i := range max(len(one), len(other)) {
			if i >= len(one) || i >= len(other) || one[i] != other[i] {
				t.Fatalf("in one go %d entries, in steps %d: the first that differs is %d\n%q\n%q", len(one), len(other), i, one[i:min(i+1, len(one))], other[i:min(i+1, len(other))])
			}
		}
	}
}

// allHappened compares each order with what the table says: what came and when, and where that left it.
func (y *year) allHappened(goal time.Time) {
	y.Helper()
	came := map[domain.OrderID][]string{}
	owner := y.owners()
	for _, f := range y.fired {
		came[owner[f.Subject]] = append(came[owner[f.Subject]], f.At.Format(time.RFC3339)+" "+f.Name)
	}
	if len(came[""]) > 0 {
		y.Errorf("of nobody's order: %v", came[""])
	}
	for _, a := range y.alive {
		ends := a.ends(goal.Sub(a.since))
		if len(ends) != len(a.orders) {
			y.Fatalf("%s: %d orders, and the table has %d", a.name, len(a.orders), len(ends))
		}
		for i, id := range a.orders {
			var want []string
			for _, m := range ends[i].moments {
				want = append(want, a.since.Add(m.after).Format(time.RFC3339)+" "+m.timer)
			}
			if !slices.Equal(came[id], want) {
				y.Errorf("%s, order %d, since %s: there came\n  %q\nand should have\n  %q", a.name, i+1, a.since.Format(time.RFC3339), came[id], want)
			}
			y.ended(a.name, id, ends[i])
		}
	}
}

// ended compares an order, its payment and the gateway's books with the table.
func (y *year) ended(name string, id domain.OrderID, want end) {
	y.Helper()
	o, err := y.Store.Order(y.ctx, id)
	y.must(err)
	got := end{order: o.State, marks: o.Attention()}
	if len(o.Payments) > 0 {
		p := o.Payments[len(o.Payments)-1]
		s := p.Sums
		got.payment, got.sums = p.State, sums{s.Authorized, s.Captured, s.Released, s.Refunded - s.RefundReturned}
		books, err := y.bank.Books(y.ctx, p.ID)
		if err != nil && domain.CodeOf(err) != domain.CodeNotFound {
			y.Fatal(err)
		}
		known := sums{books.Authorized, books.Captured, books.Voided, books.Refunded - s.RefundReturned}
		if known != got.sums && p.State != domain.PaymentUnknown || books.Charges > 1 {
			y.Errorf("%s: till has %v, the gateway %v and %d charges", name, got.sums, known, books.Charges)
		}
	}
	if got.order != want.order || got.payment != want.payment || got.sums != want.sums || !slices.Equal(got.marks, want.marks) {
		y.Errorf("%s: the order is %s and its payment %q with %v %v; they should be %s and %q with %v %v", name,
			got.order, got.payment, got.sums, got.marks, want.order, want.payment, want.sums, want.marks)
	}
}

// owners says whose order a timer's subject is part of.
func (y *year) owners() map[string]domain.OrderID {
	y.Helper()
	owner := map[string]domain.OrderID{}
	for _, a := range y.alive {
		for _, id := range a.orders {
			o, err := y.Store.Order(y.ctx, id)
			y.must(err)
			owner[string(id)] = id
			for _, p := range o.Payments {
				owner[string(p.ID)] = id
				for _, op := range p.Operations {
					owner[string(op.ID)] = id
				}
				for _, d := range p.Disputes {
					owner[string(d.ID)] = id
				}
			}
		}
	}
	return owner
}

// nothingTwice: each deadline came once, and none is left behind.
func (y *year) nothingTwice() {
	y.Helper()
	seen := map[domain.Timer]bool{}
	for _, f := range y.fired {
		f.At = f.At.UTC()
		if seen[f] {
			y.Errorf("%s of %s came twice at %s", f.Name, f.Subject, f.At)
		}
		seen[f] = true
	}
	now := y.Env.Now()
	left, err := y.Store.Due(y.ctx, now)
	y.must(err)
	own, err := y.bank.Timers(y.ctx)
	y.must(err)
	for _, f := range append(left, own...) {
		if !f.At.After(now) {
			y.Errorf("%s of %s was due at %s and is still there", f.Name, f.Subject, f.At)
		}
	}
}

// inOrder: time only went forward, to its goal, and nothing was changed afterwards.
func (y *year) inOrder(goal time.Time) {
	y.Helper()
	if now := y.Env.Now(); !now.Equal(goal) {
		y.Errorf("it is %s and should be %s", now, goal)
	}
	var last time.Time
	for _, e := range y.entries("") {
		if e.At.Before(last) {
			y.Fatalf("entry %d is of %s, the one before of %s", e.Seq, e.At, last)
		}
		last = e.At
	}
	verdict, err := y.Store.Verify(y.ctx)
	y.must(err)
	if !verdict.OK {
		y.Errorf("%+v", verdict)
	}
}

// happened is every entry but those of the clock itself, without identifiers that were made on the way.
func (y *year) happened() []string {
	y.Helper()
	owner := y.owners()
	var all []string
	for _, e := range y.entries("") {
		if e.Stream != domain.ClockStream {
			all = append(all, fmt.Sprintf("%s %s %s %s of %s by %s", e.At.Format(time.RFC3339Nano), e.Stream, e.Kind, owner[e.Subject], e.Source, e.Actor))
		}
	}
	return all
}
