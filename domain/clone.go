package domain

import (
	"maps"
	"slices"
)

// Clone is the order as it stands: what is applied to one of the two does not touch the other. They share what no entry ever
// changes, such as the cart.
func (o *Order) Clone() *Order {
	c := *o
	c.Rows, c.Steps, c.takings = slices.Clone(o.Rows), slices.Clone(o.Steps), slices.Clone(o.takings)
	c.Overrides = slices.Clone(o.Overrides)
	c.Payments = cloned(o.Payments)
	for _, p := range c.Payments {
		p.part()
	}
	return &c
}

// part gives a copied payment all of its own that it still shares with the first.
func (p *Payment) part() {
	p.Sessions, p.money, p.notices = slices.Clone(p.Sessions), slices.Clone(p.money), slices.Clone(p.notices)
	p.fired, p.marks, p.told = maps.Clone(p.fired), maps.Clone(p.marks), maps.Clone(p.told)
	p.Operations, p.Refunds, p.Disputes = cloned(p.Operations), cloned(p.Refunds), cloned(p.Disputes)
	for _, op := range p.Operations {
		op.Papers = slices.Clone(op.Papers)
	}
	for _, r := range p.Refunds {
		r.facts = slices.Clone(r.facts)
	}
	for _, d := range p.Disputes {
		d.Papers, d.facts = slices.Clone(d.Papers), slices.Clone(d.facts)
	}
}

// cloned copies every one of a list.
func cloned[T any](list []*T) []*T {
	list = slices.Clone(list)
	for i, v := range list {
		c := *v
		list[i] = &c
	}
	return list
}
