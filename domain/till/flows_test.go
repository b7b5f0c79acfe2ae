package till_test

import (
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
)

// Flows of whole payments against the sandbox: what the customer, the bank and the clock do in between.

const (
	goodCard      = "4242424242424242"
	challengeCard = "4000002760003184"
	lookupCard    = "4000000000003220"
	halfCard      = "4000000000001018"
	reviewCard    = "4000000000009235"
	shortOfFunds  = "4000000000009995"
)

func (b *bench) pay(o *domain.Order, number string, with func(*till.Payable)) (till.Result, error) {
	b.Helper()
	wish := till.Payable{Order: o.ID, Method: "card", Card: b.card(number)}
	if with != nil {
		with(&wish)
	}
	return b.Pay(b.ctx, till.Intent{}, wish)
}

func (b *bench) stands(r till.Result, order, payment domain.State) {
	b.Helper()
	if r.Order.State != order || r.Payment.State != payment {
		b.Fatalf("order %s, payment %s; want %s, %s", r.Order.State, r.Payment.State, order, payment)
	}
}

// later moves the clock, hears the gateway and tends.
func (b *bench) later(d time.Duration, id domain.PaymentID) till.Result {
	b.Helper()
	b.clock.forward(d)
	b.must(b.Listen(b.ctx))
	b.must(b.Tend(b.ctx))
	r, err := b.Payment(b.ctx, string(id))
	b.must(err)
	return r
}

func TestAChallengePassedFailedAndAbandoned(t *testing.T) {
	for result, want := range map[string]struct {
		order, payment domain.State
		code           domain.Code
	}{
		"passed":    {domain.OrderPaid, domain.PaymentCaptured, ""},
		"failed":    {domain.OrderFailed, domain.PaymentDeclined, domain.CodeDeclined},
		"abandoned": {domain.OrderFailed, domain.PaymentExpired, domain.CodeFailed},
	} {
		t.Run(result, func(t *testing.T) {
			b := newBench(t, nil)
			r, err := b.pay(b.issue(2000), challengeCard, nil)
			b.must(err)
			b.stands(r, domain.OrderInProgress, domain.PaymentNeedsAction)
			if r.Payment.Session() == nil || r.Payment.Session().Kind != domain.SessionChallenge {
				t.Fatalf("session %+v", r.Payment.Session())
			}
			r, err = b.Complete(b.ctx, till.Intent{}, r.Payment.ID, result)
			b.code(err, want.code)
			b.stands(r, want.order, want.payment)
		})
	}
}

func TestTheDeviceIsLookedAtBeforeTheChallenge(t *testing.T) {
	b := newBench(t, nil)
	r, err := b.pay(b.issue(2000), lookupCard, nil)
	b.must(err)
	if r.Payment.Session().Kind != domain.SessionLookup {
		t.Fatalf("session %+v", r.Payment.Session())
	}
	r, err = b.Complete(b.ctx, till.Intent{}, r.Payment.ID, "passed")
	b.must(err)
	b.stands(r, domain.OrderInProgress, domain.PaymentNeedsAction)
	if r.Payment.Session().Kind != domain.SessionChallenge {
		t.Fatalf("session %+v", r.Payment.Session())
	}
	r, err = b.Complete(b.ctx, till.Intent{}, r.Payment.ID, "passed")
	b.must(err)
	b.stands(r, domain.OrderPaid, domain.PaymentCaptured)
}

func TestAChallengeThatNobodyAnswersExpires(t *testing.T) {
	b := newBench(t, nil)
	r, err := b.pay(b.issue(2000), challengeCard, nil)
	b.must(err)
	r = b.later(16*time.Minute, r.Payment.ID)
	b.stands(r, domain.OrderFailed, domain.PaymentExpired)
}

func TestTheBankAsksForThreeDS(t *testing.T) {
	b := newBench(t, nil)
	r, err := b.pay(b.issue(6510), goodCard, nil)
	b.must(err)
	b.stands(r, domain.OrderInProgress, domain.PaymentNeedsAction)
	if n := len(r.Payment.Operations); n != 2 || r.Payment.Operations[0].Code != "20154" {
		t.Fatalf("%d operations, the first %+v", n, r.Payment.Operations[0])
	}
	r, err = b.Complete(b.ctx, till.Intent{}, r.Payment.ID, "passed")
	b.must(err)
	b.stands(r, domain.OrderPaid, domain.PaymentCaptured)
	if books := b.books(r.Payment); books.Charges != 1 {
		t.Errorf("%+v", books)
	}
}

func TestWithoutThreeDSWhereThatIsAllowed(t *testing.T) {
	for _, allowed := range []bool{true, false} {
		b := newBench(t, nil)
		r, err := b.pay(b.issue(5000), goodCard, func(p *till.Payable) { p.ThreeDS, p.WithoutThreeDS = true, allowed })
		if allowed {
			b.must(err)
			b.stands(r, domain.OrderPaid, domain.PaymentCaptured)
		} else {
			b.code(err, domain.CodeDeclined)
			b.stands(r, domain.OrderFailed, domain.PaymentDeclined)
		}
		if r.Payment.ThreeDS.Downgraded != allowed {
			t.Errorf("allowed %v: %+v", allowed, r.Payment.ThreeDS)
		}
	}
}

func TestHalfAnApprovalIsLetGoUnlessItIsWanted(t *testing.T) {
	b := newBench(t, nil)
	r, err := b.pay(b.issue(2000), halfCard, nil)
	b.code(err, domain.CodeDeclined)
	b.stands(r, domain.OrderFailed, domain.PaymentVoided)
	if r.Payment.Detail != "partial" || r.Order.FailedAttempts() != 1 || b.books(r.Payment).Voided != 1000 {
		t.Errorf("%s, %d failed, %+v", r.Payment.Detail, r.Order.FailedAttempts(), b.books(r.Payment))
	}
	r, err = b.pay(b.issue(2000), halfCard, func(p *till.Payable) { p.Partial = true })
	b.must(err)
	b.stands(r, domain.OrderPartPaid, domain.PaymentCaptured)
	r, err = b.pay(b.issue(2000), halfCard, func(p *till.Payable) { p.Partial, p.Capture = true, domain.CaptureManual })
	b.must(err)
	b.stands(r, domain.OrderHold, domain.PaymentPartAuthorized)
}

func TestASoftDeclineIsRepeatedByTheClock(t *testing.T) {
	b := newBench(t, nil)
	r, err := b.pay(b.issue(2000), shortOfFunds, func(p *till.Payable) { p.Retries = 2 })
	b.must(err)
	b.stands(r, domain.OrderInProgress, domain.PaymentRetryWait)
	r = b.later(time.Hour, r.Payment.ID)
	b.stands(r, domain.OrderInProgress, domain.PaymentRetryWait)
	r = b.later(23*time.Hour, r.Payment.ID)
	b.stands(r, domain.OrderInProgress, domain.PaymentRetryWait)
	r = b.later(time.Hour, r.Payment.ID)
	b.stands(r, domain.OrderFailed, domain.PaymentDeclined)
	if n := len(r.Payment.Operations); n != 3 {
		t.Errorf("%d tries", n)
	}
}

func TestAGroupStandsOrFallsTogether(t *testing.T) {
	b := newBench(t, nil)
	var orders []domain.OrderID
	for _, price := range []domain.Amount{1000, 2000, 3000} {
		orders = append(orders, b.issue(price).ID)
	}
	group, results, err := b.PayGroup(b.ctx, till.Intent{Key: "all"}, orders, till.Payable{Method: "card", Card: b.card(goodCard)})
	b.must(err)
	if group == "" || len(results) != 3 {
		t.Fatalf("%q, %d results", group, len(results))
	}
	for _, r := range results {
		b.stands(r, domain.OrderPaid, domain.PaymentCaptured)
	}
	again, results, err := b.PayGroup(b.ctx, till.Intent{Key: "all"}, orders, till.Payable{Method: "card", Card: b.card(goodCard)})
	b.must(err)
	if again != group || len(results) != 3 || b.books(results[2].Payment).Charges != 1 {
		t.Errorf("again: %q, %d results", again, len(results))
	}

	orders = orders[:0]
	for _, price := range []domain.Amount{1000, 2005, 3000} { // the second is declined
		orders = append(orders, b.issue(price).ID)
	}
	_, results, err = b.PayGroup(b.ctx, till.Intent{}, orders, till.Payable{Method: "card", Card: b.card(goodCard)})
	b.code(err, domain.CodeDeclined)
	b.stands(results[0], domain.OrderFailed, domain.PaymentVoided)
	b.stands(results[1], domain.OrderFailed, domain.PaymentDeclined)
	b.stands(results[2], domain.OrderIssued, domain.PaymentCancelled)
	for i, want := range []int{0, 1, 0} {
		if got := results[i].Order.FailedAttempts(); got != want {
			t.Errorf("order %d counts %d failed attempts", i, got)
		}
	}
}

func TestAGroupIsPaidInCash(t *testing.T) {
	b := newBench(t, nil)
	orders := []domain.OrderID{b.issue(1000).ID, b.issue(2000).ID}
	_, results, err := b.PayGroup(b.ctx, till.Intent{}, orders, till.Payable{Method: "cash"})
	b.must(err)
	for _, r := range results {
		b.stands(r, domain.OrderPaid, domain.PaymentCaptured)
	}
}

func TestAPaymentForALaterDay(t *testing.T) {
	b := newBench(t, nil)
	date := b.clock.now.Add(48 * time.Hour)
	r, err := b.pay(b.issue(2000), goodCard, func(p *till.Payable) { p.Date = date })
	b.must(err)
	b.stands(r, domain.OrderInProgress, domain.PaymentScheduled)
	if !r.Payment.Source.Stored() || r.Payment.Source.Last4 != "4242" {
		t.Fatalf("source %+v", r.Payment.Source)
	}
	off, on := false, true
	_, err = b.UpdatePayment(b.ctx, till.Intent{}, r.Payment.ID, till.Editing{Active: &off})
	b.must(err)
	r = b.later(72*time.Hour, r.Payment.ID)
	b.stands(r, domain.OrderInProgress, domain.PaymentScheduled)
	_, err = b.UpdatePayment(b.ctx, till.Intent{}, r.Payment.ID, till.Editing{Active: &on})
	b.must(err)
	r = b.later(time.Second, r.Payment.ID)
	b.stands(r, domain.OrderPaid, domain.PaymentCaptured)
}

func TestAPaymentIsOpenedBeforeThereIsAMethod(t *testing.T) {
	b := newBench(t, nil)
	o := b.issue(2000)
	r, err := b.OpenPayment(b.ctx, till.Intent{}, o.ID, 0, "", true)
	b.must(err)
	b.stands(r, domain.OrderInProgress, domain.PaymentNeedsMethod)
	opened := r.Payment.ID
	r, err = b.pay(o, goodCard, nil)
	b.must(err)
	b.stands(r, domain.OrderPaid, domain.PaymentCaptured)
	if r.Payment.ID != opened || len(r.Order.Payments) != 1 {
		t.Errorf("%d payments, %s", len(r.Order.Payments), r.Payment.ID)
	}

	o = b.issue(2000)
	r, err = b.OpenPayment(b.ctx, till.Intent{}, o.ID, 0, "", false)
	b.must(err)
	r = b.later(16*time.Minute, r.Payment.ID)
	b.stands(r, domain.OrderIssued, domain.PaymentCancelled)
}

func TestIncrementsAndSeveralCaptures(t *testing.T) {
	b := newBench(t, nil)
	r, err := b.pay(b.issue(2000), goodCard, func(p *till.Payable) { p.Capture = domain.CaptureMultiple })
	b.must(err)
	id := r.Payment.ID
	r, err = b.Increment(b.ctx, till.Intent{}, till.Incrementing{Payment: id, To: 2500})
	b.must(err)
	r, err = b.Capture(b.ctx, till.Intent{}, till.Capturing{Payment: id, Amount: 1000})
	b.must(err)
	b.stands(r, domain.OrderPartPaid, domain.PaymentPartCaptured)
	r, err = b.Capture(b.ctx, till.Intent{}, till.Capturing{Payment: id, Amount: 1200, Final: true})
	b.must(err)
	b.stands(r, domain.OrderPaid, domain.PaymentCaptured)
	if books := b.books(r.Payment); books.Authorized != 2500 || books.Captured != 2200 || books.Voided != 300 {
		t.Errorf("%+v", books)
	}
	if marks := r.Order.Attention(); len(marks) > 0 {
		t.Errorf("attention %v", marks)
	}
}

func TestReversedOnTheSameDayOnly(t *testing.T) {
	b := newBench(t, nil)
	o := b.issue(2000)
	r, err := b.pay(o, goodCard, nil)
	b.must(err)
	r, err = b.Reverse(b.ctx, till.Intent{}, r.Payment.ID)
	b.must(err)
	b.stands(r, domain.OrderIssued, domain.PaymentReversed)
	if r.Order.FlatStatus() != "reversed" {
		t.Errorf("flat %s", r.Order.FlatStatus())
	}
	r, err = b.pay(o, goodCard, nil)
	b.must(err)
	b.clock.forward(24 * time.Hour)
	_, err = b.Reverse(b.ctx, till.Intent{}, r.Payment.ID)
	b.code(err, domain.CodeIllegalTransition)
}

func TestScreeningHoldsTheCaptureBack(t *testing.T) {
	b := newBench(t, nil)
	r, err := b.pay(b.issue(2000), reviewCard, nil)
	b.must(err)
	b.stands(r, domain.OrderHold, domain.PaymentAuthorized)
	if r.Payment.Fraud.Status != domain.FraudReview || !r.Payment.Flagged {
		t.Fatalf("%+v", r.Payment.Fraud)
	}
	_, err = b.Capture(b.ctx, till.Intent{}, till.Capturing{Payment: r.Payment.ID})
	b.code(err, domain.CodeIllegalTransition)
	_, err = b.Judge(b.ctx, till.Intent{}, r.Payment.ID, domain.Screening{Status: domain.FraudAccept, Message: "known"})
	b.must(err)
	r, err = b.Capture(b.ctx, till.Intent{}, till.Capturing{Payment: r.Payment.ID})
	b.must(err)
	b.stands(r, domain.OrderPaid, domain.PaymentCaptured)
}

func TestAHoldLapsesAfterFourWeeks(t *testing.T) {
	b := newBench(t, nil)
	r := b.hold(b.issue(2000))
	r = b.later(27*24*time.Hour, r.Payment.ID)
	b.stands(r, domain.OrderHold, domain.PaymentAuthorized)
	r = b.later(25*time.Hour, r.Payment.ID)
	if r.Order.State != domain.OrderCancelled || r.Order.CancelReason != domain.HoldExpired {
		t.Fatalf("%s (%s), payment %s", r.Order.State, r.Order.CancelReason, r.Payment.State)
	}
}

func TestBankRedirect(t *testing.T) {
	b := newBench(t, nil)
	pay := func() (till.Result, error) {
		return b.Pay(b.ctx, till.Intent{}, till.Payable{Order: b.issue(2000).ID, Method: "ideal", Source: domain.Source{Fields: map[string]string{"bic": "INGBNL2A"}}})
	}
	for result, want := range map[string]domain.State{
		"paid": domain.PaymentCaptured, "cancelled": domain.PaymentCancelled, "failed": domain.PaymentDeclined, "expired": domain.PaymentExpired,
	} {
		r, err := pay()
		b.must(err)
		b.stands(r, domain.OrderInProgress, domain.PaymentNeedsAction)
		r, _ = b.Complete(b.ctx, till.Intent{}, r.Payment.ID, result)
		if r.Payment.State != want {
			t.Errorf("%s: %s", result, r.Payment.State)
		}
	}
}
