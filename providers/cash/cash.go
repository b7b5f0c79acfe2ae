// Package cash is the drawer: a provider that needs no line and remembers nothing, because what it is asked has
// been done by the hand that asked.
package cash

import (
	"context"
	"time"

	"till/domain"
)

// forever stands for a key that is never forgotten: what the drawer answers is made of the key itself.
const forever = 100 * 365 * 24 * time.Hour

type drawer struct{ env domain.Env }

// New gives the drawer. Its clock is env.Now.
func New(env domain.Env) domain.Provider { return drawer{env} }

// Info tells what can be done with money in a drawer: it is taken and given back, never held.
func (d drawer) Info() domain.ProviderInfo {
	return domain.ProviderInfo{
		Name: "cash",
		Methods: []domain.Method{{
			Name: "cash", Title: "cash", Note: "into the drawer and out of it",
			Can: domain.Capabilities{Refund: true, PartialRefund: true, Immediate: true, KeepsKeys: forever},
		}},
	}
}

// Do answers at once and never fails. How much may be refunded is the till's to know: the drawer has no books.
func (d drawer) Do(_ context.Context, op domain.Operation) (domain.Outcome, error) {
	switch op.Kind {
	case domain.Authorize:
		return valid(op, d.take), nil
	case domain.RefundMoney:
		return valid(op, d.give), nil
	default:
		return notSent("the drawer can't do that"), nil
	}
}

func valid(op domain.Operation, do func(domain.Operation) domain.Outcome) domain.Outcome {
	if op.Method != "cash" || op.Key == "" || op.Amount <= 0 {
		return notSent("an amount in cash and a key are needed")
	}
	return do(op)
}

// take approves and captures in one: there is no hold on a banknote.
func (d drawer) take(op domain.Operation) domain.Outcome {
	if op.Capture == domain.CaptureManual || op.Capture == domain.CaptureMultiple {
		return notSent("cash is taken at once, it cannot be held")
	}
	approved, captured := d.fact(op, domain.Approved), d.fact(op, domain.Captured)
	captured.Action += "_taken"
	captured.Final = true
	return done(op, "into the drawer", approved, captured)
}

func (d drawer) give(op domain.Operation) domain.Outcome {
	return done(op, "out of the drawer", d.fact(op, domain.RefundDone))
}

func (d drawer) fact(op domain.Operation, event domain.Event) domain.Fact {
	return domain.Fact{
		Event: event, Action: action(op), Key: op.Key, At: d.env.Now().UTC(),
		Amount: op.Amount, Currency: op.Currency, Refund: op.Refund,
	}
}

// action is made of the key, so that asking again tells the same facts.
func action(op domain.Operation) string { return "cash_" + op.Key }

func done(op domain.Operation, summary string, facts ...domain.Fact) domain.Outcome {
	return domain.Outcome{Status: domain.Succeeded, Summary: summary, ProviderID: action(op), Facts: facts}
}

func notSent(summary string) domain.Outcome {
	return domain.Outcome{Status: domain.NotSent, Summary: summary}
}
