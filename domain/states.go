package domain

import "slices"

// The states of an order (lifecycle §3).
const (
	OrderDraft      State = "draft"
	OrderIssued     State = "issued"
	OrderViewed     State = "viewed"
	OrderInProgress State = "in_progress"
	OrderFailed     State = "failed"
	OrderOverdue    State = "overdue"
	OrderExpired    State = "expired"
	OrderHold       State = "hold"
	OrderPartPaid   State = "part_paid"
	OrderPaid       State = "paid"
	OrderReceived   State = "received"
	OrderCancelled  State = "cancelled"
	OrderRejected   State = "rejected"
)

// The states of a payment (lifecycle §4).
const (
	PaymentCreated        State = "created"
	PaymentScheduled      State = "scheduled"
	PaymentNeedsMethod    State = "needs_method"
	PaymentNeedsAction    State = "needs_action"
	PaymentProcessing     State = "processing"
	PaymentRetryWait      State = "retry_wait"
	PaymentUnknown        State = "unknown"
	PaymentVerified       State = "verified"
	PaymentDeclined       State = "declined"
	PaymentFailed         State = "failed"
	PaymentCancelled      State = "cancelled"
	PaymentAuthorized     State = "authorized"
	PaymentPartAuthorized State = "part_authorized"
	PaymentPartCaptured   State = "part_captured"
	PaymentCaptured       State = "captured"
	PaymentVoided         State = "voided"
	PaymentReversed       State = "reversed"
	PaymentExpired        State = "expired"
)

// The states of an operation (lifecycle §5).
const (
	OpRequested State = "requested"
	OpNotSent   State = "not_sent"
	OpPending   State = "pending"
	OpUnknown   State = "unknown"
	OpSucceeded State = "succeeded"
	OpFailed    State = "failed"
)

// The states of a refund (lifecycle §6).
const (
	RefundRequested State = "requested"
	RefundPending   State = "pending"
	RefundReview    State = "manual_review"
	RefundUnknown   State = "unknown"
	RefundSucceeded State = "succeeded"
	RefundFailed    State = "failed"
	RefundCanceled  State = "canceled"
	RefundReversed  State = "reversed"
)

// Groups of states, as the lifecycle names them.
var (
	resting    = []State{OrderIssued, OrderViewed, OrderFailed, OrderOverdue, OrderExpired}
	decided    = []State{OrderCancelled, OrderRejected, OrderReceived}
	allOrder   = slices.Concat([]State{OrderDraft}, resting, []State{OrderInProgress, OrderHold, OrderPartPaid, OrderPaid}, decided)
	unsent     = []State{PaymentCreated, PaymentNeedsMethod}
	customers  = []State{PaymentCreated, PaymentNeedsMethod, PaymentNeedsAction, PaymentScheduled, PaymentRetryWait}
	sent       = []State{PaymentProcessing, PaymentNeedsAction, PaymentUnknown}
	open       = []State{PaymentCreated, PaymentScheduled, PaymentNeedsMethod, PaymentNeedsAction, PaymentProcessing, PaymentRetryWait, PaymentUnknown}
	held       = []State{PaymentAuthorized, PaymentPartAuthorized, PaymentPartCaptured}
	moneyless  = []State{PaymentVerified, PaymentDeclined, PaymentFailed, PaymentCancelled}
	moneyed    = []State{PaymentAuthorized, PaymentPartAuthorized, PaymentPartCaptured, PaymentCaptured, PaymentVoided, PaymentReversed, PaymentExpired}
	allPayment = slices.Concat(open, moneyless, moneyed)
)

// The events of an order. Those of its payments that concern it are named after what they did.
const (
	Issue        Event = "issue"
	DraftIt      Event = "draft"
	Discard      Event = "discard"
	View         Event = "view"
	StartAttempt Event = "start_attempt"
	Held         Event = "authorized"
	Taken        Event = "captured"
	EndedBadly   Event = "attempt_failed"
	Ended        Event = "attempt_ended" // cancelled or verified: not counted as failed
	Released     Event = "voided"
	Lapsed       Event = "lapsed"
	Undone       Event = "reversed"
	OtherMoney   Event = "money" // any other fact about money or an operation
	DueReached   Event = "due_reached"
	DenyOverdue  Event = "deny_overdue"
	AllowOverdue Event = "allow_overdue"
	ExtendDue    Event = "extend_due"
	Cancel       Event = "cancel"
	Reject       Event = "reject"
	MarkReceived Event = "mark_received"
	UndoReceived Event = "undo_received"
	CloseShort   Event = "close_short"
	AcceptLate   Event = "accept_late_payment"
	Acknowledge  Event = "acknowledge"
)

// The events of a payment: commands, and the facts that providers tell.
const (
	Open                 Event = "open"
	Schedule             Event = "schedule"
	DateReached          Event = "date_reached"
	FormOpened           Event = "form_opened"
	Submit               Event = "submit"
	ActionRequired       Event = "action_required"
	Returned             Event = "returned"
	Authenticated        Event = "authenticated"
	AuthenticationFailed Event = "authentication_failed"
	NoThreeDS            Event = "three_ds_not_possible"
	Abandoned            Event = "abandoned"
	GivenUp              Event = "given_up"
	Approved             Event = "approved"
	Captured             Event = "payment_captured"
	Verified             Event = "verified"
	DeclinedIt           Event = "payment_declined"
	NotTaken             Event = "not_sent"
	AnswerLost           Event = "answer_lost"
	Mismatch             Event = "mismatch"
	Accepted             Event = "accepted"
	NoSuchPayment        Event = "no_such_payment"
	Resend               Event = "resend"
	Exhausted            Event = "janitor_exhausted"
	Retry                Event = "retry"
	CancelAttempt        Event = "cancel_attempt"
	Pause                Event = "pause"
	Activate             Event = "activate"
	Judge                Event = "judge" // somebody has looked at it for fraud
	GroupStood           Event = "group_stood"
	GroupFell            Event = "group_fell"
	Incremented          Event = "incremented"
	Voided               Event = "payment_voided"
	AuthExpired          Event = "authorization_expired"
	Reversed             Event = "payment_reversed"
	ReverseFailed        Event = "reverse_failed"
	OperationOpen        Event = "operation_open"   // a capture, void, increment or reverse is pending or unknown
	OperationFailed      Event = "operation_failed" // the provider refused one
	RefundFact           Event = "refund_fact"
	DisputeFact          Event = "dispute_fact"
	ProviderRefund       Event = "provider_refund"
	OrderCreated         Event = "order_created"     // the provider knows of the payment; there is no method yet
	SourceKept           Event = "source_kept"       // the provider keeps the source
	RedirectVerified     Event = "redirect_verified" // the provider confirms where the customer came from
	MandateRevoked       Event = "mandate_revoked"
)

// The events of an operation.
const (
	OpAsk      Event = "ask"
	OpRefused  Event = "refused_before_taken"
	OpDone     Event = "done"
	OpSaidNo   Event = "said_no"
	OpAccepted Event = "accepted"
	OpLost     Event = "lost"
	OpNoSuch   Event = "no_such_operation"
	OpRunning  Event = "still_running"
	OpAgain    Event = "asked_again"
)

// The events of a refund, as providers tell them.
const (
	RefundAsked      Event = "refund_requested"
	RefundAccepted   Event = "refund_pending"
	RefundDone       Event = "payment_refunded"
	RefundRefused    Event = "refund_failed"
	RefundInReview   Event = "refund_review"
	RefundCancelOK   Event = "refund_canceled"
	RefundLost       Event = "refund_answer_lost"
	RefundNoSuch     Event = "no_such_refund"
	RefundNotSent    Event = "refund_not_sent"
	RefundCameBack   Event = "refund_reversed"
	RefundByProvider Event = "provider_refunded"
	RefundAgain      Event = "refund_retry"
)
