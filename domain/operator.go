package domain

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// The states of an operator.
const (
	OperatorActive   State = "active"
	OperatorDisabled State = "disabled"
)

// The events of an operator.
const (
	OperatorAdds     Event = "operator_added"
	OperatorGetsPIN  Event = "pin_set"
	OperatorLocks    Event = "locked_out"
	OperatorDisables Event = "operator_disabled"
)

// anotherManager is asked with how many managers there are beside the operator. Its sentence begins with their name.
var anotherManager = Guard{"another manager", func(f *Facts) bool {
	return !f.Asking || f.Managers > 0
}, "is the last manager, and nobody else could add another"}

// OperatorMachine is the life of somebody who works at the till. Nobody is ever taken out of it: what they did stays theirs.
var OperatorMachine = newMachine("operator", nil, nil, operatorRows)

func operatorRows() []row {
	active := states(OperatorActive)
	return []row{
		{id: "Or1", from: states(""), on: events(OperatorAdds), to: active, why: "Somebody has a name, a role and a PIN of their own, so the journal can tell who did what."},
		{id: "Or2", from: active, on: events(OperatorGetsPIN), why: "They have another PIN; whoever signed in with the one before must sign in again."},
		{id: "Or3", from: active, on: events(OperatorLocks), why: "Too many wrong PINs were given under their name, so nobody can sign in as them for a while."},
		{id: "Or4", from: active, on: events(OperatorDisables), to: states(OperatorDisabled), guards: guards(anotherManager), why: "They work here no more and cannot sign in; what they did stands under their name."},
		{id: "Or5", from: states(OperatorDisabled), on: events(OperatorAdds), to: active, why: "They are back, under the name that the journal knows them by, with a new PIN."},
	}
}

// OperatorAdding is the body of operator.added. The PIN is not in it, and nothing that was made of it.
type OperatorAdding struct {
	Name string `json:"name"`
	Role Role   `json:"role"`
}

// OperatorLock is the body of operator.locked.
type OperatorLock struct {
	Wrong int           `json:"wrong"` // PINs in a row
	For   time.Duration `json:"for"`   // nanoseconds
}

// KeptPIN is what the cabinet keeps of a PIN: a slow hash that cannot be made without the pepper.
type KeptPIN struct {
	Operator OperatorID
	Hash     string // in the form of the PHC string format; "": none any more
}

// Operator is somebody who works at the till, as the fold of their entries.
type Operator struct {
	ID      OperatorID
	Name    string
	Role    Role
	State   State
	AddedAt time.Time // UTC
	PINIn   Seq       // the entry that set their PIN
	Steps   []Step    // every arrow that was walked, in order
	Version int64     // how many entries there are
}

// IsActive tells whether they can sign in.
func (o *Operator) IsActive() bool { return o.State == OperatorActive }

// Called tells whether it is their name, in any case of letters.
func (o *Operator) Called(name string) bool {
	return strings.EqualFold(o.Name, strings.TrimSpace(name))
}

// OperatorNamed finds an operator by name, in any case of letters; nil if there is none such.
func OperatorNamed(all []*Operator, name string) *Operator {
	i := slices.IndexFunc(all, func(o *Operator) bool { return o.Called(name) })
	if i < 0 {
		return nil
	}
	return all[i]
}

// FoldOperator makes an operator of the entries of their stream.
func FoldOperator(entries []Entry) (*Operator, error) {
	o := &Operator{}
	for _, e := range entries {
		if err := o.apply(e); err != nil {
			return nil, err
		}
		o.Version++
	}
	return o, nil
}

func (o *Operator) apply(e Entry) error {
	switch e.Kind {
	case KindOperatorAdded:
		added, err := Decode[OperatorAdding](e)
		if err != nil {
			return err
		}
		if o.Version == 0 {
			o.ID, o.AddedAt = OperatorID(e.Stream), e.At
		}
		o.Name, o.Role, o.PINIn = added.Name, added.Role, e.Seq
		return o.walk(e, OperatorAdds)
	case KindOperatorPINSet:
		o.PINIn = e.Seq
		return o.walk(e, OperatorGetsPIN)
	case KindOperatorLocked:
		return o.walk(e, OperatorLocks)
	case KindOperatorDisabled:
		return o.walk(e, OperatorDisables)
	}
	return fmt.Errorf("entry %d: an operator knows no %q", e.Seq, e.Kind)
}

func (o *Operator) walk(e Entry, on Event) error {
	t, _ := OperatorMachine.Next(o.State, on, &Facts{})
	if t == nil {
		return fmt.Errorf("entry %d: no row of the operator leads from %q on %q", e.Seq, o.State, on)
	}
	o.Steps = append(o.Steps, t.step(OperatorMachine, string(o.ID), e))
	o.State = t.To
	return nil
}

// OperatorActions are what can be done about an operator.
var OperatorActions = []StreamAction{{"add", OperatorAdds}, {"pin", OperatorGetsPIN}, {"disable", OperatorDisables}}

// Refuses says why an action is not possible now, among all who were ever set up; nil when it is.
func (o *Operator) Refuses(action string, staff []*Operator) error {
	facts := Facts{}
	for _, other := range staff {
		if other.ID != o.ID && other.Role == Manager && other.IsActive() {
			facts.Managers++
		}
	}
	err := position{OperatorMachine, OperatorActions, o.State, facts}.refuses(action)
	if illegal, ok := errors.AsType[*Error](err); ok && illegal.Message == anotherManager.Refusal {
		illegal.Message = o.Name + " " + anotherManager.Refusal
		illegal.Hint = "add another manager first: till operator add NAME --role manager"
	}
	return err
}

// overrideMark begins the name of whoever allowed what an entry tells, where the actor's own role was not enough. No
// text in a body can hold it: its quotes would be escaped there.
var overrideMark = []byte(`"override":`)

// OverriddenBy is the name of whoever stood by and allowed what an entry tells, as the actor alone may not do it; ""
// where nobody had to.
func OverriddenBy(e Entry) string {
	if !bytes.Contains(e.Body, overrideMark) {
		return ""
	}
	var body struct {
		Override string `json:"override"`
	}
	_ = json.Unmarshal(e.Body, &body) // what cannot be read is told of where it is folded
	return body.Override
}

// Overriding is a deed in the life of an order that its actor alone might not do, and who stood by.
type Overriding struct {
	Seq     Seq
	At      time.Time // UTC
	Actor   string
	By      string
	Subject string
	What    string // an operation's kind, else that of the entry
}

// overriding is what an entry tells of that; nil where nobody had to stand by.
func overriding(e Entry) *Overriding {
	by := OverriddenBy(e)
	if by == "" {
		return nil
	}
	what := string(e.Kind)
	if e.Kind == KindOperationRequested {
		if op, err := Decode[Operation](e); err == nil {
			what = string(op.Kind)
		}
	}
	return &Overriding{e.Seq, e.At, e.Actor, by, e.Subject, what}
}

// MarkOverride writes into an entry that somebody stood by and allowed it.
func (e *Entry) MarkOverride(by string) error {
	if by == "" {
		return nil
	}
	return e.Note("override", by)
}
