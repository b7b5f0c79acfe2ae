package domain

import (
	"testing"
	"time"
)

// can tells whether an action on the last payment is possible, or with which sentence it is not.
func can(l *life, name string, want string) {
	l.t.Helper()
	a, p := FindAction(PaymentActions, name), l.order.Last()
	f := a.Usual(Facts{Order: l.order, Payment: p, Can: everything, Now: l.at})
	said := ""
	if refusal := a.Refusal(&f); refusal != nil {
		said = refusal.Message
	}
	if said != want {
		l.t.Errorf("%s is refused with %q, want %q", name, said, want)
	}
}

func reverseStories() []story {
	return []story{
		{
			name: "reversed on the same day, and payable again",
			live: func(l *life) {
				sold(l)
				l.at = l.at.UTC().Truncate(day).Add(day - 2*time.Second)
				can(l, "reverse", "")
				l.reply(l.ask(l.order.Last(), Reverse, 1000), Succeeded, Fact{Event: Reversed, Amount: 1000})
			},
			order: OrderIssued, payment: PaymentReversed, check: all(marked(), func(t *testing.T, l *life) {
				if l.order.BalanceDue() != 1000 || l.order.FlatStatus() != "reversed" || l.order.FailedAttempts() != 0 {
					t.Errorf("%d due, %s", l.order.BalanceDue(), l.order.FlatStatus())
				}
			}),
		},
		{
			name: "reversed when its due date has passed",
			doc:  Document{Due: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)},
			live: func(l *life) {
				sold(l)
				l.wait(6 * time.Hour)
				l.reply(l.ask(l.order.Last(), Reverse, 1000), Succeeded, Fact{Event: Reversed, Amount: 1000})
				if l.timer(TimerDue) == nil {
					l.t.Error("nobody notices that it is late")
				}
				l.move(DueReached)
			},
			order: OrderOverdue, payment: PaymentReversed,
		},
		{
			name: "settled on the day after",
			live: func(l *life) {
				sold(l)
				l.at = l.at.UTC().Truncate(day).Add(day)
				can(l, "reverse", beforeCutoff.Refusal)
				can(l, "refund", "")
			},
			order: OrderPaid, payment: PaymentCaptured, check: func(t *testing.T, l *life) {
				p := l.order.Last()
				if p.Settled(l.at.Add(-time.Microsecond)) || !p.Settled(l.at) {
					t.Error("the day does not end at midnight")
				}
			},
		},
		{
			name: "told on the next day, and settled by its provider's clock",
			live: func(l *life) {
				p := l.open(1000, Opening{Terms: Terms{Single: true}})
				taken := capturedFact
				taken.At = l.at
				l.wait(day)
				l.reply(p.Charge(), Succeeded, approvedFact, taken)
				can(l, "reverse", beforeCutoff.Refusal)
			},
			order: OrderPaid, payment: PaymentCaptured,
		},
		{
			name: "refused, and never offered again",
			live: func(l *life) {
				sold(l)
				l.reply(l.ask(l.order.Last(), Reverse, 1000), Declined)
				can(l, "reverse", notRefusedYet.Refusal)
				can(l, "refund", "")
			},
			order: OrderPaid, payment: PaymentCaptured, check: all(ends(OpSucceeded, OpFailed), func(t *testing.T, l *life) {
				if flat, code := l.order.FlatStatus(), l.order.Last().Code; flat != "reversal_failed" || code != "" {
					t.Errorf("flat status %s, the payment says %q", flat, code)
				}
			}),
		},
		{
			name: "on its way, and nothing is refunded meanwhile",
			live: func(l *life) {
				sold(l)
				l.reply(l.ask(l.order.Last(), Reverse, 1000), Pending)
				can(l, "refund", noReverse.Refusal)
				can(l, "reverse", oneAtATime.Refusal)
			},
			order: OrderPaid, payment: PaymentCaptured, check: func(t *testing.T, l *life) {
				if flat := l.order.FlatStatus(); flat != "reversal_initiated" {
					t.Errorf("flat status %s", flat)
				}
			},
		},
		{
			name: "a part has gone back",
			live: func(l *life) {
				sold(l)
				l.reply(l.ask(l.order.Last(), RefundMoney, 100), Succeeded, Fact{Event: RefundDone, Amount: 100})
				can(l, "reverse", nothingBack.Refusal)
			},
			order: OrderPaid, payment: PaymentCaptured,
		},
		{
			name: "reversed after more was captured in parts",
			live: func(l *life) {
				p := onHoldLife(l, Terms{})
				takes(l, p, 300, false)
				takes(l, p, 700, true)
				l.reply(l.ask(p, Reverse, 1000), Succeeded, Fact{Event: Reversed, Amount: 1000})
			},
			order: OrderIssued, payment: PaymentReversed, check: marked(),
		},
	}
}

func holdStories() []story {
	short := Terms{HoldFor: 7 * day}
	return []story{
		{
			name: "its time is over, and it is let go by itself",
			live: func(l *life) {
				p := onHoldLife(l, short)
				if timer := l.timer(TimerHold); timer == nil || !timer.At.Equal(l.at.Add(7*day)) || !p.HoldEnds().Equal(timer.At) {
					l.t.Fatalf("held until %+v", timer)
				}
				l.fired(*l.timer(TimerHold))
				op := l.ask(p, Void, 1000, func(op *Operation) { op.Reason = HoldExpired })
				l.reply(op, Succeeded, Fact{Event: Voided, Amount: 1000, Released: 1000})
			},
			order: OrderCancelled, payment: PaymentVoided, check: all(cancelledFor("hold_expired"), noticed("success")),
		},
		{
			name: "its void is lost, and told by a sync",
			live: func(l *life) {
				p := onHoldLife(l, short)
				l.fired(*l.timer(TimerHold))
				op := l.ask(p, Void, 1000, func(op *Operation) { op.Reason = HoldExpired })
				l.reply(op, Unknown)
				if l.timer(TimerHold) != nil || l.timer(TimerAsk) == nil {
					l.t.Error("what is unknown is asked about, not voided again")
				}
				l.told(op, Fact{Event: Voided, Amount: 1000, Released: 1000})
			},
			order: OrderCancelled, payment: PaymentVoided, check: cancelledFor("hold_expired"),
		},
		{
			name: "its void is refused, and tried again a day later",
			live: func(l *life) {
				p := onHoldLife(l, short)
				l.fired(*l.timer(TimerHold))
				at := l.at
				l.reply(l.ask(p, Void, 1000, func(op *Operation) { op.Reason = HoldExpired }), Declined)
				if timer := l.timer(TimerHold); timer == nil || !timer.At.Equal(at.Add(day)) {
					l.t.Errorf("tried again %+v", timer)
				}
			},
			order: OrderHold, payment: PaymentAuthorized,
		},
		{
			name: "the merchant lets it go",
			live: func(l *life) {
				l.reply(l.ask(onHoldLife(l, short), Void, 1000), Succeeded, Fact{Event: Voided, Amount: 1000, Released: 1000})
			},
			order: OrderCancelled, payment: PaymentVoided, check: cancelledFor("voided"),
		},
		{
			name:  "the provider lets it lapse",
			live:  func(l *life) { l.tell(onHoldLife(l, short), Fact{Event: AuthExpired, Amount: 1000, Released: 1000}) },
			order: OrderCancelled, payment: PaymentExpired, check: cancelledFor("hold_expired"),
		},
		{
			name: "the rest of what was captured in part is let go too",
			live: func(l *life) {
				p := onHoldLife(l, Terms{})
				end := l.timer(TimerHold).At
				takes(l, p, 300, false)
				if timer := l.timer(TimerHold); timer == nil || !timer.At.Equal(end) || !end.Equal(p.heldAt.Add(28*day)) {
					l.t.Fatalf("the rest is held until %+v, all of it was until %s", timer, end)
				}
				l.fired(*l.timer(TimerHold))
				op := l.ask(p, Void, 700, func(op *Operation) { op.Reason = HoldExpired })
				l.reply(op, Succeeded, Fact{Event: Voided, Amount: 700, Released: 700})
			},
			order: OrderPartPaid, payment: PaymentCaptured, check: marked(),
		},
		{
			name: "a part is told before the approval: it is held since then",
			live: func(l *life) {
				p := l.open(1000, Opening{})
				l.tell(p, Fact{Event: Captured, Amount: 300})
				since := l.at
				l.wait(day)
				l.told(p.Charge(), approvedFact)
				if timer := l.timer(TimerHold); timer == nil || !timer.At.Equal(since.Add(28*day)) {
					l.t.Errorf("held until %+v", timer)
				}
			},
			order: OrderPartPaid, payment: PaymentPartCaptured, walked: "P1 P5 P15 P41", check: marked(),
		},
	}
}
