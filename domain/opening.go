package domain

import (
	"encoding/json"
	"time"
)

// Opening is the body of payment.opened.
type Opening struct {
	ID      PaymentID `json:"id"`
	HumanID string    `json:"human_id"`
	Amount  Amount    `json:"amount"`          // minor units
	Group   GroupID   `json:"group,omitempty"` // payments that stand or fall together
	Terms
}

// Terms are with what and how an attempt pays. They can be settled after it was opened, and change until it is
// sent.
type Terms struct {
	Variant     string          `json:"variant"`
	Provider    string          `json:"provider"`
	Method      string          `json:"method,omitempty"` // "" until the customer has chosen
	Capture     CaptureMode     `json:"capture,omitempty"`
	Partial     bool            `json:"partial,omitempty"` // a partial approval is taken
	Source      Source          `json:"source,omitzero"`
	Single      bool            `json:"single_capture,omitempty"` // the method captures once
	Tendered    Amount          `json:"tendered,omitempty"`       // minor units; of cash
	Rounded     Amount          `json:"rounded,omitempty"`        // minor units; of cash: what rounding adds to the amount, below 0 what it takes off
	Retries     int             `json:"retries,omitempty"`        // how often a soft decline is repeated
	ThreeDS     bool            `json:"three_ds,omitempty"`       // the customer is to be authenticated
	CanThreeDS  bool            `json:"can_three_ds,omitempty"`   // the method can, where the bank asks for it
	HoldFor     time.Duration   `json:"hold_for,omitempty"`       // how long money is held before it is let go
	Save        bool            `json:"save,omitempty"`           // the source is wanted again
	Customer    CustomerID      `json:"customer,omitempty"`
	On          time.Time       `json:"on,omitzero"` // for a later day: when it is to be sent, once its source is kept; UTC
	Reference   string          `json:"reference,omitempty"`
	Description string          `json:"description,omitempty"`
	Metadata    json.RawMessage `json:"metadata,omitempty"`

	WithoutThreeDS bool `json:"attempt_n3d,omitempty"` // goes on where 3DS is not possible
}

// Change is the body of payment.changed: the terms as they are from now on, and the client where their address
// was changed.
type Change struct {
	Terms
	Person *PersonRef `json:"person,omitempty"`
	Ask    string     `json:"ask,omitempty"`
}
