package domain

import (
	"reflect"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// What is reckoned line by line is what is reckoned at once, to the last unit.
func TestRetotal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Cart{
			Currency: "EUR", PricesIncludeTax: rapid.Bool().Draw(t, "contained"),
			Tip: Amount(rapid.Int64Range(0, 500).Draw(t, "tip")), Delivery: Amount(rapid.Int64Range(0, 500).Draw(t, "delivery")),
		}
		sums := c.Totals()
		for range rapid.IntRange(1, 12).Draw(t, "changes") {
			line := Line{
				Price: Amount(rapid.Int64Range(1, 9999).Draw(t, "price")), Quantity: rapid.Int64Range(1, 9).Draw(t, "quantity"),
				TaxPercent:      decimal.NewFromInt(rapid.Int64Range(0, 25).Draw(t, "tax")),
				DiscountPercent: decimal.NewFromInt(rapid.Int64Range(0, 100).Draw(t, "percent")),
			}
			at := rapid.IntRange(0, len(c.Lines)).Draw(t, "line")
			if at == len(c.Lines) {
				c.Lines = append(c.Lines, line)
			}
			c.Lines[at] = line
			if rapid.IntRange(0, 4).Draw(t, "off") == 0 {
				c.Discount = Amount(rapid.Int64Range(0, 300).Draw(t, "discount"))
				sums = c.Totals()
				continue
			}
			if sums = c.Retotal(sums, at); !reflect.DeepEqual(sums, c.Totals()) {
				t.Fatalf("%+v\nis not\n%+v", sums, c.Totals())
			}
		}
		if len(c.Lines) > 1 {
			c.Lines = c.Lines[1:]
			if got := c.Retotal(sums, 0); !reflect.DeepEqual(got, c.Totals()) {
				t.Fatalf("a line less: %+v", got)
			}
		}
	})
}
