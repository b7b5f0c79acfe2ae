package sqlite

import (
	"context"
	"database/sql"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"time"

	"till/domain"
)

const (
	rowColumns = `id, human_id, number, reference, status, label, lifecycle, attention,
		currency, total, balance, customer, method, is_test, created_at, seq`
	pageSize    = 10
	maxPageSize = 1_000
)

// Order folds an order's entries and adds its person; CodeNotFound if there is none.
func (db *DB) Order(ctx context.Context, id domain.OrderID) (*domain.Order, error) {
	var order *domain.Order
	err := db.read(ctx, func(s *session) error {
		entries, err := readStream(s, string(id))
		if err != nil {
			return err
		}
		if len(entries) == 0 || !isOrder(string(id)) {
			return noOrder(id)
		}
		order, err = foldOrder(s, entries)
		return err
	})
	return order, err
}

// Orders gives one page of the list. Following Next costs the same at any depth; Page counts its way there.
// From is part of the time asked for, To is not. CodeInvalid for a sort or a Next that is none.
func (db *DB) Orders(ctx context.Context, q domain.OrderQuery) (domain.OrderPage, error) {
	p, err := newPaging(q)
	if err != nil {
		return domain.OrderPage{}, err
	}
	scan := func(rows *sql.Rows) (domain.OrderRow, error) { return p.scan(rows) }
	if !q.Cares.IsZero() {
		scan = p.scanCare
	}
	var page domain.OrderPage
	err = db.read(ctx, func(s *session) error {
		if err := p.weigh(s, q); err != nil {
			return err
		}
		query, args := p.statement(q)
		return s.once(func(rows *sql.Rows) error {
			if len(page.Items) == p.size { // the one too many says that there is more
				page.Next = p.token()
				return nil
			}
			row, err := scan(rows)
			page.Items = append(page.Items, row)
			return err
		}, query, args...)
	})
	if err != nil {
		return domain.OrderPage{}, err
	}
	return page, nil
}

// byCare is the order of the lists of what wants care. A query cannot ask for it by this name.
const byCare = "care"

// paging is where a page begins and in which order it goes. The last row that was scanned is where the next
// page goes on.
type paging struct {
	sort   string // as in the query, never empty
	column string // what is sorted by before the key, "" for the key alone
	key    string // the row's number, as the table that leads the query has it
	down   bool
	size   int
	skip   int
	match  string // what the search is asked for
	few    bool   // orders have the amount that is asked for

	totals     []int64  // that orders have of that amount, where those are few
	currencies []string // whose indexes are walked side by side

	resumed  bool // after a row
	total, n int64
}

func newPaging(q domain.OrderQuery) (*paging, error) {
	p := &paging{sort: q.Sort, size: min(q.Size, maxPageSize), key: "n"}
	if p.sort == "" {
		p.sort = "-created_at"
	}
	if p.size <= 0 {
		p.size = pageSize
	}
	if !q.Cares.IsZero() {
		p.sort = byCare
	}
	by, down := strings.CutPrefix(p.sort, "-")
	p.down = down
	switch {
	case by == "created_at", !q.Cares.IsZero():
	case by == "total":
		p.column = "total"
	default:
		return nil, domain.Errorf(domain.CodeInvalid, "orders cannot be sorted by %q", q.Sort).
			WithHint("sort by created_at or total, with a - before it for the highest first")
	}
	if q.After != "" {
		return p, p.resume(q.After)
	}
	p.skip = max(q.Page, 0) * p.size
	return p, nil
}

// token says where the next page begins, and in which order it was asked for.
func (p *paging) token() string {
	if p.sort == byCare {
		p.total, p.n = 0, int64(p.skip+p.size)
	}
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d %d %s", p.total, p.n, p.sort))
}

func (p *paging) resume(token string) error {
	var sort string
	text, err := base64.RawURLEncoding.DecodeString(token)
	if err == nil {
		_, err = fmt.Sscanf(string(text), "%d %d %s", &p.total, &p.n, &sort)
	}
	if err != nil || sort != p.sort {
		return domain.Errorf(domain.CodeInvalid, "this is not where a page of this list ends").
			WithHint("take `after` from the page before, with the same sort")
	}
	if p.sort == byCare {
		p.skip = max(0, int(p.n))
		return nil
	}
	p.resumed = true
	return nil
}

// scan reads an order's row, and into more what stands behind it.
func (p *paging) scan(rows *sql.Rows, more ...any) (domain.OrderRow, error) {
	var r domain.OrderRow
	var attention, created string
	err := rows.Scan(append([]any{
		&p.n, &r.ID, &r.HumanID, &r.Number, &r.Reference, &r.Status, &r.Label, &r.Lifecycle, &attention,
		&r.Currency, &p.total, &r.Balance, &r.Customer, &r.Method, &r.IsTest, &created, &r.Seq,
	}, more...)...)
	if err != nil {
		return r, err
	}
	r.Total = domain.Amount(p.total)
	if attention != "" {
		r.Attention = strings.Split(attention, " ")
	}
	r.CreatedAt, err = domain.ParseTime(created)
	return r, err
}

// statement writes the query. Every form of it walks an index in the order of the page and stops at its end.
func (p *paging) statement(q domain.OrderQuery) (string, []any) {
	if !q.Cares.IsZero() {
		return p.careStatement(q)
	}
	if p.match != "" {
		p.key = "search.rowid" // SQLite does not see that the search gives them in the order of n
		c := p.conditions(q)
		c.add("search match ?", p.match)
		c.statuses(q.Statuses)
		return p.finish("select n, "+rowColumns+" from search cross join orders on n = search.rowid"+c.where(), c.args)
	}
	if strings.TrimSpace(q.Text) != "" { // signs alone: no order has such a word
		return p.finish("select n, "+rowColumns+" from orders where false", nil)
	}
	if len(p.totals) > 0 {
		return p.mergeTotals(q)
	}
	if len(q.Statuses) < 2 && len(p.currencies) == 0 {
		c := p.conditions(q)
		c.statuses(q.Statuses)
		return p.finish("select n, "+rowColumns+" from orders"+c.where(), c.args)
	}
	return p.merge(q)
}

// merge walks an index once for each of several statuses, or of the currencies where totals are sorted.
func (p *paging) merge(q domain.OrderQuery) (string, []any) {
	var parts []string
	var args []any
	column, values := "status", slices.Compact(slices.Sorted(slices.Values(q.Statuses)))
	if len(values) == 0 {
		column, values = "currency", p.currencies
	}
	for _, value := range values {
		c := p.conditions(q)
		c.add(column+" = ?", value)
		parts = append(parts, "select * from (select n, "+rowColumns+" from orders"+c.where()+p.order()+" limit ?)")
		args = append(append(args, c.args...), p.skip+p.size+1)
	}
	return p.finish(strings.Join(parts, " union all "), args)
}

func (p *paging) finish(query string, args []any) (string, []any) {
	return query + p.order() + " limit ? offset ?", append(args, p.size+1, p.skip)
}

func (p *paging) order() string {
	direction := ""
	if p.down {
		direction = " desc"
	}
	if p.column != "" {
		return " order by " + p.column + direction + ", " + p.key + direction
	}
	return " order by " + p.key + direction
}

// conditions are those of the page's place and of everything but words and statuses.
func (p *paging) conditions(q domain.OrderQuery) *conditions {
	c := &conditions{}
	beyond := " > "
	if p.down {
		beyond = " < "
	}
	switch {
	case p.resumed && p.column != "":
		c.add("("+p.column+", "+p.key+")"+beyond+"(?, ?)", p.total, p.n)
	case p.resumed:
		c.add(p.key+beyond+"?", p.n)
	}
	p.narrow(c, q)
	return c
}

// narrow adds the conditions that hold for every page.
func (p *paging) narrow(c *conditions, q domain.OrderQuery) {
	if !q.From.IsZero() {
		c.add(p.key+" >= ? and created_at >= ?", startOf(q.From), domain.FormatTime(q.From))
	}
	if !q.To.IsZero() {
		c.add(p.key+" < ? and created_at < ?", startOf(q.To.Add(time.Second)), domain.FormatTime(q.To))
	}
	switch {
	case q.Test != nil && len(q.Statuses) > 0:
		c.add("+is_test = ?", *q.Test) // the plus keeps SQLite to the index on status, which leaves fewer
	case q.Test != nil:
		c.add("is_test = ?", *q.Test)
	}
	if asksAmount(q) && len(p.totals) == 0 {
		c.add(p.amount(), string(q.Currency), int64(q.Least), mostOf(q))
	}
}

type conditions struct {
	parts []string
	args  []any
}

func (c *conditions) add(part string, args ...any) {
	c.parts = append(c.parts, part)
	c.args = append(c.args, args...)
}

func (c *conditions) statuses(names []string) {
	if len(names) == 0 {
		return
	}
	part := "status in (?" + strings.Repeat(", ?", len(names)-1) + ")"
	c.parts = append(c.parts, part)
	for _, name := range names {
		c.args = append(c.args, name)
	}
}

func (c *conditions) where() string {
	if len(c.parts) == 0 {
		return ""
	}
	return " where " + strings.Join(c.parts, " and ")
}
