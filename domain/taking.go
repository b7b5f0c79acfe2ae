package domain

import (
	"slices"
	"time"
)

// Taking is what came by one method within an hour, in one currency. Training orders have none (I19).
type Taking struct {
	From     time.Time // the hour, UTC
	Currency Currency
	Method   string
	MoneySum
}

// Takings is what the order's payments brought, hour by hour as it was booked.
func (o *Order) Takings() []Taking {
	if o.IsTest {
		return nil
	}
	return o.takings
}

// count adds what the newest entry did to the money of each payment.
func (o *Order) count() {
	for _, p := range o.Payments {
		m := movement(p.counted, p.Sums)
		if p.counted = p.Sums; m == (MoneySum{}) {
			continue
		}
		t := Taking{o.LastAt.UTC().Truncate(time.Hour), o.Cart.Currency, p.Method, m}
		at := slices.IndexFunc(o.takings, func(had Taking) bool { return had.From.Equal(t.From) && had.Method == t.Method })
		if at < 0 {
			o.takings = append(o.takings, t)
			continue
		}
		o.takings[at].MoneySum = o.takings[at].Plus(m)
	}
}
