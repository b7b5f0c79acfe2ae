package domain

import "slices"

// answerable are the states in which the merchant may say something: evidence can be added, for whatever answer it
// goes with.
var answerable = []State{
	RetrievalOpen, ChargebackOpen, PreArbitrationOpen, ArbitrationOpen, PreComplianceOpen, ComplianceOpen, GoodFaithOpen,
}

// noAnswerYet keeps two answers for the same case from crossing.
var noAnswerYet = Guard{"no answer on its way", func(f *Facts) bool {
	return !slices.ContainsFunc(f.Payment.Operations, func(op *Operation) bool {
		return op.Case == f.Dispute.ID && op.InFlight()
	})
}, "an answer for this case is on its way"}

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

// FilingLeads is the stage to which a case is taken from where it stands; empty where it is not.
func (d *Dispute) FilingLeads() string {
	for _, row := range DisputeMachine.Rows() {
		if row.From == d.State && row.On == DisputeFiled && !row.Late {
			return stageOf(row.To)
		}
	}
	return ""
}
