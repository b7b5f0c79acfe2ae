package sandbox

import (
	"slices"
	"strings"

	"till/domain"
)

// What can become of a case, as a table: the other side, its scheme and time move it by an outcome, the merchant by
// a call.

// disputeMove is one thing that can become of a case.
type disputeMove struct {
	by   string         // an outcome, or the kind of a call with the stage that it names
	from []domain.State // "" is before the case
	told domain.Event
	to   domain.State // "": it stays where it is
	does effect
	when func(*dispute) bool
}

// effect is what a move does besides.
type effect int

const (
	announces effect = 1 << iota // that the amount will be taken
	takes                        // the amount
	credits                      // it, for the time being
	costs                        // the fee of a chargeback
	rules                        // the fee of the scheme for its ruling
	asksBack                     // it is the merchant's own case from now on
)

// What the merchant can ask for.
const (
	acceptDispute   = "dispute_accept"
	sendEvidence    = "dispute_evidence"
	declineDispute  = "dispute_decline"
	withdrawDispute = "dispute_withdraw"
	fileDispute     = "dispute_file"
)

// Outcomes that have more than a row of the table.
const (
	announced     = "announced"
	debited       = "debited"
	resolved      = "resolved"
	resolvedByRDR = "rdr"
	closed        = "closed"
	ourTimeOver   = "expired"
	theirTimeOver = "lapsed"
)

// States from which several moves lead.
var (
	noCase      = []domain.State{""}
	advices     = []domain.State{domain.FraudAdviceOpen, domain.FraudAdviceClosed}
	inquiries   = []domain.State{domain.RetrievalOpen, domain.RetrievalResponded, domain.RetrievalExpired, domain.RetrievalClosed}
	atArbiter   = []domain.State{domain.ArbitrationOpen, domain.ArbitrationResponded}
	atScheme    = []domain.State{domain.ComplianceOpen, domain.ComplianceResponded}
	lastAnswers = []domain.State{domain.PreArbitrationResponded, domain.RepresentmentResponded}
	lostCases   = []domain.State{
		domain.ChargebackAccepted, domain.ChargebackExpired, domain.RepresentmentLost, domain.PreArbitrationAccepted,
		domain.PreArbitrationExpired, domain.PreArbitrationLost, domain.ArbitrationLost,
	}
)

func at(states ...domain.State) []domain.State { return states }

func isAnnounced(d *dispute) bool { return d.Announced }
func isDebited(d *dispute) bool   { return !d.Announced }
func isCredited(d *dispute) bool  { return d.Provisional }
func isHeld(d *dispute) bool      { return d.money() == domain.MoneyHeld }

// byAllocation holds for the reasons by which Visa says at once who is liable, so that the merchant's bank has to
// start the last step before arbitration.
func byAllocation(d *dispute) bool {
	return d.Network == string(domain.Visa) && (strings.HasPrefix(d.ReasonCode, "10.") || strings.HasPrefix(d.ReasonCode, "11."))
}

// disputeMoves are tried in their order.
var disputeMoves = slices.Concat(outcomes, answers)

// outcomes are what the operator decides, or time.
var outcomes = []disputeMove{
	{by: domain.StageFraudAdvice, from: noCase, told: domain.DisputeFraudAdvice, to: domain.FraudAdviceOpen},
	{by: domain.StagePreCompliance, from: noCase, told: domain.DisputePreCompliance, to: domain.PreComplianceOpen},
	{by: domain.StageGoodFaith, from: noCase, told: domain.DisputeGoodFaith, to: domain.GoodFaithOpen},
	{by: domain.StageRetrieval, from: slices.Concat(noCase, advices), told: domain.DisputeRetrieval, to: domain.RetrievalOpen},
	{by: announced, from: noCase, told: domain.DisputeReceived, to: domain.ChargebackOpen, does: announces},
	{by: domain.StageChargeback, from: slices.Concat(noCase, advices, inquiries), told: domain.DisputeEvidenceRequired, to: domain.ChargebackOpen, does: takes | costs},
	{by: debited, from: at(domain.ChargebackOpen), told: domain.DisputeEvidenceRequired, does: takes | costs, when: isAnnounced},

	{by: closed, from: at(domain.FraudAdviceOpen), told: domain.DisputeLapsed, to: domain.FraudAdviceClosed},
	{by: closed, from: at(domain.RetrievalOpen, domain.RetrievalResponded, domain.RetrievalExpired), told: domain.DisputeClosed, to: domain.RetrievalClosed},
	{by: closed, from: at(domain.GoodFaithResponded), told: domain.DisputeClosed, to: domain.GoodFaithClosed},

	{by: resolved, from: at(domain.ChargebackOpen), told: domain.DisputeResolved, to: domain.ChargebackResolved},
	{by: resolvedByRDR, from: at(domain.ChargebackOpen), told: domain.DisputeResolved, to: domain.ChargebackResolved},

	{by: "withdrawn", from: at(domain.ChargebackOpen), told: domain.DisputeWithdrawn, to: domain.ChargebackWithdrawn},
	{by: "withdrawn", from: at(domain.RepresentmentResponded), told: domain.DisputeWithdrawn, to: domain.RepresentmentWithdrawn},
	{by: "withdrawn", from: at(domain.PreArbitrationResponded), told: domain.DisputeWithdrawn, to: domain.PreArbitrationWon},
	{by: "withdrawn", from: at(domain.PreComplianceOpen, domain.PreComplianceResponded), told: domain.DisputeWithdrawn, to: domain.PreComplianceWithdrawn},

	{by: "won", from: at(domain.RepresentmentResponded), told: domain.DisputeWon, to: domain.RepresentmentWon},
	{by: "won", from: at(domain.PreArbitrationResponded), told: domain.DisputeWon, to: domain.PreArbitrationWon},
	{by: "won", from: atArbiter, told: domain.DisputeWon, to: domain.ArbitrationWon},
	{by: "won", from: atScheme, told: domain.DisputeWon, to: domain.ComplianceWon},
	{by: "won", from: at(domain.GoodFaithResponded), told: domain.DisputeWon, to: domain.GoodFaithWon},

	{by: "lost", from: at(domain.RepresentmentResponded), told: domain.DisputeLost, to: domain.RepresentmentLost},
	{by: "lost", from: at(domain.PreArbitrationResponded), told: domain.DisputeLost, to: domain.PreArbitrationLost},
	{by: "lost", from: atArbiter, told: domain.DisputeLost, to: domain.ArbitrationLost, does: rules},
	{by: "lost", from: atScheme, told: domain.DisputeLost, to: domain.ComplianceLost},

	{by: domain.StagePreArbitration, from: at(domain.RepresentmentResponded, domain.RepresentmentWon), told: domain.DisputePreArbitration, to: domain.PreArbitrationOpen, does: takes},
	{by: domain.StageArbitration, from: lastAnswers, told: domain.DisputeFiled, to: domain.ArbitrationOpen, does: takes | rules},
	{by: domain.StageCompliance, from: at(domain.PreComplianceResponded), told: domain.DisputeFiled, to: domain.ComplianceOpen},

	{by: "reinstated", from: slices.Concat(lastAnswers, atArbiter), told: domain.DisputeReinstated, does: credits, when: isHeld},
	{by: debited, from: slices.Concat(lastAnswers, atArbiter), told: domain.DisputeDebited, does: takes, when: isCredited},

	{by: ourTimeOver, from: at(domain.RetrievalOpen), told: domain.DisputeExpired, to: domain.RetrievalExpired},
	{by: ourTimeOver, from: at(domain.ChargebackOpen), told: domain.DisputeExpired, to: domain.ChargebackExpired, when: isDebited},
	{by: ourTimeOver, from: at(domain.PreArbitrationOpen), told: domain.DisputeExpired, to: domain.PreArbitrationExpired},
	{by: ourTimeOver, from: at(domain.PreComplianceOpen), told: domain.DisputeExpired, to: domain.PreComplianceExpired},

	{by: theirTimeOver, from: at(domain.RetrievalResponded), told: domain.DisputeLapsed, to: domain.RetrievalClosed},
	{by: theirTimeOver, from: at(domain.RepresentmentResponded), told: domain.DisputeLapsed, to: domain.RepresentmentWon},
	{by: theirTimeOver, from: at(domain.PreArbitrationResponded), told: domain.DisputeLapsed, to: domain.PreArbitrationWon},
	{by: theirTimeOver, from: at(domain.PreComplianceResponded), told: domain.DisputeLapsed, to: domain.PreComplianceWithdrawn},
	{by: theirTimeOver, from: at(domain.GoodFaithResponded), told: domain.DisputeLapsed, to: domain.GoodFaithClosed},
}

// answers are what the merchant can ask for.
var answers = []disputeMove{
	{by: acceptDispute, from: at(domain.ChargebackOpen), told: domain.DisputeAccepted, to: domain.ChargebackAccepted},
	{by: acceptDispute, from: at(domain.PreArbitrationOpen), told: domain.DisputeAccepted, to: domain.PreArbitrationAccepted},
	{by: acceptDispute, from: at(domain.PreComplianceOpen), told: domain.DisputeAccepted, to: domain.PreComplianceAccepted},
	{by: acceptDispute, from: at(domain.GoodFaithOpen), told: domain.DisputeAccepted, to: domain.GoodFaithAccepted},

	{by: sendEvidence, from: at(domain.RetrievalOpen), told: domain.DisputeEvidenceSent, to: domain.RetrievalResponded},
	{by: sendEvidence, from: at(domain.ChargebackOpen), told: domain.DisputeEvidenceSent, to: domain.RepresentmentResponded},
	{by: sendEvidence, from: at(domain.ArbitrationOpen), told: domain.DisputeEvidenceSent, to: domain.ArbitrationResponded},
	{by: sendEvidence, from: at(domain.ComplianceOpen), told: domain.DisputeEvidenceSent, to: domain.ComplianceResponded},

	{by: declineDispute, from: at(domain.PreArbitrationOpen), told: domain.DisputeDeclined, to: domain.PreArbitrationResponded},
	{by: declineDispute, from: at(domain.PreComplianceOpen), told: domain.DisputeDeclined, to: domain.PreComplianceResponded},
	{by: declineDispute, from: at(domain.GoodFaithOpen), told: domain.DisputeDeclined, to: domain.GoodFaithClosed},

	{by: withdrawDispute, from: atArbiter, told: domain.DisputeGivenUp, to: domain.ArbitrationLost, does: rules},
	{by: withdrawDispute, from: at(domain.GoodFaithResponded), told: domain.DisputeGivenUp, to: domain.GoodFaithClosed},

	{by: filed(domain.StagePreArbitration), from: at(domain.ChargebackOpen), told: domain.DisputeFiled, to: domain.PreArbitrationResponded, when: byAllocation},
	{by: filed(domain.StageArbitration), from: lastAnswers, told: domain.DisputeFiled, to: domain.ArbitrationOpen, does: takes | rules},
	{by: filed(domain.StageGoodFaith), from: lostCases, told: domain.DisputeFiled, to: domain.GoodFaithResponded, does: asksBack},
}

// filed names the call by which a case is taken to another stage.
func filed(stage string) string { return fileDispute + " " + stage }
