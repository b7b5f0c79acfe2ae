package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// dispute sells something of so many cents to somebody, who disputes it; respondIn is how long there is to answer.
func (d *driver) dispute(customer string, cents domain.Amount, raised domain.Raising) domain.DisputeID {
	d.t.Helper()
	o := d.sell(till.NewOrder{
		Cart:   domain.Cart{Currency: "EUR", Lines: []domain.Line{{Title: "mug", Price: cents, Quantity: 1}}},
		Client: domain.Person{LegalName: customer, Email: "a@example.com"},
	})
	d.charge(o, visa)
	return d.raise(o, raised)
}

// advance has the other side of a case go on, which till hears of.
func (d *driver) advance(id domain.DisputeID, outcome string) {
	d.t.Helper()
	err := d.till.Bank.Advance(d.t.Context(), id, outcome)
	if err == nil {
		err = d.till.Listen(d.t.Context())
	}
	if err != nil {
		d.t.Fatal(err)
	}
	d.follow()
}

// many opens cases of all kinds, of long and wide names.
func (d *driver) many() {
	d.t.Helper()
	chargeback := func(in time.Duration) domain.Raising {
		return domain.Raising{Stage: domain.StageChargeback, Reason: "13.1", RespondIn: in}
	}
	d.dispute("鈴木商店 Suzuki & Söhne Handelsgesellschaft mbH & Co. KG", 123456789, chargeback(20*day))
	d.dispute("Ada Lovelace", 5000, chargeback(2*day+time.Hour))
	d.dispute("李小龍", 1999, chargeback(5*day))
	d.dispute("Ó", 300, chargeback(5*time.Hour))
	d.dispute("Grace Hopper", 7700, domain.Raising{Stage: domain.StageRetrieval})
	d.dispute("Alan Turing", 4200, domain.Raising{Stage: domain.StageFraudAdvice})
	d.advance(d.dispute("Kurt Gödel", 9900, chargeback(9*day)), "withdrawn")
	fought := d.dispute("Emmy Noether", 150000, chargeback(9*day))
	if _, err := d.till.SubmitEvidence(d.t.Context(), till.Intent{}, fought, till.Evidence{Text: "signed for"}); err != nil {
		d.t.Fatal(err)
	}
	d.follow()
}

func TestDisputesGoldens(t *testing.T) {
	for name, size := range map[string][2]int{"120x40": {120, 40}, "80x24": {80, 24}, "60x18": {60, 18}} {
		d := drive(t, size[0], size[1])
		d.press("f4").golden("disputes-none-" + name)
		d.dispute("Ada Lovelace", 5000, domain.Raising{Stage: domain.StageChargeback, Reason: "13.1"})
		d.golden("disputes-one-" + name)
		d.many()
		d.press("home", "down").golden("disputes-many-" + name)
		d.press("a", "end").golden("disputes-all-" + name)
	}
}

// The open cases stand by their deadlines, those without one behind them, and those that are over last.
func TestDisputesByDeadline(t *testing.T) {
	d := drive(t, 120, 40)
	d.press("f4").sees("nobody disputes anything now")
	d.many()
	s := d.app.top().(*disputes)
	order := func() string {
		var names []string
		for _, r := range s.rows {
			names = append(names, r.Customer)
		}
		return strings.Join(names, ", ")
	}
	open := "Ó, Ada Lovelace, 李小龍, Grace Hopper, 鈴木商店 Suzuki & Söhne Handelsgesellschaft mbH & Co. KG"
	if got := order(); !strings.HasPrefix(got, open) || strings.Contains(got, "Gödel") || len(s.rows) != 7 {
		t.Errorf("open: %s", got)
	}
	d.sees("! 5 hours left", "! 3 days left", "◔ 5 days left", "their turn", "7 open cases", "€1,236,140.88 held", "! 2 answers urgent: order 4 5 hours left")
	d.press("a").sees("all cases")
	if got := order(); !strings.HasPrefix(got, open) || !strings.HasSuffix(got, "Kurt Gödel") || len(s.rows) != 8 {
		t.Errorf("all: %s", got)
	}
	d.press("end").sees("– over", "came back")
	d.wait(6 * time.Hour).press("home").sees("too late")
}

// Enter opens the order with the case looked at; what happens there is seen here at once.
func TestDisputesOpen(t *testing.T) {
	d := drive(t, 120, 40)
	d.many()
	d.press("4").lacks("nobody disputes").press("f2", "f4").sees("open cases").press("down", "enter")
	s := d.app.top().(*order)
	if s.tab != caseTab || s.dispute() == nil || s.full.Client.Name() != "Ada Lovelace" {
		t.Fatalf("%s is opened at tab %d", s.full.Client.Name(), s.tab)
	}
	d.sees("they say", "⚑ chargeback · open").press("A").arm().press("y").press("f4").lacks("Ada Lovelace").sees("6 open cases", "▌")
	d.press("f3").sees("F4 disputes", "⚑ ")
}

// A list of many is read page by page, each case once, in both parts of it; the selection stays on its case.
func TestDisputesPaging(t *testing.T) {
	d := drive(t, 80, 24)
	const n = 130
	for i := range n {
		id := d.dispute(fmt.Sprintf("customer %d", i), 100, domain.Raising{Stage: domain.StageChargeback, Reason: "13.1", RespondIn: time.Duration(n-i) * time.Hour})
		if i%13 == 0 {
			d.advance(id, "withdrawn")
		}
	}
	d.press("f4").sees("100+ open cases", "€100.00+ held")
	s := d.app.top().(*disputes)
	d.press("down", "down")
	chosen := s.selected
	d.dispute("urgent", 100, domain.Raising{Stage: domain.StageChargeback, Reason: "13.1", RespondIn: time.Minute})
	if s.selected != chosen || s.rows[0].Customer != "urgent" {
		t.Errorf("%v is selected, the first is of %s", s.selected, s.rows[0].Customer)
	}
	d.press("end", "end", "end").sees("121 open cases", "€121.00 held")
	d.press("a", "end", "end", "end", "end")
	seen := map[caseKey]bool{}
	for _, r := range s.rows {
		seen[keyOfCase(r)] = true
	}
	if len(s.rows) != n+1 || len(seen) != n+1 || !s.next.end {
		t.Errorf("%d rows, %d cases", len(s.rows), len(seen))
	}
	over := slices.IndexFunc(s.rows, func(r domain.DisputeRow) bool { return !r.IsOpen() })
	if over != 121 || !slices.IsSortedFunc(s.rows[:over], func(a, b domain.DisputeRow) int { return a.RespondBy.Compare(b.RespondBy) }) {
		t.Errorf("the first that is over is number %d", over)
	}
}

func TestDisputesMouse(t *testing.T) {
	d := drive(t, 80, 24)
	d.many()
	d.press("f4")
	s := d.app.top().(*disputes)
	second := keyOfCase(s.rows[1])
	click := func() { d.send(tea.MouseClickMsg{X: 10, Y: headerLines + casesHead + 1, Button: tea.MouseLeft}) }
	if click(); s.selected != second {
		t.Fatalf("%v is selected", s.selected)
	}
	d.send(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	if s.index() != 4 {
		t.Errorf("the wheel leads to %d", s.index())
	}
	click()
	if click(); d.app.top() == s {
		t.Error("a click on the selected case does not open it")
	}
}

// What time there is left is told by a glyph and in words, and by how urgent it is.
func TestTimeLeft(t *testing.T) {
	now := time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC)
	for _, c := range []struct {
		left time.Duration
		want badge
	}{
		{-time.Second, badge{"✗", "too late", bad}},
		{0, badge{"✗", "too late", bad}},
		{time.Minute, badge{"!", "1 hour left", bad}},
		{23 * time.Hour, badge{"!", "23 hours left", bad}},
		{day, badge{"!", "1 day left", bad}},
		{3 * day, badge{"!", "3 days left", bad}},
		{3*day + time.Second, badge{"◔", "4 days left", warn}},
		{7*day + time.Second, badge{"○", "8 days left", neutral}},
	} {
		if got := timeLeft(now, now.Add(c.left)); got != c.want {
			t.Errorf("%v: %+v, want %+v", c.left, got, c.want)
		}
	}
}

// Every stage has its flat name in a list with a glyph, a word and a colour of its own, and every status of a case too.
func TestEveryCaseHasABadge(t *testing.T) {
	for _, state := range domain.DisputeMachine.States() {
		stage, status, _ := strings.Cut(string(state), "/")
		d := domain.Dispute{Claim: domain.Claim{Stage: stage}}
		if sign, known := badges["flat"][domain.State(d.FlatStatus())]; !known || sign.glyph == "" || strings.Contains(sign.word, "_") {
			t.Errorf("%s is listed as %+v", d.FlatStatus(), sign)
		}
		if sign, known := badges["dispute"][domain.State(status)]; !known || sign.hue == neutral {
			t.Errorf("%s is told as %+v", status, sign)
		}
	}
}
