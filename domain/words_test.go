package domain

import (
	"testing"
	"time"
)

// TestCurrentState: system 1 has a word for every state, and what goes back comes first.
func TestCurrentState(t *testing.T) {
	for _, state := range allPayment {
		if (&Payment{State: state}).CurrentState(time.Time{}) == "" {
			t.Errorf("no word for %s", state)
		}
	}
	taken := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	money := []Fact{{Event: Captured, At: taken}}
	for _, c := range []struct {
		p    Payment
		at   time.Time
		want string
	}{
		{Payment{State: PaymentScheduled}, taken, "created"},
		{Payment{State: PaymentRetryWait}, taken, "on_retry"},
		{Payment{State: PaymentPartCaptured}, taken, "reserved"},
		{Payment{State: PaymentCaptured, money: money}, taken.Add(11 * time.Hour), "captured"},
		{Payment{State: PaymentCaptured, money: money}, taken.Add(12 * time.Hour), "succeeded"},
		{Payment{State: PaymentCaptured, money: money, Sums: Sums{Captured: 9, Refunded: 4}}, taken.Add(day), "partial_refund"},
		{Payment{State: PaymentCaptured, money: money, Sums: Sums{Captured: 9, Refunded: 9}}, taken.Add(day), "refunded"},
		{Payment{State: PaymentCaptured, Sums: Sums{Captured: 9, Refunded: 4, RefundPending: 5}}, taken, "pending_refund"},
		{Payment{State: PaymentCaptured, Refunds: []*Refund{{State: RefundFailed}}}, taken, "refund_failed"},
		{Payment{State: PaymentCaptured, Sums: Sums{Captured: 9, Refunded: 4, RefundReturned: 4}, Refunds: []*Refund{{State: RefundReversed}}}, taken, "refund_failed"},
		{Payment{State: PaymentCaptured, Refunds: []*Refund{{State: RefundCanceled}}}, taken, "captured"},
	} {
		if got := c.p.CurrentState(c.at); got != c.want {
			t.Errorf("%s, %+v: %s, want %s", c.p.State, c.p.Sums, got, c.want)
		}
	}
}

// TestMeaningOf: every code has a class that has an advice, unknown ones are told by their family, and what is no
// code of a decline means nothing.
func TestMeaningOf(t *testing.T) {
	for code, meaning := range codeMeanings {
		if advices[meaning.class] == "" || meaning.means == "" {
			t.Errorf("%s: %+v", code, meaning)
		}
	}
	for code := range adviceOf {
		if _, known := codeMeanings[code]; !known {
			t.Errorf("an advice for %s, which has no meaning", code)
		}
	}
	for code, class := range map[string]string{
		"20051": "soft", "20099": "soft", "30041": "hard", "30099": "hard", "40101": "risk", "40199": "risk",
		"200R1": "stop", "200R9": "stop", "10000": "", "": "", "20": "", "capture_not_allowed": "", "2005": "",
	} {
		if meaning, ok := MeaningOf(code); meaning.Class != class || ok != (class != "") {
			t.Errorf("%q: %+v", code, meaning)
		}
	}
	if meaning, _ := MeaningOf("20054"); meaning.Advice != "ask for the new card" {
		t.Errorf("%+v", meaning)
	}
}

// TestDecline: only what was declined has a meaning, also where no issuer said why.
func TestDecline(t *testing.T) {
	for _, c := range []struct {
		p     Payment
		class string
	}{
		{Payment{State: PaymentDeclined, Code: "30043"}, "hard"},
		{Payment{State: PaymentRetryWait, Code: "20051"}, "soft"},
		{Payment{State: PaymentDeclined, Detail: "authentication", Code: "x"}, "authentication"},
		{Payment{State: PaymentDeclined, Code: "x"}, ""},
		{Payment{State: PaymentCaptured, Code: "20154"}, ""},
	} {
		got := ""
		if meaning := c.p.Decline(); meaning != nil {
			got = meaning.Class
		}
		if got != c.class {
			t.Errorf("%+v: %q, want %q", c.p, got, c.class)
		}
	}
}
