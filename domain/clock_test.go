package domain

import (
	"strings"
	"testing"
)

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
