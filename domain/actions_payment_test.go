package domain

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// Lives that lead to each line of the table of what is permitted on a payment (lifecycle §12).
var (
	scheduled = func(l *life) {
		p := l.begin(1000, Opening{Terms: Terms{Source: Source{Type: "id", ID: "src_1"}}})
		l.does(p, Move{Event: Schedule, Due: l.at.Add(day)})
	}
	softlyDeclined = func(l *life) {
		l.declines(l.open(1000, Opening{Terms: Terms{Retries: 4}}).Charge(), "20068", "soft")
	}
	fellWaiting = func(l *life) {
		waiting(l)
		l.does(l.order.Last(), Move{Event: GroupFell})
	}
	heldBy = func(verdict string) func(*life) {
		return func(l *life) {
			approvedThen(1000)(l)
			l.does(l.order.Last(), Move{Event: Judge, Fraud: Screening{Status: verdict}})
		}
	}
	calledFor = func(before func(*life), kind OperationKind, status Status) func(*life) {
		return func(l *life) {
			before(l)
			l.reply(l.ask(l.order.Last(), kind, 1000), status)
		}
	}
)

var permittedPayments = []struct {
	name  string
	life  func(*life)
	state State
	may   string
}{
	{"created", opened, PaymentCreated, "update cancel fraud"},
	{"its order told to the provider", func(l *life) {
		opened(l)
		l.ask(l.order.Last(), CreateOrder, 1000)
	}, PaymentCreated, "sync cancel fraud"},
	{"scheduled", scheduled, PaymentScheduled, "update cancel fraud"},
	{"sent", askedFor, PaymentProcessing, "sync fraud"},
	{"at the bank", challenged, PaymentNeedsAction, "complete sync cancel fraud"},
	{"at the door", func(l *life) {
		l.reply(l.open(1000, Opening{}).Charge(), Pending, Fact{Event: Accepted, Session: &Session{ID: "sid_1", Kind: SessionDelivery}})
	}, PaymentProcessing, "complete sync fraud"},
	{"back from the bank", func(l *life) {
		challenged(l)
		l.tell(l.order.Last(), Fact{Event: Authenticated})
	}, PaymentProcessing, "sync fraud"},
	{"waiting to be tried again", softlyDeclined, PaymentRetryWait, "retry sync cancel fraud"},
	{"unknown", answered(Unknown), PaymentUnknown, "sync fraud"},
	{"held", approvedThen(1000), PaymentAuthorized, "capture increment void sync fraud"},
	{"held, to be looked at", heldBy(FraudReview), PaymentAuthorized, "increment void sync fraud"},
	{"held, looked at and refused", heldBy(FraudReject), PaymentAuthorized, "increment void sync"},
	{"held, looked at and accepted", heldBy(FraudAccept), PaymentAuthorized, "capture increment void sync"},
	{"held in part", func(l *life) {
		l.reply(l.open(1000, Opening{Terms: Terms{Partial: true}}).Charge(), Succeeded, Fact{Event: Approved, Amount: 400})
	}, PaymentPartAuthorized, "capture increment void sync fraud"},
	{"waiting to be voided", approvedThen(400), PaymentPartAuthorized, "sync fraud"},
	{"waiting for its group", waiting, PaymentAuthorized, "sync cancel"},
	{"its group is not decided, and it was not sent", func(l *life) { l.begin(1000, Opening{Group: "grp_1"}) }, PaymentCreated, "cancel"},
	{"its group has stood", func(l *life) {
		waiting(l)
		l.does(l.order.Last(), Move{Event: GroupStood})
	}, PaymentAuthorized, "capture increment void sync fraud"},
	{"its group has fallen", fellWaiting, PaymentAuthorized, "sync fraud"},
	{"part captured", approvedThen(1000, Fact{Event: Captured, Amount: 400}), PaymentPartCaptured, "capture increment void refund sync fraud"},
	{"captured", sold, PaymentCaptured, "reverse refund sync fraud"},
	{"captured yesterday", func(l *life) {
		sold(l)
		l.wait(day)
	}, PaymentCaptured, "refund sync fraud"},
	{"gone back", partGoneBack, PaymentCaptured, "sync fraud"},
	{"voided", approvedThen(1000, Fact{Event: Voided, Amount: 1000, Released: 1000}), PaymentVoided, "sync"},
	{"lapsed", approvedThen(1000, Fact{Event: AuthExpired, Amount: 1000, Released: 1000}), PaymentExpired, "sync"},
	{"reversed", func(l *life) {
		sold(l)
		l.reply(l.ask(l.order.Last(), Reverse, 1000), Succeeded, Fact{Event: Reversed, Amount: 1000})
	}, PaymentReversed, "sync"},
	{"declined", answered(Declined), PaymentDeclined, "sync"},
	{"not sent", answered(NotSent), PaymentFailed, "sync"},
	{"cancelled", func(l *life) {
		opened(l)
		l.does(l.order.Last(), Move{Event: CancelAttempt})
	}, PaymentCancelled, ""},
	{"verified", func(l *life) { l.reply(l.open(0, Opening{}).Charge(), Succeeded, Fact{Event: Verified}) }, PaymentVerified, "sync"},
	{"held for a cancelled order", func(l *life) {
		answered(Declined)(l)
		l.move(Cancel)
		l.tell(l.order.Last(), Fact{Event: Approved, Amount: 1000})
	}, PaymentAuthorized, "void sync fraud"},
	{"held while another attempt runs", func(l *life) {
		answered(Declined)(l)
		l.open(1000, Opening{})
		l.tell(l.order.Payments[0], Fact{Event: Approved, Amount: 1000})
	}, PaymentAuthorized, "void sync fraud"},
	{"held, a capture unknown", calledFor(approvedThen(1000), Capture, Unknown), PaymentAuthorized, "sync fraud"},
	{"held, an increment pending", calledFor(approvedThen(1000), Increment, Pending), PaymentAuthorized, "sync fraud"},
	{"held, a void on its way", func(l *life) {
		approvedThen(1000)(l)
		l.ask(l.order.Last(), Void, 1000)
	}, PaymentAuthorized, "sync fraud"},
	{"captured, a refund unknown", calledFor(sold, RefundMoney, Unknown), PaymentCaptured, "sync fraud"},
	{"captured, a refund pending", func(l *life) {
		sold(l)
		l.reply(l.ask(l.order.Last(), RefundMoney, 100), Pending)
	}, PaymentCaptured, "refund sync fraud"},
	{"captured, a reversal pending", calledFor(sold, Reverse, Pending), PaymentCaptured, "sync fraud"},
	{"captured, a reversal refused", calledFor(sold, Reverse, Declined), PaymentCaptured, "refund sync fraud"},
	{"captured, a reversal that never arrived", func(l *life) {
		calledFor(sold, Reverse, Pending)(l)
		l.wait(time.Minute)
		l.reply(l.order.Last().Operations[1], NotFound)
	}, PaymentCaptured, "reverse refund sync fraud"},
}

func TestPermittedOnAPayment(t *testing.T) {
	for _, c := range permittedPayments {
		l := newLife(t, Document{})
		c.life(l)
		p := l.order.Payments[0]
		f := &Facts{Order: l.order, Payment: p, Now: l.at, Can: everything}
		if p.State != c.state {
			t.Errorf("%s: the payment is %s", c.name, p.State)
		}
		if may := strings.Join(Permitted(PaymentActions, f), " "); may != c.may {
			t.Errorf("%s permits %s\nwant %s", c.name, may, c.may)
		}
		everySentence(t, c.name, PaymentActions, f)
	}
}

// permittedRefunds are lives of a refund of 400 and what can be done with it.
var permittedRefunds = []struct {
	name  string
	life  func(*life, *Operation)
	state State
	may   string
}{
	{"asked for", func(*life, *Operation) {}, RefundRequested, ""},
	{"on its way", func(l *life, op *Operation) { l.reply(op, Pending) }, RefundPending, "cancel"},
	{"looked at", func(l *life, op *Operation) { l.reply(op, Pending, Fact{Event: RefundInReview, Amount: 400}) }, RefundReview, "cancel"},
	{"being stopped", func(l *life, op *Operation) {
		l.reply(op, Pending)
		l.ask(l.order.Last(), RefundCancel, 400, func(stop *Operation) { stop.Refund = op.Refund })
	}, RefundPending, ""},
	{"unknown", func(l *life, op *Operation) { l.reply(op, Unknown) }, RefundUnknown, ""},
	{"done", func(l *life, op *Operation) { l.reply(op, Succeeded, Fact{Event: RefundDone, Amount: 400}) }, RefundSucceeded, ""},
	{"refused", func(l *life, op *Operation) { l.reply(op, Declined) }, RefundFailed, "retry"},
	{"repeated", func(l *life, op *Operation) {
		l.reply(op, Declined)
		l.ask(l.order.Last(), RefundMoney, 400, func(again *Operation) { again.Instead = op.Refund })
	}, RefundFailed, ""},
	{"not to be repeated as the rest was given back", func(l *life, op *Operation) {
		l.reply(op, Declined)
		l.reply(l.ask(l.order.Last(), RefundMoney, 1000), Succeeded, Fact{Event: RefundDone, Amount: 1000})
	}, RefundFailed, ""},
}

func TestPermittedOnARefund(t *testing.T) {
	for _, c := range permittedRefunds {
		l := newLife(t, Document{})
		sold(l)
		p := l.order.Last()
		c.life(l, l.ask(p, RefundMoney, 400))
		f := &Facts{Order: l.order, Payment: p, Refund: p.Refunds[0], Now: l.at, Can: everything}
		if p.Refunds[0].State != c.state {
			t.Errorf("%s: the refund is %s", c.name, p.Refunds[0].State)
		}
		if may := strings.Join(Permitted(RefundActions, f), " "); may != c.may {
			t.Errorf("%s permits %q, want %q", c.name, may, c.may)
		}
		everySentence(t, c.name, RefundActions, f)
	}
}

// Every action is refused somewhere, so that its sentence has been seen.
func TestEveryActionHasItsRefusals(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range permittedOrders {
		l := newLife(t, Document{})
		c.life(l)
		for name := range Refused(OrderActions, &Facts{Order: l.order, Now: l.at}) {
			seen["order "+name] = true
		}
	}
	for _, c := range permittedPayments {
		l := newLife(t, Document{})
		c.life(l)
		for name := range Refused(PaymentActions, &Facts{Order: l.order, Payment: l.order.Payments[0], Now: l.at}) {
			seen["payment "+name] = true
		}
	}
	for _, c := range permittedRefunds {
		l := newLife(t, Document{})
		sold(l)
		p := l.order.Last()
		c.life(l, l.ask(p, RefundMoney, 400))
		for name := range Refused(RefundActions, &Facts{Order: l.order, Payment: p, Refund: p.Refunds[0], Now: l.at}) {
			seen["refund "+name] = true
		}
	}
	always := []string{"view"} // looking changes nothing
	for _, a := range slices.Concat(OrderActions, PaymentActions, RefundActions) {
		if !seen[a.Of+" "+a.Name] && !slices.Contains(always, a.Name) {
			t.Errorf("nothing refuses to %s a %s", a.Name, a.Of)
		}
	}
}
