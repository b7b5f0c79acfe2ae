package sandbox

import (
	"fmt"
	"time"

	"till/domain"
)

// The engine decides what becomes of a call by what is on record. It reads no file, knows no clock and is never
// given a card: what the issuer says of one comes with the request.

// What can be asked for, and what can have happened.
const (
	authorize = "authorize"
	capture   = "capture"
	void      = "void"
	refund    = "refund"
	query     = "sync"

	approved = "payment_approved"
	captured = "payment_captured"
	verified = "card_verified"
	declined = "payment_declined"
	voided   = "payment_voided"
	refunded = "payment_refunded"
	// what was refused later, by its call
	captureRefused = "payment_capture_declined"
	voidRefused    = "payment_void_declined"
	refundRefused  = "payment_refund_declined"
)

// refusedAs is how a refused call stands in the books.
var refusedAs = map[string]string{capture: captureRefused, void: voidRefused, refund: refundRefused}

// request is one call. Its amount is minor units of its currency.
type request struct {
	kind     string
	key      string // idempotency key
	payment  string // the merchant's reference
	refund   string // the merchant's reference
	currency string
	amount   int64
	capture  bool    // of an authorize: take the money at once
	issuer   verdict // of an authorize: what is said of the card and the amount
	fault    fault   // what goes wrong with it
}

// body is what makes two calls the same: all but the key and the issuer's word.
func (r request) body() string {
	return fmt.Sprintf("%s %s %s %d %s %t", r.kind, r.payment, r.refund, r.amount, r.currency, r.capture)
}

// verdict is a response code and the rule that decided it.
type verdict struct{ code, rule string }

// reply is what the gateway says to a call.
type reply struct {
	verdict
	facts   []fact
	garbled bool // nobody can read it
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
	Session *domain.Session   `json:"session,omitempty"`
	ThreeDS *domain.ThreeDS   `json:"three_ds,omitempty"`
	Source  *domain.Source    `json:"source,omitempty"`
	Fraud   *domain.Screening `json:"fraud,omitempty"`
}

// account is a payment as it stands: gross sums in minor units, and the facts that they are made of.
type account struct {
	payment, id, currency string
	facts                 []fact

	authorized, captured, released, refunded int64
}

// book adds facts to the sums.
func (a *account) book(facts ...fact) {
	for _, f := range facts {
		switch f.event {
		case approved:
			a.authorized += f.amount
		case captured:
			a.captured += f.amount
		case refunded:
			a.refunded += f.amount
		}
		a.released += f.released
	}
	a.facts = append(a.facts, facts...)
}

func (a *account) held() int64       { return a.authorized - a.captured - a.released }
func (a *account) refundable() int64 { return a.captured - a.refunded }

// answer decides a call. It changes nothing: the reply carries what is to be booked.
func (a *account) answer(r request) reply {
	switch {
	case r.key == "":
		return says(keyRequired)
	case r.payment == "":
		return says(referenceRequired)
	case r.amount < 0:
		return says(amountInvalid)
	case a.id != "" && a.currency != r.currency:
		return says(currencyMismatch)
	case r.kind == authorize:
		return a.authorize(r)
	case a.id == "":
		return says(noSuchPayment)
	}
	return a.change(r)
}

// change decides a call about a payment that is on record.
func (a *account) change(r request) reply {
	switch r.kind {
	case capture:
		return a.capture(r)
	case void:
		return a.void(r)
	}
	return a.refund(r)
}

// authorize takes a payment for as often as it is asked: only the key keeps a merchant from charging twice.
func (a *account) authorize(r request) reply {
	switch {
	case codes[r.issuer.code].end == notTaken:
		return reply{verdict: r.issuer}
	case r.issuer.code != approvedCode:
		return reply{verdict: r.issuer, facts: []fact{{event: declined, amount: r.amount, code: r.issuer.code}}}
	case r.amount == 0:
		return reply{verdict: r.issuer, facts: []fact{{event: verified}}}
	}
	facts := []fact{{event: approved, amount: r.amount}}
	if r.capture {
		facts = append(facts, fact{event: captured, amount: r.amount, detail: detail{Final: true}})
	}
	return reply{verdict: r.issuer, facts: facts}
}

// capture is possible once; what it leaves of the hold is released.
func (a *account) capture(r request) reply {
	switch {
	case r.amount == 0:
		return says(amountInvalid)
	case a.held() == 0:
		return a.refuse(r, captureNotAllowed)
	case r.amount > a.held():
		return a.refuse(r, captureTooLarge)
	}
	return done(fact{event: captured, amount: r.amount, released: a.held() - r.amount, detail: detail{Final: true}})
}

// void lets go of the whole hold; an amount may be named if it is that.
func (a *account) void(r request) reply {
	switch {
	case a.held() == 0:
		return a.refuse(r, voidNotAllowed)
	case r.amount != 0 && r.amount != a.held():
		return a.refuse(r, voidAmountInvalid)
	}
	return done(fact{event: voided, amount: a.held(), released: a.held()})
}

// refund gives back what was captured, in as many parts as are asked for.
func (a *account) refund(r request) reply {
	switch {
	case r.amount == 0:
		return says(amountInvalid)
	case a.captured == 0:
		return a.refuse(r, refundNotAllowed)
	case r.amount > a.refundable():
		return a.refuse(r, refundTooLarge)
	}
	return done(fact{event: refunded, amount: r.amount, refund: r.refund})
}

// refuse says no and books it, so that a sync tells what became of the call.
func (a *account) refuse(r request, code string) reply {
	return reply{
		verdict: verdict{code, fromBooks},
		facts:   []fact{{event: refusedAs[r.kind], amount: r.amount, refund: r.refund, code: code}},
	}
}

func done(f fact) reply { return reply{verdict: verdict{approvedCode, byDefault}, facts: []fact{f}} }

func says(code string) reply { return reply{verdict: verdict{code: code}} }
