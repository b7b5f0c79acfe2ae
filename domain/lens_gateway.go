package domain

import (
	"slices"
	"strings"
)

// gatewayWords are the order gateway's: one flat name for all that an order is, as the projection has it, and the same
// names for the parts that it is made of.
func gatewayWords() []Wording {
	rows := slices.Concat(gatewayOrders(), gatewayParts())
	rows = append(rows, nothingOf("an order has one payment there, and says how it stands", OfPayment)...)
	rows = append(rows, nothingOf("a call has no status of its own", OfOperation, OfIncrement, OfAction)...)
	return append(rows, nothingOf("it has none", OfDisputeStage, OfThreeDS, OfFraud, OfMandate, OfInstrument, OfHostedPage)...)
}

// gatewayOrders follow the projection: what it says of an order's money comes before the order's own state.
func gatewayOrders() []Wording {
	given := states(OrderPaid, OrderPartPaid)
	rows := []Wording{
		{Of: OfOrder, Theirs: "Test", If: ifTestOrder, Alias: true, Note: "a badge, beside the status"},
	}
	for _, stage := range gatewayStages {
		rows = append(rows, Wording{Of: OfOrder, Theirs: stage.theirs, If: ifOpenCase(stage.ours)})
	}
	return append(rows,
		Wording{Of: OfOrder, Theirs: "Reversal initiated", If: flat("reversal_initiated", "a reversal is on its way")},
		Wording{Of: OfOrder, Theirs: "Refund initiated", If: flat("refund_initiated", "a refund is on its way")},
		Wording{Of: OfOrder, Theirs: "Reversal failed", Ours: given, If: flat("reversal_failed", "the newest reversal failed, and nobody has seen it")},
		Wording{Of: OfOrder, Theirs: "Refund failed", Ours: given, If: flat("refund_failed", "the newest refund failed, and nobody has seen it")},
		Wording{Of: OfOrder, Theirs: "Refund reversed", Ours: given, If: flat("refund_reversed", "the newest refund came back, and nobody has seen it")},
		Wording{Of: OfOrder, Theirs: "Reversed", Ours: resting, If: flat("reversed", "all that was captured was reversed")},
		Wording{Of: OfOrder, Theirs: "Refunded", Ours: given, If: flat("refunded", "all of it has gone back")},
		Wording{Of: OfOrder, Theirs: "Chargeback", Ours: given, If: flat(StageChargeback, "a dispute was lost")},
		Wording{Of: OfOrder, Theirs: "Hold", Ours: states(OrderPartPaid), If: ifOrderHeld, Note: "a Paid that is not paid would be believed: balance_due stands beside it"},
		Wording{Of: OfOrder, Theirs: "In progress", Ours: states(OrderPartPaid)},
		Wording{Of: OfOrder, Theirs: "draft", Ours: states(OrderDraft), Note: "of an older client"},
		Wording{Of: OfOrder, Theirs: "Issued", Ours: states(OrderIssued)},
		Wording{Of: OfOrder, Theirs: "Viewed", Ours: states(OrderViewed)},
		Wording{Of: OfOrder, Theirs: "In progress", Ours: states(OrderInProgress)},
		Wording{Of: OfOrder, Theirs: "Failed", Ours: states(OrderFailed)},
		Wording{Of: OfOrder, Theirs: "Overdue", Ours: states(OrderOverdue)},
		Wording{Of: OfOrder, Theirs: "Expired", Ours: states(OrderExpired)},
		Wording{Of: OfOrder, Theirs: "Hold", Ours: states(OrderHold)},
		Wording{Of: OfOrder, Theirs: "Paid", Ours: states(OrderPaid)},
		Wording{Of: OfOrder, Theirs: "Received", Ours: states(OrderReceived)},
		Wording{Of: OfOrder, Theirs: "Recieved", Ours: states(OrderReceived), Alias: true, Note: "as its documentation spells it"},
		Wording{Of: OfOrder, Theirs: "Cancelled", Ours: states(OrderCancelled), Note: "also one whose hold was let go"},
		Wording{Of: OfOrder, Theirs: "Rejected", Ours: states(OrderRejected)},
	)
}

// gatewayStages are its names for the stages of a case.
var gatewayStages = []struct {
	theirs, ours string
	open         []State
}{
	{"Fraud advice", StageFraudAdvice, states(FraudAdviceOpen)},
	{"Retrieval", StageRetrieval, states(RetrievalOpen, RetrievalResponded)},
	{"Chargeback", StageChargeback, states(ChargebackOpen)},
	{"Representation", StageRepresentment, states(RepresentmentResponded)},
	{"Pre-arbitration", StagePreArbitration, states(PreArbitrationOpen, PreArbitrationResponded)},
	{"Arbitration", StageArbitration, states(ArbitrationOpen, ArbitrationResponded)},
	{"Pre-compliance", StagePreCompliance, states(PreComplianceOpen, PreComplianceResponded)},
	{"Compliance", StageCompliance, states(ComplianceOpen, ComplianceResponded)},
	{"Good faith", StageGoodFaith, states(GoodFaithOpen, GoodFaithResponded)},
}

// flatStage is the gateway's word for a stage of a case, in snake_case.
func flatStage(stage string) string {
	for _, s := range gatewayStages {
		if s.ours == stage {
			return strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(s.theirs))
		}
	}
	return stage
}

// gatewayParts are its names for what an order's status is made of.
func gatewayParts() []Wording {
	var rows []Wording
	for _, stage := range gatewayStages {
		rows = append(rows, Wording{Of: OfDispute, Theirs: stage.theirs, Ours: stage.open})
	}
	return append(rows,
		Wording{Of: OfDispute, Theirs: "Chargeback", If: ifCaseLost},
		no(OfDispute, "a case that is over and cost nothing leaves no mark"),

		Wording{Of: OfRefund, Theirs: "Refund initiated", Ours: states(RefundRequested, RefundPending, RefundReview, RefundUnknown)},
		Wording{Of: OfRefund, Theirs: "Refunded", Ours: states(RefundSucceeded), Note: "the order says so once all of it has gone back"},
		Wording{Of: OfRefund, Theirs: "Refund failed", Ours: states(RefundFailed)},
		Wording{Of: OfRefund, Theirs: "Refund reversed", Ours: states(RefundReversed)},
		no(OfRefund, "a refund cannot be stopped", RefundCanceled),

		Wording{Of: OfReversal, Theirs: "Reversal initiated", Ours: states(OpRequested, OpPending, OpUnknown)},
		Wording{Of: OfReversal, Theirs: "Reversed", Ours: states(OpSucceeded)},
		Wording{Of: OfReversal, Theirs: "Reversal failed", Ours: states(OpFailed, OpNotSent)},

		Wording{Of: OfPayout, Theirs: "Created", Ours: states(PayoutCreated)},
		Wording{Of: OfPayout, Theirs: "withdrawn", Ours: states(PayoutPaid), Note: "of an older client"},
		no(OfPayout, "it names only what was created, and what was paid out"),
	)
}
