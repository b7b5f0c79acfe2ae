package tui

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"till/domain"
)

// What the gateway does about a payment by itself.

// askSettle decides what the gateway has left open.
func (p *booksPart) askSettle(b bookRow) tea.Cmd {
	if !b.leftOpen() {
		p.desk.Say("nothing of it is left open")
		return nil
	}
	id := b.payment.ID
	decide := func(outcome string) func() tea.Cmd {
		return func() tea.Cmd {
			return p.have("deciding", p.nameOf(string(id))+": "+outcome, func(ctx context.Context, bank domain.Bank) error { return bank.Settle(ctx, id, outcome) })
		}
	}
	return p.desk.Ask(&Dialog{
		Question: func(domain.Amount) string { return "SANDBOX  how does it end?" },
		Note:     "you are the gateway now, which has left it open.", No: "leave it open",
		Picks: []Pick{
			{Key: "s", Label: "succeeded", Note: "it was done", Do: decide("succeeded")},
			{Key: "f", Label: "failed", Note: "it was not", Do: decide("failed")},
		},
	})
}

// askBack has the gateway give money back by itself.
func (p *booksPart) askBack(b bookRow) tea.Cmd {
	left, id, show := b.left(), b.payment.ID, b.theirs.Currency.Display
	if left == 0 {
		p.desk.Say("nothing of it is left that could be given back")
		return nil
	}
	return p.desk.Ask(&Dialog{
		Question: func(a domain.Amount) string { return fmt.Sprintf("SANDBOX  give %s back?", show(a)) },
		Note:     "you are the gateway now. till has asked for nothing, and hears of it by a notice.",
		Money:    true, Yes: "give back", No: "keep it",
		Currency: b.theirs.Currency, Label: "amount", Start: left,
		Check: func(a domain.Amount) error {
			if a < 1 || a > left {
				return fmt.Errorf("between %s and %s", show(1), show(left))
			}
			return nil
		},
		Do: func(a domain.Amount) tea.Cmd {
			return p.have("giving back", p.nameOf(string(id))+": "+show(a)+" given back", func(ctx context.Context, bank domain.Bank) error {
				return bank.GiveBack(ctx, id, a)
			})
		},
	})
}

// refundEnds are what can become of a refund at the customer's bank.
var refundEnds = []struct{ outcome, note string }{
	{"succeeded", "the customer has it"},
	{"failed", "it does not go through"},
	{"reversed", "it comes back afterwards"},
	{"manual_review", "somebody looks at it first"},
	{"pending", "on its way again after a review"},
}

// askRefund offers what becomes of the newest refund that is not over, else of the newest.
func (p *booksPart) askRefund(b bookRow) tea.Cmd {
	all := b.payment.Refunds
	if len(all) == 0 {
		p.desk.Say("nothing of it was refunded")
		return nil
	}
	r := all[len(all)-1]
	for _, one := range slices.Backward(all) {
		if !domain.RefundMachine.Final(one.State) {
			r = one
			break
		}
	}
	names := make([]string, len(refundEnds))
	for i, e := range refundEnds {
		names[i] = e.outcome
	}
	keys, picks := keyed(names), make([]Pick, len(refundEnds))
	for i, e := range refundEnds {
		picks[i] = Pick{Key: keys[i], Label: domain.State(e.outcome).Words(), Note: e.note, Do: func() tea.Cmd {
			said := "refund of " + b.theirs.Currency.Display(r.Amount) + ": " + domain.State(e.outcome).Words()
			return p.have("moving the refund", said, func(ctx context.Context, bank domain.Bank) error { return bank.MoveRefund(ctx, r.ID, e.outcome) })
		}}
	}
	return p.desk.Ask(&Dialog{
		Question: func(domain.Amount) string {
			return "SANDBOX  what becomes of the refund of " + b.theirs.Currency.Display(r.Amount) + "?"
		},
		Note: "you are the customer's bank now: " + badgeOf("refund", r.State).word + ".", No: "nothing yet", Picks: picks,
	})
}
