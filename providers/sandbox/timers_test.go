package sandbox_test

import (
	"context"
	"database/sql"
	"slices"
	"testing"
	"time"

	"till/domain"
)

func (d *desk) timers() []domain.Timer {
	d.Helper()
	timers, err := d.Timers(d.Context())
	if err != nil {
		d.Fatal(err)
	}
	return timers
}

// TestTimers: each is listed, and fires at its own time, however late the gateway is asked.
func TestTimers(t *testing.T) {
	refund := []domain.Operation{sale("k", "4000000000007726", 1000), change(domain.RefundMoney, "r", 100)}
	bounce := []domain.Operation{sale("k", "4000000000005126", 1000), change(domain.RefundMoney, "r", 100)}
	for _, tc := range []struct {
		name string
		ops  []domain.Operation
		in   time.Duration
		told domain.Event
	}{
		{"hold_lapsed", []domain.Operation{hold("k", 1000)}, 28 * 24 * time.Hour, domain.AuthExpired},
		{"session_expired", []domain.Operation{sale("k", challengeCard, 1000)}, 15 * time.Minute, domain.Abandoned},
		{"session_expired", []domain.Operation{sale("k", "4000000000003220", 1000)}, 15 * time.Minute, domain.Abandoned},
		{"session_expired", []domain.Operation{by("ideal", "k", 1000)}, 15 * time.Minute, domain.Abandoned},
		{"session_expired", []domain.Operation{by("voucher", "k", 1000)}, 72 * time.Hour, domain.Abandoned},
		{"debit_cleared", []domain.Operation{by("sepa", "k", 1000)}, 48 * time.Hour, domain.Captured},
		{"refund_succeeded", refund, time.Hour, domain.RefundDone},
		{"refund_failed", bounce, 24 * time.Hour, domain.RefundRefused},
	} {
		t.Run(tc.name+" "+tc.ops[0].Method, func(t *testing.T) {
			d := newDesk(t)
			for _, op := range tc.ops {
				d.do(op)
			}
			due := noon.Add(tc.in)
			if got := d.timers(); len(got) != 1 || got[0] != (domain.Timer{At: due, Name: tc.name, Subject: "pay_1"}) {
				t.Fatalf("timers %+v", got)
			}
			d.setNow(due.Add(-time.Microsecond))
			before := len(d.facts())
			d.setNow(due.Add(40 * time.Hour))
			all := d.facts()
			if last := all[len(all)-1]; len(all) == before || last.Event != tc.told || !last.At.Equal(due) {
				t.Errorf("%d facts before; at last %+v", before, last)
			}
			if got := d.timers(); len(got) != 0 {
				t.Errorf("left: %+v", got)
			}
		})
	}
}

func TestACashOnDeliveryWaits(t *testing.T) {
	d := newDesk(t)
	d.do(by("cod", "k", 1000))
	d.pass(365 * 24 * time.Hour)
	if got := d.timers(); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	d.complete("paid")
	d.since(1, domain.Approved, domain.Captured)
}

// TestHoldsThatAreOver are not waited for.
func TestHoldsThatAreOver(t *testing.T) {
	for name, ops := range map[string][]domain.Operation{
		"captured":       {hold("k", 1000), change(domain.Capture, "c", 1000)},
		"captured later": {multiple("k", 1000), change(domain.Capture, "c", 100), change(domain.Capture, "c2", 900)},
		"voided":         {hold("k", 1000), change(domain.Void, "v", 0)},
		"sold":           {sale("k", visa, 1000)},
		"declined":       {sale("k", visa, 1051)},
	} {
		d := newDesk(t)
		for _, op := range ops {
			d.do(op)
		}
		if got := d.timers(); len(got) != 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// TestTheRestLapses: what several captures left, and what was added, goes with the hold.
func TestTheRestLapses(t *testing.T) {
	d := newDesk(t)
	d.do(multiple("k", 1000))
	d.pass(24 * time.Hour)
	d.do(change(domain.Increment, "i", 500))
	d.do(change(domain.Capture, "c", 300))
	d.setNow(noon.Add(30 * 24 * time.Hour))
	all := d.facts()
	if last := all[len(all)-1]; last.Event != domain.AuthExpired || last.Released != 1200 || last.Key != "" || !last.At.Equal(noon.Add(28*24*time.Hour)) {
		t.Errorf("%+v", last)
	}
	d.refuses(change(domain.Capture, "c2", 1), "capture_not_allowed", domain.OperationFailed)
}

// TestTimersFireInOrder, over payments, before anything else is looked at.
func TestTimersFireInOrder(t *testing.T) {
	d := newDesk(t)
	d.do(by("sepa", "a", 1000)) // due last
	late := by("ideal", "b", 1000)
	late.Payment = "pay_2"
	d.do(late)
	d.pass(time.Minute)
	hour := sale("c", challengeCard, 1000)
	hour.Payment = "pay_3"
	d.do(hour)
	var subjects []string
	for _, timer := range d.timers() {
		subjects = append(subjects, timer.Subject)
	}
	if want := []string{"pay_2", "pay_3", "pay_1"}; !slices.Equal(subjects, want) {
		t.Errorf("%v, want %v", subjects, want)
	}
	d.pass(72 * time.Hour)
	if got := d.do(sale("d", visa, 2000)).Facts[0]; got.Action == "" {
		t.Fatal(got)
	}
	var order []string
	d.look("SELECT payment || ' ' || event FROM fact ORDER BY seq", &order)
	want := []string{
		"pay_1 payment_pending", "pay_2 payment_action_required", "pay_3 payment_action_required",
		"pay_2 payment_expired", "pay_3 payment_expired", "pay_1 payment_approved", "pay_1 payment_captured",
		"pay_1 payment_approved", "pay_1 payment_captured",
	}
	if !slices.Equal(order, want) {
		t.Errorf("%q", order)
	}
}

// look reads one column of the gateway's file.
func (d *desk) look(query string, into *[]string) {
	d.Helper()
	db, err := sql.Open("sqlite", d.plain())
	if err != nil {
		d.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	rows, err := db.QueryContext(context.Background(), query)
	if err != nil {
		d.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			d.Fatal(err)
		}
		*into = append(*into, text)
	}
	if err := rows.Err(); err != nil {
		d.Fatal(err)
	}
}

// A machine's clock that is set back makes nothing come before what it came after: a case stands where the newest puts it.
func TestTimeNeverGoesBack(t *testing.T) {
	d := newDesk(t)
	d.do(sale("a", visa, 100))
	d.pass(-time.Minute)
	d.do(change(domain.RefundMoney, "k", 40))
	facts := d.facts()
	for i, f := range facts[1:] {
		if f.At.Before(facts[i].At) {
			t.Errorf("%s at %s comes after %s at %s", f.Event, f.At, facts[i].Event, facts[i].At)
		}
	}
}
