package cli

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

// operatorObject is somebody who works at the till.
type operatorObject struct {
	ID        domain.OperatorID `json:"id"`
	Name      string            `json:"name"`
	Role      domain.Role       `json:"role"`
	Status    domain.State      `json:"status"`
	CreatedAt stamp             `json:"created_at"`
	LockedFor float64           `json:"locked_for"` // seconds by the machine's clock; 0: not
}

func (a *app) operators() *cobra.Command {
	return a.group("operator", "who works at the till, and what they may do",
		a.operatorAdd(), a.operatorPIN(), a.operatorDisable(), a.operatorList(), a.operatorDuties())
}

func (a *app) operatorAdd() *cobra.Command {
	var role string
	cmd := &cobra.Command{
		Use: "add NAME --role clerk|manager|trainer", Short: "set somebody up to work at the till, or once more who was disabled",
		Long: "Set somebody up with a role and a PIN of their own, which is typed, or the next line of standard input. " +
			"The first must be a manager. From then on whoever changes anything says who they are with --operator; to look stays free. " +
			"The name is in the journal with everything that they do, for good.",
		Args: takes("NAME"),
	}
	cmd.RunE = a.changes(func(ctx context.Context, t *till.Till, args []string) error {
		as, err := domain.ParseRole(role)
		if err != nil {
			return err
		}
		pin, err := a.newPIN(args[0])
		if err != nil {
			return err
		}
		o, err := t.AddOperator(ctx, a.intent(), args[0], as, pin)
		return a.sayOperator(o, err, "works at the till, as a "+role)
	})
	cmd.Flags().StringVar(&role, "role", "", "what they may do: clerk, manager or trainer")
	_ = cmd.MarkFlagRequired("role")                                                                                    // fails only for a flag that is not there
	_ = cmd.RegisterFlagCompletionFunc("role", cobra.FixedCompletions(roleNames(), cobra.ShellCompDirectiveNoFileComp)) // likewise
	return cmd
}

func roleNames() []string {
	var names []string
	for _, r := range domain.Roles() {
		names = append(names, string(r))
	}
	return names
}

func (a *app) operatorPIN() *cobra.Command {
	return &cobra.Command{
		Use: "pin NAME", Short: "give somebody another PIN: your own, or as a manager", Args: takes("NAME"),
		RunE: a.changes(func(ctx context.Context, t *till.Till, args []string) error {
			pin, err := a.newPIN(args[0])
			if err != nil {
				return err
			}
			o, err := t.SetPIN(ctx, a.intent(), args[0], pin)
			return a.sayOperator(o, err, "has another PIN")
		}),
	}
}

func (a *app) operatorDisable() *cobra.Command {
	return &cobra.Command{
		Use: "disable NAME", Short: "let somebody sign in no more; what they did stands under their name", Args: takes("NAME"),
		RunE: a.changes(func(ctx context.Context, t *till.Till, args []string) error {
			o, err := t.DisableOperator(ctx, a.intent(), args[0])
			return a.sayOperator(o, err, "cannot sign in any more")
		}),
	}
}

// newPIN asks for a PIN, at a terminal twice: nobody sees what they type there.
func (a *app) newPIN(name string) (domain.Secret, error) {
	pin, err := a.secret("new PIN of "+name, "")
	if err == nil {
		err = till.CheckPIN(pin)
	}
	if err != nil || a.Unseen == nil {
		return pin, err
	}
	again, err := a.secret("the same once more", "")
	if err == nil && again.Reveal() != pin.Reveal() {
		err = domain.Invalid("the operator", map[string]string{"pin": "is not the same the second time"})
	}
	return pin, err
}

func (a *app) sayOperator(o *domain.Operator, err error, what string) error {
	if err != nil {
		return err
	}
	return a.say(operatorOf(o, 0), func(p *page) { p.line("%s %s", o.Name, what) })
}

func operatorOf(o *domain.Operator, locked time.Duration) operatorObject {
	return operatorObject{o.ID, o.Name, o.Role, o.State, stamp(o.AddedAt), locked.Round(time.Second).Seconds()}
}

func (a *app) operatorList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "list who works at the till; nobody: everybody may do everything", Args: takes(),
		RunE: a.reads(func(ctx context.Context, t *till.Till, _ []string) error {
			all, err := t.Operators(ctx)
			if err != nil {
				return err
			}
			items, rows := make([]operatorObject, len(all)), make([][]string, len(all))
			for i, o := range all {
				left := time.Duration(0)
				if o.IsActive() {
					if left, err = t.LockedFor(ctx, o.Name); err != nil {
						left = 0 // whether their PINs can be checked is the doctor's to say
					}
				}
				items[i] = operatorOf(o, left)
				rows[i] = []string{o.Name, string(o.Role), o.State.Words(), when(o.AddedAt), lockWords(left)}
			}
			return a.say(listOf(items, ""), func(p *page) {
				if len(rows) == 0 {
					p.line("nobody is set up: everybody may do everything")
				}
				p.table("", "lllll", rows)
			})
		}),
	}
}

func lockWords(left time.Duration) string {
	if left == 0 {
		return ""
	}
	return "locked out for " + left.Round(time.Second).String()
}

// dutyObject is a deed, and who may do it.
type dutyObject struct {
	Deed  domain.Deed   `json:"deed"`
	May   []domain.Role `json:"may"`
	Limit bool          `json:"limit"` // a clerk only as far as the limit for refunds goes
	Alone bool          `json:"alone"` // nobody can stand by: it would be on no record
	Why   string        `json:"why"`
}

func (a *app) operatorDuties() *cobra.Command {
	return &cobra.Command{
		Use: "duties", Short: "what a clerk, a manager and a trainer may do, and why", Args: takes(),
		RunE: a.plain(func(*cobra.Command, []string) error {
			items, lines := make([]dutyObject, len(domain.Duties)), make([]string, len(domain.Duties))
			for i, d := range domain.Duties {
				items[i] = dutyObject{d.Deed, d.May, d.Limit, d.Untold, d.Why}
				var may []string
				for _, r := range d.May {
					name := string(r)
					if d.Limits(r) {
						name += " (up to the limit)"
					}
					may = append(may, name)
				}
				lines[i] = d.Does + ": " + strings.Join(may, ", ")
				if d.Untold {
					lines[i] += "; nobody can stand by for it, as no journal tells it"
				}
				lines[i] += "\n  " + d.Why
			}
			return a.say(listOf(items, ""), func(p *page) { p.lines(strings.Join(lines, "\n")) })
		}),
	}
}
