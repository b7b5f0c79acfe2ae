package domain

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"time"
)

// told is a fact that puts a case into a state, so many minutes after noon.
func told(minute int, on Event, state State, say ...func(*Fact)) Fact {
	stage, status, _ := strings.Cut(string(state), "/")
	f := Fact{
		Event: on, Action: fmt.Sprint("act_", minute, "_", on), Case: "dsp_1", At: noon.Add(time.Duration(minute) * time.Minute),
		Dispute: &Claim{Stage: stage, Status: status, Amount: 900},
	}
	for _, s := range say {
		s(&f)
	}
	return f
}

func fee(amount Amount) func(*Fact)   { return func(f *Fact) { f.Dispute.Fee = amount } }
func announced(f *Fact)               { f.Dispute.Announced = true }
func provisional(f *Fact)             { f.Dispute.Provisional = true }
func ours(f *Fact)                    { f.Dispute.RaisedBy = RaisedByMerchant }
func because(code string) func(*Fact) { return func(f *Fact) { f.Code = code } }
func visa(reason string) func(*Fact) {
	return func(f *Fact) { f.Dispute.Network, f.Dispute.ReasonCode = "Visa", reason }
}

// hear books a fact and walks the machine; the row that took it comes back.
func hear(t *testing.T, p *Payment, fact Fact) (*Dispute, *Transition) {
	t.Helper()
	var from State
	if d := p.Dispute(fact.Case); d != nil {
		from = d.State
	}
	d := p.bookDispute(fact, noon)
	f := &Facts{Payment: p, Dispute: d, Fact: &fact}
	walked, refusal := DisputeMachine.Next(from, disputeEvent(from, f), f)
	if walked == nil {
		t.Fatalf("nothing leads from %q to %s on %s: %s", from, d.State, fact.Event, refusal)
	}
	if walked.To != d.State {
		t.Fatalf("%s leads from %q to %s, the facts to %s", walked.ID, from, walked.To, d.State)
	}
	return d, walked
}

func capturedPayment() *Payment {
	return &Payment{Opening: Opening{ID: "pay_1"}, Sums: Sums{Captured: 900}}
}

type rung struct {
	fact       Fact
	id         string
	money      string
	held, lost Amount
	fee        Amount
}

func climb(t *testing.T, rungs []rung) {
	t.Helper()
	p := capturedPayment()
	for _, r := range rungs {
		d, walked := hear(t, p, r.fact)
		if walked.ID != r.id {
			t.Errorf("%s at %s: %s, want %s", r.fact.Event, d.State, walked.ID, r.id)
		}
		if d.Money != r.money || d.held() != r.held || d.lost() != r.lost || d.Fee != r.fee {
			t.Errorf("%s at %s: money %s, held %d, lost %d, fee %d", walked.ID, d.State, d.Money, d.held(), d.lost(), d.Fee)
		}
	}
	if len(p.Disputes) != 1 {
		t.Errorf("%d cases", len(p.Disputes))
	}
}

func TestDisputeUpTheWholeLadder(t *testing.T) {
	climb(t, []rung{
		{told(0, DisputeFraudAdvice, FraudAdviceOpen), "D1", MoneyNone, 0, 0, 0},
		{told(1, DisputeRetrieval, RetrievalOpen), "D3", MoneyNone, 0, 0, 0},
		{told(2, DisputeEvidenceSent, RetrievalResponded), "D4", MoneyNone, 0, 0, 0},
		{told(3, DisputeReceived, ChargebackOpen, announced, fee(15)), "D8", MoneyNone, 0, 0, 0},
		{told(4, DisputeEvidenceRequired, ChargebackOpen, fee(15)), "D32", MoneyHeld, 900, 0, 15},
		{told(5, DisputeEvidenceSent, RepresentmentResponded), "D13", MoneyHeld, 900, 0, 15},
		{told(6, DisputeReinstated, RepresentmentResponded, provisional), "D30", MoneyReturned, 0, 0, 15},
		{told(7, DisputePreArbitration, PreArbitrationOpen), "D16", MoneyHeld, 900, 0, 15},
		{told(8, DisputeDeclined, PreArbitrationResponded), "D18", MoneyHeld, 900, 0, 15},
		{told(9, DisputeFiled, ArbitrationOpen, fee(500)), "D20", MoneyHeld, 900, 0, 515},
		{told(10, DisputeEvidenceSent, ArbitrationResponded), "D33", MoneyHeld, 900, 0, 515},
		{told(11, DisputeLost, ArbitrationLost, fee(250)), "D21", MoneyLost, 0, 900, 765},
		{told(12, DisputeFiled, GoodFaithResponded, ours), "D26", MoneyLost, 0, 900, 765},
		{told(13, DisputeWon, GoodFaithWon), "D29", MoneyReturned, 0, 0, 765},
	})
}

func TestDisputeMoneyAtEveryEnd(t *testing.T) {
	open := told(0, DisputeEvidenceRequired, ChargebackOpen)
	for _, c := range []struct {
		facts []Fact
		money string
	}{
		{[]Fact{open}, MoneyHeld},
		{[]Fact{told(0, DisputeReceived, ChargebackOpen, announced)}, MoneyNone},
		{[]Fact{told(0, DisputeReceived, ChargebackOpen, announced), told(1, DisputeEvidenceSent, RepresentmentResponded)}, MoneyNone},
		{[]Fact{told(0, DisputeReceived, ChargebackOpen, announced), told(1, DisputeWithdrawn, ChargebackWithdrawn)}, MoneyNone},
		{[]Fact{told(0, DisputeReceived, ChargebackOpen, announced), told(1, DisputeAccepted, ChargebackAccepted)}, MoneyLost},
		{[]Fact{told(0, DisputeEvidenceSent, RepresentmentResponded)}, MoneyHeld},
		{[]Fact{open, told(1, DisputeAccepted, ChargebackAccepted)}, MoneyLost},
		{[]Fact{open, told(1, DisputeExpired, ChargebackExpired)}, MoneyLost},
		{[]Fact{open, told(1, DisputeWithdrawn, ChargebackWithdrawn)}, MoneyReturned},
		{[]Fact{open, told(1, DisputeResolved, ChargebackResolved, because("already_refunded"))}, MoneyReturned},
		{[]Fact{open, told(1, DisputeResolved, ChargebackResolved, because("RDR"))}, MoneyLost},
		{[]Fact{open, told(1, DisputeWon, RepresentmentWon)}, MoneyReturned},
		{[]Fact{open, told(1, DisputeLost, RepresentmentLost)}, MoneyLost},
		{[]Fact{open, told(1, DisputeReinstated, ChargebackOpen, provisional), told(2, DisputeDebited, ChargebackOpen)}, MoneyHeld},
		{[]Fact{told(0, DisputeRetrieval, RetrievalOpen), told(1, DisputeExpired, RetrievalExpired)}, MoneyNone},
		{[]Fact{told(0, DisputePreCompliance, PreComplianceOpen)}, MoneyNone},
		{[]Fact{told(0, DisputeAccepted, PreComplianceAccepted)}, MoneyLost},
		{[]Fact{told(0, DisputeExpired, PreComplianceExpired)}, MoneyLost},
		{[]Fact{told(0, DisputeWon, ComplianceWon)}, MoneyNone},
		{[]Fact{told(0, DisputeLost, ComplianceLost)}, MoneyLost},
		{[]Fact{told(0, DisputeGoodFaith, GoodFaithOpen)}, MoneyNone},
		{[]Fact{told(0, DisputeAccepted, GoodFaithAccepted)}, MoneyLost},
		{[]Fact{told(0, DisputeDeclined, GoodFaithClosed)}, MoneyNone},
		{[]Fact{open, told(1, DisputeExpired, ChargebackExpired), told(2, DisputeClosed, GoodFaithClosed, ours)}, MoneyLost},
	} {
		p := capturedPayment()
		var d *Dispute
		for _, f := range c.facts {
			d, _ = hear(t, p, f)
		}
		if d.Money != c.money {
			t.Errorf("%s after %d facts: %s, want %s", d.State, len(c.facts), d.Money, c.money)
		}
	}
}

// Whatever order the facts of a case come in, and however often, it ends the same.
func TestDisputeEndsTheSameInEveryOrder(t *testing.T) {
	announcement := told(0, DisputeReceived, ChargebackOpen, announced, fee(15), visa("10.4"))
	debit := told(1, DisputeEvidenceRequired, ChargebackOpen, fee(15))
	defence := told(2, DisputeEvidenceSent, RepresentmentResponded)
	credit := told(3, DisputeReinstated, RepresentmentResponded, provisional)
	for _, facts := range [][]Fact{
		{told(0, DisputeFraudAdvice, FraudAdviceOpen), told(1, DisputeRetrieval, RetrievalOpen), debit, defence, credit, told(5, DisputeLost, RepresentmentLost)},
		{announcement, debit, defence, credit, told(4, DisputePreArbitration, PreArbitrationOpen), told(5, DisputeDeclined, PreArbitrationResponded)},
		{announcement, debit, told(2, DisputeAccepted, ChargebackAccepted), told(3, DisputeFiled, GoodFaithResponded, ours), told(4, DisputeClosed, GoodFaithClosed)},
		{debit, defence, told(4, DisputeWon, RepresentmentWon), told(5, DisputePreArbitration, PreArbitrationOpen, fee(10)), told(6, DisputeExpired, PreArbitrationExpired)},
		{debit, told(3, DisputeFiled, ArbitrationOpen, fee(500)), told(4, DisputeEvidenceSent, ArbitrationResponded), told(5, DisputeWon, ArbitrationWon), told(6, DisputeLost, ArbitrationLost), told(7, DisputeEvidenceSent, ArbitrationResponded)},
		{debit, told(1, DisputeResolved, ChargebackResolved, because("rdr")), told(1, DisputeReceived, ChargebackOpen, announced), told(9, "dispute_note", "")},
	} {
		ends := map[string]bool{}
		permute(facts, func(order []Fact) {
			p := capturedPayment()
			for _, f := range append(order, order...) {
				hear(t, p, f)
			}
			d := p.Dispute("dsp_1")
			if len(d.facts) != len(facts) {
				t.Fatalf("%d facts on record, want %d", len(d.facts), len(facts))
			}
			ends[fmt.Sprintf("%s %s held %d lost %d fee %d %+v %s", d.State, d.Money, d.held(), d.lost(), d.Fee, d.Claim, d.OpenedAt)] = true
		})
		if len(ends) != 1 {
			t.Errorf("%d ends: %v", len(ends), ends)
		}
	}
}

// Any facts in any order find a row, and it leads where the facts put the case.
func TestDisputeRowsAgreeWithTheFacts(t *testing.T) {
	dice := rand.New(rand.NewSource(1))
	var arrows []Transition
	for _, r := range DisputeMachine.Rows() {
		if !r.Late {
			arrows = append(arrows, r)
		}
	}
	walked := map[string]bool{}
	for range 3000 {
		p := capturedPayment()
		for range 1 + dice.Intn(7) {
			arrow := arrows[dice.Intn(len(arrows))]
			f := told(dice.Intn(9), arrow.On, arrow.To)
			f.Dispute.Announced = arrow.To == ChargebackOpen && dice.Intn(2) == 0
			f.Dispute.Provisional = dice.Intn(4) == 0
			_, row := hear(t, p, f)
			walked[row.ID] = true
		}
	}
	if !walked["D30"] || !walked["D31"] {
		t.Error("nothing came out of its order")
	}
}

// Every row of its own event takes a case on when its guards hold, from every state it starts in.
func TestDisputeWalksEveryRow(t *testing.T) {
	for _, r := range DisputeMachine.Rows() {
		if r.Late {
			continue
		}
		fact := told(1, r.On, r.To)
		p := capturedPayment()
		if r.From != "" {
			hear(t, p, told(0, "dispute_note", r.From))
		}
		switch r.ID {
		case "D8":
			announced(&fact)
		case "D32":
			p.Disputes = nil
			hear(t, p, told(0, DisputeReceived, ChargebackOpen, announced))
		case "D13b":
			visa("10.4")(&fact)
		case "D9":
			because("already_refunded")(&fact)
			if slices.Contains(guardNames(r), resolvedByRDR.Name) {
				because("rdr")(&fact)
			}
		}
		d, walked := hear(t, p, fact)
		if walked.ID != r.ID || walked.Why != r.Why {
			t.Errorf("from %q on %s to %s: %s, want %s", r.From, r.On, d.State, walked.ID, r.ID)
		}
	}
}

func TestDisputeGuardsRefuse(t *testing.T) {
	bare := func() *Facts {
		return &Facts{Payment: capturedPayment(), Dispute: &Dispute{}, Asking: true, Now: noon}
	}
	said := func(f Fact) *Facts {
		p := capturedPayment()
		return &Facts{Payment: p, Dispute: p.bookDispute(f, noon), Fact: &f}
	}
	uncaptured := bare()
	uncaptured.Payment.Sums.Captured = 0
	late := bare()
	late.Dispute.RespondBy = noon.Add(-time.Second)
	early := bare()
	early.Dispute.RespondBy = noon.Add(time.Second)
	for _, c := range []struct {
		from State
		on   Event
		f    *Facts
		want Guard
	}{
		{"", DisputeFraudAdvice, uncaptured, capturedOnce},
		{RetrievalOpen, DisputeEvidenceSent, late, answerInTime},
		{ChargebackExpired, DisputeFiled, early, stepsOver},
		{ChargebackOpen, DisputeFiled, bare(), visaAllocation},
		{ChargebackOpen, DisputeFiled, said(told(0, DisputeFiled, PreArbitrationResponded, visa("13.1"))), visaAllocation},
		{ChargebackOpen, DisputeResolved, said(told(0, DisputeResolved, ChargebackResolved)), resolvedByRDR},
		{ChargebackOpen, DisputeReceived, said(told(0, DisputeReceived, ChargebackOpen, announced)), announcedBefore},
		{ChargebackOpen, DisputeAccepted, said(told(0, DisputeExpired, ChargebackExpired)), disputePlaced("")},
		{ChargebackOpen, DisputeOutOfOrder, said(told(0, DisputeFraudAdvice, FraudAdviceOpen)), disputePlaced("")},
	} {
		refuses(t, DisputeMachine, c.from, c.on, c.f, c.want)
	}
	debit, notice := said(told(0, DisputeDebited, ChargebackOpen)), said(told(0, DisputeReceived, ChargebackOpen, announced))
	if isDebited.Holds(notice) || isAnnounced.Holds(debit) || resolvedForUs.Holds(debit) {
		t.Error("an announcement and a debit are taken for each other")
	}
}

func TestDisputeCommandsAreAskedBeforehand(t *testing.T) {
	asking := &Facts{Payment: capturedPayment(), Dispute: &Dispute{State: ChargebackOpen}, Asking: true, Now: noon}
	walks(t, DisputeMachine, ChargebackOpen, DisputeAccepted, asking, "D10", ChargebackAccepted)
	walks(t, DisputeMachine, ChargebackOpen, DisputeEvidenceSent, asking, "D13", RepresentmentResponded)
	walks(t, DisputeMachine, PreArbitrationOpen, DisputeDeclined, asking, "D18", PreArbitrationResponded)
	walks(t, DisputeMachine, ArbitrationOpen, DisputeGivenUp, asking, "D21", ArbitrationLost)
}

func TestDisputeDeadlineBelongsToItsState(t *testing.T) {
	p := capturedPayment()
	by := noon.Add(240 * time.Hour)
	d, _ := hear(t, p, told(0, DisputeReceived, ChargebackOpen, announced, func(f *Fact) { f.Dispute.RespondBy = by }))
	hear(t, p, told(1, DisputeEvidenceRequired, ChargebackOpen))
	if !d.RespondBy.Equal(by) || !d.isOpen() {
		t.Errorf("respond by %s, open %v", d.RespondBy, d.isOpen())
	}
	hear(t, p, told(2, DisputeAccepted, ChargebackAccepted))
	if !d.RespondBy.IsZero() || d.isOpen() {
		t.Errorf("respond by %s, open %v", d.RespondBy, d.isOpen())
	}
}

func TestDisputeCasesStandApart(t *testing.T) {
	p := capturedPayment()
	hear(t, p, told(0, DisputeEvidenceRequired, ChargebackOpen))
	other := told(0, DisputePreCompliance, PreComplianceOpen, func(f *Fact) { f.Case = "dsp_2" })
	d, walked := hear(t, p, other)
	if len(p.Disputes) != 2 || walked.ID != "D22" || d.held() != 0 || p.Disputes[0].held() != 900 {
		t.Errorf("%d cases, %s", len(p.Disputes), walked.ID)
	}
}

func TestDisputeWithoutATimeHappenedNow(t *testing.T) {
	f := told(0, DisputeEvidenceRequired, ChargebackOpen)
	f.At = time.Time{}
	if d := capturedPayment().bookDispute(f, noon); !d.OpenedAt.Equal(noon) {
		t.Errorf("opened at %s", d.OpenedAt)
	}
}

func TestDisputeStatesAreThoseOfTheMachine(t *testing.T) {
	for _, s := range disputeStates {
		if !slices.Contains(DisputeMachine.States(), s) || DisputeRank(stageOf(s)) < 0 {
			t.Errorf("%s is not in the machine", s)
		}
	}
	if len(DisputeMachine.States()) != len(disputeStates) || DisputeRank("lawsuit") != -1 {
		t.Error("the machine has states that are not listed")
	}
}
