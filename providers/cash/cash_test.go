package cash_test

import (
	"testing"
	"time"

	"till/domain"
	"till/providers/cash"
	"till/providers/providertest"
)

func drawer() domain.Provider {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	return cash.New(domain.Env{Now: func() time.Time { return now }})
}

func sale() domain.Operation {
	return domain.Operation{
		Kind: domain.Authorize, Payment: "pay_1", Key: "k1", Method: "cash", Capture: domain.CaptureAuto,
		Amount: 1051, Currency: "EUR", Source: domain.Source{Type: "cash"},
	}
}

func TestContract(t *testing.T) {
	providertest.Run(t, func(*testing.T) providertest.Bench {
		return providertest.Bench{Provider: drawer(), Approve: sale()}
	})
}

func TestFactsAreMadeOfTheKey(t *testing.T) {
	outcome, err := drawer().Do(t.Context(), sale())
	if err != nil || len(outcome.Facts) != 2 {
		t.Fatalf("%+v %v", outcome, err)
	}
	if got := []string{outcome.ProviderID, outcome.Facts[0].Action, outcome.Facts[1].Action}; got[0] != "cash_k1" ||
		got[1] != "cash_k1" || got[2] != "cash_k1_taken" {
		t.Errorf("ids %v", got)
	}
	if !outcome.Facts[1].Final {
		t.Error("the capture is not final")
	}
}

func TestNotSent(t *testing.T) {
	for name, change := range map[string]func(*domain.Operation){
		"no key":       func(op *domain.Operation) { op.Key = "" },
		"no amount":    func(op *domain.Operation) { op.Amount = 0 },
		"less":         func(op *domain.Operation) { op.Amount = -1 },
		"another way":  func(op *domain.Operation) { op.Method = "card" },
		"held":         func(op *domain.Operation) { op.Capture = domain.CaptureManual },
		"void":         func(op *domain.Operation) { op.Kind = domain.Void },
		"asked about":  func(op *domain.Operation) { op.Kind = domain.Sync },
		"taken twice":  func(op *domain.Operation) { op.Kind = domain.Capture },
		"taken undone": func(op *domain.Operation) { op.Kind = domain.Reverse },
	} {
		op := sale()
		change(&op)
		outcome, err := drawer().Do(t.Context(), op)
		if err != nil || outcome.Status != domain.NotSent || len(outcome.Facts) != 0 || outcome.Summary == "" {
			t.Errorf("%s: %+v %v", name, outcome, err)
		}
	}
}
