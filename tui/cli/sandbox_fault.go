package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

func (a *app) sandboxFault() *cobra.Command {
	return a.group("fault", "have calls of the gateway go wrong", a.faultSet(),
		&cobra.Command{
			Use: "list", Short: "list the faults that are set", Args: takes(),
			RunE: a.reads(atBank(func(ctx context.Context, _ *till.Till, bank domain.Bank, _ []string) error {
				return a.sayFaults(ctx, bank)
			})),
		},
		&cobra.Command{
			Use: "clear", Short: "take all faults back", Args: takes(),
			RunE: a.changes(atBank(func(ctx context.Context, _ *till.Till, bank domain.Bank, _ []string) error {
				if err := bank.ClearFaults(ctx); err != nil {
					return err
				}
				return a.sayFaults(ctx, bank)
			})),
		},
	)
}

func (a *app) faultSet() *cobra.Command {
	var times, share int
	cmd := &cobra.Command{
		Use: "set OPERATION FAULT", Short: "have calls of an operation go wrong", Args: takes("OPERATION", "FAULT"),
		Long: "Have calls of an operation go wrong, in place of what was set for it before.\n\n" +
			"The gateway never does it: refused, timeout_before, http_500, http_429, http_409, declined.\n" +
			"It does it, and the answer is lost: timeout_after, garbled. It takes its time: slow:SECONDS.\n" +
			"It does it and answers another amount: wrong_amount. It decides a minute later: pending.\n" +
			"What it tells of its own accord: notice_first (before the reply), notice_twice, notice_lost.",
	}
	cmd.RunE = a.changes(atBank(func(ctx context.Context, _ *till.Till, bank domain.Bank, args []string) error {
		if cmd.Flags().Changed("share") && !cmd.Flags().Changed("times") {
			times = 0
		}
		fault := domain.Fault{Operation: domain.OperationKind(args[0]), Name: args[1], Times: times, Share: share}
		if err := bank.SetFault(ctx, fault); err != nil {
			return err
		}
		return a.sayFaults(ctx, bank)
	}))
	cmd.Flags().IntVar(&times, "times", 1, "how many calls")
	cmd.Flags().IntVar(&share, "share", 0, "what `percent` of calls instead, by the gateway's dice")
	return cmd
}

func (a *app) sayFaults(ctx context.Context, bank domain.Bank) error {
	faults, err := bank.Faults(ctx)
	if err != nil {
		return err
	}
	rows := make([][]string, len(faults))
	for i, f := range faults {
		often := fmt.Sprintf("%d ×", f.Times)
		if f.Share > 0 {
			often = fmt.Sprintf("%d %%", f.Share)
		}
		rows[i] = []string{string(f.Operation), f.Name, often}
	}
	return a.say(listOf(faults, ""), func(p *page) {
		if len(rows) == 0 {
			p.line("no faults are set")
		}
		p.table("", "llr", rows)
	})
}

func (a *app) sandboxProfile() *cobra.Command {
	return &cobra.Command{
		Use: "profile [checkout|stripe|none]", Short: "how the gateway treats idempotency keys", Args: cobra.MaximumNArgs(1),
		Long: "How the gateway treats idempotency keys.\n\n" +
			"checkout: what it did is answered again for 24 hours; after a refusal the same key is a new call.\n" +
			"stripe: the first answer is given again for 24 hours, refusals and breakdowns too.\n" +
			"none: every call is a new one, so that only asking before sending again keeps a charge from being made twice.",
		RunE: a.changes(atBank(func(ctx context.Context, _ *till.Till, bank domain.Bank, args []string) error {
			if len(args) > 0 {
				if err := bank.SetProfile(ctx, args[0]); err != nil {
					return err
				}
			}
			name, err := bank.Profile(ctx)
			if err != nil {
				return err
			}
			return a.say(map[string]string{"profile": name}, func(p *page) { p.line("%s", name) })
		})),
	}
}
