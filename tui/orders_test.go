package tui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"till/domain"
	"till/domain/till"
)

// fill issues n orders of long and wide names; every third is paid, every fourth declined.
func (d *driver) fill(n int) {
	d.t.Helper()
	clients := []string{"鈴木商店 Suzuki & Söhne Handelsgesellschaft mbH & Co. KG", "Ada Lovelace", "李小龍", "Ó"}
	for i := range n {
		o := d.sell(till.NewOrder{
			SkipCapture: i%2 == 0, IsTest: i%10 == 9,
			Cart:   domain.Cart{Currency: "EUR", Lines: []domain.Line{{Title: "mug", Price: domain.Amount(1000 + i*7), Quantity: 1}}},
			Client: domain.Person{LegalName: clients[i%len(clients)], Email: "a@example.com"},
		})
		switch {
		case i%3 == 0:
			d.charge(o, visa)
		case i%4 == 1:
			d.charge(o, refused)
		}
		d.wait(7 * time.Minute)
	}
	d.follow()
}

func TestListGoldens(t *testing.T) {
	for name, size := range map[string][2]int{"120x40": {120, 40}, "80x24": {80, 24}, "60x18": {60, 18}} {
		d := drive(t, size[0], size[1])
		d.press("f3").golden("orders-none-" + name)
		d.fill(12)
		d.press("down", "down").golden("orders-" + name)
		d.press("/").typed("suz status:hold").golden("orders-filter-" + name)
	}
}

func TestListOfAHundred(t *testing.T) {
	d := drive(t, 80, 24)
	d.press("f3")
	d.fill(230)
	s := d.app.top().(*orders)
	d.sees("100+ orders")
	for range 20 {
		d.press("pgdown")
	}
	d.sees("230 orders")
	if len(s.rows) != 230 || s.rows[229].ID != s.selected {
		t.Fatalf("%d rows, selected %s", len(s.rows), s.selected)
	}
	d.press("home").sees("▌")
	if s.top != 0 || s.rows[0].ID != s.selected {
		t.Error("home does not lead to the first")
	}
	d.press("pgdown", "pgdown", "up")
	for _, line := range strings.Split(ansi.Strip(s.View()), "\n") {
		if width(line) > 80 {
			t.Errorf("too wide: %q", line)
		}
	}
}

// A new order on top moves neither the selection to another order nor the rows of who has scrolled away.
func TestSelectionStays(t *testing.T) {
	d := drive(t, 80, 24)
	d.press("f3")
	d.fill(40)
	s := d.app.top().(*orders)
	d.press("down", "down", "down")
	chosen := s.selected
	d.fill(1)
	if s.selected != chosen || s.top != 0 {
		t.Errorf("selected %s, not %s; top %d", s.selected, chosen, s.top)
	}
	d.press("pgdown")
	first, chosen := s.rows[s.top].ID, s.selected
	d.fill(1)
	if s.selected != chosen || s.rows[s.top].ID != first {
		t.Errorf("the rows moved: %s is on top, not %s", s.rows[s.top].ID, first)
	}
	d.press("enter")
	if got := d.app.top().(*order).id; got != chosen {
		t.Errorf("opened %s, not %s", got, chosen)
	}
}

func TestFilter(t *testing.T) {
	d := drive(t, 120, 40)
	d.press("f3")
	d.fill(12)
	s := d.app.top().(*orders)
	d.press("/").typed("suzuki")
	if len(s.rows) != 3 {
		t.Errorf("%d rows for suzuki", len(s.rows))
	}
	d.typed(" status:hold,paid")
	for _, r := range s.rows {
		if r.Status != "hold" && r.Status != "paid" {
			t.Errorf("a row is %s", r.Status)
		}
	}
	d.typed(" from:yestermorn").sees("from: a day is written 2026-01-31")
	d.press("esc").sees("/ suzuki status:hold,paid from:yestermorn") // esc loses nothing
	d.press("backspace").sees("/ filter", "12 orders")
	d.press("/").typed("nobody").sees("no order fits this filter")
	d.press("enter", "backspace", "/").typed("2").sees("/ 2") // a digit is text here
}

func TestParseFilter(t *testing.T) {
	now := time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC)
	day := func(d int) time.Time { return time.Date(2026, 11, d, 0, 0, 0, 0, time.UTC) }
	q, err := parseFilter("ada  from:7d to:2026-11-20 test:no STATUS:in-prog,hold 10:30", now, "EUR")
	if err != nil || q.Text != "ada 10:30" || !q.From.Equal(day(14)) || !q.To.Equal(day(21)) || q.Test == nil || *q.Test || fmt.Sprint(q.Statuses) != "[in_progress hold]" {
		t.Errorf("%+v, %v", q, err)
	}
	if q, err := parseFilter("from: status: amount:>", now, "EUR"); err != nil || !q.From.IsZero() || q.Statuses != nil {
		t.Errorf("a pair that is still typed: %+v, %v", q, err)
	}
	for _, wrong := range []string{
		"from:soon", "to:32d-", "test:perhaps", "foo:", "status:lost", "attention:soon",
		"amount:much", "amount:5..2", "amount:0", "amount:>1..2", "amount:1.234", "amount:5xyz",
	} {
		if _, err := parseFilter(wrong, now, "EUR"); err == nil {
			t.Errorf("%s was read", wrong)
		}
	}
}

func TestListMouse(t *testing.T) {
	d := drive(t, 80, 24)
	d.press("f3")
	d.fill(40)
	s := d.app.top().(*orders)
	d.send(tea.MouseClickMsg{X: 20, Y: headerLines + listHead + 4, Button: tea.MouseLeft})
	if s.selected != s.rows[4].ID {
		t.Errorf("clicked the row of %s", s.selected)
	}
	d.send(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	if s.selected != s.rows[7].ID {
		t.Errorf("wheeled to %s", s.selected)
	}
	d.send(tea.MouseClickMsg{X: 20, Y: headerLines + listHead + 7, Button: tea.MouseLeft})
	if _, opened := d.app.top().(*order); !opened {
		t.Error("a click on the selected row does not open it")
	}
}

func TestFilterAmount(t *testing.T) {
	for text, want := range map[string]domain.OrderQuery{
		"amount:50":      {Currency: "EUR", Least: 5000, Most: 5000},
		"amount:>50":     {Currency: "EUR", Least: 5001},
		"amount:>=50":    {Currency: "EUR", Least: 5000},
		"amount:<50":     {Currency: "EUR", Most: 4999},
		"amount:<=0.5":   {Currency: "EUR", Most: 50},
		"amount:10..20":  {Currency: "EUR", Least: 1000, Most: 2000},
		"amount:10..":    {Currency: "EUR", Least: 1000},
		"amount:..20jpy": {Currency: "JPY", Most: 20},
		"amount:>20USD":  {Currency: "USD", Least: 2001},
	} {
		q, err := parseFilter(text, time.Time{}, "EUR")
		if err != nil || q.Currency != want.Currency || q.Least != want.Least || q.Most != want.Most {
			t.Errorf("%s is %s %d to %d, %v", text, q.Currency, q.Least, q.Most, err)
		}
	}
}

// The oldest order is one key away, however many there are, and so is the way back.
func TestBothEnds(t *testing.T) {
	d := drive(t, 80, 24)
	d.press("f3")
	d.fill(230)
	s := d.app.top().(*orders)
	newest := s.selected
	d.press("end")
	if len(s.rows) != 100 || s.selected != s.rows[99].ID || s.rows[99].Number != "1" {
		t.Fatalf("%d rows, selected %s", len(s.rows), s.selected)
	}
	d.sees("100+ orders")
	for range 9 { // pages upwards
		d.press("pgup")
	}
	if len(s.rows) <= 100 || s.index() != len(s.rows)-1-9*s.visible() {
		t.Errorf("%d rows, at %d", len(s.rows), s.index())
	}
	chosen := s.selected
	d.fill(1)
	if s.selected != chosen {
		t.Error("a new order has moved the selection")
	}
	d.press("home")
	if s.selected == newest || s.selected != s.rows[0].ID || s.top != 0 || s.oldest {
		t.Errorf("home leads to %s", s.selected)
	}
}

// What needs somebody is told on top of the list, and marked in its row.
func TestAlarm(t *testing.T) {
	d := drive(t, 120, 40)
	if err := d.till.Bank.SetFault(t.Context(), domain.Fault{Operation: domain.Authorize, Name: "timeout_before", Times: 1}); err != nil {
		t.Fatal(err)
	}
	if err := d.till.Bank.SetFault(t.Context(), domain.Fault{Operation: domain.Sync, Name: "timeout_before", Times: 3}); err != nil {
		t.Fatal(err)
	}
	d.charge(d.sell(till.NewOrder{}), visa)
	d.fill(8)
	d.press("f3").sees("! 1 unknown €50.00   a lists them")
	s := d.app.top().(*orders)
	d.press("a").sees("/ attention:yes", "? unknown")
	if len(s.rows) != 1 {
		t.Errorf("%d rows want care", len(s.rows))
	}
	d.press("a").sees("/ filter", "9 orders")
	d.wait(21 * day) // holds are about to end
	d.send(ordersAged{s}).sees("! 1 unknown €50.00 · 2 holds end", "6d left")
	d.press("a").sees("hold, 6d left")
	if len(s.rows) != 3 || s.rows[0].Care.Name != "unknown" {
		t.Errorf("%d rows want care, first %s", len(s.rows), s.rows[0].Care.Name)
	}
}

// The list goes along with the newest until somebody chooses a row; what comes above the rows is counted.
func TestNewest(t *testing.T) {
	d := drive(t, 80, 24)
	d.press("f3")
	d.fill(40)
	s := d.app.top().(*orders)
	if s.selected != s.rows[0].ID {
		t.Error("the selection has not followed the newest")
	}
	d.press("down", "up")
	chosen := s.selected
	d.fill(1)
	if s.selected != chosen {
		t.Error("the selection has left the row that was chosen")
	}
	d.lacks("newer ↑").press("pgdown", "pgdown")
	d.fill(2)
	d.sees("2 newer ↑")
	d.fill(1)
	d.sees("3 newer ↑").press("home").lacks("newer ↑")
	d.fill(1)
	if s.selected != s.rows[0].ID {
		t.Error("home does not follow the newest")
	}
}

// A filter that was left is there to be written over, or to be gone on with.
func TestFilterAgain(t *testing.T) {
	d := drive(t, 120, 40)
	d.press("f3")
	d.fill(12)
	d.press("/").typed("suzuki").press("esc", "/").typed("ada").sees("/ ada").lacks("suzuki")
	d.press("esc", "/", "end").typed(" status:hold").sees("/ ada status:hold")
	d.press("enter", "/", "backspace").sees("12 orders")
	d.typed("foo:bar").sees("foo: is none of amount:, attention:, from:, sort:, status:, test:, to:")
}

// Words that people have for several statuses list those, and a key sorts: oldest first, largest first, newest first again.
func TestOrdersWordsAndSorting(t *testing.T) {
	d := drive(t, 120, 30)
	for _, one := range []struct{ article, pay string }{{"mug", "a"}, {"esp", ""}, {"crs", "a"}} {
		d.typed(one.article + "<enter>").press("enter")
		if one.pay == "" {
			d.payBy(challenged).press("enter", "esc", "f2")
			continue
		}
		d.press(one.pay, "enter", "enter")
	}
	numbers := func() (all string) {
		for _, r := range d.app.top().(*orders).rows {
			all += r.Number + " "
		}
		return all
	}
	want := func(is string) {
		t.Helper()
		if got := numbers(); got != is {
			t.Fatalf("%q instead of %q:\n%s", got, is, d.screen())
		}
	}
	d.press("f3")
	want("3 2 1 ")
	for _, way := range []struct{ help, numbers string }{{"oldest first", "1 2 3 "}, {"largest first", "1 2 3 "}, {"newest first", "3 2 1 "}} {
		d.sees("o " + way.help).press("o")
		want(way.numbers)
	}
	d.press("o", "o").sees("sort:total")
	if d.press("end"); d.app.top().(*orders).selected != d.orders()[0].ID && numbers() != "1 2 3 " {
		t.Error("the end of what is sorted by total is not the smallest")
	}
	d.press("o")
	for filter, is := range map[string]string{"unpaid": "2 ", "status:unpaid": "2 ", "paid": "3 1 ", "open": "2 ", "paid sort:total": "1 3 ", "status:open,paid": "3 2 1 ", "open sandwich": ""} {
		d.press("/").typed(filter).press("enter")
		want(is)
		d.press("backspace")
	}
}
