package sqlite

import (
	"database/sql"
	"math"
	"strings"

	"till/domain"
)

const (
	fewFit    = 5_000 // up to so many orders of an amount are rather looked up and sorted than met on the way down the list
	fewTotals = 32    // and of so many totals walked side by side
)

func asksAmount(q domain.OrderQuery) bool { return q.Least > 0 || q.Most > 0 }

// mostOf is the highest total asked for.
func mostOf(q domain.OrderQuery) int64 {
	if q.Most == 0 {
		return math.MaxInt64
	}
	return int64(q.Most)
}

// weigh looks up what is searched for, whether few orders have the amount that is asked for, or those that have it have few totals, and which
// currencies there are where totals are sorted: they stand in the index by currency.
func (p *paging) weigh(s *session, q domain.OrderQuery) (err error) {
	if p.match, err = matchOf(s, q.Text); err != nil {
		return err
	}
	if !asksAmount(q) {
		if p.column == "" || len(q.Statuses) > 0 || q.Text != "" {
			return nil
		}
		p.currencies, err = currenciesOf(s)
		return err
	}
	if p.column == "" && len(q.Statuses) == 0 && q.Text == "" {
		if p.totals, err = totalsOf(s, q); err != nil || len(p.totals) > 0 {
			return err
		}
	}
	var fit int
	_, err = s.first([]any{&fit},
		"select count(*) from (select 1 from orders indexed by orders_amount where currency = ? and total >= ? and total <= ? limit ?)",
		string(q.Currency), int64(q.Least), mostOf(q), fewFit+1)
	p.few = fit <= fewFit
	return err
}

// totalsOf gives the totals that orders have of the amount that is asked for, or none where those are not few. Each is one step
// into the index.
func totalsOf(s *session, q domain.OrderQuery) ([]int64, error) {
	var all []int64
	err := s.each(func(rows *sql.Rows) error {
		var total int64
		err := rows.Scan(&total)
		all = append(all, total)
		return err
	}, `with recursive totals (total) as (
			select min(total) from orders indexed by orders_amount where currency = ?1 and total >= ?2 and total <= ?3
			union all
			select (select min(o.total) from orders o indexed by orders_amount where o.currency = ?1 and o.total > t.total and o.total <= ?3)
			from totals t where t.total is not null
		) select total from totals where total is not null`+limited(fewTotals+1),
		string(q.Currency), int64(q.Least), mostOf(q))
	if len(all) > fewTotals {
		return nil, err
	}
	return all, err
}

// currenciesOf gives the currencies of the orders. Each is one step into the index.
func currenciesOf(s *session) ([]string, error) {
	var all []string
	for last := ""; ; {
		var next sql.NullString
		if _, err := s.first([]any{&next}, "select min(currency) from orders indexed by orders_amount where currency > ?", last); err != nil || !next.Valid {
			return all, err
		}
		all, last = append(all, next.String), next.String
	}
}

// amount is the condition on the amount: of a few orders that have it, which is by far the shortest way to them; else on the
// way down the list, which soon has a page of them. The plus keeps SQLite from sorting all of those.
func (p *paging) amount() string {
	switch {
	case p.column != "":
		return "currency = ? and total >= ? and total <= ?"
	case p.few:
		return p.key + " in (select n from orders indexed by orders_amount where currency = ? and total >= ? and total <= ?)"
	}
	return "+currency = ? and +total >= ? and +total <= ?"
}

// mergeTotals walks the index of amounts once for each total that is asked for: each of them stands there by age. SQLite takes
// from each walk only as much as the page needs, and only what comes on the page is looked up.
func (p *paging) mergeTotals(q domain.OrderQuery) (string, []any) {
	var parts []string
	var args []any
	for _, total := range p.totals {
		c := p.conditions(q)
		c.add("currency = ? and total = ?", string(q.Currency), total)
		parts = append(parts, "select n from orders indexed by orders_amount"+c.where())
		args = append(args, c.args...)
	}
	walks := strings.Join(parts, " union all ") + p.order() + " limit ?"
	return p.finish("select n, "+rowColumns+" from orders where n in ("+walks+")", append(args, p.skip+p.size+1))
}
