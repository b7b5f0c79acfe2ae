package story

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"till/domain"
)

// The half that tells of disputes.

// Stage tells what a stage of a dispute is to somebody who has never met it; "" for one that nobody knows.
func Stage(stage string) string { return stages[stage] }

var stages = map[string]string{
	domain.StageFraudAdvice:    "the bank reports the payment as fraud; it asks for nothing yet",
	domain.StageRetrieval:      "the bank asks what was sold; no money has moved",
	domain.StageChargeback:     "the customer's bank takes the money back",
	domain.StageRepresentment:  "we have defended ourselves, and the bank looks at it",
	domain.StagePreArbitration: "the last round between the banks",
	domain.StageArbitration:    "the card network decides; the loser pays its fees",
	domain.StagePreCompliance:  "another bank says that a rule was broken and cost it money",
	domain.StageCompliance:     "the card network rules on a broken rule; the loser pays its fees",
	domain.StageGoodFaith:      "a favour outside the rules; nobody has to agree",
}

// Holder tells who has the money of a dispute (Dispute.Money).
func Holder(money string) string { return holders[money] }

var holders = map[string]string{
	domain.MoneyNone: "not taken", domain.MoneyHeld: "held by the bank", domain.MoneyReturned: "came back", domain.MoneyLost: "lost",
}

// cases are what the facts of disputes mean. What stands in braces is told where the amount is known.
var cases = map[domain.Event]string{
	domain.DisputeFraudAdvice:      "the customer's bank reports fraud{ of %s}",
	domain.DisputeRetrieval:        "the customer's bank asks what was sold{ for %s}",
	domain.DisputeReceived:         "the customer's bank announces a chargeback{ of %s}",
	domain.DisputeEvidenceRequired: "the customer's bank takes the money back{: %s}",
	domain.DisputeDebited:          "the bank takes the money{: %s}",
	domain.DisputeReinstated:       "the bank gives the money back until it is decided{: %s}",
	domain.DisputePreArbitration:   "the customer's bank does not let go and takes the money once more{: %s}",
	domain.DisputePreCompliance:    "another bank says that a rule was broken{, and that it cost %s}",
	domain.DisputeGoodFaith:        "another bank asks for a favour{ of %s}",
	domain.DisputeWithdrawn:        "the other side has withdrawn the case{ over %s}",
	domain.DisputeResolved:         "the case{ over %s} is settled",
	domain.DisputeClosed:           "the other side has closed the case{ over %s}",
	domain.DisputeWon:              "the case{ over %s} is won",
	domain.DisputeLost:             "the case{ over %s} is lost",
	domain.DisputeAccepted:         "we have given in to the case{ over %s}",
	domain.DisputeEvidenceSent:     "our evidence is with the other side{, about %s}",
	domain.DisputeDeclined:         "we have refused what the other side asks for{: %s}",
	domain.DisputeFiled:            "the case{ over %s} was taken further",
	domain.DisputeGivenUp:          "we have given the case{ over %s} up",
	domain.DisputeRefunded:         "what was reported as fraud{, %s,} is refunded",
	domain.DisputeExpired:          "our time to answer the case{ over %s} has passed",
	domain.DisputeLapsed:           "the other side's time in the case{ over %s} has passed",
}

// beginnings are the facts that say what a case is about.
var beginnings = []domain.Event{
	domain.DisputeFraudAdvice, domain.DisputeRetrieval, domain.DisputeReceived, domain.DisputeEvidenceRequired, domain.DisputePreCompliance,
}

// caseWords tell a fact of a dispute, with the network's reason where it begins one.
func caseWords(f domain.Fact, o *domain.Order) string {
	claim, known := domain.Claim{}, domain.Claim{}
	if f.Dispute != nil {
		claim = *f.Dispute
	}
	if o != nil {
		if _, d := o.ByDispute(f.Case); d != nil {
			known = d.Claim
		}
	}
	before, rest, _ := strings.Cut(cases[f.Event], "{")
	part, after, _ := strings.Cut(rest, "}")
	if amount := cmp.Or(claim.Amount, f.Amount, known.Amount); amount > 0 {
		before += fmt.Sprintf(part, money(o, f.Currency, amount))
	}
	text := before + after
	if f.Event == domain.DisputeFiled && claim.Stage != "" {
		text += ", to " + domain.State(claim.Stage).Words()
	}
	if claim.ReasonCode != "" && slices.Contains(beginnings, f.Event) {
		text += " (" + strings.TrimSpace(cmp.Or(claim.Network, known.Network)+" "+claim.ReasonCode) + ")"
	}
	return text
}

// caseAnswers are the calls by which a dispute is answered, as they are told once they have ended.
var caseAnswers = map[domain.OperationKind]string{
	domain.DisputeAccept:   "giving in",
	domain.DisputeEvidence: "our evidence",
	domain.DisputeDecline:  "our refusal",
	domain.DisputeWithdraw: "giving up",
	domain.DisputeFile:     "going further",
}

// deed names a call that was made.
func deed(kind domain.OperationKind) string {
	return cmp.Or(caseAnswers[kind], domain.State(kind).Words())
}
