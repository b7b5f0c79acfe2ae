package till_test

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
)

// overheard is a provider that writes down what is asked of it, and can be deaf to questions.
type overheard struct {
	domain.Provider
	calls *[]domain.OperationKind
	deaf  *bool
}

func (o overheard) Do(ctx context.Context, op domain.Operation) (domain.Outcome, error) {
	*o.calls = append(*o.calls, op.Kind)
	if *o.deaf && op.Kind == domain.Sync {
		return domain.Outcome{}, errors.New("no answer")
	}
	return o.Provider.Do(ctx, op)
}

// askedAfter are the gaps after which till asks by itself about an answer that was lost; then it leaves it to a person.
var askedAfter = []time.Duration{
	5 * time.Second, 30 * time.Second, 5 * time.Minute, time.Hour, 24 * time.Hour, 24 * time.Hour, 24 * time.Hour, 24 * time.Hour, 24 * time.Hour,
}

// neverAsked is the call of which no gateway has a record that could be asked for.
const neverAsked = "revoke a source"

// A lost answer of any call is unknown, on the second asked about, and nothing but asked about; a person finds out in the
// end what the gateway did.
func TestALostAnswerOfAnyCallIsAskedAboutInItsTime(t *testing.T) {
	var asks atomic.Int64
	t.Run("calls", func(t *testing.T) {
		for _, call := range matrixAll() {
			if call.kind == domain.Sync {
				continue // it is the question
			}
			t.Run(call.name, func(t *testing.T) {
				t.Parallel()
				asks.Add(int64(lostAnswer(t, call)))
			})
		}
	})
	t.Logf("proof: %d questions about %d calls with a lost answer, each on its second, and nothing sent again", asks.Load(), len(matrixAll())-1)
}

func lostAnswer(t *testing.T, call matrixCall) (asks int) {
	var calls []domain.OperationKind
	deaf := false
	b := newBench(t, func(p domain.Provider) domain.Provider { return overheard{p, &calls, &deaf} })
	c := call.live(b)
	b.must(b.Listen(b.ctx))
	b.must(b.bank.HoldBack(b.ctx, true)) // what the gateway does later by itself would tell
	b.fault(call.kind, "timeout_after")
	b.code(c.do(till.Intent{Key: "the intent"}), domain.CodeUnknownOutcome)
	calls, deaf = nil, true
	pass := func(d time.Duration, want int) {
		t.Helper()
		b.clock.forward(d)
		b.must(b.Listen(b.ctx))
		b.must(b.Tend(b.ctx))
		if op := c.call(); op.Asked != want || op.State != domain.OpUnknown || op.Tries != 1 {
			t.Fatalf("after %s more it was asked about %d times, want %d; %s after %d tries", d, op.Asked, want, op.State, op.Tries)
		}
		if slices.ContainsFunc(calls, func(k domain.OperationKind) bool { return k != domain.Sync }) || len(calls) < want {
			t.Fatalf("after %s more the gateway was asked for %v", d, calls)
		}
		if !slices.Contains(c.marks(), "unknown") || c.done() {
			t.Fatalf("after %s more nobody sees that it is unknown: %v", d, c.marks())
		}
	}
	if call.name != neverAsked {
		for i, gap := range askedAfter {
			pass(gap-time.Second, i)
			pass(time.Second, i+1)
		}
	}
	asks = c.call().Asked
	for range 3 {
		pass(24*time.Hour, asks)
	}
	deaf = false
	if err := c.sync(); err != nil || !c.done() {
		t.Errorf("asked by a person: %v, done %v", err, c.done())
	}
	c.books()
	return asks
}
