package domain

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// ordered is an order of a cart, with one payment that its refunds are of.
func ordered(cart Cart) *Order {
	return &Order{Document: Document{Cart: cart, Totals: cart.Totals()}, Payments: []*Payment{{}}}
}

// goBack adds a refund of parts in a state.
func (o *Order) goBack(state State, parts []LinePart) *Refund {
	r := &Refund{State: state, Lines: parts}
	o.Payments[0].Refunds = append(o.Payments[0].Refunds, r)
	return r
}

func TestLinesComeToWhatTheyWerePaidWith(t *testing.T) {
	three := []Line{
		{SKU: "7", Title: "Tea", Price: 100, Quantity: 3},
		{SKU: "8", Title: "Cup", Price: 1000, Quantity: 1, DiscountPercent: decimal.NewFromInt(10)},
		{Title: "Bread", Price: 200, Quantity: 2, TaxPercent: decimal.NewFromInt(7)},
		{SKU: "7", Title: "Tea, big", Price: 500, Quantity: 1},
	}
	plain := Cart{Currency: "EUR", Lines: three, Delivery: 500, Tip: 100}
	taxed := Cart{Currency: "EUR", Lines: []Line{{SKU: "a", Title: "a", Price: 100, Quantity: 1}, {SKU: "b", Title: "b", Price: 300, Quantity: 1}}, Tax: 80}
	reduced := Cart{Currency: "EUR", Lines: []Line{{SKU: "a", Title: "a", Price: 100, Quantity: 3}}, Discount: 100}
	free := Cart{Currency: "EUR", Lines: []Line{{SKU: "a", Title: "a", Price: 100, Quantity: 1, DiscountPercent: decimal.NewFromInt(100)}, {SKU: "b", Title: "b", Price: 100, Quantity: 1}}}
	for name, c := range map[string]struct {
		cart   Cart
		wished []Pieces
		sum    Amount
		parts  int
		wrong  string
	}{
		"one piece":                {plain, []Pieces{{"8", 1}}, 900, 1, ""},
		"the first of two lines":   {plain, []Pieces{{"7", 2}}, 200, 1, ""},
		"over two lines":           {plain, []Pieces{{"7", 4}}, 800, 2, ""},
		"all that are left":        {plain, []Pieces{{"7", 0}}, 800, 2, ""},
		"by its title, with tax":   {plain, []Pieces{{"Bread", 1}}, 214, 1, ""},
		"all lines":                {plain, []Pieces{{"7", 0}, {"8", 0}, {"Bread", 0}}, 800 + 900 + 428, 4, ""},
		"its share of the tax":     {taxed, []Pieces{{"b", 1}}, 360, 1, ""},
		"its share of a discount":  {reduced, []Pieces{{"a", 1}}, 67, 1, ""},
		"two thirds of a discount": {reduced, []Pieces{{"a", 2}}, 133, 1, ""},
		"twice the same":           {reduced, []Pieces{{"a", 1}, {"a", 2}}, 200, 2, ""},
		"more than there are":      {plain, []Pieces{{"7", 5}}, 0, 0, `lines[0] only 4 of "7" are left`},
		"more in two":              {reduced, []Pieces{{"a", 2}, {"a", 2}}, 0, 0, `lines[1] only 1 of "a" are left`},
		"a line with a number is not found by its title": {plain, []Pieces{{"Cup", 1}}, 0, 0, `lines[0] there is no "Cup"`},
		"none":                {plain, []Pieces{{"8", -1}}, 0, 0, "lines[0] must be at least 1"},
		"what cost nothing":   {free, []Pieces{{"a", 1}}, 0, 0, "lines come to nothing"},
		"everything is named": {plain, []Pieces{{"x", 1}, {"8", 2}}, 0, 0, `lines[0] there is no "x" in the order; lines[1] only 1`},
	} {
		t.Run(name, func(t *testing.T) {
			parts, sum, err := ordered(c.cart).LinesCome(c.wished)
			if c.wrong != "" {
				if CodeOf(err) != CodeInvalid || !strings.Contains(err.Error(), c.wrong) {
					t.Fatalf("%v, want %q", err, c.wrong)
				}
				return
			}
			if err != nil || sum != c.sum || len(parts) != c.parts {
				t.Errorf("%d in %d parts (%v), want %d in %d", sum, len(parts), err, c.sum, c.parts)
			}
		})
	}
}

// TestPiecesOfALineAddUp: however the pieces of a line go back, and whatever came back in between, together they are
// what the line was paid with, to the last unit.
func TestPiecesOfALineAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(1, 7).Draw(t, "pieces")
		cart := Cart{
			Currency: "EUR", Discount: Amount(rapid.Int64Range(0, 50).Draw(t, "discount")), Tax: Amount(rapid.Int64Range(0, 99).Draw(t, "tax")),
			Lines: []Line{
				{SKU: "a", Title: "a", Price: Amount(rapid.Int64Range(51, 999).Draw(t, "price")), Quantity: n},
				{SKU: "b", Title: "b", Price: 333, Quantity: 1},
			},
		}
		o := ordered(cart)
		for left := n; left > 0; {
			take := rapid.Int64Range(1, left).Draw(t, "take")
			parts, _, err := o.LinesCome([]Pieces{{"a", take}})
			if err != nil {
				t.Fatal(err)
			}
			r := o.goBack(RefundSucceeded, parts)
			if left -= take; rapid.Bool().Draw(t, "it came back") && take < n {
				r.State = RefundFailed
				left += take
				if err := o.PartsLeft(r.Lines); err != nil {
					t.Fatalf("its pieces are left again: %v", err)
				}
				o.goBack(RefundSucceeded, r.Lines)
				left -= take
			}
		}
		_, sum, err := o.LinesCome([]Pieces{{"b", 1}})
		for _, part := range o.partsGone() {
			sum += part.Amount
		}
		if err != nil || sum != o.Total() {
			t.Fatalf("%d (%v), want %d", sum, err, o.Total())
		}
	})
}

// TestPiecesOnTheirWayAreGone: what is on its way or has gone is not left, what failed is.
func TestPiecesOnTheirWayAreGone(t *testing.T) {
	cart := Cart{Currency: "EUR", Lines: []Line{{SKU: "a", Title: "a", Price: 100, Quantity: 1}}}
	for state, gone := range map[State]bool{
		RefundRequested: true, RefundPending: true, RefundReview: true, RefundUnknown: true, RefundSucceeded: true,
		RefundFailed: false, RefundCanceled: false, RefundReversed: false,
	} {
		o := ordered(cart)
		parts, _, err := o.LinesCome([]Pieces{{"a", 1}})
		if err != nil {
			t.Fatal(err)
		}
		o.goBack(state, parts)
		if err := o.PartsLeft(parts); (err != nil) != gone {
			t.Errorf("%s: %v", state, err)
		}
	}
}
