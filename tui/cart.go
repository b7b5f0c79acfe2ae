package tui

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/shopspring/decimal"

	"till/domain"
)

// basket is the sale on the screen. It is no order yet, and must not be lost: it is kept as JSON.
type basket struct {
	Cart     domain.Cart    `json:"cart"`
	Client   domain.Person  `json:"client,omitzero"`
	Key      string         `json:"key,omitempty"`      // under which it is issued, once somebody went to pay
	Order    domain.OrderID `json:"order,omitempty"`    // what it became; its payment failed so far
	Replaces domain.OrderID `json:"replaces,omitempty"` // what it had become before it was changed again
}

func newBasket(taxIn bool) *basket {
	return &basket{Cart: domain.Cart{PricesIncludeTax: taxIn}}
}

func (b *basket) empty() bool { return len(b.Cart.Lines) == 0 }

// touch makes another sale of it: what it may have become under its old key is not that any more.
func (b *basket) touch() {
	if b.Order != "" {
		b.Replaces, b.Order = b.Order, ""
	}
	b.Key = ""
}

// add puts so many of an article into the sale, to those that are there already, and gives the line.
func (b *basket) add(a domain.Article, quantity int64) (line int, err error) {
	if b.empty() {
		b.Cart.Currency = a.Currency
	}
	if a.Currency != b.Cart.Currency {
		return 0, fmt.Errorf("%s costs %s, and this sale is in %s: one currency for each sale", a.Title, a.Currency, b.Cart.Currency)
	}
	line = slices.IndexFunc(b.Cart.Lines, func(l domain.Line) bool { return l.SKU == a.SKU && l.Title == a.Title && l.Price == a.Price })
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
	b.Cart.Lines = append(b.Cart.Lines, domain.Line{SKU: a.SKU, Title: a.Title, Price: a.Price, Quantity: quantity, TaxPercent: tax})
	return len(b.Cart.Lines) - 1, nil
}

// void takes a line out of the sale; lines are counted from 1, 0 is the last one.
func (b *basket) void(number int) (domain.Line, error) {
	if number == 0 {
		number = len(b.Cart.Lines)
	}
	if number < 1 || number > len(b.Cart.Lines) {
		return domain.Line{}, fmt.Errorf("there is no line %d", number)
	}
	b.touch()
	gone := b.Cart.Lines[number-1]
	b.Cart.Lines = slices.Delete(b.Cart.Lines, number-1, number)
	if b.empty() { // the next article may be in another currency
		b.Cart.Discount, b.Cart.Tip, b.Cart.Delivery = 0, 0, 0
	}
	return gone, nil
}

// reduce takes a percentage off the last line.
func (b *basket) reduce(percent decimal.Decimal) error {
	if b.empty() {
		return errors.New("there is no line to take it off")
	}
	if percent.IsNegative() || percent.GreaterThan(decimal.NewFromInt(100)) {
		return errors.New("a discount is 0 to 100 percent")
	}
	b.touch()
	b.Cart.Lines[len(b.Cart.Lines)-1].DiscountPercent = percent
	return nil
}

// entry is what somebody typed or scanned, understood.
type entry struct {
	quantity int64
	code     string
	void     bool
	line     int              // to void; 0: the last
	percent  *decimal.Decimal // off the last line
}

// parseEntry reads the entry line: "3*espresso", "espresso", "-", "-2", "10%".
func parseEntry(text string) (entry, error) {
	text = strings.TrimSpace(Inert(text))
	if rest, ok := strings.CutPrefix(text, "-"); ok && (rest == "" || isDigits(rest)) {
		line, err := strconv.Atoi("0" + rest)
		if err != nil {
			return entry{}, fmt.Errorf("there is no line %s", rest)
		}
		return entry{void: true, line: line}, nil
	}
	if number, ok := strings.CutSuffix(text, "%"); ok && len(number) < 12 {
		if percent, err := decimal.NewFromString(number); err == nil {
			return entry{percent: &percent}, nil
		}
	}
	before, code, found := strings.Cut(text, "*")
	if !found || !isDigits(strings.TrimSpace(before)) {
		return entry{quantity: 1, code: text}, nil
	}
	quantity, err := strconv.ParseInt(strings.TrimSpace(before), 10, 64)
	switch code = strings.TrimSpace(code); {
	case err != nil || quantity < 1 || quantity > domain.MaxQuantity:
		return entry{}, fmt.Errorf("a quantity is 1 to %d", domain.MaxQuantity)
	case code == "":
		return entry{}, fmt.Errorf("%d of what? type or scan the article behind the *", quantity)
	}
	return entry{quantity: quantity, code: code}, nil
}

// slot is where the sale on the screen is kept between two runs. Commands run side by side, so each carries a
// revision: an older one never overwrites a newer one.
type slot struct {
	store domain.Store
	mu    sync.Mutex
	kept  int
}

// keep stores a sale, or with nil that there is none.
func (s *slot) keep(ctx context.Context, revision int, b *basket) error {
	var text []byte
	if b != nil {
		var err error
		if text, err = json.Marshal(b); err != nil {
			return err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if revision <= s.kept {
		return nil
	}
	if err := s.store.Park(ctx, text); err != nil {
		return err
	}
	s.kept = revision
	return nil
}

// recall reads the sale that was kept; nil if there is none.
func (s *slot) recall(ctx context.Context) (*basket, error) {
	text, err := s.store.Parked(ctx)
	if err != nil || len(text) == 0 {
		return nil, err
	}
	b := &basket{}
	if err := json.Unmarshal(text, b); err != nil {
		return nil, fmt.Errorf("the sale that was open cannot be read: %w", err)
	}
	return b, nil
}

// copy gives the basket as it is now, for a command to work with while the screen goes on.
func (b *basket) copy() *basket {
	c := *b
	c.Cart.Lines = slices.Clone(b.Cart.Lines)
	return &c
}
