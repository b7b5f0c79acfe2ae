package domain

import "time"

// OperationMachine is the life of one call to a provider (lifecycle §5). Nothing durable tells "about to be
// sent" from "sent": what was requested and has no answer counts as unknown after a stop.
var OperationMachine = newMachine("operation", []State{OpNotSent, OpSucceeded, OpFailed}, nil, operationRows)

// SendingTime is how long a call may still be on its way when its provider says that it has never seen it.
const SendingTime = 30 * time.Second

// Guards of calls, and of refunds that wait for one.
var (
	firstTry   = Guard{"sent for the first time", func(f *Facts) bool { return f.Operation.Tries <= 1 }, "an earlier try may have arrived: sync first"}
	laterTry   = Guard{"an earlier try was sent", func(f *Facts) bool { return f.Operation.Tries > 1 }, "there was no earlier try"}
	sentAWhile = Guard{"sent 30 seconds ago or more", func(f *Facts) bool {
		return !f.Asking || f.Operation == nil || f.Now.Sub(f.Operation.RequestedAt) >= SendingTime
	}, "it may still be on its way: ask again in half a minute"}
)

func operationRows() []row {
	requested, unsettled := states(OpRequested), states(OpPending, OpUnknown)
	return []row{
		{id: "Op1", from: states(""), on: events(OpAsk), to: requested, why: "A call is written down, with its key and amount, before it is sent, so that a stop loses nothing."},
		{id: "Op2", from: requested, on: events(OpRefused), to: states(OpNotSent), guards: guards(firstTry), why: "Nothing reached the provider, so a new call may follow at once."},
		{id: "Op3", from: requested, on: events(OpDone), to: states(OpSucceeded), why: "The provider answered that it is done."},
		{id: "Op3", from: requested, on: events(OpSaidNo), to: states(OpFailed), why: "The provider answered no, and its code says why."},
		{id: "Op4", from: requested, on: events(OpAccepted, OpRunning), to: states(OpPending), why: "The provider has taken it and will decide later."},
		{id: "Op5", from: requested, on: events(OpLost), to: states(OpUnknown), why: "It was sent and no answer can be trusted, so nobody knows what happened yet."},
		{id: "Op5", from: requested, on: events(OpRefused), to: states(OpUnknown), guards: guards(laterTry), why: "This try never left, but the one before it may have arrived."},
		{id: "Op6", from: unsettled, on: events(OpDone), to: states(OpSucceeded), why: "A notice or a question to the provider brought the answer: it is done."},
		{id: "Op6", from: unsettled, on: events(OpSaidNo), to: states(OpFailed), why: "A notice or a question to the provider brought the answer: it was refused."},
		{id: "Op7", from: unsettled, on: events(OpNoSuch), to: states(OpFailed), guards: guards(sentAWhile), detail: "not_found", why: "The provider has never seen it and it had time to arrive, so nothing happened."},
		{id: "Op8", from: states(OpUnknown), on: events(OpRunning, OpAccepted), to: states(OpPending), why: "The provider does have it after all, and is still at work."},
		{id: "Op9", from: states(OpUnknown), on: events(OpAgain), to: requested, why: "Under its old key it can be sent again, as no provider does the same key twice."},
		{id: "Op10", from: states(OpFailed, OpNotSent), on: events(OpDone), to: states(OpSucceeded), late: true, why: "The success came late, but money that moved has moved and is booked."},
	}
}
