package tui

import (
	"strings"
	"testing"

	"till/domain"
	"till/domain/till"
)

// lose lets the bank's answer to the next operation of a kind be lost, and so many questions about it.
func (d *driver) lose(kind domain.OperationKind, questions int) {
	d.t.Helper()
	faults := []domain.Fault{{Operation: kind, Name: "timeout_after", Times: 1}}
	if questions > 0 {
		faults = append(faults, domain.Fault{Operation: domain.Sync, Name: "timeout_after", Times: questions})
	}
	for _, f := range faults {
		if err := d.till.Bank.SetFault(d.t.Context(), f); err != nil {
			d.t.Fatal(err)
		}
	}
}

// On its own screen the banner says that the outcome is unknown, as long as it is; the header counts it.
func TestUnknownIsNotSaidTwice(t *testing.T) {
	d := drive(t, 120, 40)
	s := d.onHold()
	d.lose(domain.Capture, 1)
	d.press("c").arm().press("y").sees("? UNKNOWN: nobody knows yet", "? 1 unknown").lacks("✗ the outcome")
	d.press("f2").sees("ready for the next customer", "? 1 unknown  SANDBOX")
	for range 2 {
		if _, err := d.till.Sync(t.Context(), till.Intent{}, s.looked().ID); err != nil {
			t.Log(err)
		}
	}
	d.follow()
	d.lacks("unknown")
}

// Who has stepped away reads it in the status line until it is known.
func TestUnknownIsToldWhileItLasts(t *testing.T) {
	d := drive(t, 120, 40)
	s := d.onHold()
	d.lose(domain.Capture, 1)
	d.press("c").arm().hold().press("enter", "f2")
	d.release().sees("✗ order 1 ", "? 1 unknown")
	for range 2 {
		_, _ = d.till.Sync(t.Context(), till.Intent{}, s.looked().ID)
	}
	d.follow()
	d.lacks("✗ order 1 ", "unknown").sees("ready for the next customer")
}

// A payment that nobody has an answer to is counted on the sale that comes next.
func TestUnknownPaymentIsCounted(t *testing.T) {
	d := drive(t, 120, 40)
	d.lose(domain.Authorize, 3)
	d.typed("mug<enter>").press("enter", "c").typed(visa + "<tab>1230<tab>123").press("enter")
	for range 3 {
		if d.app.top().Title() != "in flight" {
			d.press("enter")
		}
	}
	d.sees("?  UNKNOWN", "? 1 unknown").press("enter").sees("ready for the next customer", "? 1 unknown")
}

// Why something is not possible is said whole, at every width that has the lines for it.
func TestRefusalsAreWhole(t *testing.T) {
	for _, columns := range []int{80, 96, 100, 110, 120, 160} {
		d := drive(t, columns, 40)
		s := d.onHold()
		d.lose(domain.Capture, 9)
		d.press("c").arm().press("y")
		for _, o := range s.offers() {
			last := o.refusal[strings.LastIndexByte(o.refusal, ' ')+1:]
			if o.refusal != "" && !strings.Contains(strings.Join(strings.Fields(d.screen()), " "), last) {
				t.Errorf("%d columns: %q is cut:\n%s", columns, o.refusal, d.screen())
			}
		}
	}
}
