package domain

import (
	"slices"
	"strings"
	"time"
)

// Dispute is one case about a payment. All of it is read off the facts on record, so that their order of
// arrival does not matter (lifecycle §7). Amounts are minor units.
type Dispute struct {
	Claim    // Announced: only announced, not debited. Provisional: a credit stands. Fee: of all debits together
	ID       DisputeID
	Payment  PaymentID
	State    State     // stage/status, such as chargeback/open
	Money    string    // none, held, returned, lost
	OpenedAt time.Time // of its first fact by the provider's clock, UTC
	Papers   []Paper   // all that was added as evidence, oldest first

	facts     []Fact // from the one that counts least to the one that says where the case stands
	brand     string // of the payment's card: its network, where nobody names one
	givenBack bool   // as much as the case is about has been given back
}

// Who has the disputed money.
const (
	MoneyNone     = "none" // it has not moved: the merchant has it
	MoneyHeld     = "held"
	MoneyReturned = "returned"
	MoneyLost     = "lost"
)

// The stages of a case.
const (
	StageFraudAdvice    = "fraud_advice"
	StageRetrieval      = "retrieval"
	StageChargeback     = "chargeback"
	StageRepresentment  = "representment"
	StagePreArbitration = "pre_arbitration"
	StageArbitration    = "arbitration"
	StagePreCompliance  = "pre_compliance"
	StageCompliance     = "compliance"
	StageGoodFaith      = "good_faith"
)

// The statuses of a case within its stage.
const (
	StatusOpen      = "open"
	StatusResponded = "responded"
	StatusWon       = "won"
	StatusLost      = "lost"
	StatusAccepted  = "accepted"
	StatusExpired   = "expired"
	StatusWithdrawn = "withdrawn"
	StatusResolved  = "resolved"
	StatusClosed    = "closed"
)

// RaisedByMerchant is Claim.RaisedBy of what we started ourselves.
const RaisedByMerchant = "merchant"

// DisputeRank is how far up the ladder a stage is, from 0 (fraud advice) to 6 (good faith); -1 for a stage
// that nobody knows.
func DisputeRank(stage string) int {
	switch stage {
	case StageFraudAdvice:
		return 0
	case StageRetrieval:
		return 1
	case StageChargeback:
		return 2
	case StageRepresentment:
		return 3
	case StagePreArbitration, StagePreCompliance:
		return 4
	case StageArbitration, StageCompliance:
		return 5
	case StageGoodFaith:
		return 6
	}
	return -1
}

// Dispute finds a case of the payment by its id; nil if it has none such.
func (p *Payment) Dispute(id DisputeID) *Dispute {
	for _, d := range p.Disputes {
		if d.ID == id {
			return d
		}
	}
	return nil
}

// isOpen tells whether somebody still has to act.
func (d *Dispute) isOpen() bool { return d.OurTurn() || d.TheirTurn() }

// held is what the bank holds for the case.
func (d *Dispute) held() Amount { return d.amountIf(MoneyHeld) }

// lost is what the case has cost, its fees apart.
func (d *Dispute) lost() Amount { return d.amountIf(MoneyLost) }

func (d *Dispute) amountIf(money string) Amount {
	if d.Money == money {
		return d.Amount
	}
	return 0
}

// movesMoney holds for the stages in which the issuer takes the amount at once.
func movesMoney(stage string) bool {
	return slices.Contains([]string{StageChargeback, StageRepresentment, StagePreArbitration, StageArbitration}, stage)
}

// claim is what the fact says of a case; empty if nothing.
func (f Fact) claim() Claim {
	if f.Dispute == nil {
		return Claim{}
	}
	return *f.Dispute
}

// state is where the fact puts its case; empty if it names no state that a case can be in.
func (c Claim) state() State {
	state := State(c.Stage + "/" + c.Status)
	if slices.Contains(disputeStates, state) {
		return state
	}
	return ""
}

// debits tells whether by this fact money was taken for its case.
func (f Fact) debits() bool {
	c := f.claim()
	return f.Event == DisputeDebited || movesMoney(c.Stage) && c.Status == StatusOpen && !c.Announced
}

// byRDR holds for a case that Visa's rapid dispute resolution settled by giving the amount to the cardholder.
func (f Fact) byRDR() bool { return f.resolvedFor("rdr") }

// resolvedFor tells whether a provider gives one of the reasons for a case being over.
func (f Fact) resolvedFor(reasons ...string) bool {
	c := f.claim()
	return slices.ContainsFunc([]string{f.Code, c.ReasonCode, c.Category}, func(reason string) bool {
		return slices.Contains(reasons, strings.ToLower(reason))
	})
}
