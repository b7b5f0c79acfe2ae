package till

import (
	"cmp"
	"context"

	"till/domain"
)

// The road of what is asked of a provider about something that is no order: a kept source, a mandate, a payout. It is
// that of a payment (road.go), in a stream of its own.

// errand is such a call as somebody asked for it, before it is decided.
type errand struct {
	deed   domain.Deed
	what   string // command and subject, part of the fingerprint
	with   any    // its arguments, the rest of the fingerprint
	card   *domain.Card
	to     *domain.Recipient // of a payout
	decide func(tx domain.Tx, in Intent) ([]domain.Entry, *domain.Operation, error)
}

// runErrand takes an errand down the road. It gives the stream of what it is about, and the entry up to which that is
// to be told (0: all of it): a repeat of the key is answered what the first was told; if the first has no answer yet,
// it is finished.
func (t *Till) runErrand(ctx context.Context, in Intent, e errand) (stream string, upTo domain.Seq, err error) {
	ask, err := fingerprint(in.Key, e.what, e.with)
	if err != nil {
		return "", 0, err
	}
	var op *domain.Operation
	var before *domain.Entry
	_, err = t.update(ctx, func(tx domain.Tx) ([]domain.Entry, error) {
		var err error
		if before, err = repeated(tx, in.Key, ask); err != nil {
			return nil, err
		}
		if before != nil {
			return nil, sameAccount(tx, *before, e.to)
		}
		in, err := t.admit(tx, in, e.deed)
		if err != nil {
			return nil, err
		}
		var entries []domain.Entry
		if entries, op, err = e.decide(tx, in); err != nil {
			return nil, err
		}
		op.Key, op.Ask = in.Key, ask
		salt := t.seal(op, e.to)
		asked, err := in.told(domain.KindOperationRequested, streamOf(op), op.Key, op)
		asked.Brings.Person = salt
		return append(entries, asked), err
	})
	switch {
	case err != nil:
		return "", 0, err
	case before != nil:
		upTo, err = t.repeatErrand(ctx, in, e, before.Stream)
		return before.Stream, upTo, err
	}
	op.Card, op.Recipient = e.card, e.to
	return streamOf(op), 0, t.carry(ctx, in, op)
}

// seal marks a call with the account that it is about, and gives the cabinet's row with the salt of that; nil where
// there is none.
func (t *Till) seal(op *domain.Operation, to *domain.Recipient) *domain.Kept {
	if to == nil || !to.IBAN.Given() {
		return nil
	}
	salt := &domain.Kept{ID: t.Env.NewID("per_"), Salt: t.Env.NewID("salt_")}
	op.Account = new(to.IBAN.Seal(*salt))
	return salt
}

// sameAccount refuses a repeat that is about another account than the first, of which the fingerprint has the end alone.
// Once the first is forgotten nobody can tell.
func sameAccount(tx domain.Tx, first domain.Entry, to *domain.Recipient) error {
	if to == nil || !to.IBAN.Given() {
		return nil
	}
	op, err := domain.Decode[domain.Operation](first)
	if err != nil || op.Account == nil {
		return err
	}
	salt, err := tx.Salt(op.Account.ID)
	if err != nil || salt == "" || to.IBAN.Seal(domain.Kept{ID: op.Account.ID, Salt: salt}) == *op.Account {
		return err
	}
	return usedOtherwise(first.Key)
}

// repeatErrand answers a key that was used before: what has no end yet is asked about, and then sent again where its
// provider has not seen it and would know it again if it had (P43).
func (t *Till) repeatErrand(ctx context.Context, in Intent, e errand, stream string) (upTo domain.Seq, err error) {
	op, err := t.callNow(ctx, stream, in.Key)
	if err != nil {
		return 0, err
	}
	if !op.InFlight() {
		return op.EndedBy, nil
	}
	if err := t.inquire(ctx, in, op, false); err != nil && domain.CodeOf(err) != domain.CodeUnknownOutcome {
		return 0, err
	}
	again, err := t.askedAgain(ctx, in, e, stream)
	if err != nil || again == nil {
		return 0, err
	}
	again.Card, again.Recipient = e.card, e.to
	return 0, t.carry(ctx, in, again)
}

// streamOf is the life that a call without a payment is part of.
func streamOf(op *domain.Operation) string {
	return cmp.Or(string(op.Payout), string(op.Mandate), op.Source.ID)
}

// callsIn gives the operations of a stream without an order.
func callsIn(tx domain.Tx, stream string) ([]*domain.Operation, error) {
	switch {
	case isPayout(stream):
		p, err := tx.Payout(domain.PayoutID(stream))
		if err != nil {
			return nil, err
		}
		return p.Operations, nil
	case isMandate(stream):
		m, err := tx.Mandate(domain.MandateID(stream))
		if err != nil {
			return nil, err
		}
		return m.Operations, nil
	}
	k, err := tx.Source(stream)
	if err != nil {
		return nil, err
	}
	return k.Operations, nil
}

// callOf finds an operation by its key.
func callOf(calls []*domain.Operation, key string) (*domain.Operation, error) {
	for _, op := range calls {
		if op.Key == key {
			return op, nil
		}
	}
	return nil, domain.Errorf(domain.CodeInternal, "no call has the key %s", key)
}

// callNow reads an operation of a stream as it stands.
func (t *Till) callNow(ctx context.Context, stream, key string) (op *domain.Operation, err error) {
	_, err = t.update(ctx, func(tx domain.Tx) ([]domain.Entry, error) {
		calls, err := callsIn(tx, stream)
		if err != nil {
			return nil, err
		}
		op, err = callOf(calls, key)
		return nil, err
	})
	return op, err
}

// askedAgain is the operation that a repeat sends once more; nil where it must not, or has ended.
func (t *Till) askedAgain(ctx context.Context, in Intent, e errand, stream string) (op *domain.Operation, err error) {
	_, err = t.update(ctx, func(tx domain.Tx) ([]domain.Entry, error) {
		calls, err := callsIn(tx, stream)
		if err != nil {
			return nil, err
		}
		found, err := callOf(calls, in.Key)
		if err != nil || !found.InFlight() {
			return nil, err
		}
		_, method, err := t.route(found.Variant, found.Method)
		if err != nil {
			return nil, err
		}
		lacks := found.NeedsCard() && e.card == nil // an account comes with every repeat: it is part of the fingerprint
		if lacks || !domain.MayResend(&domain.Facts{Can: method.Can, Now: t.Env.Now()}, found) {
			return nil, nil
		}
		op = new(*found)
		op.Deadline = t.deadline(op.Variant)
		again, err := in.told(domain.KindOperationRequested, stream, "", op)
		return []domain.Entry{again}, err
	})
	return op, err
}

// carry asks the provider, with no transaction open, and books what came of it.
func (t *Till) carry(ctx context.Context, in Intent, op *domain.Operation) error {
	outcome, err := t.do(ctx, op)
	if err != nil {
		return err
	}
	in.Source = domain.ByReply
	return t.bookCall(ctx, in, op, believed(op, outcome))
}

// inquire asks what became of a mandate's or a payout's call, and books that. While it stays open it is
// CodeUnknownOutcome. A provider has no record of a source that could be asked for.
func (t *Till) inquire(ctx context.Context, in Intent, op *domain.Operation, giveUp bool) error {
	_, method, err := t.route(op.Variant, op.Method)
	if err != nil || isSource(streamOf(op)) || !method.Can.Sync {
		return err
	}
	sync, about := *op, "mandate"
	if op.Payout != "" {
		about = "payout"
	}
	sync.ID, sync.Deadline = domain.OperationID(t.Env.NewID("op_")), t.deadline(op.Variant)
	outcome, err := t.ask(ctx, sync, "till "+about+" sync "+streamOf(op))
	if err != nil {
		return err
	}
	in.Source = domain.BySync
	if op.Payout != "" {
		return t.learnPayout(ctx, in, op, outcome, giveUp)
	}
	if told, ended := op.Told(outcome); ended {
		return t.bookCall(ctx, in, op, told)
	}
	for _, said := range t.unended(op, outcome, giveUp) {
		if err := t.bookCall(ctx, in, op, said); err != nil {
			return err
		}
	}
	return nil
}

// unended is what a record says of a call that it does not end. One that is about to be sent again is not given up.
func (t *Till) unended(op *domain.Operation, outcome domain.Outcome, giveUp bool) []domain.Outcome {
	if _, ends := op.Told(outcome); ends {
		return nil
	}
	if op.Seen(outcome) {
		if op.IsPending() {
			return nil
		}
		return []domain.Outcome{{Status: domain.Pending, Summary: "the provider has not decided it"}}
	}
	var said []domain.Outcome
	for _, status := range op.Unseen(t.Env.Now()) {
		if status != domain.NotFound || giveUp {
			said = append(said, domain.Outcome{Status: status, Summary: "the provider has not seen it"})
		}
	}
	return said
}

// takeErrand books how a call ended of which a notice tells; it tells whether anybody knows what it is about.
func (t *Till) takeErrand(ctx context.Context, in Intent, stream string, n domain.Notice) (known bool, err error) {
	var calls []*domain.Operation
	_, err = t.update(ctx, func(tx domain.Tx) ([]domain.Entry, error) {
		calls, err = callsIn(tx, stream)
		return nil, err
	})
	if domain.CodeOf(err) == domain.CodeNotFound {
		return false, nil
	}
	for _, op := range calls {
		if told, ended := op.Told(domain.Outcome{Facts: n.Facts}); ended && err == nil {
			err = t.bookCall(ctx, in, op, told)
		}
	}
	return err == nil, err
}

// bookCall appends an outcome and what follows from it, unless that is told already.
func (t *Till) bookCall(ctx context.Context, in Intent, op *domain.Operation, outcome domain.Outcome) error {
	_, err := t.update(context.WithoutCancel(ctx), func(tx domain.Tx) ([]domain.Entry, error) {
		calls, err := callsIn(tx, streamOf(op))
		if err != nil {
			return nil, err
		}
		now, err := callOf(calls, op.Key)
		if err != nil || now.Heard(outcome.Status) || now.IsPending() && outcome.Status == domain.Pending {
			return nil, err
		}
		if !now.InFlight() {
			return in.late(tx, op, outcome)
		}
		answered, err := in.told(domain.KindOperationAnswered, streamOf(op), "", domain.Answer{Operation: op.ID, Outcome: outcome})
		if err != nil {
			return nil, err
		}
		before, err := in.follows(tx, op, outcome) // a repeat is told all up to the answer
		return append(before, lying(answered, outcome.Wire, op)), err
	})
	return err
}

// follows is what the success of an errand leads to: a source that is kept, or not any more.
func (in Intent) follows(tx domain.Tx, op *domain.Operation, outcome domain.Outcome) ([]domain.Entry, error) {
	switch {
	case outcome.Status != domain.Succeeded, op.Payout != "":
		return nil, nil
	case op.Mandate == "":
		e, err := in.told(domain.KindSourceRemoved, op.Source.ID, "", domain.SourceRemoval{Operation: op.ID})
		return []domain.Entry{e}, err
	}
	for _, f := range outcome.Facts {
		if op.Kind == domain.SetupRecurring && f.Source != nil && isSource(f.Source.ID) {
			return in.keep(tx, op.Keep(*f.Source))
		}
	}
	return nil, nil
}

// ended is the error that the end of an errand stands for.
func ended(calls []*domain.Operation, key string) error {
	op, err := callOf(calls, key)
	if err != nil {
		return err
	}
	return op.Err()
}

// keeps finds the method of a variant that keeps sources and charges them again; variant "" is the first that has one.
func (t *Till) keeps(variant string) (string, domain.Method, error) {
	for _, v := range t.Variants {
		for _, m := range v.Provider.Info().Methods {
			if m.Can.Recurring && (variant == "" || v.Name == variant) {
				return v.Name, m, nil
			}
		}
	}
	return "", domain.Method{}, domain.Invalid("the command", map[string]string{"variant": "has no method that keeps sources"})
}
