package domain

import "slices"

// Guards of what a command may do with a payment (lifecycle §12, I2 to I16).
var (
	notUnwanted    = Guard{"not unwanted", func(f *Facts) bool { return !f.Payment.Unwanted }, "it is being voided by itself"}
	notWaiting     = Guard{"not waiting for its group", func(f *Facts) bool { return !f.Payment.Waiting }, "it waits for the other payments of its group"}
	nothingUnknown = Guard{"nothing unknown", func(f *Facts) bool { return !f.Payment.hasUnknown() }, "the outcome of an operation is unknown: sync first"}
	oneAtATime     = Guard{"no other operation in flight", func(f *Facts) bool {
		return !f.Payment.opInFlight(Capture, Void, Increment, Reverse)
	}, "another operation on this payment is on its way"}
	noReverse       = Guard{"no reversal in flight", func(f *Facts) bool { return !f.Payment.opInFlight(Reverse) }, "a reversal is on its way"}
	orderTakesMoney = Guard{"the order has a use for it", func(f *Facts) bool {
		return slices.Contains([]State{OrderHold, OrderPartPaid, OrderPaid}, f.Order.State)
	}, "the order has no use for this money: void it"}
	withinCapturable = Guard{"amount can be captured", func(f *Facts) bool {
		return f.Amount >= 1 && f.Amount <= f.Payment.Sums.Capturable()
	}, "that is more than what is held"}
	withinLimit = Guard{"within the order's limit", func(f *Facts) bool {
		s := f.Order.Sums()
		return s.Captured-s.Reversed+s.CapturePending+f.Amount <= f.Order.Limit()
	}, "that is more than the order comes to"}
	withinRefundable = Guard{"amount can be refunded", func(f *Facts) bool {
		return f.Amount >= 1 && f.Amount <= f.Payment.Sums.Refundable()
	}, "that is more than what can be refunded"}
	refundableLeft = Guard{"something to refund", func(f *Facts) bool { return f.Payment.Sums.Refundable() > 0 }, "nothing is left to refund"}
	voidable       = Guard{"something to void", func(f *Facts) bool { return f.Payment.Sums.Voidable() > 0 }, "nothing is held that could be voided"}
	wasCaptured    = Guard{"captured", func(f *Facts) bool {
		return slices.Contains([]State{PaymentCaptured, PaymentPartCaptured}, f.Payment.State)
	}, "only captured money can be refunded"}

	canPartCapture = Guard{"the method captures parts", func(f *Facts) bool {
		return !f.Asking || f.Can.PartialCapture || f.Amount == f.Payment.Sums.Capturable()
	}, "this method captures all of it or nothing"}
	canVoid   = Guard{"the method voids", func(f *Facts) bool { return !f.Asking || f.Can.Void }, "this method cannot void"}
	canRefund = Guard{"the method refunds", func(f *Facts) bool { return !f.Asking || f.Can.Refund }, "this method cannot refund"}
	canPart   = Guard{"the method refunds parts", func(f *Facts) bool {
		return !f.Asking || f.Can.PartialRefund || f.Amount == f.Payment.Sums.Captured
	}, "this method refunds all of it or nothing"}
	canSync     = Guard{"the method can be asked", func(f *Facts) bool { return !f.Asking || f.Can.Sync }, "this method has nobody to ask"}
	canPartVoid = Guard{"the method lets go of the rest", func(f *Facts) bool {
		return !f.Asking || f.Can.PartialVoid || f.Payment.Sums.Captured == 0
	}, "this method lets the rest go only when its time is over"}
	canIncrement = Guard{"the method increments", func(f *Facts) bool { return !f.Asking || f.Can.Increment }, "this method cannot set more aside"}
	amountGiven  = Guard{"an amount is given", func(f *Facts) bool { return f.Amount >= 1 }, "that is not more than what is set aside already"}
	canReverse   = Guard{"the method reverses", func(f *Facts) bool { return !f.Asking || f.Can.Reverse }, "this method cannot reverse: refund it"}
	beforeCutoff = Guard{"before the settlement", func(f *Facts) bool {
		return !f.Asking || !f.Payment.Settled(f.Now)
	}, "the business day is over and the money is settled: refund it"}
	nothingBack = Guard{"nothing has gone back", func(f *Facts) bool {
		s := f.Payment.Sums
		return s.Returned() == 0 && s.RefundPending == 0 && s.DisputedHeld == 0 && s.DisputedLost == 0
	}, "money has gone back or is disputed already"}
	notRefusedYet = Guard{"not refused before", func(f *Facts) bool {
		return !slices.ContainsFunc(f.Payment.Operations, func(op *Operation) bool { return op.Kind == Reverse && op.refused })
	}, "the provider has refused to reverse it: refund it"}
	screened = Guard{"not held back by screening", func(f *Facts) bool {
		return !f.Payment.Fraud.Holds()
	}, "screening for fraud holds it back: accept it, or void it"}
	notJudged = Guard{"not judged yet", func(f *Facts) bool {
		return !f.Asking || !f.Payment.Fraud.Said() || f.Payment.Fraud.Waits()
	}, "it has been judged already"}
	hasSession = Guard{"the customer has something to do", func(f *Facts) bool {
		return !f.Asking || f.Payment.Session() != nil
	}, "there is nothing that the customer has to do elsewhere"}
	cancellable = Guard{"the customer's turn, or waiting for its group", func(f *Facts) bool {
		return f.Payment.Waiting || slices.Contains(customers, f.Payment.State)
	}, "the money is held: void it"}
	notAsked    = Guard{"nothing on its way", func(f *Facts) bool { return !f.Payment.inFlight() }, "something is on its way to the provider"}
	notStopping = Guard{"not being stopped", func(f *Facts) bool {
		return !slices.ContainsFunc(f.Payment.Operations, func(op *Operation) bool {
			return op.Kind == RefundCancel && op.Refund == f.Refund.ID && op.InFlight()
		})
	}, "it is being stopped already"}
	notRepeated     = Guard{"not repeated yet", func(f *Facts) bool { return !f.Payment.repeated(f.Refund) }, "it has been repeated already"}
	canCancelRefund = Guard{"the method stops refunds", func(f *Facts) bool { return !f.Asking || f.Can.RefundCancel }, "this method cannot stop a refund"}

	wasSent = Guard{"something was sent", func(f *Facts) bool { return len(f.Payment.Operations) > 0 }, "nothing was sent yet"}
)

// guardsOfRefund are what a refund must pass (I5, I13, I14).
var guardsOfRefund = []Guard{wasCaptured, nothingUnknown, noReverse, refundableLeft, withinRefundable, canRefund, canPart}
