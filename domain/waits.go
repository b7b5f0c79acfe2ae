package domain

import (
	"slices"
	"time"
)

// Wait is what a payment that goes on by itself, or with somebody's help, waits for.
type Wait string

// What a payment can wait for.
const (
	WaitsForNothing  Wait = ""
	WaitsForMethod   Wait = "method"   // a way to pay: it was not sent yet
	WaitsForDate     Wait = "date"     // its day, on which it is sent by itself
	WaitsPaused      Wait = "paused"   // somebody to make it active again; its day may have passed
	WaitsForCustomer Wait = "customer" // what they do elsewhere (Payment.Session)
	WaitsForProvider Wait = "provider" // its decision
	WaitsForSync     Wait = "sync"     // somebody to find out what happened
	WaitsForRetry    Wait = "retry"    // its next try, after a soft decline
	WaitsForGroup    Wait = "group"    // the other payments of its group
	WaitsToBeVoided  Wait = "void"     // that what nobody has a use for is let go
)

// Waits tells what the payment waits for, and until when: zero where that has no date. UTC.
func (p *Payment) Waits() (Wait, time.Time) {
	switch session := p.Session(); {
	case p.State == PaymentScheduled && p.Paused:
		return WaitsPaused, p.Date
	case p.State == PaymentScheduled:
		return WaitsForDate, p.Date
	case p.State == PaymentRetryWait:
		return WaitsForRetry, p.RetryAt
	case p.State == PaymentUnknown:
		return WaitsForSync, time.Time{}
	case session != nil:
		return WaitsForCustomer, session.Until
	case p.State == PaymentProcessing:
		return WaitsForProvider, time.Time{}
	case p.Unwanted && p.Sums.Held() > 0:
		return WaitsToBeVoided, time.Time{}
	case p.Waiting:
		return WaitsForGroup, time.Time{}
	case slices.Contains(unsent, p.State):
		return WaitsForMethod, time.Time{}
	}
	return WaitsForNothing, time.Time{}
}

// Undecided tells whether the payment is open, and not only because its day or its next try has not come.
func (p *Payment) Undecided() bool {
	return p.IsOpen() && p.State != PaymentScheduled && p.State != PaymentRetryWait
}

// Undecided tells whether any payment of the order is.
func (o *Order) Undecided() bool { return slices.ContainsFunc(o.Payments, (*Payment).Undecided) }

// IsUnknown tells whether nobody knows what came of something about the order.
func (r OrderRow) IsUnknown() bool { return slices.Contains(r.Attention, "unknown") }

// IsGoing tells whether a payment of the order is open, be it only until its day.
func (r OrderRow) IsGoing() bool { return r.Lifecycle == OrderInProgress }

// Dated tells whether the payment is for a later day, be it paused or not.
func (p *Payment) Dated() bool { return p.State == PaymentScheduled }
