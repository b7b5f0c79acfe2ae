package domain

import (
	"maps"
	"slices"
	"time"
)

// currentStates are system 1's words for a payment's states, while nothing has gone back (lifecycle §15).
var currentStates = map[State]string{
	PaymentCreated: "created", PaymentScheduled: "created", PaymentNeedsMethod: "created",
	PaymentNeedsAction: "processing", PaymentProcessing: "processing", PaymentUnknown: "processing",
	PaymentRetryWait: "on_retry", PaymentVerified: "succeeded",
	PaymentDeclined: "failed", PaymentFailed: "failed", PaymentExpired: "failed",
	PaymentCancelled: "cancelled", PaymentVoided: "cancelled", PaymentReversed: "cancelled",
	PaymentAuthorized: "reserved", PaymentPartAuthorized: "reserved", PaymentPartCaptured: "reserved",
	PaymentCaptured: "captured",
}

// CurrentStates are all the words that CurrentState gives.
func CurrentStates() []string {
	return append([]string{"pending_refund", "refunded", "partial_refund", "refund_failed"}, slices.Compact(slices.Sorted(maps.Values(currentStates)))...)
}

// CurrentState is the payment's state in system 1's words. It has one word for all: what goes back comes before
// where the payment stands, and what is captured has succeeded once it is settled.
func (p *Payment) CurrentState(now time.Time) string {
	back := p.Sums.Returned()
	switch {
	case p.Sums.RefundPending > 0:
		return "pending_refund"
	case back > 0 && back == p.Sums.Captured:
		return "refunded"
	case back > 0:
		return "partial_refund"
	case slices.ContainsFunc(p.Refunds, func(r *Refund) bool { return r.State == RefundFailed || r.State == RefundReversed }):
		return "refund_failed"
	case p.State == PaymentCaptured && p.Settled(now):
		return "succeeded"
	}
	return currentStates[p.State]
}
