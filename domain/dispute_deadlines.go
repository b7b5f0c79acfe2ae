package domain

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// The usual deadlines of card networks, in days, as acquirers shorten them. A case keeps its own from its first fact
// on: this table only says where a provider did not.
type deadlines struct {
	retrieval  int // to answer a retrieval
	chargeback int // to answer a chargeback
	decision   int // the issuer's, after a defence
	preArb     int // to answer a pre-arbitration
	file       int // to file arbitration, after the answer
	compliance int // to file compliance, after the answer
}

var deadlinesOf = map[string]deadlines{
	"visa":       {18, 18, 60, 30, 10, 120},
	"mastercard": {18, 40, 70, 45, 45, 180},
	"amex":       {14, 14, 50, 20, 20, 120},
	"diners":     {18, 25, 60, 30, 30, 120},
	"discover":   {18, 25, 80, 30, 30, 120},
	"jcb":        {18, 40, 35, 30, 30, 120},
	"unionpay":   {30, 30, 20, 30, 30, 120},
}

const (
	visaAllocationDecision = 45 // days: of Visa's fraud and authorization reasons
	preComplianceAnswer    = 30
	longWait               = 120 // days, after which nobody comes any more
)

// DisputeDeadline is how long a case may usually stay in a state before time alone moves it; 0: for ever. In open it is
// our time, in responded the other side's.
func DisputeDeadline(state State, network, reason string) time.Duration {
	of, known := deadlinesOf[strings.ToLower(network)]
	if !known {
		of = deadlinesOf["visa"]
	}
	days := 0
	switch state {
	case FraudAdviceOpen, RetrievalResponded, GoodFaithResponded:
		days = longWait
	case RetrievalOpen:
		days = of.retrieval
	case ChargebackOpen:
		days = of.chargeback
	case RepresentmentResponded:
		days = of.decision
		if byAllocation(network, reason) {
			days = visaAllocationDecision
		}
	case PreArbitrationOpen:
		days = of.preArb
	case PreArbitrationResponded:
		days = of.file
	case PreComplianceOpen:
		days = preComplianceAnswer
	case PreComplianceResponded:
		days = of.compliance
	}
	return time.Duration(days) * day
}

// byAllocation holds for the reasons by which Visa says at once who is liable: fraud and authorization.
func byAllocation(network, reason string) bool {
	return strings.EqualFold(network, "visa") && (strings.HasPrefix(reason, "10.") || strings.HasPrefix(reason, "11."))
}

// WithDeadlines gives facts as they are journalled: a claim by which a case comes to stand somewhere for a usual time,
// and which names no end of it, gets the usual one. From then on that is the case's own, whatever becomes of the table.
// now is when facts without a time of the provider's happened. Facts of one answer are dated as if each came by itself.
func (p *Payment) WithDeadlines(facts []Fact, now time.Time) []Fact {
	known := *p
	known.Disputes = nil
	for _, d := range p.Disputes {
		known.Disputes = append(known.Disputes, new(*d))
	}
	dated := slices.Clone(facts)
	for i, f := range dated {
		if f.Dispute == nil {
			continue
		}
		d := known.bookDispute(f, now)
		if !f.opensState() {
			continue
		}
		claim := *f.Dispute
		network, reason := cmp.Or(claim.Network, d.Network), cmp.Or(claim.ReasonCode, d.ReasonCode)
		if usual := DisputeDeadline(claim.state(), network, reason); usual > 0 {
			if f.At.IsZero() {
				f.At = now
			}
			claim.UsualBy = Instant(f.At.Add(usual))
			dated[i].Dispute = &claim
		}
	}
	return dated
}

// opensState tells whether a claim begins a state and leaves out its deadline. A credit does not, and an announced
// chargeback has none before its debit.
func (f Fact) opensState() bool {
	c := f.claim()
	return c.state() != "" && c.RespondBy.IsZero() && !c.Announced && f.Event != DisputeReinstated
}

// until is when the case's time in a state is over: as was named for it last, else the usual time from when it came
// there first. Facts of the same state lie in the order of time. Zero where there is no end.
func (d *Dispute) until(state State) time.Time {
	var named, usual time.Time
	for _, f := range d.facts {
		c := f.claim()
		switch {
		case c.state() != state:
		case !c.RespondBy.IsZero():
			named = c.RespondBy
		case usual.IsZero():
			usual = c.UsualBy
		}
	}
	if !named.IsZero() {
		return named
	}
	return usual
}

// AnswerBy is when the merchant's time to answer the case is over, UTC; zero where nothing is to be answered, or that
// has no end.
func (d *Dispute) AnswerBy() time.Time {
	if d.Announced || !slices.Contains(answerable, d.State) {
		return time.Time{}
	}
	return d.RespondBy
}

// DecideBy is when the other side's time to go on with the case is over, UTC; zero where it is not their turn, or that
// has no end.
func (d *Dispute) DecideBy() time.Time {
	if !d.isOpen() || slices.Contains(answerable, d.State) {
		return time.Time{}
	}
	return d.RespondBy
}

// DaysLeft is how many days are left to answer the case, begun ones too; none where nothing is to be answered in time.
func (d *Dispute) DaysLeft(now time.Time) (days int, counts bool) {
	by := d.AnswerBy()
	if by.IsZero() {
		return 0, false
	}
	return int(max(0, by.Sub(now)+day-1) / day), true
}
