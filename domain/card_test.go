package domain

import (
	"errors"
	"strings"
	"testing"
	"time"
)

var cardDay = time.Date(2026, time.March, 15, 12, 0, 0, 0, time.UTC)

func TestParseCard(t *testing.T) {
	for _, c := range []struct{ number, expiry, cvv, wrong string }{
		{"4242424242424242", "12/34", "123", ""},
		{"378282246310005", "03/2026", "1234", ""},
		{"4242424242424241", "12/34", "123", "number"},
		{"4242", "12/34", "123", "number"},
		{"4242424242424242", "02/26", "123", "expiry"},
		{"4242424242424242", "13/30", "123", "expiry"},
		{"4242424242424242", "1230", "123", "expiry"},
		{"4242424242424242", "12/34", "12", "cvv"},
		{"378282246310005", "12/34", "123", "cvv"},
		{"4242424242424242", "12/34", "12a", "cvv"},
		{"x", "y", "z", "cvv expiry number"},
	} {
		_, err := ParseCard(c.number, c.expiry, c.cvv, "", cardDay)
		wrong := strings.Fields(c.wrong)
		e, _ := errors.AsType[*Error](err)
		if (err != nil) != (len(wrong) > 0) || e != nil && len(e.Fields) != len(wrong) {
			t.Errorf("%s %s %s: %v", c.number, c.expiry, c.cvv, err)
		}
		for _, field := range wrong {
			if e == nil || e.Fields[field] == "" {
				t.Errorf("%s %s %s: %q is not named in %v", c.number, c.expiry, c.cvv, field, err)
			}
		}
	}
}

func TestBrands(t *testing.T) {
	for number, want := range map[string]Brand{
		"4": Visa, "5436": Mastercard, "2223": Mastercard, "2721": NoBrand, "34": Amex, "3": NoBrand,
		"3012": Diners, "6011": Discover, "3530": JCB, "62": UnionPay, "9": NoBrand, "": NoBrand,
	} {
		if got := BrandOf(number); got != want {
			t.Errorf("%q is %s, not %s", number, got, want)
		}
	}
}
