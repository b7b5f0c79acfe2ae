package domain

import (
	"testing"
	"time"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func TestOperationWalksEveryRow(t *testing.T) {
	for _, c := range []struct {
		id     string
		from   State
		on     Event
		to     State
		detail string
	}{
		{"Op1", "", OpAsk, OpRequested, ""},
		{"Op2", OpRequested, OpRefused, OpNotSent, ""},
		{"Op3", OpRequested, OpDone, OpSucceeded, ""},
		{"Op3", OpRequested, OpSaidNo, OpFailed, ""},
		{"Op4", OpRequested, OpAccepted, OpPending, ""},
		{"Op4", OpRequested, OpRunning, OpPending, ""},
		{"Op5", OpRequested, OpLost, OpUnknown, ""},
		{"Op6", OpPending, OpDone, OpSucceeded, ""},
		{"Op6", OpPending, OpSaidNo, OpFailed, ""},
		{"Op6", OpUnknown, OpDone, OpSucceeded, ""},
		{"Op6", OpUnknown, OpSaidNo, OpFailed, ""},
		{"Op7", OpPending, OpNoSuch, OpFailed, "not_found"},
		{"Op7", OpUnknown, OpNoSuch, OpFailed, "not_found"},
		{"Op8", OpUnknown, OpRunning, OpPending, ""},
		{"Op8", OpUnknown, OpAccepted, OpPending, ""},
		{"Op9", OpUnknown, OpAgain, OpRequested, ""},
		{"Op10", OpFailed, OpDone, OpSucceeded, ""},
		{"Op10", OpNotSent, OpDone, OpSucceeded, ""},
	} {
		f := &Facts{Operation: &Operation{Tries: 1}}
		walks(t, OperationMachine, c.from, c.on, f, c.id, c.to)
		if got, _ := OperationMachine.Next(c.from, c.on, f); got != nil && got.Detail != c.detail {
			t.Errorf("%s: detail %q, want %q", c.id, got.Detail, c.detail)
		}
	}
}

func TestOperationThatWasTriedBeforeStaysUnknown(t *testing.T) {
	f := &Facts{Operation: &Operation{Tries: 2}}
	walks(t, OperationMachine, OpRequested, OpRefused, f, "Op5", OpUnknown)
}

func TestOperationIsGivenTimeToArrive(t *testing.T) {
	f := &Facts{Operation: &Operation{RequestedAt: noon}, Asking: true, Now: noon.Add(29 * time.Second)}
	refuses(t, OperationMachine, OpUnknown, OpNoSuch, f, sentAWhile)
	f.Now = noon.Add(30 * time.Second)
	walks(t, OperationMachine, OpUnknown, OpNoSuch, f, "Op7", OpFailed)
}

func TestOperationTriesTellTheRowsApart(t *testing.T) {
	for tries, want := range map[int][2]bool{0: {true, false}, 1: {true, false}, 2: {false, true}} {
		f := &Facts{Operation: &Operation{Tries: tries}}
		if got := [2]bool{firstTry.Holds(f), laterTry.Holds(f)}; got != want {
			t.Errorf("%d tries: %v, want %v", tries, got, want)
		}
	}
}

// A later try does not make a provider keep the key for longer: its window began with the first.
func TestAKeyIsKeptFromTheFirstTryOn(t *testing.T) {
	l := newLife(t, Document{})
	p := l.open(1000, Opening{})
	op := p.Operations[0]
	l.reply(op, Unknown)
	f := &Facts{Can: Capabilities{KeepsKeys: 24 * time.Hour}, Now: l.at.Add(23 * time.Hour)}
	if !MayResend(f, op) {
		t.Error("the key is still known after 23 hours")
	}
	l.at = f.Now
	l.add(KindOperationRequested, string(p.ID), *op)
	l.reply(op, Unknown)
	f.Now = f.Now.Add(2 * time.Hour)
	if MayResend(f, op) {
		t.Error("after 25 hours the second try would be a second charge")
	}
}
