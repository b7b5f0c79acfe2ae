package sandbox

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"time"

	"till/domain"
)

// What the operator at the other chair does with the outbox.

// Outbox gives what the gateway has to tell, oldest first; pending: only what was neither delivered nor dropped.
func (s *Sandbox) Outbox(ctx context.Context, pending bool) ([]domain.OutboxNotice, error) {
	where := "1 = 1"
	if pending {
		where = "state = '" + domain.NoticePending + "'"
	}
	var notices []domain.OutboxNotice
	err := s.visit(ctx, func(tx *sql.Tx, _ time.Time) error {
		var err error
		notices, err = readNotices(ctx, tx, where+" ORDER BY number")
		return err
	})
	return notices, err
}

// HoldBack says whether new notices wait to be delivered by hand. What waits already goes on waiting.
func (s *Sandbox) HoldBack(ctx context.Context, hold bool) error {
	value := ""
	if hold {
		value = on
	}
	return s.visit(ctx, func(tx *sql.Tx, _ time.Time) error { return writeSetting(ctx, tx, settingHold, value) })
}

// HoldsBack tells whether new notices wait.
func (s *Sandbox) HoldsBack(ctx context.Context) (hold bool, err error) {
	err = s.visit(ctx, func(tx *sql.Tx, _ time.Time) error {
		value, err := readSetting(ctx, tx, settingHold)
		hold = value == on
		return err
	})
	return hold, err
}

// Deliver delivers notices that wait, in the order in which they are named by id or number. One that does not
// wait is a domain.Error (illegal_transition), and none is delivered.
func (s *Sandbox) Deliver(ctx context.Context, notices ...string) error {
	return s.each(ctx, notices, func(tx *sql.Tx, n domain.OutboxNotice, now time.Time) error {
		if err := waits(n, domain.NoticeDelivered); err != nil {
			return err
		}
		return deliver(ctx, tx, n.ID, now)
	})
}

// Drop loses notices that wait: they are never delivered.
func (s *Sandbox) Drop(ctx context.Context, notices ...string) error {
	return s.each(ctx, notices, func(tx *sql.Tx, n domain.OutboxNotice, _ time.Time) error {
		if err := waits(n, domain.NoticeDropped); err != nil {
			return err
		}
		return setState(ctx, tx, n.ID, domain.NoticeDropped)
	})
}

// Duplicate delivers notices once more; one that waits is delivered twice.
func (s *Sandbox) Duplicate(ctx context.Context, notices ...string) error {
	return s.each(ctx, notices, func(tx *sql.Tx, n domain.OutboxNotice, now time.Time) error {
		switch n.State {
		case domain.NoticeDropped:
			return waits(n, "duplicated")
		case domain.NoticePending:
			if err := deliver(ctx, tx, n.ID, now); err != nil {
				return err
			}
		}
		return deliver(ctx, tx, n.ID, now)
	})
}

// Delay has notices that wait delivered by themselves, some time from now.
func (s *Sandbox) Delay(ctx context.Context, by time.Duration, notices ...string) error {
	if by <= 0 {
		return domain.Invalid("the delay", map[string]string{"by": "must be more than nothing"})
	}
	return s.each(ctx, notices, func(tx *sql.Tx, n domain.OutboxNotice, now time.Time) error {
		if err := waits(n, "delayed"); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "UPDATE notice SET due = ? WHERE id = ?", domain.FormatTime(now.Add(by)), n.ID)
		return err
	})
}

// Swap changes the places of two notices that wait: they are delivered in the other order.
func (s *Sandbox) Swap(ctx context.Context, one, other string) error {
	return s.visit(ctx, func(tx *sql.Tx, _ time.Time) error {
		var both [2]domain.OutboxNotice
		for i, name := range []string{one, other} {
			var err error
			if both[i], err = findNotice(ctx, tx, name); err != nil {
				return err
			}
			if err := waits(both[i], "swapped"); err != nil {
				return err
			}
		}
		return swap(ctx, tx, both[0], both[1])
	})
}

// swap puts the first out of the way, as no two may ever have the same number.
func swap(ctx context.Context, tx *sql.Tx, first, second domain.OutboxNotice) error {
	for _, step := range []struct {
		id     string
		number int
	}{{first.ID, 0}, {second.ID, first.Number}, {first.ID, second.Number}} {
		if _, err := tx.ExecContext(ctx, "UPDATE notice SET number = ? WHERE id = ?", step.number, step.id); err != nil {
			return err
		}
	}
	return nil
}

// each does something with several notices, all or none.
func (s *Sandbox) each(ctx context.Context, names []string, do func(*sql.Tx, domain.OutboxNotice, time.Time) error) error {
	return s.visit(ctx, func(tx *sql.Tx, now time.Time) error {
		for _, name := range names {
			n, err := findNotice(ctx, tx, name)
			if err != nil {
				return err
			}
			if err := do(tx, n, now); err != nil {
				return err
			}
		}
		return nil
	})
}

// waits refuses what can only be done with a notice that is neither delivered nor dropped.
func waits(n domain.OutboxNotice, done string) error {
	if n.State == domain.NoticePending {
		return nil
	}
	err := domain.Errorf(domain.CodeIllegalTransition, "notice %d was %s and cannot be %s any more", n.Number, n.State, done)
	if n.State == domain.NoticeDelivered {
		return err.WithHint("have it delivered once more with: till sandbox duplicate %d", n.Number)
	}
	return err
}

func findNotice(ctx context.Context, tx *sql.Tx, name string) (domain.OutboxNotice, error) {
	where, is := "notice.id = ?", any(name)
	if number, err := strconv.Atoi(name); err == nil {
		where, is = "notice.number = ?", number
	}
	found, err := readNotices(ctx, tx, where, is)
	if err == nil && len(found) == 0 {
		err = domain.Errorf(domain.CodeNotFound, "there is no notice %s", name).WithHint("see: till sandbox notices")
	}
	if err != nil {
		return domain.OutboxNotice{}, err
	}
	return found[0], nil
}

// readNotices gives the notices that a condition of ours holds for.
func readNotices(ctx context.Context, tx *sql.Tx, where string, is ...any) (notices []domain.OutboxNotice, err error) {
	rows, err := tx.QueryContext(ctx,
		`SELECT notice.id, number, event, payment, action, amount, currency, at, state, due,
			(SELECT count(*) FROM delivery WHERE delivery.notice = notice.id)
		 FROM notice JOIN fact USING (action) JOIN account USING (payment) WHERE `+where, is...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var n domain.OutboxNotice
		var at, due string
		if err := rows.Scan(&n.ID, &n.Number, &n.Type, &n.Payment, &n.Action, &n.Amount, &n.Currency,
			&at, &n.State, &due, &n.Times); err != nil {
			return nil, err
		}
		if n.At, err = domain.ParseTime(at); err != nil {
			return nil, err
		}
		if due != "" {
			if n.DueAt, err = domain.ParseTime(due); err != nil {
				return nil, err
			}
		}
		notices = append(notices, n)
	}
	return notices, rows.Err()
}
