package sandbox

import (
	"time"

	"till/domain"
)

// The rules that need no number of their own.
const (
	byDefault   = "no rule says otherwise"
	fromBooks   = "the gateway's books"
	notTestCard = "not a test card" // a sandbox must never see real ones
	pastExpiry  = "expiry in the past"
)

// issuer is what the bank that gave the card says of a payment.
type issuer struct {
	verdict
	trait trait
	wants domain.SessionKind // what the customer has to do first
}

// judge is the issuer's word on a payment with a card that is known: first the card, then the amount, else approved.
func judge(in instrument, r request) issuer {
	says := aboutCard(in)
	switch {
	case says.code == "":
		says.verdict = verdict{"20014", notTestCard}
	case expired(in.month, in.year, r.at):
		says.verdict = verdict{"20054", pastExpiry}
	case says.trait == failsLater && r.Stored && r.pays():
		says.code = "20005"
	case codes[says.code].end == refused:
		says.wants = says.trait.wants(r)
	default:
		says.wants = says.trait.wants(r)
		says.andAmount(r)
		if says.rule == byDefault && in.disputed(r.amount, r.currency) {
			says.rule = byAmountAndExpiry
		}
	}
	return says
}

// aboutCard is what the issuer says whatever is asked; no code where it is none of the test cards.
func aboutCard(in instrument) issuer {
	c, known := cardEnding(in.brand, in.last4)
	if !known {
		return issuer{}
	}
	return issuer{verdict: verdict{c.code, c.rule()}, trait: c.trait}
}

// wants is what the customer has to do first, where they are there.
func (t trait) wants(r request) domain.SessionKind {
	switch {
	case r.kind != authorize:
		return ""
	case t == challenges:
		return domain.SessionChallenge
	case t == looksUp || t == lookupBreaks:
		return domain.SessionLookup
	}
	return ""
}

// andAmount lets the amount have its say about a card that is good.
func (s *issuer) andAmount(r request) {
	v := byAmount(r)
	mayAsk := r.kind == authorize && (r.ThreeDS || s.wants != "")
	switch {
	case v.code == wantsThreeDS && mayAsk:
		if s.wants == "" {
			s.wants, s.rule = domain.SessionChallenge, v.rule
		}
	case v.code == threeDSBroken && s.wants != "": // the card has its own way with 3DS
	case v.code != "":
		s.verdict = v
	case s.trait == plain:
		s.rule = byDefault
	}
}

// screening is what the gateway's own fraud screening says of a card; nil where it has no doubt.
func (s issuer) screening() *domain.Screening {
	switch s.trait {
	case reviewed:
		return &domain.Screening{Status: domain.FraudReview, Message: "somebody should look at it before it is captured"}
	case screenedOut:
		return &domain.Screening{Status: domain.FraudReject, Message: "it looks like fraud: do not capture it"}
	}
	return nil
}

// expired: a card is good until the end of its month.
func expired(month, year int, now time.Time) bool {
	return !now.Before(time.Date(year, time.Month(month)+1, 1, 0, 0, 0, 0, time.UTC))
}

// wrongCard is the code of what no issuer would be asked about; "" if nothing is wrong.
func wrongCard(c *domain.Card) string {
	switch {
	case len(c.CVV.Reveal()) != c.Brand().CVVDigits():
		return cvvInvalid
	case c.Month < 1 || c.Month > 12:
		return expiryInvalid
	}
	return ""
}
