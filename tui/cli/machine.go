package cli

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

// machineWidth is how wide the text of a machine is: a usual terminal.
const machineWidth = 80

func (a *app) machine() *cobra.Command {
	var commands []*cobra.Command
	for _, m := range append(domain.Machines(), domain.SmallMachines()...) {
		commands = append(commands, a.machineOf(m))
	}
	return a.group("machine", "show a status machine, and where something stands in it", commands...)
}

func (a *app) machineOf(m *domain.Machine) *cobra.Command {
	var format, ref string
	cmd := &cobra.Command{Use: m.Name, Short: "the machine of the " + m.Name, Args: takes()}
	show := func(at domain.State, walked []domain.Step) error { return a.sayMachine(m, format, at, walked) }
	placed := a.reads(func(ctx context.Context, t *till.Till, _ []string) error {
		at, walked, err := whereIs(ctx, t, m, ref)
		if err != nil {
			return err
		}
		return show(at, walked)
	})
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := oneOf("format", format, []string{"ascii", "mermaid", "dot", "json", "markdown", "csv"}); err != nil {
			return err
		}
		if ref != "" {
			return placed(cmd, args)
		}
		a.running = true
		return show("", nil)
	}
	cmd.Flags().StringVar(&format, "format", "ascii", "ascii, mermaid, dot, json, markdown or csv")
	cmd.Flags().StringVar(&ref, "for", "", "show where what has this `ID` stands, and the way it came")
	return cmd
}

func (a *app) sayMachine(m *domain.Machine, format string, at domain.State, walked []domain.Step) error {
	if a.json || format == "json" {
		return writeJSON(a.Out, m.JSON(at, walked))
	}
	text := ""
	switch format {
	case "mermaid":
		text = m.Mermaid(at, walked)
	case "dot":
		text = m.DOT(at, walked)
	case "markdown":
		text = m.Markdown(at, walked)
	case "csv":
		text = m.CSV(at, walked)
	default:
		text = m.ASCII(at, walked, machineWidth)
	}
	return a.say(nil, func(p *page) { p.lines(text) })
}

// whereIs finds what an id means to a machine, where it stands, and the way that it has walked. What stands in
// several, as an order's payments do, is shown by its newest.
func whereIs(ctx context.Context, t *till.Till, m *domain.Machine, ref string) (domain.State, []domain.Step, error) {
	l, err := find(ctx, t, m.Name, ref)
	if err != nil {
		return "", nil, err
	}
	at, subject, steps := domain.State(""), l.id, []domain.Step(nil)
	switch folds, small := smallFolds[m.Name]; {
	case small && l.kind == m.Name:
		entries, err := t.Store.Entries(ctx, l.stream, 0, 0, 0)
		if err != nil {
			return "", nil, err
		}
		if at, steps, err = folds(entries); err != nil {
			return "", nil, err
		}
	case !small && l.order != nil:
		at, subject = place(m.Name, l)
		steps = l.order.Steps
	}
	if at == "" {
		return "", nil, domain.Errorf(domain.CodeNotFound, "%s has no %s", safe(ref), m.Name)
	}
	return at, slices.DeleteFunc(slices.Clone(steps), func(s domain.Step) bool {
		return s.Machine != m.Name || s.Subject != subject
	}), nil
}

// smallFolds say where a life stands that is no part of an order, and how it came there.
var smallFolds = map[string]func([]domain.Entry) (domain.State, []domain.Step, error){
	"mandate": func(entries []domain.Entry) (domain.State, []domain.Step, error) {
		m, err := domain.FoldMandate(entries)
		if err != nil {
			return "", nil, err
		}
		return m.State, m.Steps, nil
	},
	"payout": func(entries []domain.Entry) (domain.State, []domain.Step, error) {
		p, err := domain.FoldPayout(entries)
		if err != nil {
			return "", nil, err
		}
		return p.State, p.Steps, nil
	},
	"shift": func(entries []domain.Entry) (domain.State, []domain.Step, error) {
		s, err := domain.FoldShift(entries)
		if err != nil {
			return "", nil, err
		}
		return s.State, s.Steps, nil
	},
	"operator": func(entries []domain.Entry) (domain.State, []domain.Step, error) {
		o, err := domain.FoldOperator(entries)
		if err != nil {
			return "", nil, err
		}
		return o.State, o.Steps, nil
	},
}

// place is where that which was found, or what is newest in it, stands in a machine of an order.
func place(machine string, l life) (at domain.State, subject string) {
	o, p := l.order, l.payment()
	switch {
	case machine == "order":
		return o.State, string(o.ID)
	case p == nil:
	case machine == "payment":
		return p.State, string(p.ID)
	case machine == "operation":
		if op := newest(p.Operations, func(op *domain.Operation) bool { return l.kind != "refund" || string(op.Refund) == l.id }); op != nil {
			return op.State, string(op.ID)
		}
	case machine == "dispute":
		if d := newest(p.Disputes, func(d *domain.Dispute) bool { return l.kind != "dispute" || string(d.ID) == l.id }); d != nil {
			return d.State, string(d.ID)
		}
	case machine == "refund":
		if r := newest(p.Refunds, func(r *domain.Refund) bool { return l.kind != "refund" || string(r.ID) == l.id }); r != nil {
			return r.State, string(r.ID)
		}
	}
	return "", ""
}

// newest gives the last of those that fit; nil if none does.
func newest[T any](of []*T, fits func(*T) bool) *T {
	for _, one := range slices.Backward(of) {
		if fits(one) {
			return one
		}
	}
	return nil
}
