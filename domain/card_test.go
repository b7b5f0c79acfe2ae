package domain

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"testing"
	"time"
)

var cardDay = time.Date(2026, time.March, 15, 12, 0, 0, 0, time.UTC)

func TestSecretsStayHidden(t *testing.T) {
	card, err := ParseCard("4242 4242-4242 4242", "12/34", "737", "Ada", cardDay)
	if err != nil {
		t.Fatal(err)
	}
	op := Operation{Card: &card, Source: card.Source()}
	var log strings.Builder
	slog.New(slog.NewJSONHandler(&log, nil)).Info("a card", "card", card, "number", card.Number)
	said := []string{log.String()}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		said = append(said, fmt.Sprintf(verb, card), fmt.Sprintf(verb, card.Number), fmt.Sprintf(verb, &op), fmt.Sprint(errors.New(card.CVV.String())))
	}
	text, err := json.Marshal(op)
	if err != nil {
		t.Fatal(err)
	}
	cvv := regexp.MustCompile(`\b737\b`) // the address of a card may have these digits in it
	for _, s := range append(said, string(text)) {
		if strings.Contains(s, "42424242") || cvv.MatchString(s) || strings.Contains(s, "3432343234323432") {
			t.Errorf("a secret is in %s", s)
		}
	}
	if _, err := json.Marshal(card); err == nil {
		t.Error("a card has a JSON form")
	}
}

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
