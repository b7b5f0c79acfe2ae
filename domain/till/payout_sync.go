package till

import (
	"context"
	"slices"

	"till/domain"
)

// What a provider tells of a payout other than by its answers.

// SyncPayout asks the provider what it has on record for a payout, and books what is new. While the end of a call stays
// open it is CodeUnknownOutcome, with the payout beside it.
func (t *Till) SyncPayout(ctx context.Context, in Intent, id domain.PayoutID) (*domain.Payout, error) {
	in = t.complete(ctx, in)
	p, err := t.payoutAt(ctx, string(id), 0)
	if err != nil {
		return nil, err
	}
	if err := in.movedOn("payout", p.Version); err != nil {
		return nil, err
	}
	failed := t.inquire(ctx, in, t.payoutCall(domain.Sync, p.PayoutOpening, domain.Source{}), true)
	if p, err = t.payoutAt(ctx, string(id), 0); err != nil {
		return nil, err
	}
	if op := p.InFlight(); failed == nil && op != nil {
		failed = op.StillOpen(t.Env.Now())
	}
	return p, failed
}

// learnPayout books what a sync told: what is new, and of a call that is not on record that it was not seen. One that is
// about to be sent again is not given up.
func (t *Till) learnPayout(ctx context.Context, in Intent, asked *domain.Operation, outcome domain.Outcome, giveUp bool) error {
	_, err := t.update(context.WithoutCancel(ctx), func(tx domain.Tx) ([]domain.Entry, error) {
		p, err := tx.Payout(asked.Payout)
		if err != nil {
			return nil, err
		}
		entries, err := in.reportPayout(p, "", outcome)
		op := p.InFlight()
		if err != nil || op == nil {
			return entries, err
		}
		for _, said := range t.unended(op, outcome, giveUp) {
			e, err := in.told(domain.KindOperationAnswered, streamOf(op), "", domain.Answer{Operation: op.ID, Outcome: said})
			if err != nil {
				return nil, err
			}
			entries = append(entries, e)
		}
		return entries, nil
	})
	return err
}

// takePayout books what is new in a notice about a payout; it tells whether anybody knows that.
func (t *Till) takePayout(ctx context.Context, in Intent, id domain.PayoutID, n domain.Notice) (known bool, err error) {
	_, err = t.update(ctx, func(tx domain.Tx) ([]domain.Entry, error) {
		p, err := tx.Payout(id)
		known = err == nil
		if domain.CodeOf(err) == domain.CodeNotFound {
			return nil, nil
		}
		if err != nil || p.HasNotice(n.ID) {
			return nil, err
		}
		return in.reportPayout(p, n.ID, domain.Outcome{Facts: n.Facts})
	})
	return known, err
}

// late is what an answer still tells when its call has had an end meanwhile.
func (in Intent) late(tx domain.Tx, op *domain.Operation, outcome domain.Outcome) ([]domain.Entry, error) {
	if op.Payout == "" {
		return nil, nil
	}
	p, err := tx.Payout(op.Payout)
	if err != nil {
		return nil, err
	}
	return in.reportPayout(p, "", outcome)
}

// reportPayout is what somebody told of a payout, as an entry: what is new. What tells nothing new is no entry.
func (in Intent) reportPayout(p *domain.Payout, notice string, outcome domain.Outcome) ([]domain.Entry, error) {
	news := slices.DeleteFunc(sensible(outcome.Facts), func(f domain.Fact) bool { return !p.Tells(f) })
	if len(news) == 0 {
		return nil, nil
	}
	e, err := in.told(domain.KindFactsReported, string(p.ID), "", domain.Report{Notice: notice, Facts: news})
	return []domain.Entry{lying(e, outcome.Wire, p.ByKey(news[0].Key))}, err
}
