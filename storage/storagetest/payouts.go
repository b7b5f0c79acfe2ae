package storagetest

import (
	"fmt"
	"time"

	"till/domain"
)

// Payouts are found by id and human id, and by whom they go to; the name comes from the cabinet.
func testPayouts(b *bench) {
	b.customer(domain.KindCustomerAdded, "cus_01KA1", "per_1", domain.Person{FirstName: "Ann"})
	kept := &domain.Kept{ID: "per_2", Salt: "5a17", Person: domain.Person{LegalName: "Robertson"}}
	ref, err := kept.Ref()
	b.must(err)
	open := func(id domain.PayoutID, human string, to domain.CustomerID, ref *domain.PersonRef, kept *domain.Kept) {
		b.Helper()
		b.append(b.told(domain.KindPayoutOpened, string(id), string(id), domain.PayoutOpening{
			ID: id, HumanID: human, Amount: 500, Currency: "EUR", Customer: to, Recipient: ref, Variant: "sandbox",
		}, kept), b.told(domain.KindOperationRequested, string(id), string(id), domain.Operation{
			ID: domain.OperationID("op_" + id), Kind: domain.PayoutMoney, Payout: id, Key: "key_" + string(id), Deadline: Start.Add(time.Hour),
		}, nil))
	}
	open("po_01KA1", "PAAAAA", "cus_01KA1", nil, nil)
	open("po_01KA2", "PBBBBB", "cus_01KA1", &ref, kept)
	all := func(want string) {
		b.Helper()
		payouts, err := b.Payouts(b.Context(), 0, 10)
		b.must(err)
		got := ""
		for _, p := range payouts {
			got += fmt.Sprint(p.ID, " ", p.State, " ", p.Name, "; ")
		}
		b.equal(got, want)
	}
	all("po_01KA2 created Robertson; po_01KA1 created Ann; ")
	newest, err := b.Payouts(b.Context(), 0, 1)
	b.must(err)
	b.equal(fmt.Sprint(len(newest), newest[0].ID), "1po_01KA2")
	older, err := b.Payouts(b.Context(), newest[0].OpenedIn, 10)
	b.must(err)
	b.equal(fmt.Sprint(len(older), older[0].ID), "1po_01KA1")
	b.finds("payout", "po_01ka2", "po_01KA2")
	b.finds("payout", "paaaaa", "po_01KA1")
	b.finds("payout", "01ka", "po_01KA1", "po_01KA2")
	b.deciding(func(tx domain.Tx) {
		p, err := tx.Payout("po_01KA2")
		b.must(err)
		b.equal(fmt.Sprint(p.State, p.Name, p.Version), "createdRobertson2")
		for row, want := range map[string]string{"per_2": "5a17", "per_9": ""} {
			salt, err := tx.Salt(row)
			b.must(err)
			b.equal(salt, want)
		}
		_, err = tx.Payout("cus_01KA1")
		b.refused(err, domain.CodeNotFound)
		to, err := tx.PayoutsTo("cus_01KA1")
		b.must(err)
		b.equal(to, []domain.PayoutID{"po_01KA1", "po_01KA2"})
		to, err = tx.PayoutsTo("cus_none")
		b.must(err)
		b.equal(len(to), 0)
		taken, err := tx.Taken("PaaaaA")
		b.must(err)
		b.equal(taken, true)
	})
	b.testSame()
	b.forget("po_01KA2", "per_2")
	all("po_01KA2 created ; po_01KA1 created Ann; ")
	verdict, err := b.Verify(b.Context())
	b.must(err)
	b.equal(verdict.OK, true)
	b.testSame()
}

// The calls of mandates and payouts fall due as those of orders do, each in its stream.
func testCallsFallDue(b *bench) {
	ask := func(stream string, opened domain.Kind, opening any, kind domain.OperationKind) {
		b.append(b.told(opened, stream, stream, opening, nil), b.told(domain.KindOperationRequested, stream, stream, domain.Operation{
			ID: domain.OperationID("op_" + stream), Kind: kind, Deadline: Start.Add(time.Hour),
		}, nil))
	}
	ask("man_01KA1", domain.KindMandateOpened, domain.MandateOpening{ID: "man_01KA1"}, domain.SetupRecurring)
	ask("po_01KA1", domain.KindPayoutOpened, domain.PayoutOpening{ID: "po_01KA1"}, domain.PayoutMoney)
	due := func(after time.Duration) string {
		b.Helper()
		timers, err := b.Due(b.Context(), Start.Add(after))
		b.must(err)
		got := ""
		for _, t := range timers {
			got += fmt.Sprint(t.Name, " ", t.Order, t.Stream, " ", t.Subject, " ", t.Asks, "; ")
		}
		return got
	}
	b.equal(due(time.Hour-1), "")
	b.equal(due(time.Hour), "ask man_01KA1 op_man_01KA1 true; ask po_01KA1 op_po_01KA1 true; ")
	b.append(b.told(domain.KindOperationAnswered, "po_01KA1", "po_01KA1", domain.Answer{
		Operation: "op_po_01KA1", Outcome: domain.Outcome{Status: domain.Succeeded},
	}, nil))
	b.equal(due(24*time.Hour), "ask man_01KA1 op_man_01KA1 true; ")
	b.testSame()
	b.append(b.told(domain.KindOperationAnswered, "man_01KA1", "man_01KA1", domain.Answer{
		Operation: "op_man_01KA1", Outcome: domain.Outcome{Status: domain.Unknown},
	}, nil))
	b.append(b.told(domain.KindTimerFired, "man_01KA1", "man_01KA1", domain.Firing{Timer: domain.TimerAsk, Subject: "op_man_01KA1", At: Start}, nil))
	b.equal(due(20*time.Second), "")
	b.equal(due(24*time.Hour), "ask man_01KA1 op_man_01KA1 true; ")
	b.testSame()
}
