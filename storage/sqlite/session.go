package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"strconv"

	"modernc.org/sqlite"
)

// session is one connection with the statements that it has prepared, each once. It serves one goroutine at
// a time. Its statements run without a context: with one that can be cancelled each call would cost a
// goroutine, and a transaction must not stop half way. Who waits or loops asks the context instead.
type session struct {
	conn  *sql.Conn
	ready map[string]*sql.Stmt
}

func newSession(ctx context.Context, pool *sql.DB) (*session, error) {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &session{conn: conn, ready: map[string]*sql.Stmt{}}, nil
}

func (s *session) close() error {
	var errs []error
	for _, stmt := range s.ready {
		errs = append(errs, stmt.Close())
	}
	return errors.Join(append(errs, s.conn.Close())...)
}

func (s *session) prepare(query string) (*sql.Stmt, error) {
	if stmt := s.ready[query]; stmt != nil {
		return stmt, nil
	}
	stmt, err := s.conn.PrepareContext(context.Background(), query)
	if err != nil {
		return nil, err
	}
	s.ready[query] = stmt
	return stmt, nil
}

// limited ends a query after so many rows. The number stands in the text: with a limit that is bound, SQLite would plan
// the query anew each time.
func limited(rows int) string { return " limit " + strconv.Itoa(rows) }

// exec runs a statement that gives no rows.
func (s *session) exec(query string, args ...any) error {
	stmt, err := s.prepare(query)
	if err != nil {
		return err
	}
	_, err = stmt.ExecContext(context.Background(), args...)
	return err
}

// version is a number that is another when anybody has written to the file, as the open transaction sees it.
func (s *session) version() (v uint32, err error) {
	err = s.conn.Raw(func(conn any) error {
		v, err = conn.(sqlite.FileControl).FileControlDataVersion("main")
		return err
	})
	return v, err
}

// script runs several statements at once, not prepared.
func (s *session) script(text string) error {
	_, err := s.conn.ExecContext(context.Background(), text)
	return err
}

// first reads the first row of a query into dest. It tells whether there was one.
func (s *session) first(dest []any, query string, args ...any) (bool, error) {
	stmt, err := s.prepare(query)
	if err != nil {
		return false, err
	}
	err = stmt.QueryRowContext(context.Background(), args...).Scan(dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// each hands every row of a query to scan.
func (s *session) each(scan func(*sql.Rows) error, query string, args ...any) error {
	stmt, err := s.prepare(query)
	if err != nil {
		return err
	}
	return drain(scan)(stmt.QueryContext(context.Background(), args...))
}

// once is each for a query whose text is made for the occasion, and not kept.
func (s *session) once(scan func(*sql.Rows) error, query string, args ...any) error {
	return drain(scan)(s.conn.QueryContext(context.Background(), query, args...))
}

func drain(scan func(*sql.Rows) error) func(*sql.Rows, error) error {
	return func(rows *sql.Rows, err error) error {
		if err != nil {
			return err
		}
		for rows.Next() {
			if err := scan(rows); err != nil {
				return errors.Join(err, rows.Close())
			}
		}
		return errors.Join(rows.Err(), rows.Close())
	}
}
