package tui

import (
	"fmt"

	"till/domain"
)

// moment is an entry of an order's life as people are told it.
type moment struct {
	time string
	said string
	by   string
	whys []string // why each of its steps went the way it did
}

// moments tells every entry of the order, also those that are still to come where it is rewound.
func (s *order) moments() []moment {
	if s.told == nil {
		s.told = s.tell()
	}
	return s.told
}

func (s *order) tell() []moment {
	whys := map[domain.Seq][]string{}
	for _, step := range s.full.Steps {
		if arrow := arrowOf(step); arrow != "" {
			whys[step.Seq] = append(whys[step.Seq], arrow)
		}
	}
	all := make([]moment, len(s.entries))
	for i, e := range s.entries {
		all[i] = moment{
			time: e.At.Format("15:04:05"), said: sentence(e, s.full), by: byWhom(e),
			whys: whys[e.Seq],
		}
	}
	return all
}

// arrowOf tells a step that led somewhere: from where to where, and why.
func arrowOf(step domain.Step) string {
	if step.From == step.To || step.Machine == "operation" {
		return ""
	}
	to := badgeOf(step.Machine, step.To)
	return fmt.Sprintf("%s → %s %s: %s", step.Machine, to.glyph, to.word, step.Why)
}

// byWhom says through what an entry came, and who did it where that is a person.
func byWhom(e domain.Entry) string {
	switch e.Source {
	case domain.ByOperator:
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
}

// sentence tells an entry; one of a kind that is not known by its name.
func sentence(e domain.Entry, o *domain.Order) string {
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

func tellDraft(e domain.Entry, o *domain.Order) string {
	return told(e, func(d domain.Document) string { return "drafted: " + contents(d, o) })
}

func tellIssue(e domain.Entry, o *domain.Order) string {
	return told(e, func(d domain.Document) string { return "issued as number " + d.Number + ": " + contents(d, o) })
}

func contents(d domain.Document, o *domain.Order) string {
	return plural(len(d.Cart.Lines), "line") + ", " + o.Cart.Currency.Display(d.Totals.Total)
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
			text = "looked at for fraud: " + joined([]string{m.Fraud.Status, m.Fraud.Message})
		case !known:
			text = domain.State(m.Event).Words()
		}
		if m.Reason != "" {
			text += ": " + m.Reason
		}
		return text
	})
}
