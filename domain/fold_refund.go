package domain

// The part of the fold that is about refunds.

// askRefund makes the refund that an operation asks for (Rf1), in place of one that failed where it names that
// (Rf14).
func (o *Order) askRefund(p *Payment, op *Operation) error {
	if failed := p.Refund(op.Instead); failed != nil {
		o.walkRefund(p, failed, RefundAgain, nil)
	}
	r := &Refund{
		ID: op.Refund, Payment: p.ID, Amount: op.Amount, Reason: op.Reason, Reference: op.Reference, Instead: op.Instead, Lines: op.Lines, Rounded: op.Rounded,
		CreatedAt: o.now.At, BornBy: o.now.Seq,
	}
	if o.walkRefund(p, r, RefundAsked, nil) == nil {
		return o.noRow(RefundAsked)
	}
	p.Refunds = append(p.Refunds, r)
	p.recount()
	o.walkOrder(OtherMoney, &Facts{Payment: p})
	return nil
}

func (o *Order) applyRefundFact(p *Payment, f Fact, before Sums) {
	r := p.Refund(f.Refund)
	if r == nil {
		r = &Refund{ID: f.Refund, Payment: p.ID, Amount: f.Amount, Origin: "provider", CreatedAt: o.now.At, BornBy: o.now.Seq}
		p.Refunds = append(p.Refunds, r)
	}
	r.book(f)
	p.recount()
	walked := o.walkRefund(p, r, f.Event, &f)
	r.says(f)
	if walked != nil {
		o.resolveRefund(p, r, f)
		on := RefundFact
		if f.Event == RefundByProvider {
			on = ProviderRefund
		}
		o.tell(p, before, func() *Transition { return o.walkPayment(p, on, &f) })
	}
}

// resolveRefund ends the call that asked for a refund where the refund has come to its end in another way: it was
// stopped, or the provider told of it without the call's key.
func (o *Order) resolveRefund(p *Payment, r *Refund, f Fact) {
	if r.IsOpen() {
		return
	}
	on := OpSaidNo
	if r.succeeded() {
		on = OpDone
	}
	for _, op := range p.Operations {
		if op.Kind == RefundMoney && op.Refund == r.ID && op.InFlight() {
			o.resolveBy(p, op, on, f)
		}
	}
}

func (o *Order) walkRefund(p *Payment, r *Refund, on Event, fact *Fact) *Transition {
	t := o.walk(RefundMachine, string(r.ID), r.State, on, &Facts{Order: o, Payment: p, Refund: r, Fact: fact, Amount: r.Amount})
	if t == nil {
		return nil
	}
	if t.To != t.From {
		r.Detail, r.ChangedBy, r.changedAt = t.Detail, o.now.Seq, o.now.At
	}
	r.State = t.To
	return t
}
