package tui

import (
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/shopspring/decimal"

	"till/domain"
)

// What stands on a sale as a whole: a discount, a tip, delivery, and notes.

// amountOnTop is an amount on the whole sale.
type amountOnTop struct {
	question, field string
	of              func(*domain.Cart) *domain.Amount
	usual           []string // what the arrows offer
}

// onTop are those amounts, by the key that asks for them.
var onTop = map[string]amountOnTop{
	"ctrl+d": {"a discount on the whole sale", "discount", func(c *domain.Cart) *domain.Amount { return &c.Discount }, []string{"5%", "10%", "20%"}},
	"ctrl+t": {"a tip", "tip", func(c *domain.Cart) *domain.Amount { return &c.Tip }, []string{"5%", "10%", "15%"}},
	"ctrl+l": {"delivery", "delivery", func(c *domain.Cart) *domain.Amount { return &c.Delivery }, nil},
}

// askAmount asks for one of them, as an amount or a part of what the lines come to.
func (s *sale) askAmount(pressed string) tea.Cmd {
	if s.basket.empty() {
		return nil
	}
	asked, cart := onTop[pressed], &s.basket.Cart
	example, start := "2.50", ""
	if asked.usual != nil {
		example = "2.50 or 10%"
	}
	if a := *asked.of(cart); a != 0 {
		start = cart.Currency.Format(a)
	}
	return s.desk.Ask(&Dialog{
		Question: func(domain.Amount) string { return asked.question },
		Yes:      "take it", No: "leave it",
		Line: &Line{
			Label: asked.field, Example: example, Start: start, Limit: 20, Usual: asked.usual,
			Read: func(text string) (string, error) { return asked.means(*cart, text) },
			Do: func(text string) tea.Cmd {
				a, err := asked.read(*cart, text)
				if err != nil { // Read has refused it
					return nil
				}
				s.basket.touch()
				*asked.of(cart) = a
				return s.alter()
			},
		},
	})
}

// read is the amount that a text stands for: none, where nothing is typed.
func (a amountOnTop) read(cart domain.Cart, text string) (domain.Amount, error) {
	text = strings.TrimSpace(text)
	number, part := strings.CutSuffix(text, "%")
	switch {
	case text == "":
		return 0, nil
	case !part:
		if !isAmount(text) {
			return 0, errors.New("only digits, a point and a %")
		}
		return parseAmount(cart.Currency, text)
	case a.usual == nil:
		return 0, errors.New("say it as an amount")
	}
	rate, err := decimal.NewFromString(number)
	if err != nil || rate.IsNegative() || rate.GreaterThan(decimal.NewFromInt(100)) || len(number) > 8 {
		return 0, errors.New("0% to 100%")
	}
	t := cart.Totals()
	lines := t.Total - t.Tip - t.Delivery
	if a.field == "discount" {
		*a.of(&cart) = 0
		t = cart.Totals()
		lines = 0
		for _, l := range t.Lines {
			lines += l.Gross - l.Discount
		}
	}
	return domain.Amount(decimal.NewFromInt(int64(lines)).Mul(rate).DivRound(decimal.NewFromInt(100), 0).IntPart()), nil
}

// means is what a text comes to, and what the sale does then.
func (a amountOnTop) means(cart domain.Cart, text string) (string, error) {
	amount, err := a.read(cart, text)
	if err != nil {
		return "", err
	}
	before := cart.Totals().Total
	*a.of(&cart) = amount
	if wrong := cart.Problems()[a.field]; wrong != "" {
		return "", errors.New(wrong)
	}
	said := a.field + " " + cart.Currency.Display(amount)
	if amount == 0 {
		said = "no " + a.field
	}
	return fmt.Sprintf("%s · total %s → %s", said, cart.Currency.Display(before), cart.Currency.Display(cart.Totals().Total)), nil
}

// askNote asks for a note on the sale, and one on the marked line. The first is told to nobody but the order; the other
// is read wherever the line is.
func (s *sale) askNote() tea.Cmd {
	if s.basket.empty() {
		return nil
	}
	line := s.basket.Cart.Lines[s.last]
	text := &struct{ line, sale string }{line.Note, s.basket.Client.Notes}
	first := newText(s.desk, "line", "on line "+fmt.Sprint(s.last+1), false, &text.line)
	first.like("such as: with oat milk")
	first.CharLimit(80)
	first.Validate(noScan)
	second := newText(s.desk, "sale", "on the sale", false, &text.sale)
	second.like("what the order should say")
	at, basket := s.last, s.basket
	sheet := &sheet{desk: s.desk, form: newForm(s.desk, first, second)}
	sheet.send = func() tea.Cmd {
		sheet.close()
		if s.basket != basket || at >= len(basket.Cart.Lines) {
			return nil
		}
		line.Note = strings.TrimSpace(Inert(text.line))
		if err := basket.change(at, line); err != nil {
			s.desk.Fail(err)
			return nil
		}
		basket.Client.Notes = strings.TrimSpace(Inert(text.sale))
		return s.alter()
	}
	return s.desk.Ask(&Dialog{
		Question: func(domain.Amount) string { return "notes" },
		Yes:      "take them", No: "leave it", Sheet: sheet,
	})
}
