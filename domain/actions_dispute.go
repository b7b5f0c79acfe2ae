package domain

import (
	"slices"
	"time"
)

// answerable are the states in which the merchant may say something: evidence can be added, for whatever answer it
// goes with.
var answerable = []State{
	RetrievalOpen, ChargebackOpen, PreArbitrationOpen, ArbitrationOpen, PreComplianceOpen, ComplianceOpen, GoodFaithOpen,
}

// noAnswerYet keeps two answers for the same case from crossing.
var noAnswerYet = Guard{"no answer on its way", func(f *Facts) bool {
	return f.Payment.Answering(f.Dispute.ID) == nil
}, "an answer for this case is on its way"}

// Answering gives the answer to a case that was asked for and has no end yet; nil without one.
func (p *Payment) Answering(id DisputeID) *Operation {
	for _, op := range p.Operations {
		if op.Case == id && op.InFlight() {
			return op
		}
	}
	return nil
}

// DisputeActions are what can be done with a dispute. Where they exist, and more of why not, the rows of its machine
// say.
var DisputeActions = []Action{
	{Name: "accept", Of: "dispute", On: DisputeAccepted, Guards: guards(noAnswerYet, nothingUnknown)},
	{Name: "evidence", Of: "dispute", In: answerable, Guards: guards(noAnswerYet, answerInTime)},
	{Name: "decline", Of: "dispute", On: DisputeDeclined, Guards: guards(noAnswerYet, nothingUnknown)},
	{Name: "withdraw", Of: "dispute", On: DisputeGivenUp, Guards: guards(noAnswerYet, nothingUnknown)},
	{
		Name: "file", Of: "dispute", On: DisputeFiled, Guards: guards(noAnswerYet, nothingUnknown),
		In: append([]State{ChargebackOpen, RepresentmentResponded, PreArbitrationResponded}, losses...), // compliance the other side files
	},
}

// DisputeSending is what it takes to send evidence, beyond adding it: that it is an answer by itself here.
var DisputeSending = []Action{
	{Name: "evidence", Of: "dispute", On: DisputeEvidenceSent, Guards: guards(noAnswerYet, nothingUnknown)},
}

// refusedCase is why the rows of the dispute's machine refuse an action of a dispute; empty if they do not, or are not
// asked.
func (a *Action) refusedCase(f *Facts) string {
	if a.Of != "dispute" || a.On == "" {
		return ""
	}
	_, refusal := DisputeMachine.Next(f.Dispute.State, a.On, f)
	return refusal
}

// filedTo gives the states out of which a case can be taken to a stage.
func (a *Action) filedTo(stage string) []State {
	return slices.DeleteFunc(slices.Clone(a.In), func(s State) bool {
		return (&Dispute{State: s}).FilingLeads() != stage
	})
}

// answerMeans is what the success of each answer to a case makes happen.
var answerMeans = map[OperationKind]Event{
	DisputeAccept: DisputeAccepted, DisputeEvidence: DisputeEvidenceSent, DisputeDecline: DisputeDeclined,
	DisputeFile: DisputeFiled, DisputeWithdraw: DisputeGivenUp,
}

// Meant is what an answer to a case has done where its provider said no more than that it succeeded: the machine's row
// tells where it leads from where the case stands. None where the call has had an end, or the case has moved on. now is
// when it was heard.
func (p *Payment) Meant(op *Operation, status Status, now time.Time) []Fact {
	d, asked := p.Dispute(op.Case), p.Operation(op.ID)
	if d == nil || status != Succeeded || asked == nil || !asked.InFlight() {
		return nil
	}
	on := answerMeans[op.Kind]
	row, _ := DisputeMachine.Next(d.State, on, &Facts{Payment: p, Dispute: d, Asking: true, Now: asked.firstAt})
	if row == nil {
		return nil
	}
	claim := Claim{Stage: stageOf(row.To), Amount: d.Amount}
	claim.Status = string(row.To[len(claim.Stage)+1:])
	if claim.Stage == StageGoodFaith && on == DisputeFiled {
		claim.RaisedBy = RaisedByMerchant
	}
	return []Fact{{Event: on, Key: op.Key, At: Instant(now), Amount: d.Amount, Currency: op.Currency, Case: d.ID, Dispute: &claim}}
}

// FilingLeads is the stage to which a case is taken from where it stands; empty where it is not.
func (d *Dispute) FilingLeads() string {
	for _, row := range DisputeMachine.Rows() {
		if row.From == d.State && row.On == DisputeFiled && !row.Late {
			return stageOf(row.To)
		}
	}
	return ""
}
