package sandbox_test

import (
	"testing"
	"time"

	"till/domain"
)

// TestWhatTheGatewayLeavesOpen: it only accepts a call, and decides a minute later, or as the operator says.
func TestWhatTheGatewayLeavesOpen(t *testing.T) {
	held, sold := hold("a", 1000), sale("a", visa, 1000)
	cancel := change(domain.RefundCancel, "x", 100)
	cancel.Refund = "ref_r"
	late := []domain.Operation{sale("a", "4000000000007726", 1000), change(domain.RefundMoney, "r", 100)}
	realCard := sale("x", "4000056655665556", 1000)
	for name, tc := range map[string]struct {
		first         []domain.Operation
		op            domain.Operation
		open, yes, no domain.Event
		codeYes       string
	}{
		"authorize":     {nil, hold("x", 1000), domain.Accepted, domain.Approved, domain.DeclinedIt, ""},
		"decline":       {nil, sale("x", visa, 1051), domain.Accepted, domain.DeclinedIt, domain.DeclinedIt, "20051"},
		"no test card":  {nil, realCard, domain.Accepted, domain.DeclinedIt, domain.DeclinedIt, "20014"},
		"challenge":     {nil, sale("x", challengeCard, 1000), domain.Accepted, domain.ActionRequired, domain.DeclinedIt, ""},
		"ideal":         {nil, by("ideal", "x", 1000), domain.Accepted, domain.ActionRequired, domain.DeclinedIt, ""},
		"increment":     {[]domain.Operation{held}, change(domain.Increment, "x", 10), domain.OperationOpen, domain.Incremented, domain.OperationFailed, ""},
		"capture":       {[]domain.Operation{held}, change(domain.Capture, "x", 10), domain.OperationOpen, domain.Captured, domain.OperationFailed, ""},
		"void":          {[]domain.Operation{held}, change(domain.Void, "x", 0), domain.OperationOpen, domain.Voided, domain.OperationFailed, ""},
		"reverse":       {[]domain.Operation{sold}, change(domain.Reverse, "x", 1000), domain.OperationOpen, domain.Reversed, domain.ReverseFailed, ""},
		"refund":        {[]domain.Operation{sold}, change(domain.RefundMoney, "x", 10), domain.RefundAccepted, domain.RefundDone, domain.RefundRefused, ""},
		"refund_cancel": {late, cancel, domain.OperationOpen, domain.RefundCancelOK, domain.OperationFailed, ""},
		"create_order":  {nil, change(domain.CreateOrder, "x", 1000), domain.OperationOpen, domain.OrderCreated, domain.OperationFailed, ""},
		"setup":         {nil, setupFor("pay_1", "x"), domain.OperationOpen, domain.SourceKept, domain.OperationFailed, ""},
	} {
		for _, outcome := range []string{"", "succeeded", "failed"} {
			t.Run(name+" "+outcome, func(t *testing.T) {
				d := newDesk(t)
				for _, op := range tc.first {
					d.do(op)
				}
				before := len(tc.first)
				if before > 0 {
					before = len(d.facts())
				}
				d.fault(tc.op.Kind, "pending", 1)
				got := d.do(tc.op)
				if got.Status != domain.Pending || got.Code != "pending" || len(got.Facts) != 1 || got.Facts[0].Event != tc.open {
					t.Fatalf("%+v", got)
				}
				if again := d.do(tc.op); again.Status != domain.Pending || again.ProviderID != got.ProviderID {
					t.Errorf("the same call again: %+v", again)
				}
				want := tc.yes
				if outcome == "" {
					d.pass(time.Minute)
				} else if err := d.Settle(t.Context(), "pay_1", outcome); err != nil {
					t.Fatal(err)
				}
				if outcome == "failed" {
					want = tc.no
				}
				all := d.facts()[before:]
				if len(all) < 2 || all[1].Event != want || all[1].Key != "x" || outcome != "failed" && all[1].Code != tc.codeYes {
					t.Errorf("on record %+v", all)
				}
				d.fails(d.Settle(t.Context(), "pay_1", "succeeded"), domain.CodeIllegalTransition)
			})
		}
	}
}

// setupFor keeps a source for a payment that is to come.
func setupFor(payment domain.PaymentID, key string) domain.Operation {
	op := mandate(key, visa)
	op.Mandate, op.Payment = "", payment
	return op
}

// TestWhatIsLeftOpenMayNotBePossibleAnyMore: it is decided by what is on record when its time comes.
func TestWhatIsLeftOpenMayNotBePossibleAnyMore(t *testing.T) {
	d := newDesk(t)
	d.do(hold("a", 1000))
	d.fault(domain.Capture, "pending", 1)
	d.do(change(domain.Capture, "c", 1000))
	d.do(change(domain.Void, "v", 0))
	d.pass(time.Minute)
	all := d.facts()
	if last := all[len(all)-1]; last.Event != domain.OperationFailed || last.Key != "c" || last.Code != "capture_not_allowed" {
		t.Errorf("%+v", last)
	}
	if b := d.books("pay_1"); b.Captured != 0 || b.Voided != 1000 {
		t.Errorf("%+v", b)
	}
}

// TestACancelThatComesTooLate is decided all the same, after the refund's money has left.
func TestACancelThatComesTooLate(t *testing.T) {
	d := newDesk(t)
	d.do(sale("k", "4000000000007726", 1000))
	d.do(change(domain.RefundMoney, "r", 400))
	d.pass(time.Hour - time.Second)
	d.fault(domain.RefundCancel, "pending", 1)
	cancel := change(domain.RefundCancel, "x", 400)
	cancel.Refund = "ref_r"
	d.do(cancel)
	d.pass(time.Minute)
	all := d.facts()
	done, last := all[len(all)-2], all[len(all)-1]
	if done.Event != domain.RefundDone || last.Event != domain.OperationFailed || last.Key != "x" || last.Code != "refund_not_cancelable" {
		t.Errorf("%+v, then %+v", done, last)
	}
}

// TestTheNewestSessionIsTheOne that the customer is at, where one payment was asked for twice.
func TestTheNewestSessionIsTheOne(t *testing.T) {
	d := newDesk(t)
	d.do(sale("a", challengeCard, 1000))
	d.do(sale("b", challengeCard, 1000))
	d.complete("passed")
	all := d.facts()
	if last := all[len(all)-1]; last.Event != domain.Captured || last.Key != "b" {
		t.Errorf("%+v", last)
	}
}
