package domain

import "testing"

// BenchmarkTransition decides one arrow by the payment's table, guards included. The floor is the goal: 50 ns, and no
// allocation (TestATransitionAllocatesNothing).
func BenchmarkTransition(b *testing.B) {
	l := newLife(b, Document{})
	p := l.open(1000, Opening{Terms: Terms{Single: true}})
	l.reply(p.Operations[0], Succeeded, Fact{Event: Approved, Amount: 1000})
	f := &Facts{Order: l.order, Payment: p}
	b.ReportAllocs()
	for b.Loop() {
		if t, _ := PaymentMachine.Next(PaymentAuthorized, DisputeFact, f); t == nil {
			b.Fatal("no row")
		}
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/50, "ratio")
	b.ReportMetric(1, "at-most")
}

func TestATransitionAllocatesNothing(t *testing.T) {
	l := newLife(t, Document{})
	p := l.open(1000, Opening{Terms: Terms{Single: true}})
	l.reply(p.Operations[0], Succeeded, Fact{Event: Approved, Amount: 1000})
	asked := 0
	for _, m := range Machines() {
		for _, row := range m.Rows() {
			f := &Facts{Order: l.order, Payment: p, Operation: p.Operations[0], Refund: &Refund{}, Dispute: &Dispute{}, Payout: &Payout{}, Fact: &Fact{}}
			if n := testing.AllocsPerRun(10, func() { m.Next(row.From, row.On, f) }); n != 0 {
				t.Errorf("%s %s allocates %v times", m.Name, row.ID, n)
			}
			asked++
		}
	}
	t.Logf("proof: %d rows of the machines asked, nothing allocated", asked)
}

// BenchmarkFold makes an order of the eight entries of a sale that was captured and refunded.
func BenchmarkFold(b *testing.B) {
	l := wholeLife(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Fold(l.entries); err != nil {
			b.Fatal(err)
		}
	}
}

// wholeLife is a sale that was captured and refunded.
func wholeLife(b *testing.B) *life {
	l := newLife(b, Document{})
	p := l.open(1000, Opening{Terms: Terms{Single: true}})
	l.reply(p.Operations[0], Succeeded, Fact{Event: Approved, Amount: 1000})
	l.reply(l.ask(p, Capture, 1000), Succeeded, Fact{Event: Captured, Amount: 1000, Final: true})
	l.reply(l.ask(p, RefundMoney, 1000), Succeeded, Fact{Event: RefundDone, Amount: 1000})
	return l
}
