package domain

import (
	"cmp"
	"fmt"
	"slices"
)

// Stakes are what the ways to go on with a case cost, each a sentence; "" where there is no such way.
type Stakes struct {
	GiveIn   string // accept
	Withdraw string // giving up what we had taken further
	Defend   string // evidence, or decline
	Further  string // taking it to the next stage
	Refund   string // giving the money back outside the case
	Silence  string
}

// Stakes tells what is at stake where the case stands. What was paid in fees is gone in any case.
func (d *Dispute) Stakes(c Currency) Stakes {
	s := d.stakesHere(c)
	s.Further = furtherStakes[d.FilingLeads()]
	if slices.Contains(DisputeMachine.AllowedIn(DisputeGivenUp), d.State) {
		s.Withdraw = cmp.Or(s.GiveIn, "Nobody is asked any more, and the money stays lost.")
	}
	return s
}

// furtherStakes are what it costs to take a case to a stage.
var furtherStakes = map[string]string{
	StagePreArbitration: "They must drop it, or go to arbitration, where the loser pays its fees too.",
	StageArbitration:    "The card network decides for good; the loser pays its fees too.",
	StageGoodFaith:      "To ask costs nothing, and nobody has to agree.",
}

func (d *Dispute) stakesHere(c Currency) Stakes {
	amount := c.Display(d.Amount)
	lost := amount + " is lost."
	if d.Fee > 0 {
		lost = fmt.Sprintf("%s is lost, and the fees of %s so far stay paid.", amount, c.Display(d.Fee))
	}
	if d.Announced {
		lost = amount + " is lost, and the fee that comes once it is taken."
	}
	switch d.State {
	case FraudAdviceOpen:
		return Stakes{
			Refund:  "To give " + amount + " back ends it: no chargeback follows, and no fee.",
			Silence: "Nothing is taken, but a chargeback of " + amount + " may follow, with its fee.",
		}
	case RetrievalOpen:
		return Stakes{
			Defend:  "An answer costs nothing, and often ends it.",
			Silence: "Nothing is taken, but a chargeback of " + amount + " may follow that cannot be defended any more.",
		}
	case ChargebackOpen:
		return Stakes{GiveIn: lost, Defend: amount + " comes back if it is won, and the other side may still go on.", Silence: "The same as giving in."}
	case PreArbitrationOpen:
		return Stakes{GiveIn: lost, Defend: amount + " comes back unless they go to arbitration, where the loser pays its fees too.", Silence: "The same as giving in."}
	case ArbitrationOpen, ComplianceOpen, ArbitrationResponded:
		ruling := Stakes{Defend: "The scheme decides about " + amount + "; the loser pays its fees too.", Silence: "The scheme decides without our side of it."}
		if stageOf(d.State) == StageArbitration {
			ruling.GiveIn = lost
		}
		return ruling
	case PreComplianceOpen:
		return Stakes{GiveIn: lost, Defend: "They must drop it, or ask the scheme to decide about " + amount + ".", Silence: "The same as giving in."}
	case GoodFaithOpen:
		return Stakes{GiveIn: lost, Defend: "To refuse costs nothing.", Silence: "Costs nothing: there is no duty and no deadline."}
	}
	return Stakes{}
}
