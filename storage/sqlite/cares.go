package sqlite

import (
	"context"
	"database/sql"
	"time"

	"till/domain"
)

// care is something that somebody should see to, as the list of cares has it.
type care struct {
	since, name, currency, until string
	risk                         int64
}

func caresOf(o *domain.Order) []care {
	var all []care
	for _, c := range o.Cares() {
		all = append(all, care{timeOrNone(c.Since), c.Name, string(o.Cart.Currency), timeOrNone(c.Until), int64(c.Risk)})
	}
	return all
}

// timeOrNone writes a time, and "", which comes before every time, for none.
func timeOrNone(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return domain.FormatTime(t)
}

func projectCares(s *session, before, after *record) error {
	for _, c := range missing(before.cares, after.cares) {
		if err := s.exec("delete from cares where since = ? and n = ? and name = ?", c.since, before.fixed.n, c.name); err != nil {
			return err
		}
	}
	for _, c := range missing(after.cares, before.cares) {
		err := s.exec("insert into cares (since, n, name, risk, currency, until) values (?, ?, ?, ?, ?, ?)",
			c.since, after.fixed.n, c.name, c.risk, c.currency, c.until)
		if err != nil {
			return err
		}
	}
	return nil
}

// Cares adds up what somebody should see to by a moment, over all orders, the most urgent first.
func (db *DB) Cares(ctx context.Context, by time.Time) ([]domain.CareSum, error) {
	var sums []domain.CareSum
	err := db.read(ctx, func(s *session) error {
		return s.each(func(rows *sql.Rows) error {
			sum, err := scanCareSum(rows)
			sums = append(sums, sum)
			return err
		}, `select name, currency, count(*), sum(risk), min(until) from cares where since <= ?
			group by name, currency order by min(until), name, currency`, domain.FormatTime(by))
	})
	return sums, err
}

func scanCareSum(rows *sql.Rows) (domain.CareSum, error) {
	var sum domain.CareSum
	var until string
	err := rows.Scan(&sum.Name, &sum.Currency, &sum.Orders, &sum.Risk, &until)
	if err == nil && until != "" {
		sum.Until, err = domain.ParseTime(until)
	}
	return sum, err
}

// scanCare reads an order's row with its care.
func (p *paging) scanCare(rows *sql.Rows) (domain.OrderRow, error) {
	var c domain.Care
	var since, until string
	r, err := p.scan(rows, &c.Name, &c.Risk, &since, &until)
	for _, t := range []struct {
		text string
		into *time.Time
	}{{since, &c.Since}, {until, &c.Until}} {
		if err == nil && t.text != "" {
			*t.into, err = domain.ParseTime(t.text)
		}
	}
	r.Care = c
	return r, err
}

// careStatement lists the orders that want care by a moment, each once with what is most urgent about it. Those
// are few, so it counts its way to a page.
func (p *paging) careStatement(q domain.OrderQuery) (string, []any) {
	p.key = "orders.n"
	c := &conditions{}
	p.narrow(c, q)
	c.add("nth = 1")
	c.statuses(q.Statuses)
	if p.match != "" {
		c.add("orders.n in (select rowid from search where search match ?)", p.match)
	}
	args := append([]any{domain.FormatTime(q.Cares)}, c.args...)
	return `select n, ` + rowColumns + `, name, risk, since, until from
		(select *, row_number() over (partition by n order by until, risk desc, name) as nth from cares where since <= ?)
		join orders using (n, currency)` + c.where() + " order by until, risk desc, n desc limit ? offset ?", append(args, p.size+1, p.skip)
}
