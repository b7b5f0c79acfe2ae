package till

import (
	"cmp"
	"context"
	"encoding/json"
	"runtime"
	"slices"
	"sync"

	"till/domain"
)

// Copies opens a till on copies of this one's files, always as they were at the same moment, and says how to close
// it. What happens there, happens nowhere else.
type Copies func(ctx context.Context) (*Till, func() error, error)

// Permutation is what came of telling a payment's pending notices in every order.
type Permutation struct {
	Notices []domain.OutboxNotice
	Orders  int
	Ends    []End // each once, in the order in which they were found
}

// End is how a payment and its order stood when everything had been told.
type End struct {
	Status    string // the order's flat name
	Order     domain.State
	Balance   domain.Amount // minor units
	Payment   domain.State
	Sums      domain.Sums
	Calls     []Ended // the payment's operations, refunds and disputes
	Refunds   []Ended
	Disputes  []Ended
	Attention []string

	Count int                   `json:"-"` // how many orders ended so
	First []domain.OutboxNotice `json:"-"` // the first of these orders
}

// Ended is where one thing of a payment stood.
type Ended struct {
	ID    string
	State domain.State
}

// mostPermuted is how many notices are told in every order: 5,040 orders.
const mostPermuted = 7

// Permute delivers the pending notices of a payment in every order, each on a copy, and tells the ends. CodeInvalid
// where there are more than seven. progress is told after each order how many are done, of how many; never twice at once.
func (t *Till) Permute(ctx context.Context, payment string, copies Copies, progress func(done, all int)) (Permutation, error) {
	found, err := t.Resolve(ctx, "payment", payment)
	if err != nil {
		return Permutation{}, err
	}
	waiting, err := t.Bank.Outbox(ctx, true)
	if err != nil {
		return Permutation{}, err
	}
	p := Permutation{Notices: slices.DeleteFunc(waiting, func(n domain.OutboxNotice) bool {
		return string(n.Payment) != found.ID
	})}
	if len(p.Notices) > mostPermuted {
		return p, domain.Errorf(domain.CodeInvalid, "%d notices of the payment wait, and at most %d can be told in every order",
			len(p.Notices), mostPermuted).WithHint("deliver or drop some: till sandbox notices --pending")
	}
	return p, p.tell(ctx, found.ID, copies, progress)
}

// tell goes through the orders, several at once.
func (p *Permutation) tell(ctx context.Context, payment string, copies Copies, progress func(done, all int)) error {
	orders := inEveryOrder(p.Notices)
	ends := make([]End, len(orders))
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var mu sync.Mutex
	var workers sync.WaitGroup
	next := make(chan int)
	for range min(len(orders), runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for i := range next {
				end, err := endOf(ctx, payment, orders[i], copies)
				if err != nil {
					stop(err)
				}
				mu.Lock()
				ends[i], p.Orders = end, p.Orders+1
				progress(p.Orders, len(orders))
				mu.Unlock()
			}
		})
	}
	for i := range orders {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	workers.Wait()
	if err := context.Cause(ctx); err != nil {
		return err
	}
	return p.compare(orders, ends)
}

// compare finds the ends that differ.
func (p *Permutation) compare(orders [][]domain.OutboxNotice, ends []End) error {
	seen := map[string]int{}
	for i, end := range ends {
		text, err := json.Marshal(end)
		if err != nil {
			return err
		}
		at, known := seen[string(text)]
		if !known {
			at = len(p.Ends)
			seen[string(text)] = at
			end.First = orders[i]
			p.Ends = append(p.Ends, end)
		}
		p.Ends[at].Count++
	}
	return nil
}

// inEveryOrder gives all permutations, that in which they are first.
func inEveryOrder(notices []domain.OutboxNotice) [][]domain.OutboxNotice {
	if len(notices) == 0 {
		return [][]domain.OutboxNotice{{}}
	}
	var orders [][]domain.OutboxNotice
	for i, first := range notices {
		for _, rest := range inEveryOrder(slices.Delete(slices.Clone(notices), i, i+1)) {
			orders = append(orders, append([]domain.OutboxNotice{first}, rest...))
		}
	}
	return orders
}

// endOf tells notices one after the other on a fresh copy, and gives the end.
func endOf(ctx context.Context, payment string, order []domain.OutboxNotice, copies Copies) (end End, err error) {
	t, shut, err := copies(ctx)
	if err != nil {
		return end, err
	}
	defer func() {
		if failed := shut(); err == nil {
			err = failed
		}
	}()
	for _, n := range order {
		if err := t.Bank.Deliver(ctx, n.ID); err != nil {
			return end, err
		}
		if err := t.Listen(ctx); err != nil {
			return end, err
		}
	}
	r, err := t.Payment(ctx, payment)
	if err != nil {
		return end, err
	}
	return ended(r), nil
}

func ended(r Result) End {
	p := r.Payment
	end := End{
		Status: r.Order.FlatStatus(), Order: r.Order.State, Balance: r.Order.BalanceDue(), Payment: p.State, Sums: p.Sums,
		Attention: r.Order.Attention(),
	}
	for _, op := range p.Operations {
		end.Calls = append(end.Calls, Ended{string(op.ID), op.State})
	}
	for _, refund := range p.Refunds {
		end.Refunds = append(end.Refunds, Ended{string(refund.ID), refund.State})
	}
	for _, dispute := range p.Disputes {
		end.Disputes = append(end.Disputes, Ended{string(dispute.ID), dispute.State})
	}
	for _, list := range [][]Ended{end.Calls, end.Refunds, end.Disputes} {
		slices.SortFunc(list, func(a, b Ended) int { return cmp.Compare(a.ID, b.ID) })
	}
	return end
}
