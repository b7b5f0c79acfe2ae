package till_test

import (
	"time"

	"till/domain"
	"till/domain/till"
)

// The calls of the matrix (matrix_test.go) that are about a payment.

// ofPayment is a call about a payment. prepare makes the payment; without one a new order of 2000 is there.
func ofPayment(kind domain.OperationKind, prepare func(*bench) *domain.Payment,
	do func(*bench, till.Intent, domain.OrderID, *domain.Payment) (till.Result, error), done func(*domain.Payment) bool,
) matrixCall {
	return matrixCall{kind, string(kind), func(b *bench) matrixTrial {
		p := prepare(b)
		var order domain.OrderID
		if p == nil {
			order = b.issue(2000).ID
		} else {
			order = p.Order
		}
		last := func() till.Result {
			o, err := b.Store.Order(b.ctx, order)
			b.must(err)
			return till.Result{Order: o, Payment: o.Last()}
		}
		return matrixTrial{
			do: func(in till.Intent) error { _, err := do(b, in, order, p); return err },
			sync: func() error {
				_, err := b.Sync(b.ctx, till.Intent{}, last().Payment.ID)
				return err
			},
			done:  func() bool { return done(last().Payment) },
			call:  func() *domain.Operation { return newest(last().Payment.Operations) },
			marks: func() []string { return last().Order.Attention() },
			books: func() { b.sameBooks(last().Payment) },
		}
	}}
}

func newest(calls []*domain.Operation) *domain.Operation { return calls[len(calls)-1] }

// sameBooks compares a payment's sums with the gateway's books, and these with what one call of each kind may do.
func (b *bench) sameBooks(p *domain.Payment) {
	b.Helper()
	books, err := b.bank.Books(b.ctx, p.ID)
	if err != nil && domain.CodeOf(err) != domain.CodeNotFound { // the gateway may never have seen the payment
		b.Fatal(err)
	}
	s := p.Sums
	if books.Authorized != s.Authorized || books.Captured != s.Captured || books.Refunded != s.Refunded || books.Reversed != s.Reversed ||
		books.Disputed != s.DisputedHeld+s.DisputedLost || books.Fees != s.Fees {
		b.Errorf("till has %+v\nthe gateway %+v", s, books)
	}
	if books.Charges > 1 || books.Captured > 2000 || books.Refunded > 700 {
		b.Errorf("too much: %+v", books)
	}
}

func matrixHold(b *bench) *domain.Payment { return b.hold(b.issue(2000)).Payment }

func matrixSale(b *bench) *domain.Payment {
	r, err := b.Capture(b.ctx, till.Intent{}, till.Capturing{Payment: matrixHold(b).ID})
	b.must(err)
	return r.Payment
}

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

var matrixPayments = []matrixCall{
	ofPayment(domain.Authorize, func(*bench) *domain.Payment { return nil },
		func(b *bench, in till.Intent, o domain.OrderID, _ *domain.Payment) (till.Result, error) {
			return b.Pay(b.ctx, in, till.Payable{Order: o, Method: "card", Card: b.card("4242424242424242")})
		},
		func(p *domain.Payment) bool { return p.Sums.Captured == 2000 },
	),
	ofPayment(domain.Capture, matrixHold,
		func(b *bench, in till.Intent, _ domain.OrderID, p *domain.Payment) (till.Result, error) {
			return b.Capture(b.ctx, in, till.Capturing{Payment: p.ID, Amount: 1500})
		},
		func(p *domain.Payment) bool { return p.Sums.Captured == 1500 },
	),
	ofPayment(domain.Void, matrixHold,
		func(b *bench, in till.Intent, _ domain.OrderID, p *domain.Payment) (till.Result, error) {
			return b.Void(b.ctx, in, p.ID, "")
		},
		func(p *domain.Payment) bool { return p.Sums.Released == 2000 },
	),
	ofPayment(domain.Increment, matrixHold,
		func(b *bench, in till.Intent, _ domain.OrderID, p *domain.Payment) (till.Result, error) {
			return b.Increment(b.ctx, in, till.Incrementing{Payment: p.ID, By: 300})
		},
		func(p *domain.Payment) bool { return p.Sums.Authorized == 2300 },
	),
	ofPayment(domain.Reverse, matrixSale,
		func(b *bench, in till.Intent, _ domain.OrderID, p *domain.Payment) (till.Result, error) {
			return b.Reverse(b.ctx, in, p.ID)
		},
		func(p *domain.Payment) bool { return p.Sums.Reversed == 2000 },
	),
	ofPayment(domain.RefundMoney, matrixSale,
		func(b *bench, in till.Intent, _ domain.OrderID, p *domain.Payment) (till.Result, error) {
			return b.Refund(b.ctx, in, till.Refunding{Payment: p.ID, Amount: 700})
		},
		func(p *domain.Payment) bool { return p.Sums.Refunded == 700 },
	),
	ofPayment(domain.RefundCancel, matrixRefunding,
		func(b *bench, in till.Intent, _ domain.OrderID, p *domain.Payment) (till.Result, error) {
			return b.CancelRefund(b.ctx, in, p.Refunds[0].ID)
		},
		func(p *domain.Payment) bool {
			return p.Refunds[0].State == domain.RefundCanceled && p.Sums.Refunded == 0
		},
	),
	ofPayment(domain.CreateOrder, func(*bench) *domain.Payment { return nil },
		func(b *bench, in till.Intent, o domain.OrderID, _ *domain.Payment) (till.Result, error) {
			return b.OpenPayment(b.ctx, in, o, 0, "", false)
		},
		func(p *domain.Payment) bool { return p.Operations[0].State == domain.OpSucceeded },
	),
	ofPayment(domain.VerifyRedirect, matrixChallenge,
		func(b *bench, in till.Intent, _ domain.OrderID, p *domain.Payment) (till.Result, error) {
			return b.Complete(b.ctx, in, p.ID, "passed")
		},
		func(p *domain.Payment) bool { return p.Sums.Captured == 2000 },
	),
	ofPayment(domain.SetupRecurring, func(*bench) *domain.Payment { return nil },
		func(b *bench, in till.Intent, o domain.OrderID, _ *domain.Payment) (till.Result, error) {
			return b.Pay(b.ctx, in, till.Payable{Order: o, Method: "card", Card: b.card(goodCard), Date: time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)})
		},
		func(p *domain.Payment) bool { return p.State == domain.PaymentScheduled && p.Source.Stored() },
	),
	ofPayment(domain.ChargeRecurring, matrixMandate,
		func(b *bench, in till.Intent, o domain.OrderID, _ *domain.Payment) (till.Result, error) {
			mandates, err := b.Store.Mandates(b.ctx)
			b.must(err)
			return b.Pay(b.ctx, in, till.Payable{Order: o, Method: "card", Source: domain.Source{Type: "mandate", ID: string(mandates[0].ID)}})
		},
		func(p *domain.Payment) bool { return p.Sums.Captured == 2000 },
	),
	ofPayment(domain.Sync, matrixLost,
		func(b *bench, in till.Intent, _ domain.OrderID, p *domain.Payment) (till.Result, error) {
			return b.Sync(b.ctx, in, p.ID)
		},
		func(p *domain.Payment) bool { return p.Sums.Captured == 2000 },
	),
}
