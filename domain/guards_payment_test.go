package domain

import "time"

func withTerms(t Terms) *Facts { return paymentFacts(&Payment{Opening: Opening{Terms: t}}) }

func refunded(back Amount) *Payment {
	p := captured(1000)
	p.Sums.Refunded = back
	return p
}

// tried is a payment that was sent under the keys one and two, and hears a fact with a key.
func tried(key string) *Facts {
	p := &Payment{Operations: []*Operation{{Kind: Authorize, Key: "one"}, {Kind: Authorize, Key: "two"}}}
	return hears(p, Fact{Key: key})
}

func withKey(asked, kept time.Duration) *Facts {
	return able(paymentFacts(&Payment{asked: noon.Add(-asked)}), Capabilities{KeepsKeys: kept})
}

// paymentGuards are those of the payment's machine.
func paymentGuards() []guardCase {
	plain := func() *Facts { return paymentFacts(&Payment{}) }
	dated := func(by time.Duration) *Facts { return dueAt(plain(), noon.Add(by)) }
	fellWith := paymentFacts(&Payment{groupFell: true})
	retried := paymentFacts(&Payment{Opening: Opening{Terms: Terms{Retries: 1}}, Retried: 1})
	shown := paymentFacts(&Payment{
		Opening:    Opening{Terms: Terms{CanThreeDS: true}},
		Operations: []*Operation{{Kind: Authorize, ThreeDS: true}},
	})
	judged := func(status string) *Facts { return paymentFacts(&Payment{Fraud: Screening{Status: status}}) }
	return []guardCase{
		{paymentDated, dated(time.Hour), dated(-time.Hour)},
		{paymentDated, dated(time.Second), dated(0)},
		{sourceStored, withTerms(Terms{Source: Source{ID: "src_1"}}), withTerms(Terms{Source: Source{ID: "tok_1"}})},
		{sourceStored, withTerms(Terms{Source: Source{Type: "customer"}}), plain()},
		{isActive, plain(), paymentFacts(&Payment{Paused: true})},
		{notAuthenticated, plain(), paymentFacts(&Payment{authenticated: true})},
		{mayDowngrade, withTerms(Terms{WithoutThreeDS: true}), plain()},
		{ofThisTry, tried("two"), tried("one")},
		{ofThisTry, tried("of another call"), tried("one")},
		{capturedWithIt, paymentFacts(captured(1)), paymentFacts(onHold(1))},
		{notCapturedWithIt, paymentFacts(onHold(1)), paymentFacts(captured(1))},
		{approvedInFull, paymentFacts(approvedFor(1000, Payment{})), paymentFacts(approvedFor(999, Payment{}))},
		{approvedInPart, paymentFacts(approvedFor(999, Payment{})), paymentFacts(approvedFor(1000, Payment{}))},
		{partWanted, withTerms(Terms{Partial: true}), plain()},
		{approvalUnwanted, paymentFacts(approvedFor(999, Payment{})), paymentFacts(approvedFor(999, Payment{Opening: Opening{Terms: Terms{Partial: true}}}))},
		{approvalUnwanted, fellWith, paymentFacts(approvedFor(1000, Payment{}))},
		{groupHasFallen, fellWith, plain()},
		{isVerification, plain(), paymentFacts(&Payment{Opening: Opening{Amount: 1}})},
		{softDecline, hears(&Payment{}, Fact{Class: "soft"}), hears(&Payment{}, Fact{Class: "hard"})},
		{triesLeft, withTerms(Terms{Retries: 1}), retried},
		{notStepUp, hears(&Payment{}, Fact{Code: "20005"}), hears(&Payment{}, Fact{Code: stepUp})},
		{isStepUp, hears(&Payment{}, Fact{Code: stepUp}), hears(&Payment{}, Fact{Code: "20005"})},
		{hasThreeDS, withTerms(Terms{CanThreeDS: true}), plain()},
		{hasThreeDS, withTerms(Terms{CanThreeDS: true}), shown},
		{keyKept, withKey(time.Hour, 2*time.Hour), withKey(time.Hour, time.Hour)},
		{nothingTaken, paymentFacts(onHold(1)), paymentFacts(captured(1))},
		{notJudged, judged(FraudUnknown), judged(FraudAccept)},
		{notJudged, judged(FraudReview), judged(FraudReject)},
	}
}

// moneyGuards are of what a command may do with a payment and its money.
func moneyGuards() []guardCase {
	taking := func(state State) *Facts {
		f := paymentFacts(onHold(1000))
		f.Order.State = state
		return f
	}
	screenedAs := func(status string) *Facts { return paymentFacts(&Payment{Fraud: Screening{Status: status}}) }
	gone := func(s Sums) *Facts { return paymentFacts(&Payment{State: PaymentCaptured, Sums: s}) }
	took := func(ago time.Duration) *Facts {
		return paymentFacts(&Payment{State: PaymentCaptured, money: []Fact{{Event: Captured, At: noon.Add(-ago)}}})
	}
	reversal := func(refused bool) *Facts {
		return paymentFacts(&Payment{State: PaymentCaptured, Operations: []*Operation{{Kind: Reverse, State: OpFailed, refused: refused}}})
	}
	session := &Payment{State: PaymentNeedsAction, Sessions: []Session{{ID: "sid_1"}}}
	return []guardCase{
		{notUnwanted, paymentFacts(onHold(1)), paymentFacts(&Payment{State: PaymentPartAuthorized, Unwanted: true})},
		{notWaiting, paymentFacts(onHold(1)), paymentFacts(&Payment{State: PaymentAuthorized, Waiting: true})},
		{nothingUnknown, paymentFacts(calling(Capture, OpPending)), paymentFacts(calling(Capture, OpUnknown))},
		{oneAtATime, paymentFacts(calling(RefundMoney, OpPending)), paymentFacts(calling(Void, OpRequested))},
		{noReverse, paymentFacts(calling(Void, OpRequested)), paymentFacts(calling(Reverse, OpPending))},
		{screened, screenedAs(FraudAccept), screenedAs(FraudReview)},
		{screened, screenedAs(FraudUnknown), screenedAs(FraudReject)},
		{orderTakesMoney, taking(OrderHold), taking(OrderCancelled)},
		{withinCapturable, withAmount(paymentFacts(onHold(5)), 5), withAmount(paymentFacts(onHold(5)), 6)},
		{withinCapturable, withAmount(paymentFacts(onHold(5)), 1), withAmount(paymentFacts(onHold(5)), 0)},
		{withinLimit, withAmount(paymentFacts(onHold(1001)), 1000), withAmount(paymentFacts(onHold(1001)), 1001)},
		{amountGiven, withAmount(paymentFacts(onHold(5)), 1), withAmount(paymentFacts(onHold(5)), 0)},
		{withinRefundable, withAmount(paymentFacts(refunded(400)), 600), withAmount(paymentFacts(refunded(400)), 601)},
		{refundableLeft, paymentFacts(refunded(999)), paymentFacts(refunded(1000))},
		{voidable, paymentFacts(onHold(1)), paymentFacts(captured(1))},
		{wasCaptured, paymentFacts(captured(1)), paymentFacts(onHold(1))},
		{nothingBack, gone(Sums{Captured: 9, Refunded: 4, RefundReturned: 4}), gone(Sums{Captured: 9, Refunded: 1})},
		{nothingBack, gone(Sums{Captured: 9}), gone(Sums{Captured: 9, RefundPending: 1})},
		{nothingBack, gone(Sums{Captured: 9}), gone(Sums{Captured: 9, DisputedHeld: 1})},
		{nothingBack, gone(Sums{Captured: 9}), gone(Sums{Captured: 9, DisputedLost: 1})},
		{notRefusedYet, reversal(false), reversal(true)},
		{beforeCutoff, took(12 * time.Hour), took(12*time.Hour + time.Microsecond)},
		{hasSession, paymentFacts(session), paymentFacts(in(PaymentNeedsAction))},
		{cancellable, paymentFacts(in(PaymentRetryWait)), paymentFacts(onHold(1))},
		{cancellable, paymentFacts(&Payment{State: PaymentAuthorized, Waiting: true}), paymentFacts(onHold(1))},
		{notAsked, paymentFacts(calling(CreateOrder, OpSucceeded)), paymentFacts(calling(CreateOrder, OpUnknown))},
		{wasSent, paymentFacts(calling(Authorize, OpSucceeded)), paymentFacts(in(PaymentCreated))},
	}
}

// methodGuards are of what a method can do at all.
func methodGuards() []guardCase {
	partly := &Payment{State: PaymentPartCaptured, Sums: Sums{Authorized: 9, Captured: 4}}
	return []guardCase{
		{canPartCapture, withAmount(paymentFacts(onHold(5)), 5), withAmount(paymentFacts(onHold(5)), 4)},
		{canPartCapture, able(withAmount(paymentFacts(onHold(5)), 4), Capabilities{PartialCapture: true}), withAmount(paymentFacts(onHold(5)), 4)},
		{canIncrement, able(paymentFacts(onHold(1)), Capabilities{Increment: true}), paymentFacts(onHold(1))},
		{canVoid, able(paymentFacts(onHold(1)), Capabilities{Void: true}), paymentFacts(onHold(1))},
		{canPartVoid, paymentFacts(onHold(1)), paymentFacts(partly)},
		{canPartVoid, able(paymentFacts(partly), Capabilities{PartialVoid: true}), paymentFacts(partly)},
		{canReverse, able(paymentFacts(captured(1)), Capabilities{Reverse: true}), paymentFacts(captured(1))},
		{canRefund, able(paymentFacts(captured(1)), Capabilities{Refund: true}), paymentFacts(captured(1))},
		{canPart, withAmount(paymentFacts(captured(5)), 5), withAmount(paymentFacts(captured(5)), 4)},
		{canSync, able(paymentFacts(onHold(1)), Capabilities{Sync: true}), paymentFacts(onHold(1))},
	}
}

// refundGuards are of what can be done with a refund.
func refundGuards() []guardCase {
	about := func(id RefundID, p *Payment, can Capabilities) *Facts {
		f := able(paymentFacts(p), can)
		f.Refund = &Refund{ID: id, State: RefundFailed}
		return f
	}
	stopping := &Payment{Operations: []*Operation{{Kind: RefundCancel, Refund: "ref_1", State: OpPending}}}
	repeated := &Payment{Refunds: []*Refund{{ID: "ref_1"}, {ID: "ref_2", Instead: "ref_1"}}}
	return []guardCase{
		{notStopping, about("ref_2", stopping, Capabilities{}), about("ref_1", stopping, Capabilities{})},
		{notRepeated, about("ref_2", repeated, Capabilities{}), about("ref_1", repeated, Capabilities{})},
		{canCancelRefund, about("ref_1", in(PaymentCaptured), Capabilities{RefundCancel: true}), about("ref_1", in(PaymentCaptured), Capabilities{})},
	}
}
