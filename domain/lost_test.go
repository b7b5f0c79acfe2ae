package domain

import (
	"testing"
	"time"
)

// asksUntilExhausted lets the janitor ask about the last operation until it gives up.
func asksUntilExhausted(l *life) {
	for timer := l.timer(TimerAsk); timer != nil && l.order.Last().Charge().State == OpUnknown; timer = l.timer(TimerAsk) {
		l.fired(*timer)
	}
}

// lostStories are of calls whose answer was lost.
func lostStories() []story {
	lost := func(l *life) *Operation {
		op := l.open(1000, Opening{}).Charge()
		l.reply(op, Unknown)
		return op
	}
	return []story{
		{
			name: "asked about in vain, and left to a person",
			live: func(l *life) {
				op := lost(l)
				for _, gap := range []time.Duration{5 * time.Second, 30 * time.Second, 5 * time.Minute, time.Hour, day, day, day, day, day} {
					if timer := l.timer(TimerAsk); timer == nil || !timer.At.Equal(l.at.Add(gap)) {
						l.t.Fatalf("asked %+v, want in %s", timer, gap)
					}
					l.fired(Timer{At: l.at.Add(gap - time.Second), Name: TimerAsk, Order: "ord_1", Subject: string(op.ID)})
				}
				if timers := l.order.Timers(); len(timers) != 0 {
					l.t.Errorf("%v", timers)
				}
			},
			order: OrderInProgress, payment: PaymentUnknown, walked: "P1 P5 P21 P24", check: all(marked("unknown"), ends(OpUnknown)),
		},
		{
			name: "a person sends it again, and that is asked about anew",
			live: func(l *life) {
				op := lost(l)
				asksUntilExhausted(l)
				l.again(op)
				l.reply(op, Unknown)
				if l.timer(TimerAsk) == nil {
					l.t.Error("nobody asks about the second try")
				}
			},
			order: OrderInProgress, payment: PaymentUnknown, walked: "P1 P5 P21 P24 P43 P21",
		},
		{
			name: "no answer by its deadline",
			live: func(l *life) {
				op := l.open(1000, Opening{}).Charge()
				if timer := l.timer(TimerAsk); timer == nil || !timer.At.Equal(op.Deadline) {
					l.t.Errorf("asked %+v", timer)
				}
			},
			order: OrderInProgress, payment: PaymentProcessing,
		},
		{
			name: "never seen by the provider",
			live: func(l *life) {
				op := lost(l)
				l.wait(time.Minute)
				l.reply(op, NotFound)
			},
			order: OrderFailed, payment: PaymentFailed, walked: "P1 P5 P21 P23", check: all(detailed("not_found", 0), marked(), noticed("failure")),
		},
		{
			name:  "not sent",
			live:  func(l *life) { l.reply(l.open(1000, Opening{}).Charge(), NotSent) },
			order: OrderFailed, payment: PaymentFailed, walked: "P1 P5 P20", check: all(detailed("not_sent", 0), ends(OpNotSent)),
		},
		{
			name: "the second try was not sent, and the first may have arrived",
			live: func(l *life) {
				op := lost(l)
				l.again(op)
				l.reply(op, NotSent)
			},
			order: OrderInProgress, payment: PaymentUnknown, walked: "P1 P5 P21 P43 P21", check: ends(OpUnknown),
		},
		{
			name: "given up as never seen, and approved after all",
			live: func(l *life) {
				op := lost(l)
				l.reply(op, NotFound)
				l.told(op, approvedFact)
			},
			order: OrderHold, payment: PaymentAuthorized, walked: "P1 P5 P21 P23 P41", check: all(ends(OpSucceeded), noticed("failure", "success")),
		},
		{
			name: "another amount than was asked for",
			live: func(l *life) {
				op := l.open(1000, Opening{}).Charge()
				l.add(KindOperationAnswered, string(op.Payment), Answer{Operation: op.ID, Mismatch: true, Outcome: Outcome{Status: Unknown}})
			},
			order: OrderInProgress, payment: PaymentUnknown, walked: "P1 P5 P45", check: marked("unknown", "integrity"),
		},
		{
			name: "found still running",
			live: func(l *life) {
				l.told(lost(l), Fact{Event: Accepted})
				for _, gap := range []time.Duration{5 * time.Second, 10 * time.Second, 20 * time.Second, 30 * time.Second, time.Minute, time.Hour, day, day, day} {
					from, timer := l.at, l.timer(TimerPoll)
					if timer == nil || !timer.At.Equal(from.Add(gap)) {
						l.t.Fatalf("asked %+v, want in %s", timer, gap)
					}
					l.at = timer.At.Add(-time.Second)
					l.add(KindTimerFired, timer.Subject, l.order.FiringOf(*timer))
				}
			},
			order: OrderInProgress, payment: PaymentProcessing, walked: "P1 P5 P21 P22", check: ends(OpPending),
		},
	}
}

func TestAskedInVainIsCountedOnceHoweverItIsTold(t *testing.T) {
	l := newLife(t, Document{})
	op := l.open(1000, Opening{}).Charge()
	l.reply(op, Unknown)
	for range janitor {
		l.reply(op, Unknown)
	}
	if rows := l.walked("payment"); op.Asked != len(janitor) || rows[len(rows)-1] != "P24" {
		t.Errorf("asked %d times, walked %v", op.Asked, rows)
	}
}
