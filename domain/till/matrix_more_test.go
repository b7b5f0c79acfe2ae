package till_test

import (
	"slices"

	"till/domain"
	"till/domain/till"
)

// The calls of the matrix (matrix_test.go) that are about a leave to charge, a case or a payout.

// ofLeave is a leave to charge that is given or taken back: no payment carries the call. begin gives its id, or whose it is
// to be; what the gateway lets be done afterwards tells what it has on record.
func ofLeave(kind domain.OperationKind, name string, begin func(*bench) string, do func(*bench, till.Intent, string) (string, error),
	done func(*bench, string) bool, tries domain.OperationKind, lets bool,
) matrixCall {
	return matrixCall{kind, name, func(b *bench) matrixTrial {
		from := begin(b)
		id := from
		isMandate := tries == domain.ChargeRecurring
		return matrixTrial{
			do: func(in till.Intent) error {
				made, err := do(b, in, from)
				id = made
				return err
			},
			sync: func() error {
				if isMandate {
					_, err := b.SyncMandate(b.ctx, till.Intent{}, domain.MandateID(id))
					return err
				}
				if waiting := b.waiting(); len(waiting) > 0 { // of a source a gateway has no record that could be asked for: its notice tells
					b.must(b.bank.Deliver(b.ctx, waiting...))
				}
				return b.Listen(b.ctx)
			},
			done: func() bool { return done(b, id) },
			call: func() *domain.Operation {
				if isMandate {
					return newest(b.mandateNow(id).Operations)
				}
				k, err := b.Source(b.ctx, id)
				b.must(err)
				return newest(k.Operations)
			},
			marks: func() []string {
				if !isMandate {
					return b.doubtsOf(id)
				}
				return slices.DeleteFunc(b.mandateNow(id).Attention(), func(mark string) bool { return mark == "revoke" })
			},
			books: func() { b.sameLeave(id, tries, done(b, id) == lets) },
		}
	}}
}

// doubtsOf are the marks of a kept source, of which a person asks by pressing again.
func (b *bench) doubtsOf(source string) []string {
	b.Helper()
	k, err := b.Source(b.ctx, source)
	b.must(err)
	if op := k.InFlight(); op != nil {
		return []string{string(op.State)}
	}
	return nil
}

// sameLeave tries to charge, past the till: lets tells whether the gateway must let it.
func (b *bench) sameLeave(id string, tries domain.OperationKind, lets bool) {
	b.Helper()
	try := domain.Operation{
		ID: "op_try", Kind: tries, Key: "try", Order: "ord_try", Payment: "pay_try", Amount: 100, Currency: "EUR",
		Method: "card", Variant: "sandbox", Capture: domain.CaptureAuto, Source: domain.Source{Type: "id", ID: id},
	}
	if tries == domain.ChargeRecurring {
		m := b.mandateNow(id)
		try.Mandate, try.Source, try.Customer = m.ID, m.Source, m.Customer
	}
	outcome, err := b.bank.Do(b.ctx, try)
	b.must(err)
	if (outcome.Status == domain.Succeeded) != lets {
		b.Errorf("the gateway answers a charge with %s %s", outcome.Status, outcome.Summary)
	}
}

func (b *bench) mandateNow(id string) *domain.Mandate {
	b.Helper()
	m, err := b.Mandate(b.ctx, id)
	b.must(err)
	return m
}

var matrixLeaves = []matrixCall{
	ofLeave(domain.Revoke, "revoke a source", func(b *bench) string { return b.saved(ann, goodCard).ID },
		func(b *bench, in till.Intent, id string) (string, error) {
			_, err := b.RemoveSource(b.ctx, in, id)
			return id, err
		},
		func(b *bench, id string) bool {
			k, err := b.Source(b.ctx, id)
			b.must(err)
			return k.Removed
		}, domain.Authorize, false,
	),
	ofLeave(domain.Revoke, "revoke a mandate", func(b *bench) string { return string(b.mandate(goodCard).ID) },
		func(b *bench, in till.Intent, id string) (string, error) {
			_, err := b.RevokeMandate(b.ctx, in, domain.MandateID(id))
			return id, err
		},
		func(b *bench, id string) bool { return b.mandateNow(id).State == domain.MandateEnded }, domain.ChargeRecurring, false,
	),
	ofLeave(domain.SetupRecurring, "set up a mandate", func(b *bench) string { return string(b.customer(ann).ID) },
		func(b *bench, in till.Intent, id string) (string, error) {
			m, err := b.SetupMandate(b.ctx, in, till.Agreeing{Customer: domain.CustomerID(id), Card: b.card(goodCard)})
			return string(m.ID), err
		},
		func(b *bench, id string) bool { return b.mandateNow(id).State == domain.MandateActive }, domain.ChargeRecurring, true,
	),
}

// ofCase is an answer in a case that has come so far by some steps.
func ofCase(kind domain.OperationKind, raising domain.Raising, steps []string, end domain.State,
	do func(*bench, till.Intent, domain.DisputeID) (till.Result, error),
) matrixCall {
	return matrixCall{kind, string(kind), func(b *bench) matrixTrial {
		r := raised(b, raising)
		id := r.Dispute.ID
		for _, step := range steps {
			b.does(id, step)
		}
		now := func() till.Result {
			found, err := b.Dispute(b.ctx, string(id))
			b.must(err)
			return found
		}
		return matrixTrial{
			do:   func(in till.Intent) error { _, err := do(b, in, id); return err },
			sync: func() error { _, err := b.Sync(b.ctx, till.Intent{}, r.Payment.ID); return err },
			done: func() bool { return now().Dispute.State == end },
			call: func() *domain.Operation { return newest(now().Payment.Operations) },
			marks: func() []string {
				return slices.DeleteFunc(now().Order.Attention(), func(m string) bool { return m == "dispute" })
			},
			books: func() {
				b.sameBooks(now().Payment)
				cases, err := b.bank.Cases(b.ctx)
				b.must(err)
				if len(cases) != 1 || cases[0].State != now().Dispute.State {
					b.Errorf("the case is %s, at the gateway %+v", now().Dispute.State, cases)
				}
			},
		}
	}}
}

var matrixCases = []matrixCall{
	ofCase(domain.DisputeAccept, notReceived, nil, domain.ChargebackAccepted, func(b *bench, in till.Intent, id domain.DisputeID) (till.Result, error) {
		return b.AcceptDispute(b.ctx, in, id)
	}),
	ofCase(domain.DisputeEvidence, notReceived, nil, domain.RepresentmentResponded, func(b *bench, in till.Intent, id domain.DisputeID) (till.Result, error) {
		return b.SubmitEvidence(b.ctx, in, id, text("delivered"))
	}),
	ofCase(domain.DisputeDecline, breach, nil, domain.PreComplianceResponded, func(b *bench, in till.Intent, id domain.DisputeID) (till.Result, error) {
		return b.DeclineDispute(b.ctx, in, id, text("no"))
	}),
	ofCase(domain.DisputeWithdraw, notReceived, []string{"submit", "arbitration"}, domain.ArbitrationLost, func(b *bench, in till.Intent, id domain.DisputeID) (till.Result, error) {
		return b.WithdrawDispute(b.ctx, in, id)
	}),
	ofCase(domain.DisputeFile, notReceived, []string{"accept"}, domain.GoodFaithResponded, func(b *bench, in till.Intent, id domain.DisputeID) (till.Result, error) {
		return b.FileDispute(b.ctx, in, id, domain.StageGoodFaith)
	}),
}

// ofPayout is a call about a payout, which the call itself makes or which is there.
func ofPayout(kind domain.OperationKind) matrixCall {
	return matrixCall{kind, string(kind), func(b *bench) matrixTrial {
		var p *domain.Payout
		if kind != domain.PayoutMoney {
			p = b.payout()
		}
		before := p
		call := func() *domain.Operation {
			p = b.payoutNow(p.ID)
			return newest(p.Operations)
		}
		return matrixTrial{
			do: func(in till.Intent) error {
				made, err := b.keyed(kind, in.Key, before)
				if made == nil {
					b.Fatal(err)
				}
				p = made
				return err
			},
			sync: func() error { _, err := b.SyncPayout(b.ctx, till.Intent{}, p.ID); return err },
			call: call,
			done: func() bool { return call().State == domain.OpSucceeded },
			marks: func() []string {
				if call().State == domain.OpUnknown {
					return []string{"unknown"}
				}
				return nil
			},
			books: func() {
				if state, sent := b.tally(p.ID); p.State != state || sent > 1 {
					b.Errorf("the payout is %s, at the gateway %s, sent %d times", p.State, state, sent)
				}
			},
		}
	}}
}

var matrixPayouts = []matrixCall{ofPayout(domain.PayoutMoney), ofPayout(domain.PayoutConfirm), ofPayout(domain.PayoutCancel)}
