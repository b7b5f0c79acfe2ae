package storagetest

import (
	"fmt"
	"slices"
	"time"

	"till/domain"
)

// claimed tells of a step of a case, as a gateway does.
func (b *bench) claimed(doc domain.Document, pay domain.PaymentID, dispute domain.DisputeID, at time.Time, on domain.Event, claim domain.Claim) {
	b.Helper()
	b.must(b.Append(b.Context(), doc.ID, domain.KindFactsReported, string(pay), "", domain.Report{Payment: pay, Facts: []domain.Fact{
		{Event: on, Action: fmt.Sprint("act_", dispute, "_", at.Unix()), At: at, Case: dispute, Dispute: &claim},
	}}))
}

// charged is an order of Ann's with a payment and an open chargeback.
func (b *bench) charged(dispute domain.DisputeID, at time.Time, answerIn time.Duration) (domain.Document, domain.PaymentID) {
	b.Helper()
	doc := b.issue(Draft{Person: &domain.Person{FirstName: "Ann"}})
	pay, _, err := b.Pay(b.Context(), doc)
	b.must(err)
	b.claimed(doc, pay, dispute, at, domain.DisputeEvidenceRequired, domain.Claim{
		Stage: domain.StageChargeback, Status: domain.StatusOpen, Amount: 1000, ReasonCode: "10.4", Network: "Visa", RespondBy: at.Add(answerIn),
	})
	return doc, pay
}

func (b *bench) disputes(q domain.DisputeQuery) ([]domain.DisputeRow, string) {
	b.Helper()
	page, err := b.Store.Disputes(b.Context(), q)
	b.must(err)
	return page.Items, page.Next
}

// A row follows its case, and its order.
func testDisputes(b *bench) {
	rows, next := b.disputes(domain.DisputeQuery{})
	b.equal(fmt.Sprint(len(rows), next), "0")
	at := Start.Add(time.Hour)
	doc, pay := b.charged("dsp_01KA1", at, 48*time.Hour)
	want := domain.DisputeRow{
		ID: "dsp_01KA1", Payment: pay, Order: doc.ID, Number: "1", HumanID: doc.HumanID, Customer: "Ann",
		Stage: "chargeback", Status: "open", Amount: 1000, Currency: "EUR", Money: domain.MoneyHeld,
		ReasonCode: "10.4", Network: "Visa", RespondBy: at.Add(48 * time.Hour), OpenedAt: at,
	}
	rows, _ = b.disputes(domain.DisputeQuery{Open: true})
	b.equal(rows, []domain.DisputeRow{want})
	b.testSame()

	b.claimed(doc, pay, "dsp_01KA1", at.Add(time.Minute), domain.DisputeEvidenceSent, domain.Claim{Stage: domain.StageRepresentment, Status: domain.StatusResponded})
	want.Stage, want.Status, want.RespondBy = domain.StageRepresentment, domain.StatusResponded, time.Time{}
	rows, _ = b.disputes(domain.DisputeQuery{Open: true})
	b.equal(rows, []domain.DisputeRow{want})

	b.claimed(doc, pay, "dsp_01KA1", at.Add(time.Hour), domain.DisputeWon, domain.Claim{Stage: domain.StageRepresentment, Status: domain.StatusWon})
	b.forget(string(doc.ID), doc.Person.ID)
	want.Status, want.Money, want.Customer = domain.StatusWon, domain.MoneyReturned, ""
	rows, _ = b.disputes(domain.DisputeQuery{})
	b.equal(rows, []domain.DisputeRow{want})
	rows, _ = b.disputes(domain.DisputeQuery{Open: true})
	b.equal(len(rows), 0)
	b.testSame()

	b.claimed(doc, pay, "dsp_01KA2", at, domain.DisputeRetrieval, domain.Claim{Stage: domain.StageRetrieval, Status: domain.StatusOpen})
	b.finds("dispute", "dsp_01KA1", "dsp_01KA1")
	b.finds("dispute", "01ka", "dsp_01KA1", "dsp_01KA2")
	b.finds("dispute", "01k")
	b.finds("dispute", string(doc.ID))

	b.charged("dsp_01KA1", at, time.Hour) // a gateway that calls two the same is heard
	rows, _ = b.disputes(domain.DisputeQuery{})
	b.equal(len(rows), 3)
	b.finds("dispute", "dsp_01KA1", "dsp_01KA1", "dsp_01KA1") // it could be either
	b.testSame()
}

// Pages of any size give every case once, in both orders.
func testDisputePages(b *bench) {
	var opened, due []string
	for i := range 11 {
		id := domain.DisputeID(fmt.Sprintf("dsp_01KA%02d", i))
		at := Start.Add(time.Duration(i/2) * time.Hour) // two at a time
		doc, pay := b.charged(id, at, time.Duration(1000-10*(i/2))*time.Hour)
		if i%3 == 1 {
			b.claimed(doc, pay, id, at.Add(time.Second), domain.DisputeAccepted, domain.Claim{Stage: domain.StageChargeback, Status: domain.StatusAccepted})
			continue
		}
		opened = append([]string{string(id)}, opened...)
	}
	for i := 4; i >= -1; i-- { // the later one came, the sooner it must be answered
		for _, id := range []int{2*i + 2, 2*i + 3} {
			if name := fmt.Sprintf("dsp_01KA%02d", id); slices.Contains(opened, name) {
				due = append(due, name)
			}
		}
	}
	b.walkDisputes(domain.DisputeQuery{Open: true, Size: 3}, opened)
	b.walkDisputes(domain.DisputeQuery{Open: true, Size: 2, Sort: "respond_by"}, due)
	all := append(slices.Clone(due), "dsp_01KA01", "dsp_01KA04", "dsp_01KA07", "dsp_01KA10")
	b.walkDisputes(domain.DisputeQuery{Size: 4, Sort: "respond_by"}, all)
	rows, next := b.disputes(domain.DisputeQuery{})
	b.equal(fmt.Sprint(len(rows), rows[0].ID, rows[0].Status), "10dsp_01KA10accepted")
	for _, q := range []domain.DisputeQuery{{Sort: "-opened_at"}, {After: "x"}, {After: "!"}, {After: next, Sort: "respond_by"}} {
		_, err := b.Store.Disputes(b.Context(), q)
		b.refused(err, domain.CodeInvalid)
	}
}

// walkDisputes follows Next to the end, and then counts.
func (b *bench) walkDisputes(q domain.DisputeQuery, want []string) {
	b.Helper()
	for _, counted := range []bool{false, true} {
		var got []string
		for q.After, q.Page = "", 0; ; q.Page++ {
			rows, next := b.disputes(q)
			for _, r := range rows {
				got = append(got, string(r.ID))
			}
			if next == "" {
				break
			}
			if !counted {
				q.After = next
			}
		}
		b.equal(got, want)
	}
}
