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

// The events of a payout: commands, and the facts that providers tell.
const (
	PayoutAsked        Event = "payout_requested"
	PayoutConfirmAsked Event = "payout_confirm_requested"
	PayoutCancelAsked  Event = "payout_cancel_requested"

	PayoutTaken     Event = "payout_created" // the provider knows of it
	PayoutLacksData Event = "payout_needs_data"
	PayoutSent      Event = "payout_processing"
	PayoutDone      Event = "payout_paid"
	PayoutRefused   Event = "payout_failed"
	PayoutStopped   Event = "payout_canceled"
	PayoutLapsed    Event = "payout_expired"
	PayoutCameBack  Event = "payout_returned"

	PayoutOutOfOrder Event = "payout_out_of_order" // a fact that no row of its own event takes
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
	Method      string     `json:"method"`
	Reference   string     `json:"reference,omitempty"`
	Description string     `json:"description,omitempty"`
	Ask         string     `json:"ask,omitempty"`
}

// PayoutChange is the body of payout.changed: what was missing, and came with its confirmation. What is empty stays.
type PayoutChange struct {
	Recipient *PersonRef `json:"recipient,omitempty"`
	Account   string     `json:"account_last4,omitempty"`
}

// Payout is a payout as the fold of its entries. Its state is read off the facts on record, so that their order of
// arrival does not matter.
type Payout struct {
	PayoutOpening
	Name       string // of whom it goes to, from the cabinet; empty where nobody told or they are forgotten
	State      State
	Code       string // the last response code
	Message    string // the last failure, or what is missing, in words
	CreatedAt  time.Time
	OpenedIn   Seq      // the entry that opened it
	Rows       []string // of the cabinet, with every version of the recipient, and what else was told
	Salts      []string // of the cabinet, with the salts of the accounts
	Forgotten  bool     // what was told of the recipient was emptied
	Operations []*Operation
	Steps      []Step
	Version    int64

	facts   []Fact   // from the one that counts least to the one that says where it stands
	notices []string // event ids already booked
}

// IsPaid tells whether the recipient has the money.
func (p *Payout) IsPaid() bool { return p.State == PayoutPaid }

// NeedsOther tells whether the provider could not do with what it was told of the recipient.
func (p *Payout) NeedsOther() bool { return p.State == PayoutNeedsData }

// Missing names what of the recipient nobody has told: name, iban.
func (p *Payout) Missing() []string {
	var missing []string
	if p.Recipient == nil && p.Customer == "" {
		missing = append(missing, "name")
	}
	if p.Account == "" {
		missing = append(missing, "iban")
	}
	return missing
}
