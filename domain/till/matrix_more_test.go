package till_test

import (
	"slices"
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
