package domain

import (
	"testing"
	"time"
)

func screeningStories() []story {
	looked := func(status string) Fact {
		return Fact{Event: Approved, Amount: 1000, Fraud: &Screening{Status: status}}
	}
	judge := func(l *life, status string) {
		l.does(l.order.Last(), Move{Event: Judge, Fraud: Screening{Status: status, Message: "looked at"}})
	}
	flagged := func(status string, flag bool) func(*testing.T, *life) {
		return func(t *testing.T, l *life) {
			if p := l.order.Last(); p.Fraud.Status != status || p.Flagged != flag {
				t.Errorf("screening %q, flagged %v", p.Fraud.Status, p.Flagged)
			}
		}
	}
	return []story{
		{
			name: "held back by screening until somebody accepts",
			live: func(l *life) {
				l.reply(l.open(1000, Opening{}).Charge(), Succeeded, looked(FraudReview))
				can(l, "capture", screened.Refusal)
				can(l, "void", "")
				judge(l, FraudAccept)
				can(l, "capture", "")
				can(l, "fraud", notJudged.Refusal)
			},
			order: OrderHold, payment: PaymentAuthorized, walked: "P1 P5 P12 P46", check: flagged(FraudAccept, true),
		},
		{
			name: "the screening finds nothing",
			live: func(l *life) {
				l.reply(l.open(1000, Opening{}).Charge(), Succeeded, looked(FraudAccept))
				can(l, "capture", "")
			},
			order: OrderHold, payment: PaymentAuthorized, check: flagged(FraudAccept, false),
		},
		{
			name: "an operator's word stands against an older one that is told late",
			live: func(l *life) {
				p, before := onHoldLife(l, Terms{}), l.at
				l.wait(time.Hour)
				judge(l, FraudAccept)
				l.tell(p, Fact{Event: OperationFailed, At: before, Fraud: &Screening{Status: FraudReview}})
			},
			order: OrderHold, payment: PaymentAuthorized, check: flagged(FraudAccept, true),
		},
		{
			name: "a newer word of the provider's counts",
			live: func(l *life) {
				p := onHoldLife(l, Terms{})
				judge(l, FraudAccept)
				l.tell(p, Fact{Event: OperationFailed, Fraud: &Screening{Status: FraudReject}})
				can(l, "capture", screened.Refusal)
			},
			order: OrderHold, payment: PaymentAuthorized, check: flagged(FraudReject, true),
		},
		{
			name: "a group's money waits for the screening too",
			live: func(l *life) {
				p := member(l, Terms{Capture: CaptureAuto})
				l.reply(p.Charge(), Succeeded, looked(FraudReview))
				l.does(p, Move{Event: GroupStood})
				if l.timer(TimerTake) != nil {
					l.t.Error("captured by itself in spite of the screening")
				}
				judge(l, FraudAccept)
				if l.timer(TimerTake) == nil {
					l.t.Error("accepted, and not captured by itself")
				}
			},
			order: OrderHold, payment: PaymentAuthorized, walked: "P1 P5 P12 P47 P46",
		},
		{
			name: "to judge is no news to the order",
			live: func(l *life) {
				onHoldLife(l, Terms{})
				before := len(l.walked("order"))
				judge(l, FraudReview)
				if after := l.walked("order"); len(after) != before {
					l.t.Errorf("the order walked %v", after[before:])
				}
			},
			order: OrderHold, payment: PaymentAuthorized,
		},
	}
}
