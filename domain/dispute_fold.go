package domain

import (
	"cmp"
	"slices"
	"time"
)

// bookDispute keeps a fact of a case, which begins with it if it is the first, and reads the case anew. A
// fact without a time of the provider's is taken to have happened at the given one.
func (p *Payment) bookDispute(f Fact, at time.Time) *Dispute {
	d := p.Dispute(f.Case)
	if d == nil {
		d = &Dispute{ID: f.Case, Payment: p.ID}
		p.Disputes = append(p.Disputes, d)
	}
	if f.At.IsZero() {
		f.At = at
	}
	if !slices.ContainsFunc(d.facts, f.same) {
		d.facts = append(slices.Clip(d.facts), f)
		slices.SortFunc(d.facts, compareClaims)
		d.brand = string(p.Source.Brand)
		d.read()
	}
	return d
}

// compareClaims puts last the fact by which a case stands: that of the highest rank, and among these the
// newest by the provider's clock. A ruling is beaten by a newer ruling alone.
func compareClaims(a, b Fact) int {
	x, y := a.claim(), b.claim()
	return cmp.Or(
		cmp.Compare(rank(x), rank(y)),
		cmp.Compare(ruled(x), ruled(y)),
		a.At.Compare(b.At),
		cmp.Compare(a.progress(), b.progress()),
		cmp.Compare(a.Action, b.Action),
		cmp.Compare(a.Event, b.Event),
		cmp.Compare(x.Amount, y.Amount),
	)
}

// rank is that of the stage which a claim names, if it is one that a case can be in.
func rank(c Claim) int {
	if c.state() == "" {
		return -1
	}
	return DisputeRank(c.Stage)
}

func ruled(c Claim) int {
	if slices.Contains(rulings, c.state()) {
		return 1
	}
	return 0
}

// progress decides between facts of the same instant: an answer follows a question, an end follows both. What was only
// concluded from silence comes right after what it was drawn from, so that whatever was told goes before it.
func (f Fact) progress() int {
	c, concluded := f.claim(), f.Action == ""
	switch {
	case c.Status == StatusOpen && c.Announced:
		return 0
	case c.Status == StatusOpen:
		return 1
	case concluded && f.Event == DisputeExpired:
		return 2
	case c.Status == StatusResponded:
		return 3
	case concluded && f.Event == DisputeLapsed:
		return 4
	}
	return 5
}

// read makes the case of its facts. The ones that count most are heard last and so have the last word.
func (d *Dispute) read() {
	d.Claim, d.OpenedAt = Claim{}, d.facts[0].At
	for _, f := range d.facts {
		d.hear(f)
	}
	d.Network = cmp.Or(d.Network, d.brand)
	d.Announced, d.Provisional = d.onlyAnnounced(), d.credited()
	d.State = d.state()
	if d.State == "" { // only facts that name no state so far: somebody has told something, no money moved
		d.Stage, d.Status = StageFraudAdvice, StatusOpen
		d.State = d.state()
	}
	if d.State == FraudAdviceOpen && d.givenBack {
		d.Status, d.State = StatusClosed, FraudAdviceClosed
	}
	d.RespondBy, d.Money = d.until(d.State), d.money()
}

func (d *Dispute) hear(f Fact) {
	c := f.claim()
	if c.state() != "" {
		d.Stage, d.Status = c.Stage, c.Status
	}
	if !c.Announced { // a fee that is announced has not been taken
		d.Fee += c.Fee
	}
	if f.At.Before(d.OpenedAt) {
		d.OpenedAt = f.At
	}
	d.Amount = cmp.Or(c.Amount, f.Amount, d.Amount)
	d.ReasonCode = cmp.Or(c.ReasonCode, d.ReasonCode)
	d.Network = cmp.Or(c.Network, d.Network)
	d.Category = cmp.Or(c.Category, d.Category)
	d.RaisedBy = cmp.Or(c.RaisedBy, d.RaisedBy)
	d.Previous = cmp.Or(c.Previous, d.Previous)
	d.LiabilityShift = d.LiabilityShift || c.LiabilityShift
}

// onlyAnnounced tells whether the case was announced and no debit has followed.
func (d *Dispute) onlyAnnounced() bool {
	return d.wasAnnounced() && !slices.ContainsFunc(d.facts, Fact.debits)
}

func (d *Dispute) wasAnnounced() bool {
	return slices.ContainsFunc(d.facts, func(f Fact) bool { return f.claim().Announced })
}

// credited tells whether a provisional credit stands: whether the newest debit or credit is one. That
// funds are reinstated is no verdict.
func (d *Dispute) credited() bool {
	var last Fact
	for _, f := range d.facts {
		if (f.debits() || f.claim().Provisional) && !f.At.Before(last.At) {
			last = f
		}
	}
	return last.claim().Provisional
}

// money reads off the case who has the amount.
func (d *Dispute) money() string {
	switch {
	case movesMoney(d.Stage):
		return d.moneyTaken()
	case d.Stage == StageGoodFaith && d.askedBack():
		if d.Status == StatusWon {
			return MoneyReturned
		}
		return MoneyLost
	case d.Status == StatusAccepted, d.Status == StatusLost, d.State == PreComplianceExpired:
		return MoneyLost
	}
	return MoneyNone
}

// moneyTaken is who has the amount in the stages in which the issuer takes it at once.
func (d *Dispute) moneyTaken() string {
	switch {
	case slices.Contains([]string{StatusLost, StatusAccepted, StatusExpired}, d.Status), d.State == ChargebackResolved && d.last().byRDR():
		return MoneyLost
	case d.Announced:
		return MoneyNone
	case !d.isOpen(), d.Provisional:
		return MoneyReturned
	}
	return MoneyHeld
}

func (d *Dispute) last() Fact { return d.facts[len(d.facts)-1] }

// askedBack holds for a good faith of our own, which asks for money that was lost before. The other side's
// is a case by itself, with nothing before it.
func (d *Dispute) askedBack() bool {
	return d.RaisedBy == RaisedByMerchant ||
		slices.ContainsFunc(d.facts, func(f Fact) bool { return movesMoney(f.claim().Stage) })
}

// disputeEvent is the event by which the machine takes a fact: the fact's own where a row leads on from
// here, DisputeOutOfOrder where it came too late or a step before it was not told (D30, D31).
func disputeEvent(from State, f *Facts) Event {
	if t, _ := DisputeMachine.Next(from, f.Fact.Event, f); t != nil {
		return f.Fact.Event
	}
	return DisputeOutOfOrder
}

// rereadAdvices closes an advice of fraud once as much as it is about was given back, and opens it again where that came
// to nothing (D2). It is read off the sums after every fact, so that it does not matter what came first.
func (o *Order) rereadAdvices(p *Payment) {
	for _, d := range p.Disputes {
		about := min(cmp.Or(d.Amount, p.Sums.Captured), p.Sums.Captured)
		back := about > 0 && p.Sums.Returned()+p.Sums.Reversed >= about
		if d.givenBack == back {
			continue
		}
		from := d.State
		d.givenBack = back
		d.read()
		on := DisputeRefunded
		if !back {
			on = DisputeOutOfOrder
		}
		if d.State != from {
			o.walk(DisputeMachine, string(d.ID), from, on, &Facts{Order: o, Payment: p, Dispute: d})
		}
	}
}
