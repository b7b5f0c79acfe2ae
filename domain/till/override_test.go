package till_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"till/domain"
	"till/domain/story"
	"till/domain/till"
)

// A clerk gives back up to the limit; beyond it a manager stands by, and both are on record: in the entry, in the order's
// life, in its story.
func TestARefundAboveTheLimitIsByTwo(t *testing.T) {
	till.CountHashes(t)
	b := newBench(t, nil)
	as := b.staffed()
	maria, tess := b.signIn("Maria", bossPIN), b.signIn("Tess", trainerPIN)
	as(domain.Clerk)
	r, err := b.pay(b.issue(20000), goodCard, nil)
	b.must(err)
	refund := func(in till.Intent, amount domain.Amount) error {
		var err error
		r, err = b.Refund(b.ctx, in, till.Refunding{Payment: r.Payment.ID, Amount: amount})
		if err != nil {
			r.Payment = b.newest("1")
		}
		return err
	}
	b.code(refund(till.Intent{}, 5001), domain.CodeForbidden)
	b.must(refund(till.Intent{}, 3000))
	b.must(refund(till.Intent{}, 2000))
	err = refund(till.Intent{Key: "again"}, 1) // many small ones are a big one
	b.code(err, domain.CodeForbidden)
	if !strings.Contains(err.Error(), "up to €50.00 of an order, and this makes it €50.01") {
		t.Error(err)
	}
	b.code(refund(till.Intent{Override: b.signIn("Bob", clerkPIN)}, 1), domain.CodeForbidden)
	b.must(refund(till.Intent{Key: "again", Override: maria}, 1))
	b.must(refund(till.Intent{Override: tess}, 5000)) // with test money a trainer may, too
	as(domain.Manager)
	b.must(refund(till.Intent{Override: tess}, 1)) // who may do it alone has nobody stand by
	b.audit(r.Order, [][2]string{{"Bob", "Maria"}, {"Bob", "Tess"}})
	verdict, err := b.Store.Verify(b.ctx)
	b.must(err)
	if !verdict.OK {
		t.Errorf("%+v", verdict)
	}
	b.must(b.Store.Rebuild(b.ctx))
	o, err := b.Store.Order(b.ctx, r.Order.ID)
	b.must(err)
	b.audit(o, [][2]string{{"Bob", "Maria"}, {"Bob", "Tess"}})
	t.Logf("proof: 2 overrides, both names in the entry, the order and the story")
}

// newest is the last payment of an order.
func (b *bench) newest(number string) *domain.Payment {
	b.Helper()
	o, err := b.Order(b.ctx, number)
	b.must(err)
	return o.Last()
}

// audit demands who did what may only be done with somebody standing by, and who that was: of the order, of its entries,
// and of the story that is told of them.
func (b *bench) audit(o *domain.Order, want [][2]string) {
	b.Helper()
	var folded, entered [][2]string
	for _, over := range o.Overrides {
		folded = append(folded, [2]string{over.Actor, over.By})
		if over.What != "refund" {
			b.Errorf("what was overridden is %q", over.What)
		}
	}
	entries, err := b.Store.Entries(b.ctx, string(o.ID), 0, 0, 0)
	b.must(err)
	for _, e := range entries {
		by := domain.OverriddenBy(e)
		if by == "" {
			continue
		}
		entered = append(entered, [2]string{e.Actor, by})
		if said := story.By(e); said != e.Actor+", allowed by "+by {
			b.Errorf("the story says %q", said)
		}
	}
	if !slices.Equal(folded, want) || !slices.Equal(entered, want) {
		b.Errorf("the order has %v, its entries %v; want %v", folded, entered, want)
	}
}

// The limit is in the till's currency: what is in another cannot be compared with it.
func TestTheLimitIsOfTheTillsCurrency(t *testing.T) {
	till.CountHashes(t)
	b := newBench(t, nil)
	b.staffed()(domain.Clerk)
	wish := wanted(1000)
	wish.Cart.Currency = "USD"
	o, err := b.Issue(b.ctx, till.Intent{}, wish)
	b.must(err)
	r, err := b.pay(o, goodCard, nil)
	b.must(err)
	b.code(second(b.Refund(b.ctx, till.Intent{}, till.Refunding{Payment: r.Payment.ID, Amount: 1})), domain.CodeForbidden)
	b.Enter(b.signIn("Maria", bossPIN))
	b.must(second(b.Refund(b.ctx, till.Intent{}, till.Refunding{Payment: r.Payment.ID, Amount: 1})))
}

// What a badge is good for ends with the PIN it was given for, also where somebody only stands by.
func TestABadgeEndsWithItsPIN(t *testing.T) {
	till.CountHashes(t)
	b := newBench(t, nil)
	as := b.staffed()
	o := b.staffedOrder(as)
	bob, maria := b.signIn("Bob", clerkPIN), b.signIn("Maria", bossPIN)
	pay := func(in till.Intent) error {
		return second(b.Move(b.ctx, in, o.ID, "close_short", till.Moving{}))
	}
	b.must(second(b.SetPIN(b.ctx, till.Intent{}, "bob", domain.NewSecret("121212"))))
	b.Enter(bob)
	b.code(b.Allows(b.ctx, till.Intent{}, domain.DeedIssue), domain.CodeForbidden)
	b.Enter(b.signIn("Bob", "121212"))
	b.must(b.Allows(b.ctx, till.Intent{}, domain.DeedIssue))
	b.must(b.Allows(b.ctx, till.Intent{Override: maria}, domain.DeedVoid))
	b.Enter(maria)
	b.must(second(b.SetPIN(b.ctx, till.Intent{}, "Maria", domain.NewSecret("343434"))))
	b.must(b.Allows(b.ctx, till.Intent{}, domain.DeedVoid)) // who changes their own goes on
	b.must(second(b.AddOperator(b.ctx, till.Intent{}, "Max", domain.Manager, domain.NewSecret("565656"))))
	tim := b.signIn("Max", "565656")
	b.must(second(b.DisableOperator(b.ctx, till.Intent{}, "MAX")))
	b.Enter(b.signIn("Bob", "121212"))
	for _, gone := range []*till.Badge{maria, tim} {
		b.code(b.Allows(b.ctx, till.Intent{Override: gone}, domain.DeedVoid), domain.CodeForbidden)
		b.code(pay(till.Intent{Override: gone}), domain.CodeForbidden)
	}
	b.Enter(tim)
	b.code(second(b.Issue(b.ctx, till.Intent{}, wanted(1))), domain.CodeForbidden)
}

// staffedOrder is an order that the manager has issued, who stays at the till.
func (b *bench) staffedOrder(as func(domain.Role)) *domain.Order {
	b.Helper()
	as(domain.Manager)
	return b.issue(2000)
}

func TestAnOperatorsLife(t *testing.T) {
	till.CountHashes(t)
	b := newBench(t, nil)
	add := func(name string, role domain.Role) error {
		return second(b.AddOperator(b.ctx, till.Intent{}, name, role, domain.NewSecret(bossPIN)))
	}
	b.issue(100) // nobody is set up: everybody may do everything
	b.code(second(b.SignIn(b.ctx, "Maria", domain.NewSecret(bossPIN))), domain.CodeForbidden)
	for _, name := range []string{"", "1234", strings.Repeat("m", 41), "clock", "Till"} {
		b.code(add(name, domain.Manager), domain.CodeInvalid)
	}
	b.wrong(add("Bob", domain.Clerk), "role") // the first
	b.wrong(add("Tess", domain.Trainer), "role")
	b.must(add("Maria", domain.Manager))
	b.code(second(b.Issue(b.ctx, till.Intent{}, wanted(100))), domain.CodeForbidden)
	b.Enter(b.signIn("Maria", bossPIN))
	b.code(add("MARIA", domain.Clerk), domain.CodeIllegalTransition)
	b.code(second(b.DisableOperator(b.ctx, till.Intent{}, "Maria")), domain.CodeIllegalTransition) // the last manager
	b.must(add("Bob", domain.Clerk))
	bob, err := b.DisableOperator(b.ctx, till.Intent{}, "Bob")
	b.must(err)
	if kept, err := b.Store.PIN(b.ctx, bob.ID); kept != "" || err != nil {
		t.Errorf("of a PIN that is good for nothing is kept %q, %v", kept, err)
	}
	b.code(second(b.SetPIN(b.ctx, till.Intent{}, "Bob", domain.NewSecret(clerkPIN))), domain.CodeIllegalTransition)
	b.code(second(b.DisableOperator(b.ctx, till.Intent{}, "Bob")), domain.CodeIllegalTransition)
	b.code(second(b.DisableOperator(b.ctx, till.Intent{}, "Rob")), domain.CodeNotFound)
	in := till.Intent{Key: "back"}
	for range 2 { // the second is a repeat
		o, err := b.AddOperator(b.ctx, in, "bob", domain.Trainer, domain.NewSecret(trainerPIN))
		b.must(err)
		if o.Name != "Bob" || o.Role != domain.Trainer || !o.IsActive() {
			t.Errorf("back is %+v", o)
		}
	}
	all, err := b.Operators(b.ctx)
	b.must(err)
	if len(all) != 2 {
		t.Errorf("there are %d", len(all))
	}
	b.Enter(b.signIn("Bob", trainerPIN))
	if o := b.issue(100); len(o.Steps) == 0 {
		t.Error("nothing was issued")
	}
	entries, err := b.Store.Entries(b.ctx, "", 0, 0, 0)
	b.must(err)
	if last := entries[len(entries)-1]; last.Actor != "Bob" {
		t.Errorf("it was %s", last.Actor)
	}
	if found := b.holds(bossPIN, clerkPIN, trainerPIN, "the pepper of the tests"); found != nil {
		t.Errorf("in the files is %v", found)
	}
}

// Two who set up the first at once do not both come in by the open door.
func TestTheFirstIsSetUpOnce(t *testing.T) {
	till.CountHashes(t)
	b := newBench(t, nil)
	store := b.Store
	b.Store = &meanwhile{store, func() {
		d := b.doors(1)[0]
		b.must(second(d.AddOperator(b.ctx, till.Intent{}, "Maria", domain.Manager, domain.NewSecret(bossPIN))))
	}}
	b.code(second(b.AddOperator(b.ctx, till.Intent{}, "Mallory", domain.Manager, domain.NewSecret(bossPIN))), domain.CodeForbidden)
}

// preceded is a store before whose next Update something else happens.
type preceded struct {
	domain.Store
	first func()
}

func (s preceded) Update(ctx context.Context, decide func(domain.Tx) ([]domain.Entry, error)) ([]domain.Entry, error) {
	s.first()
	return s.Store.Update(ctx, decide)
}

// Who may change only their own PIN changes nobody else's, also where another sits down in that moment.
func TestTheNextOneDoesNotChangeMyPIN(t *testing.T) {
	till.CountHashes(t)
	b := newBench(t, nil)
	as := b.staffed()
	as(domain.Clerk)
	b.Store = preceded{b.Store, func() { as(domain.Trainer) }}
	_, err := b.SetPIN(b.ctx, till.Intent{}, "Bob", domain.NewSecret("73914"))
	b.code(err, domain.CodeForbidden)
}
