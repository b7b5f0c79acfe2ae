package domain

import (
	"fmt"
	"slices"
	"strings"
)

// Action is something that a person may do with an order, a payment, a refund or a dispute: what a key press is asked for.
type Action struct {
	Name   string
	Of     string  // order, payment, refund or dispute
	In     []State // where it exists; of an order, and of a dispute where it is empty, where its machine has a row for On
	On     Event   // of an order or a dispute: the event of its machine; else the fact that it hopes for
	Guards []Guard // an order's are those of its machine's rows; a dispute's are asked before those
	Else   string  // the sentence anywhere else; where it is empty the state is named
}

// OrderActions are what can be done with an order, in the order in which people look for them.
var OrderActions = []Action{
	{Name: "issue", Of: "order", On: Issue},
	{Name: "discard", Of: "order", On: Discard},
	{Name: "pay", Of: "order", On: StartAttempt},
	{Name: "view", Of: "order", On: View},
	{Name: "cancel", Of: "order", On: Cancel},
	{Name: "reject", Of: "order", On: Reject},
	{Name: "receive", Of: "order", On: MarkReceived},
	{Name: "unreceive", Of: "order", On: UndoReceived},
	{Name: "extend", Of: "order", On: ExtendDue},
	{Name: "allow_overdue", Of: "order", On: AllowOverdue},
	{Name: "deny_overdue", Of: "order", On: DenyOverdue},
	{Name: "close_short", Of: "order", On: CloseShort},
	{Name: "accept_late", Of: "order", On: AcceptLate},
	{Name: "acknowledge", Of: "order", On: Acknowledge},
}

// PaymentActions are what can be done with a payment (lifecycle §12).
var PaymentActions = []Action{
	{
		Name: "capture", Of: "payment", In: held, On: Captured,
		Guards: guards(notUnwanted, notWaiting, nothingUnknown, oneAtATime, screened, orderTakesMoney, attemptOver, withinCapturable, withinLimit, canPartCapture),
	},
	{
		Name: "increment", Of: "payment", In: held, On: Incremented,
		Guards: guards(notUnwanted, notWaiting, nothingUnknown, oneAtATime, orderTakesMoney, attemptOver, amountGiven, canIncrement),
	},
	{Name: "void", Of: "payment", In: held, On: Voided, Guards: guards(notUnwanted, notWaiting, nothingUnknown, oneAtATime, voidable, canVoid, canPartVoid)},
	{
		Name: "reverse", Of: "payment", In: states(PaymentCaptured), On: Reversed,
		Guards: guards(nothingUnknown, oneAtATime, canReverse, nothingBack, notRefusedYet, beforeCutoff),
	},
	{Name: "refund", Of: "payment", In: states(PaymentCaptured, PaymentPartCaptured), On: ProviderRefund, Guards: guardsOfRefund},
	{Name: "complete", Of: "payment", In: states(PaymentNeedsAction, PaymentProcessing), On: Returned, Guards: guards(hasSession)},
	{Name: "retry", Of: "payment", In: states(PaymentRetryWait), On: Retry, Guards: guards(notWaiting, notAsked)},
	{Name: "update", Of: "payment", In: states(PaymentCreated, PaymentNeedsMethod, PaymentScheduled), On: Schedule, Guards: guards(notWaiting, notAsked)},
	{Name: "sync", Of: "payment", In: allPayment, Guards: guards(wasSent, canSync)},
	{Name: "cancel", Of: "payment", In: slices.Concat(customers, states(PaymentAuthorized, PaymentPartAuthorized)), On: CancelAttempt, Guards: guards(notUnwanted, cancellable)},
	{Name: "fraud", Of: "payment", In: without(allPayment, PaymentVoided, PaymentReversed, PaymentVerified, PaymentDeclined, PaymentFailed, PaymentCancelled, PaymentExpired), On: Judge, Guards: guards(notWaiting, notJudged)},
}

// RefundActions are what can be done with a refund.
var RefundActions = []Action{
	{Name: "cancel", Of: "refund", In: states(RefundPending, RefundReview), On: RefundCancelOK, Else: "only a refund that is on its way can be stopped", Guards: guards(nothingUnknown, notStopping, canCancelRefund)},
	{Name: "retry", Of: "refund", In: states(RefundFailed), On: RefundAgain, Else: "only a refund that failed can be made again", Guards: append(guards(notRepeated), guardsOfRefund...)},
}

// FindAction gives an action by its name; nil if there is none.
func FindAction(of []Action, name string) *Action {
	if i := slices.IndexFunc(of, func(a Action) bool { return a.Name == name }); i >= 0 {
		return &of[i]
	}
	return nil
}

// Refusal is why the order's action is not possible now, in a sentence; nil when it is possible.
func (a *Action) Refusal(f *Facts) *Error {
	f.Asking = true
	sentence := a.sentence(f)
	if sentence == "" {
		return nil
	}
	return &Error{
		Code: CodeIllegalTransition, Message: sentence,
		State: a.state(f), Event: a.Name, AllowedIn: a.allowedIn(f), Permitted: permitted(f),
	}
}

func (a *Action) sentence(f *Facts) string {
	if p := f.Order.CancelVoids(); a.Of == "order" && a.On == Cancel && p != nil {
		return FindAction(PaymentActions, "void").sentence(&Facts{Order: f.Order, Payment: p, Can: f.Can})
	}
	if p := f.Order.Unsent(); a.Of == "order" && a.On == StartAttempt && p != nil {
		if p.opInFlight(SetupRecurring) { // its provider may be about to keep another source for it
			return notAsked.Refusal
		}
		return ""
	}
	if !slices.Contains(a.allowedIn(f), a.state(f)) {
		return a.elsewhere(f)
	}
	if a.Of != "order" {
		if failed := firstFailing(a.Guards, f); failed != nil {
			return failed.Refusal
		}
		return a.refusedCase(f)
	}
	_, refusal := OrderMachine.Next(f.Order.State, a.On, f)
	return refusal
}

// elsewhere says that the action has no row from here.
func (a *Action) elsewhere(f *Facts) string {
	state := a.state(f)
	if a.Of == "refund" && !nothingUnknown.Holds(f) {
		return nothingUnknown.Refusal
	}
	if a.Else != "" {
		return a.Else
	}
	return fmt.Sprintf("not while the %s is %s", a.Of, state.Spoken())
}

// Spoken is a state as it is said behind "is": on hold, captured.
func (s State) Spoken() string {
	if said, ok := spoken[s]; ok {
		return said
	}
	return s.Words()
}

// spoken are the states whose name is no adjective.
var spoken = map[State]string{
	OrderHold: "on hold", OrderDraft: "a draft", PaymentRetryWait: "waiting to be tried again",
	PaymentNeedsAction: "waiting for the customer", PaymentNeedsMethod: "waiting for a way to pay",
}

func (a *Action) state(f *Facts) State {
	switch a.Of {
	case "payment":
		return f.Payment.State
	case "refund":
		return f.Refund.State
	case "dispute":
		return f.Dispute.State
	}
	return f.Order.State
}

func (a *Action) allowedIn(f *Facts) []State {
	switch {
	case f.Stage != "":
		return a.filedTo(f.Stage)
	case a.Of == "order":
		return OrderMachine.AllowedIn(a.On)
	case a.Of == "dispute" && len(a.In) == 0:
		return DisputeMachine.AllowedIn(a.On)
	}
	return a.In
}

// permitted names what is possible where something was refused.
func permitted(f *Facts) []string {
	of := OrderActions
	switch {
	case f.Dispute != nil:
		of = DisputeActions
	case f.Refund != nil:
		of = RefundActions
	case f.Payment != nil:
		of = PaymentActions
	}
	return Permitted(of, f)
}

// Permitted names the actions that are possible now.
func Permitted(of []Action, f *Facts) []string {
	names := []string{}
	for i := range of {
		if ask := of[i].Usual(*f); of[i].sentence(&ask) == "" {
			names = append(names, of[i].Name)
		}
	}
	return names
}

// Refused gives each action that is not possible now with its sentence.
func Refused(of []Action, f *Facts) map[string]string {
	refused := map[string]string{}
	for i := range of {
		ask := of[i].Usual(*f)
		if sentence := of[i].sentence(&ask); sentence != "" {
			refused[of[i].Name] = sentence
		}
	}
	return refused
}

// Usual supposes the usual wish: all that can be captured or refunded, all that is due, as its actor.
func (a *Action) Usual(f Facts) Facts {
	f.Asking = true
	switch {
	case a.Name == "capture":
		f.Amount = max(1, f.Payment.Sums.Capturable())
	case a.Name == "refund":
		f.Amount = max(1, f.Payment.Sums.Refundable())
	case a.Of == "refund":
		f.Amount = f.Refund.Amount
	case a.Of == "dispute":
		f.Amount = f.Dispute.Amount
	case a.Name == "increment":
		f.Amount = 1
	case a.Name == "pay":
		f.Amount = f.Order.BalanceDue()
	case a.On == Issue:
		f.Due = f.Order.Due
	case a.On == ExtendDue:
		f.Due = f.Now.AddDate(0, 0, 1)
	}
	f.Customer = f.Customer || a.On == Reject
	return f
}

// CancelVoids gives the payment that is voided when the order is cancelled: to cancel an order on hold is to
// let the money go (lifecycle §12). nil for any other order.
func (o *Order) CancelVoids() *Payment {
	if o.State != OrderHold {
		return nil
	}
	for _, p := range o.Payments {
		if p.Sums.Held() > 0 {
			return p
		}
	}
	return nil
}

// Words is the state for people: "part paid".
func (s State) Words() string { return wording.Replace(string(s)) }

var wording = strings.NewReplacer("pre_", "pre-", "_", " ", "/", " · ")
