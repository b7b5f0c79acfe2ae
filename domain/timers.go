package domain

import (
	"slices"
	"time"
)

const day = 24 * time.Hour

// The deadlines of lifecycle §13.
const (
	formStaysOpen = 15 * time.Minute
	defaultHold   = 28 * day
	holdWarning   = 6 * day
	month         = 30 * day
	byItselfAgain = day // how long until what till does by itself is tried again
)

// HoldExpired is the reason of a void that is asked for as the time of a hold is over.
const HoldExpired = "hold_expired"

// The names of till's timers: what falls due.
const (
	TimerDue    = "due"     // an order was to be paid by now
	TimerAsk    = "ask"     // about an operation without a known end
	TimerPoll   = "poll"    // about one that the provider has not decided
	TimerHold   = "hold"    // the hold's time is over
	TimerVoid   = "void"    // an approval that nobody has a use for
	TimerGroup  = "group"   // a member of a group has answered
	TimerTake   = "take"    // captured by itself: once its group stands, or a part that is welcome
	TimerStepUp = "step_up" // the bank wants 3DS
	TimerDate   = "date"    // a scheduled payment
	TimerRetry  = "retry"   // a soft decline
	TimerPlan   = "plan"    // the provider keeps the source of a payment for a later day, or does not
	TimerForm   = "form"    // left open by the customer
	TimerAction = "action"  // a challenge or a redirect

	TimerRespond = "respond" // our time to answer a case is over
	TimerLapse   = "lapse"   // the other side's is
)

var (
	// janitor are the gaps after which an unknown outcome is asked about again; then it is left to a person (P24).
	janitor = []time.Duration{5 * time.Second, 30 * time.Second, 5 * time.Minute, time.Hour, day, day, day, day, day}
	// polls are the gaps after which what is pending is asked about (S4); then every day for a month, then every month.
	polls = []time.Duration{5 * time.Second, 10 * time.Second, 20 * time.Second, 30 * time.Second, time.Minute, time.Hour}
	// retryGaps are how long soft declines wait to be tried again (S1).
	retryGaps = []time.Duration{time.Hour, day, 3 * day, 7 * day}
)

// Timers are what falls due for the order, read off the fold (lifecycle §13).
func (o *Order) Timers() []Timer {
	var timers []Timer
	if !o.Due.IsZero() && !o.Overdue && slices.Contains(o.dueStates(), o.State) {
		timers = append(timers, Timer{At: Instant(o.Due), Name: TimerDue, Order: o.ID, Subject: string(o.ID)})
	}
	for _, p := range o.Payments {
		for _, w := range paymentTimers {
			if at, waits := w.at(o, p); waits && Instant(at).After(p.fired[w.name].due) {
				timers = append(timers, Timer{At: Instant(at), Name: w.name, Order: o.ID, Subject: string(p.ID), Asks: w.asks})
			}
		}
		for _, d := range p.Disputes {
			if t := d.timer(); !t.At.IsZero() {
				t.Order = o.ID
				timers = append(timers, t)
			}
		}
		for _, op := range p.Operations {
			if name, at, waits := op.nextAsk(); waits {
				timers = append(timers, Timer{At: Instant(at), Name: name, Order: o.ID, Subject: string(op.ID), Asks: true})
			}
		}
	}
	return timers
}

func (o *Order) dueStates() []State {
	return without(allOrder, OrderDraft, OrderPaid, OrderCancelled, OrderRejected)
}

// paymentTimers are the deadlines of a payment: when, while there is one. Each fires once; to be armed again it must
// come later than it did.
var paymentTimers = []struct {
	name string
	asks bool // firing it asks a provider
	at   func(*Order, *Payment) (time.Time, bool)
}{
	{TimerForm, false, func(_ *Order, p *Payment) (time.Time, bool) {
		left := slices.Contains(unsent, p.State) && p.Group == "" && !p.inFlight()
		return p.movedAt.Add(formStaysOpen), left
	}},
	{TimerPlan, false, func(_ *Order, p *Payment) (time.Time, bool) {
		if !p.planned() {
			return time.Time{}, false
		}
		return p.Operations[len(p.Operations)-1].AnsweredAt, true
	}},
	{TimerDate, true, func(_ *Order, p *Payment) (time.Time, bool) {
		return p.Date, p.State == PaymentScheduled && !p.Paused
	}},
	{TimerRetry, true, func(_ *Order, p *Payment) (time.Time, bool) {
		return p.RetryAt, p.State == PaymentRetryWait
	}},
	{TimerAction, true, func(_ *Order, p *Payment) (time.Time, bool) {
		s := p.Session()
		if s == nil || p.State != PaymentNeedsAction {
			return time.Time{}, false
		}
		return s.Until, true // without an end it never comes
	}},
	{TimerHold, true, func(_ *Order, p *Payment) (time.Time, bool) {
		return p.again(TimerHold, p.heldAt.Add(p.holdFor())), p.Sums.Voidable() > 0 && p.free()
	}},
	{TimerVoid, true, func(_ *Order, p *Payment) (time.Time, bool) {
		return p.again(TimerVoid, p.movedAt), p.unwantedNow()
	}},
	{TimerGroup, true, func(_ *Order, p *Payment) (time.Time, bool) { return p.movedAt, p.Waiting && p.answered() }},
	{TimerStepUp, true, func(_ *Order, p *Payment) (time.Time, bool) {
		if !p.stepsUp() {
			return time.Time{}, false
		}
		return p.Charge().AnsweredAt, true
	}},
	{TimerTake, true, func(o *Order, p *Payment) (time.Time, bool) {
		return p.movedAt, p.toTake(o) && p.fired[TimerTake].at.IsZero()
	}},
}

// ByItself tells whether a timer is what till does next as soon as it can, rather than a deadline that comes.
func (t Timer) ByItself() bool {
	return slices.Contains([]string{TimerVoid, TimerGroup, TimerTake, TimerStepUp, TimerPlan, TimerDate}, t.Name)
}

// FiringOf is what is journalled when a timer fires.
func (o *Order) FiringOf(t Timer) Firing { return Firing{Timer: t.Name, Subject: t.Subject, At: t.At} }

// again is when till does by itself what could not be done before: a day after it was last tried.
func (p *Payment) again(name string, first time.Time) time.Time {
	if last := p.fired[name]; !last.at.IsZero() {
		return last.at.Add(byItselfAgain)
	}
	return first
}

func (p *Payment) holdFor() time.Duration {
	if p.HoldFor > 0 {
		return p.HoldFor
	}
	return defaultHold
}

// HoldEnds is when what is held is let go by itself; zero when nothing is. UTC.
func (p *Payment) HoldEnds() time.Time {
	if p.Sums.Held() == 0 || p.Unwanted {
		return time.Time{}
	}
	return p.heldAt.Add(p.holdFor())
}

// HoldWarns is from when on somebody should be told that the hold ends: its sixth day, or its half where it is
// short; zero when nothing is held. UTC.
func (p *Payment) HoldWarns() time.Time {
	if p.HoldEnds().IsZero() {
		return time.Time{}
	}
	return p.heldAt.Add(min(holdWarning, p.holdFor()/2))
}

// free tells whether till may do something with the payment by itself.
func (p *Payment) free() bool { return !p.Unwanted && !p.Waiting && !p.inFlight() }

func (p *Payment) inFlight() bool { return p.Open() != nil }

// planned tells whether it is known if a payment for a later day has a source for it.
func (p *Payment) planned() bool {
	return !p.On.IsZero() && slices.Contains(unsent, p.State) && len(p.Operations) > 0 && !p.inFlight() &&
		p.Operations[len(p.Operations)-1].Kind == SetupRecurring
}

func (p *Payment) unwantedNow() bool {
	return p.Unwanted && p.Sums.Voidable() > 0 && !p.hasUnknown() && !p.opInFlight(Capture, Void, Increment, Reverse)
}

// answered tells whether a member of a group has had its answer.
func (p *Payment) answered() bool {
	return p.Sums.Held() > 0 || !slices.Contains(open, p.State)
}

// toTake tells whether a payment is captured by itself, as its provider would have done: of a group once it stands,
// and a part that is welcome (P13).
func (p *Payment) toTake(o *Order) bool {
	taken := p.Group != "" || p.Partial && p.approvedInPart() && !p.late
	return taken && p.free() && p.Capture == CaptureAuto && p.Sums.Capturable() > 0 && p.Sums.Captured == 0 &&
		firstFailing(guards(screened, orderTakesMoney, attemptOver), &Facts{Order: o, Payment: p}) == nil
}

// nextAsk is when an operation without a known end is asked about, and under which name: requested ones at their
// deadline, unknown ones by the janitor, pending ones by polling.
func (op *Operation) nextAsk() (name string, at time.Time, waits bool) {
	switch {
	case op.State == OpRequested:
		return TimerAsk, op.Deadline, true
	case op.State == OpUnknown && !op.exhausted():
		return TimerAsk, op.askedAt.Add(janitor[op.Asked]), true
	case op.State == OpPending:
		return TimerPoll, op.askedAt.Add(op.pollGap()), true
	}
	return "", time.Time{}, false
}

// pollGap is how long a pending operation is left alone: the longer it takes, the longer.
func (op *Operation) pollGap() time.Duration {
	switch {
	case op.Asked < len(polls):
		return polls[op.Asked]
	case op.askedAt.Sub(op.RequestedAt) < month:
		return day
	}
	return month
}

// exhausted tells whether an unknown outcome has been asked about often enough.
func (op *Operation) exhausted() bool { return op.State == OpUnknown && op.Asked >= len(janitor) }

// DueNow tells whether a timer that was read from a view still stands.
func (o *Order) DueNow(timer Timer) bool {
	return timer.Among(o.Timers())
}

// CallTimers are what falls due in a stream without an order, a mandate's or a payout's: its calls without a known end
// are asked about.
func CallTimers(stream string, calls []*Operation) []Timer {
	var timers []Timer
	for _, op := range calls {
		if name, at, waits := op.nextAsk(); waits {
			timers = append(timers, Timer{At: Instant(at), Name: name, Stream: stream, Subject: string(op.ID), Asks: true})
		}
	}
	return timers
}

// Among tells whether a timer that was read from a view still stands in what its fold gives.
func (t Timer) Among(timers []Timer) bool {
	return slices.ContainsFunc(timers, func(now Timer) bool {
		return now.Name == t.Name && now.Subject == t.Subject && !now.At.After(t.At)
	})
}

// AtRest tells whether nothing is left that till does about the order at once, or waits to hear of.
func (o *Order) AtRest() bool {
	return o.Next() == nil && !slices.ContainsFunc(o.Payments, func(p *Payment) bool {
		return slices.ContainsFunc(p.Operations, (*Operation).Requested)
	})
}

// Next gives what till does next with the order by itself; nil if nothing. What was tried in vain is not: that comes
// again in its time.
func (o *Order) Next() *Timer {
	timers := o.Timers()
	if i := slices.IndexFunc(timers, func(t Timer) bool { return t.ByItself() && !t.At.After(o.LastAt) }); i >= 0 {
		return &timers[i]
	}
	return nil
}
