package domain

import (
	"fmt"
	"slices"
)

// Fold makes an order of its entries, in their order. A prefix gives the order as it was then.
func Fold(entries []Entry) (*Order, error) {
	o := &Order{}
	for _, e := range entries {
		if err := o.Apply(e); err != nil {
			return nil, err
		}
	}
	return o, nil
}

var appliers = map[Kind]func(*Order, Entry) error{
	KindOrderDrafted:       (*Order).applyDocument,
	KindOrderIssued:        (*Order).applyDocument,
	KindOrderMoved:         (*Order).applyMove,
	KindPaymentOpened:      (*Order).applyOpening,
	KindPaymentChanged:     (*Order).applyChange,
	KindPaymentMoved:       (*Order).applyPaymentMove,
	KindOperationRequested: (*Order).applyRequest,
	KindOperationAnswered:  (*Order).applyAnswer,
	KindFactsReported:      (*Order).applyReport,
	KindTimerFired:         (*Order).applyFiring,
	KindReceiptPrinted:     (*Order).applyPrinting,
	KindEvidenceAdded:      (*Order).applyEvidence,
	KindPersonForgotten:    (*Order).applyForgotten,
}

// Apply adds the next entry of the order's stream.
func (o *Order) Apply(e Entry) error {
	apply, known := appliers[e.Kind]
	if !known {
		return fmt.Errorf("entry %d: an order knows no %q", e.Seq, e.Kind)
	}
	o.now = e
	o.Version++
	o.LastSeq, o.LastAt = e.Seq, e.At
	if err := apply(o, e); err != nil {
		return err
	}
	if row, is := e.Told(); is {
		o.Rows = withRow(o.Rows, row)
	}
	if over := overriding(e); over != nil {
		o.Overrides = append(o.Overrides, *over)
	}
	o.count()
	return nil
}

func (o *Order) applyDocument(e Entry) error {
	doc, err := Decode[Document](e)
	if err != nil {
		return err
	}
	if o.State == "" {
		o.CreatedAt = e.At
	}
	o.Document = doc
	o.met(doc.Person)
	on := Issue
	if e.Kind == KindOrderDrafted {
		on = DraftIt
	}
	if o.walkOrder(on, &Facts{}) == nil {
		return o.noRow(on)
	}
	return nil
}

func (o *Order) applyMove(e Entry) error {
	move, err := Decode[Move](e)
	if err != nil {
		return err
	}
	o.prepare(move)
	t := o.walkOrder(move.Event, &Facts{Due: move.Due})
	if t == nil {
		return o.noRow(move.Event)
	}
	o.settle(move, t)
	return nil
}

// prepare books what a move says before the machine is asked where it leads.
func (o *Order) prepare(move Move) {
	switch move.Event {
	case DueReached:
		o.Overdue = true
	case DenyOverdue, AllowOverdue:
		o.DenyOverdue = move.Event == DenyOverdue
	case ExtendDue:
		o.Due, o.Overdue = move.Due, false
	case View:
		if o.ViewedAt.IsZero() {
			o.ViewedAt = o.now.At
		}
	case UndoReceived, AcceptLate:
		o.Outside = 0
	}
}

// settle books what follows from the row that a move took.
func (o *Order) settle(move Move, t *Transition) {
	switch move.Event {
	case Acknowledge:
		o.Acknowledged = o.now.Seq
	case MarkReceived:
		o.Outside = o.BalanceDue()
	case CloseShort:
		o.WrittenOff += o.BalanceDue()
	case Cancel, Reject:
		// An attempt on the customer's side goes with the order (O12).
		if p := o.openPayment(); p != nil && t.From == OrderInProgress {
			o.walkPayment(p, CancelAttempt, nil)
		}
	}
}

func (o *Order) applyPrinting(e Entry) error {
	_, err := Decode[Printing](e)
	o.Printed++
	return err
}

// met remembers where the cabinet has what the client told.
func (o *Order) met(person *PersonRef) {
	if person != nil {
		o.Person, o.Rows = person, withRow(o.Rows, *person)
	}
}

// applyForgotten notes which evidence is empty; what else was told stood in the cabinet alone.
func (o *Order) applyForgotten(e Entry) error {
	body, err := Decode[Forgetting](e)
	o.eachPaper(func(p *Paper) {
		if slices.Contains(body.Papers, p.SHA256) {
			p.Gone, p.Name = true, ""
		}
	})
	return err
}

// walkOrder moves the order by an event; nil when no row takes it.
func (o *Order) walkOrder(on Event, f *Facts) *Transition {
	f.Order = o
	t := o.walk(OrderMachine, string(o.ID), o.State, on, f)
	if t == nil {
		return nil
	}
	switch {
	case t.To == t.From:
	case t.To == OrderCancelled:
		o.CancelReason = t.Detail
	case t.From == OrderCancelled:
		o.CancelReason = ""
	}
	o.State = t.To
	return t
}

// walkPayment moves a payment by an event and what it brings; nil when no row takes it.
func (o *Order) walkPayment(p *Payment, on Event, fact *Fact) *Transition {
	t := o.walk(PaymentMachine, string(p.ID), p.State, on, &Facts{Order: o, Payment: p, Fact: fact})
	if t == nil {
		return nil
	}
	if t.To != t.From {
		p.Detail, p.movedAt = t.Detail, o.now.At
	}
	p.State = t.To
	return t
}

func (o *Order) walkOperation(p *Payment, op *Operation, on Event) *Transition {
	t := o.walk(OperationMachine, string(op.ID), op.State, on, &Facts{Order: o, Payment: p, Operation: op, Amount: op.Amount})
	if t == nil {
		return nil
	}
	op.State, op.refused = t.To, on == OpSaidNo
	if d := p.Dispute(op.Case); d != nil && op.State == OpSucceeded {
		d.sent(op.Papers)
	}
	return t
}

// walk finds the arrow that an event takes and remembers it.
func (o *Order) walk(m *Machine, subject string, from State, on Event, f *Facts) *Transition {
	t, _ := m.Next(from, on, f)
	if t == nil {
		return nil
	}
	o.Steps = append(o.Steps, t.step(m, subject, o.now))
	return t
}

// step is the arrow as an entry walked it.
func (t *Transition) step(m *Machine, subject string, e Entry) Step {
	return Step{
		Seq: e.Seq, At: e.At, Machine: m.Name, Subject: subject, Row: t.ID,
		From: t.From, On: t.On, To: t.To, Source: e.Source, Why: t.Why,
	}
}

func (o *Order) noRow(on Event) error {
	return fmt.Errorf("entry %d: no row of the order leads from %q on %q", o.now.Seq, o.State, on)
}

func (o *Order) stranger(what, id string) error {
	return fmt.Errorf("entry %d: order %s has no %s %s", o.now.Seq, o.ID, what, id)
}
