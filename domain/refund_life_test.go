package domain

import "testing"

func refundStories() []story {
	refunds := func(want ...State) func(*testing.T, *life) {
		return func(t *testing.T, l *life) {
			t.Helper()
			have := l.order.Last().Refunds
			for i, r := range have {
				if len(have) != len(want) || r.State != want[i] {
					t.Errorf("refund %d of %d is %s, want %v", i, len(have), r.State, want)
				}
			}
		}
	}
	asked := func(l *life, amount Amount, shape ...func(*Operation)) *Operation {
		return l.ask(l.order.Last(), RefundMoney, amount, shape...)
	}
	return []story{
		{
			name: "failed, and repeated in its place",
			live: func(l *life) {
				sold(l)
				op := asked(l, 1000)
				l.reply(op, Declined)
				again := asked(l, 1000, func(again *Operation) { again.Instead = op.Refund })
				l.reply(again, Succeeded, Fact{Event: RefundDone, Amount: 1000})
			},
			order: OrderPaid, payment: PaymentCaptured, check: all(refunds(RefundFailed, RefundSucceeded), func(t *testing.T, l *life) {
				p := l.order.Last()
				if p.Refunds[1].Instead != p.Refunds[0].ID || l.order.FlatStatus() != "refunded" || l.walked("refund")[2] != "Rf14" {
					t.Errorf("%+v, %s, %v", p.Refunds[1], l.order.FlatStatus(), l.walked("refund"))
				}
			}),
		},
		{
			name: "on its way, and stopped",
			live: func(l *life) {
				sold(l)
				op := asked(l, 400)
				l.reply(op, Pending)
				stop := l.ask(l.order.Last(), RefundCancel, 400, func(stop *Operation) { stop.Refund = op.Refund })
				l.reply(stop, Succeeded, Fact{Event: RefundCancelOK, Amount: 400})
			},
			order: OrderPaid, payment: PaymentCaptured, check: all(
				refunds(RefundCanceled), ends(OpSucceeded, OpFailed, OpSucceeded), func(t *testing.T, l *life) {
					if s := l.order.Last().Sums; s.Refundable() != 1000 || len(l.order.Timers()) != 0 {
						t.Errorf("%d can be refunded, %v", s.Refundable(), l.order.Timers())
					}
				}),
		},
		{
			name: "it could not be stopped any more",
			live: func(l *life) {
				sold(l)
				op := asked(l, 400)
				l.says(op, Outcome{Status: Pending})
				stop := l.ask(l.order.Last(), RefundCancel, 400, func(stop *Operation) { stop.Refund = op.Refund })
				l.declines(stop, "20012", "hard")
				if r := l.order.Last().Refunds[0]; r.Code != "" || r.State != RefundPending {
					l.t.Errorf("to refuse to stop it is no word of the refund: %s %q", r.State, r.Code)
				}
				l.tell(l.order.Last(), Fact{Event: RefundDone, Amount: 400, Refund: op.Refund})
			},
			order: OrderPaid, payment: PaymentCaptured, check: all(refunds(RefundSucceeded), ends(OpSucceeded, OpSucceeded, OpFailed)),
		},
		{
			name: "the provider gives back by itself",
			live: func(l *life) {
				sold(l)
				l.tell(l.order.Last(), Fact{Event: RefundByProvider, Amount: 1000, Refund: "ref_of_theirs"})
			},
			order: OrderPaid, payment: PaymentCaptured, walked: "P1 P5 P15 P42 P39", check: all(refunds(RefundSucceeded), func(t *testing.T, l *life) {
				if r := l.order.Last().Refunds[0]; r.Origin != "provider" || l.order.FlatStatus() != "refunded" {
					t.Errorf("%+v, %s", r, l.order.FlatStatus())
				}
			}),
		},
		{
			name: "two side by side, and no more than was taken",
			live: func(l *life) {
				sold(l)
				one, other := asked(l, 600), asked(l, 300)
				can(l, "reverse", nothingBack.Refusal)
				f := &Facts{Order: l.order, Payment: l.order.Last(), Amount: 101, Can: everything}
				if refusal := FindAction(PaymentActions, "refund").Refusal(f); refusal == nil || refusal.Message != withinRefundable.Refusal {
					l.t.Errorf("more than is left: %v", refusal)
				}
				l.reply(other, Succeeded, Fact{Event: RefundDone, Amount: 300})
				l.reply(one, Declined)
			},
			order: OrderPaid, payment: PaymentCaptured, check: all(refunds(RefundFailed, RefundSucceeded), func(t *testing.T, l *life) {
				if s := l.order.Last().Sums; s.Refundable() != 700 || s.Net() != 700 {
					t.Errorf("%+v", s)
				}
			}),
		},
		{
			name: "never seen after all, which is known later than that another is done",
			live: func(l *life) {
				sold(l)
				lost := asked(l, 300)
				l.reply(lost, Pending, Fact{Event: RefundAccepted, Amount: 300})
				l.reply(asked(l, 400), Succeeded, Fact{Event: RefundDone, Amount: 400})
				l.wait(day)
				l.says(lost, Outcome{Status: NotFound})
			},
			order: OrderPaid, payment: PaymentCaptured, check: all(refunds(RefundFailed, RefundSucceeded), func(t *testing.T, l *life) {
				if flat := l.order.FlatStatus(); flat != "refund_failed" {
					t.Errorf("flat status %s", flat)
				}
			}),
		},
		{
			name: "seen to, until another one comes back",
			live: func(l *life) {
				sold(l)
				flat := func(want string) {
					if got := l.order.FlatStatus(); got != want {
						l.t.Errorf("flat status %s, want %s", got, want)
					}
				}
				l.reply(asked(l, 300), Declined)
				flat("refund_failed")
				l.move(Acknowledge)
				flat("paid")
				op := asked(l, 400)
				l.reply(op, Succeeded, Fact{Event: RefundDone, Amount: 400})
				l.tell(l.order.Last(), Fact{Event: RefundCameBack, Amount: 400, Refund: op.Refund})
				flat("refund_reversed")
				l.move(Acknowledge)
				flat("paid")
			},
			order: OrderPaid, payment: PaymentCaptured, check: refunds(RefundFailed, RefundReversed),
		},
		{
			name: "it came back days later",
			live: func(l *life) {
				sold(l)
				op := asked(l, 1000)
				l.reply(op, Succeeded, Fact{Event: RefundDone, Amount: 1000})
				l.wait(3 * day)
				l.tell(l.order.Last(), Fact{Event: RefundRefused, Amount: 1000, Refund: op.Refund, Key: op.Key})
			},
			order: OrderPaid, payment: PaymentCaptured, check: all(refunds(RefundFailed), ends(OpSucceeded, OpSucceeded), func(t *testing.T, l *life) {
				if s := l.order.Last().Sums; s.Refundable() != 1000 || s.Refunded != 1000 || s.RefundReturned != 1000 || l.order.FlatStatus() != "refund_failed" {
					t.Errorf("%+v, %s", s, l.order.FlatStatus())
				}
			}),
		},
		{
			name: "all has gone back, and the order is called off",
			live: func(l *life) {
				takes(l, onHoldLife(l, Terms{Single: true}), 400, true)
				l.reply(asked(l, 400), Succeeded, Fact{Event: RefundDone, Amount: 400})
				l.move(Cancel)
			},
			order: OrderCancelled, payment: PaymentCaptured, check: all(refunds(RefundSucceeded), cancelledFor("merchant"), marked()),
		},
	}
}
