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
	outcome := b.done(b.Approve)
	b.moved(outcome.Facts, b.whole())
	if outcome.ProviderID == "" {
		b.Error("no id of the call")
	}
}

// whole is what the approving sample moves.
func (b *bench) whole() sums {
	want := sums{authorized: b.Approve.Amount, captured: b.Approve.Amount}
	if b.Approve.Capture == domain.CaptureManual {
		want.captured = 0
	}
	return want
}

func (b *bench) sameKey() {
	first, second := b.done(b.Approve), b.done(b.Approve)
	if first.ProviderID != second.ProviderID || first.Code != second.Code || !slices.Equal(told(first.Facts), told(second.Facts)) {
		b.Errorf("answered differently under the same key:\n%+v\n%+v", first, second)
	}
	b.moved(append(first.Facts, second.Facts...), b.whole())
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
	if !b.can.ManualCapture {
		b.Skip("it holds nothing")
	}
	op := b.Approve
	op.Capture = domain.CaptureManual
	b.moved(b.done(op).Facts, sums{authorized: op.Amount})
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

// capturesOnce: where it can capture only once, every capture is a final one, also one that does not say so.
func (b *bench) capturesOnce() {
	amount := b.hold()
	if b.can.MultiCapture || !b.can.PartialCapture {
		b.Skip("it captures in several parts, or only all")
	}
	b.moved(b.done(b.next(domain.Capture, 1)).Facts, sums{captured: 1, released: amount - 1})
	b.refused(b.next(domain.Capture, 1))
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
	facts := b.done(b.Approve).Facts
	if b.Approve.Capture == domain.CaptureManual {
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
	b.withoutSecrets(b.Approve.Card, b.done(b.Approve))
}
