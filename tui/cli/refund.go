package cli

import (
	"context"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

func (a *app) refunds() *cobra.Command {
	return a.group("refund", "look at refunds, stop them, and make them again",
		a.withLens(&cobra.Command{
			Use: "show REFUND", Short: "show a refund", Args: takes("REFUND"),
			RunE: a.reads(func(ctx context.Context, t *till.Till, args []string) error {
				res, err := t.RefundOf(ctx, args[0])
				return a.sayRefund(t, res, err)
			}),
		}),
		a.refundMove("cancel", "stop a refund that is on its way", (*till.Till).CancelRefund),
		a.refundMove("retry", "make a refund once more that failed", (*till.Till).RetryRefund),
	)
}

func (a *app) refundMove(use, short string, do func(*till.Till, context.Context, till.Intent, domain.RefundID) (till.Result, error)) *cobra.Command {
	return &cobra.Command{
		Use: use + " REFUND", Short: short, Args: takes("REFUND"),
		RunE: a.changes(func(ctx context.Context, t *till.Till, args []string) error {
			found, err := t.RefundOf(ctx, args[0])
			if err != nil {
				return err
			}
			res, err := do(t, ctx, a.intent(), found.Refund.ID)
			return a.sayRefund(t, res, err)
		}),
	}
}

// sayRefund prints a refund as it is after a command, also beside a refusal of the provider.
func (a *app) sayRefund(t *till.Till, res till.Result, err error) error {
	if res.Refund == nil {
		return err
	}
	object := refundOf(t, res.Order, res.Payment, res.Refund)
	object.Lens = a.lensOf(t, domain.Subject{Order: res.Order, Payment: res.Payment, Refund: res.Refund})
	failed := a.say(object, func(p *page) {
		showRefund(p, res.Order, res.Refund)
		p.line("")
		showAdvice(p, res.Order.RefundAdvice(res.Payment, res.Refund), refundCommand(res.Payment, res.Refund))
		showLens(p, object.Lens)
		showChoices(p, t.RefundActions(res.Order, res.Payment, res.Refund))
	})
	if failed != nil {
		return failed
	}
	return err
}
