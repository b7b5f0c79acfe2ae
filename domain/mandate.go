package domain

import (
	"fmt"
	"slices"
)

// The states of a mandate (lifecycle §9).
const (
	MandatePending State = "pending"
	MandateActive  State = "active"
	MandatePaused  State = "paused"
	MandateEnded   State = "revoked"
	MandateFailed  State = "failed"
)

// The events of a mandate: commands, and what the provider answered. It is paused by Pause, and MandateRevoked
// tells that it is gone.
const (
	SetupAsked    Event = "setup_asked"
	SetupDone     Event = "setup_done"
	SetupRefused  Event = "setup_failed"
	Resume        Event = "resume"
	RevokeAsked   Event = "revoke_asked"
	RevokeRefused Event = "revoke_failed"
)

// MandateMachine is the life of a customer's leave to charge them again (lifecycle §9).
var MandateMachine = newMachine("mandate", []State{MandateEnded, MandateFailed}, nil, mandateRows)

// noCallOpen is asked with the mandate's call in flight, if there is one, as the operation.
var noCallOpen = Guard{"no call in flight", func(f *Facts) bool {
	return !f.Asking || f.Operation == nil
}, "an earlier request has no known end: repeat it with its idempotency key"}

func mandateRows() []row {
	standing := states(MandateActive, MandatePaused)
	return []row{
		{id: "M1", from: states(""), on: events(SetupAsked), to: states(MandatePending), why: "The provider is asked to remember the customer's leave; until it has agreed nothing can be charged."},
		{id: "M2", from: states(MandatePending), on: events(SetupDone), to: states(MandateActive), why: "The provider has set it up, so it can be charged without the customer."},
		{id: "M3", from: states(MandatePending), on: events(SetupRefused), to: states(MandateFailed), why: "The provider did not set it up, so there is nothing to charge."},
		{id: "M4", from: states(MandateActive), on: events(Pause), to: states(MandatePaused), guards: guards(noCallOpen), why: "The merchant charges nothing for a while; the customer's leave stands."},
		{id: "M5", from: states(MandatePaused), on: events(Resume), to: states(MandateActive), guards: guards(noCallOpen), why: "The pause is over and the customer's leave still stands."},
		{id: "M6", from: standing, on: events(RevokeAsked), guards: guards(noCallOpen), why: "The provider is asked to forget the leave, which stands until it says that it has."},
		{id: "M7", from: standing, on: events(MandateRevoked), to: states(MandateEnded), why: "The customer's leave is gone at the provider too, so nothing can be charged any more."},
		{id: "M8", from: standing, on: events(RevokeRefused), why: "The provider still has it and could be asked to charge it, so somebody must look."},
	}
}

// FoldMandate makes a mandate of the entries of its stream.
func FoldMandate(entries []Entry) (*Mandate, error) {
	m := &Mandate{}
	for _, e := range entries {
		if err := m.apply(e); err != nil {
			return nil, err
		}
		m.Version++
	}
	return m, nil
}

func (m *Mandate) apply(e Entry) error {
	switch e.Kind {
	case KindMandateOpened:
		opening, err := Decode[MandateOpening](e)
		if err != nil {
			return err
		}
		m.MandateOpening, m.CreatedAt = opening, e.At
		return m.walk(e, SetupAsked)
	case KindMandateMoved:
		move, err := Decode[Move](e)
		if err != nil {
			return err
		}
		return m.walk(e, move.Event)
	}
	op, answer, err := applyCall(&m.Operations, e)
	switch {
	case err != nil:
		return err
	case answer != nil:
		return m.answered(e, op, answer)
	case e.Kind == KindOperationRequested && op.Kind == Revoke && op.Tries == 1:
		return m.walk(e, RevokeAsked)
	}
	return nil
}

// answered moves the mandate by the end of a call; one that is on its way moves nothing.
func (m *Mandate) answered(e Entry, op *Operation, answer *Answer) error {
	for _, f := range answer.Facts {
		if f.Source != nil {
			m.Source = m.Source.kept(*f.Source)
		}
	}
	done, refused := SetupDone, SetupRefused
	if op.Kind == Revoke {
		done, refused = MandateRevoked, RevokeRefused
	}
	switch op.State {
	case OpSucceeded:
		m.RevokeLost = false
		return m.walk(e, done)
	case OpFailed, OpNotSent:
		m.RevokeLost = op.Kind == Revoke
		return m.walk(e, refused)
	}
	return nil
}

func (m *Mandate) walk(e Entry, on Event) error {
	t, _ := MandateMachine.Next(m.State, on, &Facts{})
	if t == nil {
		return fmt.Errorf("entry %d: no row of the mandate leads from %q on %q", e.Seq, m.State, on)
	}
	m.Steps = append(m.Steps, t.step(MandateMachine, string(m.ID), e))
	m.State = t.To
	return nil
}

// InFlight gives the call of the mandate whose end is still open; nil if there is none.
func (m *Mandate) InFlight() *Operation { return inFlight(m.Operations) }

// InFlight gives the call of the source whose end is still open; nil if there is none.
func (k *KeptSource) InFlight() *Operation { return inFlight(k.Operations) }

func inFlight(calls []*Operation) *Operation {
	for _, op := range calls {
		if op.InFlight() {
			return op
		}
	}
	return nil
}

// Attention names what somebody should look at, as an order's does.
func (m *Mandate) Attention() []string {
	var marks []string
	if slices.ContainsFunc(m.Operations, func(op *Operation) bool { return op.State == OpUnknown }) {
		marks = append(marks, "unknown")
	}
	if m.RevokeLost {
		marks = append(marks, "revoke")
	}
	return marks
}

// MandateActions are what can be done with a mandate, in the order in which people look for them.
var MandateActions = []StreamAction{{"pause", Pause}, {"resume", Resume}, {"revoke", RevokeAsked}}

func (m *Mandate) position() position {
	return position{MandateMachine, MandateActions, m.State, Facts{Operation: m.InFlight()}}
}

// Permitted names the actions that are possible now.
func (m *Mandate) Permitted() []string { return m.position().permitted() }

// Refuses says why an action is not possible now; nil when it is.
func (m *Mandate) Refuses(action string) error { return m.position().refuses(action) }

// Refusal says why the mandate cannot be charged; empty when it can.
func (m *Mandate) Refusal() string {
	switch m.State {
	case MandateActive:
		if op := m.InFlight(); op != nil {
			return "the mandate is being revoked, and the end of that is not known"
		}
		return ""
	case MandatePending:
		return "the mandate is not set up yet"
	case MandateFailed:
		return "the mandate could not be set up"
	case MandatePaused:
		return "the mandate is paused: resume it first"
	}
	return "the mandate was revoked"
}
