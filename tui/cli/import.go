package cli

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

// imported is what an import came to.
type imported struct {
	Issued  int       `json:"issued"`
	Skipped int       `json:"skipped"` // the reference had been issued before
	Failed  []badLine `json:"failed"`
}

func (a *app) imports() *cobra.Command {
	var pay string
	cmd := &cobra.Command{
		Use: "import FILE.jsonl", Short: "issue many orders, and settle them; again it repeats nothing", Args: takes("FILE.jsonl"),
		Long: "Each line is an order as `till order issue` takes it, with a reference by which it is known again. " +
			"Ctrl+C stops it between two orders; an import that was stopped is finished by the next.",
		RunE: a.changes(func(ctx context.Context, t *till.Till, args []string) error {
			if err := oneOf("pay", pay, []string{"cash", "card", "none"}); err != nil {
				return err
			}
			done, err := a.importAll(ctx, t, args[0], pay)
			if err != nil {
				return err
			}
			if err := a.say(done, func(p *page) {
				p.line("%d issued, %d skipped, %d failed", done.Issued, done.Skipped, len(done.Failed))
				showBadLines(p, done.Failed)
			}); err != nil {
				return err
			}
			return notAll(done.Failed)
		}),
	}
	cmd.Flags().StringVar(&pay, "pay", "none", "how the orders are settled: cash, card or none")
	return cmd
}

func (a *app) importAll(ctx context.Context, t *till.Till, file, pay string) (imported, error) {
	done := imported{Failed: []badLine{}}
	var read atomic.Int64
	over := a.watch(func() string { return fmt.Sprintf("%d lines", read.Load()) })
	whole := context.WithoutCancel(ctx) // an order that was begun is ended: no payment is broken off
	err := a.eachLine(ctx, file, func(number int, text []byte) error {
		fresh, err := a.importOne(whole, t, text, pay)
		switch {
		case err != nil && stops(ctx, err):
			return err
		case err != nil:
			done.Failed = append(done.Failed, badLine{number, safe(err.Error())})
		case fresh:
			done.Issued++
		default:
			done.Skipped++
		}
		read.Add(1)
		return nil
	})
	over()
	if err != nil && ctx.Err() != nil {
		err = domain.Errorf(codeInterrupted, "interrupted after %d issued, %d skipped, %d failed", done.Issued, done.Skipped, len(done.Failed)).
			WithHint("the same command goes on where this one was stopped")
	}
	return done, err
}

// importOne issues an order, unless its reference was issued before, and settles what is due. Its keys are
// made of the reference: wherever an import was stopped, the next goes on there.
func (a *app) importOne(ctx context.Context, t *till.Till, text []byte, pay string) (fresh bool, err error) {
	wish, err := a.newOrder(t, text, true)
	if err != nil {
		return false, err
	}
	wish.Reference = strings.TrimSpace(domain.Inert(wish.Reference)) // as it will be stored and looked for
	switch {
	case wish.Reference == "":
		return false, domain.Invalid("the order", map[string]string{"reference": "is needed, to know the order again"})
	case safe(wish.Reference) != wish.Reference:
		return false, domain.Invalid("the order", map[string]string{"reference": "must not hold a card number"})
	}
	in := till.Intent{Key: "import/" + wish.Reference, Source: domain.ByImport, Override: a.standby}
	paying := in
	paying.Key += "/pay"
	sell := func() error { // order and payment begin in one commit
		_, err := t.Sell(ctx, in, wish, paying, importPayment("", pay))
		return err
	}
	id, there, err := t.Issued(ctx, wish.Reference)
	switch {
	case err != nil:
	case there:
		err = settleImported(ctx, t, id, pay, paying, sell)
	case pay == "none" || wish.Cart.Totals().Total == 0:
		_, err = t.Issue(ctx, in, wish)
	default:
		err = sell()
	}
	return !there && err == nil, err
}

// settleImported pays what is still due of an order that was imported before. A payment that began with its order is gone on
// with as such: another would be another wish under the same key.
func settleImported(ctx context.Context, t *till.Till, id domain.OrderID, pay string, in till.Intent, sell func() error) error {
	o, err := t.Store.Order(ctx, id)
	if err != nil || pay == "none" || !ours(o) || o.BalanceDue() == 0 {
		return err
	}
	_, err = t.Pay(ctx, in, importPayment(id, pay))
	if domain.CodeOf(err) == domain.CodeIdempotencyConflict {
		return sell()
	}
	return err
}

// ours tells whether an import issued the order: one that a clerk issued under the reference is left alone.
func ours(o *domain.Order) bool {
	return len(o.Steps) > 0 && o.Steps[0].Source == domain.ByImport
}

// importPayment settles an order. The card is the sandbox's first.
func importPayment(order domain.OrderID, pay string) till.Payable {
	wish := till.Payable{Order: order, Method: pay, Capture: domain.CaptureAuto}
	if pay == "card" {
		wish.Card = &domain.Card{Number: domain.NewSecret("4242424242424242"), CVV: domain.NewSecret("100"), Month: 12, Year: 2034}
	}
	return wish
}
