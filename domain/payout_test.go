package domain

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestPayoutWalksEveryRow(t *testing.T) {
	walked := map[string]bool{}
	walk := func(id string, from State, on Event, to State) {
		t.Helper()
		walks(t, PayoutMachine, from, on, &Facts{Payout: &Payout{State: to}}, id, to)
		walked[fmt.Sprint(id, from, on, to)] = true
	}
	walk("Py1", "", PayoutAsked, PayoutCreated)
	walk("Py2", PayoutCreated, PayoutTaken, PayoutCreated)
	for _, from := range []State{PayoutCreated, PayoutNeedsData} {
		walk("Py3", from, PayoutLacksData, PayoutNeedsData)
		walk("Py4", from, PayoutConfirmAsked, from)
		walk("Py5", from, PayoutSent, PayoutProcessing)
		walk("Py6", from, PayoutCancelAsked, from)
		walk("Py7", from, PayoutStopped, PayoutCanceled)
		walk("Py8", from, PayoutRefused, PayoutFailed)
	}
	walk("Py9", PayoutProcessing, PayoutDone, PayoutPaid)
	walk("Py10", PayoutProcessing, PayoutRefused, PayoutFailed)
	walk("Py11", PayoutProcessing, PayoutLapsed, PayoutExpired)
	walk("Py12", PayoutPaid, PayoutCameBack, PayoutReturned)
	for from, further := range map[State][]State{
		PayoutCreated:    {PayoutNeedsData, PayoutProcessing, PayoutPaid, PayoutFailed, PayoutCanceled, PayoutExpired, PayoutReturned},
		PayoutNeedsData:  {PayoutProcessing, PayoutPaid, PayoutFailed, PayoutCanceled, PayoutExpired, PayoutReturned},
		PayoutProcessing: {PayoutPaid, PayoutFailed, PayoutCanceled, PayoutExpired, PayoutReturned},
		PayoutPaid:       {PayoutFailed, PayoutCanceled, PayoutExpired, PayoutReturned},
		PayoutFailed:     {PayoutPaid, PayoutCanceled, PayoutExpired, PayoutReturned},
		PayoutCanceled:   {PayoutPaid, PayoutFailed, PayoutExpired, PayoutReturned},
		PayoutExpired:    {PayoutPaid, PayoutFailed, PayoutCanceled, PayoutReturned},
		PayoutReturned:   nil,
	} {
		for _, to := range further {
			walk("Py13", from, PayoutOutOfOrder, to)
		}
		walk("Py15", from, PayoutOutOfOrder, from)
	}
	for _, to := range []State{PayoutCreated, PayoutNeedsData, PayoutProcessing} {
		walk("Py14", PayoutFailed, PayoutOutOfOrder, to)
	}
	for _, row := range PayoutMachine.Rows() {
		if !walked[fmt.Sprint(row.ID, row.From, row.On, row.To)] {
			t.Errorf("nobody walked %s from %q on %s to %s", row.ID, row.From, row.On, row.To)
		}
	}
}

// tells is a fact of a payout at a minute of the provider's clock, under the key of a call.
func tells(on Event, minute int, op string) Fact {
	f := Fact{Event: on, Action: fmt.Sprint("act_", on, minute), At: noon.Add(time.Duration(minute) * time.Minute)}
	if op != "" {
		f.Key = "key_" + op
	}
	return f
}

func toldOf(facts ...Fact) []any { return []any{KindFactsReported, Report{Facts: facts}} }

func askedBy(id string) []any {
	return []any{KindTimerFired, Firing{Timer: TimerAsk, Subject: id, At: noon}}
}

var (
	payoutOpened    = slices.Concat([]any{KindPayoutOpened, PayoutOpening{ID: "po_1", Amount: 500, Currency: "EUR", Account: "3000", Variant: "sandbox"}}, requested("op_1", PayoutMoney))
	payoutMade      = slices.Concat(payoutOpened, answeredBy("op_1", Succeeded, tells(PayoutTaken, 0, "op_1")))
	payoutConfirmed = slices.Concat(payoutMade, requested("op_2", PayoutConfirm))
	payoutOut       = slices.Concat(payoutConfirmed, answeredBy("op_2", Succeeded, tells(PayoutSent, 5, "op_2")))
	payoutCalledOff = slices.Concat(payoutMade, requested("op_2", PayoutCancel))
)

func TestPayoutFolds(t *testing.T) {
	for _, c := range []struct {
		what      string
		of        []any
		state     State
		calls     string
		permitted string
	}{
		{"asked", payoutOpened, PayoutCreated, "requested", ""},
		{"created", payoutMade, PayoutCreated, "succeeded", "confirm cancel"},
		{"created, nothing told", slices.Concat(payoutOpened, answeredBy("op_1", Succeeded)), PayoutCreated, "succeeded", "confirm cancel"},
		{"lacks data", slices.Concat(payoutOpened, answeredBy("op_1", Succeeded, tells(PayoutLacksData, 0, "op_1"))), PayoutNeedsData, "succeeded", "confirm cancel"},
		{"not eligible", slices.Concat(payoutOpened, answeredBy("op_1", Declined)), PayoutFailed, "failed", ""},
		{"not sent", slices.Concat(payoutOpened, answeredBy("op_1", NotSent)), PayoutFailed, "not_sent", ""},
		{"lost", slices.Concat(payoutOpened, answeredBy("op_1", Unknown)), PayoutCreated, "unknown", ""},
		{"lost, never seen", slices.Concat(payoutOpened, answeredBy("op_1", Unknown), answeredBy("op_1", NotFound)), PayoutFailed, "failed", ""},
		{"lost, never seen, and told of", slices.Concat(payoutOpened, answeredBy("op_1", Unknown), answeredBy("op_1", NotFound), toldOf(tells(PayoutTaken, 0, "op_1"))), PayoutCreated, "succeeded", "confirm cancel"},
		{"lost, told of", slices.Concat(payoutOpened, answeredBy("op_1", Unknown), toldOf(tells(PayoutLacksData, 0, "op_1"))), PayoutNeedsData, "succeeded", "confirm cancel"},
		{"lost, sent again", slices.Concat(payoutOpened, answeredBy("op_1", Unknown), requested("op_1", PayoutMoney), answeredBy("op_1", Succeeded)), PayoutCreated, "succeeded", "confirm cancel"},
		{"confirmed", payoutConfirmed, PayoutCreated, "succeeded requested", ""},
		{"sent", payoutOut, PayoutProcessing, "succeeded succeeded", ""},
		{"sent, nothing told", slices.Concat(payoutConfirmed, answeredBy("op_2", Succeeded)), PayoutProcessing, "succeeded succeeded", ""},
		{"pending", slices.Concat(payoutConfirmed, answeredBy("op_2", Pending)), PayoutCreated, "succeeded pending", ""},
		{"confirmation refused", slices.Concat(payoutConfirmed, answeredBy("op_2", Declined)), PayoutFailed, "succeeded failed", ""},
		{"confirmation refused, and it stays", slices.Concat(payoutConfirmed, answeredBy("op_2", Declined, tells(OperationFailed, 5, "op_2"))), PayoutCreated, "succeeded failed", "confirm cancel"},
		{"confirmation not sent", slices.Concat(payoutConfirmed, answeredBy("op_2", NotSent)), PayoutCreated, "succeeded not_sent", "confirm cancel"},
		{"confirmation never seen", slices.Concat(payoutConfirmed, answeredBy("op_2", Unknown), answeredBy("op_2", NotFound)), PayoutCreated, "succeeded failed", "confirm cancel"},
		{"confirmation lost, paid", slices.Concat(payoutConfirmed, answeredBy("op_2", Unknown), toldOf(tells(PayoutDone, 9, "op_2"))), PayoutPaid, "succeeded succeeded", ""},
		{"confirmation lost, asked about", slices.Concat(payoutConfirmed, answeredBy("op_2", Unknown), askedBy("op_2")), PayoutCreated, "succeeded unknown", ""},
		{"canceled", slices.Concat(payoutCalledOff, answeredBy("op_2", Succeeded, tells(PayoutStopped, 5, "op_2"))), PayoutCanceled, "succeeded succeeded", ""},
		{"cancel refused", slices.Concat(payoutCalledOff, answeredBy("op_2", Declined)), PayoutCreated, "succeeded failed", "confirm cancel"},
		{"paid", slices.Concat(payoutOut, toldOf(tells(PayoutDone, 9, ""))), PayoutPaid, "succeeded succeeded", ""},
		{"returned", slices.Concat(payoutOut, toldOf(tells(PayoutDone, 9, ""), tells(PayoutCameBack, 10, ""))), PayoutReturned, "succeeded succeeded", ""},
		{"told twice", slices.Concat(payoutOut, toldOf(tells(PayoutSent, 5, "op_2")), toldOf(tells(PayoutSent, 5, "op_2"))), PayoutProcessing, "succeeded succeeded", ""},
	} {
		p, err := FoldPayout(lifeOf(t, "po_1", c.of...))
		if err != nil {
			t.Errorf("%s: %v", c.what, err)
			continue
		}
		if got := callStates(p); p.State != c.state || got != c.calls || strings.Join(p.Permitted(), " ") != c.permitted {
			t.Errorf("%s: %s, calls %s, permitted %v", c.what, p.State, got, p.Permitted())
		}
		if last := p.Steps[len(p.Steps)-1]; p.Steps[0].Row != "Py1" || last.To != p.State || p.Version != int64(len(c.of)/2) {
			t.Errorf("%s: steps %+v at version %d", c.what, p.Steps, p.Version)
		}
		if marks := strings.Join(p.Attention(), " "); (marks == "unknown") != strings.Contains(c.calls, "unknown") {
			t.Errorf("%s: attention %q", c.what, marks)
		}
		if timers := CallTimers("po_1", p.Operations); (len(timers) > 0) != (p.InFlight() != nil) {
			t.Errorf("%s: timers %v", c.what, timers)
		}
	}
}

func callStates(p *Payout) string {
	var all []string
	for _, op := range p.Operations {
		all = append(all, string(op.State))
	}
	return strings.Join(all, " ")
}

// Whatever the order in which its facts are told, a payout ends the same.
func TestPayoutFactsInAnyOrder(t *testing.T) {
	for _, c := range []struct {
		facts []Fact
		want  State
	}{
		{[]Fact{tells(PayoutTaken, 0, "op_1"), tells(PayoutSent, 5, "op_2"), tells(PayoutDone, 9, "op_2"), tells(PayoutCameBack, 20, "")}, PayoutReturned},
		{[]Fact{tells(PayoutLacksData, 0, "op_1"), tells(PayoutLacksData, 3, ""), tells(PayoutSent, 5, "op_2"), tells(PayoutRefused, 9, "op_2")}, PayoutFailed},
		{[]Fact{tells(PayoutTaken, 0, "op_1"), tells(PayoutSent, 5, "op_2"), tells(PayoutRefused, 9, "op_2"), tells(PayoutDone, 10, "")}, PayoutPaid},
		{[]Fact{tells(PayoutTaken, 0, "op_1"), tells(PayoutSent, 5, "op_2"), tells(PayoutDone, 9, ""), tells(PayoutLapsed, 10, "")}, PayoutExpired},
		{[]Fact{tells(PayoutTaken, 0, "op_1"), tells(PayoutLacksData, 3, ""), tells(PayoutStopped, 3, "op_2")}, PayoutCanceled},
		{[]Fact{tells(PayoutTaken, 0, "op_1"), tells(PayoutDone, 9, ""), tells(PayoutRefused, 9, "op_2")}, PayoutPaid},
	} {
		seen := map[string]bool{}
		permuteFacts(c.facts, func(facts []Fact) {
			of := slices.Concat(payoutOpened, answeredBy("op_1", Unknown), requested("op_2", PayoutConfirm), answeredBy("op_2", Unknown))
			for _, f := range facts {
				of = slices.Concat(of, toldOf(f))
			}
			p, err := FoldPayout(lifeOf(t, "po_1", of...))
			if err != nil {
				t.Fatalf("%v: %v", facts, err)
			}
			seen[fmt.Sprint(p.State, " ", callStates(p), " ", p.Code, p.Message)] = true
			if last := p.Steps[len(p.Steps)-1]; last.To != p.State {
				t.Errorf("%v: the last step leads to %s, it stands at %s", facts, last.To, p.State)
			}
			for _, s := range p.Steps {
				if s.Why == "" || s.Row == "" {
					t.Errorf("%+v", s)
				}
			}
		})
		if len(seen) != 1 || !strings.HasPrefix(fmt.Sprint(seen), "map["+string(c.want)+" ") {
			t.Errorf("the ends are %v, want %s", seen, c.want)
		}
	}
}

func permuteFacts(facts []Fact, do func([]Fact)) {
	if len(facts) == 0 {
		do(nil)
	}
	for i, first := range facts {
		rest := slices.Delete(slices.Clone(facts), i, i+1)
		permuteFacts(rest, func(others []Fact) { do(append([]Fact{first}, others...)) })
	}
}

func TestPayoutRefusesWhatCannotBe(t *testing.T) {
	for _, of := range [][]any{
		{KindPayoutOpened, PayoutOpening{}, KindOperationAnswered, Answer{Operation: "op_none"}},
		{KindPayoutOpened, PayoutOpening{}, KindTimerFired, Firing{Subject: "op_none"}},
		{KindPayoutOpened, PayoutOpening{}, KindSourceSaved, KeptSource{}},
		slices.Concat(payoutOut, requested("op_3", PayoutConfirm)),
	} {
		if p, err := FoldPayout(lifeOf(t, "po_1", of...)); err == nil {
			t.Errorf("%v makes %s", of, p.State)
		}
	}
}

func TestPayoutSaysWhyNot(t *testing.T) {
	inFlight := []*Operation{{ID: "op_1", Kind: PayoutConfirm, State: OpUnknown}}
	for _, c := range []struct {
		payout  Payout
		action  string
		refusal string
	}{
		{Payout{State: PayoutCreated}, "confirm", ""},
		{Payout{State: PayoutNeedsData}, "cancel", ""},
		{Payout{State: PayoutProcessing}, "cancel", "not while the payout is processing"},
		{Payout{State: PayoutReturned}, "confirm", "not while the payout is returned"},
		{Payout{State: PayoutCreated, Operations: inFlight}, "confirm", "no known end"},
		{Payout{State: PayoutCreated, Operations: inFlight}, "cancel", "no known end"},
	} {
		err := c.payout.Refuses(c.action)
		if (err == nil) != (c.refusal == "") || err != nil && (!strings.Contains(err.Error(), c.refusal) || CodeOf(err) != CodeIllegalTransition) {
			t.Errorf("%s of %s: %v, want %q", c.action, c.payout.State, err, c.refusal)
		}
		if said, no := c.payout.Refused()[c.action]; no != (err != nil) || !strings.Contains(said, c.refusal) {
			t.Errorf("%s of %s is refused with %q", c.action, c.payout.State, said)
		}
	}
	if err := (&Payout{}).Refuses("pay"); CodeOf(err) != CodeUsage {
		t.Errorf("%v", err)
	}
}

func TestPayoutIsToldWhatWasMissing(t *testing.T) {
	ref := &PersonRef{ID: "per_1", Hash: "h"}
	bare := []any{KindPayoutOpened, PayoutOpening{ID: "po_1"}}
	p, err := FoldPayout(lifeOf(t, "po_1", bare...))
	if err != nil || strings.Join(p.Missing(), " ") != "name iban" {
		t.Errorf("%v, %v", p.Missing(), err)
	}
	p, err = FoldPayout(lifeOf(t, "po_1", slices.Concat(bare,
		[]any{KindPayoutChanged, PayoutChange{Account: "3000"}, KindPayoutChanged, PayoutChange{Recipient: ref}, KindPersonForgotten, Forgetting{Row: "per_1"}})...))
	if err != nil || len(p.Missing()) > 0 || p.Account != "3000" || fmt.Sprint(p.Rows) != "[per_1]" || !p.Forgotten {
		t.Errorf("%+v, %v", p, err)
	}
}

// The calls of mandates and payouts are asked about as often as those of orders are, and then left to a person.
func TestCallsAreAskedAbout(t *testing.T) {
	of := slices.Concat(payoutConfirmed, answeredBy("op_2", Unknown))
	for n := range janitor {
		p, err := FoldPayout(lifeOf(t, "po_1", of...))
		if err != nil {
			t.Fatal(err)
		}
		timers := CallTimers("po_1", p.Operations)
		if len(timers) != 1 {
			t.Fatalf("after %d questions: %v", n, timers)
		}
		now := timers[0]
		last := noon.Add(time.Duration(p.Version-1) * time.Minute)
		if now.Name != TimerAsk || now.Stream != "po_1" || now.Subject != "op_2" || !now.Asks || !now.At.Equal(last.Add(janitor[n])) {
			t.Errorf("after %d questions: %+v", n, now)
		}
		if !now.Among(timers) || (Timer{Name: TimerAsk, Subject: "op_2", At: now.At.Add(-time.Second)}).Among(timers) {
			t.Errorf("%+v does not stand", now)
		}
		of = slices.Concat(of, askedBy("op_2"))
	}
	p, err := FoldPayout(lifeOf(t, "po_1", of...))
	if timers := CallTimers("po_1", p.Operations); err != nil || len(timers) > 0 {
		t.Errorf("%v, %v", timers, err)
	}
	m, err := FoldMandate(lifeOf(t, "man_1", slices.Concat([]any{KindMandateOpened, MandateOpening{ID: "man_1"}}, requested("op_1", SetupRecurring),
		answeredBy("op_1", Pending), askedBy("op_1"), askedBy("op_1"))...))
	if err != nil {
		t.Fatal(err)
	}
	if timers := CallTimers("man_1", m.Operations); len(timers) != 1 || timers[0].Name != TimerPoll || !timers[0].At.Equal(noon.Add(4*time.Minute+polls[2])) {
		t.Errorf("%+v", timers)
	}
}
