package domain

import "time"

// The states of a payout: money that goes out to somebody who did not pay it (lifecycle §8).
const (
	PayoutCreated    State = "created"
	PayoutNeedsData  State = "needs_data"
	PayoutProcessing State = "processing"
	PayoutPaid       State = "paid"
	PayoutFailed     State = "failed"
	PayoutCanceled   State = "canceled"
	PayoutExpired    State = "expired"
	PayoutReturned   State = "returned"
)

// PayoutOpening is the body of payout.opened. Amount is minor units.
type PayoutOpening struct {
	ID          PayoutID   `json:"id"`
	HumanID     string     `json:"human_id"`
	Amount      Amount     `json:"amount"`
	Currency    Currency   `json:"currency"`
	Customer    CustomerID `json:"customer,omitempty"` // whom it goes to, where they are known
	Recipient   *PersonRef `json:"recipient,omitempty"`
	Account     string     `json:"account_last4,omitempty"` // the end of the account's number
	Variant     string     `json:"variant"`
	Reference   string     `json:"reference,omitempty"`
	Description string     `json:"description,omitempty"`
	Ask         string     `json:"ask,omitempty"`
}

// Payout is a payout as the fold of its entries.
type Payout struct {
	PayoutOpening
	State      State
	Code       string // the last response code
	Message    string // the last failure in words
	CreatedAt  time.Time
	Operations []*Operation
	Steps      []Step
	Version    int64
}
