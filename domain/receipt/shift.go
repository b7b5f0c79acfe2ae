package receipt

import (
	"fmt"
	"time"

	"till/domain"
)

// ShiftText is the report of a shift as lines of text, none wider than the options say: a Z report where the shift is
// closed, else an X report. Hours are UTC.
func ShiftText(sh *domain.Shift, r domain.ShiftReport, opts Options) string {
	s := &slip{width: opts.width()}
	s.shiftHead(sh, opts)
	for _, t := range r.Sales {
		s.rule()
		s.takings(t)
		s.hours(t.Currency, r.Hours)
	}
	s.rule()
	s.drawer(sh, r)
	s.aside("without a shift, before this one", r.Apart)
	s.aside("training, in no other sum", r.Training)
	if !sh.IsOpen() {
		s.rule()
		s.text(0, fmt.Sprintf("the journal ended with entry %d:", sh.Head.Seq))
		s.text(0, sh.Head.Hash)
	}
	return s.String()
}

func (s *slip) shiftHead(sh *domain.Shift, opts Options) {
	s.centred(opts.Shop, true)
	title := "X REPORT"
	if !sh.IsOpen() {
		title = fmt.Sprintf("Z REPORT %d", sh.Number)
	}
	s.centred(title, true)
	s.blank()
	s.row("", "shift", string(sh.ID), false)
	s.row("", "opened by "+sh.OpenedBy, minute(sh.OpenedAt), false)
	if !sh.IsOpen() {
		s.row("", "closed by "+sh.ClosedBy, minute(sh.ClosedAt), false)
	}
}

func minute(t time.Time) string { return t.UTC().Format("2006-01-02 15:04") + " UTC" }

// takings are the orders of a currency, and what came of them by method.
func (s *slip) takings(t domain.Takings) {
	orders := fmt.Sprintf("%d orders", t.Orders)
	switch {
	case t.Orders == 0:
		orders = "no orders"
	case t.Orders == 1:
		orders = "1 order, " + t.First
	case t.Orders > 1:
		orders += ", " + t.First + " to " + t.Last
	}
	s.row("", orders, string(t.Currency), false)
	for _, m := range t.Methods {
		name := m.Method
		if m.Brand != "" {
			name += " " + string(m.Brand)
		}
		s.sum(name, t.Currency, m.MoneySum, false)
	}
	s.sum("TOTAL", t.Currency, t.Total(), true)
}

// sum shows what was taken and, where any went back, what is left.
func (s *slip) sum(name string, c domain.Currency, m domain.MoneySum, bold bool) {
	s.row("", fmt.Sprintf("%s × %d", name, m.Sales), c.Format(m.Taken), bold)
	if m.Net() == m.Taken && m.Refunded == 0 && m.Reversed == 0 && m.Disputed == 0 {
		return
	}
	for _, back := range []struct {
		name string
		a    domain.Amount
	}{{"refunded", m.Refunded}, {"reversed", m.Reversed}, {"disputed", m.Disputed}} {
		if back.a != 0 {
			s.row("  ", back.name, c.Format(-back.a), false)
		}
	}
	s.row("  ", "net", c.Format(m.Net()), bold)
}

// hours are the net sums of a currency hour by hour.
func (s *slip) hours(c domain.Currency, hours []domain.Hour) {
	first := true
	for _, h := range hours {
		if h.Currency != c {
			continue
		}
		if first {
			s.blank()
			s.text(0, "by hour (UTC), net")
		}
		first = false
		s.row("", fmt.Sprintf("%s × %d", h.From.UTC().Format("2006-01-02 15:00"), h.Sales), c.Format(h.Net()), false)
	}
}

// drawer is the cash: what there should be and, in a Z report, what there was.
func (s *slip) drawer(sh *domain.Shift, r domain.ShiftReport) {
	d := r.Drawer
	money := d.Currency.Format
	s.row("", "DRAWER", string(d.Currency), true)
	s.row("", "float", money(d.Float), false)
	s.row("", "cash taken", money(d.Taken), false)
	s.row("", "cash refunded", money(-d.Refunded), false)
	if d.Rounded != 0 {
		s.row("", "cash rounding", money(d.Rounded), false)
	}
	for _, m := range sh.Moves {
		name, a := "paid in: ", m.Amount
		if m.Event == domain.PaidOut {
			name, a = "paid out: ", -a
		}
		s.row("", name+m.Reason, money(a), false)
	}
	s.row("", "expected", money(d.Expected), true)
	if sh.IsOpen() {
		return
	}
	for _, a := range r.Earlier {
		s.row("", "counted before", money(a), false)
	}
	s.row("", "counted", money(d.Counted), true)
	switch {
	case d.Difference < 0:
		s.row("", "SHORT by", money(-d.Difference), true)
	case d.Difference > 0:
		s.row("", "OVER by", money(d.Difference), true)
	default:
		s.text(0, "neither over nor short")
	}
}

// aside lists takings that are in no sum above.
func (s *slip) aside(title string, list []domain.Takings) {
	if len(list) == 0 {
		return
	}
	s.rule()
	s.text(0, title)
	for _, t := range list {
		s.takings(t)
	}
}
