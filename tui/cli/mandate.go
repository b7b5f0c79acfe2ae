package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

type mandateObject struct {
	Type       string            `json:"type"`
	ID         domain.MandateID  `json:"id"`
	Customer   domain.CustomerID `json:"customer"`
	Source     domain.Source     `json:"source"`
	Variant    string            `json:"variant"`
	Method     string            `json:"method"`
	Status     domain.State      `json:"status"`
	Attention  []string          `json:"attention"`
	Permitted  []string          `json:"permitted_actions"`
	Operations []operationObject `json:"operations"`
	CreatedAt  stamp             `json:"created_at"`
	Version    int64             `json:"version"`
}

// onMandate is a use case on a mandate that there is.
type onMandate func(*till.Till, context.Context, till.Intent, domain.MandateID) (*domain.Mandate, error)

func (a *app) mandates() *cobra.Command {
	return a.group("mandate", "a customer's leave to be charged again",
		a.mandateSetup(), a.mandateList(), a.mandateCharge(),
		a.mandateMove("pause", "charge a mandate no more for a while", (*till.Till).PauseMandate),
		a.mandateMove("resume", "let a mandate that is paused be charged again", (*till.Till).ResumeMandate),
		a.mandateMove("revoke", "have the gateway forget a mandate", (*till.Till).RevokeMandate),
		a.mandateMove("sync", "ask the gateway what became of a mandate's call", (*till.Till).SyncMandate),
	)
}

func (a *app) mandateSetup() *cobra.Command {
	var p paying
	var token string
	cmd := &cobra.Command{
		Use: "setup CUSTOMER (SOURCE | --token tok_... | --card NUMBER --expiry MM/YY --cvv CVV)", Short: "set up a mandate",
		Args: takesAlso("SOURCE", "CUSTOMER"),
	}
	cmd.RunE = a.changes(func(ctx context.Context, t *till.Till, args []string) error {
		wish, err := a.agreeing(ctx, t, args, p, token)
		if err != nil {
			return err
		}
		m, err := t.SetupMandate(ctx, a.intent(), wish)
		return a.sayMandate(m, err)
	})
	f := cmd.Flags()
	f.StringVar(&token, "token", "", "what a browser was given for a card: `tok_...`")
	f.StringVar(&p.card, "card", "", "the card's `number`; - reads it from standard input")
	f.StringVar(&p.expiry, "expiry", "", "until when the card is good: `MM/YY`")
	f.StringVar(&p.cvv, "cvv", "", "the card's security `code`; - reads it from standard input")
	f.StringVar(&p.name, "name", "", "the name on the card")
	f.StringVar(&p.variant, "variant", "", "which of the configured ways to a gateway")
	cmd.MarkFlagsMutuallyExclusive("card", "token")
	return cmd
}

// agreeing reads whose leave it is, and to charge what: one source that is kept, a token, or a card.
func (a *app) agreeing(ctx context.Context, t *till.Till, args []string, p paying, token string) (till.Agreeing, error) {
	wish := till.Agreeing{Variant: p.variant}
	if (len(args) > 1) == (p.card != "" || token != "") {
		return wish, domain.Errorf(domain.CodeUsage, "name one source: src_..., --token or --card").
			WithHint("see: till source list %s", args[0])
	}
	found, err := t.Resolve(ctx, "customer", args[0])
	if err != nil {
		return wish, err
	}
	wish.Customer = domain.CustomerID(found.ID)
	switch {
	case p.card != "":
		wish.Card, err = a.readCard(t, p.sourcing)
	case token != "":
		wish.Source = domain.Source{Type: "token", ID: token}
	default:
		if found, err = t.Resolve(ctx, "source", args[1]); err == nil {
			wish.Source = domain.Source{Type: "id", ID: found.ID}
		}
	}
	return wish, err
}

func (a *app) mandateCharge() *cobra.Command {
	var text string
	cmd := &cobra.Command{
		Use: "charge MANDATE ORDER", Short: "pay an order by a mandate, without the customer", Args: takes("MANDATE", "ORDER"),
		RunE: a.changes(func(ctx context.Context, t *till.Till, args []string) error {
			found, err := t.Resolve(ctx, "mandate", args[0])
			if err != nil {
				return err
			}
			o, err := t.Order(ctx, args[1])
			if err != nil {
				return err
			}
			wish := till.Payable{Order: o.ID, Source: domain.Source{Type: "mandate", ID: found.ID}}
			if wish.Amount, err = amount(o.Cart.Currency, "amount", text); err != nil {
				return err
			}
			m, err := t.Mandate(ctx, found.ID)
			if err != nil {
				return err
			}
			wish.Method = m.Method
			res, err := t.Pay(ctx, a.intent(), wish)
			return a.sayPayment(t, res, err)
		}),
	}
	cmd.Flags().StringVar(&text, "amount", "", "a part of what is due")
	return cmd
}

func (a *app) mandateMove(use, short string, do onMandate) *cobra.Command {
	return &cobra.Command{
		Use: use + " MANDATE", Short: short, Args: takes("MANDATE"),
		RunE: a.changes(func(ctx context.Context, t *till.Till, args []string) error {
			found, err := t.Resolve(ctx, "mandate", args[0])
			if err != nil {
				return err
			}
			m, err := do(t, ctx, a.intent(), domain.MandateID(found.ID))
			return a.sayMandate(m, err)
		}),
	}
}

func (a *app) mandateList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "list mandates, newest first", Args: takes(),
		RunE: a.reads(func(ctx context.Context, t *till.Till, _ []string) error {
			mandates, err := t.Store.Mandates(ctx)
			if err != nil {
				return err
			}
			items := make([]mandateObject, len(mandates))
			for i, m := range mandates {
				items[i] = mandateOf(m)
			}
			return a.say(listOf(items, ""), func(p *page) { showMandates(p, mandates) })
		}),
	}
}

// sayMandate prints a mandate as it is after a command, also beside a refusal of its gateway.
func (a *app) sayMandate(m *domain.Mandate, err error) error {
	if m == nil {
		return err
	}
	if failed := a.say(mandateOf(m), func(p *page) { showMandates(p, []*domain.Mandate{m}) }); failed != nil {
		return failed
	}
	return err
}

func mandateOf(m *domain.Mandate) mandateObject {
	object := mandateObject{
		Type: "mandate", ID: m.ID, Customer: m.Customer, Source: m.Source, Variant: m.Variant, Method: m.Method, Status: m.State,
		Attention: append([]string{}, m.Attention()...), Permitted: m.Permitted(), Operations: []operationObject{},
		CreatedAt: stamp(m.CreatedAt), Version: m.Version,
	}
	for _, op := range m.Operations {
		object.Operations = append(object.Operations, operationOf(op, ""))
	}
	return object
}

func showMandates(p *page, mandates []*domain.Mandate) {
	rows := make([][]string, len(mandates))
	for i, m := range mandates {
		last := m.Operations[len(m.Operations)-1]
		rows[i] = []string{
			string(m.ID), m.State.Words() + marks(m.Attention()), m.Source.String(), string(m.Customer),
			strings.TrimSpace(last.Code + " " + last.Summary), when(m.CreatedAt),
		}
	}
	if len(rows) == 0 {
		p.line("no mandates")
	}
	p.table("", "llllll", rows)
}
