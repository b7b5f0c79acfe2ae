package domain

import "time"

// OperationKind is what a provider is asked to do.
type OperationKind string

// The kinds of operations (lifecycle §5).
const (
	Authorize       OperationKind = "authorize"
	Increment       OperationKind = "increment"
	Capture         OperationKind = "capture"
	Void            OperationKind = "void"
	Reverse         OperationKind = "reverse"
	RefundMoney     OperationKind = "refund"
	RefundCancel    OperationKind = "refund_cancel"
	Sync            OperationKind = "sync"
	VerifyRedirect  OperationKind = "verify_redirect"
	CreateOrder     OperationKind = "create_order"
	SetupRecurring  OperationKind = "setup_recurring"
	ChargeRecurring OperationKind = "charge_recurring"
	Revoke          OperationKind = "revoke" // a mandate, or a source that is not to be kept any more
	DisputeAccept   OperationKind = "dispute_accept"
	DisputeEvidence OperationKind = "dispute_evidence" // an answer, a defence, our case: once for each stage
	DisputeDecline  OperationKind = "dispute_decline"
	DisputeWithdraw OperationKind = "dispute_withdraw" // we give up
	DisputeFile     OperationKind = "dispute_file"     // we take it to the next stage
	PayoutMoney     OperationKind = "payout"           // the provider is told of a payout
	PayoutConfirm   OperationKind = "payout_confirm"   // and sends it
	PayoutCancel    OperationKind = "payout_cancel"
)

// Words are the call as people say it: "dispute evidence".
func (k OperationKind) Words() string { return State(k).Words() }

// CaptureMode says when an authorized payment is captured.
type CaptureMode string

// The capture modes.
const (
	CaptureAuto     CaptureMode = "auto"
	CaptureManual   CaptureMode = "manual"
	CaptureMultiple CaptureMode = "multiple"
)

// Operation is one thing asked of a provider. It travels from the decision through the journal to the
// provider; the fold adds where it stands. Amounts are minor units of Currency.
type Operation struct {
	ID          OperationID   `json:"id"`
	Kind        OperationKind `json:"kind"`
	Order       OrderID       `json:"order"`
	Payment     PaymentID     `json:"payment"`
	Refund      RefundID      `json:"refund,omitempty"`
	Instead     RefundID      `json:"instead,omitempty"` // of a refund: the failed one that it repeats
	Case        DisputeID     `json:"case,omitempty"`    // of a dispute's answer
	Stage       string        `json:"stage,omitempty"`   // of dispute_file: to which stage it is taken
	Papers      []Paper       `json:"papers,omitempty"`  // of a dispute's answer: the evidence that goes with it
	Payout      PayoutID      `json:"payout,omitempty"`
	Account     *PersonRef    `json:"account,omitempty"` // of a payout: the account, hashed with a salt from the cabinet
	Shift       ShiftID       `json:"shift,omitempty"`   // of cash: the shift whose drawer it goes into or comes out of
	Key         string        `json:"key"`               // idempotency key: the same for every try
	Amount      Amount        `json:"amount"`
	Total       Amount        `json:"total,omitempty"` // of an increment: what it comes to in all; Amount is what is added
	Currency    Currency      `json:"currency"`
	Capture     CaptureMode   `json:"capture,omitempty"` // of an authorize
	Final       bool          `json:"final,omitempty"`   // of a capture: what is left is released
	Method      string        `json:"method"`
	Source      Source        `json:"source,omitzero"`
	Follows     bool          `json:"follows,omitempty"` // of an authorize: the provider has the source from an earlier try of this payment
	Customer    CustomerID    `json:"customer,omitempty"`
	Mandate     MandateID     `json:"mandate,omitempty"`
	Save        bool          `json:"save,omitempty"`        // the source is wanted again
	Partial     bool          `json:"partial,omitempty"`     // less than the amount is welcome
	ThreeDS     bool          `json:"three_ds,omitempty"`    // the customer is to be authenticated
	WithoutIt   bool          `json:"attempt_n3d,omitempty"` // goes on where 3DS is not possible
	Session     string        `json:"session,omitempty"`     // of a verify_redirect: which one the customer came back from
	Reference   string        `json:"reference,omitempty"`
	Reason      string        `json:"reason,omitempty"`
	Rounded     Amount        `json:"rounded,omitempty"`     // of a refund in cash: what rounding adds to the amount
	Lines       []LinePart    `json:"lines,omitempty"`       // of a refund: what goes back for it
	Description string        `json:"description,omitempty"` // what the payment is for, in the merchant's words
	Variant     string        `json:"variant"`
	Deadline    time.Time     `json:"deadline,omitzero"` // UTC; without an answer by then it is unknown
	Ask         string        `json:"ask,omitempty"`     // fingerprint of what was wanted, to know a repeat by

	// Card rides along to the provider and is gone after the call.
	Card *Card `json:"-"`
	// Recipient rides along too: whom a payout goes to.
	Recipient *Recipient `json:"-"`
	// Contents ride along with Papers, in their order: a journal keeps no files.
	Contents [][]byte `json:"-"`

	// Where it stands, by the fold.
	State       State     `json:"-"`
	Tries       int       `json:"-"`
	Asked       int       `json:"-"` // how often it was asked about in vain
	Code        string    `json:"-"` // the provider's response code
	Summary     string    `json:"-"`
	Rule        string    `json:"-"` // which of its rules decided, where a sandbox answered
	ProviderID  string    `json:"-"`
	RequestedAt time.Time `json:"-"`
	AnsweredAt  time.Time `json:"-"`
	RequestedBy Seq       `json:"-"` // the entry that asked for it
	EndedBy     Seq       `json:"-"` // the entry that answered it first: what a repeat of its key is told

	askedAt  time.Time // when it was last asked about, or answered
	firstAt  time.Time // when it was first asked for: from then on its key is kept
	endedAt  time.Time // when it ended, by its provider's clock where that told
	refused  bool      // its provider has said no
	mismatch bool      // its answer named another amount or currency, and is not believed (I16)
}

// Charges tells whether the operation asks for the payment itself: its end is the payment's.
func (o *Operation) Charges() bool { return o.Kind == Authorize || o.Kind == ChargeRecurring }

// Requested tells whether the operation has had no answer, not even that nobody knows.
func (o *Operation) Requested() bool { return o.State == OpRequested }

// InFlight tells whether the operation's end is still open: requested, pending or unknown.
func (o *Operation) InFlight() bool {
	return o.State == OpRequested || o.State == OpPending || o.State == OpUnknown
}

// IsPending tells whether its provider has taken it and not decided.
func (o *Operation) IsPending() bool { return o.State == OpPending }

// IsUnknown tells whether nobody knows what came of it.
func (o *Operation) IsUnknown() bool { return o.State == OpUnknown }

// Status is how a call ended.
type Status string

// The ends of a call. What is not one of them is an error, and means that nobody knows.
const (
	Succeeded Status = "succeeded"
	Pending   Status = "pending"   // taken, not decided: 202
	Declined  Status = "declined"  // they said no
	NotSent   Status = "not_sent"  // nothing left this machine, or it was refused as invalid before it was taken
	NotFound  Status = "not_found" // of a sync: the provider has never seen the payment
	Unknown   Status = "unknown"   // till's own word for a lost answer; no provider says it
)

// Outcome is what a provider answered to an operation, or told later.
type Outcome struct {
	Status     Status `json:"status"`
	Code       string `json:"code,omitempty"`        // response code, such as 10000 or 20051
	Summary    string `json:"summary,omitempty"`     // in words, from the provider: text from outside
	Class      string `json:"class,omitempty"`       // of a decline: soft, hard, risk, authentication
	Rule       string `json:"rule,omitempty"`        // a sandbox says which of its rules decided
	ProviderID string `json:"provider_id,omitempty"` // the call's id at the provider
	Facts      []Fact `json:"facts,omitempty"`

	Wire Wire `json:"-"` // what was sent and answered; kept in the cabinet
}

// Fact is one thing that happened at a provider. Replies, notices and syncs tell the same facts; a fact is
// booked once, by its action id, whatever brings it and in whatever order.
type Fact struct {
	Event    Event      `json:"event"`               // an event of the payment's, the refund's or the dispute's machine
	Action   string     `json:"action,omitempty"`    // the provider's id of what happened
	Key      string     `json:"key,omitempty"`       // the idempotency key of the call that did it
	At       time.Time  `json:"at,omitzero"`         // by the provider's clock, UTC
	Amount   Amount     `json:"amount,omitempty"`    // minor units
	Released Amount     `json:"released,omitempty"`  // what a final capture, a void or a lapse released
	Currency Currency   `json:"currency,omitempty"`  // where the provider names it
	Refund   RefundID   `json:"refund,omitempty"`    // the refund concerned
	Case     DisputeID  `json:"case,omitempty"`      // the dispute concerned
	Dispute  *Claim     `json:"dispute,omitempty"`   // of a dispute's fact
	Code     string     `json:"code,omitempty"`      // response code of what failed
	Summary  string     `json:"summary,omitempty"`   // in words
	Class    string     `json:"class,omitempty"`     // of a decline
	Final    bool       `json:"final,omitempty"`     // of a capture
	Session  *Session   `json:"session,omitempty"`   // of action_required: what the customer has to do
	ThreeDS  *ThreeDS   `json:"three_ds,omitempty"`  // what is known of the authentication since
	Source   *Source    `json:"source,omitempty"`    // what the provider keeps the source as, since
	Fraud    *Screening `json:"fraud,omitempty"`     // what the provider's screening says
	Provider string     `json:"reference,omitempty"` // the payment's id at the provider
}

// Claim is what a dispute's fact says of the case.
type Claim struct {
	Stage          string    `json:"stage"`
	Status         string    `json:"status"`
	Amount         Amount    `json:"amount,omitempty"` // minor units
	Fee            Amount    `json:"fee,omitempty"`    // minor units
	Announced      bool      `json:"announced,omitempty"`
	Provisional    bool      `json:"provisional,omitempty"` // a credit that stands until the verdict
	ReasonCode     string    `json:"reason_code,omitempty"`
	Network        string    `json:"network,omitempty"`
	Category       string    `json:"category,omitempty"`
	RaisedBy       string    `json:"raised_by,omitempty"`
	LiabilityShift bool      `json:"liability_shift,omitempty"`
	Previous       DisputeID `json:"previous,omitempty"`  // the older case that it goes back to
	RespondBy      time.Time `json:"respond_by,omitzero"` // as the provider names it
	UsualBy        time.Time `json:"usual_by,omitzero"`   // by the network's usual times, where it is not named: our own
}

// Wire is what went over the line for one call, secrets removed before it got here.
type Wire struct {
	Operation OperationID   `json:"operation"`
	Sent      string        `json:"sent"`
	Answered  string        `json:"answered"`
	Took      time.Duration `json:"took"` // by the machine's clock
}

// Empty tells whether there is nothing to keep.
func (w Wire) Empty() bool { return w.Sent == "" && w.Answered == "" }

// NeedsCard tells whether the operation can only be sent by somebody who brings the card.
func (o *Operation) NeedsCard() bool {
	return (o.Kind == Authorize || o.Kind == SetupRecurring) && o.Source.Type == "card" && o.Source.ID == "" && !o.Follows
}

// MayResend tells whether an operation without a known end may be sent again under its own key (P43): only
// while the provider still knows the key, so that a second sending cannot be a second charge. A leave that is taken back
// twice is taken back once, and of a source nobody could be asked instead.
func MayResend(f *Facts, op *Operation) bool {
	if op.Kind == Revoke && op.State == OpUnknown {
		return true
	}
	return op.State != OpPending && f.Can.KeepsKeys > 0 && f.Now.Sub(op.firstAt) < f.Can.KeepsKeys
}
