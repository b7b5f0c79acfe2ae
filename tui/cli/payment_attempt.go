package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

// The commands about an attempt that has not come to its end.

func (a *app) paymentOpen() *cobra.Command {
	var text, variant string
	var form bool
	cmd := &cobra.Command{
		Use: "open ORDER", Short: "begin a payment before there is a way to pay; pay goes on with it", Args: takes("ORDER"),
		RunE: a.changes(func(ctx context.Context, t *till.Till, args []string) error {
			o, err := t.Order(ctx, args[0])
			if err != nil {
				return err
			}
			sum, err := amount(o.Cart.Currency, "amount", text)
			if err != nil {
				return err
			}
			res, err := t.OpenPayment(ctx, a.intent(), o.ID, sum, variant, form)
			return a.sayPayment(t, res, err)
		}),
	}
	f := cmd.Flags()
	f.StringVar(&text, "amount", "", "a part of what is due")
	f.StringVar(&variant, "variant", "", "which of the configured ways to a gateway")
	f.BoolVar(&form, "form", false, "the customer has the form")
	return cmd
}

func (a *app) paymentComplete() *cobra.Command {
	var result string
	cmd := &cobra.Command{
		Use: "complete PAYMENT --result RESULT", Short: "the customer came back from their bank, or paid at the door", Args: takes("PAYMENT"),
		Long: "The customer came back, and what they did is verified with the provider. In the sandbox RESULT is what they did: " +
			"of 3DS passed, failed, abandoned, attempted, unavailable, rejected, decoupled or exempted; of a redirect or a voucher " +
			"paid, cancelled, failed or expired; of cash on delivery paid or failed.",
		RunE: a.onPayment(func(ctx context.Context, t *till.Till, found till.Result) (till.Result, error) {
			return t.Complete(ctx, a.intent(), found.Payment.ID, result)
		}),
	}
	cmd.Flags().StringVar(&result, "result", "", "what the customer did")
	return cmd
}

func (a *app) paymentCancel() *cobra.Command {
	return &cobra.Command{
		Use: "cancel PAYMENT", Short: "give up a payment that waits for the customer, or for a date", Args: takes("PAYMENT"),
		RunE: a.onPayment(func(ctx context.Context, t *till.Till, found till.Result) (till.Result, error) {
			return t.CancelPayment(ctx, a.intent(), found.Payment.ID)
		}),
	}
}

func (a *app) paymentRetry() *cobra.Command {
	return &cobra.Command{
		Use: "retry PAYMENT", Short: "send a payment now that waits to be tried again", Args: takes("PAYMENT"),
		RunE: a.onPayment(func(ctx context.Context, t *till.Till, found till.Result) (till.Result, error) {
			return t.RetryPayment(ctx, a.intent(), found.Payment.ID)
		}),
	}
}

func (a *app) paymentFraud() *cobra.Command {
	var message string
	cmd := &cobra.Command{
		Use: "fraud PAYMENT accept|reject|review", Short: "say what somebody who looked for fraud thinks of a payment",
		Args: takes("PAYMENT", "accept|reject|review"),
		RunE: a.changes(func(ctx context.Context, t *till.Till, args []string) error {
			found, err := t.Payment(ctx, args[0])
			if err != nil {
				return err
			}
			res, err := t.Judge(ctx, a.intent(), found.Payment.ID, domain.Screening{Status: args[1], Message: message})
			return a.sayPayment(t, res, err)
		}),
	}
	cmd.Flags().StringVar(&message, "message", "", "why, for the record")
	return cmd
}

// editable are the flags of what can be changed of a payment.
var editable = []string{"active", "method", "billing-address", "date"}

func (a *app) paymentUpdate() *cobra.Command {
	var s sourcing
	var active bool
	var address, date string
	cmd := &cobra.Command{
		Use: "update PAYMENT", Short: "change a payment that was not sent yet: " + strings.Join(editable, ", "), Args: takes("PAYMENT"),
		Example: "till payment update pay_01J --method src_01J --date 2030-01-31T12:00:00Z\ntill payment update pay_01J --active=false",
	}
	f := cmd.Flags()
	f.BoolVar(&active, "active", true, "false pauses a payment that is made for later")
	f.StringVar(&date, "date", "", "send it at this `time`")
	f.StringVar(&address, "billing-address", "", "the customer's address as a JSON `object`")
	s.methodFlags(cmd)
	f.Lookup("method").Usage = "a saved source or a customer by `id`, or a way to pay by its name"
	cmd.MarkFlagsOneRequired(editable...)
	cmd.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return domain.Errorf(domain.CodeUsage, "%s", plainly(err)).
			WithHint("only these can be changed of a payment: --%s", strings.Join(editable, ", --"))
	})
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := checkSource(cmd); err != nil {
			return err
		}
		return a.onPayment(func(ctx context.Context, t *till.Till, found till.Result) (till.Result, error) {
			with, err := editing(ctx, t, s, address, date)
			if err != nil {
				return till.Result{}, err
			}
			if cmd.Flags().Changed("active") {
				with.Active = &active
			}
			return t.UpdatePayment(ctx, a.intent(), found.Payment.ID, with)
		})(cmd, args)
	}
	return cmd
}

// editing reads what is to be changed.
func editing(ctx context.Context, t *till.Till, s sourcing, address, date string) (till.Editing, error) {
	var with till.Editing
	wrong := problems{}
	if date != "" {
		at := wrong.time("date", date)
		with.Date = &at
	}
	if address != "" {
		if f, ok := objectOf([]byte(address), "billing_address.", wrong); ok {
			with.Address = addressOf(f)
		} else {
			wrong.say("billing_address", "is not a JSON object")
		}
	}
	if err := domain.Invalid("the command", wrong); err != nil || s.method == "" {
		return with, err
	}
	method, source, err := s.chosen(ctx, t)
	with.Method, with.Source = method, &source
	return with, err
}

// chosen is a way to pay that is named by what it is called, or by the id that a gateway has for it.
func (s *sourcing) chosen(ctx context.Context, t *till.Till) (method string, source domain.Source, err error) {
	switch {
	case strings.HasPrefix(s.method, "src_"):
		return "card", domain.Source{Type: "id", ID: s.method}, nil
	case strings.HasPrefix(s.method, "tok_"):
		return "card", domain.Source{Type: "token", ID: s.method}, nil
	case strings.HasPrefix(s.method, "cus_"), strings.Contains(s.method, "@"):
		source, err = customerSource(ctx, t, s.method)
		return "card", source, err
	}
	source, err = s.methodSource()
	return s.method, source, err
}
