package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

// books are what the sandbox itself has on record for a payment, gross.
type books struct {
	Payment    domain.PaymentID `json:"payment"`
	Currency   domain.Currency  `json:"currency"`
	Authorized string           `json:"authorized"`
	Captured   string           `json:"captured"`
	Voided     string           `json:"voided"`
	Refunded   string           `json:"refunded"`
	Reversed   string           `json:"reversed"`
	Disputed   string           `json:"disputed"`
	Fees       string           `json:"fees"`
	Charges    int              `json:"charges"`
	Calls      map[string]int   `json:"calls"`
}

func (a *app) sandbox() *cobra.Command {
	return a.group("sandbox", "the other chair: the gateway on this machine",
		a.sandboxCards(), a.sandboxToken(), a.sandboxBooks(), a.sandboxTimers(),
		a.sandboxNotices(), a.sandboxDeliver(), a.sandboxDrop(), a.sandboxDuplicate(), a.sandboxDelay(), a.sandboxSwap(),
		a.sandboxHold(), a.sandboxPermute(),
		a.sandboxFault(), a.sandboxProfile(), a.sandboxSettle(), a.sandboxRefund(), a.sandboxPayout(),
		a.sandboxDispute(), a.sandboxAdvance(), a.sandboxCases(),
	)
}

// atBank is work at the other chair; a live till has none.
func atBank(do func(ctx context.Context, t *till.Till, bank domain.Bank, args []string) error) work {
	return func(ctx context.Context, t *till.Till, args []string) error {
		if t.Bank == nil {
			return domain.Errorf(domain.CodeInvalid, "this till has no sandbox").WithHint("name a test database with --db")
		}
		return do(ctx, t, t.Bank, args)
	}
}

func (a *app) sandboxCards() *cobra.Command {
	return &cobra.Command{
		Use: "cards", Short: "the test cards and what they do", Args: takes(),
		RunE: a.reads(atBank(func(_ context.Context, _ *till.Till, bank domain.Bank, _ []string) error {
			cards := bank.Cards()
			rows := make([][]string, len(cards))
			for i, c := range cards {
				rows[i] = []string{c.Number, string(c.Brand), c.Code, c.Behaves}
			}
			return a.say(listOf(cards, ""), func(p *page) { p.table("", "llll", rows) })
		})),
	}
}

func (a *app) sandboxBooks() *cobra.Command {
	return &cobra.Command{
		Use: "books PAYMENT", Short: "what the gateway itself has on record for a payment", Args: takes("PAYMENT"),
		RunE: a.reads(atBank(func(ctx context.Context, t *till.Till, bank domain.Bank, args []string) error {
			found, err := t.Resolve(ctx, "payment", args[0])
			if err != nil {
				return err
			}
			b, err := bank.Books(ctx, domain.PaymentID(found.ID))
			if err != nil {
				return err
			}
			money := b.Currency.Format
			object := books{
				Payment: b.Payment, Currency: b.Currency, Authorized: money(b.Authorized), Captured: money(b.Captured),
				Voided: money(b.Voided), Refunded: money(b.Refunded), Reversed: money(b.Reversed),
				Disputed: money(b.Disputed), Fees: money(b.Fees), Charges: b.Charges, Calls: b.Calls,
			}
			return a.say(object, func(p *page) { showBooks(p, b) })
		})),
	}
}

func showBooks(p *page, b domain.Books) {
	show := b.Currency.Display
	calls := 0
	for _, n := range b.Calls {
		calls += n
	}
	p.line("payment %s, as the gateway has it", b.Payment)
	p.facts("  ",
		[2]string{"authorized", show(b.Authorized)}, [2]string{"captured", show(b.Captured)},
		[2]string{"voided", show(b.Voided)}, [2]string{"refunded", show(b.Refunded)},
		[2]string{"reversed", show(b.Reversed)}, [2]string{"disputed", show(b.Disputed)},
		[2]string{"fees of disputes", show(b.Fees)}, [2]string{"charges", fmt.Sprint(b.Charges)},
		[2]string{"calls", fmt.Sprintf("%d under %d keys", calls, len(b.Calls))},
	)
}
