package domain

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

var everything = Capabilities{
	ManualCapture: true, PartialCapture: true, MultiCapture: true, Increment: true, PartialAuth: true, Void: true, PartialVoid: true,
	Reverse: true, Refund: true, PartialRefund: true, RefundCancel: true, Sync: true, ThreeDS: true, KeepsKeys: day,
}

// TestAmountsHold drives an order by random commands, each only when its guards allow it, with a gateway that
// does what it is asked, says no, or loses the answer and tells it later.
func TestAmountsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := newLife(t, Document{MaxAttempts: rapid.IntRange(0, 3).Draw(t, "max attempts")})
		lost := map[OperationID][]Fact{}
		for range rapid.IntRange(1, 25).Draw(t, "steps") {
			l.command(t, lost)
			l.agrees()
			l.holds(true)
		}
		l.foldsAgain()
	})
}

// TestAnyFactsAgree tells an order random facts, in any order, twice, late and wrong: rows and lists agree at
// every step, sums stay at or above 0, and what breaks an invariant raises attention.
func TestAnyFactsAgree(t *testing.T) {
	kinds := slices.Concat(moneyFacts, attemptFacts)
	rapid.Check(t, func(t *rapid.T) {
		l := newLife(t, Document{})
		lost := map[OperationID][]Fact{}
		for range rapid.IntRange(1, 25).Draw(t, "steps") {
			if len(l.order.Payments) == 0 || rapid.Bool().Draw(t, "command") {
				l.command(t, lost)
			} else {
				p := rapid.SampledFrom(l.order.Payments).Draw(t, "payment")
				f := Fact{Event: rapid.SampledFrom(kinds).Draw(t, "fact"), Amount: Amount(rapid.IntRange(0, 1200).Draw(t, "amount"))}
				f.Action = rapid.SampledFrom([]string{"", "act_a", "act_b", "act_c"}).Draw(t, "action")
				if slices.Contains([]Event{Voided, AuthExpired}, f.Event) {
					f.Released = f.Amount
				}
				l.tell(p, f)
			}
			l.agrees()
			l.holds(false)
		}
		l.foldsAgain()
	})
}

// command does one random thing that is possible now.
func (l *life) command(t *rapid.T, lost map[OperationID][]Fact) {
	f := &Facts{Order: l.order, Can: everything, Now: l.at}
	what := rapid.SampledFrom([]string{
		"pay", "capture", "void", "refund", "sync", "cancel", "view", "receive", "unreceive", "close_short", "reject", "accept_late", "acknowledge", "due",
	}).Draw(t, "what")
	switch what {
	case "pay":
		f.Amount = Amount(rapid.IntRange(1, 1000).Draw(t, "amount"))
		if FindAction(OrderActions, "pay").Refusal(f) == nil {
			p := l.open(f.Amount, Opening{Terms: Terms{Single: rapid.Bool().Draw(t, "single"), Partial: rapid.Bool().Draw(t, "partial")}})
			l.answer(t, p.Operations[0], lost)
		}
	case "capture", "void", "refund":
		l.operate(t, what, f, lost)
	case "sync":
		l.syncAll(lost)
	case "due":
		l.move(DueReached)
	default:
		a := FindAction(OrderActions, what)
		f.Customer = a.On == Reject
		if l.order.CancelVoids() == nil && a.Refusal(f) == nil {
			l.move(a.On)
		}
	}
}

func (l *life) operate(t *rapid.T, what string, f *Facts, lost map[OperationID][]Fact) {
	if len(l.order.Payments) == 0 {
		return
	}
	f.Payment = rapid.SampledFrom(l.order.Payments).Draw(t, "payment")
	a := FindAction(PaymentActions, what)
	kind := map[string]OperationKind{"capture": Capture, "void": Void, "refund": RefundMoney}[what]
	f.Amount = Amount(rapid.IntRange(1, 1000).Draw(t, "amount"))
	if kind == Void {
		f.Amount = f.Payment.Sums.Voidable()
	}
	if a.Refusal(f) == nil {
		l.answer(t, l.ask(f.Payment, kind, f.Amount), lost)
	}
}

// answer is the gateway's: yes, no, or yes with the answer lost on the way.
func (l *life) answer(t *rapid.T, op *Operation, lost map[OperationID][]Fact) {
	switch rapid.SampledFrom([]string{"yes", "yes", "yes", "no", "lost", "never came"}).Draw(t, "answer") {
	case "yes":
		l.reply(op, Succeeded, l.facts(t, op)...)
	case "no":
		l.reply(op, Declined)
	case "lost":
		lost[op.ID] = l.facts(t, op)
		l.reply(op, Unknown)
	case "never came":
		lost[op.ID] = nil
		l.reply(op, Unknown)
	}
}

// facts is what an operation makes happen at the gateway.
func (l *life) facts(t *rapid.T, op *Operation) []Fact {
	p := l.order.Payment(op.Payment)
	switch op.Kind {
	case Authorize:
		approved := Fact{Event: Approved, Amount: op.Amount}
		switch rapid.SampledFrom([]string{"hold", "sale", "half"}).Draw(t, "approval") {
		case "sale":
			return []Fact{approved, {Event: Captured, Amount: op.Amount, Final: true}}
		case "half":
			approved.Amount = max(1, op.Amount/2)
		}
		return []Fact{approved}
	case Capture:
		final := p.Single || rapid.Bool().Draw(t, "final")
		f := Fact{Event: Captured, Amount: op.Amount, Final: final}
		if final {
			f.Released = p.Sums.Held() - op.Amount
		}
		return []Fact{f}
	case Void:
		return []Fact{{Event: Voided, Amount: op.Amount, Released: op.Amount}}
	}
	return []Fact{{Event: RefundDone, Amount: op.Amount, Refund: op.Refund}}
}

// syncAll tells what the lost answers would have told.
func (l *life) syncAll(lost map[OperationID][]Fact) {
	for _, p := range l.order.Payments {
		for _, op := range p.Operations {
			facts, waits := lost[op.ID]
			if !waits {
				continue
			}
			delete(lost, op.ID)
			if len(facts) == 0 {
				l.reply(op, NotFound)
				continue
			}
			for i := range facts {
				facts[i].Key = op.Key
			}
			l.tell(p, facts...)
		}
	}
}

// holds checks the invariants of lifecycle §2. Facts that a provider forces may break some of them; then
// attention must say so.
func (l *life) holds(obedient bool) {
	l.t.Helper()
	o := l.order
	marks := o.Attention()
	for _, p := range o.Payments {
		s := p.Sums
		for _, a := range []Amount{
			s.Authorized, s.Captured, s.Released, s.CapturePending, s.Refunded, s.RefundReturned, s.RefundPending,
			s.Reversed, s.DisputedHeld, s.DisputedLost, s.Fees,
		} {
			if a < 0 {
				l.t.Fatalf("I1: a sum is below 0: %+v", s)
			}
		}
		l.or(s.Captured+s.CapturePending+s.Released <= s.Authorized, obedient, "I2", marks, "")
		l.or(p.State != PaymentVoided || s.Captured == 0 && s.Released == s.Authorized, obedient, "I7", marks, "integrity")
		l.or(p.State != PaymentCaptured || s.Captured+s.Released == s.Authorized, obedient, "I7", marks, "integrity")
		l.or(s.Returned()+s.RefundPending+s.DisputedHeld+s.DisputedLost+s.Reversed <= s.Captured, obedient, "I8", marks, "over_returned")
		l.or(s.Net() >= 0, obedient, "I9", marks, "over_returned")
		l.or(s.Reversed == 0 || s.Reversed == s.Captured, obedient, "I6", marks, "integrity")
	}
	open := 0
	for _, p := range o.Payments {
		if p.IsOpen() {
			open++
		}
	}
	l.or(open <= 1, obedient, "I11", marks, "")
	l.or(o.kept()+o.Sums().CapturePending <= o.Limit(), obedient, "I10", marks, "")
	l.or(o.State != OrderReceived || o.kept() == 0, obedient, "I18", marks, "late_money")
}

// or fails when a rule is broken by commands alone, or by a fact without the mark that it must raise.
func (l *life) or(holds, obedient bool, rule string, marks []string, mark string) {
	l.t.Helper()
	if holds || !obedient && (mark == "" || slices.Contains(marks, mark) || l.order.acknowledged()) {
		return
	}
	l.t.Fatalf("%s is broken at entry %d, attention %v, payments %+v", rule, l.order.LastSeq, marks, l.order.Last().Sums)
}

// foldsAgain checks that replaying the entries gives the same order (I20).
func (l *life) foldsAgain() {
	again, err := Fold(l.entries)
	if err != nil {
		l.t.Fatal(err)
	}
	if !reflect.DeepEqual(again, l.order) {
		l.t.Fatal("I20: the same entries give another order")
	}
}
