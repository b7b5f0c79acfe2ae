package till

import (
	"context"
	"fmt"
	"slices"

	"till/domain"
)

// The road of every operation: decide and append; call; append what came of it.

// wish is an operation as somebody asked for it, before it is decided.
type wish struct {
	order  domain.OrderID
	issue  *issuing // instead of order: one that is issued in the same commit
	deed   domain.Deed
	what   string // command and subject, part of the fingerprint
	with   any    // its arguments, the rest of the fingerprint
	card   *domain.Card
	decide func(tx domain.Tx, o *domain.Order, in Intent) ([]domain.Entry, *domain.Operation, error)
}

// run takes a wish down the road. A repeat of the key is answered what the first was told; if the first has
// no answer yet, it is finished.
func (t *Till) run(ctx context.Context, in Intent, w wish) (Result, error) {
	in = t.complete(ctx, in)
	ask, err := fingerprint(in.Key, w.what, w.with)
	if err != nil {
		return Result{}, err
	}
	var o *domain.Order
	var op *domain.Operation
	again, immediate, issues := false, false, false
	written, err := t.update(ctx, func(tx domain.Tx) ([]domain.Entry, error) {
		used, err := repeated(tx, in.Key, ask)
		if again = used != nil; again {
			w.order = domain.OrderID(used.Stream)
		}
		if again || err != nil {
			return nil, err
		}
		var issued []domain.Entry
		if o, issued, err = t.wanted(tx, w); err != nil {
			return nil, err
		}
		issues = len(issued) > 0
		in, err := t.admit(tx, in, w.deed)
		if err != nil {
			return nil, err
		}
		if err := in.moved(o); err != nil {
			return nil, err
		}
		before, decided, err := w.decide(tx, o, in)
		if err != nil {
			return nil, err
		}
		op = decided
		if in, err = t.withinLimit(tx, in, w.deed, o, op); err != nil {
			return nil, err
		}
		if err := t.mayCharge(tx, op); err != nil {
			return nil, err
		}
		op.Key, op.Ask = in.Key, ask
		var entries []domain.Entry
		entries, immediate, err = t.request(ctx, tx, in, op)
		return slices.Concat(issued, before, entries), err
	})
	if err == nil && issues {
		o, err = w.issue.order(written)
	}
	switch {
	case err != nil:
		return Result{}, err
	case again:
		return t.repeat(ctx, in, w)
	case immediate:
		return resultOf(o, op)
	}
	op.Card = w.card
	return t.call(ctx, in, op)
}

// wanted is the order that a wish is about, and the entry that issues it where it is only now issued.
func (t *Till) wanted(tx domain.Tx, w wish) (*domain.Order, []domain.Entry, error) {
	id := w.order
	if w.issue != nil {
		first, entries, err := t.issue(tx, *w.issue)
		if err != nil {
			return nil, nil, err
		}
		if first == nil {
			o, err := w.issue.order(entries)
			return o, entries, err
		}
		id = domain.OrderID(first.Stream)
	}
	o, err := tx.Order(id)
	return o, nil, err
}

// request is the entry that asks; a method that answers at once is answered in the same commit. Cash names the shift
// that is open in that very commit, so that the shift's close comes either before it or after it.
func (t *Till) request(ctx context.Context, tx domain.Tx, in Intent, op *domain.Operation) ([]domain.Entry, bool, error) {
	subject := string(op.Payment)
	if op.Refund != "" {
		subject = string(op.Refund)
	}
	if op.Case != "" {
		subject = string(op.Case)
	}
	provider, method, err := t.route(op.Variant, op.Method)
	if err != nil {
		return nil, false, err
	}
	if method.Can.Immediate && op.Method == domain.Cash {
		if op.Shift, err = tx.OpenShift(); err != nil {
			return nil, false, err
		}
	}
	asked, err := in.entry(domain.KindOperationRequested, op.Order, subject, op.Key, op)
	if err != nil || !method.Can.Immediate {
		return []domain.Entry{asked}, false, err
	}
	outcome, err := provider.Do(ctx, *op)
	if err != nil {
		return nil, false, fmt.Errorf("%s: %w", op.Variant, err)
	}
	in.overrider = "" // somebody stood by for what was asked
	answered, err := in.entry(domain.KindOperationAnswered, op.Order, subject, "", domain.Answer{Operation: op.ID, Outcome: outcome})
	answered.Source = domain.ByReply
	return []domain.Entry{asked, answered}, true, err
}

// do has the provider do an operation. An error of the provider means that nobody knows.
func (t *Till) do(ctx context.Context, op *domain.Operation) (domain.Outcome, error) {
	provider, _, err := t.route(op.Variant, op.Method)
	if err != nil {
		return domain.Outcome{}, err
	}
	sent := *op
	if sent.Contents, err = t.contents(ctx, op); err != nil {
		status := domain.NotSent
		if op.Tries > 0 { // an earlier try may have arrived
			status = domain.Unknown
		}
		return domain.Outcome{Status: status, Summary: tidy(err.Error())}, nil
	}
	outcome, err := provider.Do(ctx, sent)
	if err != nil {
		outcome = domain.Outcome{Status: domain.Unknown, Summary: tidy(err.Error()), Wire: outcome.Wire}
	}
	return outcome, nil
}

// call asks the provider, with no transaction open, and books what came of it.
func (t *Till) call(ctx context.Context, in Intent, op *domain.Operation) (Result, error) {
	outcome, err := t.do(ctx, op)
	if err != nil {
		return Result{}, err
	}
	in.Source = domain.ByReply
	o, err := t.book(context.WithoutCancel(ctx), in, op, outcome)
	if err == nil && outcome.Status == domain.Pending && len(outcome.Facts) == 0 {
		o, err = t.atOnce(ctx, op)
	}
	if err != nil {
		return Result{}, err
	}
	return resultOf(o, op)
}

// atOnce asks what became of a call of which there was nothing to tell but that one under its key is running, or
// has run (Op4). Where that is not known yet either, the clock asks again.
func (t *Till) atOnce(ctx context.Context, op *domain.Operation) (*domain.Order, error) {
	r, err := t.sync(ctx, Intent{Actor: "clock"}, op.Payment, "")
	if r.Order == nil || err != nil && domain.CodeOf(err) != domain.CodeUnknownOutcome {
		return nil, err
	}
	return r.Order, nil
}

// book appends an outcome, unless somebody else has told it meanwhile, and gives the order as it is then.
func (t *Till) book(ctx context.Context, in Intent, op *domain.Operation, outcome domain.Outcome) (*domain.Order, error) {
	answer := domain.Answer{Operation: op.ID, Outcome: believed(op, outcome)}
	answer.Mismatch = answer.Status != outcome.Status
	told := answer.Facts
	var o *domain.Order
	_, err := t.update(ctx, func(tx domain.Tx) ([]domain.Entry, error) {
		var err error
		if o, err = tx.Order(op.Order); err != nil {
			return nil, err
		}
		p := o.Payment(op.Payment)
		if answer.Facts = told; len(told) == 0 {
			answer.Facts = p.Meant(op, answer.Status, t.Env.Now())
		}
		answer.Facts = p.WithDeadlines(answer.Facts, t.Env.Now())
		e, tells, err := in.answered(p, op, answer)
		if !tells || err != nil {
			return nil, err
		}
		more, err := t.saved(tx, in, o, p, answer.Facts)
		if err != nil {
			return nil, err
		}
		stops, err := in.stops(tx, op, answer.Code)
		return append(append([]domain.Entry{lying(e, outcome.Wire, op)}, more...), stops...), err
	})
	return o, err
}

// answered is the entry for an answer, and whether it tells anything. Where somebody else has told the
// operation's end meanwhile, only what that did not say is news: a success of what was given up as never seen
// is money that has moved (Op10).
func (in Intent) answered(p *domain.Payment, op *domain.Operation, answer domain.Answer) (e domain.Entry, tells bool, err error) {
	switch now := p.Operation(op.ID); {
	case now.Heard(answer.Status):
		return e, false, nil
	case now.InFlight():
		e, err = in.entry(domain.KindOperationAnswered, op.Order, string(op.Payment), "", answer)
		return e, true, err
	}
	report := domain.Report{Payment: p.ID, Facts: slices.DeleteFunc(slices.Clone(answer.Facts), p.Knows)}
	e, err = in.entry(domain.KindFactsReported, op.Order, string(op.Payment), "", report)
	return e, len(report.Facts) > 0, err
}

// believed takes the facts out of an answer that speaks of another amount or currency than was asked for:
// its outcome is unknown until it is confirmed (I16).
func believed(op *domain.Operation, outcome domain.Outcome) domain.Outcome {
	if outcome.Status != domain.Succeeded || op.Believes(outcome.Facts) {
		outcome.Facts = sensible(outcome.Facts)
		return outcome
	}
	outcome.Status, outcome.Facts = domain.Unknown, nil
	outcome.Summary = "the answer speaks of another amount than was asked for"
	return outcome
}

// sensible are the facts that can be booked, whatever tells of them.
func sensible(facts []domain.Fact) []domain.Fact {
	return slices.DeleteFunc(slices.Clone(facts), domain.Fact.IsNonsense)
}

// repeat answers a key that was used before.
func (t *Till) repeat(ctx context.Context, in Intent, w wish) (Result, error) {
	o, err := t.Store.Order(ctx, w.order)
	if err != nil {
		return Result{}, err
	}
	p, op := o.Chain(in.Key)
	if op == nil {
		return Result{Order: o}, nil
	}
	if !op.InFlight() {
		then, err := t.told(ctx, o.ID, op.EndedBy)
		if err != nil {
			return Result{}, err
		}
		return resultOf(then, op)
	}
	if _, err := t.sync(ctx, Intent{Actor: in.Actor}, p.ID, op.ID); err != nil && domain.CodeOf(err) != domain.CodeUnknownOutcome {
		return Result{}, err
	}
	return t.resend(ctx, in, w, p.ID, op.ID)
}

// resend sends an operation again under its own key, where the provider has not seen it and would know it
// again if it had (P43); otherwise it stays as it is.
func (t *Till) resend(ctx context.Context, in Intent, w wish, payment domain.PaymentID, id domain.OperationID) (Result, error) {
	var o *domain.Order
	var op *domain.Operation
	_, err := t.update(ctx, func(tx domain.Tx) ([]domain.Entry, error) {
		var err error
		if o, err = tx.Order(w.order); err != nil {
			return nil, err
		}
		p := o.Payment(payment)
		found := *p.Operation(id)
		if !found.InFlight() || !domain.MayResend(t.facts(o, p, in), &found) || found.NeedsCard() && w.card == nil {
			return nil, nil
		}
		found.Deadline = t.deadline(found.Variant)
		op = &found
		e, err := in.entry(domain.KindOperationRequested, w.order, string(payment), "", found)
		return []domain.Entry{e}, err
	})
	if err != nil {
		return Result{}, err
	}
	if op == nil {
		return resultOf(o, o.Payment(payment).Operation(id))
	}
	op.Card = w.card
	return t.call(ctx, in, op)
}

// resultOf is an order with what an operation came to, and the error that its end stands for.
func resultOf(o *domain.Order, op *domain.Operation) (Result, error) {
	p := o.Payment(op.Payment)
	r := Result{Order: o, Payment: p, Operation: p.Operation(op.ID), Refund: p.Refund(op.Refund), Dispute: p.Dispute(op.Case)}
	return r, p.Err(r.Operation)
}
