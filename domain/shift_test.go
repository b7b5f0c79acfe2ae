package domain

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestShiftWalksEveryRow(t *testing.T) {
	walked := map[string]bool{}
	for _, c := range []struct {
		id   string
		from State
		on   Event
		to   State
	}{
		{"S1", "", ShiftBegins, ShiftOpen},
		{"S2", ShiftOpen, PaidIn, ShiftOpen},
		{"S3", ShiftOpen, PaidOut, ShiftOpen},
		{"S4", ShiftOpen, ReportAsked, ShiftOpen},
		{"S5", ShiftOpen, ShiftEnds, ShiftClosed},
	} {
		walks(t, ShiftMachine, c.from, c.on, &Facts{}, c.id, c.to)
		walked[fmt.Sprint(c.from, c.on)] = true
	}
	for _, row := range ShiftMachine.Rows() {
		if !walked[fmt.Sprint(row.From, row.On)] || row.Why == "" {
			t.Errorf("nobody walked %s from %q on %s (%q)", row.ID, row.From, row.On, row.Why)
		}
	}
}

func shiftLife(t *testing.T, more ...any) []Entry {
	t.Helper()
	opened := []any{KindShiftOpened, ShiftOpening{ID: "shf_1", Currency: "EUR", Float: 5000, After: 3}}
	entries := lifeOf(t, "shf_1", append(opened, more...)...)
	for i := range entries {
		entries[i].Actor, entries[i].Prev = "ann", fmt.Sprint("hash ", entries[i].Seq-1)
	}
	return entries
}

func TestShiftFolds(t *testing.T) {
	entries := shiftLife(
		t, KindShiftMoved, ShiftMove{PaidIn, 700, "coins"}, KindShiftMoved, ShiftMove{PaidOut, 200, "milk"},
		KindShiftClosed, ShiftClosing{Number: 4, Counted: 5400, Report: ShiftReport{Drawer: Drawer{Expected: 5500}}.Counted(5400)},
	)
	s, err := FoldShift(entries[:3])
	if err != nil || s.State != ShiftOpen || s.Report != nil || s.Head != (Head{}) || !slices.Equal(s.Permitted(), []string{"pay_in", "pay_out", "x", "close"}) {
		t.Errorf("%+v, %v", s, err)
	}
	if d := s.Tally().Report(s).Drawer; d != (Drawer{Currency: "EUR", Float: 5000, PaidIn: 700, PaidOut: 200, Expected: 5500}) {
		t.Errorf("%+v", d)
	}
	s, err = FoldShift(entries)
	if err != nil || s.State != ShiftClosed || s.Number != 4 || s.Counted != 5400 || s.Report.Drawer.Difference != -100 || s.Version != 4 {
		t.Errorf("%+v, %v", s, err)
	}
	if s.OpenedBy != "ann" || s.ClosedBy != "ann" || s.ClosedAt.Sub(s.OpenedAt) != 3*time.Minute || s.OpenedIn != 10 || s.ClosedIn != 13 {
		t.Errorf("%+v", s)
	}
	if s.Head != (Head{12, "hash 12"}) || len(s.Permitted()) > 0 {
		t.Errorf("the head is %+v, permitted %v", s.Head, s.Permitted())
	}
}

func TestShiftRefuses(t *testing.T) {
	open, err := FoldShift(shiftLife(t))
	if err != nil {
		t.Fatal(err)
	}
	closed, err := FoldShift(shiftLife(t, KindShiftClosed, ShiftClosing{Number: 1}))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		shift          *Shift
		action         string
		amount, drawer Amount
		code           Code
		said           string
	}{
		{open, "pay_out", 5000, 5000, "", ""},
		{open, "pay_out", 5001, 5000, CodeIllegalTransition, "there is not that much cash in the drawer"},
		{open, "pay_in", 5001, 5000, "", ""},
		{open, "close", 0, 0, "", ""},
		{closed, "close", 0, 0, CodeIllegalTransition, "the shift is closed"},
		{closed, "pay_in", 1, 0, CodeIllegalTransition, "the shift is closed"},
		{closed, "x", 0, 0, CodeIllegalTransition, "the shift is closed"},
		{open, "burn", 0, 0, CodeUsage, `no "burn"`},
	} {
		err := c.shift.Refuses(c.action, c.amount, c.drawer)
		if CodeOf(err) != c.code || c.said != "" && !strings.Contains(err.Error(), c.said) {
			t.Errorf("%s of %d while %s: %v", c.action, c.amount, c.shift.State, err)
		}
	}
}

func TestWhatIsNoShift(t *testing.T) {
	for name, entries := range map[string][]Entry{
		"moved after its close":  shiftLife(t, KindShiftClosed, ShiftClosing{}, KindShiftMoved, ShiftMove{Event: PaidIn}),
		"closed twice":           shiftLife(t, KindShiftClosed, ShiftClosing{}, KindShiftClosed, ShiftClosing{}),
		"another kind":           shiftLife(t, KindOrderMoved, Move{}),
		"a body that's unknown":  {{Kind: KindShiftOpened, Body: []byte(`{"v":2}`)}},
		"a move that's unknown":  {{Kind: KindShiftMoved, Body: []byte(`{"v":2}`)}},
		"a close that's unknown": {{Kind: KindShiftClosed, Body: []byte(`{"v":2}`)}},
	} {
		if s, err := FoldShift(entries); err == nil {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

// What goes on behind a tally leaves what that has counted as it is.
func TestOnwardCountsApart(t *testing.T) {
	first := &Tally{upTo: 7, sums: map[cell]MoneySum{{}: {}}, orders: map[pile]numbers{{}: {}}}
	second := first.Onward()
	delete(second.sums, cell{})
	delete(second.orders, pile{})
	if len(first.sums) != 1 || len(first.orders) != 1 || second.After() != 7 {
		t.Errorf("%v, %v, behind %d", first.sums, first.orders, second.After())
	}
}
