package storagetest

import (
	"context"
	"fmt"
	"sync"
	"time"

	"till/domain"
)

func testJournal(b *bench) {
	first, second := b.issue(Draft{}), b.issue(Draft{})
	b.must(b.Append(b.Context(), first.ID, domain.KindOrderMoved, string(first.ID), "k1", domain.Move{Event: domain.View}))
	all := b.entries("")
	prev := ""
	for i, e := range all {
		b.equal(e.Seq, i+1)
		b.equal(e.Prev, prev)
		b.equal(e.Hash, e.Digest())
		prev = e.Hash
	}
	b.equal(len(all), 3)
	b.equal(all[2].Actor+" "+string(all[2].Source)+" "+all[2].Key, "clerk operator k1")
	b.equal(len(b.entries(string(first.ID))), 2)
	b.equal(len(b.entries(string(second.ID))), 1)
	b.equal(len(b.entries("nobody")), 0)
	for _, c := range []struct {
		after, upTo domain.Seq
		limit       int
		want        string
	}{{0, 0, 0, "1 2 3"}, {1, 0, 0, "2 3"}, {0, 2, 0, "1 2"}, {0, 0, 1, "1"}, {1, 3, 1, "2"}, {3, 0, 0, ""}} {
		some, err := b.Entries(b.Context(), "", c.after, c.upTo, c.limit)
		b.must(err)
		got := ""
		for _, e := range some {
			got += fmt.Sprint(" ", e.Seq)
		}
		b.equal(got, prefixed(c.want))
	}
}

func prefixed(s string) string {
	if s == "" {
		return ""
	}
	return " " + s
}

// A time of one's own stands, to the microsecond, unless it lies before the entry before it.
func testTimes(b *bench) {
	at := Start.Add(time.Hour + 1500*time.Nanosecond)
	stored, err := b.Update(b.Context(), func(domain.Tx) ([]domain.Entry, error) {
		ahead, err := entry("test.told", "test", "a", struct{}{})
		if err != nil {
			return nil, err
		}
		ahead.At = at.In(time.FixedZone("elsewhere", 3600))
		now, err := entry("test.told", "test", "b", struct{}{})
		return []domain.Entry{ahead, now}, err
	})
	b.must(err)
	b.equal(stored[0].At, at.Truncate(time.Microsecond))
	b.equal(stored[1].At, stored[0].At)
	b.equal(b.entries("test"), stored)
}

func testRollback(b *bench) {
	kept := b.issue(Draft{})
	doc, _, err := b.Document(Draft{})
	b.must(err)
	_, err = b.Update(b.Context(), func(tx domain.Tx) ([]domain.Entry, error) {
		if err := Number(tx, &doc); err != nil {
			return nil, err
		}
		return nil, errRefused
	})
	b.equal(err, errRefused)
	// The second entry cannot be applied: nothing of the first may stay.
	_, err = b.Update(b.Context(), func(tx domain.Tx) ([]domain.Entry, error) {
		if err := Number(tx, &doc); err != nil {
			return nil, err
		}
		good, err := entry(domain.KindOrderIssued, string(doc.ID), string(doc.ID), doc)
		if err != nil {
			return nil, err
		}
		bad, err := entry(domain.KindPaymentMoved, string(kept.ID), "pay_none", domain.Move{Event: domain.Abandoned})
		return []domain.Entry{good, bad}, err
	})
	if err == nil {
		b.Fatal("an entry that no order can apply was stored")
	}
	b.equal(len(b.entries("")), 1)
	b.list(domain.OrderQuery{}, "1")
	_, err = b.Store.Order(b.Context(), doc.ID)
	b.refused(err, domain.CodeNotFound)
	b.equal(b.issue(Draft{}).Number, "2") // the number was not lost
}

func testNothing(b *bench) {
	stored, err := b.Update(b.Context(), func(domain.Tx) ([]domain.Entry, error) { return nil, nil })
	b.must(err)
	b.equal(len(stored)+len(b.entries("")), 0)
}

func testKeys(b *bench) {
	doc := b.issue(Draft{})
	view := func(key string) error {
		return b.Append(b.Context(), doc.ID, domain.KindOrderMoved, string(doc.ID), key, domain.Move{Event: domain.View})
	}
	b.must(view("once"))
	b.refused(view("once"), domain.CodeIdempotencyConflict)
	b.must(view(""))
	b.must(view(""))
	b.equal(len(b.entries("")), 4)
	_, err := b.Update(b.Context(), func(tx domain.Tx) ([]domain.Entry, error) {
		e, used, err := tx.Used("once")
		b.must(err)
		b.equal(used, true)
		b.equal(e, b.entries("")[1])
		for _, key := range []string{"", "never"} {
			_, used, err = tx.Used(key)
			b.must(err)
			b.equal(used, false)
		}
		return nil, nil
	})
	b.must(err)
}

// Many at once: every number once, none left out, each series by itself.
func testNumbers(b *bench) {
	const makers, each = 4, 8
	var wg sync.WaitGroup
	errs := make(chan error, makers*each)
	for i := range makers {
		wg.Go(func() {
			m := &Maker{Store: b.Store, Name: fmt.Sprintf("N%d", i)}
			for j := range each {
				_, err := m.Issue(b.Context(), Draft{Test: j%2 == 1})
				errs <- err
			}
		})
	}
	wg.Wait()
	close(errs)
	for err := range errs {
		b.must(err)
	}
	seen := map[string]bool{}
	page, err := b.Orders(b.Context(), domain.OrderQuery{Size: 1000})
	b.must(err)
	for _, row := range page.Items {
		seen[row.Number] = true
	}
	for n := 1; n <= makers*each/2; n++ {
		for _, number := range []string{fmt.Sprint(n), fmt.Sprint("T", n)} {
			if !seen[number] {
				b.Errorf("number %s is missing", number)
			}
		}
	}
	b.equal(len(seen), makers*each)
}

func testTx(b *bench) {
	opened, err := entry(domain.KindTillOpened, "till", "till_1", domain.TillOpening{Till: "till_1"})
	b.must(err)
	_, err = b.Update(b.Context(), func(tx domain.Tx) ([]domain.Entry, error) {
		_, found, err := tx.First()
		b.must(err)
		b.equal(found, false)
		return []domain.Entry{opened}, nil
	})
	b.must(err)
	doc := b.issue(Draft{Reference: "R-7"})
	_, err = b.Update(b.Context(), func(tx domain.Tx) ([]domain.Entry, error) {
		first, found, err := tx.First()
		b.must(err)
		b.equal(found, true)
		b.equal(first.Kind, domain.KindTillOpened)
		order, err := tx.Order(doc.ID)
		b.must(err)
		b.equal(order.Number, "1")
		newest, found, err := tx.Newest(string(doc.ID))
		b.must(err)
		b.equal(found, true)
		b.equal(newest.Seq, order.LastSeq)
		_, err = tx.Order("ord_none")
		b.refused(err, domain.CodeNotFound)
		for _, want := range []int64{2, 3} {
			n, err := tx.Next("order")
			b.must(err)
			b.equal(n, want)
		}
		n, err := tx.Next("test")
		b.must(err)
		b.equal(n, 1)
		for id, want := range map[string]bool{doc.HumanID: true, "h" + doc.HumanID[1:]: true, "X": false, "": false, doc.Number: false} {
			taken, err := tx.Taken(id)
			b.must(err)
			b.equal(taken, want)
		}
		id, found, err := tx.ByReference("R-7")
		b.must(err)
		b.equal(fmt.Sprint(id, found), fmt.Sprint(doc.ID, true))
		for _, none := range []string{"", "R", "r-7"} {
			_, found, err = tx.ByReference(none)
			b.must(err)
			b.equal(found, false)
		}
		return nil, nil
	})
	b.must(err)
}

// One decision may touch several orders, and one order several times.
func testTwoOrders(b *bench) {
	one, two := b.issue(Draft{}), b.issue(Draft{})
	_, err := b.Update(b.Context(), func(tx domain.Tx) ([]domain.Entry, error) {
		var entries []domain.Entry
		for _, step := range []struct {
			id domain.OrderID
			on domain.Event
		}{{one.ID, domain.View}, {two.ID, domain.View}, {one.ID, domain.MarkReceived}} {
			e, err := entry(domain.KindOrderMoved, string(step.id), string(step.id), domain.Move{Event: step.on})
			if err != nil {
				return nil, err
			}
			entries = append(entries, e)
		}
		_, err := tx.Order(one.ID)
		return entries, err
	})
	b.must(err)
	page, err := b.Orders(b.Context(), domain.OrderQuery{Sort: "created_at"})
	b.must(err)
	b.equal(fmt.Sprint(page.Items[0].Status, page.Items[0].Seq, page.Items[1].Status, page.Items[1].Seq), "received5viewed4")
	order, err := b.Store.Order(b.Context(), one.ID)
	b.must(err)
	b.equal(order.Row(), page.Items[0])
}

// Who waits for another's decision stops waiting when nobody waits for them.
func testTurns(b *bench) {
	inside, leave := make(chan struct{}), make(chan struct{})
	done := make(chan error)
	go func() {
		_, err := b.Update(context.Background(), func(domain.Tx) ([]domain.Entry, error) {
			close(inside)
			<-leave
			return nil, nil
		})
		done <- err
	}()
	<-inside
	ctx, cancel := context.WithTimeout(b.Context(), 10*time.Millisecond)
	defer cancel()
	_, err := b.Update(ctx, func(domain.Tx) ([]domain.Entry, error) {
		b.Error("two decide at once")
		return nil, nil
	})
	b.equal(err, context.DeadlineExceeded)
	close(leave)
	b.must(<-done)
	b.equal(b.issue(Draft{}).Number, "1")
}
