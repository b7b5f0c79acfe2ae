package domain

import (
	"testing"
	"time"
)

// walkable is what there is of a machine's arrow to walk: the whole arrow, or for what comes late its row and where
// it starts.
type walkable struct {
	machine, row string
	from         State
	on           Event
	to           State
}

func (s Step) walkable(late bool) walkable {
	if late {
		return walkable{machine: s.Machine, row: s.Row, from: s.From}
	}
	return walkable{s.Machine, s.Row, s.From, s.On, s.To}
}

// Every arrow of every table is walked by a life of entries as
// till writes them: none is there for show.
func TestEveryRowIsWalked(t *testing.T) {
	walked := map[walkable]bool{}
	note := func(l *life) {
		for _, s := range l.order.Steps {
			walked[s.walkable(false)], walked[s.walkable(true)] = true, true
		}
	}
	for _, s := range stories() {
		note(s.run(t))
	}
	everyBeginning(t, note)
	everyAttempt(t, note)
	everyFact(t, note)
	everyRefund(t, note)
	everyCase(t, note)
	for _, m := range Machines() {
		for _, r := range m.Rows() {
			arrow := Step{Machine: m.Name, Row: r.ID, From: r.From, On: r.On, To: r.To}.walkable(r.Late)
			if !walked[arrow] && !never(r) {
				t.Errorf("no life walks %s from %q on %s to %q (late: %v)", r.ID, r.From, r.On, r.To, r.Late)
			}
		}
	}
}

// never holds for the rows that are there to refuse (O13).
func never(t Transition) bool {
	for _, g := range t.Guards {
		if g.Name == outcomeKnown.Name {
			return true
		}
	}
	return false
}

// standing is a payment that has come to a state, the first or the next of its order.
func standing(l *life, state State, opening Opening) *Payment {
	l.t.Helper()
	switch state {
	case PaymentCreated, PaymentNeedsMethod, PaymentScheduled:
		opening.Source = Source{Type: "id", ID: "src_1"}
		p := l.begin(1000, opening)
		switch state {
		case PaymentNeedsMethod:
			l.does(p, Move{Event: FormOpened})
		case PaymentScheduled:
			l.does(p, Move{Event: Schedule, Due: l.at.Add(day)})
		}
		return p
	case PaymentVerified:
		p := l.open(0, opening)
		l.reply(p.Charge(), Succeeded, Fact{Event: Verified})
		return p
	case PaymentRetryWait:
		opening.Retries = 3
	case PaymentPartAuthorized:
		opening.Partial = true
	}
	p := l.open(1000, opening)
	comesTo(l, p, state)
	return p
}

// comesTo is what the provider says to an attempt that was sent.
func comesTo(l *life, p *Payment, state State) {
	op := p.Charge()
	switch state {
	case PaymentProcessing:
	case PaymentNeedsAction:
		l.reply(op, Pending, actionRequired(SessionChallenge, l.at.Add(15*time.Minute)))
	case PaymentUnknown:
		l.reply(op, Unknown)
	case PaymentRetryWait:
		l.declines(op, "20068", "soft")
	case PaymentDeclined:
		l.declines(op, "20005", "hard")
	case PaymentFailed:
		l.reply(op, NotSent)
	case PaymentCancelled:
		l.reply(op, Declined, Fact{Event: GivenUp})
	case PaymentPartAuthorized:
		l.reply(op, Succeeded, Fact{Event: Approved, Amount: 500})
	default:
		l.approves(op)
		for _, f := range afterApproval[state] {
			l.tell(p, f)
		}
	}
}

// afterApproval is what follows the approval of 1000 until a payment stands where it does.
var afterApproval = map[State][]Fact{
	PaymentPartCaptured: {{Event: Captured, Amount: 400}},
	PaymentCaptured:     {{Event: Captured, Amount: 1000, Final: true}},
	PaymentReversed:     {{Event: Captured, Amount: 1000, Final: true}, {Event: Reversed, Amount: 1000}},
	PaymentVoided:       {{Event: Voided, Amount: 1000, Released: 1000}},
	PaymentExpired:      {{Event: AuthExpired, Amount: 1000, Released: 1000}},
}
