package sandbox

import (
	"fmt"
	"strings"
	"time"

	"till/domain"
)

// The engine decides what becomes of a call by what is on record. It reads no file, knows no clock and is never
// given a card: what the issuer says of one comes with the request.

// What can be asked for.
const (
	authorize    = "authorize"
	increment    = "increment"
	capture      = "capture"
	void         = "void"
	reverse      = "reverse"
	refund       = "refund"
	cancelRefund = "refund_cancel"
	query        = "sync"
	verifyReturn = "verify_redirect"
	createOrder  = "create_order"
	setup        = "setup_recurring"
	charge       = "charge_recurring"
	revoke       = "revoke"

	payOut        = "payout"
	confirmPayout = "payout_confirm"
	cancelPayout  = "payout_cancel"
)

// What can have happened, as its notices call it.
const (
	created       = "order_created"
	actionNeeded  = "payment_action_required"
	pending       = "payment_pending"
	authenticated = "authentication_approved"
	authFailed    = "payment_authentication_failed"
	noThreeDS     = "authentication_not_possible"
	abandoned     = "payment_expired"
	givenUp       = "payment_canceled"
	returned      = "redirect_verified"

	approved    = "payment_approved"
	captured    = "payment_captured"
	verified    = "card_verified"
	declined    = "payment_declined"
	incremented = "payment_authorization_incremented"
	voided      = "payment_voided"
	lapsed      = "payment_authorization_expired"
	reversed    = "payment_reversed"

	refundPending  = "refund_pending"
	refundReview   = "refund_review"
	refunded       = "payment_refunded"
	refundFailed   = "refund_failed" // by the customer's bank, also after it had gone through
	refundReversed = "refund_reversed"
	refundCanceled = "refund_canceled"
	givenBack      = "payment_returned" // by the gateway itself

	sourceKept     = "source_kept"
	sourceRemoved  = "source_removed"
	mandateRevoked = "mandate_revoked"

	payoutCreated   = "payout_created"
	payoutLacksData = "payout_needs_data"
	payoutSent      = "payout_processing"
	payoutPaid      = "payout_paid"
	payoutFailed    = "payout_failed"
	payoutCanceled  = "payout_canceled"
	payoutExpired   = "payout_expired"
	payoutReturned  = "payout_returned"

	// what is not decided yet, and what was refused, by its call
	operationOpen       = "payment_operation_pending"
	incrementRefused    = "payment_authorization_increment_declined"
	captureRefused      = "payment_capture_declined"
	voidRefused         = "payment_void_declined"
	reverseRefused      = "payment_reversal_declined"
	refundRefused       = "payment_refund_declined"
	cancelRefundRefused = "refund_cancel_declined"
	returnRefused       = "redirect_declined"
	orderRefused        = "order_declined"
	setupRefused        = "source_declined"
	revokeRefused       = "mandate_revoke_declined"
	disputeRefused      = "dispute_answer_declined"
	payoutRefused       = "payout_declined" // the call: the payout stays as it is
)

// refusedAs is how a refused call stands in the books.
var refusedAs = map[string]string{
	authorize: declined, charge: declined, increment: incrementRefused, capture: captureRefused, void: voidRefused,
	reverse: reverseRefused, refund: refundRefused, cancelRefund: cancelRefundRefused, verifyReturn: returnRefused,
	createOrder: orderRefused, setup: setupRefused, revoke: revokeRefused,
	acceptDispute: disputeRefused, sendEvidence: disputeRefused, declineDispute: disputeRefused,
	withdrawDispute: disputeRefused, fileDispute: disputeRefused,
	payOut: payoutFailed, confirmPayout: payoutFailed, cancelPayout: payoutRefused,
}

// request is one call. Its amount is minor units of its currency.
type request struct {
	kind     string
	key      string // idempotency key
	payment  string // the merchant's reference: of the payment, or of the mandate, source or payout where there is none
	refund   string // the merchant's reference
	currency string
	amount   int64
	at       time.Time // when it came, or goes on
	terms
	fault fault // what goes wrong with it

	means  means         // what it is to be paid with, until that is identified
	issuer issuer        // what is said of the card and the amount
	source domain.Source // what is told of what it is paid with
	object object        // of a revoke and a setup: how what it names stands
}

// terms are what else was asked: kept while a call has not ended.
type terms struct {
	Method     string `json:"method,omitempty"`
	Capture    string `json:"capture,omitempty"` // of an authorize: auto, manual or multiple
	Final      bool   `json:"final,omitempty"`   // of a capture
	ThreeDS    bool   `json:"three_ds,omitempty"`
	WithoutIt  bool   `json:"attempt_n3d,omitempty"`
	Instrument string `json:"instrument,omitempty"` // src_
	Stored     bool   `json:"stored,omitempty"`     // what it is paid with was kept before
	Mandate    string `json:"mandate,omitempty"`
	Session    string `json:"session,omitempty"`

	Case     domain.DisputeID `json:"case,omitempty"`
	Stage    string           `json:"stage,omitempty"`    // to which a case is taken
	Papers   []string         `json:"papers,omitempty"`   // of evidence, by SHA-256
	Evidence string           `json:"evidence,omitempty"` // what is written there, if it decides the case
	Raises   trait            `json:"raises,omitempty"`   // what the customer's bank is going to do
	Payee    *payee           `json:"payee,omitempty"`    // of a payout: what is told of whom it goes to
}

func (r request) pays() bool { return r.kind == authorize || r.kind == charge }
func (r request) takes() bool {
	return r.Capture != string(domain.CaptureManual) && r.Capture != string(domain.CaptureMultiple)
}

// body is what makes two calls the same: all but the key and the means of payment, which is gone when a call is
// sent again.
func (r request) body() string {
	text := fmt.Sprintf("%s %s %s %d %s %t", r.kind, r.payment, r.refund, r.amount, r.currency, r.pays() && r.takes())
	for _, more := range []struct {
		holds bool
		text  string
	}{
		{r.Method != card && r.pays(), r.Method},
		{r.Capture == string(domain.CaptureMultiple), r.Capture},
		{r.ThreeDS, "3ds"},
		{r.WithoutIt, "attempt_n3d"},
		{r.Final, "final"},
		{r.Mandate != "", r.Mandate},
		{r.Session != "", r.Session},
		{r.Case != "", string(r.Case)},
		{r.Stage != "", r.Stage},
		{len(r.Papers) > 0, strings.Join(r.Papers, " ")},
	} {
		if more.holds {
			text += " " + more.text
		}
	}
	return text
}

// verdict is a response code and the rule that decided it.
type verdict struct{ code, rule string }

// reply is what the gateway says to a call, or what becomes of what waited.
type reply struct {
	verdict
	facts   []fact
	waits   []wait // what begins with it and has not ended
	garbled bool   // nobody can read it
}

// fact is one thing that the gateway did, or refused. Amounts are minor units.
type fact struct {
	account  string // the payment's id here
	currency string
	action   string
	at       time.Time
	key      string // of the call that did it
	event    string
	amount   int64
	released int64 // what it let go of the hold
	refund   string
	code     string // of what was refused
	telling  telling
	detail
}

// detail is what only some facts tell.
type detail struct {
	Final   bool              `json:"final,omitempty"` // of a capture: nothing more can be captured
	Multi   bool              `json:"multi,omitempty"` // of an approval: it can be captured in several parts
	Session *domain.Session   `json:"session,omitempty"`
	ThreeDS *domain.ThreeDS   `json:"three_ds,omitempty"`
	Source  *domain.Source    `json:"source,omitempty"`
	Fraud   *domain.Screening `json:"fraud,omitempty"`
	Case    domain.DisputeID  `json:"case,omitempty"`
	Dispute *domain.Claim     `json:"dispute,omitempty"`
	Payee   *payee            `json:"payee,omitempty"` // of a payout: what is known of whom it goes to
}

// answer decides a call. It changes nothing: the reply carries what is to be booked.
func (a *account) answer(r request) reply {
	switch {
	case r.key == "":
		return says(keyRequired)
	case r.payment == "":
		return says(referenceRequired)
	case r.amount < 0:
		return says(amountInvalid)
	case a.currency != "" && r.currency != a.currency && (r.currency != "" || !withoutMoney[r.kind]):
		return says(currencyMismatch)
	}
	switch r.kind {
	case authorize, charge:
		return a.authorize(r)
	case createOrder:
		return done(fact{event: created, amount: r.amount})
	case setup:
		return setUp(r)
	case revoke:
		return revoked(r)
	case payOut, confirmPayout, cancelPayout:
		return a.payOut(r)
	}
	if a.id == "" {
		return says(noSuchPayment)
	}
	return a.change(r)
}

// withoutMoney are the calls that need not name a currency.
var withoutMoney = map[string]bool{
	cancelRefund: true, verifyReturn: true, createOrder: true, setup: true, revoke: true,
	acceptDispute: true, sendEvidence: true, declineDispute: true, withdrawDispute: true, fileDispute: true,
}

// change decides a call about a payment that is on record.
func (a *account) change(r request) reply {
	if !offers(a.method, r.kind) {
		return says(unsupported)
	}
	switch r.kind {
	case increment:
		return a.increment(r)
	case capture:
		return a.capture(r)
	case void:
		return a.void(r)
	case reverse:
		return a.reverse(r)
	case refund:
		return a.refund(r)
	case cancelRefund:
		return a.cancelRefund(r)
	case verifyReturn:
		return a.verifyReturn(r)
	case acceptDispute, sendEvidence, declineDispute, withdrawDispute, fileDispute:
		return a.respond(r)
	}
	return says(unsupported)
}

// refuse says no and books it, so that a sync tells what became of the call.
func refuse(r request, code string) reply {
	return r.refusal(verdict{code, fromBooks})
}

func (r request) refusal(v verdict) reply {
	f := fact{event: refusedAs[r.kind], amount: r.amount, code: v.code, detail: detail{Case: r.Case}}
	if r.kind == refund {
		f.refund = r.refund
	}
	return reply{verdict: v, facts: []fact{f}}
}

// undecided takes a call and leaves it open: it is decided when its time comes, or by the operator.
func undecided(r request, until time.Time) reply {
	f := fact{event: operationOpen, amount: r.amount, detail: detail{Case: r.Case}}
	switch r.kind {
	case authorize, charge:
		f.event = pending
	case refund:
		f.event, f.refund = refundPending, r.refund
	}
	return reply{verdict: verdict{code: waitsForGateway}, facts: []fact{f}, waits: []wait{{step: decision, at: until}}}
}

func done(facts ...fact) reply {
	return reply{verdict: verdict{approvedCode, byDefault}, facts: facts}
}

func says(code string) reply { return reply{verdict: verdict{code: code}} }
