package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"

	"till/domain"
)

// viewsLooked is how many orders are compared with their views, the newest first: a rebuild of a till's whole life would
// take longer than anybody waits for a doctor.
const viewsLooked = 5_000

// examineViews compares what the views hold of orders with what a rebuild would make of their entries.
func examineViews(ctx context.Context, db *DB) (detail string, err error) {
	err = db.snapshot(func() error {
		detail, err = compareViews(ctx, db.writer)
		return err
	})
	return detail, err
}

func compareViews(ctx context.Context, s *session) (string, error) {
	var listed, lived int
	_, err := s.first([]any{&listed, &lived}, `select (select count(*) from orders),
		(select count(distinct stream) from journal where substr(stream, 1, 4) = 'ord_')`)
	if err != nil {
		return "", err
	}
	if listed != lived {
		return "", otherViews("the list has %d orders, the journal %d", listed, lived)
	}
	if err := compareCounters(s); err != nil {
		return "", err
	}
	records, err := readRecords(s, viewsLooked)
	if err != nil {
		return "", err
	}
	for _, have := range records {
		if err := ctx.Err(); err != nil {
			return "", err
		}
		l, err := readLife(s, domain.OrderID(have.fixed.id))
		if err != nil {
			return "", err
		}
		if l.order == nil || !have.same(recordOf(l.order, l.entries[0].Seq)) {
			return "", otherViews("what the lists say of %s is not what its entries say", have.fixed.id)
		}
		if err := compareSearch(s, have); err != nil {
			return "", err
		}
		if err := soundOrder(l.order); err != nil {
			return "", err
		}
	}
	since, err := compareTakings(ctx, s, takingsLooked)
	switch {
	case err != nil:
		return "", err
	case since != "":
		return fmt.Sprintf("orders that are listed as they are: the newest %d of %d; sums are what came since %s", len(records), listed, since), nil
	}
	return fmt.Sprintf("orders that are listed as they are: %d", listed), nil
}

// soundOrder looks whether an order's amounts can be what its entries make them.
func soundOrder(o *domain.Order) error {
	for _, b := range o.Breaches() {
		if !b.Told {
			return domain.Errorf(domain.CodeInternal, "the entries of %s break a rule: %s", o.ID, b.Rule).
				WithHint("this is a fault of till: keep a copy of the file as it is, and tell who makes it")
		}
	}
	return nil
}

func otherViews(format string, args ...any) error {
	return domain.Errorf(domain.CodeStorageCorrupt, format, args...).WithHint("make them anew with: till journal rebuild")
}

// readRecords is what the views hold of the newest orders. Names and timers have no index by order: each of the tables
// is read once.
func readRecords(s *session, limit int) ([]*record, error) {
	var records []*record
	byPlace, byID := map[int64]*record{}, map[string]*record{}
	err := s.each(func(rows *sql.Rows) error {
		r, err := scanRecord(rows)
		records = append(records, r)
		byPlace[r.fixed.n], byID[r.fixed.id] = r, r
		return err
	}, "select n, "+rowColumns+", person, words from orders order by n desc limit ?", limit)
	if err != nil || len(records) == 0 {
		return nil, err
	}
	err = s.each(func(rows *sql.Rows) error {
		var n name
		var place int64
		err := rows.Scan(&n.kind, &n.name, &n.id, &place)
		if r := byPlace[place]; r != nil {
			r.names = append(r.names, n)
		}
		return err
	}, "select kind, name, id, n from names where n >= ?", records[len(records)-1].fixed.n)
	if err != nil {
		return nil, err
	}
	err = s.each(func(rows *sql.Rows) error {
		var d dispute
		var place int64
		err := rows.Scan(&d.id, &d.payment, &place, &d.stage, &d.status, &d.isOpen, &d.amount, &d.currency, &d.money,
			&d.reason, &d.network, &d.respondBy, &d.openedAt)
		if r := byPlace[place]; r != nil {
			r.disputes = append(r.disputes, d)
		}
		return err
	}, "select id, payment, n, stage, status, is_open, amount, currency, money, reason_code, network, respond_by, opened_at from disputes")
	if err != nil {
		return nil, err
	}
	err = s.each(func(rows *sql.Rows) error {
		var c care
		var place int64
		err := rows.Scan(&c.since, &place, &c.name, &c.risk, &c.currency, &c.until)
		if r := byPlace[place]; r != nil {
			r.cares = append(r.cares, c)
		}
		return err
	}, "select since, n, name, risk, currency, until from cares")
	if err != nil {
		return nil, err
	}
	return records, s.each(func(rows *sql.Rows) error {
		var t due
		err := rows.Scan(&t.at, &t.order, &t.name, &t.subject, &t.asks)
		if r := byID[t.order]; r != nil {
			r.timers = append(r.timers, t)
		}
		return err
	}, `select at, "order", name, subject, asks from timers`)
}

func scanRecord(rows *sql.Rows) (*record, error) {
	r := &record{}
	f, m := &r.fixed, &r.moving
	err := rows.Scan(
		&f.n, &f.id, &f.humanID, &f.number, &f.reference, &r.status, &m.label, &m.lifecycle, &m.attention,
		&f.currency, &f.total, &m.balance, &m.customer, &m.method, &f.isTest, &f.createdAt, &m.seq, &f.person, &m.words,
	)
	return r, err
}

// same tells whether the views hold what an order comes to. Its number's series is looked at where numbers are given.
func (r *record) same(want *record) bool {
	for _, one := range []*record{r, want} {
		slices.SortFunc(one.names, name.compare)
		slices.SortFunc(one.timers, due.compare)
		slices.SortFunc(one.cares, func(a, b care) int { return cmp.Compare(a.name, b.name) })
		slices.SortFunc(one.disputes, func(a, b dispute) int { return cmp.Compare(a.id+" "+a.payment, b.id+" "+b.payment) })
	}
	return r.fixed == want.fixed && r.moving == want.moving && r.status == want.status &&
		slices.Equal(r.names, want.names) && slices.Equal(r.timers, want.timers) &&
		slices.Equal(r.disputes, want.disputes) && slices.Equal(r.cares, want.cares)
}

func (n name) compare(other name) int {
	return cmp.Or(cmp.Compare(n.kind, other.kind), cmp.Compare(n.name, other.name), cmp.Compare(n.id, other.id))
}

func (d due) compare(other due) int {
	return cmp.Or(cmp.Compare(d.at, other.at), cmp.Compare(d.name, other.name), cmp.Compare(d.subject, other.subject))
}
