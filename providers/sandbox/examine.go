package sandbox

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"strings"

	"till/domain"
)

// Examine looks at the gateway's file and changes nothing in it, nor lets the gateway do what has come due; also at one
// that Open refuses. Beside the checks it gives the books of the newest payments, at most limit of them. A file that is
// not there is well: the first command makes it.
func Examine(ctx context.Context, path string, limit int) ([]domain.Check, []domain.Books) {
	const name = "sandbox"
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return []domain.Check{domain.Well(name, "there is none at %s yet", path)}, nil
	}
	if err := writable(path); err != nil { // no connection of this process holds a lock yet
		return []domain.Check{domain.IllBy(name, err)}, nil
	}
	db, err := sql.Open("sqlite", address(path, url.Values{"mode": {"rw"}, "_pragma": {"busy_timeout(10000)", "query_only(1)"}}))
	if err != nil {
		return []domain.Check{domain.IllBy(name, storageError("open", err))}, nil
	}
	db.SetMaxOpenConns(1)
	defer func() { _ = db.Close() }() // it only read
	if err := whole(ctx, db); err != nil {
		return []domain.Check{domain.IllBy(name, storageError("read", err))}, nil
	}
	checks := []domain.Check{domain.Well(name, "%s can be read", path)}
	for _, e := range examinations {
		check, err := e.look(ctx, db)
		if err != nil {
			return append(checks, domain.IllBy(e.name, storageError("read", err))), nil
		}
		check.Name = e.name
		checks = append(checks, check)
	}
	books, err := newestBooks(ctx, db, limit)
	if err != nil {
		checks = append(checks, domain.IllBy("books", storageError("read", err)))
	}
	return checks, books
}

// examinations are what is looked at in a file that can be read.
var examinations = []struct {
	name string
	look func(context.Context, *sql.DB) (domain.Check, error)
}{
	{"outbox", examineOutbox},
	{"faults", examineFaults},
}

// writable tells whether the file may be written. SQLite opens one that may not as well, and says so when it is too late.
// Closing it takes SQLite's locks on it from every connection of this process.
func writable(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return notWritable(err)
	}
	return f.Close()
}

// whole tells whether SQLite can read every page, and till every table.
func whole(ctx context.Context, db *sql.DB) error {
	var said string
	if err := db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&said); err != nil {
		return err
	}
	if said != "ok" {
		return domain.Errorf(domain.CodeStorageCorrupt, "SQLite finds the sandbox's file damaged: %s", said).WithHint(damagedHint)
	}
	version, err := schemaOf(ctx, db)
	if err == nil && version < len(migrations) {
		err = domain.Errorf(domain.CodeVersionConflict, "the sandbox's file has schema %d, this till knows %d", version, len(migrations)).
			WithHint("an older file is brought up to date by any other command")
	}
	return err
}

func examineOutbox(ctx context.Context, db *sql.DB) (domain.Check, error) {
	var byHand, late int
	var held bool
	err := db.QueryRowContext(ctx, `SELECT
		(SELECT count(*) FROM notice WHERE state = 'pending' AND due = ''),
		(SELECT count(*) FROM notice WHERE state = 'pending' AND due <> ''),
		EXISTS (SELECT 1 FROM setting WHERE name = ? AND value = ?)`, settingHold, on).Scan(&byHand, &late, &held)
	switch {
	case err != nil:
		return domain.Check{}, err
	case held:
		return domain.Ill("", "let it go on with: till sandbox hold off", "it holds notices back; to be delivered by hand: %d", byHand), nil
	case byHand > 0:
		return domain.Ill("", "deliver or drop them: till sandbox notices --pending", "notices that wait to be delivered by hand: %d", byHand), nil
	case late > 0:
		return domain.Well("", "notices on their way: %d", late), nil
	}
	return domain.Well("", "everything was told"), nil
}

func examineFaults(ctx context.Context, db *sql.DB) (domain.Check, error) {
	rows, err := db.QueryContext(ctx, "SELECT operation, name FROM fault ORDER BY operation")
	if err != nil {
		return domain.Check{}, err
	}
	defer func() { _ = rows.Close() }()
	var set []string
	for rows.Next() {
		var operation, name string
		if err := rows.Scan(&operation, &name); err != nil {
			return domain.Check{}, err
		}
		set = append(set, operation+" "+name)
	}
	if len(set) > 0 {
		return domain.Ill("", "take them away with: till sandbox fault clear", "the gateway is set to go wrong: %s", strings.Join(set, ", ")), rows.Err()
	}
	return domain.Well("", "none is set"), rows.Err()
}

// newestBooks gives what the gateway has on record for the payments that it heard of last.
func newestBooks(ctx context.Context, db *sql.DB, limit int) (all []domain.Books, err error) {
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer func() { _ = tx.Rollback() }() // it only read
	payments, err := newestPayments(ctx, tx, limit)
	for _, payment := range payments {
		a, err := readAccount(ctx, tx, payment)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", payment, err)
		}
		all = append(all, a.books())
	}
	return all, err
}

func newestPayments(ctx context.Context, tx *sql.Tx, limit int) (payments []string, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT payment FROM account WHERE substr(payment, 1, 4) = 'pay_' ORDER BY opened_at DESC, payment DESC LIMIT ?", limit)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var payment string
		if err := rows.Scan(&payment); err != nil {
			return nil, err
		}
		payments = append(payments, payment)
	}
	return payments, rows.Err()
}
