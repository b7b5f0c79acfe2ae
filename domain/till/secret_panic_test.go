package till_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"till/domain"
	"till/domain/till"
)

// panics are the ways in which a provider may break down while it has a card in hand.
var panics = map[string]func(op domain.Operation){
	"operation":   func(op domain.Operation) { panic(op) },
	"its pointer": func(op domain.Operation) { panic(&op) },
	"card":        func(op domain.Operation) { panic(*op.Card) },
	"number":      func(op domain.Operation) { panic(op.Card.Number) },
	"text":        func(op domain.Operation) { panic(fmt.Sprintf("%+v of %v with %#v", op, op.Card, *op.Card)) },
	"error":       func(op domain.Operation) { panic(fmt.Errorf("with %+v: %w", op.Card, errors.ErrUnsupported)) },
	"error of ours": func(op domain.Operation) {
		panic(domain.Errorf(domain.CodeInternal, "with %v", op).Because(fmt.Errorf("%v", op.Card)))
	},
	"nil":            func(op domain.Operation) { op.Recipient.Name = op.Card.Name },
	"panic in panic": func(op domain.Operation) { defer func() { panic(fmt.Sprint(recover(), op.Card)) }(); panic(op.Card) },
}

// breaking is a provider that panics in a goroutine of its own, where nobody can recover.
type breaking struct {
	domain.Provider
	how func(domain.Operation)
}

func (p breaking) Do(ctx context.Context, op domain.Operation) (domain.Outcome, error) {
	if op.Card == nil {
		return p.Provider.Do(ctx, op)
	}
	go p.how(op)
	select {}
}

const panicEnv = "TILL_TEST_PANICS"

// A program that breaks down while it has a card in hand prints neither its number nor its CVV, whatever it breaks down with
// and however much of the goroutines it tells.
func TestAPanicShowsNoCard(t *testing.T) {
	const number, cvv = "371449635398431", "9173"
	if how := os.Getenv(panicEnv); how != "" {
		b := newBench(t, func(p domain.Provider) domain.Provider { return breaking{p, panics[how]} })
		card, err := domain.ParseCard(number, "12/34", cvv, "", b.clock.now)
		b.must(err)
		_, err = b.Pay(b.ctx, till.Intent{}, till.Payable{Order: b.issue(2000).ID, Method: "card", Card: &card})
		b.must(err)
		return
	}
	// An address may have the digits in it, but not by themselves.
	shown := regexp.MustCompile(number[:11] + `|` + fmt.Sprintf("%x", number[:8]) + `|(?:^|[^0-9a-fx])` + cvv + `(?:[^0-9a-f]|$)|39313733|57 49 55 51`)
	for how := range panics {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestAPanicShowsNoCard$")
			child.Env = append(os.Environ(), panicEnv+"="+how, "GOTRACEBACK=all", "GOCOVERDIR="+t.TempDir())
			out, err := child.CombinedOutput()
			if err == nil || !strings.Contains(string(out), "panic: ") || !strings.Contains(string(out), "goroutine ") {
				t.Fatalf("it did not panic: %v, %s", err, out)
			}
			if at := shown.FindIndex(out); at != nil {
				t.Errorf("it says %q", out[max(0, at[0]-80):min(len(out), at[1]+20)])
			}
		})
	}
	t.Logf("proof: %d ways to break down with a card in hand, none prints it", len(panics))
}
