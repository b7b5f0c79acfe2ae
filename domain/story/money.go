package story

import (
	"fmt"
	"strings"

	"till/domain"
)

// The half that tells of money: attempts, what was asked of a provider, what it said.

func tellOpening(e domain.Entry, o *domain.Order) string {
	return told(e, func(p domain.Opening) string {
		amount := money(o, "", p.Amount)
		if p.Method == "" {
			return amount + " to be paid, nobody knows yet how"
		}
		text := fmt.Sprintf("%s to be paid with %s", amount, p.Source)
		if p.Group != "" {
			text += ", together with other orders"
		}
		if words := Terms(p.Terms); words != "" {
			text += ", " + words
		}
		return text
	})
}

// Terms tells those terms of a payment that are not the usual ones.
func Terms(p domain.Terms) string {
	var words []string
	for _, term := range []struct {
		on   bool
		word string
	}{
		{p.Capture == domain.CaptureManual, "captured later"},
		{p.Capture == domain.CaptureMultiple, "captured later, in several parts"},
		{p.ThreeDS, "with 3DS"},
		{p.WithoutThreeDS, "without 3DS where it is not possible"},
		{p.Partial, "a part is welcome"},
		{p.Retries > 0, fmt.Sprintf("soft declines tried again up to %d times", p.Retries)},
		{p.Save, "to be kept"},
	} {
		if term.on {
			words = append(words, term.word)
		}
	}
	return strings.Join(words, ", ")
}

// requests are what a provider is asked for, where its name alone would not say it.
var requests = map[domain.OperationKind]string{
	domain.VerifyRedirect:  "asked what the customer did about",
	domain.CreateOrder:     "told that somebody is to pay",
	domain.SetupRecurring:  "asked to keep what it is paid with, for",
	domain.ChargeRecurring: "asked to charge by the mandate",
	domain.RefundCancel:    "asked to stop the refund of",
	domain.Increment:       "asked to set aside",
	domain.Sync:            "asked what it knows",
	domain.Revoke:          "asked to forget what it keeps",

	domain.DisputeAccept:   "told that we give in to the case over",
	domain.DisputeEvidence: "given our evidence in the case over",
	domain.DisputeDecline:  "told that we refuse, in the case over",
	domain.DisputeWithdraw: "told that we give up the case over",
	domain.DisputeFile:     "asked to take further the case over",
}

func tellRequest(e domain.Entry, o *domain.Order) string {
	return told(e, func(op domain.Operation) string {
		asked, known := requests[op.Kind]
		if !known {
			asked = "asked to " + domain.State(op.Kind).Words()
		}
		text := op.Variant + " " + asked
		if op.Amount > 0 {
			text += " " + money(o, op.Currency, op.Amount)
		}
		switch {
		case op.Total > 0:
			text += " more, " + money(o, op.Currency, op.Total) + " in all"
		case op.Follows:
			text += " once more"
		}
		if op.ThreeDS {
			text += ", with 3DS"
		}
		return text
	})
}

// operation finds the call that an answer is to; nil where it is in no order.
func operation(o *domain.Order, id domain.OperationID) *domain.Operation {
	if o == nil {
		return nil
	}
	_, op := o.ByOperation(id)
	return op
}

// money is an amount in the currency of its order, or else in its own.
func money(o *domain.Order, own domain.Currency, amount domain.Amount) string {
	if o != nil {
		own = o.Cart.Currency
	}
	return own.Display(amount)
}

// turns are what the customer is to do.
var turns = map[domain.SessionKind]string{
	domain.SessionLookup:    "the bank looks at their device",
	domain.SessionChallenge: "the bank asks who they are",
	domain.SessionRedirect:  "they confirm at their bank or wallet",
	domain.SessionVoucher:   "they pay the code at a counter",
	domain.SessionDelivery:  "they pay the one who brings the goods",
}

// Turn tells what the customer is to do in a session of a kind.
func Turn(kind domain.SessionKind) string { return turns[kind] }

// answers are how the ends of a call are told.
var answers = map[domain.Status]string{
	domain.Succeeded: "done",
	domain.Pending:   "taken, not decided yet",
	domain.Declined:  "they said no",
	domain.NotSent:   "nothing was sent",
	domain.NotFound:  "the provider has never seen it",
	domain.Unknown:   "no answer: nobody knows what happened",
}

func tellAnswer(e domain.Entry, o *domain.Order) string {
	return told(e, func(a domain.Answer) string {
		text, detail := answers[a.Status], strings.TrimSpace(a.Code+" "+a.Summary)
		op := operation(o, a.Operation)
		switch n := len(a.Facts); {
		case op == nil:
		case n > 0 && a.Facts[n-1].Event == domain.ActionRequired && a.Facts[n-1].Session != nil:
			text, detail = "it is the customer's turn: "+Turn(a.Facts[n-1].Session.Kind), ""
		case n > 0 && op.Kind == domain.VerifyRedirect:
			text = "the provider says: " + factWords(a.Facts[n-1], o)
		default:
			text = deed(op.Kind) + ": " + text
		}
		if detail != "" {
			text += " (" + detail + ")"
		}
		return text
	})
}

// reported are how facts are told, where their names alone would not say it.
var reported = map[domain.Event]string{
	domain.ActionRequired:       "it is the customer's turn",
	domain.Authenticated:        "the customer has shown who they are",
	domain.AuthenticationFailed: "the customer could not show who they are",
	domain.NoThreeDS:            "3DS is not possible",
	domain.Abandoned:            "the customer let the time pass",
	domain.GivenUp:              "the customer turned back",
	domain.AuthExpired:          "the hold has lapsed:",
	domain.OrderCreated:         "it knows of the payment",
	domain.SourceKept:           "it keeps what it was paid with",
	domain.RedirectVerified:     "the customer's return is genuine",
	domain.ReverseFailed:        "it was not reversed:",
	domain.OperationFailed:      "a call was refused:",
	domain.RefundByProvider:     "it gave back of its own accord",
}

func tellReport(e domain.Entry, o *domain.Order) string {
	return told(e, func(r domain.Report) string {
		facts := make([]string, len(r.Facts))
		for i, f := range r.Facts {
			facts[i] = factWords(f, o)
		}
		return "the provider reports: " + strings.Join(facts, ", ")
	})
}

// factWords tell a fact, with its amount where it is about money.
func factWords(f domain.Fact, o *domain.Order) string {
	if _, known := cases[f.Event]; known {
		return caseWords(f, o)
	}
	word, special := reported[f.Event]
	if !special {
		word = strings.TrimPrefix(domain.State(f.Event).Words(), "payment ")
	}
	if f.Amount > 0 && (!special || strings.HasSuffix(word, ":") || f.Event == domain.RefundByProvider) {
		word += " " + money(o, f.Currency, f.Amount)
	}
	return strings.TrimSuffix(word, ":")
}

func tellChange(e domain.Entry, _ *domain.Order) string {
	return told(e, func(c domain.Change) string {
		if c.Person != nil {
			return "the customer's address was changed"
		}
		return "to be paid with " + c.Source.String()
	})
}

// timers are what it means that a deadline came.
var timers = map[string]string{
	domain.TimerHold:   "the hold's time is over",
	domain.TimerVoid:   "nobody has a use for the money: it is let go",
	domain.TimerGroup:  "a payment of the group has answered",
	domain.TimerTake:   "its group stands: the money is taken",
	domain.TimerAsk:    "time to ask again what came of it",
	domain.TimerPoll:   "time to ask how it stands",
	domain.TimerAction: "the customer's time is over",

	domain.TimerRespond: "nobody has answered the case, and the time for it is over",
	domain.TimerLapse:   "the other side's time in the case is over",
}

func tellTimer(e domain.Entry, _ *domain.Order) string {
	return told(e, func(f domain.Firing) string {
		name, _, _ := strings.Cut(f.Timer, " ") // a session's deadline is its own
		if said, known := timers[name]; known {
			return said
		}
		return "the time for this had come: " + domain.State(name).Words()
	})
}

func tellForgotten(domain.Entry, *domain.Order) string {
	return "what the customer told of themselves was forgotten"
}

func tellReceipt(e domain.Entry, _ *domain.Order) string {
	return told(e, func(p domain.Printing) string { return "a receipt was given out (" + p.Format + ")" })
}
