package domain

import (
	"context"
	"time"
)

// Notifier is a provider that reports facts of its own accord (webhooks, polling).
type Notifier interface {
	// Notices gives what was delivered after a position, oldest first; "" is the beginning.
	Notices(ctx context.Context, after string) ([]Notice, error)
}

// Notice is one message that a provider delivered. The same event may be delivered more than once.
type Notice struct {
	ID        string    `json:"id"`       // the provider's event id: the same message has the same
	Position  string    `json:"position"` // of this delivery: what Notices goes on after
	Type      string    `json:"type"`     // payment_captured ...
	At        time.Time `json:"at"`       // when it happened, by the provider's clock, UTC
	Payment   PaymentID `json:"payment"`  // as till calls it
	Facts     []Fact    `json:"facts"`
	Body      string    `json:"body"` // as it came, nothing secret in it
	Signature string    `json:"signature,omitempty"`
}

// Received is a notice as till keeps it.
type Received struct {
	Notice
	Variant string    `json:"variant"`
	On      time.Time `json:"received_at"` // UTC
	Orphan  bool      `json:"orphan"`      // of a payment that till did not know then
}

// Bank is the other chair at a test gateway: its outbox, faults, books, cards, tokens, and the customer at the
// bank's page. A live till has none. What is not there is CodeNotFound, what cannot be CodeIllegalTransition or
// CodeInvalid.
type Bank interface {
	Cards() []TestCard
	Books(ctx context.Context, payment PaymentID) (Books, error)
	// Token exchanges a card for a tok_, as a browser would.
	Token(ctx context.Context, card Card) (Token, error)

	// Customer does at the bank's page, or at the door, what the customer does (SessionKind.Results).
	Customer(ctx context.Context, payment PaymentID, result string) error
	// Settle decides what the gateway left pending: succeeded or failed.
	Settle(ctx context.Context, payment PaymentID, outcome string) error
	// MoveRefund moves a refund: succeeded, failed, reversed, manual_review, or pending again after that.
	MoveRefund(ctx context.Context, refund RefundID, outcome string) error
	// GiveBack has the gateway give money back by itself (lifecycle P39); amount 0 is all. Minor units.
	GiveBack(ctx context.Context, payment PaymentID, amount Amount) error

	// Raise has the customer's bank open a case about a payment, and gives its id.
	Raise(ctx context.Context, raised Raising) (DisputeID, error)
	// Advance has the other side of a case, its scheme or its time go on (CaseOutcomes).
	Advance(ctx context.Context, dispute DisputeID, outcome string) error
	// Cases gives the cases at the gateway, newest first: also those that till was not told of yet.
	Cases(ctx context.Context) ([]BankCase, error)
	// MovePayout moves a payout: paid, failed, expired, returned or needs_data.
	MovePayout(ctx context.Context, payout PayoutID, outcome string) error

	// Outbox gives what the gateway has to tell: all of it, or only what waits. Oldest first.
	Outbox(ctx context.Context, pending bool) ([]OutboxNotice, error)
	// HoldBack says whether new notices wait to be delivered by hand.
	HoldBack(ctx context.Context, hold bool) error
	HoldsBack(ctx context.Context) (bool, error)
	// Deliver, Drop, Duplicate (deliver once more), Delay and Swap (in the outbox) name notices by id or number.
	Deliver(ctx context.Context, notices ...string) error
	Drop(ctx context.Context, notices ...string) error
	Duplicate(ctx context.Context, notices ...string) error
	Delay(ctx context.Context, by time.Duration, notices ...string) error
	Swap(ctx context.Context, one, other string) error

	SetFault(ctx context.Context, fault Fault) error
	Faults(ctx context.Context) ([]Fault, error)
	ClearFaults(ctx context.Context) error
	// Profile is how the gateway treats idempotency keys: checkout, stripe or none.
	Profile(ctx context.Context) (string, error)
	SetProfile(ctx context.Context, name string) error

	// Timers are what the gateway will do by itself, soonest first. It does what has come whenever it is asked
	// anything.
	Timers(ctx context.Context) ([]Timer, error)
}

// TestCard is a card of a test gateway and how it behaves.
type TestCard struct {
	Number  string `json:"number"` // public test numbers only
	Brand   Brand  `json:"brand"`
	Behaves string `json:"behaves"`
	Code    string `json:"code"`
}

// Token is what a browser is given for a card: good once, for a while.
type Token struct {
	ID    string    `json:"token"` // tok_
	Until time.Time `json:"expires_at"`
	Source
}

// The states of a notice in the outbox.
const (
	NoticePending   = "pending"
	NoticeDelivered = "delivered"
	NoticeDropped   = "dropped"
)

// OutboxNotice is a notice before and after it was delivered.
type OutboxNotice struct {
	Number   int       `json:"number"` // its place in the outbox, from 1
	ID       string    `json:"id"`
	Type     string    `json:"type"`
	Payment  PaymentID `json:"payment"`
	Action   string    `json:"action"`
	Amount   Amount    `json:"amount"` // minor units of Currency
	Currency Currency  `json:"currency"`
	At       time.Time `json:"at"`
	State    string    `json:"state"`           // NoticePending, NoticeDelivered or NoticeDropped
	DueAt    time.Time `json:"due_at,omitzero"` // of a delayed one
	Times    int       `json:"times"`           // how often it was delivered
}

// Waits tells whether nobody has decided yet whether it is delivered.
func (n OutboxNotice) Waits() bool { return n.State == NoticePending }

// Lost tells whether it was dropped: it is never delivered.
func (n OutboxNotice) Lost() bool { return n.State == NoticeDropped }

// Fault is something that a test gateway will do wrong: for the next Times calls, or for a share of all calls.
type Fault struct {
	Operation OperationKind `json:"operation"`
	Name      string        `json:"fault"` // spec of the sandbox: refused, timeout_after, slow:2 ...
	Times     int           `json:"times,omitempty"`
	Share     int           `json:"share,omitempty"` // percent of calls, by the gateway's seed
}

// Books is what a test gateway itself has on record for a payment, gross, in minor units.
type Books struct {
	Payment    PaymentID      `json:"payment"`
	Currency   Currency       `json:"currency"`
	Authorized Amount         `json:"authorized"`
	Captured   Amount         `json:"captured"`
	Voided     Amount         `json:"voided"`
	Refunded   Amount         `json:"refunded"`
	Reversed   Amount         `json:"reversed"`
	Disputed   Amount         `json:"disputed"` // held by cases, or lost to them
	Fees       Amount         `json:"fees"`     // of cases
	Charges    int            `json:"charges"`  // how many approvals: more than one is a double charge
	Calls      map[string]int `json:"calls"`    // by idempotency key
}

// Raising is a case as its operator wants it opened.
type Raising struct {
	Payment   PaymentID
	Stage     string        // fraud_advice, retrieval, chargeback, pre_compliance or good_faith
	Reason    string        // a reason code of the card's network; "" is the usual one of the stage
	Amount    Amount        // minor units; 0 is all that was captured
	Announced bool          // of a chargeback: it is announced first, and debited a minute later
	RespondIn time.Duration // of the first answer alone; 0: the network's usual time, as every later step has it
	Previous  DisputeID     // of pre_compliance and good_faith: the older case, if any
}

// BankCase is a case as the gateway has it.
type BankCase struct {
	ID       DisputeID `json:"id"`
	Payment  PaymentID `json:"payment"`
	State    State     `json:"state"` // stage/status
	Amount   Amount    `json:"amount"`
	Currency Currency  `json:"currency"`
	Until    time.Time `json:"until,omitzero"` // when time decides it, UTC
	Outcomes []string  `json:"outcomes"`       // what the operator can make of it now
}
