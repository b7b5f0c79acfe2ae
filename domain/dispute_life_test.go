package domain

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// Disputes in the life of an order.

func disputeGuards() []guardCase {
	asking := func(d Dispute) *Facts {
		p := captured(900)
		return &Facts{Order: costing(p), Payment: p, Dispute: &d, Asking: true, Now: noon}
	}
	said := func(f Fact) *Facts {
		p := captured(900)
		return &Facts{Order: costing(p), Payment: p, Dispute: p.bookDispute(f, noon), Fact: &f}
	}
	until := func(by time.Time) *Facts { return asking(Dispute{Claim: Claim{RespondBy: by}}) }
	answering := asking(Dispute{ID: "dsp_1"})
	answering.Payment.Operations = []*Operation{{Kind: DisputeAccept, Case: "dsp_1", State: OpPending}}
	other := asking(Dispute{ID: "dsp_2"})
	other.Payment.Operations = answering.Payment.Operations
	uncaptured := asking(Dispute{})
	uncaptured.Payment.Sums.Captured = 0
	debit, notice := said(told(0, DisputeDebited, ChargebackOpen)), said(told(0, DisputeReceived, ChargebackOpen, announced))
	both := said(told(0, DisputeReceived, ChargebackOpen, announced))
	then := told(1, DisputeDebited, ChargebackOpen)
	both.Dispute, both.Fact = both.Payment.bookDispute(then, noon), &then
	refunded, rdr := said(told(0, DisputeResolved, ChargebackResolved, because("already_refunded"))), said(told(0, DisputeResolved, ChargebackResolved, because("RDR")))
	return []guardCase{
		{noAnswerYet, other, answering},
		{answerInTime, until(noon), until(noon.Add(-1))},
		{stepsOver, until(noon.Add(-1)), until(noon)},
		{capturedOnce, asking(Dispute{}), uncaptured},
		{isDebited, debit, notice},
		{isAnnounced, notice, debit},
		{announcedBefore, both, debit},
		{resolvedForUs, refunded, rdr},
		{resolvedByRDR, rdr, refunded},
		{visaAllocation, asking(Dispute{Claim: Claim{Network: "visa", ReasonCode: "11.2"}}), asking(Dispute{Claim: Claim{Network: "Mastercard", ReasonCode: "4837"}})},
		{mayBeSkipped, asking(Dispute{Claim: Claim{Network: "Mastercard"}}), asking(Dispute{Claim: Claim{Network: "visa", ReasonCode: "13.1"}})},
	}
}

// Nothing that is done about a case crosses an answer that is on its way.
func TestAnswersToACaseDoNotCross(t *testing.T) {
	for _, a := range append(slices.Clone(DisputeActions), DisputeSending...) {
		done := 0
		for _, state := range disputeStates {
			p := captured(900)
			d := &Dispute{ID: "dsp_1", State: state, Claim: Claim{Stage: stageOf(state), Network: "Visa", ReasonCode: "10.4"}}
			f := &Facts{Order: costing(p), Payment: p, Dispute: d, Now: noon}
			if a.Refusal(f) != nil {
				continue
			}
			done++
			p.Operations = []*Operation{{Kind: DisputeEvidence, Case: "dsp_1", State: OpPending}}
			if refused := a.Refusal(f); refused == nil || refused.Message != noAnswerYet.Refusal {
				t.Errorf("%s in %s: %v", a.Name, state, refused)
			}
		}
		if done == 0 {
			t.Errorf("%s is possible nowhere", a.Name)
		}
	}
}

// Where a case can be taken to a stage the refusal says, of each stage its own.
func TestFilingIsAllowedByItsStage(t *testing.T) {
	file := FindAction(DisputeActions, "file")
	p := captured(900)
	for stage, from := range map[string][]State{
		StagePreArbitration: {ChargebackOpen}, StageArbitration: {RepresentmentResponded, PreArbitrationResponded}, StageGoodFaith: losses,
	} {
		f := &Facts{Order: costing(p), Payment: p, Dispute: &Dispute{State: RetrievalOpen}, Stage: stage, Now: noon}
		if refused := file.Refusal(f); refused == nil || !slices.Equal(refused.AllowedIn, from) {
			t.Errorf("%s: %+v", stage, refused)
		}
	}
}

// everyCase walks every row of the dispute's machine, from every state that it starts in.
func everyCase(t *testing.T, note func(*life)) {
	for _, r := range DisputeMachine.Rows() {
		l := newLife(t, Document{})
		sold(l)
		p := l.order.Last()
		switch {
		case r.ID == "D32":
			l.tell(p, told(0, DisputeReceived, ChargebackOpen, announced))
		case r.From != "":
			l.tell(p, told(0, "dispute_note", r.From))
		}
		fact := told(1, r.On, r.To)
		switch {
		case r.ID == "D30":
			fact = told(-1, "dispute_note", r.From)
		case r.Late:
			fact = told(1, "dispute_note", r.To)
		case r.ID == "D8":
			announced(&fact)
		case r.ID == "D13b":
			visa("10.4")(&fact)
		case r.ID == "D9" && slices.Contains(guardNames(r), resolvedByRDR.Name):
			because("rdr")(&fact)
		case r.ID == "D9":
			because("already_refunded")(&fact)
		}
		l.tell(p, fact)
		note(l)
	}
}

// cased is a paid order with a case in a state, dated as a till dates it.
func cased(on Event, state State, say ...func(*Fact)) func(*life) {
	return func(l *life) {
		sold(l)
		f := told(0, on, state, append([]func(*Fact){visa("13.1")}, say...)...)
		l.pace = 0
		f.At = l.at
		l.tell(l.order.Last(), l.order.Last().WithDeadlines([]Fact{f}, l.at)...)
	}
}

// dispute gives the only case of a life's payment.
func (l *life) dispute() *Dispute {
	l.t.Helper()
	if d := l.order.Last().Disputes; len(d) == 1 {
		return d[0]
	}
	l.t.Fatalf("%d cases", len(l.order.Last().Disputes))
	return nil
}

// An advice of fraud closes once all that it is about has gone back, whatever was told first, and opens again where it came back (D2).
func TestAnAdviceOfFraudIsClosedByARefund(t *testing.T) {
	facts := []Fact{
		{Event: DisputeFraudAdvice, Action: "a", At: noon, Case: "dsp_1", Dispute: &Claim{Stage: StageFraudAdvice, Status: StatusOpen, Amount: 900}},
		{Event: RefundDone, Action: "b", At: noon.Add(time.Minute), Amount: 400, Refund: "ref_a"},
		{Event: RefundDone, Action: "c", At: noon.Add(2 * time.Minute), Amount: 500, Refund: "ref_b"},
		{Event: RefundCameBack, Action: "d", At: noon.Add(3 * time.Minute), Amount: 500, Refund: "ref_b"},
	}
	for n, want := range map[int]State{2: FraudAdviceOpen, 3: FraudAdviceClosed, 4: FraudAdviceOpen} {
		permute(facts[:n], func(order []Fact) {
			l := newLife(t, Document{})
			sold(l)
			for _, f := range order {
				l.tell(l.order.Last(), f)
			}
			if d := l.dispute(); d.State != want {
				t.Fatalf("%d facts as %s: %s", n, names(order), d.State)
			}
		})
	}
	l := newLife(t, Document{})
	sold(l)
	l.tell(l.order.Last(), facts[:3]...)
	l.tell(l.order.Last(), facts[3])
	if rows := fmt.Sprint(l.walked("dispute")); rows != "[D1 D2 D31]" {
		t.Errorf("walked %s", rows)
	}
}

// A refund and a chargeback that cross are told apart, whatever comes first, and somebody is to look.
func TestARefundAndAChargebackCross(t *testing.T) {
	case1 := func(minute int, on Event, state State, say ...func(*Fact)) Fact {
		return told(minute, on, state, append(say, func(f *Fact) { f.Dispute.Amount = 1000 })...)
	}
	facts := []Fact{
		{Event: RefundAccepted, Action: "r1", At: noon, Amount: 1000, Refund: "ref_a"},
		case1(1, DisputeReceived, ChargebackOpen, announced, fee(15)),
		case1(2, DisputeEvidenceRequired, ChargebackOpen, fee(15)),
		{Event: RefundDone, Action: "r2", At: noon.Add(3 * time.Minute), Amount: 1000, Refund: "ref_a"},
		case1(4, DisputeEvidenceSent, RepresentmentResponded),
		case1(5, DisputeReinstated, RepresentmentResponded, provisional),
		case1(6, DisputePreArbitration, PreArbitrationOpen),
	}
	want, n := "", 0
	permute(facts, func(order []Fact) {
		if n++; n%3 != 1 && scaled(t, 1) == 1 {
			return
		}
		l := newLife(t, Document{})
		sold(l)
		for _, f := range order {
			l.tell(l.order.Last(), l.order.Last().WithDeadlines([]Fact{f}, l.at)...)
		}
		d := l.dispute()
		got := fmt.Sprintf("%s %s until %s %+v\n%s", d.State, d.Money, d.RespondBy, l.order.Sums(), l.outcome())
		if want == "" {
			want = got
		}
		if got != want {
			t.Fatalf("told as %s, it ends as\n%s\nwant\n%s", names(order), got, want)
		}
		s := l.order.Sums()
		if s.Refunded != 1000 || s.DisputedHeld != 1000 || s.Fees != 15 || s.Net() != -1000 || !slices.Contains(l.order.Attention(), "over_returned") {
			t.Fatalf("%+v, %v", s, l.order.Attention())
		}
	})
}

func TestLabelOfADispute(t *testing.T) {
	for _, c := range []struct {
		live        func(*life)
		flat, label string
	}{
		{cased(DisputeEvidenceRequired, ChargebackOpen), "chargeback", "dispute: chargeback · open"},
		{cased(DisputeEvidenceSent, RepresentmentResponded), "representation", "dispute: representment · responded"},
		{cased(DisputeFraudAdvice, FraudAdviceOpen), "fraud_advice", "paid, fraud advice"},
		{cased(DisputeClosed, RetrievalClosed), "paid", "paid"},
		{cased(DisputeLost, RepresentmentLost), "chargeback", "chargeback, €9.00 lost"},
	} {
		l := newLife(t, Document{})
		c.live(l)
		if flat, label := l.order.FlatStatus(), l.order.Label(); flat != c.flat || label != c.label {
			t.Errorf("%s, %q: want %s, %q", flat, label, c.flat, c.label)
		}
	}
}

func TestReasonsOfDisputes(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Reasons("") {
		if key := r.Network + r.Code; seen[key] || r.Means == "" || r.Defence == "" || r.Category == "" {
			t.Errorf("%+v", r)
		} else {
			seen[key] = true
		}
		if found, known := ReasonOf(r.Network, r.Code); !known || found != r {
			t.Errorf("%s %s is not found", r.Network, r.Code)
		}
	}
	if _, known := ReasonOf("Visa", "4837"); known || len(Reasons("visa")) != 24 || len(Reasons("nobody")) != 0 {
		t.Error("networks are mixed up")
	}
}

func TestLiabilityShift(t *testing.T) {
	shifted := &Payment{ThreeDS: ThreeDS{LiabilityShift: true}}
	for _, c := range []struct {
		claim Claim
		p     *Payment
		want  bool
	}{
		{Claim{Network: "Visa", ReasonCode: "10.4"}, shifted, true},
		{Claim{Network: "Mastercard", ReasonCode: "4837"}, shifted, true},
		{Claim{Network: "Visa", ReasonCode: "10.1"}, shifted, false},
		{Claim{Network: "Visa", ReasonCode: "13.1"}, shifted, false},
		{Claim{Network: "Visa", ReasonCode: "10.4"}, &Payment{}, false},
		{Claim{Network: "Visa", ReasonCode: "13.1", LiabilityShift: true}, &Payment{}, true},
	} {
		d := &Dispute{Claim: c.claim}
		if d.Shifted(c.p) != c.want {
			t.Errorf("%+v", c.claim)
		}
	}
}

// Wherever something can be done about a case, it is said what that costs, and only there.
func TestStakes(t *testing.T) {
	p := captured(900)
	for _, state := range disputeStates {
		d := &Dispute{ID: "dsp_1", State: state, Claim: Claim{Amount: 900, Fee: 1500}}
		d.Stage = stageOf(state)
		s := d.Stakes("EUR")
		can := Permitted(DisputeActions, &Facts{Order: costing(p), Payment: p, Dispute: d, Now: noon})
		giveIn := slices.Contains(can, "accept") || slices.Contains(can, "withdraw") && stageOf(state) == StageArbitration
		if giveIn != (s.GiveIn != "") || slices.Contains(can, "evidence") && s.Defend == "" {
			t.Errorf("%s: %+v, and can %v", state, s, can)
		}
		if slices.Contains(can, "withdraw") && s.Withdraw == "" || slices.Contains(can, "file") && s.Further == "" {
			t.Errorf("%s: what it costs to go on or to give up is not said: %+v, and can %v", state, s, can)
		}
	}
}
