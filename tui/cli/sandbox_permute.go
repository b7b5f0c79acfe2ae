package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

// permuted is what came of telling a payment's notices in every order.
type permuted struct {
	Notices int           `json:"notices"`
	Orders  int           `json:"orders"`
	Same    bool          `json:"same"`
	Ends    []endedObject `json:"ends"`
}

// endedObject is how some of the orders ended.
type endedObject struct {
	Status     string        `json:"status"`
	Lifecycle  domain.State  `json:"lifecycle"`
	BalanceDue string        `json:"balance_due"`
	Payment    domain.State  `json:"payment"`
	Authorized string        `json:"amount_authorized"`
	Captured   string        `json:"amount_captured"`
	Released   string        `json:"amount_released"`
	Refunded   string        `json:"amount_refunded"`
	Reversed   string        `json:"amount_reversed"`
	Disputed   string        `json:"amount_disputed"`
	Operations []stateObject `json:"operations"`
	Refunds    []stateObject `json:"refunds"`
	Disputes   []stateObject `json:"disputes"`
	Attention  []string      `json:"attention"`
	Count      int           `json:"count"`
	FirstOrder []string      `json:"first_order"` // event ids
}

type stateObject struct {
	ID     string       `json:"id"`
	Status domain.State `json:"status"`
}

func endOf(e till.End, c domain.Currency) endedObject {
	first := make([]string, len(e.First))
	for i, n := range e.First {
		first[i] = n.ID
	}
	money, s := c.Format, e.Sums
	return endedObject{
		Status: e.Status, Lifecycle: e.Order, BalanceDue: money(e.Balance), Payment: e.Payment,
		Authorized: money(s.Authorized), Captured: money(s.Captured), Released: money(s.Released),
		Refunded: money(s.Returned()), Reversed: money(s.Reversed), Disputed: money(s.DisputedHeld + s.DisputedLost),
		Operations: statesOf(e.Calls), Refunds: statesOf(e.Refunds), Disputes: statesOf(e.Disputes),
		Attention: append([]string{}, e.Attention...), Count: e.Count, FirstOrder: first,
	}
}

func statesOf(list []till.Ended) []stateObject {
	objects := make([]stateObject, len(list))
	for i, e := range list {
		objects[i] = stateObject{e.ID, e.State}
	}
	return objects
}

func (a *app) sandboxPermute() *cobra.Command {
	return &cobra.Command{
		Use: "permute PAYMENT", Short: "deliver a payment's pending notices in every order, on copies: does it end the same?",
		Args: takes("PAYMENT"),
		RunE: a.reads(atBank(func(ctx context.Context, t *till.Till, _ domain.Bank, args []string) error {
			found, err := t.Payment(ctx, args[0])
			if err != nil {
				return err
			}
			done, err := a.permute(ctx, t, found.Payment.ID)
			if err != nil {
				return err
			}
			if err := a.sayPermuted(done, found.Order.Cart.Currency); err != nil || len(done.Ends) == 1 {
				return err
			}
			return domain.Errorf(domain.CodeInternal, "it matters in which order the notices arrive: there are %d ends", len(done.Ends))
		})),
	}
}

// permute tells of its progress about twenty times.
func (a *app) permute(ctx context.Context, t *till.Till, payment domain.PaymentID) (done till.Permutation, err error) {
	rehearsal, shut, err := a.env.Rehearsal(ctx, a.placed(), t.Env.Now())
	if err != nil {
		return done, err
	}
	defer func() {
		if failed := shut(); err == nil {
			err = failed
		}
	}()
	return rehearsal.Permute(ctx, string(payment), func(n, of int) {
		if every := of / 20; every > 0 && n%every == 0 {
			_, _ = fmt.Fprintf(a.Err, "%d of %d orders\n", n, of)
		}
	})
}

func (a *app) sayPermuted(done till.Permutation, c domain.Currency) error {
	object := permuted{Notices: len(done.Notices), Orders: done.Orders, Same: len(done.Ends) == 1}
	for _, e := range done.Ends {
		object.Ends = append(object.Ends, endOf(e, c))
	}
	return a.say(object, func(p *page) {
		p.line("%d notices in %d orders", object.Notices, object.Orders)
		showNotices(p, "  ", done.Notices)
		if object.Same {
			p.line("all end the same:")
		}
		for _, e := range done.Ends {
			showEnd(p, e, c, object.Same)
		}
	})
}

// endsOf says where refunds or disputes stand.
func endsOf(list []till.Ended) string {
	words := make([]string, len(list))
	for i, e := range list {
		words[i] = e.State.Words()
	}
	return strings.Join(words, ", ")
}

func showEnd(p *page, e till.End, c domain.Currency, same bool) {
	if !same {
		numbers := make([]string, len(e.First))
		for i, n := range e.First {
			numbers[i] = fmt.Sprint(n.Number)
		}
		p.line("%d end so, the first of them in the order %s:", e.Count, strings.Join(numbers, " "))
	}
	show, s := c.Display, e.Sums
	p.facts("  ",
		[2]string{"order", strings.ReplaceAll(e.Status, "_", " ")}, [2]string{"payment", e.Payment.Words()},
		[2]string{"authorized", show(s.Authorized)}, [2]string{"captured", show(s.Captured)}, [2]string{"released", show(s.Released)},
		[2]string{"refunded", show(s.Returned())}, [2]string{"disputed", show(s.DisputedHeld + s.DisputedLost)}, [2]string{"due", show(e.Balance)},
		[2]string{"refunds", endsOf(e.Refunds)}, [2]string{"disputes", endsOf(e.Disputes)},
		[2]string{"attention", strings.Join(e.Attention, ", ")},
	)
}
