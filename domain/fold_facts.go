package domain

import (
	"slices"
	"time"
)

// The second half of the fold: what is learnt from outside. Replies, notices and syncs all come through
// applyFacts: money first, then the machines.

func (o *Order) applyAnswer(e Entry) error {
	answer, err := Decode[Answer](e)
	if err != nil {
		return err
	}
	for _, p := range o.Payments {
		if op := p.Operation(answer.Operation); op != nil {
			o.answer(p, op, answer)
			return nil
		}
	}
	return o.stranger("operation", string(answer.Operation))
}

func (o *Order) applyReport(e Entry) error {
	report, err := Decode[Report](e)
	if err != nil {
		return err
	}
	p := o.Payment(report.Payment)
	if p == nil {
		return o.stranger("payment", string(report.Payment))
	}
	o.applyFacts(p, report.Facts)
	if report.Notice != "" {
		p.notices = append(p.notices, report.Notice)
	}
	return nil
}

// opEvents says what an end of a call means to its operation, and to a payment or refund that is told
// nothing more precise.
var opEvents = map[Status]struct{ operation, payment, other, refund Event }{
	Succeeded: {OpDone, "", "", ""},
	Pending:   {OpAccepted, Accepted, OperationOpen, RefundAccepted},
	Declined:  {OpSaidNo, DeclinedIt, OperationFailed, RefundRefused},
	NotSent:   {OpRefused, NotTaken, OperationFailed, RefundNotSent},
	NotFound:  {OpNoSuch, NoSuchPayment, OperationFailed, RefundNoSuch},
	Unknown:   {OpLost, AnswerLost, OperationOpen, RefundLost},
}

func (o *Order) answer(p *Payment, op *Operation, answer Answer) {
	if answer.Mismatch && op.State != OpRequested { // said of what had an answer, or none, before
		op.mismatch, o.heard = true, o.now.Seq
		return
	}
	if op.Heard(answer.Status) { // asked about in vain once more
		o.askedAbout(p, op)
		return
	}
	means := opEvents[answer.Status]
	op.Code, op.Summary, op.Rule, op.ProviderID = answer.Code, answer.Summary, answer.Rule, answer.ProviderID
	op.AnsweredAt, op.askedAt, op.mismatch = o.now.At, o.now.At, answer.Mismatch
	o.walkOperation(p, op, means.operation)
	o.endOperation(op, answer.Facts...)
	facts := answer.Facts
	if implied := impliedFact(op, answer, o.now); implied != nil && len(facts) == 0 {
		facts = []Fact{*implied}
	}
	o.applyFacts(p, facts)
}

// endOperation remembers the entry that first told how a call ended, unknown included: a repeat is told the same. When
// it ended its provider's clock says, where one of the facts is of the call.
func (o *Order) endOperation(op *Operation, facts ...Fact) {
	op.endedAt = o.now.At
	for _, f := range facts {
		if f.Key == op.Key && !f.At.IsZero() {
			op.endedAt = f.At
		}
	}
	if op.EndedBy == 0 || op.State != OpUnknown {
		op.EndedBy = o.now.Seq
	}
}

// impliedFact is what an answer without facts means to what was asked about; nil if nothing.
func impliedFact(op *Operation, answer Answer, now Entry) *Fact {
	means := opEvents[answer.Status]
	if answer.Status == NotSent && op.Tries > 1 { // an earlier try may have arrived
		means = opEvents[Unknown]
	}
	f := Fact{
		At: now.At, Key: op.Key, Amount: op.Amount,
		Code: answer.Code, Summary: answer.Summary, Class: answer.Class,
	}
	switch {
	case answer.Mismatch && op.Charges():
		f.Event = Mismatch
	case op.Charges():
		f.Event = means.payment
	case op.Kind == RefundMoney:
		f.Event, f.Refund = means.refund, op.Refund
	case op.Kind == Reverse && answer.Status == Declined:
		f.Event = ReverseFailed
	default:
		f.Event = means.other
	}
	if f.Event == "" {
		return nil
	}
	return &f
}

// applyFacts books all facts and then moves the machines, so that what came together is seen together.
func (o *Order) applyFacts(p *Payment, facts []Fact) {
	var fresh []Fact
	for _, f := range facts {
		if f.At.IsZero() {
			f.At = o.now.At
		}
		if p.learn(f) {
			fresh = append(fresh, f)
			o.heard = o.now.Seq
		}
	}
	before := p.Sums
	p.recount()
	for _, f := range fresh {
		o.resolve(p, f)
		if f.ofAttempt() { // the money that came with it has a fact of its own, which the order hears
			o.applyFact(p, f, p.Sums)
			continue
		}
		o.applyFact(p, f, before)
		before = p.Sums
	}
	p.recount()
	o.rereadAdvices(p)
}

// ofAttempt tells whether a fact says how an attempt goes on, and nothing of money.
func (f Fact) ofAttempt() bool {
	return f.Dispute == nil && f.Refund == "" && !slices.Contains(moneyFacts, f.Event)
}

// learn books a fact once, by its action id; it tells whether it was new. A fact without an id is a reply's
// own word and always new.
func (p *Payment) learn(f Fact) bool {
	if f.Action != "" {
		key := f.Action + " " + string(f.Event)
		if p.told[key] {
			return false
		}
		p.told[key] = true
	}
	if slices.Contains(moneyFacts, f.Event) {
		p.money = append(p.money, f)
	}
	p.details(f)
	return true
}

// opEnds are the facts that end the call which made them, and how. That 3DS is not possible ends one that does not go
// on without it.
var opEnds = map[Event]Event{
	Approved: OpDone, Captured: OpDone, Verified: OpDone, Incremented: OpDone, Voided: OpDone, Reversed: OpDone,
	RefundDone: OpDone, RefundCancelOK: OpDone,
	OrderCreated: OpDone, SourceKept: OpDone, RedirectVerified: OpDone, MandateRevoked: OpDone,
	DeclinedIt: OpSaidNo, AuthenticationFailed: OpSaidNo, Abandoned: OpSaidNo, GivenUp: OpSaidNo,
	RefundRefused: OpSaidNo, ReverseFailed: OpSaidNo, OperationFailed: OpSaidNo,
	DisputeAccepted: OpDone, DisputeEvidenceSent: OpDone, DisputeDeclined: OpDone, DisputeFiled: OpDone, DisputeGivenUp: OpDone,
	PayoutTaken: OpDone, PayoutLacksData: OpDone, PayoutSent: OpDone, PayoutDone: OpDone, PayoutLapsed: OpDone,
	PayoutCameBack: OpDone, PayoutStopped: OpDone, PayoutRefused: OpSaidNo,
	Accepted: OpRunning, ActionRequired: OpRunning, RefundAccepted: OpRunning,
}

// resolve ends the operation whose key a fact names, where its own answer was lost or came late (Op6, Op10).
func (o *Order) resolve(p *Payment, f Fact) {
	op := p.ByKey(f.Key)
	if op == nil || f.Action == "" {
		return
	}
	on, ends := opEnds[f.Event]
	if f.Event == NoThreeDS && !p.WithoutThreeDS {
		on, ends = OpSaidNo, true
	}
	if ends {
		o.resolveBy(p, op, on, f)
	}
}

func (o *Order) resolveBy(p *Payment, op *Operation, on Event, f Fact) {
	op.mismatch = false // what is booked is believed
	if o.walkOperation(p, op, on) != nil {
		op.AnsweredAt, op.askedAt = o.now.At, o.now.At
		op.Code, op.Summary = f.Code, f.Summary // what was said while nobody knew is over
		o.endOperation(op, f)
		return
	}
	if op.Charges() && f.Event == Captured { // what is approved and captured in one go may be told one after the other
		op.EndedBy = o.now.Seq
	}
}

// applyFact moves what a fact is about; before is what the payment's sums were until then.
func (o *Order) applyFact(p *Payment, f Fact, before Sums) {
	switch {
	case f.Dispute != nil:
		o.applyClaim(p, f, before)
	case f.Refund != "":
		o.applyRefundFact(p, f, before)
	default:
		o.tell(p, before, func() *Transition { return o.applyPaymentFact(p, f) })
	}
}

// ofCharge tells whether a fact is about the payment itself: that something else was refused its operation says.
func (f Fact) ofCharge() bool { return f.Event != OperationFailed && f.Event != ReverseFailed }

func (o *Order) applyPaymentFact(p *Payment, f Fact) *Transition {
	switch {
	case slices.Contains([]Event{Approved, Captured, Verified}, f.Event):
		if p.newest("code", f) { // what an earlier try was refused for is over
			p.Code, p.Message = "", ""
		}
	case f.Code != "" && f.ofCharge() && p.newest("code", f):
		p.Code, p.Message = f.Code, f.Summary
	}
	t := o.walkPayment(p, f.Event, &f)
	if t == nil {
		return nil
	}
	if f.Event == Authenticated && ofThisTry.Holds(&Facts{Payment: p, Fact: &f}) {
		p.authenticated = true // also where it is told before what asked for it
	}
	if f.Event == Approved {
		p.late = !slices.Contains(open, t.From)
	}
	switch {
	case t.ID == "P14":
		p.Unwanted = true
	case t.ID == "P33" && p.onlyPart():
		p.Detail = "partial"
	case t.ID == "P33" && p.Unwanted:
		p.Detail = "group"
	case t.ID == "P10" && t.To == PaymentProcessing:
		p.authenticated = true // or need not be any more
	case t.ID == "P19":
		p.Detail = f.Class
	case t.ID == "P17":
		p.RetryAt = o.now.At.Add(retryGaps[min(p.Retried, len(retryGaps)-1)])
		p.Retried++
	}
	p.Unwanted = p.Unwanted && p.Sums.Captured == 0 // what was taken all the same is not voided any more
	return t
}

// tell moves a payment and then its order by what that did; sums are those before its facts were booked. The
// order hears of a change once, and nothing of what changes nothing.
func (o *Order) tell(p *Payment, sums Sums, move func() *Transition) {
	before, wasOpen := p.State, p.IsOpen()
	t := move()
	p.recount()
	p.remember(sums, o.now.At)
	event := p.tells(before, sums)
	if event == "" && wasOpen && !p.IsOpen() && p.Sums.Held() > 0 {
		event = Held // its group stands
	}
	quiet := t == nil || slices.Contains([]string{"P42", "P46", "P47", "P48"}, t.ID)
	if event == "" && sums == p.Sums && wasOpen == p.IsOpen() && (quiet || wasOpen) {
		return
	}
	if event == "" {
		event = OtherMoney
	}
	o.walkOrder(event, &Facts{Payment: p})
}

// remember notes when money was first held, and when anything changed.
func (p *Payment) remember(before Sums, now time.Time) {
	if p.heldAt.IsZero() && p.Sums.Authorized > 0 {
		p.heldAt = now
	}
	if p.Sums != before {
		p.movedAt = now
	}
}

// tells is what a payment's move means to its order; empty if nothing in particular.
func (p *Payment) tells(before State, sums Sums) Event {
	switch {
	case p.Sums.Captured-p.Sums.Reversed > sums.Captured-sums.Reversed:
		return Taken
	case p.Sums.Held() > sums.Held():
		return Held
	case p.State == before:
		return ""
	}
	switch p.State {
	case PaymentReversed:
		return Undone
	case PaymentCancelled, PaymentVerified:
		return Ended
	}
	switch {
	case p.endedBadly():
		return EndedBadly
	case p.State == PaymentVoided && p.lapsed():
		return Lapsed
	case p.State == PaymentVoided:
		return Released
	case p.State == PaymentExpired:
		return Lapsed
	}
	return ""
}

// applyClaim books a dispute's fact; where the case stands is read off all its facts.
func (o *Order) applyClaim(p *Payment, f Fact, before Sums) {
	var from State
	if i := slices.IndexFunc(p.Disputes, func(d *Dispute) bool { return d.ID == f.Case }); i >= 0 {
		from = p.Disputes[i].State
	}
	d := p.bookDispute(f, o.now.At)
	p.recount()
	facts := &Facts{Order: o, Payment: p, Dispute: d, Fact: &f}
	o.walk(DisputeMachine, string(d.ID), from, disputeEvent(from, facts), facts)
	o.tell(p, before, func() *Transition { return o.walkPayment(p, DisputeFact, &f) })
}

// Knows tells whether a fact is on record already.
func (p *Payment) Knows(f Fact) bool { return f.Action != "" && p.told[f.Action+" "+string(f.Event)] }

// HasNotice tells whether a notice was booked already, by its event id: what names no action is known by that alone.
func (p *Payment) HasNotice(id string) bool { return id != "" && slices.Contains(p.notices, id) }

// IsNonsense tells whether a fact names an amount that nothing can have. It is not booked: no sum with it would be one.
func (f Fact) IsNonsense() bool {
	amounts := []Amount{f.Amount, f.Released}
	if f.Dispute != nil {
		amounts = append(amounts, f.Dispute.Amount, f.Dispute.Fee)
	}
	return slices.ContainsFunc(amounts, func(a Amount) bool { return a < 0 || a > MaxAmount })
}
