package providertest

import (
	"slices"

	"till/domain"
)

func (b *bench) info() {
	info := b.Provider.Info()
	if info.Name == "" {
		b.Error("no name")
	}
	for _, m := range info.Methods {
		if m.Name == "" || m.Title == "" {
			b.Errorf("a method has no name or title: %+v", m)
		}
		if m.Can.PartialRefund && !m.Can.Refund || m.Can.MultiCapture && !m.Can.PartialCapture {
			b.Errorf("%s: offers more of something that it does not offer: %+v", m.Name, m.Can)
		}
	}
}

func (b *bench) approves() {
	b.moved(b.approved(b.Approve), b.whole())
	if b.do(b.Approve).ProviderID == "" {
		b.Error("no id of the call")
	}
}

// whole is what the approving sample moves.
func (b *bench) whole() sums {
	want := sums{authorized: b.Approve.Amount, captured: b.Approve.Amount}
	if b.holds() {
		want.captured = 0
	}
	return want
}

// holds tells whether the approving sample leaves its money to be captured.
func (b *bench) holds() bool {
	return b.Approve.Capture == domain.CaptureManual || b.Approve.Capture == domain.CaptureMultiple
}

func (b *bench) sameKey() {
	first, second := b.do(b.Approve), b.do(b.Approve)
	if first.Status != second.Status || first.ProviderID != second.ProviderID || first.Code != second.Code || !slices.Equal(told(first.Facts), told(second.Facts)) {
		b.Errorf("answered differently under the same key:\n%+v\n%+v", first, second)
	}
	if b.Confirm == nil {
		b.moved(append(first.Facts, second.Facts...), b.whole())
	} else if err := b.Confirm(); err != nil {
		b.Fatal(err)
	}
	if b.can.Sync {
		b.moved(b.do(b.next(domain.Sync, 0)).Facts, b.whole())
	}
}

func (b *bench) declines() {
	if b.Decline.Kind == "" {
		b.Skip("it declines nothing")
	}
	outcome := b.do(b.Decline)
	if outcome.Status != domain.Declined || outcome.Code == "" || outcome.Summary == "" || outcome.Class == "" {
		b.Errorf("%+v, want a decline with code, summary and class", outcome)
	}
	b.moved(outcome.Facts, sums{})
	b.withoutSecrets(b.Decline.Card, outcome)
}

// hold authorizes without capturing, and gives the amount.
func (b *bench) hold() domain.Amount {
	b.Helper()
	return b.holdAs(domain.CaptureManual)
}

func (b *bench) holdAs(mode domain.CaptureMode) domain.Amount {
	b.Helper()
	if !b.can.ManualCapture {
		b.Skip("it holds nothing")
	}
	op := b.Approve
	op.Capture = mode
	b.moved(b.approved(op), sums{authorized: op.Amount})
	return op.Amount
}

func (b *bench) captures() {
	amount := b.hold()
	b.refused(b.next(domain.Capture, amount+1))
	b.refused(b.next(domain.Capture, -1))
	b.moved(b.done(b.next(domain.Capture, amount)).Facts, sums{captured: amount})
	b.refused(b.next(domain.Capture, 1))
	b.refused(b.next(domain.Void, 0))
}

func (b *bench) capturesPart() {
	amount := b.hold()
	part := b.next(domain.Capture, amount-1)
	part.Final = true
	if !b.can.PartialCapture {
		b.refused(part)
		return
	}
	b.moved(b.done(part).Facts, sums{captured: amount - 1, released: 1})
	b.refused(b.next(domain.Capture, 1))
}

// capturesOnce: where nothing else was agreed on, every capture is a final one, also one that does not say so.
func (b *bench) capturesOnce() {
	amount := b.hold()
	if !b.can.PartialCapture {
		b.Skip("it captures only all")
	}
	b.moved(b.done(b.next(domain.Capture, 1)).Facts, sums{captured: 1, released: amount - 1})
	b.refused(b.next(domain.Capture, 1))
}

func (b *bench) capturesSeveral() {
	if !b.can.MultiCapture {
		b.Skip("it captures once")
	}
	amount := b.holdAs(domain.CaptureMultiple)
	b.moved(b.done(b.next(domain.Capture, 1)).Facts, sums{captured: 1})
	b.refused(b.next(domain.Capture, amount))
	final := b.next(domain.Capture, 2)
	final.Final = true
	b.moved(b.done(final).Facts, sums{captured: 2, released: amount - 3})
	b.refused(b.next(domain.Capture, 1))
	if b.can.Sync {
		b.moved(b.do(b.next(domain.Sync, 0)).Facts, sums{authorized: amount, captured: 3, released: amount - 3})
	}
}

func (b *bench) increments() {
	amount := b.hold()
	more := b.next(domain.Increment, 10)
	more.Total = amount + 10
	if !b.can.Increment {
		b.refused(more)
		return
	}
	b.moved(append(b.done(more).Facts, b.done(more).Facts...), sums{authorized: 10})
	b.moved(b.done(b.next(domain.Capture, amount+10)).Facts, sums{captured: amount + 10})
	b.refused(b.next(domain.Increment, 10))
}

// reverses: what was undone cannot be given back too.
func (b *bench) reverses() {
	if !b.can.Reverse {
		b.Skip("it undoes nothing")
	}
	b.capturedSale()
	b.refused(b.next(domain.Reverse, b.Approve.Amount-1))
	b.moved(b.done(b.next(domain.Reverse, b.Approve.Amount)).Facts, sums{reversed: b.Approve.Amount})
	b.refused(b.next(domain.Reverse, b.Approve.Amount))
	b.refused(b.next(domain.RefundMoney, 1))
}

func (b *bench) voids() {
	amount := b.hold()
	void := b.next(domain.Void, amount)
	if !b.can.Void {
		b.refused(void)
		return
	}
	b.moved(b.done(void).Facts, sums{released: amount})
	b.refused(b.next(domain.Void, amount))
	b.refused(b.next(domain.Capture, amount))
	b.refused(b.next(domain.RefundMoney, amount))
}

func (b *bench) refunds() {
	b.capturedSale()
	amount := b.Approve.Amount
	if !b.can.Refund {
		b.refused(b.next(domain.RefundMoney, amount))
		return
	}
	part := b.next(domain.RefundMoney, 3)
	if b.can.PartialRefund {
		b.moved(append(b.done(part).Facts, b.done(part).Facts...), sums{refunded: 3})
		amount -= 3
	}
	if b.can.Sync {
		b.refused(b.next(domain.RefundMoney, amount+1))
	}
	b.moved(b.done(b.next(domain.RefundMoney, amount)).Facts, sums{refunded: amount})
	if b.can.Sync {
		b.refused(b.next(domain.RefundMoney, 1))
	}
}

// capturedSale is the approving sample with its money taken.
func (b *bench) capturedSale() []domain.Fact {
	b.Helper()
	facts := b.approved(b.Approve)
	if b.holds() {
		facts = append(facts, b.done(b.next(domain.Capture, b.Approve.Amount)).Facts...)
	}
	return facts
}

func (b *bench) syncs() {
	if !b.can.Sync {
		b.Skip("it remembers nothing")
	}
	replies := b.capturedSale()
	if b.can.Refund {
		replies = append(replies, b.done(b.next(domain.RefundMoney, b.Approve.Amount)).Facts...)
		replies = append(replies, b.do(b.next(domain.RefundMoney, 1)).Facts...) // refused, and on record
	}
	synced := b.do(b.next(domain.Sync, 0))
	if synced.Status != domain.Succeeded || !slices.Equal(told(replies), told(synced.Facts)) {
		b.Errorf("replies told\n%q, and a sync (%s)\n%q", told(replies), synced.Status, told(synced.Facts))
	}
	if again := b.do(b.next(domain.Sync, 0)); !slices.Equal(told(synced.Facts), told(again.Facts)) {
		b.Errorf("a second sync told something else: %q", told(again.Facts))
	}
}

func (b *bench) unseen() {
	if !b.can.Sync {
		b.Skip("it remembers nothing")
	}
	if got := b.do(b.next(domain.Sync, 0)); got.Status != domain.NotFound || len(got.Facts) != 0 {
		b.Errorf("sync of a payment that it never saw: %+v", got)
	}
	b.refused(b.next(domain.Capture, 1))
	b.refused(b.next(domain.Void, 1))
	b.refused(b.next(domain.RefundMoney, 1))
}

func (b *bench) refuses() {
	amount := b.Approve.Amount
	for mode, offered := range map[domain.CaptureMode]bool{
		domain.CaptureManual: b.can.ManualCapture, domain.CaptureMultiple: b.can.ManualCapture && b.can.MultiCapture,
	} {
		if !offered {
			op := b.Approve
			op.Capture = mode
			b.refused(op)
		}
	}
	b.capturedSale()
	for kind, offered := range map[domain.OperationKind]bool{
		domain.Increment: b.can.Increment, domain.Reverse: b.can.Reverse, domain.Sync: b.can.Sync,
		domain.Void: b.can.Void, domain.Capture: b.can.ManualCapture, domain.RefundMoney: b.can.Refund,
		"teleport": false,
	} {
		if !offered {
			b.refused(b.next(kind, amount))
		}
	}
}

func (b *bench) secrets() {
	b.withoutSecrets(b.Approve.Card, b.do(b.Approve))
}

// verifies: an amount of 0 asks whether the source is good, and moves nothing.
func (b *bench) verifies() {
	op := b.Approve
	op.Amount = 0
	if !b.can.Verify {
		b.refused(op)
		return
	}
	facts := b.done(op).Facts
	b.moved(facts, sums{})
	if !happened(facts, domain.Verified) {
		b.Errorf("told %+v", facts)
	}
}

func happened(facts []domain.Fact, event domain.Event) bool {
	return slices.ContainsFunc(facts, func(f domain.Fact) bool { return f.Event == event })
}

// follows: a later try of a payment needs no card again.
func (b *bench) follows() {
	if b.Decline.Card == nil || !b.can.Sync {
		b.Skip("there is no card to be remembered")
	}
	first := b.Decline
	first.Payment = b.Approve.Payment
	declined := b.do(first)
	again := first
	again.Key, again.Card, again.Follows = "contract-follows", nil, true
	if got := b.do(again); got.Status != declined.Status || got.Code != declined.Code {
		b.Errorf("with the card %s %s, without it %s %s", declined.Status, declined.Code, got.Status, got.Code)
	}
	unseen := b.Approve
	unseen.Payment, unseen.Card, unseen.Follows = "pay_unseen", nil, true
	b.refused(unseen)
}

// recurs: a source is kept for a mandate, which charges it without its owner until it is revoked.
func (b *bench) recurs() {
	setup := b.Approve
	setup.Kind, setup.Key, setup.Mandate, setup.Payment, setup.Amount = domain.SetupRecurring, "contract-setup", "man_1", "", 0
	if !b.can.Recurring {
		b.refused(setup)
		return
	}
	kept := b.done(setup).Facts
	b.moved(kept, sums{})
	if !happened(kept, domain.SourceKept) || kept[0].Source == nil || kept[0].Source.ID == "" {
		b.Fatalf("nothing was kept: %+v", kept)
	}
	charge := b.Approve
	charge.Kind, charge.Card, charge.Mandate = domain.ChargeRecurring, nil, "man_1"
	charge.Source = domain.Source{Type: "mandate", ID: "man_1"}
	b.moved(b.done(charge).Facts, b.whole())

	revoke := domain.Operation{
		Kind: domain.Revoke, Key: "contract-revoke", Mandate: "man_1", Method: b.Approve.Method, Currency: b.Approve.Currency,
	}
	if facts := b.done(revoke).Facts; !happened(facts, domain.MandateRevoked) {
		b.Errorf("told %+v", facts)
	}
	charge.Key, charge.Payment = "contract-charge", "pay_later"
	b.refused(charge)
}
