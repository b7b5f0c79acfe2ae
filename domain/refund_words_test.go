package domain

import (
	"strings"
	"testing"
)

func TestRefundAdvice(t *testing.T) {
	back := func(on ...Event) Refund { return *bookedRefund(refundFacts(on...)...) }
	in := func(r Refund, state State, detail string) *Refund {
		r.ID, r.State, r.Detail, r.ChangedBy = "ref_1", state, detail, 7
		return &r
	}
	card, cash := Source{Type: "card"}, Source{Type: "cash"}
	for _, c := range []struct {
		name         string
		refund       *Refund
		source       Source
		seen         Seq
		again        bool
		means, nowIs string // what is said begins with it; "" is nothing
	}{
		{"requested", in(back(), RefundRequested, ""), card, 0, false, "It has been asked for", "do not repeat it"},
		{"pending", in(back(RefundAccepted), RefundPending, ""), card, 0, false, "The provider has it in hand", ""},
		{"in review", in(back(RefundInReview), RefundReview, ""), card, 0, false, "Somebody at the provider", "see at the provider"},
		{"unknown", in(back(), RefundUnknown, ""), card, 0, false, "The answer was lost", "do not repeat it"},
		{"succeeded", in(back(RefundDone), RefundSucceeded, ""), card, 0, false, "The money has left", ""},
		{"in cash", in(back(RefundDone), RefundSucceeded, ""), cash, 0, false, "The customer has the money", ""},
		{"the provider's own", in(Refund{Origin: "provider"}, RefundSucceeded, ""), card, 0, false, "The provider gave it back", ""},
		{"stopped", in(back(RefundCancelOK), RefundCanceled, ""), card, 0, false, "It was stopped", ""},
		{"taken back", in(back(RefundDone, RefundCameBack), RefundReversed, ""), card, 0, false, "The processor took", "if the customer is still to have it"},
		{"sent back", in(back(RefundDone, RefundRefused), RefundFailed, ""), card, 6, false, "The money had left", "ask the customer for another way"},
		{"sent back and seen", in(back(RefundDone, RefundRefused), RefundFailed, ""), card, 8, false, "The money had left, and the customer's bank sent it back: often as the account is closed. Somebody", ""},
		{"sent back and made again", in(back(RefundDone, RefundRefused), RefundFailed, ""), card, 8, true, "The money had left, and the customer's bank sent it back: often as the account is closed. It was made again", ""},
		{"refused", in(back(RefundRefused), RefundFailed, ""), card, 0, false, "The provider refused it", "make the refund again, or"},
		{"not sent", in(back(), RefundFailed, "not_sent"), card, 0, false, "It never left", "make the refund again"},
		{"not found", in(back(), RefundFailed, "not_found"), card, 0, false, "The provider has never seen it", "make the refund again"},
	} {
		p := &Payment{Refunds: []*Refund{c.refund}, Sums: Sums{Captured: c.refund.Amount}}
		p.Source = c.source
		if c.again {
			p.Refunds = append(p.Refunds, &Refund{Instead: "ref_1"})
		}
		o := &Order{Acknowledged: c.seen}
		said := o.RefundAdvice(p, c.refund)
		if !strings.HasPrefix(said.Means, c.means) || !strings.HasPrefix(said.Now, c.nowIs) || (said.Now == "") != (c.nowIs == "") {
			t.Errorf("%s: %+v", c.name, said)
		}
	}
}

// Where a dispute has taken what a refund did not give back, it is not said to make the refund again: that is refused.
func TestAdviceOnARefundThatCannotBeMadeAgain(t *testing.T) {
	r := bookedRefund(refundFacts(RefundDone, RefundRefused)...)
	r.ID, r.State, r.ChangedBy, r.Amount = "ref_1", RefundFailed, 7, 900
	p := &Payment{State: PaymentCaptured, Refunds: []*Refund{r}, Sums: Sums{Captured: 900, DisputedHeld: 1}}
	if said := (&Order{}).RefundAdvice(p, r); strings.Contains(said.Now, "make the refund again") || !strings.HasSuffix(said.Now, "acknowledge it") {
		t.Errorf("%+v", said)
	}
	retry := FindAction(RefundActions, "retry")
	if retry.Refusal(&Facts{Order: costing(p), Payment: p, Refund: r, Amount: r.Amount, Now: noon}) == nil {
		t.Error("and it can be made again")
	}
}

func TestReversalAdvice(t *testing.T) {
	taken := Sums{Authorized: 9, Captured: 9}
	for _, c := range []struct {
		name         string
		op           *Operation
		state        State
		sums         Sums
		seen         Seq
		means, nowIs string
	}{
		{"none", &Operation{Kind: Capture, State: OpFailed}, PaymentCaptured, taken, 0, "", ""},
		{"pending", &Operation{Kind: Reverse, State: OpPending}, PaymentCaptured, taken, 0, "The provider has not decided", "wait"},
		{"unknown", &Operation{Kind: Reverse, State: OpUnknown}, PaymentCaptured, taken, 0, "The answer was lost", "do not repeat it"},
		{"refused", &Operation{Kind: Reverse, State: OpFailed, refused: true, EndedBy: 7}, PaymentCaptured, taken, 6, "The provider would not undo it", "give it back"},
		{"refused and seen", &Operation{Kind: Reverse, State: OpFailed, refused: true, EndedBy: 7}, PaymentCaptured, taken, 8, "The provider would not undo it: the money is still the merchant's. Somebody", ""},
		{"refused and refunded", &Operation{Kind: Reverse, State: OpFailed, refused: true, EndedBy: 7}, PaymentCaptured, Sums{Captured: 9, Refunded: 9}, 0, "The provider would not", ""},
		{"never seen", &Operation{Kind: Reverse, State: OpFailed, EndedBy: 7}, PaymentCaptured, taken, 0, "It was not undone", "reverse it again"},
		{"done", &Operation{Kind: Reverse, State: OpSucceeded}, PaymentReversed, Sums{Captured: 9, Reversed: 9}, 0, "It was undone", ""},
	} {
		o := &Order{Acknowledged: c.seen}
		said := o.ReversalAdvice(&Payment{State: c.state, Sums: c.sums, Operations: []*Operation{c.op}})
		if !strings.HasPrefix(said.Means, c.means) || !strings.HasPrefix(said.Now, c.nowIs) || (said.Now == "") != (c.nowIs == "") || (said.Means == "") != (c.means == "") {
			t.Errorf("%s: %+v", c.name, said)
		}
	}
}

// What is not possible with a refund says where it would be.
func TestRefundRefusals(t *testing.T) {
	for _, c := range []struct {
		state         State
		cancel, retry string
	}{
		{RefundUnknown, nothingUnknown.Refusal, nothingUnknown.Refusal},
		{RefundSucceeded, "only a refund that is on its way can be stopped", "only a refund that failed can be made again"},
		{RefundReversed, "only a refund that is on its way can be stopped", "only a refund that failed can be made again"},
		{RefundPending, "", "only a refund that failed can be made again"},
		{RefundFailed, "only a refund that is on its way can be stopped", ""},
	} {
		r := &Refund{ID: "ref_1", State: c.state, Amount: 300}
		p := &Payment{State: PaymentCaptured, Sums: Sums{Authorized: 900, Captured: 900}, Refunds: []*Refund{r}}
		for name, want := range map[string]string{"cancel": c.cancel, "retry": c.retry} {
			f := &Facts{Order: &Order{}, Payment: p, Refund: r, Amount: 300, Can: everything}
			got := ""
			if refusal := FindAction(RefundActions, name).Refusal(f); refusal != nil {
				got = refusal.Message
			}
			if got != want {
				t.Errorf("%s while %s: %q, want %q", name, c.state, got, want)
			}
		}
	}
}

// Each guard of what is done with money that was taken refuses in its own words.
func TestReversalAndStoppingAreRefused(t *testing.T) {
	for _, c := range []struct {
		of    []Action
		name  string
		want  Guard
		spoil func(*Facts)
	}{
		{PaymentActions, "reverse", nothingUnknown, func(f *Facts) { f.Payment.Refunds = append(f.Payment.Refunds, &Refund{State: RefundUnknown}) }},
		{PaymentActions, "reverse", oneAtATime, func(f *Facts) { f.Payment.Operations = []*Operation{{Kind: Reverse, State: OpPending}} }},
		{PaymentActions, "reverse", canReverse, func(f *Facts) { f.Can.Reverse, f.Payment.Sums.RefundPending = false, 1 }},
		{PaymentActions, "reverse", nothingBack, func(f *Facts) { f.Payment.Sums.RefundPending = 1 }},
		{PaymentActions, "reverse", notRefusedYet, func(f *Facts) {
			f.Payment.Operations = []*Operation{{Kind: Reverse, State: OpFailed, refused: true}}
		}},
		{PaymentActions, "reverse", beforeCutoff, func(f *Facts) {
			f.Payment.money, f.Now = []Fact{{Event: Captured, Amount: 900, At: noon}}, noon.Add(day)
		}},
		{RefundActions, "cancel", nothingUnknown, func(f *Facts) { f.Payment.Refunds = append(f.Payment.Refunds, &Refund{State: RefundUnknown}) }},
		{RefundActions, "cancel", notStopping, func(f *Facts) {
			f.Payment.Operations = []*Operation{{Kind: RefundCancel, Refund: "ref_1", State: OpPending}}
		}},
		{RefundActions, "cancel", canCancelRefund, func(f *Facts) { f.Can.RefundCancel = false }},
	} {
		r := &Refund{ID: "ref_1", State: RefundPending, Amount: 300}
		p := &Payment{State: PaymentCaptured, Sums: Sums{Authorized: 900, Captured: 900}, Refunds: []*Refund{r}}
		f := &Facts{Order: &Order{}, Payment: p, Refund: r, Amount: 300, Can: everything, Now: noon}
		action := FindAction(c.of, c.name)
		if refusal := action.Refusal(f); refusal != nil {
			t.Fatalf("%s is refused from the start: %s", c.name, refusal.Message)
		}
		c.spoil(f)
		if refusal := action.Refusal(f); refusal == nil || refusal.Message != c.want.Refusal {
			t.Errorf("%s: %v, want %q", c.name, refusal, c.want.Refusal)
		}
	}
}
