package story

import "till/domain"

// Party is somebody who tells another something.
type Party string

// The parties of a sale.
const (
	Clerk    Party = "clerk"
	Customer Party = "customer"
	Till     Party = "till"
	Provider Party = "provider"
	Bank     Party = "bank" // the customer's
)

// Parties are all of them, from those who sell to those who pay.
func Parties() []Party { return []Party{Clerk, Customer, Till, Provider, Bank} }

// Message is what one party told another by an entry.
type Message struct {
	From, To Party
	Text     string // inert
	Lost     bool   // it did not arrive
}

// Messages tells who told whom by an entry, in the order in which it happened. The order is that of its stream, nil
// where that is no order's.
func Messages(e domain.Entry, o *domain.Order) []Message {
	said := Message{From: Clerk, To: Till, Text: Of(e, o)}
	switch e.Kind {
	case domain.KindOperationRequested:
		said.From, said.To = Till, Provider
		return []Message{said}
	case domain.KindOperationAnswered:
		said.From, said.To = Provider, Till
		return answered(e, said)
	case domain.KindFactsReported:
		said.From, said.To = Provider, Till
		return reportedBy(e, o, said)
	}
	switch e.Source {
	case domain.ByCustomer:
		said.From = Customer
	case domain.ByClock, domain.ByReply, domain.ByNotice, domain.BySync:
		said.From = Till // it reminds itself
	}
	return []Message{said}
}

// answered adds what the customer is told to do, where the provider wants that.
func answered(e domain.Entry, said Message) []Message {
	answer, err := domain.Decode[domain.Answer](e)
	if err != nil {
		return []Message{said}
	}
	said.Lost = answer.Status == domain.Unknown
	messages := []Message{said}
	for _, f := range answer.Facts {
		if f.Event == domain.ActionRequired && f.Session != nil {
			messages = append(messages, Message{From: Till, To: Customer, Text: "your turn: " + Turn(f.Session.Kind)})
		}
	}
	return messages
}

// reportedBy puts what the customer's bank told the provider before what the provider tells of it.
func reportedBy(e domain.Entry, o *domain.Order, said Message) []Message {
	report, err := domain.Decode[domain.Report](e)
	if err != nil {
		return []Message{said}
	}
	var messages []Message
	for _, f := range report.Facts {
		if f.Case != "" {
			messages = append(messages, Message{From: Bank, To: Provider, Text: domain.Inert(factWords(f, o))})
		}
	}
	return append(messages, said)
}
