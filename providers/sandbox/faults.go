package sandbox

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"

	"till/domain"
)

// The faults. Neither waits: the answer is lost at once.
const (
	timeoutBefore = "timeout_before" // the gateway never sees the call
	timeoutAfter  = "timeout_after"  // it does what was asked, and the answer is lost
)

var (
	faultNames  = []string{timeoutBefore, timeoutAfter}
	faultyKinds = []string{authorize, capture, void, refund, query}
)

// SetFault makes the next calls of an operation go wrong, in place of what was set for it before. An operation or
// a fault that the sandbox does not have, or less than one time, is a domain.Error (invalid).
func (s *Sandbox) SetFault(ctx context.Context, fault domain.Fault) error {
	if err := validFault(fault); err != nil {
		return err
	}
	return s.update(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO fault (operation, name, times) VALUES (?, ?, ?)",
			string(fault.Operation), fault.Name, fault.Times)
		return err
	})
}

func validFault(fault domain.Fault) error {
	wrong := map[string]string{}
	if !slices.Contains(faultyKinds, string(fault.Operation)) {
		wrong["operation"] = "must be one of " + strings.Join(faultyKinds, ", ")
	}
	if !slices.Contains(faultNames, fault.Name) {
		wrong["fault"] = "must be one of " + strings.Join(faultNames, ", ")
	}
	if fault.Times < 1 {
		wrong["times"] = "must be 1 or more"
	}
	return domain.Invalid("the fault", wrong)
}

// Faults tells what is set, by operation, and how many calls are left of each.
func (s *Sandbox) Faults(ctx context.Context) ([]domain.Fault, error) {
	var faults []domain.Fault
	err := s.update(ctx, func(tx *sql.Tx) error {
		var err error
		faults, err = readFaults(ctx, tx)
		return err
	})
	return faults, err
}

func readFaults(ctx context.Context, tx *sql.Tx) (faults []domain.Fault, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT operation, name, times FROM fault ORDER BY operation")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var f domain.Fault
		if err := rows.Scan(&f.Operation, &f.Name, &f.Times); err != nil {
			return nil, err
		}
		faults = append(faults, f)
	}
	return faults, rows.Err()
}

// ClearFaults takes all faults back.
func (s *Sandbox) ClearFaults(ctx context.Context) error {
	return s.update(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM fault")
		return err
	})
}

// takeFault uses up one time of the fault that is set for a kind of call; empty if none is.
func takeFault(ctx context.Context, tx *sql.Tx, kind string) (string, error) {
	var name string
	var times int
	err := tx.QueryRowContext(ctx, "SELECT name, times FROM fault WHERE operation = ?", kind).Scan(&name, &times)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	change := "UPDATE fault SET times = times - 1 WHERE operation = ?"
	if times == 1 {
		change = "DELETE FROM fault WHERE operation = ?"
	}
	_, err = tx.ExecContext(ctx, change, kind)
	return name, err
}
