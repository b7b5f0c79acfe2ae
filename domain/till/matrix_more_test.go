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

// More operations of the matrix (matrix_test.go): those that move no money by themselves, and those without the customer.

// matrixAsks are the faults that can happen to a question.
var matrixAsks = slices.DeleteFunc(slices.Clone(matrixFaults), func(fault string) bool {
	return slices.Contains([]string{"notice_first", "notice_twice", "notice_lost"}, fault)
})

func matrixRefunding(b *bench) *domain.Payment {
	r, err := b.pay(b.issue(2000), laterFails, nil)
	b.must(err)
	r, err = b.Refund(b.ctx, till.Intent{}, till.Refunding{Payment: r.Payment.ID, Amount: 700})
	b.must(err)
	return r.Payment
}

func matrixChallenge(b *bench) *domain.Payment {
	r, err := b.pay(b.issue(2000), challengeCard, nil)
	b.must(err)
	return r.Payment
}

func matrixMandate(b *bench) *domain.Payment {
	b.mandate(goodCard)
	return nil
}

// matrixLost is a hold whose capture was done, and nobody knows.
func matrixLost(b *bench) *domain.Payment { return b.lostCapture(2000).Payment }

// always: what the customer or the gateway has done is found, whatever goes wrong with asking.
func always(string, string) bool { return true }

var matrixMore = []matrixCall{
	{
		domain.RefundCancel, matrixRefunding,
		func(b *bench, in till.Intent, _ domain.OrderID, p *domain.Payment) (till.Result, error) {
			return b.CancelRefund(b.ctx, in, p.Refunds[0].ID)
		},
		func(p *domain.Payment) bool {
			return p.Refunds[0].State == domain.RefundCanceled && p.Sums.Refunded == 0
		}, matrixDone,
	},
	{
		domain.CreateOrder, func(*bench) *domain.Payment { return nil },
		func(b *bench, in till.Intent, o domain.OrderID, _ *domain.Payment) (till.Result, error) {
			return b.OpenPayment(b.ctx, in, o, 0, "", false)
		},
		func(p *domain.Payment) bool { return p.Operations[0].State == domain.OpSucceeded }, matrixDone,
	},
	{
		domain.VerifyRedirect, matrixChallenge,
		func(b *bench, in till.Intent, _ domain.OrderID, p *domain.Payment) (till.Result, error) {
			return b.Complete(b.ctx, in, p.ID, "passed")
		},
		func(p *domain.Payment) bool { return p.Sums.Captured == 2000 }, always,
	},
	{
		domain.SetupRecurring, func(*bench) *domain.Payment { return nil },
		func(b *bench, in till.Intent, o domain.OrderID, _ *domain.Payment) (till.Result, error) {
			return b.Pay(b.ctx, in, till.Payable{Order: o, Method: "card", Card: b.card(goodCard), Date: time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)})
		},
		func(p *domain.Payment) bool { return p.State == domain.PaymentScheduled && p.Source.Stored() }, matrixDone,
	},
	{
		domain.ChargeRecurring, matrixMandate,
		func(b *bench, in till.Intent, o domain.OrderID, _ *domain.Payment) (till.Result, error) {
			mandates, err := b.Store.Mandates(b.ctx)
			b.must(err)
			return b.Pay(b.ctx, in, till.Payable{Order: o, Method: "card", Source: domain.Source{Type: "mandate", ID: string(mandates[0].ID)}})
		},
		func(p *domain.Payment) bool { return p.Sums.Captured == 2000 }, matrixDone,
	},
	{
		domain.Sync, matrixLost,
		func(b *bench, in till.Intent, _ domain.OrderID, p *domain.Payment) (till.Result, error) {
			return b.Sync(b.ctx, in, p.ID)
		},
		func(p *domain.Payment) bool { return p.Sums.Captured == 2000 }, always,
	},
}

// matrixLeave is a leave to charge that is given or taken back: no payment carries the call.
type matrixLeave struct {
	name  string
	kind  domain.OperationKind
	begin func(*bench) string // gives its id; empty: it is still to be made
	do    func(b *bench, in till.Intent, id string) (string, error)
	done  func(b *bench, id string) bool
	tries domain.OperationKind // what the gateway lets be done afterwards, or not
	holds bool                 // whether it lets it once it is done
}

var matrixLeaves = []matrixLeave{
	{
		"a source is removed", domain.Revoke, func(b *bench) string { return b.saved(ann, goodCard).ID },
		func(b *bench, in till.Intent, id string) (string, error) {
			_, err := b.RemoveSource(b.ctx, in, id)
			return id, err
		},
		func(b *bench, id string) bool {
			k, err := b.Source(b.ctx, id)
			b.must(err)
			return k.Removed
		}, domain.Authorize, false,
	},
	{
		"a mandate is revoked", domain.Revoke, func(b *bench) string { return string(b.mandate(goodCard).ID) },
		func(b *bench, in till.Intent, id string) (string, error) {
			_, err := b.RevokeMandate(b.ctx, in, domain.MandateID(id))
			return id, err
		},
		func(b *bench, id string) bool { return b.mandateNow(id).State == domain.MandateEnded }, domain.ChargeRecurring, false,
	},
	{
		"a mandate is set up", domain.SetupRecurring, func(b *bench) string { return string(b.customer(ann).ID) },
		func(b *bench, in till.Intent, id string) (string, error) {
			m, err := b.SetupMandate(b.ctx, in, till.Agreeing{Customer: domain.CustomerID(id), Card: b.card(goodCard)})
			return string(m.ID), err
		},
		func(b *bench, id string) bool { return b.mandateNow(id).State == domain.MandateActive }, domain.ChargeRecurring, true,
	},
}

func (b *bench) mandateNow(id string) *domain.Mandate {
	b.Helper()
	m, err := b.Mandate(b.ctx, id)
	b.must(err)
	return m
}

func TestEveryFaultOfALeaveUnderEveryProfile(t *testing.T) {
	for _, profile := range []string{"checkout", "stripe", "none"} {
		for _, leave := range matrixLeaves {
			for _, fault := range matrixFaults {
				t.Run(fmt.Sprintf("%s/%s/%s", profile, leave.name, fault), func(t *testing.T) {
					t.Parallel()
					matrixLeaveCase(newBench(t, nil), leave, fault, profile)
				})
			}
		}
	}
}

func matrixLeaveCase(b *bench, leave matrixLeave, fault, profile string) {
	b.must(b.bank.SetProfile(b.ctx, profile))
	from := leave.begin(b)
	b.fault(leave.kind, fault)
	in := till.Intent{Key: "the intent"}
	id, err := leave.do(b, in, from)
	matrixKnown(b, err)
	for range 3 {
		_, err = leave.do(b, in, from) // somebody presses again
		matrixKnown(b, err)
		b.clock.forward(time.Minute)
		b.must(b.Listen(b.ctx))
		b.must(b.Tend(b.ctx))
		if strings.HasPrefix(id, "man_") {
			_, err = b.SyncMandate(b.ctx, till.Intent{}, domain.MandateID(id))
			matrixKnown(b, err)
		}
	}
	if waiting := b.waiting(); len(waiting) > 0 && leave.tries == domain.Authorize {
		b.must(b.bank.Deliver(b.ctx, waiting...)) // of a source a gateway has no record that could be asked for: its notice tells
		b.must(b.Listen(b.ctx))
	}
	want := matrixDone(fault, profile)
	if got := leave.done(b, id); got != want {
		b.Errorf("done: %v, want %v", got, want)
	}
	try := domain.Operation{
		ID: "op_try", Kind: leave.tries, Key: "try", Order: "ord_try", Payment: "pay_try", Amount: 100, Currency: "EUR",
		Method: "card", Variant: "sandbox", Capture: domain.CaptureAuto, Source: domain.Source{Type: "id", ID: id},
	}
	if leave.tries == domain.ChargeRecurring {
		m := b.mandateNow(id)
		try.Mandate, try.Source, try.Customer = m.ID, m.Source, m.Customer
		if marks := m.Attention(); len(marks) > 0 && fault != "declined" && want {
			b.Errorf("attention %v in the end", marks)
		}
	}
	outcome, err := b.bank.Do(b.ctx, try)
	b.must(err)
	if lets := outcome.Status == domain.Succeeded; lets != (want == leave.holds) {
		b.Errorf("the gateway answers a charge with %s %s", outcome.Status, outcome.Summary)
	}
}
