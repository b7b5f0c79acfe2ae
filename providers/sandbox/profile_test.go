package sandbox_test

import (
	"testing"
	"time"

	"till/domain"
)

func (d *desk) profile(name string) {
	d.Helper()
	d.must(d.SetProfile(d.Context(), name))
}

func (d *desk) keepsKeys() time.Duration { return d.Info().Methods[0].Can.KeepsKeys }

// TestProfiles: what the same key is told the second time, after an approval, a decline and a breakdown.
func TestProfiles(t *testing.T) {
	for _, tc := range []struct {
		name            string
		keeps           time.Duration
		charges         domain.Amount // after the same sale twice
		afterDecline    domain.Status
		afterABreakdown domain.Status // "" is an error
		otherBody       domain.Status
	}{
		{"checkout", 24 * time.Hour, 1000, domain.Succeeded, domain.Succeeded, domain.NotSent},
		{"stripe", 24 * time.Hour, 1000, domain.Declined, "", domain.NotSent},
		{"none", 0, 2000, domain.Succeeded, domain.Succeeded, domain.Succeeded},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := newDesk(t)
			d.profile(tc.name)
			if got := d.keepsKeys(); got != tc.keeps {
				t.Errorf("keeps keys for %v", got)
			}
			d.do(sale("k", visa, 1000))
			d.do(sale("k", visa, 1000))
			if b := d.books("pay_1"); b.Captured != tc.charges {
				t.Errorf("charged %d", b.Captured)
			}
			if got := d.do(sale("k", visa, 1001)); got.Status != tc.otherBody {
				t.Errorf("another body: %s", got.Status)
			}
			d.do(sale("d", "4000000000000002", 1000))
			if got := d.do(sale("d", visa, 1000)); got.Status != tc.afterDecline {
				t.Errorf("after a decline: %s", got.Status)
			}
			d.fault(domain.Authorize, "http_500", 1)
			if _, err := d.Do(t.Context(), sale("b", visa, 1000)); err == nil {
				t.Error("a breakdown was answered")
			}
			got, err := d.Do(t.Context(), sale("b", visa, 1000))
			if got.Status != tc.afterABreakdown || (err != nil) != (tc.afterABreakdown == "") {
				t.Errorf("after a breakdown: %s %v", got.Status, err)
			}
		})
	}
}

// TestAnotherProcessChangesTheProfile: whoever has asked the gateway since knows.
func TestAnotherProcessChangesTheProfile(t *testing.T) {
	d := newDesk(t)
	d.must(d.open().SetProfile(t.Context(), "none"))
	d.do(hold("a", 1000))
	if got := d.keepsKeys(); got != 0 {
		t.Errorf("keeps keys for %v", got)
	}
	d.code(d.SetProfile(t.Context(), "nonsense"), domain.CodeInvalid)
}
