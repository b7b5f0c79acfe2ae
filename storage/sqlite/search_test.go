package sqlite

import (
	"path/filepath"
	"strconv"
	"testing"

	"till/domain"
	"till/storage/storagetest"
)

// A word longer than the beginnings that the search keeps is found by the words that it begins, whatever stands beside it.
func TestLongWordsAreFound(t *testing.T) {
	t.Parallel()
	db := many(t)
	for i, words := range []string{"internationally", "International", "internationalisieren", "internationälly Ann"} {
		check(t, db.writer.exec("update orders set words = ? where n % 4 = ?", words, i))
	}
	check(t, db.writer.exec("update orders set words = words || ' internationally' || n where n <= 40"))
	check(t, db.writer.script("insert into search (search) values ('rebuild')"))
	for text, orders := range map[string]int{
		"internatio": 2000, "internation": 2000, "INTERNATIONA": 2000, "internationall": 1000 + 20, "internationally": 1000 + 20,
		"internationally4": 2, "internationals": 0, "international ann": 500, "ann internationall": 500, "internationälly": 1000 + 20,
		"internationally1 internationally ann": 3,
	} {
		q, found := domain.OrderQuery{Text: text, Size: 1000}, 0
		for more := true; more; more = q.After != "" {
			found += len(pageIDs(t, db, &q))
		}
		if found != orders {
			t.Errorf("%q: %d orders, not %d", text, found, orders)
		}
	}
	match, err := matchOf(db.writer, "internationali an")
	check(t, err)
	if want := `("internationalisieren") AND "an"*`; match != want {
		t.Errorf("the search is asked for %s, not %s", match, want)
	}
}

// What an order is found by grows with its payments: the search is told what is new, and has in the end what a search made at
// once has. Words that go are gone.
func TestSearchGrowsWithItsOrders(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "till.db"))
	m := &storagetest.Maker{Store: db, Name: "W"}
	var orders []domain.Document
	for i := range 40 {
		doc, err := m.Issue(t.Context(), storagetest.Draft{Person: &domain.Person{FirstName: "Ann", LastName: "Leaving" + strconv.Itoa(i%4)}})
		check(t, err)
		_, _, err = m.Pay(t.Context(), doc)
		check(t, err)
		orders = append(orders, doc)
	}
	whole := func(when string) {
		t.Helper()
		if err := db.writer.script("insert into search (search, rank) values ('integrity-check', 1)"); err != nil {
			t.Errorf("%s: %v", when, err)
		}
	}
	whole("as the orders grew")
	found := func(text string, want int) {
		t.Helper()
		page, err := db.Orders(t.Context(), domain.OrderQuery{Text: text, Size: 100})
		check(t, err)
		if len(page.Items) != want {
			t.Errorf("%q: %d orders, not %d", text, len(page.Items), want)
		}
	}
	found("visa", 40)
	found("4242 leaving1 visa", 10)
	gone := orders[1]
	tell(t, db, domain.KindPersonForgotten, string(gone.ID), domain.Forgetting{Row: gone.Person.ID}, domain.Kept{ID: gone.Person.ID})
	found("leaving1", 9)
	found("visa", 40)
	whole("after somebody went")
	t.Logf("proof: %d orders grew, and the search is what it would be if made at once", len(orders))
}

// A word that an order had already and gets once more is counted twice where it goes: so it must have been told twice.
func TestAWordThatComesTwiceGoesTwice(t *testing.T) {
	t.Parallel()
	db := open(t, filepath.Join(t.TempDir(), "till.db"))
	m := &storagetest.Maker{Store: db, Name: "T"}
	doc, err := m.Issue(t.Context(), storagetest.Draft{Title: "visa visa visa", Person: &domain.Person{FirstName: "Visa", LastName: "Visa"}})
	check(t, err)
	_, _, err = m.Pay(t.Context(), doc)
	check(t, err)
	tell(t, db, domain.KindPersonForgotten, string(doc.ID), domain.Forgetting{Row: doc.Person.ID}, domain.Kept{ID: doc.Person.ID})
	check(t, db.writer.script("insert into search (search, rank) values ('integrity-check', 1)"))
}
