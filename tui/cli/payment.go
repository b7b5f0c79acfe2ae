package cli

import (
	"context"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

func (a *app) payments() *cobra.Command {
	return a.group("payment", "look at payments, and do what can be done with them",
		a.paymentList(), a.paymentShow(), a.paymentActions(), a.paymentSync(),
		a.paymentOpen(), a.paymentUpdate(), a.paymentComplete(), a.paymentCancel(), a.paymentRetry(), a.paymentFraud(),
		a.paymentCapture(), a.paymentVoid(), a.paymentIncrement(), a.paymentReverse(), a.paymentRefund(),
	)
}

func (a *app) paymentShow() *cobra.Command {
	var at int64
	cmd := &cobra.Command{
		Use: "show PAYMENT", Short: "show a payment, now or as it was, also by the id of its session", Args: takes("PAYMENT"),
	}
	cmd.RunE = a.reads(func(ctx context.Context, t *till.Till, args []string) error {
		t, err := asOf(ctx, cmd, t, at)
		if err != nil {
			return err
		}
		res, err := paymentAt(ctx, t, args[0], at)
		return a.sayPaymentAt(t, res, err, at)
	})
	cmd.Flags().Int64Var(&at, "at", 0, "as it was after the journal's entry `SEQ`, its own or any other")
	return a.withLens(cmd)
}

// paymentAt finds a payment, as it is or (at above 0) as it was.
func paymentAt(ctx context.Context, t *till.Till, ref string, at int64) (till.Result, error) {
	if at == 0 {
		return t.Payment(ctx, ref)
	}
	return t.PaymentAt(ctx, ref, domain.Seq(at))
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
		RunE: a.onPayment(func(ctx context.Context, t *till.Till, found till.Result) (till.Result, error) {
			return t.Sync(ctx, a.intent(), found.Payment.ID)
		}),
	}
}

// onPayment runs a command on a payment that there is, and prints it as it is afterwards.
func (a *app) onPayment(do func(ctx context.Context, t *till.Till, found till.Result) (till.Result, error)) func(*cobra.Command, []string) error {
	return a.changes(func(ctx context.Context, t *till.Till, args []string) error {
		found, err := t.Payment(ctx, args[0])
		if err != nil {
			return err
		}
		res, err := do(ctx, t, found)
		return a.sayPayment(t, res, err)
	})
}
