package tui

import (
	"fmt"
	"slices"
	"strings"

	"till/domain"
	"till/domain/story"
)

// machines draws the order, the payment that is looked at and its newest refund, one under the other. Each
// leaves the next at least one line, and a line for its heading where there is room.
func (s *order) machines(columns, lines int) []string {
	o, next := s.shown, s.next()
	p, r := s.looked(), s.refund()
	type part struct {
		heading string
		picture *picture
		life    life
	}
	parts := []part{{"", orderPicture, s.lifeOf("order", string(o.ID), o.State, next["order"])}}
	if p != nil {
		parts = append(parts, part{s.paymentLine(p, columns), paymentPicture, s.lifeOf("payment", string(p.ID), p.State, next["payment"])})
	}
	if r != nil {
		heading := rule(s.desk.Styles, joined([]string{"refund", s.money(r.Amount), refundPlace(p, r), r.Reason, r.Code, r.Message}), columns)
		parts = append(parts, part{heading, refundPicture, s.lifeOf("refund", string(r.ID), r.State, next["refund"])})
	}
	if d := s.dispute(); d != nil {
		heading := rule(s.desk.Styles, joined([]string{"dispute", s.money(d.Amount), story.Holder(d.Money), strings.TrimSpace(d.Network + " " + d.ReasonCode), s.casePlace(d)}), columns)
		parts = append(parts, part{heading, disputePicture, s.lifeOf("dispute", string(d.ID), d.State, next["dispute"])})
	}
	least := 2 // lines for each of those below
	if lines < 2*len(parts)-1 {
		least = 1
	}
	last := least // what the last of them is left
	if d := s.dispute(); d != nil && d.IsOpen() && lines >= caseMachine+6 {
		last = caseMachine
	}
	var drawn []string
	var heads []int
	for i, part := range parts {
		if part.heading != "" && least > 1 {
			heads = append(heads, len(drawn))
			drawn = append(drawn, part.heading)
		}
		room := lines - len(drawn)
		if below := len(parts) - 1 - i; below > 0 {
			room -= least*(below-1) + last
		}
		drawn = append(drawn, strings.Split(drawMachine(s.desk.Styles, part.picture, part.life, columns, room), "\n")...)
	}
	if len(drawn)+len(heads) <= lines { // air above the headings
		for _, at := range slices.Backward(heads) {
			drawn = slices.Insert(drawn, at, "")
		}
	}
	return drawn
}

// caseMachine is how many lines an open case is left before the others are drawn whole: two ways to go on, and its
// heading.
const caseMachine = 7

func (s *order) paymentLine(p *domain.Payment, columns int) string {
	parts := []string{"payment " + p.HumanID, s.money(p.Amount), p.Source.String(), "by " + p.Provider}
	if n := len(s.shown.Payments); n > 1 {
		parts = append(parts, fmt.Sprintf("%d of %d, n shows the next", p.Attempt, n))
	}
	return rule(s.desk.Styles, joined(parts), columns)
}

// refundPlace says which of several refunds it is.
func refundPlace(p *domain.Payment, r *domain.Refund) string {
	if len(p.Refunds) < 2 {
		return ""
	}
	return fmt.Sprintf("%d of %d, N shows the next", slices.Index(p.Refunds, r)+1, len(p.Refunds))
}

// rule is a line with a text in it.
func rule(st *Styles, text string, columns int) string {
	text = cut(text, columns-4)
	return st.Rule.Render("─ ") + st.Faint.Render(text) + st.Rule.Render(" "+strings.Repeat("─", max(0, columns-width(text)-3)))
}

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
			key = "⏎"
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
	l := life{at: at, walked: about(s.shown.Steps), ahead: about(s.full.Steps[len(s.shown.Steps):]), next: next}
	if n := len(l.walked); n > 0 && l.walked[n-1].Seq == s.shown.LastSeq {
		l.spark = s.spark
	}
	return l
}
