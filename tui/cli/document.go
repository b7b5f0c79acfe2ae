package cli

import (
	"encoding/json"

	"till/domain"
	"till/domain/till"
)

// documents reads the gateway's order documents. What it does not know is wrong, amounts are read exactly
// from their text, and everything that is wrong is named at once.
type documents struct {
	currency domain.Currency // where a document names none
	taxIn    bool            // prices include tax, where a document does not say
	imports  bool            // what only imports may say is taken
}

// newOrder reads a document and has the till check it: the wrong fields of both are one error.
func (a *app) newOrder(t *till.Till, text []byte, imports bool) (till.NewOrder, error) {
	wish, wrong, err := documents{t.Currency, t.TaxIn, imports}.read(text)
	if err != nil {
		return wish, err
	}
	if len(wrong) > 0 {
		wish.Expected = "" // a total without what could not be read says nothing
		wrong.addUnread(t.Problems(wish))
	}
	return wish, domain.Invalid("the order", wrong)
}

func (d documents) read(text []byte) (till.NewOrder, problems, error) {
	wrong := problems{}
	f, err := document(text, wrong)
	if err != nil {
		return till.NewOrder{}, nil, err
	}
	currency := d.currencyOf(f)
	wish := till.NewOrder{
		Reference: f.text("reference"), Language: f.text("language"), Due: f.time("due"),
		DenyOverdue: f.yes("deny_overdue_payment", false), MaxAttempts: int(f.whole("max_payment_attempts", 0)),
		SkipCapture: f.yes("skip_capture", false), IsTest: f.yes("is_test", false), Counter: f.yes("counter", false),
		Client: client(f), Metadata: f.any("metadata"), Cart: d.cart(f, currency),
		Redirects: domain.Redirects{
			Success: f.text("success_redirect"), InProgress: f.text("in_progress_redirect"), Failure: f.text("failure_redirect"),
		},
	}
	d.importOnly(f, &wish, currency)
	f.close()
	return wish, wrong, nil
}

// currencyOf falls back on the till's own, so that amounts can be judged where the code is wrong.
func (d documents) currencyOf(f *fields) domain.Currency {
	code := f.text("currency")
	if code == "" {
		return d.currency
	}
	currency, err := domain.ParseCurrency(code)
	if err != nil {
		f.say("currency", err.Error())
		return d.currency
	}
	return currency
}

func client(f *fields) domain.Person {
	p := domain.Person{Notes: f.text("notes")}
	if c := f.object("client"); c != nil {
		p.Email, p.Phone = c.text("email"), c.text("phone")
		p.FirstName, p.LastName, p.LegalName = c.text("first_name"), c.text("last_name"), c.text("legal_name")
		c.close()
	}
	if a := f.object("billing_address"); a != nil {
		p.Address = *addressOf(a)
	}
	return p
}

func addressOf(f *fields) *domain.Address {
	a := domain.Address{
		Line1: f.text("address_1"), Line2: f.text("address_2"), City: f.text("city"),
		Postcode: f.text("postcode"), Area: f.text("country_area"), Country: f.text("country_code"),
	}
	f.close()
	return &a
}

func (d documents) cart(f *fields, c domain.Currency) domain.Cart {
	cart := domain.Cart{
		Currency: c, Discount: f.amount("discount", c), Tax: f.amount("tax", c),
		Delivery: f.amount("delivery", c), Tip: f.amount("tip", c), PricesIncludeTax: f.yes("prices_include_tax", d.taxIn),
	}
	for _, p := range f.list("products") {
		cart.Lines = append(cart.Lines, line(p, c))
	}
	return cart
}

func line(p *fields, c domain.Currency) domain.Line {
	if p == nil {
		return domain.Line{}
	}
	l := domain.Line{
		SKU: p.text("sku"), Title: p.text("title"), Price: p.amount("price", c), Quantity: p.whole("quantity", 1),
		DiscountAmount: p.amount("discount_amount", c),
	}
	p.number("tax_percent", &l.TaxPercent)
	p.number("discount_percent", &l.DiscountPercent)
	p.close()
	return l
}

// importOnly reads what would let anybody else date an order back.
func (d documents) importOnly(f *fields, wish *till.NewOrder, c domain.Currency) {
	if !d.imports {
		for _, name := range []string{"issued_at", "expected_total"} {
			if f.take(name) != nil {
				f.say(name, "is for imports only")
			}
		}
		return
	}
	wish.IssuedAt = f.time("issued_at")
	if raw := f.take("expected_total"); raw != nil {
		total, err := c.Parse(plain(raw))
		if err != nil {
			f.say("expected_total", err.Error())
			return
		}
		wish.Expected = c.Format(total)
	}
}

// plain is the text of a JSON number or string.
func plain(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	return string(raw)
}
