package providers_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"till/domain"
	"till/providers"
)

// slow answers after a while; a deaf one does not listen to its context meanwhile.
type slow struct {
	takes time.Duration
	deaf  bool
	fails error
}

func (s slow) Info() domain.ProviderInfo { return domain.ProviderInfo{Name: "slow"} }

func (s slow) Do(ctx context.Context, op domain.Operation) (domain.Outcome, error) {
	if s.deaf {
		ctx = context.WithoutCancel(ctx)
	}
	select {
	case <-time.After(s.takes): // the clock of the bubble, not a sleep
		return domain.Outcome{Status: domain.Succeeded, ProviderID: op.Key}, s.fails
	case <-ctx.Done():
		return domain.Outcome{}, ctx.Err()
	}
}

func TestDeadline(t *testing.T) {
	refused := errors.New("connection refused")
	for name, tc := range map[string]struct {
		provider slow
		took     time.Duration
		err      error
	}{
		"in time":             {slow{takes: 2 * time.Second}, 2 * time.Second, nil},
		"an error in time":    {slow{takes: time.Second, fails: refused}, time.Second, refused},
		"too late":            {slow{takes: time.Minute}, 3 * time.Second, context.DeadlineExceeded},
		"too late and deaf":   {slow{takes: time.Minute, deaf: true}, 3 * time.Second, context.DeadlineExceeded},
		"late with an error":  {slow{takes: time.Minute, deaf: true, fails: refused}, 3 * time.Second, context.DeadlineExceeded},
		"at the last instant": {slow{takes: 3*time.Second - 1}, 3*time.Second - 1, nil},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := providers.WithDeadline(tc.provider, 3*time.Second)
				start := time.Now()
				outcome, err := p.Do(t.Context(), domain.Operation{Kind: domain.Capture, Key: "k1"})
				if took := time.Since(start); took != tc.took {
					t.Errorf("took %v, want %v", took, tc.took)
				}
				if !errors.Is(err, tc.err) {
					t.Errorf("error %v, want %v", err, tc.err)
				}
				if tc.err == nil && outcome.ProviderID != "k1" {
					t.Errorf("the answer was changed: %+v", outcome)
				}
				time.Sleep(time.Hour) // of the bubble: the one left behind comes home and nothing is left running
			})
		})
	}
}

func TestDeadlineTellsWhatItDoesNotKnow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := providers.WithDeadline(slow{takes: time.Minute, deaf: true}, time.Second)
		_, err := p.Do(t.Context(), domain.Operation{Kind: domain.Authorize})
		if domain.CodeOf(err) != domain.CodeUnknownOutcome {
			t.Errorf("code %q of %v", domain.CodeOf(err), err)
		}
		time.Sleep(time.Hour)
	})
}

func TestDeadlineEndsWithItsCaller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		p := providers.WithDeadline(slow{takes: time.Minute, deaf: true}, time.Hour)
		if _, err := p.Do(ctx, domain.Operation{Kind: domain.Void}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error %v", err)
		}
		time.Sleep(time.Hour)
	})
}

func TestDeadlineKeepsInfo(t *testing.T) {
	if got := providers.WithDeadline(slow{}, time.Second).Info().Name; got != "slow" {
		t.Errorf("name %q", got)
	}
}
