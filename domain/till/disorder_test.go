package till_test

import (
	"fmt"
	dice "math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
	"till/storage/storagetest"
)

// Payments with richer lives than a sale, of which the gateway's notices are all that till has: told in every order, with each
// of them told twice, and with each of them lost and a sync at the end, they end the same.

// disorder is a payment of which nothing has been told yet, and how it must end.
type disorder struct {
	name   string
	number string
	with   func(*till.Payable)
	does   []domain.Operation // by the gateway, once it has approved
	also   func(b *bench, p *domain.Payment)
	told   []string // what its notices are, as the gateway has them
	order  domain.State
	end    domain.State
	sums   domain.Sums
}

var disorders = []disorder{
	{
		name: "a sale with a challenge, and a refund", number: challengeCard,
		also:  func(b *bench, p *domain.Payment) { b.must(b.bank.Customer(b.ctx, p.ID, "passed")) },
		does:  []domain.Operation{{Kind: domain.RefundMoney, Amount: 500}},
		told:  []string{"payment_action_required", "authentication_approved", "payment_approved", "payment_captured", "payment_refunded"},
		order: domain.OrderPaid, end: domain.PaymentCaptured,
		sums: domain.Sums{Authorized: 2000, Captured: 2000, Refunded: 500},
	},
	{
		name: "a hold that grows, with two captures and its rest let go", number: goodCard, with: multiple,
		does: []domain.Operation{
			{Kind: domain.Increment, Amount: 500, Total: 2500},
			{Kind: domain.Capture, Amount: 800},
			{Kind: domain.Capture, Amount: 1200},
			{Kind: domain.Void, Amount: 500},
		},
		told:  []string{"payment_approved", "payment_authorization_incremented", "payment_captured", "payment_captured", "payment_voided"},
		order: domain.OrderPaid, end: domain.PaymentCaptured,
		sums: domain.Sums{Authorized: 2500, Captured: 2000, Released: 500},
	},
	{
		name: "two captures and two refunds", number: goodCard, with: multiple,
		does: []domain.Operation{
			{Kind: domain.Capture, Amount: 800},
			{Kind: domain.Capture, Amount: 700, Final: true},
			{Kind: domain.RefundMoney, Amount: 300},
			{Kind: domain.RefundMoney, Amount: 200},
		},
		told:  []string{"payment_approved", "payment_captured", "payment_captured", "payment_refunded", "payment_refunded"},
		order: domain.OrderPartPaid, end: domain.PaymentCaptured,
		sums: domain.Sums{Authorized: 2000, Captured: 1500, Released: 500, Refunded: 500},
	},
	{
		name: "reversed on the same day", number: goodCard, with: manual,
		does: []domain.Operation{
			{Kind: domain.Increment, Amount: 100, Total: 2100},
			{Kind: domain.Capture, Amount: 2100, Final: true},
			{Kind: domain.Reverse, Amount: 2100},
		},
		told:  []string{"payment_approved", "payment_authorization_incremented", "payment_captured", "payment_reversed"},
		order: domain.OrderIssued, end: domain.PaymentReversed,
		sums: domain.Sums{Authorized: 2100, Captured: 2100, Reversed: 2100},
	},
	{
		name: "a refund that is pending, and then arrives", number: laterFails,
		does:  []domain.Operation{{Kind: domain.RefundMoney, Amount: 700}},
		also:  func(b *bench, p *domain.Payment) { b.must(b.bank.MoveRefund(b.ctx, "ref_1", "succeeded")) },
		told:  []string{"payment_approved", "payment_captured", "refund_pending", "payment_refunded"},
		order: domain.OrderPaid, end: domain.PaymentCaptured,
		sums: domain.Sums{Authorized: 2000, Captured: 2000, Refunded: 700},
	},
	{
		name: "a refund that bounces, and one of the gateway's own", number: bounces,
		does: []domain.Operation{{Kind: domain.RefundMoney, Amount: 700}},
		also: func(b *bench, p *domain.Payment) {
			b.must(b.bank.MoveRefund(b.ctx, "ref_1", "failed"))
			b.must(b.bank.GiveBack(b.ctx, p.ID, 400))
		},
		told:  []string{"payment_approved", "payment_captured", "payment_refunded", "refund_failed", "payment_returned"},
		order: domain.OrderPaid, end: domain.PaymentCaptured,
		sums: domain.Sums{Authorized: 2000, Captured: 2000, Refunded: 1100, RefundReturned: 700},
	},
	{
		name: "a hold that is let go after it has grown", number: goodCard, with: manual,
		does: []domain.Operation{
			{Kind: domain.Increment, Amount: 100, Total: 2100},
			{Kind: domain.Increment, Amount: 100, Total: 2200},
			{Kind: domain.Void, Amount: 2200},
		},
		told:  []string{"payment_approved", "payment_authorization_incremented", "payment_authorization_incremented", "payment_voided"},
		order: domain.OrderCancelled, end: domain.PaymentVoided,
		sums: domain.Sums{Authorized: 2200, Released: 2200},
	},
	{
		name: "a sale, a refund of a part, and a case about the rest that is given in to", number: goodCard,
		does: []domain.Operation{{Kind: domain.RefundMoney, Amount: 500}},
		also: func(b *bench, p *domain.Payment) {
			id, err := b.bank.Raise(b.ctx, domain.Raising{Payment: p.ID, Stage: domain.StageChargeback, Reason: "13.1", Amount: 700, Announced: true})
			b.must(err)
			b.clock.forward(time.Minute)
			_, err = b.bank.Timers(b.ctx)
			b.must(err)
			b.clock.forward(time.Minute)
			outcome, err := b.bank.Do(b.ctx, domain.Operation{
				ID: "op_case", Kind: domain.DisputeAccept, Key: "give in", Order: p.Order, Payment: p.ID, Case: id, Amount: 700, Currency: "EUR",
				Method: "card", Variant: "sandbox",
			})
			b.must(err)
			if outcome.Status != domain.Succeeded {
				b.Fatalf("%+v", outcome)
			}
		},
		told:  []string{"payment_approved", "payment_captured", "payment_refunded", "dispute_received", "dispute_evidence_required", "dispute_accepted"},
		order: domain.OrderPaid, end: domain.PaymentCaptured,
		sums: domain.Sums{Authorized: 2000, Captured: 2000, Refunded: 500, DisputedLost: 700, Fees: chargebackFee},
	},
}

func TestDisorder(t *testing.T) {
	var orders atomic.Int64
	t.Run("lives", func(t *testing.T) { everyOrder(t, &orders) })
	t.Logf("proof: notices told in %d orders, doubled and lost, end the same", orders.Load())
}

func everyOrder(t *testing.T, orders *atomic.Int64) {
	for _, d := range disorders {
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, nil)
			p, notices := d.happens(b)
			told := &retelling{bench: b, on: b.rehearsal(), payment: p.ID, ends: map[string][]string{}}
			told.all(nil, notices)
			for i, n := range notices {
				told.some(append(slices.Clone(notices), n+again))
				told.lost(n, slices.Delete(slices.Clone(notices), i, i+1))
			}
			want := fmt.Sprint(d.order, d.end, d.sums)
			if len(told.ends[want]) == 0 || len(told.ends) != 1 {
				t.Errorf("it should end as\n%s\nand ends, for example, as", want)
				for end, first := range told.ends {
					t.Errorf("%s after %q", end, first)
				}
			}
			if told.orders < 70 {
				t.Errorf("only %d orders", told.orders)
			}
			orders.Add(int64(told.orders))
		})
	}
}

// happens has all of it done by the gateway, of which the till hears nothing, and gives the notices' ids.
func (d disorder) happens(b *bench) (*domain.Payment, []string) {
	b.must(b.bank.HoldBack(b.ctx, true))
	o := b.issue(2000)
	b.fault(domain.Authorize, "timeout_after")
	r, err := b.pay(o, d.number, d.with)
	b.code(err, domain.CodeUnknownOutcome)
	p := r.Payment
	if d.number == challengeCard {
		d.also(b, p)
	}
	refunds := 0
	for i, op := range d.does {
		op.ID, op.Key = domain.OperationID(fmt.Sprintf("op_%d", i)), fmt.Sprintf("key %d", i)
		op.Order, op.Payment, op.Currency, op.Method, op.Variant = o.ID, p.ID, "EUR", "card", "sandbox"
		if op.Kind == domain.RefundMoney {
			refunds++
			op.Refund = domain.RefundID(fmt.Sprintf("ref_%d", refunds))
		}
		outcome, err := b.bank.Do(b.ctx, op)
		b.must(err)
		if outcome.Status != domain.Succeeded && outcome.Status != domain.Pending {
			b.Fatalf("%s is %s: %s", op.Kind, outcome.Status, outcome.Summary)
		}
	}
	if d.also != nil && d.number != challengeCard {
		d.also(b, p)
	}
	waiting, err := b.bank.Outbox(b.ctx, true)
	b.must(err)
	var ids, types []string
	for _, n := range waiting {
		ids, types = append(ids, n.ID), append(types, n.Type)
	}
	if !slices.Equal(types, d.told) {
		b.Fatalf("the gateway has to tell %q, want %q", types, d.told)
	}
	if got := b.see(p.ID); got.Payment.State != domain.PaymentUnknown {
		b.Fatalf("the till knows already: %s", got.Payment.State)
	}
	return p, ids
}

// retelling tells notices in every order, on copies, and keeps the ends.
type retelling struct {
	*bench
	on      till.Rehearsal
	payment domain.PaymentID
	ends    map[string][]string // the first order that led to each
	orders  int
	asks    bool                     // a sync comes at the end
	more    func(till.Result) string // what else an end is known by
}

// again behind a notice's id has it told once more, after it was told.
const again = " again"

// all goes on in every order after what was told.
func (r *retelling) all(told, left []string) {
	r.Helper()
	if len(left) == 0 && r.asks {
		_, err := r.on.Sync(r.ctx, till.Intent{}, r.payment)
		r.must(err)
		told = append(told, "sync")
	}
	if len(left) == 0 {
		r.end(told)
		return
	}
	for i, next := range left {
		r.must(r.on.Undo(r.ctx, func() error {
			r.tell(next)
			r.all(append(slices.Clone(told), next), slices.Delete(slices.Clone(left), i, i+1))
			return nil
		}))
	}
}

// some goes through some orders that fixed dice tell: of all there are too many.
func (r *retelling) some(notices []string) {
	r.Helper()
	dice := dice.New(dice.NewPCG(5, uint64(len(r.ends))))
	for range 12 * storagetest.Scaled(r.T, 1) {
		dice.Shuffle(len(notices), func(i, j int) { notices[i], notices[j] = notices[j], notices[i] })
		r.must(r.on.Undo(r.ctx, func() error {
			told := r.inTurn(notices)
			r.end(told)
			return nil
		}))
	}
}

// inTurn tells notices in an order. What is told again is told first where that comes before.
func (r *retelling) inTurn(notices []string) (told []string) {
	r.Helper()
	for _, next := range notices {
		id, _ := strings.CutSuffix(next, again)
		if slices.Contains(told, id) {
			id += again
		}
		r.tell(id)
		told = append(told, id)
	}
	return told
}

// lost drops a notice, tells the others in every order, and asks in the end.
func (r *retelling) lost(lost string, others []string) {
	r.Helper()
	r.must(r.on.Undo(r.ctx, func() error {
		r.must(r.on.Bank.Drop(r.ctx, lost))
		r.asks = true
		r.all(nil, others)
		r.asks = false
		return nil
	}))
}

func (r *retelling) tell(next string) {
	r.Helper()
	id, twice := strings.CutSuffix(next, again)
	if twice {
		r.must(r.on.Bank.Duplicate(r.ctx, id))
	} else {
		r.must(r.on.Bank.Deliver(r.ctx, id))
	}
	r.must(r.on.Listen(r.ctx))
}

func (r *retelling) end(told []string) {
	r.Helper()
	r.orders++
	got, err := r.on.Payment(r.ctx, string(r.payment))
	r.must(err)
	end := fmt.Sprint(got.Order.State, got.Payment.State, got.Payment.Sums)
	for _, op := range got.Payment.Operations {
		if op.State != domain.OpSucceeded {
			end += fmt.Sprintf(", %s %s", op.Kind, op.State)
		}
	}
	if marks := got.Order.Attention(); len(marks) > 0 {
		end += fmt.Sprint(", attention ", marks)
	}
	if r.more != nil {
		end = r.more(got)
	}
	if _, known := r.ends[end]; !known {
		r.ends[end] = told
	}
}
