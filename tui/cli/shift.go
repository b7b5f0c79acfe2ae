package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/receipt"
	"till/domain/till"
)

func (a *app) shifts() *cobra.Command {
	return a.group("shift", "the cash drawer from one count to the next",
		a.shiftOpen(),
		a.shiftMove("pay-in", "note cash that is put into the drawer", (*till.Till).PayIn),
		a.shiftMove("pay-out", "note cash that is taken out of the drawer", (*till.Till).PayOut),
		a.shiftX(), a.shiftClose(), a.shiftList(), a.shiftShow(),
	)
}

func (a *app) shiftOpen() *cobra.Command {
	var text string
	cmd := &cobra.Command{Use: "open", Short: "begin a shift with the cash that is in the drawer", Args: takes()}
	cmd.RunE = a.changes(func(ctx context.Context, t *till.Till, _ []string) error {
		float, err := cash(t.Currency, "float", text)
		if err != nil {
			return err
		}
		s, err := t.OpenShift(ctx, a.intent(), float)
		if err != nil {
			return err
		}
		return a.say(shiftOf(s, s.Report), func(p *page) {
			p.line("the shift %s is open with %s in the drawer", s.ID, s.Currency.Display(s.Float))
		})
	})
	cmd.Flags().StringVar(&text, "float", "", "how much cash it begins with")
	_ = cmd.MarkFlagRequired("float") // fails only for a flag that is not there
	return cmd
}

func (a *app) shiftMove(use, short string, do func(*till.Till, context.Context, till.Intent, domain.Amount, string) (*domain.Shift, error)) *cobra.Command {
	var reason string
	cmd := &cobra.Command{Use: use + " AMOUNT", Short: short, Args: takes("AMOUNT")}
	cmd.RunE = a.changes(func(ctx context.Context, t *till.Till, args []string) error {
		c, err := drawerCurrency(ctx, t)
		if err != nil {
			return err
		}
		sum, err := cash(c, "amount", args[0])
		if err != nil {
			return err
		}
		s, err := do(t, ctx, a.intent(), sum, reason)
		if err != nil {
			return err
		}
		return a.say(shiftOf(s, s.Report), func(p *page) {
			m := s.Moves[len(s.Moves)-1]
			p.line("%s %s: %s", map[domain.Event]string{domain.PaidIn: "paid in", domain.PaidOut: "paid out"}[m.Event], s.Currency.Display(m.Amount), m.Reason)
		})
	})
	cmd.Flags().StringVar(&reason, "reason", "", "why")
	_ = cmd.MarkFlagRequired("reason") // fails only for a flag that is not there
	return cmd
}

func (a *app) shiftX() *cobra.Command {
	return &cobra.Command{
		Use: "x", Short: "print the X report: how the shift that is open stands", Args: takes(),
		RunE: a.reads(func(ctx context.Context, t *till.Till, _ []string) error {
			s, report, err := t.XReport(ctx)
			if err != nil {
				return err
			}
			return a.sayReport(t, s, report)
		}),
	}
}

func (a *app) shiftClose() *cobra.Command {
	var text string
	cmd := &cobra.Command{
		Use: "close", Short: "end the shift with its Z report", Args: takes(),
		Long: "close ends the shift with what somebody counted in the drawer. What should be there is told afterwards.",
	}
	cmd.RunE = a.changes(func(ctx context.Context, t *till.Till, _ []string) error {
		c, err := drawerCurrency(ctx, t)
		if err != nil {
			return err
		}
		counted, err := cash(c, "counted", text)
		if err != nil {
			return err
		}
		s, err := t.CloseShift(ctx, a.intent(), counted)
		if err != nil {
			return err
		}
		return a.sayReport(t, s, *s.Report)
	})
	cmd.Flags().StringVar(&text, "counted", "", "how much cash is in the drawer")
	_ = cmd.MarkFlagRequired("counted") // fails only for a flag that is not there
	return cmd
}

func (a *app) shiftShow() *cobra.Command {
	return &cobra.Command{
		Use: "show SHIFT", Short: "print a shift's report again, by id or by the number of its Z", Args: takes("SHIFT"),
		RunE: a.reads(func(ctx context.Context, t *till.Till, args []string) error {
			s, err := t.FindShift(ctx, args[0])
			if err != nil {
				return err
			}
			report, err := t.ReportOf(ctx, s)
			if err != nil {
				return err
			}
			return a.sayReport(t, s, report)
		}),
	}
}

func (a *app) sayReport(t *till.Till, s *domain.Shift, r domain.ShiftReport) error {
	return a.say(shiftOf(s, &r), func(p *page) {
		p.lines(receipt.ShiftText(s, r, receipt.Options{Shop: t.Shop}))
	})
}

func (a *app) shiftList() *cobra.Command {
	var after int64
	var number, size int
	cmd := &cobra.Command{Use: "list", Short: "list shifts, newest first", Args: takes()}
	cmd.RunE = a.reads(func(ctx context.Context, t *till.Till, _ []string) error {
		if size < 1 || size > maxSize {
			return wrongFlag("size", "must be 1 to 1000")
		}
		if number < 0 || number > 0 && after > 0 {
			return wrongFlag("page", "counts from 0, and goes not with --after")
		}
		shifts, err := t.Store.Shifts(ctx, domain.Seq(after), size*(number+1)+1)
		if err != nil {
			return err
		}
		shifts = shifts[min(size*number, len(shifts)):]
		next := ""
		if len(shifts) > size {
			shifts = shifts[:size]
			next = fmt.Sprint(shifts[size-1].OpenedIn)
		}
		items := make([]shiftObject, len(shifts))
		for i, s := range shifts {
			items[i] = shiftOf(s, s.Report)
		}
		return a.say(listOf(items, next), func(p *page) { showShifts(p, shifts, next) })
	})
	cmd.Flags().Int64Var(&after, "after", 0, "go on after the page whose `next` this is")
	cmd.Flags().IntVar(&number, "page", 0, "instead of --after: pages are counted from 0")
	cmd.Flags().IntVar(&size, "size", 10, "how many, at most 1000")
	return cmd
}

func showShifts(p *page, shifts []*domain.Shift, next string) {
	rows := make([][]string, len(shifts))
	for i, s := range shifts {
		rows[i] = []string{"–", string(s.ID), string(s.State), when(s.OpenedAt), "", "", ""}
		if d := s.Report; d != nil {
			rows[i][0] = fmt.Sprint("Z ", s.Number)
			rows[i][4], rows[i][5] = when(s.ClosedAt), s.Currency.Display(s.Counted)
			rows[i][6] = overOrShort(s)
		}
	}
	if len(rows) == 0 {
		p.line("no shifts")
	}
	p.table("", "lllllrl", rows)
	p.more(next)
}

// overOrShort says how the count came out.
func overOrShort(s *domain.Shift) string {
	switch d := s.Report.Drawer.Difference; {
	case d < 0:
		return s.Currency.Display(-d) + " short"
	case d > 0:
		return s.Currency.Display(d) + " over"
	}
	return ""
}

// drawerCurrency is that of the newest shift, which what is said of a drawer is about; before the first, the till's.
func drawerCurrency(ctx context.Context, t *till.Till) (domain.Currency, error) {
	s, err := t.LastShift(ctx)
	if err != nil || s == nil {
		return t.Currency, err
	}
	return s.Currency, nil
}

// cash reads how much is in a drawer, which may be nothing.
func cash(c domain.Currency, name, text string) (domain.Amount, error) {
	a, err := c.Parse(text)
	if err != nil {
		return 0, wrongFlag(name, err.Error())
	}
	return a, nil
}
