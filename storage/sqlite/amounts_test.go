package sqlite

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

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
		{Currency: "EUR", Least: 1500, Sort: "-total"},
	} {
		p, err := newPaging(q)
		check(t, err)
		check(t, p.weigh(db.writer, q))
		query, args := p.statement(q)
		if plan := planOf(t, db, query, args...); !strings.Contains(plan, "orders_amount (currency=? AND total>?") {
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
