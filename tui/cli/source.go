package cli

import (
	"context"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

type sourceObject struct {
	domain.Source
	Variant   string           `json:"variant"`
	Payment   domain.PaymentID `json:"payment"` // by which it came; "" if by a mandate
	CreatedAt stamp            `json:"created_at"`
	Removed   bool             `json:"removed"`
}

func (a *app) sources() *cobra.Command {
	return a.group("source", "what gateways keep, to be charged again", a.sourceList(), a.sourceRemove())
}

func (a *app) sourceList() *cobra.Command {
	return &cobra.Command{
		Use: "list [CUSTOMER]", Short: "list the sources that are kept, the newest first", Args: takesAlso("CUSTOMER"),
		RunE: a.reads(func(ctx context.Context, t *till.Till, args []string) error {
			var customer domain.CustomerID
			if len(args) > 0 {
				found, err := t.Resolve(ctx, "customer", args[0])
				if err != nil {
					return err
				}
				customer = domain.CustomerID(found.ID)
			}
			sources, err := t.Store.Sources(ctx, customer)
			if err != nil {
				return err
			}
			return a.say(listOf(sourceObjects(sources), ""), func(p *page) {
				if len(sources) == 0 {
					p.line("no sources")
				}
				showSources(p, "", sources)
			})
		}),
	}
}

func (a *app) sourceRemove() *cobra.Command {
	return &cobra.Command{
		Use: "remove SOURCE", Short: "have the gateway forget a source; it cannot be charged any more", Args: takes("SOURCE"),
		RunE: a.changes(func(ctx context.Context, t *till.Till, args []string) error {
			found, err := t.Resolve(ctx, "source", args[0])
			if err != nil {
				return err
			}
			k, err := t.RemoveSource(ctx, a.intent(), found.ID)
			if k == nil {
				return err
			}
			if failed := a.say(sourceOf(*k), func(p *page) { showSources(p, "", []domain.KeptSource{*k}) }); failed != nil {
				return failed
			}
			return err
		}),
	}
}

func sourceObjects(sources []domain.KeptSource) []sourceObject {
	all := make([]sourceObject, len(sources))
	for i, k := range sources {
		all[i] = sourceOf(k)
	}
	return all
}

func sourceOf(k domain.KeptSource) sourceObject {
	return sourceObject{Source: k.Source, Variant: k.Variant, Payment: k.Payment, CreatedAt: stamp(k.CreatedAt), Removed: k.Removed}
}

func showSources(p *page, indent string, sources []domain.KeptSource) {
	rows := make([][]string, len(sources))
	for i, k := range sources {
		removed := ""
		if k.Removed {
			removed = "removed"
		}
		rows[i] = []string{k.ID, k.String(), k.Variant, string(k.Customer), when(k.CreatedAt), removed}
	}
	p.table(indent, "llllll", rows)
}
