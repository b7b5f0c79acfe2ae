package domain

// paymentsAPIWords are those of the payments API for orders and subscriptions: one word for all that a payment is.
// What goes back comes before where the payment stands.
func paymentsAPIWords() []Wording {
	rows := []Wording{
		{Of: OfPayment, Theirs: "pending_refund", If: ifBackOn},
		{Of: OfPayment, Theirs: "refunded", If: ifAllBack},
		{Of: OfPayment, Theirs: "partial_refund", If: ifSomeBack},
		{Of: OfPayment, Theirs: "refund_failed", If: ifBackLost},
		{Of: OfPayment, Theirs: "succeeded", Ours: states(PaymentCaptured), If: ifSettledNow},
		{Of: OfPayment, Theirs: "succeeded", Ours: states(PaymentVerified)},
		{Of: OfPayment, Theirs: "captured", Ours: states(PaymentCaptured), Note: "not settled yet"},
		{Of: OfPayment, Theirs: "reserved", Ours: states(PaymentAuthorized, PaymentPartAuthorized, PaymentPartCaptured), Note: "with amount_paid above 0: part captured"},
		{Of: OfPayment, Theirs: "created", Ours: states(PaymentCreated, PaymentScheduled, PaymentNeedsMethod), Note: "with a payment_date ahead, or not active: scheduled"},
		{Of: OfPayment, Theirs: "processing", Ours: states(PaymentProcessing, PaymentNeedsAction, PaymentUnknown)},
		{Of: OfPayment, Theirs: "on_retry", Ours: states(PaymentRetryWait)},
		{Of: OfPayment, Theirs: "failed", Ours: states(PaymentDeclined, PaymentFailed, PaymentExpired), Note: "with a status_code of the issuer: declined"},
		{Of: OfPayment, Theirs: "cancelled", Ours: states(PaymentCancelled, PaymentVoided, PaymentReversed), Note: "with amount_reserved above 0: voided"},

		{Of: OfOrder, Theirs: "refunded", Ours: states(OrderPaid, OrderPartPaid), If: ifOrderBack},
		{Of: OfOrder, Theirs: "partial_refund", Ours: states(OrderPaid, OrderPartPaid), If: ifOrderPart},
		no(OfOrder, "an order is only what a payment is for: the payment has the state"),

		{Of: OfRefund, Theirs: "refunded", Ours: states(RefundSucceeded), If: ifRefundOfAll},
		{Of: OfRefund, Theirs: "partial_refund", Ours: states(RefundSucceeded)},
		{Of: OfRefund, Theirs: "pending_refund", Ours: states(RefundRequested, RefundPending, RefundReview, RefundUnknown)},
		{Of: OfRefund, Theirs: "refund_failed", Ours: states(RefundFailed, RefundReversed)},
		no(OfRefund, "a refund cannot be stopped", RefundCanceled),
	}
	rows = append(rows, nothingOf("it knows no disputes", OfDispute, OfDisputeStage)...)
	rows = append(rows, nothingOf("a call has no status of its own", OfOperation, OfIncrement, OfReversal, OfAction)...)
	return append(rows, nothingOf("it has none", OfThreeDS, OfFraud, OfMandate, OfPayout, OfInstrument, OfHostedPage)...)
}
