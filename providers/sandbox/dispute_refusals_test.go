package sandbox_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"till/domain"
)

// TestWhatCannotBeRaised and under which field or code that is said.
func TestWhatCannotBeRaised(t *testing.T) {
	d := newDesk(t)
	d.do(sale("k", visa, 1000))
	other := sale("k2", visa, 1000)
	other.Payment = "pay_2"
	d.do(other)
	elsewhere := d.raise(domain.Raising{Payment: "pay_2", Stage: "retrieval"})
	for field, raised := range map[string]domain.Raising{
		"stage":      {Stage: "representment"},
		"reason":     {Stage: "chargeback", Reason: "4837"},
		"amount":     {Stage: "chargeback", Amount: 1001},
		"announced":  {Stage: "retrieval", Announced: true},
		"respond_in": {Stage: "chargeback", RespondIn: -time.Second},
		"previous":   {Stage: "good_faith", Previous: elsewhere},
	} {
		raised.Payment = "pay_1"
		_, err := d.Raise(t.Context(), raised)
		if e, ok := err.(*domain.Error); !ok || e.Code != domain.CodeInvalid || e.Fields[field] == "" || len(e.Fields) != 1 {
			t.Errorf("%s: %v", field, err)
		}
	}
	_, err := d.Raise(t.Context(), domain.Raising{Payment: "pay_1", Stage: "chargeback", Previous: elsewhere})
	d.fails(err, domain.CodeInvalid)
	_, err = d.Raise(t.Context(), domain.Raising{Payment: "pay_none", Stage: "chargeback"})
	d.fails(err, domain.CodeNotFound)
	held := hold("h", 1000)
	held.Payment = "pay_3"
	d.do(held)
	_, err = d.Raise(t.Context(), domain.Raising{Payment: "pay_3", Stage: "fraud_advice"})
	d.fails(err, domain.CodeIllegalTransition)
	if cases, err := d.Cases(t.Context()); err != nil || len(cases) != 1 {
		t.Errorf("%+v %v", cases, err)
	}
}

// TestMethodsThatAreNotDisputed: where the customer has paid themselves there is no bank to take it back.
func TestMethodsThatAreNotDisputed(t *testing.T) {
	for method, can := range map[string]bool{"ideal": false, "voucher": false, "cod": false, "sepa": true, "paypal": true} {
		d := newDesk(t)
		d.do(by(method, "k", 1000))
		if method == "sepa" {
			d.must(d.Settle(t.Context(), "pay_1", "succeeded"))
		} else {
			d.complete("paid")
		}
		id, err := d.Raise(t.Context(), domain.Raising{Payment: "pay_1", Stage: "chargeback"})
		if !can {
			d.fails(err, domain.CodeIllegalTransition)
			continue
		}
		d.must(err)
		p, _ := d.agree("pay_1")
		if c := p.Dispute(id); c.Network != method || c.Money != domain.MoneyHeld {
			t.Errorf("%s: %+v", method, c)
		}
	}
}

// TestReasonsOfNetworks: the usual one is fraud with the card absent, which an authentication takes off the merchant.
func TestReasonsOfNetworks(t *testing.T) {
	for _, tc := range []struct {
		number, network, reason, wants, category string
		shift                                    bool
	}{
		{visa, "Visa", "", "10.4", "fraudulent", true},
		{visa, "Visa", "13.1", "13.1", "product_service_not_received", false},
		{"5436031030606378", "Mastercard", "", "4837", "fraudulent", true},
		{"5436031030606378", "Mastercard", "4853", "4853", "not_as_described", false},
		{"378282246310005", "Amex", "", "F29", "fraudulent", true},
		{"6011111111111117", "Discover", "", "UA02", "fraudulent", true},
		{"30123456789019", "Diners", "", "UA02", "fraudulent", true},
		{"3530111333300000", "JCB", "", "546", "fraudulent", true},
	} {
		for _, authenticated := range []bool{true, false} {
			d := newDesk(t)
			op := sale("k", tc.number, 1000)
			op.ThreeDS = authenticated
			d.do(op)
			id := d.raise(domain.Raising{Payment: "pay_1", Stage: "chargeback", Reason: tc.reason})
			p, _ := d.agree("pay_1")
			c := p.Dispute(id)
			if c.Network != tc.network || c.ReasonCode != tc.wants || c.Category != tc.category || c.LiabilityShift != (tc.shift && authenticated) {
				t.Errorf("%s %q, authenticated %v: %+v", tc.network, tc.reason, authenticated, c.Claim)
			}
		}
	}
}

// TestFeesHaveTheDecimalsOfTheirCurrency.
func TestFeesHaveTheDecimalsOfTheirCurrency(t *testing.T) {
	for currency, want := range map[domain.Currency]domain.Amount{"EUR": 1500, "KWD": 15000, "JPY": 1500} {
		d := newDesk(t)
		op := sale("k", visa, 100000)
		op.Currency = currency
		d.do(op)
		d.raise(domain.Raising{Payment: "pay_1", Stage: "chargeback"})
		if got := d.books("pay_1").Fees; got != want {
			t.Errorf("%s: %d, want %d", currency, got, want)
		}
	}
}

// TestSeveralCasesShareThePayment: each may take what the others have left.
func TestSeveralCasesShareThePayment(t *testing.T) {
	d := newDesk(t)
	d.do(sale("k", visa, 1000))
	inquiry := d.raise(domain.Raising{Payment: "pay_1", Stage: "retrieval"})
	first := d.raise(domain.Raising{Payment: "pay_1", Stage: "chargeback", Amount: 300, Announced: true})
	_, err := d.Raise(t.Context(), domain.Raising{Payment: "pay_1", Stage: "chargeback", Amount: 701})
	d.fails(err, domain.CodeInvalid)
	d.raise(domain.Raising{Payment: "pay_1", Stage: "chargeback"})
	_, err = d.Raise(t.Context(), domain.Raising{Payment: "pay_1", Stage: "chargeback"})
	d.fails(err, domain.CodeIllegalTransition)
	if slices.Contains(d.stands(inquiry).Outcomes, "chargeback") {
		t.Error("the inquiry could take what is not there")
	}
	d.fails(d.Advance(t.Context(), inquiry, "chargeback"), domain.CodeIllegalTransition)
	d.advance(first, "withdrawn")
	if got := d.raise(domain.Raising{Payment: "pay_1", Stage: "chargeback"}); d.stands(got).Amount != 300 {
		t.Errorf("%+v", d.stands(got))
	}
	d.agree("pay_1")
	cases, err := d.Cases(t.Context())
	if err != nil || len(cases) != 4 || cases[3].ID != inquiry {
		t.Errorf("newest first: %+v %v", cases, err)
	}
}

// TestRefundsAndDisputes: what a case has is not refunded, and is not given back; what was refunded can be charged back
// all the same, and resolved.
func TestRefundsAndDisputes(t *testing.T) {
	d := newDesk(t)
	d.do(sale("k", visa, 1000))
	d.do(change(domain.RefundMoney, "r", 600))
	id := d.raise(domain.Raising{Payment: "pay_1", Stage: "chargeback"})
	d.refuses(change(domain.RefundMoney, "r2", 1), "refund_amount_exceeds_balance", domain.RefundRefused)
	d.refuses(change(domain.Reverse, "v", 0), "reverse_not_allowed", domain.ReverseFailed)
	d.fails(d.GiveBack(t.Context(), "pay_1", 0), domain.CodeIllegalTransition)
	d.advance(id, "resolved")
	if p, _ := d.agree("pay_1"); p.Dispute(id).Money != domain.MoneyReturned {
		t.Errorf("%+v", p.Dispute(id))
	}
	if got := d.do(change(domain.RefundMoney, "r3", 400)); got.Status != domain.Succeeded {
		t.Errorf("%+v", got)
	}
}

// TestARefundEndsAnAdvice once all that it is about has gone back. That is the till's to conclude: the bank has only
// reported, and tells nothing more of it.
func TestARefundEndsAnAdvice(t *testing.T) {
	d := newDesk(t)
	d.do(sale("k", visa, 1000))
	id := d.raise(domain.Raising{Payment: "pay_1", Stage: "fraud_advice"})
	d.do(change(domain.RefundMoney, "r", 400))
	if p, _ := d.told("pay_1", d.noticed("pay_1")); p.Dispute(id).State != domain.FraudAdviceOpen {
		t.Errorf("%s after a part of it", p.Dispute(id).State)
	}
	got := d.do(change(domain.RefundMoney, "r2", 600))
	if events := eventsOf(got.Facts); !slices.Equal(events, []domain.Event{domain.RefundDone}) {
		t.Errorf("told %v", events)
	}
	if p, _ := d.told("pay_1", d.noticed("pay_1")); p.Dispute(id).State != domain.FraudAdviceClosed {
		t.Errorf("%s after all of it", p.Dispute(id).State)
	}
}

// TestPreviousCase: a case that goes back to an older one says so.
func TestPreviousCase(t *testing.T) {
	d := newDesk(t)
	d.do(sale("k", visa, 1000))
	older := d.raise(domain.Raising{Payment: "pay_1", Stage: "chargeback", Amount: 500})
	id := d.raise(domain.Raising{Payment: "pay_1", Stage: "pre_compliance", Previous: older})
	if p, _ := d.agree("pay_1"); p.Dispute(id).Previous != older {
		t.Errorf("%+v", p.Dispute(id))
	}
}

// TestAnswersThatAreRefused: each with a code of its own, booked, and told by a sync.
func TestAnswersThatAreRefused(t *testing.T) {
	for _, tc := range []struct {
		path []string
		deed string
		code string
	}{
		{[]string{"chargeback", "dispute_accept "}, "dispute_evidence ", "dispute_closed"},
		{[]string{"chargeback", "dispute_evidence "}, "dispute_evidence ", "dispute_under_review"},
		{[]string{"chargeback", "dispute_evidence "}, "dispute_accept ", "dispute_under_review"},
		{[]string{"chargeback"}, "dispute_decline ", "dispute_action_not_allowed"},
		{[]string{"chargeback"}, "dispute_withdraw ", "dispute_action_not_allowed"},
		{[]string{"retrieval"}, "dispute_accept ", "dispute_action_not_allowed"},
		{[]string{"fraud_advice"}, "dispute_evidence ", "dispute_action_not_allowed"},
	} {
		w := &walker{desk: newDesk(t)}
		payment, id := w.walk(tc.path)
		kind, stage, _ := strings.Cut(tc.deed, " ")
		got := w.do(answer(domain.OperationKind(kind), "no", payment, id, stage))
		if got.Status != domain.Declined || got.Code != tc.code || got.Facts[0].Case != id || got.Facts[0].Key != "no" {
			t.Errorf("%s after %q: %+v", tc.deed, tc.path, got)
		}
	}
	w := &walker{desk: newDesk(t), number: "5436031030606378"}
	payment, id := w.walk([]string{"chargeback"})
	if got := w.do(answer(domain.DisputeFile, "f", payment, id, "pre_arbitration")); got.Code != "pre_arbitration_not_allowed" {
		t.Errorf("Mastercard: %+v", got)
	}
	bare := answer(domain.DisputeEvidence, "e", payment, id, "")
	bare.Papers, bare.Contents = nil, nil
	if got := w.do(bare); got.Status != domain.NotSent || got.Code != "evidence_required" || len(got.Facts) != 0 {
		t.Errorf("no paper: %+v", got)
	}
	if got := w.do(answer(domain.DisputeAccept, "n", payment, "dsp_none", "")); got.Status != domain.Declined || got.Code != "dispute_not_found" {
		t.Errorf("no case: %+v", got)
	}
	w.fails(w.Advance(t.Context(), "dsp_none", "won"), domain.CodeNotFound)
	w.fails(w.Advance(t.Context(), id, "sideways"), domain.CodeInvalid)
	err := w.Advance(t.Context(), id, "won")
	if e, ok := err.(*domain.Error); !ok || e.Code != domain.CodeIllegalTransition || !strings.Contains(e.Hint, "withdrawn") {
		t.Errorf("too early: %v", err)
	}
}

// TestAnAnnouncedCaseThatIsAnswered is debited first, and not once more when its time comes.
func TestAnAnnouncedCaseThatIsAnswered(t *testing.T) {
	w := &walker{desk: newDesk(t)}
	payment, id := w.walk([]string{"announced"})
	if b := w.books(payment); b.Disputed != 0 || b.Fees != 0 {
		t.Errorf("books %+v", b)
	}
	got := w.do(answer(domain.DisputeEvidence, "e", payment, id, ""))
	if events := eventsOf(got.Facts); !slices.Equal(events, []domain.Event{domain.DisputeEvidenceRequired, domain.DisputeEvidenceSent}) {
		t.Errorf("told %v", events)
	}
	w.pass(time.Hour)
	w.at(id, domain.RepresentmentResponded)
	if b := w.books(payment); b.Disputed != 5000 || b.Fees != 1500 {
		t.Errorf("books %+v", b)
	}
	w.agree(payment)
}

// TestKeysOfAnswers: the same asked again does nothing twice, and a key is good for one thing.
func TestKeysOfAnswers(t *testing.T) {
	w := &walker{desk: newDesk(t)}
	payment, id := w.walk([]string{"chargeback"})
	op := answer(domain.DisputeEvidence, "e", payment, id, "")
	first := w.do(op)
	told := len(w.outbox())
	op.Contents = nil // after a crash
	if again := w.do(op); again.Status != domain.Succeeded || !reflect.DeepEqual(again.Facts, first.Facts) {
		t.Errorf("again %+v, first %+v", again, first)
	}
	if got := len(w.outbox()); got != told {
		t.Errorf("told once more: %d notices, %d before", got, told)
	}
	if got := w.do(saying(op, "another")); got.Status != domain.NotSent || got.Code != "409" {
		t.Errorf("with another paper: %+v", got)
	}
}

// TestFaultsOfAnswers: lost or left open, the gateway has done it once and says so when it is asked.
func TestFaultsOfAnswers(t *testing.T) {
	for fault, then := range map[string]domain.State{
		"timeout_before": domain.ChargebackOpen, "timeout_after": domain.RepresentmentResponded, "http_500": domain.ChargebackOpen,
		"garbled": domain.RepresentmentResponded, "declined": domain.ChargebackOpen, "refused": domain.ChargebackOpen,
		"pending": domain.ChargebackOpen, "notice_lost": domain.RepresentmentResponded,
	} {
		w := &walker{desk: newDesk(t)}
		payment, id := w.walk([]string{"chargeback"})
		w.fault(domain.DisputeEvidence, fault, 1)
		op := answer(domain.DisputeEvidence, "e", payment, id, "")
		_, _ = w.Do(t.Context(), op)
		w.at(id, then)
		w.pass(time.Minute)
		if fault == "pending" {
			w.at(id, domain.RepresentmentResponded)
		} else if got := w.do(op); got.Status != domain.Succeeded {
			t.Errorf("%s: once more %+v", fault, got)
		}
		p, _ := w.agree(payment)
		if c := p.Dispute(id); c.State != domain.RepresentmentResponded {
			t.Errorf("%s: %s", fault, c.State)
		}
	}
}

// TestPendingEvidenceThatDecides: what stands in a paper is kept while the call is open.
func TestPendingEvidenceThatDecides(t *testing.T) {
	w := &walker{desk: newDesk(t)}
	payment, id := w.walk([]string{"chargeback"})
	w.fault(domain.DisputeEvidence, "pending", 1)
	w.do(saying(domain.Operation{Kind: domain.DisputeEvidence, Key: "e", Payment: payment, Case: id, Currency: "EUR"}, "losing_evidence"))
	w.pass(2 * time.Minute)
	w.at(id, domain.RepresentmentLost)
}

// TestACaseThatIsToldLate, and from its end: the merchant comes to the same.
func TestACaseThatIsToldLate(t *testing.T) {
	w := &walker{desk: newDesk(t)}
	w.must(w.HoldBack(t.Context(), true))
	payment, id := w.walk([]string{"announced", "debited", "dispute_evidence ", "reinstated", "pre_arbitration", "dispute_decline ", "arbitration", "lost"})
	if got := w.noticed(payment); len(got) != 0 {
		t.Fatalf("told %v", eventsOf(got))
	}
	pending, err := w.Outbox(t.Context(), true)
	w.must(err)
	for _, n := range slices.Backward(pending) {
		w.must(w.Deliver(t.Context(), n.ID))
	}
	p, _ := w.agree(payment)
	late, _ := w.told(payment, w.noticed(payment))
	if got, want := late.Dispute(id), p.Dispute(id); got.State != domain.ArbitrationLost || got.Claim != want.Claim || got.Money != want.Money || late.Sums != p.Sums {
		t.Errorf("told late %+v %+v\nin order %+v %+v", got, late.Sums, want, p.Sums)
	}
}

// TestWireOfAnAnswer: which papers went is there to see, not what stands in them or what they are called.
func TestWireOfAnAnswer(t *testing.T) {
	w := &walker{desk: newDesk(t)}
	payment, id := w.walk([]string{"chargeback"})
	wire := w.do(saying(answer(domain.DisputeEvidence, "e", payment, id, ""), "winning_evidence")).Wire
	for text, parts := range map[string][]string{
		wire.Sent:     {`"path":"/disputes/` + string(id) + `/evidence"`, `"type":"text/plain"`, `"Idempotency-Key":"e"`},
		wire.Answered: {`"dispute":"` + string(id) + `"`, `"dispute_status":"representment/responded"`, `"type":"dispute_evidence_submitted"`},
	} {
		for _, part := range parts {
			if !strings.Contains(text, part) {
				t.Errorf("%s has no %s", text, part)
			}
		}
	}
	if strings.Contains(wire.Sent, "signed for") || strings.Contains(wire.Sent, "paper.txt") {
		t.Error(wire.Sent)
	}
}
