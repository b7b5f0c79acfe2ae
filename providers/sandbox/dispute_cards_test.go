package sandbox_test

import (
	"fmt"
	"testing"
	"time"

	"till/domain"
)

const day = 24 * time.Hour

// TestCardsThatAreDisputed: a minute after the capture the bank does what the table of cards says, and not before; what
// it announces it debits a minute later.
func TestCardsThatAreDisputed(t *testing.T) {
	for _, tc := range []struct {
		number, held string // what is held in the end
		told         []domain.Event
		where        []string // state, reason and amount of each case then
	}{
		{"4000000000000259", "1000", announcedThenTaken, []string{"chargeback/open 10.4 1000"}},
		{"4000000000002685", "1000", announcedThenTaken, []string{"chargeback/open 13.1 1000"}},
		{"4000000000001976", "0", []domain.Event{domain.DisputeRetrieval}, []string{"retrieval/open 10.4 1000"}},
		{"4000000000005423", "0", []domain.Event{domain.DisputeFraudAdvice}, []string{"fraud_advice/open 10.4 1000"}},
		{
			"4000000404000079", "1000", append(announcedThenTaken[:1:1], domain.DisputeReceived, domain.DisputeEvidenceRequired, domain.DisputeEvidenceRequired),
			[]string{"chargeback/open 10.4 500", "chargeback/open 13.1 500"},
		},
		{"4000008400000779", "0", []domain.Event{domain.DisputePreCompliance}, []string{"pre_compliance/open  1000"}},
	} {
		t.Run(tc.number[12:], func(t *testing.T) {
			d := newDesk(t)
			op := sale("k", tc.number, 1000)
			op.Capture = domain.CaptureManual
			d.do(op)
			d.pass(time.Hour)
			if got := d.facts(); len(got) != 1 {
				t.Fatalf("before anything is captured: %+v", got)
			}
			d.do(change(domain.Capture, "c", 1000))
			captured := d.env.Now()
			if got := d.timers(); len(got) != 1 || got[0] != (domain.Timer{At: captured.Add(time.Minute), Name: "dispute_opened", Subject: "pay_1"}) {
				t.Errorf("timers %+v", got)
			}
			d.setNow(captured.Add(time.Minute - time.Microsecond))
			if got := d.facts(); len(got) != 2 {
				t.Errorf("too early: %+v", got)
			}
			d.setNow(captured.Add(2 * time.Minute))
			p, _ := d.agree("pay_1")
			var where []string
			for _, c := range p.Disputes {
				where = append(where, fmt.Sprintf("%s %s %d", c.State, c.ReasonCode, c.Amount))
			}
			same(t, "cases", where, tc.where)
			if got := fmt.Sprint(p.Sums.DisputedHeld); got != tc.held {
				t.Errorf("%s is held, want %s", got, tc.held)
			}
			told := d.facts()[2:]
			for i, f := range told {
				at := captured.Add(time.Minute)
				if f.Event == domain.DisputeEvidenceRequired {
					at = captured.Add(2 * time.Minute)
				}
				if !f.At.Equal(at) || f.Key != "" || i >= len(tc.told) || f.Event != tc.told[i] {
					t.Errorf("%d: %s at %v, want %v", i, f.Event, f.At, tc.told)
				}
			}
			if len(told) != len(tc.told) {
				t.Errorf("told %v, want %v", eventsOf(told), tc.told)
			}
		})
	}
}

var announcedThenTaken = []domain.Event{domain.DisputeReceived, domain.DisputeEvidenceRequired}

// TestAmountAndExpiryThatAreDisputed: Checkout.com's 10.40 with a card that is good until January 2099.
func TestAmountAndExpiryThatAreDisputed(t *testing.T) {
	for name, tc := range map[string]struct {
		amount   domain.Amount
		currency domain.Currency
		year     int
		comes    bool
	}{
		"both":          {1040, "EUR", 2099, true},
		"another sum":   {1041, "EUR", 2099, false},
		"a larger one":  {11040, "EUR", 2099, false},
		"another year":  {1040, "EUR", 2098, false},
		"another money": {1040, "JPY", 2099, false},
	} {
		d := newDesk(t)
		op := sale("k", visa, tc.amount)
		op.Card.Month, op.Card.Year, op.Currency = 1, tc.year, tc.currency
		rule := d.do(op).Rule
		d.pass(time.Minute)
		cases, err := d.Cases(t.Context())
		d.must(err)
		if came := len(cases) == 1 && cases[0].State == domain.ChargebackOpen; came != tc.comes {
			t.Errorf("%s: %+v", name, cases)
		}
		if (rule == "amount 1040 with expiry 01/2099") != tc.comes {
			t.Errorf("%s: the rule is %q", name, rule)
		}
	}
}

// TestNothingLeftToDispute: what was undone before the bank came is not disputed.
func TestNothingLeftToDispute(t *testing.T) {
	d := newDesk(t)
	d.do(sale("k", "4000000000000259", 1000))
	d.do(change(domain.Reverse, "v", 0))
	d.pass(time.Hour)
	if cases, err := d.Cases(t.Context()); err != nil || len(cases) != 0 {
		t.Errorf("%+v %v", cases, err)
	}
}
