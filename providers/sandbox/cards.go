package sandbox

import (
	"slices"
	"strings"

	"till/domain"
)

// trait is what is special about a test card besides its issuer's word.
type trait string

const (
	plain        trait = ""
	failsLater   trait = "what is saved of it is declined at every later charge (20005), and a mandate for it cannot be revoked"
	challenges   trait = "always a 3DS challenge"
	looksUp      trait = "3DS is required: device data first, then a challenge"
	lookupBreaks trait = "3DS is required: device data first, then the lookup ends in an error"
	refundsLate  trait = "a refund is pending for an hour, then succeeds"
	refundsFail  trait = "a refund succeeds, then fails a day later"
	reviewed     trait = "fraud screening says review; the gateway does not capture it by itself"
	screenedOut  trait = "fraud screening says reject; the gateway does not capture it by itself"
	approvesHalf trait = "only half is approved; the gateway does not capture it by itself"

	chargedBack   trait = "a minute after its capture a chargeback for fraud (10.4) is announced, and debited a minute later"
	neverReceived trait = "a minute after its capture a chargeback for what never came (13.1) is announced, and debited a minute later"
	inquired      trait = "a minute after its capture the bank asks what was sold: a retrieval"
	advised       trait = "a minute after its capture the bank advises of fraud"
	disputedTwice trait = "a minute after its capture two chargebacks (10.4 and 13.1) are announced for half of it each, and debited a minute later"
	ruleBroken    trait = "a minute after its capture the bank opens a compliance case"
)

// testCard is a public test number, what its issuer says, and what else it does.
type testCard struct {
	number, code string
	trait        trait
}

// cards are the public numbers of Stripe's and Checkout.com's test pages. No two end in the same four digits: by
// those a card that is kept is known.
var cards = []testCard{
	{"4242424242424242", approvedCode, plain},
	{"4543474002249996", approvedCode, plain},
	{"5436031030606378", approvedCode, plain},
	{"2223000010479399", approvedCode, plain},
	{"345678901234564", approvedCode, plain},
	{"378282246310005", approvedCode, plain},
	{"30123456789019", approvedCode, plain},
	{"6011111111111117", approvedCode, plain},
	{"3530111333300000", approvedCode, plain},
	{"4658584090000001", approvedCode, plain},
	{"4000000000000002", "20005", plain},
	{"4000000000009995", "20051", plain},
	{"4000000000009987", "30041", plain},
	{"4000000000009979", "30043", plain},
	{"4000000000000069", "20054", plain},
	{"4000000000000127", "20087", plain},
	{"4000000000000119", "20068", plain},
	{"4000000000000341", approvedCode, failsLater},
	{"4000002760003184", approvedCode, challenges},
	{"4000000000003220", approvedCode, looksUp},
	{"4000008400001629", "20005", looksUp},
	{"4000008400001280", approvedCode, lookupBreaks},
	{"4000000000007726", approvedCode, refundsLate},
	{"4000000000005126", approvedCode, refundsFail},
	{"4000000000009235", flaggedCode, reviewed},
	{"4000000000004954", flaggedCode, screenedOut},
	{"4000000000001018", approvedCode, approvesHalf},
	{"4000000000000259", approvedCode, chargedBack},
	{"4000000000002685", approvedCode, neverReceived},
	{"4000000000001976", approvedCode, inquired},
	{"4000000000005423", approvedCode, advised},
	{"4000000404000079", approvedCode, disputedTwice},
	{"4000008400000779", approvedCode, ruleBroken},
}

// cardEnding finds a test card by its brand and last four digits.
func cardEnding(brand domain.Brand, last4 string) (testCard, bool) {
	i := slices.IndexFunc(cards, func(c testCard) bool { return c.brand() == brand && strings.HasSuffix(c.number, last4) })
	if i < 0 || len(last4) != 4 {
		return testCard{}, false
	}
	return cards[i], true
}

// isTestCard tells whether a number is one that the sandbox may see.
func isTestCard(number string) bool {
	return slices.ContainsFunc(cards, func(c testCard) bool { return c.number == number })
}

func (c testCard) brand() domain.Brand { return domain.BrandOf(c.number) }
func (c testCard) last4() string       { return c.number[len(c.number)-4:] }
func (c testCard) rule() string        { return "card ending " + c.last4() }

// country is where the card's bank is: the numbers of Stripe's pages carry it (ISO 3166 numeric), and are of the
// United States where they do not.
func (c testCard) country() string {
	if strings.HasPrefix(c.number, "40000027") {
		return "DE"
	}
	return "US"
}

// behaves is the card in a sentence.
func (c testCard) behaves() string {
	says := "approved"
	if codes[c.code].end == refused {
		sentence := strings.TrimPrefix(codes[c.code].sentence, "Declined: ")
		says = "declined: " + strings.ToLower(sentence[:1]) + sentence[1:]
	}
	switch c.trait {
	case plain:
		return says
	case challenges, looksUp:
		return string(c.trait) + ", then " + says
	case lookupBreaks, approvesHalf:
		return string(c.trait)
	}
	return says + "; " + string(c.trait)
}
