package tui

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"till/domain"
)

// doing is what an entry does to the sale.
type doing int

const (
	putIn    doing = iota // an article, or a name at a price
	voidLine              // the marked line, or the one that is named
	takeOut               // pieces of an article
	percent               // off the marked line
	amountOff
	newPrice // of the marked line
)

// entry is what somebody typed or scanned, understood.
type entry struct {
	deed     doing
	quantity int64
	code     string          // an article's number, barcode or name
	line     int             // to void, counted from 1; 0: the marked one
	percent  decimal.Decimal // off the marked line
	amount   string          // a price, or what comes off: read once the currency is known
}

// mostLineDigits is how many digits the number of a line has: what has more behind a minus is a barcode.
const mostLineDigits = 4

// parseEntry reads the entry line: "3*espresso", "espresso", "candle@4.50", "-", "-2", "-espresso", "10%", "-1.50", "@2".
func parseEntry(text string) (entry, error) {
	text = strings.TrimSpace(Inert(text))
	if rest, ok := strings.CutPrefix(text, "-"); ok {
		return parseMinus(strings.TrimSpace(rest))
	}
	if number, ok := strings.CutSuffix(text, "%"); ok && len(number) < 12 {
		if off, err := decimal.NewFromString(number); err == nil {
			return entry{deed: percent, percent: off}, nil
		}
	}
	if price, ok := strings.CutPrefix(text, "@"); ok && isAmount(price) {
		return entry{deed: newPrice, amount: price}, nil
	}
	e, err := parseQuantity(text)
	if at := strings.LastIndexByte(e.code, '@'); at > 0 && isAmount(e.code[at+1:]) {
		e.code, e.amount = strings.TrimSpace(e.code[:at]), e.code[at+1:]
	}
	return e, err
}

// parseMinus reads what stands behind a minus. A point makes an amount of digits.
func parseMinus(rest string) (entry, error) {
	switch {
	case rest == "":
		return entry{deed: voidLine}, nil
	case isDigits(rest) && len(rest) <= mostLineDigits:
		line, _ := strconv.Atoi(rest)
		if line == 0 {
			return entry{}, fmt.Errorf("there is no line %s", rest)
		}
		return entry{deed: voidLine, line: line}, nil
	case strings.Contains(rest, ".") && isAmount(rest):
		return entry{deed: amountOff, amount: rest}, nil
	}
	e, err := parseQuantity(rest)
	e.deed = takeOut
	return e, err
}

func parseQuantity(text string) (entry, error) {
	before, code, found := strings.Cut(text, "*")
	if !found || !isDigits(strings.TrimSpace(before)) {
		return entry{quantity: 1, code: text}, nil
	}
	quantity, err := strconv.ParseInt(strings.TrimSpace(before), 10, 64)
	switch code = strings.TrimSpace(code); {
	case err != nil || quantity < 1 || quantity > domain.MaxQuantity:
		return entry{}, fmt.Errorf("a quantity is 1 to %d", domain.MaxQuantity)
	case code == "":
		return entry{}, fmt.Errorf("%d of what? type or scan the article behind the *", quantity)
	}
	return entry{quantity: quantity, code: code}, nil
}

// isAmount tells whether a text could be an amount of money, in whatever currency.
func isAmount(text string) bool {
	text = strings.TrimSpace(text)
	return strings.Trim(text, "0123456789.") == "" && strings.Count(text, ".") < 2 && strings.Trim(text, ".") != ""
}

// parseAmount reads one in a currency; a point at its end only says that it is one.
func parseAmount(c domain.Currency, text string) (domain.Amount, error) {
	if unlikely(c, strings.TrimSpace(text)) {
		return 0, errors.New("too many digits: a scan?")
	}
	return c.Parse(strings.TrimSuffix(strings.TrimSpace(text), "."))
}
