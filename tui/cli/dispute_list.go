package cli

import (
	"context"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/story"
	"till/domain/till"
)

func (a *app) disputeList() *cobra.Command {
	var q domain.DisputeQuery
	cmd := &cobra.Command{Use: "list", Short: "list disputes, newest first", Args: takes()}
	f := cmd.Flags()
	f.BoolVar(&q.Open, "open", false, "only those in which somebody still has to act")
	f.StringVar(&q.Sort, "sort", "", "opened_at, or respond_by: the most urgent first")
	f.StringVar(&q.After, "after", "", "go on from the `next` of a list")
	f.IntVar(&q.Page, "page", 0, "the page, counted from 0")
	f.IntVar(&q.Size, "size", 10, "how many, at most 1000")
	cmd.MarkFlagsMutuallyExclusive("after", "page")
	cmd.RunE = a.reads(func(ctx context.Context, t *till.Till, _ []string) error {
		wrong := problems{}
		if q.Sort != "" && q.Sort != "opened_at" && q.Sort != "respond_by" {
			wrong.say("sort", "must be opened_at or respond_by")
		}
		wrong.paging(q.Page, q.Size)
		if err := domain.Invalid("the command", wrong); err != nil {
			return err
		}
		found, err := t.Store.Disputes(ctx, q)
		if err != nil {
			return err
		}
		if !a.json && a.lens == "" {
			return a.say(nil, func(p *page) { showDisputes(p, t, found, nil) })
		}
		items := make([]disputeObject, len(found.Items))
		for i, row := range found.Items {
			o, err := t.Store.Order(ctx, row.Order)
			if err != nil {
				return err
			}
			payment := o.Payment(row.Payment)
			d := payment.Dispute(row.ID)
			items[i] = disputeOf(t, o, payment, d)
			items[i].Lens = a.lensOf(t, domain.Subject{Order: o, Payment: payment, Dispute: d})
		}
		return a.say(listOf(items, found.Next), func(p *page) { showDisputes(p, t, found, items) })
	})
	return a.withLens(cmd)
}

// showDisputes lists disputes, with the words of a lens where there are items that have them.
func showDisputes(p *page, t *till.Till, found domain.DisputePage, items []disputeObject) {
	rows := make([][]string, len(found.Items))
	for i, r := range found.Items {
		rows[i] = []string{
			string(r.ID), r.State().Words(), r.Currency.Display(r.Amount), story.Holder(r.Money),
			joined(r.Network + " " + r.ReasonCode), "order " + orDash(r.Number), r.Customer, deadline(t.Env.Now(), r.RespondBy), "",
		}
		if items != nil {
			rows[i][8] = items[i].Lens.listed()
		}
	}
	if len(rows) == 0 {
		p.line("no disputes")
	}
	p.table("", "llrllllll", rows)
	p.more(found.Next)
}
