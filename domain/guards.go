package domain

import "slices"

// Guards of the order's machine.
var (
	hasLines = Guard{"has lines", func(f *Facts) bool { return len(f.Order.Cart.Lines) > 0 }, "an order needs at least one line"}
	hasTotal = Guard{"total above 0", func(f *Facts) bool { return f.Order.Total() > 0 }, "there is nothing to pay: the total is 0"}
	hasPrice = Guard{"every price above 0", func(f *Facts) bool {
		return !slices.ContainsFunc(f.Order.Cart.Lines, func(l Line) bool { return l.Price < 1 })
	}, "every line needs a price"}
	hasContact = Guard{"client can be reached", func(f *Facts) bool { return f.Order.Contact || f.Order.Counter }, "an order needs the client's e-mail address or phone number"}
	dueAhead   = Guard{"due in the future", func(f *Facts) bool {
		return !f.Asking || f.Due.IsZero() || f.Due.After(f.Now)
	}, "the due date has passed already"}
	dueGiven = Guard{"a due date is given", func(f *Facts) bool { return !f.Asking || !f.Due.IsZero() }, "say until when it is to be paid"}

	noOpenAttempt  = Guard{"no other attempt", func(f *Facts) bool { return f.Order.openPayment() == nil }, "a payment is under way already"}
	attemptsLeft   = Guard{"attempts left", func(f *Facts) bool { return f.Order.attemptsLeft() }, "all attempts to pay have been used"}
	nothingHeldYet = Guard{"nothing held", func(f *Facts) bool {
		s := f.Order.Sums()
		return s.Held() == 0 && s.CapturePending == 0
	}, "money is held for this order already: capture or void it first"}
	payableStill = Guard{"not past its due date", func(f *Facts) bool {
		return !f.Asking || !f.Order.DenyOverdue || f.Order.Due.IsZero() || f.Now.Before(f.Order.Due)
	}, "the due date has passed, and paying later is not allowed"}
	balanceOpen   = Guard{"something to pay", func(f *Facts) bool { return f.Order.BalanceDue() > 0 }, "nothing is left to pay"}
	withinBalance = Guard{"amount within the balance", func(f *Facts) bool {
		return f.Amount >= 0 && f.Amount <= f.Order.BalanceDue()
	}, "that is more than what is left to pay"}

	attemptOver = Guard{"the attempt has ended", func(f *Facts) bool { return f.Order.openPayment() == nil }, "a payment is under way"}
	attemptOpen = Guard{"the attempt goes on", func(f *Facts) bool { return f.Order.openPayment() != nil }, "no payment is under way"}
	paidUp      = Guard{"nothing left to pay", func(f *Facts) bool { return f.Order.BalanceDue() == 0 }, "something is left to pay"}
	notPaidUp   = Guard{"something left to pay", func(f *Facts) bool { return f.Order.BalanceDue() > 0 }, "nothing is left to pay"}
	noMoney     = Guard{"nothing captured or held", func(f *Facts) bool {
		return f.Order.kept() == 0 && f.Order.Sums().Held() == 0
	}, "money is captured or held: end the attempt first"}
	someMoney       = Guard{"money captured or held", func(f *Facts) bool { return f.Order.kept() > 0 || f.Order.Sums().Held() > 0 }, "nothing is captured or held"}
	nothingCaptured = Guard{"nothing captured", func(f *Facts) bool { return f.Order.kept() == 0 }, "money has been captured"}
	nothingElse     = Guard{"nothing else held or open", func(f *Facts) bool {
		return f.Order.Sums().Held() == 0 && f.Order.openPayment() == nil
	}, "another payment still holds money"}
	stillHeld    = Guard{"something still held", func(f *Facts) bool { return f.Order.Sums().Held() > 0 }, "nothing is held"}
	attemptsGone = Guard{"no attempts left", func(f *Facts) bool { return !f.Order.attemptsLeft() }, "there are attempts left"}
	duePassed    = Guard{"due date passed", func(f *Facts) bool { return f.Order.Overdue }, "the due date has not come"}
	dueNotPassed = Guard{"due date not passed", func(f *Facts) bool { return !f.Order.Overdue }, "the due date has passed"}

	customersTurn = Guard{"the customer's turn", func(f *Facts) bool {
		p := f.Order.openPayment()
		return p != nil && slices.Contains(customers, p.State)
	}, "the outcome of the payment is not known: sync first"}
	outcomeKnown = Guard{"outcome known", func(*Facts) bool { return false }, "the outcome of the payment is not known: sync first"}
	byCustomer   = Guard{"by the customer", func(f *Facts) bool { return !f.Asking || f.Customer }, "only the customer can reject an order"}
	nothingHeld  = Guard{"nothing held or in flight", func(f *Facts) bool {
		return f.Order.Sums().Held() == 0 && !f.Order.inFlight()
	}, "something is still held or on its way"}
	netPositive    = Guard{"something was paid", func(f *Facts) bool { return f.Order.Sums().Net() > 0 }, "no money of this order is here"}
	somethingToSee = Guard{"something to acknowledge", func(f *Facts) bool {
		return !f.Asking || f.Order.unseen()
	}, "there is nothing that only needs to be seen"}
	takenBefore = Guard{"taken before the rest was let go", func(f *Facts) bool {
		letGo := slices.Contains([]string{"voided", HoldExpired}, f.Order.CancelReason)
		return letGo && f.Payment != nil && f.Payment.takenBeforeRelease()
	}, "it was taken after all was let go"}
	allGoneBack = Guard{"everything has gone back", func(f *Facts) bool {
		s := f.Order.Sums()
		return s.Net() == 0 && s.Held() == 0 && s.DisputedHeld == 0 && !f.Order.inFlight()
	}, "release the hold and refund what was captured first"}
)

// orderPlaced holds when the facts leave the order in a state. A command is not refused for it: it changes them.
func orderPlaced(state State) Guard {
	return Guard{"the facts leave it " + string(state), func(f *Facts) bool { return f.Asking || f.Order.place() == state }, "the facts leave it elsewhere"}
}

// Guards of the payment's machine.
var (
	paymentDated = Guard{"dated in the future", func(f *Facts) bool { return !f.Asking || f.Due.After(f.Now) }, "the payment date must be in the future"}
	sourceStored = Guard{"has a stored source", func(f *Facts) bool { return f.Payment.Source.Stored() }, "a payment for later needs a saved source"}
	isActive     = Guard{"active", func(f *Facts) bool { return !f.Payment.Paused }, "the payment is paused"}

	notAuthenticated = Guard{"not authenticated yet", func(f *Facts) bool { return !f.Payment.authenticated }, "the customer has been authenticated already"}
	mayDowngrade     = Guard{"may go on without 3DS", func(f *Facts) bool { return f.Payment.WithoutThreeDS }, "without 3DS this payment was not to go on"}

	notCapturedWithIt = Guard{"not captured with it", func(f *Facts) bool { return f.Payment.Sums.Captured == 0 }, "it is captured already"}
	capturedWithIt    = Guard{"captured with it", func(f *Facts) bool { return f.Payment.Sums.Captured > 0 }, "it is not captured"}
	approvedInFull    = Guard{"approved in full", func(f *Facts) bool { return !f.Payment.approvedInPart() }, "only a part is approved"}
	approvedInPart    = Guard{"approved in part", func(f *Facts) bool { return f.Payment.approvedInPart() }, "all of it is approved"}
	partWanted        = Guard{"a part is wanted", func(f *Facts) bool { return f.Payment.Partial }, "a part of the amount was not to be taken"}
	approvalUnwanted  = Guard{"approval has no use", func(f *Facts) bool {
		p := f.Payment
		return p.groupFell || p.approvedInPart() && !p.Partial
	}, "the approval is wanted"}
	groupHasFallen = Guard{"its group has fallen", func(f *Facts) bool { return f.Payment.groupFell }, "its group has not fallen"}
	ofThisTry      = Guard{"of this try", func(f *Facts) bool { return !f.Payment.triedBefore(f.Fact) }, "it tells of an earlier try"}
	isVerification = Guard{"amount 0", func(f *Facts) bool { return f.Payment.Amount == 0 }, "only a payment of 0 is a verification"}

	softDecline = Guard{"soft decline", func(f *Facts) bool { return f.Fact != nil && f.Fact.Class == "soft" }, "the decline is final"}
	triesLeft   = Guard{"retries left", func(f *Facts) bool { return f.Payment.Retried < f.Payment.Retries }, "no retries are left"}
	notStepUp   = Guard{"no step-up asked", func(f *Facts) bool { return f.Fact != nil && f.Fact.Code != stepUp }, "the bank asks for 3DS"}
	isStepUp    = Guard{"step-up asked", func(f *Facts) bool { return f.Fact != nil && f.Fact.Code == stepUp }, "the bank does not ask for 3DS"}
	hasThreeDS  = Guard{"3DS available", func(f *Facts) bool { return f.Payment.CanThreeDS && !f.Payment.triedThreeDS() }, "3DS is not available"}

	keyKept = Guard{"the provider still knows the key", func(f *Facts) bool {
		return !f.Asking || (f.Can.KeepsKeys > 0 && f.Now.Sub(f.Payment.asked) < f.Can.KeepsKeys)
	}, "the provider may have forgotten the key: only sync can tell"}
	nothingTaken = Guard{"nothing captured or on its way", func(f *Facts) bool {
		return f.Payment.Sums.Captured == 0 && f.Payment.Sums.CapturePending == 0
	}, "money has been captured"}
)

// stepUp is the response code by which a bank asks for 3DS.
const stepUp = "20154"

// paymentPlaced holds when the money facts leave the payment in a state.
func paymentPlaced(state State) Guard {
	return Guard{"the money leaves it " + string(state), func(f *Facts) bool { return f.Payment.place() == state }, "the money leaves it elsewhere"}
}
