package till_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
)

// offered is a provider with methods of a test's making.
type offered []domain.Method

func (o offered) Info() domain.ProviderInfo { return domain.ProviderInfo{Name: "offered", Methods: o} }

func (o offered) Do(ctx context.Context, op domain.Operation) (domain.Outcome, error) {
	return memory{}.Do(ctx, op)
}

func TestAVariantsTermsHold(t *testing.T) {
	can := domain.Capabilities{ManualCapture: true, PartialCapture: true, Void: true, Refund: true, Sync: true}
	multi := can
	multi.MultiCapture, multi.HoldsFor = true, 10*day
	b := newBench(t, nil)
	provider := offered{
		{Name: "card", Can: multi},
		{Name: "slip", Can: can},
		{Name: "ideal", Currencies: []domain.Currency{"EUR"}},
	}
	b.Variants = []till.Variant{
		{Name: "small", Provider: provider, Timeout: time.Minute, Limits: domain.Limits{Max: "50"}, Methods: []string{"card", "ideal"}, Capture: domain.CaptureMultiple},
		{Name: "large", Provider: provider, Timeout: time.Minute, Limits: domain.Limits{Min: "10"}, Capture: domain.CaptureManual, HoldFor: 7 * day},
		{Name: "open", Provider: provider, Timeout: time.Minute, HoldFor: 30 * day},
	}
	for _, c := range []struct {
		name            string
		amount          domain.Amount
		variant, method string
		skip            bool // the order wants its money set aside
		by              string
		capture         domain.CaptureMode
		hold            time.Duration
		refused         string
	}{
		{name: "the first that takes the amount", amount: 5000, method: "card", by: "small", capture: domain.CaptureMultiple, hold: 10 * day},
		{name: "the next, where the first does not", amount: 5001, method: "card", by: "large", capture: domain.CaptureManual, hold: 7 * day},
		{name: "the first that offers the method", amount: 1000, method: "slip", by: "large", capture: domain.CaptureManual, hold: 7 * day},
		{name: "the one that is named", amount: 1000, variant: "open", method: "card", by: "open", capture: domain.CaptureAuto, hold: 10 * day},
		{name: "less than its least", amount: 999, variant: "large", method: "card", refused: "amount must be at least 10 EUR"},
		{name: "a method that is left out", amount: 1000, variant: "small", method: "slip", refused: "method is not offered"},
		{name: "what cannot be captured later", amount: 1000, method: "ideal", by: "small", capture: domain.CaptureAuto},
		{name: "what the order wants", amount: 1000, variant: "open", method: "slip", skip: true, by: "open", capture: domain.CaptureManual, hold: 30 * day},
		{name: "no such variant", amount: 1000, variant: "none", method: "card", refused: "variant is not configured"},
	} {
		wish := wanted(c.amount)
		wish.SkipCapture = c.skip
		o, err := b.Issue(b.ctx, till.Intent{}, wish)
		b.must(err)
		pay := till.Payable{Order: o.ID, Variant: c.variant, Method: c.method, Source: domain.Source{Type: c.method}}
		if c.method == "card" {
			pay.Card, pay.Source = b.card("4242424242424242"), domain.Source{}
		}
		r, err := b.Pay(b.ctx, till.Intent{}, pay)
		if c.refused != "" {
			if domain.CodeOf(err) != domain.CodeInvalid || !strings.Contains(err.Error(), c.refused) {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		b.must(err)
		if p := r.Payment; p.Variant != c.by || p.Capture != c.capture || p.HoldFor != c.hold {
			t.Errorf("%s: by %s, captured %s, held for %s", c.name, p.Variant, p.Capture, p.HoldFor)
		}
	}
}

func TestMethodsSayWhyNot(t *testing.T) {
	b := newBench(t, nil)
	provider := offered{{Name: "card", Title: "card"}, {Name: "ideal", Title: "iDEAL", Currencies: []domain.Currency{"EUR"}}}
	b.Variants = []till.Variant{
		{Name: "one", Title: "The one", Provider: provider, Limits: domain.Limits{Max: "50.00"}},
		{Name: "two", Provider: provider, Methods: []string{"card"}},
	}
	for _, c := range []struct {
		currency domain.Currency
		amount   domain.Amount
		want     string
	}{
		{"EUR", 0, "The one card: / The one ideal: / two card:"},
		{"EUR", 5001, "The one card: the amount must be at most 50.00 EUR / The one ideal: the amount must be at most 50.00 EUR / two card:"},
		{"USD", 5000, "The one card: / The one ideal: iDEAL takes other currencies than USD / two card:"},
	} {
		var got []string
		for _, o := range b.Methods(c.currency, c.amount) {
			got = append(got, strings.TrimSpace(o.Title+" "+o.Method.Name+": "+o.Refusal))
		}
		if all := strings.Join(got, " / "); all != c.want {
			t.Errorf("%d %s: %s", c.amount, c.currency, all)
		}
	}
	// What is not offered any more can still be given back.
	b = newBench(t, nil)
	r, err := b.Pay(b.ctx, till.Intent{}, till.Payable{Order: b.issue(2000).ID, Method: "card", Card: b.card("4242424242424242")})
	b.must(err)
	b.Variants[0].Methods, b.Variants[0].Limits = []string{"ideal"}, domain.Limits{Max: "1"}
	_, err = b.Refund(b.ctx, till.Intent{}, till.Refunding{Payment: r.Payment.ID})
	b.must(err)
}
