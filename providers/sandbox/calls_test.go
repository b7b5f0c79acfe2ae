package sandbox_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"till/domain"
)

func TestKeysAreKeptForADay(t *testing.T) {
	d := newDesk(t)
	first := d.do(sale("k", visa, 1000))
	d.setNow(noon.Add(24*time.Hour - time.Second))
	withoutCard := sale("k", visa, 1000)
	withoutCard.Card = nil // gone after a crash
	if again := d.do(withoutCard); again.ProviderID != first.ProviderID || !reflect.DeepEqual(again.Facts, first.Facts) || again.Rule != first.Rule {
		t.Errorf("within the day %+v, first %+v", again, first)
	}
	d.setNow(noon.Add(24 * time.Hour))
	if late := d.do(sale("k", visa, 1000)); late.ProviderID == first.ProviderID {
		t.Error("the key was kept for more than a day")
	}
	if b := d.books("pay_1"); b.Authorized != 2000 || b.Calls["k"] != 3 {
		t.Errorf("books %+v", b)
	}
}

func TestDeclinesAreNotKept(t *testing.T) {
	d := newDesk(t)
	first := d.do(sale("k", "4000000000000002", 1000))
	second := d.do(sale("k", visa, 1000))
	if first.Status != domain.Declined || second.Status != domain.Succeeded {
		t.Errorf("%+v, then %+v", first, second)
	}
}

func TestAKeyForSomethingElse(t *testing.T) {
	d := newDesk(t)
	d.do(hold("k", 1000))
	other := hold("k", 1000)
	other.Payment = "pay_2"
	captured := sale("k", visa, 1000)
	for name, op := range map[string]domain.Operation{
		"amount": hold("k", 1001), "kind": change(domain.Void, "k", 1000), "payment": other, "capture": captured,
	} {
		if got := d.do(op); got.Status != domain.NotSent || got.Code != "409" || len(got.Facts) != 0 {
			t.Errorf("another %s: %+v", name, got)
		}
	}
	if b := d.books("pay_1"); b.Authorized != 1000 || b.Captured != 0 || b.Voided != 0 {
		t.Errorf("books %+v", b)
	}
}

func TestNonsenseIsRefused(t *testing.T) {
	d := newDesk(t)
	d.do(hold("a", 1000))
	d.refuses(change(domain.RefundMoney, "r0", 1), "refund_not_allowed", domain.RefundRefused)
	d.refuses(change(domain.Capture, "c0", 1001), "capture_value_greater_than_remaining_authorized", domain.OperationFailed)
	d.refuses(change(domain.Void, "v0", 999), "void_amount_invalid", domain.OperationFailed)
	d.do(change(domain.Capture, "c1", 600))
	d.refuses(change(domain.Capture, "c2", 1), "capture_not_allowed", domain.OperationFailed)
	d.refuses(change(domain.Void, "v1", 0), "void_not_allowed", domain.OperationFailed)
	d.do(change(domain.RefundMoney, "r1", 400))
	d.refuses(change(domain.RefundMoney, "r2", 201), "refund_amount_exceeds_balance", domain.RefundRefused)
	unknown := change(domain.Capture, "c3", 1)
	unknown.Payment = "pay_2"
	if got := d.do(unknown); got.Status != domain.Declined || got.Code != "payment_not_found" || len(got.Facts) != 0 {
		t.Errorf("%+v", got)
	}
	for _, kind := range []domain.OperationKind{domain.Capture, domain.RefundMoney} {
		if got := d.do(change(kind, "nothing", 0)); got.Status != domain.NotSent || got.Code != "amount_invalid" {
			t.Errorf("%s of nothing: %+v", kind, got)
		}
	}
	dollars := change(domain.RefundMoney, "r3", 1)
	dollars.Currency = "USD"
	if got := d.do(dollars); got.Status != domain.NotSent || got.Code != "currency_mismatch" {
		t.Errorf("%+v", got)
	}
}

// refuses checks a refusal, and that a sync tells it too.
func (d *desk) refuses(op domain.Operation, code string, event domain.Event) {
	d.Helper()
	got := d.do(op)
	if got.Status != domain.Declined || got.Code != code || got.Summary == "" || len(got.Facts) != 1 {
		d.Fatalf("%s: %+v", op.Kind, got)
	}
	f := got.Facts[0]
	if f.Event != event || f.Code != code || f.Refund != op.Refund || f.Released != 0 {
		d.Errorf("%s: fact %+v", op.Kind, f)
	}
	synced := d.do(change(domain.Sync, "s", 0)).Facts
	if last := synced[len(synced)-1]; !reflect.DeepEqual(last, f) {
		d.Errorf("%s: a sync tells %+v, the reply told %+v", op.Kind, last, f)
	}
}

func TestVoidReleasesTheWholeHold(t *testing.T) {
	d := newDesk(t)
	d.do(hold("a", 1000))
	got := d.do(change(domain.Void, "v", 0))
	if got.Status != domain.Succeeded || got.Facts[0].Event != domain.Voided || got.Facts[0].Released != 1000 {
		t.Errorf("%+v", got)
	}
}

func TestBooksOfNoPayment(t *testing.T) {
	if _, err := newDesk(t).Books(t.Context(), "pay_none"); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("%v", err)
	}
}

func TestWire(t *testing.T) {
	d := newDesk(t)
	op := sale("k", visa, 1000)
	first, second := d.do(op).Wire, d.do(op).Wire
	if first.Operation != op.ID || first.Took != second.Took || first.Sent != second.Sent {
		t.Errorf("%+v and %+v", first, second)
	}
	if first.Took < 20*time.Millisecond || first.Took > 180*time.Millisecond {
		t.Errorf("took %v", first.Took)
	}
	for _, text := range []string{first.Sent, first.Answered} {
		if !json.Valid([]byte(text)) {
			t.Errorf("not JSON: %s", text)
		}
	}
	wantSent := `{"method":"POST","path":"/payments","headers":{"Idempotency-Key":"k"},"body":{"amount":1000,"currency":"EUR","capture":true,` +
		`"reference":"pay_1","source":{"type":"card","brand":"Visa","last4":"4242","expiry_month":12,"expiry_year":2030}}}`
	if first.Sent != wantSent {
		t.Errorf("sent %s", first.Sent)
	}
	for _, part := range []string{`"status":201`, `"approved":true`, `"response_code":"10000"`, `"Request-Id":"req_`} {
		if !strings.Contains(first.Answered, part) {
			t.Errorf("answered %s, without %s", first.Answered, part)
		}
	}
}

func TestWirePaths(t *testing.T) {
	d := newDesk(t)
	session := change(domain.VerifyRedirect, "y", 0)
	session.Session = "sid_1"
	cancel := change(domain.RefundCancel, "x", 0)
	cancel.Refund = "ref_1"
	mandate := domain.Operation{Kind: domain.Revoke, Key: "m", Mandate: "man_1"}
	source := domain.Operation{Kind: domain.Revoke, Key: "n", Source: domain.Source{ID: "src_1"}}
	setup := domain.Operation{Kind: domain.SetupRecurring, Key: "p", Mandate: "man_1", Card: card(visa)}
	charge := sale("q", visa, 1)
	charge.Kind, charge.Card, charge.Mandate = domain.ChargeRecurring, nil, "man_1"
	for _, tc := range []struct {
		op   domain.Operation
		want string
	}{
		{hold("a", 1000), `"method":"POST","path":"/payments"`},
		{charge, `"method":"POST","path":"/payments"`},
		{change(domain.CreateOrder, "o", 1000), `"method":"POST","path":"/payment-links"`},
		{change(domain.Increment, "i", 1000), `"method":"POST","path":"/payments/pay_1/authorizations"`},
		{change(domain.Capture, "c", 1000), `"method":"POST","path":"/payments/pay_1/captures"`},
		{change(domain.Void, "v", 1000), `"method":"POST","path":"/payments/pay_1/voids"`},
		{change(domain.Reverse, "w", 1000), `"method":"POST","path":"/payments/pay_1/reversals"`},
		{change(domain.RefundMoney, "r", 1), `"method":"POST","path":"/payments/pay_1/refunds"`},
		{cancel, `"method":"POST","path":"/payments/pay_1/refunds/ref_1/cancellations"`},
		{session, `"method":"GET","path":"/payments/sid_1"`},
		{setup, `"method":"POST","path":"/instruments"`},
		{mandate, `"method":"DELETE","path":"/mandates/man_1"`},
		{source, `"method":"DELETE","path":"/instruments/src_1"`},
		{change(domain.Sync, "s", 0), `"method":"GET","path":"/payments/pay_1/actions"`},
		{domain.Operation{Kind: domain.Sync, Key: "t", Mandate: "man_1"}, `"method":"GET","path":"/mandates/man_1/actions"`},
	} {
		if got := d.do(tc.op).Wire.Sent; !strings.Contains(got, tc.want) {
			t.Errorf("%s: %s", tc.op.Kind, got)
		}
	}
}

// TestWireOfAChallenge: what was asked and what the customer is to do are there to see, the card is not.
func TestWireOfAChallenge(t *testing.T) {
	d := newDesk(t)
	op := sale("k", challengeCard, 1000)
	op.ThreeDS, op.WithoutIt, op.Customer = true, true, "cus_1"
	wire := d.do(op).Wire
	for text, parts := range map[string][]string{
		wire.Sent:     {`"3ds":{"enabled":true,"attempt_n3d":true}`, `"customer":"cus_1"`, `"last4":"3184"`},
		wire.Answered: {`"status":202`, `"redirect":{"href":"https://sandbox.till.invalid/challenge/sid_`, `"trans_status":"C"`, `"session":"sid_`},
	} {
		for _, part := range parts {
			if !strings.Contains(text, part) {
				t.Errorf("%s has no %s", text, part)
			}
		}
	}
	d.complete("passed")
	if answered := d.do(change(domain.Sync, "s", 0)).Wire.Answered; strings.Contains(answered, "400000276000") {
		t.Error(answered)
	}
}
