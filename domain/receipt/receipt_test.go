package receipt

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"till/domain"
	"till/storage/storagetest"
)

var update = flag.Bool("update", false, "write the golden files anew")

var noon = time.Date(2026, time.January, 5, 12, 3, 0, 0, time.UTC)

// sold is an order without payments.
func sold(change func(*domain.Order)) *domain.Order {
	o := &domain.Order{CreatedAt: noon}
	o.Number, o.HumanID = "17", "A7K2PQ"
	o.Client = domain.Person{
		FirstName: "Björn", LastName: "Hansen", Email: "bjorn@example.com",
		Address: domain.Address{Line1: "Ullevålsveien 14", City: "Oslo", Postcode: "0171", Country: "NO"},
	}
	o.Cart = domain.Cart{Currency: "EUR", Lines: []domain.Line{
		{Title: "Balls to the Wall", Price: 99, Quantity: 2},
		{Title: "For Those About To Rock (We Salute You), in the long version of 1981", Price: 1250, Quantity: 1},
	}}
	change(o)
	o.Totals = o.Cart.Totals()
	return o
}

func paid(o *domain.Order, source domain.Source, sums domain.Sums) *domain.Payment {
	p := &domain.Payment{Sums: sums, CreatedAt: noon}
	p.Method, p.Source, p.Amount = source.Type, source, max(sums.Captured, sums.Authorized)
	o.Payments = append(o.Payments, p)
	return p
}

var (
	visa = domain.Source{Type: "card", Brand: domain.Visa, Last4: "4242"}
	cash = domain.Source{Type: "cash"}
)

// slips are the golden ones.
var slips = map[string]struct {
	order *domain.Order
	opts  Options
}{
	"unpaid": {sold(func(*domain.Order) {}), Options{Shop: "the corner shop"}},
	"cash": {sold(func(o *domain.Order) {
		o.Client = domain.Person{}
		paid(o, cash, domain.Sums{Captured: 1448}).Tendered = 2000
	}), Options{Shop: "the corner shop"}},
	"everything": {sold(func(o *domain.Order) {
		o.IssuedAt = noon.Add(-24 * time.Hour)
		o.Cart.Discount, o.Cart.Delivery, o.Cart.Tip, o.Cart.PricesIncludeTax = 48, 490, 100, true
		o.Cart.Lines[1].TaxPercent = decimal.NewFromInt(19)
		p := paid(o, visa, domain.Sums{Authorized: 1500, Captured: 1200, Refunded: 250, RefundPending: 100})
		p.Provided = "pay_y3oqhf46pyzuxjbcn2giaqnb44"
		p.Refunds = []*domain.Refund{
			{Amount: 250, State: domain.RefundSucceeded, CreatedAt: noon.Add(48 * time.Hour)},
			{Amount: 100, State: domain.RefundPending, CreatedAt: noon.Add(48 * time.Hour)},
			{Amount: 900, State: domain.RefundFailed, CreatedAt: noon.Add(48 * time.Hour)},
		}
		paid(o, visa, domain.Sums{Captured: 300, Reversed: 300})
		paid(o, visa, domain.Sums{})
		paid(o, cash, domain.Sums{Captured: 500}).Tendered = 500
	}), Options{Shop: "the corner shop", Duplicate: true}},
	"disputed": {sold(func(o *domain.Order) {
		paid(o, visa, domain.Sums{Captured: 1000, DisputedHeld: 400, DisputedLost: 100})
		paid(o, visa, domain.Sums{Captured: 448})
	}), Options{Shop: "the corner shop"}},
	"training": {sold(func(o *domain.Order) {
		o.IsTest, o.Number = true, "T1"
		o.Cart.Tax = 275
		paid(o, visa, domain.Sums{Authorized: 1723})
	}), Options{Shop: "the corner shop"}},
	"wide": {sold(func(o *domain.Order) {
		o.Cart.Currency = "JPY"
		o.Client = domain.Person{LegalName: "株式会社東京レコード"}
		o.Cart.Lines[0].Title = "東京タワーの思い出と夜の長い長い長い散歩道"
		o.Outside, o.WrittenOff = 1000, 48
	}), Options{Shop: "東京 レコード店", Width: 32}},
	"payform": {sold(func(*domain.Order) {}), Options{Shop: "the corner shop", Payform: "https://sandbox.till.invalid/pay/ord_1"}},
	"draft":   {sold(func(o *domain.Order) { o.Number, o.Client = "", domain.Person{} }), Options{}},
}

func TestGoldens(t *testing.T) {
	for name, s := range slips {
		golden(t, name+".txt", []byte(Text(s.order, s.opts)))
		golden(t, name+".escpos", ESCPOS(s.order, s.opts))
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is now\n%s", name, got)
	}
}

func TestDuplicateAndTrainingAreSaid(t *testing.T) {
	for name, s := range slips {
		text := Text(s.order, s.opts)
		if strings.Contains(text, "DUPLICATE") != s.opts.Duplicate || strings.Contains(text, "TRAINING") != s.order.IsTest {
			t.Errorf("%s:\n%s", name, text)
		}
	}
}

// commands are all that may stand in the bytes beside text.
var commands = regexp.MustCompile("(?s)\x1dh\x50\x1dw\x02\x1dH\x02\x1dk\x49.\\{B[A-Z0-9]*|\x1b@|\x1bt\x13|\x1ba[\x00\x01]|\x1bE[\x00\x01]|\x1bd\x04|\x1dVB\x00|\n")

// hostile orders have text from outside in every place and amounts of every size.
var hostile = rapid.Custom(func(t *rapid.T) *domain.Order {
	text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{
		"", "\x1b[31mred", "\u202eevil", "a\nb\tc", "東京タワー", "e\u0301te\u0301", "\x1d\x56\x42\x00", "a-very-long-word-without-blanks-which-needs-breaking", "\xff",
	}))
	amount := rapid.Map(rapid.Int64Range(1, int64(domain.MaxAmount)), func(n int64) domain.Amount { return domain.Amount(n) })
	return sold(func(o *domain.Order) {
		o.Cart.Currency = rapid.SampledFrom([]domain.Currency{"EUR", "JPY", "KWD"}).Draw(t, "currency")
		o.Client = domain.Person{LegalName: text.Draw(t, "name"), Address: domain.Address{Line1: text.Draw(t, "line"), City: text.Draw(t, "city")}}
		o.Cart.Lines[0] = domain.Line{Title: text.Draw(t, "title"), Price: amount.Draw(t, "price"), Quantity: rapid.Int64Range(1, 3).Draw(t, "quantity")}
		o.IsTest = rapid.Bool().Draw(t, "test")
		p := paid(o, domain.Source{Type: text.Draw(t, "source")}, domain.Sums{Captured: amount.Draw(t, "captured")})
		p.Provided, p.Tendered = text.Draw(t, "provided"), amount.Draw(t, "tendered")
	})
})

func TestNoSlipIsWiderThanItsPaper(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		opts := Options{Shop: rapid.String().Draw(t, "shop"), Width: rapid.IntRange(0, 60).Draw(t, "width")}
		o := hostile.Draw(t, "order")
		for l := range strings.SplitSeq(strings.TrimSuffix(Text(o, opts), "\n"), "\n") {
			if ansi.StringWidth(l) > opts.width() {
				t.Errorf("%q is %d columns wide, not %d", l, ansi.StringWidth(l), opts.width())
			}
			if strings.IndexFunc(l, unicode.IsControl) >= 0 || domain.Inert(l) != l {
				t.Errorf("%q is not inert", l)
			}
		}
	})
}

func TestNothingDrivesThePrinterButTheSlip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		opts := Options{Shop: rapid.String().Draw(t, "shop"), Width: rapid.IntRange(0, 60).Draw(t, "width")}
		printed := ESCPOS(hostile.Draw(t, "order"), opts)
		for text := range strings.SplitSeq(commands.ReplaceAllLiteralString(string(printed), "\n"), "\n") {
			for _, b := range []byte(text) {
				if b < ' ' || b == 0x7f {
					t.Fatalf("%q has %x in it", text, b)
				}
			}
			if len(text) > opts.width() {
				t.Errorf("%q is wider than %d", text, opts.width())
			}
		}
	})
}

func TestEncode(t *testing.T) {
	for text, want := range map[string]string{
		"plain":           "plain",
		"Köln × €":        "K\x94ln \x9e \xd5",
		"e\u0301":         "\x82",
		"Łódź Dvořák ő":   "L\xa2dz Dvor\xa0k o",
		"Visa ••4242 – ’": "Visa **4242 - '",
		"東京":              "????",
		"½ ﬁ":             "\xab f",
	} {
		if got := encode(text); got != want {
			t.Errorf("%q becomes %q, not %q", text, got, want)
		}
	}
}

// textOf takes the commands out of a slip's bytes: those that the slip knows, and no others.
func textOf(printed string) string {
	for {
		at := strings.Index(printed, "\x1d(k") // each says how much follows
		if at < 0 || at+5 > len(printed) {
			break
		}
		n := int(printed[at+3]) + int(printed[at+4])<<8
		if at+5+n > len(printed) {
			break
		}
		printed = printed[:at] + printed[at+5+n:]
	}
	return commands.ReplaceAllLiteralString(printed, "\n")
}

// FuzzSlip: whatever an order says, its slip fits the paper, is inert, and drives the printer by nothing but its own commands.
func FuzzSlip(f *testing.F) {
	for _, text := range storagetest.Hostile() {
		f.Add(text, text, 42, int64(1448))
		f.Add("shop", text, 24, int64(-1))
	}
	f.Fuzz(func(t *testing.T, one, other string, width int, amount int64) {
		a := domain.Amount(min(max(amount, -int64(domain.MaxAmount)), int64(domain.MaxAmount)))
		o := sold(func(o *domain.Order) {
			o.Number, o.Cart.Currency = one, domain.Currency([]string{"EUR", "JPY", "KWD", "EUR"}[width&3])
			o.Client = domain.Person{FirstName: one, LastName: other, LegalName: other, Address: domain.Address{Line1: one, Line2: other, City: one, Postcode: other, Area: one, Country: other}}
			o.Cart.Lines = []domain.Line{{Title: one, Price: max(1, a), Quantity: 2}, {Title: other, Price: 1, Quantity: 1}}
			p := paid(o, domain.Source{Type: one, ID: other, Brand: domain.Brand(one), Last4: other}, domain.Sums{Captured: a, RefundPending: 1})
			p.Provided, p.Method, p.Rounded = other, one, 1
		})
		opts := Options{Shop: one, Width: width % 100, Payform: other, Duplicate: width%2 == 0}
		if len(one) > 500 || len(other) > 500 {
			return
		}
		for l := range strings.SplitSeq(strings.TrimSuffix(Text(o, opts), "\n"), "\n") {
			if ansi.StringWidth(l) > opts.width() || domain.Inert(l) != l {
				t.Fatalf("%q is %d columns wide of %d, or not inert", l, ansi.StringWidth(l), opts.width())
			}
		}
		for text := range strings.SplitSeq(textOf(string(ESCPOS(o, opts))), "\n") {
			if i := strings.IndexFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f }); i >= 0 || len(text) > opts.width() {
				t.Fatalf("%q drives the printer, or is wider than %d", text, opts.width())
			}
		}
	})
}
