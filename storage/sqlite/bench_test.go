package sqlite

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"till/domain"
	"till/storage/storagetest"
)

const (
	frameSize = storagetest.FrameSize
	walFrames = storagetest.LogFrames
)

// BenchmarkStep is one durable step in an order's life, decided on its fold: an authorisation is answered, a receipt is printed,
// soon after the step before it or long after. The floor is what the disk alone takes: an overwrite of as many pages as the step
// adds to the log, and an fsync.
func BenchmarkStep(b *testing.B) {
	for name, step := range map[string]func(testing.TB, *DB, bookedOrder){"answer": answer, "receipt": receipt} {
		b.Run(name+"-soon", func(b *testing.B) { benchStep(b, step, true) })
		b.Run(name+"-later", func(b *testing.B) { benchStep(b, step, false) })
	}
}

func benchStep(b *testing.B, step func(testing.TB, *DB, bookedOrder), soon bool) {
	const some = 20
	dir := b.TempDir()
	db := open(b, filepath.Join(dir, "till.db"))
	orders := book(b, db, 2_000)
	pages := pagesOf(b, db, step, orders[:some])
	floor := storagetest.NewFloor(b, filepath.Join(dir, "floor"), pages)
	var race storagetest.Race
	for i := some; b.Loop(); i++ {
		if i == len(orders) {
			orders = append(orders, book(b, db, 2_000)...)
		}
		if soon {
			receipt(b, db, orders[i])
		}
		race.Ours(storagetest.Timed(func() { step(b, db, orders[i]) }))
		race.Floor(floor.Write(b))
	}
	race.Rate(b, 0.7)
	b.ReportMetric(float64(pages), "pages")
}

// bookedOrder is an order that waits for the answer to its authorisation.
type bookedOrder struct {
	id  domain.OrderID
	pay domain.PaymentID
	op  domain.OperationID
}

// book makes orders with an authorisation on its way, many in one transaction.
func book(t testing.TB, db *DB, count int) []bookedOrder {
	t.Helper()
	last, err := db.Last(t.Context())
	check(t, err)
	m := &storagetest.Maker{Store: db, Name: fmt.Sprint("B", last, "x")}
	var orders []bookedOrder
	for len(orders) < count {
		_, err := db.Update(t.Context(), func(tx domain.Tx) ([]domain.Entry, error) {
			var all []domain.Entry
			for range min(500, count-len(orders)) {
				o, entries, err := bookOne(tx, m, len(orders))
				if err != nil {
					return nil, err
				}
				orders = append(orders, o)
				all = append(all, entries...)
			}
			return all, nil
		})
		check(t, err)
	}
	return orders
}

func bookOne(tx domain.Tx, m *storagetest.Maker, i int) (bookedOrder, []domain.Entry, error) {
	var o bookedOrder
	doc, kept, err := m.Document(storagetest.Draft{Person: &domain.Person{FirstName: "Ann", LastName: "Lee" + strconv.Itoa(i%977)}, Due: storagetest.Start.Add(1e6 * time.Second)})
	if err != nil {
		return o, nil, err
	}
	if err := storagetest.Number(tx, &doc); err != nil {
		return o, nil, err
	}
	o = bookedOrder{doc.ID, domain.PaymentID("pay_" + string(doc.ID[4:])), domain.OperationID("op_" + string(doc.ID[4:]))}
	issued, err := domain.NewEntry(domain.KindOrderIssued, string(o.id), string(o.id), doc)
	if err != nil {
		return o, nil, err
	}
	issued.Brings.Person = kept
	opened, err := domain.NewEntry(domain.KindPaymentOpened, string(o.id), string(o.pay), domain.Opening{
		ID: o.pay, HumanID: "P" + doc.HumanID[1:], Amount: doc.Totals.Total,
		Terms: domain.Terms{Method: "card", Provider: "sandbox", Source: domain.Source{Type: "card", Brand: "Visa", Last4: "4242"}},
	})
	if err != nil {
		return o, nil, err
	}
	asked, err := domain.NewEntry(domain.KindOperationRequested, string(o.id), string(o.pay), domain.Operation{
		ID: o.op, Kind: domain.Authorize, Order: o.id, Payment: o.pay, Key: "key_" + string(o.op), Amount: doc.Totals.Total, Currency: "EUR", Method: "card",
		Deadline: storagetest.Start.Add(1e6 * time.Second),
	})
	asked.Key = "key_" + string(o.op)
	return o, []domain.Entry{issued, opened, asked}, err
}

func answer(t testing.TB, db *DB, o bookedOrder) {
	t.Helper()
	append1(t, db, o, domain.KindOperationAnswered, string(o.pay), domain.Answer{Operation: o.op, Outcome: domain.Outcome{
		Status: domain.Succeeded, Code: "10000",
		Facts: []domain.Fact{{Event: domain.Approved, Action: "act_" + string(o.op), Key: "key_" + string(o.op), Amount: 1000, Currency: "EUR"}},
	}})
}

func receipt(t testing.TB, db *DB, o bookedOrder) {
	t.Helper()
	append1(t, db, o, domain.KindReceiptPrinted, string(o.id), domain.Printing{Format: "text"})
}

// append1 appends an entry as a till does: it folds, decides, and writes.
func append1(t testing.TB, db *DB, o bookedOrder, kind domain.Kind, subject string, body any) {
	t.Helper()
	_, err := db.Update(context.Background(), func(tx domain.Tx) ([]domain.Entry, error) {
		if _, err := tx.Order(o.id); err != nil {
			return nil, err
		}
		e, err := domain.NewEntry(kind, string(o.id), subject, body)
		e.Actor, e.Source = "clerk", domain.ByReply
		return []domain.Entry{e}, err
	})
	check(t, err)
}

// pagesOf counts the pages that a step adds to the log, on average.
func pagesOf(t testing.TB, db *DB, step func(testing.TB, *DB, bookedOrder), orders []bookedOrder) int {
	t.Helper()
	check(t, db.writer.script("pragma wal_checkpoint(truncate)"))
	for _, o := range orders {
		step(t, db, o)
	}
	info, err := os.Stat(db.path + "-wal")
	check(t, err)
	pages := int(info.Size()) / frameSize
	for range 2 * walFrames / pages { // a warm log, as that of a till that runs
		check(t, db.Park(context.Background(), domain.ParkedSale{Sale: []byte("warm")}))
	}
	return (pages + len(orders)/2) / len(orders)
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
