package storagetest

import (
	"fmt"
	"testing"
	"time"

	"till/domain"
)

const (
	crowdBatch = 1000             // how many orders of a crowd come in one transaction
	crowdEvery = 40 * time.Second // between two of them: a million takes 15 months
)

// crowdStart is when the first of a crowd comes, early enough that a million of them is done before Start.
var crowdStart = Start.AddDate(-2, 0, 0)

// Crowd fills an empty store with a till and its orders of people that have been sold by card, as a till writes them; every
// tenth is not paid and has a due date, of a hundred one is held, and of ten thousand one is unknown. It is for measuring
// what a history costs.
func Crowd(t testing.TB, store domain.Store, orders int) {
	t.Helper()
	m := &Maker{Store: store, Name: "C"}
	_, err := store.Update(t.Context(), func(domain.Tx) ([]domain.Entry, error) {
		opened, err := domain.NewEntry(domain.KindTillOpened, "till", "till_crowd", domain.TillOpening{Till: "till_crowd"})
		opened.At = crowdStart
		return []domain.Entry{opened}, err
	})
	check(t, err)
	for made := 0; made < orders; {
		_, err := store.Update(t.Context(), func(tx domain.Tx) ([]domain.Entry, error) {
			var all []domain.Entry
			for range min(crowdBatch, orders-made) {
				entries, err := m.member(tx, made)
				if err != nil {
					return nil, err
				}
				for i := range entries {
					entries[i].At = crowdStart.Add(time.Duration(made) * crowdEvery)
				}
				all = append(all, entries...)
				made++
			}
			return all, nil
		})
		check(t, err)
	}
}

// member is one order's life, as entries.
func (m *Maker) member(tx domain.Tx, n int) ([]domain.Entry, error) {
	person := &domain.Person{FirstName: "Ann", LastName: fmt.Sprintf("Lee%d", n%977), Email: fmt.Sprintf("ann%d@lee.example", n)}
	wish := Draft{Person: person, Price: domain.Amount(100 + n%5000)}
	unpaid := n%10 == 9
	if unpaid {
		wish.Due = Start.AddDate(10, 0, n%3650)
	}
	doc, kept, err := m.Document(wish)
	if err != nil {
		return nil, err
	}
	if err := Number(tx, &doc); err != nil {
		return nil, err
	}
	issued, err := domain.NewEntry(domain.KindOrderIssued, string(doc.ID), string(doc.ID), doc)
	issued.Brings.Person = kept
	if err != nil || unpaid {
		return []domain.Entry{issued}, err
	}
	sale, err := m.sale(doc, n)
	return append([]domain.Entry{issued}, sale...), err
}

// sale pays an order by card; most are captured at once.
func (m *Maker) sale(doc domain.Document, n int) ([]domain.Entry, error) {
	pay, op := domain.PaymentID("pay_"+string(doc.ID[4:])), domain.OperationID("op_"+string(doc.ID[4:]))
	key, total, currency := "key_"+string(op), doc.Totals.Total, doc.Cart.Currency
	fact := domain.Fact{Event: domain.Approved, Action: "act_" + string(op), Key: key, Amount: total, Currency: currency}
	taken := fact
	taken.Event, taken.Action = domain.Captured, fact.Action+"_taken"
	answer := domain.Outcome{Status: domain.Succeeded, Code: "10000", Facts: []domain.Fact{fact, taken}}
	switch {
	case n%10_000 == 1234:
		answer = domain.Outcome{Status: domain.Unknown}
	case n%100 == 50:
		answer.Facts = []domain.Fact{fact}
	}
	var entries []domain.Entry
	for _, of := range []struct {
		kind domain.Kind
		key  string
		body any
	}{
		{domain.KindPaymentOpened, "", domain.Opening{
			ID: pay, HumanID: "P" + doc.HumanID[1:], Amount: total,
			Terms: domain.Terms{
				Variant: "sandbox", Provider: "sandbox", Method: "card", Capture: domain.CaptureAuto,
				Source: domain.Source{Type: "card", Brand: "Visa", Last4: "4242", ExpiryMonth: 12, ExpiryYear: 2034},
			},
		}},
		{domain.KindOperationRequested, key, domain.Operation{
			ID: op, Kind: domain.Authorize, Order: doc.ID, Payment: pay, Key: key, Amount: total, Currency: currency,
			Method: "card", Variant: "sandbox", Deadline: Start.Add(1e6 * time.Hour),
		}},
		{domain.KindOperationAnswered, "", domain.Answer{Operation: op, Outcome: answer}},
	} {
		e, err := domain.NewEntry(of.kind, string(doc.ID), string(pay), of.body)
		if err != nil {
			return nil, err
		}
		e.Key = of.key
		entries = append(entries, e)
	}
	return entries, nil
}
