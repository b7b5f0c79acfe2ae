package storagetest

import (
	"context"
	"fmt"
	"strconv"
	"sync/atomic"
	"time"

	"till/domain"
)

// Start is when the clock of Env begins.
var Start = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

// Env is a clock that ticks a second each time it is read, identifiers that count, and dice that always fall
// the same.
func Env() domain.Env {
	var ticks, ids atomic.Int64
	return domain.Env{
		Now:   func() time.Time { return Start.Add(time.Duration(ticks.Add(1)) * time.Second) },
		NewID: func(prefix string) string { return fmt.Sprintf("%s01k%010d", prefix, ids.Add(1)) },
		Rand:  func(int) int { return 0 },
		Wait:  func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
	}
}

// Maker issues orders as a till would, under names of its own.
type Maker struct {
	Store domain.Store
	Name  string // part of every id: two makers at work on one store need two
	count int
}

// Draft is what may be said of an order to be made. Everything has a default.
type Draft struct {
	Title     string
	Price     domain.Amount
	Reference string
	Person    *domain.Person
	Customer  domain.CustomerID
	Test      bool
	Due       time.Time
}

// Document makes a document whose number is still open. The kept person is nil if the draft names none.
func (m *Maker) Document(d Draft) (domain.Document, *domain.Kept, error) {
	m.count++
	if d.Title == "" {
		d.Title = "tea"
	}
	if d.Price == 0 {
		d.Price = 1000
	}
	cart := domain.Cart{Currency: "EUR", Lines: []domain.Line{{Title: d.Title, Price: d.Price, Quantity: 1}}}
	doc := domain.Document{
		ID: domain.OrderID(fmt.Sprintf("ord_01K%s%09d", m.Name, m.count)), HumanID: fmt.Sprintf("H%s%05d", m.Name, m.count),
		Reference: d.Reference, Cart: cart, Totals: cart.Totals(), IsTest: d.Test, Due: d.Due, Contact: true, Customer: d.Customer,
	}
	if d.Person == nil {
		return doc, nil, nil
	}
	kept := &domain.Kept{ID: fmt.Sprintf("per_%s%d", m.Name, m.count), Salt: "5a17", Person: *d.Person}
	ref, err := kept.Ref()
	doc.Person = &ref
	return doc, kept, err
}

// Issue issues an order and gives its document, with the number that it got.
func (m *Maker) Issue(ctx context.Context, d Draft) (domain.Document, error) {
	doc, kept, err := m.Document(d)
	if err != nil {
		return doc, err
	}
	_, err = m.Store.Update(ctx, func(tx domain.Tx) ([]domain.Entry, error) {
		if err := Number(tx, &doc); err != nil {
			return nil, err
		}
		e, err := domain.NewEntry(domain.KindOrderIssued, string(doc.ID), string(doc.ID), doc)
		e.Brings.Person = kept
		return []domain.Entry{e}, err
	})
	return doc, err
}

// Number gives a document the next number of its series.
func Number(tx domain.Tx, doc *domain.Document) error {
	series, prefix := "order", ""
	if doc.IsTest {
		series, prefix = "test", "T"
	}
	n, err := tx.Next(series)
	doc.Number = prefix + strconv.FormatInt(n, 10)
	return err
}

// Append adds one entry to an order's life, deciding on its fold as a till does.
func (m *Maker) Append(ctx context.Context, order domain.OrderID, kind domain.Kind, subject, key string, body any) error {
	_, err := m.Store.Update(ctx, func(tx domain.Tx) ([]domain.Entry, error) {
		if _, err := tx.Order(order); err != nil {
			return nil, err
		}
		e, err := domain.NewEntry(kind, string(order), subject, body)
		e.Actor, e.Source, e.Key = "clerk", domain.ByOperator, key
		return []domain.Entry{e}, err
	})
	return err
}

// Pay opens a payment for an order and asks for its authorisation; it gives both ids.
func (m *Maker) Pay(ctx context.Context, doc domain.Document) (domain.PaymentID, domain.OperationID, error) {
	m.count++
	pay := domain.PaymentID(fmt.Sprintf("pay_01K%s%09d", m.Name, m.count))
	op := domain.OperationID(fmt.Sprintf("op_01K%s%09d", m.Name, m.count))
	err := m.Append(ctx, doc.ID, domain.KindPaymentOpened, string(pay), "", domain.Opening{
		ID: pay, HumanID: fmt.Sprintf("P%s%05d", m.Name, m.count), Amount: doc.Totals.Total,
		Terms: domain.Terms{Method: "card", Provider: "sandbox", Source: domain.Source{Type: "card", Brand: "Visa", Last4: "4242"}},
	})
	if err != nil {
		return pay, op, err
	}
	return pay, op, m.Append(ctx, doc.ID, domain.KindOperationRequested, string(pay), "key_"+string(op), domain.Operation{
		ID: op, Kind: domain.Authorize, Order: doc.ID, Payment: pay, Key: "key_" + string(op), Amount: doc.Totals.Total,
		Currency: doc.Cart.Currency, Method: "card", Deadline: Start.Add(time.Hour),
	})
}
