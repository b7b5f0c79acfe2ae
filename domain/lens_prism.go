package domain

// prismWords are those of hyperswitch-prism: of a payment the status of what was asked of it last, where that has not
// ended well.
func prismWords() []Wording {
	rows := append(prismPayments(), prismCalls()...)
	rows = append(rows, prismDisputes()...)
	rows = append(rows, prismOthers()...)
	return append(rows, nothingOf("it has none", OfHostedPage, OfInstrument, OfAction)...)
}

func prismPayments() []Wording {
	hold := states(PaymentAuthorized, PaymentPartAuthorized)
	return []Wording{
		{Of: OfPayment, Theirs: "IntegrityFailure", Ours: states(PaymentUnknown), If: ifMistrusted},
		{Of: OfPayment, Theirs: "UNRESOLVED", Ours: states(PaymentUnknown)},
		{Of: OfPayment, Theirs: "PAYMENT_STATUS_UNSPECIFIED", Ours: states(PaymentUnknown), Alias: true, Note: "tells nothing: ask"},
		{Of: OfPayment, Theirs: "Unknown", Ours: states(PaymentUnknown), Alias: true, Note: "tells nothing: ask"},
		{Of: OfPayment, Theirs: "STARTED", Ours: states(PaymentScheduled), Note: "it has no later day"},
		{Of: OfPayment, Theirs: "CONFIRMATION_AWAITED", Ours: states(PaymentCreated, PaymentNeedsMethod), If: ifWithSource},
		{Of: OfPayment, Theirs: "STARTED", Ours: states(PaymentCreated)},
		{Of: OfPayment, Theirs: "PAYMENT_METHOD_AWAITED", Ours: states(PaymentNeedsMethod)},
		{Of: OfPayment, Theirs: "COD_INITIATED", Ours: states(PaymentProcessing), If: ifOnDelivery},
		{Of: OfPayment, Theirs: "DEVICE_DATA_COLLECTION_PENDING", Ours: states(PaymentNeedsAction), If: ifLookingUp},
		{Of: OfPayment, Theirs: "AUTHENTICATION_PENDING", Ours: states(PaymentNeedsAction), Note: "3DS or a redirect"},
		{Of: OfPayment, Theirs: "AUTHENTICATION_SUCCESSFUL", Ours: states(PaymentProcessing), If: ifBeenAuthed},
		{Of: OfPayment, Theirs: "PENDING", Ours: states(PaymentProcessing), If: ifBeingDone},
		{Of: OfPayment, Theirs: "PENDING", Ours: states(PaymentRetryWait), Note: "it does not retry by itself; its Checkout.com connector says this of one that will be"},
		{Of: OfPayment, Theirs: "AUTHORIZING", Ours: states(PaymentProcessing)},
		{Of: OfPayment, Theirs: "CAPTURE_INITIATED", Ours: hold, If: ifCapturing},
		{Of: OfPayment, Theirs: "VOID_INITIATED", Ours: hold, If: ifVoiding},
		{Of: OfPayment, Theirs: "CAPTURE_FAILED", Ours: hold, If: ifNotCaptured, Note: "an end there; here the money is still held, and capture can be tried again"},
		{Of: OfPayment, Theirs: "VOID_FAILED", Ours: hold, If: ifNotVoided, Note: "an end there; here the money is still held"},
		{Of: OfPayment, Theirs: "AUTHORIZED", Ours: states(PaymentAuthorized)},
		{Of: OfPayment, Theirs: "PARTIALLY_AUTHORIZED", Ours: states(PaymentPartAuthorized)},
		{Of: OfPayment, Theirs: "VoidPostCaptureInitiated", Ours: states(PaymentCaptured), If: ifReversing},
		{Of: OfPayment, Theirs: "AUTO_REFUNDED", Ours: states(PaymentCaptured), If: ifBackByItself},
		{Of: OfPayment, Theirs: "PARTIAL_CHARGED", Ours: states(PaymentCaptured), If: ifRestReleased, Note: "as a rule the order is part paid"},
		{Of: OfPayment, Theirs: "CHARGED", Ours: states(PaymentCaptured), Note: "also after refunds, which are objects of their own"},
		{Of: OfPayment, Theirs: "PARTIAL_CHARGED_AND_CHARGEABLE", Ours: states(PaymentPartCaptured)},
		{Of: OfPayment, Theirs: "VOIDED", Ours: states(PaymentVoided, PaymentCancelled), Note: "Void is its cancel"},
		{Of: OfPayment, Theirs: "VOIDED_POST_CAPTURE", Ours: states(PaymentReversed)},
		{Of: OfPayment, Theirs: "EXPIRED", Ours: states(PaymentExpired)},
		{Of: OfPayment, Theirs: "AUTHENTICATION_FAILED", Ours: states(PaymentDeclined), If: ifNotAuthed},
		{Of: OfPayment, Theirs: "AUTHORIZATION_FAILED", Ours: states(PaymentDeclined)},
		{Of: OfPayment, Theirs: "FAILURE", Ours: states(PaymentDeclined), If: ifCoded, Alias: true},
		{Of: OfPayment, Theirs: "ROUTER_DECLINED", Ours: states(PaymentFailed), If: ifNotSentYet},
		{Of: OfPayment, Theirs: "FAILURE", Ours: states(PaymentFailed)},
		no(OfPayment, "a check of a card is no payment", PaymentVerified),

		{Of: OfPayment, Theirs: "CAPTURED", Ours: states(PaymentCaptured), Alias: true, Note: "in its documentation only"},
		{Of: OfPayment, Theirs: "SUCCEEDED", Ours: states(PaymentCaptured), Alias: true, Note: "in its documentation only"},
		{Of: OfPayment, Theirs: "FAILED", Ours: states(PaymentFailed), Alias: true, Note: "in its documentation only"},
		{Of: OfPayment, Theirs: "REVERSED", Ours: states(PaymentReversed), Alias: true, Note: "in its documentation only"},
		{Of: OfOrder, Theirs: "REFUNDED", Ours: states(OrderPaid, OrderPartPaid), If: ifOrderBack, Alias: true, Note: "in its documentation only"},
		{Of: OfOrder, Theirs: "PARTIALLY_REFUNDED", Ours: states(OrderPaid, OrderPartPaid), If: ifOrderPart, Alias: true, Note: "in its documentation only"},
		no(OfOrder, "an order is made before its payment, and has no status"),
	}
}

// prismCalls are the words for what was asked for: calls, increments, reversals, refunds.
func prismCalls() []Wording {
	return []Wording{
		{Of: OfOperation, Theirs: "SUCCESS", Ours: states(OpSucceeded)},
		{Of: OfOperation, Theirs: "AUTHENTICATION_FAILED", Ours: states(OpFailed), If: ifCustomerFail},
		{Of: OfOperation, Theirs: "FAILURE", Ours: states(OpFailed)},
		{Of: OfOperation, Theirs: "PENDING", Ours: states(OpRequested, OpPending)},
		{Of: OfOperation, Theirs: "RATE_LIMITED", Ours: states(OpNotSent), If: ifTooOften},
		{Of: OfOperation, Theirs: "INVALID_REQUEST", Ours: states(OpNotSent)},
		no(OfOperation, "a lost answer is an error of its client, and no status", OpUnknown),

		{Of: OfIncrement, Theirs: "AUTHORIZATION_SUCCESS", Ours: states(OpSucceeded)},
		{Of: OfIncrement, Theirs: "AUTHORIZATION_FAILURE", Ours: states(OpFailed, OpNotSent)},
		{Of: OfIncrement, Theirs: "AUTHORIZATION_PROCESSING", Ours: states(OpRequested, OpPending)},
		{Of: OfIncrement, Theirs: "AUTHORIZATION_UNRESOLVED", Ours: states(OpUnknown)},

		{Of: OfReversal, Theirs: "Succeeded", Ours: states(OpSucceeded)},
		{Of: OfReversal, Theirs: "Pending", Ours: states(OpRequested, OpPending, OpUnknown)},
		{Of: OfReversal, Theirs: "Failed", Ours: states(OpFailed, OpNotSent)},

		{Of: OfRefund, Theirs: "REFUND_PENDING", Ours: states(RefundRequested, RefundPending, RefundUnknown)},
		{Of: OfRefund, Theirs: "REFUND_SUCCESS", Ours: states(RefundSucceeded)},
		{Of: OfRefund, Theirs: "SUCCEEDED", Ours: states(RefundSucceeded), Alias: true, Note: "in its documentation only"},
		{Of: OfRefund, Theirs: "REFUND_FAILURE", Ours: states(RefundFailed)},
		{Of: OfRefund, Theirs: "REFUND_TRANSACTION_FAILURE", Ours: states(RefundFailed), Alias: true},
		{Of: OfRefund, Theirs: "REFUND_MANUAL_REVIEW", Ours: states(RefundReview)},
		no(OfRefund, "a refund cannot be stopped, and does not come back", RefundCanceled, RefundReversed),
	}
}

// prismDisputes: a stage and a status, as in till, but of fewer stages.
func prismDisputes() []Wording {
	return []Wording{
		{Of: OfDisputeStage, Theirs: "PRE_DISPUTE", Ours: states(ChargebackOpen), If: ifAnnounced},
		{Of: OfDisputeStage, Theirs: "PRE_DISPUTE", Ours: retrievals},
		{Of: OfDisputeStage, Theirs: "ACTIVE_DISPUTE", Ours: states(
			ChargebackOpen, ChargebackResolved, ChargebackAccepted, ChargebackExpired, ChargebackWithdrawn,
			RepresentmentResponded, RepresentmentWithdrawn, RepresentmentWon, RepresentmentLost,
		)},
		{Of: OfDisputeStage, Theirs: "PRE_ARBITRATION", Ours: states(
			PreArbitrationOpen, PreArbitrationResponded, PreArbitrationAccepted, PreArbitrationExpired, PreArbitrationWon, PreArbitrationLost,
		)},
		{Of: OfDisputeStage, Theirs: "PRE_ARBITRATION", Ours: states(ArbitrationOpen, ArbitrationResponded, ArbitrationWon, ArbitrationLost), Note: "it has no arbitration"},
		no(OfDisputeStage, "it knows only cases about a chargeback"),

		{Of: OfDispute, Theirs: "DISPUTE_OPENED", Ours: states(RetrievalOpen, ChargebackOpen, PreArbitrationOpen, ArbitrationOpen)},
		{Of: OfDispute, Theirs: "DISPUTE_CHALLENGED", Ours: states(RetrievalResponded, RepresentmentResponded, PreArbitrationResponded, ArbitrationResponded)},
		{Of: OfDispute, Theirs: "DISPUTE_ACCEPTED", Ours: states(ChargebackAccepted, PreArbitrationAccepted)},
		{Of: OfDispute, Theirs: "DISPUTE_EXPIRED", Ours: states(RetrievalExpired, ChargebackExpired, PreArbitrationExpired)},
		{Of: OfDispute, Theirs: "DISPUTE_CANCELLED", Ours: states(RetrievalClosed, ChargebackWithdrawn, RepresentmentWithdrawn)},
		{Of: OfDispute, Theirs: "DISPUTE_WON", Ours: states(RepresentmentWon, PreArbitrationWon, ArbitrationWon)},
		{Of: OfDispute, Theirs: "DISPUTE_LOST", Ours: states(RepresentmentLost, PreArbitrationLost, ArbitrationLost)},
		no(OfDispute, "a case that its provider settles is not told of", ChargebackResolved),
		no(OfDispute, "it knows only cases about a chargeback"),
	}
}

func prismOthers() []Wording {
	return []Wording{
		{Of: OfThreeDS, Theirs: "Y", Ours: states(ThreeDSFrictionless, ThreeDSPassed), Note: "its TransactionStatus is EMV's letter"},
		{Of: OfThreeDS, Theirs: "A", Ours: states(ThreeDSAttempted)},
		{Of: OfThreeDS, Theirs: "C", Ours: states(ThreeDSChallenge)},
		{Of: OfThreeDS, Theirs: "D", Ours: states(ThreeDSDecoupled)},
		{Of: OfThreeDS, Theirs: "N", Ours: states(ThreeDSFailed, ThreeDSAbandoned)},
		{Of: OfThreeDS, Theirs: "R", Ours: states(ThreeDSRejected)},
		{Of: OfThreeDS, Theirs: "U", Ours: states(ThreeDSUnavailable)},
		{Of: OfThreeDS, Theirs: "I", Ours: states(ThreeDSExempted)},
		no(OfThreeDS, "the bank has not said anything yet", ThreeDSNotRequested, ThreeDSLookup),

		{Of: OfFraud, Theirs: "FRM_APPROVED", Ours: states(FraudAccept)},
		{Of: OfFraud, Theirs: "FRM_REJECTED", Ours: states(FraudReject)},
		no(OfFraud, "it tells of verdicts only", FraudUnknown, FraudReview),

		{Of: OfMandate, Theirs: "MANDATE_REVOKE_FAILED", Ours: states(MandateActive, MandatePaused), If: ifRevokeFailed},
		{Of: OfMandate, Theirs: "MANDATE_PENDING", Ours: states(MandatePending)},
		{Of: OfMandate, Theirs: "ACTIVE", Ours: states(MandateActive)},
		{Of: OfMandate, Theirs: "MANDATE_INACTIVE", Ours: states(MandatePaused)},
		{Of: OfMandate, Theirs: "REVOKED", Ours: states(MandateEnded)},
		no(OfMandate, "one that could not be set up is a call that failed", MandateFailed),

		{Of: OfPayout, Theirs: "REQUIRES_CREATION", Ours: states(PayoutCreated), If: ifUntold},
		{Of: OfPayout, Theirs: "INITIATED", Ours: states(PayoutCreated)},
		{Of: OfPayout, Theirs: "INITIATED", Ours: states(PayoutProcessing), Alias: true, Note: "after it was confirmed"},
		{Of: OfPayout, Theirs: "REQUIRES_PAYOUT_METHOD_DATA", Ours: states(PayoutNeedsData)},
		{Of: OfPayout, Theirs: "REQUIRES_CONFIRMATION", Ours: states(PayoutNeedsData), Alias: true},
		{Of: OfPayout, Theirs: "REQUIRES_FULFILLMENT", Ours: states(PayoutNeedsData), Alias: true},
		{Of: OfPayout, Theirs: "REQUIRES_VENDOR_ACCOUNT_CREATION", Ours: states(PayoutNeedsData), Alias: true},
		{Of: OfPayout, Theirs: "PENDING", Ours: states(PayoutProcessing)},
		{Of: OfPayout, Theirs: "SUCCESS", Ours: states(PayoutPaid)},
		{Of: OfPayout, Theirs: "FAILED", Ours: states(PayoutFailed), If: ifConfirmed},
		{Of: OfPayout, Theirs: "INELIGIBLE", Ours: states(PayoutFailed), Note: "before it was confirmed"},
		{Of: OfPayout, Theirs: "CANCELLED", Ours: states(PayoutCanceled)},
		{Of: OfPayout, Theirs: "EXPIRED", Ours: states(PayoutExpired)},
		{Of: OfPayout, Theirs: "REVERSED", Ours: states(PayoutReturned)},
	}
}
