package domain

import "slices"

// PaymentMachine is the life of one attempt to pay (lifecycle §4). A money fact is booked before its guards
// are asked, and its rows agree with place, which reads the state off the money.
var PaymentMachine = newMachine("payment",
	[]State{PaymentVoided, PaymentReversed, PaymentVerified, PaymentDeclined, PaymentFailed, PaymentCancelled, PaymentExpired},
	paymentPlaced, func() []row {
		return slices.Concat(triedNow(askingRows()), triedNow(answerRows()), besideRows(), heldRows(), takenRows(), lateRows())
	})

// moneyFacts are the events of a payment that carry money.
var moneyFacts = []Event{Approved, Captured, Incremented, Voided, AuthExpired, Reversed}

// attemptFacts are what else a provider tells of an attempt.
var attemptFacts = []Event{
	ActionRequired, Authenticated, AuthenticationFailed, NoThreeDS, Abandoned, GivenUp, Verified, DeclinedIt,
	NotTaken, AnswerLost, Mismatch, Accepted, NoSuchPayment, OrderCreated, SourceKept, RedirectVerified,
	OperationOpen, OperationFailed, ReverseFailed, RefundFact, DisputeFact, ProviderRefund,
}

func askingRows() []row {
	return []row{
		{id: "P1", from: states(""), on: events(Open), to: states(PaymentCreated), why: "An attempt begins before anything is sent, so that there is something to come back to."},
		{id: "P2", from: states(PaymentCreated, PaymentNeedsMethod), on: events(Schedule), to: states(PaymentScheduled), guards: guards(paymentDated, sourceStored), why: "A saved source can be charged on a later day."},
		{id: "P2", from: states(PaymentScheduled), on: events(Schedule), guards: guards(paymentDated, sourceStored), why: "The day of a scheduled payment can be changed until it comes."},
		{id: "P2", from: states(PaymentScheduled), on: events(Pause, Activate), why: "A payment for later can be paused, and made active again."},
		{id: "P3", from: states(PaymentScheduled), on: events(DateReached), to: states(PaymentProcessing), guards: guards(isActive), why: "The day has come and the payment was not paused."},
		{id: "P4", from: states(PaymentCreated), on: events(FormOpened), to: states(PaymentNeedsMethod), why: "The customer sees the form; the way to pay is still missing."},
		{id: "P5", from: states(PaymentCreated, PaymentNeedsMethod), on: events(Submit), to: states(PaymentProcessing), why: "The provider is asked; the key is stored before the first byte leaves."},
		{id: "P6", from: states(PaymentProcessing, PaymentUnknown), on: events(ActionRequired), to: states(PaymentNeedsAction), guards: guards(notAuthenticated), why: "The bank wants to hear from the customer themselves."},
		{id: "P6", from: states(PaymentNeedsAction), on: events(ActionRequired), guards: guards(notAuthenticated), why: "The bank has looked at the device and now wants to hear from the customer."},
		{id: "P7", from: states(PaymentNeedsAction), on: events(Returned), why: "Coming back proves nothing; the provider is asked what happened."},
		{id: "P8", from: states(PaymentNeedsAction, PaymentUnknown), on: events(Authenticated), to: states(PaymentProcessing), why: "The customer has shown who they are, so the payment goes on."},
		{id: "P25", from: states(PaymentRetryWait), on: events(Retry), to: states(PaymentProcessing), why: "The wait is over and the same payment is tried again."},
		{id: "P26", from: customers, on: events(CancelAttempt), to: states(PaymentCancelled), why: "Nothing is at the bank, so the attempt can simply be given up."},
		{id: "P43", from: states(PaymentUnknown), on: events(Resend), to: states(PaymentProcessing), guards: guards(keyKept), why: "The same request under the same key cannot charge twice, so it may be sent again."},
	}
}

// ofTry are the facts that only matter to the try which they are told of.
var ofTry = []Event{
	ActionRequired, Authenticated, AuthenticationFailed, NoThreeDS, Abandoned, GivenUp, DeclinedIt, Accepted,
}

// triedNow keeps rows to what is told of the newest try.
func triedNow(rows []row) []row {
	for i, r := range rows {
		if slices.Contains(ofTry, r.on[0]) {
			rows[i].guards = append(guards(ofThisTry), r.guards...)
		}
	}
	return rows
}

func answerRows() []row {
	waiting := append(slices.Clone(sent), PaymentRetryWait)
	asked := states(PaymentProcessing, PaymentUnknown)
	return []row{
		{id: "P15", from: waiting, on: events(Approved, Captured), to: states(PaymentCaptured), guards: guards(capturedWithIt, paymentPlaced(PaymentCaptured)), why: "Approved and taken in one go."},
		{id: "P14", from: waiting, on: events(Approved), to: states(PaymentPartAuthorized, PaymentAuthorized), guards: guards(notCapturedWithIt, approvalUnwanted), why: "Nobody has a use for this approval, so it is voided by itself."},
		{id: "P12", from: waiting, on: events(Approved), to: states(PaymentAuthorized), guards: guards(notCapturedWithIt, approvedInFull, paymentPlaced(PaymentAuthorized)), why: "The bank has set the whole amount aside."},
		{id: "P14", from: slices.Concat(moneyless, states(PaymentExpired)), on: events(Approved), to: states(PaymentPartAuthorized, PaymentAuthorized), guards: guards(notCapturedWithIt, groupHasFallen), late: true, why: "It had been given up with its group, and is voided by itself."},
		{id: "P13", from: waiting, on: events(Approved), to: states(PaymentPartAuthorized), guards: guards(notCapturedWithIt, approvedInPart, partWanted, paymentPlaced(PaymentPartAuthorized)), why: "The bank has set a part of the amount aside, and a part is welcome."},
		{id: "P16", from: sent, on: events(Verified), to: states(PaymentVerified), guards: guards(isVerification), why: "The card is good; no money was asked for."},
		{id: "P18", from: sent, on: events(DeclinedIt), to: states(PaymentProcessing), guards: guards(isStepUp, hasThreeDS), why: "The bank would rather be shown 3DS, so the same payment goes on with it."},
		{id: "P17", from: sent, on: events(DeclinedIt), to: states(PaymentRetryWait), guards: guards(softDecline, notStepUp, triesLeft), why: "A soft decline may pass later, so the payment waits and is tried again."},
		{id: "P19", from: sent, on: events(DeclinedIt), to: states(PaymentDeclined), why: "The bank said no; this attempt is over, the order is not."},
		{id: "P9", from: sent, on: events(AuthenticationFailed), to: states(PaymentDeclined), detail: "authentication", why: "The customer could not show who they are."},
		{id: "P10", from: sent, on: events(NoThreeDS), to: states(PaymentProcessing), guards: guards(mayDowngrade), why: "3DS is not possible with this card, and going on without it was allowed."},
		{id: "P10", from: sent, on: events(NoThreeDS), to: states(PaymentDeclined), detail: "authentication", why: "3DS is not possible with this card, and without it the merchant bears the risk."},
		{id: "P11", from: sent, on: events(Abandoned), to: states(PaymentExpired), why: "The customer let the time pass."},
		{id: "P44", from: sent, on: events(GivenUp), to: states(PaymentCancelled), why: "The customer turned back at the bank."},
		{id: "P20", from: states(PaymentProcessing), on: events(NotTaken), to: states(PaymentFailed), detail: "not_sent", why: "The request never reached the provider, so nothing can have happened."},
		{id: "P21", from: states(PaymentProcessing), on: events(AnswerLost), to: states(PaymentUnknown), why: "It was sent and the answer was lost: only asking can tell what happened."},
		{id: "P45", from: states(PaymentProcessing), on: events(Mismatch), to: states(PaymentUnknown), why: "The answer speaks of another amount, so it is not believed until it is confirmed."},
		{id: "P22", from: asked, on: events(Accepted), to: states(PaymentProcessing), why: "The provider has it and has not decided yet."},
		{id: "P23", from: asked, on: events(NoSuchPayment), to: states(PaymentFailed), detail: "not_found", why: "The provider has never seen it, so no money can have moved."},
		{id: "P24", from: states(PaymentUnknown), on: events(Exhausted), why: "Everybody has been asked often enough; now a person must look."},
	}
}

// besideRows are what happens to a payment while its state stays: a verdict on fraud, its group's end.
func besideRows() []row {
	hold := states(PaymentAuthorized, PaymentPartAuthorized)
	return []row{
		{id: "P46", from: allPayment, on: events(Judge), guards: guards(notJudged), why: "Screening for fraud is an axis of its own: it says what may be done, not where the payment stands."},
		{id: "P47", from: slices.Concat(hold, states(PaymentCaptured)), on: events(GroupStood), why: "All payments of its group are approved, so the money is the order's."},
		{id: "P48", from: without(allPayment, PaymentPartCaptured, PaymentCaptured, PaymentReversed), on: events(GroupFell), why: "Another payment of its group has ended badly, so nobody has a use for this one."},
	}
}

func heldRows() []row {
	hold := states(PaymentAuthorized, PaymentPartAuthorized)
	asked := slices.Concat(sent, states(PaymentRetryWait))
	return []row{
		{id: "P27", from: held, on: events(Incremented), why: "The bank has set more aside for the same payment."},
		{id: "P29", from: held, on: events(Captured), to: states(PaymentCaptured), guards: guards(paymentPlaced(PaymentCaptured)), why: "The money is taken, and nothing more can be."},
		{id: "P31", from: held, on: events(Captured), to: states(PaymentPartCaptured), guards: guards(paymentPlaced(PaymentPartCaptured)), why: "A part is taken, and the rest can still be."},
		{id: "P33", from: hold, on: events(Voided), to: states(PaymentVoided), guards: guards(nothingTaken, paymentPlaced(PaymentVoided)), why: "The money is the customer's again; nothing was ever taken."},
		{id: "P33", from: asked, on: events(Voided), to: states(PaymentVoided), guards: guards(nothingTaken, paymentPlaced(PaymentVoided)), late: true, why: "The void was told before the approval; both are on record."},
		{id: "P34", from: states(PaymentPartCaptured), on: events(Voided, AuthExpired), to: states(PaymentCaptured), guards: guards(paymentPlaced(PaymentCaptured)), why: "The rest has been let go, what was taken stays."},
		{id: "P35", from: hold, on: events(AuthExpired), to: states(PaymentExpired), guards: guards(nothingTaken, paymentPlaced(PaymentExpired)), why: "The bank does not set money aside for ever."},
		{id: "P35", from: asked, on: events(AuthExpired), to: states(PaymentExpired), guards: guards(nothingTaken, paymentPlaced(PaymentExpired)), late: true, why: "The lapse was told before the approval; both are on record."},
	}
}

func takenRows() []row {
	return []row{
		{id: "P37", from: states(PaymentCaptured), on: events(Reversed), to: states(PaymentReversed), guards: guards(paymentPlaced(PaymentReversed)), why: "It was undone before it was settled, as if it had never been taken."},
		{id: "P38", from: states(PaymentCaptured), on: events(ReverseFailed), why: "It could not be undone any more; a refund still can."},
		{id: "P39", from: states(PaymentCaptured, PaymentPartCaptured), on: events(ProviderRefund), why: "The provider gave the money back by itself."},
		{id: "P40", from: states(PaymentCaptured, PaymentPartCaptured), on: events(RefundFact, DisputeFact), why: "Money goes back or is fought over; that it was taken stays true."},
		{id: "P36", from: moneyed, on: events(OperationOpen, OperationFailed), why: "The operation carries its own end; the payment stands where it stood."},
	}
}

func lateRows() []row {
	var rows []row
	for _, from := range without(allPayment, PaymentReversed) { // what is taken after it is reversed too
		rows = append(rows, row{
			id: "P41", from: states(from), on: moneyFacts, to: without(moneyed, from), late: true,
			why: "Money facts are true whenever they are told, so the payment stands where they put it.",
		})
	}
	return append(rows, row{
		id: "P42", from: allPayment, on: slices.Concat(moneyFacts, attemptFacts), late: true,
		why: "It was known already, or has been overtaken: it is kept and changes nothing.",
	})
}
