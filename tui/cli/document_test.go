package cli

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
)

// shop is a till that can only judge orders.
func shop() *till.Till {
	return &till.Till{Config: till.Config{Currency: "EUR", Env: domain.Env{
		Now: func() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) },
	}}}
}

func wrongFields(t *testing.T, text string, imports bool) map[string]string {
	t.Helper()
	_, err := new(app).newOrder(shop(), []byte(text), imports)
	if err == nil {
		return nil
	}
	e, ok := errors.AsType[*domain.Error](err)
	if !ok || e.Code != domain.CodeInvalid {
		t.Fatalf("%s: %v", text, err)
	}
	return e.Fields
}

func TestDocumentReadsEveryField(t *testing.T) {
	wish, err := new(app).newOrder(shop(), []byte(`{
		"reference": "R1", "issued_at": "2020-02-03T04:05:06+01:00", "currency": "kwd", "language": "de", "notes": "ring twice",
		"client": {"email": "a@b.example", "phone": "1", "first_name": "Ada", "last_name": "L", "legal_name": "Ada Ltd"},
		"billing_address": {"address_1": "x", "address_2": "y", "city": "z", "postcode": "1", "country_area": "A", "country_code": "DE"},
		"products": [{"sku": "7", "title": "Tea", "price": 1.250, "quantity": 2.0, "tax_percent": "19", "discount_percent": 10,
			"discount_amount": "0.05"}, {"title": "Bun", "price": "1e1"}],
		"delivery": 0.5, "discount": "0.100", "tip": 1, "due": 1893456000, "deny_overdue_payment": true,
		"max_payment_attempts": 3, "skip_capture": true, "is_test": true, "success_redirect": "s", "in_progress_redirect": "i",
		"failure_redirect": "f", "metadata": {"a" : [1.10]}, "prices_include_tax": true, "expected_total": "13.6", "tax": null
	}`), true)
	if err != nil {
		t.Fatal(err)
	}
	cart := wish.Cart
	tea := cart.Lines[0]
	if cart.Currency != "KWD" || tea.Price != 1250 || tea.Quantity != 2 || tea.DiscountAmount != 50 || cart.Lines[1].Price != 10000 ||
		tea.TaxPercent.String() != "19" || tea.DiscountPercent.String() != "10" || cart.Discount != 100 || cart.Delivery != 500 ||
		cart.Tip != 1000 || !cart.PricesIncludeTax {
		t.Errorf("cart %+v", cart)
	}
	if !wish.Due.Equal(time.Unix(1893456000, 0)) || wish.IssuedAt.Hour() != 3 || wish.Expected != "13.600" || wish.MaxAttempts != 3 ||
		!wish.DenyOverdue || !wish.SkipCapture || !wish.IsTest || string(wish.Metadata) != `{"a":[1.10]}` || wish.Redirects.Failure != "f" {
		t.Errorf("order %+v", wish)
	}
	c := wish.Client
	if c.Email != "a@b.example" || c.LegalName != "Ada Ltd" || c.Notes != "ring twice" || c.Address.Area != "A" || c.Address.Country != "DE" {
		t.Errorf("client %+v", c)
	}
}

func TestDocumentNamesWhatIsWrong(t *testing.T) {
	const start = `{"client":{"email":"a@b.example"},"products":[{"title":"Tea","price":1`
	for text, want := range map[string]string{
		start + `}]}`:                                "",
		start + `}],"Reference":"x"}`:                "Reference is not known",
		start + `,"price":2}]}`:                      "products[0].price is given twice",
		start + `,"quantity":0}]}`:                   "", // the till's own to say
		start + `,"quantity":"1e3"}]}`:               "products[0].quantity must be a whole number",
		start + `,"tax_percent":[19]}]}`:             "products[0].tax_percent must be a number",
		start + `,"tax_percent":"19%"}]}`:            "products[0].tax_percent must be a number",
		start + `}],"currency":"ZZZ"}`:               "currency not a currency of ISO 4217 (write it like EUR)",
		start + `}],"currency":5}`:                   "currency must be a text",
		start + `}],"tip":-1}`:                       "tip must not be negative",
		start + `}],"tip":true}`:                     "tip must be a number",
		start + `}],"tip":""}`:                       "tip not an amount (write it like 12.34)",
		start + `}],"client":[]}`:                    "client is given twice",
		start + `}],"billing_address":7}`:            "billing_address must be an object",
		start + `}],"due":"1e3"}`:                    "due must be a time like 2030-01-31T12:00:00Z, or unix seconds",
		start + `}],"due":999999999999}`:             "due must be a time like 2030-01-31T12:00:00Z, or unix seconds",
		start + `}],"x":1,"expected_total":"1"}`:     "expected_total is for imports only; x is not known",
		start + `}],"x":1,"max_payment_attempts":0}`: "x is not known",
		`{"products":7,"x":1}`:                       "client needs an e-mail address or a phone number; products must be a list; x is not known",
		`{"client":{"email":7},"products":[]}`:       "client.email must be a text; products at least one is needed",
		`{"client":7,"products":[7]}`:                "client must be an object; products[0] must be an object",
	} {
		fields := wrongFields(t, text, false)
		var got []string
		for _, name := range slices.Sorted(maps.Keys(fields)) {
			got = append(got, name+" "+fields[name])
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%s\n got %s\nwant %s", text, strings.Join(got, "; "), want)
		}
	}
}

func TestDocumentIsNoObject(t *testing.T) {
	for _, text := range []string{"", " \n", "[]", "7", `"x"`, "null", "{", `{}{}`, `{"a":1`, "\xff"} {
		wish, err := new(app).newOrder(shop(), []byte(text), false)
		if domain.CodeOf(err) != domain.CodeInvalid {
			t.Errorf("%q gave %+v, %v", text, wish, err)
		}
	}
}

// FuzzDocument: whatever is read is an error for people or an order that the till can judge, and cost.
func FuzzDocument(f *testing.F) {
	f.Add([]byte(`{"client":{"email":"test@test.com"},"products":[{"price":0.3,"title":"test"}]}`))
	f.Add([]byte(`{"currency":"JPY","due":1,"products":[{"price":"1e400","quantity":1e9,"tax_percent":1e-99}],"metadata":[{}]}`))
	f.Add([]byte("\ufeff{\"client\":null,\"products\":[null,[],{\"title\":\"\u202e\"}],\"due\":\"0000-01-01T00:00:00+23:59\"}"))
	f.Fuzz(func(t *testing.T, text []byte) {
		till := shop()
		wish, err := new(app).newOrder(till, text, true)
		if err != nil {
			if domain.CodeOf(err) != domain.CodeInvalid {
				t.Fatalf("%v", err)
			}
			return
		}
		if len(till.Problems(wish)) == 0 && wish.Cart.Totals().Total < 1 {
			t.Fatalf("an order of nothing: %+v", wish)
		}
	})
}
