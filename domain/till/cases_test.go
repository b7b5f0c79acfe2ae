package till_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
)

// Disputes at the sandbox, step by step.

// raised is a captured payment of 2000 with a case about it.
func raised(b *bench, with domain.Raising) till.Result {
	b.Helper()
	r, err := b.pay(b.issue(2000), goodCard, nil)
	b.must(err)
	return b.raise(r, with)
}

func (b *bench) raise(r till.Result, with domain.Raising) till.Result {
	b.Helper()
	with.Payment = r.Payment.ID
	id, err := b.bank.Raise(b.ctx, with)
	b.must(err)
	b.listen()
	r = b.see(r.Payment.ID)
	r.Dispute = r.Payment.Dispute(id)
	return r
}

// does takes a case one step further: by a command of the merchant's, or by what the other side or time does.
func (b *bench) does(id domain.DisputeID, step string) {
	b.Helper()
	what, with, _ := strings.Cut(step, " ")
	var err error
	switch what {
	case "accept":
		_, err = b.AcceptDispute(b.ctx, till.Intent{}, id)
	case "submit":
		_, err = b.SubmitEvidence(b.ctx, till.Intent{}, id, text("delivered "+step))
	case "decline":
		_, err = b.DeclineDispute(b.ctx, till.Intent{}, id, till.Evidence{})
	case "withdraw":
		_, err = b.WithdrawDispute(b.ctx, till.Intent{}, id)
	case "file":
		_, err = b.FileDispute(b.ctx, till.Intent{}, id, with)
	case "refund":
		found, missing := b.Dispute(b.ctx, string(id))
		b.must(missing)
		_, err = b.Refund(b.ctx, till.Intent{}, till.Refunding{Payment: found.Payment.ID})
	case "hold": // back what the gateway tells
		err = b.bank.HoldBack(b.ctx, true)
	case "deliver": // what waits, the newest first
		waiting, unread := b.bank.Outbox(b.ctx, true)
		b.must(unread)
		for _, n := range slices.Backward(waiting) {
			b.must(b.bank.Deliver(b.ctx, n.ID))
			b.listen()
		}
	case "wait":
		span, wrong := time.ParseDuration(with)
		b.must(wrong)
		_, err = b.Advance(b.ctx, till.Intent{}, span)
	case "days":
		var days int
		_, wrong := fmt.Sscan(with, &days)
		b.must(wrong)
		_, err = b.Advance(b.ctx, till.Intent{}, time.Duration(days)*day)
	default:
		err = b.bank.Advance(b.ctx, id, step)
	}
	if err != nil {
		b.Fatalf("%s: %v", step, err)
	}
	b.listen()
}

// stage is a step of a case's life, and how the case and its payment stand then.
type stage struct {
	step       string
	row        string
	state      domain.State
	held, lost domain.Amount
	fee        domain.Amount
}

const (
	chargebackFee = 1500 // of the sandbox
	rulingFee     = 25000
)

var (
	notReceived = domain.Raising{Stage: domain.StageChargeback, Reason: "13.1"}
	toldBefore  = domain.Raising{Stage: domain.StageChargeback, Reason: "13.1", Announced: true}
	asFraud     = domain.Raising{Stage: domain.StageChargeback, Reason: "10.4"}
	advice      = domain.Raising{Stage: domain.StageFraudAdvice}
	question    = domain.Raising{Stage: domain.StageRetrieval}
	breach      = domain.Raising{Stage: domain.StagePreCompliance}
	favour      = domain.Raising{Stage: domain.StageGoodFaith}
)

// casesLives are cases from their first fact to their end: together they walk every row of lifecycle §7.
var casesLives = map[string]struct {
	raised domain.Raising
	stages []stage
}{
	"up the whole ladder, lost, and asked back": {notReceived, []stage{
		{"", "D7", domain.ChargebackOpen, 2000, 0, chargebackFee},
		{"submit", "D13", domain.RepresentmentResponded, 2000, 0, chargebackFee},
		{"pre_arbitration", "D16", domain.PreArbitrationOpen, 2000, 0, chargebackFee},
		{"decline", "D18", domain.PreArbitrationResponded, 2000, 0, chargebackFee},
		{"file arbitration", "D20", domain.ArbitrationOpen, 2000, 0, chargebackFee + rulingFee},
		{"submit again", "D33", domain.ArbitrationResponded, 2000, 0, chargebackFee + rulingFee},
		{"lost", "D21", domain.ArbitrationLost, 0, 2000, chargebackFee + 2*rulingFee},
		{"file good_faith", "D26", domain.GoodFaithResponded, 0, 2000, chargebackFee + 2*rulingFee},
		{"won", "D29", domain.GoodFaithWon, 0, 0, chargebackFee + 2*rulingFee},
	}},
	"up the whole ladder, and won": {toldBefore, []stage{
		{"", "D8", domain.ChargebackOpen, 0, 0, 0},
		{"wait 1m", "D32", domain.ChargebackOpen, 2000, 0, chargebackFee},
		{"submit", "D13", domain.RepresentmentResponded, 2000, 0, chargebackFee},
		{"reinstated", "D30", domain.RepresentmentResponded, 0, 0, chargebackFee},
		{"won", "D14", domain.RepresentmentWon, 0, 0, chargebackFee},
		{"pre_arbitration", "D16", domain.PreArbitrationOpen, 2000, 0, chargebackFee},
		{"decline", "D18", domain.PreArbitrationResponded, 2000, 0, chargebackFee},
		{"arbitration", "D20", domain.ArbitrationOpen, 2000, 0, chargebackFee + rulingFee},
		{"won", "D21", domain.ArbitrationWon, 0, 0, chargebackFee + rulingFee},
	}},
	"from an advice to a question that is answered": {advice, []stage{
		{"", "D1", domain.FraudAdviceOpen, 0, 0, 0},
		{"retrieval", "D3", domain.RetrievalOpen, 0, 0, 0},
		{"submit", "D4", domain.RetrievalResponded, 0, 0, 0},
		{"closed", "D6", domain.RetrievalClosed, 0, 0, 0},
	}},
	"an advice, and the money was given back": {advice, []stage{{"refund", "D2", domain.FraudAdviceClosed, 0, 0, 0}}},
	"an advice of which nothing comes":        {advice, []stage{{"days 120", "D2", domain.FraudAdviceClosed, 0, 0, 0}}},
	"a question without an answer":            {question, []stage{{"days 18", "D5", domain.RetrievalExpired, 0, 0, 0}, {"chargeback", "D7", domain.ChargebackOpen, 2000, 0, chargebackFee}}},
	"an answer that nobody comes back to":     {question, []stage{{"submit", "D4", domain.RetrievalResponded, 0, 0, 0}, {"days 120", "D6", domain.RetrievalClosed, 0, 0, 0}}},
	"nothing left to take":                    {notReceived, []stage{{"resolved", "D9", domain.ChargebackResolved, 0, 0, chargebackFee}}},
	"settled by a rule":                       {notReceived, []stage{{"rdr", "D9", domain.ChargebackResolved, 0, 2000, chargebackFee}}},
	"given in, and asked back in vain": {notReceived, []stage{
		{"accept", "D10", domain.ChargebackAccepted, 0, 2000, chargebackFee},
		{"file good_faith", "D26", domain.GoodFaithResponded, 0, 2000, chargebackFee},
		{"withdraw", "D29", domain.GoodFaithClosed, 0, 2000, chargebackFee},
	}},
	"without an answer":    {notReceived, []stage{{"days 18", "D11", domain.ChargebackExpired, 0, 2000, chargebackFee}}},
	"withdrawn":            {notReceived, []stage{{"withdrawn", "D12", domain.ChargebackWithdrawn, 0, 0, chargebackFee}}},
	"withdrawn after all":  {notReceived, []stage{{"submit", "D13", domain.RepresentmentResponded, 2000, 0, chargebackFee}, {"withdrawn", "D12", domain.RepresentmentWithdrawn, 0, 0, chargebackFee}}},
	"defended, and won":    {notReceived, []stage{{"submit", "D13", domain.RepresentmentResponded, 2000, 0, chargebackFee}, {"days 60", "D14", domain.RepresentmentWon, 0, 0, chargebackFee}}},
	"defended in vain":     {notReceived, []stage{{"submit", "D13", domain.RepresentmentResponded, 2000, 0, chargebackFee}, {"lost", "D15", domain.RepresentmentLost, 0, 2000, chargebackFee}}},
	"fraud, lost":          {asFraud, []stage{{"file pre_arbitration", "D13b", domain.PreArbitrationResponded, 2000, 0, chargebackFee}, {"lost", "D19", domain.PreArbitrationLost, 0, 2000, chargebackFee}}},
	"fraud, dropped":       {asFraud, []stage{{"file pre_arbitration", "D13b", domain.PreArbitrationResponded, 2000, 0, chargebackFee}, {"days 10", "D19", domain.PreArbitrationWon, 0, 0, chargebackFee}}},
	"given in at the last": {notReceived, []stage{{"submit", "D13", domain.RepresentmentResponded, 2000, 0, chargebackFee}, {"pre_arbitration", "D16", domain.PreArbitrationOpen, 2000, 0, chargebackFee}, {"accept", "D17", domain.PreArbitrationAccepted, 0, 2000, chargebackFee}}},
	"silent at the last":   {notReceived, []stage{{"submit", "D13", domain.RepresentmentResponded, 2000, 0, chargebackFee}, {"pre_arbitration", "D16", domain.PreArbitrationOpen, 2000, 0, chargebackFee}, {"days 30", "D17", domain.PreArbitrationExpired, 0, 2000, chargebackFee}}},
	"given up before the ruling": {notReceived, []stage{
		{"submit", "D13", domain.RepresentmentResponded, 2000, 0, chargebackFee},
		{"arbitration", "D20", domain.ArbitrationOpen, 2000, 0, chargebackFee + rulingFee},
		{"withdraw", "D21", domain.ArbitrationLost, 0, 2000, chargebackFee + 2*rulingFee},
	}},
	"a breach that is admitted": {breach, []stage{{"", "D22", domain.PreComplianceOpen, 0, 0, 0}, {"accept", "D23", domain.PreComplianceAccepted, 0, 2000, 0}}},
	"a breach without a word":   {breach, []stage{{"days 30", "D23", domain.PreComplianceExpired, 0, 2000, 0}}},
	"a breach that is dropped":  {breach, []stage{{"decline", "D23", domain.PreComplianceResponded, 0, 0, 0}, {"days 120", "D24", domain.PreComplianceWithdrawn, 0, 0, 0}}},
	"a breach that is denied": {breach, []stage{
		{"decline", "D23", domain.PreComplianceResponded, 0, 0, 0},
		{"compliance", "D24", domain.ComplianceOpen, 0, 0, 0},
		{"submit", "D33", domain.ComplianceResponded, 0, 0, 0},
		{"lost", "D25", domain.ComplianceLost, 0, 2000, 0},
	}},
	"a favour that is done":    {favour, []stage{{"", "D27", domain.GoodFaithOpen, 0, 0, 0}, {"days 300", "D27", domain.GoodFaithOpen, 0, 0, 0}, {"accept", "D28", domain.GoodFaithAccepted, 0, 2000, 0}}},
	"a favour that is refused": {favour, []stage{{"decline", "D28", domain.GoodFaithClosed, 0, 0, 0}}},
	"told backwards": {notReceived, []stage{
		{"submit", "D13", domain.RepresentmentResponded, 2000, 0, chargebackFee},
		{"hold", "D13", domain.RepresentmentResponded, 2000, 0, chargebackFee},
		{"pre_arbitration", "D13", domain.RepresentmentResponded, 2000, 0, chargebackFee},
		{"days 30", "D13", domain.RepresentmentResponded, 2000, 0, chargebackFee},
		{"deliver", "D31 D30", domain.PreArbitrationExpired, 0, 2000, chargebackFee},
	}},
	"nobody tells that it is over": {notReceived, []stage{
		{"hold", "D7", domain.ChargebackOpen, 2000, 0, chargebackFee},
		{"days 18", "D11", domain.ChargebackExpired, 0, 2000, chargebackFee},
		{"deliver", "D30", domain.ChargebackExpired, 0, 2000, chargebackFee},
	}},
	"nobody tells that they let go": {notReceived, []stage{
		{"hold", "D7", domain.ChargebackOpen, 2000, 0, chargebackFee},
		{"withdrawn", "D7", domain.ChargebackOpen, 2000, 0, chargebackFee},
		{"days 18", "D11", domain.ChargebackExpired, 0, 2000, chargebackFee},
		{"deliver", "D31", domain.ChargebackWithdrawn, 0, 0, chargebackFee},
	}},
}

func TestCasesFromTheirFirstFactToTheirEnd(t *testing.T) {
	walked := make(chan string, 1000)
	t.Run("lives", func(t *testing.T) {
		for name, c := range casesLives {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				b := newBench(t, nil)
				r := raised(b, c.raised)
				for _, s := range c.stages {
					if s.step != "" {
						b.does(r.Dispute.ID, s.step)
					}
					found, err := b.Dispute(b.ctx, string(r.Dispute.ID))
					b.must(err)
					rows := rowsOf(found)
					p, d := found.Payment, found.Dispute
					if !strings.HasSuffix(strings.Join(rows, " "), s.row) || d.State != s.state || p.Sums.DisputedHeld != s.held || p.Sums.DisputedLost != s.lost || p.Sums.Fees != s.fee {
						t.Fatalf("%s: %s by %s, held %d, lost %d, fees %d: want %+v", s.step, d.State, rows, p.Sums.DisputedHeld, p.Sums.DisputedLost, p.Sums.Fees, s)
					}
					for _, row := range rows {
						walked <- row
					}
				}
				books, p := b.books(r.Payment), b.see(r.Payment.ID).Payment
				if p.Sums.DisputedHeld+p.Sums.DisputedLost != books.Disputed || p.Sums.Fees != books.Fees {
					t.Errorf("till has %+v, the gateway %+v", p.Sums, books)
				}
			})
		}
	})
	close(walked)
	missing := map[string]bool{}
	for _, r := range domain.DisputeMachine.Rows() {
		missing[r.ID] = true
	}
	for row := range walked {
		delete(missing, row)
	}
	if len(missing) > 0 {
		t.Errorf("no case walks %v", missing)
	}
}

// rowsOf are the rows that a case has walked.
func rowsOf(r till.Result) []string {
	var rows []string
	for _, s := range r.Order.Steps {
		if s.Machine == "dispute" && s.Subject == string(r.Dispute.ID) {
			rows = append(rows, s.Row)
		}
	}
	return rows
}

// A case's deadline, for which both till and gateway wait, is told once.
func TestADeadlineIsToldOnce(t *testing.T) {
	b := newBench(t, nil)
	r := raised(b, domain.Raising{Stage: domain.StageChargeback, Reason: "13.1"})
	ahead, err := b.Ahead(b.ctx, r.Dispute.RespondBy)
	b.must(err)
	var told []string
	for _, timer := range ahead {
		if timer.Subject == string(r.Dispute.ID) {
			told = append(told, timer.Name)
		}
	}
	if !slices.Equal(told, []string{domain.TimerRespond}) {
		t.Errorf("the deadline is told as %v", told)
	}
}
