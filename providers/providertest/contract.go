// Package providertest is the contract that every provider passes.
package providertest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"till/domain"
)

// Bench is a provider with nothing on record, and what to ask it.
type Bench struct {
	Provider domain.Provider
	Approve  domain.Operation // an authorize that is approved, of at least 10 minor units
	Decline  domain.Operation // an authorize that is declined; none if the provider has nothing to decline

	// Confirm does what the approving sample waits for, where it is not approved at once: what the customer has to
	// do elsewhere, or what their bank takes its time for.
	Confirm func() error
}

// Run holds a provider to the contract of domain.Provider for the method that its bench pays with. What a method
// offers must work, what it does not must be refused, and what no caller can check for it, such as a refund of
// more than was captured, is asked only of a provider with books of its own (one that can sync).
func Run(t *testing.T, open func(t *testing.T) Bench) {
	t.Helper()
	for name, test := range map[string]func(*bench){
		"says what it is":                    (*bench).info,
		"approves":                           (*bench).approves,
		"moves money once for a key":         (*bench).sameKey,
		"says no in an outcome":              (*bench).declines,
		"captures no more than it holds":     (*bench).captures,
		"captures a part":                    (*bench).capturesPart,
		"captures once":                      (*bench).capturesOnce,
		"captures in several parts":          (*bench).capturesSeveral,
		"adds to a hold":                     (*bench).increments,
		"lets go of a hold":                  (*bench).voids,
		"undoes what it took":                (*bench).reverses,
		"gives back no more than it took":    (*bench).refunds,
		"only looks at a source":             (*bench).verifies,
		"goes on with a source it has":       (*bench).follows,
		"keeps sources and mandates":         (*bench).recurs,
		"tells in a sync what it told":       (*bench).syncs,
		"knows nothing of what it never saw": (*bench).unseen,
		"refuses what it does not offer":     (*bench).refuses,
		"keeps secrets off the wire":         (*bench).secrets,
	} {
		t.Run(name, func(t *testing.T) {
			b := &bench{T: t, Bench: open(t)}
			b.can = b.method().Can
			test(b)
		})
	}
}

type bench struct {
	*testing.T
	Bench
	can  domain.Capabilities
	keys int
}

func (b *bench) method() domain.Method {
	b.Helper()
	methods := b.Provider.Info().Methods
	i := slices.IndexFunc(methods, func(m domain.Method) bool { return m.Name == b.Approve.Method })
	if i < 0 {
		b.Fatalf("no method %q in %+v", b.Approve.Method, methods)
	}
	return methods[i]
}

// next gives an operation about the payment of the approving sample, under a key of its own.
func (b *bench) next(kind domain.OperationKind, amount domain.Amount) domain.Operation {
	b.keys++
	op := domain.Operation{
		ID: domain.OperationID(fmt.Sprintf("op_%d", b.keys)), Kind: kind, Key: fmt.Sprintf("contract-%d", b.keys),
		Order: b.Approve.Order, Payment: b.Approve.Payment, Method: b.Approve.Method, Variant: b.Approve.Variant,
		Source: b.Approve.Source, Amount: amount, Currency: b.Approve.Currency,
	}
	if kind == domain.RefundMoney {
		op.Refund = domain.RefundID(fmt.Sprintf("ref_%d", b.keys))
	}
	return op
}

func (b *bench) do(op domain.Operation) domain.Outcome {
	b.Helper()
	outcome, err := b.Provider.Do(b.Context(), op)
	if err != nil {
		b.Fatalf("%s: an error means that nobody knows: %v", op.Kind, err)
	}
	return outcome
}

// done asks for what must succeed.
func (b *bench) done(op domain.Operation) domain.Outcome {
	b.Helper()
	outcome := b.do(op)
	if outcome.Status != domain.Succeeded || len(outcome.Facts) == 0 {
		b.Fatalf("%s: %s %s %s, %d facts", op.Kind, outcome.Status, outcome.Code, outcome.Summary, len(outcome.Facts))
	}
	b.complete(op, outcome.Facts)
	return outcome
}

// complete looks at what every fact must carry.
func (b *bench) complete(op domain.Operation, facts []domain.Fact) {
	b.Helper()
	for _, f := range facts {
		if f.Action == "" || f.At.IsZero() || f.Currency != op.Currency || f.Key != op.Key || f.Refund != op.Refund {
			b.Errorf("%s: a fact lacks its action, time, currency, key or refund: %+v", op.Kind, f)
		}
	}
}

// approved pays as the approving sample does, and gives all that comes of it.
func (b *bench) approved(op domain.Operation) []domain.Fact {
	b.Helper()
	if b.Confirm == nil {
		return b.done(op).Facts
	}
	outcome := b.do(op)
	if outcome.Status != domain.Pending || moved(outcome.Facts) != (sums{}) {
		b.Fatalf("%s: %s, and moved %+v, before it was confirmed", op.Kind, outcome.Status, moved(outcome.Facts))
	}
	if err := b.Confirm(); err != nil {
		b.Fatal(err)
	}
	facts := b.do(b.next(domain.Sync, 0)).Facts
	b.complete(op, facts)
	return facts
}

// refused asks for what must not be done: not sent or declined, without money, with a sentence.
func (b *bench) refused(op domain.Operation) {
	b.Helper()
	outcome := b.do(op)
	if outcome.Status != domain.NotSent && outcome.Status != domain.Declined || outcome.Summary == "" {
		b.Errorf("%s of %d: %s %q, want a refusal with a sentence", op.Kind, op.Amount, outcome.Status, outcome.Summary)
	}
	if m := moved(outcome.Facts); m != (sums{}) {
		b.Errorf("%s of %d: refused, and moved %+v", op.Kind, op.Amount, m)
	}
}

// sums are what facts moved, each action once.
type sums struct{ authorized, captured, released, refunded, reversed domain.Amount }

func moved(facts []domain.Fact) sums {
	var m sums
	seen := map[string]bool{}
	for _, f := range facts {
		if seen[f.Action] {
			continue
		}
		seen[f.Action] = true
		switch f.Event {
		case domain.Approved, domain.Incremented:
			m.authorized += f.Amount
		case domain.Captured:
			m.captured += f.Amount
		case domain.RefundDone:
			m.refunded += f.Amount
		case domain.Reversed:
			m.reversed += f.Amount
		}
		m.released += f.Released
	}
	return m
}

func (b *bench) moved(facts []domain.Fact, want sums) {
	b.Helper()
	if got := moved(facts); got != want {
		b.Errorf("moved %+v, want %+v", got, want)
	}
}

// told gives action and amounts of facts, to compare what two answers told.
func told(facts []domain.Fact) []string {
	lines := make([]string, 0, len(facts))
	for _, f := range facts {
		lines = append(lines, fmt.Sprint(f.Action, f.Event, f.Key, f.Amount, f.Released, f.Currency, f.Refund, f.Code))
	}
	slices.Sort(lines)
	return lines
}

// withoutSecrets looks for a card's number and CVV in all that may be kept of an answer.
func (b *bench) withoutSecrets(card *domain.Card, outcome domain.Outcome) {
	b.Helper()
	if card == nil {
		return
	}
	text := fmt.Sprintf("%+v", outcome)
	number, cvv := card.Number.Reveal(), card.CVV.Reveal()
	for _, secret := range []string{number, number[:len(number)-4], `"` + cvv + `"`, ":" + cvv + ",", ":" + cvv + "}"} {
		if strings.Contains(text, secret) {
			b.Errorf("the answer shows %q", secret)
		}
	}
}
