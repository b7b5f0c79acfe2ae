package till_test

import (
	"context"
	"errors"
	"fmt"
	dice "math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
	"till/providers/cash"
	"till/providers/sandbox"
	"till/storage/sqlite"
)

// bench is a till on real files, with a clock that a test moves.
type bench struct {
	facts        int         // told of cases so far
	signInBefore *till.Badge // of whoever signed in before a test began
	*testing.T
	*till.Till
	ctx     context.Context
	journal *sqlite.DB
	bank    *sandbox.Sandbox
	folder  string
	clock   *clock
}

type clock struct {
	sync.Mutex
	now   time.Time // the machine's
	shift time.Duration
	ids   int
	dice  *dice.Rand
}

func newClock() *clock {
	return &clock{now: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC), dice: dice.New(dice.NewPCG(1, 2))}
}

func (c *clock) env() domain.Env {
	return domain.Env{
		Now: func() time.Time {
			c.Lock()
			defer c.Unlock()
			return c.now.Add(c.shift)
		},
		NewID: func(prefix string) string {
			c.Lock()
			defer c.Unlock()
			c.ids++
			return fmt.Sprintf("%s%05d", prefix, c.ids)
		},
		Rand: func(n int) int {
			c.Lock()
			defer c.Unlock()
			return c.dice.IntN(n)
		},
		Wait: func(context.Context, time.Duration) error { return nil },
	}
}

// set is how far till's clock is ahead of the machine's.
func (c *clock) set(shift time.Duration) {
	c.Lock()
	defer c.Unlock()
	c.shift = shift
}

func (c *clock) forward(d time.Duration) {
	c.Lock()
	defer c.Unlock()
	c.now = c.now.Add(d)
}

// newBench opens a till with the sandbox and the drawer; wrap may put something around the sandbox.
func newBench(t *testing.T, wrap func(domain.Provider) domain.Provider) *bench {
	t.Helper()
	b := &bench{
		T: t, ctx: t.Context(), folder: t.TempDir(),
		clock: newClock(),
	}
	b.must(b.fresh())
	b.open(wrap)
	return b
}

// made are a journal and a sandbox as they are when nothing has happened yet: made once, as that takes longer than most
// tests.
var made = sync.OnceValues(func() (files map[string][]byte, err error) {
	folder, err := os.MkdirTemp("", "till")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	env, ctx := newClock().env(), context.Background()
	journal, err := sqlite.Open(ctx, filepath.Join(folder, "till.db"), env)
	if err != nil {
		return nil, err
	}
	bank, err := sandbox.Open(ctx, filepath.Join(folder, "till.sandbox.db"), env)
	if err := errors.Join(err, bank.Close(), journal.Close()); err != nil {
		return nil, err
	}
	files = map[string][]byte{}
	for _, name := range []string{"till.db", "till.sandbox.db"} {
		if files[name], err = os.ReadFile(filepath.Join(folder, name)); err != nil {
			return nil, err
		}
	}
	return files, nil
})

// fresh puts new files into the bench's folder.
func (b *bench) fresh() error {
	files, err := made()
	for name, content := range files {
		err = errors.Join(err, os.WriteFile(filepath.Join(b.folder, name), content, 0o600))
	}
	return err
}

func (b *bench) open(wrap func(domain.Provider) domain.Provider) {
	b.Helper()
	env := b.clock.env()
	journal, err := sqlite.Open(b.ctx, filepath.Join(b.folder, "till.db"), env)
	b.must(err)
	b.Cleanup(func() { b.must(journal.Close()) })
	b.journal = journal
	b.bank, err = sandbox.Open(b.ctx, filepath.Join(b.folder, "till.sandbox.db"), env)
	b.must(err)
	b.Cleanup(func() { b.must(b.bank.Close()) })
	provider := domain.Provider(b.bank)
	if wrap != nil {
		provider = wrap(provider)
	}
	b.Till, err = till.New(b.ctx, till.Config{
		Store: doubting{journal, b.T}, Env: env, Bank: b.bank, Currency: "EUR", Shift: b.clock.set,
		Pepper: func(bool) ([]byte, error) { return []byte("the pepper of the tests, no other"), nil }, RefundLimit: 5000,
		Variants: []till.Variant{
			{Name: "sandbox", Provider: provider, Notifier: b.bank, Timeout: 10 * time.Second},
			{Name: "cash", Provider: cash.New(env), Timeout: 10 * time.Second},
		},
	})
	b.must(err)
	b.bank.Listener(func(ctx context.Context) { b.must(b.Listen(ctx)) })
}

func (b *bench) must(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

func (b *bench) code(err error, want domain.Code) {
	b.Helper()
	if got := domain.CodeOf(err); got != want {
		b.Fatalf("code %q (%v), want %q", got, err, want)
	}
}

func (b *bench) issue(price domain.Amount) *domain.Order {
	b.Helper()
	o, err := b.Issue(b.ctx, till.Intent{}, wanted(price))
	b.must(err)
	return o
}

func wanted(price domain.Amount) till.NewOrder {
	return till.NewOrder{
		Client: domain.Person{Email: "test@test.com", FirstName: "Ada"},
		Cart:   domain.Cart{Currency: "EUR", Lines: []domain.Line{{Title: "tea", Price: price, Quantity: 1}}},
	}
}

func (b *bench) card(number string) *domain.Card {
	b.Helper()
	card, err := domain.ParseCard(number, "12/34", "123", "", b.clock.now)
	b.must(err)
	return &card
}

func (b *bench) hold(o *domain.Order) till.Result {
	b.Helper()
	r, err := b.Pay(b.ctx, till.Intent{}, till.Payable{Order: o.ID, Method: "card", Card: b.card("4242424242424242"), Capture: domain.CaptureManual})
	b.must(err)
	return r
}

func (b *bench) books(p *domain.Payment) domain.Books {
	b.Helper()
	books, err := b.bank.Books(b.ctx, p.ID)
	b.must(err)
	return books
}

func TestSaleFromOrderToRefund(t *testing.T) {
	b := newBench(t, nil)
	o := b.issue(2000)
	if o.State != domain.OrderIssued || o.Number != "1" || o.Client.FirstName != "Ada" {
		t.Fatalf("issued %s number %s for %q", o.State, o.Number, o.Client.Name())
	}
	r := b.hold(o)
	if r.Order.State != domain.OrderHold || r.Payment.State != domain.PaymentAuthorized {
		t.Fatalf("%s, %s", r.Order.State, r.Payment.State)
	}
	r, err := b.Capture(b.ctx, till.Intent{}, till.Capturing{Payment: r.Payment.ID})
	b.must(err)
	if r.Order.State != domain.OrderPaid {
		t.Fatalf("%s after the capture", r.Order.State)
	}
	for _, amount := range []domain.Amount{500, 0} {
		r, err = b.Refund(b.ctx, till.Intent{}, till.Refunding{Payment: r.Payment.ID, Amount: amount})
		b.must(err)
	}
	if r.Order.FlatStatus() != "refunded" || r.Refund.Amount != 1500 {
		t.Fatalf("%s, last refund %d", r.Order.FlatStatus(), r.Refund.Amount)
	}
	if books := b.books(r.Payment); books.Captured != 2000 || books.Refunded != 2000 {
		t.Errorf("the gateway's books: %+v", books)
	}
	verdict, err := b.Store.Verify(b.ctx)
	b.must(err)
	if !verdict.OK {
		t.Errorf("%+v", verdict)
	}
}

// commits is a store that counts the transactions that wrote something.
type commits struct {
	domain.Store
	n int
}

func (c *commits) Update(ctx context.Context, decide func(domain.Tx) ([]domain.Entry, error)) ([]domain.Entry, error) {
	entries, err := c.Store.Update(ctx, decide)
	if len(entries) > 0 {
		c.n++
	}
	return entries, err
}

func TestCashIsOneCommit(t *testing.T) {
	b := newBench(t, nil)
	o := b.issue(1850)
	counted := &commits{Store: b.Store}
	b.Store = counted
	r, err := b.Pay(b.ctx, till.Intent{}, till.Payable{Order: o.ID, Method: "cash", Tendered: 2000})
	b.must(err)
	if counted.n != 1 {
		t.Errorf("a cash sale took %d commits; a stop between two would leave it unknown with nobody to ask", counted.n)
	}
	if r.Order.State != domain.OrderPaid || r.Payment.Tendered-r.Payment.Amount != 150 {
		t.Fatalf("%s, change %d", r.Order.State, r.Payment.Tendered-r.Payment.Amount)
	}
	entries, err := b.Store.Entries(b.ctx, string(o.ID), 0, 0, 0)
	b.must(err)
	if len(entries) != 4 {
		t.Errorf("a cash sale has %d entries, want issued, opened, requested, answered", len(entries))
	}
	_, err = b.Pay(b.ctx, till.Intent{}, till.Payable{Order: b.issue(1850).ID, Method: "cash", Tendered: 1000})
	b.code(err, domain.CodeInvalid)
}

func TestDeclineIsNotTheEnd(t *testing.T) {
	b := newBench(t, nil)
	o := b.issue(2000)
	r, err := b.Pay(b.ctx, till.Intent{}, till.Payable{Order: o.ID, Method: "card", Card: b.card("4000000000000002")})
	b.code(err, domain.CodeDeclined)
	if r.Order.State != domain.OrderFailed || r.Payment.Code != "20005" {
		t.Fatalf("%s, code %s", r.Order.State, r.Payment.Code)
	}
	r, err = b.Pay(b.ctx, till.Intent{}, till.Payable{Order: o.ID, Method: "card", Card: b.card("4242424242424242")})
	b.must(err)
	if r.Order.State != domain.OrderPaid || len(r.Order.Payments) != 2 {
		t.Fatalf("%s after %d payments", r.Order.State, len(r.Order.Payments))
	}
}

func TestRefusedActionsSayWhy(t *testing.T) {
	b := newBench(t, nil)
	r := b.hold(b.issue(2000))
	_, err := b.Capture(b.ctx, till.Intent{}, till.Capturing{Payment: r.Payment.ID, Amount: 2001})
	b.code(err, domain.CodeIllegalTransition)
	_, err = b.Refund(b.ctx, till.Intent{}, till.Refunding{Payment: r.Payment.ID})
	b.code(err, domain.CodeIllegalTransition)
	for _, c := range append(b.OrderActions(r.Order), b.PaymentActions(r.Order, r.Payment)...) {
		possible := map[string]bool{"view": true, "cancel": true, "capture": true, "void": true, "increment": true, "fraud": true, "sync": true}
		if (c.Refusal == "") != possible[c.Action] && !(c.Action == "cancel") {
			t.Errorf("%s on a hold: %q", c.Action, c.Refusal)
		}
	}
}

func TestCancelOfAHoldVoids(t *testing.T) {
	b := newBench(t, nil)
	r := b.hold(b.issue(2000))
	o, err := b.Move(b.ctx, till.Intent{}, r.Order.ID, "cancel", till.Moving{})
	b.must(err)
	if o.State != domain.OrderCancelled || o.CancelReason != "voided" || b.books(r.Payment).Voided != 2000 {
		t.Fatalf("%s (%s)", o.State, o.CancelReason)
	}
}

func TestTestMoneyAndRealMoneyDoNotMix(t *testing.T) {
	b := newBench(t, nil)
	c := b.Config
	c.Live = true
	_, err := till.New(b.ctx, c)
	b.code(err, domain.CodeInvalid)
}
