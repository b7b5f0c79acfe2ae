package cli

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

// clockObject is what time it is, and what moving the clock there brought.
type clockObject struct {
	Now     stamp         `json:"now"`
	Shifted bool          `json:"shifted"`
	Fired   []timerObject `json:"fired"`
}

// timerObject is something that falls due, or fell due.
type timerObject struct {
	At      stamp          `json:"at"`
	Timer   string         `json:"timer"`
	Order   domain.OrderID `json:"order,omitempty"`
	Stream  string         `json:"stream,omitempty"` // of a mandate's or a payout's own
	Subject string         `json:"subject"`
	Effect  string         `json:"effect"`
}

func timerObjects(timers []domain.Timer) []timerObject {
	objects := make([]timerObject, len(timers))
	for i, t := range timers {
		objects[i] = timerObject{At: stamp(t.At), Timer: t.Name, Order: t.Order, Stream: t.Stream, Subject: t.Subject, Effect: t.Effect()}
	}
	return objects
}

func (a *app) clock() *cobra.Command {
	return a.group("clock", "till's clock: what time it is, and what comes when it is moved",
		a.clockShow(), a.clockAdvance(), a.clockSet(), a.clockAhead())
}

func (a *app) clockShow() *cobra.Command {
	return &cobra.Command{
		Use: "show", Short: "what time it is for the till", Args: takes(),
		RunE: a.reads(func(ctx context.Context, t *till.Till, _ []string) error {
			now, shifted, err := t.Clock(ctx)
			if err != nil {
				return err
			}
			object := struct {
				Now     stamp `json:"now"`
				Shifted bool  `json:"shifted"`
			}{stamp(now), shifted}
			return a.say(object, func(p *page) {
				if shifted {
					p.line("%s, ahead of the machine's clock", when(now))
				} else {
					p.line("%s", when(now))
				}
			})
		}),
	}
}

func (a *app) clockAdvance() *cobra.Command {
	return &cobra.Command{
		Use: "advance DURATION|next", Short: "move the clock forward; all that falls due happens, in order",
		Long: "Move the clock forward by a duration (90m, 28d, 2w), or to what falls due next. All that falls due until then " +
			"happens, in order, each at its own time; at the same instant the gateway comes first. It never goes back, and " +
			"only a till whose variants are all test ones has a clock that can be moved. Ctrl+C stops it on the way.",
		Args: takes("DURATION|next"),
		RunE: a.changes(func(ctx context.Context, t *till.Till, args []string) error {
			if args[0] == "next" {
				return a.sayAdvanced(t.AdvanceNext(ctx, a.intent()))
			}
			by, err := duration("duration", args[0])
			if err != nil {
				return err
			}
			return a.travels(ctx, t, t.Env.Now().Add(by), func() (till.Advanced, error) { return t.Advance(ctx, a.intent(), by) })
		}),
	}
}

func (a *app) clockSet() *cobra.Command {
	return &cobra.Command{
		Use: "set TIME", Short: "move the clock forward to a time", Args: takes("TIME"),
		RunE: a.changes(func(ctx context.Context, t *till.Till, args []string) error {
			to, err := parseTime(args[0])
			if err != nil {
				return wrongFlag("time", err.Error())
			}
			return a.travels(ctx, t, to, func() (till.Advanced, error) { return t.AdvanceTo(ctx, a.intent(), to) })
		}),
	}
}

// travels moves the clock to a time and says on the way how far it is. Ctrl+C stops it between two instants.
func (a *app) travels(ctx context.Context, t *till.Till, to time.Time, move func() (till.Advanced, error)) error {
	from := t.Env.Now()
	over := a.watch(func() string {
		now := t.Env.Now()
		return fmt.Sprintf("it is %s, %d%% of the way", when(now), int(100*now.Sub(from).Seconds()/max(1, to.Sub(from).Seconds())))
	})
	passed, err := move()
	over()
	if err != nil && ctx.Err() != nil {
		return domain.Errorf(codeInterrupted, "interrupted: it is %s, after %d timers", when(t.Env.Now()), len(passed.Fired)).
			WithHint("it goes on with: till clock set %s", domain.FormatTime(to))
	}
	return a.sayAdvanced(passed, err)
}

func (a *app) sayAdvanced(passed till.Advanced, err error) error {
	if err != nil {
		return err
	}
	return a.say(clockObject{stamp(passed.Now), true, timerObjects(passed.Fired)}, func(p *page) {
		showTimers(p, passed.Fired)
		p.line("it is %s", when(passed.Now))
	})
}

// usualAhead is how far one looks who does not say.
const usualAhead = 28 * 24 * time.Hour

func (a *app) clockAhead() *cobra.Command {
	return &cobra.Command{
		Use: "ahead [DURATION]", Short: "what falls due within a time, as things stand; 28d if none is given", Args: cobra.MaximumNArgs(1),
		RunE: a.reads(func(ctx context.Context, t *till.Till, args []string) error {
			within := usualAhead
			if len(args) > 0 {
				var err error
				if within, err = duration("duration", args[0]); err != nil {
					return err
				}
			}
			timers, err := t.Ahead(ctx, t.Env.Now().Add(within))
			if err != nil {
				return err
			}
			return a.say(listOf(timerObjects(timers), ""), func(p *page) {
				if len(timers) == 0 {
					p.line("nothing falls due until then")
				}
				showTimers(p, timers)
			})
		}),
	}
}

// showTimers has a line for each: when, what, on whom. What the gateway and the till both wait for is said once.
func showTimers(p *page, timers []domain.Timer) {
	rows := make([][]string, len(timers))
	for i, t := range timers {
		rows[i] = []string{t.At.UTC().Format("2006-01-02 15:04:05") + " UTC", t.Effect(), t.Subject}
	}
	p.table("", "lll", slices.CompactFunc(rows, slices.Equal))
}
