package domain

import (
	"slices"
	"strings"
	"sync"
	"time"
)

// System is another system, through whose words till's own states can be read.
type System string

// The systems, in the order in which they are listed.
const (
	Django      System = "django"       // django-payments
	PaymentsAPI System = "payments-api" // a payments API for orders and subscriptions
	Checkout    System = "checkout"     // Checkout.com
	Prism       System = "prism"        // hyperswitch-prism
	Gateway     System = "gateway"      // an order gateway: DECTA
	Stripe      System = "stripe"
)

// Systems are all that there are.
var Systems = []System{Django, PaymentsAPI, Checkout, Prism, Gateway, Stripe}

// Aspect is what of a thing a word is about.
type Aspect string

// The aspects. Some systems have two words where till has one state with more beside it.
const (
	OfOrder        Aspect = "order"
	OfPayment      Aspect = "payment"
	OfRefund       Aspect = "refund"
	OfDispute      Aspect = "dispute"
	OfDisputeStage Aspect = "dispute_stage"
	OfThreeDS      Aspect = "three_ds"
	OfFraud        Aspect = "fraud"
	OfMandate      Aspect = "mandate"
	OfPayout       Aspect = "payout"
	OfInstrument   Aspect = "instrument"  // a source that a provider keeps
	OfHostedPage   Aspect = "hosted_page" // what the customer is sent to for an order
	OfOperation    Aspect = "operation"
	OfIncrement    Aspect = "increment" // an operation of that kind
	OfReversal     Aspect = "reversal"  // an operation that takes a capture back
	OfAction       Aspect = "action"    // what kind of operation it is, or what became of a payout
)

// Aspects are all that there are.
var Aspects = []Aspect{
	OfOrder, OfPayment, OfRefund, OfDispute, OfDisputeStage, OfThreeDS, OfFraud, OfMandate, OfPayout, OfInstrument,
	OfHostedPage, OfOperation, OfIncrement, OfReversal, OfAction,
}

// Subject is what a word is asked for: a thing, with what it belongs to. What does not concern it is nil.
type Subject struct {
	Order     *Order
	Payment   *Payment
	Operation *Operation
	Refund    *Refund
	Dispute   *Dispute
	Mandate   *Mandate
	Payout    *Payout
	Source    *KeptSource
	Now       time.Time // UTC: whether what was captured is settled depends on it
}

// State is till's own word for an aspect of the subject; empty where it has no such aspect.
func (s Subject) State(of Aspect) State {
	switch of {
	case OfOrder, OfHostedPage:
		return stateOf(s.Order, func(o *Order) State { return o.State })
	case OfPayment:
		return stateOf(s.Payment, func(p *Payment) State { return p.State })
	case OfThreeDS:
		return stateOf(s.Payment, func(p *Payment) State { return p.ThreeDS.Status })
	case OfFraud:
		return stateOf(s.Payment, func(p *Payment) State { return State(p.Fraud.Status) })
	case OfRefund:
		return stateOf(s.Refund, func(r *Refund) State { return r.State })
	case OfDispute, OfDisputeStage:
		return stateOf(s.Dispute, func(d *Dispute) State { return d.State })
	case OfMandate:
		return stateOf(s.Mandate, func(m *Mandate) State { return m.State })
	case OfInstrument:
		return stateOf(s.Source, (*KeptSource).state)
	case OfAction:
		if s.Operation == nil {
			return s.State(OfPayout)
		}
		return State(s.Operation.Kind)
	case OfPayout:
		return stateOf(s.Payout, func(p *Payout) State { return p.State })
	}
	return stateOf(s.Operation, func(op *Operation) State { return op.as(of) })
}

func stateOf[T any](thing *T, state func(*T) State) State {
	if thing == nil {
		return ""
	}
	return state(thing)
}

// as is where an operation stands; empty where it is of another kind than the aspect is about.
func (o *Operation) as(of Aspect) State {
	if kind, only := map[Aspect]OperationKind{OfIncrement: Increment, OfReversal: Reverse}[of]; only && o.Kind != kind {
		return ""
	}
	return o.State
}

// The states of a source that a provider keeps (lifecycle §9).
const (
	SourceActive  State = "active"
	SourceRemoved State = "removed"
)

func (k *KeptSource) state() State {
	if k.Removed {
		return SourceRemoved
	}
	return SourceActive
}

// Condition is what must hold beside a state, in words and as a question.
type Condition struct {
	Words string
	Holds func(Subject) bool
}

// Wording is a row of the table: a status of another system, and which of our things it means. One without Theirs
// states that the system has no word, and Note says why.
type Wording struct {
	System System
	Of     Aspect
	Theirs string    // in their spelling
	Ours   []State   // one of these; none: any
	If     Condition // and this
	Alias  bool      // a second name for what another row says first: it is read, and not written
	Note   string
}

// Is tells whether the subject is what the row means.
func (w *Wording) Is(s Subject) bool {
	state := s.State(w.Of)
	return state != "" && w.Has(state) && (w.If.Holds == nil || w.If.Holds(s))
}

// Has tells whether the row may mean a thing in the state.
func (w *Wording) Has(state State) bool { return len(w.Ours) == 0 || slices.Contains(w.Ours, state) }

// Means says in our words what the row means.
func (w *Wording) Means() string {
	names := make([]string, len(w.Ours))
	for i, state := range w.Ours {
		names[i] = state.Words()
	}
	if len(names) == 0 {
		names = []string{"any"}
	}
	text := strings.Join(names, ", ")
	if w.If.Words != "" {
		text += ": " + w.If.Words
	}
	return text
}

// lensKey finds the rows of one system about one aspect.
type lensKey struct {
	system System
	of     Aspect
}

// wordings are the rows of every system, in the order in which they are tried. They are made when a word is asked for.
var wordings = sync.OnceValue(func() map[lensKey][]Wording {
	return indexed(map[System][]Wording{
		Django: djangoWords(), PaymentsAPI: paymentsAPIWords(), Checkout: checkoutWords(),
		Prism: prismWords(), Gateway: gatewayWords(), Stripe: stripeWords(),
	})
})

func indexed(all map[System][]Wording) map[lensKey][]Wording {
	index := map[lensKey][]Wording{}
	for system, rows := range all {
		for _, row := range rows {
			row.System = system
			key := lensKey{system, row.Of}
			index[key] = append(index[key], row)
		}
	}
	return index
}

// Wordings are the rows of a system, aspect by aspect, in the order in which they are tried.
func Wordings(system System) []Wording {
	var all []Wording
	for _, of := range Aspects {
		all = append(all, wordings()[lensKey{system, of}]...)
	}
	return all
}

// WordingOf is the row by which a system names an aspect of the subject, which may be one that states that there is no
// word; nil where the table says nothing of it, as of an aspect that the subject does not have.
func WordingOf(system System, of Aspect, s Subject) *Wording {
	rows := wordings()[lensKey{system, of}]
	for i := range rows {
		if !rows[i].Alias && rows[i].Is(s) {
			return &rows[i]
		}
	}
	return nil
}

// Word is what a system calls an aspect of the subject; empty where it has no word.
func Word(system System, of Aspect, s Subject) string {
	if w := WordingOf(system, of, s); w != nil {
		return w.Theirs
	}
	return ""
}

// Words are all the words that a system has for an aspect, aliases left out, each once.
func Words(system System, of Aspect) []string {
	var words []string
	for _, w := range wordings()[lensKey{system, of}] {
		if w.Theirs != "" && !w.Alias && !slices.Contains(words, w.Theirs) {
			words = append(words, w.Theirs)
		}
	}
	return words
}

// no states that a system has no word for states of an aspect; for none of them where none is named.
func no(of Aspect, why string, ours ...State) Wording { return Wording{Of: of, Ours: ours, Note: why} }

// nothingOf states that a system has no words for whole aspects.
func nothingOf(why string, aspects ...Aspect) []Wording {
	var rows []Wording
	for _, of := range aspects {
		rows = append(rows, no(of, why))
	}
	return rows
}
