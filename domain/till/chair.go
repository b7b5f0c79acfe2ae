package till

import (
	"context"
	"time"

	"till/domain"
)

// chair is the other chair at a test gateway for those who may sit in it. What the customer does there, and what is only
// looked at, goes through as it is.
type chair struct {
	domain.Bank
	t *Till
}

// chair is the gateway's side; nil where a till has none.
func (t *Till) chair() domain.Bank {
	if t.Config.Bank == nil {
		return nil
	}
	return chair{t.Config.Bank, t}
}

// may does something if whoever is at the till may.
func (c chair) may(ctx context.Context, do func() error) error {
	if err := c.t.Allows(ctx, Intent{}, domain.DeedSandbox); err != nil {
		return err
	}
	return do()
}

// Settle decides what the gateway left pending.
func (c chair) Settle(ctx context.Context, payment domain.PaymentID, outcome string) error {
	return c.may(ctx, func() error { return c.Bank.Settle(ctx, payment, outcome) })
}

// MoveRefund moves a refund.
func (c chair) MoveRefund(ctx context.Context, refund domain.RefundID, outcome string) error {
	return c.may(ctx, func() error { return c.Bank.MoveRefund(ctx, refund, outcome) })
}

// GiveBack has the gateway give money back by itself; amount 0 is all. Minor units.
func (c chair) GiveBack(ctx context.Context, payment domain.PaymentID, amount domain.Amount) error {
	return c.may(ctx, func() error { return c.Bank.GiveBack(ctx, payment, amount) })
}

// Raise has the customer's bank open a case about a payment.
func (c chair) Raise(ctx context.Context, raised domain.Raising) (id domain.DisputeID, err error) {
	err = c.may(ctx, func() error {
		id, err = c.Bank.Raise(ctx, raised)
		return err
	})
	return id, err
}

// Advance has the other side of a case go on.
func (c chair) Advance(ctx context.Context, dispute domain.DisputeID, outcome string) error {
	return c.may(ctx, func() error { return c.Bank.Advance(ctx, dispute, outcome) })
}

// MovePayout moves a payout.
func (c chair) MovePayout(ctx context.Context, payout domain.PayoutID, outcome string) error {
	return c.may(ctx, func() error { return c.Bank.MovePayout(ctx, payout, outcome) })
}

// HoldBack says whether new notices wait to be delivered by hand.
func (c chair) HoldBack(ctx context.Context, hold bool) error {
	return c.may(ctx, func() error { return c.Bank.HoldBack(ctx, hold) })
}

// Deliver delivers notices.
func (c chair) Deliver(ctx context.Context, notices ...string) error {
	return c.may(ctx, func() error { return c.Bank.Deliver(ctx, notices...) })
}

// Drop loses notices.
func (c chair) Drop(ctx context.Context, notices ...string) error {
	return c.may(ctx, func() error { return c.Bank.Drop(ctx, notices...) })
}

// Duplicate delivers notices once more.
func (c chair) Duplicate(ctx context.Context, notices ...string) error {
	return c.may(ctx, func() error { return c.Bank.Duplicate(ctx, notices...) })
}

// Delay puts notices off.
func (c chair) Delay(ctx context.Context, by time.Duration, notices ...string) error {
	return c.may(ctx, func() error { return c.Bank.Delay(ctx, by, notices...) })
}

// Swap exchanges two notices.
func (c chair) Swap(ctx context.Context, one, other string) error {
	return c.may(ctx, func() error { return c.Bank.Swap(ctx, one, other) })
}

// SetFault sets a fault.
func (c chair) SetFault(ctx context.Context, fault domain.Fault) error {
	return c.may(ctx, func() error { return c.Bank.SetFault(ctx, fault) })
}

// ClearFaults takes all faults away.
func (c chair) ClearFaults(ctx context.Context) error {
	return c.may(ctx, func() error { return c.Bank.ClearFaults(ctx) })
}

// SetProfile says how the gateway treats idempotency keys.
func (c chair) SetProfile(ctx context.Context, name string) error {
	return c.may(ctx, func() error { return c.Bank.SetProfile(ctx, name) })
}
