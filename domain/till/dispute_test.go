package till_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
)

// issuer is the other side of a case, around the sandbox: what it tells is heard with the next sync, and answers to a
// case end as it says.
type issuer struct {
	domain.Provider
	bench  *bench
	told   []domain.Fact
	sent   []domain.Operation
	status domain.Status // of the next answers; "" is success
	amount domain.Amount // that the next answers name; 0 is the one that was asked for
	lost   error         // the next answer arrives and nobody hears of it
}

func (i *issuer) Do(ctx context.Context, op domain.Operation) (domain.Outcome, error) {
	switch op.Kind {
	case domain.Sync:
		outcome, err := i.Provider.Do(ctx, op)
		outcome.Facts = append(outcome.Facts, i.told...)
		return outcome, err
	case domain.DisputeAccept, domain.DisputeEvidence, domain.DisputeDecline, domain.DisputeWithdraw, domain.DisputeFile:
		return i.answer(op)
	}
	return i.Provider.Do(ctx, op)
}

// answers say what a success of each answer is.
var answers = map[domain.OperationKind]domain.Event{
	domain.DisputeAccept: domain.DisputeAccepted, domain.DisputeEvidence: domain.DisputeEvidenceSent,
	domain.DisputeDecline: domain.DisputeDeclined, domain.DisputeWithdraw: domain.DisputeGivenUp, domain.DisputeFile: domain.DisputeFiled,
}

func (i *issuer) answer(op domain.Operation) (domain.Outcome, error) {
	i.sent = append(i.sent, op)
	if i.status != "" {
		return domain.Outcome{Status: i.status, Summary: "the case is closed"}, nil
	}
	o, err := i.bench.Order(i.bench.ctx, string(op.Order))
	if err != nil {
		return domain.Outcome{}, err
	}
	p, d := o.ByDispute(op.Case)
	on := answers[op.Kind]
	row, refusal := domain.DisputeMachine.Next(d.State, on, &domain.Facts{Order: o, Payment: p, Dispute: d, Asking: true, Now: i.bench.clock.now})
	if row == nil {
		return domain.Outcome{Status: domain.Declined, Summary: refusal}, nil
	}
	fact := i.bench.said(d.ID, on, row.To, 900)
	fact.Key = op.Key
	i.told = append(i.told, fact)
	if i.lost != nil {
		return domain.Outcome{}, i.lost
	}
	if i.amount != 0 {
		fact.Dispute = &domain.Claim{Stage: fact.Dispute.Stage, Status: fact.Dispute.Status, Amount: i.amount}
	}
	return domain.Outcome{Status: domain.Succeeded, Facts: []domain.Fact{fact}}, nil
}

// said is a fact that puts a case into a state, now.
func (b *bench) said(id domain.DisputeID, on domain.Event, state domain.State, amount domain.Amount) domain.Fact {
	stage, status, _ := strings.Cut(string(state), "/")
	b.facts++
	f := domain.Fact{
		Event: on, Action: fmt.Sprint("act_case_", b.facts), Case: id, At: b.clock.env().Now(), Amount: amount,
		Dispute: &domain.Claim{Stage: stage, Status: status, Amount: amount, Network: "Visa", ReasonCode: "13.1"},
	}
	if state == domain.GoodFaithResponded {
		f.Dispute.RaisedBy = domain.RaisedByMerchant
	}
	return f
}

// disputed is a bench with a captured payment of 2000 and an issuer.
func disputed(t *testing.T) (*bench, *issuer, till.Result) {
	t.Helper()
	i := &issuer{}
	b := newBench(t, func(p domain.Provider) domain.Provider { i.Provider = p; return i })
	i.bench = b
	r, err := b.pay(b.issue(2000), goodCard, nil)
	b.must(err)
	return b, i, r
}

// tells has the issuer say something, and hears it.
func (i *issuer) tells(r till.Result, facts ...domain.Fact) till.Result {
	i.bench.Helper()
	i.told = append(i.told, facts...)
	r, err := i.bench.Sync(i.bench.ctx, till.Intent{}, r.Payment.ID)
	i.bench.must(err)
	r.Dispute = r.Payment.Disputes[0]
	return r
}

const case1 = domain.DisputeID("dsp_01CASEONE")

// charged is a payment with a chargeback of 900.
func charged(t *testing.T) (*bench, *issuer, till.Result) {
	t.Helper()
	b, i, r := disputed(t)
	return b, i, i.tells(r, b.said(case1, domain.DisputeEvidenceRequired, domain.ChargebackOpen, 900))
}

func text(s string) till.Evidence { return till.Evidence{Text: s} }

func TestADisputeIsDefended(t *testing.T) {
	b, i, r := charged(t)
	found, err := b.Dispute(b.ctx, "01caseone")
	b.must(err)
	if found.Dispute.ID != case1 || found.Payment.ID != r.Payment.ID || found.Payment.Sums.DisputedHeld != 900 {
		t.Fatalf("found %+v", found.Dispute)
	}
	pdf := till.File{Name: "slip.pdf", Content: []byte("%PDF-1.7 signed")}
	added, err := b.AddEvidence(b.ctx, till.Intent{Key: "add"}, case1, till.Evidence{Files: []till.File{pdf}})
	b.must(err)
	if p := added.Dispute.Papers; len(p) != 1 || p[0].Sent || p[0].At.IsZero() || added.Dispute.State != domain.ChargebackOpen || len(i.sent) != 0 {
		t.Fatalf("added %+v, %d sent", p, len(i.sent))
	}
	sent, err := b.SubmitEvidence(b.ctx, till.Intent{Key: "send"}, case1, text("it was\ndelivered"))
	b.must(err)
	if sent.Dispute.State != domain.RepresentmentResponded || sent.Operation.State != domain.OpSucceeded {
		t.Fatalf("sent: %s, %s", sent.Dispute.State, sent.Operation.State)
	}
	if op := i.sent[0]; len(op.Papers) != 2 || !bytes.Equal(op.Contents[0], pdf.Content) || string(op.Contents[1]) != "it was\ndelivered" ||
		op.Papers[1].Name != domain.StatementName || op.Papers[1].Type != "text/plain" || op.Case != case1 || op.Amount != 900 {
		t.Errorf("sent %+v", op.Papers)
	}
	if p := sent.Dispute.Papers; len(p) != 2 || !p[0].Sent || !p[1].Sent {
		t.Errorf("papers %+v", p)
	}
	_, err = b.SubmitEvidence(b.ctx, till.Intent{}, case1, text("and more"))
	b.code(err, domain.CodeIllegalTransition)
	again, err := b.SubmitEvidence(b.ctx, till.Intent{Key: "send"}, case1, text("it was\ndelivered"))
	b.must(err)
	if len(i.sent) != 1 || again.Dispute.State != domain.RepresentmentResponded {
		t.Errorf("a repeat sent it again: %d", len(i.sent))
	}
	_, err = b.SubmitEvidence(b.ctx, till.Intent{Key: "send"}, case1, text("something else"))
	b.code(err, domain.CodeIdempotencyConflict)
}

func TestEvidenceIsLookedAtBeforeAnybodyIsAsked(t *testing.T) {
	b, i, _ := charged(t)
	_, err := b.SubmitEvidence(b.ctx, till.Intent{}, case1, till.Evidence{})
	b.code(err, domain.CodeInvalid)
	_, err = b.AddEvidence(b.ctx, till.Intent{}, case1, till.Evidence{})
	b.code(err, domain.CodeInvalid)
	_, err = b.AddEvidence(b.ctx, till.Intent{}, case1, till.Evidence{
		Files: []till.File{{"a.zip", []byte("PK\x03\x04\x00")}, {"b.txt", nil}, {"", []byte("x")}, {"d.txt", bytes.Repeat([]byte("x"), domain.PaperLimit+1)}},
		Text:  strings.Repeat("é", domain.StatementLimit+1),
	})
	b.code(err, domain.CodeInvalid)
	wrong, _ := errors.AsType[*domain.Error](err)
	for _, field := range []string{"files[0]", "files[1]", "files[2]", "files[3]", "text"} {
		if wrong.Fields[field] == "" {
			t.Errorf("%s is not named: %v", field, wrong.Fields)
		}
	}
	large := func(name string) till.File {
		return till.File{Name: name, Content: append([]byte("%PDF-"+name), bytes.Repeat([]byte("x"), domain.PaperLimit-10)...)}
	}
	_, err = b.AddEvidence(b.ctx, till.Intent{}, case1, till.Evidence{Files: []till.File{large("a"), large("b")}})
	b.must(err)
	_, err = b.SubmitEvidence(b.ctx, till.Intent{}, case1, till.Evidence{Files: []till.File{large("c"), large("d")}})
	b.code(err, domain.CodeInvalid)
	full, err := b.AddEvidence(b.ctx, till.Intent{}, case1, till.Evidence{Files: []till.File{large("a")}})
	b.must(err)
	if len(full.Dispute.Papers) != 2 || len(i.sent) != 0 {
		t.Errorf("%d papers, %d sent", len(full.Dispute.Papers), len(i.sent))
	}
	masked, err := b.AddEvidence(b.ctx, till.Intent{}, case1, text("paid with 4242 4242 4242 4242"))
	b.must(err)
	papers := masked.Dispute.Papers
	content, err := b.Store.Paper(b.ctx, masked.Order.ID, papers[len(papers)-1].SHA256)
	b.must(err)
	if bytes.Contains(content, []byte("4242 4242")) {
		t.Errorf("a card number is kept: %s", content)
	}
}

func TestALostAnswerToACaseIsFound(t *testing.T) {
	b, i, r := charged(t)
	i.lost = errors.New("no route")
	lost, err := b.AcceptDispute(b.ctx, till.Intent{Key: "give in"}, case1)
	b.code(err, domain.CodeUnknownOutcome)
	if lost.Dispute.State != domain.ChargebackOpen || lost.Operation.State != domain.OpUnknown {
		t.Fatalf("lost: %s, %s", lost.Dispute.State, lost.Operation.State)
	}
	_, err = b.SubmitEvidence(b.ctx, till.Intent{}, case1, text("no, wait"))
	b.code(err, domain.CodeIllegalTransition)
	_, err = b.Refund(b.ctx, till.Intent{}, till.Refunding{Payment: r.Payment.ID, Amount: 100})
	b.code(err, domain.CodeIllegalTransition)
	i.lost = nil
	r, err = b.AcceptDispute(b.ctx, till.Intent{Key: "give in"}, case1)
	b.must(err)
	if r.Dispute.State != domain.ChargebackAccepted || r.Dispute.Money != domain.MoneyLost || r.Operation.State != domain.OpSucceeded || len(i.sent) != 1 {
		t.Errorf("%s, %s, %s, %d sent", r.Dispute.State, r.Dispute.Money, r.Operation.State, len(i.sent))
	}
}

func TestARefusedAnswerLeavesTheCase(t *testing.T) {
	b, i, _ := charged(t)
	i.status = domain.Declined
	r, err := b.SubmitEvidence(b.ctx, till.Intent{}, case1, text("please"))
	b.code(err, domain.CodeFailed)
	if r.Dispute.State != domain.ChargebackOpen || r.Operation.State != domain.OpFailed || len(r.Dispute.Unsent()) != 1 || r.Payment.State != domain.PaymentCaptured {
		t.Errorf("%s, %s, %+v", r.Dispute.State, r.Operation.State, r.Dispute.Papers)
	}
	i.status = ""
	r, err = b.SubmitEvidence(b.ctx, till.Intent{}, case1, till.Evidence{}) // what was added goes with the next
	b.must(err)
	if r.Dispute.State != domain.RepresentmentResponded || len(r.Dispute.Unsent()) != 0 {
		t.Errorf("%s, %+v", r.Dispute.State, r.Dispute.Papers)
	}
}

func TestAnAnswerIsSentAgainWithItsPapers(t *testing.T) {
	b, i, _ := charged(t)
	i.status = domain.Unknown
	i.told = nil
	_, err := b.SubmitEvidence(b.ctx, till.Intent{Key: "send"}, case1, text("delivered"))
	b.code(err, domain.CodeUnknownOutcome)
	i.status = ""
	r, err := b.SubmitEvidence(b.ctx, till.Intent{Key: "send"}, case1, text("delivered"))
	b.must(err)
	if len(i.sent) != 2 || string(i.sent[1].Contents[0]) != "delivered" || r.Dispute.State != domain.RepresentmentResponded {
		t.Errorf("%d sent, %s", len(i.sent), r.Dispute.State)
	}
}

func TestACaseIsTakenOnlyWhereItsRowLeads(t *testing.T) {
	b, i, r := charged(t)
	_, err := b.FileDispute(b.ctx, till.Intent{}, case1, domain.StagePreArbitration) // 13.1 is no fraud
	b.code(err, domain.CodeIllegalTransition)
	for _, stage := range []string{domain.StageArbitration, domain.StageGoodFaith} {
		_, err = b.FileDispute(b.ctx, till.Intent{}, case1, stage)
		b.code(err, domain.CodeIllegalTransition)
		refused, _ := errors.AsType[*domain.Error](err)
		if refused.Message != "not while the dispute is chargeback · open" || slices.Contains(refused.AllowedIn, domain.ChargebackOpen) || len(refused.AllowedIn) == 0 {
			t.Errorf("%s: %q, allowed in %v", stage, refused.Message, refused.AllowedIn)
		}
	}
	_, err = b.DeclineDispute(b.ctx, till.Intent{}, case1, text("no"))
	b.code(err, domain.CodeIllegalTransition)
	b.clock.forward(time.Minute)
	i.tells(r, b.said(case1, domain.DisputePreArbitration, domain.PreArbitrationOpen, 900))
	declined, err := b.DeclineDispute(b.ctx, till.Intent{}, case1, text("no"))
	b.must(err)
	if declined.Dispute.State != domain.PreArbitrationResponded || len(i.sent[0].Papers) != 1 {
		t.Fatalf("%s, %+v", declined.Dispute.State, i.sent)
	}
	_, err = b.FileDispute(b.ctx, till.Intent{}, case1, domain.StageGoodFaith)
	b.code(err, domain.CodeIllegalTransition)
	filed, err := b.FileDispute(b.ctx, till.Intent{}, case1, domain.StageArbitration)
	b.must(err)
	given, err := b.WithdrawDispute(b.ctx, till.Intent{}, case1)
	b.must(err)
	if filed.Dispute.State != domain.ArbitrationOpen || given.Dispute.State != domain.ArbitrationLost {
		t.Errorf("%s, %s", filed.Dispute.State, given.Dispute.State)
	}
	for _, c := range b.DisputeActions(given.Order, given.Payment, given.Dispute) {
		if (c.Refusal == "") != (c.Action == "file") {
			t.Errorf("%s: %q", c.Action, c.Refusal)
		}
	}
}
