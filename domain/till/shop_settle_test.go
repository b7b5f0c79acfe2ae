package till_test

import (
	"reflect"
	"slices"
	"time"

	"till/domain"
	"till/domain/till"
)

// withoutCabinet takes out of an order what does not come from its entries: whom it is for, and what documents are called.
func withoutCabinet(o *domain.Order) {
	o.Client = domain.Person{}
	for _, p := range o.Payments {
		for _, d := range p.Disputes {
			nameless(d.Papers)
		}
		for _, op := range p.Operations {
			nameless(op.Papers)
		}
	}
}

func nameless(papers []domain.Paper) {
	for i := range papers {
		papers[i].Name = ""
	}
}

// settle brings a shop to rest: nothing goes wrong any more, everything is told, and everybody asks about what they do not
// know. What is still open then, the gateway has not decided.
func (s *shop) settle() {
	c := s.lanes[0]
	c.step = s.ctx
	s.say("settled by %s", c.name)
	s.must(c.ReadClock(s.ctx))
	s.must(c.bank.ClearFaults(s.ctx))
	s.must(c.bank.HoldBack(s.ctx, false))
	s.now = s.now.Add(5 * time.Minute) // also where somebody has set the clock back
	for round := range 3 {
		s.hears(c)
		s.must(c.Tend(s.ctx))
		s.asks(c, round == 0)
		s.now = s.now.Add(2 * time.Minute)
	}
	s.hears(c)
}

// hears has all that waits told, in any order.
func (s *shop) hears(c *lane) {
	waiting, err := c.bank.Outbox(s.ctx, true)
	s.must(err)
	s.dice.Shuffle(len(waiting), func(i, j int) { waiting[i], waiting[j] = waiting[j], waiting[i] })
	for _, n := range waiting {
		s.must(c.bank.Deliver(s.ctx, n.ID))
	}
	s.must(c.Listen(s.ctx))
}

// asks asks about every payment, mandate and payout, or about those with a call that has no end yet.
func (s *shop) asks(c *lane, everything bool) {
	for _, row := range c.orders() {
		o, err := c.Store.Order(s.ctx, row.ID)
		s.must(err)
		for _, p := range o.Payments {
			if (everything || open(p.Operations)) && slices.Contains(c.PaymentActions(o, p), till.Choice{Action: "sync"}) {
				_, err := c.Sync(s.ctx, till.Intent{}, p.ID)
				c.fine(err)
			}
		}
	}
	mandates, err := c.Store.Mandates(s.ctx)
	s.must(err)
	for _, m := range mandates {
		if everything || open(m.Operations) {
			_, err := c.SyncMandate(s.ctx, till.Intent{}, m.ID)
			c.fine(err)
		}
	}
	payouts, err := c.Payouts(s.ctx)
	s.must(err)
	for _, p := range payouts {
		if everything || open(p.Operations) {
			_, err := c.SyncPayout(s.ctx, till.Intent{}, p.ID)
			c.fine(err)
		}
	}
}

func open(ops []*domain.Operation) bool {
	return slices.ContainsFunc(ops, (*domain.Operation).InFlight)
}

// sound checks every order by itself: its invariants, and that every process reads it as its entries tell it.
func (s *shop) sound() {
	for _, row := range s.lanes[0].orders() {
		entries, err := s.lanes[0].Store.Entries(s.ctx, string(row.ID), 0, 0, 0)
		s.must(err)
		folded, err := domain.Fold(entries)
		s.must(err)
		for _, c := range s.open() {
			o, err := c.Store.Order(s.ctx, row.ID)
			s.must(err)
			withoutCabinet(o)
			if !reflect.DeepEqual(folded, o) {
				s.broken("I20: in lane %s %s is not what its entries say", c.name, row.ID)
			}
		}
		s.blocked(folded)
		for _, b := range folded.Breaches() {
			if !b.Told {
				s.broken("%s: broken by %s, attention %v", b.Rule, row.ID, folded.Attention())
			}
		}
	}
}

// blocked checks that a call without an answer is never said not to have been made, and that nothing was asked for while
// nobody knew what had come of something before that moves money (I14).
func (s *shop) blocked(o *domain.Order) {
	stands := map[string]domain.State{}
	for _, step := range o.Steps {
		if step.Machine != domain.OperationMachine.Name {
			continue
		}
		if step.To == domain.OpNotSent && s.unheard[domain.OperationID(step.Subject)] {
			s.broken("entry %d says that %s was not sent, and nobody had heard an answer", step.Seq, step.Subject)
		}
		p, op := o.ByOperation(domain.OperationID(step.Subject))
		for _, other := range p.Operations {
			moves := other.Kind != domain.VerifyRedirect && other.Kind != domain.CreateOrder
			if step.From == "" && other != op && moves && stands[string(other.ID)] == domain.OpUnknown {
				s.broken("I14: entry %d asks for a %s of %s while its %s %s is unknown", step.Seq, op.Kind, p.ID, other.Kind, other.ID)
			}
		}
		stands[step.Subject] = step.To
	}
}
