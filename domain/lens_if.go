package domain

import "slices"

// The conditions of the table of words: what must hold beside a state for another system's word to be the right one.

// Of a payment's money.
var (
	ifAllBack = Condition{"all that was captured has gone back", func(s Subject) bool {
		back := s.Payment.Sums.Returned()
		return back > 0 && back == s.Payment.Sums.Captured
	}}
	ifSomeBack = Condition{"a part has gone back", func(s Subject) bool { return s.Payment.Sums.Returned() > 0 }}
	ifBackOn   = Condition{"a refund is on its way", func(s Subject) bool { return s.Payment.Sums.RefundPending > 0 }}
	ifBackLost = Condition{"a refund failed or came back", func(s Subject) bool {
		return slices.ContainsFunc(s.Payment.Refunds, func(r *Refund) bool { return r.State == RefundFailed || r.State == RefundReversed })
	}}
	ifBackByItself = Condition{"the provider gave all of it back by itself", func(s Subject) bool {
		return ifAllBack.Holds(s) && slices.ContainsFunc(s.Payment.Refunds, func(r *Refund) bool { return r.Origin == "provider" })
	}}
	ifSettledNow   = Condition{"settled", func(s Subject) bool { return s.Payment.Settled(s.Now) }}
	ifRestReleased = Condition{"the rest was let go", func(s Subject) bool { return s.Payment.Sums.Released > 0 }}
	ifWasHeld      = Condition{"it was held", func(s Subject) bool { return s.Payment.Sums.Authorized > 0 }}
	ifDisputed     = Condition{"a dispute holds it", func(s Subject) bool { return s.Payment.Sums.DisputedHeld > 0 }}
)

// Of how a payment goes.
var (
	ifNotSentYet  = Condition{"refused before it was sent", func(s Subject) bool { return s.Payment.Detail == "not_sent" }}
	ifNotAuthed   = Condition{"for its authentication", func(s Subject) bool { return s.Payment.Detail == "authentication" }}
	ifCoded       = Condition{"the issuer gave a code", func(s Subject) bool { return s.Payment.Code != "" }}
	ifWithSource  = Condition{"a source is chosen, and nothing sent", func(s Subject) bool { return s.Payment.Source.Type != "" }}
	ifMistrusted  = Condition{"an answer named another amount", func(s Subject) bool { return s.Payment.broken() }}
	ifOnDelivery  = Condition{"cash on delivery", func(s Subject) bool { return inSession(SessionDelivery)(s) }}
	ifLookingUp   = Condition{"the bank looks at the device", func(s Subject) bool { return inSession(SessionLookup)(s) }}
	ifBeenAuthed  = Condition{"the customer was authenticated", func(s Subject) bool { return s.Payment.authenticated }}
	ifBeingDone   = Condition{"the provider has taken it, and not decided", func(s Subject) bool { return chargeIs(s, OpPending) }}
	ifCapturing   = Condition{"a capture is on its way", func(s Subject) bool { return s.Payment.opInFlight(Capture) }}
	ifVoiding     = Condition{"a void is on its way", func(s Subject) bool { return s.Payment.opInFlight(Void) }}
	ifReversing   = Condition{"a reversal is on its way", func(s Subject) bool { return s.Payment.opInFlight(Reverse) }}
	ifNotCaptured = Condition{"the last capture failed", func(s Subject) bool { return lastFailed(s.Payment, Capture) }}
	ifNotVoided   = Condition{"the last void failed", func(s Subject) bool { return lastFailed(s.Payment, Void) }}
)

func inSession(kind SessionKind) func(Subject) bool {
	return func(s Subject) bool {
		session := s.Payment.Session()
		return session != nil && session.Kind == kind
	}
}

func chargeIs(s Subject, state State) bool {
	op := s.Payment.Charge()
	return op != nil && op.State == state
}

// lastFailed tells whether the last capture or void of the payment was of the kind, and nothing came of it.
func lastFailed(p *Payment, kind OperationKind) bool {
	for _, op := range slices.Backward(p.Operations) {
		if op.Kind == Capture || op.Kind == Void {
			return op.Kind == kind && op.State == OpFailed
		}
	}
	return false
}

// Of an order.
var (
	ifOrderBack = Condition{"all that was paid has gone back", func(s Subject) bool { return s.Order.kept() > 0 && s.Order.Sums().Returned() == s.Order.kept() }}
	ifOrderPart = Condition{"a part has gone back", func(s Subject) bool { return s.Order.Sums().Returned() > 0 }}
	ifOrderHeld = Condition{"money is held", func(s Subject) bool { return s.Order.Sums().Held() > 0 }}
	ifTakenBack = Condition{"what was captured was reversed", func(s Subject) bool { return s.Order.Sums().Reversed > 0 && s.Order.kept() == 0 }}
	ifLetGo     = Condition{"its hold was let go", func(s Subject) bool {
		return s.Order.CancelReason == "voided" || s.Order.CancelReason == HoldExpired
	}}
	ifTestOrder = Condition{"a test order", func(s Subject) bool { return s.Order.IsTest }}
)

// flat asks the projection, which is where one name is made of all that an order is (lifecycle §11).
func flat(name, words string) Condition {
	return Condition{words, func(s Subject) bool { return s.Order.FlatStatus() == name }}
}

// ifOpenCase asks whether the case that the order's status tells of is in a stage.
func ifOpenCase(stage string) Condition {
	return Condition{"a case of that stage is open", func(s Subject) bool {
		d := s.Order.openDispute()
		return d != nil && d.Stage == stage
	}}
}

// lastIs tells whether the order's last payment is in a state.
func lastIs(state State, words string) Condition {
	return Condition{words, func(s Subject) bool { p := s.Order.Last(); return p != nil && p.State == state }}
}

// Of refunds, disputes, operations, mandates and payouts.
var (
	ifRefundOfAll  = Condition{"nothing is left of the payment", func(s Subject) bool { return ifAllBack.Holds(s) }}
	ifAnnounced    = Condition{"announced, and not debited", func(s Subject) bool { return s.Dispute.Announced }}
	ifCaseLost     = Condition{"its money is lost", func(s Subject) bool { return s.Dispute.lost() > 0 }}
	ifOfNothing    = Condition{"of 0", func(s Subject) bool { return s.Operation.Amount == 0 }}
	ifTooOften     = Condition{"asked too often: later", func(s Subject) bool { return s.Operation.Code == "too_many_requests" }}
	ifCustomerFail = Condition{"the customer was not authenticated", func(s Subject) bool {
		return s.Operation.Charges() && s.Payment != nil && s.Payment.Detail == "authentication"
	}}
	ifRevokeFailed = Condition{"it could not be revoked", func(s Subject) bool { return s.Mandate.RevokeLost }}
	ifUntold       = Condition{"its provider does not know of it yet", func(s Subject) bool { return !s.Payout.asked(PayoutMoney) }}
	ifConfirmed    = Condition{"it had been confirmed", func(s Subject) bool { return s.Payout.asked(PayoutConfirm) }}
	ifTimedOut     = Condition{"its time was over", func(s Subject) bool { return s.Payment.ranOut() }}
)

// asked tells whether the provider has answered an operation of the kind with yes.
func (p *Payout) asked(kind OperationKind) bool {
	return slices.ContainsFunc(p.Operations, func(op *Operation) bool { return op.Kind == kind && op.State == OpSucceeded })
}

// ranOut tells whether what the customer had to do was left until its time was over.
func (p *Payment) ranOut() bool {
	if p.State != PaymentExpired || len(p.Sessions) == 0 {
		return false
	}
	return !p.movedAt.Before(p.Sessions[len(p.Sessions)-1].Until)
}
