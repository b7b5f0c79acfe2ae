package sandbox

import (
	"context"
	"fmt"

	"till/domain"
)

// Info tells that this is no real money, and what cards can do here.
func (s *Sandbox) Info() domain.ProviderInfo {
	return domain.ProviderInfo{
		Name: "sandbox",
		Methods: []domain.Method{{
			Name: "card", Title: "card", Note: "test cards only; nothing leaves this machine",
			Can: domain.Capabilities{
				ManualCapture: true, PartialCapture: true, Void: true,
				Refund: true, PartialRefund: true, Sync: true, KeepsKeys: s.keepsKeys(),
			},
		}},
	}
}

// Do asks the gateway. What it cannot do is not sent; an error means that the answer was lost, or that its file
// could not be written.
func (s *Sandbox) Do(ctx context.Context, op domain.Operation) (domain.Outcome, error) {
	switch op.Kind {
	case domain.Authorize:
		return s.authorize(ctx, op)
	case domain.Capture, domain.Void, domain.RefundMoney:
		return s.call(ctx, op, requestOf(op))
	case domain.Sync:
		return s.sync(ctx, op)
	default:
		return outcomeOf(says(unsupported)), nil
	}
}

func (s *Sandbox) authorize(ctx context.Context, op domain.Operation) (domain.Outcome, error) {
	if op.Method != "card" || op.Capture == domain.CaptureMultiple {
		return outcomeOf(says(unsupported)), nil
	}
	r := requestOf(op)
	r.capture = op.Capture != domain.CaptureManual
	r.issuer = judge(op, s.env.Now())
	return s.call(ctx, op, r)
}

// call sends a request; where no answer comes, only what was sent is on the wire.
func (s *Sandbox) call(ctx context.Context, op domain.Operation, r request) (domain.Outcome, error) {
	out, err := s.perform(ctx, r)
	wire := s.wireOf(op, out)
	if err != nil {
		return domain.Outcome{Wire: wire}, err
	}
	outcome := outcomeOf(out)
	outcome.Wire = wire
	return outcome, nil
}

// sync tells everything that is on record for the payment.
func (s *Sandbox) sync(ctx context.Context, op domain.Operation) (domain.Outcome, error) {
	outcome, err := s.call(ctx, op, requestOf(op))
	switch {
	case err != nil:
		return outcome, err
	case outcome.Code == noSuchPayment:
		outcome.Status = domain.NotFound
	case outcome.Status == domain.Succeeded:
		outcome.Code, outcome.Summary = "", fmt.Sprintf("%d on record", len(outcome.Facts))
		if len(outcome.Facts) > 0 {
			outcome.ProviderID = outcome.Facts[0].Provider
		}
	}
	return outcome, nil
}

func requestOf(op domain.Operation) request {
	return request{
		kind: string(op.Kind), key: op.Key, payment: string(op.Payment), refund: string(op.Refund),
		currency: string(op.Currency), amount: int64(op.Amount),
	}
}

// statuses are the ends of a call in till's words.
var statuses = map[end]domain.Status{
	taken: domain.Succeeded, refused: domain.Declined, notTaken: domain.NotSent, undecided: domain.Pending,
}

func outcomeOf(out reply) domain.Outcome {
	means := codes[out.code]
	outcome := domain.Outcome{
		Status: statuses[means.end], Code: out.code, Summary: means.sentence, Class: means.class, Rule: out.rule,
		Facts: factsOf(out.facts),
	}
	if len(out.facts) > 0 {
		outcome.ProviderID = out.facts[0].action
	}
	return outcome
}

// events are the gateway's in till's words.
var events = map[string]domain.Event{
	approved: domain.Approved, captured: domain.Captured, verified: domain.Verified, declined: domain.DeclinedIt,
	voided: domain.Voided, refunded: domain.RefundDone,
	captureRefused: domain.OperationFailed, voidRefused: domain.OperationFailed, refundRefused: domain.RefundRefused,
}

func factsOf(facts []fact) []domain.Fact {
	told := make([]domain.Fact, 0, len(facts))
	for _, f := range facts {
		means := codes[f.code] // no code: nothing was refused
		told = append(told, domain.Fact{
			Event: events[f.event], Action: f.action, Key: f.key, At: f.at,
			Amount: domain.Amount(f.amount), Released: domain.Amount(f.released), Currency: domain.Currency(f.currency),
			Refund: domain.RefundID(f.refund), Code: f.code, Summary: means.sentence, Class: means.class,
			Final: f.Final, Session: f.Session, ThreeDS: f.ThreeDS, Source: f.Source, Fraud: f.Fraud,
			Provider: f.account,
		})
	}
	return told
}
