package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

func (a *app) orders() *cobra.Command {
	return a.group("order", "issue orders and move them through their life",
		a.orderIssue("issue", "issue an order that can be paid", (*till.Till).Issue),
		a.orderIssue("draft", "park an order as a draft", (*till.Till).Draft),
		a.orderResume(), a.orderList(), a.orderShow(),
		a.orderMove("view", "the customer opened the payment page", domain.ByCustomer),
		a.orderMove("reject", "the customer does not want the order", domain.ByCustomer),
		a.orderMove("cancel", "cancel an order; of one on hold the money is let go", ""),
		a.orderMove("discard", "throw a draft away", ""),
		a.orderMove("receive", "mark an order as paid outside the till", ""),
		a.orderMove("unreceive", "take back that it was paid outside", ""),
		a.orderMove("close-short", "settle for what has been paid", ""),
		a.orderExtend(),
		a.orderMove("allow-overdue", "let an order be paid after its due date", ""),
		a.orderMove("deny-overdue", "let nobody pay after the due date", ""),
		a.orderMove("accept-late", "keep money that came for a closed order", ""), a.orderReturnLate(),
		a.orderMove("acknowledge", "a failure that the status shows has been seen", ""),
	)
}

func (a *app) orderResume() *cobra.Command {
	return &cobra.Command{
		Use: "resume ORDER", Short: "issue a draft", Args: takes("ORDER"),
		RunE: a.changes(func(ctx context.Context, t *till.Till, args []string) error {
			found, err := t.Resolve(ctx, "order", args[0])
			if err != nil {
				return err
			}
			o, err := t.Resume(ctx, a.intent(), found.Order)
			return a.sayOrder(t, o, err)
		}),
	}
}

// orderMove is a command for one of the order's own actions.
func (a *app) orderMove(use, short string, source domain.Origin) *cobra.Command {
	var with till.Moving
	cmd := &cobra.Command{
		Use: use + " ORDER", Short: short, Args: takes("ORDER"),
		RunE: a.changes(func(ctx context.Context, t *till.Till, args []string) error {
			return a.move(ctx, t, args[0], use, source, with)
		}),
	}
	cmd.Flags().StringVar(&with.Reason, "reason", "", "why, for the record")
	return cmd
}

func (a *app) orderReturnLate() *cobra.Command {
	return &cobra.Command{
		Use: "return-late ORDER", Short: "give back money that came for a closed order", Args: takes("ORDER"),
		RunE: a.changes(func(ctx context.Context, t *till.Till, args []string) error {
			found, err := t.Resolve(ctx, "order", args[0])
			if err != nil {
				return err
			}
			o, err := t.ReturnLate(ctx, a.intent(), found.Order)
			return a.sayOrder(t, o, err)
		}),
	}
}

func (a *app) move(ctx context.Context, t *till.Till, ref, use string, source domain.Origin, with till.Moving) error {
	found, err := t.Resolve(ctx, "order", ref)
	if err != nil {
		return err
	}
	in := a.intent()
	in.Source = source
	o, err := t.Move(ctx, in, found.Order, strings.ReplaceAll(use, "-", "_"), with)
	return a.sayOrder(t, o, err)
}

func (a *app) orderExtend() *cobra.Command {
	var due string
	cmd := &cobra.Command{
		Use: "extend ORDER --due T", Short: "give an order more time", Args: takes("ORDER"),
		RunE: a.changes(func(ctx context.Context, t *till.Till, args []string) error {
			at, err := parseTime(due)
			if err != nil {
				return wrongFlag("due", err.Error())
			}
			return a.move(ctx, t, args[0], "extend", "", till.Moving{Due: at})
		}),
	}
	cmd.Flags().StringVar(&due, "due", "", "the new due `time`, such as 2030-01-31T12:00:00Z")
	_ = cmd.MarkFlagRequired("due") // fails only for a flag that is not there
	return cmd
}

func (a *app) orderShow() *cobra.Command {
	var at int64
	var response string
	cmd := &cobra.Command{
		Use: "show ORDER", Short: "show an order, now or as it was", Args: takes("ORDER"),
	}
	cmd.RunE = a.reads(func(ctx context.Context, t *till.Till, args []string) error {
		if err := oneOf("response_type", response, responses); err != nil {
			return err
		}
		t, err := asOf(ctx, cmd, t, at)
		if err != nil {
			return err
		}
		o, err := orderAt(ctx, t, args[0], at)
		if err != nil {
			return err
		}
		lens := a.lensOf(t, ofOrder(o))
		return a.say(orderObject(t, o, response, lens), func(p *page) {
			showPast(p, t, at)
			showOrder(p, t, o)
			showLens(p, lens)
		})
	})
	cmd.Flags().Int64Var(&at, "at", 0, "as it was after the journal's entry `SEQ`, its own or any other")
	cmd.Flags().StringVar(&response, "response-type", "full", "minimum, standard or full")
	return a.withLens(cmd)
}

// asOf is the till as it was after the entry that --at names, where it names one.
func asOf(ctx context.Context, cmd *cobra.Command, t *till.Till, at int64) (*till.Till, error) {
	switch {
	case !cmd.Flags().Changed("at"):
		return t, nil
	case at < 1:
		return nil, wrongFlag("at", "counts from 1")
	}
	return t.Then(ctx, domain.Seq(at))
}

// orderAt finds an order, as it is or (at above 0) as it was.
func orderAt(ctx context.Context, t *till.Till, ref string, at int64) (*domain.Order, error) {
	if at == 0 {
		return t.Order(ctx, ref)
	}
	return t.At(ctx, ref, domain.Seq(at))
}

// sayOrder prints an order as it is after a command.
func (a *app) sayOrder(t *till.Till, o *domain.Order, err error) error {
	if o == nil {
		return err
	}
	if failed := a.say(full(t, o), func(p *page) { showOrder(p, t, o) }); failed != nil {
		return failed
	}
	return err
}

// oneOf refuses a flag's value that is none of those that there are.
func oneOf(name, value string, values []string) error {
	for _, v := range values {
		if v == value {
			return nil
		}
	}
	return wrongFlag(name, "must be one of "+strings.Join(values, ", "))
}
