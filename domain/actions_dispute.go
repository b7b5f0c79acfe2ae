package domain

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

// FilingLeads is the stage to which a case is taken from where it stands; empty where it is not.
func (d *Dispute) FilingLeads() string {
	for _, row := range DisputeMachine.Rows() {
		if row.From == d.State && row.On == DisputeFiled && !row.Late {
			return stageOf(row.To)
		}
	}
	return ""
}
