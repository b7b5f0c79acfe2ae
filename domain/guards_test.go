package domain

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// costing is an order of 1000 with payments.
func costing(payments ...*Payment) *Order {
	return &Order{Document: Document{Totals: Totals{Total: 1000}}, Payments: payments}
}

func in(state State) *Payment { return &Payment{State: state} }

func captured(amount Amount) *Payment {
	return &Payment{State: PaymentCaptured, Sums: Sums{Authorized: amount, Captured: amount}}
}

func onHold(amount Amount) *Payment {
	return &Payment{State: PaymentAuthorized, Sums: Sums{Authorized: amount}}
}

func calling(kind OperationKind, state State) *Payment {
	return &Payment{State: PaymentAuthorized, Operations: []*Operation{{Kind: kind, State: state}}}
}

func approvedFor(amount Amount, p Payment) *Payment {
	p.Amount, p.money = 1000, []Fact{{Event: Approved, Amount: amount}}
	return &p
}

func orderFacts(o *Order) *Facts { return &Facts{Order: o, Asking: true, Now: noon} }
func paymentFacts(p *Payment) *Facts {
	return &Facts{Order: costing(p), Payment: p, Asking: true, Now: noon}
}

func withAmount(f *Facts, a Amount) *Facts {
	f.Amount = a
	return f
}

func able(f *Facts, can Capabilities) *Facts {
	f.Can = can
	return f
}

func dueAt(f *Facts, due time.Time) *Facts {
	f.Due = due
	return f
}

func hears(p *Payment, f Fact) *Facts {
	facts := paymentFacts(p)
	facts.Fact = &f
	return facts
}

func captureAt(at time.Time) Fact { return Fact{Event: Captured, Amount: 400, At: at} }

// letGoAt is an order that was cancelled as its money was let go, and then heard of something more.
func letGoAt(at time.Time, more Fact) *Facts {
	p := &Payment{money: []Fact{{Event: Voided, Released: 600, At: at}, more}}
	o := costing(p)
	o.State, o.CancelReason = OrderCancelled, "voided"
	return &Facts{Order: o, Payment: p}
}

// guardCase is facts for which a guard holds, and facts for which it does not.
type guardCase struct {
	guard   Guard
	yes, no *Facts
}

// guardCases has cases for every guard of the order's, the payment's and the dispute's machine, and of what can be
// done with payments, refunds and disputes.
func guardCases() []guardCase {
	return slices.Concat(orderGuards(), paymentGuards(), moneyGuards(), methodGuards(), refundGuards(), disputeGuards())
}

// refusedBy are facts for which a guard does not hold.
func refusedBy(g Guard) *Facts {
	i := slices.IndexFunc(guardCases(), func(c guardCase) bool { return c.guard.Name == g.Name })
	if i < 0 {
		return nil
	}
	return guardCases()[i].no
}

func orderGuards() []guardCase {
	later := noon.Add(time.Hour)
	lines := func(l ...Line) *Facts { return orderFacts(&Order{Document: Document{Cart: Cart{Lines: l}}}) }
	due := func(at time.Time, deny bool) *Facts {
		return orderFacts(&Order{Document: Document{Due: at, DenyOverdue: deny}})
	}
	failed := func(times, most int) *Facts {
		o := costing()
		o.MaxAttempts = most
		for range times {
			o.Payments = append(o.Payments, in(PaymentDeclined))
		}
		return orderFacts(o)
	}
	overdue := orderFacts(&Order{Overdue: true})
	customer := orderFacts(costing())
	customer.Customer = true
	return []guardCase{
		{hasLines, lines(Line{}), lines()},
		{hasPrice, lines(Line{Price: 1}), lines(Line{Price: 1}, Line{})},
		{hasTotal, orderFacts(costing()), orderFacts(&Order{})},
		{hasContact, orderFacts(&Order{Document: Document{Contact: true}}), orderFacts(&Order{})},
		{dueAhead, dueAt(orderFacts(costing()), later), dueAt(orderFacts(costing()), noon)},
		{dueGiven, dueAt(orderFacts(costing()), later), orderFacts(costing())},
		{noOpenAttempt, orderFacts(costing(in(PaymentDeclined))), orderFacts(costing(in(PaymentUnknown)))},
		{attemptsLeft, failed(1, 2), failed(2, 2)},
		{attemptsGone, failed(2, 2), failed(20, 0)},
		{nothingHeldYet, orderFacts(costing(captured(500))), orderFacts(costing(onHold(500)))},
		{payableStill, due(later, true), due(noon, true)},
		{balanceOpen, orderFacts(costing(captured(999))), orderFacts(costing(captured(1000)))},
		{withinBalance, withAmount(orderFacts(costing(captured(400))), 600), withAmount(orderFacts(costing(captured(400))), 601)},
		{attemptOver, orderFacts(costing(onHold(1))), orderFacts(costing(in(PaymentCreated)))},
		{attemptOpen, orderFacts(costing(&Payment{State: PaymentPartAuthorized, Unwanted: true, Sums: Sums{Authorized: 1}})), orderFacts(costing())},
		{paidUp, orderFacts(costing(captured(1000))), orderFacts(costing(captured(999)))},
		{notPaidUp, orderFacts(costing(captured(999))), orderFacts(costing(captured(1000)))},
		{noMoney, orderFacts(costing()), orderFacts(costing(onHold(1)))},
		{someMoney, orderFacts(costing(captured(1))), orderFacts(costing())},
		{nothingCaptured, orderFacts(costing(onHold(1000))), orderFacts(costing(captured(1)))},
		{nothingElse, orderFacts(costing(captured(1))), orderFacts(costing(onHold(1)))},
		{stillHeld, orderFacts(costing(onHold(1))), orderFacts(costing(captured(1)))},
		{duePassed, overdue, orderFacts(costing())},
		{dueNotPassed, orderFacts(costing()), overdue},
		{customersTurn, orderFacts(costing(in(PaymentNeedsAction))), orderFacts(costing(in(PaymentProcessing)))},
		{outcomeKnown, nil, orderFacts(costing(in(PaymentProcessing)))},
		{byCustomer, customer, orderFacts(costing())},
		{nothingHeld, orderFacts(costing(captured(1))), orderFacts(costing(calling(RefundMoney, OpUnknown)))},
		{netPositive, orderFacts(costing(refunded(999))), orderFacts(costing(refunded(1000)))},
		{somethingToSee, orderFacts(costing(refunded(1001))), orderFacts(costing(refunded(1000)))},
		{takenBefore, letGoAt(noon, captureAt(noon)), letGoAt(noon, captureAt(noon.Add(1)))},
		{allGoneBack, orderFacts(costing(refunded(1000))), orderFacts(costing(refunded(999)))},
	}
}

func TestEveryGuardHoldsAndRefuses(t *testing.T) {
	for _, c := range guardCases() {
		if c.yes != nil && !c.guard.Holds(c.yes) {
			t.Errorf("%q does not hold where it should", c.guard.Name)
		}
		if c.guard.Holds(c.no) {
			t.Errorf("%q holds where it should refuse", c.guard.Name)
		}
	}
	var all []Guard
	for _, row := range slices.Concat(OrderMachine.Rows(), PaymentMachine.Rows(), DisputeMachine.Rows()) {
		all = append(all, row.Guards...)
	}
	for _, a := range slices.Concat(PaymentActions, RefundActions, DisputeActions, DisputeSending) {
		all = append(all, a.Guards...)
	}
	for _, g := range all {
		placed := strings.HasPrefix(g.Name, "the facts leave it") || strings.HasPrefix(g.Name, "the facts put the case") || strings.HasPrefix(g.Name, "the money leaves it")
		if !placed && refusedBy(g) == nil {
			t.Errorf("the guard %q has no case", g.Name)
		}
	}
}

// A refused action on a payment or a refund says the sentence of the guard that fails, whichever guard that is.
func TestEveryGuardOfAnActionIsHeard(t *testing.T) {
	for _, a := range slices.Concat(PaymentActions, RefundActions, DisputeActions, DisputeSending) {
		for i, g := range a.Guards {
			alone := a
			alone.Guards = a.Guards[i : i+1]
			f := *refusedBy(g)
			if f.Payment == nil {
				f.Payment = onHold(1)
			}
			if f.Refund == nil && a.Of == "refund" {
				f.Refund = &Refund{}
			}
			if f.Dispute == nil && a.Of == "dispute" {
				f.Dispute = &Dispute{}
			}
			alone.In = states(alone.state(&f))
			if refusal := alone.Refusal(&f); refusal == nil || refusal.Message != g.Refusal || refusal.Code != CodeIllegalTransition {
				t.Errorf("%s a %s in spite of %q: %v", a.Name, a.Of, g.Name, refusal)
			}
		}
	}
}

// A row that only one guard keeps an event from says that guard's sentence.
func TestEveryGuardOfARowIsHeard(t *testing.T) {
	for _, m := range []*Machine{OrderMachine, PaymentMachine, DisputeMachine} {
		for _, row := range m.Rows() {
			for i, g := range row.Guards {
				f := refusedBy(g)
				if f == nil { // where the facts leave it is no refusal of a command's
					continue
				}
				only := &Machine{index: map[edge][]int{{row.From, row.On}: {0}}, rows: []Transition{row}}
				only.once.Do(func() {})
				only.rows[0].Guards = row.Guards[i : i+1]
				if got, refusal := only.Next(row.From, row.On, f); got != nil || refusal != g.Refusal {
					t.Errorf("%s from %q on %s in spite of %q: %q", row.ID, row.From, row.On, g.Name, refusal)
				}
			}
		}
	}
}
