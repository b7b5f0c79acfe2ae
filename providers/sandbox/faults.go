package sandbox

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"till/domain"
)

// The faults.
const (
	refusedFault  = "refused"        // the connection is refused: nothing was sent
	timeoutBefore = "timeout_before" // the gateway never sees the call
	timeoutAfter  = "timeout_after"  // it does what was asked, and the answer is lost
	http500       = "http_500"       // it breaks down and does nothing
	http429       = "http_429"       // it is asked too often and does nothing
	http409       = "http_409"       // it says that a call under the key is running, and does nothing
	garbled       = "garbled"        // it does what was asked, and nobody can read the answer
	slow          = "slow"           // it does what was asked, and takes its time to say so
	wrongAmount   = "wrong_amount"   // it does what was asked, and answers another amount
	saysNo        = "declined"       // it says no
	pends         = "pending"        // it takes the call and decides later
	noticeFirst   = "notice_first"   // the notice is there before the reply
	noticeTwice   = "notice_twice"
	noticeLost    = "notice_lost"
)

// faultNames in the order in which people are told of them; how slow is said behind a colon, in seconds.
var faultNames = []string{
	refusedFault, timeoutBefore, timeoutAfter, http500, http429, http409, garbled, slow + ":SECONDS", wrongAmount,
	saysNo, pends, noticeFirst, noticeTwice, noticeLost,
}

// faultyKinds are the calls that can go wrong.
var faultyKinds = []string{
	authorize, increment, capture, void, reverse, refund, cancelRefund, query, verifyReturn, createOrder, setup, charge, revoke,
	acceptDispute, sendEvidence, declineDispute, withdrawDispute, fileDispute,
	payOut, confirmPayout, cancelPayout,
}

// mostTimes is how often a fault can be set to come: a number behind it is none that was typed into the wrong place.
const mostTimes = 1_000_000

// notOfASync are the faults of what only a change brings.
var notOfASync = []string{noticeFirst, noticeTwice, noticeLost}

// fault is what goes wrong with one call; none has no name.
type fault struct {
	name string
	wait time.Duration // of a slow one, by the machine's clock
}

// parseFault reads a fault's name as an operator writes it.
func parseFault(text string) (fault, bool) {
	name, seconds, slowly := strings.Cut(text, ":")
	if !slowly {
		known := slices.Contains(faultNames, name)
		return fault{name: name}, known
	}
	n, err := strconv.ParseFloat(seconds, 64)
	return fault{slow, time.Duration(n * float64(time.Second))}, name == slow && err == nil && n > 0 && n <= 3600
}

// telling is how the notice of what the call did goes out. Where the answer is lost or cannot be believed, the
// notice waits: it would tell at once what nobody is to know. A slow answer's goes out with the answer.
func (f fault) telling() telling {
	switch f.name {
	case timeoutAfter, garbled, wrongAmount, slow:
		return tellLater
	case noticeTwice:
		return tellTwice
	case noticeLost:
		return tellNever
	}
	return tellUsual
}

// answers is what the gateway says instead of doing anything; no code: it does what was asked.
func (f fault) answers() reply {
	code := map[string]string{refusedFault: connectionRefused, http500: serverError, http429: tooManyCalls, http409: keyRunning}[f.name]
	return reply{verdict: verdict{code: code, rule: f.rule()}}
}

func (f fault) rule() string { return "fault " + f.name }

// SetFault makes the next calls of an operation go wrong, in place of what was set for it before. An operation or
// a fault that the sandbox does not have, or less than one time, is a domain.Error (invalid).
func (s *Sandbox) SetFault(ctx context.Context, fault domain.Fault) error {
	if err := validFault(fault); err != nil {
		return err
	}
	return s.visit(ctx, func(tx *sql.Tx, _ time.Time) error {
		_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO fault (operation, name, times, share) VALUES (?, ?, ?, ?)",
			string(fault.Operation), fault.Name, fault.Times, fault.Share)
		return err
	})
}

func validFault(fault domain.Fault) error {
	wrong := map[string]string{}
	if !slices.Contains(faultyKinds, string(fault.Operation)) {
		wrong["operation"] = "must be one of " + strings.Join(faultyKinds, ", ")
	}
	if _, known := parseFault(fault.Name); !known {
		wrong["fault"] = "must be one of " + strings.Join(faultNames, ", ")
	} else if fault.Operation == query && slices.Contains(notOfASync, fault.Name) {
		wrong["fault"] = "is nothing that can happen to a sync, which brings no notice"
	}
	switch {
	case fault.Times < 0 || fault.Times > mostTimes:
		wrong["times"] = fmt.Sprintf("must be 1 to %d", mostTimes)
	case fault.Share < 0 || fault.Share > 100:
		wrong["share"] = "must be from 1 to 100 percent"
	case fault.Times == 0 && fault.Share == 0:
		wrong["times"] = "must be 1 or more, or a share of all calls"
	case fault.Times > 0 && fault.Share > 0:
		wrong["share"] = "is not possible together with a number of times"
	}
	return domain.Invalid("the fault", wrong)
}

// Faults tells what is set, by operation, and how many calls are left of each.
func (s *Sandbox) Faults(ctx context.Context) ([]domain.Fault, error) {
	var faults []domain.Fault
	err := s.visit(ctx, func(tx *sql.Tx, _ time.Time) error {
		var err error
		faults, err = readFaults(ctx, tx)
		return err
	})
	return faults, err
}

func readFaults(ctx context.Context, tx *sql.Tx) (faults []domain.Fault, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT operation, name, times, share FROM fault ORDER BY operation")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var f domain.Fault
		if err := rows.Scan(&f.Operation, &f.Name, &f.Times, &f.Share); err != nil {
			return nil, err
		}
		faults = append(faults, f)
	}
	return faults, rows.Err()
}

// ClearFaults takes all faults back.
func (s *Sandbox) ClearFaults(ctx context.Context) error {
	return s.visit(ctx, func(tx *sql.Tx, _ time.Time) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM fault")
		return err
	})
}

// takeFault gives what goes wrong with a call of some kind, and uses up one of its times.
func takeFault(ctx context.Context, tx *sql.Tx, kind string) (fault, error) {
	var name string
	var times, share, calls int
	err := tx.QueryRowContext(ctx, "SELECT name, times, share, calls FROM fault WHERE operation = ?", kind).
		Scan(&name, &times, &share, &calls)
	if errors.Is(err, sql.ErrNoRows) {
		return fault{}, nil
	}
	if err != nil {
		return fault{}, err
	}
	f, _ := parseFault(name)
	change := "UPDATE fault SET times = times - 1 WHERE operation = ?"
	switch {
	case share > 0:
		change = "UPDATE fault SET calls = calls + 1 WHERE operation = ?"
		seed, err := readSetting(ctx, tx, settingSeed)
		if err != nil {
			return fault{}, err
		}
		if roll(seed, kind, calls) >= share {
			f = fault{}
		}
	case times == 1:
		change = "DELETE FROM fault WHERE operation = ?"
	}
	_, err = tx.ExecContext(ctx, change, kind)
	return f, err
}

// roll is a number from 0 to 99, always the same for the same seed, kind of call, and call since the share was set.
func roll(seed, kind string, call int) int {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %d", seed, kind, call))
	return int(binary.BigEndian.Uint64(sum[:]) % 100)
}
