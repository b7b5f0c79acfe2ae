// Package providers has the decorators that go around any provider.
package providers

import (
	"context"
	"time"

	"till/domain"
)

// WithDeadline bounds every call of a provider by limit, of the machine's clock. A call that has no answer by
// then ends in an error (domain.CodeUnknownOutcome): nobody knows what became of it. A provider that ignores its
// context is left behind; whatever it answers later is dropped, and a sync will tell.
func WithDeadline(p domain.Provider, limit time.Duration) domain.Provider {
	return deadline{Provider: p, limit: limit}
}

type deadline struct {
	domain.Provider
	limit time.Duration
}

type answer struct {
	outcome domain.Outcome
	err     error
}

// Do asks the provider and waits for the answer, but no longer than the limit.
func (d deadline) Do(ctx context.Context, op domain.Operation) (domain.Outcome, error) {
	ctx, cancel := context.WithTimeout(ctx, d.limit)
	defer cancel()
	answers := make(chan answer, 1) // with room for one, so that a late answer does not hold its goroutine
	go func() {
		outcome, err := d.Provider.Do(ctx, op)
		answers <- answer{outcome, err}
	}()
	select {
	case a := <-answers:
		return a.outcome, a.err
	case <-ctx.Done():
		return lastMoment(ctx, answers, op)
	}
}

// lastMoment takes an answer that came together with the end of the time: knowing is better than not knowing.
func lastMoment(ctx context.Context, answers <-chan answer, op domain.Operation) (domain.Outcome, error) {
	select {
	case a := <-answers:
		return a.outcome, a.err
	default:
		return domain.Outcome{}, domain.Errorf(domain.CodeUnknownOutcome,
			"the answer to the %s did not come in time", op.Kind.Words()).Because(ctx.Err())
	}
}
