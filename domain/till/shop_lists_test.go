package till_test

import (
	"cmp"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"till/domain"
	"till/domain/till"
)

// Every list of a shop against the entries: orders, cares, takings, disputes, timers, payouts, mandates, customers, shifts.

// lists checks what each list says. Nothing of it is asked of the code that writes the lists.
func (s *shop) lists(c *lane) {
	var orders []*domain.Order
	s.must(c.Store.Lives(s.ctx, 0, func(life []domain.Entry) error {
		o, err := domain.Fold(life)
		orders = append(orders, o)
		return err
	}))
	s.listed(c, orders)
	s.cared(c, orders)
	s.disputed(c, orders)
	s.took(c, orders)
	s.others(c)
}

func (s *shop) listed(c *lane, orders []*domain.Order) {
	rows := map[domain.OrderID]domain.OrderRow{}
	for _, row := range c.orders() {
		rows[row.ID] = row
	}
	var timers []domain.Timer
	for _, o := range orders {
		row := rows[o.ID]
		status, err := c.Store.Orders(s.ctx, domain.OrderQuery{Statuses: []string{o.FlatStatus()}, Size: 100})
		s.must(err)
		found := slices.ContainsFunc(status.Items, func(r domain.OrderRow) bool { return r.ID == o.ID })
		if !found || row.Lifecycle != o.State || row.Status != o.FlatStatus() || row.Balance != o.BalanceDue() || row.Total != o.Total() ||
			row.Seq != o.LastSeq || row.Currency != o.Cart.Currency || row.IsTest != o.IsTest || row.Number != o.Number ||
			!slices.Equal(row.Attention, o.Attention()) {
			s.broken("%s is listed as %+v, and is %s, %s", o.ID, row, o.State, o.FlatStatus())
		}
		timers = append(timers, o.Timers()...)
	}
	if len(rows) != len(orders) {
		s.broken("%d orders are listed of %d", len(rows), len(orders))
	}
	due, err := c.Store.Due(s.ctx, s.now.AddDate(100, 0, 0))
	s.must(err)
	due = slices.DeleteFunc(due, func(t domain.Timer) bool { return t.Stream != "" })
	if one, other := sorted(due), sorted(timers); !slices.Equal(one, other) {
		s.broken("due are %v, by the orders %v", one, other)
	}
}

// sorted are things as text, in order.
func sorted[T any](of []T) []string {
	var all []string
	for _, one := range of {
		all = append(all, fmt.Sprintf("%+v", one))
	}
	slices.Sort(all)
	return all
}

func (s *shop) cared(c *lane, orders []*domain.Order) {
	now := c.Env.Now()
	want := map[string]domain.CareSum{}
	for _, o := range orders {
		for _, care := range o.Cares() {
			if care.Since.After(now) {
				continue
			}
			sum := want[care.Name+string(o.Cart.Currency)]
			sum.Name, sum.Currency, sum.Orders, sum.Risk = care.Name, o.Cart.Currency, sum.Orders+1, sum.Risk+care.Risk
			want[care.Name+string(o.Cart.Currency)] = sum
		}
	}
	sums, err := c.Store.Cares(s.ctx, now)
	s.must(err)
	have := map[string]domain.CareSum{}
	for _, sum := range sums {
		sum.Until = time.Time{}
		have[sum.Name+string(sum.Currency)] = sum
	}
	if !maps.Equal(have, want) {
		s.broken("the cares are listed as %v, and are %v", have, want)
	}
}

func (s *shop) disputed(c *lane, orders []*domain.Order) {
	var want, have []string
	say := func(id domain.DisputeID, p domain.PaymentID, state domain.State, a domain.Amount, money string) string {
		return fmt.Sprint(id, p, state, a, money)
	}
	for _, o := range orders {
		for _, p := range o.Payments {
			for _, d := range p.Disputes {
				want = append(want, say(d.ID, p.ID, d.State, d.Amount, d.Money))
			}
		}
	}
	page, err := c.Store.Disputes(s.ctx, domain.DisputeQuery{Size: 1000})
	s.must(err)
	for _, row := range page.Items {
		have = append(have, say(row.ID, row.Payment, row.State(), row.Amount, row.Money))
	}
	if one, other := sorted(have), sorted(want); !slices.Equal(one, other) {
		s.broken("the disputes are listed as %v, and are %v", one, other)
	}
}

// took compares the sums by hours with what the payments have in the end, and those with all Z reports.
func (s *shop) took(c *lane, orders []*domain.Order) {
	type of struct {
		currency domain.Currency
		method   string
	}
	want, have := map[of]domain.MoneySum{}, map[of]domain.MoneySum{}
	add := func(to map[of]domain.MoneySum, at of, m domain.MoneySum) {
		m.Sales = 0
		if to[at] = to[at].Plus(m); to[at] == (domain.MoneySum{}) {
			delete(to, at)
		}
	}
	for _, o := range orders {
		for _, p := range o.Payments {
			if sums := p.Sums; !o.IsTest {
				add(want, of{o.Cart.Currency, p.Method}, domain.MoneySum{
					Taken: sums.Captured, Refunded: sums.Returned(), Reversed: sums.Reversed, Disputed: sums.DisputedHeld + sums.DisputedLost, Rounded: sums.Rounded,
				})
			}
		}
	}
	takings, err := c.Store.Takings(s.ctx, time.Time{}, s.now.AddDate(100, 0, 0))
	s.must(err)
	for _, t := range takings {
		add(have, of{t.Currency, t.Method}, t.MoneySum)
	}
	if !maps.Equal(have, want) {
		s.broken("by hours there came %v, by the payments %v", have, want)
	}
	s.closeAll(c)
	byOrders, issued, err := soldByOrders(s.ctx, c.Store)
	s.must(err)
	byReports, named, err := soldByReports(s.ctx, c.Store)
	s.must(err)
	maps.DeleteFunc(byReports, func(_ bucket, m domain.MoneySum) bool { return m == domain.MoneySum{} })
	if !maps.Equal(byOrders, byReports) || issued != named {
		s.broken("by %d orders there came %v, by the reports of %d %v", issued, byOrders, named, byReports)
	}
}

// closeAll closes the shift that is open, and one more, whose report has what came in none.
func (s *shop) closeAll(c *lane) {
	if open, err := c.LastShift(s.ctx); open == nil || !open.IsOpen() {
		s.must(err)
		_, err = c.OpenShift(s.ctx, till.Intent{}, 0)
		s.must(err)
	}
	_, err := c.CloseShift(s.ctx, till.Intent{}, 0)
	s.must(err)
	shifts, err := c.Store.Shifts(s.ctx, 0, 1000)
	s.must(err)
	for i, shift := range shifts {
		d := shift.Report.Drawer
		if shift.Number != int64(len(shifts)-i) || d.Expected != d.Float+d.Taken-d.Refunded+d.Rounded+d.PaidIn-d.PaidOut {
			s.broken("the Z report %d of %d: %+v", shift.Number, len(shifts)-i, d)
		}
	}
}

// others compares what has no order with its entries: how many there are, and where they stand.
func (s *shop) others(c *lane) {
	streams := map[string]int{}
	entries, err := c.Store.Entries(s.ctx, "", 0, 0, 0)
	s.must(err)
	for _, e := range entries {
		streams[e.Stream]++
	}
	of := func(prefix string, have int) {
		want := 0
		for stream := range streams {
			if strings.HasPrefix(stream, prefix) {
				want++
			}
		}
		if have != want {
			s.broken("%d of %s are listed, %d have entries", have, prefix, want)
		}
	}
	mandates, err := c.Store.Mandates(s.ctx)
	s.must(err)
	of("man_", len(mandates))
	payouts, err := c.Store.Payouts(s.ctx, 0, 1000)
	s.must(err)
	of("po_", len(payouts))
	shifts, err := c.Store.Shifts(s.ctx, 0, 1000)
	s.must(err)
	of("shf_", len(shifts))
	for _, m := range mandates {
		s.ended(string(m.ID), m.Operations)
	}
	for _, p := range payouts {
		s.ended(string(p.ID), p.Operations)
	}
}

func (s *shop) ended(of string, ops []*domain.Operation) {
	for _, op := range ops {
		if op.IsUnknown() || op.Requested() {
			s.broken("the %s %s of %s has no known end (%s)", op.Kind, op.ID, of, op.State)
		}
	}
}

// rebuilt makes all views anew from the journal: they are the same.
func (s *shop) rebuilt(c *lane) {
	before := s.views()
	s.must(c.Store.Rebuild(s.ctx))
	for table, rows := range s.views() {
		if !slices.Equal(before[table], rows) {
			s.broken("made anew, the view %s has %v, and had %v", table, rows, before[table])
		}
	}
}

// views are the rows of every view, as they lie in the file.
func (s *shop) views() map[string][]string {
	db, err := sql.Open("sqlite", s.path("till.db"))
	s.must(err)
	defer func() { s.must(db.Close()) }()
	all := map[string][]string{}
	for _, table := range []string{"orders", "names", "timers", "counters", "disputes", "cares", "takings"} {
		rows, err := db.QueryContext(s.ctx, "select * from "+table)
		s.must(err)
		columns, err := rows.Columns()
		s.must(err)
		for rows.Next() {
			values, into := make([]string, len(columns)), make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			s.must(rows.Scan(into...))
			all[table] = append(all[table], strings.Join(values, "|"))
		}
		s.must(cmp.Or(rows.Err(), rows.Close()))
		slices.Sort(all[table])
	}
	return all
}
