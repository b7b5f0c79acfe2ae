package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

// machineWidth is how wide the text of a machine is: a usual terminal.
const machineWidth = 80

func (a *app) machine() *cobra.Command {
	var commands []*cobra.Command
	for _, m := range domain.Machines() {
		commands = append(commands, a.machineOf(m))
	}
	return a.group("machine", "show a status machine, and where something stands in it", commands...)
}

func (a *app) machineOf(m *domain.Machine) *cobra.Command {
	var format, ref string
	cmd := &cobra.Command{Use: m.Name, Short: "the machine of the " + m.Name, Args: takes()}
	show := func(at domain.State, walked []domain.Step) error { return a.sayMachine(m, format, at, walked) }
	placed := a.reads(func(ctx context.Context, t *till.Till, _ []string) error {
		at, walked, err := whereIs(ctx, t, m.Name, ref)
		if err != nil {
			return err
		}
		return show(at, walked)
	})
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := oneOf("format", format, []string{"ascii", "mermaid", "dot", "json"}); err != nil {
			return err
		}
		if ref != "" {
			return placed(cmd, args)
		}
		a.running = true
		return show("", nil)
	}
	cmd.Flags().StringVar(&format, "format", "ascii", "ascii, mermaid, dot or json")
	cmd.Flags().StringVar(&ref, "for", "", "show where the order, payment, refund or dispute with this `ID` stands")
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
	default:
		text = m.ASCII(at, walked, machineWidth)
	}
	return a.say(nil, func(p *page) { p.lines(text) })
}

// whereIs finds what an id means to a machine, where it stands, and the way that it has walked. What stands in
// several, as an order's payments do, is shown by its newest.
func whereIs(ctx context.Context, t *till.Till, machine, ref string) (domain.State, []domain.Step, error) {
	res, err := anything(ctx, t, machine, ref)
	if err != nil {
		return "", nil, err
	}
	at, subject := place(machine, res)
	if subject == "" {
		return "", nil, domain.Errorf(domain.CodeNotFound, "%s has no %s", domain.Inert(ref), machine)
	}
	var walked []domain.Step
	for _, s := range res.Order.Steps {
		if s.Machine == machine && s.Subject == subject {
			walked = append(walked, s)
		}
	}
	return at, walked, nil
}

func place(machine string, res till.Result) (at domain.State, subject string) {
	o, p, r, d := res.Order, res.Payment, res.Refund, res.Dispute
	if machine == "order" {
		return o.State, string(o.ID)
	}
	if p == nil {
		p = o.Last()
	}
	switch {
	case p == nil:
	case machine == "payment":
		return p.State, string(p.ID)
	case machine == "operation" && len(p.Operations) > 0:
		op := p.Operations[len(p.Operations)-1]
		return op.State, string(op.ID)
	case machine == "dispute" && d == nil && len(p.Disputes) > 0:
		d = p.Disputes[len(p.Disputes)-1]
	case machine == "refund" && r == nil && len(p.Refunds) > 0:
		r = p.Refunds[len(p.Refunds)-1]
	}
	switch {
	case machine == "refund" && r != nil:
		return r.State, string(r.ID)
	case machine == "dispute" && d != nil:
		return d.State, string(d.ID)
	}
	return "", ""
}

// anything finds an order, a payment, a refund or a dispute. An id says by its prefix which it is; of other names the
// given kind is tried first.
func anything(ctx context.Context, t *till.Till, first, ref string) (till.Result, error) {
	kinds := []string{first, "order", "payment", "refund", "dispute"}
	for prefix, kind := range map[string]string{"ord_": "order", "pay_": "payment", "ref_": "refund", "dsp_": "dispute"} {
		if strings.HasPrefix(ref, prefix) {
			kinds = []string{kind}
		}
	}
	var res till.Result
	err := error(domain.Errorf(domain.CodeNotFound, "there is no %q", domain.Inert(ref)))
	for _, kind := range kinds {
		var missing error
		switch kind {
		case "order":
			res.Order, missing = t.Order(ctx, ref)
		case "payment":
			res, missing = t.Payment(ctx, ref)
		case "refund":
			res, missing = t.RefundOf(ctx, ref)
		case "dispute":
			res, missing = t.Dispute(ctx, ref)
		default:
			continue
		}
		if domain.CodeOf(missing) != domain.CodeNotFound {
			return res, missing
		}
	}
	return res, err
}
