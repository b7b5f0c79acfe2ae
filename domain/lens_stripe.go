package domain

// stripeWords are Stripe's, for reference: no provider of till speaks them.
func stripeWords() []Wording {
	rows := append(stripePayments(), stripeDisputes()...)
	rows = append(rows, nothingOf("a PaymentIntent is both order and payment: the payment says it", OfOrder)...)
	rows = append(rows, nothingOf("a call has no status of its own", OfOperation, OfIncrement, OfReversal, OfAction)...)
	return append(rows, nothingOf("it is not read here", OfDisputeStage, OfThreeDS, OfFraud, OfMandate, OfInstrument, OfHostedPage)...)
}

func stripePayments() []Wording {
	return []Wording{
		{Of: OfPayment, Theirs: "requires_confirmation", Ours: states(PaymentCreated, PaymentNeedsMethod), If: ifWithSource},
		{Of: OfPayment, Theirs: "requires_payment_method", Ours: states(PaymentCreated, PaymentNeedsMethod)},
		{Of: OfPayment, Theirs: "requires_payment_method", Ours: states(PaymentDeclined, PaymentFailed, PaymentRetryWait), Note: "after a failure; one intent is tried again where till makes another payment"},
		{Of: OfPayment, Theirs: "requires_action", Ours: states(PaymentNeedsAction)},
		{Of: OfPayment, Theirs: "processing", Ours: states(PaymentProcessing)},
		{Of: OfPayment, Theirs: "requires_capture", Ours: states(PaymentAuthorized, PaymentPartAuthorized, PaymentPartCaptured)},
		{Of: OfPayment, Theirs: "succeeded", Ours: states(PaymentCaptured), Note: "also after refunds"},
		{Of: OfPayment, Theirs: "canceled", Ours: states(PaymentCancelled, PaymentVoided, PaymentExpired)},
		no(OfPayment, "what was captured is never taken back there, only refunded", PaymentReversed),
		no(OfPayment, "there is no intent before the day comes", PaymentScheduled),
		no(OfPayment, "a check of a card is a SetupIntent", PaymentVerified),
		no(OfPayment, "a lost answer is an error, and no status", PaymentUnknown),

		{Of: OfRefund, Theirs: "pending", Ours: states(RefundRequested, RefundPending, RefundUnknown)},
		{Of: OfRefund, Theirs: "requires_action", Ours: states(RefundReview)},
		{Of: OfRefund, Theirs: "succeeded", Ours: states(RefundSucceeded)},
		{Of: OfRefund, Theirs: "failed", Ours: states(RefundFailed, RefundReversed), Note: "also after it had succeeded"},
		{Of: OfRefund, Theirs: "canceled", Ours: states(RefundCanceled)},

		{Of: OfPayout, Theirs: "pending", Ours: states(PayoutCreated, PayoutNeedsData)},
		{Of: OfPayout, Theirs: "in_transit", Ours: states(PayoutProcessing)},
		{Of: OfPayout, Theirs: "paid", Ours: states(PayoutPaid)},
		{Of: OfPayout, Theirs: "failed", Ours: states(PayoutFailed, PayoutReturned), Note: "also after it was paid"},
		{Of: OfPayout, Theirs: "canceled", Ours: states(PayoutCanceled)},
		no(OfPayout, "a payout has no time in which it must be confirmed", PayoutExpired),
	}
}

// stripeDisputes: an inquiry has words of its own, a case about a broken rule has those of every other.
func stripeDisputes() []Wording {
	return []Wording{
		{Of: OfDispute, Theirs: "warning_needs_response", Ours: states(RetrievalOpen)},
		{Of: OfDispute, Theirs: "warning_under_review", Ours: states(RetrievalResponded)},
		{Of: OfDispute, Theirs: "warning_closed", Ours: states(RetrievalClosed, RetrievalExpired)},
		{Of: OfDispute, Ours: states(ChargebackOpen), If: ifAnnounced, Note: "it tells of a case when the money is taken"},
		{Of: OfDispute, Theirs: "needs_response", Ours: states(ChargebackOpen)},
		{Of: OfDispute, Theirs: "needs_response", Ours: states(PreComplianceOpen, ComplianceOpen), Note: "its case_type is compliance"},
		{Of: OfDispute, Theirs: "under_review", Ours: states(RepresentmentResponded, PreArbitrationOpen, PreArbitrationResponded, ArbitrationOpen, ArbitrationResponded)},
		{Of: OfDispute, Theirs: "under_review", Ours: states(PreComplianceResponded, ComplianceResponded), Note: "its case_type is compliance"},
		{Of: OfDispute, Theirs: "won", Ours: states(ChargebackWithdrawn, RepresentmentWithdrawn, RepresentmentWon, PreArbitrationWon, ArbitrationWon)},
		{Of: OfDispute, Theirs: "won", Ours: states(PreComplianceWithdrawn, ComplianceWon), Note: "its case_type is compliance"},
		{Of: OfDispute, Theirs: "lost", Ours: losses},
		{Of: OfDispute, Theirs: "lost", Ours: states(PreComplianceAccepted, PreComplianceExpired, ComplianceLost), Note: "its case_type is compliance"},
		{Of: OfDispute, Theirs: "prevented", Ours: states(ChargebackResolved), Note: "its case_type is resolution"},
		no(OfDispute, "a report of fraud is an early warning, and no dispute", fraudAdvices...),
		no(OfDispute, "it knows no good faith"),
	}
}
