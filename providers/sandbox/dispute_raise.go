package sandbox

import (
	"cmp"
	"slices"
	"time"

	"till/domain"
)

// How a case begins: by its operator, or by itself with some cards.

// raisedByBank is Claim.RaisedBy of what the customer's bank has started.
const raisedByBank = "issuer"

// raise is the fact by which a case begins. An amount of 0 is all that there is to dispute.
func (a *account) raise(raised domain.Raising, now time.Time) fact {
	claim := domain.Claim{
		Amount: cmp.Or(raised.Amount, domain.Amount(a.disputable(nil))), Network: a.network(), RaisedBy: raisedByBank,
		Previous: raised.Previous,
	}
	why := a.reason(raised)
	claim.ReasonCode, claim.Category = why.Code, why.Category
	claim.LiabilityShift = why.Fraud() && a.shifted()
	d, by := &dispute{Claim: claim}, raised.Stage
	if raised.Announced {
		by = announced
	}
	f := a.tell(d, a.moveOf(d, by), now)
	if raised.RespondIn > 0 {
		f.Dispute.RespondBy = now.Add(raised.RespondIn)
	}
	return f
}

// reason is what a case is about, of its network's reasons where those are known. Pre-compliance and good faith are
// about none of them by themselves.
func (a *account) reason(raised domain.Raising) domain.Reason {
	network := a.network()
	if of, known := domain.ReasonOf(network, raised.Reason); known {
		return of
	}
	usual := slices.IndexFunc(domain.Reasons(network), domain.Reason.Fraud)
	if raised.Reason != "" || usual < 0 || raised.Stage == domain.StagePreCompliance || raised.Stage == domain.StageGoodFaith {
		return domain.Reason{Code: raised.Reason, Category: domain.CategoryGeneral}
	}
	return domain.Reasons(network)[usual]
}

// network is the scheme that the payment went through: the card's, or the method by itself.
func (a *account) network() string {
	for _, f := range slices.Backward(a.facts) {
		switch {
		case f.Source == nil:
		case f.Source.Brand == domain.Maestro:
			return string(domain.Mastercard)
		default:
			return string(f.Source.Brand)
		}
	}
	return a.method
}

// shifted tells whether the customer was authenticated so that their bank bears a fraud.
func (a *account) shifted() bool {
	for _, f := range slices.Backward(a.facts) {
		if f.ThreeDS != nil {
			return f.ThreeDS.LiabilityShift
		}
	}
	return false
}

// raises are the cases that the customer's bank opens about payments with some test cards.
var raises = map[trait][]domain.Raising{
	chargedBack:   {{Stage: domain.StageChargeback, Reason: "10.4", Announced: true}},
	neverReceived: {{Stage: domain.StageChargeback, Reason: "13.1", Announced: true}},
	inquired:      {{Stage: domain.StageRetrieval}},
	advised:       {{Stage: domain.StageFraudAdvice}},
	disputedTwice: {
		{Stage: domain.StageChargeback, Reason: "10.4", Announced: true},
		{Stage: domain.StageChargeback, Reason: "13.1", Announced: true},
	},
	ruleBroken: {{Stage: domain.StagePreCompliance}},
}

// Checkout.com's payment that is charged back: its amount in minor units, and the expiry of its card.
const (
	disputedAmount    = 1040
	disputedYear      = 2099
	disputedMonth     = time.January
	byAmountAndExpiry = "amount 1040 with expiry 01/2099"
)

// disputed tells whether a payment of an amount is charged back for the expiry of its card.
func (in instrument) disputed(amount int64, currency string) bool {
	return amount == disputedAmount && in.year == disputedYear && time.Month(in.month) == disputedMonth &&
		domain.Currency(currency).Digits() == 2
}

// disputedBy is what the customer's bank is going to do about a payment that has been captured: nothing as a rule.
func (a *account) disputedBy(in instrument, now time.Time) []wait {
	t := aboutCard(in).trait
	if t == plain && in.disputed(a.authorized, a.currency) {
		t = chargedBack
	}
	if raises[t] == nil {
		return nil
	}
	return []wait{{step: disputeComes, at: now.Add(disputeDelay), request: request{payment: a.payment, terms: terms{Raises: t}}}}
}

// opened is what the customer's bank does about a payment by the card's trait. Several cases share the amount.
func (a *account) opened(by trait, now time.Time) reply {
	left, n := a.disputable(nil), int64(len(raises[by]))
	var facts []fact
	for i, raised := range raises[by] {
		part := left*int64(i+1)/n - left*int64(i)/n
		if raised.Amount = domain.Amount(part); part > 0 {
			facts = append(facts, a.raise(raised, now))
		}
	}
	return reply{facts: facts}
}
