package domain

import (
	"testing"
	"time"
)

// What time concludes, and who has the money then.
func TestWhatTimeAloneDecides(t *testing.T) {
	for _, c := range []struct {
		on    Event
		from  State
		row   string
		to    State
		money string
	}{
		{DisputeRetrieval, RetrievalOpen, "D5", RetrievalExpired, MoneyNone},
		{DisputeEvidenceRequired, ChargebackOpen, "D11", ChargebackExpired, MoneyLost},
		{DisputePreArbitration, PreArbitrationOpen, "D17", PreArbitrationExpired, MoneyLost},
		{DisputePreCompliance, PreComplianceOpen, "D23", PreComplianceExpired, MoneyLost},
		{DisputeFraudAdvice, FraudAdviceOpen, "D2", FraudAdviceClosed, MoneyNone},
		{DisputeEvidenceSent, RetrievalResponded, "D6", RetrievalClosed, MoneyNone},
		{DisputeEvidenceSent, RepresentmentResponded, "D14", RepresentmentWon, MoneyReturned},
		{DisputeDeclined, PreArbitrationResponded, "D19", PreArbitrationWon, MoneyReturned},
		{DisputeDeclined, PreComplianceResponded, "D24", PreComplianceWithdrawn, MoneyNone},
		{DisputeFiled, GoodFaithResponded, "D29", GoodFaithClosed, MoneyLost},
	} {
		l := newLife(t, Document{})
		cased(c.on, c.from, ours)(l)
		timers := l.order.Timers()
		if len(timers) != 1 {
			t.Fatalf("%s: %d timers", c.from, len(timers))
		}
		l.fired(timers[0])
		rows := l.walked("dispute")
		if d := l.dispute(); d.State != c.to || d.Money != c.money || rows[len(rows)-1] != c.row || len(l.order.Timers()) != 0 {
			t.Errorf("from %s: %s, %s by %s", c.from, d.State, d.Money, rows)
		}
	}
}

// What the provider tells of later than what a conclusion was drawn from beats it, also where it was told of first.
func TestAConclusionIsBeatenByEveryFactAfterIt(t *testing.T) {
	l := newLife(t, Document{})
	cased(DisputeEvidenceRequired, ChargebackOpen)(l)
	l.fired(*l.timer(TimerRespond))
	if d := l.dispute(); d.State != ChargebackExpired || l.order.Sums().DisputedLost != 900 {
		t.Fatalf("%s, lost %d", d.State, l.order.Sums().DisputedLost)
	}
	late := told(0, DisputeWithdrawn, ChargebackWithdrawn)
	late.At = l.dispute().OpenedAt.Add(time.Minute) // told of weeks later
	l.tell(l.order.Last(), late)
	if d := l.dispute(); d.State != ChargebackWithdrawn || l.order.Sums().DisputedLost != 0 || len(l.order.Timers()) != 0 {
		t.Errorf("%s, lost %d, %v", d.State, l.order.Sums().DisputedLost, l.order.Timers())
	}
}

// What was told of the very instant that a conclusion was drawn from beats it too, where it goes further.
func TestAConclusionIsBeatenByAFactOfItsInstant(t *testing.T) {
	for from, c := range map[State]struct {
		on, then Event
		to       State
	}{
		RetrievalOpen:      {DisputeRetrieval, DisputeEvidenceSent, RetrievalResponded},
		PreArbitrationOpen: {DisputePreArbitration, DisputeDeclined, PreArbitrationResponded},
	} {
		l := newLife(t, Document{})
		cased(c.on, from)(l)
		l.fired(*l.timer(TimerRespond))
		if d := l.dispute(); d.Status != StatusExpired {
			t.Fatalf("%s", d.State)
		}
		late := told(0, c.then, c.to)
		late.At = l.dispute().OpenedAt
		l.tell(l.order.Last(), late)
		if d := l.dispute(); d.State != c.to {
			t.Errorf("from %s: %s", from, d.State)
		}
	}
}

// A case that a late fact brings back to where its time has passed is concluded anew.
func TestAConclusionIsDrawnAgain(t *testing.T) {
	l := newLife(t, Document{})
	cased(DisputeEvidenceRequired, ChargebackOpen)(l)
	l.fired(*l.timer(TimerRespond))
	credit := told(0, DisputeReinstated, ChargebackOpen, provisional)
	credit.At = l.dispute().OpenedAt.Add(time.Minute)
	l.tell(l.order.Last(), credit)
	if d := l.dispute(); d.State != ChargebackOpen || l.timer(TimerRespond) == nil {
		t.Fatalf("%s, %v", d.State, l.order.Timers())
	}
	l.fired(*l.timer(TimerRespond))
	if d := l.dispute(); d.State != ChargebackExpired || len(l.order.Timers()) != 0 {
		t.Errorf("%s, %v", d.State, l.order.Timers())
	}
}
