package till_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"till/domain"
	"till/domain/till"
)

// rehearsal is a till on copies of the bench's files. Its clock stands still.
func (b *bench) rehearsal() till.Rehearsal {
	b.Helper()
	folder := b.TempDir()
	b.must(b.journal.Copy(b.ctx, filepath.Join(folder, "till.db")))
	b.must(b.bank.Copy(b.ctx, filepath.Join(folder, "till.sandbox.db")))
	copied := &bench{T: b.T, ctx: b.ctx, folder: folder, clock: b.clock}
	copied.open(nil)
	journal := copied.journal
	return till.Rehearsal{Till: copied.Till, Undo: func(ctx context.Context, do func() error) error {
		return journal.Rehearse(ctx, func() error { return copied.bank.Rehearse(ctx, do) })
	}}
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
	done, err := b.rehearsal().Permute(b.ctx, string(p.ID), func(n, of int) { told = n * 1000 / of })
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

// deaf is a store that books only what it is told first.
type deaf struct{ domain.Store }

func (d deaf) Update(ctx context.Context, decide func(domain.Tx) ([]domain.Entry, error)) ([]domain.Entry, error) {
	if read, err := d.Received(ctx, "sandbox"); read != "" || err != nil {
		return nil, err
	}
	return d.Store.Update(ctx, decide)
}

// TestPermuteFindsADifference: where only the first notice is heard, it matters which that is.
func TestPermuteFindsADifference(t *testing.T) {
	b := newBench(t, nil)
	o := b.issue(2000)
	b.fault(domain.Authorize, "timeout_after")
	r, err := b.Pay(b.ctx, till.Intent{}, till.Payable{Order: o.ID, Method: "card", Card: b.card("4242424242424242")})
	b.code(err, domain.CodeUnknownOutcome)
	on := b.rehearsal()
	on.Store = deaf{on.Store}
	done, err := on.Permute(b.ctx, string(r.Payment.ID), func(int, int) {})
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
	_, err = b.rehearsal().Permute(b.ctx, string(r.Payment.ID), func(int, int) {})
	b.code(err, domain.CodeInvalid)
	b.must(b.bank.Deliver(b.ctx, "1", "2", "3", "4"))
	done, err := b.rehearsal().Permute(b.ctx, string(r.Payment.ID), func(int, int) {})
	b.must(err)
	if done.Orders != 24 || len(done.Notices) != 4 || len(done.Ends) != 1 {
		t.Errorf("of one that is left: %+v", done)
	}
}
