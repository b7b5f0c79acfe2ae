package sqlite

import (
	"context"
	"database/sql"
	"time"

	"till/domain"
)

// Due gives the timers whose time has come by now, by time, stream and name.
func (db *DB) Due(ctx context.Context, now time.Time) ([]domain.Timer, error) {
	var timers []domain.Timer
	err := db.read(ctx, func(s *session) error {
		return s.each(func(rows *sql.Rows) error {
			var t domain.Timer
			var at, stream string
			if err := rows.Scan(&at, &stream, &t.Name, &t.Subject, &t.Asks); err != nil {
				return err
			}
			if isOrder(stream) {
				t.Order = domain.OrderID(stream)
			} else {
				t.Stream = stream
			}
			var err error
			t.At, err = domain.ParseTime(at)
			timers = append(timers, t)
			return err
		}, `select at, "order", name, subject, asks from timers where at <= ? order by at, "order", name, subject`, domain.FormatTime(now))
	})
	return timers, err
}
