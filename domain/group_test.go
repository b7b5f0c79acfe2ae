package domain

import (
	"testing"
	"time"
)

// member is an attempt that pays an order together with others.
func member(l *life, terms Terms) *Payment {
	return l.open(1000, Opening{Group: "grp_1", Terms: terms})
}

// groupStories are of one order's part in a group of several.
func groupStories() []story {
	stood, fell := Move{Event: GroupStood}, Move{Event: GroupFell}
	letGo := func(l *life, p *Payment) {
		l.reply(l.ask(p, Void, p.Sums.Voidable()), Succeeded, Fact{Event: Voided, Amount: p.Sums.Voidable(), Released: p.Sums.Voidable()})
	}
	return []story{
		{
			name:  "approved, and it waits for the others",
			live:  func(l *life) { l.approves(member(l, Terms{}).Charge()) },
			order: OrderInProgress, payment: PaymentAuthorized, walked: "P1 P5 P12", check: noticed(),
		},
		{
			name: "the group stands",
			live: func(l *life) {
				p := member(l, Terms{Capture: CaptureManual})
				l.approves(p.Charge())
				l.does(p, stood)
				if l.timer(TimerTake) != nil {
					l.t.Error("what was to be captured by hand is captured by itself")
				}
			},
			order: OrderHold, payment: PaymentAuthorized, walked: "P1 P5 P12 P47", check: noticed("success"),
		},
		{
			name: "the group stands, and is captured as it would have been alone",
			live: func(l *life) {
				p := member(l, Terms{Capture: CaptureAuto, Single: true})
				l.approves(p.Charge())
				if l.timer(TimerTake) != nil {
					l.t.Error("captured before the group stands")
				}
				l.does(p, stood)
				l.fired(*l.timer(TimerTake))
				l.reply(l.ask(p, Capture, 1000), Succeeded, capturedFact)
			},
			order: OrderPaid, payment: PaymentCaptured, walked: "P1 P5 P12 P47 P29", check: noticed("success"),
		},
		{
			name: "paid in cash, and the group stands",
			live: func(l *life) {
				p := member(l, Terms{Single: true})
				l.reply(p.Charge(), Succeeded, approvedFact, capturedFact)
				l.does(p, stood)
			},
			order: OrderPaid, payment: PaymentCaptured, walked: "P1 P5 P15 P42 P47", check: noticed("success"),
		},
		{
			name: "held, and the group falls",
			doc:  Document{MaxAttempts: 1},
			live: func(l *life) {
				p := member(l, Terms{})
				l.approves(p.Charge())
				l.wait(time.Hour)
				l.does(p, fell)
				if timer := l.timer(TimerVoid); timer == nil || timer.At.Before(l.at.Add(-time.Second)) {
					l.t.Fatalf("voided by itself %+v", timer)
				}
				letGo(l, p)
			},
			order: OrderFailed, payment: PaymentVoided, walked: "P1 P5 P12 P48 P33", check: all(detailed("group", 0), noticed("failure")),
		},
		{
			name: "unknown when the group falls, and approved then",
			doc:  Document{MaxAttempts: 1},
			live: func(l *life) {
				p := member(l, Terms{})
				l.reply(p.Charge(), Unknown)
				l.does(p, fell)
				l.told(p.Charge(), approvedFact)
				if !p.Unwanted || l.order.State != OrderInProgress {
					l.t.Fatalf("unwanted %v, the order is %s", p.Unwanted, l.order.State)
				}
				letGo(l, p)
			},
			order: OrderFailed, payment: PaymentVoided, walked: "P1 P5 P21 P48 P14 P33", check: all(detailed("group", 0), noticed("failure")),
		},
		{
			name: "on its way when the group falls, and declined then",
			doc:  Document{MaxAttempts: 1},
			live: func(l *life) {
				p := member(l, Terms{})
				l.does(p, fell)
				l.declines(p.Charge(), "20005", "hard")
			},
			order: OrderFailed, payment: PaymentDeclined, check: detailed("hard", 0),
		},
		{
			name: "not sent when the group falls",
			live: func(l *life) {
				p := l.begin(1000, Opening{Group: "grp_1"})
				l.does(p, fell)
				l.does(p, Move{Event: CancelAttempt})
			},
			order: OrderIssued, payment: PaymentCancelled, walked: "P1 P48 P26", check: detailed("", 0),
		},
		{
			name: "cancelled with its group, and approved late: let go while the order is on hold",
			live: func(l *life) {
				p := lateInGroup(l, 1000)
				if l.order.State != OrderHold || p.IsOpen() || l.timer(TimerVoid) == nil {
					l.t.Fatalf("the order is %s, voided by itself %v", l.order.State, l.timer(TimerVoid))
				}
				letGo(l, p)
			},
			order: OrderFailed, payment: PaymentVoided, walked: "P1 P5 P6 P48 P26 P14 P33", check: detailed("group", 0),
		},
		{
			name: "declined, which made the group fall, and approved late",
			live: func(l *life) {
				p := member(l, Terms{})
				l.declines(p.Charge(), "20005", "hard")
				l.does(p, fell)
				if l.order.FailedAttempts() != 1 {
					l.t.Error("the decline is no failed attempt")
				}
				l.tell(p, approvedFact)
				letGo(l, p)
			},
			order: OrderFailed, payment: PaymentVoided, walked: "P1 P5 P19 P48 P14 P33", check: detailed("group", 0),
		},
		{
			name: "approved in part, which makes the group fall",
			live: func(l *life) {
				p := member(l, Terms{})
				l.reply(p.Charge(), Succeeded, Fact{Event: Approved, Amount: 400})
				l.does(p, fell)
				letGo(l, p)
			},
			order: OrderFailed, payment: PaymentVoided, walked: "P1 P5 P14 P48 P33", check: detailed("partial", 1),
		},
		{
			name: "fallen, and captured all the same",
			live: func(l *life) {
				p := member(l, Terms{Single: true})
				l.approves(p.Charge())
				l.does(p, fell)
				l.tell(p, capturedFact)
			},
			order: OrderPaid, payment: PaymentCaptured, check: all(noticed("success"), func(t *testing.T, l *life) {
				if l.order.Last().Unwanted || l.timer(TimerVoid) != nil {
					t.Error("what was taken is voided")
				}
			}),
		},
	}
}

// lateInGroup is approved for an amount after it was cancelled with its group.
func lateInGroup(l *life, amount Amount) *Payment {
	p := member(l, Terms{})
	l.reply(p.Charge(), Pending, actionRequired(SessionChallenge, l.at.Add(time.Hour)))
	l.does(p, Move{Event: GroupFell})
	l.does(p, Move{Event: CancelAttempt})
	l.told(p.Charge(), Fact{Event: Approved, Amount: amount})
	return p
}

// What the members have come to decides: all of them stand, or one has ended without its money and all fall.
func TestAGroupStandsOrFallsTogether(t *testing.T) {
	type life2 = func(*life, *Payment)
	nothing := func(*life, *Payment) {}
	sent := func(l *life, p *Payment) { l.charge(p) }
	held := func(l *life, p *Payment) { l.approves(l.charge(p)) }
	half := func(l *life, p *Payment) { l.reply(l.charge(p), Succeeded, Fact{Event: Approved, Amount: 500}) }
	taken := func(l *life, p *Payment) { l.reply(l.charge(p), Succeeded, approvedFact, capturedFact) }
	declined := func(l *life, p *Payment) { l.declines(l.charge(p), "20005", "hard") }
	cancelled := func(l *life, p *Payment) { l.does(p, Move{Event: CancelAttempt}) }
	lapsed := func(l *life, p *Payment) {
		held(l, p)
		l.tell(p, Fact{Event: AuthExpired, Amount: 1000, Released: 1000})
	}
	for name, c := range map[string]struct {
		first, second life2
		stands, falls bool
		next          bool
	}{
		"the first is under way":               {sent, nothing, false, false, false},
		"the first is held":                    {held, nothing, false, false, true},
		"the first is paid in cash":            {taken, nothing, false, false, true},
		"the second is under way":              {held, sent, false, false, false},
		"both are held":                        {held, held, true, false, false},
		"both are paid in cash":                {taken, taken, true, false, false},
		"the second is declined":               {held, declined, false, true, false},
		"the second is cancelled":              {held, cancelled, false, true, false},
		"the second is approved in part":       {held, half, false, true, false},
		"the first has lapsed in the meantime": {lapsed, held, false, true, false},
		"the first is declined":                {declined, nothing, false, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			var m Members
			for _, live := range []life2{c.first, c.second} {
				l := newLife(t, Document{})
				live(l, l.begin(1000, Opening{Group: "grp_1"}))
				m = append(m, l.order.Group("grp_1"))
			}
			if m.Decided() || m.Stands() != c.stands || m.Fallen() != c.falls {
				t.Errorf("decided %v, stands %v, fallen %v", m.Decided(), m.Stands(), m.Fallen())
			}
			if next := m.Next(); !c.falls && (next != nil) != c.next || next != nil && next.Payment != m[1].Payment {
				t.Errorf("next is %+v", next)
			}
		})
	}
}

func TestAGroupIsDecidedOnce(t *testing.T) {
	l := newLife(t, Document{})
	p := member(l, Terms{})
	l.approves(p.Charge())
	l.does(p, Move{Event: GroupStood})
	if !(Members{l.order.Group("grp_1")}).Decided() || (l.order.Group("grp_2").Payment != nil) {
		t.Error("a group that stands is not decided")
	}
}
