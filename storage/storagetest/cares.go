package storagetest

import (
	"fmt"
	"time"

	"till/domain"
)

// answered tells what a gateway said to a payment's authorisation.
func (b *bench) answered(doc domain.Document, pay domain.PaymentID, op domain.OperationID, out domain.Outcome) {
	b.Helper()
	for i := range out.Facts {
		f := &out.Facts[i]
		f.Action, f.Key, f.Currency = fmt.Sprint("act_", op, i), "key_"+string(op), doc.Cart.Currency
	}
	b.must(b.Append(b.Context(), doc.ID, domain.KindOperationAnswered, string(pay), "", domain.Answer{Operation: op, Outcome: out}))
}

// What is unknown wants care at once, what is held from its warning on; the most urgent come first.
func testCares(b *bench) {
	for i, price := range []domain.Amount{500, 900, 700, 300} {
		doc := b.issue(Draft{Price: price, Title: fmt.Sprint("tea", i)})
		pay, op, err := b.Pay(b.Context(), doc)
		b.must(err)
		switch i {
		case 0, 3:
			b.answered(doc, pay, op, domain.Outcome{Status: domain.Succeeded, Facts: []domain.Fact{{Event: domain.Approved, Amount: price}}})
		case 1, 2:
			b.answered(doc, pay, op, domain.Outcome{Status: domain.Unknown})
		}
	}
	cares := func(by time.Time) string {
		b.Helper()
		sums, err := b.Cares(b.Context(), by)
		b.must(err)
		all := ""
		for _, s := range sums {
			all += fmt.Sprint(s.Name, " ", s.Currency, " ", s.Orders, " ", s.Risk, " ", !s.Until.IsZero(), "; ")
		}
		return all
	}
	b.equal(cares(Start.Add(time.Hour)), "unknown EUR 2 1600 false; ")
	b.list(domain.OrderQuery{Cares: Start.Add(time.Hour)}, "2 3")
	later := Start.AddDate(0, 0, 20)
	b.equal(cares(later), "unknown EUR 2 1600 false; hold EUR 2 800 true; ")
	b.walk(domain.OrderQuery{Cares: later, Size: 3}, []string{"2", "3", "1", "4"})
	b.list(domain.OrderQuery{Cares: later, Text: "tea0"}, "1")
	b.list(domain.OrderQuery{Cares: later, Statuses: []string{"hold"}}, "1 4")
	page, err := b.Orders(b.Context(), domain.OrderQuery{Cares: later})
	b.must(err)
	b.equal(fmt.Sprint(page.Items[2].Care.Name, page.Items[2].Care.Risk), "hold500")
	_, err = b.Orders(b.Context(), domain.OrderQuery{Sort: "care"})
	b.refused(err, domain.CodeInvalid)
	b.testSame()
}

// What came is added up by hour, currency and method, also what went back; training is in no sum.
func testTakings(b *bench) {
	sell := func(d Draft) (domain.Document, domain.PaymentID) {
		doc := b.issue(d)
		pay, op, err := b.Pay(b.Context(), doc)
		b.must(err)
		b.answered(doc, pay, op, domain.Outcome{Status: domain.Succeeded, Facts: []domain.Fact{
			{Event: domain.Approved, Amount: doc.Totals.Total}, {Event: domain.Captured, Amount: doc.Totals.Total},
		}})
		return doc, pay
	}
	sell(Draft{Price: 500})
	sell(Draft{Price: 700})
	sell(Draft{Price: 900, Test: true})
	takings := func(from, to time.Time) string {
		b.Helper()
		all, err := b.Takings(b.Context(), from, to)
		b.must(err)
		got := ""
		for _, t := range all {
			got += fmt.Sprint(t.From.Format(time.TimeOnly), " ", t.Currency, " ", t.Method, " ", t.Sales, " ", t.Taken, "; ")
		}
		return got
	}
	b.equal(takings(Start, Start.Add(time.Hour)), "09:00:00 EUR card 2 1200; ")
	b.equal(takings(Start.Add(time.Hour), Start.Add(2*time.Hour)), "")
	b.testSame()
}

// An amount is asked for in one currency, its ends belong to it.
func testAmounts(b *bench) {
	for _, price := range []domain.Amount{100, 200, 300, 400} {
		b.issue(Draft{Price: price})
	}
	ask := func(least, most domain.Amount) domain.OrderQuery {
		return domain.OrderQuery{Currency: "EUR", Least: least, Most: most}
	}
	b.list(ask(200, 300), "3 2")
	b.list(ask(300, 0), "4 3")
	b.list(ask(0, 100), "1")
	q := ask(1, 0)
	q.Currency = "USD"
	b.list(q, "")
	q = ask(200, 0)
	q.Statuses, q.Size = []string{"issued", "paid"}, 2
	b.walk(q, []string{"4", "3", "2"})
	q.Sort, q.Statuses = "total", nil
	b.walk(q, []string{"2", "3", "4"})
}
