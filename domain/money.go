package domain

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"sync"

	iso "github.com/bojanz/currency"
	"github.com/shopspring/decimal"
)

// Amount is whole minor units (cents, fils, yen) of some currency.
type Amount int64

// MaxAmount is the most minor units that one amount may have. A thousand of them still add up within an int64.
const MaxAmount Amount = 1_000_000_000_000_000

// maxAmountText is the most bytes that Parse reads: enough for any amount, too few to keep a machine busy.
const maxAmountText = 100

// Currency is an ISO 4217 code, upper case.
type Currency string

// ParseCurrency reads an ISO 4217 code in any case, with blanks around it. It fails on a code that ISO does not have.
func ParseCurrency(s string) (Currency, error) {
	c := Currency(strings.ToUpper(strings.TrimSpace(s)))
	if !c.known() {
		return "", errors.New("not a currency of ISO 4217 (write it like EUR)")
	}
	return c, nil
}

// known asks for the empty code too, which the library takes for valid.
func (c Currency) known() bool {
	return c != "" && iso.IsValid(string(c))
}

// Digits is how many decimals the currency has by ISO 4217, 0 to 4; 0 for an unknown currency.
func (c Currency) Digits() int {
	digits, _ := iso.GetDigits(string(c))
	return int(digits)
}

// Parse reads a number of major units, such as 12.34, 0.3 or 1e2, as exactly that many minor units.
// It fails, with a sentence for people, on what is no number, is negative, is above MaxAmount, or has
// decimals that the currency does not have; zeros at the end do no harm.
// The sentence never repeats the text, which may be a card number in the wrong field.
func (c Currency) Parse(text string) (Amount, error) {
	if !c.known() {
		return 0, errors.New("the currency is not known")
	}
	text = strings.TrimSpace(text)
	if len(text) > maxAmountText {
		return 0, errors.New("too long for an amount")
	}
	number, err := decimal.NewFromString(text)
	if err != nil {
		return 0, fmt.Errorf("not an amount (write it like %s)", c.Format(1234))
	}
	return c.minor(number)
}

// minor judges a number by its sign and its size before it is scaled: 1e9999 would be scaled to ten thousand digits.
func (c Currency) minor(number decimal.Decimal) (Amount, error) {
	units := number.Shift(int32(c.Digits()))
	switch {
	case units.IsZero():
		return 0, nil
	case units.IsNegative():
		return 0, errors.New("must not be negative")
	case units.NumDigits()+int(units.Exponent()) > MaxAmount.decimal().NumDigits():
		return 0, c.tooLarge()
	case units.Exponent() < -maxAmountText || !units.IsInteger():
		return 0, c.tooFine()
	case units.GreaterThan(MaxAmount.decimal()):
		return 0, c.tooLarge()
	}
	return Amount(units.IntPart()), nil
}

func (c Currency) tooLarge() error {
	return fmt.Errorf("too large (at most %s)", c.Format(MaxAmount))
}

func (c Currency) tooFine() error {
	if c.Digits() == 0 {
		return fmt.Errorf("too many decimals for %s (it has none)", c)
	}
	return fmt.Errorf("too many decimals for %s (at most %d)", c, c.Digits())
}

// Format writes minor units as a plain number of major units with all decimals of the currency: 120.00, -1.00,
// 500 for JPY, 1.250 for KWD. Parse reads it back.
func (c Currency) Format(a Amount) string {
	digits := int32(c.Digits())
	return decimal.New(int64(a), -digits).StringFixed(digits)
}

// english is only read once it is made, so everybody may share it.
var english = iso.NewFormatter(iso.NewLocale("en"))

// plainSpaces takes the spaces that do not break out of an amount: terminals and tests see no difference, searches do.
var plainSpaces = strings.NewReplacer("\u00a0", " ", "\u202f", " ")

// Display writes minor units for people, in English, with the symbol and with thousands apart: €1,234.50, -$1.00,
// CHF 5.00. An unknown currency is written as number and code.
func (c Currency) Display(a Amount) string {
	if !c.known() {
		return strings.TrimSpace(c.Format(a) + " " + string(c))
	}
	signs := c.signs(a < 0)
	return signs.before + grouped(strings.TrimPrefix(c.Format(a), "-")) + signs.after
}

// signs are what stands before and behind the digits of an amount.
type signs struct{ before, after string }

// knownSigns has those that were asked for, by currency and by whether the amount is negative: a screen writes a
// hundred amounts a frame, and the formatter takes its pattern apart for each.
var knownSigns sync.Map

func (c Currency) signs(negative bool) signs {
	type key struct {
		currency Currency
		negative bool
	}
	if known, ok := knownSigns.Load(key{c, negative}); ok {
		return known.(signs)
	}
	unit := int64(1)
	if negative {
		unit = -1
	}
	amount, err := iso.NewAmountFromInt64(unit, string(c))
	if err != nil { // the caller knows the currency
		return signs{after: " " + string(c)}
	}
	text := plainSpaces.Replace(english.Format(amount))
	isDigit := func(r rune) bool { return r >= '0' && r <= '9' }
	s := signs{text[:strings.IndexFunc(text, isDigit)], text[strings.LastIndexFunc(text, isDigit)+1:]}
	knownSigns.Store(key{c, negative}, s)
	return s
}

// grouped puts commas between the thousands of a number.
func grouped(number string) string {
	whole, rest, _ := strings.Cut(number, ".")
	if rest != "" {
		rest = "." + rest
	}
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	return whole + rest
}

// Share splits total over the weights in proportion, in whole minor units that add up to total to the last one.
// What rounding down leaves over goes to the largest remainders, of equal ones to the earlier. Where all weights
// are 0 the first part takes everything; without weights there are no parts. A negative weight counts as 0.
func Share(total Amount, weights []Amount) []Amount {
	parts := make([]Amount, len(weights))
	sum := sumOfWeights(weights)
	if len(parts) == 0 {
		return parts
	}
	if sum.Sign() == 0 {
		parts[0] = total
		return parts
	}
	left := total
	rests := make([]*big.Int, len(parts))
	for i, w := range weights {
		part := new(big.Int).Mul(big.NewInt(int64(total)), big.NewInt(int64(max(w, 0))))
		part, rests[i] = part.DivMod(part, sum, new(big.Int))
		parts[i] = Amount(part.Int64())
		left -= parts[i]
	}
	for _, i := range largestFirst(rests)[:left] {
		parts[i]++
	}
	return parts
}

// sumOfWeights is a big.Int, since weights may be anything that fits an Amount.
func sumOfWeights(weights []Amount) *big.Int {
	sum := new(big.Int)
	for _, w := range weights {
		sum.Add(sum, big.NewInt(int64(max(w, 0))))
	}
	return sum
}

// largestFirst is the order of the rests by size; equal ones keep their order.
func largestFirst(rests []*big.Int) []int {
	order := make([]int, len(rests))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return rests[b].Cmp(rests[a]) })
	return order
}

// roundHalfUp rounds a number of minor units to a whole one; a half goes up.
func roundHalfUp(units decimal.Decimal) Amount {
	return Amount(units.Add(decimal.New(5, -1)).Floor().IntPart())
}

// decimal is the amount as a number of minor units, to compute rates and shares with.
func (a Amount) decimal() decimal.Decimal {
	return decimal.NewFromInt(int64(a))
}
