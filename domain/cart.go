package domain

import (
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// Line is one position of an order.
type Line struct {
	SKU             string          `json:"sku,omitempty"`
	Title           string          `json:"title"`
	Note            string          `json:"note,omitempty"` // somebody's wish for it: as it tells of them it is set aside
	Price           Amount          `json:"price"`          // minor units, of one piece
	Quantity        int64           `json:"quantity"`
	TaxPercent      decimal.Decimal `json:"tax_percent,omitzero"`
	DiscountPercent decimal.Decimal `json:"discount_percent,omitzero"` // taken first
	DiscountAmount  Amount          `json:"discount_amount,omitempty"` // minor units, taken after the percentage
}

// Name is what the line is called wherever it is read: its title, and the note on it.
func (l Line) Name() string {
	if l.Note == "" {
		return l.Title
	}
	return l.Title + " · " + l.Note
}

// Cart is what a total is computed from. All amounts are minor units of its currency.
type Cart struct {
	Currency         Currency `json:"currency"`
	Lines            []Line   `json:"lines"`
	Discount         Amount   `json:"discount,omitempty"` // on the order, split over the lines
	Tax              Amount   `json:"tax,omitempty"`      // an amount on top, instead of percentages
	Delivery         Amount   `json:"delivery,omitempty"`
	Tip              Amount   `json:"tip,omitempty"`
	PricesIncludeTax bool     `json:"prices_include_tax,omitempty"` // tax percentages are contained in the prices
}

// LineTotal is a line's share of everything, in minor units.
type LineTotal struct {
	Gross         Amount `json:"gross"`          // price x quantity
	Discount      Amount `json:"discount"`       // what the line's own discounts take
	OrderDiscount Amount `json:"order_discount"` // its share of the order's discount
	Tax           Amount `json:"tax"`            // by its percentage, on top or contained
	Total         Amount `json:"total"`          // what it adds to the order: after all discounts, with the tax that is on top
}

// Totals is what a cart comes to, in minor units. Total is the sum of the lines' totals, the cart's tax amount,
// delivery and tip (lifecycle I17).
type Totals struct {
	Lines    []LineTotal `json:"lines"`
	Subtotal Amount      `json:"subtotal"` // the lines before discounts
	Discount Amount      `json:"discount"` // all discounts
	Tax      Amount      `json:"tax"`      // by percentages, on top or contained, and the amount
	Delivery Amount      `json:"delivery"`
	Tip      Amount      `json:"tip"`
	Total    Amount      `json:"total"`
}

// Totals computes what the cart comes to, in minor units. It is meant for a cart without Problems; of any other, such
// as one that is still being typed, it makes what it can, and a discount never takes more than there is.
func (c Cart) Totals() Totals {
	nets := c.nets()
	shares := Share(c.orderDiscount(nets), nets)
	t := Totals{
		Lines: make([]LineTotal, len(c.Lines)),
		Tax:   c.Tax, Delivery: c.Delivery, Tip: c.Tip,
		Total: c.Tax + c.Delivery + c.Tip,
	}
	for i, line := range c.Lines {
		t.Lines[i] = c.lineTotal(line, nets[i], shares[i])
		t.add(t.Lines[i])
	}
	return t
}

func (c Cart) lineTotal(line Line, net, share Amount) LineTotal {
	total := net - share
	tax := c.tax(total, line.TaxPercent)
	if !c.PricesIncludeTax {
		total += tax
	}
	return LineTotal{
		Gross:         line.gross(),
		Discount:      line.gross() - net,
		OrderDiscount: share,
		Tax:           tax,
		Total:         total,
	}
}

func (t *Totals) add(line LineTotal) {
	t.Subtotal += line.Gross
	t.Discount += line.Discount + line.OrderDiscount
	t.Tax += line.Tax
	t.Total += line.Total
}

// nets is each line after its own discounts.
func (c Cart) nets() []Amount {
	nets := make([]Amount, len(c.Lines))
	for i, line := range c.Lines {
		nets[i] = line.net()
	}
	return nets
}

// orderDiscount is at most the sum of the nets, so that no share makes a line negative.
func (c Cart) orderDiscount(nets []Amount) Amount {
	return min(c.Discount, sumOfAmounts(nets))
}

// tax is the tax on a line, rounded half up. The contained one, net - net/(1+p), is computed as net x p/(100+p):
// one division that is rounded once, so no digits are lost on the way.
func (c Cart) tax(net Amount, percent decimal.Decimal) Amount {
	if percent.Sign() <= 0 {
		return 0
	}
	whole := hundred
	if c.PricesIncludeTax {
		whole = hundred.Add(percent)
	}
	return Amount(net.decimal().Mul(percent).DivRound(whole, 0).IntPart())
}

var hundred = decimal.NewFromInt(100)

func (l Line) gross() Amount {
	return l.Price * Amount(l.Quantity)
}

// reduced is the line after its percentage, not rounded yet.
func (l Line) reduced() decimal.Decimal {
	return l.gross().decimal().Mul(hundred.Sub(l.DiscountPercent)).Shift(-2)
}

// net is the line after its own discounts. It is rounded once, after both.
func (l Line) net() Amount {
	return max(0, roundHalfUp(l.reduced().Sub(l.DiscountAmount.decimal())))
}

func sumOfAmounts(amounts []Amount) Amount {
	var sum Amount
	for _, a := range amounts {
		sum += a
	}
	return sum
}

// What a cart may hold at most. MaxLines times MaxAmount, twice for the tax, still fits an Amount.
const (
	MaxLines           = 1_000
	MaxQuantity        = 1_000_000
	maxPercentDecimals = 6
)

// cartProblems collects a sentence for each wrong field; the first one about a field stays.
type cartProblems map[string]string

func (p cartProblems) add(field, sentence string) {
	if _, ok := p[field]; !ok && sentence != "" {
		p[field] = sentence
	}
}

// Problems names every wrong field at once, with a sentence for people; it is empty for a cart that can be issued.
// Fields are named as in an order's document: "products", "products[0].price", "discount", "total".
// What needs sums is only judged once everything that it sums is right.
func (c Cart) Problems() map[string]string {
	p := cartProblems{}
	if !c.Currency.known() {
		p.add("currency", "must be a currency of ISO 4217")
	}
	c.judgeLines(p)
	linesAreRight := len(p) == 0
	p.add("discount", c.Currency.wrongAmount(c.Discount))
	p.add("tax", c.wrongTax())
	p.add("delivery", c.Currency.wrongAmount(c.Delivery))
	p.add("tip", c.Currency.wrongAmount(c.Tip))
	if linesAreRight {
		p.add("discount", c.wrongDiscount())
	}
	if len(p) == 0 {
		p.add("total", c.wrongTotal())
	}
	return p
}

func (c Cart) judgeLines(p cartProblems) {
	switch {
	case len(c.Lines) == 0:
		p.add("products", "at least one is needed")
	case len(c.Lines) > MaxLines:
		p.add("products", fmt.Sprintf("at most %d are possible", MaxLines))
	}
	for i, line := range c.Lines {
		field := fmt.Sprintf("products[%d].", i)
		if strings.TrimSpace(line.Title) == "" {
			p.add(field+"title", "must not be empty")
		}
		p.add(field+"price", line.wrongPrice(c.Currency))
		p.add(field+"quantity", line.wrongQuantity())
		p.add(field+"tax_percent", wrongPercent(line.TaxPercent))
		p.add(field+"discount_percent", wrongPercent(line.DiscountPercent))
		p.add(field+"discount_amount", line.wrongDiscount(c.Currency))
	}
}

// wrongPrice judges the whole line too, by a division: the product might not fit.
func (l Line) wrongPrice(c Currency) string {
	switch {
	case l.Price < 1:
		return "must be at least " + c.Format(1)
	case l.Price > MaxAmount:
		return c.tooLarge().Error()
	case l.wrongQuantity() == "" && l.Price > MaxAmount/Amount(l.Quantity):
		return "times the quantity is " + c.tooLarge().Error()
	}
	return ""
}

func (l Line) wrongQuantity() string {
	if l.Quantity < 1 || l.Quantity > MaxQuantity {
		return fmt.Sprintf("must be 1 to %d", MaxQuantity)
	}
	return ""
}

// wrongDiscount compares with the rounded rest, which is what people see.
func (l Line) wrongDiscount(c Currency) string {
	if wrong := c.wrongAmount(l.DiscountAmount); wrong != "" {
		return wrong
	}
	if l.wrongPrice(c) != "" || l.wrongQuantity() != "" || wrongPercent(l.DiscountPercent) != "" {
		return ""
	}
	if rest := roundHalfUp(l.reduced()); l.DiscountAmount > rest {
		return fmt.Sprintf("must not exceed the line (%s)", c.Format(rest))
	}
	return ""
}

// wrongPercent looks at the exponent first: a comparison writes out all the zeros of 1e9999.
func wrongPercent(percent decimal.Decimal) string {
	switch {
	case percent.IsZero():
		return ""
	case percent.Sign() < 0 || percent.Exponent() > 2:
		return "must be 0 to 100"
	case percent.Exponent() < -maxPercentDecimals:
		return fmt.Sprintf("must have at most %d decimals", maxPercentDecimals)
	case percent.GreaterThan(hundred):
		return "must be 0 to 100"
	}
	return ""
}

func (c Currency) wrongAmount(a Amount) string {
	switch {
	case a < 0:
		return "must not be negative"
	case a > MaxAmount:
		return c.tooLarge().Error()
	}
	return ""
}

func (c Cart) wrongTax() string {
	hasPercent := func(l Line) bool { return !l.TaxPercent.IsZero() }
	if c.Tax != 0 && slices.ContainsFunc(c.Lines, hasPercent) {
		return "give an amount or percentages, not both"
	}
	return c.Currency.wrongAmount(c.Tax)
}

func (c Cart) wrongDiscount() string {
	if sum := sumOfAmounts(c.nets()); c.Discount > sum {
		return fmt.Sprintf("must not exceed the lines (%s)", c.Currency.Format(sum))
	}
	return ""
}

func (c Cart) wrongTotal() string {
	total := c.Totals().Total
	if total < 1 {
		return "must be more than 0"
	}
	return c.Currency.wrongAmount(total)
}
