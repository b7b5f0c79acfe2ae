package tui

import (
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

const (
	germanIBAN = "DE89370400440532013000"
	longName   = "鈴木商店 Suzuki & Söhne Handelsgesellschaft mbH & Co. KG"
)

// payTo makes so many payouts; every second is confirmed.
func (d *driver) payTo(n int) {
	d.t.Helper()
	for i := range n {
		iban, err := domain.ParseIBAN(germanIBAN)
		if err != nil {
			d.t.Fatal(err)
		}
		p, err := d.till.CreatePayout(d.t.Context(), till.Intent{Key: fmt.Sprint("key_payout", i)}, till.Paying{
			Amount: domain.Amount(1000 + 100*i), Currency: "EUR", Name: []string{longName, "Ann Lee"}[i%2], IBAN: iban,
		})
		if err == nil && i%2 == 0 {
			_, err = d.till.ConfirmPayout(d.t.Context(), till.Intent{}, p.ID, till.Missing{})
		}
		if err != nil {
			d.t.Fatal(err)
		}
		d.wait(3 * time.Hour)
	}
	d.follow()
}

func TestPayoutGoldens(t *testing.T) {
	for name, size := range map[string][2]int{"120x40": {120, 40}, "80x24": {80, 24}, "60x18": {60, 18}} {
		d := drive(t, size[0], size[1])
		d.press("f5", "p").golden("payouts-none-" + name)
		d.press("n").golden("payout-new-" + name)
		d.press("esc")
		d.payTo(5)
		d.press("down").golden("payouts-" + name)
		d.press("enter").golden("payout-" + name)
		d.press("c").golden("payout-confirm-" + name)
	}
}

// The list has a page at a time, goes on with it, and keeps the one that is selected.
func TestManyPayouts(t *testing.T) {
	d := drive(t, 80, 24)
	d.payTo(pageSize + 12)
	d.press("f5", "p")
	s := d.app.top().(*payouts)
	d.sees(fmt.Sprintf("%d+ payouts", pageSize))
	for range 12 {
		d.press("pgdown")
	}
	d.sees(fmt.Sprintf("%d payouts", pageSize+12))
	if len(s.rows) != pageSize+12 || s.selected != s.rows[len(s.rows)-1].ID {
		t.Fatalf("%d rows, selected %s", len(s.rows), s.selected)
	}
	oldest := s.selected
	if _, err := d.till.CreatePayout(t.Context(), till.Intent{}, till.Paying{Amount: 5, Currency: "EUR", Name: "Ó"}); err != nil {
		t.Fatal(err)
	}
	d.follow()
	if s.selected != oldest || len(s.rows) != pageSize+13 {
		t.Errorf("%d rows, selected %s", len(s.rows), s.selected)
	}
	d.press("home")
	if s.selected != s.rows[0].ID {
		t.Error("home does not lead to the newest")
	}
	d.send(tea.MouseClickMsg{X: 20, Y: headerLines + payoutsHead + 2, Button: tea.MouseLeft})
	d.send(tea.MouseClickMsg{X: 20, Y: headerLines + payoutsHead + 2, Button: tea.MouseLeft})
	if p, shown := d.app.top().(*payout); !shown || p.id != s.rows[2].ID {
		t.Error("two clicks do not open the payout")
	}
}

// Money is sent once somebody has confirmed it, and what has become of it is told.
func TestPayoutIsSent(t *testing.T) {
	d := drive(t, 120, 40)
	d.press("f3", "p", "n").typed("12.50<tab>")
	d.press("esc").sees("no payouts yet").press("n").sees("12.50") // nothing is lost
	d.press("esc")
	d.payTo(2)
	d.press("enter", "c").sees("send €11.00 to Ann Lee?", "cannot be called back").arm().press("y")
	p := d.app.top().(*payout)
	if p.shown.State == domain.PayoutCreated {
		t.Error("it was not sent")
	}
	d.press("x").sees("cancel: ")
}
