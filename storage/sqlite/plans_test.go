package sqlite

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"till/domain"
	"till/storage/storagetest"
)

// TestNoFrameScans asks SQLite how it answers every query that a list, a frame or a step puts to a till: it looks rows up, or walks
// down an index or a table in the order of the page and stops at its end. Nothing goes through all that there is.
func TestNoFrameScans(t *testing.T) {
	db := open(t, filepath.Join(t.TempDir(), "till.db"))
	storagetest.Crowd(t, db, 1050)
	planned := 0
	look := func(query string, args ...any) {
		planned++
		if len(args) == 0 {
			args = make([]any, strings.Count(query, "?"))
		}
		if plan := planOf(t, db, query, args...); scans(query, plan) {
			t.Errorf("this goes through a whole table:\n%s\n%s", query, plan)
		}
	}
	for _, q := range everyPage() {
		p, err := newPaging(q)
		check(t, err)
		check(t, p.weigh(db.writer, q))
		query, args := p.statement(q)
		look(query, args...)
	}
	readAll(t, db)
	for range len(db.readers) { // that were opened
		s := <-db.readers
		for query := range s.ready {
			look(query)
		}
		db.readers <- s
	}
	for query := range db.writer.ready { // what a step asks
		if !strings.HasPrefix(query, "explain") && !strings.HasPrefix(query, "pragma") {
			look(query)
		}
	}
	t.Logf("proof: %d queries planned, none goes through a whole table", planned)
}

// everyPage are the lists of orders: every filter with every sort, at the beginning and further down.
func everyPage() []domain.OrderQuery {
	var all []domain.OrderQuery
	since := storagetest.Start.AddDate(-2, 0, 0)
	for _, filter := range []domain.OrderQuery{
		{},
		{Statuses: []string{"paid"}},
		{Statuses: []string{"paid", "hold"}},
		{From: since},
		{To: since.AddDate(0, 0, 1)},
		{Test: new(bool)},
		{Text: "ann"},
		{Text: "ann lee", Statuses: []string{"paid"}},
		{Text: "..."},
		{Currency: "EUR", Least: 1000, Most: 1010},
		{Currency: "EUR", Least: 1000, Statuses: []string{"paid"}},
		{Statuses: []string{"hold"}, Test: new(bool), From: since},
	} {
		for _, sort := range []string{"", "created_at", "total", "-total"} {
			filter.Sort = sort
			all = append(all, filter)
			if filter.Page = 2; sort == "" {
				all = append(all, filter)
			}
			filter.Page = 0
		}
	}
	return append(all, domain.OrderQuery{Cares: since.AddDate(1, 0, 0)})
}

// readAll asks a till everything else that a screen shows of it.
func readAll(t *testing.T, db *DB) {
	t.Helper()
	ctx, at := t.Context(), storagetest.Start
	page, err := db.Orders(ctx, domain.OrderQuery{Size: 2})
	check(t, err)
	o, err := db.Order(ctx, page.Items[1].ID)
	check(t, err)
	for kind := range prefixes {
		for _, ref := range []string{string(o.ID), o.HumanID, "01kc"} {
			_, err := db.Find(ctx, kind, ref)
			check(t, err)
		}
	}
	for _, read := range []func() error{
		func() error { _, err := db.Entries(ctx, string(o.ID), 0, 0, 0); return err },
		func() error { _, err := db.Entries(ctx, "", 5, 0, 50); return err },
		func() error { _, _, err := db.Newest(ctx, ""); return err },
		func() error { _, _, err := db.Newest(ctx, string(o.ID)); return err },
		func() error { _, err := db.Last(ctx); return err },
		func() error { _, err := db.Due(ctx, at); return err },
		func() error { _, err := db.Cares(ctx, at); return err },
		func() error { _, err := db.Takings(ctx, at, at.Add(24*time.Hour)); return err },
		func() error { _, err := db.Payouts(ctx, 0, 50); return err },
		func() error { _, err := db.Person(ctx, o.Person.ID); return err },
		func() error { _, err := db.PaperNames(ctx, o.ID); return err },
		func() error { _, err := db.Disputes(ctx, domain.DisputeQuery{}); return err },
		func() error {
			_, err := db.Disputes(ctx, domain.DisputeQuery{Open: true, Sort: "respond_by"})
			return err
		},
	} {
		check(t, read())
	}
}

var (
	wholeTable = regexp.MustCompile(`(?m)^SCAN (journal|j|orders|o|names|m|people|wires|disputes|papers|inbox)\b`)
	sums       = regexp.MustCompile(`(?i)\b(count|sum|min|max|avg)\(`)
)

// scans tells whether a plan goes through a table that grows with the orders. One that goes down it in the order that is asked
// for, and stops at a limit, does not; neither does one that takes the first or the last.
func scans(query, plan string) bool {
	if !wholeTable.MatchString(plan) || strings.Contains(query, "where false") { // which reads nothing
		return false
	}
	stops := strings.Contains(query, "limit") && !strings.Contains(plan, "TEMP B-TREE FOR ORDER BY") && !sums.MatchString(query)
	return !stops
}
