package domain

import (
	"encoding/json"
	"maps"
	"math/big"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

func dec(text string) decimal.Decimal { return decimal.RequireFromString(text) }

func TestTotals(t *testing.T) {
	tests := []struct {
		name string
		cart Cart
		want Totals
	}{
		{
			"the smallest order",
			Cart{Lines: []Line{{Price: 30, Quantity: 1}}},
			Totals{Lines: []LineTotal{{Gross: 30, Total: 30}}, Subtotal: 30, Total: 30},
		},
		{
			"everything on top",
			Cart{Lines: []Line{{Price: 1000, Quantity: 3}}, Tax: 250, Delivery: 499, Tip: 100},
			Totals{
				Lines:    []LineTotal{{Gross: 3000, Total: 3000}},
				Subtotal: 3000, Tax: 250, Delivery: 499, Tip: 100, Total: 3849,
			},
		},
		{
			"percent first, then amount",
			Cart{Lines: []Line{{Price: 1000, Quantity: 1, DiscountPercent: dec("10"), DiscountAmount: 100}}},
			Totals{Lines: []LineTotal{{Gross: 1000, Discount: 200, Total: 800}}, Subtotal: 1000, Discount: 200, Total: 800},
		},
		{
			"a line of 0.5 goes up, so its discount goes down",
			Cart{Lines: []Line{{Price: 25, Quantity: 1, DiscountPercent: dec("10")}}},
			Totals{Lines: []LineTotal{{Gross: 25, Discount: 2, Total: 23}}, Subtotal: 25, Discount: 2, Total: 23},
		},
		{
			"tax of 0.5 goes up, line by line",
			Cart{Lines: []Line{{Price: 50, Quantity: 1, TaxPercent: dec("5")}, {Price: 50, Quantity: 1, TaxPercent: dec("5")}}},
			Totals{
				Lines:    []LineTotal{{Gross: 50, Tax: 3, Total: 53}, {Gross: 50, Tax: 3, Total: 53}},
				Subtotal: 100, Tax: 6, Total: 106,
			},
		},
		{
			"tax contained",
			Cart{PricesIncludeTax: true, Lines: []Line{{Price: 12100, Quantity: 1, TaxPercent: dec("21")}}},
			Totals{Lines: []LineTotal{{Gross: 12100, Tax: 2100, Total: 12100}}, Subtotal: 12100, Tax: 2100, Total: 12100},
		},
		{
			"contained tax of exactly 0.5 goes up", // 3 x 20/120
			Cart{PricesIncludeTax: true, Lines: []Line{{Price: 3, Quantity: 1, TaxPercent: dec("20")}}},
			Totals{Lines: []LineTotal{{Gross: 3, Tax: 1, Total: 3}}, Subtotal: 3, Tax: 1, Total: 3},
		},
		{
			"a fraction of a percent", // 8.875 % of 9.99 is 0.8866
			Cart{Lines: []Line{{Price: 999, Quantity: 1, TaxPercent: dec("8.875")}}},
			Totals{Lines: []LineTotal{{Gross: 999, Tax: 89, Total: 1088}}, Subtotal: 999, Tax: 89, Total: 1088},
		},
		{
			"the order's discount is shared before tax",
			Cart{Discount: 100, Lines: []Line{
				{Price: 1000, Quantity: 1, TaxPercent: dec("20")},
				{Price: 1000, Quantity: 2, TaxPercent: dec("10")},
			}},
			Totals{
				Lines: []LineTotal{
					{Gross: 1000, OrderDiscount: 33, Tax: 193, Total: 1160},
					{Gross: 2000, OrderDiscount: 67, Tax: 193, Total: 2126},
				},
				Subtotal: 3000, Discount: 100, Tax: 386, Total: 3286,
			},
		},
		{
			"discounted to nothing",
			Cart{Discount: 50, Tip: 7, Lines: []Line{{Price: 100, Quantity: 1, DiscountPercent: dec("50"), TaxPercent: dec("20")}}},
			Totals{
				Lines:    []LineTotal{{Gross: 100, Discount: 50, OrderDiscount: 50}},
				Subtotal: 100, Discount: 100, Tip: 7, Total: 7,
			},
		},
		{
			"still being typed: discounts take no more than there is",
			Cart{Discount: 500, Lines: []Line{{Price: 100, Quantity: 1, DiscountAmount: 300}, {Price: 10, Quantity: 2}}},
			Totals{
				Lines:    []LineTotal{{Gross: 100, Discount: 100}, {Gross: 20, OrderDiscount: 20}},
				Subtotal: 120, Discount: 120,
			},
		},
		{"empty", Cart{Discount: 5}, Totals{Lines: []LineTotal{}}},
	}
	for _, test := range tests {
		if got := test.cart.Totals(); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s:\n got %+v\nwant %+v", test.name, got, test.want)
		}
	}
}

func TestTotalsOfTheLargestCart(t *testing.T) {
	line := Line{Title: "gold", Price: MaxAmount / MaxQuantity, Quantity: MaxQuantity, TaxPercent: dec("100")}
	c := Cart{Currency: "EUR", Lines: slices.Repeat([]Line{line}, MaxLines), Delivery: MaxAmount, Tip: MaxAmount}
	if got, want := c.Totals().Total, 2*MaxLines*MaxAmount+2*MaxAmount; got != want {
		t.Errorf("total %d, want %d", got, want)
	}
	want := map[string]string{"total": "too large (at most 10000000000000.00)"}
	if got := c.Problems(); !maps.Equal(got, want) {
		t.Errorf("problems %q, want %q", got, want)
	}
}

func TestCartJSON(t *testing.T) {
	const document = `{"currency":"EUR","lines":[` +
		`{"title":"tea","price":250,"quantity":2},` +
		`{"sku":"7","title":"pot","price":1999,"quantity":1,"tax_percent":"21","discount_percent":"2.5","discount_amount":9}],` +
		`"tip":50}`
	var c Cart
	if err := json.Unmarshal([]byte(document), &c); err != nil {
		t.Fatal(err)
	}
	if got, err := json.Marshal(c); err != nil || string(got) != document {
		t.Errorf("written again:\n%s, %v, want\n%s", got, err, document)
	}
	got, err := json.Marshal(Cart{Currency: "EUR", Discount: 10, Lines: c.Lines[:1]}.Totals())
	const want = `{"lines":[{"gross":500,"discount":0,"order_discount":10,"tax":0,"total":490}],` +
		`"subtotal":500,"discount":10,"tax":0,"delivery":0,"tip":0,"total":490}`
	if err != nil || string(got) != want {
		t.Errorf("totals %s, %v, want\n%s", got, err, want)
	}
}

func TestProblems(t *testing.T) {
	good := func() Cart {
		return Cart{Currency: "EUR", Lines: []Line{{Title: "test", Price: 1000, Quantity: 2}}}
	}
	const negative, tooLarge = "must not be negative", "too large (at most 10000000000000.00)"
	tests := []struct {
		name   string
		change func(*Cart)
		want   map[string]string
	}{
		{"none", func(*Cart) {}, nil},
		{"currency", func(c *Cart) { c.Currency = "" }, map[string]string{"currency": "must be a currency of ISO 4217"}},
		{"no lines", func(c *Cart) { c.Lines = nil }, map[string]string{"products": "at least one is needed"}},
		{
			"too many lines", func(c *Cart) { c.Lines = slices.Repeat(c.Lines, MaxLines+1) },
			map[string]string{"products": "at most 1000 are possible"},
		},
		{"title", func(c *Cart) { c.Lines[0].Title = " \t" }, map[string]string{"products[0].title": "must not be empty"}},
		{"price", func(c *Cart) { c.Lines[0].Price = 0 }, map[string]string{"products[0].price": "must be at least 0.01"}},
		{
			"price in yen", func(c *Cart) { c.Currency, c.Lines[0].Price = "JPY", -1 },
			map[string]string{"products[0].price": "must be at least 1"},
		},
		{"large price", func(c *Cart) { c.Lines[0].Price = MaxAmount + 1 }, map[string]string{"products[0].price": tooLarge}},
		{
			"large line", func(c *Cart) { c.Lines[0].Price = MaxAmount/2 + 1 },
			map[string]string{"products[0].price": "times the quantity is " + tooLarge},
		},
		{"largest line", func(c *Cart) { c.Lines[0].Price = MaxAmount / 2 }, nil},
		{"quantity", func(c *Cart) { c.Lines[0].Quantity = 0 }, map[string]string{"products[0].quantity": "must be 1 to 1000000"}},
		{
			"large quantity", func(c *Cart) { c.Lines[0].Quantity = MaxQuantity + 1 },
			map[string]string{"products[0].quantity": "must be 1 to 1000000"},
		},
		{
			"percentages", func(c *Cart) { c.Lines[0].TaxPercent, c.Lines[0].DiscountPercent = dec("100.01"), dec("-1") },
			map[string]string{"products[0].tax_percent": "must be 0 to 100", "products[0].discount_percent": "must be 0 to 100"},
		},
		{
			"percentages beyond reason", func(c *Cart) {
				c.Lines[0].TaxPercent, c.Lines[0].DiscountPercent = decimal.New(1, 2_000_000_000), decimal.New(1, -2_000_000_000)
			},
			map[string]string{
				"products[0].tax_percent":      "must be 0 to 100",
				"products[0].discount_percent": "must have at most 6 decimals",
			},
		},
		{"percentages at the edge", func(c *Cart) { c.Lines[0].TaxPercent, c.Lines[0].DiscountPercent = dec("1e2"), dec("99.95") }, nil},
		{
			"line discount", func(c *Cart) { c.Lines[0].DiscountPercent, c.Lines[0].DiscountAmount = dec("10"), 1801 },
			map[string]string{"products[0].discount_amount": "must not exceed the line (18.00)"},
		},
		{
			"negative line discount", func(c *Cart) { c.Lines[0].DiscountAmount = -1 },
			map[string]string{"products[0].discount_amount": negative},
		},
		{"discount", func(c *Cart) { c.Discount = 2001 }, map[string]string{"discount": "must not exceed the lines (20.00)"}},
		{"everything given away", func(c *Cart) { c.Discount = 2000 }, map[string]string{"total": "must be more than 0"}},
		{"everything but the delivery", func(c *Cart) { c.Discount, c.Delivery = 2000, 1 }, nil},
		{
			"negative amounts", func(c *Cart) { c.Discount, c.Tax, c.Delivery, c.Tip = -1, -1, -1, -1 },
			map[string]string{"discount": negative, "tax": negative, "delivery": negative, "tip": negative},
		},
		{
			"large amounts", func(c *Cart) { c.Discount, c.Tax, c.Delivery, c.Tip = 2e15, 2e15, 2e15, 2e15 },
			map[string]string{"discount": tooLarge, "tax": tooLarge, "delivery": tooLarge, "tip": tooLarge},
		},
		{"large total", func(c *Cart) { c.Tip = MaxAmount }, map[string]string{"total": tooLarge}},
		{
			"both taxes", func(c *Cart) { c.Tax, c.Lines[0].TaxPercent = 1, dec("21") },
			map[string]string{"tax": "give an amount or percentages, not both"},
		},
		{
			"all at once", func(c *Cart) { c.Tip, c.Lines = -1, append(c.Lines, Line{}) },
			map[string]string{
				"tip": negative, "products[1].title": "must not be empty",
				"products[1].price": "must be at least 0.01", "products[1].quantity": "must be 1 to 1000000",
			},
		},
	}
	for _, test := range tests {
		c := good()
		test.change(&c)
		start := time.Now()
		if got := c.Problems(); !maps.Equal(got, test.want) {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
		if took := time.Since(start); took > time.Second {
			t.Errorf("%s took %v", test.name, took)
		}
	}
}

// validCart draws a cart without problems, small amounts more often than large ones.
func validCart(t *rapid.T) Cart {
	percent := rapid.Custom(func(t *rapid.T) decimal.Decimal {
		digits := rapid.Int32Range(0, maxPercentDecimals).Draw(t, "digits")
		return decimal.New(rapid.Int64Range(0, 100*decimal.New(1, digits).IntPart()).Draw(t, "percent"), -digits)
	})
	upTo := func(most Amount, label string) Amount {
		return Amount(rapid.Int64Range(0, int64(most)).Draw(t, label))
	}
	c := Cart{
		Currency:         rapid.SampledFrom([]Currency{"EUR", "JPY", "KWD"}).Draw(t, "currency"),
		PricesIncludeTax: rapid.Bool().Draw(t, "included"),
		Delivery:         upTo(10_000, "delivery"),
		Tip:              1 + upTo(10_000, "tip"),
	}
	taxed := rapid.Bool().Draw(t, "taxed")
	if !taxed {
		c.Tax = upTo(10_000, "tax")
	}
	for range rapid.IntRange(1, 8).Draw(t, "lines") {
		line := Line{
			Title:           "test",
			Price:           1 + upTo(rapid.SampledFrom([]Amount{9, 9_999, 9_999_999}).Draw(t, "most"), "price"),
			Quantity:        rapid.Int64Range(1, 2000).Draw(t, "quantity"),
			DiscountPercent: percent.Draw(t, "discount percent"),
		}
		line.DiscountAmount = upTo(line.net(), "discount amount")
		if taxed {
			line.TaxPercent = percent.Draw(t, "tax percent")
		}
		c.Lines = append(c.Lines, line)
	}
	c.Discount = upTo(sumOfAmounts(c.nets()), "discount")
	return c
}

func TestTotalsAddUp(t *testing.T) {
	drawn := classes{}
	rapid.Check(t, func(t *rapid.T) {
		c := validCart(t)
		drawn.cart(c)
		if problems := c.Problems(); len(problems) > 0 {
			t.Fatalf("not valid: %q", problems)
		}
		totals := c.Totals()
		sum, onTop, shared := c.Tax+c.Delivery+c.Tip, totals.Tax, Amount(0)
		if c.PricesIncludeTax {
			onTop = c.Tax
		}
		for i, line := range totals.Lines {
			if line.Discount < 0 || line.OrderDiscount < 0 || line.Tax < 0 || line.Total < 0 {
				t.Fatalf("line %d is negative: %+v", i, line)
			}
			sum += line.Total
			shared += line.OrderDiscount
		}
		if totals.Total != sum {
			t.Fatalf("total %d, its parts add up to %d", totals.Total, sum)
		}
		if seen := totals.Subtotal - totals.Discount + onTop + totals.Delivery + totals.Tip; totals.Total != seen {
			t.Fatalf("total %d, what is shown adds up to %d", totals.Total, seen)
		}
		if shared != c.Discount {
			t.Fatalf("%d of the discount %d was shared", shared, c.Discount)
		}
	})
	drawn.all(t, "carts", "0 decimals", "2 decimals", "3 decimals", "tax inside", "tax on top", "tax as an amount", "a discount of a line in percent",
		"a discount of a line", "a discount of all")
}

func (c classes) cart(of Cart) {
	c.saw("carts", true)
	c.saw(map[Currency]string{"JPY": "0 decimals", "EUR": "2 decimals", "KWD": "3 decimals"}[of.Currency], true)
	taxed := slices.ContainsFunc(of.Lines, func(l Line) bool { return l.TaxPercent.IsPositive() })
	c.saw("tax inside", taxed && of.PricesIncludeTax)
	c.saw("tax on top", taxed && !of.PricesIncludeTax)
	c.saw("tax as an amount", of.Tax > 0)
	c.saw("a discount of a line in percent", slices.ContainsFunc(of.Lines, func(l Line) bool { return l.DiscountPercent.IsPositive() }))
	c.saw("a discount of a line", slices.ContainsFunc(of.Lines, func(l Line) bool { return l.DiscountAmount > 0 }))
	c.saw("a discount of all", of.Discount > 0)
}

func TestIncludedTaxNeverChangesTheTotal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := validCart(t)
		c.PricesIncludeTax = true
		untaxed := c
		untaxed.Lines = slices.Clone(c.Lines)
		for i := range untaxed.Lines {
			untaxed.Lines[i].TaxPercent = decimal.Zero
		}
		if with, without := c.Totals().Total, untaxed.Totals().Total; with != without {
			t.Fatalf("%d with the tax, %d without", with, without)
		}
	})
}

// TestLinesAgainstFractions computes each line once more in fractions, by the words of the rule.
func TestLinesAgainstFractions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := validCart(t)
		for i, got := range c.Totals().Lines {
			line := c.Lines[i]
			left := new(big.Rat).Sub(big.NewRat(1, 1), fraction(line.DiscountPercent))
			left.Mul(left, big.NewRat(int64(line.Price)*line.Quantity, 1))
			left.Sub(left, big.NewRat(int64(line.DiscountAmount), 1))
			if want := max(0, halfUp(left)); got.Gross-got.Discount != want {
				t.Fatalf("line %d is %d after its discounts, want %d", i, got.Gross-got.Discount, want)
			}
			net := big.NewRat(int64(got.Gross-got.Discount-got.OrderDiscount), 1)
			tax := new(big.Rat).Mul(net, fraction(line.TaxPercent))
			if c.PricesIncludeTax {
				bare := new(big.Rat).Quo(net, new(big.Rat).Add(big.NewRat(1, 1), fraction(line.TaxPercent)))
				tax.Sub(net, bare)
			}
			if want := halfUp(tax); got.Tax != want {
				t.Fatalf("line %d has tax %d, want %d", i, got.Tax, want)
			}
		}
	})
}

func fraction(percent decimal.Decimal) *big.Rat {
	return new(big.Rat).Quo(percent.Rat(), big.NewRat(100, 1))
}

// halfUp is floor(x + 1/2).
func halfUp(x *big.Rat) Amount {
	x = new(big.Rat).Add(x, big.NewRat(1, 2))
	return Amount(new(big.Int).Div(x.Num(), x.Denom()).Int64())
}
