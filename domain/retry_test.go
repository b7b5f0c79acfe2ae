package domain

import (
	"testing"
	"time"
)

func retryStories() []story {
	return []story{
		{
			name: "soft declines until no retries are left",
			live: func(l *life) {
				p := l.open(1000, Opening{Terms: Terms{Retries: 5}})
				for _, gap := range []time.Duration{time.Hour, day, 3 * day, 7 * day, 7 * day} {
					l.declines(p.Charge(), "20068", "soft")
					timer := l.timer(TimerRetry)
					if timer == nil || !timer.At.Equal(l.at.Add(gap)) || !p.RetryAt.Equal(timer.At) {
						l.t.Fatalf("it is tried again %+v, want in %s", timer, gap)
					}
					l.at = timer.At
					l.charge(p)
				}
				l.declines(p.Charge(), "20068", "soft")
			},
			order: OrderFailed, payment: PaymentDeclined,
			walked: "P1 P5 P17 P25 P17 P25 P17 P25 P17 P25 P17 P25 P19", check: all(detailed("soft", 1), noticed("failure")),
		},
		{
			name:  "a hard decline is not repeated",
			live:  func(l *life) { l.declines(l.open(1000, Opening{Terms: Terms{Retries: 5}}).Charge(), "20005", "hard") },
			order: OrderFailed, payment: PaymentDeclined, walked: "P1 P5 P19", check: detailed("hard", 1),
		},
		{
			name: "a retry is approved",
			live: func(l *life) {
				softlyDeclined(l)
				l.approves(l.charge(l.order.Last()))
			},
			order: OrderHold, payment: PaymentAuthorized, walked: "P1 P5 P17 P25 P12", check: noticed("success"),
		},
		{
			name: "a retry is given up",
			live: func(l *life) {
				softlyDeclined(l)
				l.does(l.order.Last(), Move{Event: CancelAttempt})
			},
			order: OrderIssued, payment: PaymentCancelled, walked: "P1 P5 P17 P26", check: detailed("", 0),
		},
	}
}

// beforeStories are of what happens to an attempt before it is sent.
func beforeStories() []story {
	stored := Opening{Terms: Terms{Source: Source{Type: "id", ID: "src_1"}}}
	return []story{
		{
			name: "scheduled, and its day comes",
			live: func(l *life) {
				p := l.begin(1000, stored)
				l.does(p, Move{Event: Schedule, Due: l.at.Add(30 * day)})
				l.at = l.timer(TimerDate).At
				l.approves(l.charge(p))
			},
			order: OrderHold, payment: PaymentAuthorized, walked: "P1 P2 P3 P12",
		},
		{
			name: "another day",
			live: func(l *life) {
				p, day1 := l.begin(1000, stored), l.at.Add(day)
				l.does(p, Move{Event: Schedule, Due: day1})
				l.does(p, Move{Event: Schedule, Due: day1.Add(day)})
				if timer := l.timer(TimerDate); timer == nil || !timer.At.Equal(day1.Add(day)) {
					l.t.Errorf("it is sent %+v", timer)
				}
			},
			order: OrderInProgress, payment: PaymentScheduled, walked: "P1 P2 P2",
		},
		{
			name: "paused over its day, and active again",
			live: func(l *life) {
				scheduled(l)
				p, date := l.order.Last(), l.order.Last().Date
				l.does(p, Move{Event: Pause})
				if l.at = date.Add(day); l.timer(TimerDate) != nil {
					l.t.Error("a paused payment is sent")
				}
				l.does(p, Move{Event: Activate})
				if timer := l.timer(TimerDate); timer == nil || !timer.At.Equal(date) {
					l.t.Errorf("it is sent %+v", timer)
				}
				l.charge(p)
			},
			order: OrderInProgress, payment: PaymentProcessing, walked: "P1 P2 P2 P2 P3",
		},
		{
			name:  "without a source that is kept there is no later day",
			live:  func(l *life) { l.does(l.begin(1000, Opening{}), Move{Event: Schedule, Due: l.at.Add(day)}) },
			order: OrderInProgress, payment: PaymentCreated, walked: "P1",
		},
		{
			name: "what is not for later cannot be paused",
			live: func(l *life) {
				p := l.begin(1000, stored)
				l.does(p, Move{Event: Pause})
				l.does(p, Move{Event: Schedule, Due: l.at.Add(day)})
				if p.Paused || l.timer(TimerDate) == nil {
					l.t.Error("it was paused before there was a day for it")
				}
			},
			order: OrderInProgress, payment: PaymentScheduled, walked: "P1 P2",
		},
		{
			name: "the form is left open",
			live: func(l *life) {
				p := l.begin(1000, Opening{})
				l.wait(10 * time.Minute)
				l.does(p, Move{Event: FormOpened})
				if timer := l.timer(TimerForm); timer == nil || !timer.At.Equal(l.at.Add(15*time.Minute)) {
					l.t.Fatalf("it is left %+v", timer)
				}
				l.at = l.timer(TimerForm).At
				l.does(p, Move{Event: CancelAttempt})
			},
			order: OrderIssued, payment: PaymentCancelled, walked: "P1 P4 P26", check: all(detailed("", 0), noticed()),
		},
		{
			name: "the provider is told, the form opened, another way chosen, and paid",
			live: func(l *life) {
				p := l.begin(1000, Opening{})
				l.reply(l.ask(p, CreateOrder, 1000), Succeeded, Fact{Event: OrderCreated, Provider: "ord_at_provider"})
				l.does(p, Move{Event: FormOpened})
				l.add(KindPaymentChanged, string(p.ID), Change{Terms: Terms{Method: "ideal", Single: true, Source: Source{Type: "ideal"}}})
				l.reply(l.charge(p), Succeeded, approvedFact, capturedFact)
			},
			order: OrderPaid, payment: PaymentCaptured, walked: "P1 P42 P4 P5 P15 P42",
			check: func(t *testing.T, l *life) {
				if p := l.order.Last(); p.Method != "ideal" || p.Source.Type != "ideal" || p.Provided != "ord_at_provider" || p.Amount != 1000 {
					t.Errorf("%+v", p.Opening)
				}
			},
		},
		{
			name: "paid at the provider before till had sent anything",
			live: func(l *life) {
				p := l.begin(1000, Opening{})
				l.tell(p, approvedFact, capturedFact)
			},
			order: OrderPaid, payment: PaymentCaptured, walked: "P1 P41 P42",
		},
		{
			name:  "a verification takes no money",
			live:  func(l *life) { l.reply(l.open(0, Opening{}).Charge(), Succeeded, Fact{Event: Verified}) },
			order: OrderIssued, payment: PaymentVerified, walked: "P1 P5 P16", check: all(detailed("", 0), noticed()),
		},
	}
}
