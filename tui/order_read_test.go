package tui

import (
	"context"
	"testing"

	"till/domain"
	"till/domain/till"
)

// What is written while the order is being read is on the screen too.
func TestOrderReadsOnWhereItWasRead(t *testing.T) {
	d := drive(t, 120, 40)
	o := d.sell(till.NewOrder{})
	paid := d.charge(o, visa).Payment
	s := d.look(o)
	d.follow()
	refund := func() {
		if _, err := d.till.Refund(t.Context(), till.Intent{}, till.Refunding{Payment: paid.ID, Amount: 100}); err != nil {
			t.Fatal(err)
		}
	}
	refund()
	first := s.Update(storeChanged{})() // read, and not taken in yet
	refund()
	if cmd := s.Update(storeChanged{}); cmd != nil {
		t.Fatal("it is read twice at a time")
	}
	d.run(s.Update(first))
	all, err := d.till.Store.Entries(t.Context(), string(o.ID), 0, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.entries) != len(all) || s.full.LastSeq != all[len(all)-1].Seq {
		t.Errorf("%d of %d entries are shown", len(s.entries), len(all))
	}
}

// A tab that only orders with a case have is not come to before the order is read.
func TestNoTabBeforeTheOrderIsRead(t *testing.T) {
	d := drive(t, 80, 24)
	o := d.sell(till.NewOrder{})
	d.hold()
	d.run(d.app.push(newOrder(d.app.desk, o.ID)))
	d.press("shift+tab").release().sees("order 1")
}

// strange is a store that hands over an entry of a kind that nobody knows, as a newer till may write one.
type strange struct{ domain.Store }

func (s strange) Entries(ctx context.Context, stream string, after, upTo domain.Seq, limit int) ([]domain.Entry, error) {
	entries, err := s.Store.Entries(ctx, stream, after, upTo, limit)
	for i := range entries {
		entries[i].Kind = "order.sung"
	}
	return entries, err
}

// What a newer till has written leaves on the screen what was there, and a word about it.
func TestAnEntryThatNobodyKnows(t *testing.T) {
	for _, tab := range []string{"tab", "C"} {
		d := drive(t, 80, 24)
		_, id := d.claimed(domain.Raising{Stage: domain.StageChargeback, Reason: "13.1"})
		d.press(tab)
		store := d.till.Store
		d.till.Store = strange{store}
		d.advance(id, "withdrawn")
		d.sees("order.sung").press(tab, "esc")
		d.till.Store = store
		d.send(storeChanged{})
	}
}
