package domain

import (
	"fmt"
	"testing"
	"time"
)

func refundFacts(on ...Event) []Fact {
	var facts []Fact
	for i, e := range on {
		facts = append(facts, Fact{Event: e, Action: fmt.Sprint("act_", i), At: noon.Add(time.Duration(i) * time.Minute)})
	}
	return facts
}

func bookedRefund(facts ...Fact) *Refund {
	r := &Refund{}
	for _, f := range facts {
		r.book(f)
	}
	return r
}

func TestRefundWalksEveryRow(t *testing.T) {
	none := []Event{}
	for _, c := range []struct {
		id     string
		from   State
		before []Event
		on     Event
		to     State
		detail string
	}{
		{"Rf2", RefundRequested, none, RefundAccepted, RefundPending, ""},
		{"Rf2", RefundUnknown, none, RefundAccepted, RefundPending, ""},
		{"Rf2", RefundReview, []Event{RefundInReview}, RefundAccepted, RefundPending, ""},
		{"Rf3", RefundRequested, none, RefundDone, RefundSucceeded, ""},
		{"Rf3", RefundPending, []Event{RefundAccepted}, RefundDone, RefundSucceeded, ""},
		{"Rf3", RefundUnknown, none, RefundDone, RefundSucceeded, ""},
		{"Rf3", RefundReview, []Event{RefundInReview}, RefundDone, RefundSucceeded, ""},
		{"Rf4", RefundRequested, none, RefundRefused, RefundFailed, ""},
		{"Rf4", RefundPending, []Event{RefundAccepted}, RefundRefused, RefundFailed, ""},
		{"Rf4", RefundUnknown, none, RefundRefused, RefundFailed, ""},
		{"Rf4", RefundReview, []Event{RefundInReview}, RefundRefused, RefundFailed, ""},
		{"Rf5", RefundRequested, none, RefundInReview, RefundReview, ""},
		{"Rf5", RefundPending, []Event{RefundAccepted}, RefundInReview, RefundReview, ""},
		{"Rf5", RefundUnknown, none, RefundInReview, RefundReview, ""},
		{"Rf6", RefundPending, []Event{RefundAccepted}, RefundCancelOK, RefundCanceled, ""},
		{"Rf6", RefundReview, []Event{RefundInReview}, RefundCancelOK, RefundCanceled, ""},
		{"Rf7", RefundRequested, none, RefundLost, RefundUnknown, ""},
		{"Rf8", RefundUnknown, none, RefundNoSuch, RefundFailed, "not_found"},
		{"Rf8", RefundPending, []Event{RefundAccepted}, RefundNoSuch, RefundFailed, "not_found"},
		{"Rf9", RefundRequested, none, RefundNotSent, RefundFailed, "not_sent"},
		{"Rf10", RefundSucceeded, []Event{RefundDone}, RefundRefused, RefundFailed, ""},
		{"Rf11", RefundSucceeded, []Event{RefundDone}, RefundCameBack, RefundReversed, ""},
		{"Rf12", RefundFailed, none, RefundDone, RefundSucceeded, ""},
		{"Rf12", RefundFailed, []Event{RefundRefused}, RefundDone, RefundSucceeded, ""},
		{"Rf12", RefundCanceled, []Event{RefundAccepted, RefundCancelOK}, RefundDone, RefundSucceeded, ""},
		{"Rf12", "", none, RefundAccepted, RefundPending, ""},
		{"Rf13", "", none, RefundByProvider, RefundSucceeded, ""},
	} {
		facts := refundFacts(append(c.before, c.on)...)
		f := &Facts{Refund: bookedRefund(facts...), Fact: &facts[len(facts)-1]}
		walks(t, RefundMachine, c.from, c.on, f, c.id, c.to)
		if got, _ := RefundMachine.Next(c.from, c.on, f); got != nil && got.Detail != c.detail {
			t.Errorf("%s: detail %q, want %q", c.id, got.Detail, c.detail)
		}
	}
}

func refundable() *Facts {
	p := &Payment{State: PaymentCaptured, Sums: Sums{Authorized: 900, Captured: 900}}
	return &Facts{Payment: p, Refund: &Refund{}, Amount: 900, Asking: true, Can: Capabilities{Refund: true}}
}

func TestRefundIsAskedForWhatIsThere(t *testing.T) {
	walks(t, RefundMachine, "", RefundAsked, refundable(), "Rf1", RefundRequested)
	walks(t, RefundMachine, RefundFailed, RefundAgain, refundable(), "Rf14", RefundFailed)
}

func TestRefundIsRefused(t *testing.T) {
	for _, c := range []struct {
		want  Guard
		spoil func(*Facts)
	}{
		{wasCaptured, func(f *Facts) { f.Payment.State = PaymentAuthorized }},
		{nothingUnknown, func(f *Facts) { f.Payment.Refunds = []*Refund{{State: RefundUnknown}} }},
		{noReverse, func(f *Facts) { f.Payment.Operations = []*Operation{{Kind: Reverse, State: OpPending}} }},
		{refundableLeft, func(f *Facts) { f.Payment.Sums.RefundPending = 900 }},
		{withinRefundable, func(f *Facts) { f.Payment.Sums.DisputedHeld = 1 }},
		{withinRefundable, func(f *Facts) { f.Amount = 0 }},
		{canRefund, func(f *Facts) { f.Can.Refund = false }},
		{canPart, func(f *Facts) { f.Amount = 899 }},
	} {
		f := refundable()
		c.spoil(f)
		refuses(t, RefundMachine, "", RefundAsked, f, c.want)
		refuses(t, RefundMachine, RefundFailed, RefundAgain, f, c.want)
	}
}

func TestRefundIsGivenTimeToArrive(t *testing.T) {
	f := &Facts{Refund: &Refund{}, Operation: &Operation{RequestedAt: noon}, Asking: true, Now: noon.Add(time.Second)}
	refuses(t, RefundMachine, RefundUnknown, RefundNoSuch, f, sentAWhile)
}

func TestRefundIsNotMovedByWhatNobodyTold(t *testing.T) {
	refuses(t, RefundMachine, RefundCanceled, RefundDone, &Facts{Refund: &Refund{}}, refundFact)
}

// Whatever order the facts come in, the refund ends in the same state with the same money, and every one of
// them finds a row that agrees with the facts.
func TestRefundEndsTheSameInEveryOrder(t *testing.T) {
	for _, c := range []struct {
		facts               []Fact
		state               State
		succeeded, returned bool
	}{
		{refundFacts(RefundAccepted, RefundDone), RefundSucceeded, true, false},
		{refundFacts(RefundAccepted, RefundInReview, RefundAccepted, RefundDone, RefundRefused), RefundFailed, true, true},
		{refundFacts(RefundAccepted, RefundRefused, RefundDone), RefundSucceeded, true, false},
		{refundFacts(RefundAccepted, RefundCancelOK, RefundDone), RefundSucceeded, true, false},
		{refundFacts(RefundDone, RefundCameBack), RefundReversed, true, true},
		{refundFacts(RefundDone, RefundAccepted), RefundSucceeded, true, false},
		{refundFacts(RefundRefused, RefundAccepted), RefundPending, false, false},
		{refundFacts(RefundByProvider, RefundCameBack), RefundReversed, true, true},
		{refundFacts(RefundAccepted, RefundRefused), RefundFailed, false, false},
	} {
		permute(c.facts, func(order []Fact) {
			r := &Refund{State: RefundUnknown}
			for _, fact := range append(order, order[0]) {
				r.book(fact)
				walked, refusal := RefundMachine.Next(r.State, fact.Event, &Facts{Refund: r, Fact: &fact})
				if walked == nil {
					t.Fatalf("%v: nothing leads from %s on %s: %s", order, r.State, fact.Event, refusal)
				}
				r.State = walked.To
				if r.State != r.placed() {
					t.Fatalf("%v: at %s, the facts say %s", order, r.State, r.placed())
				}
			}
			if r.State != c.state || r.succeeded() != c.succeeded || r.returned() != c.returned {
				t.Errorf("%v: %s, succeeded %v, returned %v", order, r.State, r.succeeded(), r.returned())
			}
		})
	}
}

func TestRefundFactsOfOneInstant(t *testing.T) {
	for _, c := range []struct {
		on   []Event
		want State
	}{
		{[]Event{RefundAccepted, RefundDone}, RefundSucceeded},
		{[]Event{RefundAccepted, RefundInReview}, RefundReview},
		{[]Event{RefundDone, RefundRefused}, RefundFailed},
		{[]Event{RefundDone, RefundCameBack}, RefundReversed},
		{[]Event{RefundInReview, RefundCancelOK}, RefundCanceled},
	} {
		facts := refundFacts(c.on...)
		for i := range facts {
			facts[i].At = noon
		}
		permute(facts, func(order []Fact) {
			if got := bookedRefund(order...).placed(); got != c.want {
				t.Errorf("%v: %s", order, got)
			}
		})
	}
}

func TestRefundKeepsToItsClone(t *testing.T) {
	r := bookedRefund(refundFacts(RefundAccepted, RefundInReview, RefundAccepted)...) // as many as leave room behind them
	c := *r
	c.book(Fact{Event: RefundRefused, Action: "a", At: noon.Add(time.Hour)})
	r.book(Fact{Event: RefundDone, Action: "b", At: noon.Add(time.Hour)})
	if r.placed() != RefundSucceeded || c.placed() != RefundFailed {
		t.Errorf("original %s, clone %s", r.placed(), c.placed())
	}
}

func TestRefundIsToldOnce(t *testing.T) {
	f := refundFacts(RefundAccepted)[0]
	if n := len(bookedRefund(f, f).facts); n != 1 {
		t.Errorf("%d facts", n)
	}
}

// permute calls with every order of the items.
func permute[T any](items []T, call func([]T)) {
	var step func(done, left []T)
	step = func(done, left []T) {
		if len(left) == 0 {
			call(append([]T{}, done...))
			return
		}
		for i := range left {
			rest := append(append([]T{}, left[:i]...), left[i+1:]...)
			step(append(append([]T{}, done...), left[i]), rest)
		}
	}
	step(nil, items)
}
