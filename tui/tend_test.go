package tui

import (
	"testing"

	"till/domain"
)

// The console reads all the time what the gateway has told: nobody need ask for it.
func TestTheConsoleListens(t *testing.T) {
	d := drive(t, 120, 40)
	d.onHold()
	d.lose(domain.Capture, 0)
	d.press("c").arm().press("y").sees("? UNKNOWN: nobody knows yet")
	if err := d.till.Bank.Deliver(t.Context(), "2"); err != nil {
		t.Fatal(err)
	}
	d.tend().lacks("UNKNOWN").sees("captured")
}
