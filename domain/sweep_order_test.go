package domain

import "testing"

// setting is what else is true of an order while it is paid.
type setting struct {
	name           string
	doc            Document
	before, during func(*life)
}

func settings() []setting {
	nothing := func(*life) {}
	due := moved(DueReached)
	return []setting{
		{"issued", Document{}, nothing, nothing},
		{"viewed", Document{}, moved(View), nothing},
		{"failed before", Document{}, answered(Declined), nothing},
		{"due passes", Document{}, nothing, due},
		{"due passes, and no late payment is taken", Document{DenyOverdue: true}, nothing, due},
		{"one attempt only", Document{MaxAttempts: 1}, nothing, nothing},
		{"overdue", Document{}, due, nothing},
	}
}

// tries an action of the order's, if it is possible.
func tries(name string) func(*life) {
	return func(l *life) {
		a := FindAction(OrderActions, name)
		f := a.Usual(Facts{Order: l.order, Now: l.at, Can: everything})
		if a.On == Cancel && l.order.CancelVoids() != nil || a.Refusal(&f) != nil {
			return
		}
		l.add(KindOrderMoved, "ord_1", Move{Event: a.On, Due: f.Due})
	}
}

// afterwards is what can follow once an attempt is over, or while it goes on.
func afterwards() []func(*life) {
	after := []func(*life){func(*life) {}}
	for _, a := range OrderActions {
		if a.On != StartAttempt && a.On != Issue {
			after = append(after, tries(a.Name))
		}
	}
	first := func(facts ...Fact) func(*life) {
		return func(l *life) { l.tell(l.order.Payments[0], facts...) }
	}
	last := func(facts ...Fact) func(*life) {
		return func(l *life) { l.tell(l.order.Last(), facts...) }
	}
	void := Fact{Event: Voided, Amount: 1000, Released: 1000}
	return append(after,
		moved(DueReached), moved(Acknowledge),
		first(approvedFact), first(approvedFact, capturedFact), first(Fact{Event: Captured, Amount: 300, Final: true}),
		last(approvedFact), last(approvedFact, capturedFact), last(Fact{Event: Captured, Amount: 300}),
		first(void), last(void), last(Fact{Event: AuthExpired, Amount: 1000, Released: 1000}),
		first(Fact{Event: AuthExpired, Amount: 1000, Released: 1000}),
		first(Fact{Event: Reversed, Amount: 1000}), last(Fact{Event: Reversed, Amount: 1000}),
		first(Fact{Event: Reversed, Amount: 1000}, capturedFact), last(Fact{Event: Reversed, Amount: 1000}, capturedFact),
		last(Fact{Event: Reversed, Amount: 300}, Fact{Event: OperationFailed}), last(Fact{Event: OperationFailed}),
		func(l *life) {
			tries("receive")(l)
			if l.order.State == OrderReceived {
				l.tell(l.order.Last(), capturedFact)
				tries("accept_late")(l)
			}
		},
		func(l *life) {
			tries("reject")(l)
			l.tell(l.order.Last(), Fact{Event: Captured, Amount: 300})
			tries("accept_late")(l)
		},
		func(l *life) {
			tries("reject")(l)
			l.tell(l.order.Last(), capturedFact)
			tries("accept_late")(l)
		},
		func(l *life) {
			tries("cancel")(l)
			l.tell(l.order.Last(), capturedFact)
			tries("accept_late")(l)
		},
		func(l *life) {
			tries("receive")(l)
			l.tell(l.order.Last(), Fact{Event: Captured, Amount: 300})
			tries("accept_late")(l)
		},
		func(l *life) {
			tries("receive")(l)
			tries("unreceive")(l)
		},
		func(l *life) {
			if p := l.order.Last(); p.Sums.Refundable() > 0 {
				op := l.ask(p, RefundMoney, p.Sums.Refundable())
				l.reply(op, Succeeded, Fact{Event: RefundDone, Amount: op.Amount})
				tries("cancel")(l)
			}
		},
	)
}

// endings are how an attempt comes to its end, or does not.
func endings() []happening {
	to := func(state State) happening { return func(l *life, p *Payment) { comesTo(l, p, state) } }
	list := []happening{
		to(PaymentProcessing), to(PaymentNeedsAction), to(PaymentDeclined), to(PaymentFailed), to(PaymentCancelled),
		to(PaymentAuthorized), to(PaymentPartCaptured), to(PaymentCaptured), to(PaymentReversed), to(PaymentVoided), to(PaymentExpired),
		hearing(approvedFact, capturedFact), hearing(Fact{Event: Captured, Amount: 400, Final: true}), hearing(Fact{Event: Verified}),
		hearing(Fact{Event: Voided, Amount: 1000, Released: 1000}), hearing(Fact{Event: AuthExpired, Amount: 1000, Released: 1000}),
		hearing(Fact{Event: Reversed, Amount: 1000}, capturedFact), hearing(Fact{Event: Abandoned}),
		func(l *life, p *Payment) { // a part that nobody wants, let go
			l.tell(p, Fact{Event: Approved, Amount: 400})
			l.tell(p, Fact{Event: Voided, Amount: 400, Released: 400})
		},
	}
	return list
}

// everyAttempt pays an order in every setting after an attempt that the customer gave up, with and without money of
// that which is told meanwhile, ends the attempt in every way, and does everything then.
func everyAttempt(t *testing.T, note func(*life)) {
	earlier := [][]Fact{nil, {approvedFact}, {{Event: Captured, Amount: 300, Final: true}}, {approvedFact, capturedFact}}
	for i, s := range settings() {
		for _, facts := range earlier {
			after := afterwards()
			if i > 0 && facts != nil { // how it ends is enough
				after = after[:1]
			}
			for _, ending := range endings() {
				for _, then := range after {
					l := newLife(t, s.doc)
					s.before(l)
					given := standing(l, PaymentCancelled, Opening{})
					p := l.open(l.order.BalanceDue(), Opening{})
					s.during(l)
					if facts != nil {
						l.tell(given, facts...)
					}
					ending(l, p)
					then(l)
					note(l)
				}
			}
		}
	}
	groupsInEverySetting(t, note)
}

// groupsInEverySetting are attempts of a group: approved late after it has fallen, or part captured before it stood.
func groupsInEverySetting(t *testing.T, note func(*life)) {
	for _, s := range settings() {
		for _, other := range []bool{false, true} {
			l := newLife(t, s.doc)
			s.before(l)
			if other {
				standing(l, PaymentCancelled, Opening{})
			}
			given := l.order.Last()
			p := lateInGroup(l, 1000)
			s.during(l)
			if other {
				l.tell(given, approvedFact)
			}
			l.tell(p, Fact{Event: Voided, Amount: 1000, Released: 1000})
			note(l)
		}
	}
	for _, amount := range []Amount{1000, 500} {
		l := newLife(t, Document{})
		p := l.open(amount, Opening{Group: "grp_1"})
		l.tell(p, Fact{Event: Approved, Amount: amount + 100})
		l.tell(p, Fact{Event: Captured, Amount: amount})
		l.tell(p, Fact{Event: Voided, Amount: 100, Released: 100})
		note(l)
	}
}

// everyBeginning are drafts, and orders that nobody has tried to pay, in every state and with everything done to them.
func everyBeginning(t *testing.T, note func(*life)) {
	states := [][]Event{{}, {View}, {DueReached}, {DenyOverdue, DueReached}, {Cancel}, {Reject}, {MarkReceived}}
	for _, before := range states {
		for _, a := range OrderActions {
			if a.On == StartAttempt || a.On == Issue {
				continue
			}
			for _, between := range []Event{"", View, DueReached} {
				l := newLife(t, Document{})
				moved(before...)(l)
				if between != "" {
					l.move(between)
				}
				tries(a.Name)(l)
				note(l)
				l.move(Acknowledge)
				note(l)
			}
		}
	}
	for _, before := range []func(*life){moved(View), answered(Declined)} {
		l := newLife(t, Document{DenyOverdue: true})
		before(l)
		l.move(DueReached)
		note(l)
	}
	for _, before := range states[:4] {
		l := newLife(t, Document{})
		moved(before...)(l)
		if l.order.State != OrderExpired {
			l.open(1000, Opening{})
		}
		note(l)
	}
	for _, then := range []func(*life){
		func(l *life) { l.add(KindOrderIssued, "ord_1", l.order.Document) },
		moved(Discard), moved(DueReached), moved(Acknowledge),
	} {
		l := newDraft(t)
		then(l)
		note(l)
	}
}

// newDraft is an order that is still put together.
func newDraft(t *testing.T) *life {
	l := unborn(t)
	l.add(KindOrderDrafted, "ord_1", written(Document{}))
	return l
}
