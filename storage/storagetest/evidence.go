package storagetest

import (
	"crypto/sha256"
	"encoding/hex"

	"till/domain"
)

func sumOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}

// contested is an order with a chargeback that is named after it.
func (b *bench) contested() domain.Document {
	b.Helper()
	doc := b.issue(Draft{})
	pay, _, err := b.Pay(b.Context(), doc)
	b.must(err)
	b.claimed(doc, pay, domain.DisputeID("dsp_"+doc.ID), Start, domain.DisputeEvidenceRequired, domain.Claim{
		Stage: domain.StageChargeback, Status: domain.StatusOpen, Amount: 1000,
	})
	return doc
}

// adds tells of evidence of an order, with what is in it.
func (b *bench) adds(order domain.OrderID, contents ...string) {
	b.Helper()
	var papers []domain.Paper
	var kept []domain.KeptPaper
	for _, c := range contents {
		papers = append(papers, domain.Paper{Name: "slip.txt", Type: "text/plain", Size: int64(len(c)), SHA256: sumOf(c)})
		kept = append(kept, domain.KeptPaper{Name: "slip.txt", Content: []byte(c)})
	}
	id := domain.DisputeID("dsp_" + order)
	e := b.told(domain.KindEvidenceAdded, string(order), string(id), domain.EvidenceAdded{Dispute: id, Papers: papers}, nil)
	e.Brings.Papers = kept
	b.append(e)
}

func (b *bench) paper(order domain.OrderID, sum, want string) {
	b.Helper()
	got, err := b.Paper(b.Context(), order, sum)
	if want == "" {
		b.refused(err, domain.CodeNotFound)
		return
	}
	b.must(err)
	b.equal(string(got), want)
}

// named expects an order's papers to be called something, oldest first, by whoever reads them.
func (b *bench) named(order domain.OrderID, want ...string) {
	b.Helper()
	read, err := b.Store.Order(b.Context(), order)
	b.must(err)
	var inside *domain.Order
	_, err = b.Update(b.Context(), func(tx domain.Tx) (_ []domain.Entry, err error) {
		inside, err = tx.Order(order)
		return nil, err
	})
	b.must(err)
	for _, o := range []*domain.Order{read, inside} {
		var names []string
		for _, p := range o.Last().Disputes[0].Papers {
			names = append(names, p.Name)
		}
		b.equal(names, want)
	}
	names, err := b.PaperNames(b.Context(), order)
	b.must(err)
	b.equal(names, read.PaperNames())
}

func (b *bench) stands() {
	b.Helper()
	verdict, err := b.Verify(b.Context())
	b.must(err)
	b.equal(verdict.Broken, []domain.Break(nil))
}

// What is in a paper is found by its sum, whoever names it and however often, and a rebuild leaves it where it is.
func testEvidence(b *bench) {
	one, two := b.contested(), b.contested()
	b.adds(one.ID, "a slip", "a\x00picture")
	b.adds(one.ID, "a slip")
	b.adds(two.ID, "a slip")
	order, err := b.Store.Order(b.Context(), one.ID)
	b.must(err)
	b.append(b.told(domain.KindOperationRequested, string(one.ID), string(order.Last().ID), domain.Operation{
		ID: "op_1", Kind: domain.DisputeEvidence, Payment: order.Last().ID, Case: domain.DisputeID("dsp_" + one.ID),
		Papers: []domain.Paper{{Name: "slip.txt", SHA256: sumOf("a slip")}},
	}, nil))
	b.paper(one.ID, sumOf("a slip"), "a slip")
	b.paper(one.ID, sumOf("a\x00picture"), "a\x00picture")
	b.paper(two.ID, sumOf("a\x00picture"), "")
	b.paper(one.ID, sumOf("another"), "")
	b.paper(one.ID, "", "")
	b.stands()
	b.testSame()
	b.paper(one.ID, sumOf("a slip"), "a slip")
	b.stands()
}

// Evidence that is forgotten is empty, the chain stands, and the same paper of another order stays.
func testForgottenEvidence(b *bench) {
	one, two := b.contested(), b.contested()
	b.adds(one.ID, "a slip", "signed by Ann")
	b.adds(two.ID, "a slip")
	forget := func(order domain.OrderID, contents ...string) {
		b.Helper()
		var sums []string
		for _, c := range contents {
			sums = append(sums, sumOf(c))
		}
		e := b.told(domain.KindPersonForgotten, string(order), string(order), domain.Forgetting{Papers: sums}, nil)
		e.Brings.Emptied = sums
		b.append(e)
	}
	forget(one.ID, "a slip", "signed by Ann", "never there")
	b.paper(one.ID, sumOf("signed by Ann"), "")
	b.paper(one.ID, sumOf("a slip"), "")
	b.paper(two.ID, sumOf("a slip"), "a slip")
	b.named(one.ID, "", "")
	b.named(two.ID, "slip.txt")
	b.stands()
	b.testSame()
	forget(two.ID, "a slip")
	b.paper(two.ID, sumOf("a slip"), "")
	forget(two.ID, "a slip") // once more
	b.stands()
	b.adds(two.ID, "a slip") // and it is brought again
	b.paper(two.ID, sumOf("a slip"), "a slip")
	b.named(two.ID, "", "slip.txt")
	b.paper(one.ID, sumOf("a slip"), "")
	b.stands()
}
