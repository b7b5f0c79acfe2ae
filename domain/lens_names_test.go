package domain

import (
	"slices"
	"strings"
	"testing"
)

// theirNames are the names that each system gives in its own documents, written down apart from the table: none may
// be missing there.
var theirNames = map[System]map[Aspect]string{
	Django: {
		OfPayment: "waiting|preauth|confirmed|rejected|refunded|error|input|cancelled",
		OfFraud:   "unknown|accept|reject|review",
	},
	PaymentsAPI: {
		OfPayment: "created|processing|captured|succeeded|failed|cancelled|reserved|refunded|partial_refund|pending_refund|refund_failed|on_retry",
	},
	Checkout: {
		OfPayment: "Pending|Requested|Authorized|Card Verified|Voided|Partially Captured|Captured|Partially Refunded|Refunded|" +
			"Declined|Canceled|Expired|Paid|Retry Scheduled|Chargeback",
		OfDispute: "dispute_received|evidence_required|evidence_under_review|won|lost|accepted|expired|canceled|resolved|" +
			"arb_evidence_submitted|arbitration_under_review|arbitration_won|arbitration_lost",
		OfThreeDS: "approved|attempted|challenged|challenge_abandoned|declined|expired|pending|processing|rejected|unavailable",
		OfAction:  "Authorization|Card Verification|Void|Capture|Refund|Payout|Return",
		OfOrder:   "Active|Payment Received|Expired",
	},
	Prism: {
		OfPayment: "PAYMENT_STATUS_UNSPECIFIED|STARTED|AUTHENTICATION_FAILED|ROUTER_DECLINED|AUTHENTICATION_PENDING|" +
			"AUTHENTICATION_SUCCESSFUL|AUTHORIZED|AUTHORIZATION_FAILED|CHARGED|AUTHORIZING|COD_INITIATED|VOIDED|VOID_INITIATED|" +
			"CAPTURE_INITIATED|CAPTURE_FAILED|VOID_FAILED|AUTO_REFUNDED|PARTIAL_CHARGED|PARTIAL_CHARGED_AND_CHARGEABLE|" +
			"UNRESOLVED|PENDING|FAILURE|PAYMENT_METHOD_AWAITED|CONFIRMATION_AWAITED|DEVICE_DATA_COLLECTION_PENDING|" +
			"PARTIALLY_AUTHORIZED|EXPIRED|VOIDED_POST_CAPTURE|VoidPostCaptureInitiated|IntegrityFailure|Unknown",
		OfIncrement:    "AUTHORIZATION_SUCCESS|AUTHORIZATION_FAILURE|AUTHORIZATION_PROCESSING|AUTHORIZATION_UNRESOLVED",
		OfRefund:       "REFUND_FAILURE|REFUND_MANUAL_REVIEW|REFUND_PENDING|REFUND_SUCCESS|REFUND_TRANSACTION_FAILURE",
		OfReversal:     "Succeeded|Pending|Failed",
		OfDisputeStage: "PRE_DISPUTE|ACTIVE_DISPUTE|PRE_ARBITRATION",
		OfDispute:      "DISPUTE_OPENED|DISPUTE_EXPIRED|DISPUTE_ACCEPTED|DISPUTE_CANCELLED|DISPUTE_CHALLENGED|DISPUTE_WON|DISPUTE_LOST",
		OfMandate:      "MANDATE_PENDING|ACTIVE|MANDATE_INACTIVE|REVOKED|MANDATE_REVOKE_FAILED",
		OfPayout: "SUCCESS|FAILED|CANCELLED|INITIATED|EXPIRED|REVERSED|PENDING|INELIGIBLE|REQUIRES_CREATION|REQUIRES_CONFIRMATION|" +
			"REQUIRES_PAYOUT_METHOD_DATA|REQUIRES_FULFILLMENT|REQUIRES_VENDOR_ACCOUNT_CREATION",
		OfOperation: "SUCCESS|FAILURE|PENDING|AUTHENTICATION_FAILED|RATE_LIMITED|INVALID_REQUEST",
		OfFraud:     "FRM_APPROVED|FRM_REJECTED",
	},
	Gateway: {
		OfOrder: "Paid|Failed|Issued|In progress|Viewed|Hold|Overdue|Expired|Cancelled|Rejected|Recieved|Refunded|Reversed|" +
			"Refund initiated|Refund failed|Refund reversed|Reversal initiated|Reversal failed|Chargeback|Representation|Retrieval|" +
			"Pre-arbitration|Arbitration|Pre-compliance|Compliance|Good faith|Fraud advice|Test",
		OfPayout: "Created",
	},
	Stripe: {
		OfPayment: "requires_payment_method|requires_confirmation|requires_action|processing|requires_capture|succeeded|canceled",
		OfDispute: "warning_needs_response|warning_under_review|warning_closed|needs_response|under_review|won|lost",
	},
}

func TestNoNameOfASystemIsMissing(t *testing.T) {
	for system, aspects := range theirNames {
		for of, names := range aspects {
			for name := range strings.SplitSeq(names, "|") {
				if !slices.ContainsFunc(wordings()[lensKey{system, of}], func(w Wording) bool { return w.Theirs == name }) {
					t.Errorf("%s %s %q means nothing", system, of, name)
				}
			}
		}
	}
	if len(theirNames) != len(Systems) {
		t.Error("a system has no list of its names")
	}
}
