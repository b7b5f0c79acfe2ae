package domain

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"
)

// chinookOrder is a line of testdata/chinook-orders.jsonl, as far as domain is concerned with it. Amounts are
// kept as the text they are written in.
type chinookOrder struct {
	Reference string   `json:"reference"`
	Currency  Currency `json:"currency"`
	Address   Address  `json:"billing_address"`
	Products  []struct {
		Title    string      `json:"title"`
		Price    json.Number `json:"price"`
		Quantity int64       `json:"quantity"`
	} `json:"products"`
	ExpectedTotal string `json:"expected_total"`
}

func chinookOrders(t *testing.T) []chinookOrder {
	t.Helper()
	file, err := os.Open("testdata/chinook-orders.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	var orders []chinookOrder
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		var order chinookOrder
		if err := json.Unmarshal(lines.Bytes(), &order); err != nil {
			t.Fatal(err)
		}
		orders = append(orders, order)
	}
	if len(orders) != 412 || lines.Err() != nil {
		t.Fatalf("%d orders, %v", len(orders), lines.Err())
	}
	return orders
}

func (o chinookOrder) cart(t *testing.T) Cart {
	t.Helper()
	cart := Cart{Currency: o.Currency}
	for _, p := range o.Products {
		price, err := o.Currency.Parse(p.Price.String())
		if err != nil {
			t.Fatalf("%s: %v", o.Reference, err)
		}
		cart.Lines = append(cart.Lines, Line{Title: p.Title, Price: price, Quantity: p.Quantity})
	}
	return cart
}

func TestRealOrdersComeToTheirTotals(t *testing.T) {
	for _, order := range chinookOrders(t) {
		cart := order.cart(t)
		if problems := cart.Problems(); len(problems) > 0 {
			t.Errorf("%s: %v", order.Reference, problems)
		}
		if total := cart.Currency.Format(cart.Totals().Total); total != order.ExpectedTotal {
			t.Errorf("%s comes to %s, not to %s", order.Reference, total, order.ExpectedTotal)
		}
	}
}

// Of 412 real addresses 76 do not fit: no postcode in Portugal, no area in India, a Dutch postcode without its letters.
func TestRealAddressesThatDoNotFit(t *testing.T) {
	misfits := map[string]int{}
	sum := 0
	for _, order := range chinookOrders(t) {
		warnings := AddressWarnings(order.Address)
		if warnings == nil {
			continue
		}
		sum++
		for field := range warnings {
			misfits[order.Address.Country+" "+field]++
		}
	}
	if sum != 76 {
		t.Errorf("%d addresses do not fit, it should be 76: %v", sum, misfits)
	}
}

func TestRealAddressesHaveTheirCountries(t *testing.T) {
	for _, order := range chinookOrders(t) {
		if code, err := ParseCountry(order.Address.Country); err != nil || code != order.Address.Country {
			t.Errorf("%s: %q, %v", order.Reference, code, err)
		}
	}
}
