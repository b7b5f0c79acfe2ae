package domain

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// Entry is one fact of the journal. It is never changed; its hash covers everything in it and the entry
// before it.
type Entry struct {
	Seq     Seq
	At      time.Time // UTC, to the microsecond; never before the entry before it
	Actor   string    // who
	Source  Origin    // through what
	Stream  string    // whose life it is part of
	Subject string    // what in it: the payment, the refund ...
	Kind    Kind
	Key     string // the idempotency key of the intent, "" if none
	Body    json.RawMessage
	Prev    string // hex SHA-256
	Hash    string

	// Brings is stored with the entry, in the cabinet, and is not part of it.
	Brings Cabinet
}

// Cabinet is what comes with an entry and must be able to change or go.
type Cabinet struct {
	Person   *Kept
	Told     *Kept // what was set aside of the entry; also of one that is read, as long as it is there
	Wire     *Wire
	Papers   []KeptPaper   // evidence, each found again by its SHA-256
	Emptied  []string      // evidence of the same stream that goes, by its SHA-256
	Nameless []string      // parked sales whose client goes, by id
	Unwired  []OperationID // whose wires go
	PIN      *KeptPIN      // an operator's, in place of the one before
}

// Origin says how an entry came to be.
type Origin string

// The origins.
const (
	ByOperator Origin = "operator"
	ByCustomer Origin = "customer"
	ByReply    Origin = "reply"
	ByNotice   Origin = "webhook"
	BySync     Origin = "sync"
	ByClock    Origin = "clock"
	ByImport   Origin = "import"
)

// Kind is what an entry tells.
type Kind string

// The kinds of entries.
const (
	KindTillOpened         Kind = "till.opened"         // body TillOpening
	KindOrderDrafted       Kind = "order.drafted"       // body Document
	KindOrderIssued        Kind = "order.issued"        // body Document
	KindOrderMoved         Kind = "order.moved"         // body Move: view, cancel, extend ... an event of the order's machine
	KindPaymentOpened      Kind = "payment.opened"      // body Opening
	KindPaymentChanged     Kind = "payment.changed"     // body Change
	KindPaymentMoved       Kind = "payment.moved"       // body Move
	KindOperationRequested Kind = "operation.requested" // body Operation
	KindOperationAnswered  Kind = "operation.answered"  // body Answer
	KindFactsReported      Kind = "facts.reported"      // body Report: a notice, or a sync beyond its operation
	KindTimerFired         Kind = "timer.fired"         // body Firing
	KindReceiptPrinted     Kind = "receipt.printed"     // body Printing
	KindEvidenceAdded      Kind = "evidence.added"      // body EvidenceAdded, subject the dispute

	KindClockMoved      Kind = "clock.moved"      // body ClockMove, stream "clock"
	KindCustomerAdded   Kind = "customer.added"   // body CustomerBody, stream the customer's
	KindCustomerUpdated Kind = "customer.updated" // body CustomerBody
	KindPersonForgotten Kind = "person.forgotten" // body Forgetting, in the stream of the customer or the order
	KindSourceSaved     Kind = "source.saved"     // body KeptSource, stream the source's
	KindSourceRemoved   Kind = "source.removed"   // body SourceRemoval
	KindMandateOpened   Kind = "mandate.opened"   // body MandateOpening, stream the mandate's; its operations follow
	KindMandateMoved    Kind = "mandate.moved"    // body Move
	KindPayoutOpened    Kind = "payout.opened"    // body PayoutOpening, stream the payout's; its operations follow
	KindPayoutChanged   Kind = "payout.changed"   // body PayoutChange
	KindShiftOpened     Kind = "shift.opened"     // body ShiftOpening, stream the shift's
	KindShiftMoved      Kind = "shift.moved"      // body ShiftMove
	KindShiftClosed     Kind = "shift.closed"     // body ShiftClosing: the Z report

	KindOperatorAdded    Kind = "operator.added"    // body OperatorAdding, stream the operator's
	KindOperatorPINSet   Kind = "operator.pin_set"  // body empty: what is kept of a PIN is in the cabinet
	KindOperatorLocked   Kind = "operator.locked"   // body OperatorLock
	KindOperatorDisabled Kind = "operator.disabled" // body empty
)

// bodyHead is how every body begins: with its version.
const bodyHead = `{"v":1`

// TillOpening is the body of a journal's first entry: which till this is, for good.
type TillOpening struct {
	Till string `json:"till"`
	Live bool   `json:"live"`
}

// Move is the body of what moves an order or a payment and brings no money.
type Move struct {
	Event  Event     `json:"event"`
	Reason string    `json:"reason,omitempty"`
	Due    time.Time `json:"due,omitzero"`
	Fraud  Screening `json:"fraud,omitzero"` // of a judgement
	Ask    string    `json:"ask,omitempty"`
}

// Firing is the body of timer.fired: a deadline came, once.
type Firing struct {
	Timer   string    `json:"timer"`
	Subject string    `json:"subject"`
	At      time.Time `json:"at"` // when it was due, UTC
}

// Answer is the body of operation.answered.
type Answer struct {
	Operation OperationID `json:"operation"`
	Mismatch  bool        `json:"mismatch,omitempty"` // it named another amount or currency (I16): unknown until confirmed
	Outcome
}

// Report is the body of facts.reported.
type Report struct {
	Notice  string    `json:"notice,omitempty"` // the provider's event id
	Payment PaymentID `json:"payment"`
	Facts   []Fact    `json:"facts"`
}

// Printing is the body of receipt.printed.
type Printing struct {
	Format string `json:"format"`
	Ask    string `json:"ask,omitempty"`
}

// NewEntry makes an entry about a subject of a stream; the store adds number, time, and chain.
func NewEntry(kind Kind, stream, subject string, body any) (Entry, error) {
	text, err := EncodeBody(body)
	if err != nil {
		return Entry{}, fmt.Errorf("encode %s: %w", kind, err)
	}
	return Entry{Kind: kind, Stream: stream, Subject: subject, Body: text}, nil
}

// Note writes a text into the body, under a name that no kind of body has for something else.
func (e *Entry) Note(name, text string) error {
	var body map[string]json.RawMessage
	if err := json.Unmarshal(e.Body, &body); err != nil {
		return err
	}
	value, err := json.Marshal(text)
	if err != nil {
		return err
	}
	delete(body, "v") // which EncodeBody writes
	body[name] = value
	e.Body, err = EncodeBody(body)
	return err
}

// EncodeBody writes a body as JSON with its version in front.
func EncodeBody(body any) (json.RawMessage, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	head := bodyHead
	if len(text) > 2 {
		head += ","
	}
	return append([]byte(head), text[1:]...), nil
}

// Decode reads an entry's body.
func Decode[T any](e Entry) (T, error) {
	var out T
	if !bytes.HasPrefix(e.Body, []byte(bodyHead)) {
		return out, fmt.Errorf("entry %d: its body is of no version that is known", e.Seq)
	}
	body, err := e.whole()
	if err == nil {
		err = json.Unmarshal(body, &out)
	}
	if err != nil {
		return out, fmt.Errorf("entry %d: %w", e.Seq, err)
	}
	return out, nil
}

// timeLayout has a fixed width, so that times sort as text.
const timeLayout = "2006-01-02T15:04:05.000000Z"

// Instant is a time as fine as the journal keeps it: what was made finer would never be met again. UTC.
func Instant(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// FormatTime writes a time as the journal keeps it.
func FormatTime(t time.Time) string { return t.UTC().Format(timeLayout) }

// ParseTime reads a time of the journal.
func ParseTime(text string) (time.Time, error) { return time.Parse(timeLayout, text) }

// Digest is the hex SHA-256 over the previous hash and the stored bytes of every other column, each with its
// length before it, so that no byte can move from one column to the next.
func (e Entry) Digest() string {
	h := sha256.New()
	var length [8]byte
	for _, column := range []string{
		e.Prev, strconv.FormatInt(int64(e.Seq), 10), FormatTime(e.At), e.Actor, string(e.Source),
		e.Stream, e.Subject, string(e.Kind), e.Key, string(e.Body),
	} {
		binary.BigEndian.PutUint64(length[:], uint64(len(column)))
		h.Write(length[:])
		h.Write([]byte(column))
	}
	return hex.EncodeToString(h.Sum(nil))
}
