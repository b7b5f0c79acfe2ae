package till_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
	"till/providers/sandbox"
	"till/storage/sqlite"
)

// copies opens tills on copies of the bench's files. Their clock stands still.
func (b *bench) copies() till.Copies {
	b.Helper()
	kept := b.TempDir()
	names := []string{"till.db", "till.sandbox.db"}
	b.must(b.Store.(*sqlite.DB).Copy(b.ctx, filepath.Join(kept, names[0])))
	b.must(b.bank.Copy(b.ctx, filepath.Join(kept, names[1])))
	env := b.clock.env()
	now := env.Now()
	env.Now = func() time.Time { return now }
	return func(ctx context.Context) (*till.Till, func() error, error) {
		folder, err := os.MkdirTemp(kept, "")
		b.must(err)
		for _, name := range names {
			text, err := os.ReadFile(filepath.Join(kept, name))
			b.must(err)
			b.must(os.WriteFile(filepath.Join(folder, name), text, 0o600))
		}
		journal, err := sqlite.Open(ctx, filepath.Join(folder, names[0]), env)
		b.must(err)
		bank, err := sandbox.Open(ctx, filepath.Join(folder, names[1]), env)
		b.must(err)
		b.must(journal.Careless())
		b.must(bank.Careless(ctx))
		config := b.Config
		config.Store, config.Env, config.Bank = journal, env, bank
		config.Variants = []till.Variant{{Name: "sandbox", Provider: bank, Notifier: bank}}
		t, err := till.New(ctx, config)
		return t, func() error { return errors.Join(bank.Close(), journal.Close(), os.RemoveAll(folder)) }, err
	}
}

// TestEveryOrderOfNoticesEndsTheSame: of a sale whose answers were all lost: authorized, captured, refunded twice.
func TestEveryOrderOfNoticesEndsTheSame(t *testing.T) {
	b := newBench(t, nil)
	b.must(b.bank.HoldBack(b.ctx, true))
	o := b.issue(2000)
	b.fault(domain.Authorize, "timeout_after")
	r, err := b.Pay(b.ctx, till.Intent{}, till.Payable{Order: o.ID, Method: "card", Card: b.card("4242424242424242"), Capture: domain.CaptureManual})
	b.code(err, domain.CodeUnknownOutcome)
	p := r.Payment
	// What the gateway does next it does by itself: till knows of nothing until it is told.
	for _, op := range []domain.Operation{
		{ID: "op_c", Kind: domain.Capture, Key: "c", Amount: 2000, Final: true},
		{ID: "op_r1", Kind: domain.RefundMoney, Key: "r1", Amount: 500, Refund: "ref_1"},
		{ID: "op_r2", Kind: domain.RefundMoney, Key: "r2", Amount: 300, Refund: "ref_2"},
	} {
		op.Order, op.Payment, op.Currency, op.Method, op.Variant = o.ID, p.ID, "EUR", "card", "sandbox"
		if _, err := b.bank.Do(b.ctx, op); err != nil {
			t.Fatal(err)
		}
	}
	told := 0
	done, err := b.Permute(b.ctx, string(p.ID), b.copies(), func(n, of int) { told = n * 1000 / of })
	b.must(err)
	if len(done.Notices) != 4 || done.Orders != 24 || told != 1000 {
		t.Errorf("%d notices in %d orders, told %d", len(done.Notices), done.Orders, told)
	}
	if len(done.Ends) != 1 || done.Ends[0].Count != 24 || len(done.Ends[0].First) != 4 {
		t.Fatalf("ends %+v", done.Ends)
	}
	if end := done.Ends[0]; end.Sums.Captured != 2000 || end.Sums.Refunded != 800 || end.Payment != domain.PaymentCaptured || end.Order != domain.OrderPaid {
		t.Errorf("%+v", end)
	}
	if got := b.see(p.ID); got.Payment.State != domain.PaymentUnknown {
		t.Errorf("the till itself has been told: %s", got.Payment.State)
	}
}

// deaf is a store that does not hear the second of two notices told together with others.
type deaf struct {
	domain.Store
	heard int
}

func (d *deaf) Receive(ctx context.Context, notices []domain.Received) error {
	d.heard++
	return d.Store.Receive(ctx, notices)
}

func (d *deaf) Update(ctx context.Context, decide func(domain.Tx) ([]domain.Entry, error)) ([]domain.Entry, error) {
	if d.heard == 0 {
		return d.Store.Update(ctx, decide)
	}
	return nil, nil
}

// TestPermuteFindsADifference: where only the first notice is heard, it matters which that is.
func TestPermuteFindsADifference(t *testing.T) {
	b := newBench(t, nil)
	o := b.issue(2000)
	b.fault(domain.Authorize, "timeout_after")
	r, err := b.Pay(b.ctx, till.Intent{}, till.Payable{Order: o.ID, Method: "card", Card: b.card("4242424242424242")})
	b.code(err, domain.CodeUnknownOutcome)
	copies := b.copies()
	done, err := b.Permute(b.ctx, string(r.Payment.ID), func(ctx context.Context) (*till.Till, func() error, error) {
		t, shut, err := copies(ctx)
		t.Store = &deaf{Store: t.Store}
		return t, shut, err
	}, func(int, int) {})
	b.must(err)
	if len(done.Ends) != 2 || done.Ends[0].Payment != domain.PaymentAuthorized || done.Ends[1].Payment != domain.PaymentCaptured {
		t.Fatalf("ends %+v", done.Ends)
	}
	if first := done.Ends[1].First; len(first) != 2 || first[0].Type != "payment_captured" {
		t.Errorf("the first order that ends so: %+v", first)
	}
}

func TestTooManyNotices(t *testing.T) {
	b := newBench(t, nil)
	b.must(b.bank.HoldBack(b.ctx, true))
	r := b.hold(b.issue(2000))
	r, err := b.Capture(b.ctx, till.Intent{}, till.Capturing{Payment: r.Payment.ID})
	b.must(err)
	for i := range 6 {
		_, err := b.Refund(b.ctx, till.Intent{Key: fmt.Sprint(i)}, till.Refunding{Payment: r.Payment.ID, Amount: 1})
		b.must(err)
	}
	_, err = b.Permute(b.ctx, string(r.Payment.ID), b.copies(), func(int, int) {})
	b.code(err, domain.CodeInvalid)
	b.must(b.bank.Deliver(b.ctx, "1", "2", "3", "4", "5", "6", "7"))
	done, err := b.Permute(b.ctx, string(r.Payment.ID), b.copies(), func(int, int) {})
	b.must(err)
	if done.Orders != 1 || len(done.Notices) != 1 || len(done.Ends) != 1 {
		t.Errorf("of one that is left: %+v", done)
	}
}
