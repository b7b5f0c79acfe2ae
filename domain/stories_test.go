package domain

import (
	"slices"
	"strings"
	"testing"
)

// story is a life written down: what happens, and where that leaves the order and its last payment.
type story struct {
	name           string
	doc            Document
	live           func(*life)
	order, payment State
	walked         string                  // the rows of its payments, where they matter
	check          func(*testing.T, *life) // what else is true at the end
}

func stories() []story {
	return slices.Concat(
		threeDSStories(), stepUpStories(), retryStories(), beforeStories(), groupStories(), partStories(),
		captureStories(), reverseStories(), holdStories(), screeningStories(), refundStories(), lostStories(),
	)
}

func (s story) run(t *testing.T) *life {
	t.Helper()
	l := newLife(t, s.doc)
	s.live(l)
	return l
}

func TestStories(t *testing.T) {
	for _, s := range stories() {
		t.Run(s.name, func(t *testing.T) {
			l := s.run(t)
			l.stands(s.order, s.payment)
			if walked := strings.Join(l.walked("payment"), " "); s.walked != "" && walked != s.walked {
				t.Errorf("walked %s\nwant   %s", walked, s.walked)
			}
			if s.check != nil {
				s.check(t, l)
			}
			l.foldsAgain()
		})
	}
}

// marked checks what somebody should look at.
func marked(want ...string) func(*testing.T, *life) {
	return func(t *testing.T, l *life) {
		t.Helper()
		if marks := l.order.Attention(); !slices.Equal(marks, want) {
			t.Errorf("attention %v, want %v", marks, want)
		}
	}
}

// detailed checks what the last payment's state is qualified with, and how many attempts have failed.
func detailed(detail string, failed int) func(*testing.T, *life) {
	return func(t *testing.T, l *life) {
		t.Helper()
		if p := l.order.Last(); p.Detail != detail || l.order.FailedAttempts() != failed {
			t.Errorf("detail %q, %d failed; want %q, %d", p.Detail, l.order.FailedAttempts(), detail, failed)
		}
	}
}

func all(checks ...func(*testing.T, *life)) func(*testing.T, *life) {
	return func(t *testing.T, l *life) {
		t.Helper()
		for _, c := range checks {
			c(t, l)
		}
	}
}

// ends checks how the last payment's operations have ended, in their order.
func ends(want ...State) func(*testing.T, *life) {
	return func(t *testing.T, l *life) {
		t.Helper()
		var have []State
		for _, op := range l.order.Last().Operations {
			have = append(have, op.State)
		}
		if !slices.Equal(have, want) {
			t.Errorf("the operations are %v, want %v", have, want)
		}
	}
}

// cancelledFor checks why the order was cancelled.
func cancelledFor(reason string) func(*testing.T, *life) {
	return func(t *testing.T, l *life) {
		t.Helper()
		if l.order.CancelReason != reason {
			t.Errorf("cancelled for %q, want %q", l.order.CancelReason, reason)
		}
	}
}

// noticed checks what the merchant was told, without its prefix.
func noticed(want ...string) func(*testing.T, *life) {
	return func(t *testing.T, l *life) {
		t.Helper()
		var have []string
		for _, n := range l.order.Notices() {
			have = append(have, strings.TrimPrefix(n.Event, "order.payment_"))
		}
		if !slices.Equal(have, want) {
			t.Errorf("noticed %v, want %v", have, want)
		}
	}
}
