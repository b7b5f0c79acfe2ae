package sqlite

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"till/domain"
)

// many makes a list of orders of two currencies, without their lives: two of every total from 1000 to 1999.
func many(t *testing.T) *DB {
	t.Helper()
	db := open(t, filepath.Join(t.TempDir(), "till.db"))
	check(t, db.writer.script(`with recursive c(i) as (select 0 union all select i + 1 from c where i < 1999)
		insert into orders select i + 1, 'ord_' || i, 'H' || i, '' || i, '', 'paid', 'paid', 'paid', '', iif(i % 2, 'EUR', 'USD'), 1000 + i / 2, 0, '', '',
		'cash', 0, '2026-01-01T00:00:00.000000Z', i, '' from c`))
	return db
}

// An amount that nobody has in a currency is looked up there, however many orders have that number in another.
func TestAmountIsLookedUpInItsCurrency(t *testing.T) {
	t.Parallel()
	db := many(t)
	for _, q := range []domain.OrderQuery{
		{Currency: "JPY", Least: 1000, Most: 2000},
		{Currency: "EUR", Least: 1500, Most: 1500},
		{Currency: "EUR", Least: 1500, Most: 1510},
		{Currency: "EUR", Least: 1500, Sort: "-total"},
	} {
		p, err := newPaging(q)
		check(t, err)
		check(t, p.weigh(db.writer, q))
		query, args := p.statement(q)
		if plan := planOf(t, db, query, args...); !strings.Contains(plan, "orders_amount (currency=? AND total") || strings.Contains(plan, "TEMP B-TREE") {
			t.Errorf("%+v:\n%s", q, plan)
		}
	}
}

// Sorted by total, the currencies stand among each other; pages follow each other and none is sorted in memory.
func TestTotalsOfAllCurrenciesInOrder(t *testing.T) {
	t.Parallel()
	db := many(t)
	for _, sort := range []string{"total", "-total"} {
		q := domain.OrderQuery{Sort: sort, Size: 7}
		var totals []domain.Amount
		var ids []string
		for range 3 {
			page, err := db.Orders(t.Context(), q)
			check(t, err)
			for _, row := range page.Items {
				totals, ids = append(totals, row.Total), append(ids, string(row.ID))
			}
			q.After = page.Next
		}
		want := make([]domain.Amount, len(totals))
		for i := range want {
			want[i] = domain.Amount(1000 + i/2)
			if sort == "-total" {
				want[i] = domain.Amount(1999 - i/2)
			}
		}
		if slices.Sort(ids); !slices.Equal(totals, want) || len(slices.Compact(ids)) != 21 {
			t.Errorf("%s: %v", sort, totals)
		}
		p, err := newPaging(q)
		check(t, err)
		check(t, p.weigh(db.writer, q))
		query, args := p.statement(q)
		plan := planOf(t, db, query, args...)
		if n := strings.Count(plan, "orders_amount (currency=?"); n != 2 {
			t.Errorf("%s: %d walks of an index\n%s", sort, n, plan)
		}
	}
}

// What rounding brought stands beside what came, and goes when what it belongs to is undone.
func TestTakingsKeepTheRounding(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "till.db"))
	came := taking{"2026-03-01T09:00:00.000000Z", "EUR", "cash", domain.MoneySum{Sales: 1, Taken: 102, Rounded: -2}}
	for i, want := range []domain.Amount{-2, -4, -2} {
		check(t, addTaking(db.writer, came, []int{1, 1, -1}[i]))
		sums, err := readLedger(db.writer, "")
		check(t, err)
		if got := sums[[3]string{came.hour, came.currency, came.method}].Rounded; got != want {
			t.Error(fmt.Sprint(i), got, want)
		}
	}
	check(t, addTaking(db.writer, came, -1))
	if sums, err := readLedger(db.writer, ""); err != nil || len(sums) != 0 {
		t.Errorf("%v, %v", sums, err)
	}
}

// However an amount is looked up, its pages are those of a list that is gone through from one end to the other.
func TestPagesOfAnAmount(t *testing.T) {
	t.Parallel()
	db := many(t)
	check(t, db.writer.exec("update orders set total = 1000 + n * 7919 % 100")) // ten or more of each, in no order
	yes, pages := true, 0
	for _, c := range []struct {
		domain.OrderQuery
		orders int
	}{
		{domain.OrderQuery{Currency: "EUR", Least: 1050, Most: 1050}, 20},
		{domain.OrderQuery{Currency: "EUR", Least: 1030, Most: 1093}, 640}, // 32 totals: a currency has every second
		{domain.OrderQuery{Currency: "EUR", Least: 1030, Most: 1095}, 660}, // one too many
		{domain.OrderQuery{Currency: "EUR", Least: 1030, Most: 1050, Statuses: []string{"paid"}}, 220},
		{domain.OrderQuery{Currency: "EUR", Least: 1030, Most: 1050, Test: &yes}, 0},
		{domain.OrderQuery{Currency: "EUR", Least: 1030, Most: 1050, From: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}, 0},
		{domain.OrderQuery{Currency: "EUR", Least: 1098}, 20},
	} {
		q := c.OrderQuery
		for _, q.Sort = range []string{"created_at", "-created_at", "total", "-total"} {
			order := map[string]string{"created_at": "n", "-created_at": "n desc", "total": "total, n", "-total": "total desc, n desc"}[q.Sort]
			all, err := readIDs(db.writer, "select id from orders where currency = ? and total >= ? and total <= ? order by "+order, string(q.Currency), int64(q.Least), mostOf(q))
			check(t, err)
			all = all[:min(c.orders, len(all))]
			if len(all) != c.orders {
				t.Errorf("%+v: %d orders, not %d", q, len(all), c.orders)
			}
			q.After, q.Page, q.Size = "", 0, 7
			for more := true; more; pages++ {
				far := q
				far.After = ""
				got, counted, want := pageIDs(t, db, &q), pageIDs(t, db, &far), all[:min(7, len(all))]
				if !slices.Equal(got, want) || !slices.Equal(counted, want) {
					t.Fatalf("%+v:\n%v and, counted,\n%v, not\n%v", q, got, counted, want)
				}
				all = all[len(want):]
				q.Page++
				more = q.After != ""
			}
		}
	}
	t.Logf("proof: %d pages of amounts, each as in the whole list", pages)
}

// pageIDs gives the orders of a page, and makes the query that of the next one.
func pageIDs(t *testing.T, db *DB, q *domain.OrderQuery) (ids []string) {
	t.Helper()
	page, err := db.Orders(t.Context(), *q)
	check(t, err)
	for _, row := range page.Items {
		ids = append(ids, string(row.ID))
	}
	q.After = page.Next
	return ids
}
