package till_test

import (
	"context"
	"testing"

	"till/domain"
	"till/domain/till"
)

// babbling is a provider that does what it is asked, and adds to what it tells of one kind of call.
type babbling struct {
	domain.Provider
	of  domain.OperationKind
	add func(*domain.Outcome)
}

func (p babbling) Do(ctx context.Context, op domain.Operation) (domain.Outcome, error) {
	outcome, err := p.Provider.Do(ctx, op)
	if op.Kind == p.of {
		p.add(&outcome)
	}
	return outcome, err
}

// An amount that nothing can have is booked on no road: an answer that is about it is not believed, and what else an answer
// says of such amounts is not heard.
func TestAnAnswerThatIsNonsenseIsNotBooked(t *testing.T) {
	for name, c := range map[string]struct {
		kind domain.OperationKind
		add  func(*domain.Outcome)
		want domain.Code
	}{
		"approved for less than nothing": {domain.Authorize, func(o *domain.Outcome) {
			for i := range o.Facts {
				o.Facts[i].Amount = -5
			}
		}, domain.CodeUnknownOutcome},
		"captured, and more than everything let go": {domain.Capture, func(o *domain.Outcome) {
			o.Facts[0].Released = domain.MaxAmount + 1
		}, domain.CodeUnknownOutcome},
		"captured, and something else given back": {domain.Capture, func(o *domain.Outcome) {
			o.Facts = append(o.Facts, domain.Fact{Event: domain.RefundByProvider, Action: "act_x", Refund: "ref_x", Amount: -5, Currency: "EUR"})
		}, ""},
		"refused, and approved": {domain.Capture, func(o *domain.Outcome) {
			*o = domain.Outcome{Status: domain.Declined, Facts: []domain.Fact{{Event: domain.Approved, Action: "act_x", Amount: -5}}}
		}, domain.CodeFailed},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, func(p domain.Provider) domain.Provider { return babbling{p, c.kind, c.add} })
			r, err := b.Pay(b.ctx, till.Intent{}, till.Payable{
				Order: b.issue(2000).ID, Method: "card", Card: b.card(goodCard), Capture: domain.CaptureManual,
			})
			if c.kind == domain.Capture {
				b.must(err)
				r, err = b.Capture(b.ctx, till.Intent{}, till.Capturing{Payment: r.Payment.ID})
			}
			b.code(err, c.want)
			for _, breach := range r.Order.Breaches() {
				t.Errorf("broken: %s, by %+v", breach.Rule, r.Payment.Sums)
			}
			r, err = b.Sync(b.ctx, till.Intent{}, r.Payment.ID)
			b.must(err)
			if books := b.books(r.Payment); books.Authorized != r.Payment.Sums.Authorized || books.Captured != r.Payment.Sums.Captured {
				t.Errorf("till has %+v, the gateway %+v", r.Payment.Sums, books)
			}
		})
	}
}
