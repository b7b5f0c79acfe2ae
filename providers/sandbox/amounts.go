package sandbox

import (
	"strconv"
	"strings"

	"till/domain"
)

// ending is how an amount must end, and what becomes of it.
type ending struct{ digits, code string }

// endings are the last digits of an amount in minor units, Checkout.com's; the longest come first.
var endings = []ending{
	{"4001", "40101"},
	{"2011", "200R1"},
	{"5000", threeDSBroken}, // only where 3DS is asked for
	{"6510", wantsThreeDS},  // where it is, the customer is challenged
	{"05", "20005"},
	{"12", "20012"},
	{"14", "20014"},
	{"51", "20051"},
	{"54", "20087"},
	{"62", "20062"},
	{"63", "20063"},
	{"33", "30033"},
}

// byAmount is what the amount alone decides; no code if nothing. It looks at currencies with two decimals only:
// elsewhere the same digits are another sum of money.
func byAmount(r request) verdict {
	if domain.Currency(r.currency).Digits() != 2 {
		return verdict{}
	}
	digits := strconv.FormatInt(r.amount, 10)
	if len(digits) < 2 {
		digits = "0" + digits
	}
	for _, e := range endings {
		if strings.HasSuffix(digits, e.digits) && (e.code != threeDSBroken || r.ThreeDS) {
			return verdict{e.code, "amount ending " + e.digits}
		}
	}
	return verdict{}
}
