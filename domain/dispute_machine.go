package domain

import (
	"slices"
	"strings"
)

// DisputeMachine is the life of a case (lifecycle §7). A fact is booked before its guards are asked, and
// every row agrees with where the facts on record put the case. While a chargeback is only announced no
// money has moved: that is an attribute of the case (Claim.Announced), not a state.
var DisputeMachine = newMachine("dispute", over, disputePlaced, disputeRows)

// disputePlaced holds when the facts on record put the case into a state. A command is asked before it
// makes a fact; then the row says where it would lead.
func disputePlaced(state State) Guard {
	return Guard{"the facts put the case at " + string(state), func(f *Facts) bool {
		return f.Asking || f.Dispute.State == state
	}, "the case has moved on: look where it stands now"}
}

// Guards of the dispute's machine.
var (
	capturedOnce = Guard{"the payment was captured", func(f *Facts) bool {
		return f.Payment.Sums.Captured > 0
	}, "only captured money can be disputed"}
	isDebited = Guard{"the money was debited", func(f *Facts) bool {
		return f.Fact != nil && !f.Fact.claim().Announced
	}, "the chargeback is only announced, no money has moved"}
	isAnnounced = Guard{"only announced", func(f *Facts) bool {
		return f.Fact != nil && f.Fact.claim().Announced
	}, "the money was debited already"}
	announcedBefore = Guard{"announced before", func(f *Facts) bool {
		return f.Dispute.wasAnnounced() && f.Fact != nil && f.Fact.debits()
	}, "the chargeback was not announced"}
	answerInTime = Guard{"before its deadline", func(f *Facts) bool {
		return !f.Asking || f.Dispute.RespondBy.IsZero() || !f.Now.After(f.Dispute.RespondBy)
	}, "the time to answer has passed"}
	stepsOver = Guard{"the scheme's time limits are over", func(f *Facts) bool {
		return !f.Asking || f.Dispute.RespondBy.IsZero() || f.Now.After(f.Dispute.RespondBy)
	}, "the scheme's own steps are still open: use them first"}
	resolvedForUs = Guard{"refunded already, or nothing left to take", func(f *Facts) bool {
		return f.Fact != nil && f.Fact.resolvedFor("already_refunded", "negative_amount")
	}, "the provider gives another reason"}
	resolvedByRDR = Guard{"settled by rapid dispute resolution", func(f *Facts) bool {
		return f.Fact != nil && f.Fact.byRDR()
	}, "the provider gives another reason"}
	visaAllocation = Guard{"Visa fraud or authorization", func(f *Facts) bool {
		return byAllocation(f.Dispute.Network, f.Dispute.ReasonCode)
	}, "only Visa's fraud and authorization reasons (10 and 11) go straight to pre-arbitration"}
	mayBeSkipped = Guard{"a scheme that skips pre-arbitration", func(f *Facts) bool {
		return !f.Asking || !strings.EqualFold(f.Dispute.Network, string(Visa))
	}, "Visa arbitrates only after a pre-arbitration: wait for the issuer"}
)

func disputeRows() []row {
	rows := slices.Concat(warningRows(), chargebackRows(), defenceRows(), arbitrationRows(), complianceRows(), goodFaithRows())
	for i, r := range rows {
		rows[i].guards = append(slices.Clip(r.guards), disputePlaced(r.to[0]))
	}
	return append(rows, outOfOrderRows()...)
}

func warningRows() []row {
	return []row{
		{id: "D1", from: states(""), on: events(DisputeFraudAdvice), to: states(FraudAdviceOpen), guards: guards(capturedOnce), why: "The cardholder's bank reports fraud; it asks for nothing, yet a chargeback may follow."},
		{id: "D2", from: states(FraudAdviceOpen), on: events(DisputeRefunded, DisputeLapsed), to: states(FraudAdviceClosed), why: "The money was given back in time, or nobody came for it."},
		{id: "D3", from: append(states(""), fraudAdvices...), on: events(DisputeRetrieval), to: states(RetrievalOpen), why: "The bank only wants to know what was sold; a good answer often ends it here."},
		{id: "D4", from: states(RetrievalOpen), on: events(DisputeEvidenceSent), to: states(RetrievalResponded), guards: guards(answerInTime), why: "The bank has been told, and looks at the answer."},
		{id: "D5", from: states(RetrievalOpen), on: events(DisputeExpired), to: states(RetrievalExpired), why: "A question left without an answer can cost the right to a defence later."},
		{id: "D6", from: without(retrievals, RetrievalClosed), on: events(DisputeClosed), to: states(RetrievalClosed), why: "The bank is content and asks for nothing more."},
		{id: "D6", from: states(RetrievalResponded), on: events(DisputeLapsed), to: states(RetrievalClosed), why: "The bank had long enough to come back to the answer and did not."},
	}
}

func chargebackRows() []row {
	open, told := states(ChargebackOpen), events(DisputeReceived, DisputeEvidenceRequired, DisputeDebited)
	before := slices.Concat(states(""), fraudAdvices, retrievals)
	return []row{
		{id: "D7", from: before, on: told, to: open, guards: guards(isDebited), why: "The issuer takes the money first and hears the merchant afterwards."},
		{id: "D8", from: before, on: told, to: open, guards: guards(isAnnounced), why: "The money is about to be taken, and the defence can be prepared meanwhile."},
		{id: "D32", from: open, on: told, to: open, guards: guards(announcedBefore), why: "What was announced has happened: the money and the fee are gone for now."},
		{id: "D9", from: open, on: events(DisputeResolved), to: states(ChargebackResolved), guards: guards(resolvedForUs), why: "There was nothing left to take, so the money comes back."},
		{id: "D9", from: open, on: events(DisputeResolved), to: states(ChargebackResolved), guards: guards(resolvedByRDR), why: "It was settled by a rule agreed on beforehand, and the cardholder keeps the money."},
		{id: "D10", from: open, on: events(DisputeAccepted), to: states(ChargebackAccepted), guards: guards(answerInTime), why: "Giving in costs the amount, and saves the work and fees of a fight."},
		{id: "D11", from: open, on: events(DisputeExpired), to: states(ChargebackExpired), why: "A chargeback without an answer in time is lost."},
		{id: "D12", from: open, on: events(DisputeWithdrawn), to: states(ChargebackWithdrawn), why: "The cardholder's side no longer claims the money."},
		{id: "D12", from: states(RepresentmentResponded), on: events(DisputeWithdrawn), to: states(RepresentmentWithdrawn), why: "The cardholder's side saw the evidence and no longer claims the money."},
	}
}

func defenceRows() []row {
	open, sent := states(ChargebackOpen), states(RepresentmentResponded)
	return []row{
		{id: "D13", from: open, on: events(DisputeEvidenceSent), to: sent, guards: guards(answerInTime), why: "The evidence goes in once and for all, and the issuer has to look at it."},
		{id: "D13b", from: open, on: events(DisputeFiled), to: states(PreArbitrationResponded), guards: guards(visaAllocation, answerInTime), why: "For fraud and authorization Visa lets the merchant's bank start the last step before arbitration."},
		{id: "D14", from: sent, on: events(DisputeWon, DisputeLapsed), to: states(RepresentmentWon), why: "The issuer gave up, or had nothing to say within its time."},
		{id: "D15", from: sent, on: events(DisputeLost), to: states(RepresentmentLost), why: "The evidence did not convince the issuer, and no further step is offered."},
		{id: "D16", from: states(RepresentmentResponded, RepresentmentWon), on: events(DisputePreArbitration), to: states(PreArbitrationOpen), why: "The issuer does not let go and takes the money once more."},
	}
}

func arbitrationRows() []row {
	open, answered := states(PreArbitrationOpen), states(PreArbitrationResponded)
	trial := states(ArbitrationOpen, ArbitrationResponded)
	return []row{
		{id: "D17", from: open, on: events(DisputeAccepted), to: states(PreArbitrationAccepted), guards: guards(answerInTime), why: "Giving in now avoids the fees that arbitration puts on the loser."},
		{id: "D17", from: open, on: events(DisputeExpired), to: states(PreArbitrationExpired), why: "Silence counts as giving in."},
		{id: "D18", from: open, on: events(DisputeDeclined), to: answered, guards: guards(answerInTime), why: "The merchant stands by its case, so the issuer must drop it or go to arbitration."},
		{id: "D19", from: answered, on: events(DisputeWithdrawn, DisputeLapsed, DisputeWon), to: states(PreArbitrationWon), why: "The other side dropped it or let its time pass."},
		{id: "D19", from: answered, on: events(DisputeLost), to: states(PreArbitrationLost), why: "The other side was in the right, and nobody takes it further."},
		{id: "D20", from: answered, on: events(DisputeFiled), to: states(ArbitrationOpen), why: "The two banks cannot agree, so the card scheme decides, for a fee."},
		{id: "D20", from: states(RepresentmentResponded), on: events(DisputeFiled), to: states(ArbitrationOpen), guards: guards(mayBeSkipped), why: "The two banks cannot agree, and this card scheme decides without another exchange, for a fee."},
		{id: "D33", from: states(ArbitrationOpen), on: events(DisputeEvidenceSent), to: states(ArbitrationResponded), why: "Our side of it is with the scheme."},
		{id: "D21", from: trial, on: events(DisputeGivenUp, DisputeLost), to: states(ArbitrationLost), why: "Given up or ruled against, the loser pays the amount and the fees, and that is the end."},
		{id: "D21", from: trial, on: events(DisputeWon), to: states(ArbitrationWon), why: "The scheme ruled for the merchant, and that is the end."},
	}
}

func complianceRows() []row {
	open, either := states(PreComplianceOpen), states(PreComplianceOpen, PreComplianceResponded)
	trial := states(ComplianceOpen, ComplianceResponded)
	return []row{
		{id: "D22", from: states(""), on: events(DisputePreCompliance), to: open, why: "Somebody says that a rule was broken and cost them money, where no chargeback is possible."},
		{id: "D23", from: open, on: events(DisputeAccepted), to: states(PreComplianceAccepted), guards: guards(answerInTime), why: "The breach is admitted and the loss made good."},
		{id: "D23", from: open, on: events(DisputeExpired), to: states(PreComplianceExpired), why: "Who does not answer is liable."},
		{id: "D23", from: open, on: events(DisputeDeclined), to: states(PreComplianceResponded), guards: guards(answerInTime), why: "The breach is denied, so the other side must drop it or ask the scheme."},
		{id: "D24", from: either, on: events(DisputeWithdrawn, DisputeLapsed), to: states(PreComplianceWithdrawn), why: "The other side dropped it or let its time pass."},
		{id: "D24", from: states(PreComplianceResponded), on: events(DisputeFiled), to: states(ComplianceOpen), why: "The scheme is asked to rule on the breach."},
		{id: "D33", from: states(ComplianceOpen), on: events(DisputeEvidenceSent), to: states(ComplianceResponded), why: "Our side of the breach is with the scheme."},
		{id: "D25", from: trial, on: events(DisputeWon), to: states(ComplianceWon), why: "The scheme found no breach, and that is the end."},
		{id: "D25", from: trial, on: events(DisputeLost), to: states(ComplianceLost), why: "The scheme found a breach; the loser pays, and that is the end."},
	}
}

func goodFaithRows() []row {
	theirs, ours := states(GoodFaithOpen), states(GoodFaithResponded)
	return []row{
		{id: "D26", from: losses, on: events(DisputeFiled), to: ours, guards: guards(stepsOver), why: "When every right is used up one can still ask politely, and nobody has to agree."},
		{id: "D27", from: states(""), on: events(DisputeGoodFaith), to: theirs, why: "The other bank asks for a favour outside the rules; there is no deadline and no duty."},
		{id: "D28", from: theirs, on: events(DisputeAccepted), to: states(GoodFaithAccepted), why: "The favour is done and paid for."},
		{id: "D28", from: theirs, on: events(DisputeDeclined), to: states(GoodFaithClosed), why: "A favour can be refused without any consequence."},
		{id: "D29", from: ours, on: events(DisputeWon), to: states(GoodFaithWon), why: "The other bank was kind enough to give the money back."},
		{id: "D29", from: ours, on: events(DisputeClosed, DisputeGivenUp, DisputeLapsed), to: states(GoodFaithClosed), why: "Nobody had to agree and nobody did, so the money stays lost."},
	}
}

// outOfOrderRows take what no row above takes. A case never goes down the ladder, so they lead up or
// sideways only; out of a ruling another ruling of the same stage leads, or a good faith.
func outOfOrderRows() []row {
	told, rows := events(DisputeOutOfOrder), []row{}
	for _, from := range append(states(""), disputeStates...) {
		rows = append(rows, row{
			id: "D31", from: states(from), on: told, to: above(from), late: true,
			why: "A step before it was not told, or is still to come; the case stands where its highest fact puts it.",
		})
	}
	for _, s := range disputeStates {
		rows = append(rows, row{
			id: "D30", from: states(s), on: told, guards: guards(disputePlaced(s)), late: true,
			why: "It tells of a step that the case has passed; it is kept, with its money, and moves nothing.",
		})
	}
	return rows
}

// above gives the states to which a fact that was not expected can move a case.
func above(from State) []State {
	if from == "" {
		return disputeStates
	}
	rank := func(s State) int { return DisputeRank(stageOf(s)) }
	var up []State
	for _, to := range disputeStates {
		corrects := slices.Contains(rulings, to) || !slices.Contains(rulings, from)
		if to != from && (rank(to) > rank(from) || rank(to) == rank(from) && corrects) {
			up = append(up, to)
		}
	}
	return up
}

func stageOf(s State) string {
	stage, _, _ := strings.Cut(string(s), "/")
	return stage
}
