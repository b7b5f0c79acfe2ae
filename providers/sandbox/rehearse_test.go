package sandbox_test

import (
	"errors"
	"path/filepath"
	"testing"

	"till/domain"
)

// TestRehearse: what the gateway does at a rehearsal it has not done afterwards.
func TestRehearse(t *testing.T) {
	d := newDesk(t)
	d.must(d.HoldBack(t.Context(), true))
	d.do(hold("a", 1000))
	failed := errors.New("failed")
	for range 2 {
		err := d.Rehearse(t.Context(), func() error {
			d.do(change(domain.Capture, "c", 600))
			d.must(d.Rehearse(t.Context(), func() error {
				d.must(d.Deliver(t.Context(), "2", "1"))
				types, _ := d.arrived("")
				same(t, "arrived", types, []string{"payment_captured", "payment_approved"})
				return nil
			}))
			d.code(d.Deliver(t.Context(), "1", "9"), domain.CodeNotFound) // and nothing of it
			same(t, "outbox", d.outbox(), []string{"1 payment_approved pending 0", "2 payment_captured pending 0"})
			return failed
		})
		if !errors.Is(err, failed) {
			t.Error(err)
		}
		same(t, "outbox", d.outbox(), []string{"1 payment_approved pending 0"})
	}
	if b := d.books("pay_1"); b.Captured != 0 {
		t.Errorf("books %+v", b)
	}
}

func TestCopy(t *testing.T) {
	d := newDesk(t)
	d.must(d.SetProfile(t.Context(), "none"))
	d.do(hold("a", 1000))
	path := filepath.Join(t.TempDir(), "copy #1?.db")
	d.must(d.Copy(t.Context(), path))
	d.do(change(domain.Capture, "c", 600))
	other := &desk{T: t, path: path, env: d.env}
	other.Sandbox = other.open()
	if b := other.books("pay_1"); b.Authorized != 1000 || b.Captured != 0 {
		t.Errorf("books %+v", b)
	}
	if got := other.keepsKeys(); got != 0 {
		t.Errorf("keeps keys for %v", got)
	}
}
