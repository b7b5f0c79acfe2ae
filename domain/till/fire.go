package till

import (
	"context"

	"till/domain"
)

// What till does when a timer fires. Each firing is journalled once, with what follows from it.

// firing is what a timer leads to: entries, and then an operation to send or a payment to ask about.
type firing struct {
	entries []domain.Entry
	send    *domain.Operation
	sync    bool // ask: where something is sent, if that is refused
}

// firings says what each timer does. All are decided inside the transaction that found the timer still standing.
var firings = map[string]func(t *Till, tx domain.Tx, in Intent, o *domain.Order, timer domain.Timer) (firing, error){
	domain.TimerDue:    (*Till).dueReached,
	domain.TimerForm:   (*Till).formLeft,
	domain.TimerPlan:   (*Till).sourceKept,
	domain.TimerDate:   (*Till).dateReached,
	domain.TimerRetry:  (*Till).tryAgain,
	domain.TimerStepUp: (*Till).tryAgain,
	domain.TimerHold:   (*Till).holdOver,
	domain.TimerVoid:   (*Till).letGo,
	domain.TimerGroup:  (*Till).memberAnswered,
	domain.TimerTake:   (*Till).takeIt,
	domain.TimerAction: (*Till).askNow,
	domain.TimerAsk:    (*Till).askNow,
	domain.TimerPoll:   (*Till).askNow,

	domain.TimerRespond: (*Till).timeOver,
	domain.TimerLapse:   (*Till).timeOver,
}

// fire does what a timer stands for, unless its reason has gone.
func (t *Till) fire(ctx context.Context, timer domain.Timer) (Result, error) {
	if timer.Stream != "" {
		return Result{}, t.fireCall(ctx, timer)
	}
	in := Intent{Actor: "clock", Source: domain.ByClock}
	var what firing
	var o *domain.Order
	immediate := false
	_, err := t.update(ctx, func(tx domain.Tx) ([]domain.Entry, error) {
		what = firing{}
		var err error
		if o, err = tx.Order(timer.Order); err != nil || !o.DueNow(timer) {
			return nil, err
		}
		if what, err = firings[timer.Name](t, tx, in, o, timer); err != nil || what.send == nil {
			return what.entries, err
		}
		var asked []domain.Entry
		if refusal := t.mayCharge(tx, what.send); refusal != nil {
			asked, err = in.unsent(what.send, refusal)
			immediate = true
		} else {
			asked, immediate, err = t.request(ctx, tx, in, what.send)
		}
		return append(what.entries, asked...), err
	})
	if err != nil {
		return Result{}, err
	}
	p := o.Payment(domain.PaymentID(timer.Subject))
	if p == nil {
		p, _ = o.ByOperation(domain.OperationID(timer.Subject))
	}
	if p == nil {
		p, _ = o.ByDispute(domain.DisputeID(timer.Subject))
	}
	switch {
	case immediate:
		if o, err = t.Store.Order(ctx, what.send.Order); err != nil { // of a group it may be another one
			return Result{}, err
		}
		return resultOf(o, what.send)
	case what.send != nil:
		result, err := t.call(ctx, in, what.send)
		if domain.CodeOf(err) != domain.CodeFailed || !what.sync {
			return result, err
		}
		return t.sync(ctx, in, what.send.Payment, "")
	case what.sync:
		return t.sync(ctx, in, p.ID, "")
	}
	return Result{Order: o, Payment: p}, nil
}

// mayCharge refuses to send what was decided on an earlier day and cannot be any more: its variant is gone, its source
// was removed, its mandate paused or revoked.
func (t *Till) mayCharge(tx domain.Tx, op *domain.Operation) error {
	if _, _, err := t.route(op.Variant, op.Method); err != nil || !op.Charges() {
		return err
	}
	if _, err := t.chargeable(tx, Payable{Source: op.Source}); domain.CodeOf(err) == domain.CodeIllegalTransition {
		return err
	}
	return nil
}

// unsent is an operation that till refuses by itself to send (Op2), as entries.
func (in Intent) unsent(op *domain.Operation, refusal error) ([]domain.Entry, error) {
	asked, err := in.entry(domain.KindOperationRequested, op.Order, string(op.Payment), op.Key, op)
	if err != nil {
		return nil, err
	}
	answered, err := in.entry(domain.KindOperationAnswered, op.Order, string(op.Payment), "", domain.Answer{
		Operation: op.ID, Outcome: domain.Outcome{Status: domain.NotSent, Summary: refusal.Error()},
	})
	return []domain.Entry{asked, answered}, err
}

// fired is the entry that keeps a deadline from coming twice.
func (t *Till) fired(in Intent, o *domain.Order, timer domain.Timer) ([]domain.Entry, error) {
	e, err := in.entry(domain.KindTimerFired, o.ID, timer.Subject, "", o.FiringOf(timer))
	return []domain.Entry{e}, err
}

func (t *Till) dueReached(_ domain.Tx, in Intent, o *domain.Order, timer domain.Timer) (firing, error) {
	e, err := in.entry(domain.KindOrderMoved, o.ID, timer.Subject, "", domain.Move{Event: domain.DueReached})
	e.At = timer.At // the date passed when it passed, not when somebody noticed
	return firing{entries: []domain.Entry{e}}, err
}

// timeOver says that somebody's time in a dispute has passed: what that means the fold knows.
func (t *Till) timeOver(_ domain.Tx, in Intent, o *domain.Order, timer domain.Timer) (firing, error) {
	entries, err := t.fired(in, o, timer)
	return firing{entries: entries}, err
}

func (t *Till) formLeft(_ domain.Tx, in Intent, o *domain.Order, timer domain.Timer) (firing, error) {
	entries, err := t.moved(in, o, o.Payment(domain.PaymentID(timer.Subject)), domain.Move{Event: domain.CancelAttempt, Reason: "left open"})
	return firing{entries: entries}, err
}

// dateReached sends a scheduled payment.
func (t *Till) dateReached(_ domain.Tx, _ Intent, o *domain.Order, timer domain.Timer) (firing, error) {
	p := o.Payment(domain.PaymentID(timer.Subject))
	op := t.charge(o, p.Opening)
	op.Key = p.StepKey("date")
	return firing{send: op}, nil
}

// tryAgain sends a payment again that was declined softly, or whose bank wants 3DS.
func (t *Till) tryAgain(_ domain.Tx, _ Intent, o *domain.Order, timer domain.Timer) (firing, error) {
	p := o.Payment(domain.PaymentID(timer.Subject))
	op := t.charge(o, p.Opening)
	p.FollowUp(op)
	return firing{send: op}, nil
}

// holdOver lets go of what has been held for too long.
func (t *Till) holdOver(tx domain.Tx, in Intent, o *domain.Order, timer domain.Timer) (firing, error) {
	what, err := t.letGo(tx, in, o, timer)
	if what.send != nil {
		what.send.Reason = domain.HoldExpired
	}
	return what, err
}

// letGo voids what nobody has a use for. What the method cannot void it lets go by itself, in its own time.
func (t *Till) letGo(_ domain.Tx, in Intent, o *domain.Order, timer domain.Timer) (firing, error) {
	p := o.Payment(domain.PaymentID(timer.Subject))
	entries, err := t.fired(in, o, timer)
	if can := t.facts(o, p, in).Can; err != nil || !can.Void || p.Sums.Captured > 0 && !can.PartialVoid {
		return firing{entries: entries, sync: err == nil && can.Sync}, err
	}
	op := t.operation(domain.Void, o, p.Opening)
	op.Key, op.Amount = p.VoidKey(), p.Sums.Voidable()
	return firing{entries: entries, send: op, sync: true}, nil
}

func (t *Till) memberAnswered(tx domain.Tx, in Intent, o *domain.Order, timer domain.Timer) (firing, error) {
	entries, err := t.fired(in, o, timer)
	if err != nil {
		return firing{}, err
	}
	more, send, err := t.goOnGroup(tx, in, o.Payment(domain.PaymentID(timer.Subject)))
	return firing{entries: append(entries, more...), send: send}, err
}

// takeIt captures a payment of a group that stands, as it would have been captured alone.
func (t *Till) takeIt(_ domain.Tx, in Intent, o *domain.Order, timer domain.Timer) (firing, error) {
	p := o.Payment(domain.PaymentID(timer.Subject))
	entries, err := t.fired(in, o, timer)
	op := t.operation(domain.Capture, o, p.Opening)
	op.Key, op.Amount, op.Final = p.TakeKey(), p.Sums.Capturable(), true
	return firing{entries: entries, send: op}, err
}

// askNow asks the provider about what is unknown or undecided. What has had no answer by its deadline is unknown
// from now on.
func (t *Till) askNow(_ domain.Tx, in Intent, o *domain.Order, timer domain.Timer) (firing, error) {
	p, op := o.ByOperation(domain.OperationID(timer.Subject))
	if op == nil || !op.Requested() {
		entries, err := t.fired(in, o, timer)
		return firing{entries: entries, sync: true}, err
	}
	e, err := in.entry(domain.KindOperationAnswered, o.ID, string(p.ID), "", domain.Answer{
		Operation: op.ID, Outcome: domain.Outcome{Status: domain.Unknown, Summary: "no answer came"},
	})
	return firing{entries: []domain.Entry{e}, sync: true}, err
}

// followSteps is more than any intent leads to.
const followSteps = 100

// follow does what an intent leads to by itself, as soon as it can: 3DS where the bank wants it, the next payment of a
// group, a void of what nobody has a use for. A till that stops in between does it when it next tends.
func (t *Till) follow(ctx context.Context, in Intent, result Result, failed error) (Result, error) {
	if result.Order == nil || result.Payment == nil {
		return result, failed
	}
	followed, err := t.followOrder(ctx, result.Order)
	if err != nil || !followed {
		return result, failed
	}
	o, err := t.Store.Order(ctx, result.Order.ID)
	if err != nil {
		return result, err
	}
	p := o.Payment(result.Payment.ID)
	after := Result{Order: o, Payment: p, Operation: result.Operation}
	if result.Refund != nil {
		after.Refund = p.Refund(result.Refund.ID)
	}
	if result.Dispute != nil {
		after.Dispute = p.Dispute(result.Dispute.ID)
	}
	if result.Operation == nil || !result.Operation.Charges() {
		return after, failed
	}
	after.Operation = p.Charge()
	return after, p.Err(after.Operation)
}

// followOrder does what stands to be done now about an order and, where it is paid with others, about those.
func (t *Till) followOrder(ctx context.Context, o *domain.Order) (did bool, err error) {
	if o.Next() == nil { // as most often: nothing is read for it
		return false, nil
	}
	queue := []domain.OrderID{o.ID}
	for range followSteps {
		if len(queue) == 0 {
			return did, nil
		}
		if o, err = t.Store.Order(ctx, queue[0]); err != nil {
			return did, err
		}
		timer := o.Next()
		if timer == nil {
			queue = queue[1:]
			continue
		}
		did = true
		result, err := t.fire(ctx, *timer)
		if err := known(err); err != nil {
			return did, err
		}
		if result.Payment != nil && result.Payment.Group != "" {
			others, err := t.others(ctx, result.Payment.Group)
			if err != nil {
				return did, err
			}
			queue = append(queue, others...)
		}
	}
	return did, nil
}

func (t *Till) others(ctx context.Context, group domain.GroupID) (orders []domain.OrderID, err error) {
	_, err = t.update(ctx, func(tx domain.Tx) ([]domain.Entry, error) {
		orders, err = tx.Group(group)
		return nil, err
	})
	return orders, err
}
