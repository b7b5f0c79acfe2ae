package till_test

import (
	"testing"

	"till/domain"
	"till/domain/till"
)

// However many orders there are, a payment that is not decided is found among them, and where not all are told of that is
// said. Those that wait for their day hide nobody.
func TestWhatIsUndecidedIsFound(t *testing.T) {
	b := newBench(t, nil)
	undecided := func(want int, more bool) []domain.OrderRow {
		t.Helper()
		rows, others, err := b.Undecided(b.ctx)
		b.must(err)
		if len(rows) != want || others != more {
			t.Fatalf("%d are not decided, and others: %v; want %d, %v", len(rows), others, want, more)
		}
		return rows
	}
	paid := func(with func(*till.Payable), number string) domain.OrderID {
		t.Helper()
		o := b.issue(2000)
		b.must(second(b.pay(o, number, with)))
		return o.ID
	}
	undecided(0, false)
	first := paid(nil, challengeCard)
	lost := b.lostCapture(2000) // of an order that is not in progress
	saved := b.saved(ann, goodCard).Source
	for range 21 {
		o := b.issue(2000)
		b.must(second(b.Pay(b.ctx, till.Intent{}, till.Payable{Order: o.ID, Method: "card", Source: saved, Date: b.clock.now.Add(30 * day)})))
	}
	rows := undecided(2, false)
	if rows[0].ID != first || rows[1].ID != lost.Order.ID || !rows[1].IsUnknown() {
		t.Errorf("%+v", rows)
	}
	for range 18 {
		paid(nil, challengeCard)
	}
	undecided(20, false)
	paid(nil, challengeCard)
	undecided(20, true)
}
