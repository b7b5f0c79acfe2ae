package domain

import (
	"testing"
	"time"
)

// Facts of a payment of 1000 that is approved, and taken.
var (
	approvedFact      = Fact{Event: Approved, Amount: 1000}
	capturedFact      = Fact{Event: Captured, Amount: 1000, Final: true}
	authenticatedFact = Fact{Event: Authenticated}
)

// atBank is an attempt whose customer was sent to a session of a quarter of an hour.
func atBank(l *life, kind SessionKind, terms Terms) *Operation {
	op := l.open(1000, Opening{Terms: terms}).Charge()
	l.reply(op, Pending, actionRequired(kind, l.at.Add(15*time.Minute)))
	return op
}

func threeDSStories() []story {
	single := Terms{Single: true, CanThreeDS: true}
	return []story{
		{
			name: "challenge passed",
			live: func(l *life) {
				op := atBank(l, SessionChallenge, single)
				l.does(l.order.Last(), Move{Event: Returned})
				l.told(op, authenticatedFact, approvedFact, capturedFact)
			},
			order: OrderPaid, payment: PaymentCaptured, walked: "P1 P5 P6 P7 P8 P15 P42",
			check: all(ends(OpSucceeded), noticed("success")),
		},
		{
			name:  "challenge failed",
			live:  func(l *life) { l.told(atBank(l, SessionChallenge, single), Fact{Event: AuthenticationFailed}) },
			order: OrderFailed, payment: PaymentDeclined, walked: "P1 P5 P6 P9",
			check: all(detailed("authentication", 1), ends(OpFailed), noticed("failure")),
		},
		{
			name:  "challenge abandoned",
			live:  func(l *life) { l.told(atBank(l, SessionChallenge, single), Fact{Event: Abandoned}) },
			order: OrderFailed, payment: PaymentExpired, walked: "P1 P5 P6 P11",
			check: all(detailed("", 1), ends(OpFailed), noticed("failure")),
		},
		{
			name:  "turned back at the bank",
			live:  func(l *life) { l.told(atBank(l, SessionRedirect, single), Fact{Event: GivenUp}) },
			order: OrderIssued, payment: PaymentCancelled, walked: "P1 P5 P6 P44",
			check: all(detailed("", 0), ends(OpFailed), noticed()),
		},
		{
			name: "lookup, then challenge",
			live: func(l *life) {
				op := atBank(l, SessionLookup, single)
				l.told(op, actionRequired(SessionChallenge, l.at.Add(15*time.Minute)))
				if s := l.order.Last().Session(); s == nil || s.Kind != SessionChallenge {
					l.t.Errorf("the customer is to do %+v", s)
				}
				l.told(op, authenticatedFact, approvedFact)
			},
			order: OrderHold, payment: PaymentAuthorized, walked: "P1 P5 P6 P6 P8 P12",
		},
		{
			name: "the bank looks at the device and is content",
			live: func(l *life) {
				l.told(atBank(l, SessionLookup, single), authenticatedFact, approvedFact, capturedFact)
			},
			order: OrderPaid, payment: PaymentCaptured, walked: "P1 P5 P6 P8 P15 P42",
		},
		{
			name: "authenticated is told before what asked for it",
			live: func(l *life) {
				op := l.open(1000, Opening{Terms: single}).Charge()
				l.told(op, authenticatedFact)
				l.told(op, actionRequired(SessionChallenge, l.at.Add(time.Hour)))
			},
			order: OrderInProgress, payment: PaymentProcessing, walked: "P1 P5 P42 P42",
		},
		{
			name: "not possible, and it goes on without",
			live: func(l *life) {
				op := l.open(1000, Opening{Terms: Terms{WithoutThreeDS: true}}).Charge()
				l.reply(op, Succeeded, Fact{Event: NoThreeDS, Code: "20153"}, approvedFact, capturedFact)
			},
			order: OrderPaid, payment: PaymentCaptured, walked: "P1 P5 P10 P15 P42",
			check: func(t *testing.T, l *life) {
				if !l.order.Last().ThreeDS.Downgraded {
					t.Error("it went on without 3DS and nobody knows")
				}
			},
		},
		{
			name: "not possible, and it goes on no further",
			live: func(l *life) {
				l.reply(l.open(1000, Opening{}).Charge(), Declined, Fact{Event: NoThreeDS, Code: "20153"})
			},
			order: OrderFailed, payment: PaymentDeclined, walked: "P1 P5 P10", check: detailed("authentication", 1),
		},
		{
			name: "not possible, as a sync tells after a lost answer",
			live: func(l *life) {
				op := l.open(1000, Opening{}).Charge()
				l.reply(op, Unknown)
				l.told(op, Fact{Event: NoThreeDS, Code: "20153"})
			},
			order: OrderFailed, payment: PaymentDeclined, walked: "P1 P5 P21 P10", check: all(ends(OpFailed), marked()),
		},
		{
			name: "a challenge is no news once it goes on without",
			live: func(l *life) {
				op := l.open(1000, Opening{Terms: Terms{WithoutThreeDS: true}}).Charge()
				l.told(op, Fact{Event: NoThreeDS})
				l.told(op, actionRequired(SessionChallenge, l.at.Add(time.Hour)))
			},
			order: OrderInProgress, payment: PaymentProcessing, walked: "P1 P5 P10 P42",
		},
	}
}

func stepUpStories() []story {
	can := Terms{CanThreeDS: true}
	stepped := func(l *life) *Operation {
		p := l.open(1000, Opening{Terms: can})
		l.declines(p.Charge(), stepUp, "soft")
		return l.charge(p)
	}
	return []story{
		{
			name: "step-up, challenge, approved",
			live: func(l *life) {
				op := stepped(l)
				if !op.ThreeDS || l.timer(TimerStepUp) != nil {
					l.t.Errorf("3DS %v, and it is to be sent once more: %v", op.ThreeDS, l.timer(TimerStepUp))
				}
				l.reply(op, Pending, actionRequired(SessionChallenge, l.at.Add(time.Hour)))
				l.told(op, authenticatedFact)
				l.told(op, approvedFact)
			},
			order: OrderHold, payment: PaymentAuthorized, walked: "P1 P5 P18 P6 P8 P12", check: ends(OpFailed, OpSucceeded),
		},
		{
			name: "step-up waits to be sent",
			live: func(l *life) {
				l.declines(l.open(1000, Opening{Terms: can}).Charge(), stepUp, "soft")
			},
			order: OrderInProgress, payment: PaymentProcessing, walked: "P1 P5 P18",
			check: func(t *testing.T, l *life) {
				if next := l.order.Next(); next == nil || next.Name != TimerStepUp || next.At.After(l.at) {
					t.Errorf("next is %+v", next)
				}
			},
		},
		{
			name:  "a bank that asks for 3DS again has said no",
			live:  func(l *life) { l.declines(stepped(l), stepUp, "soft") },
			order: OrderFailed, payment: PaymentDeclined, walked: "P1 P5 P18 P19", check: detailed("soft", 1),
		},
		{
			name:  "step-up where 3DS cannot be done",
			live:  func(l *life) { l.declines(l.open(1000, Opening{Terms: Terms{Retries: 3}}).Charge(), stepUp, "soft") },
			order: OrderFailed, payment: PaymentDeclined, walked: "P1 P5 P19",
		},
		{
			name: "what is told of the first try moves the second no more",
			live: func(l *life) {
				stepped(l)
				first := l.order.Last().Operations[0]
				for _, on := range []Event{DeclinedIt, Abandoned, AuthenticationFailed, GivenUp, NoThreeDS, ActionRequired} {
					l.told(first, Fact{Event: on, Code: "20005"})
				}
			},
			order: OrderInProgress, payment: PaymentProcessing, walked: "P1 P5 P18 P42 P42 P42 P42 P42 P42",
		},
		{
			name: "after a retry the customer shows anew who they are",
			live: func(l *life) {
				op := atBank(l, SessionChallenge, Terms{CanThreeDS: true, Retries: 1})
				l.told(op, authenticatedFact)
				l.told(op, Fact{Event: DeclinedIt, Code: "20068", Class: "soft"})
				again := l.charge(l.order.Last())
				l.reply(again, Pending, Fact{Event: ActionRequired, Session: &Session{ID: "sid_2", Kind: SessionChallenge, Until: l.at.Add(time.Hour)}})
			},
			order: OrderInProgress, payment: PaymentNeedsAction, walked: "P1 P5 P6 P8 P17 P25 P6",
		},
	}
}
