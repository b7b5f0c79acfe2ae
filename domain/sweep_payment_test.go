package domain

import "testing"

// happening is something that can befall a payment, or that somebody does with it.
type happening func(l *life, p *Payment)

func hearing(facts ...Fact) happening {
	return func(l *life, p *Payment) { l.tell(p, facts...) }
}

// hearingOfCharge tells facts of the call by which the payment was last sent.
func hearingOfCharge(facts ...Fact) happening {
	return func(l *life, p *Payment) {
		if op := p.Charge(); op != nil {
			l.told(op, facts...)
		}
	}
}

func moving(move Move) happening {
	return func(l *life, p *Payment) { l.does(p, move) }
}

// replying answers the call by which the payment was last sent, if it has no known end.
func replying(status Status) happening {
	return func(l *life, p *Payment) {
		if op := p.Charge(); op != nil && op.InFlight() {
			l.reply(op, status)
		}
	}
}

// operating asks for something of the payment, and is answered; told in between.
func operating(kind OperationKind, status Status, told ...Fact) happening {
	return func(l *life, p *Payment) {
		op := l.ask(p, kind, 100)
		if len(told) > 0 {
			l.tell(p, told...)
		}
		l.reply(op, status)
	}
}

// happenings are what can come at any time, in order or not.
func happenings() []happening {
	some := []happening{
		replying(Unknown), replying(Pending), replying(NotFound), replying(Declined), replying(NotSent),
		operating(Capture, Pending), operating(Void, Unknown), operating(Increment, Declined), operating(Void, Declined),
		operating(Reverse, Declined), operating(Reverse, Pending), operating(CreateOrder, Succeeded),
		hearing(Fact{Event: Approved, Amount: 1000}), hearing(Fact{Event: Approved, Amount: 500}),
		hearing(Fact{Event: Captured, Amount: 1000, Final: true}), hearing(Fact{Event: Captured, Amount: 100}),
		hearing(Fact{Event: Captured, Amount: 500, Final: true}), hearing(approvedFact, capturedFact),
		hearing(Fact{Event: Voided, Amount: 1000, Released: 1000}), hearing(Fact{Event: Voided, Amount: 500, Released: 500}),
		hearing(Fact{Event: Voided, Amount: 600, Released: 600}), hearing(Fact{Event: AuthExpired, Amount: 600, Released: 600}),
		hearing(Fact{Event: AuthExpired, Amount: 1000, Released: 1000}), hearing(Fact{Event: AuthExpired, Amount: 500, Released: 500}),
		hearing(Fact{Event: Incremented, Amount: 100}), hearing(Fact{Event: Reversed, Amount: 1000}),
		hearing(Fact{Event: Reversed, Amount: 1000}, Fact{Event: Captured, Amount: 1000, Final: true}),
		hearing(Fact{Event: RefundByProvider, Amount: 100, Refund: "ref_x"}), hearing(Fact{Event: RefundAccepted, Amount: 100, Refund: "ref_x"}),
		hearing(told(0, DisputeReceived, ChargebackOpen)),
		moving(Move{Event: CancelAttempt}), moving(Move{Event: GroupStood}), moving(Move{Event: GroupFell}),
		moving(Move{Event: Judge, Fraud: Screening{Status: FraudAccept}}), moving(Move{Event: Pause}), moving(Move{Event: Activate}),
		moving(Move{Event: FormOpened}), moving(Move{Event: Returned}),
		func(l *life, p *Payment) { l.does(p, Move{Event: Schedule, Due: l.at.Add(2 * day)}) },
		func(l *life, p *Payment) { l.charge(p) },
		func(l *life, p *Payment) {
			if op := p.Charge(); op != nil && op.State == OpUnknown {
				l.again(op)
				l.reply(op, NotSent)
			}
		},
		func(l *life, p *Payment) {
			if op := p.Charge(); op != nil && op.InFlight() {
				l.add(KindOperationAnswered, string(p.ID), Answer{Operation: op.ID, Mismatch: true, Outcome: Outcome{Status: Unknown}})
			}
		},
		func(l *life, p *Payment) {
			if op := p.Charge(); op != nil && op.State == OpUnknown {
				asksUntilExhausted(l)
			}
		},
	}
	for _, on := range attemptFacts {
		some = append(some, hearingOfCharge(Fact{Event: on, Code: "20005"}))
	}
	return append(some,
		hearingOfCharge(Fact{Event: DeclinedIt, Code: "20068", Class: "soft"}),
		hearingOfCharge(Fact{Event: DeclinedIt, Code: stepUp, Class: "soft"}),
		hearingOfCharge(Fact{Event: Approved, Amount: 1000}),
	)
}

// everyFact lets two things happen to a payment, wherever it stands and however it was opened.
func everyFact(t *testing.T, note func(*life)) {
	openings := []Opening{
		{}, {Terms: Terms{Retries: 9, CanThreeDS: true, WithoutThreeDS: true, Partial: true}},
	}
	for _, state := range allPayment {
		for _, opening := range openings {
			for _, one := range happenings() {
				l := newLife(t, Document{})
				p := standing(l, state, opening)
				one(l, p)
				note(l)
			}
		}
	}
	for _, state := range sent {
		l := newLife(t, Document{})
		p := l.open(0, Opening{})
		comesTo(l, p, state)
		l.told(p.Charge(), Fact{Event: Verified})
		note(l)
	}
	fallenOnTheWay(t, note)
}

// fallenOnTheWay are payments that were sent, and whose group fell before they were approved.
func fallenOnTheWay(t *testing.T, note func(*life)) {
	for _, state := range allPayment {
		for _, amount := range []Amount{500, 1000} {
			l := newLife(t, Document{})
			p := standing(l, state, Opening{Group: "grp_1"})
			l.does(p, Move{Event: GroupFell})
			l.tell(p, Fact{Event: Approved, Amount: amount})
			note(l)
		}
	}
}

// everyRefund lets two things happen to a refund, wherever it stands.
func everyRefund(t *testing.T, note func(*life)) {
	said := func(on Event) func(*life, *Operation) {
		return func(l *life, op *Operation) { l.told(op, Fact{Event: on, Amount: 400, Refund: op.Refund}) }
	}
	replied := func(status Status) func(*life, *Operation) {
		return func(l *life, op *Operation) {
			if op.InFlight() {
				l.reply(op, status)
			}
		}
	}
	can := []func(*life, *Operation){
		func(*life, *Operation) {}, replied(Pending), replied(Declined), replied(NotSent), replied(NotFound), replied(Unknown),
		said(RefundAccepted), said(RefundInReview), said(RefundDone), said(RefundRefused), said(RefundCameBack), said(RefundCancelOK),
		said(RefundByProvider), func(l *life, op *Operation) {
			if r := l.order.Last().Refunds[0]; r.State == RefundFailed {
				l.ask(l.order.Last(), RefundMoney, 400, func(again *Operation) { again.Instead = r.ID })
			}
		},
		func(l *life, op *Operation) { // of which till knows nothing yet
			l.tell(l.order.Last(), Fact{Event: RefundDone, Amount: 100, Refund: "ref_x"})
		},
	}
	for _, one := range can {
		for _, other := range can {
			for _, third := range can {
				l := newLife(t, Document{})
				sold(l)
				op := l.ask(l.order.Last(), RefundMoney, 400)
				one(l, op)
				other(l, op)
				third(l, op)
				note(l)
			}
		}
	}
}
