package sandbox_test

import (
	"reflect"
	"testing"

	"till/domain"
)

func (d *desk) fault(kind domain.OperationKind, name string, times int) {
	d.Helper()
	if err := d.SetFault(d.Context(), domain.Fault{Operation: kind, Name: name, Times: times}); err != nil {
		d.Fatal(err)
	}
}

func (d *desk) faults() []domain.Fault {
	d.Helper()
	faults, err := d.Faults(d.Context())
	if err != nil {
		d.Fatal(err)
	}
	return faults
}

func TestTimeoutBefore(t *testing.T) {
	d := newDesk(t)
	d.fault(domain.Authorize, "timeout_before", 1)
	d.lost(sale("k", visa, 1000))
	if got := d.do(change(domain.Sync, "s", 0)); got.Status != domain.NotFound {
		t.Errorf("the gateway saw it: %+v", got)
	}
	d.do(sale("k", visa, 1000))
	if b := d.books("pay_1"); b.Captured != 1000 || b.Calls["k"] != 1 {
		t.Errorf("books %+v", b)
	}
}

// TestTimeoutAfter: every operation is done although its answer is lost; a sync tells so by its key, and the same
// key again does not do it twice.
func TestTimeoutAfter(t *testing.T) {
	d := newDesk(t)
	for _, op := range []domain.Operation{
		hold("a", 1000), change(domain.Capture, "c", 600), change(domain.RefundMoney, "r", 100),
	} {
		d.fault(op.Kind, "timeout_after", 1)
		d.lost(op)
		synced := d.do(change(domain.Sync, "s", 0)).Facts
		if last := synced[len(synced)-1]; last.Key != op.Key || last.Amount != op.Amount {
			t.Errorf("%s: a sync tells %+v last", op.Kind, last)
		}
		if again := d.do(op); again.Status != domain.Succeeded || !reflect.DeepEqual(again.Facts[0], synced[len(synced)-1]) {
			t.Errorf("%s again: %+v", op.Kind, again)
		}
	}
	b := d.books("pay_1")
	if b.Authorized != 1000 || b.Captured != 600 || b.Voided != 400 || b.Refunded != 100 || b.Calls["a"] != 2 {
		t.Errorf("books %+v", b)
	}
}

func TestTimeoutAfterAVoid(t *testing.T) {
	d := newDesk(t)
	d.do(hold("a", 1000))
	d.fault(domain.Void, "timeout_after", 1)
	d.lost(change(domain.Void, "v", 1000))
	if b := d.books("pay_1"); b.Voided != 1000 {
		t.Errorf("books %+v", b)
	}
}

func TestASyncCanBeLostToo(t *testing.T) {
	d := newDesk(t)
	d.do(sale("k", visa, 1000))
	for _, name := range []string{"timeout_before", "timeout_after"} {
		d.fault(domain.Sync, name, 1)
		d.lost(change(domain.Sync, "s", 0))
	}
	if got := d.do(change(domain.Sync, "s", 0)); len(got.Facts) != 2 {
		t.Errorf("%+v", got)
	}
}

func TestFaultsAreUsedUpAndSurviveARestart(t *testing.T) {
	d := newDesk(t)
	d.fault(domain.Authorize, "timeout_before", 5)
	d.fault(domain.Authorize, "timeout_after", 2) // in place of the one before
	d.fault(domain.RefundMoney, "timeout_before", 1)
	d.lost(sale("k", visa, 1000))
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	d.Sandbox = d.open()
	want := []domain.Fault{
		{Operation: domain.Authorize, Name: "timeout_after", Times: 1},
		{Operation: domain.RefundMoney, Name: "timeout_before", Times: 1},
	}
	if got := d.faults(); len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("faults %+v, want %+v", got, want)
	}
	d.lost(sale("k", visa, 1000))
	if got := d.do(sale("k", visa, 1000)); got.Status != domain.Succeeded {
		t.Errorf("%+v", got)
	}
	if err := d.ClearFaults(t.Context()); err != nil || len(d.faults()) != 0 {
		t.Errorf("after clear: %+v %v", d.faults(), err)
	}
	if b := d.books("pay_1"); b.Captured != 1000 || b.Calls["k"] != 3 {
		t.Errorf("books %+v", b)
	}
}

func TestFaultsThatThereAreNot(t *testing.T) {
	d := newDesk(t)
	for field, fault := range map[string]domain.Fault{
		"operation": {Operation: "teleport", Name: "timeout_after", Times: 1},
		"fault":     {Operation: domain.Capture, Name: "gremlins", Times: 1},
		"times":     {Operation: domain.Capture, Name: "timeout_after"},
		"share":     {Operation: domain.Capture, Name: "timeout_after", Share: 101},
	} {
		err := d.SetFault(t.Context(), fault)
		e, ok := err.(*domain.Error)
		if !ok || e.Code != domain.CodeInvalid || len(e.Fields) != 1 || e.Fields[field] == "" {
			t.Errorf("%s: %v", field, err)
		}
	}
	if got := d.faults(); len(got) != 0 {
		t.Errorf("set all the same: %+v", got)
	}
}
