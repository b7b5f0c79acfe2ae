package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

// paying is the flags of pay.
type paying struct {
	card, expiry, cvv, name  string
	tender, tendered         string
	amount, capture, variant string
	reference, description   string
}

func (a *app) pay() *cobra.Command {
	var p paying
	cmd := &cobra.Command{
		Use: "pay ORDER (--card NUMBER --expiry MM/YY --cvv CVV | --tender cash)", Short: "pay an order", Args: takes("ORDER"),
		Example: "till pay 12 --card 4242424242424242 --expiry 12/34 --cvv 100\ntill pay 12 --tender cash --tendered 20",
		RunE: a.changes(func(ctx context.Context, t *till.Till, args []string) error {
			return a.payOrder(ctx, t, args[0], p)
		}),
	}
	f := cmd.Flags()
	f.StringVar(&p.card, "card", "", "the card's `number`; - reads it from standard input")
	f.StringVar(&p.expiry, "expiry", "", "until when the card is good: `MM/YY`")
	f.StringVar(&p.cvv, "cvv", "", "the card's security `code`; - reads it from standard input")
	f.StringVar(&p.name, "name", "", "the name on the card")
	f.StringVar(&p.tender, "tender", "", "pay over the counter: `cash`")
	f.StringVar(&p.tendered, "tendered", "", "how much cash was handed over")
	f.StringVar(&p.amount, "amount", "", "a part of what is due")
	f.StringVar(&p.capture, "capture", "", "auto, manual or multiple")
	f.StringVar(&p.variant, "variant", "", "which of the configured ways to a gateway")
	f.StringVar(&p.reference, "reference", "", "your own name for the payment")
	f.StringVar(&p.description, "description", "", "what it is for, in your own words")
	cmd.MarkFlagsOneRequired("card", "tender")
	cmd.MarkFlagsMutuallyExclusive("card", "tender")
	cmd.MarkFlagsMutuallyExclusive("card", "tendered")
	return cmd
}

func (a *app) payOrder(ctx context.Context, t *till.Till, ref string, p paying) error {
	o, err := t.Order(ctx, ref)
	if err != nil {
		return err
	}
	wish, err := p.payable(o)
	if err != nil {
		return err
	}
	if p.card != "" {
		if wish.Card, err = a.readCard(t, p); err != nil {
			return err
		}
	}
	res, err := t.Pay(ctx, a.intent(), wish)
	return a.sayPayment(t, res, err)
}

func (p paying) payable(o *domain.Order) (till.Payable, error) {
	wish := till.Payable{
		Order: o.ID, Method: "card", Variant: p.variant, Reference: p.reference, Description: p.description,
		Capture: domain.CaptureMode(p.capture),
	}
	if p.tender != "" {
		wish.Method = p.tender
	}
	if p.capture != "" {
		if err := oneOf("capture", p.capture, []string{"auto", "manual", "multiple"}); err != nil {
			return wish, err
		}
	}
	var err error
	if wish.Amount, err = amount(o.Cart.Currency, "amount", p.amount); err != nil {
		return wish, err
	}
	wish.Tendered, err = amount(o.Cart.Currency, "tendered", p.tendered)
	return wish, err
}

// readCard takes the card from the flags, or from standard input, where no list of processes shows it.
func (a *app) readCard(t *till.Till, p paying) (*domain.Card, error) {
	in := bufio.NewReader(a.In)
	for _, secret := range []struct {
		name  string
		value *string
	}{{"card number", &p.card}, {"cvv", &p.cvv}} {
		if *secret.value != "-" {
			continue
		}
		if a.Terminal {
			_, _ = fmt.Fprintf(a.Err, "%s: ", secret.name) // a prompt that is not seen stops nobody
		}
		line, err := in.ReadString('\n')
		if err != nil && err != io.EOF {
			return nil, err
		}
		*secret.value = strings.TrimSpace(line)
	}
	card, err := domain.ParseCard(p.card, p.expiry, p.cvv, p.name, t.Env.Now())
	return &card, err
}

// sayPayment prints a payment as it is after a command, also beside a refusal of the provider.
func (a *app) sayPayment(t *till.Till, res till.Result, err error) error {
	o, p := res.Order, res.Payment
	if o == nil {
		return err
	}
	if p == nil {
		return a.sayOrder(t, o, err)
	}
	if failed := a.say(paymentOf(t, o, p), func(out *page) { showPayment(out, t, o, p) }); failed != nil {
		return failed
	}
	return err
}
