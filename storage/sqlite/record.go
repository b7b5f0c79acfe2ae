package sqlite

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"till/domain"
)

// record is all that the views hold of one order, made of its fold alone. Everything in it can be compared:
// what has not changed is not written, and costs no page.
type record struct {
	fixed    fixed
	moving   moving
	status   string
	names    []name
	timers   []due
	last     counter // of the series that its number is from
	disputes []dispute
	cares    []care
	takings  []taking
}

// fixed is what changes only when a draft is issued; indexes stand on it.
type fixed struct {
	n                              int64
	id, humanID, number, reference string
	currency, person, createdAt    string
	total                          int64
	isTest                         bool
}

// moving is what a step may change. No index stands on it.
type moving struct {
	label, lifecycle, attention, customer, method, words string
	balance, seq                                         int64
}

type name struct{ kind, name, id string }

type due struct {
	at, order, name, subject string
	asks                     bool
}

type counter struct {
	series string
	last   int64
}

// recordOf makes the record of an order whose first entry has a number.
func recordOf(o *domain.Order, first domain.Seq) *record {
	row := o.Row()
	r := &record{
		fixed: fixed{
			n: place(row.CreatedAt, first), id: string(row.ID), humanID: row.HumanID, number: row.Number, reference: row.Reference,
			currency: string(row.Currency), createdAt: domain.FormatTime(row.CreatedAt), total: int64(row.Total), isTest: row.IsTest,
		},
		moving: moving{
			label: row.Label, lifecycle: string(row.Lifecycle), attention: strings.Join(row.Attention, " "),
			customer: row.Customer, method: row.Method, words: wordsOf(o), balance: int64(row.Balance), seq: int64(row.Seq),
		},
		status:   row.Status,
		names:    namesOf(o),
		last:     counterOf(row.Number),
		disputes: disputesOf(o),
		cares:    caresOf(o),
		takings:  takingsOf(o),
	}
	if o.Person != nil {
		r.fixed.person = o.Person.ID
	}
	for _, t := range o.Timers() {
		r.timers = append(r.timers, due{domain.FormatTime(t.At), string(t.Order), t.Name, t.Subject, t.Asks})
	}
	return r
}

// Bits of a place: the second of creation, to the year 2106, then the number of the first entry.
const (
	entryBits  = 31
	secondBits = 32
)

// place is the key of an order's row. It sorts as created_at does, orders of one second as they came: so the
// table itself, every index and the search give orders by age, and none needs a second one for that.
func place(created time.Time, first domain.Seq) int64 {
	return startOf(created) | int64(first)&(1<<entryBits-1)
}

// startOf is the first place of a second.
func startOf(t time.Time) int64 {
	return min(max(t.Unix(), 0), 1<<secondBits-1) << entryBits
}

// wordsOf is what an order is found by. What people told of themselves goes when they are forgotten.
func wordsOf(o *domain.Order) string {
	words := []string{o.SearchText()}
	for _, w := range []string{o.Client.Name(), o.Client.Email, o.Client.Phone} {
		if w != "" {
			words = append(words, w)
		}
	}
	return strings.Join(words, " ")
}

// namesOf is what an order, its payments, its refunds and its disputes are called, and by whom and with what it is paid together.
func namesOf(o *domain.Order) []name {
	id := string(o.ID)
	names := []name{{"order", tail(id), id}, {"order", strings.ToLower(o.HumanID), id}, {"number", strings.ToLower(o.Number), id}}
	names = append(names, name{"buyer", tail(string(o.Customer)), id}) // nobody has no name, and goes
	if o.Number != "" {                                                // issued, not only drafted
		names = append(names, name{"reference", o.Reference, id})
	}
	for _, p := range o.Payments {
		names = append(names, name{"payment", tail(string(p.ID)), string(p.ID)}, name{"payment", strings.ToLower(p.HumanID), string(p.ID)})
		for _, r := range p.Refunds {
			names = append(names, name{"refund", tail(string(r.ID)), string(r.ID)})
		}
		for _, d := range p.Disputes {
			names = append(names, name{"dispute", tail(string(d.ID)), string(d.ID)})
		}
		for _, session := range p.SessionIDs() {
			names = append(names, name{"payment", tail(session), string(p.ID)})
		}
		names = append(names, name{"group", tail(string(p.Group)), id}, name{"buyer", tail(string(p.Customer)), id})
	}
	return distinct(names)
}

// distinct leaves out empty names and repeated ones.
func distinct(names []name) []name {
	var kept []name
	for _, n := range names {
		if n.name != "" && !slices.Contains(kept, n) {
			kept = append(kept, n)
		}
	}
	return kept
}

// tail is an id without its prefix, in lower case.
func tail(id string) string {
	_, after, found := strings.Cut(id, "_")
	if !found {
		after = id
	}
	return strings.ToLower(after)
}

// counterOf reads a number: digits are of the series "order", digits after a T of "test". Numbers of other
// makes, which imports bring, are of none.
func counterOf(number string) counter {
	series := "order"
	if digits, test := strings.CutPrefix(number, "T"); test {
		series, number = "test", digits
	}
	n, err := strconv.ParseUint(number, 10, 63)
	if err != nil {
		return counter{}
	}
	return counter{series, int64(n)}
}

// isOrder tells whether a stream is an order's life.
func isOrder(stream string) bool { return strings.HasPrefix(stream, "ord_") }
