package sqlite

import (
	"context"
	"database/sql"
	"time"

	"till/domain"
)

// taking is a part of what came within an hour, as the sums have it.
type taking struct {
	hour, currency, method string
	domain.MoneySum
}

func takingsOf(o *domain.Order) []taking {
	var all []taking
	for _, t := range o.Takings() {
		all = append(all, taking{domain.FormatTime(t.From), string(t.Currency), t.Method, t.MoneySum})
	}
	return all
}

// projectTakings adds to the sums what has become of an order, and takes away what stood there of it.
func projectTakings(s *session, before, after *record) error {
	for _, t := range missing(before.takings, after.takings) {
		if err := addTaking(s, t, -1); err != nil {
			return err
		}
	}
	for _, t := range missing(after.takings, before.takings) {
		if err := addTaking(s, t, +1); err != nil {
			return err
		}
	}
	return nil
}

func addTaking(s *session, t taking, sign int) error {
	a := domain.Amount(sign)
	return s.exec(`insert into takings (hour, currency, method, sales, taken, refunded, reversed, disputed, rounded) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
		on conflict do update set sales = sales + excluded.sales, taken = taken + excluded.taken, refunded = refunded + excluded.refunded,
		reversed = reversed + excluded.reversed, disputed = disputed + excluded.disputed,
		rounded = rounded + excluded.rounded`,
		t.hour, t.currency, t.method, sign*t.Sales, a*t.Taken, a*t.Refunded, a*t.Reversed, a*t.Disputed, a*t.Rounded)
}

const takingColumns = "hour, currency, method, sales, taken, refunded, reversed, disputed, rounded"

func scanTaking(rows *sql.Rows) (t taking, err error) {
	err = rows.Scan(&t.hour, &t.currency, &t.method, &t.Sales, &t.Taken, &t.Refunded, &t.Reversed, &t.Disputed, &t.Rounded)
	return t, err
}

// Takings is what came in the hours from one moment to another, by hour, currency and method.
func (db *DB) Takings(ctx context.Context, from, to time.Time) ([]domain.Taking, error) {
	var all []domain.Taking
	err := db.read(ctx, func(s *session) error {
		return s.each(func(rows *sql.Rows) error {
			t, err := scanTaking(rows)
			if err != nil {
				return err
			}
			hour, err := domain.ParseTime(t.hour)
			all = append(all, domain.Taking{From: hour, Currency: domain.Currency(t.currency), Method: t.method, MoneySum: t.MoneySum})
			return err
		}, "select "+takingColumns+" from takings where hour >= ? and hour < ? order by hour, currency, method",
			domain.FormatTime(from), domain.FormatTime(to))
	})
	return all, err
}

// ledger adds up takings: by hour, currency and method.
type ledger map[[3]string]domain.MoneySum

func (l ledger) add(all ...taking) {
	for _, t := range all {
		place := [3]string{t.hour, t.currency, t.method}
		if l[place] = l[place].Plus(t.MoneySum); l[place] == (domain.MoneySum{}) {
			delete(l, place) // nothing came, whether a row says so or none
		}
	}
}

// readLedger is what the view of takings holds since an hour; none is the first.
func readLedger(s *session, since string) (ledger, error) {
	l := ledger{}
	return l, s.each(func(rows *sql.Rows) error {
		t, err := scanTaking(rows)
		l.add(t)
		return err
	}, "select "+takingColumns+" from takings where hour >= ?", since)
}
