package storagetest

import (
	"fmt"
	"strings"
	"time"

	"till/domain"
)

// testSame demands that a rebuild changes nothing that can be asked for.
func (b *bench) testSame() {
	b.Helper()
	ask := func() string {
		var all strings.Builder
		for _, q := range []domain.OrderQuery{{Size: 1000}, {Sort: "total"}, {Text: "te"}, {Text: "ann"}, {Statuses: []string{"issued", "viewed"}}} {
			page, err := b.Orders(b.Context(), q)
			b.must(err)
			fmt.Fprintf(&all, "%+v\n", page)
		}
		timers, err := b.Due(b.Context(), Start.Add(1000*time.Hour))
		b.must(err)
		cares, err := b.Cares(b.Context(), Start.AddDate(1, 0, 0))
		b.must(err)
		takings, err := b.Takings(b.Context(), Start.AddDate(-1, 0, 0), Start.AddDate(1, 0, 0))
		b.must(err)
		fmt.Fprintf(&all, "%+v\n%+v\n", cares, takings)
		found, err := b.Find(b.Context(), "order", "01KA")
		b.must(err)
		for _, q := range []domain.DisputeQuery{{Size: 1000}, {Open: true, Sort: "respond_by"}} {
			page, err := b.Disputes(b.Context(), q)
			b.must(err)
			fmt.Fprintf(&all, "%+v\n", page)
		}
		_, err = b.Update(b.Context(), func(tx domain.Tx) ([]domain.Entry, error) {
			next, err := tx.Next("order")
			fmt.Fprint(&all, next)
			return nil, err
		})
		b.must(err)
		fmt.Fprintf(&all, "%+v\n%+v\n", timers, found)
		return all.String()
	}
	before := ask()
	b.must(b.Rebuild(b.Context()))
	b.equal(ask(), before)
}

func testRebuild(b *bench) {
	b.testSame() // of nothing
	for i := range 12 {
		doc := b.issue(Draft{Test: i%3 == 0, Due: Start.Add(time.Hour), Person: &domain.Person{FirstName: "Ann"}})
		if i%2 == 0 {
			_, _, err := b.Pay(b.Context(), doc)
			b.must(err)
		}
	}
	b.testSame()
	b.issue(Draft{})
	b.testSame()
}

func testVerify(b *bench) {
	verdict, err := b.Verify(b.Context())
	b.must(err)
	b.equal(verdict, domain.Verdict{OK: true})
	for range 3 {
		b.issue(Draft{Person: &domain.Person{FirstName: "Ann"}})
	}
	verdict, err = b.Verify(b.Context())
	b.must(err)
	b.equal(verdict, domain.Verdict{OK: true, Entries: 3, Head: b.entries("")[2].Hash})
}

// Writes are told, many at once as one.
func testChanged(b *bench) {
	news := b.Changed(b.Context())
	doc := b.issue(Draft{})
	b.heard(news, 1)
	for range 3 {
		b.must(b.Append(b.Context(), doc.ID, domain.KindOrderMoved, string(doc.ID), "", domain.Move{Event: domain.View}))
	}
	b.heard(news, 4)
}

// heard waits until a number is told; smaller ones may come before it.
func (b *bench) heard(news <-chan domain.Seq, want domain.Seq) {
	b.Helper()
	late := time.NewTimer(10 * time.Second)
	defer late.Stop()
	for {
		select {
		case got, open := <-news:
			if !open || got > want {
				b.Fatalf("heard of %d (open: %v), want %d", got, open, want)
			}
			if got == want {
				return
			}
		case <-late.C:
			b.Fatalf("entry %d was never told", want)
		}
	}
}

func testPersons(b *bench) {
	ann := domain.Person{FirstName: "Ann", LastName: "Lee", Address: domain.Address{City: "Oslo"}}
	doc := b.issue(Draft{Person: &ann})
	kept, err := b.Person(b.Context(), doc.Person.ID)
	b.must(err)
	b.equal(kept, ann)
	_, err = b.Person(b.Context(), "per_none")
	b.refused(err, domain.CodeNotFound)
	page, err := b.Orders(b.Context(), domain.OrderQuery{})
	b.must(err)
	b.equal(page.Items[0].Customer, "Ann Lee")
}

// An empty row in place of a person's: gone from the order, the list and the search, the chain stands.
func testForgetting(b *bench) {
	doc := b.issue(Draft{Person: &domain.Person{FirstName: "Ann", Email: "ann@example.org"}})
	b.list(domain.OrderQuery{Text: "ann"}, "1")
	b.forget(string(doc.ID), doc.Person.ID)
	b.list(domain.OrderQuery{Text: "ann"}, "")
	b.list(domain.OrderQuery{Text: "tea"}, "1")
	gone, err := b.Person(b.Context(), doc.Person.ID)
	b.must(err)
	b.equal(gone, domain.Person{})
	order, err := b.Store.Order(b.Context(), doc.ID)
	b.must(err)
	b.equal(order.Client, domain.Person{})
	verdict, err := b.Verify(b.Context())
	b.must(err)
	b.equal(verdict.OK, true)
	b.testSame()
}

// What is set aside of an entry comes back with it, in every way in which it is read, until it is forgotten; the wires of
// calls go when that is wanted.
func testTold(b *bench) {
	doc, _, err := b.Document(Draft{})
	b.must(err)
	doc.Cart.Lines[0].Note = "for Kunigunde"
	var row string
	issued, err := b.Update(b.Context(), func(tx domain.Tx) ([]domain.Entry, error) {
		if err := Number(tx, &doc); err != nil {
			return nil, err
		}
		e, err := entry(domain.KindOrderIssued, string(doc.ID), string(doc.ID), doc)
		b.must(err)
		b.must(e.SetAside(func(prefix string) string { return prefix + "told" }))
		row = e.Brings.Told.ID
		return []domain.Entry{e}, nil
	})
	b.must(err)
	_, op, err := b.Pay(b.Context(), doc)
	b.must(err)
	wired := b.told(domain.KindOrderMoved, string(doc.ID), string(doc.ID), domain.Move{Event: domain.View}, nil)
	wired.Brings.Wire = &domain.Wire{Operation: op, Sent: "for Kunigunde"}
	reads := func(want string) {
		b.Helper()
		o, err := b.Store.Order(b.Context(), doc.ID)
		b.must(err)
		b.equal(o.Cart.Lines[0].Note, want)
		b.equal(o.Rows, []string{row})
		entries, err := b.Entries(b.Context(), string(doc.ID), 0, 0, 0)
		b.must(err)
		b.equal(string(entries[0].Body), string(issued[0].Body))
		told, err := domain.Decode[domain.Document](entries[0])
		b.must(err)
		b.equal(told.Cart.Lines[0].Note, want)
		b.must(b.Store.Lives(b.Context(), 0, func(life []domain.Entry) error {
			o, err := domain.Fold(life)
			b.must(err)
			b.equal(o.Cart.Lines[0].Note, want)
			return nil
		}))
		_, err = b.Update(b.Context(), func(tx domain.Tx) ([]domain.Entry, error) {
			o, err := tx.Order(doc.ID)
			b.must(err)
			b.equal(o.Cart.Lines[0].Note, want)
			return nil, nil
		})
		b.must(err)
		verdict, err := b.Verify(b.Context())
		b.must(err)
		b.equal(verdict.OK, true)
		b.testSame()
	}
	_, err = b.Update(b.Context(), func(domain.Tx) ([]domain.Entry, error) { return []domain.Entry{wired}, nil })
	b.must(err)
	reads("for Kunigunde")
	b.list(domain.OrderQuery{Text: "kunig"}, "1")
	_, err = b.Update(b.Context(), func(domain.Tx) ([]domain.Entry, error) {
		e := b.told(domain.KindPersonForgotten, string(doc.ID), row, domain.Forgetting{Row: row}, &domain.Kept{ID: row})
		e.Brings.Unwired = []domain.OperationID{op}
		return []domain.Entry{e}, nil
	})
	b.must(err)
	reads("")
	b.list(domain.OrderQuery{Text: "kunig"}, "")
	wires, err := b.Wires(b.Context(), op)
	b.must(err)
	b.equal(len(wires), 0)
}

func testWires(b *bench) {
	doc := b.issue(Draft{})
	pay, op, err := b.Pay(b.Context(), doc)
	b.must(err)
	for i, wire := range []*domain.Wire{{Operation: op, Sent: "a\n", Answered: "b", Took: time.Millisecond}, {}, {Operation: op, Sent: "again"}} {
		_, err = b.Update(b.Context(), func(domain.Tx) ([]domain.Entry, error) {
			e, err := entry(domain.KindOperationAnswered, string(doc.ID), string(pay), domain.Answer{Operation: op, Outcome: domain.Outcome{Status: domain.Unknown}})
			e.Key, e.Brings.Wire = fmt.Sprint("answer ", i), wire
			return []domain.Entry{e}, err
		})
		b.must(err)
	}
	wires, err := b.Wires(b.Context(), op)
	b.must(err)
	b.equal(wires, []domain.Wire{{Operation: op, Sent: "a\n", Answered: "b", Took: time.Millisecond}, {Operation: op, Sent: "again"}})
	wires, err = b.Wires(b.Context(), "op_none")
	b.must(err)
	b.equal(len(wires), 0)
}

func testArticles(b *bench) {
	b.must(b.PutArticles(b.Context(), nil))
	b.must(b.PutArticles(b.Context(), []domain.Article{
		{SKU: "T-2", Title: "Green Tea", Price: 350, Currency: "EUR", Note: "loose leaf", Barcode: "4006381333931", TaxPercent: "19"},
		{SKU: "T-1", Title: "Black tea", Price: 300, Currency: "EUR"},
		{SKU: "TEA", Title: "Éclair", Price: 1, Currency: "JPY", Note: "goes with tea"},
		{SKU: "Z", Title: "gone", Price: 1, Currency: "EUR"},
	}))
	b.must(b.PutArticles(b.Context(), []domain.Article{{SKU: "Z", Title: "100% _cotton_", Price: 2, Currency: "EUR"}}))
	for _, c := range []struct {
		query string
		limit int
		want  string
	}{
		{"", 0, "T-1 T-2 TEA Z"},
		{"", 2, "T-1 T-2"},
		{"tea", 0, "TEA T-1 T-2"},
		{"TEA gre", 0, "T-2"},
		{"leaf", 0, "T-2"},
		{"4006381333931", 0, "T-2"},
		{"400638", 0, ""},
		{"t-1", 0, "T-1"},
		{"éCLAIR", 0, "TEA"},
		{"%", 0, "Z"},
		{"_", 0, "Z"},
		{"gone", 0, ""},
		{`"'`, 0, ""},
		{"  ", 1, "T-1"},
	} {
		articles, err := b.Articles(b.Context(), c.query, c.limit)
		b.must(err)
		var skus []string
		for _, a := range articles {
			skus = append(skus, a.SKU)
		}
		if got := strings.Join(skus, " "); got != c.want {
			b.Errorf("%q finds %q, want %q", c.query, got, c.want)
		}
	}
	articles, err := b.Articles(b.Context(), "t-2", 1)
	b.must(err)
	b.equal(articles, []domain.Article{{
		SKU: "T-2", Title: "Green Tea", Price: 350, Currency: "EUR", Note: "loose leaf", Barcode: "4006381333931", TaxPercent: "19",
	}})
}

func testParked(b *bench) {
	parked := func(want ...domain.ParkedSale) {
		b.Helper()
		sales, err := b.Parked(b.Context())
		b.must(err)
		b.equal(sales, want)
	}
	parked()
	b.must(b.Park(b.Context(), domain.ParkedSale{})) // there is none, and that is so already
	screen := domain.ParkedSale{Sale: []byte("\x00\xff")}
	b.must(b.Park(b.Context(), screen))
	parked(screen)
	ann := domain.ParkedSale{ID: "b", At: Start, Customer: "cus_1", Client: domain.Person{FirstName: "Ann", Address: domain.Address{City: "Oslo"}}, Sale: []byte(`{"a":1}`)}
	b.must(b.Park(b.Context(), domain.ParkedSale{}, ann))
	parked(ann)
	later := domain.ParkedSale{ID: "a", At: Start.Add(time.Millisecond), Sale: []byte("later")}
	b.must(b.Park(b.Context(), later, screen))
	parked(screen, ann, later)
	b.must(b.Park(b.Context(), domain.ParkedSale{ID: "b"}, domain.ParkedSale{Sale: []byte("taken")}))
	parked(domain.ParkedSale{Sale: []byte("taken")}, later)
	b.refused(b.Park(b.Context(), domain.ParkedSale{Sale: []byte("again")}, domain.ParkedSale{ID: "b"}), domain.CodeNotFound)
	parked(domain.ParkedSale{Sale: []byte("taken")}, later)
}

// A card number that landed in a name or a note of an open sale is not kept; amounts are left as they are.
func testParkedCards(b *bench) {
	const number = "4556737586899855"
	b.must(b.Park(b.Context(), domain.ParkedSale{
		Client: domain.Person{LastName: number, Notes: "card " + number}, Notes: map[int]string{0: number},
		Sale: []byte(`{"title":"tea \" 4556 7375 8689 9855","price":4556737586899855}`),
	}))
	sales, err := b.Parked(b.Context())
	b.must(err)
	b.equal(sales, []domain.ParkedSale{{
		Client: domain.Person{LastName: "••••9855", Notes: "card ••••9855"}, Notes: map[int]string{0: "••••9855"},
		Sale: []byte(`{"title":"tea \" ••••9855","price":4556737586899855}`),
	}})
}

// A sale stays when the person it is for is forgotten.
func testNameless(b *bench) {
	doc := b.issue(Draft{Person: &domain.Person{FirstName: "Ann"}})
	sale := domain.ParkedSale{ID: "p", At: Start, Customer: "cus_1", Client: domain.Person{FirstName: "Ann"}, Notes: map[int]string{1: "for Ann"}, Sale: []byte("tea")}
	other := domain.ParkedSale{ID: "q", At: Start, Client: domain.Person{FirstName: "Bo"}, Notes: map[int]string{0: "for Bo"}, Sale: []byte("tea")}
	b.must(b.Park(b.Context(), sale, other))
	before, err := b.Parked(b.Context())
	b.must(err)
	b.equal(before, []domain.ParkedSale{sale, other})
	_, err = b.Update(b.Context(), func(domain.Tx) ([]domain.Entry, error) {
		e, err := entry(domain.KindPersonForgotten, string(doc.ID), doc.Person.ID, domain.Forgetting{Row: doc.Person.ID})
		e.Brings.Person, e.Brings.Nameless = &domain.Kept{ID: doc.Person.ID}, []string{"p"}
		return []domain.Entry{e}, err
	})
	b.must(err)
	sales, err := b.Parked(b.Context())
	b.must(err)
	b.equal(sales, []domain.ParkedSale{{ID: "p", At: Start, Sale: []byte("tea")}, other})
}
