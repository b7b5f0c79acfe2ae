package tui

import (
	"testing"

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
