package domain

import "slices"

// RefundMachine is the life of money on its way back (lifecycle §6). What a provider tells is booked before
// its guards are asked, and its rows agree with placed, which reads the state off the facts.
var RefundMachine = newMachine("refund", []State{RefundCanceled, RefundReversed, RefundFailed}, refundPlaced, refundRows)

// refundPlaced holds when the newest of the provider's facts puts the refund into a state.
func refundPlaced(state State) Guard {
	return Guard{"the newest fact says " + string(state), func(f *Facts) bool {
		return f.Asking || f.Refund.placed() == state
	}, "the provider has told something newer since"}
}

// refundEvents are what a provider tells of a refund.
var refundEvents = []Event{RefundAccepted, RefundInReview, RefundDone, RefundByProvider, RefundCameBack, RefundRefused, RefundCancelOK}

func refundRows() []row {
	return slices.Concat(askedRefundRows(), answeredRefundRows(), lateRefundRows())
}

func askedRefundRows() []row {
	return []row{
		{id: "Rf1", from: states(""), on: events(RefundAsked), to: states(RefundRequested), guards: guardsOfRefund, why: "Money that was taken can go back, up to what has not gone back or into dispute already."},
		{id: "Rf13", from: states(""), on: events(RefundByProvider), to: states(RefundSucceeded), guards: guards(refundPlaced(RefundSucceeded)), why: "The provider gave the money back of its own accord, so till can only write it down."},
		{id: "Rf7", from: states(RefundRequested), on: events(RefundLost), to: states(RefundUnknown), why: "It was sent and the answer was lost, and asking twice could pay twice."},
		{id: "Rf9", from: states(RefundRequested), on: events(RefundNotSent), to: states(RefundFailed), detail: "not_sent", why: "The request never left, so the customer has not been promised anything."},
		{id: "Rf8", from: states(RefundUnknown, RefundPending), on: events(RefundNoSuch), to: states(RefundFailed), guards: guards(sentAWhile), detail: "not_found", why: "The provider has never seen it and it had time to arrive, so no money went back."},
		{id: "Rf14", from: states(RefundFailed), on: events(RefundAgain), guards: guardsOfRefund, why: "The money is still owed, so a new refund is made and the failed one stays in the books."},
	}
}

func answeredRefundRows() []row {
	moving := states(RefundRequested, RefundPending, RefundUnknown, RefundReview)
	return []row{
		toldRefund("Rf2", without(moving, RefundPending), RefundAccepted, "Banks take days to give money back; the provider has it in hand."),
		toldRefund("Rf3", moving, RefundDone, "The provider has sent the money on its way to the customer."),
		toldRefund("Rf4", moving, RefundRefused, "It was refused, and what it would have taken can be refunded again."),
		toldRefund("Rf5", without(moving, RefundReview), RefundInReview, "Somebody at the provider looks at it, or the customer's details are missing."),
		toldRefund("Rf6", states(RefundPending, RefundReview), RefundCancelOK, "It was stopped before any money had left."),
		toldRefund("Rf10", states(RefundSucceeded), RefundRefused, "The customer's bank sent the money back, often because the account is closed."),
		toldRefund("Rf11", states(RefundSucceeded), RefundCameBack, "The processor took the refund back, so the money is the merchant's again."),
	}
}

// toldRefund is a row by which a provider's word moves a refund, unless it has told something newer.
func toldRefund(id string, from []State, on Event, why string) row {
	to := refundTold[on]
	return row{id: id, from: from, on: events(on), to: states(to), guards: guards(refundPlaced(to)), why: why}
}

func lateRefundRows() []row {
	all := states("", RefundRequested, RefundPending, RefundReview, RefundUnknown, RefundSucceeded, RefundFailed, RefundCanceled, RefundReversed)
	return []row{{
		id: "Rf12", from: all, on: refundEvents, to: refundSteps, guards: guards(refundFact), late: true,
		why: "Facts may come in any order; the newest by the provider's clock says where the refund stands.",
	}}
}

// refundFact keeps the catch-all to what was told.
var refundFact = Guard{"the provider told it", func(f *Facts) bool { return f.Fact != nil }, "only the provider can say that"}
