package till_test

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"till/domain"
	"till/domain/till"
	"till/storage/storagetest"
)

// messenger is a gateway that tells what it is given, once, as any gateway could.
type messenger struct{ waits []domain.Notice }

func (m *messenger) Notices(_ context.Context, after string) ([]domain.Notice, error) {
	at := 0
	for i, n := range m.waits {
		if n.Position == after {
			at = i + 1
		}
	}
	return m.waits[at:], nil
}

// noticeTexts are notices as a gateway sends them; PAY, REF and KEY stand for what there is.
var noticeTexts = []string{
	`{"id":"evt_1","type":"payment_captured","at":"2026-03-02T12:00:00Z","payment":"PAY","facts":[{"event":"payment_captured","action":"act_9","key":"KEY","amount":500,"currency":"EUR","final":true}]}`,
	`{"id":"evt_2","payment":"PAY","facts":[{"event":"provider_refund","action":"act_8","refund":"REF","amount":200,"currency":"EUR"},{"event":"approved","action":"act_7","amount":-5}]}`,
	`{"id":"evt_3","payment":"PAY","facts":[{"event":"dispute_evidence_required","action":"act_6","case":"dsp_1","amount":9223372036854775807,"dispute":{"stage":"chargeback","status":"open","amount":500,"fee":1500,"reason_code":"13.1","network":"Visa"}}]}`,
	`{"id":"evt_4","payment":"PAY","facts":[{"event":"payment_declined","action":"act_5","code":"20051","summary":"no","class":"soft"},{"event":"payment_reversed","action":"act_4","amount":1000}]}`,
	`{"id":"evt_5","payment":"","facts":[{"event":"payment_voided","action":"act_3","key":"KEY","amount":1000,"currency":"USD","released":1000}]}`,
	`{"id":"evt_6","payment":"PAY","facts":[{"event":"action_required","action":"act_2","session":{"id":"sid_1","kind":"redirect","url":"x","code":"1"},"three_ds":{"status":"passed"},"fraud":{"status":"review"},"source":{"type":"id","id":"src_9"}}]}`,
	`{"id":"evt_7","payment":"pay_nobody","facts":[{"event":"refunded","refund":"REF","amount":1}]}`,
	`{"id":"","payment":"po_1","facts":[{"event":"payout_paid"}],"body":"x"}`, `{"payment":"man_1","facts":null}`, `{"payment":"src_1","facts":[{}]}`,
}

// notices gives the check on a notice: whatever it says till has listened and can go on, what it says twice is booked
// once, and the order folds, with a chain that holds.
func notices(t *testing.T) func(t *testing.T, text string) {
	b := newBench(t, nil)
	m := &messenger{}
	b.Variants[0].Notifier = m
	count := 0
	var paid till.Result
	return func(t *testing.T, text string) {
		b.T, b.ctx = t, t.Context()
		if count%40 == 0 { // an order's life stays short
			paid = b.hold(b.issue(1000))
		}
		p := paid.Payment
		text = strings.NewReplacer("PAY", string(p.ID), "REF", "ref_1", "KEY", p.Operations[0].Key).Replace(text)
		var n domain.Notice
		if json.Unmarshal([]byte(text), &n) != nil {
			return
		}
		var before int64
		for i := range 2 {
			count++
			n.Position = strconv.Itoa(count)
			m.waits = append(m.waits, n)
			if err := b.Listen(b.ctx); err != nil {
				t.Fatalf("till cannot listen any more: %v\n%s", err, text)
			}
			o, err := b.Store.Order(b.ctx, paid.Order.ID)
			if err != nil {
				t.Fatalf("the order does not fold any more: %v\n%s", err, text)
			}
			if i == 1 && n.ID != "" && o.Version != before {
				t.Fatalf("the same notice was booked twice:\n%s", text)
			}
			before = o.Version
			_, _ = o.Sums(), o.Attention()
		}
		if _, err := b.Sync(b.ctx, till.Intent{}, p.ID); domain.CodeOf(err) == domain.CodeInternal {
			t.Fatalf("till cannot ask about it any more: %v\n%s", err, text)
		}
	}
}

func FuzzNotice(f *testing.F) {
	for _, text := range noticeTexts {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { notices(t)(t, text) })
}

func TestAnyNotice(t *testing.T) {
	check := notices(t)
	for _, text := range noticeTexts {
		check(t, text)
	}
	n := storagetest.Mutants(t, 400, noticeTexts, func(text string) { check(t, text) })
	t.Logf("proof: %d notices heard, none booked twice, none that stops the next", n)
}
