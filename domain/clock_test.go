package domain

import (
	"strings"
	"testing"
	"time"
)

func TestTwoWhoMoveTheClockTakeNothingBack(t *testing.T) {
	var moves []Entry
	for _, shift := range []time.Duration{time.Hour, 48 * time.Hour, 2 * time.Hour} {
		e, err := NewEntry(KindClockMoved, ClockStream, ClockStream, ClockMove{Shift: shift})
		if err != nil {
			t.Fatal(err)
		}
		moves = append(moves, e)
	}
	first, err := FoldClock(0, moves[:1])
	if err != nil || first != time.Hour {
		t.Fatalf("%s, %v", first, err)
	}
	if all, err := FoldClock(first, moves[1:]); err != nil || all != 48*time.Hour {
		t.Errorf("%s, %v", all, err)
	}
}

func TestEveryTimerSaysWhatComesOfIt(t *testing.T) {
	names := []string{TimerDue, TimerAsk, TimerPoll}
	for _, timer := range paymentTimers {
		names = append(names, timer.name)
	}
	for _, name := range names {
		if own := (Timer{Name: name, Order: "ord_1"}); !strings.Contains(own.Effect(), " ") {
			t.Errorf("%q says nothing", name)
		}
	}
	if unknown := (Timer{Name: "dispute_closes"}); unknown.Effect() != "dispute closes" {
		t.Errorf("one that nobody knows says %q", unknown.Effect())
	}
}
