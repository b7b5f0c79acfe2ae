package till_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
)

// Every operation × every fault of the sandbox × every profile of idempotency keys: whatever goes wrong, a person
// who repeats the command under its key, waits and asks ends with the gateway's books, at most one charge and at most
// one refund.

// matrixCall is an operation with what comes before it.
type matrixCall struct {
	kind    domain.OperationKind
	prepare func(b *bench) *domain.Payment
	do      func(b *bench, in till.Intent, o domain.OrderID, p *domain.Payment) (till.Result, error)
	done    func(*domain.Payment) bool       // whether it has been done
	ends    func(fault, profile string) bool // whether it must be, in the end
}

func matrixHold(b *bench) *domain.Payment { return b.hold(b.issue(2000)).Payment }

func matrixSale(b *bench) *domain.Payment {
	r, err := b.Capture(b.ctx, till.Intent{}, till.Capturing{Payment: matrixHold(b).ID})
	b.must(err)
	return r.Payment
}

var matrixCalls = []matrixCall{
	{
		domain.Authorize, func(*bench) *domain.Payment { return nil },
		func(b *bench, in till.Intent, o domain.OrderID, _ *domain.Payment) (till.Result, error) {
			return b.Pay(b.ctx, in, till.Payable{Order: o, Method: "card", Card: b.card("4242424242424242")})
		},
		func(p *domain.Payment) bool { return p.Sums.Captured == 2000 }, matrixDone,
	},
	{
		domain.Capture, matrixHold,
		func(b *bench, in till.Intent, _ domain.OrderID, p *domain.Payment) (till.Result, error) {
			return b.Capture(b.ctx, in, till.Capturing{Payment: p.ID, Amount: 1500})
		},
		func(p *domain.Payment) bool { return p.Sums.Captured == 1500 }, matrixDone,
	},
	{
		domain.Void, matrixHold,
		func(b *bench, in till.Intent, _ domain.OrderID, p *domain.Payment) (till.Result, error) {
			return b.Void(b.ctx, in, p.ID, "")
		},
		func(p *domain.Payment) bool { return p.Sums.Released == 2000 }, matrixDone,
	},
	{
		domain.Increment, matrixHold,
		func(b *bench, in till.Intent, _ domain.OrderID, p *domain.Payment) (till.Result, error) {
			return b.Increment(b.ctx, in, till.Incrementing{Payment: p.ID, By: 300})
		},
		func(p *domain.Payment) bool { return p.Sums.Authorized == 2300 }, matrixDone,
	},
	{
		domain.Reverse, matrixSale,
		func(b *bench, in till.Intent, _ domain.OrderID, p *domain.Payment) (till.Result, error) {
			return b.Reverse(b.ctx, in, p.ID)
		},
		func(p *domain.Payment) bool { return p.Sums.Reversed == 2000 }, matrixDone,
	},
	{
		domain.RefundMoney, matrixSale,
		func(b *bench, in till.Intent, _ domain.OrderID, p *domain.Payment) (till.Result, error) {
			return b.Refund(b.ctx, in, till.Refunding{Payment: p.ID, Amount: 700})
		},
		func(p *domain.Payment) bool { return p.Sums.Refunded == 700 }, matrixDone,
	},
}

var matrixFaults = []string{
	"refused", "timeout_before", "timeout_after", "http_500", "http_429", "http_409", "garbled", "slow:1",
	"wrong_amount", "declined", "pending", "notice_first", "notice_twice", "notice_lost",
}

// matrixDone is whether the thing is done in the end: what the gateway did, and what could be sent again because the
// gateway knows the key again and keeps no failure under it.
func matrixDone(fault, profile string) bool {
	switch fault {
	case "refused", "http_429", "declined":
		return false
	case "http_409":
		return false // the gateway says that it is at work and is not: nothing may be sent again
	case "timeout_before":
		return profile != "none"
	case "http_500":
		return profile == "checkout"
	}
	return true
}

func TestEveryFaultOfEveryOperationUnderEveryProfile(t *testing.T) {
	for _, profile := range []string{"checkout", "stripe", "none"} {
		for _, call := range append(matrixCalls, matrixMore...) {
			for _, fault := range matrixFaults {
				if call.kind == domain.Sync && !slices.Contains(matrixAsks, fault) {
					continue // a question brings no notice
				}
				t.Run(fmt.Sprintf("%s/%s/%s", profile, call.kind, fault), func(t *testing.T) {
					t.Parallel()
					matrixCase(newBench(t, nil), call, fault, profile)
				})
			}
		}
	}
}

func matrixCase(b *bench, call matrixCall, fault, profile string) {
	b.must(b.bank.SetProfile(b.ctx, profile))
	p := call.prepare(b)
	order := domain.OrderID("")
	if p == nil {
		order = b.issue(2000).ID
	} else {
		order = p.Order
	}
	b.must(b.bank.SetFault(b.ctx, domain.Fault{Operation: call.kind, Name: fault, Times: 1}))
	in := till.Intent{Key: "the intent"}
	r, err := call.do(b, in, order, p)
	matrixKnown(b, err)
	id := r.Payment.ID
	r, err = call.do(b, in, order, p) // the clerk presses again
	matrixKnown(b, err)
	for range 3 {
		b.clock.forward(time.Minute)
		b.must(b.Listen(b.ctx))
		b.must(b.Tend(b.ctx))
	}
	r, err = b.Sync(b.ctx, till.Intent{}, id)
	if err != nil {
		b.Fatalf("asked after a while: %v", err)
	}
	s := r.Payment.Sums
	books, err := b.bank.Books(b.ctx, id)
	if err != nil && domain.CodeOf(err) != domain.CodeNotFound { // the gateway may never have seen the payment
		b.Fatal(err)
	}
	if call.done(r.Payment) != call.ends(fault, profile) {
		b.Errorf("done: %v, want %v (payment %s, %+v)", call.done(r.Payment), call.ends(fault, profile), r.Payment.State, s)
	}
	if books.Authorized != s.Authorized || books.Captured != s.Captured || books.Refunded != s.Refunded || books.Reversed != s.Reversed {
		b.Errorf("till has %+v\nthe gateway %+v", s, books)
	}
	if books.Charges > 1 || books.Captured > 2000 || books.Refunded > 700 {
		b.Errorf("too much: %+v", books)
	}
	if marks := r.Order.Attention(); len(marks) != 0 {
		b.Errorf("attention %v in the end", marks)
	}
}

// matrixKnown fails on what is no answer to a person: everything but done, refused and unknown.
func matrixKnown(b *bench, err error) {
	b.Helper()
	switch domain.CodeOf(err) {
	case "", domain.CodeUnknownOutcome, domain.CodeDeclined, domain.CodeFailed:
	default:
		b.Fatalf("%v", err)
	}
}
