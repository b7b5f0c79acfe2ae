package cli

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

// paid is a payment with its order.
type paid struct {
	order   *domain.Order
	payment *domain.Payment
}

func (a *app) paymentList() *cobra.Command {
	cmd := &cobra.Command{Use: "list", Short: "list payments, newest order first", Args: takes()}
	q := filterFlags(cmd)
	cmd.RunE = a.reads(func(ctx context.Context, t *till.Till, _ []string) error {
		query, err := q.query(paymentStatuses())
		if err != nil {
			return err
		}
		found, next, err := payments(ctx, t, query)
		if err != nil {
			return err
		}
		items := make([]paymentObject, len(found))
		for i, f := range found {
			items[i] = paymentOf(t, f.order, f.payment)
			items[i].Lens = a.lensOf(t, ofPayment(f.order, f.payment))
		}
		return a.say(listOf(items, next), func(p *page) { showPayments(p, items, found, next) })
	})
	return a.withLens(cmd)
}

// paymentStatuses are what payments can be listed by: their own states, system 1's words for them, and those of their orders.
func paymentStatuses() []string {
	names := domain.CurrentStates()
	for _, s := range domain.PaymentMachine.States() {
		names = append(names, string(s))
	}
	names = append(names, domain.FlatStatuses()...)
	slices.Sort(names)
	return slices.Compact(names)
}

// payments walks the list of orders and takes their payments, as many as were asked for. Its next is that of
// the orders, with how many payments behind it have been given: the last order may have had more.
func payments(ctx context.Context, t *till.Till, q domain.OrderQuery) (found []paid, next string, err error) {
	statuses, size, skip := q.Statuses, q.Size, q.Page*q.Size
	after, given, cut := strings.Cut(q.After, "+")
	if cut {
		if skip, err = strconv.Atoi(given); err != nil || skip < 0 {
			return nil, "", wrongFlag("after", "is not the next of a list")
		}
	}
	q.Statuses, q.Page, q.After = nil, 0, after
	for {
		orders, err := t.Store.Orders(ctx, q)
		if err != nil {
			return nil, "", err
		}
		here, err := paymentsOf(ctx, t, orders.Items, statuses)
		if err != nil {
			return nil, "", err
		}
		passed := min(skip, len(here))
		taken := min(size-len(found), len(here)-passed)
		found = append(found, here[passed:passed+taken]...)
		switch {
		case passed+taken < len(here):
			return found, q.After + "+" + strconv.Itoa(passed+taken), nil
		case orders.Next == "" || len(found) == size:
			return found, orders.Next, nil
		}
		skip -= passed
		q.After = orders.Next
	}
}

// paymentsOf gives the payments of a page of orders, the newest first. A status is a payment's own, system 1's word
// for it, or the one of its order.
func paymentsOf(ctx context.Context, t *till.Till, rows []domain.OrderRow, statuses []string) ([]paid, error) {
	var all []paid
	for _, row := range rows {
		o, err := t.Store.Order(ctx, row.ID)
		if err != nil {
			return nil, err
		}
		for _, p := range slices.Backward(o.Payments) {
			words := []string{string(p.State), p.CurrentState(t.Env.Now()), row.Status}
			if len(statuses) == 0 || slices.ContainsFunc(words, func(word string) bool { return slices.Contains(statuses, word) }) {
				all = append(all, paid{o, p})
			}
		}
	}
	return all, nil
}

func showPayments(p *page, items []paymentObject, found []paid, next string) {
	rows := make([][]string, len(found))
	for i, f := range found {
		c := f.order.Cart.Currency
		rows[i] = []string{
			f.payment.HumanID, f.payment.State.Words(), c.Display(f.payment.Amount), f.payment.Source.String(),
			"order " + orDash(f.order.Number), f.payment.Message, when(f.payment.CreatedAt), string(f.payment.ID), items[i].Lens.listed(),
		}
	}
	if len(rows) == 0 {
		p.line("no payments")
	}
	p.table("", "llrllllll", rows)
	p.more(next)
}
