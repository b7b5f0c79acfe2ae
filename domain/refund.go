package domain

import (
	"cmp"
	"slices"
	"time"
)

// refundTold says where a provider's word puts a refund. What till learns without one (not sent, no answer)
// is not among it.
var refundTold = map[Event]State{
	RefundAccepted:   RefundPending,
	RefundInReview:   RefundReview,
	RefundDone:       RefundSucceeded,
	RefundByProvider: RefundSucceeded,
	RefundCameBack:   RefundReversed,
	RefundRefused:    RefundFailed,
	RefundCancelOK:   RefundCanceled,
}

// refundSteps orders what a provider told at the very same instant: what can only follow comes later.
var refundSteps = []State{RefundPending, RefundReview, RefundSucceeded, RefundReversed, RefundFailed, RefundCanceled}

// book keeps what the provider told, once. It never touches what a clone of the refund keeps.
func (r *Refund) book(f Fact) {
	if refundTold[f.Event] == "" || slices.ContainsFunc(r.facts, f.same) {
		return
	}
	r.facts = append(slices.Clip(r.facts), f)
	slices.SortStableFunc(r.facts, func(a, b Fact) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(refundStep(a), refundStep(b)))
	})
}

func refundStep(f Fact) int { return slices.Index(refundSteps, refundTold[f.Event]) }

// newest is the fact that puts the refund where it is, whatever order they came in: the last by the provider's clock.
// Being on its way is no news once it has arrived. Its event is empty while the provider has told nothing.
func (r *Refund) newest() Fact {
	arrived := r.succeeded()
	for _, f := range slices.Backward(r.facts) {
		state := refundTold[f.Event]
		if !arrived || (state != RefundPending && state != RefundReview) {
			return f
		}
	}
	return Fact{}
}

// placed says where the provider's facts put the refund. Empty while the provider has told nothing.
func (r *Refund) placed() State { return refundTold[r.newest().Event] }

// says keeps the words of the fact that put the refund where it is: what was said on the way there is over.
func (r *Refund) says(last Fact) {
	if newest := r.newest(); refundTold[newest.Event] == r.State {
		last = newest
	}
	if last.Code != "" || refundTold[last.Event] == r.State {
		r.Code, r.Message = last.Code, last.Summary
	}
}

// since is when the refund came to where it stands: by its provider's clock, or by till's where nobody told.
func (r *Refund) since() time.Time {
	if newest := r.newest(); refundTold[newest.Event] == r.State {
		return newest.At
	}
	return r.changedAt
}

// succeeded tells whether a success is on record: the refund's amount counts as refunded.
func (r *Refund) succeeded() bool {
	return slices.ContainsFunc(r.facts, func(f Fact) bool { return refundTold[f.Event] == RefundSucceeded })
}

// returned tells whether the money came back after the success: the refund's amount counts as returned.
func (r *Refund) returned() bool { return r.succeeded() && r.placed() != RefundSucceeded }

// same tells whether another fact is this one told again. Without an action id only its very repetition is.
func (f Fact) same(other Fact) bool {
	if f.Event != other.Event || f.Action != other.Action {
		return false
	}
	told, before := f.claim(), other.claim()
	told.UsualBy, before.UsualBy = time.Time{}, time.Time{} // ours, not theirs
	return f.Action != "" || f.At.Equal(other.At) && f.Amount == other.Amount && told == before
}
