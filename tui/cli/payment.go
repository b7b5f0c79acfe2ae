package cli

import (
	"context"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

func (a *app) payments() *cobra.Command {
	return a.group("payment", "look at payments, capture, void and refund them",
		a.paymentList(), a.paymentShow(), a.paymentActions(), a.paymentSync(),
		a.paymentCapture(), a.paymentVoid(), a.paymentRefund(),
	)
}

func (a *app) refunds() *cobra.Command {
	show := &cobra.Command{
		Use: "show REFUND", Short: "show a refund", Args: takes("REFUND"),
		RunE: a.reads(func(ctx context.Context, t *till.Till, args []string) error {
			res, err := t.RefundOf(ctx, args[0])
			if err != nil {
				return err
			}
			return a.say(refundOf(res.Order, res.Refund), func(p *page) { showRefund(p, res.Order, res.Refund) })
		}),
	}
	return a.group("refund", "look at refunds", show)
}

func (a *app) paymentShow() *cobra.Command {
	return &cobra.Command{
		Use: "show PAYMENT", Short: "show a payment", Args: takes("PAYMENT"),
		RunE: a.reads(func(ctx context.Context, t *till.Till, args []string) error {
			res, err := t.Payment(ctx, args[0])
			return a.sayPayment(t, res, err)
		}),
	}
}

func (a *app) paymentActions() *cobra.Command {
	return &cobra.Command{
		Use: "actions PAYMENT", Short: "list what was asked of the provider", Args: takes("PAYMENT"),
		RunE: a.reads(func(ctx context.Context, t *till.Till, args []string) error {
			res, err := t.Payment(ctx, args[0])
			if err != nil {
				return err
			}
			return a.say(listOf(operationObjects(res.Order, res.Payment), ""), func(p *page) { showOperations(p, "", res.Order, res.Payment) })
		}),
	}
}

func (a *app) paymentSync() *cobra.Command {
	return &cobra.Command{
		Use: "sync PAYMENT", Short: "ask the provider what it has on record", Args: takes("PAYMENT"),
		RunE: a.changes(func(ctx context.Context, t *till.Till, args []string) error {
			found, err := t.Payment(ctx, args[0])
			if err != nil {
				return err
			}
			res, err := t.Sync(ctx, a.intent(), found.Payment.ID)
			return a.sayPayment(t, res, err)
		}),
	}
}

// operating asks for an operation on a payment.
type operating func(ctx context.Context, t *till.Till, id domain.PaymentID, sum domain.Amount) (till.Result, error)

// onPayment runs a command on a payment with an amount in its order's currency.
func (a *app) onPayment(amountText *string, do operating) func(*cobra.Command, []string) error {
	return a.changes(func(ctx context.Context, t *till.Till, args []string) error {
		found, err := t.Payment(ctx, args[0])
		if err != nil {
			return err
		}
		sum, err := amount(found.Order.Cart.Currency, "amount", *amountText)
		if err != nil {
			return err
		}
		res, err := do(ctx, t, found.Payment.ID, sum)
		return a.sayPayment(t, res, err)
	})
}

func (a *app) paymentCapture() *cobra.Command {
	var text string
	var wish till.Capturing
	cmd := &cobra.Command{
		Use: "capture PAYMENT", Short: "take what is held, or a part of it", Args: takes("PAYMENT"),
		RunE: a.onPayment(&text, func(ctx context.Context, t *till.Till, id domain.PaymentID, sum domain.Amount) (till.Result, error) {
			wish.Payment, wish.Amount = id, sum
			return t.Capture(ctx, a.intent(), wish)
		}),
	}
	cmd.Flags().StringVar(&text, "amount", "", "a part; all of it where this is not given")
	cmd.Flags().BoolVar(&wish.Final, "final", false, "the last capture: what is left is let go")
	cmd.Flags().StringVar(&wish.Reference, "reference", "", "your own name for the capture")
	return cmd
}

func (a *app) paymentVoid() *cobra.Command {
	var all, reference string
	cmd := &cobra.Command{
		Use: "void PAYMENT", Short: "let go of what is held", Args: takes("PAYMENT"),
		RunE: a.onPayment(&all, func(ctx context.Context, t *till.Till, id domain.PaymentID, _ domain.Amount) (till.Result, error) {
			return t.Void(ctx, a.intent(), id, reference)
		}),
	}
	cmd.Flags().StringVar(&reference, "reference", "", "your own name for the void")
	return cmd
}

func (a *app) paymentRefund() *cobra.Command {
	var text string
	var wish till.Refunding
	cmd := &cobra.Command{
		Use: "refund PAYMENT", Short: "give money back, all of it or a part", Args: takes("PAYMENT"),
		RunE: a.onPayment(&text, func(ctx context.Context, t *till.Till, id domain.PaymentID, sum domain.Amount) (till.Result, error) {
			wish.Payment, wish.Amount = id, sum
			return t.Refund(ctx, a.intent(), wish)
		}),
	}
	cmd.Flags().StringVar(&text, "amount", "", "a part; all that can be refunded where this is not given")
	cmd.Flags().StringVar(&wish.Reason, "reason", "", "why, for the record")
	cmd.Flags().StringVar(&wish.Reference, "reference", "", "your own name for the refund")
	return cmd
}
