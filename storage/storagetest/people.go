package storagetest

import (
	"fmt"
	"strings"
	"time"

	"till/domain"
)

// told is an entry of a stream with a body, and with the row of a person where one is brought.
func (b *bench) told(kind domain.Kind, stream, subject string, body any, person *domain.Kept) domain.Entry {
	b.Helper()
	e, err := entry(kind, stream, subject, body)
	b.must(err)
	e.Brings.Person = person
	return e
}

func (b *bench) append(entries ...domain.Entry) {
	b.Helper()
	_, err := b.Update(b.Context(), func(domain.Tx) ([]domain.Entry, error) { return entries, nil })
	b.must(err)
}

// customer tells of a customer what a person's row says.
func (b *bench) customer(kind domain.Kind, id, row string, person domain.Person) {
	b.Helper()
	kept := &domain.Kept{ID: row, Salt: "5a17", Person: person}
	ref, err := kept.Ref()
	b.must(err)
	b.append(b.told(kind, id, id, domain.CustomerBody{Person: ref}, kept))
}

func (b *bench) forget(stream string, rows ...string) {
	b.Helper()
	var entries []domain.Entry
	for _, row := range rows {
		entries = append(entries, b.told(domain.KindPersonForgotten, stream, row, domain.Forgetting{Row: row}, &domain.Kept{ID: row}))
	}
	b.append(entries...)
}

func (b *bench) source(id string, customer domain.CustomerID) {
	b.Helper()
	b.append(b.told(domain.KindSourceSaved, id, id, domain.KeptSource{
		Source: domain.Source{Type: "id", ID: id, Customer: customer, Brand: "Visa", Last4: "4242"}, Variant: "sandbox",
	}, nil))
}

// deciding hands a transaction to a test.
func (b *bench) deciding(do func(domain.Tx)) {
	b.Helper()
	_, err := b.Update(b.Context(), func(tx domain.Tx) ([]domain.Entry, error) {
		do(tx)
		return nil, nil
	})
	b.must(err)
}

func (b *bench) customers(text string, want ...string) {
	b.Helper()
	customers, err := b.Customers(b.Context(), text)
	b.must(err)
	var got []string
	for _, c := range customers {
		got = append(got, string(c.ID))
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		b.Errorf("%q finds the customers %q, want %q", text, got, want)
	}
}

func (b *bench) finds(kind, ref string, want ...string) {
	b.Helper()
	found, err := b.Find(b.Context(), kind, ref)
	b.must(err)
	var got []string
	for _, f := range found {
		got = append(got, f.ID)
		if f.Label == "" {
			b.Errorf("%s has no label", f.ID)
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		b.Errorf("%s %q finds %q, want %q", kind, ref, got, want)
	}
}

func testCustomers(b *bench) {
	b.customers("")
	ann := domain.Person{FirstName: "Ann", LastName: "van Dyk", Email: "Ann@Example.org"}
	b.customer(domain.KindCustomerAdded, "cus_01KA1", "per_1", ann)
	b.customer(domain.KindCustomerAdded, "cus_01KA2", "per_2", domain.Person{LegalName: "Tea & Sons"})
	b.customers("", "cus_01KA2", "cus_01KA1")
	b.customers(" an", "cus_01KA1")
	b.customers("DYK", "cus_01KA1")
	b.customers("van dyk", "cus_01KA1")
	b.customers("ann@ex", "cus_01KA1")
	b.customers("sons", "cus_01KA2")
	b.customers("example")
	b.deciding(func(tx domain.Tx) {
		c, err := tx.Customer("cus_01KA1")
		b.must(err)
		b.equal(c.Client, ann)
		b.equal(fmt.Sprint(c.ID, c.CreatedAt.Sub(Start) > 0, c.Forgotten, c.Default, c.Version), "cus_01KA1true false1")
		for _, none := range []domain.CustomerID{"cus_none", "", "per_1"} {
			_, err = tx.Customer(none)
			b.refused(err, domain.CodeNotFound)
		}
		b.known(tx, "ANN@example.ORG", "cus_01KA1")
		b.known(tx, "nn@example.org", "")
		b.known(tx, "", "")
	})
	b.finds("customer", "cus_01KA1", "cus_01KA1")
	b.finds("customer", "01ka", "cus_01KA1", "cus_01KA2")
	b.finds("customer", "ann@example.ORG", "cus_01KA1")
	b.finds("customer", "ann@example")
	b.testSame()

	b.customer(domain.KindCustomerUpdated, "cus_01KA1", "per_3", domain.Person{FirstName: "Ann", Email: "ann@new.example"})
	b.deciding(func(tx domain.Tx) {
		b.known(tx, "ann@example.org", "")
		b.known(tx, "ann@new.example", "cus_01KA1")
	})
	b.customers("ann@new", "cus_01KA1")
	b.testSame()

	b.forget("cus_01KA1", "per_1", "per_3")
	b.customers("ann")
	b.customers("", "cus_01KA2", "cus_01KA1")
	b.finds("customer", "ann@new.example")
	b.deciding(func(tx domain.Tx) {
		c, err := tx.Customer("cus_01KA1")
		b.must(err)
		b.equal(fmt.Sprint(c.Client == domain.Person{}, c.Forgotten), "true true")
	})
	verdict, err := b.Verify(b.Context())
	b.must(err)
	b.equal(verdict.OK, true)
	b.testSame()
}

func (b *bench) known(tx domain.Tx, email string, want domain.CustomerID) {
	b.Helper()
	got, found, err := tx.ByEmail(email)
	b.must(err)
	b.equal(fmt.Sprint(got, found), fmt.Sprint(want, want != ""))
}

func testSources(b *bench) {
	b.customer(domain.KindCustomerAdded, "cus_01KA1", "per_1", domain.Person{FirstName: "Ann"})
	b.source("src_01KA1", "cus_01KA1")
	b.source("src_01KA2", "cus_01KA1")
	b.source("src_01KA3", "cus_01KA2")
	sources := func(customer domain.CustomerID, want string) {
		b.Helper()
		list, err := b.Sources(b.Context(), customer)
		b.must(err)
		var got []string
		for _, k := range list {
			got = append(got, k.ID)
		}
		b.equal(strings.Join(got, " "), want)
	}
	charged := func(want string) {
		b.Helper()
		b.deciding(func(tx domain.Tx) {
			c, err := tx.Customer("cus_01KA1")
			b.must(err)
			b.equal(c.Default, want)
		})
	}
	sources("", "src_01KA3 src_01KA2 src_01KA1")
	sources("cus_01KA1", "src_01KA2 src_01KA1")
	sources("cus_none", "")
	charged("src_01KA2")
	b.finds("source", "01ka", "src_01KA1", "src_01KA2", "src_01KA3")
	b.finds("source", "src_01ka2", "src_01KA2")
	b.testSame()

	b.append(b.told(domain.KindOperationRequested, "src_01KA2", "src_01KA2", domain.Operation{ID: "op_1", Kind: domain.Revoke, Key: "k"}, nil))
	b.append(b.told(domain.KindOperationAnswered, "src_01KA2", "src_01KA2", domain.Answer{Operation: "op_1", Outcome: domain.Outcome{Status: domain.Succeeded}}, nil),
		b.told(domain.KindSourceRemoved, "src_01KA2", "src_01KA2", domain.SourceRemoval{Operation: "op_1"}, nil))
	sources("", "src_01KA3 src_01KA1")
	sources("cus_01KA1", "src_01KA1")
	charged("src_01KA1")
	b.deciding(func(tx domain.Tx) {
		k, err := tx.Source("src_01KA2")
		b.must(err)
		b.equal(fmt.Sprint(k.Removed, k.Variant, k.Last4, len(k.Operations), k.Operations[0].State), "truesandbox42421succeeded")
		_, err = tx.Source("src_none")
		b.refused(err, domain.CodeNotFound)
	})
	b.source("src_01KA2", "cus_01KA1") // it is kept once more
	sources("cus_01KA1", "src_01KA2 src_01KA1")
	charged("src_01KA2")
	b.testSame()
}

func testMandates(b *bench) {
	for _, id := range []string{"man_01KA1", "man_01KA2"} {
		b.append(b.told(domain.KindMandateOpened, id, id, domain.MandateOpening{ID: domain.MandateID(id), Customer: "cus_01KA1", Variant: "sandbox"}, nil),
			b.told(domain.KindOperationRequested, id, id, domain.Operation{ID: domain.OperationID("op_" + id), Kind: domain.SetupRecurring}, nil))
	}
	b.append(b.told(domain.KindOperationAnswered, "man_01KA1", "man_01KA1", domain.Answer{Operation: "op_man_01KA1", Outcome: domain.Outcome{Status: domain.Succeeded}}, nil))
	mandates, err := b.Mandates(b.Context())
	b.must(err)
	got := ""
	for _, m := range mandates {
		got += fmt.Sprint(m.ID, " ", m.State, " ", m.Customer, "; ")
	}
	b.equal(got, "man_01KA2 pending cus_01KA1; man_01KA1 active cus_01KA1; ")
	b.deciding(func(tx domain.Tx) {
		m, err := tx.Mandate("man_01KA1")
		b.must(err)
		b.equal(fmt.Sprint(m.State, m.Version), fmt.Sprint(domain.MandateActive, 3))
		_, err = tx.Mandate("man_none")
		b.refused(err, domain.CodeNotFound)
	})
	b.finds("mandate", "man_01ka2", "man_01KA2")
	b.testSame()
}

// The orders of a group come in the order in which their payments were opened, whatever that of the orders.
func testGroups(b *bench) {
	one, two, three := b.issue(Draft{}), b.issue(Draft{}), b.issue(Draft{})
	open := func(doc domain.Document, group domain.GroupID) domain.Entry {
		return b.told(domain.KindPaymentOpened, string(doc.ID), "pay_"+string(doc.ID), domain.Opening{
			ID: domain.PaymentID("pay_" + string(doc.ID)), HumanID: "P" + doc.Number, Amount: 1000, Group: group, Terms: domain.Terms{Method: "card"},
		}, nil)
	}
	b.append(open(three, "grp_1"), open(one, "grp_1"))
	b.append(open(two, "grp_2"))
	b.deciding(func(tx domain.Tx) {
		for group, want := range map[domain.GroupID][]domain.OrderID{"grp_1": {three.ID, one.ID}, "grp_2": {two.ID}, "grp_none": nil, "": nil} {
			orders, err := tx.Group(group)
			b.must(err)
			b.equal(orders, want)
		}
	})
	b.testSame()
}

// The orders of a customer are those that are theirs, those that they paid, and those of anybody with the e-mail address
// or the phone number, also where a later document named another.
func testOrdersOf(b *bench) {
	b.issue(Draft{Person: &domain.Person{Email: "bob@example.org"}})
	two := b.issue(Draft{Person: &domain.Person{Email: "Ann@Example.org"}})
	three := b.issue(Draft{Person: &domain.Person{FirstName: "ann@example.org"}})
	b.append(b.told(domain.KindPaymentOpened, string(three.ID), "pay_1", domain.Opening{
		ID: "pay_1", HumanID: "P1", Amount: 1000, Terms: domain.Terms{Method: "card", Customer: "cus_01KA1"},
	}, nil))
	draft, kept, err := b.Document(Draft{Person: &domain.Person{Email: "ann@example.org"}})
	b.must(err)
	b.append(b.told(domain.KindOrderDrafted, string(draft.ID), string(draft.ID), draft, kept))
	other := &domain.Kept{ID: "per_other", Salt: "5a17", Person: domain.Person{Email: "else@example.org"}}
	ref, err := other.Ref()
	b.must(err)
	draft.Person, draft.Number = &ref, "9"
	b.append(b.told(domain.KindOrderIssued, string(draft.ID), string(draft.ID), draft, other))
	four := b.issue(Draft{Customer: "cus_01KA1"})
	five := b.issue(Draft{Person: &domain.Person{Phone: "+44 20 7946-0001"}})
	b.deciding(func(tx domain.Tx) {
		for _, c := range []struct {
			customer domain.CustomerID
			told     domain.Person
			want     []domain.OrderID
		}{
			{"", domain.Person{}, nil},
			{"cus_01KA1", domain.Person{}, []domain.OrderID{three.ID, four.ID}},
			{"", domain.Person{Email: "ANN@example.org"}, []domain.OrderID{two.ID, draft.ID}},
			{"", domain.Person{Phone: "+442079460001"}, []domain.OrderID{five.ID}},
			{"cus_01KA1", domain.Person{Email: "ann@example.org"}, []domain.OrderID{two.ID, three.ID, draft.ID, four.ID}},
			{"cus_01", domain.Person{Email: "nn@example.org", Phone: "79460001"}, nil},
		} {
			orders, err := tx.OrdersOf(c.customer, c.told)
			b.must(err)
			b.equal(orders, c.want)
		}
	})
}

// Timers far ahead are there for previews, soonest first.
func testDueFarAhead(b *bench) {
	late := b.issue(Draft{Due: Start.Add(90 * 365 * 24 * time.Hour)})
	soon := b.issue(Draft{Due: Start.Add(time.Hour)})
	timers, err := b.Due(b.Context(), time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC))
	b.must(err)
	b.equal(len(timers), 2)
	b.equal(fmt.Sprint(timers[0].Order, timers[1].Order), fmt.Sprint(soon.ID, late.ID))
}
