package domain

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// Document is what an order is made of: the body of order.issued and order.drafted.
type Document struct {
	ID          OrderID         `json:"id"`
	HumanID     string          `json:"human_id"`
	Number      string          `json:"number,omitempty"` // drafts have none
	Reference   string          `json:"reference,omitempty"`
	Cart        Cart            `json:"cart"`
	Totals      Totals          `json:"totals"` // computed once, at issue (lifecycle I17)
	Language    string          `json:"language,omitempty"`
	Due         time.Time       `json:"due,omitzero"` // UTC
	DenyOverdue bool            `json:"deny_overdue_payment,omitempty"`
	MaxAttempts int             `json:"max_payment_attempts,omitempty"` // 0: no limit
	SkipCapture bool            `json:"skip_capture,omitempty"`         // hold, capture later
	IsTest      bool            `json:"is_test,omitempty"`
	IssuedAt    time.Time       `json:"issued_at,omitzero"` // of imports: when the order was really issued
	Redirects   Redirects       `json:"redirects,omitzero"`
	Metadata    json.RawMessage `json:"metadata,omitempty"`
	Person      *PersonRef      `json:"person,omitempty"`
	Contact     bool            `json:"contact"`            // e-mail or phone was given
	Counter     bool            `json:"counter,omitempty"`  // sold in person: the client stands at the counter
	Customer    CustomerID      `json:"customer,omitempty"` // whose order it is, where they are known
	Ask         string          `json:"ask,omitempty"`
}

// Redirects are where the customer is sent after paying.
type Redirects struct {
	Success    string `json:"success,omitempty"`
	InProgress string `json:"in_progress,omitempty"`
	Failure    string `json:"failure,omitempty"`
}

// Order is an order with everything about its money, as the fold of its entries. Amounts are minor units of
// its currency, times UTC.
type Order struct {
	Document
	State        State
	CancelReason string // merchant, voided, max_attempts, hold_expired
	CreatedAt    time.Time
	ViewedAt     time.Time
	Overdue      bool // the due date has passed and was noticed
	WrittenOff   Amount
	Outside      Amount // received outside
	Acknowledged Seq    // the entry up to which the operator has seen failures
	Printed      int    // receipts so far

	Rows     []string // of the cabinet, with every version of what its client told, and what else was told of them
	Payments []*Payment
	Steps    []Step // every arrow that was walked, in order
	Version  int64  // how many entries it has
	LastSeq  Seq
	LastAt   time.Time

	Overrides []Overriding // the deeds that a manager had to stand by for

	// Client comes from the cabinet, not from the fold: empty when forgotten.
	Client Person

	now     Entry // the entry being applied
	heard   Seq   // the entry that told the newest fact
	takings []Taking
}

// Payment is one attempt to pay an order.
type Payment struct {
	Opening
	Order     OrderID
	State     State
	Detail    string // of failed: not_sent, not_found; of declined: its class; of voided: partial, group
	Attempt   int    // from 1
	Code      string // the last response code
	Message   string // the last decline or failure in words
	Provided  string // its id at the provider
	CreatedAt time.Time
	Date      time.Time // of a scheduled payment: when it is sent, UTC
	RetryAt   time.Time // of one that waits to be tried again, UTC
	Unwanted  bool      // approved, but there is no use for it: it is voided by itself (P14)
	Waiting   bool      // its group has not stood or fallen yet
	Fallen    bool      // it fell with its group, which another payment of it has brought down
	Paused    bool      // a scheduled payment that is not to run
	Retried   int       // soft declines repeated so far

	Sessions []Session // what the customer was asked to do elsewhere, newest last
	ThreeDS  ThreeDS   // what is known of the customer's authentication
	Fraud    Screening // what is said of it by those who look for fraud
	Flagged  bool      // the provider's screening raised a flag

	Operations []*Operation
	Refunds    []*Refund
	Disputes   []*Dispute
	Sums       Sums // kept up by the fold

	authenticated bool              // the customer was, or it goes on without, since it was last sent
	groupFell     bool              // a payment of its group has ended badly
	late          bool              // it was approved after it had ended
	asked         time.Time         // when the authorize was last sent
	heldAt        time.Time         // when it was first told that money is held
	movedAt       time.Time         // when its state, its sums or its terms last changed
	fired         map[string]firing // its timers that have fired, by name
	marks         map[string]mark   // when the newest of its details were told of
	told          map[string]bool   // actions already booked
	notices       []string          // event ids already booked
	money         []Fact            // money facts on record
	counted       Sums              // what of them is in the order's takings
}

// Refund is money on its way back.
type Refund struct {
	ID        RefundID
	Payment   PaymentID
	Amount    Amount
	State     State
	Detail    string // of failed: not_sent, not_found
	Reason    string
	Reference string
	Code      string
	Message   string
	Origin    string   // "provider" when it came of its own accord
	Instead   RefundID // the failed one that it repeats
	Lines     []LinePart
	Rounded   Amount // of cash: what rounding added to the amount that was given back
	CreatedAt time.Time
	BornBy    Seq
	ChangedBy Seq

	changedAt time.Time
	facts     []Fact
}

// Step is an arrow that was walked: what the picture lights, what the timeline tells.
type Step struct {
	Seq     Seq
	At      time.Time
	Machine string
	Subject string
	Row     string
	From    State
	On      Event
	To      State
	Source  Origin
	Why     string
}

// Total is what the order costs, in minor units.
func (o *Order) Total() Amount { return o.Totals.Total }

// Payment finds a payment of the order by its id; nil if it has none such.
func (o *Order) Payment(id PaymentID) *Payment {
	for _, p := range o.Payments {
		if p.ID == id {
			return p
		}
	}
	return nil
}

// Last gives the newest payment; nil if there is none.
func (o *Order) Last() *Payment {
	if len(o.Payments) == 0 {
		return nil
	}
	return o.Payments[len(o.Payments)-1]
}

// Operation finds an operation of the payment by its id; nil if it has none such.
func (p *Payment) Operation(id OperationID) *Operation {
	for _, op := range p.Operations {
		if op.ID == id {
			return op
		}
	}
	return nil
}

// Refund finds a refund of the payment by its id; nil if it has none such.
func (p *Payment) Refund(id RefundID) *Refund {
	for _, r := range p.Refunds {
		if r.ID == id {
			return r
		}
	}
	return nil
}

// ByKey finds the operation that carries an idempotency key, with its payment; nil if there is none.
func (o *Order) ByKey(key string) (*Payment, *Operation) {
	for _, p := range o.Payments {
		if op := p.ByKey(key); op != nil {
			return p, op
		}
	}
	return nil, nil
}

// ByKey finds the operation of the payment that carries an idempotency key; nil if there is none.
func (p *Payment) ByKey(key string) *Operation {
	i := slices.IndexFunc(p.Operations, func(op *Operation) bool { return op.Key == key && key != "" })
	if i < 0 {
		return nil
	}
	return p.Operations[i]
}

// ByDispute finds a case of the order, with its payment; nil if there is none such.
func (o *Order) ByDispute(id DisputeID) (*Payment, *Dispute) {
	for _, p := range o.Payments {
		if d := p.Dispute(id); d != nil {
			return p, d
		}
	}
	return nil, nil
}

// Chain finds the last of the operations that an intent took at once: that with its key, or the one which brought the
// 3DS that the bank asked for instead; nil if there is none.
func (o *Order) Chain(key string) (*Payment, *Operation) {
	p, last := o.ByKey(key)
	if last == nil || last.Code != stepUp {
		return p, last
	}
	for _, op := range p.Operations[slices.Index(p.Operations, last)+1:] {
		if op.Charges() {
			return p, op
		}
	}
	return p, last
}

// StepKey is the key of what till does with the payment by itself. It is the payment's own, not that of the intent
// which led to it: nobody else's key can be the same.
func (p Opening) StepKey(step string) string { return string(p.ID) + "/" + step }

// OwnKey tells whether a key is one that till makes for what it does by itself.
func OwnKey(key string) bool { return strings.HasPrefix(key, "pay_") && strings.Contains(key, "/") }

// ByOperation finds an operation of the order, with its payment; nil if there is none such.
func (o *Order) ByOperation(id OperationID) (*Payment, *Operation) {
	for _, p := range o.Payments {
		if op := p.Operation(id); op != nil {
			return p, op
		}
	}
	return nil, nil
}
