package domain

import (
	"slices"
	"strings"
)

// ourAnswers are what the merchant can do about a case: the call, and what its success is.
var ourAnswers = map[string]struct {
	kind OperationKind
	on   Event
}{
	"accept": {DisputeAccept, DisputeAccepted}, "evidence": {DisputeEvidence, DisputeEvidenceSent}, "decline": {DisputeDecline, DisputeDeclined},
	"withdraw": {DisputeWithdraw, DisputeGivenUp}, "file": {DisputeFile, DisputeFiled},
}

// byTime are the events that nobody does.
var byTime = []Event{DisputeExpired, DisputeLapsed}

// issuer opens a case about what was captured, or goes on with one as its rows allow.
func (w *world) issuer() {
	if len(w.order.Payments) == 0 {
		return
	}
	p := pick(w, "payment", w.order.Payments...)
	if len(p.Disputes) > 0 && w.roll("go on", 4) > 0 {
		w.goesOn(p, pick(w, "case", p.Disputes...))
		return
	}
	if p.State != PaymentCaptured || p.Sums.Refundable() == 0 {
		return
	}
	d := &Dispute{ID: DisputeID(w.id("dsp_")), Claim: Claim{Amount: 1 + Amount(w.roll("disputed", int(p.Sums.Refundable())))}}
	d.Network, d.ReasonCode = "Visa", pick(w, "reason", "10.4", "13.1")
	w.goesOn(p, d)
}

func (w *world) goesOn(p *Payment, d *Dispute) {
	var rows []Transition
	for _, r := range DisputeMachine.Rows() {
		mine := slices.Contains([]Event{DisputeAccepted, DisputeEvidenceSent, DisputeDeclined, DisputeGivenUp, DisputeRefunded}, r.On) || r.ID == "D26" || r.ID == "D13b"
		if r.From == d.State && !r.Late && !mine && !slices.Contains(byTime, r.On) {
			rows = append(rows, r)
		}
	}
	if len(rows) == 0 {
		return
	}
	row := pick(w, "row", rows...)
	f := w.claims(d, row.On, row.To)
	switch row.ID {
	case "D8":
		f.Dispute.Announced = true
	case "D9":
		f.Code = pick(w, "resolved", "already_refunded", "rdr")
	}
	w.tell(p, p.WithDeadlines([]Fact{f}, w.at)...)
}

// claims is what puts a case into a state, now.
func (w *world) claims(d *Dispute, on Event, to State) Fact {
	claim := Claim{Amount: d.Amount, Network: d.Network, ReasonCode: d.ReasonCode}
	claim.Stage, claim.Status, _ = strings.Cut(string(to), "/")
	if on == DisputeFiled && to == GoodFaithResponded {
		claim.RaisedBy = RaisedByMerchant
	}
	return Fact{Event: on, Case: d.ID, At: w.at, Dispute: &claim}
}

// defend is the merchant answering a case.
func (w *world) defend() {
	for _, p := range w.order.Payments {
		for _, d := range p.Disputes {
			a := pick(w, "answer to a case", DisputeActions...)
			of := DisputeActions
			if a.Name == "evidence" {
				of = DisputeSending
			}
			if f, may := w.may(of, a.Name, Facts{Payment: p, Dispute: d}); may {
				w.answer(w.ask(p, ourAnswers[a.Name].kind, f.Amount, func(op *Operation) { op.Case = d.ID }))
			}
		}
	}
}

// answersCase is what an answer to a case makes happen.
func (w *world) answersCase(p *Payment, op *Operation) []Fact {
	d := p.Dispute(op.Case)
	for _, a := range ourAnswers {
		if a.kind != op.Kind {
			continue
		}
		if row, _ := DisputeMachine.Next(d.State, a.on, &Facts{Order: w.order, Payment: p, Dispute: d, Asking: true, Now: w.at}); row != nil {
			return p.WithDeadlines([]Fact{w.claims(d, a.on, row.To)}, w.at)
		}
	}
	return nil
}
