package domain

import (
	"slices"
	"strings"
)

// States that time alone ends: by the merchant's silence, and by the other side's.
var (
	endBySilence = []State{RetrievalOpen, ChargebackOpen, PreArbitrationOpen, PreComplianceOpen}
	endByLapse   = []State{FraudAdviceOpen, RetrievalResponded, RepresentmentResponded, PreArbitrationResponded, PreComplianceResponded, GoodFaithResponded}
)

// timer is when time alone moves the case on; without an instant where it does not. It fires as often as the facts on
// record leave the case waiting past its time, and by each firing it waits no more.
func (d *Dispute) timer() Timer {
	t := Timer{Subject: string(d.ID)}
	switch {
	case slices.Contains(endBySilence, d.State):
		t.Name, t.At = TimerRespond, Instant(d.AnswerBy())
	case slices.Contains(endByLapse, d.State):
		t.Name, t.At = TimerLapse, Instant(d.DecideBy())
	}
	return t
}

// conclude books what it means that a case's time has passed. That nobody has said anything is no news of the
// provider's: the conclusion is a fact of the same instant as the last that was told, which it was drawn from. So
// whatever the provider tells of later, in whatever order it arrives, beats it.
func (o *Order) conclude(p *Payment, d *Dispute) {
	on := map[string]Event{TimerRespond: DisputeExpired, TimerLapse: DisputeLapsed}[d.timer().Name]
	row, _ := DisputeMachine.Next(d.State, on, &Facts{Order: o, Payment: p, Dispute: d, Asking: true, Now: o.now.At})
	if row == nil {
		return
	}
	stage, status, _ := strings.Cut(string(row.To), "/")
	o.applyClaim(p, Fact{Event: on, Case: d.ID, At: d.last().At, Dispute: &Claim{Stage: stage, Status: status}}, p.Sums)
}
