package domain

import (
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
