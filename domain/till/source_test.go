package till_test

import (
	"testing"
	"time"

	"till/domain"
	"till/domain/till"
)

// saved pays an order by card and has the source kept.
func (b *bench) saved(who domain.Person, number string) domain.KeptSource {
	b.Helper()
	_, err := b.pay(b.issueFor(who), number, func(w *till.Payable) { w.Save = true })
	b.must(err)
	sources, err := b.Store.Sources(b.ctx, "")
	b.must(err)
	return sources[0]
}

func TestASavedSourceIsItsPayersAlone(t *testing.T) {
	b := newBench(t, nil)
	hers, his := b.saved(ann, goodCard), b.saved(domain.Person{FirstName: "Bob", Email: "bob@quay.example"}, goodCard)
	if hers.ID == his.ID || hers.Customer == his.Customer || hers.Last4 != "4242" || hers.Variant != "sandbox" {
		t.Fatalf("hers %+v, his %+v", hers, his)
	}
	c, err := b.Customer(b.ctx, ann.Email)
	b.must(err)
	if c.ID != hers.Customer || c.Default != hers.ID || c.Client != ann {
		t.Errorf("%+v", c)
	}
	again := b.saved(ann, goodCard)
	if sources, err := b.Store.Sources(b.ctx, ""); err != nil || len(sources) != 2 {
		t.Errorf("%v, %v; again %s", sources, err, again.ID)
	}
	for _, source := range []domain.Source{{Type: "id", ID: hers.ID}, {Type: "customer", Customer: c.ID}} {
		r, err := b.Pay(b.ctx, till.Intent{}, till.Payable{Order: b.issue(700).ID, Method: "card", Source: source})
		b.must(err)
		b.stands(r, domain.OrderPaid, domain.PaymentCaptured)
		if r.Payment.Source.Last4 != "4242" || r.Payment.Source.Customer != c.ID {
			t.Errorf("paid with %+v", r.Payment.Source)
		}
	}
	_, err = b.Pay(b.ctx, till.Intent{}, till.Payable{Order: b.issue(700).ID, Method: "card", Source: domain.Source{Type: "id", ID: hers.ID, Customer: his.Customer}})
	b.wrong(err, "source")
	_, err = b.Pay(b.ctx, till.Intent{}, till.Payable{Order: b.issue(700).ID, Method: "card", Variant: "cash", Source: domain.Source{Type: "id", ID: hers.ID}})
	b.wrong(err, "variant")
	_, err = b.Pay(b.ctx, till.Intent{}, till.Payable{Order: b.issue(700).ID, Method: "card", Source: domain.Source{Type: "id", ID: "src_none"}})
	b.code(err, domain.CodeNotFound)
	nobody := b.customer(domain.Person{FirstName: "Nobody"})
	_, err = b.Pay(b.ctx, till.Intent{}, till.Payable{Order: b.issue(700).ID, Method: "card", Source: domain.Source{Type: "customer", Customer: nobody.ID}})
	b.wrong(err, "source")
}

// A source that is told of only later, by a sync or a notice, is kept as well, once.
func TestALostAnswerSavesItsSourceWhenItIsFound(t *testing.T) {
	for name, find := range map[string]func(*bench, domain.PaymentID){
		"sync": func(b *bench, id domain.PaymentID) { _, err := b.Sync(b.ctx, till.Intent{}, id); b.must(err) },
		"notice": func(b *bench, _ domain.PaymentID) {
			b.must(b.bank.Deliver(b.ctx, b.waiting()...))
			b.must(b.Listen(b.ctx))
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, nil)
			b.must(b.bank.SetFault(b.ctx, domain.Fault{Operation: domain.Authorize, Name: "timeout_after", Times: 1}))
			r, err := b.pay(b.issueFor(ann), goodCard, func(w *till.Payable) { w.Save = true })
			b.code(err, domain.CodeUnknownOutcome)
			find(b, r.Payment.ID)
			b.must(b.bank.Deliver(b.ctx, b.waiting()...))
			b.must(b.Listen(b.ctx))
			sources, err := b.Store.Sources(b.ctx, "")
			b.must(err)
			if len(sources) != 1 || sources[0].Payment != r.Payment.ID {
				t.Fatalf("%+v", sources)
			}
			entries, err := b.Store.Entries(b.ctx, sources[0].ID, 0, 0, 0)
			b.must(err)
			if len(entries) != 1 {
				t.Errorf("it was kept %d times", len(entries))
			}
		})
	}
}

// waiting names the notices that wait to be delivered.
func (b *bench) waiting() []string {
	b.Helper()
	outbox, err := b.bank.Outbox(b.ctx, true)
	b.must(err)
	var ids []string
	for _, n := range outbox {
		ids = append(ids, n.ID)
	}
	return ids
}

func TestASourceIsRemoved(t *testing.T) {
	b := newBench(t, nil)
	k := b.saved(ann, goodCard)
	b.must(b.bank.SetFault(b.ctx, domain.Fault{Operation: domain.Revoke, Name: "declined", Times: 1}))
	stays, err := b.RemoveSource(b.ctx, till.Intent{}, k.ID)
	b.code(err, domain.CodeFailed)
	if stays.Removed {
		t.Error("it is removed, and its provider said no")
	}
	gone, err := b.RemoveSource(b.ctx, till.Intent{Key: "k"}, k.ID)
	b.must(err)
	if !gone.Removed {
		t.Error("it was not removed")
	}
	again, err := b.RemoveSource(b.ctx, till.Intent{Key: "k"}, k.ID)
	b.must(err)
	if !again.Removed || again.Version != gone.Version {
		t.Errorf("a repeat is told %+v", again)
	}
	_, err = b.RemoveSource(b.ctx, till.Intent{}, k.ID)
	b.code(err, domain.CodeIllegalTransition)
	_, err = b.Pay(b.ctx, till.Intent{}, till.Payable{Order: b.issue(700).ID, Method: "card", Source: domain.Source{Type: "id", ID: k.ID}})
	b.code(err, domain.CodeIllegalTransition)
	b.must(b.Listen(b.ctx))
	if orphans, err := b.Store.Orphans(b.ctx); err != nil || len(orphans) > 0 {
		t.Errorf("%v, %v", orphans, err)
	}
}

// A lost answer leaves the source as it is until the repeat of the command finds out.
func TestALostRemovalIsFinishedByItsKey(t *testing.T) {
	for _, fault := range []string{"timeout_after", "timeout_before"} {
		b := newBench(t, nil)
		k := b.saved(ann, goodCard)
		b.must(b.bank.SetFault(b.ctx, domain.Fault{Operation: domain.Revoke, Name: fault, Times: 1}))
		lost, err := b.RemoveSource(b.ctx, till.Intent{Key: "k"}, k.ID)
		b.code(err, domain.CodeUnknownOutcome)
		if lost.Removed {
			t.Errorf("%s: it is removed, and nobody knows", fault)
		}
		_, err = b.RemoveSource(b.ctx, till.Intent{}, k.ID)
		b.code(err, domain.CodeIllegalTransition)
		b.clock.forward(time.Minute)
		gone, err := b.RemoveSource(b.ctx, till.Intent{Key: "k"}, k.ID)
		b.must(err)
		if !gone.Removed || gone.Operations[0].Tries != 2 {
			t.Errorf("%s: %+v", fault, gone)
		}
	}
}
