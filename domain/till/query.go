package till

import (
	"context"
	"iter"
	"strings"

	"till/domain"
)

// Choice is an action with the sentence why it is not possible now; empty when it is.
type Choice struct {
	Action  string
	Refusal string
}

// Resolve finds what an id, a number, a human id or the beginning of one means; kind is order, payment,
// refund or dispute. CodeNotFound, or CodeAmbiguous with some candidates.
func (t *Till) Resolve(ctx context.Context, kind, ref string) (domain.Found, error) {
	found, err := t.Store.Find(ctx, kind, strings.TrimSpace(ref))
	switch {
	case err != nil:
		return domain.Found{}, err
	case len(found) == 0:
		return domain.Found{}, domain.Errorf(domain.CodeNotFound, "there is no %s %q", kind, domain.Inert(domain.MaskCards(ref)))
	case len(found) > 1:
		var names []string
		for _, f := range found {
			names = append(names, f.Label)
		}
		return domain.Found{}, domain.Errorf(domain.CodeAmbiguous, "%q could be several", domain.Inert(ref)).
			WithHint("one of: %s", strings.Join(names, ", "))
	}
	return found[0], nil
}

// Order finds an order by id, number, human id or the beginning of one.
func (t *Till) Order(ctx context.Context, ref string) (*domain.Order, error) {
	found, err := t.Resolve(ctx, "order", ref)
	if err != nil {
		return nil, err
	}
	return t.Store.Order(ctx, found.Order)
}

// SandboxSite is where the links of a test till lead, a name that never resolves: what happens there is the operator's choice.
const SandboxSite = "https://sandbox.till.invalid/"

// IsPayable tells whether an order can be paid as it stands.
func (t *Till) IsPayable(o *domain.Order) bool {
	_, refusal := t.may(domain.OrderActions, "pay", t.facts(o, nil, Intent{}), nil)
	return refusal == nil
}

// Payform is where the customer can pay an order; "" where it cannot be paid, and for a live till, which has no page of
// its own.
func (t *Till) Payform(o *domain.Order) string {
	if t.Live || !t.IsPayable(o) {
		return ""
	}
	return SandboxSite + "pay/" + string(o.ID)
}

// Payment finds a payment, with its order.
func (t *Till) Payment(ctx context.Context, ref string) (Result, error) {
	found, err := t.Resolve(ctx, "payment", ref)
	if err != nil {
		return Result{}, err
	}
	o, err := t.Store.Order(ctx, found.Order)
	if err != nil {
		return Result{}, err
	}
	return Result{Order: o, Payment: o.Payment(domain.PaymentID(found.ID))}, nil
}

// RefundOf finds a refund, with its payment and order.
func (t *Till) RefundOf(ctx context.Context, ref string) (Result, error) {
	found, err := t.Resolve(ctx, "refund", ref)
	if err != nil {
		return Result{}, err
	}
	o, err := t.Store.Order(ctx, found.Order)
	if err != nil {
		return Result{}, err
	}
	for _, p := range o.Payments {
		if r := p.Refund(domain.RefundID(found.ID)); r != nil {
			return Result{Order: o, Payment: p, Refund: r}, nil
		}
	}
	return Result{}, domain.Errorf(domain.CodeNotFound, "there is no refund %q", ref)
}

// Issued finds the order that was issued with a reference.
func (t *Till) Issued(ctx context.Context, reference string) (id domain.OrderID, found bool, err error) {
	_, err = t.update(ctx, func(tx domain.Tx) ([]domain.Entry, error) {
		id, found, err = tx.ByReference(reference)
		return nil, err
	})
	return id, found, err
}

// rowsAtOnce is how many orders of the list are read at a time.
const rowsAtOnce = 1_000

// rows are the orders of a list, page after page.
func (t *Till) rows(ctx context.Context, q domain.OrderQuery) iter.Seq2[domain.OrderRow, error] {
	return func(yield func(domain.OrderRow, error) bool) {
		for q.Size = rowsAtOnce; ; q.Page++ {
			page, err := t.Store.Orders(ctx, q)
			if err != nil {
				yield(domain.OrderRow{}, err)
				return
			}
			for _, row := range page.Items {
				if !yield(row, nil) {
					return
				}
			}
			if page.Next == "" {
				return
			}
		}
	}
}

// mostUndecided is how many orders are told of whose payment is not decided; who has more of them has to look anyway.
const mostUndecided = 20

// Undecided gives orders with a payment that is not decided: the customer is at their bank, the provider has not answered
// yet, or nobody knows what came of it. One that waits for its day is none of them. The newest in progress come first; more
// tells that there are others.
func (t *Till) Undecided(ctx context.Context) (found []domain.OrderRow, more bool, err error) {
	seen := map[domain.OrderID]bool{}
	for _, q := range []domain.OrderQuery{{Statuses: []string{string(domain.OrderInProgress)}}, {Cares: t.Env.Now()}} {
		for row, err := range t.rows(ctx, q) {
			if err != nil {
				return nil, false, err
			}
			if seen[row.ID] {
				continue
			}
			seen[row.ID] = true
			switch undecided, err := t.isUndecided(ctx, row); {
			case err != nil:
				return nil, false, err
			case undecided && len(found) == mostUndecided:
				return found, true, nil
			case undecided:
				found = append(found, row)
			}
		}
	}
	return found, false, nil
}

// isUndecided reads an order only where its row does not tell.
func (t *Till) isUndecided(ctx context.Context, row domain.OrderRow) (bool, error) {
	if row.IsUnknown() || !row.IsGoing() {
		return row.IsUnknown(), nil
	}
	o, err := t.Store.Order(ctx, row.ID)
	return err == nil && o.Undecided(), err
}

// OrderActions tells of every action of an order whether it is possible now, and why not.
func (t *Till) OrderActions(o *domain.Order) []Choice {
	return choices(domain.OrderActions, t.facts(o, nil, Intent{}))
}

// PaymentActions tells of every action of a payment whether it is possible now, and why not.
func (t *Till) PaymentActions(o *domain.Order, p *domain.Payment) []Choice {
	return choices(domain.PaymentActions, t.facts(o, p, Intent{}))
}

func choices(of []domain.Action, f *domain.Facts) []Choice {
	refused := domain.Refused(of, f)
	list := make([]Choice, len(of))
	for i, a := range of {
		list[i] = Choice{Action: a.Name, Refusal: refused[a.Name]}
	}
	return list
}
