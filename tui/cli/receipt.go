package cli

import (
	"context"
	"os"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/receipt"
	"till/domain/till"
)

// slip is a receipt as programs read it. Data is the bytes for a printer, in base64.
type slip struct {
	Order     domain.OrderID `json:"order"`
	Format    string         `json:"format"`
	Duplicate bool           `json:"duplicate"`
	Out       string         `json:"out,omitempty"`
	Text      string         `json:"text,omitempty"`
	Data      []byte         `json:"data,omitempty"`
}

func (a *app) receipt() *cobra.Command {
	var format, out string
	cmd := &cobra.Command{
		Use: "receipt ORDER", Short: "print a receipt; the second is a duplicate", Args: takes("ORDER"),
		RunE: a.changes(func(ctx context.Context, t *till.Till, args []string) error {
			if err := oneOf("format", format, []string{"text", "escpos"}); err != nil {
				return err
			}
			found, err := t.Resolve(ctx, "order", args[0])
			if err != nil {
				return err
			}
			duplicate, err := t.Printed(ctx, a.intent(), found.Order, format)
			if err != nil {
				return err
			}
			o, err := t.Store.Order(ctx, found.Order)
			if err != nil {
				return err
			}
			return a.giveOut(slipOf(t, o, format, duplicate), out)
		}),
	}
	cmd.Flags().StringVar(&format, "format", "text", "text or escpos")
	cmd.Flags().StringVar(&out, "out", "", "write it to this `file`")
	return cmd
}

func slipOf(t *till.Till, o *domain.Order, format string, duplicate bool) slip {
	s := slip{Order: o.ID, Format: format, Duplicate: duplicate}
	options := receipt.Options{Shop: t.Shop, Duplicate: duplicate, Payform: t.Payform(o)}
	if format == "escpos" {
		s.Data = receipt.ESCPOS(o, options)
	} else {
		s.Text = receipt.Text(o, options)
	}
	return s
}

// giveOut writes a receipt to where it was wanted. Bytes for a printer go out untouched.
func (a *app) giveOut(s slip, out string) error {
	content := append([]byte(s.Text), s.Data...)
	if out != "" {
		if err := os.WriteFile(a.file(out), content, 0o600); err != nil {
			return domain.Errorf(domain.CodeInvalid, "the receipt cannot be written").Because(err)
		}
		s.Out, s.Text, s.Data = out, "", nil
		return a.say(s, func(p *page) { p.line("written to %s", safe(out)) })
	}
	if a.json {
		return a.say(s, nil)
	}
	_, err := a.Out.Write(content)
	return err
}
