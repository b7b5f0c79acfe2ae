package cli

import (
	"context"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

// The commands that ask the provider to move money that it holds or has taken.

func (a *app) paymentCapture() *cobra.Command {
	var text string
	var wish till.Capturing
	cmd := &cobra.Command{
		Use: "capture PAYMENT", Short: "take what is held, or a part of it", Args: takes("PAYMENT"),
		RunE: a.onPayment(func(ctx context.Context, t *till.Till, found till.Result) (till.Result, error) {
			var err error
			if wish.Amount, err = amount(found.Order.Cart.Currency, "amount", text); err != nil {
				return till.Result{}, err
			}
			wish.Payment = found.Payment.ID
			return t.Capture(ctx, a.intent(), wish)
		}),
	}
	f := cmd.Flags()
	f.StringVar(&text, "amount", "", "a part; all of it where this is not given")
	f.BoolVar(&wish.Final, "final", false, "the last capture: what is left is let go")
	f.StringVar(&wish.Reference, "reference", "", "your own name for the capture")
	return cmd
}

func (a *app) paymentVoid() *cobra.Command {
	var reference string
	cmd := &cobra.Command{
		Use: "void PAYMENT", Short: "let go of what is held", Args: takes("PAYMENT"),
		RunE: a.onPayment(func(ctx context.Context, t *till.Till, found till.Result) (till.Result, error) {
			return t.Void(ctx, a.intent(), found.Payment.ID, reference)
		}),
	}
	cmd.Flags().StringVar(&reference, "reference", "", "your own name for the void")
	return cmd
}

func (a *app) paymentIncrement() *cobra.Command {
	var by, to string
	cmd := &cobra.Command{
		Use: "increment PAYMENT (--by A | --to A)", Short: "have more set aside for the same payment", Args: takes("PAYMENT"),
		RunE: a.onPayment(func(ctx context.Context, t *till.Till, found till.Result) (till.Result, error) {
			currency := found.Order.Cart.Currency
			wish := till.Incrementing{Payment: found.Payment.ID}
			var err error
			if wish.By, err = amount(currency, "by", by); err != nil {
				return till.Result{}, err
			}
			if wish.To, err = amount(currency, "to", to); err != nil {
				return till.Result{}, err
			}
			return t.Increment(ctx, a.intent(), wish)
		}),
	}
	cmd.Flags().StringVar(&by, "by", "", "how much more")
	cmd.Flags().StringVar(&to, "to", "", "how much in all")
	cmd.MarkFlagsOneRequired("by", "to")
	cmd.MarkFlagsMutuallyExclusive("by", "to")
	return cmd
}

func (a *app) paymentReverse() *cobra.Command {
	return &cobra.Command{
		Use: "reverse PAYMENT", Short: "undo a payment before it is settled, as if it had never been", Args: takes("PAYMENT"),
		RunE: a.onPayment(func(ctx context.Context, t *till.Till, found till.Result) (till.Result, error) {
			return t.Reverse(ctx, a.intent(), found.Payment.ID)
		}),
	}
}

func (a *app) paymentRefund() *cobra.Command {
	var text string
	var lines []string
	var wish till.Refunding
	cmd := &cobra.Command{
		Use: "refund PAYMENT", Short: "give money back, all of it, a part, or what lines came to", Args: takes("PAYMENT"),
		Example: "till payment refund pay_01J --amount 5\ntill payment refund pay_01J --line 501*2 --line 402",
		RunE: a.onPayment(func(ctx context.Context, t *till.Till, found till.Result) (till.Result, error) {
			var err error
			if wish.Amount, err = amount(found.Order.Cart.Currency, "amount", text); err != nil {
				return till.Result{}, err
			}
			if wish.Lines, err = pieces(lines); err != nil {
				return till.Result{}, err
			}
			wish.Payment = found.Payment.ID
			return t.Refund(ctx, a.intent(), wish)
		}),
	}
	f := cmd.Flags()
	f.StringVar(&text, "amount", "", "a part; all that can be refunded where this is not given")
	f.StringArrayVar(&lines, "line", nil, "`SKU[*QTY]`: what pieces of an article came to, all that are left without a number; can be given several times")
	f.StringVar(&wish.Reason, "reason", "", "why, for the record")
	f.StringVar(&wish.Reference, "reference", "", "your own name for the refund")
	cmd.MarkFlagsMutuallyExclusive("amount", "line")
	return cmd
}

// pieces reads SKU[*QTY]. A * that no number follows is part of the name.
func pieces(lines []string) ([]domain.Pieces, error) {
	wrong := problems{}
	var all []domain.Pieces
	for _, text := range lines {
		p := domain.Pieces{SKU: strings.TrimSpace(text)}
		if at := strings.LastIndex(text, "*"); at >= 0 {
			if n, err := strconv.ParseInt(strings.TrimSpace(text[at+1:]), 10, 64); err == nil {
				p = domain.Pieces{SKU: strings.TrimSpace(text[:at]), Quantity: n}
				if n < 1 {
					wrong.say("line", "must be of 1 piece or more")
				}
			}
		}
		if p.SKU == "" {
			wrong.say("line", "must be SKU or SKU*QTY")
		}
		all = append(all, p)
	}
	return all, domain.Invalid("the command", wrong)
}
