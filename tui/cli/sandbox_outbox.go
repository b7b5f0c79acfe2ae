package cli

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

// noticeObject is a notice in the gateway's outbox.
type noticeObject struct {
	Number   int              `json:"number"`
	ID       string           `json:"id"`
	Type     string           `json:"type"`
	Payment  domain.PaymentID `json:"payment"`
	Action   string           `json:"action"`
	Amount   string           `json:"amount"`
	Currency domain.Currency  `json:"currency"`
	At       stamp            `json:"at"`
	State    string           `json:"state"`
	DueAt    stamp            `json:"due_at"`
	Times    int              `json:"times"`
}

func noticeOf(n domain.OutboxNotice) noticeObject {
	return noticeObject{
		Number: n.Number, ID: n.ID, Type: n.Type, Payment: n.Payment, Action: n.Action,
		Amount: n.Currency.Format(n.Amount), Currency: n.Currency, At: stamp(n.At), State: n.State, DueAt: stamp(n.DueAt), Times: n.Times,
	}
}

func (a *app) sandboxNotices() *cobra.Command {
	var pending bool
	cmd := &cobra.Command{
		Use: "notices", Short: "the outbox: what the gateway has to tell, or has told", Args: takes(),
		RunE: a.reads(atBank(func(ctx context.Context, _ *till.Till, bank domain.Bank, _ []string) error {
			notices, err := bank.Outbox(ctx, pending)
			if err != nil {
				return err
			}
			return a.sayNotices(notices)
		})),
	}
	cmd.Flags().BoolVar(&pending, "pending", false, "only what was neither delivered nor dropped")
	return cmd
}

func (a *app) sayNotices(notices []domain.OutboxNotice) error {
	objects := make([]noticeObject, len(notices))
	for i, n := range notices {
		objects[i] = noticeOf(n)
	}
	return a.say(listOf(objects, ""), func(p *page) {
		if len(notices) == 0 {
			p.line("the outbox is empty")
		}
		showNotices(p, "", notices)
	})
}

func showNotices(p *page, indent string, notices []domain.OutboxNotice) {
	rows := make([][]string, len(notices))
	for i, n := range notices {
		state := n.State
		switch {
		case n.Times > 1:
			state += fmt.Sprintf(" %d ×", n.Times)
		case !n.DueAt.IsZero():
			state += " until " + when(n.DueAt)
		}
		rows[i] = []string{strconv.Itoa(n.Number), when(n.At), n.Type, n.Currency.Display(n.Amount), string(n.Payment), state}
	}
	p.table(indent, "rllrll", rows)
}

// onNotices is a command that does something with notices: those that are named, or with --all those that fit.
func (a *app) onNotices(use, short string, fits func(domain.OutboxNotice) bool,
	do func(ctx context.Context, bank domain.Bank, notices ...string) error,
) *cobra.Command {
	var all bool
	cmd := &cobra.Command{
		Use: use + " NOTICE...", Short: short,
		Args: func(cmd *cobra.Command, args []string) error {
			if (len(args) > 0) == all {
				return domain.Errorf(domain.CodeUsage, "%s takes notices by number or id, or --all", cmd.CommandPath()).
					WithHint("see: till sandbox notices")
			}
			return nil
		},
	}
	cmd.RunE = a.changes(atBank(func(ctx context.Context, _ *till.Till, bank domain.Bank, args []string) error {
		if all {
			notices, err := bank.Outbox(ctx, false)
			if err != nil {
				return err
			}
			for _, n := range notices {
				if fits(n) {
					args = append(args, n.ID)
				}
			}
		}
		if err := do(ctx, bank, args...); err != nil {
			return err
		}
		return a.sayNamed(ctx, bank, args)
	}))
	cmd.Flags().BoolVar(&all, "all", false, "all of them")
	return cmd
}

// sayNamed prints notices as they are now, those that were named by number or id.
func (a *app) sayNamed(ctx context.Context, bank domain.Bank, names []string) error {
	notices, err := bank.Outbox(ctx, false)
	if err != nil {
		return err
	}
	return a.sayNotices(slices.DeleteFunc(notices, func(n domain.OutboxNotice) bool {
		return !slices.Contains(names, n.ID) && !slices.Contains(names, strconv.Itoa(n.Number))
	}))
}

func waits(n domain.OutboxNotice) bool { return n.Waits() }

func (a *app) sandboxDeliver() *cobra.Command {
	return a.onNotices("deliver", "deliver notices that wait, in the order in which they are named", waits,
		func(ctx context.Context, bank domain.Bank, notices ...string) error {
			return bank.Deliver(ctx, notices...)
		})
}

func (a *app) sandboxDrop() *cobra.Command {
	return a.onNotices("drop", "lose notices that wait", waits,
		func(ctx context.Context, bank domain.Bank, notices ...string) error {
			return bank.Drop(ctx, notices...)
		})
}

func (a *app) sandboxDuplicate() *cobra.Command {
	return a.onNotices("duplicate", "deliver notices once more; those that wait, twice",
		func(n domain.OutboxNotice) bool { return !n.Lost() },
		func(ctx context.Context, bank domain.Bank, notices ...string) error {
			return bank.Duplicate(ctx, notices...)
		})
}

func (a *app) sandboxDelay() *cobra.Command {
	var by string
	cmd := a.onNotices("delay", "have notices that wait delivered later, by the clock", waits,
		func(ctx context.Context, bank domain.Bank, notices ...string) error {
			var after time.Duration
			after, err := duration("by", by)
			if err != nil {
				return err
			}
			return bank.Delay(ctx, after, notices...)
		})
	cmd.Flags().StringVar(&by, "by", "", "how much later, such as 90m or 2d")
	_ = cmd.MarkFlagRequired("by") // there is one of that name
	return cmd
}

func (a *app) sandboxSwap() *cobra.Command {
	return &cobra.Command{
		Use: "swap NOTICE NOTICE", Short: "have two notices that wait change places", Args: takes("NOTICE", "NOTICE"),
		RunE: a.changes(atBank(func(ctx context.Context, _ *till.Till, bank domain.Bank, args []string) error {
			if err := bank.Swap(ctx, args[0], args[1]); err != nil {
				return err
			}
			notices, err := bank.Outbox(ctx, true)
			if err != nil {
				return err
			}
			return a.sayNotices(notices)
		})),
	}
}

func (a *app) sandboxHold() *cobra.Command {
	return &cobra.Command{
		Use: "hold [on|off]", Short: "whether new notices wait to be delivered by hand", Args: cobra.MaximumNArgs(1),
		RunE: a.changes(atBank(func(ctx context.Context, _ *till.Till, bank domain.Bank, args []string) error {
			if len(args) > 0 {
				if err := oneOf("hold", args[0], []string{"on", "off"}); err != nil {
					return err
				}
				if err := bank.HoldBack(ctx, args[0] == "on"); err != nil {
					return err
				}
			}
			hold, err := bank.HoldsBack(ctx)
			if err != nil {
				return err
			}
			return a.say(map[string]bool{"hold": hold}, func(p *page) {
				if hold {
					p.line("on: new notices wait to be delivered by hand")
				} else {
					p.line("off: new notices are delivered at once")
				}
			})
		})),
	}
}
