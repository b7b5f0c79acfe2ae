package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

type payoutObject struct {
	Type        string            `json:"type"`
	ID          domain.PayoutID   `json:"id"`
	HumanID     string            `json:"human_id"`
	Status      domain.State      `json:"status"`
	Attention   []string          `json:"attention"`
	Amount      string            `json:"amount"`
	Currency    domain.Currency   `json:"currency"`
	Customer    domain.CustomerID `json:"customer"`
	Recipient   recipientObject   `json:"recipient"`
	Variant     string            `json:"variant"`
	Method      string            `json:"method"`
	Reference   string            `json:"reference"`
	Description string            `json:"description"`
	Code        string            `json:"status_code"`
	Message     string            `json:"error_message"`
	Operations  []operationObject `json:"operations"`
	Changes     []payoutStep      `json:"status_changes"`
	Permitted   []string          `json:"permitted_actions"`
	Refused     map[string]string `json:"refused_actions"`
	CreatedAt   stamp             `json:"created_at"`
	Version     int64             `json:"version"`
	Lens        lensObject        `json:"lens,omitempty"`
}

type recipientObject struct {
	Name      string `json:"name"`
	Account   string `json:"account_last4"`
	Forgotten bool   `json:"forgotten"`
}

type payoutStep struct {
	Status domain.State  `json:"status"`
	At     stamp         `json:"at"`
	Source domain.Origin `json:"source"`
	Why    string        `json:"why"`
}

func (a *app) payouts() *cobra.Command {
	return a.group("payout", "money that goes out to somebody who did not pay it",
		a.payoutCreate(), a.payoutConfirm(),
		a.payoutMove("cancel", "call a payout off that was not sent", (*till.Till).CancelPayout),
		a.payoutMove("sync", "ask the gateway how a payout stands", (*till.Till).SyncPayout),
		a.payoutShow(), a.payoutList(),
	)
}

func (a *app) payoutCreate() *cobra.Command {
	var wish till.Paying
	var sum, currency, who, iban string
	cmd := &cobra.Command{
		Use: "create --amount A", Short: "tell the gateway whom money is to go to; nothing is sent before it is confirmed", Args: takes(),
		Example: "till payout create --amount 120 --name 'Ann Lee' --iban DE89370400440532013000",
	}
	cmd.RunE = a.changes(func(ctx context.Context, t *till.Till, _ []string) error {
		var err error
		if wish.Currency = t.Currency; currency != "" {
			if wish.Currency, err = domain.ParseCurrency(currency); err != nil {
				return wrongFlag("currency", err.Error())
			}
		}
		if wish.Amount, err = amount(wish.Currency, "amount", sum); err != nil {
			return err
		}
		if who != "" {
			found, err := t.Resolve(ctx, "customer", who)
			if err != nil {
				return err
			}
			wish.Customer = domain.CustomerID(found.ID)
		}
		if wish.IBAN, err = a.readIBAN(iban); err != nil {
			return err
		}
		p, err := t.CreatePayout(ctx, a.intent(), wish)
		return a.sayPayout(p, err)
	})
	f := cmd.Flags()
	f.StringVar(&sum, "amount", "", "how much")
	f.StringVar(&currency, "currency", "", "its `ISO` code, if it is not the till's")
	f.StringVar(&who, "customer", "", "whom it goes to: a customer's `id` or e-mail address")
	f.StringVar(&wish.Name, "name", "", "whom it goes to, by `name`")
	f.StringVar(&iban, "iban", "", ibanUsage)
	f.StringVar(&wish.Reference, "reference", "", "your own `name` for it")
	f.StringVar(&wish.Description, "description", "", "what it is for")
	f.StringVar(&wish.Variant, "variant", "", "which of the configured ways to a gateway")
	return cmd
}

const ibanUsage = "the `number` of their account; - reads it from standard input"

// readIBAN takes the number of an account from the flag, or from standard input, where no list of processes shows it.
func (a *app) readIBAN(text string) (domain.IBAN, error) {
	if text == "" {
		return domain.IBAN{}, nil
	}
	if text == "-" {
		if a.Terminal {
			_, _ = fmt.Fprint(a.Err, "account number: ") // a prompt that is not seen stops nobody
		}
		line, err := bufio.NewReader(a.In).ReadString('\n')
		if err != nil && err != io.EOF {
			return domain.IBAN{}, err
		}
		text = strings.TrimSpace(line)
	}
	return domain.ParseIBAN(text)
}

func (a *app) payoutConfirm() *cobra.Command {
	var told till.Missing
	var iban string
	cmd := &cobra.Command{Use: "confirm PAYOUT", Short: "have the gateway send a payout, with what was missing", Args: takes("PAYOUT")}
	cmd.RunE = a.changes(func(ctx context.Context, t *till.Till, args []string) error {
		found, err := t.Resolve(ctx, "payout", args[0])
		if err != nil {
			return err
		}
		if told.IBAN, err = a.readIBAN(iban); err != nil {
			return err
		}
		p, err := t.ConfirmPayout(ctx, a.intent(), domain.PayoutID(found.ID), told)
		return a.sayPayout(p, err)
	})
	cmd.Flags().StringVar(&told.Name, "name", "", "whom it goes to, by `name`")
	cmd.Flags().StringVar(&iban, "iban", "", ibanUsage)
	return cmd
}

// onPayout is a use case on a payout that there is.
type onPayout func(*till.Till, context.Context, till.Intent, domain.PayoutID) (*domain.Payout, error)

func (a *app) payoutMove(use, short string, do onPayout) *cobra.Command {
	return &cobra.Command{
		Use: use + " PAYOUT", Short: short, Args: takes("PAYOUT"),
		RunE: a.changes(func(ctx context.Context, t *till.Till, args []string) error {
			found, err := t.Resolve(ctx, "payout", args[0])
			if err != nil {
				return err
			}
			p, err := do(t, ctx, a.intent(), domain.PayoutID(found.ID))
			return a.sayPayout(p, err)
		}),
	}
}

func (a *app) payoutShow() *cobra.Command {
	return a.withLens(&cobra.Command{
		Use: "show PAYOUT", Short: "show a payout", Args: takes("PAYOUT"),
		RunE: a.reads(func(ctx context.Context, t *till.Till, args []string) error {
			p, err := t.Payout(ctx, args[0])
			return a.sayPayout(p, err)
		}),
	})
}

func (a *app) payoutList() *cobra.Command {
	return a.withLens(&cobra.Command{
		Use: "list", Short: "list payouts, newest first", Args: takes(),
		RunE: a.reads(func(ctx context.Context, t *till.Till, _ []string) error {
			payouts, err := t.Payouts(ctx)
			if err != nil {
				return err
			}
			items := make([]payoutObject, len(payouts))
			for i, p := range payouts {
				items[i] = a.payoutOf(p)
			}
			return a.say(listOf(items, ""), func(p *page) { showPayouts(p, items, payouts) })
		}),
	})
}

func (a *app) sandboxPayout() *cobra.Command {
	var outcome string
	cmd := &cobra.Command{
		Use: "payout PAYOUT", Short: "what becomes of a payout at the other side", Args: takes("PAYOUT"),
		RunE: a.changes(atBank(func(ctx context.Context, t *till.Till, bank domain.Bank, args []string) error {
			found, err := t.Resolve(ctx, "payout", args[0])
			if err != nil {
				return err
			}
			if err := bank.MovePayout(ctx, domain.PayoutID(found.ID), outcome); err != nil {
				return err
			}
			if err := t.Listen(ctx); err != nil {
				return err
			}
			p, err := t.Payout(ctx, found.ID)
			return a.sayPayout(p, err)
		})),
	}
	cmd.Flags().StringVar(&outcome, "outcome", "paid", "paid, failed, expired, returned or needs_data")
	return cmd
}

// sayPayout prints a payout as it is after a command, also beside a refusal of its gateway.
func (a *app) sayPayout(payout *domain.Payout, err error) error {
	if payout == nil {
		return err
	}
	object := a.payoutOf(payout)
	failed := a.say(object, func(p *page) {
		showPayout(p, payout)
		showLens(p, object.Lens)
	})
	if failed != nil {
		return failed
	}
	return err
}

func (a *app) payoutOf(p *domain.Payout) payoutObject {
	object := payoutObject{
		Type: "payout", ID: p.ID, HumanID: p.HumanID, Status: p.State, Attention: orEmpty(p.Attention()),
		Amount: p.Currency.Format(p.Amount), Currency: p.Currency, Customer: p.Customer,
		Recipient: recipientObject{p.Name, p.Account, p.Forgotten}, Variant: p.Variant, Method: p.Method,
		Reference: p.Reference, Description: p.Description, Code: p.Code, Message: p.Message,
		Operations: []operationObject{}, Changes: []payoutStep{}, Permitted: p.Permitted(), Refused: p.Refused(),
		CreatedAt: stamp(p.CreatedAt), Version: p.Version, Lens: a.timeless(domain.Subject{Payout: p}),
	}
	for _, op := range p.Operations {
		object.Operations = append(object.Operations, operationOf(op, p.Currency.Format(op.Amount)))
	}
	for _, s := range p.Steps {
		if s.To != s.From {
			object.Changes = append(object.Changes, payoutStep{s.To, stamp(s.At), s.Source, s.Why})
		}
	}
	return object
}

func showPayout(p *page, payout *domain.Payout) {
	p.line("payout %s · %s · %s%s", payout.HumanID, payout.Currency.Display(payout.Amount), payout.State.Words(), marks(payout.Attention()))
	p.line("")
	account := ""
	if payout.Account != "" {
		account = "••" + payout.Account
	}
	p.facts("  ",
		[2]string{"id", string(payout.ID)}, [2]string{"to", recipientName(payout)}, [2]string{"account", account},
		[2]string{"customer", string(payout.Customer)}, [2]string{"through", payout.Variant},
		[2]string{"reference", payout.Reference}, [2]string{"description", payout.Description},
		[2]string{"last answer", strings.TrimSpace(payout.Code + " " + payout.Message)},
		[2]string{"created", when(payout.CreatedAt)}, [2]string{"version", fmt.Sprint(payout.Version)},
	)
	p.line("")
	if slices.Contains(payout.Attention(), "unknown") {
		p.line("nobody knows yet what came of it: do not repeat it, ask with")
		p.line("  till payout sync %s", payout.ID)
		p.line("")
	}
	p.line("possible now: %s", orDash(strings.Join(payout.Permitted(), ", ")))
}

func recipientName(p *domain.Payout) string {
	if p.Forgotten {
		return "forgotten"
	}
	return p.Name
}

func showPayouts(p *page, items []payoutObject, payouts []*domain.Payout) {
	rows := make([][]string, len(payouts))
	for i, payout := range payouts {
		rows[i] = []string{
			payout.HumanID, payout.State.Words() + marks(payout.Attention()), payout.Currency.Display(payout.Amount), recipientName(payout),
			string(payout.ID), when(payout.CreatedAt), items[i].Lens.listed(),
		}
	}
	if len(rows) == 0 {
		p.line("no payouts")
	}
	p.table("", "llrllll", rows)
}
