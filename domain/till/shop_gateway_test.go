package till_test

import (
	"fmt"
	"slices"
	"time"

	"till/domain"
)

// What goes on at the gateway of a shop's history: customers, their banks, faults, and what it tells too late, twice or never.

var deedsAtTheGateway = []deed{
	{8, (*lane).gatewayFails},
	{1, func(c *lane) bool {
		return c.does("ClearFaults", "", func() error { return c.bank.ClearFaults(c.step) }) == nil
	}},
	{2, (*lane).holdsBack},
	{8, (*lane).tells},
	{7, (*lane).customerActs},
	{4, (*lane).settlesOne},
	{10, (*lane).movesARefund},
	{2, (*lane).givesBack},
	{3, (*lane).movesAPayout},
	{1, (*lane).otherProfile},
}

var faultNames = []string{
	"refused", "timeout_before", "timeout_after", "timeout_before", "timeout_after", "http_500", "http_429", "http_409", "garbled", "slow:2", "wrong_amount",
	"declined", "pending", "notice_first", "notice_twice", "notice_lost",
}

var faultyKinds = []domain.OperationKind{
	domain.Authorize, domain.Authorize, domain.Authorize, domain.Authorize, domain.Capture, domain.Capture, domain.Capture, domain.Void,
	domain.Void, domain.RefundMoney, domain.RefundMoney, domain.RefundMoney, domain.Sync, domain.Sync,
	domain.Increment, domain.Reverse, domain.RefundCancel, domain.Sync, domain.VerifyRedirect, domain.CreateOrder, domain.SetupRecurring,
	domain.ChargeRecurring, domain.Revoke, domain.DisputeAccept, domain.DisputeEvidence, domain.DisputeDecline, domain.DisputeWithdraw,
	domain.DisputeFile, domain.PayoutMoney, domain.PayoutConfirm, domain.PayoutCancel,
}

func (c *lane) gatewayFails() bool {
	f := domain.Fault{Operation: among(c.shop, faultyKinds...), Name: among(c.shop, faultNames...), Times: 1 + c.dice.IntN(2)}
	if c.halves && f.Name == "wrong_amount" { // of half an amount nobody can tell whether it is the wrong one
		f.Name = "garbled"
	}
	if c.dice.IntN(5) == 0 {
		f.Times, f.Share = 0, 1+c.dice.IntN(100)
	}
	_ = c.does("SetFault", fmt.Sprintf("%s %s", f.Operation, f.Name), func() error { return c.bank.SetFault(c.step, f) })
	return true
}

func (c *lane) holdsBack() bool {
	hold := c.dice.IntN(2) == 0
	_ = c.does("HoldBack", fmt.Sprint(hold), func() error { return c.bank.HoldBack(c.step, hold) })
	return true
}

// tells decides what becomes of a notice.
func (c *lane) tells() bool {
	told, err := c.bank.Outbox(c.step, c.dice.IntN(4) > 0)
	c.fine(err)
	if len(told) == 0 {
		return false
	}
	one, other := among(c.shop, told...).ID, among(c.shop, told...).ID
	switch c.dice.IntN(8) {
	case 0:
		_ = c.does("Drop", one, func() error { return c.bank.Drop(c.step, one) })
	case 1:
		_ = c.does("Duplicate", one, func() error { return c.bank.Duplicate(c.step, one) })
	case 2:
		by := time.Duration(1+c.dice.IntN(3000)) * time.Second
		_ = c.does("Delay", one, func() error { return c.bank.Delay(c.step, by, one) })
	case 3:
		_ = c.does("Swap", one+" "+other, func() error { return c.bank.Swap(c.step, one, other) })
	default:
		_ = c.does("Deliver", one, func() error { return c.bank.Deliver(c.step, one) })
	}
	return true
}

// customerActs is what the customer does at their bank's page, of which till hears when it is told.
func (c *lane) customerActs() bool {
	gone := func(p *domain.Payment) bool { return len(p.Sessions) > 0 && !p.IsOpen() && p.Sums.Authorized == 0 }
	_, p := c.paymentWith(gone) // who comes after everybody has given up
	if p == nil || c.dice.IntN(2) == 0 {
		_, p = c.paymentWith(func(p *domain.Payment) bool { return len(p.Sessions) > 0 })
	}
	if p == nil {
		return false
	}
	results := p.Sessions[len(p.Sessions)-1].Kind.Results()
	result := among(c.shop, append(results, results[0], results[0])...)
	_ = c.does("Customer", string(p.ID)+" "+result, func() error { return c.bank.Customer(c.step, p.ID, result) })
	return true
}

func (c *lane) settlesOne() bool {
	_, p := c.paymentWith(func(p *domain.Payment) bool { return slices.ContainsFunc(p.Operations, (*domain.Operation).IsPending) })
	if p == nil {
		return false
	}
	outcome := among(c.shop, "succeeded", "failed")
	_ = c.does("Settle", string(p.ID)+" "+outcome, func() error { return c.bank.Settle(c.step, p.ID, outcome) })
	return true
}

func (c *lane) movesARefund() bool {
	_, p := c.paymentWith(func(p *domain.Payment) bool { return len(p.Refunds) > 0 && p.Method != domain.Cash })
	if p == nil {
		return false
	}
	r, outcome := among(c.shop, p.Refunds...), among(c.shop, "succeeded", "failed", "failed", "reversed", "manual_review", "pending")
	_ = c.does("MoveRefund", string(r.ID)+" "+outcome, func() error { return c.bank.MoveRefund(c.step, r.ID, outcome) })
	return true
}

func (c *lane) givesBack() bool {
	_, p := c.paymentWith(atTheGateway)
	if p == nil {
		return false
	}
	amount := c.part(p.Sums.Captured)
	_ = c.does("GiveBack", fmt.Sprintf("%s %d", p.ID, amount), func() error { return c.bank.GiveBack(c.step, p.ID, amount) })
	return true
}

func (c *lane) movesAPayout() bool {
	p := c.aPayout()
	if p == nil {
		return false
	}
	outcome := among(c.shop, "paid", "paid", "failed", "expired", "returned", "needs_data")
	_ = c.does("MovePayout", string(p.ID)+" "+outcome, func() error { return c.bank.MovePayout(c.step, p.ID, outcome) })
	return true
}

func atTheGateway(p *domain.Payment) bool { return p.Sums.Captured > 0 && p.Method != domain.Cash }

func (c *lane) otherProfile() bool {
	name := among(c.shop, "checkout", "stripe", "none")
	_ = c.does("SetProfile", name, func() error { return c.bank.SetProfile(c.step, name) })
	return true
}
