package domain

import (
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	iso "github.com/bojanz/currency"
	"pgregory.net/rapid"
)

func TestParseCurrency(t *testing.T) {
	for text, want := range map[string]Currency{
		"EUR": "EUR", " usd ": "USD", "kWd\n": "KWD",
		"": "", "   ": "", "EURO": "", "XYZ": "", "€": "", "E R": "",
	} {
		got, err := ParseCurrency(text)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("ParseCurrency(%q) = %q, %v; want %q", text, got, err, want)
		}
	}
}

func TestDigits(t *testing.T) {
	for c, want := range map[Currency]int{"JPY": 0, "EUR": 2, "KWD": 3, "CLF": 4, "": 0, "XYZ": 0} {
		if got := c.Digits(); got != want {
			t.Errorf("%q has %d digits, want %d", c, got, want)
		}
	}
}

func TestParse(t *testing.T) {
	tests := []struct {
		currency Currency
		text     string
		want     Amount
		wrong    string // the beginning of the error
	}{
		{"EUR", "12.34", 1234, ""},
		{"EUR", "0.3", 30, ""},
		{"EUR", "5", 500, ""},
		{"EUR", " 5.00\n", 500, ""},
		{"EUR", "1.230", 123, ""},
		{"EUR", "1e2", 10000, ""},
		{"EUR", "1.5E+1", 1500, ""},
		{"EUR", "123e-2", 123, ""},
		{"EUR", "12300e-4", 123, ""},
		{"EUR", "0", 0, ""},
		{"EUR", "-0.00", 0, ""},
		{"EUR", "0e5000", 0, ""},
		{"EUR", "0e-5000", 0, ""},
		{"EUR", "0.29", 29, ""},  // 28 by way of a float
		{"EUR", "1.15", 115, ""}, // 114 by way of a float
		{"EUR", "000000000000000000000000001.00", 100, ""},
		{"EUR", "10000000000000", MaxAmount, ""},
		{"JPY", "500", 500, ""},
		{"JPY", "500.0", 500, ""},
		{"KWD", "1.25", 1250, ""},
		{"CLF", "0.0001", 1, ""},

		{"EUR", "1.234", 0, "too many decimals for EUR (at most 2)"},
		{"EUR", "0.001", 0, "too many decimals for EUR (at most 2)"},
		{"EUR", "1e-9999", 0, "too many decimals for EUR (at most 2)"},
		{"JPY", "0.5", 0, "too many decimals for JPY (it has none)"},
		{"EUR", "-1", 0, "must not be negative"},
		{"EUR", "\u22121", 0, "must not be negative"},
		{"EUR", "-1e9999", 0, "must not be negative"},
		{"EUR", "10000000000000.01", 0, "too large (at most 10000000000000.00)"},
		{"EUR", "9999999999999999", 0, "too large"},
		{"EUR", "9223372036854775808", 0, "too large"},
		{"EUR", "1e14", 0, "too large"},
		{"EUR", "1e9999", 0, "too large"},
		{"EUR", "1e999999999", 0, "not an amount (write it like 12.34)"},
		{"EUR", "1e-999999999", 0, "not an amount"},
		{"EUR", "1e99999999999999999999", 0, "not an amount"},
		{"EUR", "", 0, "not an amount"},
		{"EUR", ".", 0, "not an amount"},
		{"EUR", "12,34", 0, "not an amount"},
		{"EUR", "1 000", 0, "not an amount"},
		{"EUR", "1_000", 0, "not an amount"},
		{"EUR", "0x10", 0, "not an amount"},
		{"EUR", "NaN", 0, "not an amount"},
		{"EUR", "Inf", 0, "not an amount"},
		{"JPY", "ten", 0, "not an amount (write it like 1234)"},
		{"EUR", strings.Repeat("9", 1_000_000), 0, "too long"},
		{"", "1", 0, "the currency is not known"},
		{"XYZ", "1", 0, "the currency is not known"},
	}
	for _, test := range tests {
		start := time.Now()
		got, err := test.currency.Parse(test.text)
		took := time.Since(start)
		switch {
		case test.wrong == "" && (err != nil || got != test.want):
			t.Errorf("%s.Parse(%.40q) = %d, %v; want %d", test.currency, test.text, got, err, test.want)
		case test.wrong != "" && (err == nil || !strings.HasPrefix(err.Error(), test.wrong)):
			t.Errorf("%s.Parse(%.40q) = %d, %v; want the error %q", test.currency, test.text, got, err, test.wrong)
		case took > time.Second:
			t.Errorf("%s.Parse(%.40q) took %v", test.currency, test.text, took)
		}
	}
}

func TestParseNeverRepeatsTheText(t *testing.T) {
	for _, text := range []string{"4111 1111 1111 1111", "4111111111111111x", "4111111111111111"} {
		_, err := Currency("EUR").Parse(text)
		if err == nil || strings.Contains(err.Error(), "4111") {
			t.Errorf("Parse(%q): %v", text, err)
		}
	}
}

func TestFormat(t *testing.T) {
	tests := []struct {
		currency Currency
		amount   Amount
		want     string
		display  string
	}{
		{"EUR", 12000, "120.00", "€120.00"},
		{"EUR", 123450, "1234.50", "€1,234.50"},
		{"EUR", 1, "0.01", "€0.01"},
		{"EUR", 0, "0.00", "€0.00"},
		{"EUR", -100, "-1.00", "-€1.00"},
		{"EUR", -5, "-0.05", "-€0.05"},
		{"EUR", MaxAmount, "10000000000000.00", "€10,000,000,000,000.00"},
		{"EUR", math.MinInt64, "-92233720368547758.08", "-€92,233,720,368,547,758.08"},
		{"USD", 999, "9.99", "$9.99"},
		{"JPY", 500, "500", "¥500"},
		{"JPY", -1500, "-1500", "-¥1,500"},
		{"KWD", 1250, "1.250", "KWD 1.250"},
		{"CHF", 500, "5.00", "CHF 5.00"},
		{"CLF", 12345, "1.2345", "CLF 1.2345"},
		{"XYZ", 5, "5", "5 XYZ"},
		{"", 5, "5", "5"},
	}
	for _, test := range tests {
		if got := test.currency.Format(test.amount); got != test.want {
			t.Errorf("%s.Format(%d) = %q, want %q", test.currency, test.amount, got, test.want)
		}
		if got := test.currency.Display(test.amount); got != test.display {
			t.Errorf("%s.Display(%d) = %q, want %q", test.currency, test.amount, got, test.display)
		}
	}
}

func TestDisplayHasOnlyPlainSpaces(t *testing.T) {
	for _, code := range iso.GetCurrencyCodes() {
		if got := Currency(code).Display(-1234567); strings.ContainsAny(got, "\u00a0\u202f") {
			t.Errorf("%s: %q has a space that does not break", code, got)
		}
	}
}

func TestParseReadsWhatFormatWrites(t *testing.T) {
	byDigits := map[int]bool{}
	for _, code := range iso.GetCurrencyCodes() {
		byDigits[Currency(code).Digits()] = true
	}
	for _, digits := range []int{0, 2, 3, 4} {
		if !byDigits[digits] {
			t.Errorf("no currency has %d digits, so the property says nothing about them", digits)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		c := Currency(rapid.SampledFrom(iso.GetCurrencyCodes()).Draw(t, "currency"))
		a := Amount(rapid.Int64Range(0, int64(MaxAmount)).Draw(t, "amount"))
		if got, err := c.Parse(c.Format(a)); err != nil || got != a {
			t.Fatalf("%s.Parse(%q) = %d, %v; want %d", c, c.Format(a), got, err, a)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"12.34", "0.3", "5", "1e2", "1.230", "1.234", "-1", "-0", "+1", ".5", "5.", "1e999999999", "1e-9999",
		"0e9999", "10000000000000.01", "12,34", "", ".", "e", "1e", "--1", "\u22125", "NaN", "0x1p-2", "٣",
	} {
		for _, code := range []string{"EUR", "JPY", "KWD", "CLF"} {
			f.Add(code, text)
		}
	}
	f.Fuzz(func(t *testing.T, code, text string) {
		c := Currency(code)
		a, err := c.Parse(text)
		if err != nil {
			if a != 0 {
				t.Fatalf("an error and %d", a)
			}
			return
		}
		if a < 0 || a > MaxAmount {
			t.Fatalf("%s.Parse(%q) = %d is out of range", code, text, a)
		}
		if again, err := c.Parse(c.Format(a)); err != nil || again != a {
			t.Fatalf("%s.Parse(%q) = %d, written and read again %d, %v", code, text, a, again, err)
		}
		// Another library must read the same value.
		if want, ok := new(big.Rat).SetString(strings.TrimSpace(strings.ReplaceAll(text, "\u2212", "-"))); ok {
			if got, _ := new(big.Rat).SetString(c.Format(a)); got.Cmp(want) != 0 {
				t.Fatalf("%s.Parse(%q) = %d, which is not exact", code, text, a)
			}
		}
	})
}

func TestShare(t *testing.T) {
	const most = Amount(math.MaxInt64)
	tests := []struct {
		name    string
		total   Amount
		weights []Amount
		want    []Amount
	}{
		{"even", 100, []Amount{1, 1}, []Amount{50, 50}},
		{"a tie goes to the earlier", 100, []Amount{1, 1, 1}, []Amount{34, 33, 33}},
		{"two left over", 101, []Amount{1, 1, 1}, []Amount{34, 34, 33}},
		{"the largest remainder", 10, []Amount{1, 1, 5}, []Amount{2, 1, 7}},
		{"the later remainder is larger", 5, []Amount{10, 19}, []Amount{2, 3}},
		{"nothing for weight 0", 7, []Amount{0, 3, 0, 4}, []Amount{0, 3, 0, 4}},
		{"all weights 0", 7, []Amount{0, 0}, []Amount{7, 0}},
		{"nothing to share", 0, []Amount{3, 4}, []Amount{0, 0}},
		{"one part", 99, []Amount{12}, []Amount{99}},
		{"no parts", 99, nil, []Amount{}},
		{"128 bits", most, []Amount{most, most, most}, []Amount{most/3 + 1, most / 3, most / 3}},
		{"a negative weight counts as 0", 9, []Amount{-5, 3}, []Amount{0, 9}},
		{"a negative total", -100, []Amount{1, 1, 1}, []Amount{-33, -33, -34}},
	}
	for _, test := range tests {
		got := Share(test.total, test.weights)
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: Share(%d, %d) = %d, want %d", test.name, test.total, test.weights, got, test.want)
		}
	}
}

func TestShareIsFairToTheLastUnit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total := rapid.Int64Range(0, math.MaxInt64).Draw(t, "total")
		weights := rapid.SliceOfN(rapid.OneOf(
			rapid.Int64Range(0, 5), rapid.Int64Range(0, math.MaxInt64),
		), 1, 30).Draw(t, "weights")

		amounts, sum := make([]Amount, len(weights)), new(big.Int)
		for i, w := range weights {
			amounts[i] = Amount(w)
			sum.Add(sum, big.NewInt(w))
		}
		parts := Share(Amount(total), amounts)
		if got := sumOfAmounts(parts); got != Amount(total) {
			t.Fatalf("the parts add up to %d, not %d", got, total)
		}
		if sum.Sign() == 0 {
			return
		}
		for i, part := range parts {
			// |part x sum - total x weight| < sum says that the part is less than 1 from its exact share.
			off := new(big.Int).Mul(big.NewInt(int64(part)), sum)
			off.Sub(off, new(big.Int).Mul(big.NewInt(total), big.NewInt(weights[i])))
			if off.CmpAbs(sum) >= 0 {
				t.Fatalf("part %d is %d, a unit or more off", i, part)
			}
			if weights[i] == 0 && part != 0 {
				t.Fatalf("part %d is %d for nothing", i, part)
			}
		}
	})
}

// Amounts are written as the tables of the currencies have it, sign, symbol and groups.
func TestDisplayIsTheFormatters(t *testing.T) {
	for _, code := range iso.GetCurrencyCodes() {
		c := Currency(code)
		for _, a := range []Amount{0, 1, -1, 99, 100, 12345, -12345, 99999, 100000, 123456789, -9999999999, 1234567890123} {
			amount, err := iso.NewAmountFromInt64(int64(a), code)
			if err != nil || !c.known() {
				continue
			}
			if got, want := c.Display(a), plainSpaces.Replace(english.Format(amount)); got != want {
				t.Errorf("%d %s is %q, not %q", a, code, got, want)
			}
		}
	}
}
