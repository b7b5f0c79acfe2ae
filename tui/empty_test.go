package tui

import (
	"context"
	"fmt"
	"testing"

	"till/domain"
)

// What has no lines has nothing to give back, and is called something where it was parked.
func TestWithoutLines(t *testing.T) {
	d := drive(t, 80, 24)
	g := newFindReceipt(d.app.desk)
	g.show(&domain.Order{})
	g.press(keyOf("right"))
	if name := (parked{basket: newBasket(true)}).name(); name != "nothing yet" {
		t.Errorf("%q", name)
	}
}

// A list of cases that was walked far down is loaded anew within reason.
func TestDisputesAreReloadedWithinReason(t *testing.T) {
	d := drive(t, 80, 24)
	s := newDisputes(d.app.desk)
	for i := range 3 * mostLoaded {
		s.rows = append(s.rows, domain.DisputeRow{ID: domain.DisputeID(fmt.Sprint("dsp_", i))})
	}
	asked := &countingStore{Store: d.till.Store}
	d.till.Store = asked
	s.reload()()
	if asked.size > mostLoaded {
		t.Errorf("%d are read at once", asked.size)
	}
}

// countingStore notes how many cases were asked for.
type countingStore struct {
	domain.Store
	size int
}

func (s *countingStore) Disputes(ctx context.Context, q domain.DisputeQuery) (domain.DisputePage, error) {
	s.size = max(s.size, q.Size)
	return s.Store.Disputes(ctx, q)
}
