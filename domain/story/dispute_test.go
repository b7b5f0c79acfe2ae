package story

import (
	"strings"
	"testing"

	"till/domain"
)

// Everything that moves a case is told in a sentence of its own, with the amount, and nothing is left of its braces.
func TestCasesAreTold(t *testing.T) {
	told := map[string]domain.Event{}
	rows := append(domain.DisputeMachine.Rows(), domain.Transition{On: domain.DisputeReinstated}) // moves the money alone
	for _, row := range rows {
		if row.On == domain.DisputeOutOfOrder || told[cases[row.On]] == row.On {
			continue
		}
		if other, twice := told[cases[row.On]]; twice {
			t.Errorf("%s is told as %s is", row.On, other)
		}
		told[cases[row.On]] = row.On
		report := domain.Report{Facts: []domain.Fact{{
			Event: row.On, Case: "dsp_1", Currency: "EUR",
			Dispute: &domain.Claim{Amount: 5000, ReasonCode: "13.1", Network: "Visa"},
		}}}
		said := Of(entry(t, domain.KindFactsReported, domain.ByNotice, report), nil)
		if !strings.Contains(said, "€50.00") || strings.ContainsAny(said, "{}%_") || strings.Contains(said, "dispute") {
			t.Errorf("%s is told as %q", row.On, said)
		}
	}
	if len(told) != len(cases) {
		t.Errorf("%d events move a case, %d are told", len(told), len(cases))
	}
}

func TestCaseSentences(t *testing.T) {
	fact := func(on domain.Event, claim domain.Claim) string {
		return factWords(domain.Fact{Event: on, Currency: "EUR", Dispute: &claim}, nil)
	}
	for want, got := range map[string]string{
		"the customer's bank announces a chargeback of €50.00 (Visa 13.1)": fact(domain.DisputeReceived, domain.Claim{Amount: 5000, ReasonCode: "13.1", Network: "Visa"}),
		"the case is won": fact(domain.DisputeWon, domain.Claim{ReasonCode: "13.1"}),
		"the case over €0.50 was taken further, to pre-arbitration": fact(domain.DisputeFiled, domain.Claim{Amount: 50, Stage: domain.StagePreArbitration}),
	} {
		if got != want {
			t.Errorf("%q\nwant %q", got, want)
		}
	}
}

// What is asked of a provider about a case is told in words, and so is how it ended.
func TestCaseCalls(t *testing.T) {
	for kind := range caseAnswers {
		said := Of(entry(t, domain.KindOperationRequested, domain.ByOperator, domain.Operation{Kind: kind, Variant: "web", Amount: 5000, Currency: "EUR"}), nil)
		if !strings.HasSuffix(said, " €50.00") || strings.Contains(said, "asked to dispute") {
			t.Errorf("%s is told as %q", kind, said)
		}
	}
	if got := deed(domain.Capture); got != "capture" {
		t.Errorf("a capture is called %q", got)
	}
}

// Every stage and everybody who can have the money has words.
func TestStagesHaveWords(t *testing.T) {
	for _, state := range domain.DisputeMachine.States() {
		stage, _, _ := strings.Cut(string(state), "/")
		if Stage(stage) == "" {
			t.Errorf("%s has no words", stage)
		}
	}
	for _, money := range []string{domain.MoneyNone, domain.MoneyHeld, domain.MoneyReturned, domain.MoneyLost} {
		if Holder(money) == "" {
			t.Errorf("%s has no words", money)
		}
	}
}
