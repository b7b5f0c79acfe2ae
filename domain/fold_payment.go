package domain

import "time"

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
		ThreeDS: ThreeDS{Status: ThreeDSNotRequested}, Fraud: Screening{Status: FraudUnknown},
		told: map[string]bool{}, fired: map[string]firing{}, marks: map[string]mark{},
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
	p.Terms, p.movedAt = change.Terms, e.At
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
		t := o.walkPayment(p, move.Event, nil)
		if t != nil || move.Event == GroupStood || move.Event == GroupFell { // which concern every member
			p.settle(move, e.At)
		}
		return t
	})
	return nil
}

// settle books what a move says.
func (p *Payment) settle(move Move, now time.Time) {
	p.movedAt = now
	switch move.Event {
	case Schedule:
		p.Date = move.Due
	case Pause, Activate:
		p.Paused = move.Event == Pause
	case Judge:
		p.Fraud, p.marks["fraud"] = move.Fraud, mark{now, 0}
	case GroupStood:
		p.Waiting = false
	case GroupFell:
		p.groupFell = true
		p.Fallen = p.IsOpen() && !p.Unwanted
		p.Unwanted = p.Unwanted || p.Fallen && p.Sums.Held() > 0
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
		p.asked, p.authenticated = e.At, false // the customer shows anew who they are
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
	op.Asked = 0
	op.RequestedAt, op.Deadline = o.now.At, deadline
	o.walkOperation(p, op, OpAgain)
	if op.Charges() {
		o.walkPayment(p, Resend, nil)
	}
	p.recount()
	return nil
}

// firing is when a timer fired last, and for which deadline.
type firing struct{ due, at time.Time }

// applyFiring remembers that a deadline came: each fires once.
func (o *Order) applyFiring(e Entry) error {
	came, err := Decode[Firing](e)
	if err != nil {
		return err
	}
	if p := o.Payment(PaymentID(came.Subject)); p != nil {
		p.fired[came.Timer] = firing{came.At, e.At}
		return nil
	}
	if p, d := o.ByDispute(DisputeID(came.Subject)); d != nil {
		o.conclude(p, d)
		return nil
	}
	p, op := o.ByOperation(OperationID(came.Subject))
	if op == nil {
		return o.stranger("operation", came.Subject)
	}
	o.askedAbout(p, op)
	return nil
}

// askedAbout counts that an operation without a known end was asked about; in the end a person must look (P24).
func (o *Order) askedAbout(p *Payment, op *Operation) {
	op.Asked++
	op.askedAt = o.now.At
	if op.exhausted() && op.Charges() {
		o.walkPayment(p, Exhausted, nil)
	}
}
