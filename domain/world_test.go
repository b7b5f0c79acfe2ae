package domain

import (
	"os"
	"slices"
	"strconv"
	"testing"
	"time"
)

// world is a life with all that acts on it: a till that does only what is permitted, a gateway that does what it is
// asked, says no, or loses the answer and tells it later, a customer, and the clock. What they do is thrown by dice.
type world struct {
	*life
	roll func(what string, n int) int // 0 to n-1
	// lost is what the gateway has on record for calls whose answer did not arrive; nil where they did not arrive.
	lost map[OperationID][]Fact
}

// scaled multiplies the size of a test by TILL_TEST_SCALE.
func scaled(t *testing.T, n int) int {
	t.Helper()
	text := os.Getenv("TILL_TEST_SCALE")
	if text == "" {
		return n
	}
	times, err := strconv.Atoi(text)
	if err != nil || times < 1 {
		t.Fatal("TILL_TEST_SCALE is no number from 1")
	}
	return n * times
}

func pick[T any](w *world, what string, of ...T) T { return of[w.roll(what, len(of))] }

// amount is all that there is, or any part of it, or now and then more.
func (w *world) amount(what string, most Amount) Amount {
	switch w.roll(what, 8) {
	case 0:
		return most + 1
	case 1, 2, 3:
		return 1 + Amount(w.roll(what, int(max(1, most))))
	}
	return max(1, most)
}

// act does one random thing, if it is possible now.
func (w *world) act() {
	acts := []func(){
		w.pay, w.pay, w.pay, w.prepare, w.complete, w.sync, w.sync, w.tick, w.tick, w.decideGroup, w.onRefund,
		func() { w.operate("capture", Capture) }, func() { w.operate("capture", Capture) }, func() { w.operate("void", Void) },
		func() { w.operate("increment", Increment) }, func() { w.operate("refund", RefundMoney) }, func() { w.operate("reverse", Reverse) },
		func() { w.onPayment("cancel", w.giveUp) },
		func() { w.onPayment("retry", func(p *Payment) { w.answer(w.charge(p)) }) },
		func() {
			w.onPayment("fraud", func(p *Payment) {
				w.does(p, Move{Event: Judge, Fraud: Screening{Status: pick(w, "verdict", FraudAccept, FraudReview, FraudReject)}})
			})
		},
		w.onOrder, w.resend, w.issuer, w.issuer, w.defend,
		func() { w.wait(pick(w, "wait", time.Minute, time.Hour, day)) },
	}
	acts[w.roll("act", len(acts))]()
}

// may tells whether an action is possible, with what is usually wished for.
func (w *world) may(of []Action, name string, f Facts) (Facts, bool) {
	f.Order, f.Can, f.Now = w.order, everything, w.at
	a := FindAction(of, name)
	if f.Amount == 0 {
		f = a.Usual(f)
	}
	return f, a.Refusal(&f) == nil
}

func (w *world) pay() {
	if w.order.Unsent() == nil {
		w.open1()
	}
	if p := w.order.Unsent(); p != nil && !p.inFlight() {
		w.answer(w.charge(p))
	} else if p := w.order.Last(); p != nil && p.State == PaymentCreated && p.Group != "" && !p.inFlight() && p.Waiting {
		w.answer(w.charge(p))
	}
}

// open1 opens an attempt with random terms.
func (w *world) open1() {
	f, may := w.may(OrderActions, "pay", Facts{Amount: w.amount("pay", w.order.BalanceDue())})
	if !may {
		return
	}
	opening := Opening{Terms: Terms{
		Single: w.roll("single", 2) == 0, Partial: w.roll("partial", 2) == 0, Retries: w.roll("retries", 3),
		CanThreeDS: w.roll("can 3DS", 2) == 0, WithoutThreeDS: w.roll("without 3DS", 2) == 0,
		Capture: pick(w, "capture", CaptureAuto, CaptureManual),
	}}
	switch w.roll("kind of payment", 6) {
	case 0:
		opening.Group = "grp_1"
	case 1:
		opening.Source = Source{Type: "id", ID: "src_1"}
	case 2:
		f.Amount = 0 // a verification
	}
	w.begin(f.Amount, opening)
}

// prepare does with an attempt what can be done before it is sent.
func (w *world) prepare() {
	if w.order.Unsent() == nil {
		w.open1()
	}
	w.onPayment("update", func(p *Payment) {
		move := Move{Event: pick(w, "move", FormOpened, Schedule, Schedule, Pause, Activate), Due: w.at.Add(day)}
		w.does(p, move)
	})
}

func (w *world) onPayment(name string, do func(*Payment)) {
	if len(w.order.Payments) == 0 {
		return
	}
	p := pick(w, "payment", w.order.Payments...)
	if _, may := w.may(PaymentActions, name, Facts{Payment: p}); may {
		do(p)
	}
}

func (w *world) giveUp(p *Payment) {
	if p.Group != "" {
		w.fall(p)
		return
	}
	w.does(p, Move{Event: CancelAttempt})
}

func (w *world) fall(p *Payment) {
	w.does(p, Move{Event: GroupFell})
	if slices.Contains(customers, p.State) {
		w.does(p, Move{Event: CancelAttempt})
	}
}

// decideGroup is what the other payments of a group have come to.
func (w *world) decideGroup() {
	for _, p := range w.order.Payments {
		switch {
		case !p.Waiting:
		case p.answered() && p.funded() && w.roll("the others stand", 2) == 0:
			w.does(p, Move{Event: GroupStood})
		case p.answered() && !p.funded() || w.roll("another falls", 3) == 0:
			w.fall(p)
		}
	}
}

func (w *world) operate(name string, kind OperationKind) {
	if len(w.order.Payments) == 0 {
		return
	}
	p := pick(w, "payment", w.order.Payments...)
	f := Facts{Payment: p, Amount: w.amount("amount", 300)}
	switch kind {
	case Capture:
		f.Amount = w.amount("amount", p.Sums.Capturable())
	case RefundMoney:
		f.Amount = w.amount("amount", p.Sums.Refundable())
	case Void:
		f.Amount = p.Sums.Voidable()
	case Reverse:
		f.Amount = p.Sums.Captured
	}
	if f, may := w.may(PaymentActions, name, f); may {
		w.answer(w.ask(p, kind, f.Amount))
	}
}

func (w *world) onRefund() {
	for _, p := range w.order.Payments {
		for _, r := range p.Refunds {
			if _, may := w.may(RefundActions, "cancel", Facts{Payment: p, Refund: r}); may && w.roll("stop", 2) == 0 {
				w.answer(w.ask(p, RefundCancel, r.Amount, func(op *Operation) { op.Refund = r.ID }))
				return
			}
			if _, may := w.may(RefundActions, "retry", Facts{Payment: p, Refund: r}); may && w.roll("repeat", 2) == 0 {
				w.answer(w.ask(p, RefundMoney, r.Amount, func(op *Operation) { op.Instead = r.ID }))
				return
			}
		}
	}
}

func (w *world) onOrder() {
	a := pick(w, "action", OrderActions...)
	ends := slices.Contains([]Event{Cancel, Reject, MarkReceived}, a.On)
	if a.On == StartAttempt || a.On == Issue || ends && (w.order.CancelVoids() != nil || w.roll("for good", 3) > 0) {
		return
	}
	if f, may := w.may(OrderActions, a.Name, Facts{}); may {
		w.add(KindOrderMoved, "ord_1", Move{Event: a.On, Due: f.Due})
	}
}
