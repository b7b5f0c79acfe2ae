package domain

import "slices"

// PayoutMachine is the life of a payout (lifecycle §8). A fact is booked before its guards are asked, and every row
// agrees with where the facts on record put the payout.
var PayoutMachine = newMachine("payout",
	[]State{PayoutFailed, PayoutCanceled, PayoutExpired, PayoutReturned, PayoutPaid}, payoutPlaced, payoutRows)

// payoutPlaced holds when the facts on record put the payout into a state.
func payoutPlaced(state State) Guard {
	return Guard{"the facts put the payout at " + string(state), func(f *Facts) bool {
		return f.Asking || f.Payout.State == state
	}, "the payout has moved on: look where it stands now"}
}

// payoutStates are where each fact puts a payout.
var payoutStates = map[Event]State{
	PayoutAsked: PayoutCreated, PayoutTaken: PayoutCreated, PayoutLacksData: PayoutNeedsData, PayoutSent: PayoutProcessing,
	PayoutDone: PayoutPaid, PayoutRefused: PayoutFailed, PayoutStopped: PayoutCanceled, PayoutLapsed: PayoutExpired,
	PayoutCameBack: PayoutReturned,
}

// payoutRanks are how far along each state is. Among several ends the newest counts.
var payoutRanks = map[State]int{
	PayoutCreated: 0, PayoutNeedsData: 1, PayoutProcessing: 2,
	PayoutPaid: 3, PayoutFailed: 3, PayoutCanceled: 3, PayoutExpired: 3, PayoutReturned: 4,
}

// allPayout are all states, along the way.
var allPayout = []State{
	PayoutCreated, PayoutNeedsData, PayoutProcessing, PayoutPaid, PayoutFailed, PayoutCanceled, PayoutExpired, PayoutReturned,
}

func payoutRows() []row {
	waiting, sent := states(PayoutCreated, PayoutNeedsData), states(PayoutProcessing)
	rows := []row{
		{id: "Py1", from: states(""), on: events(PayoutAsked), to: states(PayoutCreated), why: "Somebody is to get money; the provider is told, and sends nothing before it is confirmed."},
		{id: "Py2", from: states(PayoutCreated), on: events(PayoutTaken), to: states(PayoutCreated), why: "The provider knows of it and waits for a confirmation."},
		{id: "Py3", from: waiting, on: events(PayoutLacksData), to: states(PayoutNeedsData), why: "The provider does not know whom to pay, or where, so nothing can be sent yet."},
		{id: "Py5", from: waiting, on: events(PayoutSent), to: states(PayoutProcessing), why: "The provider has sent the money, and the banks have it in hand."},
		{id: "Py7", from: waiting, on: events(PayoutStopped), to: states(PayoutCanceled), why: "It was called off before any money left."},
		{id: "Py8", from: waiting, on: events(PayoutRefused), to: states(PayoutFailed), why: "The provider will not send it, and no money has left."},
		{id: "Py9", from: sent, on: events(PayoutDone), to: states(PayoutPaid), why: "The recipient's bank has the money."},
		{id: "Py10", from: sent, on: events(PayoutRefused), to: states(PayoutFailed), why: "The banks could not deliver the money, so it is ours again."},
		{id: "Py11", from: sent, on: events(PayoutLapsed), to: states(PayoutExpired), why: "Nobody collected the money in time, so it is ours again."},
		{id: "Py12", from: states(PayoutPaid), on: events(PayoutCameBack), to: states(PayoutReturned), why: "The recipient's bank had taken the money and sent it back."},
	}
	for i, r := range rows {
		rows[i].guards = guards(payoutPlaced(r.to[0]))
	}
	rows = append(
		rows,
		row{id: "Py4", from: waiting, on: events(PayoutConfirmAsked), guards: guards(noCallOpen), why: "The provider is asked to send the money; until it says that it has, nothing has left."},
		row{id: "Py6", from: waiting, on: events(PayoutCancelAsked), guards: guards(noCallOpen), why: "The provider is asked to forget it; until it says that it has, it could still be sent."},
	)
	return append(rows, latePayoutRows()...)
}

// latePayoutRows take what no row above takes. They lead on or sideways only, but for a payout that was taken to have
// never reached its provider.
func latePayoutRows() []row {
	told, rows := events(PayoutOutOfOrder), []row{}
	for _, from := range allPayout {
		if further := furtherThan(from); len(further) > 0 {
			rows = append(rows, row{
				id: "Py13", from: states(from), on: told, to: further, late: true,
				why: "A step before it was not told, or is still to come; the payout stands where the fact that counts most puts it.",
			})
		}
	}
	rows = append(rows, row{
		id: "Py14", from: states(PayoutFailed), on: told, to: states(PayoutCreated, PayoutNeedsData, PayoutProcessing), late: true,
		why: "It was taken to have never reached the provider, and had.",
	})
	for _, s := range allPayout {
		rows = append(rows, row{
			id: "Py15", from: states(s), on: told, guards: guards(payoutPlaced(s)), late: true,
			why: "It tells of a step that the payout has passed; it is kept and moves nothing.",
		})
	}
	return rows
}

// furtherThan gives the states to which a fact that was not expected can move a payout.
func furtherThan(from State) []State {
	return slices.DeleteFunc(slices.Clone(allPayout), func(to State) bool {
		ends := payoutRanks[from] == payoutRanks[PayoutPaid] && payoutRanks[to] == payoutRanks[PayoutPaid]
		return to == from || payoutRanks[to] < payoutRanks[from] || payoutRanks[to] == payoutRanks[from] && !ends
	})
}

// PayoutActions are what can be done with a payout, in the order in which people look for them.
var PayoutActions = []StreamAction{{"confirm", PayoutConfirmAsked}, {"cancel", PayoutCancelAsked}}

func (p *Payout) position() position {
	return position{PayoutMachine, PayoutActions, p.State, Facts{Operation: p.InFlight()}}
}

// Permitted names the actions that are possible now.
func (p *Payout) Permitted() []string { return p.position().permitted() }

// Refused says of each other action why it is not possible now.
func (p *Payout) Refused() map[string]string { return p.position().refused() }

// Refuses says why an action is not possible now (CodeIllegalTransition); nil when it is.
func (p *Payout) Refuses(action string) error { return p.position().refuses(action) }
