package sandbox_test

import (
	"strings"
	"testing"
	"time"

	"till/domain"
)

// TestDeadlinesOfDisputes: each is listed under the case, and comes at its instant and not before.
func TestDeadlinesOfDisputes(t *testing.T) {
	for _, tc := range []struct {
		number string
		path   []string
		in     time.Duration
		name   string
		told   domain.Event
		to     domain.State
	}{
		{visa, []string{"fraud_advice"}, 120 * day, "dispute_lapsed", domain.DisputeLapsed, domain.FraudAdviceClosed},
		{visa, []string{"retrieval"}, 18 * day, "dispute_expired", domain.DisputeExpired, domain.RetrievalExpired},
		{visa, []string{"retrieval", "dispute_evidence "}, 120 * day, "dispute_lapsed", domain.DisputeLapsed, domain.RetrievalClosed},
		{visa, []string{"announced"}, time.Minute, "dispute_debited", domain.DisputeEvidenceRequired, domain.ChargebackOpen},
		{visa, []string{"chargeback"}, 18 * day, "dispute_expired", domain.DisputeExpired, domain.ChargebackExpired},
		{"5436031030606378", []string{"chargeback"}, 40 * day, "dispute_expired", domain.DisputeExpired, domain.ChargebackExpired},
		{"378282246310005", []string{"chargeback"}, 14 * day, "dispute_expired", domain.DisputeExpired, domain.ChargebackExpired},
		{visa, []string{"chargeback", "dispute_evidence "}, 45 * day, "dispute_lapsed", domain.DisputeLapsed, domain.RepresentmentWon},
		{visa, []string{"chargeback", "dispute_evidence ", "reinstated"}, 45 * day, "dispute_lapsed", domain.DisputeLapsed, domain.RepresentmentWon},
		{"5436031030606378", []string{"chargeback", "dispute_evidence "}, 70 * day, "dispute_lapsed", domain.DisputeLapsed, domain.RepresentmentWon},
		{visa, []string{"chargeback", "dispute_evidence ", "pre_arbitration"}, 30 * day, "dispute_expired", domain.DisputeExpired, domain.PreArbitrationExpired},
		{visa, []string{"chargeback", "dispute_file pre_arbitration"}, 10 * day, "dispute_lapsed", domain.DisputeLapsed, domain.PreArbitrationWon},
		{visa, []string{"pre_compliance"}, 30 * day, "dispute_expired", domain.DisputeExpired, domain.PreComplianceExpired},
		{visa, []string{"pre_compliance", "dispute_decline "}, 120 * day, "dispute_lapsed", domain.DisputeLapsed, domain.PreComplianceWithdrawn},
		{visa, []string{"chargeback", "dispute_accept ", "dispute_file good_faith"}, 120 * day, "dispute_lapsed", domain.DisputeLapsed, domain.GoodFaithClosed},
	} {
		t.Run(string(tc.to), func(t *testing.T) {
			w := &walker{desk: newDesk(t), number: tc.number}
			payment, id := w.walk(tc.path)
			due := noon.Add(tc.in)
			if got := w.timers(); len(got) != 1 || got[0] != (domain.Timer{At: due, Name: tc.name, Subject: string(id)}) {
				t.Fatalf("timers %+v", got)
			}
			before := w.stands(id)
			w.setNow(due.Add(-time.Microsecond))
			if got := w.stands(id); got.State != before.State || !got.Until.Equal(due) {
				t.Errorf("too early: %+v", got)
			}
			w.setNow(due.Add(time.Second)) // however late anybody looks
			w.at(id, tc.to)
			w.agree(payment)
			told := w.noticed(payment)
			if last := told[len(told)-1]; last.Event != tc.told || !last.At.Equal(due) || last.Case != id {
				t.Errorf("told %+v", last)
			}
		})
	}
}

// TestCasesThatTimeLeavesAlone wait for the scheme, or for nobody.
func TestCasesThatTimeLeavesAlone(t *testing.T) {
	for _, path := range [][]string{
		{"good_faith"},
		{"chargeback", "dispute_evidence ", "arbitration"},
		{"pre_compliance", "dispute_decline ", "compliance"},
		{"chargeback", "dispute_evidence ", "won"},
		{"announced", "withdrawn"},
	} {
		w := &walker{desk: newDesk(t)}
		_, id := w.walk(path)
		if got := w.timers(); len(got) != 0 {
			t.Errorf("%q waits for %+v", path, got)
		}
		if until := w.stands(id).Until; !until.IsZero() {
			t.Errorf("%q: until %v", path, until)
		}
	}
}

// TestADeadlineOfOnesOwn: the operator may say how long the merchant has; an announcement tells it already.
func TestADeadlineOfOnesOwn(t *testing.T) {
	for _, raised := range []domain.Raising{
		{Payment: "pay_1", Stage: "chargeback", RespondIn: time.Hour},
		{Payment: "pay_1", Stage: "chargeback", RespondIn: time.Hour, Announced: true},
	} {
		d := newDesk(t)
		d.do(sale("k", visa, 1000))
		id := d.raise(raised)
		d.setNow(noon.Add(time.Hour - time.Microsecond))
		d.at(id, domain.ChargebackOpen)
		for _, f := range d.facts()[2:] {
			if !f.Dispute.RespondBy.Equal(noon.Add(time.Hour)) {
				t.Errorf("%s: respond by %v", f.Event, f.Dispute.RespondBy)
			}
		}
		d.setNow(noon.Add(time.Hour))
		d.at(id, domain.ChargebackExpired)
		if got := d.do(answer(domain.DisputeAccept, "a", "pay_1", id, "")); got.Status != domain.Declined || got.Code != "dispute_closed" {
			t.Errorf("too late: %+v", got)
		}
	}
}

// TestEvidenceTexts: a minute after such a text the case is decided by it; any other leaves it to time.
func TestEvidenceTexts(t *testing.T) {
	for _, tc := range []struct {
		path []string
		kind domain.OperationKind
		text string
		to   domain.State // "": it decides nothing
	}{
		{[]string{"chargeback"}, domain.DisputeEvidence, "winning_evidence", domain.RepresentmentWon},
		{[]string{"chargeback"}, domain.DisputeEvidence, " losing_evidence\n", domain.RepresentmentLost},
		{[]string{"chargeback"}, domain.DisputeEvidence, "escalate_inquiry_evidence", ""},
		{[]string{"chargeback"}, domain.DisputeEvidence, "it was winning_evidence", ""},
		{[]string{"retrieval"}, domain.DisputeEvidence, "winning_evidence", domain.RetrievalClosed},
		{[]string{"retrieval"}, domain.DisputeEvidence, "losing_evidence", ""},
		{[]string{"retrieval"}, domain.DisputeEvidence, "escalate_inquiry_evidence", domain.ChargebackOpen},
		{[]string{"chargeback", "dispute_evidence ", "pre_arbitration"}, domain.DisputeDecline, "losing_evidence", domain.PreArbitrationLost},
		{[]string{"pre_compliance"}, domain.DisputeDecline, "winning_evidence", domain.PreComplianceWithdrawn},
		{[]string{"chargeback", "dispute_evidence ", "arbitration"}, domain.DisputeEvidence, "winning_evidence", domain.ArbitrationWon},
	} {
		w := &walker{desk: newDesk(t)}
		payment, id := w.walk(tc.path)
		op := domain.Operation{Kind: tc.kind, Key: "e", Payment: payment, Case: id, Currency: "EUR"}
		got := w.do(saying(saying(op, "a receipt"), tc.text))
		answered := w.stands(id).State
		w.pass(time.Minute - time.Microsecond)
		w.at(id, answered)
		w.pass(time.Microsecond)
		want, rule := tc.to, "evidence text "+strings.TrimSpace(tc.text)
		if want == "" {
			want, rule = answered, "no rule says otherwise"
		}
		if got.Rule != rule {
			t.Errorf("%q to %q: by %q", tc.text, tc.path, got.Rule)
		}
		w.at(id, want)
		w.agree(payment)
		for _, f := range w.noticed(payment) {
			if f.Key == "e" && f.Event != got.Facts[0].Event {
				t.Errorf("%q: %s is said to be of the call", tc.text, f.Event)
			}
		}
	}
}

// TestACaseThatMovedOnBeforeItWasDecided: what is written in a paper is about the step that it was sent for.
func TestACaseThatMovedOnBeforeItWasDecided(t *testing.T) {
	w := &walker{desk: newDesk(t)}
	payment, id := w.walk([]string{"chargeback"})
	w.do(saying(domain.Operation{Kind: domain.DisputeEvidence, Key: "e", Payment: payment, Case: id, Currency: "EUR"}, "winning_evidence"))
	w.advance(id, "reinstated") // money alone
	if got := w.timers(); len(got) != 2 {
		t.Errorf("timers %+v", got)
	}
	w.advance(id, "pre_arbitration")
	w.do(answer(domain.DisputeDecline, "d", payment, id, ""))
	w.pass(time.Hour)
	w.at(id, domain.PreArbitrationResponded)
}
