package sandbox_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"till/domain"
)

// TestEachFault: what it answers, whether the gateway did the thing, and what it tells of it. Each for every change.
func TestEachFault(t *testing.T) {
	for _, tc := range []struct {
		fault   string
		status  domain.Status // "" is an error: nobody knows
		code    string
		does    bool
		notice  string // state and times of the notice
		answers string // on the wire
	}{
		{"refused", domain.NotSent, "connection_refused", false, "", ""},
		{"timeout_before", "", "", false, "", ""},
		{"timeout_after", "", "", true, "pending 0", ""},
		{"http_500", "", "", false, "", `"status":500`},
		{"http_429", domain.NotSent, "too_many_requests", false, "", `"status":429`},
		{"http_409", domain.Pending, "key_running", false, "", `"status":409`},
		{"garbled", "", "", true, "pending 0", `{"status":201`},
		{"slow:2", domain.Succeeded, "10000", true, "delivered 1", `"status":201`},
		{"wrong_amount", domain.Succeeded, "10000", true, "pending 0", `"amount":101`},
		{"declined", domain.Declined, "", false, "delivered 1", `"approved":false`},
		{"notice_first", domain.Succeeded, "10000", true, "delivered 1", `"status":201`},
		{"notice_twice", domain.Succeeded, "10000", true, "delivered 2", `"status":201`},
		{"notice_lost", domain.Succeeded, "10000", true, "dropped 0", `"status":201`},
	} {
		for _, kind := range []domain.OperationKind{domain.Authorize, domain.Capture, domain.Void, domain.RefundMoney} {
			t.Run(tc.fault+" "+string(kind), func(t *testing.T) {
				d := newDesk(t)
				d.waits(nil)
				op := d.before(kind)
				told := len(d.outbox())
				d.fault(kind, tc.fault, 1)
				got, err := d.Do(t.Context(), op)
				if got.Status != tc.status || (err != nil) != (tc.status == "") || tc.code != "" && got.Code != tc.code {
					t.Errorf("answers %s %s %v", got.Status, got.Code, err)
				}
				if err != nil && (domain.CodeOf(err) != domain.CodeUnknownOutcome || !strings.Contains(err.Error(), "fault "+tc.fault)) {
					t.Errorf("the error does not say which fault: %v", err)
				}
				if !strings.Contains(got.Wire.Answered, tc.answers) || tc.answers == "" && got.Wire.Answered != "" {
					t.Errorf("on the wire %s", got.Wire.Answered)
				}
				if did := d.moved(kind); did != tc.does {
					t.Errorf("did it: %v", did)
				}
				notice := ""
				if all := d.outbox(); len(all) > told {
					words := strings.Fields(all[told])
					notice = strings.Join(words[2:], " ")
				}
				if notice != tc.notice {
					t.Errorf("the notice is %q, want %q", notice, tc.notice)
				}
				if left := d.faults(); len(left) != 0 {
					t.Errorf("left %+v", left)
				}
			})
		}
	}
}

// waits has nobody wait, or everybody give up.
func (d *desk) waits(end error) {
	d.env.Wait = func(context.Context, time.Duration) error { return end }
	d.Sandbox = d.open()
}

// before brings a payment to where an operation of 100 is possible, and gives that.
func (d *desk) before(kind domain.OperationKind) domain.Operation {
	d.Helper()
	switch kind {
	case domain.Authorize:
		return hold("k", 100)
	case domain.RefundMoney:
		d.do(sale("a", visa, 100))
	default:
		d.do(hold("a", 100))
	}
	return change(kind, "k", 100)
}

// moved tells whether an operation of 100 has been done.
func (d *desk) moved(kind domain.OperationKind) bool {
	d.Helper()
	b, err := d.Books(d.Context(), "pay_1")
	if domain.CodeOf(err) == domain.CodeNotFound {
		return false
	}
	d.must(err)
	return map[domain.OperationKind]domain.Amount{
		domain.Authorize: b.Authorized, domain.Capture: b.Captured, domain.Void: b.Voided, domain.RefundMoney: b.Refunded,
	}[kind] == 100
}

// TestFaultsOfASync: the books stay as they are, whatever is said of them.
func TestFaultsOfASync(t *testing.T) {
	for fault, want := range map[string]string{
		"refused": "not_sent 0", "timeout_before": "lost", "timeout_after": "lost", "http_500": "lost", "http_429": "not_sent 0",
		"http_409": "pending 0", "garbled": "lost", "slow:1": "succeeded 100", "wrong_amount": "succeeded 101",
		"declined": "declined 0", "pending": "pending 0",
	} {
		d := newDesk(t)
		d.waits(nil)
		d.do(hold("a", 100))
		d.fault(domain.Sync, fault, 1)
		got, err := d.Do(t.Context(), change(domain.Sync, "s", 0))
		said := "lost"
		if err == nil {
			var amount domain.Amount
			if len(got.Facts) > 0 {
				amount = got.Facts[0].Amount
			}
			said = fmt.Sprintf("%s %d", got.Status, amount)
		}
		if said != want {
			t.Errorf("%s: %s (%v), want %s", fault, said, err, want)
		}
		if again := d.do(change(domain.Sync, "s", 0)); again.Facts[0].Amount != 100 {
			t.Errorf("%s: afterwards %+v", fault, again)
		}
	}
	d := newDesk(t)
	for _, fault := range []string{"notice_first", "notice_twice", "notice_lost"} {
		err := d.SetFault(t.Context(), domain.Fault{Operation: domain.Sync, Name: fault, Times: 1})
		d.code(err, domain.CodeInvalid)
	}
}

// TestSlowAndNobodyWaits: who gives up before the answer knows nothing; the notice waits, and the key is in use.
func TestSlowAndNobodyWaits(t *testing.T) {
	d := newDesk(t)
	d.do(hold("a", 100))
	d.fault(domain.Capture, "slow:30", 1)
	d.waits(context.DeadlineExceeded)
	if _, err := d.Do(t.Context(), change(domain.Capture, "c", 100)); domain.CodeOf(err) != domain.CodeUnknownOutcome {
		t.Fatalf("%v", err)
	}
	if !d.moved(domain.Capture) {
		t.Error("it was not done")
	}
	same(t, "outbox", d.outbox()[1:], []string{"2 payment_captured pending 0"})
	if got := d.do(change(domain.Capture, "c", 100)); got.Status != domain.Pending || got.Code != "key_running" {
		t.Errorf("the key meanwhile: %+v", got)
	}
	d.setNow(noon.Add(30 * time.Second))
	if got := d.do(change(domain.Capture, "c", 100)); got.Status != domain.Succeeded {
		t.Errorf("the key afterwards: %+v", got)
	}
	if b := d.books("pay_1"); b.Captured != 100 || b.Charges > 1 {
		t.Errorf("books %+v", b)
	}
}

// TestSlowTakesItsTime: by the machine's clock, and the notice comes with the answer.
func TestSlowTakesItsTime(t *testing.T) {
	d := newDesk(t)
	var waited time.Duration
	d.env.Wait = func(_ context.Context, span time.Duration) error {
		waited = span
		same(t, "outbox in the meantime", d.outbox(), []string{"1 payment_approved pending 0"})
		return nil
	}
	d.Sandbox = d.open()
	d.fault(domain.Authorize, "slow:2.5", 1)
	d.do(hold("a", 100))
	if waited != 2500*time.Millisecond {
		t.Errorf("waited %v", waited)
	}
	same(t, "outbox", d.outbox(), []string{"1 payment_approved delivered 1"})
}

// TestNoticeFirst: the merchant is called in the middle of the call, when the file is free and the notice there.
func TestNoticeFirst(t *testing.T) {
	d := newDesk(t)
	read := 0
	d.Listener(func(context.Context) {
		types, _ := d.arrived("")
		read = len(types)
	})
	d.do(hold("a", 100))
	if read != 0 {
		t.Fatalf("called without the fault")
	}
	d.fault(domain.Capture, "notice_first", 1)
	d.do(change(domain.Capture, "c", 100))
	if read != 2 {
		t.Errorf("%d notices were there before the reply", read)
	}
}

// TestShareOfCalls: about as many as were asked for, and the same ones each time, as the seed is the same.
func TestShareOfCalls(t *testing.T) {
	falls := func() (pattern string) {
		d := newDesk(t)
		d.must(d.SetFault(t.Context(), domain.Fault{Operation: domain.Authorize, Name: "refused", Share: 30}))
		for i := range 100 {
			op := hold(fmt.Sprintf("k%d", i), 100)
			op.Payment = domain.PaymentID(fmt.Sprintf("pay_%d", i))
			pattern += string(d.do(op).Status[0])
		}
		if left := d.faults(); len(left) != 1 || left[0].Share != 30 || left[0].Times != 0 {
			t.Errorf("left %+v", left)
		}
		return pattern
	}
	first := falls()
	if n := strings.Count(first, "n"); n < 15 || n > 45 {
		t.Errorf("%d of 100 calls: %s", n, first)
	}
	if again := falls(); again != first {
		t.Errorf("%s, and then %s", first, again)
	}
}
