package domain

import "slices"

// OrderMachine is the life of an order (lifecycle §3). Money facts are booked before its guards are asked.
var OrderMachine = newMachine("order", []State{OrderPaid, OrderCancelled, OrderRejected}, orderPlaced, orderRows)

// moneyEvents are what payments tell their order.
var moneyEvents = []Event{Held, Taken, EndedBadly, Ended, Released, Lapsed, Undone, OtherMoney}

func states(s ...State) []State { return s }
func events(e ...Event) []Event { return e }
func guards(g ...Guard) []Guard { return g }

func orderRows() []row {
	return slices.Concat(beginningRows(), attemptRows(), holdRows(), dueRows(), closingRows(), laterRows())
}

func beginningRows() []row {
	return []row{
		{id: "O1", from: states("", OrderDraft), on: events(Issue), to: states(OrderIssued), guards: guards(hasLines, hasPrice, hasTotal, hasContact, dueAhead), why: "The customer is now asked to pay."},
		{id: "O41", from: states(""), on: events(DraftIt), to: states(OrderDraft), why: "An order can be put together over time; nobody is asked to pay a draft."},
		{id: "O2", from: states(OrderDraft), on: events(Discard), to: states(OrderCancelled), detail: "merchant", why: "A draft that is not wanted is set aside; nothing is ever deleted."},
		{id: "O3", from: states(OrderIssued), on: events(View), to: states(OrderViewed), why: "The customer has opened the payment form."},
		{id: "O4", from: without(allOrder, OrderDraft, OrderIssued), on: events(View), why: "Looking at an order changes nothing about it; the first look is remembered."},
	}
}

func attemptRows() []row {
	going := states(OrderInProgress)
	return []row{
		{id: "O5", from: states(OrderIssued, OrderViewed, OrderFailed, OrderOverdue, OrderPartPaid), on: events(StartAttempt), to: going, guards: guards(noOpenAttempt, attemptsLeft, nothingHeldYet, payableStill, balanceOpen, withinBalance), why: "One attempt to pay runs at a time, for no more than what is due."},
		{id: "O39", from: going, on: moneyEvents, guards: guards(attemptOpen), late: true, why: "While an attempt is open the order waits for it, whatever other payments do."},
		{id: "O7", from: going, on: events(Taken), to: states(OrderPaid), guards: guards(paidUp), why: "The money has been taken and nothing is left to pay."},
		{id: "O8", from: going, on: events(Taken), to: states(OrderPartPaid), guards: guards(notPaidUp), why: "Some money has been taken, the rest is still due."},
		{id: "O6", from: going, on: events(Held), to: states(OrderHold), guards: guards(nothingCaptured), why: "The bank has set the money aside; it is the merchant's turn to capture it or let it go."},
		{id: "O10", from: going, on: events(EndedBadly), to: states(OrderCancelled), guards: guards(noMoney, attemptsGone), detail: "max_attempts", why: "The agreed number of attempts has failed, so the order ends."},
		{id: "O11", from: going, on: events(EndedBadly), to: states(OrderOverdue, OrderExpired), guards: guards(noMoney, duePassed), why: "The attempt failed and meanwhile the due date has passed."},
		{id: "O9", from: going, on: events(EndedBadly), to: states(OrderFailed), guards: guards(noMoney, dueNotPassed), why: "A failed attempt is not the end: the customer can try again."},
		{id: "O9b", from: going, on: events(Ended), to: resting, guards: guards(noMoney), why: "The attempt was given up, so the order is where it was before."},
		{id: "O17", from: going, on: events(Released), to: states(OrderCancelled), guards: guards(nothingCaptured, nothingElse), detail: "voided", why: "The only money set aside was let go, and with it the order."},
		{id: "O18", from: going, on: events(Lapsed), to: states(OrderCancelled), guards: guards(nothingCaptured, nothingElse), detail: "hold_expired", why: "The only money set aside was not captured in time."},
		{id: "O38", from: going, on: events(EndedBadly, Ended, Released, Lapsed, Undone), to: states(OrderPaid, OrderPartPaid, OrderHold), guards: guards(someMoney), why: "The attempt has ended, and what other payments brought decides."},
		{id: "O38", from: going, on: events(Held, OtherMoney), to: states(OrderPaid, OrderPartPaid), guards: guards(someMoney), why: "The attempt has its answer, and what was taken before it decides."},
		{id: "O12", from: going, on: events(Cancel), to: states(OrderCancelled), guards: guards(noMoney, customersTurn), detail: "merchant", why: "Nothing has been sent to the bank yet, so the attempt and the order can be called off."},
		{id: "O26", from: states(OrderIssued, OrderViewed, OrderFailed, OrderOverdue), on: events(Reject), to: states(OrderRejected), guards: guards(byCustomer, noMoney), why: "The customer does not want to pay, which is theirs to say."},
		{id: "O26", from: going, on: events(Reject), to: states(OrderRejected), guards: guards(byCustomer, noMoney, customersTurn), why: "The customer walks away before anything was sent to the bank."},
		{id: "O13", from: going, on: events(Cancel, Reject, MarkReceived), guards: guards(noMoney, outcomeKnown), why: "While the bank's answer is not known nobody can say whether there is money to give back."},
	}
}

func holdRows() []row {
	hold := states(OrderHold)
	return []row{
		{id: "O14", from: hold, on: events(Taken), to: states(OrderPaid), guards: guards(paidUp), why: "What was set aside has been taken."},
		{id: "O15", from: hold, on: events(Taken), to: states(OrderPartPaid), guards: guards(notPaidUp), why: "A part of what was set aside has been taken."},
		{id: "O17", from: append(hold, resting...), on: events(Released), to: states(OrderCancelled), guards: guards(nothingCaptured, nothingElse), detail: "voided", why: "The merchant let the money go, and with it the order."},
		{id: "O18", from: append(hold, resting...), on: events(Lapsed), to: states(OrderCancelled), guards: guards(nothingCaptured, nothingElse), detail: "hold_expired", why: "A bank does not set money aside for ever; it was not captured in time."},
		{id: "O42", from: hold, on: events(EndedBadly), to: append(hold, OrderFailed, OrderOverdue, OrderExpired), guards: guards(nothingCaptured), why: "A late approval that nobody wanted has been undone."},
		{id: "O19", from: hold, on: without(moneyEvents, Taken, EndedBadly, Ended), guards: guards(stillHeld, attemptOver), why: "Something is still set aside, so the order stays on hold."},
	}
}

func dueRows() []row {
	payable := states(OrderIssued, OrderViewed, OrderFailed)
	return []row{
		{id: "O20", from: payable, on: events(DueReached), to: states(OrderOverdue, OrderExpired), why: "The due date has passed; whether paying late is allowed is the merchant's choice."},
		{id: "O21", from: without(allOrder, payable...), on: events(DueReached), why: "The due date is remembered, and looked at again when the order is to be paid."},
		{id: "O22", from: states(OrderOverdue), on: events(DenyOverdue), to: states(OrderExpired), why: "The merchant no longer takes late money for it."},
		{id: "O22", from: states(OrderIssued, OrderViewed, OrderFailed, OrderPartPaid), on: events(DenyOverdue), why: "It is settled now that late money will not be taken."},
		{id: "O24", from: states(OrderExpired), on: events(AllowOverdue), to: states(OrderOverdue), why: "The merchant takes late money after all."},
		{id: "O24", from: states(OrderIssued, OrderViewed, OrderFailed, OrderPartPaid), on: events(AllowOverdue), why: "It is settled now that late money will be taken."},
		{id: "O23", from: states(OrderOverdue, OrderExpired), on: events(ExtendDue), to: states(OrderFailed, OrderViewed, OrderIssued), guards: guards(dueGiven, dueAhead), why: "The customer is given more time, so it is not late any more."},
		{id: "O23", from: payable, on: events(ExtendDue), guards: guards(dueGiven, dueAhead), why: "The customer is given more time."},
		{id: "O23", from: states(OrderPartPaid), on: events(ExtendDue), guards: guards(dueGiven, dueAhead), why: "The customer is given more time for the rest."},
	}
}

func closingRows() []row {
	part := states(OrderPartPaid)
	return []row{
		{id: "O25", from: resting, on: events(Cancel), to: states(OrderCancelled), detail: "merchant", why: "Nothing was paid, so the merchant can call it off."},
		{id: "O27", from: resting, on: events(MarkReceived), to: states(OrderReceived), why: "The customer paid in another way, outside this till."},
		{id: "O28", from: states(OrderReceived), on: events(UndoReceived), to: resting, why: "It was not received after all."},
		{id: "O28", from: states(OrderReceived), on: events(UndoReceived), to: states(OrderPaid, OrderPartPaid, OrderHold, OrderInProgress), late: true, why: "It was not received outside, but money came late and decides."},
		{id: "O28", from: states(OrderReceived), on: events(Cancel), to: states(OrderCancelled), detail: "merchant", why: "What was received outside is settled outside; the order is called off."},
		{id: "O29", from: part, on: events(Taken), to: states(OrderPaid), guards: guards(paidUp), why: "The rest has been paid."},
		{id: "O30", from: part, on: events(CloseShort), to: states(OrderPaid), guards: guards(nothingHeld, netPositive), why: "The merchant is content with what was paid and writes off the rest."},
		{id: "O31", from: part, on: events(Cancel), to: states(OrderCancelled), guards: guards(allGoneBack), detail: "merchant", why: "Everything that was paid has gone back, so the order can be called off."},
	}
}

func laterRows() []row {
	paid := states(OrderPaid, OrderPartPaid)
	active := slices.Concat(paid, states(OrderHold, OrderInProgress), resting)
	return []row{
		{id: "O33", from: paid, on: events(Undone), to: slices.Concat(states(OrderPartPaid, OrderHold), resting), guards: guards(notPaidUp), why: "A reversed payment is as if it had never been: the order can be paid again."},
		{id: "O34", from: resting, on: events(Held), to: states(OrderHold), guards: guards(attemptOver, nothingCaptured, stillHeld), why: "An attempt that had been given up was approved after all."},
		{id: "O35", from: resting, on: events(Taken), to: states(OrderPaid, OrderPartPaid), why: "An attempt that had been given up was charged after all."},
		{id: "O32", from: active, on: moneyEvents, to: active, late: true, why: "Money facts are true whenever they are told; where they leave the order is where it is."},
		{id: "O43", from: states(OrderCancelled), on: events(Taken), to: paid, guards: guards(takenBefore), late: true, why: "It was taken before the rest was let go, and only told afterwards: there was always money for this order."},
		{id: "O37", from: decided, on: moneyEvents, late: true, why: "The order is closed; money that arrives now is shown, for somebody to decide about."},
		{id: "O36", from: decided, on: events(AcceptLate), to: paid, guards: guards(netPositive, nothingHeld), why: "The money came late, and the merchant takes it for the order."},
		{id: "O40", from: allOrder, on: events(Acknowledge), guards: guards(somethingToSee), why: "Somebody has seen it; it need not be shown again until something new happens."},
	}
}

func without[T comparable](all []T, some ...T) []T {
	var rest []T
	for _, x := range all {
		if !slices.Contains(some, x) {
			rest = append(rest, x)
		}
	}
	return rest
}
