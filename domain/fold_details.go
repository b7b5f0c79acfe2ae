package domain

import (
	"cmp"
	"time"
)

// What facts tell of a payment beside its money. Facts may come in any order, so the newest by the provider's clock
// is the one that counts, whenever it is told.

// mark is when something was told of, by the provider's clock, and what it can only have followed.
type mark struct {
	at   time.Time
	step int
}

// details books what a fact tells of a payment beside its money.
func (p *Payment) details(f Fact) {
	if f.Session != nil {
		p.book(*f.Session)
	}
	downgraded := p.ThreeDS.Downgraded || f.ThreeDS != nil && f.ThreeDS.Downgraded || f.Event == NoThreeDS && p.WithoutThreeDS
	if f.ThreeDS != nil && p.newest("three_ds", f) {
		p.ThreeDS = *f.ThreeDS
	}
	p.ThreeDS.Downgraded = downgraded
	if f.Source != nil && p.newest("source", f) {
		p.Source = p.Source.kept(*f.Source)
	}
	if f.Fraud != nil {
		p.Flagged = p.Flagged || f.Fraud.Holds()
		if p.newest("fraud", f) {
			p.Fraud = *f.Fraud
		}
	}
	if f.Provider != "" && p.newest("provider", f) {
		p.Provided = f.Provider
	}
}

// newest tells whether a fact is the newest that tells a certain thing.
func (p *Payment) newest(thing string, f Fact) bool {
	told, last := mark{f.At, attemptStep(f)}, p.marks[thing]
	if cmp.Or(told.at.Compare(last.at), cmp.Compare(told.step, last.step)) < 0 {
		return false
	}
	p.marks[thing] = told
	return true
}

// attemptStep orders what is told of one instant: what can only follow comes later.
func attemptStep(f Fact) int {
	switch {
	case f.Session != nil && f.Session.Kind == SessionLookup:
		return 0
	case f.Event == Accepted || f.Event == ActionRequired:
		return 1
	case f.Event == Authenticated || f.Event == NoThreeDS:
		return 2
	}
	return 3
}

// book keeps a session, each once, so that the one which runs longest is the last: facts may come in any order.
func (p *Payment) book(s Session) {
	i := 0
	for i < len(p.Sessions) && p.Sessions[i].compare(s) < 0 {
		i++
	}
	if i < len(p.Sessions) && p.Sessions[i].ID == s.ID {
		return
	}
	p.Sessions = append(p.Sessions[:i:i], append([]Session{s}, p.Sessions[i:]...)...)
}

// compare puts a session that ends earlier first, and a lookup before what it leads to.
func (s Session) compare(other Session) int {
	lookup := func(s Session) int {
		if s.Kind == SessionLookup {
			return 0
		}
		return 1
	}
	return cmp.Or(s.Until.Compare(other.Until), cmp.Compare(lookup(s), lookup(other)), cmp.Compare(s.ID, other.ID))
}

// Session is what the customer has to do elsewhere now; nil if nothing, or if it does not matter any more. Who pays
// at the door does so while the payment is processing.
func (p *Payment) Session() *Session {
	if len(p.Sessions) == 0 || !p.IsOpen() || p.Sums.Authorized > 0 {
		return nil
	}
	last := &p.Sessions[len(p.Sessions)-1]
	if p.State != PaymentNeedsAction && last.Kind != SessionDelivery {
		return nil
	}
	return last
}

// SessionIDs are the names of all that the customer was asked to do elsewhere.
func (p *Payment) SessionIDs() []string {
	ids := make([]string, len(p.Sessions))
	for i, s := range p.Sessions {
		ids[i] = s.ID
	}
	return ids
}

// kept is a source as a provider keeps it: what it does not say of it stays as it was.
func (s Source) kept(as Source) Source {
	as.Type, as.ID = cmp.Or(as.Type, s.Type), cmp.Or(as.ID, s.ID)
	as.Brand, as.Last4 = cmp.Or(as.Brand, s.Brand), cmp.Or(as.Last4, s.Last4)
	as.ExpiryMonth, as.ExpiryYear = cmp.Or(as.ExpiryMonth, s.ExpiryMonth), cmp.Or(as.ExpiryYear, s.ExpiryYear)
	as.Country = cmp.Or(as.Country, s.Country)
	as.Customer = cmp.Or(as.Customer, s.Customer)
	if as.Fields == nil {
		as.Fields = s.Fields
	}
	return as
}
