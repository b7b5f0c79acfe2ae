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
	Lens       lensObject        `json:"lens,omitempty"`
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
	var s sourcing
	var variant string
	cmd := &cobra.Command{
		Use: "setup CUSTOMER (SOURCE | --token tok_... | --card NUMBER --expiry MM/YY --cvv CVV)", Short: "set up a mandate",
		Args: takesAlso("SOURCE", "CUSTOMER"),
	}
	cmd.RunE = a.changes(func(ctx context.Context, t *till.Till, args []string) error {
		wish, err := a.agreeing(ctx, t, args, s)
		if err != nil {
			return err
		}
		wish.Variant = variant
		m, err := t.SetupMandate(ctx, a.intent(), wish)
		return a.sayMandate(m, err)
	})
	s.cardFlags(cmd)
	cmd.Flags().StringVar(&s.token, "token", "", "a `tok_` that was exchanged for a card")
	cmd.Flags().StringVar(&s.id, "source", "", "a `src_` that the gateway keeps")
	cmd.Flags().StringVar(&variant, "variant", "", "which of the configured ways to a gateway")
	cmd.MarkFlagsMutuallyExclusive("card", "token", "source")
	return cmd
}

// agreeing reads whose leave it is, and to charge what: one source that is kept, a token, or a card.
func (a *app) agreeing(ctx context.Context, t *till.Till, args []string, s sourcing) (till.Agreeing, error) {
	if (len(args) > 1) == (s.card != "" || s.token != "" || s.id != "") {
		return till.Agreeing{}, domain.Errorf(domain.CodeUsage, "name one source: src_..., --token or --card").
			WithHint("see: till source list CUSTOMER")
	}
	who, err := t.Resolve(ctx, "customer", args[0])
	if err != nil {
		return till.Agreeing{}, err
	}
	if len(args) > 1 {
		kept, err := t.Resolve(ctx, "source", args[1])
		return till.Agreeing{Customer: domain.CustomerID(who.ID), Source: domain.Source{Type: "id", ID: kept.ID}}, err
	}
	var wish till.Payable
	err = a.source(ctx, t, s, &wish)
	return till.Agreeing{Customer: domain.CustomerID(who.ID), Source: wish.Source, Card: wish.Card}, err
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
	return a.withLens(&cobra.Command{
		Use: "list", Short: "list mandates, newest first", Args: takes(),
		RunE: a.reads(func(ctx context.Context, t *till.Till, _ []string) error {
			mandates, err := t.Store.Mandates(ctx)
			if err != nil {
				return err
			}
			items := make([]mandateObject, len(mandates))
			for i, m := range mandates {
				items[i] = mandateOf(m)
				items[i].Lens = a.lensOf(t, domain.Subject{Mandate: m})
			}
			return a.say(listOf(items, ""), func(p *page) { showMandates(p, items, mandates) })
		}),
	})
}

// sayMandate prints a mandate as it is after a command, also beside a refusal of its gateway.
func (a *app) sayMandate(m *domain.Mandate, err error) error {
	if m == nil {
		return err
	}
	object := mandateOf(m)
	failed := a.say(object, func(p *page) { showMandates(p, []mandateObject{object}, []*domain.Mandate{m}) })
	if failed != nil {
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

func showMandates(p *page, items []mandateObject, mandates []*domain.Mandate) {
	rows := make([][]string, len(mandates))
	for i, m := range mandates {
		last := m.Operations[len(m.Operations)-1]
		rows[i] = []string{
			string(m.ID), m.State.Words() + marks(m.Attention()), m.Source.String(), string(m.Customer),
			strings.TrimSpace(last.Code + " " + last.Summary), when(m.CreatedAt), items[i].Lens.listed(),
		}
	}
	if len(rows) == 0 {
		p.line("no mandates")
	}
	p.table("", "lllllll", rows)
}
