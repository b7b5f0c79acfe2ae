package sandbox

import (
	"slices"
	"strconv"
	"strings"
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

// testCard is a public test number and what becomes of it.
type testCard struct{ number, code string }

// cards are the public numbers of Stripe's and Checkout.com's test pages.
var cards = []testCard{
	{"4242424242424242", approvedCode},
	{"4543474002249996", approvedCode},
	{"5436031030606378", approvedCode},
	{"2223000010479399", approvedCode},
	{"345678901234564", approvedCode},
	{"378282246310005", approvedCode},
	{"30123456789019", approvedCode},
	{"6011111111111117", approvedCode},
	{"3530111333300000", approvedCode},
	{"4658584090000001", approvedCode},
	{"4000000000000002", "20005"},
	{"4000000000009995", "20051"},
	{"4000000000009987", "30041"},
	{"4000000000009979", "30043"},
	{"4000000000000069", "20054"},
	{"4000000000000127", "20087"},
	{"4000000000000119", "20068"},
}

func (c testCard) brand() domain.Brand { return domain.BrandOf(c.number) }

func (c testCard) behaves() string {
	if c.code == approvedCode {
		return "approved"
	}
	sentence := strings.TrimPrefix(codes[c.code].sentence, "Declined: ")
	return "declined: " + strings.ToLower(sentence[:1]) + sentence[1:]
}

// ending is how an amount must end, and what becomes of it.
type ending struct{ digits, code string }

// endings are the last digits of an amount in minor units, Checkout.com's; the longest come first.
var endings = []ending{
	{"4001", "40101"},
	{"05", "20005"},
	{"12", "20012"},
	{"14", "20014"},
	{"51", "20051"},
	{"54", "20087"},
	{"62", "20062"},
	{"63", "20063"},
	{"33", "30033"},
}

// judge is the issuer's word on an authorize: what is not valid, then the card, then the amount, else approved.
func judge(op domain.Operation, now time.Time) verdict {
	for _, rule := range []func(domain.Operation, time.Time) verdict{validate, byCard, byAmount} {
		if v := rule(op, now); v.code != "" {
			return v
		}
	}
	return verdict{approvedCode, byDefault}
}

// validate finds what no issuer would be asked about.
func validate(op domain.Operation, _ time.Time) verdict {
	if c, err := domain.ParseCurrency(string(op.Currency)); err != nil || c != op.Currency {
		return verdict{code: currencyInvalid}
	}
	switch card := op.Card; {
	case card == nil:
		return verdict{code: cardRequired}
	case len(card.CVV.Reveal()) != card.Brand().CVVDigits():
		return verdict{code: cvvInvalid}
	case card.Month < 1 || card.Month > 12:
		return verdict{code: expiryInvalid}
	}
	return verdict{}
}

func byCard(op domain.Operation, now time.Time) verdict {
	number := op.Card.Number.Reveal()
	i := slices.IndexFunc(cards, func(c testCard) bool { return c.number == number })
	switch {
	case i < 0:
		return verdict{"20014", notTestCard}
	case expired(op.Card, now):
		return verdict{"20054", pastExpiry}
	case cards[i].code != approvedCode:
		return verdict{cards[i].code, "card ending " + number[len(number)-4:]}
	}
	return verdict{}
}

// expired: a card is good until the end of its month.
func expired(card *domain.Card, now time.Time) bool {
	end := time.Date(card.Year, time.Month(card.Month)+1, 1, 0, 0, 0, 0, time.UTC)
	return !now.Before(end)
}

// byAmount looks at currencies with two decimals only: elsewhere the same digits are another sum of money.
func byAmount(op domain.Operation, _ time.Time) verdict {
	if op.Currency.Digits() != 2 {
		return verdict{}
	}
	digits := strconv.FormatInt(int64(op.Amount), 10)
	if len(digits) < 2 {
		digits = "0" + digits
	}
	for _, e := range endings {
		if strings.HasSuffix(digits, e.digits) {
			return verdict{e.code, "amount ending " + e.digits}
		}
	}
	return verdict{}
}
