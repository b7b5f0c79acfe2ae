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

// guardCases has for every guard of the order's and the payment's machine, and of the actions on payments, facts for
// which it holds and facts for which it does not.
func guardCases() map[string]struct {
	guard   Guard
	yes, no *Facts
} {
	later, before := noon.Add(time.Hour), noon.Add(-time.Hour)
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
	refunded := func(back Amount) *Payment {
		p := captured(1000)
		p.Sums.Refunded = back
		return p
	}
	kept := paymentFacts(&Payment{asked: noon.Add(-time.Hour)})
	kept.Can.KeepsKeys = 2 * time.Hour
	forgotten := paymentFacts(&Payment{asked: noon.Add(-time.Hour)})
	forgotten.Can.KeepsKeys = time.Hour
	taking := func(state State) *Facts {
		f := paymentFacts(onHold(1000))
		f.Order.State = state
		return f
	}
	type c = struct {
		guard   Guard
		yes, no *Facts
	}
	cases := map[string]c{}
	for _, add := range []c{
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
		{allGoneBack, orderFacts(costing(refunded(1000))), orderFacts(costing(refunded(999)))},

		{paymentDated, dueAt(paymentFacts(&Payment{}), later), dueAt(paymentFacts(&Payment{}), before)},
		{sourceStored, paymentFacts(&Payment{Opening: Opening{Terms: Terms{Source: Source{ID: "src_1"}}}}), paymentFacts(&Payment{})},
		{isActive, paymentFacts(&Payment{}), paymentFacts(&Payment{Paused: true})},
		{notAuthenticated, paymentFacts(&Payment{}), paymentFacts(&Payment{authenticated: true})},
		{mayDowngrade, paymentFacts(&Payment{Opening: Opening{Terms: Terms{WithoutThreeDS: true}}}), paymentFacts(&Payment{})},
		{capturedWithIt, paymentFacts(captured(1)), paymentFacts(onHold(1))},
		{notCapturedWithIt, paymentFacts(onHold(1)), paymentFacts(captured(1))},
		{approvedInFull, paymentFacts(approvedFor(1000, Payment{})), paymentFacts(approvedFor(999, Payment{}))},
		{approvedInPart, paymentFacts(approvedFor(999, Payment{})), paymentFacts(approvedFor(1000, Payment{}))},
		{partWanted, paymentFacts(&Payment{Opening: Opening{Terms: Terms{Partial: true}}}), paymentFacts(&Payment{})},
		{approvalUnwanted, paymentFacts(approvedFor(999, Payment{})), paymentFacts(approvedFor(999, Payment{Opening: Opening{Terms: Terms{Partial: true}}}))},
		{approvalWanted, paymentFacts(&Payment{}), paymentFacts(&Payment{Fallen: true})},
		{isVerification, paymentFacts(&Payment{}), paymentFacts(&Payment{Opening: Opening{Amount: 1}})},
		{softDecline, hears(&Payment{}, Fact{Class: "soft"}), hears(&Payment{}, Fact{Class: "hard"})},
		{triesLeft, paymentFacts(&Payment{Opening: Opening{Terms: Terms{Retries: 1}}}), paymentFacts(&Payment{Opening: Opening{Terms: Terms{Retries: 1}}, Retried: 1})},
		{notStepUp, hears(&Payment{}, Fact{Code: "20005"}), hears(&Payment{}, Fact{Code: stepUp})},
		{isStepUp, hears(&Payment{}, Fact{Code: stepUp}), hears(&Payment{}, Fact{Code: "20005"})},
		{hasThreeDS, paymentFacts(&Payment{Opening: Opening{Terms: Terms{CanThreeDS: true}}}), paymentFacts(&Payment{})},
		{keyKept, kept, forgotten},
		{nothingTaken, paymentFacts(onHold(1)), paymentFacts(captured(1))},

		{notUnwanted, paymentFacts(onHold(1)), paymentFacts(&Payment{State: PaymentPartAuthorized, Unwanted: true})},
		{nothingUnknown, paymentFacts(calling(Capture, OpPending)), paymentFacts(calling(Capture, OpUnknown))},
		{oneAtATime, paymentFacts(calling(RefundMoney, OpPending)), paymentFacts(calling(Void, OpRequested))},
		{noReverse, paymentFacts(calling(Void, OpRequested)), paymentFacts(calling(Reverse, OpPending))},
		{orderTakesMoney, taking(OrderHold), taking(OrderCancelled)},
		{withinCapturable, withAmount(paymentFacts(onHold(5)), 5), withAmount(paymentFacts(onHold(5)), 6)},
		{withinLimit, withAmount(paymentFacts(onHold(1001)), 1000), withAmount(paymentFacts(onHold(1001)), 1001)},
		{withinRefundable, withAmount(paymentFacts(refunded(400)), 600), withAmount(paymentFacts(refunded(400)), 601)},
		{refundableLeft, paymentFacts(refunded(999)), paymentFacts(refunded(1000))},
		{voidable, paymentFacts(onHold(1)), paymentFacts(captured(1))},
		{wasCaptured, paymentFacts(captured(1)), paymentFacts(onHold(1))},
		{canPartCapture, withAmount(paymentFacts(onHold(5)), 5), withAmount(paymentFacts(onHold(5)), 4)},
		{canVoid, able(paymentFacts(onHold(1)), Capabilities{Void: true}), paymentFacts(onHold(1))},
		{canRefund, able(paymentFacts(captured(1)), Capabilities{Refund: true}), paymentFacts(captured(1))},
		{canPart, withAmount(paymentFacts(captured(5)), 5), withAmount(paymentFacts(captured(5)), 4)},
		{canSync, able(paymentFacts(onHold(1)), Capabilities{Sync: true}), paymentFacts(onHold(1))},
		{wasSent, paymentFacts(calling(Authorize, OpSucceeded)), paymentFacts(in(PaymentCreated))},
	} {
		cases[add.guard.Name] = add
	}
	return cases
}

func TestEveryGuardHoldsAndRefuses(t *testing.T) {
	cases := guardCases()
	for name, c := range cases {
		if c.yes != nil && !c.guard.Holds(c.yes) {
			t.Errorf("%q does not hold where it should", name)
		}
		if c.guard.Holds(c.no) {
			t.Errorf("%q holds where it should refuse", name)
		}
	}
	var all []Guard
	for _, row := range slices.Concat(OrderMachine.Rows(), PaymentMachine.Rows()) {
		all = append(all, row.Guards...)
	}
	for _, a := range PaymentActions {
		all = append(all, a.Guards...)
	}
	for _, g := range all {
		placed := strings.HasPrefix(g.Name, "the facts leave it") || strings.HasPrefix(g.Name, "the money leaves it")
		if _, known := cases[g.Name]; !known && !placed {
			t.Errorf("the guard %q has no case", g.Name)
		}
	}
}

// A refused payment action says the sentence of the guard that fails, whichever guard that is.
func TestEveryGuardOfAPaymentActionIsHeard(t *testing.T) {
	for _, a := range PaymentActions {
		for i, g := range a.Guards {
			alone := a
			alone.Guards = a.Guards[i : i+1]
			f := *guardCases()[g.Name].no
			if f.Payment == nil {
				f.Payment = onHold(1)
			}
			alone.In = states(f.Payment.State)
			if refusal := alone.Refusal(&f); refusal == nil || refusal.Message != g.Refusal || refusal.Code != CodeIllegalTransition {
				t.Errorf("%s in spite of %q: %v", a.Name, g.Name, refusal)
			}
		}
	}
}
