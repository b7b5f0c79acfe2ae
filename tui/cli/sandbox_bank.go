package cli

import (
	"context"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

// What the banks do that are behind the gateway.

func (a *app) sandboxToken() *cobra.Command {
	var card sourcing
	cmd := &cobra.Command{
		Use: "token", Short: "exchange a card for a token, as a browser would", Args: takes(),
		RunE: a.changes(atBank(func(ctx context.Context, t *till.Till, bank domain.Bank, _ []string) error {
			read, err := a.readCard(t, card)
			if err != nil {
				return err
			}
			token, err := bank.Token(ctx, *read)
			if err != nil {
				return err
			}
			return a.say(token, func(p *page) { p.line("%s", token.ID) })
		})),
	}
	card.cardFlags(cmd)
	return cmd
}

func (a *app) sandboxTimers() *cobra.Command {
	return &cobra.Command{
		Use: "timers", Short: "what the gateway will do by itself", Args: takes(),
		RunE: a.reads(atBank(func(ctx context.Context, _ *till.Till, bank domain.Bank, _ []string) error {
			timers, err := bank.Timers(ctx)
			if err != nil {
				return err
			}
			return a.say(listOf(timerObjects(timers), ""), func(p *page) {
				if len(timers) == 0 {
					p.line("nothing")
				}
				showTimers(p, timers)
			})
		})),
	}
}

func (a *app) sandboxSettle() *cobra.Command {
	var outcome string
	cmd := &cobra.Command{
		Use: "settle PAYMENT", Short: "decide what the gateway has left open", Args: takes("PAYMENT"),
		RunE: a.changes(atBank(func(ctx context.Context, t *till.Till, bank domain.Bank, args []string) error {
			found, err := t.Resolve(ctx, "payment", args[0])
			if err != nil {
				return err
			}
			if err := bank.Settle(ctx, domain.PaymentID(found.ID), outcome); err != nil {
				return err
			}
			return a.sayTold(ctx, t, found.ID)
		})),
	}
	cmd.Flags().StringVar(&outcome, "outcome", "succeeded", "succeeded or failed")
	return cmd
}

// sayTold prints a payment with what the gateway has told of it since.
func (a *app) sayTold(ctx context.Context, t *till.Till, payment string) error {
	if err := t.Listen(ctx); err != nil {
		return err
	}
	res, err := t.Payment(ctx, payment)
	return a.sayPayment(t, res, err)
}

func (a *app) sandboxRefund() *cobra.Command {
	var outcome, amountText string
	cmd := &cobra.Command{
		Use: "refund REFUND|PAYMENT", Short: "what becomes of a refund at the bank, or money that the gateway gives back by itself",
		Long: "With --outcome: what becomes of a refund at the customer's bank (succeeded, failed, reversed, manual_review,\npending: on its way again after a review).\n" +
			"Without: the gateway gives money of a payment back by itself, all of it or --amount.",
		Args: takes("REFUND|PAYMENT"),
	}
	cmd.RunE = a.changes(atBank(func(ctx context.Context, t *till.Till, bank domain.Bank, args []string) error {
		if cmd.Flags().Changed("outcome") {
			return a.moveRefund(ctx, t, bank, args[0], outcome)
		}
		res, err := t.Payment(ctx, args[0])
		if err != nil {
			return err
		}
		back, err := amount(res.Order.Cart.Currency, "amount", amountText)
		if err != nil {
			return err
		}
		if err := bank.GiveBack(ctx, res.Payment.ID, back); err != nil {
			return err
		}
		return a.sayTold(ctx, t, string(res.Payment.ID))
	}))
	cmd.Flags().StringVar(&outcome, "outcome", "", "of a refund: succeeded, failed, reversed, manual_review or pending")
	cmd.Flags().StringVar(&amountText, "amount", "", "of a payment: how much is given back; all if none is named")
	cmd.MarkFlagsMutuallyExclusive("outcome", "amount")
	return cmd
}

func (a *app) moveRefund(ctx context.Context, t *till.Till, bank domain.Bank, ref, outcome string) error {
	found, err := t.Resolve(ctx, "refund", ref)
	if err != nil {
		return err
	}
	if err := bank.MoveRefund(ctx, domain.RefundID(found.ID), outcome); err != nil {
		return err
	}
	if err := t.Listen(ctx); err != nil {
		return err
	}
	res, err := t.RefundOf(ctx, found.ID)
	return a.sayRefund(t, res, err)
}
