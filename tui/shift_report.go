package tui

import (
	"fmt"
	"slices"
	"strings"

	"till/domain"
)

// The X report as a page: the drawer and the hours at the left, what was sold at the right; one under the other where
// there is no room for both.

// besideSums is from how many columns on the sums stand side by side, and mostSums how wide a column of them gets.
const (
	besideSums = 72
	mostSums   = 56
)

// rolled is what is seen of the report of the open shift.
func (s *drawer) rolled(columns int) []string {
	seen, most := rolled(s.desk.Styles, s.standing(columns), s.room(), s.offset)
	s.most = new(most)
	return seen
}

// standing is the report of the open shift, in lines.
func (s *drawer) standing(columns int) []string {
	if s.counting && s.desk.app.dialog != nil {
		return []string{s.desk.Styles.Faint.Render("the drawer is being counted; the report comes with it.")}
	}
	wide := columns >= besideSums
	one := min(columns, mostSums)
	if wide {
		one = min((columns-gap)/2, mostSums)
	}
	p := &sums{st: s.desk.Styles, columns: one}
	left := slices.Concat(p.drawer(s.open, s.report.Drawer), p.hours(s.report.Hours, s.open.Currency))
	right := slices.Concat(p.sales("sales", s.report.Sales), p.sales("without a shift, before this one", s.report.Apart), p.sales("training, in no other sum", s.report.Training))
	if !wide {
		return append(append(left, ""), right...)
	}
	return strings.Split(beside(strings.Join(left, "\n"), strings.Join(right, "\n"), one+gap), "\n")
}

// sums draws columns of amounts.
type sums struct {
	st      *Styles
	columns int
}

func (p *sums) head(title, note string) string {
	note = cut(note, p.columns-width(title)-2)
	return p.st.Title.Render(title) + p.st.Faint.Render(padLeft(note, p.columns-width(title)))
}

func (p *sums) rule() string { return p.st.Rule.Render(strings.Repeat("─", p.columns)) }

func (p *sums) row(label, amount string, loud bool) string {
	style, figure := p.st.Text, p.st.Text
	if loud {
		style, figure = p.st.Strong, p.st.Strong
	}
	return style.Render(pad(Inert(label), p.columns-width(amount)-1)) + " " + figure.Render(amount)
}

// drawer is the cash, and what there should be of it.
func (p *sums) drawer(sh *domain.Shift, d domain.Drawer) []string {
	money := d.Currency.Display
	lines := []string{
		p.head("drawer", string(d.Currency)), p.rule(),
		p.row("float", money(d.Float), false), p.row("cash taken", money(d.Taken), false),
	}
	if d.Refunded != 0 {
		lines = append(lines, p.row("cash refunded", money(-d.Refunded), false))
	}
	if d.Rounded != 0 {
		lines = append(lines, p.row("cash rounding", money(d.Rounded), false))
	}
	for _, m := range sh.Moves {
		label, a := "paid in: ", m.Amount
		if m.Event == domain.PaidOut {
			label, a = "paid out: ", -a
		}
		lines = append(lines, p.row(label+m.Reason, money(a), false))
	}
	return append(lines, p.rule(), p.row("should be there", money(d.Expected), true))
}

// sales are takings by currency and method; nothing where there are none.
func (p *sums) sales(title string, all []domain.Takings) []string {
	var lines []string
	for _, t := range all {
		if len(lines) > 0 || title != "sales" {
			lines = append(lines, "")
		}
		lines = append(lines, p.head(title, numbered(t)), p.rule())
		for _, m := range t.Methods {
			lines = append(lines, p.method(m, t.Currency)...)
		}
		if len(t.Methods) > 0 {
			lines = append(lines, p.rule())
		}
		lines = append(lines, p.row(times("total", t.Total().Sales), t.Currency.Display(t.Total().Net()), true))
	}
	return lines
}

// numbered says how many orders there were, and which.
func numbered(t domain.Takings) string {
	switch t.Orders {
	case 0:
		return "no orders · " + string(t.Currency)
	case 1:
		return "order " + t.First + " · " + string(t.Currency)
	}
	return fmt.Sprintf("orders %s to %s · %s", t.First, t.Last, t.Currency)
}

func times(what string, n int) string { return fmt.Sprintf("%s × %d", what, n) }

func (p *sums) method(m domain.MethodSum, c domain.Currency) []string {
	name := domain.State(m.Method).Words()
	if m.Brand != "" {
		name += " " + string(m.Brand)
	}
	lines := []string{p.row(times(name, m.Sales), c.Display(m.Taken), false)}
	for _, back := range []struct {
		name string
		a    domain.Amount
	}{{"refunded", m.Refunded}, {"reversed", m.Reversed}, {"disputed", m.Disputed}} {
		if back.a != 0 {
			lines = append(lines, p.row("  "+back.name, c.Display(-back.a), false))
		}
	}
	return lines
}

// hours are the net sums of a currency hour by hour, as bars.
func (p *sums) hours(all []domain.Hour, c domain.Currency) []string {
	all = slices.DeleteFunc(slices.Clone(all), func(h domain.Hour) bool { return h.Currency != c })
	if len(all) == 0 {
		return nil
	}
	lines := []string{"", p.head("by hour", "UTC, net"), p.rule()}
	severalDays := !sameDay(all[0].From, all[len(all)-1].From)
	var rows []barRow
	for i, h := range all {
		label := h.From.Format("15:04")
		if severalDays {
			label = blanks(7) + label
			if i == 0 || !sameDay(all[i-1].From, h.From) {
				label = h.From.Format("_2 Jan ") + h.From.Format("15:04")
			}
		}
		rows = append(rows, barRow{label: label, amount: h.Net()})
	}
	return append(lines, p.bars(rows, c)...)
}
