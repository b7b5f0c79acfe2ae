package till_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
)

// Refunds of a sale that is on record, to their ends: their notices in every order, twice, and lost before a sync.

// goingBack is what is done with a sale while its notices are held back, and how its order must stand.
type goingBack struct {
	name   string
	number string
	does   func(b *bench, p *domain.Payment)
	told   string
	end    string // the order's flat name, what went back and stayed, the refunds, the calls
}

// moved has time pass, and then the customer's bank decide a refund.
func (b *bench) moved(p *domain.Payment, n int, outcomes ...string) {
	b.Helper()
	for _, outcome := range outcomes {
		b.clock.forward(time.Minute)
		b.must(b.bank.MoveRefund(b.ctx, b.see(p.ID).Payment.Refunds[n].ID, outcome))
	}
}

// gives has the till give money back; the answer may be lost.
func (b *bench) gives(p *domain.Payment, amount domain.Amount, fault string) {
	b.Helper()
	b.clock.forward(time.Minute)
	if fault != "" {
		b.fault(domain.RefundMoney, fault)
	}
	_, err := b.Refund(b.ctx, till.Intent{}, till.Refunding{Payment: p.ID, Amount: amount})
	if fault == "" {
		b.must(err)
	} else {
		b.code(err, domain.CodeUnknownOutcome)
	}
}

// stops has the till stop its first refund.
func (b *bench) stops(p *domain.Payment, want domain.Code) {
	b.Helper()
	b.clock.forward(time.Minute)
	_, err := b.CancelRefund(b.ctx, till.Intent{}, b.see(p.ID).Payment.Refunds[0].ID)
	b.code(err, want)
}

var goingsBack = []goingBack{
	{
		name: "goes through, and comes back", number: laterFails,
		does: func(b *bench, p *domain.Payment) {
			b.gives(p, 700, "timeout_after")
			b.moved(p, 0, "succeeded", "failed")
		},
		told: "refund_pending payment_refunded refund_failed",
		end:  "refund_failed 0 [failed] [succeeded succeeded]",
	},
	{
		name: "is looked at, goes through, and is taken back", number: laterFails,
		does: func(b *bench, p *domain.Payment) {
			b.gives(p, 700, "timeout_after")
			b.moved(p, 0, "manual_review", "succeeded", "reversed")
		},
		told: "refund_pending refund_review payment_refunded refund_reversed",
		end:  "refund_reversed 0 [reversed] [succeeded succeeded]",
	},
	{
		name: "is stopped, and has left all the same", number: laterFails,
		does: func(b *bench, p *domain.Payment) {
			b.gives(p, 700, "")
			b.fault(domain.RefundCancel, "timeout_after")
			b.stops(p, domain.CodeUnknownOutcome)
			b.moved(p, 0, "succeeded")
		},
		told: "refund_pending refund_canceled payment_refunded",
		end:  "paid 700 [succeeded] [succeeded succeeded succeeded]",
	},
	{
		name: "could not be stopped any more", number: laterFails,
		does: func(b *bench, p *domain.Payment) {
			b.gives(p, 700, "")
			b.moved(p, 0, "succeeded")
			b.stops(p, domain.CodeFailed)
		},
		told: "refund_pending payment_refunded refund_cancel_declined",
		end:  "paid 700 [succeeded] [succeeded succeeded failed]",
	},
	{
		name: "two of them, the second is done before the first fails", number: laterFails,
		does: func(b *bench, p *domain.Payment) {
			b.gives(p, 700, "")
			b.gives(p, 300, "")
			b.moved(p, 1, "succeeded")
			b.moved(p, 0, "failed")
		},
		told: "refund_pending refund_pending payment_refunded refund_failed",
		end:  "refund_failed 300 [failed succeeded] [succeeded failed succeeded]",
	},
	{
		name: "two of them, the first is done after the second has failed", number: laterFails,
		does: func(b *bench, p *domain.Payment) {
			b.gives(p, 700, "")
			b.gives(p, 300, "")
			b.moved(p, 1, "failed")
			b.moved(p, 0, "succeeded")
		},
		told: "refund_pending refund_pending refund_failed payment_refunded",
		end:  "paid 700 [succeeded failed] [succeeded succeeded failed]",
	},
	{
		name: "the gateway gives back by itself, and refuses to reverse", number: goodCard,
		does: func(b *bench, p *domain.Payment) {
			b.must(b.bank.GiveBack(b.ctx, p.ID, 400))
			b.clock.forward(time.Minute)
			_, err := b.Reverse(b.ctx, till.Intent{}, p.ID)
			b.code(err, domain.CodeFailed)
		},
		told: "payment_returned payment_reversal_declined",
		end:  "reversal_failed 400 [succeeded] [succeeded failed]",
	},
}

func TestRefundsInDisorder(t *testing.T) {
	for _, d := range goingsBack {
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, nil)
			r, err := b.pay(b.issue(2000), d.number, nil)
			b.must(err)
			p := r.Payment
			b.must(b.bank.HoldBack(b.ctx, true))
			d.does(b, p)
			waiting, err := b.bank.Outbox(b.ctx, true)
			b.must(err)
			var ids, types []string
			for _, n := range waiting {
				ids, types = append(ids, n.ID), append(types, n.Type)
			}
			if told := strings.Join(types, " "); told != d.told {
				t.Fatalf("the gateway has to tell %q, want %q", told, d.told)
			}
			told := &retelling{bench: b, on: b.rehearsal(), payment: p.ID, ends: map[string][]string{}, more: howItWent}
			told.all(nil, ids)
			for i, n := range ids {
				told.some(append(slices.Clone(ids), n+again))
				told.lost(n, slices.Delete(slices.Clone(ids), i, i+1))
			}
			if len(told.ends[d.end]) == 0 || len(told.ends) != 1 {
				t.Errorf("it should end as %s, and ends as %q", d.end, told.ends)
			}
		})
	}
}

func howItWent(r till.Result) string {
	var refunds, calls []domain.State
	for _, refund := range r.Payment.Refunds {
		refunds = append(refunds, refund.State)
	}
	for _, op := range r.Payment.Operations {
		calls = append(calls, op.State)
	}
	return fmt.Sprint(r.Order.FlatStatus(), " ", r.Payment.Sums.Returned(), " ", refunds, " ", calls)
}
