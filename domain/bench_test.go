package domain

import "testing"

// BenchmarkTransition decides one arrow by the order's table, guards included.
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
