package domain

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// ShiftReport is what a till took and gave back in a shift. It is computed from what orders became entry by entry, so that
// late captures, refunds of older sales and what a provider told by itself count when they were booked.
type ShiftReport struct {
	Sales    []Takings `json:"sales"`              // in the shift, by currency: the drawer's comes first and is always there
	Hours    []Hour    `json:"hours,omitempty"`    // of Sales
	Apart    []Takings `json:"apart,omitempty"`    // since the shift before was closed, while none was open
	Training []Takings `json:"training,omitempty"` // of training orders since the shift before: in no other sum (I19)
	Drawer   Drawer    `json:"drawer"`
	Earlier  []Amount  `json:"earlier,omitempty"` // what was counted before the count that is in Drawer, minor units
}

// Takings is what came of the orders of one currency.
type Takings struct {
	Currency Currency    `json:"currency"`
	Orders   int         `json:"orders"`          // issued
	First    string      `json:"first,omitempty"` // number of the first of them
	Last     string      `json:"last,omitempty"`
	Methods  []MethodSum `json:"methods,omitempty"` // cash first
}

// MethodSum is what came of one method of payment, of cards by brand.
type MethodSum struct {
	Method string `json:"method"`
	Brand  Brand  `json:"brand,omitempty"`
	MoneySum
}

// Hour is what came within an hour of a currency.
type Hour struct {
	From     time.Time `json:"from"` // UTC
	Currency Currency  `json:"currency"`
	MoneySum
}

// MoneySum adds up money that moved, in minor units. An amount is negative where more was undone than done, such as
// refunds that came back.
type MoneySum struct {
	Sales    int    `json:"sales"` // payments of which money was taken for the first time
	Taken    Amount `json:"taken"`
	Refunded Amount `json:"refunded,omitempty"`
	Reversed Amount `json:"reversed,omitempty"`
	Disputed Amount `json:"disputed,omitempty"` // held by disputes or lost to them
	Rounded  Amount `json:"rounded,omitempty"`  // of cash: what rounding brought beside the rest, below 0 what it cost
}

// Net is what the merchant has of it.
func (m MoneySum) Net() Amount { return m.Taken - m.Refunded - m.Reversed - m.Disputed }

// Plus adds two sums.
func (m MoneySum) Plus(n MoneySum) MoneySum {
	return MoneySum{m.Sales + n.Sales, m.Taken + n.Taken, m.Refunded + n.Refunded, m.Reversed + n.Reversed, m.Disputed + n.Disputed, m.Rounded + n.Rounded}
}

// Total adds up the methods.
func (t Takings) Total() MoneySum {
	var sum MoneySum
	for _, m := range t.Methods {
		sum = sum.Plus(m.MoneySum)
	}
	return sum
}

// Drawer is the cash of a shift in the drawer's currency, in minor units.
type Drawer struct {
	Currency   Currency `json:"currency"`
	Float      Amount   `json:"float"`
	Taken      Amount   `json:"taken"`
	Refunded   Amount   `json:"refunded"`
	Rounded    Amount   `json:"rounded,omitempty"` // what rounding brought, below 0 what it cost
	PaidIn     Amount   `json:"paid_in"`
	PaidOut    Amount   `json:"paid_out"`
	Expected   Amount   `json:"expected"`
	Counted    Amount   `json:"counted"`    // by a Z report
	Difference Amount   `json:"difference"` // by a Z report: below 0 cash is missing
}

// movement is what an entry did to a payment's money.
func movement(before, after Sums) MoneySum {
	m := MoneySum{
		Taken: after.Captured - before.Captured, Refunded: after.Returned() - before.Returned(), Reversed: after.Reversed - before.Reversed,
		Disputed: after.DisputedHeld + after.DisputedLost - before.DisputedHeld - before.DisputedLost,
		Rounded:  after.Rounded - before.Rounded,
	}
	if before.Captured == 0 && after.Captured > 0 {
		m.Sales = 1
	}
	return m
}

// part is which list of a report something belongs to.
type part int

const (
	ofShift part = iota
	apart
	training
)

// cell is what is added up by itself.
type cell struct {
	part     part
	currency Currency
	method   string
	brand    Brand
	hour     time.Time // of the shift's own sales
}

// pile is orders of a currency.
type pile struct {
	part     part
	currency Currency
}

// numbers are how many orders were issued, and the first and the last of them.
type numbers struct {
	count       int
	from, to    Seq
	first, last string
}

// Tally adds up what a shift's report tells, from one order's life after another.
type Tally struct {
	opened Seq // the entry that opened the shift
	after  Seq // entries up to this one are counted already, or are another shift's
	upTo   Seq // the newest entry that was met
	sums   map[cell]MoneySum
	orders map[pile]numbers
}

// Tally begins to add up the shift's report.
func (s *Shift) Tally() *Tally { return s.tally(s.After) }

// DrawerTally begins to add up what is in the drawer: nothing before the shift is of interest.
func (s *Shift) DrawerTally() *Tally { return s.tally(s.OpenedIn) }

func (s *Shift) tally(after Seq) *Tally {
	return &Tally{opened: s.OpenedIn, after: after, upTo: after, sums: map[cell]MoneySum{}, orders: map[pile]numbers{}}
}

// Onward is a copy that goes on behind all that was taken so far. An entry is counted once: what is past does not
// change, so most of a report can be read before the moment at which the shift is closed.
func (t *Tally) Onward() *Tally {
	return &Tally{opened: t.opened, after: t.upTo, upTo: t.upTo, sums: maps.Clone(t.sums), orders: maps.Clone(t.orders)}
}

// After is the entry behind which the tally counts: only orders that have newer ones are of interest.
func (t *Tally) After() Seq { return t.after }

// Take counts what became of one order. It wants all entries of its life.
func (t *Tally) Take(life []Entry) error {
	o, before := &Order{}, map[PaymentID]Sums{}
	for _, e := range life {
		numbered := o.Number != ""
		if err := o.Apply(e); err != nil {
			return err
		}
		t.upTo = max(t.upTo, e.Seq)
		if e.Seq > t.after {
			where := t.partOf(o, e)
			if !numbered && o.Number != "" {
				t.issued(pile{where, o.Cart.Currency}, o.Number, e.Seq)
			}
			t.moved(where, o, e, before)
		}
		for _, p := range o.Payments {
			before[p.ID] = p.Sums
		}
	}
	return nil
}

func (t *Tally) partOf(o *Order, e Entry) part {
	switch {
	case o.IsTest:
		return training
	case e.Seq < t.opened:
		return apart
	}
	return ofShift
}

func (t *Tally) issued(p pile, number string, seq Seq) {
	n := t.orders[p]
	if n.count++; n.count == 1 || seq < n.from {
		n.from, n.first = seq, number
	}
	if seq > n.to {
		n.to, n.last = seq, number
	}
	t.orders[p] = n
}

func (t *Tally) moved(where part, o *Order, e Entry, before map[PaymentID]Sums) {
	for _, p := range o.Payments {
		m := movement(before[p.ID], p.Sums)
		if m == (MoneySum{}) {
			continue
		}
		c := cell{part: where, currency: o.Cart.Currency, method: p.Method, brand: p.Source.Brand}
		if where == ofShift {
			c.hour = e.At.UTC().Truncate(time.Hour)
		}
		t.sums[c] = t.sums[c].Plus(m)
	}
}

// Report is what was tallied of the shift, with its cash; what was counted is not in it yet.
func (t *Tally) Report(s *Shift) ShiftReport {
	r := ShiftReport{
		Sales: t.takings(ofShift, s.Currency), Hours: t.hours(s.Currency), Apart: t.takings(apart), Training: t.takings(training),
		Drawer: Drawer{Currency: s.Currency, Float: s.Float, PaidIn: s.moved(PaidIn), PaidOut: s.moved(PaidOut)},
	}
	d := &r.Drawer
	for c, sum := range t.sums {
		if c.part == ofShift && c.method == Cash && c.currency == s.Currency {
			d.Taken += sum.Taken
			d.Refunded += sum.Taken - sum.Net()
			d.Rounded += sum.Rounded
		}
	}
	d.Expected = d.Float + d.Taken - d.Refunded + d.Rounded + d.PaidIn - d.PaidOut
	return r
}

// Counted is the report with what somebody has counted in the drawer, and what they had counted before that.
func (r ShiftReport) Counted(a Amount, earlier ...Amount) ShiftReport {
	r.Earlier = earlier
	r.Drawer.Counted, r.Drawer.Difference = a, a-r.Drawer.Expected
	return r
}

// takings lists a part by currency: the given one first, where one is given, then by name.
func (t *Tally) takings(of part, first ...Currency) []Takings {
	found := map[Currency]bool{}
	for p := range t.orders {
		found[p.currency] = found[p.currency] || p.part == of
	}
	for c := range t.sums {
		found[c.currency] = found[c.currency] || c.part == of
	}
	currencies := first
	for _, c := range slices.Sorted(maps.Keys(found)) {
		if found[c] && !slices.Contains(first, c) {
			currencies = append(currencies, c)
		}
	}
	var list []Takings
	for _, c := range currencies {
		n := t.orders[pile{of, c}]
		list = append(list, Takings{Currency: c, Orders: n.count, First: n.first, Last: n.last, Methods: t.methods(of, c)})
	}
	return list
}

func (t *Tally) methods(of part, currency Currency) []MethodSum {
	type kind struct {
		method string
		brand  Brand
	}
	sums := map[kind]MoneySum{}
	for c, sum := range t.sums {
		if c.part == of && c.currency == currency {
			k := kind{c.method, c.brand}
			sums[k] = sums[k].Plus(sum)
		}
	}
	var list []MethodSum
	for k, sum := range sums {
		list = append(list, MethodSum{k.method, k.brand, sum})
	}
	slices.SortFunc(list, func(a, b MethodSum) int {
		return cmp.Or(behind(a.Method, b.Method, Cash), cmp.Compare(a.Brand, b.Brand))
	})
	return list
}

// behind compares two names of which one may be the first of all.
func behind[T ~string](a, b, first T) int {
	switch {
	case a == b:
		return 0
	case a == first:
		return -1
	case b == first:
		return 1
	}
	return cmp.Compare(a, b)
}

// hours lists the hours in which anything moved, within each the drawer's currency first.
func (t *Tally) hours(first Currency) []Hour {
	type place struct {
		hour     time.Time
		currency Currency
	}
	sums := map[place]MoneySum{}
	for c, sum := range t.sums {
		if c.part == ofShift {
			p := place{c.hour, c.currency}
			sums[p] = sums[p].Plus(sum)
		}
	}
	var list []Hour
	for p, sum := range sums {
		list = append(list, Hour{p.hour, p.currency, sum})
	}
	slices.SortFunc(list, func(a, b Hour) int {
		return cmp.Or(a.From.Compare(b.From), behind(a.Currency, b.Currency, first))
	})
	return list
}
