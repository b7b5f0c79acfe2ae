package domain

import (
	"cmp"
	"time"
)

// The part of the fold that is about attempts to pay: how they begin, what is asked of the provider for them, and
// what happens to them without money.

func (o *Order) applyOpening(e Entry) error {
	opening, err := Decode[Opening](e)
	if err != nil {
		return err
	}
	if o.walkOrder(StartAttempt, &Facts{Amount: opening.Amount}) == nil {
		return o.noRow(StartAttempt)
	}
	p := &Payment{
		Opening: opening, Order: o.ID, Attempt: len(o.Payments) + 1, CreatedAt: e.At, Waiting: opening.Group != "",
		ThreeDS: ThreeDS{Status: "not_requested"}, Fraud: Screening{Status: FraudUnknown},
		told: map[string]bool{}, fired: map[string]int{},
	}
	o.Payments = append(o.Payments, p)
	o.walkPayment(p, Open, nil)
	return nil
}

func (o *Order) applyChange(e Entry) error {
	change, err := Decode[Change](e)
	if err != nil {
		return err
	}
	p := o.Payment(PaymentID(e.Subject))
	if p == nil {
		return o.stranger("payment", e.Subject)
	}
	p.Terms = change.Terms
	o.met(change.Person)
	return nil
}

func (o *Order) applyPaymentMove(e Entry) error {
	move, err := Decode[Move](e)
	if err != nil {
		return err
	}
	p := o.Payment(PaymentID(e.Subject))
	if p == nil {
		return o.stranger("payment", e.Subject)
	}
	o.tell(p, p.Sums, func() *Transition {
		p.prepare(move)
		return o.walkPayment(p, move.Event, nil)
	})
	return nil
}

// prepare books what a move says before the machine is asked where it leads.
func (p *Payment) prepare(move Move) {
	switch move.Event {
	case Schedule:
		p.Date = move.Due
	case Pause, Activate:
		p.Paused = move.Event == Pause
	case Judge:
		p.Fraud = move.Fraud
	case GroupStood:
		p.Waiting = false
	case GroupFell:
		p.Fallen = p.IsOpen()
		p.Unwanted = p.Fallen && p.Sums.Held() > 0
		p.Waiting = false
	}
}

// begins says by which event an attempt goes to the provider from where it stands; none where it is there already.
var begins = map[State]Event{
	PaymentCreated: Submit, PaymentNeedsMethod: Submit, PaymentScheduled: DateReached, PaymentRetryWait: Retry,
}

func (o *Order) applyRequest(e Entry) error {
	op, err := Decode[Operation](e)
	if err != nil {
		return err
	}
	p := o.Payment(op.Payment)
	if p == nil {
		return o.stranger("payment", string(op.Payment))
	}
	if again := p.Operation(op.ID); again != nil {
		return o.askAgain(p, again, op.Deadline)
	}
	if op.Kind == RefundMoney {
		if err := o.askRefund(p, &op); err != nil {
			return err
		}
	}
	op.RequestedAt, op.firstAt, op.RequestedBy, op.Tries = e.At, e.At, e.Seq, 1
	p.Operations = append(p.Operations, &op)
	o.walkOperation(p, &op, OpAsk)
	if op.Charges() {
		p.asked = e.At
		if on, begun := begins[p.State]; begun {
			o.walkPayment(p, on, nil)
		}
	}
	p.recount()
	return nil
}

// askAgain sends the same operation once more under its own key (P43, Op9).
func (o *Order) askAgain(p *Payment, op *Operation, deadline time.Time) error {
	op.Tries++
	op.RequestedAt, op.Deadline = o.now.At, deadline
	o.walkOperation(p, op, OpAgain)
	if op.Charges() {
		o.walkPayment(p, Resend, nil)
	}
	p.recount()
	return nil
}

// askRefund makes the refund that an operation asks for (Rf1), in place of one that failed where it names that
// (Rf14).
func (o *Order) askRefund(p *Payment, op *Operation) error {
	if failed := p.Refund(op.Instead); failed != nil {
		o.walkRefund(p, failed, RefundAgain, nil)
	}
	r := &Refund{
		ID: op.Refund, Payment: p.ID, Amount: op.Amount, Reason: op.Reason, Reference: op.Reference, Instead: op.Instead,
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

// applyFiring remembers that a deadline came: each fires once.
func (o *Order) applyFiring(e Entry) error {
	firing, err := Decode[Firing](e)
	if err != nil {
		return err
	}
	if p := o.Payment(PaymentID(firing.Subject)); p != nil {
		p.fired[firing.Timer]++
		p.firedAt = e.At
		return nil
	}
	p, op := o.ByOperation(OperationID(firing.Subject))
	if op == nil {
		return o.stranger("operation", firing.Subject)
	}
	op.Asked++
	op.askedAt = e.At
	if op.exhausted() && op.Charges() {
		o.walkPayment(p, Exhausted, nil)
	}
	return nil
}

// details books what a fact tells of a payment beside its money.
func (p *Payment) details(f Fact) {
	if f.Session != nil {
		p.book(*f.Session)
	}
	if f.ThreeDS != nil {
		downgraded := p.ThreeDS.Downgraded
		p.ThreeDS = *f.ThreeDS
		p.ThreeDS.Downgraded = p.ThreeDS.Downgraded || downgraded
	}
	if f.Source != nil {
		p.Source = p.Source.kept(*f.Source)
	}
	if f.Fraud != nil {
		p.Fraud, p.Flagged = *f.Fraud, true
	}
	if f.Provider != "" {
		p.Provided = f.Provider
	}
}

// book keeps a session, each once, so that the one which runs longest is the last: facts may come in any order.
func (p *Payment) book(s Session) {
	i := 0
	for i < len(p.Sessions) && cmp.Or(p.Sessions[i].Until.Compare(s.Until), cmp.Compare(p.Sessions[i].ID, s.ID)) < 0 {
		i++
	}
	if i < len(p.Sessions) && p.Sessions[i].ID == s.ID {
		return
	}
	p.Sessions = append(p.Sessions[:i:i], append([]Session{s}, p.Sessions[i:]...)...)
}

// Session is what the customer has to do elsewhere now; nil if nothing, or if it is not known to matter any more.
func (p *Payment) Session() *Session {
	if len(p.Sessions) == 0 || !p.IsOpen() || p.Sums.Authorized > 0 {
		return nil
	}
	return &p.Sessions[len(p.Sessions)-1]
}

// SessionIDs are the names of all that the customer was asked to do elsewhere.
func (p *Payment) SessionIDs() []string {
	ids := make([]string, len(p.Sessions))
	for i, s := range p.Sessions {
		ids[i] = s.ID
	}
	return ids
}

// kept is a source as a provider keeps it: what it does not say of it stays as it was.
func (s Source) kept(as Source) Source {
	as.Type = cmp.Or(as.Type, s.Type)
	as.Brand, as.Last4 = cmp.Or(as.Brand, s.Brand), cmp.Or(as.Last4, s.Last4)
	as.ExpiryMonth, as.ExpiryYear = cmp.Or(as.ExpiryMonth, s.ExpiryMonth), cmp.Or(as.ExpiryYear, s.ExpiryYear)
	as.Country = cmp.Or(as.Country, s.Country)
	as.Customer = cmp.Or(as.Customer, s.Customer)
	if as.Fields == nil {
		as.Fields = s.Fields
	}
	return as
}
