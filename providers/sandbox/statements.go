package sandbox

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
)

// The gateway says the same few statements again and again. In a transaction of database/sql each is read anew every
// time, which was more than a third of a call's processor time: so the connection keeps them, read.

// sqliteDriver is SQLite's, as it was registered.
func sqliteDriver() (driver.Driver, error) {
	db, err := sql.Open("sqlite", "") // opens nothing
	if err != nil {
		return nil, err
	}
	return db.Driver(), db.Close()
}

// connector makes such connections.
type connector struct {
	driver driver.Driver
	dsn    string
}

// Driver is SQLite's.
func (c connector) Driver() driver.Driver { return c.driver }

// Connect opens the file.
func (c connector) Connect(context.Context) (driver.Conn, error) {
	conn, err := c.driver.Open(c.dsn)
	if err != nil {
		return nil, err
	}
	return &connection{conn.(opened), map[string]*statement{}}, nil
}

// opened is what is used of SQLite's connection: all but that it can run a text at once.
type opened interface {
	driver.Conn
	driver.ConnPrepareContext
	driver.ConnBeginTx
	driver.SessionResetter
	driver.Validator
}

type connection struct {
	opened
	kept map[string]*statement
}

// PrepareContext lends a statement that is kept; one that is lent already is read once more, for this time.
func (c *connection) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	kept := c.kept[query]
	if kept != nil && !kept.lent {
		kept.lent = true
		return kept, nil
	}
	stmt, err := c.opened.PrepareContext(ctx, query)
	if err != nil || kept != nil {
		return stmt, err
	}
	kept = &statement{stmt.(prepared), true}
	c.kept[query] = kept
	return kept, nil
}

// Close lets go of the statements, and closes the file.
func (c *connection) Close() error {
	var errs []error
	for _, kept := range c.kept {
		errs = append(errs, kept.prepared.Close())
	}
	return errors.Join(append(errs, c.opened.Close())...)
}

type prepared interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

type statement struct {
	prepared
	lent bool
}

// Close gives it back.
func (s *statement) Close() error {
	s.lent = false
	return nil
}
