package tui

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"till/domain"
)

// basket is the sale on the screen. It is no order yet, and must not be lost: it is kept as JSON. Whom it is for is
// kept apart from that, where it can be forgotten.
type basket struct {
	Cart     domain.Cart    `json:"cart"`
	ID       string         `json:"id,omitempty"`       // since its first line: consoles that show the same sale issue it once
	Changes  int            `json:"changes,omitempty"`  // since then
	Key      string         `json:"key,omitempty"`      // under which it is issued, once somebody went to pay
	Order    domain.OrderID `json:"order,omitempty"`    // what it became; its payment failed so far
	Replaces domain.OrderID `json:"replaces,omitempty"` // what it had become before it was changed again

	Customer domain.CustomerID `json:"-"` // one that the till knows
	Client   domain.Person     `json:"-"` // with the note on the sale
}

func newBasket(taxIn bool) *basket {
	return &basket{Cart: domain.Cart{PricesIncludeTax: taxIn}}
}

// empty tells that there is nothing to sell: the name and the note of whom it is for may be there.
func (b *basket) empty() bool { return len(b.Cart.Lines) == 0 }

// touch makes another sale of it: what it may have become under its old key is not that any more.
func (b *basket) touch() {
	if b.Order != "" {
		b.Replaces, b.Order = b.Order, ""
	}
	b.Changes++
	b.Key = ""
}

// add puts so many of an article into the sale, to those that are there already, and gives the line.
func (b *basket) add(a domain.Article, quantity int64) (line int, err error) {
	if b.empty() {
		b.Cart.Currency = a.Currency
	}
	if a.Currency != b.Cart.Currency {
		return 0, fmt.Errorf("one currency for each sale: this one is in %s, %s in %s", b.Cart.Currency, a.Title, a.Currency)
	}
	line = slices.IndexFunc(b.Cart.Lines, func(l domain.Line) bool {
		return l.SKU == a.SKU && l.Title == a.Title && l.Note == "" && l.Price == a.Price
	})
	had := int64(0)
	if line >= 0 {
		had = b.Cart.Lines[line].Quantity
	}
	if had+quantity > domain.MaxQuantity {
		return 0, fmt.Errorf("at most %d of one article", domain.MaxQuantity)
	}
	if line < 0 && len(b.Cart.Lines) == domain.MaxLines {
		return 0, fmt.Errorf("at most %d lines in one sale", domain.MaxLines)
	}
	b.touch()
	if line >= 0 {
		b.Cart.Lines[line].Quantity += quantity
		return line, nil
	}
	tax, _ := decimal.NewFromString(a.TaxPercent) // "" is none
	put := domain.Line{SKU: a.SKU, Title: a.Title, Price: a.Price, Quantity: quantity, TaxPercent: tax}
	if err := b.wrong(put); err != nil {
		return 0, err
	}
	b.Cart.Lines = append(b.Cart.Lines, put)
	return len(b.Cart.Lines) - 1, nil
}

// void takes a line out of the sale, counted from 0.
func (b *basket) void(line int) (domain.Line, error) {
	if line < 0 || line >= len(b.Cart.Lines) {
		return domain.Line{}, fmt.Errorf("there is no line %d", line+1)
	}
	b.touch()
	gone := b.Cart.Lines[line]
	b.Cart.Lines = slices.Delete(b.Cart.Lines, line, line+1)
	if b.empty() { // the next article may be in another currency
		b.Cart.Discount, b.Cart.Tip, b.Cart.Delivery = 0, 0, 0
	}
	return gone, nil
}

// take takes so many of an article out again, from the line where it was put last, and gives the line and what has gone.
func (b *basket) take(a domain.Article, quantity int64) (line int, gone domain.Line, err error) {
	for line, l := range slices.Backward(b.Cart.Lines) {
		switch {
		case l.SKU != a.SKU:
		case l.Quantity > quantity:
			gone = l
			gone.Quantity = quantity
			l.Quantity -= quantity
			return line, gone, b.change(line, l)
		case l.Quantity == quantity:
			gone, err = b.void(line)
			return min(line, len(b.Cart.Lines)-1), gone, err
		default:
			return 0, gone, fmt.Errorf("there are only %d × %s", l.Quantity, l.Name())
		}
	}
	return 0, gone, fmt.Errorf("there is no %s in this sale", a.Title)
}

// change puts another line in the place of one, where that is right.
func (b *basket) change(line int, to domain.Line) error {
	if line < 0 || line >= len(b.Cart.Lines) {
		return errors.New("there is no line yet")
	}
	if err := b.wrong(to); err != nil {
		return err
	}
	b.touch()
	b.Cart.Lines[line] = to
	return nil
}

// wrong is what the domain says of a line.
func (b *basket) wrong(l domain.Line) error {
	problems := domain.Cart{Currency: b.Cart.Currency, Lines: []domain.Line{l}}.Problems()
	delete(problems, "total") // a line may be given away
	for _, field := range slices.Sorted(maps.Keys(problems)) {
		return errors.New(lineWords[field] + problems[field])
	}
	return nil
}

// lineWords is how a sentence about a field of a line begins.
var lineWords = map[string]string{
	"products[0].price": "the price ", "products[0].quantity": "the quantity ", "products[0].title": "the name ",
	"products[0].discount_percent": "a discount ", "products[0].discount_amount": "a discount ", "products[0].tax_percent": "the tax ",
}

// copy gives the basket as it is now, for a command to work with while the screen goes on.
func (b *basket) copy() *basket {
	c := *b
	c.Cart.Lines = slices.Clone(b.Cart.Lines)
	return &c
}

// orNil is a copy of the basket, or nil where there is nothing in it.
func (b *basket) orNil() *basket {
	if b.empty() {
		return nil
	}
	return b.copy()
}
