package sandbox

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"till/domain"
)

// How a case moves, and what the merchant is told when it does not.

// The gateway's fees, in minor units of a currency with two decimals.
const (
	chargebackFee = 1500
	rulingFee     = 25000
)

// fee is what something costs in a currency, in minor units.
func fee(amount domain.Amount, currency string) domain.Amount {
	for range domain.Currency(currency).Digits() - 2 {
		amount *= 10
	}
	return amount
}

// moveOf finds what becomes of a case by something; nil if nothing does. A case that is to take what others have taken
// cannot.
func (a *account) moveOf(d *dispute, by string) *disputeMove {
	state := d.state()
	if d.Stage == "" {
		state = ""
	}
	i := slices.IndexFunc(disputeMoves, func(m disputeMove) bool {
		return m.by == by && slices.Contains(m.from, state) && (m.when == nil || m.when(d)) &&
			(m.does&(takes|announces) == 0 || int64(d.Amount) <= a.disputable(d))
	})
	if i < 0 {
		return nil
	}
	return &disputeMoves[i]
}

// outcomesOf are what the operator can make of a case.
func (a *account) outcomesOf(d *dispute) []string {
	able := []string{}
	for _, m := range outcomes {
		if !slices.Contains(able, m.by) && a.moveOf(d, m.by) != nil {
			able = append(able, m.by)
		}
	}
	return able
}

// tell makes the fact by which a case moves, at a time.
func (a *account) tell(d *dispute, m *disputeMove, now time.Time) fact {
	claim := d.Claim
	claim.Fee = 0
	if m.to != "" {
		claim.Stage, claim.Status = halves(m.to)
		claim.RespondBy = time.Time{}
		if span := domain.DisputeDeadline(m.to, claim.Network, claim.ReasonCode); span > 0 {
			claim.RespondBy = now.Add(span)
		}
	}
	m.does.change(&claim, a.currency)
	f := fact{event: string(m.told), amount: int64(claim.Amount), detail: detail{Case: d.id, Dispute: &claim}}
	switch m.by {
	case resolved:
		f.code = alreadyRefunded
	case resolvedByRDR:
		f.code = resolvedByRDR
	}
	return f
}

func halves(state domain.State) (stage, status string) {
	stage, status, _ = strings.Cut(string(state), "/")
	return stage, status
}

// change is what a move means to the claim. A credit stands as long as the case is open and the amount is not taken
// again.
func (e effect) change(claim *domain.Claim, currency string) {
	open := claim.Status == domain.StatusOpen || claim.Status == domain.StatusResponded
	claim.Announced = (claim.Announced || e&announces > 0) && e&takes == 0
	claim.Provisional = (claim.Provisional || e&credits > 0) && e&takes == 0 && open
	if e&costs > 0 {
		claim.Fee += fee(chargebackFee, currency)
	}
	if e&rules > 0 {
		claim.Fee += fee(rulingFee, currency)
	}
	if e&asksBack > 0 {
		claim.RaisedBy = domain.RaisedByMerchant
	}
}

// advance is what becomes of a case by an outcome; nothing where it cannot.
func (a *account) advance(id domain.DisputeID, outcome string, now time.Time) reply {
	d := a.dispute(id)
	if d == nil {
		return reply{}
	}
	m := a.moveOf(d, outcome)
	if m == nil {
		return reply{}
	}
	return done(a.tell(d, m, now))
}

// respond decides what the merchant asks for about a case. What was only announced is debited before it is answered.
func (a *account) respond(r request) reply {
	d, by := a.dispute(r.Case), r.kind
	if by == fileDispute {
		by = filed(r.Stage)
	}
	switch {
	case d == nil:
		return says(noSuchDispute)
	case by == sendEvidence && len(r.Papers) == 0:
		return says(evidenceRequired)
	}
	m := a.moveOf(d, by)
	if m == nil {
		return refuse(r, d.whyNot(by))
	}
	var facts []fact
	then := *d
	if debit := a.moveOf(d, debited); debit != nil && d.Announced {
		facts = append(facts, a.tell(d, debit, r.at))
		then.book(facts[0])
	}
	answer := a.tell(&then, m, r.at)
	then.book(answer)
	out := done(append(facts, answer)...)
	if a.decidedBy(r.Evidence, &then) != "" {
		out.rule = "evidence text " + r.Evidence
		out.waits = []wait{{step: disputeDecides, at: r.at.Add(decisionTakes)}}
	}
	return out
}

// whyNot is the code of why a case is past an answer, or not there yet.
func (d *dispute) whyNot(by string) string {
	switch {
	case by == filed(domain.StagePreArbitration) && d.state() == domain.ChargebackOpen:
		return preArbitrationNotAllowed
	case d.Status == domain.StatusResponded:
		return disputeUnderReview
	case d.Status != domain.StatusOpen:
		return disputeOver
	}
	return disputeNotAllowed
}

// evidenceTexts are Stripe's: what is written in a paper decides the case, by the first of these outcomes that it can
// have.
var evidenceTexts = map[string][]string{
	"winning_evidence":          {"won", closed, "withdrawn"},
	"losing_evidence":           {"lost"},
	"escalate_inquiry_evidence": {domain.StageChargeback},
}

// textOf is the first such text among the papers.
func textOf(contents [][]byte) string {
	for _, content := range contents {
		if text := string(bytes.TrimSpace(content)); evidenceTexts[text] != nil {
			return text
		}
	}
	return ""
}

// decidedBy is the outcome that a text gives a case; none if it has nothing to say.
func (a *account) decidedBy(text string, d *dispute) string {
	for _, outcome := range evidenceTexts[text] {
		if a.moveOf(d, outcome) != nil {
			return outcome
		}
	}
	return ""
}
