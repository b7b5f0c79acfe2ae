package domain

import (
	"strings"
	"time"
)

// ClockStream is the stream of the journal in which the clock is moved.
const ClockStream = "clock"

// ClockMove is the body of clock.moved: till's clock was put forward. It goes forward in steps, one for each
// instant at which something falls due, and the last one carries the key.
type ClockMove struct {
	To    time.Time     `json:"to"`              // UTC
	Shift time.Duration `json:"shift"`           // how far ahead of the machine's clock it is from now on
	Goal  time.Time     `json:"goal"`            // where the steps lead, UTC
	Fired []Timer       `json:"fired,omitempty"` // what fell due since the step before
	Ask   string        `json:"ask"`
}

// FoldClock tells how far the clock is ahead of the machine's by the newest entry of its stream: none takes it back.
func FoldClock(newest Entry) (time.Duration, error) {
	move, err := Decode[struct{ Shift time.Duration }](newest)
	return move.Shift, err
}

// effects say what comes when a timer fires, by its name (lifecycle §13): till's own, then those of a test gateway.
var effects = map[string]string{
	TimerDue:    "the due date passes",
	TimerAsk:    "the provider is asked what came of it",
	TimerPoll:   "the provider is asked how it stands",
	TimerHold:   "the money has been held long enough and is let go",
	TimerVoid:   "money for which there is no use is let go",
	TimerGroup:  "the group stands or falls",
	TimerTake:   "the group stands: the money is taken",
	TimerPlan:   "the payment waits for its day, if its source is kept",
	TimerDate:   "the day of the payment has come: it is sent",
	TimerRetry:  "the payment is tried again",
	TimerStepUp: "the payment is tried again with 3DS",
	TimerForm:   "the form was left open: the attempt is over",
	TimerAction: "the customer's time is over: the provider is asked what came of it",

	TimerRespond: "the time to answer the dispute is over",
	TimerLapse:   "the other side's time in the dispute is over",

	"session_expired":  "the gateway waits for the customer no longer",
	"notice_delivered": "the gateway delivers a notice that was delayed",
	"debit_cleared":    "the banks have moved the money",
	"decision":         "the gateway decides what it had left open",
	"refund_succeeded": "the refund arrives at the customer's bank",
	"refund_failed":    "the refund comes back",
	"payout_paid":      "the payout arrives at the recipient's bank",
	"hold_lapsed":      "the bank lets go of what was held",
	"dispute_opened":   "the customer's bank opens a dispute",
	"dispute_debited":  "the bank takes the money that it has announced to take",
	"dispute_expired":  "the time to answer the dispute is over",
	"dispute_lapsed":   "the other side's time in the dispute is over",
	"dispute_decided":  "the other side decides, as the evidence wants it",
}

// Ours tells whether the timer is till's own; else it is a test gateway's, which knows no orders.
func (t Timer) Ours() bool { return t.Order != "" || t.Stream != "" }

// Same tells whether two timers are about one thing, come at one instant and bring the same.
func (t Timer) Same(other Timer) bool {
	return t.Subject == other.Subject && t.At.Equal(other.At) && t.Effect() == other.Effect()
}

// Effect is what comes when the timer fires, in a sentence; for one that is not known, its name in words.
func (t Timer) Effect() string {
	if effect, known := effects[t.Name]; known {
		return effect
	}
	return strings.ReplaceAll(t.Name, "_", " ")
}
