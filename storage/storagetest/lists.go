package storagetest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"till/domain"
)

func testOrder(b *bench) {
	doc := b.issue(Draft{Person: &domain.Person{FirstName: "Ann", Email: "ann@example.org"}})
	pay, op, err := b.Pay(b.Context(), doc)
	b.must(err)
	order, err := b.Store.Order(b.Context(), doc.ID)
	b.must(err)
	b.equal(order.Client.Email, "ann@example.org")
	b.equal(order.Version, 3)
	b.equal(order.Payment(pay).Operation(op).State, domain.OpRequested)
	page, err := b.Orders(b.Context(), domain.OrderQuery{})
	b.must(err)
	b.equal(page.Items[0], order.Row())
	for _, none := range []domain.OrderID{"ord_none", "", "till"} {
		_, err = b.Store.Order(b.Context(), none)
		b.refused(err, domain.CodeNotFound)
	}
}

// Pages of any size, in any order, give every order once; so do counted ones.
func testPages(b *bench) {
	var numbers []string
	for i := range 23 {
		numbers = append(numbers, b.issue(Draft{Price: domain.Amount(100 * (1 + i%5))}).Number)
	}
	byTotal := slices.Clone(numbers)
	slices.SortStableFunc(byTotal, func(x, y string) int { return (atoi(x)-1)%5 - (atoi(y)-1)%5 })
	for sort, want := range map[string][]string{"created_at": numbers, "total": byTotal} {
		b.walk(domain.OrderQuery{Sort: sort, Size: 4}, want)
		down := slices.Clone(want)
		slices.Reverse(down)
		b.walk(domain.OrderQuery{Sort: "-" + sort, Size: 7}, down)
		b.walk(domain.OrderQuery{Sort: "-" + sort, Size: 5, Statuses: []string{"issued", "viewed", "issued"}}, down)
		b.walk(domain.OrderQuery{Sort: "-" + sort, Size: 5, Text: "te"}, down)
	}
	b.list(domain.OrderQuery{}, "23 22 21 20 19 18 17 16 15 14")
	b.list(domain.OrderQuery{Page: 2}, "3 2 1")
	b.list(domain.OrderQuery{Page: 3}, "")
	b.refusedQueries()
}

func atoi(s string) int {
	n := 0
	for _, r := range s {
		n = 10*n + int(r-'0')
	}
	return n
}

// walk follows Next to the end, and then counts.
func (b *bench) walk(q domain.OrderQuery, want []string) {
	b.Helper()
	var got []string
	for {
		page, next := b.page(q)
		got = append(got, strings.Fields(page)...)
		if next == "" {
			break
		}
		q.After = next
	}
	b.equal(got, want)
	got = nil
	for q.After = ""; len(got) < len(want); q.Page++ {
		page, _ := b.page(q)
		if page == "" {
			break
		}
		got = append(got, strings.Fields(page)...)
	}
	b.equal(got, want)
}

func (b *bench) refusedQueries() {
	b.Helper()
	_, next := b.page(domain.OrderQuery{Size: 2})
	for _, q := range []domain.OrderQuery{{Sort: "name"}, {Sort: "--total"}, {After: "x"}, {After: "!"}, {Sort: "total", After: next}} {
		_, err := b.Orders(b.Context(), q)
		b.refused(err, domain.CodeInvalid)
	}
}

func testFilters(b *bench) {
	yes, no := true, false
	one := b.issue(Draft{})
	two := b.issue(Draft{Test: true})
	b.issue(Draft{})
	b.must(b.Append(b.Context(), one.ID, domain.KindOrderMoved, string(one.ID), "", domain.Move{Event: domain.View}))
	order, err := b.Store.Order(b.Context(), two.ID)
	b.must(err)
	at := order.CreatedAt
	for _, c := range []struct {
		q    domain.OrderQuery
		want string
	}{
		{domain.OrderQuery{}, "2 T1 1"},
		{domain.OrderQuery{Statuses: []string{"viewed"}}, "1"},
		{domain.OrderQuery{Statuses: []string{"issued"}}, "2 T1"},
		{domain.OrderQuery{Statuses: []string{"issued", "viewed"}}, "2 T1 1"},
		{domain.OrderQuery{Statuses: []string{"paid"}}, ""},
		{domain.OrderQuery{Test: &yes}, "T1"},
		{domain.OrderQuery{Test: &no}, "2 1"},
		{domain.OrderQuery{Test: &no, Statuses: []string{"issued"}}, "2"},
		{domain.OrderQuery{From: at}, "2 T1"},
		{domain.OrderQuery{To: at}, "1"},
		{domain.OrderQuery{From: at, To: at.Add(time.Microsecond)}, "T1"},
		{domain.OrderQuery{From: at.Add(time.Microsecond)}, "2"},
		{domain.OrderQuery{Text: "tea", From: at, Statuses: []string{"issued"}, Test: &no}, "2"},
	} {
		b.list(c.q, c.want)
	}
}

func testWords(b *bench) {
	b.issue(Draft{Title: "Crème brûlée", Reference: "WEB-2026/17"})
	two := b.issue(Draft{Title: "Green tea", Person: &domain.Person{FirstName: "Zoë", LastName: "van Dyk", Email: "zoe@example.org", Phone: "+49 170 555"}})
	_, _, err := b.Pay(b.Context(), two)
	b.must(err)
	for text, want := range map[string]string{
		"c": "1", "creme": "1", "CRÈME BRU": "1", "bru creme": "1", "web-2026/1": "1", "2026 17": "1",
		"green": "2", "gr te": "2", "een": "", "green creme": "", "zo": "2", "dyk": "2", "zoe@ex": "2", "+49 170": "2",
		"4242": "2", "visa": "2", two.HumanID: "2", "cre\u0300me": "1", "": "2 1", "  ": "2 1", "***": "",
	} {
		b.list(domain.OrderQuery{Text: text}, want)
	}
}

// Nothing that can be typed is a mistake.
func testAnyWords(b *bench) {
	b.issue(Draft{})
	for _, text := range []string{
		`"`, `a"b`, `tea AND`, `NOT tea`, `tea OR`, `NEAR(`, `words:tea`, `-tea`, `^tea`, `tea*`, `(`, `{a b}:c`, "a\x00b", "\xff", "'", `a+b`,
		"हिन्दी", "👩‍👩‍👧", "ß", "ﬁ", "東京", "\u202e", strings.Repeat("a ", 500), strings.Repeat("x", 10_000),
	} {
		if _, err := b.Orders(b.Context(), domain.OrderQuery{Text: text}); err != nil {
			b.Errorf("%.40q: %v", text, err)
		}
	}
}

func testFind(b *bench) {
	one, two := b.issue(Draft{}), b.issue(Draft{Test: true})
	pay, _, err := b.Pay(b.Context(), one)
	b.must(err)
	id, other := string(one.ID), string(two.ID)
	for _, c := range []struct{ kind, ref, want string }{
		{"order", id, id},
		{"order", id[4:], id},
		{"order", strings.ToLower(id), id},
		{"order", "1", id},
		{"order", "T1", other},
		{"order", "t1", other},
		{"order", one.HumanID, id},
		{"order", strings.ToLower(one.HumanID), id},
		{"order", " 1 ", id},
		{"order", "01KA", id + " " + other},
		{"order", "01K", ""},
		{"order", "ord_01KA", id + " " + other},
		{"order", "HA00", id + " " + other},
		{"order", string(pay), ""},
		{"order", "", ""},
		{"order", "nothing", ""},
		{"order", "%", ""},
		{"payment", string(pay), string(pay)},
		{"payment", string(pay[4:]), string(pay)},
		{"payment", "PA00", string(pay)},
		{"payment", id, ""},
		{"payment", "1", ""},
		{"refund", string(pay), ""},
	} {
		found, err := b.Find(b.Context(), c.kind, c.ref)
		b.must(err)
		var ids []string
		for _, f := range found {
			ids = append(ids, f.ID)
			if c.kind == "payment" {
				b.equal(f.Order, one.ID)
			}
		}
		if got := strings.Join(ids, " "); got != c.want {
			b.Errorf("%s %q finds %q, want %q", c.kind, c.ref, got, c.want)
		}
	}
	for range 9 {
		b.issue(Draft{})
	}
	found, err := b.Find(b.Context(), "order", "01KA")
	b.must(err)
	b.equal(len(found), 6)
	_, err = b.Find(b.Context(), "receipt", "1")
	b.refused(err, domain.CodeInvalid)
}

func testDue(b *bench) {
	doc := b.issue(Draft{Due: Start.Add(48 * time.Hour)})
	early := b.issue(Draft{Due: Start.Add(24 * time.Hour)})
	_, op, err := b.Pay(b.Context(), doc)
	b.must(err)
	due := func(after time.Duration) string {
		timers, err := b.Due(b.Context(), Start.Add(after))
		b.must(err)
		got := ""
		for _, timer := range timers {
			got += fmt.Sprintln(timer.At.Sub(Start), timer.Name, timer.Order, timer.Subject, timer.Asks)
		}
		return got
	}
	ask := fmt.Sprintln("1h0m0s ask", doc.ID, op, true)
	first := fmt.Sprintln("24h0m0s due", early.ID, early.ID, false)
	second := fmt.Sprintln("48h0m0s due", doc.ID, doc.ID, false)
	b.equal(due(time.Hour-1), "")
	b.equal(due(time.Hour), ask)
	b.equal(due(72*time.Hour), ask+first+second)
	b.must(b.Append(b.Context(), early.ID, domain.KindOrderMoved, string(early.ID), "", domain.Move{Event: domain.DueReached}))
	b.equal(due(72*time.Hour), ask+second)
}

// A draft has no number and is found by no reference; issuing it makes both.
func testDraft(b *bench) {
	doc, _, err := b.Document(Draft{Reference: "D-1", Title: "before"})
	b.must(err)
	store := func(kind domain.Kind) {
		b.Helper()
		_, err := b.Update(b.Context(), func(tx domain.Tx) ([]domain.Entry, error) {
			e, err := entry(kind, string(doc.ID), string(doc.ID), doc)
			return []domain.Entry{e}, err
		})
		b.must(err)
	}
	known := func(want bool) {
		b.Helper()
		_, err := b.Update(b.Context(), func(tx domain.Tx) ([]domain.Entry, error) {
			_, found, err := tx.ByReference("D-1")
			b.equal(found, want)
			return nil, err
		})
		b.must(err)
	}
	store(domain.KindOrderDrafted)
	known(false)
	b.list(domain.OrderQuery{Text: "before", Statuses: []string{"draft"}}, "")
	doc.Number, doc.Cart.Lines[0].Title, doc.Cart.Lines[0].Price = "1", "after", 77
	doc.Totals = doc.Cart.Totals()
	store(domain.KindOrderIssued)
	known(true)
	b.list(domain.OrderQuery{Text: "after"}, "1")
	page, err := b.Orders(b.Context(), domain.OrderQuery{Text: "before"})
	b.must(err)
	b.equal(len(page.Items), 0)
	b.equal(b.issue(Draft{}).Number, "2")
	b.testSame()
}
