package domain

import "time"

// CurrentStates are all the words that CurrentState gives.
func CurrentStates() []string { return Words(PaymentsAPI, OfPayment) }

// CurrentState is the payment's state in system 1's words. It has one word for all: what goes back comes before
// where the payment stands, and what is captured has succeeded once it is settled.
func (p *Payment) CurrentState(now time.Time) string {
	return Word(PaymentsAPI, OfPayment, Subject{Payment: p, Now: now})
}
