package cli

import (
	"fmt"
	"strings"

	"till/domain"
	"till/domain/till"
)

// How orders, payments and refunds look to people.

func showOrder(p *page, t *till.Till, o *domain.Order) {
	name := "draft"
	if o.Number != "" {
		name = "order " + o.Number
	}
	if o.IsTest {
		name += " · test"
	}
	p.line("%s · %s · %s%s", name, o.HumanID, o.Label(), marks(o.Attention()))
	p.line("")
	p.facts("  ",
		[2]string{"id", string(o.ID)}, [2]string{"reference", o.Reference}, [2]string{"client", o.Client.Name()},
		[2]string{"created", when(o.CreatedAt)}, [2]string{"due", when(o.Due)}, [2]string{"version", fmt.Sprint(o.Version)},
	)
	showLines(p, o)
	for _, payment := range o.Payments {
		p.line("")
		p.line("%s", paymentLine(o, payment))
		p.line("  %s", payment.ID)
		for _, d := range payment.Disputes {
			p.line("  %s", disputeLine(t, o, d))
		}
		showGoingBack(p, o, payment)
	}
	for field, sentence := range byName(domain.AddressWarnings(o.Client.Address)) {
		p.line("note: %s %s", field, sentence)
	}
	showOverrides(p, o)
	showChoices(p, t.OrderActions(o))
}

// showOverrides tells what somebody had to stand by for.
func showOverrides(p *page, o *domain.Order) {
	for _, over := range o.Overrides {
		p.line("%s by %s, allowed by %s · %s · %s", domain.State(over.What).Words(), over.Actor, over.By, over.Subject, when(over.At))
	}
}

// showPast says plainly that what follows is the past; then is the till of that time, and at 0 it is the present.
func showPast(p *page, then *till.Till, at int64) {
	if at == 0 {
		return
	}
	p.line("as it was on %s, after entry %d of the journal", when(then.Env.Now()), at)
	p.line("")
}

// showLines lists what is bought and what it comes to.
func showLines(p *page, o *domain.Order) {
	show := o.Cart.Currency.Display
	p.line("")
	var rows [][]string
	for i, l := range o.Cart.Lines {
		rows = append(rows, []string{fmt.Sprintf("%d ×", l.Quantity), l.Name(), show(l.Price), show(o.Totals.Lines[i].Gross)})
	}
	for _, sum := range []struct {
		name   string
		amount domain.Amount
	}{
		{"discount", -o.Totals.Discount},
		{taxName(o), o.Totals.Tax},
		{"delivery", o.Totals.Delivery},
		{"tip", o.Totals.Tip},
	} {
		if sum.amount != 0 {
			rows = append(rows, []string{"", sum.name, "", show(sum.amount)})
		}
	}
	rows = append(rows, []string{"", "total", "", show(o.Total())})
	if due := o.BalanceDue(); due > 0 && due != o.Total() {
		rows = append(rows, []string{"", "still due", "", show(due)})
	}
	p.table("  ", "rlrr", rows)
}

func taxName(o *domain.Order) string {
	if o.Cart.PricesIncludeTax {
		return "tax, included"
	}
	return "tax"
}

// paymentLine is a payment in one line.
func paymentLine(o *domain.Order, payment *domain.Payment) string {
	parts := []string{
		"payment " + payment.HumanID, payment.State.Words(), o.Cart.Currency.Display(payment.Amount), payment.Source.String(),
	}
	if payment.Message != "" {
		parts = append(parts, strings.TrimSpace(payment.Message+" "+payment.Code))
	}
	return strings.Join(parts, " · ")
}

func showOperations(p *page, indent string, o *domain.Order, payment *domain.Payment) {
	var rows [][]string
	for _, op := range payment.Operations {
		rows = append(rows, []string{
			string(op.Kind), op.State.Words(), o.Cart.Currency.Display(op.Amount),
			strings.TrimSpace(op.Code + " " + op.Summary), when(op.RequestedAt), op.Rule,
		})
	}
	p.table(indent, "llrlll", rows)
}

// showChoices tells what can be done now, and of the rest why not.
func showChoices(p *page, choices []till.Choice) {
	permitted, _ := sorted(choices)
	p.line("")
	p.line("possible now: %s", orDash(strings.ReplaceAll(strings.Join(permitted, ", "), "_", "-")))
	width := 0
	for _, c := range choices {
		width = max(width, len(c.Action))
	}
	if len(permitted) < len(choices) {
		p.line("not now:")
	}
	for _, c := range choices {
		if c.Refusal != "" { // a sentence, and never cut
			p.line("  %-*s  %s", width, strings.ReplaceAll(c.Action, "_", "-"), c.Refusal)
		}
	}
}
