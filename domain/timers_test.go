package domain

import (
	"math/rand"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// silent is a gateway that loses every answer.
func silent(l *life) *world {
	return &world{life: l, lost: map[OperationID][]Fact{}, roll: func(what string, n int) int {
		if what == "answer" {
			return 8 // lost
		}
		return 0
	}}
}

// refusing is a gateway that says no to everything.
func refusing(l *life) *world {
	w := silent(l)
	w.roll = func(what string, n int) int {
		if what == "answer" {
			return 3 // no
		}
		return 0
	}
	return w
}

// Each kind of timer stands for its reason, at its time, and firing it takes it away or arms it again as lifecycle §13
// says.
func TestTimers(t *testing.T) {
	due := time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
	dueOn := Document{Due: due}
	for _, c := range []struct {
		name  string // of the timer
		when  string
		doc   Document
		live  func(*life)
		in    time.Duration // from the last entry until it fires; negative: it does not stand
		again time.Duration // from its firing until it fires once more; negative: it does not
	}{
		{TimerDue, "on an order that nobody pays", dueOn, newOrder, due.Sub(time.Date(2026, 3, 1, 9, 0, 1, 0, time.UTC)), -1},
		{TimerDue, "passed already when it was noticed", dueOn, moved(DueReached), -1, 0},
		{TimerDue, "on a paid order", dueOn, sold, -1, 0},
		{TimerDue, "on a cancelled order", dueOn, moved(Cancel), -1, 0},
		{TimerDue, "on an order without a due date", Document{}, newOrder, -1, 0},

		{TimerForm, "left open", Document{}, opened, 15 * time.Minute, -1},
		{TimerForm, "of a group", Document{}, func(l *life) { l.begin(1000, Opening{Group: "grp_1"}) }, -1, 0},
		{TimerForm, "while the provider is told", Document{}, func(l *life) { l.ask(l.begin(1000, Opening{}), CreateOrder, 1000) }, -1, 0},
		{TimerForm, "sent", Document{}, askedFor, -1, 0},

		{TimerDate, "scheduled", Document{}, scheduled, day - time.Second, -1},
		{TimerDate, "paused", Document{}, func(l *life) {
			scheduled(l)
			l.does(l.order.Last(), Move{Event: Pause})
		}, -1, 0},

		{TimerRetry, "declined softly", Document{}, softlyDeclined, time.Hour, -1},
		{TimerRetry, "declined softly, and given up", Document{}, func(l *life) {
			softlyDeclined(l)
			l.does(l.order.Last(), Move{Event: CancelAttempt})
		}, -1, 0},
		{TimerStepUp, "the bank wants 3DS", Document{}, func(l *life) {
			l.declines(l.open(1000, Opening{Terms: Terms{CanThreeDS: true}}).Charge(), stepUp, "soft")
		}, 0, -1},

		{TimerAction, "at the bank", Document{}, challenged, 15*time.Minute - time.Second, -1},
		{TimerAction, "at the door", Document{}, func(l *life) {
			l.reply(l.open(1000, Opening{}).Charge(), Pending, Fact{Event: Accepted, Session: &Session{ID: "sid_1", Kind: SessionDelivery}})
		}, -1, 0},
		{TimerAction, "no end was told", Document{}, func(l *life) {
			l.reply(l.open(1000, Opening{}).Charge(), Pending, Fact{Event: ActionRequired, Session: &Session{ID: "sid_1", Kind: SessionRedirect}})
		}, -1, 0},
		{TimerAction, "back from the bank", Document{}, func(l *life) {
			challenged(l)
			l.tell(l.order.Last(), authenticatedFact)
		}, -1, 0},

		{TimerHold, "held", Document{}, approvedThen(1000), 28 * day, -1},
		{TimerHold, "a capture on its way", Document{}, func(l *life) {
			approvedThen(1000)(l)
			l.ask(l.order.Last(), Capture, 1000)
		}, -1, 0},
		{TimerHold, "taken", Document{}, sold, -1, 0},
		{TimerHold, "waiting for its group", Document{}, waiting, -1, 0},

		{TimerVoid, "a part that nobody wants", Document{}, approvedThen(400), 0, -1},
		{TimerVoid, "its group has fallen", Document{}, fellWaiting, 0, -1},
		{TimerVoid, "wanted", Document{}, approvedThen(1000), -1, 0},
		{TimerVoid, "its call is unknown", Document{}, func(l *life) {
			p := l.open(1000, Opening{})
			l.reply(p.Charge(), Unknown)
			l.tell(p, Fact{Event: Approved, Amount: 400})
		}, -1, 0},

		{TimerGroup, "a member has answered", Document{}, waiting, 0, -1},
		{TimerGroup, "a member is under way", Document{}, func(l *life) { member(l, Terms{}) }, -1, 0},
		{TimerTake, "its group stands", Document{}, func(l *life) {
			p := member(l, Terms{Capture: CaptureAuto})
			l.approves(p.Charge())
			l.does(p, Move{Event: GroupStood})
		}, 0, -1},
		{TimerTake, "alone", Document{}, func(l *life) { onHoldLife(l, Terms{Capture: CaptureAuto}) }, -1, 0},

		{TimerRespond, "a chargeback", Document{}, cased(DisputeEvidenceRequired, ChargebackOpen), 18 * day, -1},
		{TimerRespond, "a retrieval", Document{}, cased(DisputeRetrieval, RetrievalOpen), 18 * day, -1},
		{TimerRespond, "a pre-arbitration", Document{}, cased(DisputePreArbitration, PreArbitrationOpen), 30 * day, -1},
		{TimerRespond, "a pre-compliance", Document{}, cased(DisputePreCompliance, PreComplianceOpen), 30 * day, -1},
		{TimerRespond, "an announced chargeback", Document{}, cased(DisputeReceived, ChargebackOpen, announced), -1, 0},
		{TimerRespond, "a favour", Document{}, cased(DisputeGoodFaith, GoodFaithOpen), -1, 0},
		{TimerRespond, "answered", Document{}, cased(DisputeEvidenceSent, RepresentmentResponded), -1, 0},
		{TimerLapse, "an advice of fraud", Document{}, cased(DisputeFraudAdvice, FraudAdviceOpen), 120 * day, -1},
		{TimerLapse, "an answered retrieval", Document{}, cased(DisputeEvidenceSent, RetrievalResponded), 120 * day, -1},
		{TimerLapse, "a defence", Document{}, cased(DisputeEvidenceSent, RepresentmentResponded), 60 * day, -1},
		{TimerLapse, "a defence against fraud", Document{}, cased(DisputeEvidenceSent, RepresentmentResponded, visa("10.4")), 45 * day, -1},
		{TimerLapse, "a declined pre-arbitration", Document{}, cased(DisputeDeclined, PreArbitrationResponded), 10 * day, -1},
		{TimerLapse, "a denied breach", Document{}, cased(DisputeDeclined, PreComplianceResponded), 120 * day, -1},
		{TimerLapse, "our favour", Document{}, cased(DisputeFiled, GoodFaithResponded, ours), 120 * day, -1},
		{TimerLapse, "our turn", Document{}, cased(DisputeEvidenceRequired, ChargebackOpen), -1, 0},

		{TimerAsk, "no answer by its deadline", Document{}, askedFor, 29 * time.Second, 5 * time.Second},
		{TimerAsk, "unknown", Document{}, answered(Unknown), 5 * time.Second, 30 * time.Second},
		{TimerAsk, "answered", Document{}, answered(Declined), -1, 0},
		{TimerPoll, "pending", Document{}, answered(Pending), 5 * time.Second, 10 * time.Second},
		{TimerPoll, "unknown", Document{}, answered(Unknown), -1, 0},
	} {
		t.Run(c.name+" "+c.when, func(t *testing.T) {
			l := newLife(t, c.doc)
			c.live(l)
			l.pace = 0
			timer := l.timer(c.name)
			if c.in < 0 {
				if timer != nil {
					t.Fatalf("it stands at %s", timer.At)
				}
				return
			}
			if timer == nil || !timer.At.Equal(l.at.Add(c.in)) {
				t.Fatalf("it stands %+v, want at %s", timer, l.at.Add(c.in))
			}
			if !l.order.DueNow(*timer) {
				t.Error("it stands, and is not due at its time")
			}
			silent(l).fires(*timer)
			next := l.timer(c.name)
			if c.again < 0 && next != nil || c.again > 0 && (next == nil || !next.At.Equal(timer.At.Add(c.again))) {
				t.Errorf("after it fired at %s it stands %+v", timer.At, next)
			}
			if l.order.DueNow(*timer) {
				t.Error("it fires twice")
			}
		})
	}
}

// What till does by itself and could not be done is tried again after a day; the rest is not.
func TestWhatIsRefusedIsTriedAgainAfterADay(t *testing.T) {
	for name, live := range map[string]func(*life){
		TimerHold: approvedThen(1000), TimerVoid: approvedThen(400), TimerTake: func(l *life) {
			p := member(l, Terms{Capture: CaptureAuto})
			l.approves(p.Charge())
			l.does(p, Move{Event: GroupStood})
		},
	} {
		l := newLife(t, Document{})
		live(l)
		l.pace = 0
		w := refusing(l)
		for range 5 {
			timer := l.timer(name)
			w.fires(*timer)
			next := l.timer(name)
			if name == TimerTake {
				if next != nil {
					t.Errorf("%s is tried again at %s", name, next.At)
				}
				break
			}
			if next == nil || !next.At.Equal(timer.At.Add(day)) {
				t.Fatalf("%s fired at %s, and again %+v", name, timer.At, next)
			}
		}
	}
}

// A till that was off for long does once what it missed, not once for every day.
func TestATillThatWasOffCatchesUpOnce(t *testing.T) {
	l := newLife(t, Document{})
	approvedThen(1000)(l)
	l.pace = 0
	end := l.timer(TimerHold).At
	l.at = end.Add(40 * day)
	refusing(l).fires(*l.timer(TimerHold))
	if next := l.timer(TimerHold); next == nil || !next.At.Equal(l.at.Add(day)) {
		t.Errorf("it is let go again %+v, now is %s", next, l.at)
	}
}

// Whatever has happened to an order, what falls due within a year comes once each and to an end: no timer fires twice
// for one deadline, and none keeps the till busy at one instant.
func TestAYearOfTimers(t *testing.T) {
	for range scaled(t, 1) {
		rapid.Check(t, func(t *rapid.T) {
			w := alive(t)
			for range rapid.IntRange(1, 15).Draw(t, "steps") {
				w.act()
			}
			dice := rand.New(rand.NewSource(rapid.Int64().Draw(t, "seed")))
			obstinate := dice.Intn(3) == 0
			w.roll = func(what string, n int) int {
				if obstinate && what == "answer" {
					return []int{3, 7, 8, 9}[dice.Intn(4)] // no, pending, lost, never came
				}
				return dice.Intn(n)
			}
			w.year()
			w.holds(true)
		})
	}
}

func (w *world) year() {
	w.t.Helper()
	end, fired, atOnce := w.at.Add(365*day), map[Timer]bool{}, 0
	for timer := w.earliest(); timer != nil && timer.At.Before(end); timer = w.earliest() {
		if fired[*timer] {
			w.t.Fatalf("%+v fires twice", *timer)
		}
		fired[*timer] = true
		if atOnce++; timer.At.After(w.at) {
			atOnce = 0
		}
		if most := 10 * (1 + len(w.order.Payments)); atOnce > most {
			w.t.Fatalf("%d timers at one instant, the last %+v", atOnce, *timer)
		}
		w.fires(*timer)
		if slices.Contains(w.order.Timers(), *timer) {
			w.t.Fatalf("%+v stands although it has fired", *timer)
		}
	}
}
