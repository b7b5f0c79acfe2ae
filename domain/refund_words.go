package domain

import "slices"

// Advice is what happened to something, and what to do about it, in plain words. What now is empty where nothing is
// to be done.
type Advice struct{ Means, Now string }

// refundAdvice are how a refund stands to somebody at a counter; of one that came to nothing see endedAdvice.
var refundAdvice = map[State]Advice{
	RefundRequested: {"It has been asked for, and there is no answer yet.", "do not repeat it: ask the provider"},
	RefundPending:   {"The provider has it in hand. It takes banks up to 10 business days; until the money has left it may be stopped.", ""},
	RefundReview:    {"Somebody at the provider looks at it, or waits for the customer's details.", "see at the provider what is missing; then it goes on by itself, or stop it"},
	RefundUnknown:   {"The answer was lost: nobody knows whether the money goes back.", "do not repeat it: ask the provider"},
	RefundSucceeded: {"The money has left. It can take 5 to 10 business days until the customer sees it.", ""},
	RefundCanceled:  {"It was stopped before the money left.", ""},
	RefundReversed:  {"The processor took the refund back: the money is the merchant's again.", "if the customer is still to have it, make a new refund, or give cash; then acknowledge it"},
}

// endedAdvice are the ways in which a refund fails.
var (
	notSentAdvice  = Advice{"It never left this machine, so no money went back.", "make the refund again"}
	notFoundAdvice = Advice{"The provider has never seen it, so no money went back.", "make the refund again"}
	refusedAdvice  = Advice{"The provider refused it, so no money went back.", "make the refund again, or give the money back in another way and acknowledge it"}
	bouncedAdvice  = Advice{
		"The money had left, and the customer's bank sent it back: often as the account is closed.",
		"ask the customer for another way to get it; then make the refund again, or give cash and acknowledge it",
	}
)

// seenTo is said of what was acknowledged.
const seenTo = " Somebody has seen to it."

// RefundAdvice tells how a refund of the order stands, and what to do about it.
func (o *Order) RefundAdvice(p *Payment, r *Refund) Advice {
	failed := failedRefunds[r.State] != ""
	said := refundAdvice[r.State]
	if r.State == RefundFailed {
		said = failedAdvice(r)
	}
	switch {
	case failed && p.repeated(r):
		return Advice{Means: said.Means + " It was made again."}
	case failed && r.ChangedBy <= o.Acknowledged:
		return Advice{Means: said.Means + seenTo}
	case failed && !p.HasRoomFor(r):
		return Advice{said.Means, "so much of the payment is no longer there to go back: see whether the customer has it already, or from a dispute; then acknowledge it"}
	case r.State == RefundSucceeded && p.Source.Type == "cash":
		return Advice{Means: "The customer has the money."}
	case r.State == RefundSucceeded && r.Origin != "":
		return Advice{Means: "The provider gave it back of its own accord: do not refund it once more."}
	}
	return said
}

func failedAdvice(r *Refund) Advice {
	switch {
	case r.returned():
		return bouncedAdvice
	case r.Detail == "not_sent":
		return notSentAdvice
	case r.Detail == "not_found":
		return notFoundAdvice
	}
	return refusedAdvice
}

// HasRoomFor tells whether as much as a refund that came to nothing was for can still be refunded.
func (p *Payment) HasRoomFor(r *Refund) bool { return r.Amount <= p.Sums.Refundable() }

// repeated tells whether a refund was made once more.
func (p *Payment) repeated(r *Refund) bool {
	return slices.ContainsFunc(p.Refunds, func(other *Refund) bool { return other.Instead == r.ID })
}

// ReversalAdvice tells how the newest reversal of a payment of the order stands, and what to do about it; empty where
// there was none.
func (o *Order) ReversalAdvice(p *Payment) Advice {
	var last *Operation
	for _, op := range p.Operations {
		if op.Kind == Reverse {
			last = op
		}
	}
	said := Advice{}
	switch {
	case p.State == PaymentReversed:
		return Advice{Means: "It was undone: for its order it is as if it had never been taken."}
	case last == nil:
		return Advice{}
	case last.State == OpPending:
		return Advice{"The provider has not decided yet whether it is undone.", "wait, or ask the provider; until then nothing else can be done with it"}
	case last.InFlight():
		return Advice{"The answer was lost: nobody knows whether it was undone.", "do not repeat it: ask the provider"}
	case last.refused:
		said = Advice{"The provider would not undo it: the money is still the merchant's.", "give it back with a refund"}
	default:
		said = Advice{"It was not undone: the provider has never seen that it was asked for.", "reverse it again, or give it back with a refund"}
	}
	switch {
	case last.EndedBy <= o.Acknowledged:
		return Advice{Means: said.Means + seenTo}
	case p.Sums.Refundable() == 0:
		return Advice{Means: said.Means}
	}
	return said
}
