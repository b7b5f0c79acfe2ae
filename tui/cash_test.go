package tui

import (
	"testing"

	"till/domain"
)

// Where cash is rounded people pay with cash: the notes of every such country are known, and the largest of them
// pays for a small thing.
func TestEveryCashCountryHasNotes(t *testing.T) {
	for _, rule := range domain.CashRules {
		if notesOf[rule.Currency] == nil {
			t.Errorf("%s: nobody knows the notes of %s", rule.Country, rule.Currency)
		}
	}
	d := drive(t, 80, 24)
	d.till.Country, d.till.Currency = "HU", "HUF"
	f := newCashForm(d.app.desk, &bill{currency: "HUF", due: 102_500})
	f.given.SetValue("20000.00")
	if !f.check() {
		t.Error(f.wrong)
	}
}
