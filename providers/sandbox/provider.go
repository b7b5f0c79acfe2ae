package sandbox

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"till/domain"
)

// Info tells that this is no real money, and the ways to pay.
func (s *Sandbox) Info() domain.ProviderInfo {
	offered := slices.Clone(methods)
	for i := range offered {
		offered[i].Can.KeepsKeys = s.keepsKeys()
	}
	return domain.ProviderInfo{Name: "sandbox", Methods: offered}
}

// Do asks the gateway. What it cannot do is not sent; an error means that the answer was lost, or that its file
// could not be written.
func (s *Sandbox) Do(ctx context.Context, op domain.Operation) (domain.Outcome, error) {
	switch {
	case op.Kind == domain.Sync:
		return s.sync(ctx, op)
	case op.Kind == domain.VerifyRedirect:
		return s.verify(ctx, op)
	case refusedAs[string(op.Kind)] != "":
		return s.call(ctx, op)
	}
	return outcomeOf(says(unsupported)), nil
}

// call sends a request; where no answer comes, only what was sent is on the wire.
func (s *Sandbox) call(ctx context.Context, op domain.Operation) (domain.Outcome, error) {
	out, err := s.perform(ctx, requestOf(op))
	wire := s.wireOf(op, out)
	if err != nil {
		return domain.Outcome{Wire: wire}, err
	}
	outcome := outcomeOf(out)
	outcome.Wire = wire
	return outcome, nil
}

// sync tells everything that is on record for the payment, the mandate or the payout.
func (s *Sandbox) sync(ctx context.Context, op domain.Operation) (domain.Outcome, error) {
	outcome, err := s.call(ctx, op)
	switch {
	case err != nil:
		return outcome, err
	case outcome.Code == noSuchPayment:
		outcome.Status = domain.NotFound
	case outcome.Status == domain.Succeeded:
		outcome = recorded(outcome.Facts, outcome.Wire)
	}
	return outcome, nil
}

func recorded(facts []domain.Fact, wire domain.Wire) domain.Outcome {
	outcome := domain.Outcome{Status: domain.Succeeded, Summary: fmt.Sprintf("%d on record", len(facts)), Facts: facts, Wire: wire}
	if len(facts) > 0 {
		outcome.ProviderID = facts[0].Provider
	}
	return outcome
}

// verify confirms the customer's return, and tells as a sync does what they did.
func (s *Sandbox) verify(ctx context.Context, op domain.Operation) (domain.Outcome, error) {
	outcome, err := s.call(ctx, op)
	if err != nil || outcome.Status != domain.Succeeded {
		return outcome, err
	}
	var a account
	err = s.visit(ctx, func(tx *sql.Tx, _ time.Time) error {
		a, err = readAccount(ctx, tx, reference(op))
		return err
	})
	if err != nil {
		return domain.Outcome{Wire: sentWire(op)}, err
	}
	told := answeredBody{ID: a.id, Actions: actionsOf(a.facts)}
	return recorded(factsOf(a.facts), s.answered(sentWire(op), op.Key, statusOK, told)), nil
}

// reference is the name under which the gateway has what an operation is about.
func reference(op domain.Operation) string {
	if op.Kind == domain.SetupRecurring || op.Kind == domain.Revoke {
		return cmp.Or(string(op.Mandate), string(op.Payment), op.Source.ID)
	}
	return cmp.Or(string(op.Payment), string(op.Mandate), string(op.Payout))
}

func requestOf(op domain.Operation) request {
	r := request{
		kind: string(op.Kind), key: op.Key, payment: reference(op), refund: string(op.Refund),
		currency: string(op.Currency), amount: int64(op.Amount),
		terms: terms{
			Method: op.Method, Capture: string(op.Capture), Final: op.Final, ThreeDS: op.ThreeDS, WithoutIt: op.WithoutIt,
			Mandate: string(op.Mandate), Session: op.Session, Payee: payeeOf(op),
			Case: op.Case, Stage: op.Stage, Evidence: textOf(op.Contents),
		},
		means: means{card: op.Card, source: op.Source, customer: op.Customer, follows: op.Follows},
	}
	if op.Kind == domain.SetupRecurring || op.Kind == domain.ChargeRecurring {
		r.Method = cmp.Or(r.Method, card)
	}
	for _, paper := range op.Papers {
		r.Papers = append(r.Papers, paper.SHA256)
	}
	r.Stored = op.Kind == domain.ChargeRecurring || op.Card == nil && !op.Follows && !isToken(op.Source.ID)
	return r
}

// statuses are the ends of a call in till's words.
var statuses = map[end]domain.Status{
	taken: domain.Succeeded, begun: domain.Pending, refused: domain.Declined, notTaken: domain.NotSent, running: domain.Pending,
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
	created: domain.OrderCreated, actionNeeded: domain.ActionRequired, pending: domain.Accepted,
	authenticated: domain.Authenticated, authFailed: domain.AuthenticationFailed, noThreeDS: domain.NoThreeDS,
	abandoned: domain.Abandoned, givenUp: domain.GivenUp, returned: domain.RedirectVerified,

	approved: domain.Approved, captured: domain.Captured, verified: domain.Verified, declined: domain.DeclinedIt,
	incremented: domain.Incremented, voided: domain.Voided, lapsed: domain.AuthExpired, reversed: domain.Reversed,

	refundPending: domain.RefundAccepted, refundReview: domain.RefundInReview, refunded: domain.RefundDone,
	refundFailed: domain.RefundRefused, refundReversed: domain.RefundCameBack, refundCanceled: domain.RefundCancelOK,
	givenBack: domain.RefundByProvider,

	sourceKept: domain.SourceKept, sourceRemoved: domain.MandateRevoked, mandateRevoked: domain.MandateRevoked,

	payoutCreated: domain.PayoutTaken, payoutLacksData: domain.PayoutLacksData, payoutSent: domain.PayoutSent,
	payoutPaid: domain.PayoutDone, payoutFailed: domain.PayoutRefused, payoutCanceled: domain.PayoutStopped,
	payoutExpired: domain.PayoutLapsed, payoutReturned: domain.PayoutCameBack, payoutRefused: domain.OperationFailed,

	operationOpen: domain.OperationOpen, incrementRefused: domain.OperationFailed, captureRefused: domain.OperationFailed,
	voidRefused: domain.OperationFailed, reverseRefused: domain.ReverseFailed, refundRefused: domain.RefundRefused,
	cancelRefundRefused: domain.OperationFailed, returnRefused: domain.OperationFailed, orderRefused: domain.OperationFailed,
	setupRefused: domain.OperationFailed, revokeRefused: domain.OperationFailed, disputeRefused: domain.OperationFailed,
}

// word is what the fact is called in till's words. A dispute's are its own.
func (f fact) word() domain.Event {
	if f.Dispute != nil {
		return domain.Event(f.event)
	}
	return events[f.event]
}

func factsOf(facts []fact) []domain.Fact {
	told := make([]domain.Fact, 0, len(facts))
	for _, f := range facts {
		means := codes[f.code] // no code: nothing was refused
		told = append(told, domain.Fact{
			Event: f.word(), Action: f.action, Key: f.key, At: f.at,
			Amount: domain.Amount(f.amount), Released: domain.Amount(f.released), Currency: domain.Currency(f.currency),
			Refund: domain.RefundID(f.refund), Code: f.code, Summary: means.sentence, Class: means.class,
			Final: f.Final, Session: f.Session, ThreeDS: f.ThreeDS, Source: f.Source, Fraud: f.Fraud,
			Case: f.Case, Dispute: f.Dispute, Provider: f.account,
		})
	}
	return told
}
