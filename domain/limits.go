package domain

import (
	"errors"
	"regexp"

	"github.com/shopspring/decimal"
)

// Limits are the least and the most that an amount may be, as numbers of major units of whatever currency it is
// in: 1.00 is a euro or a yen. An empty text is no limit.
type Limits struct {
	Min string `json:"min,omitempty"`
	Max string `json:"max,omitempty"`
}

// plainNumber is short enough to compute with, and no text of a person who thinks of thousands.
var plainNumber = regexp.MustCompile(`^[0-9]{1,15}(\.[0-9]{1,4})?$`)

// Problems says of each limit what is wrong with it.
func (l Limits) Problems() map[string]string {
	fields := map[string]string{}
	for name, text := range map[string]string{"min": l.Min, "max": l.Max} {
		if text != "" && !plainNumber.MatchString(text) {
			fields[name] = `must be an amount such as "500.00"`
		}
	}
	if len(fields) > 0 || l.Min == "" || l.Max == "" {
		return fields
	}
	if least, most, err := l.numbers(); err == nil && least.GreaterThan(most) {
		fields["max"] = "must not be less than min"
	}
	return fields
}

// Refuses says why an amount is outside the limits; empty when it is not. Minor units of the currency.
func (l Limits) Refuses(c Currency, a Amount) string {
	least, most, err := l.numbers()
	number := decimal.New(int64(a), -int32(c.Digits()))
	switch {
	case err != nil:
		return "has no limits that can be read"
	case l.Min != "" && number.LessThan(least):
		return "must be at least " + l.Min + " " + string(c)
	case l.Max != "" && number.GreaterThan(most):
		return "must be at most " + l.Max + " " + string(c)
	}
	return ""
}

func (l Limits) numbers() (least, most decimal.Decimal, err error) {
	var errs [2]error
	if l.Min != "" {
		least, errs[0] = decimal.NewFromString(l.Min)
	}
	if l.Max != "" {
		most, errs[1] = decimal.NewFromString(l.Max)
	}
	return least, most, errors.Join(errs[:]...)
}
