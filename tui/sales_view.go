package tui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"till/domain"
)

// View is the day in large, by hour and by method, and the days around it.
func (s *sales) View() string {
	text, _ := s.layout()
	return text
}

// layout is the page, and how far it can be scrolled.
func (s *sales) layout() (text string, most int) {
	if s.width < 1 || !s.known {
		return "", 0
	}
	columns := s.width - 2*margin
	head := s.head(columns)
	wide, one := s.split(columns)
	p := &sums{st: s.desk.Styles, columns: one}
	days := s.daily(p)
	day := slices.Concat(s.hourly(p), s.methods(p))
	page := append(append(day, ""), days...)
	if wide {
		page = strings.Split(beside(strings.Join(day, "\n"), strings.Join(days, "\n"), one+gap), "\n")
	}
	seen, most := rolled(s.desk.Styles, page, s.height-len(head), s.offset)
	return indented(append(head, seen...), margin), most
}

// mostChart is how wide a chart gets.
const mostChart = 72

// split tells whether the days stand beside the day, and how wide a chart is.
func (s *sales) split(columns int) (beside bool, one int) {
	if columns < besideSums {
		return false, columns
	}
	return true, min((columns-gap)/2, mostChart)
}

// of are the sums of the takings that are meant, in the currency that is looked at.
func (s *sales) of(meant func(domain.Taking) bool) domain.MoneySum {
	var sum domain.MoneySum
	for _, t := range s.takings {
		if t.Currency == s.currency && meant(t) {
			sum = sum.Plus(t.MoneySum)
		}
	}
	return sum
}

func (s *sales) onDay(of time.Time) domain.MoneySum {
	return s.of(func(t domain.Taking) bool { return dayOf(t.From).Equal(of) })
}

// dayInWords is which day is looked at, and what its sum is made of.
func (s *sales) dayInWords(sum domain.MoneySum) (name string, parts []string) {
	name = s.day.Format("Monday 2 January")
	switch today := dayOf(s.desk.Now()); {
	case s.day.Equal(today):
		name = "today, " + name
	case s.day.Equal(today.AddDate(0, 0, -1)):
		name = "yesterday, " + name
	}
	parts = []string{plural(sum.Sales, "payment")}
	for _, a := range []struct {
		word string
		a    domain.Amount
	}{{"taken", sum.Taken}, {"refunded", sum.Refunded}, {"reversed", sum.Reversed}, {"disputed", sum.Disputed}, {"rounding", sum.Rounded}} {
		if a.a != 0 && sum.Net() != a.a {
			parts = append(parts, a.word+" "+s.currency.Display(a.a))
		}
	}
	return name, parts
}

// head is what the day came to.
func (s *sales) head(columns int) []string {
	st, sum := s.desk.Styles, s.onDay(s.day)
	name, parts := s.dayInWords(sum)
	total := st.Strong.Render(s.currency.Display(sum.Net()))
	lines := []string{
		spread(st.Strong.Render(name), st.Faint.Render("  UTC"), columns),
		spread(st.Faint.Render(strings.Join(parts, " · ")), "  "+total, columns),
	}
	if s.err != nil {
		lines = append(lines, st.Bad.Render(cut("✗ "+Inert(s.err.Error()), columns)))
	}
	if s.height >= roomy {
		lines = slices.Concat([]string{""}, lines[:1], []string{""}, strings.Split(figure(s.currency.Format(sum.Net()), columns, st.Title.Render), "\n"),
			[]string{st.Faint.Render(cut(strings.Join(parts, " · "), columns))}, lines[2:])
	}
	return append(lines, "")
}

// hourly are the hours of the day, from the first in which anything came to the last.
func (s *sales) hourly(p *sums) []string {
	from, to := 24, -1
	var net [24]domain.Amount
	for _, t := range s.takings {
		if t.Currency == s.currency && dayOf(t.From).Equal(s.day) {
			h := t.From.UTC().Hour()
			net[h] += t.Net()
			from, to = min(from, h), max(to, h)
		}
	}
	lines := []string{p.head("by hour", string(s.currency)+", net"), p.rule()}
	if to < 0 {
		return append(lines, p.st.Faint.Render("nothing came on this day"))
	}
	now := s.desk.Now().UTC()
	var rows []barRow
	for h := from; h <= to; h++ {
		rows = append(rows, barRow{label: fmt.Sprintf("%02d:00", h), amount: net[h], here: s.today && h == now.Hour()})
	}
	return append(lines, p.bars(rows, s.currency)...)
}

// methods are the ways of paying, the one that brought most first.
func (s *sales) methods(p *sums) []string {
	var names []string
	for _, t := range s.takings {
		if t.Currency == s.currency && dayOf(t.From).Equal(s.day) && !slices.Contains(names, t.Method) {
			names = append(names, t.Method)
		}
	}
	if len(names) == 0 {
		return nil
	}
	var rows []barRow
	for _, name := range names {
		sum := s.of(func(t domain.Taking) bool { return t.Method == name && dayOf(t.From).Equal(s.day) })
		rows = append(rows, barRow{label: domain.State(name).Words(), amount: sum.Net(), note: fmt.Sprintf("× %d", sum.Sales)})
	}
	slices.SortStableFunc(rows, func(a, b barRow) int { return int(min(1, max(-1, b.amount-a.amount))) })
	return append([]string{"", p.head("by method", "payments"), p.rule()}, p.bars(rows, s.currency)...)
}

// daily are the days around, the newest first.
func (s *sales) daily(p *sums) []string {
	var rows []barRow
	for i := range chartDays {
		at := s.upTo.AddDate(0, 0, -i)
		sum := s.onDay(at)
		row := barRow{label: "  " + at.Format("Mon _2 Jan"), amount: sum.Net(), here: at.Equal(s.day)}
		if row.here {
			row.label = "› " + at.Format("Mon _2 Jan")
		}
		if sum.Sales > 0 {
			row.note = fmt.Sprintf("× %d", sum.Sales)
		}
		rows = append(rows, row)
	}
	return append([]string{p.head(fmt.Sprintf("%d days", chartDays), "net, payments"), p.rule()}, p.bars(rows, s.currency)...)
}
