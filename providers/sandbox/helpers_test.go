package sandbox_test

import (
	"slices"
	"time"

	"till/domain"
)

const challengeCard = "4000002760003184"

// by is an authorize of another method than a card.
func by(method, key string, amount domain.Amount) domain.Operation {
	op := sale(key, visa, amount)
	op.Method, op.Card = method, nil
	op.Source = domain.Source{Type: method, Fields: map[string]string{"bic": "INGBNL2A"}}
	return op
}

// complete has the customer do something for pay_1.
func (d *desk) complete(result string) {
	d.Helper()
	if err := d.Customer(d.Context(), "pay_1", result); err != nil {
		d.Fatal(err)
	}
}

// facts are all that is on record for pay_1.
func (d *desk) facts() []domain.Fact {
	d.Helper()
	return d.do(change(domain.Sync, "s", 0)).Facts
}

// since gives the facts after the first n, and checks what happened and that they carry the key of the first.
func (d *desk) since(n int, want ...domain.Event) []domain.Fact {
	d.Helper()
	all := d.facts()
	if len(all) < n || !slices.Equal(eventsOf(all[n:]), want) {
		d.Fatalf("on record %v, want %v after %d", eventsOf(all), want, n)
	}
	for _, f := range all[n:] {
		if f.Key != all[0].Key || f.At.IsZero() || f.Action == "" {
			d.Errorf("%s: %+v", f.Event, f)
		}
	}
	return all[n:]
}

// pass lets time go by.
func (d *desk) pass(span time.Duration) { d.setNow(d.env.Now().Add(span)) }

// fails checks the code of a bank's error.
func (d *desk) fails(err error, code domain.Code) {
	d.Helper()
	if domain.CodeOf(err) != code {
		d.Errorf("%v (%s), want %s", err, domain.CodeOf(err), code)
	}
}
