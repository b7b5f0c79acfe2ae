package domain

import (
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"
)

// life is an order with everything that a test needs to go on with it: it makes entries as a till would and
// folds them one by one.
type life struct {
	t       rapid.TB
	order   *Order
	entries []Entry
	at      time.Time
	pace    time.Duration // from one entry to the next
	ids     int
}

func newLife(t rapid.TB, doc Document) *life {
	l := unborn(t)
	l.add(KindOrderIssued, "ord_1", written(doc))
	return l
}

func unborn(t rapid.TB) *life {
	return &life{t: t, order: &Order{}, at: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC), pace: time.Second}
}

// written is a document with what every order has: a name, somebody to reach, and tea for 10.00 if nothing else.
func written(doc Document) Document {
	doc.ID, doc.HumanID, doc.Contact = "ord_1", "A23456", true
	if doc.Cart.Currency == "" {
		doc.Cart = Cart{Currency: "EUR", Lines: []Line{{Title: "tea", Price: 1000, Quantity: 1}}}
	}
	doc.Totals = doc.Cart.Totals()
	return doc
}

func (l *life) id(prefix string) string {
	l.ids++
	return fmt.Sprintf("%s%d", prefix, l.ids)
}

// add folds one more entry, a little after the last, and checks that rows and lists agree.
func (l *life) add(kind Kind, subject string, body any) {
	l.t.Helper()
	e, err := NewEntry(kind, "ord_1", subject, body)
	if err != nil {
		l.t.Fatal(err)
	}
	l.at = l.at.Add(l.pace)
	e.Seq, e.At = Seq(len(l.entries)+1), l.at
	if err := l.order.Apply(e); err != nil {
		l.t.Fatal(err)
	}
	l.entries = append(l.entries, e)
	l.agrees()
}

// wait lets time pass.
func (l *life) wait(d time.Duration) { l.at = l.at.Add(d) }

func (l *life) move(on Event) { l.t.Helper(); l.add(KindOrderMoved, "ord_1", Move{Event: on}) }

// does moves a payment by something that brings no money.
func (l *life) does(p *Payment, move Move) {
	l.t.Helper()
	l.add(KindPaymentMoved, string(p.ID), move)
}

// begin opens an attempt of which nothing is sent yet.
func (l *life) begin(amount Amount, opening Opening) *Payment {
	l.t.Helper()
	opening.ID, opening.Amount, opening.Method = PaymentID(l.id("pay_")), amount, "card"
	l.add(KindPaymentOpened, string(opening.ID), opening)
	return l.order.Last()
}

// open begins an attempt and sends its authorize.
func (l *life) open(amount Amount, opening Opening) *Payment {
	l.t.Helper()
	p := l.begin(amount, opening)
	l.charge(p)
	return p
}

// charge sends an attempt, once more if it was sent before.
func (l *life) charge(p *Payment) *Operation {
	l.t.Helper()
	return l.ask(p, Authorize, p.Amount, func(op *Operation) { op.ThreeDS = p.threeDSWanted() })
}

// ask requests an operation and gives it back.
func (l *life) ask(p *Payment, kind OperationKind, amount Amount, shape ...func(*Operation)) *Operation {
	l.t.Helper()
	op := Operation{
		ID: OperationID(l.id("op_")), Kind: kind, Payment: p.ID, Order: "ord_1", Amount: amount, Currency: "EUR",
		Deadline: l.at.Add(30 * time.Second),
	}
	op.Key = "key_" + string(op.ID)
	if kind == RefundMoney {
		op.Refund = RefundID(l.id("ref_"))
	}
	for _, s := range shape {
		s(&op)
	}
	l.add(KindOperationRequested, string(p.ID), op)
	return p.Operation(op.ID)
}

// again sends an operation once more under its own key.
func (l *life) again(op *Operation) {
	l.t.Helper()
	repeat := *op
	repeat.Deadline = l.at.Add(30 * time.Second)
	l.add(KindOperationRequested, string(op.Payment), repeat)
}

// reply answers an operation with the facts that it made.
func (l *life) reply(op *Operation, status Status, facts ...Fact) {
	l.t.Helper()
	for i := range facts {
		facts[i].Key = op.Key
		if facts[i].Refund == "" {
			facts[i].Refund = op.Refund
		}
		facts[i] = l.dated(facts[i])
	}
	l.says(op, Outcome{Status: status, Code: "20005", Class: "hard", Facts: facts})
}

// says answers an operation with an outcome as it is.
func (l *life) says(op *Operation, outcome Outcome) {
	l.t.Helper()
	l.add(KindOperationAnswered, string(op.Payment), Answer{Operation: op.ID, Outcome: outcome})
}

// declines answers that the provider has said no.
func (l *life) declines(op *Operation, code, class string) {
	l.t.Helper()
	l.says(op, Outcome{Status: Declined, Code: code, Class: class})
}

// approves answers that the whole amount is set aside.
func (l *life) approves(op *Operation) {
	l.t.Helper()
	l.reply(op, Succeeded, Fact{Event: Approved, Amount: op.Amount})
}

// tell reports facts that nobody asked for.
func (l *life) tell(p *Payment, facts ...Fact) {
	l.t.Helper()
	for i := range facts {
		facts[i] = l.dated(facts[i])
	}
	l.add(KindFactsReported, string(p.ID), Report{Payment: p.ID, Facts: facts})
}

// told reports facts that an operation made.
func (l *life) told(op *Operation, facts ...Fact) {
	l.t.Helper()
	for i := range facts {
		facts[i].Key = op.Key
	}
	l.tell(l.order.Payment(op.Payment), facts...)
}

// timer gives the order's timer of a name; nil when it does not stand.
func (l *life) timer(name string) *Timer {
	timers := l.order.Timers()
	if i := slices.IndexFunc(timers, func(t Timer) bool { return t.Name == name }); i >= 0 {
		return &timers[i]
	}
	return nil
}

// fired journals that a timer has come, at its time or now, whichever is later.
func (l *life) fired(timer Timer) {
	l.t.Helper()
	l.at = later(l.at, timer.At)
	l.add(KindTimerFired, timer.Subject, l.order.FiringOf(timer))
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func (l *life) dated(f Fact) Fact {
	if f.Action == "" {
		f.Action = l.id("act_")
	}
	if f.At.IsZero() {
		f.At = l.at
	}
	return f
}

// actionRequired sends the customer to a session, which ends.
func actionRequired(kind SessionKind, until time.Time) Fact {
	return Fact{Event: ActionRequired, Session: &Session{ID: "sid_" + string(kind), Kind: kind, Until: until}}
}

// walked gives the rows that a machine has taken so far.
func (l *life) walked(machine string) []string {
	var rows []string
	for _, s := range l.order.Steps {
		if s.Machine == machine {
			rows = append(rows, s.Row)
		}
	}
	return rows
}

func (l *life) stands(order, payment State) {
	l.t.Helper()
	if l.order.State != order || l.order.Last() != nil && l.order.Last().State != payment {
		l.t.Fatalf("order %s, payment %s; want %s, %s", l.order.State, l.order.Last().State, order, payment)
	}
}

// agrees checks that rows and lists agree (I21).
func (l *life) agrees() {
	l.t.Helper()
	o := l.order
	if place := o.place(); o.State != place && !isDecided(o.State) {
		l.t.Fatalf("entry %d: the rows leave the order %s, the facts %s", o.LastSeq, o.State, place)
	}
	for _, p := range o.Payments {
		if place := p.place(); p.State != place {
			l.t.Fatalf("entry %d: the rows leave the payment %s, the money %s (%+v)", o.LastSeq, p.State, place, p.Sums)
		}
	}
}

func isDecided(s State) bool {
	return slices.Contains(decided, s)
}
