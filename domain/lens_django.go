package domain

// djangoWords are django-payments's: one column for a payment, and an axis for fraud. An order has no word of its own
// there and is read as the payment that pays it.
func djangoWords() []Wording {
	rows := []Wording{
		{Of: OfPayment, Theirs: "waiting", Ours: states(PaymentCreated, PaymentScheduled, PaymentProcessing, PaymentNeedsAction, PaymentRetryWait), Note: "also what its providers leave there after they were asked, as PayPal and 3DS do"},
		{Of: OfPayment, Theirs: "input", Ours: states(PaymentNeedsMethod)},
		{Of: OfPayment, Theirs: "preauth", Ours: states(PaymentAuthorized, PaymentPartAuthorized)},
		{Of: OfPayment, Theirs: "refunded", Ours: states(PaymentCaptured, PaymentPartCaptured), If: ifAllBack, Note: "one name for two facts: money came back, or a hold was let go"},
		{Of: OfPayment, Theirs: "refunded", Ours: states(PaymentVoided, PaymentReversed)},
		{Of: OfPayment, Theirs: "refunded", Ours: states(PaymentExpired), If: ifWasHeld},
		{Of: OfPayment, Theirs: "confirmed", Ours: states(PaymentCaptured, PaymentPartCaptured), Note: "also after a part has gone back; captured_amount is what is left"},
		{Of: OfPayment, Theirs: "rejected", Ours: states(PaymentDeclined, PaymentExpired), Note: "the gateway's no, or a Stripe session that expired; not an order that its customer rejects"},
		{Of: OfPayment, Theirs: "error", Ours: states(PaymentFailed, PaymentUnknown), Note: "it does not tell what was not sent from what nobody knows"},
		{Of: OfPayment, Theirs: "error", Ours: states(PaymentCancelled), Alias: true, Note: "MercadoPago's cancelled arrives as this"},
		{Of: OfPayment, Theirs: "cancelled", Ours: states(PaymentCancelled)},
		no(OfPayment, "nothing is charged by which a card is only verified", PaymentVerified),

		{Of: OfOrder, Theirs: "refunded", Ours: states(OrderPaid, OrderPartPaid), If: ifOrderBack},
		{Of: OfOrder, Theirs: "refunded", Ours: resting, If: ifTakenBack},
		{Of: OfOrder, Theirs: "refunded", Ours: states(OrderCancelled), If: ifLetGo},
		{Of: OfOrder, Theirs: "waiting", Ours: states(OrderIssued)},
		{Of: OfOrder, Theirs: "input", Ours: states(OrderViewed)},
		{Of: OfOrder, Theirs: "input", Ours: states(OrderInProgress), If: lastIs(PaymentNeedsMethod, "its form is open")},
		{Of: OfOrder, Theirs: "error", Ours: states(OrderInProgress), If: lastIs(PaymentUnknown, "nobody knows what became of its payment")},
		{Of: OfOrder, Theirs: "waiting", Ours: states(OrderInProgress)},
		{Of: OfOrder, Theirs: "preauth", Ours: states(OrderHold)},
		{Of: OfOrder, Theirs: "confirmed", Ours: states(OrderPaid, OrderPartPaid)},
		{Of: OfOrder, Theirs: "error", Ours: states(OrderFailed), If: lastIs(PaymentFailed, "its last payment was not taken")},
		{Of: OfOrder, Theirs: "rejected", Ours: states(OrderFailed)},
		{Of: OfOrder, Theirs: "cancelled", Ours: states(OrderCancelled)},
		no(OfOrder, "a draft is no payment yet", OrderDraft),
		no(OfOrder, "it knows no due dates", OrderOverdue, OrderExpired),
		no(OfOrder, "it knows only money that went through it", OrderReceived),
		no(OfOrder, "a customer's refusal has no name", OrderRejected),

		{Of: OfRefund, Theirs: "refunded", Ours: states(RefundSucceeded), If: ifRefundOfAll},
		no(OfRefund, "a refund is no object: a part that goes back leaves the payment confirmed"),

		{Of: OfFraud, Theirs: FraudUnknown, Ours: states(FraudUnknown)},
		{Of: OfFraud, Theirs: FraudAccept, Ours: states(FraudAccept)},
		{Of: OfFraud, Theirs: FraudReject, Ours: states(FraudReject)},
		{Of: OfFraud, Theirs: FraudReview, Ours: states(FraudReview)},
	}
	rows = append(rows, nothingOf("it knows no disputes; its MercadoPago provider calls what was charged back refunded", OfDispute, OfDisputeStage)...)
	rows = append(rows, nothingOf("a call has no status of its own", OfOperation, OfIncrement, OfReversal, OfAction)...)
	return append(rows, nothingOf("it has none", OfThreeDS, OfMandate, OfPayout, OfInstrument, OfHostedPage)...)
}
