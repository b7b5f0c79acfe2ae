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
	Calls      map[string]int   `json:"calls"`
}

func (a *app) sandbox() *cobra.Command {
	return a.group("sandbox", "the other chair: the gateway on this machine", a.sandboxCards(), a.sandboxToken(), a.sandboxFault(), a.sandboxBooks())
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

func (a *app) sandboxFault() *cobra.Command {
	return a.group("fault", "have calls of the gateway go wrong", a.faultSet(),
		&cobra.Command{
			Use: "list", Short: "list the faults that are set", Args: takes(),
			RunE: a.reads(atBank(func(ctx context.Context, _ *till.Till, bank domain.Bank, _ []string) error {
				return a.sayFaults(ctx, bank)
			})),
		},
		&cobra.Command{
			Use: "clear", Short: "take all faults back", Args: takes(),
			RunE: a.changes(atBank(func(ctx context.Context, _ *till.Till, bank domain.Bank, _ []string) error {
				if err := bank.ClearFaults(ctx); err != nil {
					return err
				}
				return a.sayFaults(ctx, bank)
			})),
		},
	)
}

func (a *app) faultSet() *cobra.Command {
	var times int
	cmd := &cobra.Command{
		Use: "set OPERATION FAULT", Short: "have the next calls of an operation go wrong", Args: takes("OPERATION", "FAULT"),
		RunE: a.changes(atBank(func(ctx context.Context, _ *till.Till, bank domain.Bank, args []string) error {
			fault := domain.Fault{Operation: domain.OperationKind(args[0]), Name: args[1], Times: times}
			if err := bank.SetFault(ctx, fault); err != nil {
				return err
			}
			return a.sayFaults(ctx, bank)
		})),
	}
	cmd.Flags().IntVar(&times, "times", 1, "how many calls")
	return cmd
}

func (a *app) sayFaults(ctx context.Context, bank domain.Bank) error {
	faults, err := bank.Faults(ctx)
	if err != nil {
		return err
	}
	rows := make([][]string, len(faults))
	for i, f := range faults {
		rows[i] = []string{string(f.Operation), f.Name, fmt.Sprintf("%d ×", f.Times)}
	}
	return a.say(listOf(faults, ""), func(p *page) {
		if len(rows) == 0 {
			p.line("no faults are set")
		}
		p.table("", "llr", rows)
	})
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
				Voided: money(b.Voided), Refunded: money(b.Refunded), Calls: b.Calls,
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
		[2]string{"calls", fmt.Sprintf("%d under %d keys", calls, len(b.Calls))},
	)
}
