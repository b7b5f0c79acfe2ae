package sandbox_test

import (
	"testing"
	"time"

	"till/domain"
)

func TestIncrements(t *testing.T) {
	d := newDesk(t)
	d.do(hold("a", 1000))
	if got := d.do(change(domain.Increment, "i", 250)); got.Status != domain.Succeeded || got.Facts[0].Event != domain.Incremented || got.Facts[0].Amount != 250 {
		t.Errorf("%+v", got)
	}
	d.refuses(change(domain.Increment, "j", 1051), "20051", domain.OperationFailed)
	d.do(change(domain.Capture, "c", 1250))
	d.refuses(change(domain.Increment, "k", 100), "increment_not_allowed", domain.OperationFailed)
	if b := d.books("pay_1"); b.Authorized != 1250 || b.Captured != 1250 || b.Charges != 1 {
		t.Errorf("%+v", b)
	}
}

func multiple(key string, amount domain.Amount) domain.Operation {
	op := hold(key, amount)
	op.Capture = domain.CaptureMultiple
	return op
}

func TestSeveralCaptures(t *testing.T) {
	d := newDesk(t)
	d.do(multiple("a", 1000))
	final := change(domain.Capture, "c3", 100)
	final.Final = true
	for _, tc := range []struct {
		op       domain.Operation
		final    bool
		released domain.Amount
	}{
		{change(domain.Capture, "c1", 300), false, 0},
		{change(domain.Capture, "c2", 200), false, 0},
		{final, true, 400},
	} {
		if f := d.do(tc.op).Facts[0]; f.Event != domain.Captured || f.Final != tc.final || f.Released != tc.released || f.Amount != tc.op.Amount {
			t.Errorf("%s: %+v", tc.op.Key, f)
		}
	}
	d.refuses(change(domain.Capture, "c4", 1), "capture_not_allowed", domain.OperationFailed)
}

func TestTheLastCaptureIsFinal(t *testing.T) {
	d := newDesk(t)
	d.do(multiple("a", 1000))
	d.do(change(domain.Capture, "c1", 400))
	if f := d.do(change(domain.Capture, "c2", 600)).Facts[0]; !f.Final || f.Released != 0 {
		t.Errorf("%+v", f)
	}
}

func TestTheRestAfterCapturesIsVoided(t *testing.T) {
	d := newDesk(t)
	d.do(multiple("a", 1000))
	d.do(change(domain.Capture, "c1", 400))
	if f := d.do(change(domain.Void, "v", 0)).Facts[0]; f.Event != domain.Voided || f.Released != 600 {
		t.Errorf("%+v", f)
	}
}

func TestReversals(t *testing.T) {
	const code = "reverse_not_allowed"
	midnight := time.Date(2026, 3, 3, 0, 0, 0, 0, time.UTC)
	for name, tc := range map[string]struct {
		first []domain.Operation
		at    time.Time
		ask   domain.Amount
		done  bool
	}{
		"at once":               {[]domain.Operation{sale("k", visa, 1000)}, noon, 1000, true},
		"whole, unnamed":        {[]domain.Operation{sale("k", visa, 1000)}, noon, 0, true},
		"just before midnight":  {[]domain.Operation{sale("k", visa, 1000)}, midnight.Add(-time.Second), 1000, true},
		"at midnight":           {[]domain.Operation{sale("k", visa, 1000)}, midnight, 1000, false},
		"in part":               {[]domain.Operation{sale("k", visa, 1000)}, noon, 999, false},
		"of a hold":             {[]domain.Operation{hold("k", 1000)}, noon, 1000, false},
		"with money still held": {[]domain.Operation{multiple("k", 1000), change(domain.Capture, "c", 400)}, noon, 400, false},
		"after a refund":        {[]domain.Operation{sale("k", visa, 1000), change(domain.RefundMoney, "r", 1)}, noon, 1000, false},
		"twice":                 {[]domain.Operation{sale("k", visa, 1000), change(domain.Reverse, "w", 1000)}, noon, 1000, false},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			for _, op := range tc.first {
				d.do(op)
			}
			d.setNow(tc.at)
			if !tc.done {
				d.refuses(change(domain.Reverse, "x", tc.ask), code, domain.ReverseFailed)
				return
			}
			if got := d.do(change(domain.Reverse, "x", tc.ask)); got.Status != domain.Succeeded || got.Facts[0].Event != domain.Reversed || got.Facts[0].Amount != 1000 {
				t.Errorf("%+v", got)
			}
			d.refuses(change(domain.RefundMoney, "y", 1), "refund_amount_exceeds_balance", domain.RefundRefused)
			if b := d.books("pay_1"); b.Reversed != 1000 || b.Captured != 1000 {
				t.Errorf("%+v", b)
			}
		})
	}
}

func TestRefundsThatTakeTheirTime(t *testing.T) {
	d := newDesk(t)
	d.do(sale("k", "4000000000007726", 1000))
	got := d.do(change(domain.RefundMoney, "r", 400))
	if got.Status != domain.Pending || got.Facts[0].Event != domain.RefundAccepted || got.Facts[0].Refund != "ref_r" {
		t.Fatalf("%+v", got)
	}
	d.refuses(change(domain.RefundMoney, "r2", 601), "refund_amount_exceeds_balance", domain.RefundRefused)
	d.pass(time.Hour)
	all := d.facts()
	if f := all[len(all)-1]; f.Event != domain.RefundDone || f.Amount != 400 || f.Key != "r" || f.Refund != "ref_r" || !f.At.Equal(noon.Add(time.Hour)) {
		t.Errorf("%+v", f)
	}
	if b := d.books("pay_1"); b.Refunded != 400 {
		t.Errorf("%+v", b)
	}
}

func TestRefundsThatComeBack(t *testing.T) {
	d := newDesk(t)
	d.do(sale("k", "4000000000005126", 1000))
	if got := d.do(change(domain.RefundMoney, "r", 1000)); got.Status != domain.Succeeded || got.Facts[0].Event != domain.RefundDone {
		t.Fatalf("%+v", got)
	}
	d.pass(24 * time.Hour)
	all := d.facts()
	if f := all[len(all)-1]; f.Event != domain.RefundRefused || f.Code != "refund_sent_back" || f.Key != "r" || !f.At.Equal(noon.Add(24*time.Hour)) {
		t.Errorf("%+v", f)
	}
	if got := d.do(change(domain.RefundMoney, "r2", 1000)); got.Status != domain.Succeeded {
		t.Errorf("it can be given back once more: %+v", got)
	}
}

func TestRefundsAreCancelled(t *testing.T) {
	d := newDesk(t)
	d.do(sale("k", "4000000000007726", 1000))
	d.do(change(domain.RefundMoney, "r", 400))
	cancel := change(domain.RefundCancel, "x", 400)
	cancel.Refund = "ref_r"
	if got := d.do(cancel); got.Status != domain.Succeeded || got.Facts[0].Event != domain.RefundCancelOK || got.Facts[0].Refund != "ref_r" {
		t.Errorf("%+v", got)
	}
	d.pass(2 * time.Hour)
	if b := d.books("pay_1"); b.Refunded != 0 {
		t.Errorf("it arrived all the same: %+v", b)
	}
	d.must(d.MoveRefund(t.Context(), "ref_r", "succeeded"))
	if b := d.books("pay_1"); b.Refunded != 400 {
		t.Errorf("it left all the same: %+v", b)
	}
	cancel.Key = "x2"
	if got := d.do(cancel); got.Status != domain.Declined || got.Code != "refund_not_cancelable" || got.Facts[0].Event != domain.OperationFailed {
		t.Errorf("%+v", got)
	}
}

func TestRefundsAreMoved(t *testing.T) {
	for _, tc := range []struct {
		card     string
		outcomes []string
		last     domain.Event
		left     domain.Amount // that can be refunded afterwards
		refused  string
	}{
		{"4000000000007726", []string{"succeeded"}, domain.RefundDone, 600, "succeeded"},
		{"4000000000007726", []string{"failed"}, domain.RefundRefused, 1000, "failed"},
		{"4000000000007726", []string{"manual_review"}, domain.RefundInReview, 600, "manual_review"},
		{"4000000000007726", []string{"manual_review", "succeeded"}, domain.RefundDone, 600, "manual_review"},
		{"4000000000007726", []string{"manual_review", "failed"}, domain.RefundRefused, 1000, "reversed"},
		{"4000000000007726", []string{"manual_review", "pending"}, domain.RefundDone, 600, "pending"},
		{"4000000000007726", []string{"failed", "succeeded"}, domain.RefundDone, 600, "succeeded"},
		{"4000000000007726", []string{"failed", "succeeded", "failed"}, domain.RefundRefused, 1000, "succeeded"},
		{visa, []string{"failed"}, domain.RefundRefused, 1000, "reversed"},
		{visa, []string{"failed"}, domain.RefundRefused, 1000, "succeeded"},
		{visa, []string{"reversed"}, domain.RefundCameBack, 1000, "failed"},
	} {
		d := newDesk(t)
		d.do(sale("k", tc.card, 1000))
		d.do(change(domain.RefundMoney, "r", 400))
		for _, outcome := range tc.outcomes {
			if err := d.MoveRefund(t.Context(), "ref_r", outcome); err != nil {
				t.Fatal(err)
			}
		}
		d.fails(d.MoveRefund(t.Context(), "ref_r", tc.refused), domain.CodeIllegalTransition)
		d.pass(48 * time.Hour) // nothing happens to it any more by itself
		all := d.facts()
		if f := all[len(all)-1]; f.Event != tc.last || f.Refund != "ref_r" || f.Key != "r" || f.Amount != 400 {
			t.Errorf("%v: %+v", tc.outcomes, f)
		}
		d.refuses(change(domain.RefundMoney, "r2", tc.left+1), "refund_amount_exceeds_balance", domain.RefundRefused)
	}
	d := newDesk(t)
	d.fails(d.MoveRefund(t.Context(), "ref_none", "failed"), domain.CodeNotFound)
	d.fails(d.MoveRefund(t.Context(), "ref_none", "vanished"), domain.CodeInvalid)
}

func TestScreening(t *testing.T) {
	for number, status := range map[string]string{"4000000000009235": "review", "4000000000004954": "reject"} {
		got := newDesk(t).do(sale("k", number, 1000))
		if f := got.Facts[0]; len(got.Facts) != 1 || f.Fraud == nil || f.Fraud.Status != status || f.Fraud.Message == "" || f.Amount != 1000 {
			t.Errorf("%s: %+v", number, got)
		}
	}
}

func TestHalfIsApproved(t *testing.T) {
	d := newDesk(t)
	if f := d.do(sale("k", "4000000000001018", 1001)).Facts; len(f) != 1 || f[0].Amount != 501 {
		t.Errorf("%+v", f)
	}
	if got := d.do(change(domain.Capture, "c", 501)); got.Status != domain.Succeeded {
		t.Errorf("%+v", got)
	}
}

func TestOrdersBeforeThereIsAMethod(t *testing.T) {
	d := newDesk(t)
	open := change(domain.CreateOrder, "o", 1000)
	open.Method = ""
	if got := d.do(open); got.Status != domain.Succeeded || got.Facts[0].Event != domain.OrderCreated {
		t.Fatalf("%+v", got)
	}
	d.do(by("ideal", "k", 1000))
	d.complete("paid")
	all := d.facts()
	if len(all) != 4 || all[0].Event != domain.OrderCreated || all[3].Event != domain.Captured {
		t.Errorf("%v", eventsOf(all))
	}
	void := change(domain.Void, "v", 0)
	if got := d.do(void); got.Status != domain.NotSent || got.Code != "operation_not_supported" {
		t.Errorf("iDEAL cannot be voided: %+v", got)
	}
}
