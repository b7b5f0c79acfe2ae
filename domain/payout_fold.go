package domain

import (
	"cmp"
	"fmt"
	"slices"
)

// FoldPayout makes a payout of the entries of its stream. Name is not in it.
func FoldPayout(entries []Entry) (*Payout, error) {
	p := &Payout{}
	for _, e := range entries {
		if err := p.apply(e); err != nil {
			return nil, err
		}
		p.Version++
	}
	return p, nil
}

func (p *Payout) apply(e Entry) error {
	if row, is := e.Told(); is {
		p.Rows = withRow(p.Rows, row)
	}
	switch e.Kind {
	case KindPayoutOpened:
		opening, err := Decode[PayoutOpening](e)
		if err != nil {
			return err
		}
		p.PayoutOpening, p.CreatedAt, p.OpenedIn = opening, e.At, e.Seq
		p.goTo(opening.Recipient, "")
		return p.walk(e, PayoutAsked)
	case KindPayoutChanged:
		change, err := Decode[PayoutChange](e)
		p.goTo(change.Recipient, change.Account)
		return err
	case KindPersonForgotten:
		_, err := Decode[Forgetting](e)
		p.Forgotten = true
		return err
	case KindFactsReported:
		report, err := Decode[Report](e)
		if err != nil {
			return err
		}
		if report.Notice != "" {
			p.notices = append(p.notices, report.Notice)
		}
		err = p.hear(e, report.Facts)
		p.read()
		return err
	}
	return p.applyCall(e)
}

// NameBy looks up whom the payout goes to by name: what was told for it, else what its customer is called.
func (p *Payout) NameBy(told func(row string) (Person, error), of func(CustomerID) (Person, error)) error {
	var who Person
	var err error
	switch {
	case p.Recipient != nil:
		who, err = told(p.Recipient.ID)
	case p.Customer != "":
		who, err = of(p.Customer)
	}
	p.Name = who.Name()
	return err
}

// goTo keeps what was told of the recipient; what is empty stays as it was.
func (p *Payout) goTo(recipient *PersonRef, account string) {
	if recipient != nil {
		p.Recipient, p.Rows, p.Forgotten = recipient, withRow(p.Rows, *recipient), false
	}
	p.Account = cmp.Or(account, p.Account)
}

// payoutAsks are the commands by which calls are made, and payoutEnds the facts that the success of each stands for.
var (
	payoutAsks = map[OperationKind]Event{PayoutConfirm: PayoutConfirmAsked, PayoutCancel: PayoutCancelAsked}
	payoutEnds = map[OperationKind]Event{PayoutMoney: PayoutTaken, PayoutConfirm: PayoutSent, PayoutCancel: PayoutStopped}
)

func (p *Payout) applyCall(e Entry) error {
	op, answer, err := applyCall(&p.Operations, e)
	if err == nil && op.Account != nil {
		p.Salts = withRow(p.Salts, *op.Account)
	}
	switch {
	case err != nil:
		return err
	case answer != nil:
		return p.answered(e, op, answer)
	case e.Kind == KindOperationRequested && op.Tries == 1 && payoutAsks[op.Kind] != "":
		return p.walk(e, payoutAsks[op.Kind])
	}
	return nil
}

// answered books what an answer tells. One without facts has its plain meaning; of a payout that the provider was never
// told of, it is that there will be none.
func (p *Payout) answered(e Entry, op *Operation, answer *Answer) error {
	facts := answer.Facts
	if len(facts) == 0 {
		told := Fact{Key: op.Key, At: e.At, Code: answer.Code, Summary: answer.Summary}
		switch {
		case answer.Status == Succeeded:
			told.Event = payoutEnds[op.Kind]
		case answer.Status == Declined && op.Kind != PayoutCancel:
			told.Event = PayoutRefused
		}
		if told.Event != "" {
			facts = []Fact{told}
		}
	}
	if err := p.hear(e, facts); err != nil {
		return err
	}
	if p.unmade() && p.State != PayoutFailed {
		return p.walk(e, PayoutRefused)
	}
	p.read() // what was said last
	return nil
}

// unmade tells whether the provider never got to know of the payout.
func (p *Payout) unmade() bool {
	return len(p.facts) == 0 && slices.ContainsFunc(p.Operations, func(op *Operation) bool {
		return op.Kind == PayoutMoney && (op.State == OpFailed || op.State == OpNotSent)
	})
}

// Knows tells whether a fact is on record.
func (p *Payout) Knows(f Fact) bool {
	return f.Action != "" && slices.ContainsFunc(p.facts, func(known Fact) bool {
		return known.Action == f.Action && known.Event == f.Event
	})
}

// HasNotice tells whether a notice was booked already, by its event id: what names no action is known by that alone.
func (p *Payout) HasNotice(id string) bool { return id != "" && slices.Contains(p.notices, id) }

// Tells tells whether a fact says something of the payout that is not on record: where it stands, or how a call of it
// ended.
func (p *Payout) Tells(f Fact) bool {
	op := p.ByKey(f.Key)
	ends := op != nil && opEnds[f.Event] != "" && canWalk(op, opEnds[f.Event])
	return ends || payoutStates[f.Event] != "" && !p.Knows(f)
}

// ByKey finds a call of the payout by its idempotency key; nil if there is none.
func (p *Payout) ByKey(key string) *Operation {
	if i := slices.IndexFunc(p.Operations, func(op *Operation) bool { return op.Key == key && key != "" }); i >= 0 {
		return p.Operations[i]
	}
	return nil
}

// hear books facts, each once. They end the calls whose keys they carry.
func (p *Payout) hear(e Entry, facts []Fact) error {
	for _, f := range facts {
		if f.At.IsZero() {
			f.At = e.At
		}
		if op := p.ByKey(f.Key); op != nil && f.Action != "" {
			op.endBy(f, e)
		}
		if payoutStates[f.Event] == "" || p.Knows(f) {
			continue
		}
		p.facts = append(slices.Clip(p.facts), f)
		slices.SortStableFunc(p.facts, comparePayoutFacts)
		if err := p.walk(e, f.Event); err != nil {
			return err
		}
	}
	return nil
}

// endBy ends a call by a fact that its provider told.
func (o *Operation) endBy(f Fact, e Entry) {
	on := opEnds[f.Event]
	if on == "" || !o.walk(on) {
		return
	}
	o.Code, o.Summary, o.AnsweredAt, o.askedAt, o.EndedBy = f.Code, f.Summary, e.At, e.At, e.Seq
}

func canWalk(op *Operation, on Event) bool {
	t, _ := OperationMachine.Next(op.State, on, &Facts{Operation: op})
	return t != nil
}

// comparePayoutFacts puts last the fact by which a payout stands: that of the state furthest along, and among these the
// newest by the provider's clock.
func comparePayoutFacts(a, b Fact) int {
	return cmp.Or(
		cmp.Compare(payoutRanks[payoutStates[a.Event]], payoutRanks[payoutStates[b.Event]]),
		a.At.Compare(b.At),
		cmp.Compare(a.Event, b.Event),
		cmp.Compare(a.Action, b.Action),
	)
}

// read makes the state of the facts on record, and the last words of what was said about it.
func (p *Payout) read() {
	p.State, p.Code, p.Message = PayoutCreated, "", ""
	switch n := len(p.facts); {
	case n > 0:
		last := p.facts[n-1]
		p.State, p.Code, p.Message = payoutStates[last.Event], last.Code, last.Summary
	case p.unmade():
		p.State = PayoutFailed
	}
	if p.Code != "" {
		return
	}
	for _, op := range slices.Backward(p.Operations) {
		if op.AnsweredAt.IsZero() {
			continue
		}
		p.Code = op.Code
		if op.State != OpSucceeded {
			p.Message = op.Summary
		}
		return
	}
}

// walk reads the payout anew and keeps the step that an event brought.
func (p *Payout) walk(e Entry, on Event) error {
	from := p.State
	p.read()
	t, _ := PayoutMachine.Next(from, on, &Facts{Payout: p})
	if t == nil && payoutStates[on] != "" {
		t, _ = PayoutMachine.Next(from, PayoutOutOfOrder, &Facts{Payout: p})
	}
	if t == nil {
		return fmt.Errorf("entry %d: no row of the payout leads from %q on %q", e.Seq, from, on)
	}
	p.Steps = append(p.Steps, t.step(PayoutMachine, string(p.ID), e))
	return nil
}

// InFlight gives the call of the payout whose end is still open; nil if there is none.
func (p *Payout) InFlight() *Operation { return inFlight(p.Operations) }

// Attention names what somebody should look at, as an order's does.
func (p *Payout) Attention() []string {
	if slices.ContainsFunc(p.Operations, func(op *Operation) bool { return op.State == OpUnknown }) {
		return []string{"unknown"}
	}
	return nil
}
