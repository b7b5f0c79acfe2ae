package domain

// checkoutWords are Checkout.com's. An order is read as the link that leads to its payment.
func checkoutWords() []Wording {
	rows := append(checkoutPayments(), checkoutDisputes()...)
	rows = append(rows, checkoutThreeDS()...)
	rows = append(rows, nothingOf("a refund is an action: the payment says that it is refunded, or in part", OfRefund)...)
	rows = append(rows, nothingOf("an action is approved or not, and has no status", OfOperation, OfIncrement, OfReversal)...)
	return append(rows, nothingOf("it has none: a flag says that there is a risk", OfFraud, OfMandate, OfDisputeStage)...)
}

func checkoutPayments() []Wording {
	return []Wording{
		{Of: OfPayment, Theirs: "Refunded", Ours: states(PaymentCaptured, PaymentPartCaptured), If: ifAllBack},
		{Of: OfPayment, Theirs: "Partially Refunded", Ours: states(PaymentCaptured, PaymentPartCaptured), If: ifSomeBack},
		{Of: OfPayment, Theirs: "Partially Captured", Ours: states(PaymentPartCaptured), Note: "available_to_capture is above 0"},
		{Of: OfPayment, Theirs: "Partially Captured", Ours: states(PaymentCaptured), If: ifRestReleased},
		{Of: OfPayment, Theirs: "Captured", Ours: states(PaymentCaptured)},
		{Of: OfPayment, Theirs: "Chargeback", Ours: states(PaymentCaptured, PaymentPartCaptured), If: ifDisputed, Alias: true, Note: "of the second version only; now the dispute says it"},
		{Of: OfPayment, Theirs: "Paid", Ours: states(PaymentCaptured), If: ifSettledNow, Alias: true, Note: "of some methods"},
		{Of: OfPayment, Theirs: "Authorized", Ours: states(PaymentAuthorized, PaymentPartAuthorized), Note: "the approved amount tells them apart"},
		{Of: OfPayment, Theirs: "Card Verified", Ours: states(PaymentVerified)},
		{Of: OfPayment, Theirs: "Voided", Ours: states(PaymentVoided, PaymentReversed), Note: "a reversal is a void or a refund there, as it chooses"},
		{Of: OfPayment, Theirs: "Pending", Ours: states(PaymentNeedsAction, PaymentProcessing), Note: "with a redirect link: needs action"},
		{Of: OfPayment, Theirs: "Requested", Ours: states(PaymentProcessing), Alias: true},
		{Of: OfPayment, Theirs: "Retry Scheduled", Ours: states(PaymentRetryWait)},
		{Of: OfPayment, Theirs: "Declined", Ours: states(PaymentDeclined)},
		{Of: OfPayment, Theirs: "Canceled", Ours: states(PaymentCancelled)},
		{Of: OfPayment, Theirs: "Expired", Ours: states(PaymentExpired)},
		no(OfPayment, "before it is requested there is no payment, only the link that leads to it", PaymentCreated, PaymentNeedsMethod, PaymentScheduled),
		no(OfPayment, "a call that failed, or whose answer was lost, is an error and no payment", PaymentFailed, PaymentUnknown),

		{Of: OfOrder, Theirs: "Active", Ours: states(OrderIssued, OrderViewed, OrderInProgress, OrderFailed, OrderOverdue), Note: "of a payment link: it can be used"},
		{Of: OfOrder, Theirs: "Payment Received", Ours: states(OrderPaid)},
		{Of: OfOrder, Theirs: "Expired", Ours: states(OrderExpired)},
		no(OfOrder, "a link is usable, paid or expired: it says nothing of less", OrderDraft, OrderHold, OrderPartPaid, OrderReceived, OrderCancelled, OrderRejected),

		{Of: OfHostedPage, Theirs: "Payment Pending", Ours: states(OrderViewed, OrderInProgress)},
		{Of: OfHostedPage, Theirs: "Payment Received", Ours: states(OrderPaid)},
		{Of: OfHostedPage, Theirs: "Expired", Ours: states(OrderExpired)},
		no(OfHostedPage, "the page says only that somebody is on it, has paid, or is too late"),

		{Of: OfAction, Theirs: "Card Verification", Ours: states(State(Authorize)), If: ifOfNothing},
		{Of: OfAction, Theirs: "Authorization", Ours: states(State(Authorize), State(ChargeRecurring), State(Increment))},
		{Of: OfAction, Theirs: "Capture", Ours: states(State(Capture))},
		{Of: OfAction, Theirs: "Void", Ours: states(State(Void), State(Reverse))},
		{Of: OfAction, Theirs: "Refund", Ours: states(State(RefundMoney))},
		{Of: OfAction, Theirs: "Payout", Ours: states(State(PayoutMoney), State(PayoutConfirm))},
		{Of: OfAction, Theirs: "Return", Ours: states(PayoutReturned)},
		no(OfAction, "it moves no money: no action"),

		{Of: OfPayout, Theirs: "Requested", Ours: states(PayoutCreated)},
		{Of: OfPayout, Theirs: "Pending", Ours: states(PayoutProcessing)},
		{Of: OfPayout, Theirs: "Paid", Ours: states(PayoutPaid, PayoutReturned), Note: "that it came back is an action"},
		{Of: OfPayout, Theirs: "Declined", Ours: states(PayoutFailed)},
		{Of: OfPayout, Theirs: "Canceled", Ours: states(PayoutCanceled)},
		{Of: OfPayout, Theirs: "Expired", Ours: states(PayoutExpired)},
		no(OfPayout, "what is missing is an error, and no payout", PayoutNeedsData),

		{Of: OfInstrument, Theirs: "Active", Ours: states(SourceActive)},
		no(OfInstrument, "what was removed is not found any more", SourceRemoved),
	}
}

func checkoutDisputes() []Wording {
	return []Wording{
		{Of: OfDispute, Theirs: "dispute_received", Ours: states(ChargebackOpen), If: ifAnnounced, Note: "an event; the status comes with the debit"},
		{Of: OfDispute, Theirs: "evidence_required", Ours: states(ChargebackOpen)},
		{Of: OfDispute, Theirs: "evidence_under_review", Ours: states(RepresentmentResponded)},
		{Of: OfDispute, Theirs: "won", Ours: states(RepresentmentWon)},
		{Of: OfDispute, Theirs: "lost", Ours: states(RepresentmentLost)},
		{Of: OfDispute, Theirs: "accepted", Ours: states(ChargebackAccepted)},
		{Of: OfDispute, Theirs: "expired", Ours: states(ChargebackExpired)},
		{Of: OfDispute, Theirs: "canceled", Ours: states(ChargebackWithdrawn, RepresentmentWithdrawn)},
		{Of: OfDispute, Theirs: "resolved", Ours: states(ChargebackResolved)},
		{Of: OfDispute, Theirs: "arbitration_under_review", Ours: states(ArbitrationOpen, ArbitrationResponded)},
		{Of: OfDispute, Theirs: "arb_evidence_submitted", Ours: states(ArbitrationResponded), Alias: true, Note: "until the scheme has it"},
		{Of: OfDispute, Theirs: "arbitration_won", Ours: states(ArbitrationWon)},
		{Of: OfDispute, Theirs: "arbitration_lost", Ours: states(ArbitrationLost)},
		no(OfDispute, "reports of fraud are another feed", fraudAdvices...),
		no(OfDispute, "it passes no inquiries on", retrievals...),
		no(OfDispute, "it is a part of arbitration there", PreArbitrationOpen, PreArbitrationResponded, PreArbitrationAccepted, PreArbitrationExpired, PreArbitrationWon, PreArbitrationLost),
		no(OfDispute, "it knows only cases about a chargeback"),
	}
}

func checkoutThreeDS() []Wording {
	return []Wording{
		{Of: OfThreeDS, Theirs: "approved", Ours: states(ThreeDSFrictionless, ThreeDSPassed)},
		{Of: OfThreeDS, Theirs: "attempted", Ours: states(ThreeDSAttempted)},
		{Of: OfThreeDS, Theirs: "challenged", Ours: states(ThreeDSChallenge)},
		{Of: OfThreeDS, Theirs: "expired", Ours: states(ThreeDSAbandoned), If: ifTimedOut},
		{Of: OfThreeDS, Theirs: "challenge_abandoned", Ours: states(ThreeDSAbandoned)},
		{Of: OfThreeDS, Theirs: "declined", Ours: states(ThreeDSFailed)},
		{Of: OfThreeDS, Theirs: "pending", Ours: states(ThreeDSLookup)},
		{Of: OfThreeDS, Theirs: "processing", Ours: states(ThreeDSLookup), Alias: true},
		{Of: OfThreeDS, Theirs: "rejected", Ours: states(ThreeDSRejected)},
		{Of: OfThreeDS, Theirs: "unavailable", Ours: states(ThreeDSUnavailable)},
		no(OfThreeDS, "nobody asked, so there is no session", ThreeDSNotRequested, ThreeDSExempted),
		no(OfThreeDS, "the customer answers elsewhere, which has no name there", ThreeDSDecoupled),
	}
}
