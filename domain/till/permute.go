package till

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"till/domain"
)

// Rehearsal is a till on copies of another's files, and Undo, which runs something there and takes it back. One may
// lie in another.
type Rehearsal struct {
	*Till
	Undo func(ctx context.Context, do func() error) error
}

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

// Permute delivers the pending notices of a payment in every order, at a rehearsal, and tells the ends. CodeInvalid
// where there are more than seven. progress is told after each order how many are done, of how many.
func (r Rehearsal) Permute(ctx context.Context, payment string, progress func(done, all int)) (Permutation, error) {
	found, err := r.Resolve(ctx, "payment", payment)
	if err != nil {
		return Permutation{}, err
	}
	waiting, err := r.Bank.Outbox(ctx, true)
	if err != nil {
		return Permutation{}, err
	}
	p := permuting{Rehearsal: r, payment: found.ID, seen: map[string]int{}, all: 1, progress: progress}
	p.Notices = slices.DeleteFunc(waiting, func(n domain.OutboxNotice) bool { return string(n.Payment) != found.ID })
	if len(p.Notices) > mostPermuted {
		return p.Permutation, domain.Errorf(domain.CodeInvalid, "%d notices of the payment wait, and at most %d can be told in every order",
			len(p.Notices), mostPermuted).WithHint("deliver or drop some: till sandbox notices --pending")
	}
	for n := range len(p.Notices) {
		p.all *= n + 1
	}
	err = p.tell(ctx, nil, p.Notices)
	return p.Permutation, err
}

// permuting is a permutation on its way.
type permuting struct {
	Permutation
	Rehearsal
	payment  string
	seen     map[string]int // the places of ends, by what they are
	all      int
	progress func(done, all int)
}

// tell goes on in every order after what was told. Orders that begin alike share their beginning.
func (p *permuting) tell(ctx context.Context, told, left []domain.OutboxNotice) error {
	if len(left) == 0 {
		return p.end(ctx, told)
	}
	for i, next := range left {
		err := p.Undo(ctx, func() error {
			if err := p.Config.Bank.Deliver(ctx, next.ID); err != nil {
				return err
			}
			if err := p.Listen(ctx); err != nil {
				return err
			}
			return p.tell(ctx, append(slices.Clone(told), next), slices.Delete(slices.Clone(left), i, i+1))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// end looks at what came of an order.
func (p *permuting) end(ctx context.Context, order []domain.OutboxNotice) error {
	r, err := p.Till.Payment(ctx, p.payment)
	if err != nil {
		return err
	}
	end := standing(r)
	text, err := json.Marshal(end)
	if err != nil {
		return err
	}
	at, known := p.seen[string(text)]
	if !known {
		at = len(p.Ends)
		p.seen[string(text)] = at
		end.First = order
		p.Ends = append(p.Ends, end)
	}
	p.Ends[at].Count++
	p.Orders++
	p.progress(p.Orders, p.all)
	return nil
}

func standing(r Result) End {
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
