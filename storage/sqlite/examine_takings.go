package sqlite

import (
	"context"
	"maps"
	"slices"
	"time"

	"till/domain"
)

// takingsLooked is of how many of the newest entries the orders are added up.
const takingsLooked = 20_000

// compareTakings compares the sums of what came by hour with what the orders of the newest entries brought, and gives the
// hour since which it did: none if all was looked at. An order brings something to an hour by an entry of that hour, and time never goes back in the
// journal: so whoever knows all orders with an entry since an hour began knows all that came since.
func compareTakings(ctx context.Context, s *session, newest int) (since string, err error) {
	if since, err = lookedSince(s, newest); err != nil {
		return "", err
	}
	came := ledger{}
	orders, err := readIDs(s, "select distinct stream from journal where seq > (select max(seq) from journal) - ? and substr(stream, 1, 4) = 'ord_'", newest)
	if err != nil {
		return "", err
	}
	for _, id := range orders {
		if err := ctx.Err(); err != nil {
			return "", err
		}
		l, err := readLife(s, domain.OrderID(id))
		if err != nil {
			return "", err
		}
		came.add(slices.DeleteFunc(takingsOf(l.order), func(t taking) bool { return t.hour < since })...)
	}
	summed, err := readLedger(s, since)
	if err == nil && !maps.Equal(summed, came) {
		err = otherViews("the sums of what came by hour are not what the orders brought")
	}
	return since, err
}

// lookedSince is the first hour of which all entries are among the newest; none if those are all.
func lookedSince(s *session, newest int) (string, error) {
	var before string
	found, err := s.first([]any{&before}, "select at from journal order by seq desc limit 1 offset ?", newest)
	if err != nil || !found {
		return "", err
	}
	at, err := domain.ParseTime(before)
	return domain.FormatTime(at.Truncate(time.Hour).Add(time.Hour)), err
}
