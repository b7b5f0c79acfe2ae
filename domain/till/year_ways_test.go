package till_test

import (
	"fmt"
	"time"

	"till/domain"
	"till/domain/till"
)

// More of the table of year_kinds_test.go: what the customers leave open, other ways to pay, groups, and what nobody knows.

func customersOfTheYear() []yearKind {
	quarter := polled(15*time.Minute, at(15*time.Minute, "session_expired"))
	return []yearKind{
		single("a challenge that nobody answers", domain.OrderFailed, domain.PaymentExpired, nothing, quarter,
			func(y *year) *domain.Order {
				o := y.issue(2000)
				y.paying(o, challengeCard, nil)
				return o
			}),
		single("a device that does not answer", domain.OrderFailed, domain.PaymentExpired, nothing, quarter,
			func(y *year) *domain.Order {
				o := y.issue(2000)
				y.paying(o, lookupCard, nil)
				return o
			}),
		single("the only attempt is left alone", domain.OrderCancelled, domain.PaymentExpired, nothing, quarter,
			func(y *year) *domain.Order {
				wish := wanted(2000)
				wish.MaxAttempts = 1
				o, err := y.Issue(y.ctx, till.Intent{}, wish)
				y.must(err)
				y.paying(o, challengeCard, nil)
				return o
			}),
		single("a challenge that is passed", domain.OrderPaid, domain.PaymentCaptured, taken, polled(10*time.Minute),
			func(y *year) *domain.Order {
				o := y.issue(2000)
				id := y.paying(o, challengeCard, nil)
				y.after(10*time.Minute, func() {
					_, err := y.Complete(y.ctx, till.Intent{}, id, "passed")
					y.must(err)
				})
				return o
			}),
		single("a form that is left open", domain.OrderIssued, domain.PaymentCancelled, nothing, []moment{at(15*time.Minute, "form")},
			func(y *year) *domain.Order {
				o := y.issue(2000)
				_, err := y.OpenPayment(y.ctx, till.Intent{}, o.ID, 0, "", true)
				y.must(err)
				return o
			}),
		single("a part that is not welcome, and not let go at once", domain.OrderFailed, domain.PaymentVoided, sums{1000, 0, 1000, 0},
			[]moment{at(day, "void")},
			func(y *year) *domain.Order {
				o := y.issue(2000)
				y.fault(domain.Void, "refused")
				y.paying(o, halfCard, nil)
				return o
			}),
		single("a part that is not welcome, and nobody hears of its void", domain.OrderFailed, domain.PaymentVoided, sums{1000, 0, 1000, 0},
			asked(1),
			func(y *year) *domain.Order {
				o := y.issue(2000)
				y.fault(domain.Void, "timeout_after")
				y.paying(o, halfCard, nil)
				return o
			}),
		single("a part that is welcome", domain.OrderPartPaid, domain.PaymentCaptured, sums{1000, 1000, 0, 0}, nil,
			func(y *year) *domain.Order {
				o := y.issue(2000)
				y.paying(o, halfCard, func(p *till.Payable) { p.Partial = true })
				return o
			}),
	}
}

func methodsOfTheYear() []yearKind {
	bank := map[string]string{"bic": "INGBNL2A"}
	return []yearKind{
		single("a bank's page that is left open", domain.OrderFailed, domain.PaymentExpired, nothing,
			polled(15*time.Minute, at(15*time.Minute, "session_expired")),
			func(y *year) *domain.Order {
				o := y.issue(2000)
				y.by(o, "ideal", bank)
				return o
			}),
		single("a voucher that nobody pays", domain.OrderFailed, domain.PaymentExpired, nothing,
			polled(3*day, at(3*day, "session_expired")),
			func(y *year) *domain.Order {
				o := y.issue(2000)
				y.by(o, "voucher", nil)
				return o
			}),
		single("a voucher that is paid", domain.OrderPaid, domain.PaymentCaptured, taken, polled(day),
			func(y *year) *domain.Order {
				o := y.issue(2000)
				id := y.by(o, "voucher", nil)
				y.after(day, func() { y.must(y.bank.Customer(y.ctx, id, "paid")) })
				return o
			}),
		single("a debit", domain.OrderPaid, domain.PaymentCaptured, taken, polled(2*day, at(2*day, "debit_cleared")),
			func(y *year) *domain.Order {
				o := y.issue(2000)
				y.by(o, "sepa", nil)
				return o
			}),
		single("a debit that comes back", domain.OrderPaid, domain.PaymentCaptured, sums{2000, 2000, 0, 2000}, polled(2*day, at(2*day, "debit_cleared")),
			func(y *year) *domain.Order {
				o := y.issue(2000)
				id := y.by(o, "sepa", nil)
				y.after(12*day, func() { y.must(y.bank.GiveBack(y.ctx, id, 0)) })
				return o
			}),
		{
			"cash on delivery of which nobody hears", func(y *year) []domain.OrderID {
				o := y.issue(2000)
				y.by(o, "cod", nil)
				return []domain.OrderID{o.ID}
			},
			func(whole time.Duration) []end {
				return []end{{domain.OrderInProgress, domain.PaymentProcessing, nothing, polled(whole + 1), nil}}
			},
		},
		single("a refund that takes its time", domain.OrderPaid, domain.PaymentCaptured, sums{2000, 2000, 0, 700},
			polled(time.Hour, at(time.Hour, "refund_succeeded")),
			func(y *year) *domain.Order {
				o, id := y.sold(laterFails)
				y.refund(id, 700)
				return o
			}),
		single("a refund that bounces", domain.OrderPaid, domain.PaymentCaptured, sums{2000, 2000, 0, 0}, []moment{at(day, "refund_failed")},
			func(y *year) *domain.Order {
				o, id := y.sold(bounces)
				y.refund(id, 700)
				return o
			}),
	}
}

func groupsOfTheYear() []yearKind {
	return []yearKind{
		{
			"a group that stands", func(y *year) []domain.OrderID { return y.group(goodCard, 1000, 2000) },
			func(time.Duration) []end {
				return []end{
					{domain.OrderPaid, domain.PaymentCaptured, sums{1000, 1000, 0, 0}, nil, nil},
					{domain.OrderPaid, domain.PaymentCaptured, taken, nil, nil},
				}
			},
		},
		{
			"a group that falls", func(y *year) []domain.OrderID { return y.group(goodCard, 2000, 2005, 3000) },
			func(time.Duration) []end {
				return []end{
					{domain.OrderFailed, domain.PaymentVoided, letGo, nil, nil},
					{domain.OrderFailed, domain.PaymentDeclined, nothing, nil, nil},
					{domain.OrderIssued, domain.PaymentCancelled, nothing, nil, nil},
				}
			},
		},
		{
			"a group that falls, and what it held is not let go at once", func(y *year) []domain.OrderID {
				y.fault(domain.Void, "refused")
				return y.group(goodCard, 2000, 2005)
			},
			func(time.Duration) []end {
				return []end{
					{domain.OrderFailed, domain.PaymentVoided, letGo, []moment{at(day, "void")}, nil},
					{domain.OrderFailed, domain.PaymentDeclined, nothing, nil, nil},
				}
			},
		},
		{
			"a group that nobody answers for", func(y *year) []domain.OrderID { return y.group(challengeCard, 1000, 2000) },
			func(time.Duration) []end {
				return []end{
					{domain.OrderFailed, domain.PaymentExpired, nothing, polled(15*time.Minute, at(15*time.Minute, "session_expired"), at(15*time.Minute, "group")), nil},
					{domain.OrderIssued, domain.PaymentCancelled, nothing, nil, nil},
				}
			},
		},
	}
}

func unknownsOfTheYear() []yearKind {
	var kinds []yearKind
	for deaf := range 10 { // how often asking is in vain; there are nine times to ask
		e := end{domain.OrderPaid, domain.PaymentCaptured, taken, asked(min(deaf+1, 9)), nil}
		if deaf == 9 {
			e.order, e.payment, e.sums, e.marks = domain.OrderInProgress, domain.PaymentUnknown, nothing, []string{"unknown"}
		}
		kinds = append(kinds, yearKind{
			fmt.Sprintf("an answer that is lost, asked %d times in vain", deaf),
			func(y *year) []domain.OrderID {
				o := y.issue(2000)
				y.fault(domain.Authorize, "timeout_after")
				y.ahead[obstacle{y.paying(o, goodCard, nil), domain.Sync}] = deaf
				return []domain.OrderID{o.ID}
			},
			func(time.Duration) []end { return []end{e} },
		})
	}
	return append(kinds,
		single("what never arrived", domain.OrderFailed, domain.PaymentFailed, nothing, asked(2),
			func(y *year) *domain.Order {
				o := y.issue(2000)
				y.fault(domain.Authorize, "timeout_before")
				y.paying(o, goodCard, nil)
				return o
			}),
		single("what the gateway decides later", domain.OrderPaid, domain.PaymentCaptured, taken,
			polled(time.Minute, at(time.Minute, "decision")),
			func(y *year) *domain.Order {
				o := y.issue(2000)
				y.fault(domain.Authorize, "pending")
				y.paying(o, goodCard, nil)
				return o
			}),
		single("a refund whose answer is lost", domain.OrderPaid, domain.PaymentCaptured, sums{2000, 2000, 0, 700}, asked(4),
			func(y *year) *domain.Order {
				o, id := y.sold(goodCard)
				y.fault(domain.RefundMoney, "timeout_after")
				y.refund(id, 700)
				y.ahead[obstacle{id, domain.Sync}] = 3
				return o
			}),
		single("a capture whose answer is lost", domain.OrderPaid, domain.PaymentCaptured, taken, asked(6),
			func(y *year) *domain.Order {
				r := y.hold(y.issue(2000))
				y.fault(domain.Capture, "timeout_after")
				_, err := y.Capture(y.ctx, till.Intent{}, till.Capturing{Payment: r.Payment.ID})
				y.code(err, domain.CodeUnknownOutcome)
				y.ahead[obstacle{r.Payment.ID, domain.Sync}] = 5
				return r.Order
			}),
	)
}
