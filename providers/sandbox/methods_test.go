package sandbox_test

import (
	"strings"
	"testing"
	"time"

	"till/domain"
)

func TestWhatTheCustomerDoes(t *testing.T) {
	taken := []domain.Event{domain.Approved, domain.Captured}
	for _, tc := range []struct {
		method, result string
		facts          []domain.Event
	}{
		{"ideal", "paid", taken},
		{"ideal", "cancelled", []domain.Event{domain.GivenUp}},
		{"ideal", "failed", []domain.Event{domain.DeclinedIt}},
		{"ideal", "expired", []domain.Event{domain.Abandoned}},
		{"paypal", "paid", taken},
		{"paypal", "cancelled", []domain.Event{domain.GivenUp}},
		{"voucher", "paid", taken},
		{"voucher", "expired", []domain.Event{domain.Abandoned}},
		{"cod", "paid", taken},
		{"cod", "failed", []domain.Event{domain.DeclinedIt}},
	} {
		t.Run(tc.method+" "+tc.result, func(t *testing.T) {
			d := newDesk(t)
			if got := d.do(by(tc.method, "k", 1000)); got.Status != domain.Pending || got.Facts[0].Session == nil {
				t.Fatalf("%+v", got)
			}
			d.complete(tc.result)
			told := d.since(1, tc.facts...)
			if (told[0].Event == domain.DeclinedIt) != (told[0].Code == "not_paid") {
				t.Errorf("%+v", told[0])
			}
			if b := d.books("pay_1"); (b.Captured == 1000) != (tc.result == "paid") {
				t.Errorf("%+v", b)
			}
		})
	}
}

func TestSessions(t *testing.T) {
	for method, want := range map[string]domain.Session{
		"ideal":   {Kind: domain.SessionRedirect, Until: noon.Add(15 * time.Minute)},
		"paypal":  {Kind: domain.SessionRedirect, Until: noon.Add(15 * time.Minute)},
		"voucher": {Kind: domain.SessionVoucher, Until: noon.Add(72 * time.Hour)},
		"cod":     {Kind: domain.SessionDelivery},
	} {
		f := newDesk(t).do(by(method, "k", 1000)).Facts[0]
		s := *f.Session
		if s.Kind != want.Kind || !s.Until.Equal(want.Until) || !strings.HasPrefix(s.ID, "sid_") {
			t.Errorf("%s: %+v", method, s)
		}
		if (s.URL == "") != (method == "cod") || (s.Code == "") != (method != "voucher") {
			t.Errorf("%s: %+v", method, s)
		}
		if event := f.Event; (event == domain.Accepted) != (method == "cod") {
			t.Errorf("%s: %s", method, event)
		}
	}
}

func TestPayPalHolds(t *testing.T) {
	d := newDesk(t)
	op := by("paypal", "k", 1000)
	op.Capture = domain.CaptureManual
	d.do(op)
	d.complete("paid")
	d.since(1, domain.Approved)
	took := change(domain.Capture, "c", 400)
	took.Method = "paypal"
	if got := d.do(took); got.Status != domain.Succeeded || got.Facts[0].Released != 600 || !got.Facts[0].Final {
		t.Errorf("%+v", got)
	}
}

func TestWhatMethodsDoNot(t *testing.T) {
	for _, tc := range []struct {
		method string
		change func(*domain.Operation)
	}{
		{"ideal", func(op *domain.Operation) { op.Currency = "USD" }},
		{"sepa", func(op *domain.Operation) { op.Currency = "USD" }},
		{"ideal", func(op *domain.Operation) { op.Capture = domain.CaptureManual }},
		{"voucher", func(op *domain.Operation) { op.Capture = domain.CaptureMultiple }},
		{"paypal", func(op *domain.Operation) { op.Capture = domain.CaptureMultiple }},
		{"cod", func(op *domain.Operation) { op.Amount = 0 }},
	} {
		op := by(tc.method, "k", 1000)
		tc.change(&op)
		if got := newDesk(t).do(op); got.Status != domain.NotSent || got.Code != "operation_not_supported" {
			t.Errorf("%s: %+v", tc.method, got)
		}
	}
}

func TestBICs(t *testing.T) {
	for bic, good := range map[string]bool{
		"INGBNL2A": true, "INGBNL2AXXX": true, "": false, "INGBNL2": false, "INGBNL2AX": false, "INGB-L2A": false,
	} {
		op := by("ideal", "k", 1000)
		op.Source.Fields["bic"] = bic
		if got := newDesk(t).do(op); (got.Status == domain.Pending) != good || !good && got.Code != "bic_invalid" {
			t.Errorf("%q: %+v", bic, got)
		}
	}
}

// TestDebits: a direct debit clears after two days, or as the operator decides, and its bank can return it.
func TestDebits(t *testing.T) {
	for outcome, facts := range map[string][]domain.Event{
		"succeeded": {domain.Approved, domain.Captured}, "failed": {domain.DeclinedIt}, "": {domain.Approved, domain.Captured},
	} {
		d := newDesk(t)
		if got := d.do(by("sepa", "k", 1000)); got.Status != domain.Pending || got.Facts[0].Event != domain.Accepted || got.Facts[0].Session != nil {
			t.Fatalf("%+v", got)
		}
		when := noon
		if outcome == "" {
			when = noon.Add(48 * time.Hour)
			d.setNow(when.Add(time.Hour))
		} else if err := d.Settle(t.Context(), "pay_1", outcome); err != nil {
			t.Fatal(err)
		}
		if told := d.since(1, facts...); !told[0].At.Equal(when) {
			t.Errorf("%q: at %v", outcome, told[0].At)
		}
		d.fails(d.Settle(t.Context(), "pay_1", "succeeded"), domain.CodeIllegalTransition)
	}
}

func TestTheGatewayGivesMoneyBack(t *testing.T) {
	d := newDesk(t)
	d.fails(d.GiveBack(t.Context(), "pay_1", 0), domain.CodeNotFound)
	d.do(by("sepa", "k", 1000))
	d.fails(d.GiveBack(t.Context(), "pay_1", 0), domain.CodeIllegalTransition)
	if err := d.Settle(t.Context(), "pay_1", "succeeded"); err != nil {
		t.Fatal(err)
	}
	d.fails(d.GiveBack(t.Context(), "pay_1", 1001), domain.CodeInvalid)
	d.fails(d.GiveBack(t.Context(), "pay_1", -1), domain.CodeInvalid)
	for _, amount := range []domain.Amount{300, 0} {
		if err := d.GiveBack(t.Context(), "pay_1", amount); err != nil {
			t.Fatal(err)
		}
	}
	facts := d.facts()[3:]
	if len(facts) != 2 || facts[0].Event != domain.RefundByProvider || facts[0].Amount != 300 || facts[1].Amount != 700 ||
		!strings.HasPrefix(string(facts[0].Refund), "ref_") || facts[0].Refund == facts[1].Refund || facts[0].Key != "" {
		t.Errorf("%+v", facts)
	}
	if b := d.books("pay_1"); b.Refunded != 1000 {
		t.Errorf("%+v", b)
	}
	refund := change(domain.RefundMoney, "r", 1)
	refund.Method = "sepa"
	d.refuses(refund, "refund_amount_exceeds_balance", domain.RefundRefused)
}
