package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

// methodObject is a way to pay: a method of a variant.
type methodObject struct {
	Variant    string             `json:"variant"`
	Title      string             `json:"title"`
	Provider   string             `json:"provider"`
	Method     string             `json:"method"`
	Note       string             `json:"note,omitempty"`
	Currencies []domain.Currency  `json:"currencies,omitempty"` // none: all
	Limits     domain.Limits      `json:"limits,omitzero"`
	Usable     bool               `json:"usable"`
	Refusal    string             `json:"refusal,omitempty"`
	Can        capabilitiesObject `json:"capabilities"`
	Operations map[string]bool    `json:"operations"`
}

// capabilitiesObject has durations in seconds.
type capabilitiesObject struct {
	domain.Capabilities
	KeepsKeys int64 `json:"idempotency_ttl"`
	HoldsFor  int64 `json:"auth_validity"`
}

func (a *app) methods() *cobra.Command {
	var currency, text string
	cmd := &cobra.Command{
		Use: "methods", Short: "the ways to pay, what each can do, and why one cannot be used", Args: takes(),
	}
	cmd.Flags().StringVar(&currency, "currency", "", "in this `currency`; the till's if none is given")
	cmd.Flags().StringVar(&text, "amount", "", "for this `amount`")
	cmd.RunE = a.reads(func(_ context.Context, t *till.Till, _ []string) error {
		c := t.Currency
		if currency != "" {
			var err error
			if c, err = domain.ParseCurrency(currency); err != nil {
				return wrongFlag("currency", err.Error())
			}
		}
		wanted, err := amount(c, "amount", text)
		if err != nil {
			return err
		}
		offers := t.Methods(c, wanted)
		objects := make([]methodObject, len(offers))
		for i, o := range offers {
			objects[i] = methodOf(o)
		}
		return a.say(listOf(objects, ""), func(p *page) { showMethods(p, offers) })
	})
	return cmd
}

func methodOf(o till.Offer) methodObject {
	can := o.Method.Can
	object := methodObject{
		Variant: o.Variant, Title: o.Title, Provider: o.Provider, Method: o.Method.Name, Note: o.Method.Note,
		Currencies: o.Method.Currencies, Limits: o.Limits, Usable: o.Refusal == "", Refusal: o.Refusal,
		Can:        capabilitiesObject{can, int64(can.KeepsKeys / time.Second), int64(can.HoldsFor / time.Second)},
		Operations: map[string]bool{},
	}
	for _, op := range can.Operations() {
		object.Operations[op.Name] = op.Supported
	}
	return object
}

// showMethods lists the ways to pay, then what each does of the ten operations: a column for each way.
func showMethods(p *page, offers []till.Offer) {
	ways, sides := [][]string{}, "l"
	table := [][]string{{"operation"}}
	for _, o := range offers {
		use, about := "can be used", o.Method.Note
		if o.Refusal != "" {
			use, about = "not possible", o.Refusal
		}
		ways = append(ways, []string{o.Variant, o.Method.Name, use, about})
		table[0] = append(table[0], o.Variant+" "+o.Method.Name)
		sides += "l"
		for i, op := range o.Method.Can.Operations() {
			if len(table) == i+1 {
				table = append(table, []string{op.Name})
			}
			table[i+1] = append(table[i+1], yesNo(op.Supported))
		}
	}
	if len(offers) == 0 {
		p.line("no way to pay")
		return
	}
	p.table("", "llll", ways)
	p.line("")
	p.table("", sides, table)
}

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}
