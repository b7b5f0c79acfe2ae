package tui

import (
	"slices"

	"till/domain"
)

// What can come next of the order and its money, and by which keys: what the pictures light.

// enterSign is how that key is told in a picture.
const enterSign = "⏎"

// tells are the events that a payment's fact is to its order: the picture of the order lights what a key may
// lead to there.
var tells = map[domain.Event]domain.Event{domain.Captured: domain.Taken, domain.Voided: domain.Released}

// comesBack are the facts that a customer who comes back may bring.
var comesBack = []domain.Event{
	domain.Authenticated, domain.Captured, domain.Approved, domain.AuthenticationFailed, domain.DeclinedIt, domain.GivenUp, domain.Abandoned,
}

// leadsTo are the events by which an action of a payment may move it.
func leadsTo(o offer, p *domain.Payment) []domain.Event {
	if o.action != "complete" {
		return []domain.Event{domain.FindAction(domain.PaymentActions, o.action).On}
	}
	session := p.Session()
	threeDS := session.Kind == domain.SessionLookup || session.Kind == domain.SessionChallenge
	return slices.DeleteFunc(slices.Clone(comesBack), func(on domain.Event) bool {
		switch on {
		case domain.Authenticated, domain.AuthenticationFailed:
			return !threeDS
		case domain.Captured:
			return threeDS || p.Capture != domain.CaptureAuto
		case domain.Approved:
			return threeDS || p.Capture == domain.CaptureAuto
		case domain.DeclinedIt, domain.GivenUp:
			return threeDS
		}
		return false
	})
}

// next gives, for each machine, the states that a key can lead to now, read off the machines' rows.
func (s *order) next() map[string]map[domain.State]string {
	next := map[string]map[domain.State]string{"order": {}, "payment": {}, "refund": {}, "dispute": {}}
	lead := func(p *picture, from domain.State, on domain.Event, key string) {
		for t := range p.machine.From(from) {
			if t.To == p.several && s.looked().Single {
				continue
			}
			if _, taken := next[p.machine.Name][t.To]; !taken && t.On == on {
				next[p.machine.Name][t.To] = key
			}
		}
	}
	for _, o := range s.offers() {
		if o.refusal != "" {
			continue
		}
		key := o.key
		if key == "enter" {
			key = enterSign
		}
		switch o.of {
		case "order":
			lead(orderPicture, s.shown.State, domain.FindAction(domain.OrderActions, o.action).On, key)
		case "dispute":
			on := domain.FindAction(domain.DisputeActions, o.action).On
			if o.action == "evidence" {
				on = domain.DisputeEvidenceSent
			}
			lead(disputePicture, s.dispute().State, on, key)
		case "refund":
			lead(refundPicture, s.refund().State, domain.FindAction(domain.RefundActions, o.action).On, key)
		default:
			for _, on := range leadsTo(o, s.looked()) {
				lead(paymentPicture, s.looked().State, on, key)
				lead(orderPicture, s.shown.State, tells[on], key)
			}
		}
	}
	return next
}

// lifeOf is what is lit in the picture of one subject.
func (s *order) lifeOf(machine, subject string, at domain.State, next map[domain.State]string) life {
	about := func(steps []domain.Step) []domain.Step {
		return slices.DeleteFunc(slices.Clone(steps), func(step domain.Step) bool {
			return step.Machine != machine || step.Subject != subject
		})
	}
	l := life{of: subject, at: at, walked: about(s.shown.Steps), ahead: about(s.full.Steps[len(s.shown.Steps):]), next: next}
	if n := len(l.walked); n > 0 && l.walked[n-1].Seq == s.shown.LastSeq {
		l.spark = s.spark
	}
	return l
}
