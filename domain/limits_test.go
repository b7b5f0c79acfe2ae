package domain

import "testing"

func TestLimits(t *testing.T) {
	for _, c := range []struct {
		limits   Limits
		currency Currency
		amount   Amount
		want     string
	}{
		{Limits{}, "EUR", 1, ""},
		{Limits{Min: "1.00"}, "EUR", 99, "must be at least 1.00 EUR"},
		{Limits{Min: "1.00"}, "EUR", 100, ""},
		{Limits{Min: "1.00"}, "JPY", 1, ""},
		{Limits{Max: "500.00"}, "EUR", 50_000, ""},
		{Limits{Max: "500.00"}, "EUR", 50_001, "must be at most 500.00 EUR"},
		{Limits{Max: "500.00"}, "KWD", 500_001, "must be at most 500.00 KWD"},
		{Limits{Min: "0.1234", Max: "0.1234"}, "CLF", 1234, ""},
		{Limits{Max: "0"}, "EUR", 1, "must be at most 0 EUR"},
	} {
		if got := c.limits.Refuses(c.currency, c.amount); got != c.want {
			t.Errorf("%d %s in %+v: %q, want %q", c.amount, c.currency, c.limits, got, c.want)
		}
	}
}

func TestLimitsThatAreNone(t *testing.T) {
	for limits, wrong := range map[Limits]string{
		{}: "", {Min: "1", Max: "1.0"}: "", {Min: "0.01"}: "",
		{Min: "one"}: "min", {Max: "1e9999999"}: "max", {Max: "-1"}: "max", {Max: "1,000"}: "max", {Min: "1.00 "}: "min",
		{Min: "2", Max: "1.9999"}: "max",
	} {
		got := limits.Problems()
		if len(got) > 0 != (wrong != "") || wrong != "" && got[wrong] == "" {
			t.Errorf("%+v: %v, want %q", limits, got, wrong)
		}
	}
}
