package till_test

import (
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
)

// repeatable is a use case as it stands ready: do does it, and other does it with other arguments (nil: it has none).
type repeatable struct {
	do, other func(till.Intent) (till.Result, error)
}

var repeatables = map[string]func(*bench) repeatable{
	"pay": func(b *bench) repeatable {
		return paying(b, till.Payable{Order: b.issue(2000).ID, Method: "card", Card: b.card(goodCard)})
	},
	"sell": func(b *bench) repeatable {
		sell := func(price domain.Amount) func(till.Intent) (till.Result, error) {
			return func(in till.Intent) (till.Result, error) {
				return b.Sell(b.ctx, till.Intent{Key: "sale"}, wanted(2000), in, till.Payable{Method: "card", Card: b.card(goodCard), Amount: price})
			}
		}
		return repeatable{sell(2000), sell(100)}
	},
	"pay, declined": func(b *bench) repeatable {
		return paying(b, till.Payable{Order: b.issue(2005).ID, Method: "card", Card: b.card(goodCard)})
	},
	"pay, stepped up": func(b *bench) repeatable {
		return paying(b, till.Payable{Order: b.issue(6510).ID, Method: "card", Card: b.card(goodCard)})
	},
	"pay, tried again by the clock": func(b *bench) repeatable {
		use := paying(b, till.Payable{Order: b.issue(2000).ID, Method: "card", Card: b.card(shortOfFunds), Retries: 1})
		first := use.do
		use.do = func(in till.Intent) (till.Result, error) { // once it has been done, time passes
			r, err := first(in)
			if err == nil && r.Payment.State == domain.PaymentRetryWait {
				b.clock.forward(2 * time.Hour)
				b.must(b.Tend(b.ctx))
			}
			return r, err
		}
		return use
	},
	"pay, half approved": func(b *bench) repeatable {
		return paying(b, till.Payable{Order: b.issue(2000).ID, Method: "card", Card: b.card(halfCard)})
	},
	"schedule a card": func(b *bench) repeatable {
		return paying(b, till.Payable{Order: b.issue(2000).ID, Method: "card", Card: b.card(goodCard), Date: b.clock.now.Add(time.Hour)})
	},
	"schedule a card that is refused": func(b *bench) repeatable {
		return paying(b, till.Payable{Order: b.issue(2000).ID, Method: "card", Card: b.card("4000000000000002"), Date: b.clock.now.Add(time.Hour)})
	},
	"schedule a source": func(b *bench) repeatable {
		source := b.saved(ann, goodCard).Source
		return paying(b, till.Payable{Order: b.issue(2000).ID, Method: "card", Source: source, Date: b.clock.now.Add(time.Hour)})
	},
	"open": func(b *bench) repeatable {
		o := b.issue(2000)
		return repeatable{
			func(in till.Intent) (till.Result, error) { return b.OpenPayment(b.ctx, in, o.ID, 0, "", true) },
			func(in till.Intent) (till.Result, error) { return b.OpenPayment(b.ctx, in, o.ID, 100, "", true) },
		}
	},
	"update": func(b *bench) repeatable {
		r, err := b.OpenPayment(b.ctx, till.Intent{}, b.issue(2000).ID, 0, "", false)
		b.must(err)
		edit := func(city string) func(till.Intent) (till.Result, error) {
			return func(in till.Intent) (till.Result, error) {
				return b.UpdatePayment(b.ctx, in, r.Payment.ID, till.Editing{Address: &domain.Address{City: city}})
			}
		}
		return repeatable{edit("Bonn"), edit("Köln")}
	},
	"cancel": func(b *bench) repeatable {
		r, err := b.pay(b.issue(2000), challengeCard, nil)
		b.must(err)
		return onPayment(r, func(in till.Intent, id domain.PaymentID) (till.Result, error) { return b.CancelPayment(b.ctx, in, id) })
	},
	"complete": func(b *bench) repeatable {
		r, err := b.pay(b.issue(2000), challengeCard, nil)
		b.must(err)
		return repeatable{
			func(in till.Intent) (till.Result, error) { return b.Complete(b.ctx, in, r.Payment.ID, "failed") },
			func(in till.Intent) (till.Result, error) { return b.Complete(b.ctx, in, r.Payment.ID, "passed") },
		}
	},
	"retry": func(b *bench) repeatable {
		r, err := b.pay(b.issue(2000), shortOfFunds, func(p *till.Payable) { p.Retries = 2 })
		b.must(err)
		return onPayment(r, func(in till.Intent, id domain.PaymentID) (till.Result, error) { return b.RetryPayment(b.ctx, in, id) })
	},
	"judge": func(b *bench) repeatable {
		r := b.hold(b.issue(2000))
		judge := func(status string) func(till.Intent) (till.Result, error) {
			return func(in till.Intent) (till.Result, error) {
				return b.Judge(b.ctx, in, r.Payment.ID, domain.Screening{Status: status})
			}
		}
		return repeatable{judge(domain.FraudReject), judge(domain.FraudAccept)}
	},
	"capture": func(b *bench) repeatable {
		r := b.hold(b.issue(2000))
		capture := func(amount domain.Amount) func(till.Intent) (till.Result, error) {
			return func(in till.Intent) (till.Result, error) {
				return b.Capture(b.ctx, in, till.Capturing{Payment: r.Payment.ID, Amount: amount})
			}
		}
		return repeatable{capture(500), capture(600)}
	},
	"void": func(b *bench) repeatable {
		return onPayment(b.hold(b.issue(2000)), func(in till.Intent, id domain.PaymentID) (till.Result, error) { return b.Void(b.ctx, in, id, "") })
	},
	"increment": func(b *bench) repeatable {
		r := b.hold(b.issue(2000))
		increment := func(by domain.Amount) func(till.Intent) (till.Result, error) {
			return func(in till.Intent) (till.Result, error) {
				return b.Increment(b.ctx, in, till.Incrementing{Payment: r.Payment.ID, By: by})
			}
		}
		return repeatable{increment(500), increment(600)}
	},
	"reverse": func(b *bench) repeatable {
		r, err := b.pay(b.issue(2000), goodCard, nil)
		b.must(err)
		return onPayment(r, func(in till.Intent, id domain.PaymentID) (till.Result, error) { return b.Reverse(b.ctx, in, id) })
	},
	"refund": func(b *bench) repeatable {
		r, err := b.pay(b.issue(2000), goodCard, nil)
		b.must(err)
		refund := func(amount domain.Amount) func(till.Intent) (till.Result, error) {
			return func(in till.Intent) (till.Result, error) {
				return b.Refund(b.ctx, in, till.Refunding{Payment: r.Payment.ID, Amount: amount})
			}
		}
		return repeatable{refund(500), refund(600)}
	},
	"stop a refund": func(b *bench) repeatable {
		r := refunded(b, "4000000000007726")
		return repeatable{do: func(in till.Intent) (till.Result, error) { return b.CancelRefund(b.ctx, in, r.Refund.ID) }}
	},
	"refund again": func(b *bench) repeatable {
		r := refunded(b, "4000000000007726")
		b.must(b.bank.MoveRefund(b.ctx, r.Refund.ID, "failed"))
		b.listen()
		return repeatable{do: func(in till.Intent) (till.Result, error) { return b.RetryRefund(b.ctx, in, r.Refund.ID) }}
	},
	"cancel the order of an attempt": func(b *bench) repeatable {
		r, err := b.pay(b.issue(2000), challengeCard, nil)
		b.must(err)
		cancel := func(reason string) func(till.Intent) (till.Result, error) {
			return func(in till.Intent) (till.Result, error) {
				o, err := b.Move(b.ctx, in, r.Order.ID, "cancel", till.Moving{Reason: reason})
				return till.Result{Order: o}, err
			}
		}
		return repeatable{cancel("closed"), cancel("")}
	},
}

func paying(b *bench, wish till.Payable) repeatable {
	other := wish
	other.Reference = "another"
	return repeatable{
		func(in till.Intent) (till.Result, error) { return b.Pay(b.ctx, in, wish) },
		func(in till.Intent) (till.Result, error) { return b.Pay(b.ctx, in, other) },
	}
}

func onPayment(r till.Result, do func(till.Intent, domain.PaymentID) (till.Result, error)) repeatable {
	return repeatable{do: func(in till.Intent) (till.Result, error) { return do(in, r.Payment.ID) }}
}

func refunded(b *bench, number string) till.Result {
	r, err := b.pay(b.issue(2000), number, nil)
	b.must(err)
	r, err = b.Refund(b.ctx, till.Intent{}, till.Refunding{Payment: r.Payment.ID})
	b.must(err)
	return r
}

// The same key again answers the first result and does nothing; with other arguments it is refused. What was meant for
// an older version does nothing either.
func TestEveryUseCaseIsRepeatedByItsKey(t *testing.T) {
	for name, ready := range repeatables {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, nil)
			use := ready(b)
			before := len(b.entries(""))
			_, err := use.do(till.Intent{IfVersion: 99})
			b.code(err, domain.CodeVersionConflict)
			if n := len(b.entries("")); n != before {
				t.Fatalf("a version conflict left %d entries", n-before)
			}
			first, said := use.do(till.Intent{Key: "k"})
			before = len(b.entries(""))
			b.listen()
			again, err := use.do(till.Intent{Key: "k", IfVersion: 99}) // of a repeat nobody asks
			if domain.CodeOf(err) != domain.CodeOf(said) || again.Order.Version != first.Order.Version || again.Order.State != first.Order.State {
				t.Errorf("first told %s at version %d (%v), then %s at %d (%v)",
					first.Order.State, first.Order.Version, said, again.Order.State, again.Order.Version, err)
			}
			if n := len(b.entries("")); n != before {
				t.Errorf("a repeat wrote %d entries", n-before)
			}
			if use.other != nil {
				_, err = use.other(till.Intent{Key: "k"})
				b.code(err, domain.CodeIdempotencyConflict)
			}
			_, err = b.Issue(b.ctx, till.Intent{Key: "k"}, wanted(500)) // nor has another use case the key
			b.code(err, domain.CodeIdempotencyConflict)
		})
	}
}
