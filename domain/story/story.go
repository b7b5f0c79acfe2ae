// Package story tells the entries of the journal in words: what happened, who did it, and who told whom.
package story

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"till/domain"
)

// By says through what an entry came, and who did it where that is a person, with whoever had to allow it.
func By(e domain.Entry) string {
	switch e.Source {
	case domain.ByOperator:
		if by := domain.OverriddenBy(e); by != "" {
			return domain.Inert(e.Actor + ", allowed by " + by)
		}
		return domain.Inert(e.Actor)
	case domain.ByReply:
		return "the provider's answer"
	case domain.ByNotice:
		return "the provider's notice"
	case domain.BySync:
		return "asking the provider"
	case domain.ByClock:
		return "the clock"
	}
	return string(e.Source)
}

// tellers make the sentence of each kind of entry.
var tellers = map[domain.Kind]func(domain.Entry, *domain.Order) string{
	domain.KindOrderDrafted:       tellDraft,
	domain.KindOrderIssued:        tellIssue,
	domain.KindOrderMoved:         tellMove,
	domain.KindPaymentMoved:       tellMove,
	domain.KindPaymentOpened:      tellOpening,
	domain.KindPaymentChanged:     tellChange,
	domain.KindTimerFired:         tellTimer,
	domain.KindPersonForgotten:    tellForgotten,
	domain.KindOperationRequested: tellRequest,
	domain.KindOperationAnswered:  tellAnswer,
	domain.KindFactsReported:      tellReport,
	domain.KindReceiptPrinted:     tellReceipt,
	domain.KindEvidenceAdded:      tellEvidence,

	domain.KindTillOpened:      tellTill,
	domain.KindClockMoved:      tellClock,
	domain.KindCustomerAdded:   says("a customer was added"),
	domain.KindCustomerUpdated: says("what is known of the customer was changed"),
	domain.KindSourceSaved:     tellSource,
	domain.KindSourceRemoved:   says("the source is not kept any more"),
	domain.KindMandateOpened:   tellMandate,
	domain.KindMandateMoved:    tellMove,
	domain.KindPayoutOpened:    tellPayout,
	domain.KindPayoutChanged:   says("what is known of the one who is paid was changed"),
	domain.KindShiftOpened:     tellShift,
	domain.KindShiftMoved:      tellDrawer,
	domain.KindShiftClosed:     tellZ,

	domain.KindOperatorAdded:    tellOperator,
	domain.KindOperatorPINSet:   says("the PIN was changed"),
	domain.KindOperatorLocked:   tellLock,
	domain.KindOperatorDisabled: says("cannot sign in any more"),
}

// Of tells an entry in a sentence that is inert: text from outside may stand in it. The order is that of its stream,
// nil where that is no order's. An entry of a kind that is not known is told by the kind's name.
func Of(e domain.Entry, o *domain.Order) string {
	if tell, known := tellers[e.Kind]; known {
		return domain.Inert(tell(e, o))
	}
	return string(e.Kind)
}

// told decodes an entry's body for its teller; a body that cannot be read is told by its kind.
func told[T any](e domain.Entry, tell func(T) string) string {
	body, err := domain.Decode[T](e)
	if err != nil {
		return string(e.Kind)
	}
	return tell(body)
}

func tellDraft(e domain.Entry, _ *domain.Order) string {
	return told(e, func(d domain.Document) string { return "drafted: " + contents(d) })
}

func tellIssue(e domain.Entry, _ *domain.Order) string {
	return told(e, func(d domain.Document) string { return "issued as number " + d.Number + ": " + contents(d) })
}

func contents(d domain.Document) string {
	lines := "1 line"
	if n := len(d.Cart.Lines); n != 1 {
		lines = fmt.Sprintf("%d lines", n)
	}
	return lines + ", " + d.Cart.Currency.Display(d.Totals.Total)
}

// moved are the sentences of what moves an order or a payment without money.
var moved = map[domain.Event]string{
	domain.View:          "the payment form was opened",
	domain.Discard:       "the draft was discarded",
	domain.Cancel:        "cancelled",
	domain.Reject:        "the customer rejected it",
	domain.MarkReceived:  "marked as received outside this till",
	domain.UndoReceived:  "not received after all",
	domain.ExtendDue:     "more time to pay",
	domain.DueReached:    "the due date has passed",
	domain.AllowOverdue:  "late payment is taken",
	domain.DenyOverdue:   "late payment is refused",
	domain.CloseShort:    "the rest was written off",
	domain.AcceptLate:    "the late money was accepted",
	domain.Acknowledge:   "seen and acknowledged",
	domain.CancelAttempt: "the attempt was given up",
	domain.FormOpened:    "the customer has the form",
	domain.Returned:      "the customer came back",
	domain.Pause:         "paused: it is not sent by itself",
	domain.Activate:      "made active: it is sent by itself",
	domain.GroupStood:    "every payment of its group is approved",
	domain.GroupFell:     "another payment of its group has ended badly",
	domain.Exhausted:     "asked often enough: now a person must look",
}

func tellMove(e domain.Entry, _ *domain.Order) string {
	return told(e, func(m domain.Move) string {
		text, known := moved[m.Event]
		switch {
		case m.Event == domain.Schedule:
			text = "to be sent on " + dated(m.Due)
		case m.Event == domain.Judge:
			text = "looked at for fraud: " + joined(m.Fraud.Status, m.Fraud.Message)
		case !known:
			text = domain.State(m.Event).Words()
		}
		if m.Reason != "" {
			text += ": " + m.Reason
		}
		return text
	})
}

// dated is a day and the time of it for people.
func dated(t time.Time) string { return t.UTC().Format("2 Jan 2006 15:04") }

// joined puts together what there is.
func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), " · ")
}
