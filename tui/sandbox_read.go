package tui

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// bankRead is how the gateway stands, and what will fall due.
type bankRead struct {
	outbox  []domain.OutboxNotice
	cases   []domain.BankCase // newest first
	shelf   []bookRow         // newest first
	holds   bool              // new notices wait to be delivered by hand
	set     []domain.Fault
	profile string
	ahead   []domain.Timer
	now     time.Time
	names   map[string]string // of orders and payments, by their ids: "order 3"
	err     error
}

// read asks the gateway how it stands. While the clock is on its way that is old with every instant.
func (s *chair) read() tea.Cmd {
	if s.trip != nil {
		return nil
	}
	if s.loading {
		s.stale = true
		return nil
	}
	s.loading = true
	ctx, t, answer := s.desk.Ctx, s.desk.Till, bankRead{names: maps.Clone(s.names)}
	return func() tea.Msg {
		answer.err = answer.ask(ctx, t)
		return settled{func() tea.Cmd { return s.take(answer) }}
	}
}

func (r *bankRead) ask(ctx context.Context, t *till.Till) (err error) {
	if r.outbox, err = t.Bank.Outbox(ctx, false); err != nil {
		return err
	}
	if r.holds, err = t.Bank.HoldsBack(ctx); err != nil {
		return err
	}
	if r.cases, err = t.Bank.Cases(ctx); err != nil {
		return err
	}
	if r.shelf, err = readBooks(ctx, t, r.outbox); err != nil {
		return err
	}
	if r.set, err = t.Bank.Faults(ctx); err != nil {
		return err
	}
	if r.profile, err = t.Bank.Profile(ctx); err != nil {
		return err
	}
	if r.ahead, err = coming(ctx, t); err != nil {
		return err
	}
	r.now = t.Env.Now()
	return r.name(ctx, t)
}

// enoughAhead is how much of what comes is read, as soon as there is so much.
const enoughAhead = 40

// coming is what falls due next: of the next day, and of more where that is little.
func coming(ctx context.Context, t *till.Till) (ahead []domain.Timer, err error) {
	for _, span := range []time.Duration{day, 40 * day, 400 * day} {
		if ahead, err = t.Ahead(ctx, t.Env.Now().Add(span)); err != nil || len(ahead) >= enoughAhead {
			break
		}
	}
	return ahead[:min(len(ahead), enoughAhead)], err
}

// mostNamed is how many ids are looked up at a time: those that are seen first.
const mostNamed = 60

// name finds the orders of what the page is about to show.
func (r *bankRead) name(ctx context.Context, t *till.Till) error {
	var ids []string
	for _, timer := range r.ahead {
		ids = append(ids, subjectOf(timer))
	}
	for _, c := range r.cases {
		ids = append(ids, string(c.Payment))
	}
	for _, b := range r.shelf {
		ids = append(ids, string(b.payment.ID))
	}
	for _, n := range slices.Backward(r.outbox) {
		ids = append(ids, string(n.Payment))
	}
	looked := 0
	for _, id := range ids {
		if _, known := r.names[id]; known || id == "" || looked == mostNamed {
			continue
		}
		looked++
		o, err := orderNamed(ctx, t, id)
		if err != nil {
			return err
		}
		r.names[id] = id
		if o != nil {
			r.names[id] = "order " + cmp.Or(o.Number, o.HumanID)
		}
	}
	return nil
}

// subjectOf is the order, the mandate or the payout that a timer is about, or the payment where the gateway, which knows
// no orders, tells it.
func subjectOf(timer domain.Timer) string {
	return cmp.Or(string(timer.Order), timer.Stream, timer.Subject)
}

// orderNamed finds an order by its id or that of one of its payments; nil where till knows none.
func orderNamed(ctx context.Context, t *till.Till, id string) (*domain.Order, error) {
	if strings.HasPrefix(id, "ord_") {
		return t.Store.Order(ctx, domain.OrderID(id))
	}
	found, err := t.Store.Find(ctx, "payment", id)
	if err != nil || len(found) != 1 {
		return nil, err
	}
	return t.Store.Order(ctx, found[0].Order)
}
