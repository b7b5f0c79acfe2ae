package domain

import (
	"iter"
	"slices"
	"sync"
	"time"
)

// State is where an order, a payment, an operation, a refund or a dispute stands. The empty State is
// before it exists.
type State string

// Event is what moves a machine: a command, or a fact from outside.
type Event string

// Transition is one arrow of a machine.
type Transition struct {
	ID     string // the row of the lifecycle, such as O17
	From   State
	On     Event
	To     State
	Guards []Guard // all must hold; the first that does not is the reason
	Detail string  // what the new state is qualified with: cancelled "merchant", failed "not_sent"
	Why    string  // one sentence: why life goes this way
	Late   bool    // takes what comes out of its order: pictures leave it out
}

// Guard is a condition of a transition or an action.
type Guard struct {
	Name    string
	Holds   func(*Facts) bool
	Refusal string // the sentence for people when it does not hold
}

// Facts is all that a guard may look at: the order, what of it is concerned, and what the event brings.
// The money of a fact is booked before its guards are asked (lifecycle §14).
type Facts struct {
	Order     *Order
	Payment   *Payment
	Operation *Operation
	Refund    *Refund
	Dispute   *Dispute
	Payout    *Payout
	Fact      *Fact
	Asking    bool         // a command is being decided: guards of time, capability and actor count; a fold asks them no more
	Can       Capabilities // of the payment's method at its provider
	Amount    Amount       // what a command asks for, minor units
	Drawer    Amount       // the cash that should be in the drawer, minor units
	Due       time.Time    // a new due date
	Stage     string       // of filing a case: to which stage; "": to the one that it leads to
	Now       time.Time
	Customer  bool // the actor is the customer
	Managers  int  // who can sign in as one, beside the operator
}

// Machine is a status machine: its rows are tried in their order. It spreads the lines of the lifecycle into
// arrows when it is first asked, as a program that only shows a sale asks none.
type Machine struct {
	Name   string  // order, payment, operation, refund, dispute; mandate ...
	Finals []State // command-final: no command moves it

	lines  func() []row
	placed func(State) Guard
	once   sync.Once
	rows   []Transition
	index  map[edge][]int // of rows
}

type edge struct {
	from State
	on   Event
}

// row is a line of the lifecycle: several arrows with one id, one reason and one sentence.
type row struct {
	id     string
	from   []State
	on     []Event
	to     []State // none: the state stays; several: the one in which the facts leave it (byList)
	guards []Guard
	detail string
	why    string
	late   bool
}

// newMachine makes a machine of its lines. placed is the guard that holds when the lists of the lifecycle put the
// thing into the given state; it joins the guards of lines with several ends.
func newMachine(name string, finals []State, placed func(State) Guard, lines func() []row) *Machine {
	return &Machine{Name: name, Finals: finals, lines: lines, placed: placed}
}

// Rows gives every arrow, in the order in which they are tried.
func (m *Machine) Rows() []Transition {
	m.once.Do(m.spread)
	return m.rows
}

func (m *Machine) spread() {
	m.index = map[edge][]int{}
	for _, r := range m.lines() {
		ends := r.ends(m.placed)
		for _, from := range r.from {
			for _, on := range r.on {
				for _, end := range ends {
					m.add(r.arrow(from, on, end))
				}
			}
		}
	}
}

// add appends an arrow, unless it is a late one that an earlier arrow always goes before.
func (m *Machine) add(t Transition) {
	at := edge{t.From, t.On}
	if t.Late && slices.ContainsFunc(m.index[at], func(i int) bool { return m.rows[i].precedes(t) }) {
		return
	}
	m.index[at] = append(m.index[at], len(m.rows))
	m.rows = append(m.rows, t)
}

// precedes tells whether the arrow is always taken before a later one of the same edge.
func (t *Transition) precedes(later Transition) bool {
	same := slices.EqualFunc(t.Guards, later.Guards, func(a, b Guard) bool { return a.Name == b.Name })
	return len(t.Guards) == 0 || same && t.To == later.To
}

// end is where a row leads, and under which guards. Without a state it leads back to where it came from.
type end struct {
	to     State
	guards []Guard
}

func (r row) ends(placed func(State) Guard) []end {
	switch len(r.to) {
	case 0:
		return []end{{guards: r.guards}}
	case 1:
		return []end{{r.to[0], r.guards}}
	}
	var ends []end
	for _, to := range r.to {
		ends = append(ends, end{to, append(slices.Clone(r.guards), placed(to))})
	}
	return ends
}

func (r row) arrow(from State, on Event, e end) Transition {
	t := Transition{ID: r.id, From: from, On: on, To: e.to, Guards: e.guards, Why: r.why, Late: r.late}
	if e.to == "" {
		t.To = from
	}
	if t.To != from {
		t.Detail = r.detail
	}
	return t
}

// Next finds the arrow that an event takes from a state: the first row whose guards hold. Without one it
// gives nil and the sentence of the guard that failed last, or an empty one when no row leads from here.
func (m *Machine) Next(from State, on Event, f *Facts) (*Transition, string) {
	rows, refusal := m.Rows(), ""
	for _, i := range m.index[edge{from, on}] {
		failed := firstFailing(rows[i].Guards, f)
		if failed == nil {
			return &rows[i], ""
		}
		if failed.Refusal != "" {
			refusal = failed.Refusal
		}
	}
	return nil, refusal
}

func firstFailing(guards []Guard, f *Facts) *Guard {
	for i := range guards {
		if !guards[i].Holds(f) {
			return &guards[i]
		}
	}
	return nil
}

// States gives every state of the machine once, in the order in which the rows name them.
func (m *Machine) States() []State {
	var states []State
	for _, t := range m.Rows() {
		for _, s := range []State{t.From, t.To} {
			if s != "" && !slices.Contains(states, s) {
				states = append(states, s)
			}
		}
	}
	return states
}

// From gives the arrows that lead away from a state to another one, late ones left out.
func (m *Machine) From(state State) iter.Seq[Transition] {
	return func(yield func(Transition) bool) {
		for _, t := range m.Rows() {
			if t.From == state && t.To != state && !t.Late && !yield(t) {
				return
			}
		}
	}
}

// AllowedIn gives the states in which an event has a row, late ones left out.
func (m *Machine) AllowedIn(on Event) []State {
	var states []State
	for _, t := range m.Rows() {
		if t.On == on && t.From != "" && !t.Late && !slices.Contains(states, t.From) {
			states = append(states, t.From)
		}
	}
	return states
}

// Final tells whether no command moves it from here.
func (m *Machine) Final(s State) bool { return slices.Contains(m.Finals, s) }

// Machines gives the five, in the order of the lifecycle.
func Machines() []*Machine {
	return []*Machine{OrderMachine, PaymentMachine, OperationMachine, RefundMachine, DisputeMachine}
}

// SmallMachines gives those of what is no part of an order.
func SmallMachines() []*Machine {
	return []*Machine{MandateMachine, PayoutMachine, ShiftMachine, OperatorMachine}
}
