package domain

import (
	"slices"
	"time"
)

// CurrentStates are all the words that CurrentState gives.
func CurrentStates() []string {
	var words []string
	for _, w := range Wordings(PaymentsAPI) {
		if w.Of == OfPayment && w.Theirs != "" && !slices.Contains(words, w.Theirs) {
			words = append(words, w.Theirs)
		}
	}
	return words
}

// CurrentState is the payment's state in system 1's words. It has one word for all: what goes back comes before
// where the payment stands, and what is captured has succeeded once it is settled.
func (p *Payment) CurrentState(now time.Time) string {
	return Word(PaymentsAPI, OfPayment, Subject{Payment: p, Now: now})
}
