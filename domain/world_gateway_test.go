package domain

import (
	"cmp"
	"slices"
	"time"
)

// answer is the gateway's: yes, no, not yet, or an answer that is lost on the way.
func (w *world) answer(op *Operation) {
	switch pick(w, "answer", "yes", "yes", "yes", "no", "soft", "step up", "ask the customer", "pending", "lost", "never came", "not sent") {
	case "yes":
		w.reply(op, Succeeded, w.facts(op)...)
	case "no":
		w.declines(op, "20005", "hard")
	case "soft":
		w.declines(op, "20068", "soft")
	case "step up":
		w.declines(op, stepUp, "soft")
	case "ask the customer":
		if !op.Charges() {
			w.reply(op, Succeeded, w.facts(op)...)
			return
		}
		session := &Session{ID: w.id("sid_"), Kind: SessionChallenge, Until: w.at.Add(15 * time.Minute)}
		w.reply(op, Pending, Fact{Event: ActionRequired, Session: session})
	case "pending":
		w.lost[op.ID] = w.facts(op)
		w.reply(op, Pending)
	case "lost":
		w.lost[op.ID] = w.facts(op)
		w.reply(op, Unknown)
	case "never came":
		w.lost[op.ID] = nil
		w.reply(op, Unknown)
	case "not sent":
		w.reply(op, NotSent)
	}
}

// resend sends what is unknown again under its own key: the gateway answers what it did, or does it now.
func (w *world) resend() {
	for _, p := range w.order.Payments {
		for _, op := range p.Operations {
			facts, known := w.lost[op.ID]
			if op.State != OpUnknown || !MayResend(&Facts{Can: everything, Now: w.at}, op) {
				continue
			}
			w.again(op)
			if delete(w.lost, op.ID); known && len(facts) > 0 {
				w.reply(op, Succeeded, facts...)
			} else {
				w.answer(op)
			}
			return
		}
	}
}

// facts is what an operation makes happen at the gateway.
func (w *world) facts(op *Operation) []Fact {
	p := w.order.Payment(op.Payment)
	switch op.Kind {
	case Authorize:
		return w.approval(p, op)
	case Capture:
		final := p.Single || w.roll("final", 2) == 0
		f := Fact{Event: Captured, Amount: op.Amount, Final: final}
		if final {
			f.Released = p.Sums.Held() - op.Amount
		}
		return []Fact{f}
	case Void:
		return []Fact{{Event: Voided, Amount: op.Amount, Released: op.Amount}}
	case Increment:
		return []Fact{{Event: Incremented, Amount: op.Amount}}
	case Reverse:
		return []Fact{{Event: Reversed, Amount: op.Amount}}
	case RefundCancel:
		for _, asked := range p.Operations { // what it stops it does not do later
			if asked.Kind == RefundMoney && asked.Refund == op.Refund {
				delete(w.lost, asked.ID)
			}
		}
		return []Fact{{Event: RefundCancelOK, Amount: op.Amount, Refund: op.Refund}}
	case DisputeAccept, DisputeEvidence, DisputeDecline, DisputeWithdraw, DisputeFile:
		return w.answersCase(p, op)
	}
	return []Fact{{Event: RefundDone, Amount: op.Amount, Refund: op.Refund}}
}

func (w *world) approval(p *Payment, op *Operation) []Fact {
	if op.Amount == 0 {
		return []Fact{{Event: Verified}}
	}
	approved := Fact{Event: Approved, Amount: op.Amount}
	switch pick(w, "approval", "hold", "sale", "half", "screened") {
	case "sale":
		if p.Group == "" {
			return []Fact{approved, {Event: Captured, Amount: op.Amount, Final: true}}
		}
	case "half":
		approved.Amount = max(1, op.Amount/2)
	case "screened":
		approved.Fraud = &Screening{Status: FraudReview}
	}
	return []Fact{approved}
}

// complete is the customer at their bank.
func (w *world) complete() {
	for _, p := range w.order.Payments {
		if p.Session() == nil || p.State != PaymentNeedsAction {
			continue
		}
		w.does(p, Move{Event: Returned})
		switch pick(w, "at the bank", "passed", "passed", "failed", "abandoned", "given up", "not possible") {
		case "passed":
			w.told(p.Charge(), append([]Fact{{Event: Authenticated}}, w.approval(p, p.Charge())...)...)
		case "failed":
			w.told(p.Charge(), Fact{Event: AuthenticationFailed})
		case "abandoned":
			w.told(p.Charge(), Fact{Event: Abandoned})
		case "given up":
			w.told(p.Charge(), Fact{Event: GivenUp})
		case "not possible":
			facts := []Fact{{Event: NoThreeDS}}
			if p.WithoutThreeDS {
				facts = append(facts, w.approval(p, p.Charge())...)
			}
			w.told(p.Charge(), facts...)
		}
	}
}

// sync tells what the gateway has on record and till does not know.
func (w *world) sync() {
	for _, p := range w.order.Payments {
		w.syncOne(p)
	}
}

func (w *world) syncOne(p *Payment) {
	for _, op := range p.Operations {
		facts, waits := w.lost[op.ID]
		if !waits {
			continue
		}
		delete(w.lost, op.ID)
		if len(facts) == 0 {
			w.reply(op, NotFound)
			continue
		}
		w.told(op, facts...)
	}
}

// earliest gives the timer that falls due first; nil if none stands.
func (w *world) earliest() *Timer {
	timers := w.order.Timers()
	if len(timers) == 0 {
		return nil
	}
	slices.SortStableFunc(timers, func(a, b Timer) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Subject, b.Subject))
	})
	return &timers[0]
}

// tick lets the time come at which something falls due, and does what till does then.
func (w *world) tick() {
	if timer := w.earliest(); timer != nil {
		w.fires(*timer)
	}
}

// fires does what till does when a timer comes.
func (w *world) fires(timer Timer) {
	w.at = later(w.at, timer.At)
	p := w.order.Payment(PaymentID(timer.Subject))
	switch timer.Name {
	case TimerDue:
		w.move(DueReached)
	case TimerForm:
		w.does(p, Move{Event: CancelAttempt})
	case TimerDate, TimerRetry, TimerStepUp:
		w.answer(w.charge(p))
	case TimerAsk, TimerPoll:
		w.asks(timer)
	case TimerAction:
		w.fired(timer)
		w.syncOne(p)
	case TimerGroup:
		w.fired(timer)
		w.decideGroup()
	case TimerHold, TimerVoid:
		w.fired(timer)
		w.answer(w.ask(p, Void, p.Sums.Voidable(), func(op *Operation) {
			if timer.Name == TimerHold {
				op.Reason = HoldExpired
			}
		}))
	case TimerRespond, TimerLapse:
		w.fired(timer)
	case TimerTake:
		w.fired(timer)
		w.answer(w.ask(p, Capture, p.Sums.Capturable(), func(op *Operation) { op.Final = true }))
	default:
		w.t.Fatalf("nobody knows what to do at %q", timer.Name)
	}
}

// asks asks about an operation: one without an answer is unknown from then on.
func (w *world) asks(timer Timer) {
	p, op := w.order.ByOperation(OperationID(timer.Subject))
	if op.Requested() {
		w.says(op, Outcome{Status: Unknown})
	} else {
		w.fired(timer)
	}
	w.syncOne(p)
}
