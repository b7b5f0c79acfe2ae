package sandbox_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"till/domain"
)

// raise opens a case about a payment.
func (d *desk) raise(raised domain.Raising) domain.DisputeID {
	d.Helper()
	id, err := d.Raise(d.Context(), raised)
	d.must(err)
	return id
}

func (d *desk) advance(id domain.DisputeID, outcome string) {
	d.Helper()
	d.must(d.Advance(d.Context(), id, outcome))
}

// stands gives a case as the gateway has it.
func (d *desk) stands(id domain.DisputeID) domain.BankCase {
	d.Helper()
	cases, err := d.Cases(d.Context())
	d.must(err)
	for _, c := range cases {
		if c.ID == id {
			return c
		}
	}
	d.Fatalf("no case %s in %+v", id, cases)
	return domain.BankCase{}
}

// at checks where a case stands.
func (d *desk) at(id domain.DisputeID, want domain.State) {
	d.Helper()
	if got := d.stands(id).State; got != want {
		d.Fatalf("it stands at %s, want %s", got, want)
	}
}

// answer is what the merchant asks for about a case of a payment, with a paper where there must be one.
func answer(kind domain.OperationKind, key string, payment domain.PaymentID, id domain.DisputeID, stage string) domain.Operation {
	op := domain.Operation{Kind: kind, Key: key, Payment: payment, Case: id, Stage: stage, Currency: "EUR"}
	if kind == domain.DisputeEvidence {
		op = saying(op, "signed for at the door")
	}
	return op
}

// saying adds a paper in which a text stands.
func saying(op domain.Operation, text string) domain.Operation {
	paper, err := domain.NewPaper("text", "paper.txt", []byte(text))
	if err != nil {
		panic(err)
	}
	op.Papers, op.Contents = append(slices.Clip(op.Papers), paper), append(slices.Clip(op.Contents), []byte(text))
	return op
}

// told is what a payment's facts come to in till's own fold.
func (d *desk) told(payment domain.PaymentID, facts []domain.Fact) (*domain.Payment, []domain.Step) {
	d.Helper()
	doc := domain.Document{ID: "ord_1", HumanID: "A1", Contact: true}
	doc.Cart = domain.Cart{Currency: "EUR", Lines: []domain.Line{{Title: "tea", Price: 1_000_000, Quantity: 1}}}
	doc.Totals = doc.Cart.Totals()
	opening := domain.Opening{ID: payment, HumanID: "P1", Amount: 1_000_000, Terms: domain.Terms{Variant: "default", Provider: "sandbox", Method: "card"}}
	var entries []domain.Entry
	for _, body := range []struct {
		kind domain.Kind
		body any
	}{
		{domain.KindOrderIssued, doc},
		{domain.KindPaymentOpened, opening},
		{domain.KindFactsReported, domain.Report{Payment: payment, Facts: facts}},
	} {
		e, err := domain.NewEntry(body.kind, "ord_1", string(payment), body.body)
		d.must(err)
		e.Seq, e.At = domain.Seq(len(entries)+1), d.env.Now()
		entries = append(entries, e)
	}
	o, err := domain.Fold(entries)
	d.must(err)
	return o.Payment(payment), o.Steps
}

// agree checks that what the gateway believes of a payment is what till makes of its facts, by a sync and by its
// notices alike.
func (d *desk) agree(payment domain.PaymentID) (*domain.Payment, []domain.Step) {
	d.Helper()
	op := change(domain.Sync, "s", 0)
	op.Payment = payment
	synced := d.do(op).Facts
	p, steps := d.told(payment, synced)
	b := d.books(payment)
	if got := p.Sums.DisputedHeld + p.Sums.DisputedLost; got != b.Disputed || p.Sums.Captured != b.Captured {
		d.Errorf("till counts %d as disputed and %d as captured, the gateway %d and %d", got, p.Sums.Captured, b.Disputed, b.Captured)
	}
	var fees domain.Amount
	for _, c := range p.Disputes {
		fees += c.Fee
		if bank := d.stands(c.ID); bank.State != c.State || bank.Amount != c.Amount {
			d.Errorf("%s: till has it at %s with %d, the gateway at %s with %d", c.ID, c.State, c.Amount, bank.State, bank.Amount)
		}
	}
	if fees != b.Fees {
		d.Errorf("fees of %d, the gateway has %d", fees, b.Fees)
	}
	return p, steps
}

// noticed are the facts of all that was delivered about a payment.
func (d *desk) noticed(payment domain.PaymentID) (facts []domain.Fact) {
	d.Helper()
	notices, err := d.Notices(d.Context(), "")
	d.must(err)
	for _, n := range notices {
		if n.Payment == payment {
			facts = append(facts, n.Facts...)
		}
	}
	return facts
}

// TestAChargebackThatIsWon is the whole way: raised, answered, decided; money, fee and deadline come along.
func TestAChargebackThatIsWon(t *testing.T) {
	d := newDesk(t)
	d.do(sale("k", visa, 5000))
	id := d.raise(domain.Raising{Payment: "pay_1", Stage: "chargeback"})
	p, _ := d.agree("pay_1")
	c := p.Dispute(id)
	want := domain.Claim{
		Stage: "chargeback", Status: "open", Amount: 5000, Fee: 1500, ReasonCode: "10.4", Network: "Visa",
		Category: "fraudulent", RaisedBy: "issuer", RespondBy: noon.AddDate(0, 0, 18),
	}
	if c.Claim != want || c.Money != domain.MoneyHeld || !c.OpenedAt.Equal(noon) {
		t.Errorf("it begins as %+v", c)
	}
	if b := d.stands(id); !b.Until.Equal(want.RespondBy) || b.Currency != "EUR" || b.Payment != "pay_1" {
		t.Errorf("the gateway has %+v", b)
	}
	d.pass(time.Hour)
	got := d.do(answer(domain.DisputeEvidence, "e", "pay_1", id, ""))
	if got.Status != domain.Succeeded || got.Code != "10000" || len(got.Facts) != 1 || got.Facts[0].Event != domain.DisputeEvidenceSent ||
		got.Facts[0].Key != "e" || got.Facts[0].Case != id {
		t.Errorf("answered %+v", got)
	}
	if b := d.stands(id); !b.Until.Equal(noon.Add(time.Hour).AddDate(0, 0, 45)) {
		t.Errorf("the issuer decides until %v", b.Until)
	}
	d.pass(time.Hour)
	d.advance(id, "won")
	p, _ = d.agree("pay_1")
	if c := p.Dispute(id); c.State != domain.RepresentmentWon || c.Money != domain.MoneyReturned || c.Fee != 1500 || !c.RespondBy.IsZero() {
		t.Errorf("it ends as %+v", c)
	}
	if told := d.noticed("pay_1"); !reflect.DeepEqual(told, d.facts()) {
		t.Errorf("notices tell\n%+v\na sync tells\n%+v", told, d.facts())
	}
	same(t, "outbox", d.outbox()[2:], []string{
		"3 dispute_evidence_required delivered 1", "4 dispute_evidence_submitted delivered 1", "5 dispute_won delivered 1",
	})
}

// TestACreditEndsWithItsCase: what was lent until the verdict is no credit any more after it.
func TestACreditEndsWithItsCase(t *testing.T) {
	for _, verdict := range []string{"won", "lost"} {
		d := newDesk(t)
		d.do(sale("k", visa, 1000))
		id := d.raise(domain.Raising{Payment: "pay_1", Stage: "chargeback", Reason: "13.1"})
		d.do(answer(domain.DisputeEvidence, "e", "pay_1", id, ""))
		d.advance(id, "reinstated")
		if told := d.noticed("pay_1"); !told[len(told)-1].Dispute.Provisional {
			t.Error("the credit is not told")
		}
		d.advance(id, verdict)
		if told := d.noticed("pay_1"); told[len(told)-1].Dispute.Provisional {
			t.Errorf("a credit still stands after it was %s", verdict)
		}
	}
}
