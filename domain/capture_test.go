package domain

import "testing"

// partStories are of approvals for less than was asked for.
func partStories() []story {
	half := Fact{Event: Approved, Amount: 500}
	return []story{
		{
			name: "a part that nobody wants is let go",
			live: func(l *life) {
				p := l.open(1000, Opening{})
				l.reply(p.Charge(), Succeeded, half)
				timer := l.timer(TimerVoid)
				if timer == nil || timer.At.After(l.at) || l.order.State != OrderInProgress {
					l.t.Fatalf("voided %+v, the order is %s", timer, l.order.State)
				}
				l.fired(*timer)
				l.reply(l.ask(p, Void, 500), Succeeded, Fact{Event: Voided, Amount: 500, Released: 500})
			},
			order: OrderFailed, payment: PaymentVoided, walked: "P1 P5 P14 P33", check: all(detailed("partial", 1), noticed("failure")),
		},
		{
			name: "the void of a part is refused, and tried again a day later",
			live: func(l *life) {
				p := l.open(1000, Opening{})
				l.reply(p.Charge(), Succeeded, half)
				for range 3 {
					l.fired(*l.timer(TimerVoid))
					at := l.at
					l.reply(l.ask(p, Void, 500), Declined)
					if timer := l.timer(TimerVoid); timer == nil || !timer.At.Equal(at.Add(day)) {
						l.t.Fatalf("tried again %+v, want a day after %s", timer, at)
					}
				}
			},
			order: OrderInProgress, payment: PaymentPartAuthorized, walked: "P1 P5 P14 P36 P36 P36", check: noticed(),
		},
		{
			name: "a part that nobody wants lapses",
			live: func(l *life) {
				p := l.open(1000, Opening{})
				l.reply(p.Charge(), Succeeded, half)
				l.tell(p, Fact{Event: AuthExpired, Amount: 500, Released: 500})
			},
			order: OrderFailed, payment: PaymentExpired, walked: "P1 P5 P14 P35", check: detailed("", 1),
		},
		{
			name: "a part that is welcome is captured next",
			live: func(l *life) {
				p := l.open(1000, Opening{Terms: Terms{Partial: true, Capture: CaptureAuto, Single: true}})
				l.reply(p.Charge(), Succeeded, half)
				l.fired(*l.timer(TimerTake))
				l.reply(l.ask(p, Capture, 500), Succeeded, Fact{Event: Captured, Amount: 500, Final: true})
			},
			order: OrderPartPaid, payment: PaymentCaptured, walked: "P1 P5 P13 P29", check: noticed("success"),
		},
		{
			name: "a part that is welcome, and captured by hand",
			live: func(l *life) {
				l.reply(l.open(1000, Opening{Terms: Terms{Partial: true, Capture: CaptureManual}}).Charge(), Succeeded, half)
				if l.timer(TimerTake) != nil || l.timer(TimerVoid) != nil {
					l.t.Error("something is done by itself")
				}
			},
			order: OrderHold, payment: PaymentPartAuthorized, walked: "P1 P5 P13",
		},
		{
			name: "a part that is told of late is the merchant's to decide about",
			live: func(l *life) {
				p := l.open(1000, Opening{Terms: Terms{Partial: true, Capture: CaptureAuto}})
				l.declines(p.Charge(), "20005", "hard")
				l.tell(p, half)
				if l.timer(TimerTake) != nil || l.timer(TimerVoid) != nil {
					l.t.Error("something is done by itself")
				}
			},
			order: OrderHold, payment: PaymentPartAuthorized, walked: "P1 P5 P19 P41", check: noticed("failure", "success"),
		},
	}
}

// onHoldLife is an order of 1000 with all of it held.
func onHoldLife(l *life, terms Terms) *Payment {
	p := l.open(1000, Opening{Terms: terms})
	l.approves(p.Charge())
	return p
}

func takes(l *life, p *Payment, amount Amount, final bool) {
	op := l.ask(p, Capture, amount, func(op *Operation) { op.Final = final })
	f := Fact{Event: Captured, Amount: amount, Final: final}
	if final {
		f.Released = p.Sums.Held() - amount
	}
	l.reply(op, Succeeded, f)
}

func adds(l *life, p *Payment, amount Amount) {
	op := l.ask(p, Increment, amount, func(op *Operation) { op.Total = p.Sums.Authorized + amount })
	l.reply(op, Succeeded, Fact{Event: Incremented, Amount: amount})
}

func captureStories() []story {
	return []story{
		{
			name: "more is set aside, and more than the total captured",
			live: func(l *life) {
				p := onHoldLife(l, Terms{})
				f := &Facts{Order: l.order, Payment: p, Can: everything, Amount: 1001, Now: l.at}
				if refusal := FindAction(PaymentActions, "capture").Refusal(f); refusal == nil || refusal.Message != withinCapturable.Refusal {
					l.t.Errorf("captured without the increment: %v", refusal)
				}
				adds(l, p, 200)
				if l.order.Limit() != 1200 || p.Sums.Capturable() != 1200 {
					l.t.Errorf("limit %d, capturable %d", l.order.Limit(), p.Sums.Capturable())
				}
				takes(l, p, 1200, true)
			},
			order: OrderPaid, payment: PaymentCaptured, walked: "P1 P5 P12 P27 P29", check: marked(),
		},
		{
			name: "an increment is refused",
			live: func(l *life) {
				p := onHoldLife(l, Terms{})
				l.reply(l.ask(p, Increment, 200), Declined)
				if l.order.Limit() != 1000 || p.Sums.Authorized != 1000 {
					l.t.Errorf("limit %d, %+v", l.order.Limit(), p.Sums)
				}
			},
			order: OrderHold, payment: PaymentAuthorized, walked: "P1 P5 P12 P36", check: marked(),
		},
		{
			name: "twice in part, and the rest let go",
			live: func(l *life) {
				p := onHoldLife(l, Terms{Capture: CaptureMultiple})
				takes(l, p, 300, false)
				l.stands(OrderPartPaid, PaymentPartCaptured)
				takes(l, p, 500, true)
			},
			order: OrderPartPaid, payment: PaymentCaptured, walked: "P1 P5 P12 P31 P29",
			check: all(marked(), func(t *testing.T, l *life) {
				if s := l.order.Last().Sums; s.Captured != 800 || s.Released != 200 || s.Held() != 0 {
					t.Errorf("%+v", s)
				}
			}),
		},
		{
			name: "in part, and the rest voided",
			live: func(l *life) {
				p := onHoldLife(l, Terms{Capture: CaptureMultiple})
				takes(l, p, 300, false)
				l.reply(l.ask(p, Void, 700), Succeeded, Fact{Event: Voided, Amount: 700, Released: 700})
				if walked := l.walked("order"); walked[len(walked)-1] != "O32" {
					l.t.Errorf("letting go of the rest is %s to the order", walked[len(walked)-1])
				}
			},
			order: OrderPartPaid, payment: PaymentCaptured, walked: "P1 P5 P12 P31 P34", check: marked(),
		},
		{
			name: "in part, and close short",
			live: func(l *life) {
				takes(l, onHoldLife(l, Terms{Single: true}), 600, true)
				l.move(CloseShort)
			},
			order: OrderPaid, payment: PaymentCaptured, check: func(t *testing.T, l *life) {
				if l.order.WrittenOff != 400 || l.order.BalanceDue() != 0 {
					t.Errorf("written off %d, due %d", l.order.WrittenOff, l.order.BalanceDue())
				}
			},
		},
		{
			name: "in part, and the rest in a second attempt",
			live: func(l *life) {
				takes(l, onHoldLife(l, Terms{Single: true}), 600, true)
				p := l.open(400, Opening{Terms: Terms{Single: true}})
				l.reply(p.Charge(), Succeeded, Fact{Event: Approved, Amount: 400}, Fact{Event: Captured, Amount: 400, Final: true})
			},
			order: OrderPaid, payment: PaymentCaptured, check: noticed("success", "success"),
		},
		{
			name: "a capture is declined, and the hold stays",
			live: func(l *life) {
				l.reply(l.ask(onHoldLife(l, Terms{}), Capture, 1000), Declined)
			},
			order: OrderHold, payment: PaymentAuthorized, walked: "P1 P5 P12 P36", check: all(marked(), ends(OpSucceeded, OpFailed)),
		},
	}
}
