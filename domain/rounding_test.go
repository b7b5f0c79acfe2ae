package domain

import (
	"testing"

	"pgregory.net/rapid"
)

func TestCashRounding(t *testing.T) {
	for _, c := range []struct {
		country  string
		currency Currency
		of, to   Amount
	}{
		{"CH", "CHF", 1448, 1450},
		{"CH", "CHF", 1442, 1440},
		{"CH", "EUR", 1448, 1448}, // not its currency
		{"BE", "EUR", 3076, 3075},
		{"DE", "EUR", 3076, 3076},
		{"", "EUR", 3076, 3076},
		{"DK", "DKK", 1024, 1000},
		{"DK", "DKK", 1025, 1050},
		{"DK", "DKK", 1075, 1100},
		{"SE", "SEK", 1049, 1000},
		{"SE", "SEK", 1050, 1100},
		{"HU", "HUF", 10249, 10000},
		{"HU", "HUF", 10250, 10500},
		{"NZ", "NZD", 1005, 1000},
		{"NZ", "NZD", 1006, 1010},
		{"ZA", "ZAR", 1009, 1000},
		{"ZA", "ZAR", 9, 10},  // never nothing
		{"EE", "EUR", 2, 5},   // nor here
		{"EE", "EUR", 0, 0},   // nothing is owed
		{"EE", "EUR", -3, -3}, // what is no amount is let be
	} {
		if got := c.of + CashRounding(c.country, c.currency, c.of); got != c.to {
			t.Errorf("%s: %d is rounded to %d, not %d", c.country, c.of, got, c.to)
		}
	}
}

func TestEveryRuleHasACountryACurrencyAndASource(t *testing.T) {
	for i, r := range CashRules {
		if code, err := ParseCountry(r.Country); err != nil || code != r.Country {
			t.Errorf("%q: %v", r.Country, err)
		}
		if !r.Currency.known() || r.Step < 2 || r.Source == "" {
			t.Errorf("%+v", r)
		}
		if i > 0 && CashRules[i-1].Country >= r.Country {
			t.Errorf("%s is out of its order, or there twice", r.Country)
		}
	}
}

// What is rounded can be paid in the country's coins, is never further away than a step, never nothing, and never less
// for more.
func TestRoundedCashCanBePaid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rule := rapid.SampledFrom(CashRules).Draw(t, "rule")
		a := Amount(rapid.Int64Range(1, int64(MaxAmount)).Draw(t, "amount"))
		by := CashRounding(rule.Country, rule.Currency, a)
		switch cash := a + by; {
		case cash%rule.Step != 0:
			t.Errorf("%d cannot be paid in steps of %d", cash, rule.Step)
		case cash <= 0:
			t.Errorf("%d became nothing", a)
		case max(by, -by) >= rule.Step:
			t.Errorf("%d was rounded by %d", a, by)
		case a > rule.Step && rule.Tie != AlwaysDown && 2*max(by, -by) > rule.Step:
			t.Errorf("%d was not rounded to the nearest: %d", a, by)
		case a+1+CashRounding(rule.Country, rule.Currency, a+1) < cash:
			t.Errorf("one more than %d costs less", a)
		}
	})
}

// However a cash payment goes back, in the end what was taken has been given back, and never more on the way.
func TestAllThatGoesBackIsWhatWasTaken(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rule := rapid.SampledFrom(CashRules).Draw(t, "rule")
		p := &Payment{}
		p.Amount = Amount(rapid.Int64Range(1, 2_000).Draw(t, "amount"))
		p.Rounded = CashRounding(rule.Country, rule.Currency, p.Amount)
		p.Sums.Captured = p.Amount
		for left := p.Amount; left > 0; {
			a := Amount(rapid.Int64Range(1, int64(left)).Draw(t, "back"))
			r := &Refund{Amount: a, Rounded: p.RoundingBack(rule.Country, rule.Currency, a), State: RefundSucceeded}
			r.facts = []Fact{{Event: RefundDone, Amount: a}}
			if a+r.Rounded < 0 || (a+r.Rounded)%rule.Step != 0 {
				t.Fatalf("%d goes back as %d", a, a+r.Rounded)
			}
			p.Refunds, left = append(p.Refunds, r), left-a
		}
		var given Amount
		for _, r := range p.Refunds {
			given += r.Amount + r.Rounded
		}
		if given != p.Cash() {
			t.Errorf("%d was taken and %d given back", p.Cash(), given)
		}
	})
}

func TestChange(t *testing.T) {
	p := &Payment{}
	p.Amount, p.Rounded = 1448, 2
	if p.Change() != 0 {
		t.Error("nobody said what was given, and there is change")
	}
	if p.Tendered = 2000; p.Change() != 550 || p.Cash() != 1450 {
		t.Errorf("change %d of %d", p.Change(), p.Cash())
	}
}
