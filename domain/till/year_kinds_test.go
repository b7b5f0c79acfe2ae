package till_test

import (
	"time"

	"till/domain"
	"till/domain/till"
)

// yearKind is a kind of order that leaves something to time: how it is made, and what must have become of it.
type yearKind struct {
	name string
	live func(*year) []domain.OrderID
	ends func(whole time.Duration) []end // whole is how long it has lived in the end
}

// end is what must have become of an order, its newest payment, and their timers.
type end struct {
	order, payment domain.State
	sums           sums
	moments        []moment
	marks          []string
}

// sums are what was authorized, captured, released, and refunded for good, in minor units.
type sums [4]domain.Amount

// moment is when a timer must have come, counted from when the order was made.
type moment struct {
	after time.Duration
	timer string
}

// asked is when an operation without a known end is asked about: by the janitor after 5 s, 30 s, 5 min, 1 h, and then five
// times after a day; no more than some times.
func asked(times int) []moment {
	var all []moment
	at := time.Duration(0)
	for _, gap := range []time.Duration{5 * time.Second, 30 * time.Second, 5 * time.Minute, time.Hour, day, day, day, day, day}[:times] {
		at += gap
		all = append(all, moment{at, "ask"})
	}
	return all
}

// polled is when what the provider has not decided is asked about, until that has an end: after 5, 10, 20, 30 and 60 s, after
// an hour, then every day for a month, and then every 30 days.
func polled(until time.Duration, last ...moment) []moment {
	var all []moment
	at := time.Duration(0)
	for _, gap := range []time.Duration{5 * time.Second, 10 * time.Second, 20 * time.Second, 30 * time.Second, time.Minute, time.Hour} {
		if at += gap; at < until {
			all = append(all, moment{at, "poll"})
		}
	}
	for at += day; at < until; {
		all = append(all, moment{at, "poll"})
		if at < 30*day {
			at += day
		} else {
			at += 30 * day
		}
	}
	return append(all, last...)
}

func at(after time.Duration, timer string) moment { return moment{after, timer} }

// single is a kind of one order.
func single(name string, order, payment domain.State, s sums, moments []moment, live func(*year) *domain.Order) yearKind {
	return yearKind{
		name, func(y *year) []domain.OrderID { return []domain.OrderID{live(y).ID} },
		func(time.Duration) []end { return []end{{order, payment, s, moments, nil}} },
	}
}

// paying pays an order whatever the answer is.
func (y *year) paying(o *domain.Order, number string, with func(*till.Payable)) domain.PaymentID {
	y.Helper()
	r, err := y.pay(o, number, with)
	if r.Payment == nil {
		y.Fatal(err)
	}
	return r.Payment.ID
}

func (y *year) by(o *domain.Order, method string, fields map[string]string) domain.PaymentID {
	y.Helper()
	r, err := y.Pay(y.ctx, till.Intent{}, till.Payable{Order: o.ID, Method: method, Source: domain.Source{Fields: fields}})
	y.must(err)
	return r.Payment.ID
}

func manual(p *till.Payable)   { p.Capture = domain.CaptureManual }
func multiple(p *till.Payable) { p.Capture = domain.CaptureMultiple }

func weekly(p *till.Payable) { p.Variant = shortHold }

func (y *year) dated(d time.Duration) func(*till.Payable) {
	return func(p *till.Payable) { p.Date = y.Env.Now().Add(d) }
}

func (y *year) active(id domain.PaymentID, on bool) {
	y.Helper()
	_, err := y.UpdatePayment(y.ctx, till.Intent{}, id, till.Editing{Active: &on})
	y.must(err)
}

// sold is an order that was paid by card at once.
func (y *year) sold(number string) (*domain.Order, domain.PaymentID) {
	y.Helper()
	o := y.issue(2000)
	r, err := y.pay(o, number, nil)
	y.must(err)
	return o, r.Payment.ID
}

func (y *year) refund(id domain.PaymentID, amount domain.Amount) {
	_, _ = y.Refund(y.ctx, till.Intent{}, till.Refunding{Payment: id, Amount: amount}) // also where nobody hears of it
}

func (y *year) group(number string, prices ...domain.Amount) []domain.OrderID {
	y.Helper()
	var orders []domain.OrderID
	for _, price := range prices {
		orders = append(orders, y.issue(price).ID)
	}
	if _, results, err := y.PayGroup(y.ctx, till.Intent{}, orders, till.Payable{Method: "card", Card: y.card(number)}); len(results) != len(prices) {
		y.Fatal(err)
	}
	return orders
}

const (
	laterFails  = "4000000000007726" // its refunds are pending, and then succeed
	bounces     = "4000000000005126" // its refunds succeed, and then fail
	rejectsCard = "4000000000004954"
)

var (
	nothing = sums{}
	taken   = sums{2000, 2000, 0, 0}
	letGo   = sums{2000, 0, 2000, 0}
)

func yearKinds() []yearKind {
	kinds := append(datesOfTheYear(), holdsOfTheYear()...)
	kinds = append(kinds, customersOfTheYear()...)
	kinds = append(kinds, methodsOfTheYear()...)
	kinds = append(kinds, groupsOfTheYear()...)
	kinds = append(kinds, disputesOfTheYear()...)
	return append(kinds, unknownsOfTheYear()...)
}

func datesOfTheYear() []yearKind {
	return []yearKind{
		single("a due date passes", domain.OrderOverdue, "", nothing, []moment{at(10*day, "due")},
			func(y *year) *domain.Order { return y.dueIn(10 * day) }),
		single("a due date that denies what is late", domain.OrderExpired, "", nothing, []moment{at(10*day, "due")},
			func(y *year) *domain.Order {
				wish := wanted(2000)
				wish.Due, wish.DenyOverdue = y.Env.Now().Add(10*day), true
				o, err := y.Issue(y.ctx, till.Intent{}, wish)
				y.must(err)
				return o
			}),
		single("paid before it is due", domain.OrderPaid, domain.PaymentCaptured, taken, nil,
			func(y *year) *domain.Order {
				o := y.dueIn(10 * day)
				y.after(9*day, func() { y.paying(o, goodCard, nil) })
				return o
			}),
		single("due while the money is held", domain.OrderCancelled, domain.PaymentExpired, letGo,
			[]moment{at(10*day, "due"), at(28*day, "hold_lapsed")},
			func(y *year) *domain.Order {
				o := y.dueIn(10 * day)
				y.paying(o, goodCard, manual)
				return o
			}),
		single("paid on a later day", domain.OrderPaid, domain.PaymentCaptured, taken, []moment{at(20*day, "date")},
			func(y *year) *domain.Order {
				o := y.issue(2000)
				y.paying(o, goodCard, y.dated(20*day))
				return o
			}),
		single("paused for ever", domain.OrderInProgress, domain.PaymentScheduled, nothing, nil,
			func(y *year) *domain.Order {
				o := y.issue(2000)
				y.active(y.paying(o, goodCard, y.dated(3*day)), false)
				return o
			}),
		single("paused, and made active after its date", domain.OrderPaid, domain.PaymentCaptured, taken, nil,
			func(y *year) *domain.Order {
				o := y.issue(2000)
				id := y.paying(o, goodCard, y.dated(3*day))
				y.active(id, false)
				y.after(5*day, func() { y.active(id, true) })
				return o
			}),
		single("the card fails on the day", domain.OrderFailed, domain.PaymentDeclined, nothing, []moment{at(20*day, "date")},
			func(y *year) *domain.Order {
				o := y.issue(2000)
				y.paying(o, failsLater, y.dated(20*day))
				return o
			}),
		single("the line is dead on the day", domain.OrderFailed, domain.PaymentFailed, nothing,
			[]moment{at(20*day, "date"), at(20*day+5*time.Second, "ask"), at(20*day+35*time.Second, "ask")},
			func(y *year) *domain.Order {
				o := y.issue(2000)
				y.ahead[obstacle{y.paying(o, goodCard, y.dated(20*day)), domain.Authorize}] = 1
				return o
			}),
		single("the gateway keeps the card only later", domain.OrderPaid, domain.PaymentCaptured, taken,
			append(polled(time.Minute, at(time.Minute, "decision"), at(time.Minute, "plan")), at(20*day, "date")),
			func(y *year) *domain.Order {
				o := y.issue(2000)
				y.fault(domain.SetupRecurring, "pending")
				y.paying(o, goodCard, y.dated(20*day))
				return o
			}),
		single("nobody hears that the card is kept", domain.OrderPaid, domain.PaymentCaptured, taken,
			append(asked(1), at(5*time.Second, "plan"), at(20*day, "date")),
			func(y *year) *domain.Order {
				o := y.issue(2000)
				y.fault(domain.SetupRecurring, "timeout_after")
				y.paying(o, goodCard, y.dated(20*day))
				return o
			}),
		single("by a mandate on a later day", domain.OrderPaid, domain.PaymentCaptured, taken, []moment{at(30*day, "date")},
			func(y *year) *domain.Order {
				o, m := y.issue(2000), y.mandate(goodCard)
				_, err := y.Pay(y.ctx, till.Intent{}, till.Payable{
					Order: o.ID, Method: "card", Date: y.Env.Now().Add(30 * day), Source: domain.Source{Type: "mandate", ID: string(m.ID)},
				})
				y.must(err)
				return o
			}),
		single("tried again in vain", domain.OrderFailed, domain.PaymentDeclined, nothing,
			[]moment{at(time.Hour, "retry"), at(25*time.Hour, "retry"), at(97*time.Hour, "retry"), at(265*time.Hour, "retry")},
			func(y *year) *domain.Order {
				o := y.issue(2000)
				y.paying(o, shortOfFunds, func(p *till.Payable) { p.Retries = 4 })
				return o
			}),
		single("due while it is tried again", domain.OrderOverdue, domain.PaymentDeclined, nothing,
			[]moment{at(time.Hour, "retry"), at(12*time.Hour, "due"), at(25*time.Hour, "retry")},
			func(y *year) *domain.Order {
				o := y.dueIn(12 * time.Hour)
				y.paying(o, shortOfFunds, func(p *till.Payable) { p.Retries = 2 })
				return o
			}),
	}
}

func holdsOfTheYear() []yearKind {
	lapsed := []moment{at(28*day, "hold_lapsed")}
	return []yearKind{
		single("a hold that nobody needs", domain.OrderCancelled, domain.PaymentExpired, letGo, lapsed,
			func(y *year) *domain.Order { return y.hold(y.issue(2000)).Order }),
		single("captured in time", domain.OrderPaid, domain.PaymentCaptured, taken, nil,
			func(y *year) *domain.Order {
				r := y.hold(y.issue(2000))
				y.after(27*day, func() {
					_, err := y.Capture(y.ctx, till.Intent{}, till.Capturing{Payment: r.Payment.ID})
					y.must(err)
				})
				return r.Order
			}),
		single("captured in part", domain.OrderPartPaid, domain.PaymentCaptured, sums{2000, 500, 1500, 0}, lapsed,
			func(y *year) *domain.Order {
				o := y.issue(2000)
				id := y.paying(o, goodCard, multiple)
				_, err := y.Capture(y.ctx, till.Intent{}, till.Capturing{Payment: id, Amount: 500})
				y.must(err)
				return o
			}),
		single("held for more, and not for longer", domain.OrderCancelled, domain.PaymentExpired, sums{2500, 0, 2500, 0}, lapsed,
			func(y *year) *domain.Order {
				r := y.hold(y.issue(2000))
				y.after(3*day, func() {
					_, err := y.Increment(y.ctx, till.Intent{}, till.Incrementing{Payment: r.Payment.ID, By: 500})
					y.must(err)
				})
				return r.Order
			}),
		single("rejected by who looks for fraud", domain.OrderCancelled, domain.PaymentExpired, letGo, lapsed,
			func(y *year) *domain.Order {
				o := y.issue(2000)
				y.paying(o, rejectsCard, nil)
				return o
			}),
		single("the merchant holds for a week", domain.OrderCancelled, domain.PaymentVoided, letGo, []moment{at(7*day, "hold")},
			func(y *year) *domain.Order {
				o := y.issue(2000)
				y.paying(o, goodCard, weekly)
				return o
			}),
		single("the void is refused twice", domain.OrderCancelled, domain.PaymentVoided, letGo,
			[]moment{at(7*day, "hold"), at(8*day, "hold"), at(9*day, "hold")},
			func(y *year) *domain.Order {
				o := y.issue(2000)
				y.ahead[obstacle{y.paying(o, goodCard, weekly), domain.Void}] = 2
				return o
			}),
	}
}
