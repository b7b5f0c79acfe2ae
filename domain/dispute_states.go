package domain

// The states of a dispute (lifecycle §7): stage and status.
const (
	FraudAdviceOpen         State = "fraud_advice/open"
	FraudAdviceClosed       State = "fraud_advice/closed"
	RetrievalOpen           State = "retrieval/open"
	RetrievalResponded      State = "retrieval/responded"
	RetrievalExpired        State = "retrieval/expired"
	RetrievalClosed         State = "retrieval/closed"
	ChargebackOpen          State = "chargeback/open"
	ChargebackResolved      State = "chargeback/resolved"
	ChargebackAccepted      State = "chargeback/accepted"
	ChargebackExpired       State = "chargeback/expired"
	ChargebackWithdrawn     State = "chargeback/withdrawn"
	RepresentmentResponded  State = "representment/responded"
	RepresentmentWithdrawn  State = "representment/withdrawn"
	RepresentmentWon        State = "representment/won"
	RepresentmentLost       State = "representment/lost"
	PreArbitrationOpen      State = "pre_arbitration/open"
	PreArbitrationResponded State = "pre_arbitration/responded"
	PreArbitrationAccepted  State = "pre_arbitration/accepted"
	PreArbitrationExpired   State = "pre_arbitration/expired"
	PreArbitrationWon       State = "pre_arbitration/won"
	PreArbitrationLost      State = "pre_arbitration/lost"
	ArbitrationOpen         State = "arbitration/open"
	ArbitrationResponded    State = "arbitration/responded"
	ArbitrationWon          State = "arbitration/won"
	ArbitrationLost         State = "arbitration/lost"
	PreComplianceOpen       State = "pre_compliance/open"
	PreComplianceResponded  State = "pre_compliance/responded"
	PreComplianceAccepted   State = "pre_compliance/accepted"
	PreComplianceExpired    State = "pre_compliance/expired"
	PreComplianceWithdrawn  State = "pre_compliance/withdrawn"
	ComplianceOpen          State = "compliance/open"
	ComplianceResponded     State = "compliance/responded"
	ComplianceWon           State = "compliance/won"
	ComplianceLost          State = "compliance/lost"
	GoodFaithOpen           State = "good_faith/open"
	GoodFaithResponded      State = "good_faith/responded"
	GoodFaithAccepted       State = "good_faith/accepted"
	GoodFaithClosed         State = "good_faith/closed"
	GoodFaithWon            State = "good_faith/won"
)

// Groups of states of a dispute.
var (
	fraudAdvices = []State{FraudAdviceOpen, FraudAdviceClosed}
	retrievals   = []State{RetrievalOpen, RetrievalResponded, RetrievalExpired, RetrievalClosed}
	rulings      = []State{ArbitrationWon, ArbitrationLost, ComplianceWon, ComplianceLost}
	losses       = []State{
		ChargebackAccepted, ChargebackExpired, RepresentmentLost,
		PreArbitrationAccepted, PreArbitrationExpired, PreArbitrationLost, ArbitrationLost,
	}
	// over are the ends out of which no command leads; a loss may still be asked back in good faith.
	over = []State{
		FraudAdviceClosed, RetrievalExpired, RetrievalClosed, ChargebackResolved, ChargebackWithdrawn,
		RepresentmentWithdrawn, RepresentmentWon, PreArbitrationWon, ArbitrationWon,
		PreComplianceAccepted, PreComplianceExpired, PreComplianceWithdrawn, ComplianceWon, ComplianceLost,
		GoodFaithAccepted, GoodFaithClosed, GoodFaithWon,
	}
	// disputeStates are all states, up the ladder.
	disputeStates = []State{
		FraudAdviceOpen, FraudAdviceClosed,
		RetrievalOpen, RetrievalResponded, RetrievalExpired, RetrievalClosed,
		ChargebackOpen, ChargebackResolved, ChargebackAccepted, ChargebackExpired, ChargebackWithdrawn,
		RepresentmentResponded, RepresentmentWithdrawn, RepresentmentWon, RepresentmentLost,
		PreArbitrationOpen, PreArbitrationResponded, PreArbitrationAccepted, PreArbitrationExpired, PreArbitrationWon, PreArbitrationLost,
		PreComplianceOpen, PreComplianceResponded, PreComplianceAccepted, PreComplianceExpired, PreComplianceWithdrawn,
		ArbitrationOpen, ArbitrationResponded, ArbitrationWon, ArbitrationLost,
		ComplianceOpen, ComplianceResponded, ComplianceWon, ComplianceLost,
		GoodFaithOpen, GoodFaithResponded, GoodFaithAccepted, GoodFaithClosed, GoodFaithWon,
	}
)

// The events of a dispute: what the other side or its scheme does, what we do, and deadlines.
const (
	DisputeFraudAdvice      Event = "dispute_fraud_advice"
	DisputeRetrieval        Event = "dispute_retrieval"
	DisputeReceived         Event = "dispute_received"          // a chargeback, as a rule only announced
	DisputeEvidenceRequired Event = "dispute_evidence_required" // a chargeback, debited
	DisputeDebited          Event = "dispute_debited"           // the money alone
	DisputeReinstated       Event = "dispute_funds_reinstated"  // the money alone: a provisional credit, no verdict
	DisputePreArbitration   Event = "dispute_pre_arbitration"
	DisputePreCompliance    Event = "dispute_pre_compliance"
	DisputeGoodFaith        Event = "dispute_good_faith"
	DisputeWithdrawn        Event = "dispute_withdrawn" // by the other side
	DisputeResolved         Event = "dispute_resolved"
	DisputeClosed           Event = "dispute_closed" // the other side is satisfied, or does not want to
	DisputeWon              Event = "dispute_won"
	DisputeLost             Event = "dispute_lost"

	DisputeAccepted     Event = "dispute_accepted"           // by us
	DisputeEvidenceSent Event = "dispute_evidence_submitted" // by us: an answer, a defence, our case
	DisputeDeclined     Event = "dispute_declined"           // by us
	DisputeFiled        Event = "dispute_filed"              // the next step up, by us; arbitration by either side
	DisputeGivenUp      Event = "dispute_given_up"           // by us
	DisputeRefunded     Event = "dispute_refunded"           // by us, before it came to a chargeback

	DisputeExpired Event = "dispute_expired" // our time to answer has passed
	DisputeLapsed  Event = "dispute_lapsed"  // the other side's time has passed

	DisputeOutOfOrder Event = "dispute_out_of_order" // a fact that no row of its own event takes
)
